package pricing

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing/commitment"
	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// reference is the text of the model word for word: it knows a month only through Program.Evaluate, and finds every
// scale by probing, doubling and halving.
type reference struct {
	p       *growth.Program
	s       *growth.State
	m       int
	balance *commitment.Balance
}

// slack of a limit with the given users.
func (r *reference) slack(l *growth.Limit, users []float64) float64 {
	r.p.Evaluate(r.m, users, r.balance, r.s)
	capacity := l.Capacity[r.m]
	cash := r.s.Accrual() - r.s.Statement.Credits
	switch l.Kind {
	case limit.Power:
		return capacity - r.s.Megawatts[l.Subject]
	case limit.GPUs:
		return capacity - r.s.GPUs[l.Subject]
	case limit.ProvisionedUnits, limit.QuotaTPM:
		return capacity - r.s.Offers[l.Subject].PeakTPM
	case limit.QuotaRPM:
		return capacity - r.s.Offers[l.Subject].PeakRPM
	case limit.SpendCap:
		for _, provider := range l.Scope {
			capacity -= r.s.Statement.Net[provider]
		}
		return capacity
	case limit.Budget:
		return capacity - cash
	case limit.Margin:
		return r.s.Revenue*(1-capacity) - r.s.Accrual()
	default:
		return r.balance.Cash + r.s.Revenue - cash + r.p.Flow[r.m] - capacity
	}
}

// window searches as the text says; at scales the users of a limit.
func (r *reference) window(l *growth.Limit, at func(x float64) []float64) growth.Window {
	tolerance := 1e-12
	if l.Kind.Physical() {
		tolerance = 0 // closed forms need none, and 1e-12 of a megawatt is much for a small plan
	}
	holds := func(x float64) bool { return r.slack(l, at(x)) >= -tolerance }
	anchor, found := 0.0, false
	for i := 0; i <= 20 && !found; i++ {
		if x := math.Ldexp(1, -i); holds(x) {
			anchor, found = x, true
		} else if x := math.Ldexp(1, i); l.Kind.Floor() && holds(x) {
			anchor, found = x, true
		}
	}
	if !found {
		if holds(0) {
			return growth.Window{}
		}
		return growth.Window{High: math.Inf(1), Unsatisfiable: true}
	}
	w := growth.Window{High: math.Inf(1)}
	for x := anchor; x < 1<<20; x *= 2 {
		if !holds(x * 2) {
			w.High = halve(holds, x, x*2)
			break
		}
	}
	if l.Kind.Floor() && !holds(0) {
		for x := anchor; x > math.Ldexp(1, -20); x /= 2 {
			if !holds(x / 2) {
				w.Low = halve(holds, x, x/2)
				break
			}
		}
	}
	return w
}

func halve(holds func(float64) bool, good, bad float64) float64 {
	for range 70 {
		if middle := (good + bad) / 2; holds(middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	return good
}

// close reports whether two scales agree; a flat slack leaves the end of a window to rounding, which the slack decides.
func closeScale(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-7*math.Max(math.Abs(a), math.Abs(b))+1e-12
}

// TestClosedFormsAgreeWithTheSearch compares every window of every month with the reference.
func TestClosedFormsAgreeWithTheSearch(t *testing.T) {
	compared := map[limit.Kind]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		c := compileText(t, text)
		runner := growth.NewRunner(c.program, true)
		r := &reference{p: c.program, s: growth.NewState(c.program),
			balance: c.program.Terms.NewBalance(c.program.OpeningCash)}
		for m := range c.months {
			r.m = m
			*r.balance = copyBalance(runner.Balance())
			served := runner.Next()
			for l := range c.program.Limits {
				limit := &c.program.Limits[l]
				if !limit.Exists(m) {
					continue
				}
				affected := affectedBy(c.program, limit, m)
				demand := append([]float64(nil), served.Demand...)
				sum := 0.0
				for i, yes := range affected {
					if yes {
						sum += demand[i]
					}
				}
				if sum == 0 {
					continue // users of another month stand in; tested by hand
				}
				want := r.window(limit, func(x float64) []float64 {
					users := append([]float64(nil), demand...)
					for i, yes := range affected {
						if yes {
							users[i] *= x
						}
					}
					return users
				})
				got := served.Windows[l]
				if got.Unsatisfiable != want.Unsatisfiable || !closeScale(got.High, want.High) ||
					!closeScale(got.Low, want.Low) {
					t.Fatalf("%s in %s: window %+v, the search finds %+v\n%s", c.limitIDs[l], c.months[m],
						got, want, text)
				}
				compared[limit.Kind]++
			}
			checkStages(t, c, r, served, text)
		}
	})
	for _, kind := range limit.Kinds(limit.SupplyKinds, limit.QuotaKinds, limit.MoneyKinds) {
		if compared[kind] == 0 {
			t.Errorf("only %d windows of %s were compared", compared[kind], kind)
		}
	}
}

