package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/views/gallery"
)

// galleryRoutes shows every component in every state, for people who change the design.
func (s *Server) galleryRoutes(g *echo.Group) {
	g.GET("/dev/gallery", func(c echo.Context) error {
		return s.render(c, http.StatusOK, gallery.Page(s.page(c, "Components")))
	})
}
