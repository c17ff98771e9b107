package growth

import (
	"headroom/pricing/limit"
)

// boost is how much more of a capacity the elasticities look at.
const boost = 1.01

// Elasticity is how served revenue answers to more physical capacity and to more budget: 0 is limited by demand, 1 by
// that thing alone. It means nothing when revenue is 0.
func (p *Program) Elasticity(revenue float64) (compute, budget float64) {
	if len(p.provisioned) > 0 || p.binds(limit.Kind.Physical) {
		compute = (p.boosted(boost, 1).revenue()/revenue - 1) / (boost - 1)
	}
	if p.binds(func(k limit.Kind) bool { return k == limit.Budget }) {
		budget = (p.boosted(1, boost).revenue()/revenue - 1) / (boost - 1)
	}
	return compute, budget
}

// binds reports whether some limit of a kind exists and is enforced.
func (p *Program) binds(of func(limit.Kind) bool) bool {
	for l := range p.Limits {
		if p.Limits[l].Enforced && of(p.Limits[l].Kind) {
			return true
		}
	}
	return false
}

// revenue is what the served users of all months pay.
func (p *Program) revenue() float64 {
	sum := 0.0
	r := NewRunner(p, false)
	for range p.Months {
		sum += r.Next().State.Revenue
	}
	return sum
}
