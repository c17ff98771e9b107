package commitment

import (
	"cmp"
	"slices"
)

// Period is one term of an agreement, in months from the start of the plan: From may be negative, Last is its last
// month.
type Period struct {
	From, Last int
	Amount     float64 // promised net spend
}

// Agreement is a promise to spend at some providers against a discount; without periods it does nothing.
type Agreement struct {
	Scope      []int // providers, ascending
	Discount   float64
	CarryShare float64  // of the amount: what of a gap moves to the next period
	Periods    []Period // ascending, not overlapping, none that ended before the plan
}

// Credit is a grant that pays bills, never shortfall.
type Credit struct {
	Scope      []int // providers in the order in which it pays them
	Amount     float64
	From, Last int     // usable months
	MaxShare   float64 // of the month's net bill in scope
	MonthlyCap float64 // +Inf: none
}

// Terms are all agreements, in the order in which they apply, and all credits, in the order in which they pay.
type Terms struct {
	Agreements []Agreement
	Credits    []Credit
	months     int
	period     []int // agreement x month: index of the period, or none
}

const none = -1

// NewTerms prepares terms for a plan of some months.
func NewTerms(months int, agreements []Agreement, credits []Credit) *Terms {
	t := &Terms{Agreements: agreements, Credits: credits, months: months, period: make([]int, len(agreements)*months)}
	for a := range agreements {
		slices.SortFunc(agreements[a].Periods, func(x, y Period) int { return cmp.Compare(x.From, y.From) })
		for m := range months {
			t.period[a*months+m] = slices.IndexFunc(agreements[a].Periods,
				func(p Period) bool { return p.From <= m && m <= p.Last })
		}
	}
	return t
}

// Plain reports whether the terms change no bill.
func (t *Terms) Plain() bool { return len(t.Agreements) == 0 && len(t.Credits) == 0 }

// current is the period of an agreement that covers month m.
func (t *Terms) current(agreement, m int) (p Period, next, ok bool) {
	i := t.period[agreement*t.months+m]
	if i == none {
		return Period{}, false, false
	}
	periods := t.Agreements[agreement].Periods
	return periods[i], i+1 < len(periods), true
}
