package web

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"
)

// Places bound how much of something runs at a time: a number of it, or bytes of memory.
type Places struct {
	free *semaphore.Weighted
	size int64
	wait time.Duration
}

// NewPlaces are size places; a request waits for one for at most wait.
func NewPlaces(size int64, wait time.Duration) *Places {
	return &Places{semaphore.NewWeighted(size), size, wait}
}

// Take blocks until a place is free and returns its release function.
func (p *Places) Take(ctx context.Context) (free func(), err error) { return p.takeMany(ctx, 1) }

// takeMany takes n places, or all where there are fewer, and returns what gives them back, once. It waits its turn for
// at most p.wait, then it is ErrBusy; a caller whose ctx ends first gets the error of ctx.
func (p *Places) takeMany(ctx context.Context, n int64) (free func(), err error) {
	n = max(1, min(n, p.size))
	within, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	if err := p.free.Acquire(within, n); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, ErrBusy
	}
	return sync.OnceFunc(func() { p.free.Release(n) }), nil
}

// TakeShare is takeMany for bytes, of which a part of the memory is taken at least, so that no more than so many run.
func (p *Places) TakeShare(ctx context.Context, bytes int64, atOnce int) (free func(), err error) {
	return p.takeMany(ctx, max(bytes, (p.size+int64(atOnce)-1)/int64(atOnce)))
}

// cores is how many light computations run at a time.
func cores() int { return runtime.GOMAXPROCS(0) }

// LargeAtOnce is how many large plans of the API run at a time: they leave a core to pages and light plans.
func LargeAtOnce() int { return max(1, cores()-1) }

const (
	// bigPlan is the size in bytes from which a plan on a page waits for a place. A smaller one takes at most about a
	// second whatever it holds; one at every bound of the format takes many and 2 GB.
	bigPlan = 32 << 10
	// bigPlansAtOnce is how many of them run at a time, fewer where they are large. They have places of their own, so
	// that neither the API nor they hold up the pages of ordinary plans.
	bigPlansAtOnce = 2
)

// pagePlace is the place that a page holds for its plan; free is nil while it holds none.
type pagePlace struct{ free func() }

type pagePlaceKey struct{}

// withPagePlace gives every request room to hold one place, and gives back what it still holds at its end.
func withPagePlace(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		place := &pagePlace{}
		defer place.giveBack()
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), pagePlaceKey{}, place)))
		return next(c)
	}
}

func pagePlaceOf(ctx context.Context) *pagePlace {
	place, _ := ctx.Value(pagePlaceKey{}).(*pagePlace)
	return place
}

// giveBack is called when a page is rendered in memory: what was computed is no longer needed, and its client may be
// slow.
func (p *pagePlace) giveBack() {
	if p != nil && p.free != nil {
		p.free()
		p.free = nil
	}
}

// GiveBackPlace gives back the place of a request whose answer is in memory: its client may read it slowly.
func GiveBackPlace(ctx context.Context) { pagePlaceOf(ctx).giveBack() }

// PlaceFor waits until a plan of a page may be read and evaluated. The page holds the place until it is rendered.
// Nothing waits for an ordinary plan, nor for another plan of a page that holds a place.
func (s *Site) PlaceFor(ctx context.Context, body []byte) error {
	place := pagePlaceOf(ctx)
	if len(body) < bigPlan || place == nil || place.free != nil {
		return nil
	}
	size := SizeOf(body)
	free, err := s.BigPlans.TakeShare(ctx, size.Evaluated()+size.Kept(), bigPlansAtOnce)
	if err != nil {
		return err
	}
	place.free = free
	return nil
}

// Drawn runs a simulation in a place, within a time that waiting for the place is part of.
func Drawn[T any](ctx context.Context, take func(context.Context) (func(), error), limit time.Duration,
	run func(context.Context) (T, error)) (answer T, err error) {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	free, err := take(within)
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = ErrBusy
		}
		return answer, err
	}
	defer free()
	answer, err = run(within)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return answer, Invalid("uncertainty.samples", "this plan takes more than %s here: draw fewer samples, or use "+
			"the command line", limit)
	}
	return answer, err
}
