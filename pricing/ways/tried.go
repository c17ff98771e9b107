package ways

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"headroom/pricing"
)

// tried is what the evaluation of a draft came to.
type tried struct {
	result *pricing.AlternativeResult
	err    error
}

// tryAll evaluates drafts, several at a time, and keeps those that help in the order of the drafts: what is kept or
// skipped does not depend on which is done first.
func (f *finder) tryAll(ctx context.Context, drafts []draft, answer *Answer) error {
	for i, t := range f.evaluateAll(ctx, drafts) {
		d := &drafts[i]
		var invalid *pricing.InvalidError
		switch {
		case t.err == nil:
			f.keep(d, t.result, answer)
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(t.err, &invalid):
			f.skip(d.action, "%s: %v", d.name, t.err)
		default:
			return t.err
		}
	}
	return nil
}

// evaluateAll evaluates drafts on as many cores as there are. A panic of one is that of the caller.
func (f *finder) evaluateAll(ctx context.Context, drafts []draft) []tried {
	list := make([]tried, len(drafts))
	var next atomic.Int64
	var failed error
	var once sync.Once
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(drafts)) {
		workers.Go(func() {
			defer func() {
				if cause := recover(); cause != nil {
					once.Do(func() { failed = fmt.Errorf("%v\n%s", cause, debug.Stack()) })
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(drafts); i = int(next.Add(1)) - 1 {
				list[i] = f.evaluate(ctx, &drafts[i])
			}
		})
	}
	workers.Wait()
	if failed != nil {
		panic(failed)
	}
	return list
}

func (f *finder) evaluate(ctx context.Context, d *draft) tried {
	result, err := pricing.EvaluateMonths(ctx, d.plan, f.catalog)
	if err != nil {
		return tried{err: err}
	}
	return tried{result: &result.Alternatives[0]}
}
