package pricing

import (
	"context"
	"errors"

	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// Evaluate answers a plan with prices from c, which may be nil when no offer names a catalogue entry. A plan that is not
// valid, or reaches an offer without a price, is refused with an *InvalidError; a cancelled ctx ends it with ctx.Err().
func Evaluate(ctx context.Context, p *Plan, c *catalog.Snapshot) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	result := p.newResult(c)
	err := p.each(c, func(program *compiled) error {
		result.Alternatives = append(result.Alternatives, program.run())
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// EvaluateKnown is Evaluate for people who compare: an alternative that cannot be priced goes to Result.Unknown with the
// reasons, and the others are answered. A plan of which no alternative can be priced still has a result.
func EvaluateKnown(ctx context.Context, p *Plan, c *catalog.Snapshot) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var out problems
	if p.checkSnapshot(c, &out); out.err() != nil {
		return nil, out.err()
	}
	result := p.newResult(c)
	frames := map[*Plan]*frame{}
	for _, v := range p.variants(&out) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		program, found := compileVariant(v, p, c, frames)
		if len(found.list) > 0 {
			result.Unknown = append(result.Unknown, UnknownAlternative{v.id, v.name, found.list})
			continue
		}
		result.Alternatives = append(result.Alternatives, program.run())
	}
	return result, nil
}

func (p *Plan) newResult(c *catalog.Snapshot) *Result {
	r := &Result{Schema: ResultSchema, Currency: p.baseCurrency(), Baseline: p.BaselineID(), Alternatives: []AlternativeResult{}}
	if c != nil {
		r.CatalogSnapshot = c.ID
	}
	return r
}

// Invalid is the *InvalidError in err, or nil.
func Invalid(err error) *InvalidError {
	var invalid *InvalidError
	if errors.As(err, &invalid) {
		return invalid
	}
	return nil
}

// run evaluates every month at full demand: no limit is evaluated yet, so demand is what is served.
func (c *compiled) run() AlternativeResult {
	r := AlternativeResult{ID: c.variant.id, Name: c.variant.name, Warnings: c.warnings, FirstBinding: Words{}, FirstExceeded: Words{}}
	room := c.newRoom()
	state := growth.NewState(c.program)
	users := make([]float64, len(c.segments))
	r.Months = make([]MonthResult, len(c.months))
	cash := c.plan.openingCash()
	for m := range c.months {
		c.program.Demand(m, users)
		c.program.Evaluate(m, users, state)
		month := &r.Months[m]
		c.month(m, users, state, room, month)
		cash += c.plan.cashFlow(month)
		month.Cash = cash
		c.refused(m, users, state, month, &r)
		r.Totals.add(month)
		for i := range users {
			r.Totals.RevenueAtDemand += users[i] * c.program.Segments[i].Revenue[m]
		}
	}
	r.Totals.EndCash = cash
	c.outlook(&r)
	r.Supplies = c.used()
	return r
}

// used lists the offers that the alternative's routes reach.
func (c *compiled) used() []Supply {
	var list []Supply
	for _, o := range c.reached() {
		s := &c.supplies[o]
		u := Supply{Offer: s.id, Provider: s.provider, Catalog: s.offer.Catalog, Scope: s.offer.Scope, Lab: s.offer.Lab, Kind: s.kind}
		if s.entry != nil {
			u.Scope, u.Model = s.entry.Scope, s.entry.Model
			if u.Lab == "" {
				u.Lab = s.entry.Lab
			}
		}
		list = append(list, u)
	}
	return list
}

func (p *Plan) openingCash() float64 {
	if p.Finance == nil {
		return 0
	}
	return p.Finance.OpeningCash.Float()
}

// cashFlow is revenue + funding of the month - cash cost - other operating expense.
func (p *Plan) cashFlow(month *MonthResult) float64 {
	flow := month.Revenue - month.CashCost
	if p.Finance == nil {
		return flow
	}
	for _, inflow := range p.Finance.Funding {
		if inflow.From == month.Month {
			flow += inflow.Value.Float()
		}
	}
	return flow - p.Finance.OtherOpex.Or(month.Month, 0)
}

func (t *Totals) add(m *MonthResult) {
	t.AccrualCost += m.AccrualCost
	t.CashCost += m.CashCost
	t.Revenue += m.Revenue
	t.CreditsUsed += m.CreditsUsed
	t.Shortfall += m.Shortfall
}

// outlook fills in what needs limits. Without any limit in the plan the answers are known: nothing limits.
func (c *compiled) outlook(r *AlternativeResult) {
	r.Totals.ComputeBoundRevenueShare = Undefined()
	r.Elasticity = Elasticity{Undefined(), Undefined()}
	r.MaxGrowth = GrowthRanges{}
	if c.plan.limited() {
		return
	}
	all := GrowthRange{ID: "all", Min: Undefined(), Max: Undefined(), Status: "range"}
	for i := range c.program.Segments {
		if c.program.Segments[i].Users[0] == 0 {
			all.Status = "undefined"
		}
	}
	r.MaxGrowth = GrowthRanges{all}
	if r.Totals.Revenue >= 1e-9 {
		r.Totals.ComputeBoundRevenueShare = 0
		r.Elasticity = Elasticity{0, 0}
	}
}
