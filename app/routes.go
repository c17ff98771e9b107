package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/views/assets"
)

// routes registers every page group; each group lists its own routes in one function.
func (s *Server) routes() {
	e := s.echo
	e.GET("/assets/*", echo.WrapHandler(http.StripPrefix("/assets/", assets.Handler())))
	e.GET("/healthz", s.health)
	e.GET("/readyz", s.ready)
	s.apiRoutes(e)

	pages := e.Group("")
	s.plannerRoutes(pages)
	s.lockinRoutes(pages)
	s.pricesRoutes(pages)
	s.machineRoutes(pages)
	s.evidenceRoutes(pages)
	s.accountRoutes(pages)
	s.planRoutes(pages)
	if s.deps.Config.Dev {
		s.galleryRoutes(pages)
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
