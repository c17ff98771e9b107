package api

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

// Lockin answers {"params", "lines", "exit"} with an assessment, and a plan with one for each alternative.
func (s *Pages) Lockin(c echo.Context) error {
	body, err := readBody(c)
	if err != nil {
		return err
	}
	ctx, size := c.Request().Context(), web.SizeOf(body)
	// A plan takes one of the places of `evaluate`: it is evaluated first.
	free, err := s.takeFor(ctx, size, size.Evaluated()+size.Kept()/2)
	if err != nil {
		return err
	}
	defer free()
	answer, err := Lockin(ctx, body, s.SnapshotFor, s.LockinBase)
	if err != nil {
		return err
	}
	return sendJSON(c, answer, free)
}

// Lockin answers either input of `headroom lockin`; snapshot finds the prices that a plan is pinned to, and base what
// is known of them on the day of the assessment. The CLI uses it too.
func Lockin(ctx context.Context, body []byte, snapshot func(context.Context, string) (*catalog.Snapshot, error),
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
	prices, err := snapshot(ctx, plan.CatalogSnapshot)
	if err != nil {
		return nil, err
	}
	result, err := evaluateForLockin(ctx, plan, prices)
	if err != nil {
		return nil, err
	}
	day, err := base(prices)
	if err != nil {
		return nil, err
	}
	return day.Assess(plan, result)
}

// evaluateForLockin keeps of every alternative what an assessment reads: spend and load by offer, requests by workload,
// and what commitments and credits come to. That is a quarter of a large result.
func evaluateForLockin(ctx context.Context, plan *pricing.Plan, prices *catalog.Snapshot) (*pricing.Result, error) {
	result := &pricing.Result{Schema: pricing.ResultSchema, Currency: plan.BaseCurrency(), Baseline: plan.BaselineID()}
	if prices != nil {
		result.CatalogSnapshot = prices.ID
	}
	err := pricing.EvaluateEach(ctx, plan, prices, func(a *pricing.AlternativeResult) error {
		for i := range a.Months {
			m := &a.Months[i]
			a.Months[i] = pricing.MonthResult{Month: m.Month, Requests: m.Requests, Shortfall: m.Shortfall,
				CreditsUsed: m.CreditsUsed, Offers: m.Offers, WorkloadRequests: slices.Clone(m.WorkloadRequests)}
		}
		result.Alternatives = append(result.Alternatives, *a)
		return nil
	})
	return result, err
}
