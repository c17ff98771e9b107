package pricing

import (
	"math"
	"slices"

	"headroom/pricing/growth"
)

// addLimits lists the limits of the plan in the order that resolves ties: by kind, then by subject.
func (f *frame) addLimits() {
	p := f.plan
	for i, id := range f.sites {
		f.limit(growth.Power, i, id, func(m int) (float64, bool) { return p.megawatts(id, f.months[m]), true })
	}
	for i, id := range f.pools {
		f.limit(growth.GPUs, i, id, func(m int) (float64, bool) { return p.gpus(id, f.months[m]), true })
	}
	for o, id := range f.offers {
		offer := &f.program.Offers[o]
		if offer.Provisioned {
			f.limit(growth.ProvisionedUnits, o, id, func(m int) (float64, bool) { return offer.Capacity[m], offer.Spill[m] == growth.Nobody })
		}
	}
	f.quotas(growth.QuotaTPM, func(q *Quota) Schedule { return q.TokensPerMinute })
	f.quotas(growth.QuotaRPM, func(q *Quota) Schedule { return q.RequestsPerMinute })
	for _, id := range sortedKeys(p.SpendCaps) {
		f.schedule(growth.SpendCap, id, func() Schedule { return p.SpendCaps[id] })
		if n := len(f.program.Limits); n > 0 && f.limitIDs[n-1] == limitID(growth.SpendCap, id) {
			f.program.Limits[n-1].Scope = f.scope([]string{id})
		}
	}
	if p.Finance == nil {
		return
	}
	f.schedule(growth.Budget, planSubject, func() Schedule { return p.Finance.MonthlyBudget })
	f.schedule(growth.Margin, planSubject, func() Schedule { return Constant(p.Finance.MinGrossMargin) })
	f.schedule(growth.Cash, planSubject, func() Schedule { return Constant(p.Finance.MinCash) })
}

// planSubject is the subject of limits on the whole plan.
const planSubject = "plan"

func limitID(kind growth.Kind, subject string) string { return kind.String() + ":" + subject }

func (f *frame) quotas(kind growth.Kind, schedule func(*Quota) Schedule) {
	for o, id := range f.offers {
		if q := f.supplies[o].offer.Quota; q != nil && !schedule(q).IsZero() {
			f.limit(kind, o, id, func(m int) (float64, bool) { return schedule(q).At(f.months[m]) })
		}
	}
}

// schedule adds a limit that a schedule gives, if it was stated.
func (f *frame) schedule(kind growth.Kind, subject string, s func() Schedule) {
	if !s().IsZero() {
		f.limit(kind, 0, subject, func(m int) (float64, bool) { return s().At(f.months[m]) })
	}
}

// limit adds one limit; capacity says how much there is in a month, and whether the limit exists then.
func (f *frame) limit(kind growth.Kind, index int, subject string, capacity func(m int) (float64, bool)) {
	l := growth.Limit{Kind: kind, Subject: index, Enforced: f.plan.enforces(kind), Capacity: make([]float64, len(f.months))}
	f.program.Limits = append(f.program.Limits, l)
	f.limitIDs = append(f.limitIDs, limitID(kind, subject))
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

// enforces says whether a kind of limit holds users back: all but margin and cash, unless the plan lists the kinds.
func (p *Plan) enforces(kind growth.Kind) bool {
	if p.Finance == nil || p.Finance.Enforce == nil {
		return kind != growth.Margin && kind != growth.Cash
	}
	return slices.Contains(p.Finance.Enforce, kind.String())
}
