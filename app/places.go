package app

import "context"

// places bounds how many of something run at a time.
type places chan struct{}

// take waits for a place and gives what frees it; a caller whose ctx ends first gets its error.
func (p places) take(ctx context.Context) (free func(), err error) {
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

// placeFor waits until a plan of a page may be read and evaluated. Nothing waits for an ordinary plan.
func (s *Server) placeFor(ctx context.Context, body []byte) (free func(), err error) {
	if len(body) < bigPlan {
		return func() {}, nil
	}
	return s.bigPlans.take(ctx)
}
