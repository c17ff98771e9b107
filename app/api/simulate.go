package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing"
)

// Simulate answers a plan with ranges: quantiles by month, when each wall stands, and which range matters most.
func (s *Pages) Simulate(c echo.Context) error {
	body, err := readBody(c)
	if err != nil {
		return err
	}
	take := func(ctx context.Context) (func(), error) {
		return s.Large.TakeShare(ctx, web.SizeOf(body).Drawn(), web.LargeAtOnce())
	}
	answer, err := web.Drawn(c.Request().Context(), take, answerWithin, func(ctx context.Context) ([]byte, error) {
		plan, snapshot, err := s.parsePlan(ctx, body)
		if err != nil {
			return nil, err
		}
		result, err := pricing.Simulate(ctx, plan, snapshot, nil)
		if err != nil {
			return nil, err
		}
		return json.Marshal(result)
	})
	if err != nil {
		return err
	}
	return c.JSONBlob(http.StatusOK, append(answer, '\n'))
}
