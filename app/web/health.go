package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Health says that the process runs.
func (s *Site) Health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// Ready says that the database answers too.
func (s *Site) Ready(c echo.Context) error {
	if err := s.Deps.Store.Ping(c.Request().Context()); err != nil {
		s.Deps.Log.Error("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "database not available\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
