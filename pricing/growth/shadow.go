package growth

import "math"

// Shadow is what one more unit of the binding capacity is worth in a month.
type Shadow struct {
	Users   float64 // served by one more unit
	Revenue float64
	ToNext  float64 // units until another limit, or demand, takes over
}

// shadow is the worth of one more unit of what heads the month.
func (r *Runner) shadow(m int) Shadow {
	l := r.out.Head
	switch {
	case l == Nobody:
		return Shadow{}
	case r.p.Limits[l].Kind.Physical():
		return r.physicalShadow(m, l)
	case r.stage[l].Unsatisfiable:
		return Shadow{ToNext: max(0, -r.staged.slack(&r.p.Limits[l], r.own[l]))}
	default:
		return r.moneyShadow(m, l)
	}
}

// physicalShadow: one unit raises the scale by 1 / slope of the load just above the ceiling.
func (r *Runner) physicalShadow(m, l int) Shadow {
	o, limit := &r.out, &r.p.Limits[l]
	slope := r.full.slopeAbove(limit, o.Windows[l].High)
	users, revenue := 0.0, 0.0
	for i, holder := range o.Holder {
		if holder != l {
			continue
		}
		users += o.Demand[i]
		revenue += o.Demand[i] * r.p.Segments[i].Revenue[m] * r.servedShare(i)
	}
	load, _ := r.full.load(limit, r.nextPhysical(m, l))
	return Shadow{Users: users / slope, Revenue: revenue / slope, ToNext: max(0, load-limit.Capacity[m])}
}

// servedShare is the share of a segment's requests that is served: at the served users, or at demand when there are
// none.
func (r *Runner) servedShare(segment int) float64 {
	refused, requests := r.state.SegmentRefused[segment], r.state.SegmentRequests[segment]
	if requests == 0 {
		refused, requests = r.full.refused[segment], r.full.requests[segment]
	}
	if requests == 0 {
		return 1
	}
	return 1 - refused/requests
}

// nextPhysical is the scale at which another limit that affects a segment held by l takes over, at most 1.
func (r *Runner) nextPhysical(m, l int) float64 {
	o, next := &r.out, 1.0
	for other := range r.p.money {
		limit := &r.p.Limits[other]
		if other == l || !limit.Enforced || !limit.Exists(m) || reached(r.affected(other), o.Demand) == 0 {
			continue
		}
		for i, affected := range r.affected(other) {
			if affected && o.Holder[i] == l {
				next = min(next, o.Windows[other].High)
			}
		}
	}
	return max(next, o.Windows[l].High)
}

// moneyShadow is the difference that a little more money makes: 1e-5 of what is missing.
func (r *Runner) moneyShadow(m, l int) Shadow {
	limit, t := &r.p.Limits[l], r.out.Factor
	at := point{1, r.staged.slack(limit, 1)}
	delta := max(1e-9, 1e-5*math.Abs(at.slack))
	more := 1.0
	if at.slack+delta < -slackTolerance {
		more = r.staged.root(limit, delta, point{t, r.staged.slack(limit, t)}, at)
	}
	next := 1.0
	for other := r.p.money; other < len(r.p.Limits); other++ {
		if o := &r.p.Limits[other]; other != l && o.Enforced && o.Exists(m) {
			next = min(next, r.stage[other].High)
		}
	}
	before, after := r.staged.at(t), r.staged.at(more)
	return Shadow{Users: (more - t) / delta * r.staged.total, Revenue: (after.revenue - before.revenue) / delta,
		ToNext: max(0, -r.staged.slack(limit, max(next, t)))}
}
