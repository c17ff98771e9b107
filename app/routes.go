package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/views/assets"
)

// routes is every address of the program. A page about a plan stands twice: for the plan that its address holds, and below
// /plans/ID for what the address changes of a saved one.
func (s *Server) routes(api, planner, lockin, prices, machines, evidence, accounts, saved, gallery *Server) {
	e, member, editor, admin := s.echo, s.forMembers, s.forEditors, s.forAdmins
	hashing := accounts.hashing()
	about := func(add func(string, echo.HandlerFunc, ...echo.MiddlewareFunc) *echo.Route, path string, handle echo.HandlerFunc) {
		add(path, handle)
		add("/plans/:id"+path, member(func(c echo.Context, _ *account) error { return handle(c) }))
	}

	e.GET("/assets/*", echo.WrapHandler(http.StripPrefix("/assets/", assets.Handler())))
	e.GET("/healthz", s.health)
	e.GET("/readyz", s.ready)

	e.POST("/api/v1/evaluate", api.apiEvaluate)
	e.POST("/api/v1/cost", api.apiCost)
	e.POST("/api/v1/lockin", api.apiLockin)
	e.POST("/api/v1/throughput", api.apiThroughput)
	e.POST("/api/v1/simulate", api.apiSimulate)

	e.GET("/", planner.openPlanner)
	e.GET("/plans/:id", member(planner.openPlan))
	e.POST("/plan/open", planner.openFile)
	about(e.POST, "/plan", planner.changePlan)
	about(e.GET, "/how", planner.how)
	about(e.GET, "/adopt", planner.adopt)
	about(e.GET, "/try", planner.tryWay)
	about(e.GET, "/compare.csv", planner.compareCSV)
	about(e.GET, "/compare.xlsx", planner.compareXLSX)
	about(e.GET, "/months.csv", planner.monthsCSV)
	about(e.GET, "/plan.json", planner.planJSON)
	about(e.GET, "/uncertainty", planner.drawRanges)
	about(e.GET, "/uncertainty.csv", planner.rangesCSV)

	about(e.GET, "/lockin", lockin.lockinPage)
	about(e.GET, "/lockin/how", lockin.lockinHow)
	about(e.GET, "/lockin/deadlines.ics", lockin.lockinCalendar)
	about(e.GET, "/lockin/quotes.csv", lockin.lockinQuotes)
	about(e.GET, "/lockin.xlsx", lockin.lockinXLSX)

	about(e.GET, "/evidence", evidence.evidence)
	e.GET("/evidence/series.csv", evidence.evidenceSeries)
	e.GET("/evidence/deals.csv", evidence.evidenceDeals)

	e.GET("/prices", prices.prices)
	e.GET("/prices.csv", prices.pricesCSV)
	e.GET("/prices.xlsx", prices.pricesXLSX)
	e.GET("/prices/use", prices.usePrice)
	e.GET("/prices/models/:lab/:slug", prices.priceModel)

	e.GET("/machines", machines.machines)
	e.GET("/machines.csv", machines.machinesCSV)
	e.GET("/machines.xlsx", machines.machinesXLSX)
	e.GET("/machines/compare", machines.compareMachines)
	e.GET("/machines/compare/how", machines.howMachines)
	e.GET("/machines/compare/use", machines.useMachines)
	e.GET("/machines/correct", editor(machines.correctPage))
	e.POST("/machines/correct", editor(machines.correctMachine))
	e.POST("/machines/corrections/:id/remove", editor(machines.removeCorrection))
	e.POST("/machines/corrections/:id/restore", editor(machines.restoreCorrection))

	e.GET("/plans", member(saved.listPlans))
	e.POST("/plans", saved.createPlan) // visitors too: their plan waits until they have signed in
	e.POST("/plans/:id", editor(saved.saveVersion))
	e.POST("/plans/:id/rename", editor(saved.renamePlan))
	e.POST("/plans/:id/copy", editor(saved.copyPlan))
	e.POST("/plans/:id/delete", editor(saved.deletePlan))
	e.POST("/plans/:id/restore", editor(saved.restorePlan))
	e.GET("/plans/:id/versions", member(saved.planHistory))
	e.GET("/plans/:id/versions/:number", member(saved.openVersion))
	e.POST("/plans/:id/versions/:number/restore", editor(saved.restoreVersion))

	e.GET("/sign-up", accounts.signUpPage)
	e.POST("/sign-up", accounts.signUp, hashing)
	e.GET("/sign-in", accounts.signInPage)
	e.POST("/sign-in", accounts.signInPost, hashing)
	e.POST("/sign-out", accounts.signOut)
	e.GET("/account", member(accounts.accountPage))
	e.POST("/account", member(accounts.updateProfile))
	e.POST("/account/password", member(accounts.updatePassword), hashing)
	e.POST("/theme", accounts.setTheme)
	e.GET("/join", accounts.joinPage)
	e.POST("/join", accounts.join, hashing)
	e.GET("/team", member(accounts.teamPage))
	e.POST("/team", admin(accounts.renameTeam))
	e.POST("/team/switch", member(accounts.switchTeam))
	e.POST("/team/invitations", admin(accounts.invite))
	e.POST("/team/invitations/:id/revoke", admin(accounts.revokeInvitation))
	e.POST("/team/members/:id/role", admin(accounts.setRole))
	e.GET("/team/members/:id/remove", admin(accounts.confirmRemoval))
	e.POST("/team/members/:id/remove", admin(accounts.removeMember))
	e.GET("/team/leave", member(accounts.confirmLeaving))
	e.POST("/team/leave", member(accounts.leaveTeam))

	if s.deps.Config.Dev {
		e.GET("/dev/gallery", gallery.componentGallery)
	}
}

// health says that the process runs.
func (s *Server) health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says that the database answers too.
func (s *Server) ready(c echo.Context) error {
	if err := s.deps.Store.Ping(c.Request().Context()); err != nil {
		s.deps.Log.Error("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "database not available\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
