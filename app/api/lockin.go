package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

// Lockin answers {"params", "lines", "exit"} with an assessment, and a plan with one for each alternative.
func (s *Pages) Lockin(c echo.Context) error {
	if err := wantType(c, echo.MIMEApplicationJSON); err != nil {
		return err
	}
	body, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	// A plan takes one of the places of `evaluate`: it is evaluated first.
	free, err := s.Evaluations.Take(ctx)
	if err != nil {
		return err
	}
	defer free()
	answer, err := Lockin(ctx, body, s.SnapshotFor, s.LockinBase)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

// Lockin answers either input of `headroom lockin`; snapshot finds the prices that a plan is pinned to, and base what is
// known of them on the day of the assessment. The CLI uses it too.
func Lockin(ctx context.Context, body []byte, snapshot func(context.Context, *pricing.Plan) (*catalog.Snapshot, error),
	base func(*catalog.Snapshot) (*lockin.Base, error)) (any, error) {
	var head struct {
		Schema *json.RawMessage `json:"schema"`
	}
	// What is broken here is said with its place by the strict readers below.
	if err := json.Unmarshal(body, &head); err != nil || head.Schema == nil {
		in, err := lockin.ParseInput(body)
		if err != nil {
			return nil, notPlan(err)
		}
		return lockin.Assess(in), nil
	}
	plan, err := pricing.ParsePlan(body)
	if err != nil {
		return nil, err
	}
	prices, err := snapshot(ctx, plan)
	if err != nil {
		return nil, err
	}
	result, err := pricing.Evaluate(ctx, plan, prices)
	if err != nil {
		return nil, err
	}
	day, err := base(prices)
	if err != nil {
		return nil, err
	}
	return day.Assess(plan, result)
}
