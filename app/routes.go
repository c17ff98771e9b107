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

// groups are the page groups of the server.
type groups struct {
	planner  *planner.Pages
	lockin   *lockin.Pages
	prices   *prices.Pages
	machines *machines.Pages
	evidence *evidence.Pages
	saved    *saved.Pages
	accounts *accounts.Pages
	api      *api.Pages
	gallery  *gallery.Pages
}

func newGroups(site *web.Site) groups {
	plans := workspace.New(site)
	g := groups{
		planner: planner.New(plans), prices: prices.New(plans), machines: machines.New(plans),
		evidence: evidence.New(plans), saved: saved.New(plans), api: api.New(plans), gallery: gallery.New(site),
	}
	g.lockin = lockin.New(plans, g.planner)
	g.accounts = accounts.New(site, g.saved)
	return g
}

// routes is every address of the program.
func (s *Server) routes() {
	e, g := s.echo, newGroups(s.Site)
	e.GET("/assets/*", echo.WrapHandler(http.StripPrefix("/assets/", assets.Handler())))
	e.GET("/healthz", s.Health)
	e.GET("/readyz", s.Ready)

	e.POST("/api/v1/evaluate", g.api.Evaluate)
	e.POST("/api/v1/cost", g.api.Cost)
	e.POST("/api/v1/lockin", g.api.Lockin)
	e.POST("/api/v1/throughput", g.api.Throughput)
	e.POST("/api/v1/simulate", g.api.Simulate)

	s.planRoutes(g)
	s.savedRoutes(g)
	s.factRoutes(g)
	s.accountRoutes(g)
	if s.Deps.Config.Dev {
		e.GET("/dev/gallery", g.gallery.Show)
	}
}

// planRoutes are the pages about one plan. Each stands twice: for the plan that its address holds, and below /plans/ID
// for what the address changes of a saved one.
func (s *Server) planRoutes(g groups) {
	e, member := s.echo, s.ForMembers
	get := func(path string, handle echo.HandlerFunc) {
		e.GET(path, handle)
		e.GET("/plans/:id"+path, member(func(c echo.Context, _ *web.Account) error { return handle(c) }))
	}

	e.GET("/", g.planner.Open)
	e.GET("/plans/:id", member(g.planner.OpenSaved))
	e.POST("/plan/open", g.planner.OpenFile)
	e.POST("/plan", g.planner.Change)
	e.POST("/plans/:id/plan", member(func(c echo.Context, _ *web.Account) error { return g.planner.Change(c) }))
	get("/how", g.planner.How)
	get("/adopt", g.planner.Adopt)
	get("/try", g.planner.Try)
	get("/compare.csv", g.planner.CompareCSV)
	get("/compare.xlsx", g.planner.CompareXLSX)
	get("/months.csv", g.planner.MonthsCSV)
	get("/plan.json", g.planner.PlanJSON)
	get("/uncertainty", g.planner.DrawRanges)
	get("/uncertainty.csv", g.planner.RangesCSV)

	get("/lockin", g.lockin.Show)
	get("/lockin/how", g.lockin.How)
	get("/lockin/deadlines.ics", g.lockin.Calendar)
	get("/lockin/quotes.csv", g.lockin.Quotes)
	get("/lockin.xlsx", g.lockin.XLSX)

	get("/evidence", g.evidence.Show)
	e.GET("/evidence/series.csv", g.evidence.Series)
	e.GET("/evidence/deals.csv", g.evidence.Deals)
}

// savedRoutes are a team's saved plans.
func (s *Server) savedRoutes(g groups) {
	e, member, editor := s.echo, s.ForMembers, s.ForEditors
	e.GET("/plans", member(g.saved.List))
	e.POST("/plans", g.saved.Create) // visitors too: their plan waits until they have signed in
	e.POST("/plans/:id", editor(g.saved.SaveVersion))
	e.POST("/plans/:id/rename", editor(g.saved.Rename))
	e.POST("/plans/:id/copy", editor(g.saved.Copy))
	e.POST("/plans/:id/delete", editor(g.saved.Delete))
	e.POST("/plans/:id/restore", editor(g.saved.Restore))
	e.GET("/plans/:id/versions", member(g.saved.History))
	e.GET("/plans/:id/versions/:number", member(g.saved.OpenVersion))
	e.POST("/plans/:id/versions/:number/restore", editor(g.saved.RestoreVersion))
}

// factRoutes are the pages about prices, machines, units and quotas.
func (s *Server) factRoutes(g groups) {
	e, editor := s.echo, s.ForEditors
	e.GET("/prices", g.prices.List)
	e.GET("/prices.csv", g.prices.CSV)
	e.GET("/prices.xlsx", g.prices.XLSX)
	e.GET("/prices/use", g.prices.Use)
	e.GET("/prices/models/:lab/:slug", g.prices.Model)

	e.GET("/machines", g.machines.List)
	e.GET("/machines.csv", g.machines.CSV)
	e.GET("/machines.xlsx", g.machines.XLSX)
	e.GET("/machines/compare", g.machines.Compare)
	e.GET("/machines/compare/how", g.machines.How)
	e.GET("/machines/compare/use", g.machines.Use)
	e.GET("/machines/correct", editor(g.machines.ShowCorrection))
	e.POST("/machines/correct", editor(g.machines.Correct))
	e.POST("/machines/corrections/:id/remove", editor(g.machines.RemoveCorrection))
	e.POST("/machines/corrections/:id/restore", editor(g.machines.RestoreCorrection))
}

// accountRoutes are sign-up, sign-in, one's own account and the team.
func (s *Server) accountRoutes(g groups) {
	e, member, admin := s.echo, s.ForMembers, s.ForAdmins
	hashing := g.accounts.Hashing()
	e.GET("/sign-up", g.accounts.SignUpPage)
	e.POST("/sign-up", g.accounts.SignUp, hashing)
	e.GET("/sign-in", g.accounts.SignInPage)
	e.POST("/sign-in", g.accounts.SignInPost, hashing)
	e.POST("/sign-out", g.accounts.SignOut)
	e.GET("/account", member(g.accounts.AccountPage))
	e.POST("/account", member(g.accounts.UpdateProfile))
	e.POST("/account/password", member(g.accounts.UpdatePassword), hashing)
	e.POST("/theme", g.accounts.SetTheme)
	e.GET("/join", g.accounts.JoinPage)
	e.POST("/join", g.accounts.Join, hashing)
	e.GET("/team", member(g.accounts.TeamPage))
	e.POST("/team", admin(g.accounts.RenameTeam))
	e.POST("/team/switch", member(g.accounts.SwitchTeam))
	e.POST("/team/invitations", admin(g.accounts.Invite))
	e.POST("/team/invitations/:id/revoke", admin(g.accounts.RevokeInvitation))
	e.POST("/team/members/:id/role", admin(g.accounts.SetRole))
	e.GET("/team/members/:id/remove", admin(g.accounts.ConfirmRemoval))
	e.POST("/team/members/:id/remove", admin(g.accounts.RemoveMember))
	e.GET("/team/leave", member(g.accounts.ConfirmLeaving))
	e.POST("/team/leave", member(g.accounts.LeaveTeam))
}
