package api

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing"
)

// simulateWithin is how long a simulation by the API may take: less than the server takes to give up on an answer.
const simulateWithin = 50 * time.Second

// Simulate answers a plan with ranges: quantiles by month, when each wall stands, and which range matters most.
func (s *Pages) Simulate(c echo.Context) error {
	plan, snapshot, err := s.readPlan(c)
	if err != nil {
		return err
	}
	result, err := web.Drawn(c.Request().Context(), s.Evaluations, simulateWithin, func(ctx context.Context) (*pricing.Simulation, error) {
		return pricing.Simulate(ctx, plan, snapshot, nil)
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, result)
}
