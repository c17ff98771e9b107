package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/accounts"
	"headroom/app/api"
	"headroom/app/evidence"
	"headroom/app/gallery"
	"headroom/app/lockin"
	"headroom/app/machines"
	"headroom/app/planner"
	"headroom/app/prices"
	"headroom/app/saved"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/views/assets"
)

// routes is every address of the program. A page about a plan stands twice: for the plan that its address holds, and below
// /plans/ID for what the address changes of a saved one.
func (s *Server) routes() {
	plans := workspace.New(s.Site)
	api, planner := api.New(plans), planner.New(plans)
	lockin := lockin.New(plans, planner)
	prices, machines, evidence := prices.New(plans), machines.New(plans), evidence.New(plans)
	saved, gallery := saved.New(plans), gallery.New(s.Site)
	accounts := accounts.New(s.Site, saved)
	e, member, editor, admin := s.echo, s.ForMembers, s.ForEditors, s.ForAdmins
	hashing := accounts.Hashing()
	about := func(add func(string, echo.HandlerFunc, ...echo.MiddlewareFunc) *echo.Route, path string, handle echo.HandlerFunc) {
		add(path, handle)
		add("/plans/:id"+path, member(func(c echo.Context, _ *web.Account) error { return handle(c) }))
	}

	e.GET("/assets/*", echo.WrapHandler(http.StripPrefix("/assets/", assets.Handler())))
	e.GET("/healthz", s.Health)
	e.GET("/readyz", s.Ready)

	e.POST("/api/v1/evaluate", api.Evaluate)
	e.POST("/api/v1/cost", api.Cost)
	e.POST("/api/v1/lockin", api.Lockin)
	e.POST("/api/v1/throughput", api.Throughput)
	e.POST("/api/v1/simulate", api.Simulate)

	e.GET("/", planner.Open)
	e.GET("/plans/:id", member(planner.OpenSaved))
	e.POST("/plan/open", planner.OpenFile)
	about(e.POST, "/plan", planner.Change)
	about(e.GET, "/how", planner.How)
	about(e.GET, "/adopt", planner.Adopt)
	about(e.GET, "/try", planner.Try)
	about(e.GET, "/compare.csv", planner.CompareCSV)
	about(e.GET, "/compare.xlsx", planner.CompareXLSX)
	about(e.GET, "/months.csv", planner.MonthsCSV)
	about(e.GET, "/plan.json", planner.PlanJSON)
	about(e.GET, "/uncertainty", planner.DrawRanges)
	about(e.GET, "/uncertainty.csv", planner.RangesCSV)

	about(e.GET, "/lockin", lockin.Show)
	about(e.GET, "/lockin/how", lockin.How)
	about(e.GET, "/lockin/deadlines.ics", lockin.Calendar)
	about(e.GET, "/lockin/quotes.csv", lockin.Quotes)
	about(e.GET, "/lockin.xlsx", lockin.XLSX)

	about(e.GET, "/evidence", evidence.Show)
	e.GET("/evidence/series.csv", evidence.Series)
	e.GET("/evidence/deals.csv", evidence.Deals)

	e.GET("/prices", prices.List)
	e.GET("/prices.csv", prices.CSV)
	e.GET("/prices.xlsx", prices.XLSX)
	e.GET("/prices/use", prices.Use)
	e.GET("/prices/models/:lab/:slug", prices.Model)

	e.GET("/machines", machines.List)
	e.GET("/machines.csv", machines.CSV)
	e.GET("/machines.xlsx", machines.XLSX)
	e.GET("/machines/compare", machines.Compare)
	e.GET("/machines/compare/how", machines.How)
	e.GET("/machines/compare/use", machines.Use)
	e.GET("/machines/correct", editor(machines.ShowCorrection))
	e.POST("/machines/correct", editor(machines.Correct))
	e.POST("/machines/corrections/:id/remove", editor(machines.RemoveCorrection))
	e.POST("/machines/corrections/:id/restore", editor(machines.RestoreCorrection))

	e.GET("/plans", member(saved.List))
	e.POST("/plans", saved.Create) // visitors too: their plan waits until they have signed in
	e.POST("/plans/:id", editor(saved.SaveVersion))
	e.POST("/plans/:id/rename", editor(saved.Rename))
	e.POST("/plans/:id/copy", editor(saved.Copy))
	e.POST("/plans/:id/delete", editor(saved.Delete))
	e.POST("/plans/:id/restore", editor(saved.Restore))
	e.GET("/plans/:id/versions", member(saved.History))
	e.GET("/plans/:id/versions/:number", member(saved.OpenVersion))
	e.POST("/plans/:id/versions/:number/restore", editor(saved.RestoreVersion))

	e.GET("/sign-up", accounts.SignUpPage)
	e.POST("/sign-up", accounts.SignUp, hashing)
	e.GET("/sign-in", accounts.SignInPage)
	e.POST("/sign-in", accounts.SignInPost, hashing)
	e.POST("/sign-out", accounts.SignOut)
	e.GET("/account", member(accounts.AccountPage))
	e.POST("/account", member(accounts.UpdateProfile))
	e.POST("/account/password", member(accounts.UpdatePassword), hashing)
	e.POST("/theme", accounts.SetTheme)
	e.GET("/join", accounts.JoinPage)
	e.POST("/join", accounts.Join, hashing)
	e.GET("/team", member(accounts.TeamPage))
	e.POST("/team", admin(accounts.RenameTeam))
	e.POST("/team/switch", member(accounts.SwitchTeam))
	e.POST("/team/invitations", admin(accounts.Invite))
	e.POST("/team/invitations/:id/revoke", admin(accounts.RevokeInvitation))
	e.POST("/team/members/:id/role", admin(accounts.SetRole))
	e.GET("/team/members/:id/remove", admin(accounts.ConfirmRemoval))
	e.POST("/team/members/:id/remove", admin(accounts.RemoveMember))
	e.GET("/team/leave", member(accounts.ConfirmLeaving))
	e.POST("/team/leave", member(accounts.LeaveTeam))

	if s.Deps.Config.Dev {
		e.GET("/dev/gallery", gallery.Show)
	}
}
