package growth

import (
	"math"

	"headroom/pricing/limit"
)

// slack is how far a money limit is from being exceeded at scale x.
func (r *ray) slack(l *Limit, x float64) float64 { return r.slackOf(l, r.at(x)) }

func (r *ray) slackOf(l *Limit, total money) float64 {
	capacity := l.Capacity[r.m]
	switch l.Kind {
	case limit.SpendCap:
		for _, provider := range l.Scope {
			capacity -= r.statement.Net[provider]
		}
		return capacity
	case limit.Budget:
		return capacity - total.cash
	case limit.Margin:
		return total.revenue*(1-capacity) - total.accrual
	case limit.Cash:
		return r.balance.Cash + total.revenue - total.cash + r.p.Flow[r.m] - capacity
	}
	return never() // no limit of money
}

// slackAt is the slack of a money limit at 2^(step - steps), or at 0 for the step before the first. All limits are
// worked out together and kept, for the windows look at the same scales.
func (r *ray) slackAt(limit, step int) float64 {
	moneys := len(r.p.Limits) - r.p.money
	row := r.grid[(step+1)*moneys : (step+2)*moneys]
	if !r.known[step+1] {
		r.known[step+1] = true
		total := r.at(gridScale(step))
		for i := range row {
			row[i] = never()
			if l := &r.p.Limits[r.p.money+i]; l.Exists(r.m) {
				row[i] = r.slackOf(l, total)
			}
		}
	}
	return row[limit-r.p.money]
}

const atZero = -1

func gridScale(step int) float64 {
	if step == atZero {
		return 0
	}
	return math.Ldexp(1, step-steps)
}

func (r *ray) holds(limit, step int) bool { return r.slackAt(limit, step) >= -slackTolerance }

// money is the window of a money limit, by index: the interval of scales around the first probe that holds.
func (r *ray) money(limit int) Window {
	anchor, ok := r.anchor(limit)
	switch {
	case !ok && r.holds(limit, atZero):
		return Window{}
	case !ok:
		return Window{High: never(), Unsatisfiable: true}
	}
	return Window{Low: r.low(limit, anchor), High: r.high(limit, anchor)}
}

// anchor is the first probe that holds: 1, 1/2, 1/4 ..., and for margin and cash 1, 1/2, 2, 1/4, 4 ...
func (r *ray) anchor(limit int) (step int, ok bool) {
	twoSided := r.p.Limits[limit].Kind.Floor()
	for i := range steps + 1 {
		if r.holds(limit, steps-i) {
			return steps - i, true
		}
		if twoSided && r.holds(limit, steps+i) {
			return steps + i, true
		}
	}
	return 0, false
}

func (r *ray) high(limit, anchor int) float64 {
	for step := anchor; step < 2*steps; step++ {
		if !r.holds(limit, step+1) {
			return r.edge(limit, step, step+1)
		}
	}
	return never()
}

// low is the floor of a limit that too few users fail; 0 for the others.
func (r *ray) low(limit, anchor int) float64 {
	if !r.p.Limits[limit].Kind.Floor() || r.holds(limit, atZero) {
		return 0
	}
	for step := anchor; step > 0; step-- {
		if !r.holds(limit, step-1) {
			return r.edge(limit, step, step-1)
		}
	}
	return 0
}

// edge is the scale between two steps at which a limit stops to hold.
func (r *ray) edge(limit, holds, fails int) float64 {
	l := &r.p.Limits[limit]
	return r.root(l, 0, point{gridScale(holds), r.slackAt(limit, holds)},
		point{gridScale(fails), r.slackAt(limit, fails)})
}

type point struct{ x, slack float64 }

// rounding is the share of the slacks at both ends of an interval that arithmetic may lose.
const rounding = 1e-13

// root is the last scale, from one that holds towards one that fails, at which slack + more still holds. Slack is
// piecewise linear, so a straight line between the ends finds it at once or a piece later; whenever a line does not
// halve the interval, the next step does. A slack of 0 that stays 0 a little further on is a flat piece: its end is
// sought.
func (r *ray) root(l *Limit, more float64, holds, fails point) float64 {
	holds.slack += more
	fails.slack += more
	for halve, i := false, 0; i < 200; i++ {
		width, span := math.Abs(fails.x-holds.x), holds.slack-fails.slack
		if width <= 1e-15*math.Abs(fails.x) {
			break
		}
		x := (holds.x + fails.x) / 2
		if !halve && span > 0 {
			x = holds.x + (fails.x-holds.x)*max(0, holds.slack+slackTolerance)/span
		}
		at := point{x, r.slack(l, x) + more}
		if math.Abs(at.slack) <= max(slackTolerance, rounding*span) {
			beyond := x + (fails.x-x)*1e-9
			if at = (point{beyond, r.slack(l, beyond) + more}); at.slack < -slackTolerance {
				return x
			}
		}
		if at.slack >= -slackTolerance {
			holds = at
		} else {
			fails = at
		}
		halve = math.Abs(fails.x-holds.x) > width/2
	}
	return holds.x
}
