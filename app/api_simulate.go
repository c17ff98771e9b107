package app

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/pricing"
)

// simulateWithin is how long a simulation by the API may take: less than the server takes to give up on an answer.
const simulateWithin = 50 * time.Second

// apiSimulate answers a plan with ranges: quantiles by month, when each wall stands, and which range matters most.
func (s *Server) apiSimulate(c echo.Context) error {
	plan, snapshot, err := s.readPlan(c)
	if err != nil {
		return err
	}
	result, err := drawn(c.Request().Context(), s.evaluations, simulateWithin, func(ctx context.Context) (*pricing.Simulation, error) {
		return pricing.Simulate(ctx, plan, snapshot, nil)
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, result)
}

// drawn runs a simulation in one of the places, within a time that waiting for the place is part of.
func drawn[T any](ctx context.Context, p places, limit time.Duration, run func(context.Context) (T, error)) (answer T, err error) {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	free, err := p.take(within)
	if err != nil {
		if ctx.Err() == nil {
			err = errBusy
		}
		return answer, err
	}
	defer free()
	answer, err = run(within)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return answer, invalid("uncertainty.samples", "this plan takes more than %s here: draw fewer samples, or use the command line", limit)
	}
	return answer, err
}