func copyBalance(b *commitment.Balance) commitment.Balance {
	c := *b
	c.Drawn = append([]float64(nil), b.Drawn...)
	c.Carried = append([]float64(nil), b.Carried...)
	c.Credits = append([]float64(nil), b.Credits...)
	return c
}

func compileText(t *rapid.T, text string) *compiled {
	plan, err := ParsePlan([]byte(text))
	if err != nil {
		t.Fatal(err, text)
	}
	var found *compiled
	err = plan.each(nil, func(c *compiled) error { found = c; return nil })
	if err != nil {
		t.Fatal(err, text)
	}
	return found
}

// affectedBy finds the segments that a limit affects, from the rows alone.
func affectedBy(p *growth.Program, l *growth.Limit, m int) []bool {
	list := make([]bool, len(p.Segments))
	touches := func(o int) bool {
		switch l.Kind {
		case limit.Power:
			for _, pool := range p.Sites[l.Subject] {
				if p.Offers[o].Pool == pool {
					return true
				}
			}
			return false
		case limit.GPUs:
			return p.Offers[o].Pool == l.Subject
		}
		return o == l.Subject
	}
	for i := range list {
		list[i] = !l.Kind.Physical()
	}
	for _, row := range p.MonthRows(m) {
		if row.Offer == growth.Nobody || !l.Kind.Physical() {
			continue
		}
		spill := p.SpillTarget(row.Offer, m)
		if touches(row.Offer) || spill != growth.Nobody && touches(spill) {
			list[p.Workloads[row.Workload].Segment] = true
		}
	}
	return list
}

// checkStages works out both stages again, from the windows of the reference, and the conditions that a served month
// keeps.
func checkStages(t *rapid.T, c *compiled, r *reference, served *growth.Outcome, text string) {
	scales := make([]float64, len(served.Demand))
	for i := range scales {
		scales[i] = 1
	}
	for l := range c.program.Limits {
		limit := &c.program.Limits[l]
		if limit.Kind.Physical() && limit.Enforced && limit.Exists(r.m) && !served.Windows[l].Never() {
			for i, yes := range affectedBy(c.program, limit, r.m) {
				if yes && served.Demand[i] > 0 {
					scales[i] = min(scales[i], served.Windows[l].High)
				}
			}
		}
	}
	stage, users := make([]float64, len(scales)), 0.0
	for i := range scales {
		stage[i] = served.Demand[i] * scales[i]
		users += stage[i]
		if !near(stage[i], served.Stage1[i]) {
			t.Fatalf("%s: stage 1 leaves %v users of segment %d, want %v\n%s", c.months[r.m], served.Stage1[i],
				i, stage[i], text)
		}
	}
	at := func(x float64) []float64 {
		list := make([]float64, len(stage))
		for i := range list {
			list[i] = served.Stage1[i] * x
		}
		return list
	}
	factor, unmet := 1.0, false
	for l := range c.program.Limits {
		limit := &c.program.Limits[l]
		if limit.Kind.Physical() || !limit.Enforced || !limit.Exists(r.m) {
			continue
		}
		w := r.window(limit, at)
		if w.Unsatisfiable {
			if !served.Unmet[l] {
				t.Fatalf("%s: %s is not satisfiable\n%s", c.months[r.m], c.limitIDs[l], text)
			}
			w.High = r.best(limit, at)
			// The greatest slack holds for a while, to rounding: what is served must have it.
			a, b := r.slack(limit, at(w.High)), r.slack(limit, at(served.Factor))
			unmet = unmet || math.Abs(a-b) <= 3e-9*(1+math.Abs(a))
		}
		factor = min(factor, w.High)
	}
	if users > 0 && math.Abs(factor-served.Factor) > 1e-6 && !unmet {
		t.Fatalf("%s: the plan factor is %v, the search finds %v\n%s", c.months[r.m], served.Factor, factor, text)
	}
}

// best is the largest scale in 0..1 with the greatest slack: 500 probes, then finer ones around the best.
func (r *reference) best(l *growth.Limit, at func(float64) []float64) float64 {
	const probes = 500
	greatest := math.Inf(-1)
	slacks := make([]float64, probes+1)
	for i := range slacks {
		slacks[i] = r.slack(l, at(float64(i)/probes))
		greatest = max(greatest, slacks[i])
	}
	low, high := 0.0, 1.0
	for i := range slacks {
		if slacks[i] >= greatest-1e-9*(1+math.Abs(greatest)) {
			low, high = max(0, float64(i-1)/probes), min(1, float64(i+1)/probes)
		}
	}
	// Between its neighbours slack is concave around its greatest value: thirds find it.
	for range 60 {
		a, b := low+(high-low)/3, high-(high-low)/3
		if r.slack(l, at(a)) > r.slack(l, at(b))+1e-10*(1+math.Abs(greatest)) {
			high = b
		} else {
			low = a
		}
	}
	return high
}
