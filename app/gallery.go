package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/views/gallery"
)

// componentGallery shows every component in every state, for those who build pages.
func (s *Server) componentGallery(c echo.Context) error {
	return s.render(c, http.StatusOK, gallery.Page(s.page(c, "Components")))
}
