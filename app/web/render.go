package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"headroom/pricing"
	"headroom/views/ui"
)

// pages are buffers of answered pages, kept because a page of half a megabyte would double its way up to it each time.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKeptPage bounds what one kept buffer holds, in bytes.
const maxKeptPage = 2 << 20

// Render writes a component. It renders into a buffer first, so that an error in a template becomes an error page and
// not half a page with status 200.
func (s *Site) Render(c echo.Context, status int, component templ.Component) error {
	page := pages.Get().(*bytes.Buffer)
	defer func() {
		if page.Cap() <= maxKeptPage {
			page.Reset()
			pages.Put(page)
		}
	}()
	if err := component.Render(c.Request().Context(), page); err != nil {
		return err
	}
	GiveBackPlace(c.Request().Context())
	c.Response().Header().Add(echo.HeaderVary, "HX-Request")
	return c.HTMLBlob(status, page.Bytes())
}

// IsHTMX reports whether the request wants only the part of the page that changes.
func IsHTMX(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

// errorPage shows a failure inside the frame of the app, with the request id and what to do next.
func (s *Site) errorPage(c echo.Context, f failure, fields []pricing.FieldError) error {
	page := s.Shell(c, f.title)
	return s.Render(c, f.Status, ui.ErrorPage(page, ui.Failure{
		Status: f.Status, Title: f.title, Text: f.text, RequestID: RequestID(c), Fields: FieldMessages(fields),
		Actions: waysOn(c, page),
	}))
}

// waysOn are the ways on from an error: back to the plan that the reader came from, to the prices, and for a visitor to
// sign in, which a missing page may ask for. What is nearest to the address stands first.
func waysOn(c echo.Context, page ui.Page) []ui.Button {
	ways := []ui.Button{{Label: "Back to your plan", URL: planAddress(c)}, {Label: "See the prices", URL: "/prices"}}
	if strings.HasPrefix(c.Request().URL.Path, "/prices") {
		slices.Reverse(ways)
	}
	ways[0].Look = "primary"
	if page.User == nil {
		ways = append(ways, ui.Button{Label: "Sign in", URL: WithNext("/sign-in", page.Path), Look: "quiet"})
	}
	return ways
}

// planAddress is the plan on the page that led here, of which a sandbox plan is nowhere but in its address; else the
// page that every plan starts from.
func planAddress(c echo.Context) string {
	from, err := url.Parse(c.Request().Referer())
	here := c.Request().URL.RequestURI()
	if err != nil || from.Host != c.Request().Host || from.RequestURI() == here {
		return "/"
	}
	if from.Path == "/" || strings.HasPrefix(from.Path, "/plans/") {
		return LocalPath(from.RequestURI(), "/")
	}
	return "/"
}

// FieldMessages are the errors of a plan for a page.
func FieldMessages(fields []pricing.FieldError) []ui.FieldMessage {
	messages := make([]ui.FieldMessage, len(fields))
	for i, f := range fields {
		messages[i] = ui.FieldMessage{Path: f.Path, Message: f.Message}
	}
	return messages
}

// SeeOther sends the browser to a page of ours after a form, so that reload repeats nothing.
func SeeOther(c echo.Context, url string) error { return c.Redirect(http.StatusSeeOther, url) }
