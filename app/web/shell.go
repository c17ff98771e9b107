package web

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"headroom/views/ui"
)

// Shell is the shell around a page for this reader. It takes the notices that wait for them, so call it once per
// answer.
func (s *Site) Shell(c echo.Context, title string) ui.Page {
	p := ui.Page{
		Title: title, Path: comeBack(c), Theme: themeOf(c), Version: s.Deps.Config.Version,
	}
	s.priceFacts(&p)
	a, err := s.Account(c)
	if err != nil {
		// The shell must not hide the page's own answer: without the database it shows a visitor's.
		s.Deps.Log.Error("load account", "error", err, "request_id", RequestID(c))
		return p
	}
	p.Notices = s.takeNotices(c)
	if a == nil {
		return p
	}
	p.User = &ui.UserInfo{Name: a.Name, Email: a.Email, Role: string(a.Team.Role)}
	p.Team = a.Team.Name
	p.Menu = []ui.Link{{Label: "Your account", URL: "/account"}, {Label: "Team", URL: "/team"}}
	if _, chosen := themeCookie(c); !chosen {
		p.Theme = a.Theme
	}
	return p
}

func (s *Site) priceFacts(p *ui.Page) {
	if s.Deps.Catalog == nil {
		return
	}
	p.Snapshot, p.PricesAsOf = s.Deps.Catalog.ID, string(s.Deps.Catalog.AsOf)
	if days, stale := s.Deps.Catalog.Stale(s.Day()); stale {
		p.StaleDays = days
	}
}

// keptNotices bounds the notices that wait in a session: one that never shows a page would grow with every form.
const keptNotices = 5

// Notify keeps a notice for the reader's next page, which shows the newest keptNotices.
func (s *Site) Notify(c echo.Context, n ui.Notice) error {
	ctx := c.Request().Context()
	var waiting []ui.Notice
	if text := s.Sessions.GetString(ctx, sessionNotices); text != "" {
		if err := json.Unmarshal([]byte(text), &waiting); err != nil {
			return err
		}
	}
	waiting = append(waiting, n)
	text, err := json.Marshal(waiting[max(0, len(waiting)-keptNotices):])
	if err != nil {
		return err
	}
	s.Sessions.Put(ctx, sessionNotices, string(text))
	return nil
}

// takeNotices gives what notify kept, once. A fragment for htmx has no place to show them, so they wait.
func (s *Site) takeNotices(c echo.Context) []ui.Notice {
	ctx := c.Request().Context()
	if IsHTMX(c) {
		return nil
	}
	text := s.Sessions.PopString(ctx, sessionNotices)
	if text == "" {
		return nil
	}
	var notices []ui.Notice
	if err := json.Unmarshal([]byte(text), &notices); err != nil {
		s.Deps.Log.Error("notices", "error", err, "request_id", RequestID(c))
	}
	return notices
}

// The theme is in a cookie, so that a visitor has one too and the page comes in the right colours at once. The script
// of the page writes the same cookie.
const (
	themeName   = "theme"
	ThemeSystem = "system"
	themeDays   = 365
)

// IsTheme reports whether a value is a theme that a reader can choose.
func IsTheme(value string) bool { return value == "light" || value == "dark" || value == ThemeSystem }

// themeCookie is the reader's choice on this device, if they made one.
func themeCookie(c echo.Context) (value string, chosen bool) {
	cookie, err := c.Cookie(themeName)
	if err != nil || !IsTheme(cookie.Value) {
		return "", false
	}
	return cookie.Value, true
}

// themeOf is "light", "dark" or, for the system's choice, "".
func themeOf(c echo.Context) string {
	if value, _ := themeCookie(c); value != ThemeSystem {
		return value
	}
	return ""
}

// SetThemeCookie keeps the choice on this device for a year.
func (s *Site) SetThemeCookie(c echo.Context, value string) {
	c.SetCookie(&http.Cookie{
		Name: themeName, Value: value, Path: "/", MaxAge: themeDays * 24 * 60 * 60,
		SameSite: http.SameSiteLaxMode, Secure: s.Deps.Config.Secure,
	})
}

// WithNext adds where to come back to.
func WithNext(path, next string) string {
	if next == "" {
		return path
	}
	return path + "?next=" + url.QueryEscape(next)
}

// Said sends the reader to a page that begins with a notice.
func (s *Site) Said(c echo.Context, url, text string) error {
	if err := s.Notify(c, ui.Notice{Text: text}); err != nil {
		return err
	}
	return SeeOther(c, url)
}
