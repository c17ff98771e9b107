package web

import (
	"context"
	"errors"
	"time"
)

// Places bounds how many of something run at a time.
type Places chan struct{}

// Take waits for a place and gives what frees it; a caller whose ctx ends first gets its error.
func (p Places) Take(ctx context.Context) (free func(), err error) {
	select {
	case p <- struct{}{}:
		return func() { <-p }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

const (
	// bigPlan is the size in bytes from which a plan on a page waits for a place. A smaller one takes at most about a
	// second whatever it holds; one at every bound of the format takes many and 2 GB.
	bigPlan = 32 << 10
	// bigPlansAtOnce is how many of them run at a time. They have places of their own, so that neither the API nor they
	// hold up the pages of ordinary plans.
	bigPlansAtOnce = 2
)

// PlaceFor waits until a plan of a page may be read and evaluated. Nothing waits for an ordinary plan.
func (s *Site) PlaceFor(ctx context.Context, body []byte) (free func(), err error) {
	if len(body) < bigPlan {
		return func() {}, nil
	}
	return s.BigPlans.Take(ctx)
}

// Drawn runs a simulation in one of the places, within a time that waiting for the place is part of.
func Drawn[T any](ctx context.Context, p Places, limit time.Duration, run func(context.Context) (T, error)) (answer T, err error) {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	free, err := p.Take(within)
	if err != nil {
		if ctx.Err() == nil {
			err = errBusy
		}
		return answer, err
	}
	defer free()
	answer, err = run(within)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return answer, Invalid("uncertainty.samples", "this plan takes more than %s here: draw fewer samples, or use the command line", limit)
	}
	return answer, err
}
