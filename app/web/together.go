package web

import (
	"context"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// Together runs the parts of an answer at the same time. The first error cancels the context of the others and is
// returned. A panic of a part is an error with its stack: it fails the request, as that of a handler does, and not the
// process.
func Together(ctx context.Context, parts ...func(context.Context) error) error {
	group, within := errgroup.WithContext(ctx)
	for _, part := range parts {
		group.Go(func() (err error) {
			defer recovered(&err)
			return part(within)
		})
	}
	return group.Wait()
}

// recovered turns a panic into an error; it has to be deferred itself.
func recovered(err *error) {
	if cause := recover(); cause != nil {
		*err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
	}
}
