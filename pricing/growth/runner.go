package growth

import (
	"headroom/pricing/commitment"
)

// Runner serves the months of a program in order, each on what the months before left: cash, credits, commitments, lost
// users.
type Runner struct {
	p *Program
	// work out what served users do not depend on: ceilings, floors and flags at demand, worth of one more unit
	outlook bool
	balance *commitment.Balance
	state   *State
	out     Outcome

	kept      []float64 // by segment: share of the demand that was not lost
	demands   []float64 // month x segment: demanded users so far
	reach     []bool    // offer x segment, of the month
	affects   []bool    // limit x segment, of the month
	scales    []float64 // by segment, stage 1
	full      *ray      // at full demand
	cut       *ray      // at the users of stage 1
	staged    *ray      // full or cut: what stage 2 looks at
	stage     []Window  // by limit: money at the users of stage 1
	stands    *ray      // at the users who stand in for those of a month in which nobody asks
	standsFor int       // the month that they come from
	stood     []float64 // by segment: those users
	own       []float64 // by limit: the scale of an unsatisfiable one
}

// Outcome is one served month. The next call of Next overwrites it.
type Outcome struct {
	Index        int
	State        *State
	Demand       []float64 // users by segment
	Stage1       []float64 // users that physical limits leave
	Served       []float64
	ListAtDemand float64
	Factor       float64 // of stage 2
	Cash         float64 // end balance
	Holder       []int   // by segment: the limit that cut it, or Nobody
	Windows      []Window
	Users        []float64 // by limit: the users that its window multiplies
	Exceeded     []bool    // by limit: demand is beyond it
	Unmet        []bool    // by limit: no scale satisfies it
	Lost         []float64 // by limit: revenue
	Sets         []bool    // by limit: it set a scale or heads the month
	Head         int       // the limit that heads the month, or Nobody
	Shadow       Shadow    // of Head
}

// NewRunner starts at the first month. With outlook it also works out ceilings, floors, flags and shadow prices.
func NewRunner(p *Program, outlook bool) *Runner {
	segments, limits := len(p.Segments), len(p.Limits)
	r := &Runner{p: p, outlook: outlook, balance: p.Terms.NewBalance(p.OpeningCash), state: NewState(p),
		kept: make([]float64, segments), demands: make([]float64, p.Months*segments),
		reach: make([]bool, len(p.Offers)*segments), affects: make([]bool, limits*segments),
		scales: make([]float64, segments), full: newRay(p), cut: newRay(p), standsFor: Nobody,
		stood: make([]float64, segments),
		stage: make([]Window, limits), own: make([]float64, limits),
	}
	r.out = Outcome{State: r.state,
		Demand: make([]float64, segments), Stage1: make([]float64, segments), Served: make([]float64, segments),
		Holder: make([]int, segments), Windows: make([]Window, limits), Users: make([]float64, limits),
		Exceeded: make([]bool, limits), Unmet: make([]bool, limits), Lost: make([]float64, limits),
		Sets: make([]bool, limits)}
	r.Reset()
	return r
}

// Reset goes back to the first month, for a program whose figures have changed in place.
func (r *Runner) Reset() {
	for i := range r.kept {
		r.kept[i] = 1
	}
	r.p.Terms.Reset(r.balance, r.p.OpeningCash)
	r.out.Index = -1
}

// Balance is where the plan stands after the months served so far.
func (r *Runner) Balance() *commitment.Balance { return r.balance }

// Next serves the next month.
func (r *Runner) Next() *Outcome {
	o := &r.out
	o.Index++
	m := o.Index
	r.ask(m)
	r.find(m)
	r.full.aim(m, o.Demand, r.balance)
	r.standsFor = Nobody
	r.physical(m)
	r.stage1(m)
	if r.outlook {
		r.flags(m)
		o.ListAtDemand = r.full.list(1)
	}
	r.stage2(m)
	for i, u := range o.Stage1 {
		o.Served[i] = u * o.Factor
	}
	r.p.Evaluate(m, o.Served, r.balance, r.state)
	r.attribute(m)
	if r.outlook {
		o.Shadow = r.shadow(m)
	}
	r.book(m)
	return o
}

// ask finds the users who want to be served.
func (r *Runner) ask(m int) {
	o := &r.out
	for i := range o.Demand {
		o.Demand[i] = r.p.Segments[i].Users[m] * r.kept[i]
	}
	copy(r.demands[m*len(o.Demand):], o.Demand)
	clear(o.Lost)
	clear(o.Sets)
	clear(o.Unmet)
	clear(o.Exceeded)
	clear(o.Users)
	o.Head = Nobody
}

// book moves on to the next month.
func (r *Runner) book(m int) {
	o, s := &r.out, r.state.Statement
	r.p.Terms.Book(m, s, r.balance)
	r.balance.Cash += r.state.Revenue - (r.state.Accrual() - s.Credits) + r.p.Flow[m]
	o.Cash = r.balance.Cash
	if !r.p.LostUsersStay {
		return
	}
	for i, demand := range o.Demand {
		if demand > 0 {
			r.kept[i] *= o.Served[i] / demand
		}
	}
}
