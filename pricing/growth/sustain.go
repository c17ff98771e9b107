package growth

import (
	"math"

	"headroom/pricing/commitment"
)

// RangeStatus reports whether some growth can be sustained.
type RangeStatus string

const (
	InRange   RangeStatus = "range"     // from Min to Max
	NoRange   RangeStatus = "none"      // no growth that was tried can
	Undefined RangeStatus = "undefined" // a segment starts with nobody, so there is nothing to grow from
)

// Range is the monthly growth that a limit can carry over the whole plan. NaN is no end between -50 % and 200 % a
// month.
type Range struct {
	Min, Max float64
	Status   RangeStatus
}

func noRange(status RangeStatus) Range { return Range{math.NaN(), math.NaN(), status} }

// The growth rates that are tried: -0.5, -0.49 ... 2.
const (
	growthSteps = 250
	halvings    = 45
)

func growthAt(step int) float64 { return float64(step-50) / 100 }

// Sustainable is the growth that every limit can carry, and all of them together, when each segment grows from its
// users of the first month by one rate and nobody is held back. Limits that exist in no month have the status "".
func (p *Program) Sustainable() (all Range, each []Range) {
	each = make([]Range, len(p.Limits))
	exists := make([]bool, len(p.Limits))
	for l := range p.Limits {
		for m := 0; m < p.Months && !exists[l]; m++ {
			exists[l] = p.Limits[l].Exists(m)
		}
	}
	if !p.startsWithUsers() {
		for l := range each {
			if exists[l] {
				each[l] = noRange(Undefined)
			}
		}
		return noRange(Undefined), each
	}
	s := newSustainer(p)
	for l := range each {
		if exists[l] {
			each[l] = s.search(l)
		}
	}
	return s.search(Nobody), each
}

func (p *Program) startsWithUsers() bool {
	for i := range p.Segments {
		if p.Segments[i].Users[0] <= 0 {
			return false
		}
	}
	return true
}

// search finds the first run of growth rates that pass a limit, or all of them, and bisects its ends.
func (s *sustainer) search(limit int) Range {
	first := 0
	for first <= growthSteps && !s.passed(first, limit) {
		first++
	}
	if first > growthSteps {
		return noRange(NoRange)
	}
	last := first
	for last < growthSteps && s.passed(last+1, limit) {
		last++
	}
	found := noRange(InRange)
	if first > 0 {
		found.Min = s.bisect(limit, growthAt(first), growthAt(first-1))
	}
	if last < growthSteps {
		found.Max = s.bisect(limit, growthAt(last), growthAt(last+1))
	}
	return found
}

func (s *sustainer) bisect(limit int, good, bad float64) float64 {
	for range halvings {
		if middle := (good + bad) / 2; s.passes(middle, limit) {
			good = middle
		} else {
			bad = middle
		}
	}
	return good
}

// sustainer tries growth rates. The load of a physical limit rises with the scale, so each has one highest rate; the
// paths of money are walked.
type sustainer struct {
	p        *Program
	rays     []*ray    // by month, at the users of the first month
	highest  []float64 // by physical limit
	physical float64   // the lowest of them
	tried    []bool    // step x money limit: passed
	walk     *walk
}

func newSustainer(p *Program) *sustainer {
	s := &sustainer{p: p, highest: make([]float64, p.money), physical: math.Inf(1)}
	users := make([]float64, len(p.Segments))
	for i := range users {
		users[i] = p.Segments[i].Users[0]
	}
	balance := p.Terms.NewBalance(p.OpeningCash)
	for m := range p.Months {
		r := newRay(p)
		r.aim(m, users, balance)
		s.rays = append(s.rays, r)
	}
	for l := range s.highest {
		s.highest[l] = s.highestRate(&p.Limits[l])
		s.physical = min(s.physical, s.highest[l])
	}
	s.walk = &walk{s: s, balance: balance}
	moneys := len(p.Limits) - p.money
	s.tried = make([]bool, (growthSteps+1)*moneys)
	for step := range growthSteps + 1 {
		s.walk.all(growthAt(step), s.tried[step*moneys:(step+1)*moneys])
	}
	return s
}

// growthTolerance is how far below 0 a slack may be along a path.
func growthTolerance(slack float64) float64 { return 1e-9 + 1e-12*math.Abs(slack) }

// highestRate is the growth at which a physical limit is met in its tightest month: the scale it allows there is
// (1 + g)^month.
func (s *sustainer) highestRate(l *Limit) float64 {
	rate := math.Inf(1)
	for m, r := range s.rays {
		if !l.Exists(m) {
			continue
		}
		scale := r.scaleAt(l, l.Capacity[m]+growthTolerance(0), math.Ldexp(1, 200))
		switch {
		case m > 0:
			rate = min(rate, math.Pow(scale, 1/float64(m))-1)
		case scale < 1:
			return math.Inf(-1)
		}
	}
	return rate
}

// passed reports whether a growth step passes one limit, or all of them.
func (s *sustainer) passed(step, limit int) bool {
	moneys := len(s.p.Limits) - s.p.money
	row := s.tried[step*moneys : (step+1)*moneys]
	switch {
	case limit == Nobody:
		for _, ok := range row {
			if !ok {
				return false
			}
		}
		return growthAt(step) <= s.physical
	case limit < s.p.money:
		return growthAt(step) <= s.highest[limit]
	default:
		return row[limit-s.p.money]
	}
}

// passes is passed for any growth.
func (s *sustainer) passes(g float64, limit int) bool {
	switch {
	case limit == Nobody:
		return g <= s.physical && s.walk.holds(g, s.p.money, len(s.p.Limits))
	case limit < s.p.money:
		return g <= s.highest[limit]
	default:
		return s.walk.holds(g, limit, limit+1)
	}
}

// walk follows the money of a growth rate from month to month.
type walk struct {
	s       *sustainer
	balance *commitment.Balance
}

// all says which money limits hold in every month.
func (w *walk) all(g float64, holds []bool) {
	for i := range holds {
		holds[i] = true
	}
	w.path(g, func(r *ray, total money) bool {
		for i := range holds {
			holds[i] = holds[i] && r.keeps(w.s.p.money+i, total)
		}
		return true
	})
}

// holds reports whether the limits from one to before another hold in every month.
func (w *walk) holds(g float64, from, to int) bool {
	ok := true
	w.path(g, func(r *ray, total money) bool {
		for l := from; l < to && ok; l++ {
			ok = r.keeps(l, total)
		}
		return ok
	})
	return ok
}

// keeps reports whether a money limit holds at a total of the ray's.
func (r *ray) keeps(limit int, total money) bool {
	l := &r.p.Limits[limit]
	if !l.Exists(r.m) {
		return true
	}
	slack := r.slackOf(l, total)
	return slack >= -growthTolerance(slack)
}

// path visits the months of a growth rate until visit says stop.
func (w *walk) path(g float64, visit func(r *ray, total money) bool) {
	p := w.s.p
	if len(p.Limits) == p.money {
		return
	}
	p.Terms.Reset(w.balance, p.OpeningCash)
	scale := 1.0
	for m, r := range w.s.rays {
		total := r.at(scale)
		if !visit(r, total) {
			return
		}
		p.Terms.Book(m, r.statement, w.balance)
		w.balance.Cash += total.revenue - total.cash + p.Flow[m]
		scale *= 1 + g
	}
}
