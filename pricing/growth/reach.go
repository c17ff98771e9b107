package growth

import (
	"headroom/pricing/limit"
)

// find works out which segments reach which offers and limits this month: by a route, or as what a route spills.
func (r *Runner) find(m int) {
	n := len(r.p.Segments)
	clear(r.reach)
	for i := range r.p.MonthRows(m) {
		row := &r.p.MonthRows(m)[i]
		if row.Offer == Nobody {
			continue
		}
		segment := r.p.Workloads[row.Workload].Segment
		r.reach[row.Offer*n+segment] = true
		if target := r.p.SpillTarget(row.Offer, m); target != Nobody {
			r.reach[target*n+segment] = true
		}
	}
	clear(r.affects)
	for l := range r.p.Limits {
		if limit := &r.p.Limits[l]; limit.Exists(m) {
			r.touch(limit, r.affects[l*n:(l+1)*n])
		}
	}
}

// touch marks the segments that a limit affects; money affects everybody.
func (r *Runner) touch(l *Limit, affected []bool) {
	switch l.Kind.Subject() {
	case limit.OfSite:
		for _, pool := range r.p.Sites[l.Subject] {
			r.touchPool(pool, affected)
		}
	case limit.OfPool:
		r.touchPool(l.Subject, affected)
	case limit.OfOffer:
		r.touchOffer(l.Subject, affected)
	case limit.OfProvider, limit.OfPlan, limit.OfRoute:
		for i := range affected {
			affected[i] = true
		}
	}
}

func (r *Runner) touchPool(pool int, affected []bool) {
	for _, o := range r.p.Pools[pool].Offers {
		r.touchOffer(o, affected)
	}
}

func (r *Runner) touchOffer(o int, affected []bool) {
	for i := range affected {
		affected[i] = affected[i] || r.reach[o*len(affected)+i]
	}
}

// affected are the segments that a limit affects this month.
func (r *Runner) affected(limit int) []bool {
	n := len(r.p.Segments)
	return r.affects[limit*n : (limit+1)*n]
}

// reached is the sum of some users over the segments that a limit affects.
func reached(affected []bool, users []float64) float64 {
	sum := 0.0
	for i, yes := range affected {
		if yes {
			sum += users[i]
		}
	}
	return sum
}

// seen is the ray that a limit's window is taken from. In a month in which none of its segments has a user, those of
// the nearest earlier month in which they had some stand in for them, else of the nearest later one; idle then says
// that the limit holds nobody back. Without such a month the users stay 0.
func (r *Runner) seen(m, limit int) (seen *ray, idle bool) {
	affected := r.affected(limit)
	if reached(affected, r.out.Demand) > 0 {
		return r.full, false
	}
	if source := r.source(m, affected); source != Nobody {
		return r.standIn(m, source), true
	}
	return r.full, true
}

// source is the month whose users stand in, or Nobody.
func (r *Runner) source(m int, affected []bool) int {
	n := len(affected)
	for earlier := m - 1; earlier >= 0; earlier-- {
		if reached(affected, r.demands[earlier*n:(earlier+1)*n]) > 0 {
			return earlier
		}
	}
	for later := m + 1; later < r.p.Months; later++ {
		for i, yes := range affected {
			if yes && r.p.Segments[i].Users[later]*r.kept[i] > 0 {
				return later
			}
		}
	}
	return Nobody
}

// standIn is the month at the users of another one, in the segments that have none of their own.
func (r *Runner) standIn(m, source int) *ray {
	if r.standsFor == source {
		return r.stands
	}
	if r.stands == nil {
		r.stands = newRay(r.p)
	}
	users := r.stood
	for i := range users {
		users[i] = r.out.Demand[i]
		switch {
		case users[i] > 0:
		case source < m:
			users[i] = r.demands[source*len(users)+i]
		default:
			users[i] = r.p.Segments[i].Users[source] * r.kept[i]
		}
	}
	r.stands.aim(m, users, r.balance)
	r.standsFor = source
	return r.stands
}
