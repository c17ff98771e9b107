package pricing

import (
	"math"
	"slices"

	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// addLimits lists the limits of the plan in the order that resolves ties: by kind, then by subject.
func (f *frame) addLimits() {
	p := f.plan
	for i, id := range f.sites {
		f.limit(limit.Power, i, id, func(m int) (float64, bool) { return p.megawatts(id, f.months[m]), true })
	}
	for i, id := range f.pools {
		f.limit(limit.GPUs, i, id, func(m int) (float64, bool) { return p.gpus(id, f.months[m]), true })
	}
	for o, id := range f.offers {
		offer := &f.program.Offers[o]
		if offer.Provisioned {
			f.limit(limit.ProvisionedUnits, o, id, func(m int) (float64, bool) {
				return offer.Capacity[m],
					offer.Spill[m] == growth.Nobody
			})
		}
	}
	for _, kind := range limit.Kinds(limit.QuotaKinds) {
		f.quotas(kind)
	}
	for _, id := range sortedKeys(p.SpendCaps) {
		f.schedule(limit.SpendCap, id, func() Schedule { return p.SpendCaps[id] })
		if n := len(f.program.Limits); n > 0 && f.limitIDs[n-1] == limit.SpendCap.Of(id).String() {
			f.program.Limits[n-1].Scope = f.scope([]string{id})
		}
	}
	if p.Finance == nil {
		return
	}
	f.schedule(limit.Budget, limit.Plan, func() Schedule { return p.Finance.MonthlyBudget })
	f.schedule(limit.Margin, limit.Plan, func() Schedule { return Constant(p.Finance.MinGrossMargin) })
	f.schedule(limit.Cash, limit.Plan, func() Schedule { return Constant(p.Finance.MinCash) })
}

// quotas adds the limits of one kind of quota.
func (f *frame) quotas(kind limit.Kind) {
	for o, id := range f.offers {
		if q := f.supplies[o].offer.Quota; q != nil && !q.On(kind).IsZero() {
			f.limit(kind, o, id, func(m int) (float64, bool) { return q.On(kind).At(f.months[m]) })
		}
	}
}

// schedule adds a limit that a schedule gives, if it was stated.
func (f *frame) schedule(kind limit.Kind, subject string, s func() Schedule) {
	if !s().IsZero() {
		f.limit(kind, 0, subject, func(m int) (float64, bool) { return s().At(f.months[m]) })
	}
}

// limit adds one limit; capacity says how much there is in a month, and whether the limit exists then.
func (f *frame) limit(kind limit.Kind, index int, subject string, capacity func(m int) (float64, bool)) {
	l := growth.Limit{Kind: kind, Subject: index, Enforced: f.plan.enforces(kind),
		Capacity: make([]float64, len(f.months))}
	f.program.Limits = append(f.program.Limits, l)
	f.limitIDs = append(f.limitIDs, kind.Of(subject).String())
	f.amounts = append(f.amounts, capacity)
	f.fillLimit(len(f.amounts) - 1)
}

func (f *frame) fillLimit(l int) {
	for m := range f.months {
		amount, ok := f.amounts[l](m)
		if !ok {
			amount = math.NaN()
		}
		f.program.Limits[l].Capacity[m] = amount
	}
}

// enforces reports whether a kind of limit holds users back: by default, unless the plan lists the kinds that do.
func (p *Plan) enforces(kind limit.Kind) bool {
	if p.Finance == nil || p.Finance.Enforce == nil {
		return kind.HoldsByDefault()
	}
	return slices.Contains(p.Finance.Enforce, kind.String())
}
