package pricing

import (
	"math"

	"headroom/pricing/growth"
)

// worker samples into outcomes, and counts by month the first time that each constraint binds.
type worker struct {
	*sampler
	outcomes *outcomes
	stated   []float64 // by input: the plan's own number
	first    [][]int   // by limit, then by refusal: samples in which it binds first in a month
	firstAny []int
	below    []int  // samples whose month ends below the least cash
	bound    []bool // by limit, then by refusal: it has bound in this sample
}

func newWorker(s *sampler, o *outcomes) *worker {
	w := &worker{sampler: s, outcomes: o, first: make([][]int, len(s.limitIDs)+len(s.refusals)),
		firstAny: make([]int, len(s.months)), below: make([]int, len(s.months)),
		bound: make([]bool, len(s.limitIDs)+len(s.refusals))}
	for i := range w.first {
		w.first[i] = make([]int, len(s.months))
	}
	for i := range s.inputs {
		w.stated = append(w.stated, s.inputs[i].number.Float())
	}
	return w
}

func (w *worker) sample(seed uint64, n int) error {
	w.draw(seed, n)
	clear(w.bound)
	stopped := false
	return w.run(func(m int, served *growth.Outcome) {
		w.record(m, n, served)
		if w.bind(m, served) && !stopped {
			stopped = true
			w.firstAny[m]++
		}
	})
}

// users are all users served.
func users(served *growth.Outcome) float64 {
	sum := 0.0
	for _, u := range served.Served {
		sum += u
	}
	return sum
}

// record keeps the figures of a month.
func (w *worker) record(m, n int, served *growth.Outcome) {
	o, s, at := w.outcomes, served.State, m*w.outcomes.samples+n
	o.cells[usersServed][at] = users(served)
	o.cells[cashCost][at] = s.Accrual() - s.Statement.Credits
	o.cells[revenue][at] = s.Revenue
	o.cells[grossMargin][at] = float64(ratio(s.Revenue-s.Accrual(), s.Revenue))
	o.cells[endCash][at] = served.Cash
	if w.hasMinCash() {
		if least := w.plan.Finance.MinCash.Float(); served.Cash < least-1e-9*max(1, math.Abs(least)) {
			w.below[m]++
		}
	}
}

func (c *compiled) hasMinCash() bool {
	return c.plan.Finance != nil && !c.plan.Finance.MinCash.IsZero()
}

// bind notes the constraints that cost revenue this month for the first time, and reports whether any does.
func (w *worker) bind(m int, served *growth.Outcome) bool {
	binds := false
	for l, sets := range served.Sets {
		if sets {
			binds = true
			w.note(l, m)
		}
	}
	for i := range w.refusals {
		if w.refuses(i, served) {
			binds = true
			w.note(len(w.limitIDs)+i, m)
		}
	}
	return binds
}

func (w *worker) note(i, m int) {
	if !w.bound[i] {
		w.bound[i] = true
		w.first[i][m]++
	}
}
