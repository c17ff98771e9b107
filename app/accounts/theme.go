package accounts

import (
	"github.com/labstack/echo/v4"

	"headroom/app/web"
)

// SetTheme keeps the choice of the menu in the top bar and goes back to where it was made.
func (s *Pages) SetTheme(c echo.Context) error {
	theme := c.FormValue("theme")
	if !web.IsTheme(theme) {
		return web.ErrBadRequest
	}
	s.SetThemeCookie(c, theme)
	a, err := s.Account(c)
	if err != nil {
		return err
	}
	if a != nil {
		if err := s.saveProfile(c, a, a.Name, theme); err != nil {
			return err
		}
	}
	return web.SeeOther(c, web.LocalPath(c.FormValue("back"), "/"))
}
