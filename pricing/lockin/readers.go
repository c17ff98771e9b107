package lockin

import (
	"math/big"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
)

// Contractual reports whether a component follows from a contract or a price list; the others rest on the user's
// estimates.
func (c *Component) Contractual() bool {
	return slices.Contains([]string{"L02", "L25", "L26", "L29"}, c.Rule)
}

// Split is the cash cost by how certain it is; a part with an unknown component is unknown.
func (x *ExitCost) Split() (contractual, estimate Figure) {
	sums := map[bool]*big.Rat{true: new(big.Rat), false: new(big.Rat)}
	unknown := map[bool]bool{}
	for i := range x.Components {
		c := &x.Components[i]
		if !c.Cost.Known() {
			unknown[c.Contractual()] = true
			continue
		}
		sums[c.Contractual()].Add(sums[c.Contractual()], c.Cost.value)
	}
	of := func(contractual bool) Figure {
		if unknown[contractual] {
			return Figure{}
		}
		return figure(sums[contractual], moneyPlaces)
	}
	return of(true), of(false)
}

// Range is the cash cost when every estimate is half of what was entered, and twice as much: a sensitivity, no
// forecast.
func (x *ExitCost) Range() (low, high Figure) {
	contractual, estimate := x.Split()
	if !contractual.Known() || !estimate.Known() {
		return Figure{}, Figure{}
	}
	return figure(add(contractual.value, quo(estimate.value, frac(2, 1))), moneyPlaces),
		figure(add(contractual.value, mul(estimate.value, frac(2, 1))), moneyPlaces)
}

// KnownPart is the sum of the components that are known, and how many are not.
func (x *ExitCost) KnownPart() (sum Figure, unknown int) {
	total := new(big.Rat)
	for i := range x.Components {
		if !x.Components[i].Cost.Known() {
			unknown++
			continue
		}
		total.Add(total, x.Components[i].Cost.value)
	}
	return figure(total, moneyPlaces), unknown
}

// Share is a component's part of the cash cost, in per cent; unknown when either is.
func (x *ExitCost) Share(c *Component) Figure {
	if !c.Cost.Known() || !x.CashCost.Known() || x.CashCost.value.Sign() == 0 {
		return Figure{}
	}
	return figure(quo(mul(c.Cost.value, frac(100, 1)), x.CashCost.value), scorePlaces)
}

// Moving is the change of HHI when ten points of the spend move from the largest party to the next, or to a new one.
func (l *Layer) Moving() Figure { return figure(l.moving(frac(10, 1)), hhiPlaces) }

// Largest is the party with the largest share.
func (l *Layer) Largest() Share {
	return slices.MaxFunc(l.Shares, func(a, b Share) int { return a.Pct.value.Cmp(b.Pct.value) })
}

// Band names how concentrated a layer is for a buyer, by the effective number of suppliers: 3 or more low, 2 to 3
// guarded, 1.25 to 2 high, below single-source. The bounds are judgements of this product.
func (l *Layer) Band() string {
	n := quo(frac(10_000, 1), l.HHI.value)
	switch {
	case n.Cmp(frac(3, 1)) >= 0:
		return "low"
	case n.Cmp(frac(2, 1)) >= 0:
		return "guarded"
	case n.Cmp(frac(5, 4)) >= 0:
		return "high"
	}
	return "single-source"
}

// Effort is engineer-days by cause; a cause that nobody counted is unknown.
type Effort struct{ Services, Agents, Integrations, Prompts Figure }

// Effort is the work of the exit.
func (a *Alternative) Effort() Effort {
	e, gaps := a.view.in.effort(), a.view.gaps
	of := func(rule string, days *big.Rat) Figure {
		if len(gaps[rule]) > 0 {
			return Figure{}
		}
		return figure(days, daysPlaces)
	}
	return Effort{of("L05", e.services), of("L21", e.agents), of("L22", e.integrations), of("L23", e.prompts)}
}

// Pace are the steps of the exit in calendar days, as they were answered or assumed. Start is where a step begins.
type Pace struct {
	Name       string
	Start, End Figure
}

// Path are the steps of the technical path, and the notice that runs beside it; none while the time is unknown.
func (a *Alternative) Path() []Pace {
	time := &a.Assessment.Time
	if !time.TimeToExit.Known() {
		return nil
	}
	t, x := &a.view.in.Exit.Time, &a.view.in.Exit
	approval, parallel := rat(t.ApprovalDays), rat(x.ParallelRunDays)
	begun := sub(time.TechnicalPath.value, parallel)
	step := func(name string, start, days *big.Rat) Pace {
		return Pace{name, figure(start, daysPlaces), figure(add(start, days), daysPlaces)}
	}
	return []Pace{
		step("Approval", new(big.Rat), approval), step("Engineering", approval, time.Engineering.value),
		step("Capacity", approval, rat(t.CapacityLeadDays)), step("Data", approval, time.Data.value),
		step("Embeddings", approval, time.Embedding.value), step("Parallel run", begun, parallel),
		step("Notice", new(big.Rat), rat(t.NoticeDays)),
	}
}

// Days is how long a step takes.
func (p *Pace) Days() Figure { return figure(sub(p.End.value, p.Start.value), daysPlaces) }

// Flows are the annual spend on its way through the layers.
func (a *Alternative) Flows() []Flow { return a.view.in.flows() }

// Deadlines are the days to know, first to last.
func (a *Alternative) Deadlines() []Deadline { return deadlinesOf(a.view) }

// Outages are the sellers of an alternative, each out for a day.
func (a *Alternative) Outages() []Outage { return a.view.outages() }

// Over is by how many days the exit takes longer than somebody tolerates; negative: it is faster. Unknown while the
// time is.
func (t *ExitTime) Over(tolerated pricing.Number) Figure {
	if !t.TimeToExit.Known() || tolerated.IsZero() {
		return Figure{}
	}
	return figure(sub(t.TimeToExit.value, rat(tolerated)), 0)
}

// Answers are what the team answered, and what was assumed in its place where Assumed says so.
func (a *Alternative) Answers() *Answers { return &a.view.answers }

// Exit is the exit as it was priced.
func (a *Alternative) Exit() *Exit { return &a.view.in.Exit }

// Months is the span whose spend is taken for a year: its first and last month.
func (a *Alternative) Months() (first, last string) {
	v := a.view
	return (v.plan.Start + calendar.Month(v.window[0])).String(),
		(v.plan.Start + calendar.Month(v.window[len(v.window)-1])).String()
}

// CheaperExit is a later day on which the cash cost of the exit is lowest: the day after a commitment or reservation
// ends. False when no such day is cheaper, or the cost is not known.
func (a *Alternative) CheaperExit() (day calendar.Day, cost Figure, ok bool) {
	v, cost := a.view, a.Assessment.Exit.CashCost
	if !cost.Known() {
		return "", Figure{}, false
	}
	for _, d := range deadlinesOf(v) {
		if d.Kind != DeadlineCommitment && d.Kind != DeadlineReservation || string(d.Day) < v.in.Exit.ExitDate {
			continue
		}
		later := &view{plan: v.plan, result: v.result, market: v.market, facts: v.shipped,
			exitOn: before(string(d.Day), -1), seen: v.seen}
		if later.build() != nil || !later.a.Exit.CashCost.Known() || later.a.Exit.CashCost.value.Cmp(cost.value) >= 0 {
			continue
		}
		day, cost, ok = later.exitOn, later.a.Exit.CashCost, true
	}
	return day, cost, ok
}
