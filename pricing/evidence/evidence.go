// Package evidence sets a plan beside the published series of a lab's compute and revenue: the plan's own megawatts and
// revenue in a month, and how its revenue answers to compute. It computes from a result and shows nothing.
package evidence

import (
	"maps"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
)

// Point is a plan in one month.
type Point struct {
	Month          calendar.Month
	RevenuePerYear float64        // the month's revenue times 12, in the plan's currency
	Megawatts      pricing.Figure // of its own machines at what is served; undefined: Why says why
	Why            string
	PerMegawatt    pricing.Figure // RevenuePerYear for a megawatt; undefined without either
	Elasticity     pricing.Figure // revenue's answer to 1 % more of every physical capacity, over the plan
	BoundShare     pricing.Figure // share of revenue that a physical limit holds
}

// PointOf is a plan's point in the last month of an alternative that uses its pools.
func PointOf(plan *pricing.Plan, a *pricing.AlternativeResult) Point {
	p := Point{Megawatts: pricing.Undefined(), PerMegawatt: pricing.Undefined(), Elasticity: a.Elasticity.Compute,
		BoundShare: a.Totals.ComputeBoundRevenueShare}
	if len(a.Months) == 0 {
		p.Why = "the plan has no month"
		return p
	}
	last := &a.Months[len(a.Months)-1]
	p.Month, p.RevenuePerYear = last.Month, last.Revenue*12
	p.Megawatts, p.Why = megawatts(plan, last)
	if p.Megawatts > 0 && p.RevenuePerYear > 0 {
		p.PerMegawatt = pricing.Figure(p.RevenuePerYear) / p.Megawatts
	}
	return p
}

// megawatts is the power of the GPUs that a month needs.
func megawatts(plan *pricing.Plan, month *pricing.MonthResult) (sum pricing.Figure, why string) {
	if len(plan.GPUPools) == 0 {
		return pricing.Undefined(), "the plan has no machines of its own, and sellers of an API publish no power"
	}
	for _, id := range slices.Sorted(maps.Keys(plan.GPUPools)) {
		pool := plan.GPUPools[id]
		gpus, ok := month.GPUsNeeded.Get(id)
		switch {
		case !ok || gpus == 0:
			continue
		case pool.KWPerGPU.IsZero():
			return pricing.Undefined(), "the pool " + id + " states no power"
		}
		sum += gpus * pricing.Figure(pool.KWPerGPU.Float()*pool.PUE.Or(1)) / 1000
	}
	if sum == 0 {
		return pricing.Undefined(), "no machine of the plan works in that month"
	}
	return sum, ""
}
