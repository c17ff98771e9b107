package gallery

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/views/gallery"
)

// Show shows every component in every state, for those who build pages.
func (s *Pages) Show(c echo.Context) error {
	return s.Render(c, http.StatusOK, gallery.Page(s.Shell(c, "Components")))
}
