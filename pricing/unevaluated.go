package pricing

// unevaluated is a field of the plan that evaluation does not use yet, and what that leaves out.
type unevaluated struct{ path, effect string }

// unevaluated lists the fields of the plan that are kept but not used yet, in a fixed order.
func (p *Plan) unevaluated() []unevaluated {
	var list []unevaluated
	if p.Uncertainty != nil {
		list = append(list, unevaluated{"uncertainty", "the figures are those of the plan's own numbers"})
	}
	if p.Dependencies != nil {
		list = append(list, unevaluated{"dependencies", "no exit is priced"})
	}
<<<<<<< HEAD
=======
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
>>>>>>> main
	return list
}
