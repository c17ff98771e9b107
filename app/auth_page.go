package app

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/pricing/catalog"
	"headroom/views"
)

// page is the shell around a page for this reader. It takes the notices that wait for them, so call it once per answer.
func (s *Server) page(c echo.Context, title string) views.Page {
	p := views.Page{
		Title: title, Path: comeBack(c), Theme: themeOf(c), Version: s.deps.Config.Version,
	}
	s.priceFacts(&p)
	a, err := s.account(c)
	if err != nil {
		// The shell must not hide the page's own answer: without the database it shows a visitor's.
		s.deps.Log.Error("load account", "error", err, "request_id", requestID(c))
		return p
	}
	p.Notices = s.takeNotices(c)
	if a == nil {
		return p
	}
	p.User = &views.UserInfo{Name: a.Name, Email: a.Email, Role: string(a.Team.Role)}
	p.Team = a.Team.Name
	p.Menu = []views.Link{{Label: "Your account", URL: "/account"}, {Label: "Team", URL: "/team"}}
	if _, chosen := themeCookie(c); !chosen {
		p.Theme = a.Theme
	}
	return p
}

func (s *Server) priceFacts(p *views.Page) {
	if s.deps.Catalog == nil {
		return
	}
	p.Snapshot, p.PricesAsOf = s.deps.Catalog.ID, string(s.deps.Catalog.AsOf)
	if days, stale := s.deps.Catalog.Stale(catalog.Date(s.today().Format(time.DateOnly))); stale {
		p.StaleDays = days
	}
}

// keptNotices bounds the notices that wait in a session: one that never shows a page would grow with every form.
const keptNotices = 5

// notify keeps a notice for the reader's next page, which shows the newest keptNotices.
func (s *Server) notify(c echo.Context, n views.Notice) error {
	ctx := c.Request().Context()
	var waiting []views.Notice
	if text := s.sessions.GetString(ctx, sessionNotices); text != "" {
		if err := json.Unmarshal([]byte(text), &waiting); err != nil {
			return err
		}
	}
	waiting = append(waiting, n)
	text, err := json.Marshal(waiting[max(0, len(waiting)-keptNotices):])
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionNotices, string(text))
	return nil
}

// takeNotices gives what notify kept, once. A fragment for htmx has no place to show them, so they wait.
func (s *Server) takeNotices(c echo.Context) []views.Notice {
	ctx := c.Request().Context()
	if isHTMX(c) {
		return nil
	}
	text := s.sessions.PopString(ctx, sessionNotices)
	if text == "" {
		return nil
	}
	var notices []views.Notice
	if err := json.Unmarshal([]byte(text), &notices); err != nil {
		s.deps.Log.Error("notices", "error", err, "request_id", requestID(c))
	}
	return notices
}

// The theme is in a cookie, so that a visitor has one too and the page comes in the right colours at once. The script
// of the page writes the same cookie.
const (
	themeName   = "theme"
	themeSystem = "system"
	themeDays   = 365
)

func isTheme(value string) bool { return value == "light" || value == "dark" || value == themeSystem }

// themeCookie is the reader's choice on this device, if they made one.
func themeCookie(c echo.Context) (value string, chosen bool) {
	cookie, err := c.Cookie(themeName)
	if err != nil || !isTheme(cookie.Value) {
		return "", false
	}
	return cookie.Value, true
}

// themeOf is "light", "dark" or, for the system's choice, "".
func themeOf(c echo.Context) string {
	if value, _ := themeCookie(c); value != themeSystem {
		return value
	}
	return ""
}

func (s *Server) setThemeCookie(c echo.Context, value string) {
	c.SetCookie(&http.Cookie{
		Name: themeName, Value: value, Path: "/", MaxAge: themeDays * 24 * 60 * 60,
		SameSite: http.SameSiteLaxMode, Secure: s.deps.Config.Secure,
	})
}

// setTheme keeps the choice of the menu in the top bar and goes back to where it was made.
func (s *Server) setTheme(c echo.Context) error {
	theme := c.FormValue("theme")
	if !isTheme(theme) {
		return errBadRequest
	}
	s.setThemeCookie(c, theme)
	a, err := s.account(c)
	if err != nil {
		return err
	}
	if a != nil {
		if err := s.saveProfile(c, a, a.Name, theme); err != nil {
			return err
		}
	}
	return seeOther(c, localPath(c.FormValue("back"), "/"))
}
