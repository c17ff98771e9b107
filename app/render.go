package app

import (
	"bytes"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"headroom/pricing"
	"headroom/views"
)

// render writes a component. It renders into a buffer first, so that an error in a template becomes an error page and
// not half a page with status 200.
func (s *Server) render(c echo.Context, status int, component templ.Component) error {
	var page bytes.Buffer
	page.Grow(64 << 10)
	if err := component.Render(c.Request().Context(), &page); err != nil {
		return err
	}
	c.Response().Header().Add(echo.HeaderVary, "HX-Request")
	return c.HTMLBlob(status, page.Bytes())
}

// isHTMX says that the request wants only the part of the page that changes.
func isHTMX(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

// errorPage shows a failure inside the frame of the app, with the request id and what to do next.
func (s *Server) errorPage(c echo.Context, f failure, fields []pricing.FieldError) error {
	page := s.page(c, f.title)
	return s.render(c, f.status, views.ErrorPage(page, views.Failure{
		Status: f.status, Title: f.title, Text: f.text, RequestID: requestID(c), Fields: fieldMessages(fields),
	}))
}

func fieldMessages(fields []pricing.FieldError) []views.FieldMessage {
	messages := make([]views.FieldMessage, len(fields))
	for i, f := range fields {
		messages[i] = views.FieldMessage{Path: f.Path, Message: f.Message}
	}
	return messages
}

// seeOther sends the browser to a page of ours after a form, so that reload repeats nothing.
func seeOther(c echo.Context, url string) error { return c.Redirect(http.StatusSeeOther, url) }
