package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"headroom/db"
	"headroom/pricing"
)

var (
	ErrNotFound    = errors.New("not found")
	ErrForbidden   = errors.New("forbidden")
	errCrossSite   = errors.New("request from another site")
	ErrInvitation  = errors.New("no open invitation")
	ErrTooLarge    = errors.New("body too large")
	errTooMany     = errors.New("too many requests")
	ErrBusy        = errors.New("no place became free")
	ErrBadRequest  = errors.New("bad request")
	ErrUnsupported = errors.New("unsupported media type")
	ErrInput       = errors.New("input that is no plan")
)

// failure is what a reader is told, in one sentence: never err.Error(), which may name internals.
type failure struct {
	Status int
	title  string
	text   string
}

// failures is the one table from an error to a status and words, walked in order with errors.Is.
var failures = []struct {
	err error
	failure
}{
	{ErrNotFound, failure{http.StatusNotFound, "Not found",
		"There is nothing at this address, or it belongs to another team."}},
	{ErrInvitation, failure{http.StatusNotFound, "This invitation has expired",
		"It was used, revoked or is older than seven days; ask whoever sent it for a new one."}},
	{db.ErrNotFound, failure{http.StatusNotFound, "Not found",
		"There is nothing at this address, or it belongs to another team."}},
	{db.ErrStale, failure{http.StatusConflict, "Somebody saved before you",
		"The plan changed since you opened it, and nothing was overwritten."}},
	{db.ErrConflict, failure{http.StatusConflict, "Already there", "Something with this name exists already."}},
	{db.ErrTooMany, failure{http.StatusConflict, "Limit reached",
		"Your team already keeps the maximum number of its own figures; remove one first."}},
	{db.ErrLastAdmin, failure{http.StatusConflict, "The team needs an admin",
		"Nobody else is an admin of this team; promote another member to admin first."}},
	{ErrForbidden, failure{http.StatusForbidden, "Not allowed", "Your role in this team does not allow this."}},
	{errCrossSite, failure{http.StatusForbidden, "Refused",
		"This request came from another site; open Headroom and try again there."}},
	{ErrTooLarge, failure{http.StatusRequestEntityTooLarge, "Too large", "A plan may be at most 5 MB."}},
	{errTooMany, failure{http.StatusTooManyRequests, "Too many requests", "Wait a minute, then try again."}},
	{ErrBusy, failure{http.StatusServiceUnavailable, "Busy",
		"The server is busy; your plan is not the cause. Try again in a moment."}},
	{ErrUnsupported, failure{http.StatusUnsupportedMediaType, "Unsupported format",
		"Send one of the formats that this address accepts."}},
	{ErrInput, failure{http.StatusUnprocessableEntity, "The input cannot be used",
		"Each problem is listed with its line, field or parameter."}},
	{echo.ErrMethodNotAllowed, failure{http.StatusMethodNotAllowed, "Wrong method",
		"This address does not accept the method; the Allow header lists those that it does."}},
	{ErrBadRequest, failure{http.StatusBadRequest, "Request not understood", "The address or the form is incomplete."}},
}

// Describe finds the words for an error. Unknown errors are internal: logged with the request id, shown without detail.
func Describe(err error) failure {
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return f.failure
		}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return Describe(ErrTooLarge)
	}
	var invalid *pricing.InvalidError
	if errors.As(err, &invalid) {
		return failure{http.StatusUnprocessableEntity, "The plan cannot be used",
			"Nothing was changed; what is wrong is listed with the fields."}
	}
	var fromEcho *echo.HTTPError
	if errors.As(err, &fromEcho) && fromEcho.Code < http.StatusInternalServerError {
		return describeStatus(fromEcho.Code)
	}
	return failure{http.StatusInternalServerError, "Something broke on our side",
		"Your work is not lost: go back and try again."}
}

// describeStatus gives Echo's own errors (no route, wrong method, body over the limit) our words.
func describeStatus(code int) failure {
	for _, f := range failures {
		if f.Status == code {
			return f.failure
		}
	}
	return failure{code, http.StatusText(code), "This request cannot be answered."}
}

// HandleError is Echo's only error handler.
func (s *Site) HandleError(err error, c echo.Context) {
	// A reader who typed on, or left, has cancelled the request: nobody is there to be told, and nothing is broken.
	if c.Response().Committed || errors.Is(c.Request().Context().Err(), context.Canceled) {
		return
	}
	f := Describe(err)
	if f.Status == http.StatusInternalServerError {
		s.Deps.Log.Error("internal error", "error", err, "path", c.Request().URL.Path, "request_id", RequestID(c))
	}
	SayWhenToRetry(c, err)
	if err := s.writeFailure(c, f, err); err != nil {
		s.Deps.Log.Error("write error page", "error", err, "request_id", RequestID(c))
	}
}

func (s *Site) writeFailure(c echo.Context, f failure, err error) error {
	if isAPI(c) {
		return s.problem(c, f, err)
	}
	return s.errorPage(c, f, fieldErrors(err))
}

// fieldErrors lists the fields of an invalid plan, none for other errors.
func fieldErrors(err error) []pricing.FieldError {
	var invalid *pricing.InvalidError
	if errors.As(err, &invalid) {
		return invalid.Fields
	}
	return nil
}

// Invalid is an InvalidError for one field, for input that never reaches package pricing.
func Invalid(path, format string, args ...any) error {
	return &pricing.InvalidError{Fields: []pricing.FieldError{{Path: path, Message: fmt.Sprintf(format, args...)}}}
}

// ReadForm is what a form posted. A body over its bound keeps its error; one that is broken, or does not arrive whole,
// is ErrBadRequest.
func ReadForm(c echo.Context) (url.Values, error) {
	posted, err := c.FormParams()
	if err == nil || Describe(err).Status < http.StatusInternalServerError {
		return posted, err
	}
	return nil, fmt.Errorf("%w: %w", ErrBadRequest, err)
}
