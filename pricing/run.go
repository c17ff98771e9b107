package pricing

import (
	"context"

	"headroom/pricing/growth"
)

// run answers an alternative: the months that it serves, and what lies beyond them. A cancelled ctx ends it.
func (c *compiled) run(ctx context.Context) (AlternativeResult, error) {
	r, err := c.runMonths(ctx)
	if err == nil {
		c.outlook(&r)
	}
	return r, err
}

// runMonths answers the months that an alternative serves.
func (c *compiled) runMonths(ctx context.Context) (AlternativeResult, error) {
	r := AlternativeResult{ID: c.variant.id, Name: c.variant.name, FirstBinding: Words{}, FirstExceeded: Words{},
		MaxGrowth:  GrowthRanges{},
		Elasticity: Elasticity{Undefined(), Undefined()}}
	if err := c.serve(ctx, &r); err != nil {
		return r, err
	}
	r.Supplies = c.used()
	r.Warnings = c.sortedWarnings()
	return r, ctx.Err()
}

// serve serves the months in order.
func (c *compiled) serve(ctx context.Context, r *AlternativeResult) error {
	r.Months = make([]MonthResult, len(c.months))
	room, runner := c.newRoom(), growth.NewRunner(c.program, true)
	bound := 0.0
	for m := range c.months {
		if err := ctx.Err(); err != nil {
			return err
		}
		served := runner.Next()
		c.month(served, room, &r.Months[m])
		c.lost(served, &r.Months[m], r)
		c.firsts(served, &r.Months[m], r)
		c.warnThin(served)
		r.Totals.add(&r.Months[m])
		for i, demand := range served.Demand {
			r.Totals.RevenueAtDemand += demand * c.program.Segments[i].Revenue[m]
		}
		bound += c.computeBound(served)
	}
	c.finish(runner, bound, r)
	return nil
}

// finish fills in what the last month leaves.
func (c *compiled) finish(runner *growth.Runner, bound float64, r *AlternativeResult) {
	balance := runner.Balance()
	r.Totals.EndCash = balance.Cash
	r.Totals.CreditsForfeited = balance.Forfeited
	r.Totals.CommitmentOutstanding = c.program.Terms.Outstanding(balance)
	r.Totals.ComputeBoundRevenueShare = ratio(bound, r.Totals.Revenue)
	for i, agreement := range c.plan.Commitments {
		if owed := c.program.Terms.OutstandingOf(i, balance); owed > 0 {
			c.warning(at("commitments", i), "%s outlives the plan: %.0f %s are not yet drawn when it ends",
				agreement.ID, owed, c.plan.baseCurrency())
		}
	}
}

// computeBound is the revenue of the segments that a physical limit holds, in a month that no money limit heads.
func (c *compiled) computeBound(served *growth.Outcome) float64 {
	if served.Head != growth.Nobody && !c.program.Limits[served.Head].Kind.Physical() {
		return 0
	}
	sum := 0.0
	for i, holder := range served.Holder {
		if holder != growth.Nobody {
			sum += served.State.SegmentRevenue[i]
		}
	}
	return sum
}

func (t *Totals) add(m *MonthResult) {
	t.AccrualCost += m.AccrualCost
	t.CashCost += m.CashCost
	t.Revenue += m.Revenue
	t.CreditsUsed += m.CreditsUsed
	t.Shortfall += m.Shortfall
}

// outlook asks how far growth can go, and what more capacity or budget would bring.
func (c *compiled) outlook(r *AlternativeResult) {
	all, each := c.program.Sustainable()
	r.MaxGrowth = append(r.MaxGrowth, growthRange("all", all))
	for l, found := range each {
		if found.Status != "" {
			r.MaxGrowth = append(r.MaxGrowth, growthRange(c.limitIDs[l], found))
		}
	}
	if r.Totals.Revenue >= 1e-9 {
		compute, budget := c.program.Elasticity(r.Totals.Revenue)
		r.Elasticity = Elasticity{Figure(compute), Figure(budget)}
	}
}

func growthRange(id string, r growth.Range) GrowthRange {
	return GrowthRange{ID: id, Min: Figure(r.Min), Max: Figure(r.Max), Status: string(r.Status)}
}
