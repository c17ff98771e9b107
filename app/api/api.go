package api

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/cost"
	"headroom/pricing/lines"
)

const (
	mimeNDJSON = "application/x-ndjson"
)

// Cost answers each line of usage with one line of exact cost. ?as_of=DATE picks the prices in force on that day.
func (s *Pages) Cost(c echo.Context) error {
	if err := wantType(c, mimeNDJSON); err != nil {
		return err
	}
	asOf := calendar.Day(c.QueryParam("as_of"))
	if _, err := catalog.ParseDate(string(asOf)); asOf != "" && err != nil {
		return notPlan(web.Invalid("as_of", "%v", err))
	}
	var answer bytes.Buffer
	if err := cost.Stream(c.Request().Body, &answer, s.Deps.Catalog, asOf); err != nil {
		return lineProblem(err)
	}
	return c.Blob(http.StatusOK, mimeNDJSON, answer.Bytes())
}

// lineProblem names the line that ended a run; a body over its bound stays what it is.
func lineProblem(err error) error {
	var line *lines.Error
	if !errors.As(err, &line) || web.Describe(line.Err).Status == http.StatusRequestEntityTooLarge {
		return err
	}
	return notPlan(web.Invalid(fmt.Sprintf("line %d", line.Line), "%v", line.Err))
}

// notPlanError is an error in input that is no plan: described as errInput, its words and fields unchanged.
type notPlanError struct{ error }

func (e notPlanError) Unwrap() []error { return []error{e.error, web.ErrInput} }

func notPlan(err error) error { return notPlanError{err} }

// wantType refuses a body of another declared type; a body without a type is taken as the wanted one.
func wantType(c echo.Context, want string) error {
	declared := c.Request().Header.Get(echo.HeaderContentType)
	if declared == "" {
		return nil
	}
	got, _, err := mime.ParseMediaType(declared)
	// curl and fetch send these two when the caller says nothing.
	if err != nil || (got != want && got != "text/plain" && got != "application/x-www-form-urlencoded") {
		return web.ErrUnsupported
	}
	return nil
}
