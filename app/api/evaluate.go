package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing"
	"headroom/pricing/catalog"
)

const (
	// answerWithin is how long an evaluation or a simulation by the API may take: less than the server takes to give up
	// on an answer.
	answerWithin = 50 * time.Second
	// clientWithin is how long a client may take to read the next part of a large result, which is at most about 200
	// KB. It holds a place meanwhile.
	clientWithin = 5 * time.Second
)

// Evaluate answers a plan with its result. A light plan gives its place back when its result is encoded; a large one
// is sent while it is evaluated and holds its place to the last byte.
func (s *Pages) Evaluate(c echo.Context) error {
	body, err := readBody(c)
	if err != nil {
		return err
	}
	ctx, size := c.Request().Context(), web.SizeOf(body)
	free, err := s.takeFor(ctx, size, size.Evaluated())
	if err != nil {
		return err
	}
	defer free()
	plan, snapshot, err := s.parsePlan(ctx, body)
	if err != nil {
		return err
	}
	if !size.Light() {
		return s.sendResult(c, plan, snapshot)
	}
	result, err := pricing.Evaluate(ctx, plan, snapshot)
	if err != nil {
		return err
	}
	return sendJSON(c, result, free)
}

// takeFor takes a place of light plans, or of large ones by the bytes that they will need.
func (s *Pages) takeFor(ctx context.Context, size web.PlanSize, bytes int64) (free func(), err error) {
	if size.Light() {
		return s.Evaluations.Take(ctx)
	}
	return s.Large.TakeShare(ctx, bytes, web.LargeAtOnce())
}

// readBody reads a JSON body whole, before anything waits for a place.
func readBody(c echo.Context) ([]byte, error) {
	if err := wantType(c, echo.MIMEApplicationJSON); err != nil {
		return nil, err
	}
	return io.ReadAll(c.Request().Body)
}

// parsePlan reads a plan, and finds the prices that it is pinned to.
func (s *Pages) parsePlan(ctx context.Context, body []byte) (*pricing.Plan, *catalog.Snapshot, error) {
	plan, err := pricing.ParsePlan(body)
	if err != nil {
		return nil, nil, err
	}
	snapshot, err := s.SnapshotFor(ctx, plan.CatalogSnapshot)
	return plan, snapshot, err
}

// sendJSON encodes an answer, gives the place back and sends it, however slowly its client reads.
func sendJSON(c echo.Context, answer any, free func()) error {
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(answer); err != nil {
		return err
	}
	free()
	return c.JSONBlob(http.StatusOK, text.Bytes())
}

// sendResult evaluates a large plan and sends each month as it is encoded. What cannot be finished after the first byte
// is cut off, so that no client takes it for whole.
func (s *Pages) sendResult(c echo.Context, plan *pricing.Plan, snapshot *catalog.Snapshot) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerWithin)
	defer cancel()
	out := &patientWriter{c: c}
	out.extend(answerWithin + clientWithin)
	err := pricing.WriteResult(ctx, out, plan, snapshot)
	switch {
	case err == nil:
		return nil
	case c.Response().Committed:
		s.Deps.Log.Warn("result cut off", "error", err, "path", c.Request().URL.Path, "request_id", web.RequestID(c))
		panic(http.ErrAbortHandler)
	case errors.Is(err, context.DeadlineExceeded) && c.Request().Context().Err() == nil:
		return web.Invalid("alternatives", "this plan takes more than %s here: list fewer of them, or use the "+
			"command line",
			answerWithin)
	}
	return err
}

// patientWriter sends JSON to a client that may take clientWithin for each part.
type patientWriter struct{ c echo.Context }

func (w *patientWriter) Write(p []byte) (int, error) {
	if response := w.c.Response(); !response.Committed {
		response.Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
		response.WriteHeader(http.StatusOK)
	}
	w.extend(clientWithin)
	return w.c.Response().Write(p)
}

// extend moves the moment at which the connection is given up. A connection that has none, as in tests, is never.
func (w *patientWriter) extend(within time.Duration) {
	_ = http.NewResponseController(w.c.Response()).SetWriteDeadline(time.Now().Add(within))
}
