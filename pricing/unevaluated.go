package pricing

import "slices"

// unevaluated is a field of the plan that evaluation does not use yet, and what that leaves out.
type unevaluated struct{ path, effect string }

// unevaluated lists the fields of the plan that are kept but not used yet, in a fixed order.
func (p *Plan) unevaluated() []unevaluated {
	var list []unevaluated
	add := func(used bool, path, effect string) {
		if used {
			list = append(list, unevaluated{path, effect})
		}
	}
	for _, id := range sortedKeys(p.Workloads) {
		add(p.Workloads[id].Needs != nil, dot(dot("workloads", id), "needs"), "offers are not held against the needs, every route serves")
	}
	for _, id := range sortedKeys(p.Offers) {
		p.Offers[id].unevaluated(dot("offers", id), add)
	}
	for _, id := range sortedKeys(p.GPUPools) {
		add(true, dot("gpu_pools", id), "GPUs limit nothing and their cost is not in the figures")
	}
	for _, id := range sortedKeys(p.Sites) {
		add(true, dot("sites", id), "power limits nothing")
	}
	add(len(p.Commitments) > 0, "commitments", "no discount and no shortfall is in the figures")
	add(len(p.Credits) > 0, "credits", "no credit is used, cash cost is the whole cost")
	for _, provider := range sortedKeys(p.SpendCaps) {
		add(true, dot("spend_caps", provider), "the provider serves without the cap")
	}
	p.unevaluatedFinance(add)
	add(p.LostUsersStayLost, "lost_users_stay_lost", "refused users come back next month")
	add(p.Uncertainty != nil, "uncertainty", "the figures are those of the plan's own numbers")
	return list
}

func (p *Plan) poolIsUsed(pool string) bool {
	return slices.ContainsFunc(sortedKeys(p.Offers), func(id string) bool { return p.Offers[id].GPUPool == pool })
}

func (o Offer) unevaluated(path string, add func(bool, string, string)) {
	switch o.Kind {
	case Provisioned:
		add(true, dot(path, "kind"), "provisioned capacity serves without limit and its cost is not in the figures")
	case GPU:
		add(true, dot(path, "kind"), "GPUs serve without limit and their cost is not in the figures")
	}
	add(o.Quota != nil && !o.Quota.TokensPerMinute.IsZero(), dot(path, "quota.tokens_per_minute"), "the quota limits nothing")
	add(o.Quota != nil && !o.Quota.RequestsPerMinute.IsZero(), dot(path, "quota.requests_per_minute"), "the quota limits nothing")
	add(len(o.Lots) > 0, dot(path, "lots"), "the cost of the lots is not in the figures")
	add(o.SpillTo != "", dot(path, "spill_to"), "nothing spills")
}

func (p *Plan) unevaluatedFinance(add func(bool, string, string)) {
	f := p.Finance
	if f == nil {
		return
	}
	add(!f.MonthlyBudget.IsZero(), "finance.monthly_budget", "the budget limits nothing")
	add(!f.MinGrossMargin.IsZero(), "finance.min_gross_margin", "the margin is shown but not held against its floor")
	add(!f.MinCash.IsZero(), "finance.min_cash", "cash is shown but not held against its floor")
	add(len(f.Enforce) > 0, "finance.enforce", "no limit is enforced")
}

// limited says whether the plan has any limit that a full evaluation would look at. Without one, growth and elasticity
// are known: nothing limits.
func (p *Plan) limited() bool {
	f := p.Finance
	finance := f != nil && (!f.MonthlyBudget.IsZero() || !f.MinGrossMargin.IsZero() || !f.MinCash.IsZero())
	offers := slices.ContainsFunc(sortedKeys(p.Offers), func(id string) bool {
		o := p.Offers[id]
		return o.Quota != nil || o.Kind == Provisioned || o.Kind == GPU || len(o.Lots) > 0
	})
	return finance || offers || len(p.GPUPools) > 0 || len(p.Sites) > 0 || len(p.SpendCaps) > 0
}
