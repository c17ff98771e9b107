package pricing

import (
	"slices"

	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// warnNeeds says which needs of a workload cannot be held against the offers that its routes reach: an unknown fact
// never refuses.
func (c *compiled) warnNeeds(w int) {
	needs := c.asked[w].Needs
	if needs == nil {
		return
	}
	path := dot(dot("workloads", c.workloads[w]), "needs")
	for _, o := range c.servers(w) {
		s := &c.supplies[o]
		for _, n := range needs.against(s) {
			switch n.verdict {
			case unknown:
				c.warning(dot(path, n.field), "nobody states %s of %s: taken as met; state it in the offer",
					n.fact, s.id)
			case failed:
				c.warning(dot(path, n.field), "%s, which takes excess requests, does not meet it", s.id)
			}
		}
	}
}

// servers are the offers that serve a workload in some month, spill included.
func (c *compiled) servers(w int) []int {
	var list []int
	for m := range c.months {
		for _, row := range c.program.MonthRows(m) {
			if row.Workload != w || row.Offer == growth.Nobody {
				continue
			}
			list = append(list, row.Offer)
			if spill := c.program.SpillTarget(row.Offer, m); spill != growth.Nobody {
				list = append(list, spill)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// warnScopes names what reaches nobody: a pool that no offer names, a commitment, credit or cap without a bill.
func (c *compiled) warnScopes() {
	for i, id := range c.pools {
		if len(c.program.Pools[i].Offers) == 0 {
			c.warning(dot("gpu_pools", id), "no offer names this pool")
		}
	}
	for o, id := range c.offers {
		s := &c.supplies[o]
		if s.kind == Provisioned && len(s.offer.Lots) > 0 && s.offer.TokensPerMinutePerUnit.Float() == 0 {
			c.warning(dot(dot("offers", id), "tokens_per_minute_per_unit"),
				"nobody states what a unit serves: its units cost and serve nothing; ask the seller")
		}
	}
	for i, agreement := range c.plan.Commitments {
		if len(c.program.Terms.Agreements[i].Scope) == 0 {
			c.warning(dot(at("commitments", i), "providers"), "no offer is billed by a provider that %s names: "+
				"nothing is drawn", agreement.ID)
		}
	}
	for order, i := range c.credits {
		if len(c.program.Terms.Credits[order].Scope) == 0 {
			c.warning(dot(at("credits", i), "providers"), "no offer is billed by a provider that %s names: it pays "+
				"nothing", c.plan.Credits[i].ID)
		}
	}
}

// thinRoute is the share below which a route that binds is worth a warning.
const thinRoute = 0.05

// warnThin warns of a small route through a limit that holds its workload's segment: it holds the whole segment down.
func (c *compiled) warnThin(served *growth.Outcome) {
	for _, row := range c.program.MonthRows(served.Index) {
		if row.Offer == growth.Nobody || row.Share >= thinRoute {
			continue
		}
		holder := served.Holder[c.program.Workloads[row.Workload].Segment]
		if holder != growth.Nobody && c.passes(row.Offer, served.Index, &c.program.Limits[holder]) {
			c.warning(dot(dot("workloads", c.workloads[row.Workload]), "routes"),
				"the route to %s takes %.2g%% of the requests and %s holds the whole segment down through it",
				c.supplies[row.Offer].id, 100*row.Share, c.limitIDs[holder])
		}
	}
}

// passes reports whether requests to an offer go through a physical limit.
func (c *compiled) passes(o, m int, l *growth.Limit) bool {
	offer := &c.program.Offers[o]
	if spill := c.program.SpillTarget(o, m); spill != growth.Nobody && c.passes(spill, m, l) {
		return true
	}
	switch l.Kind.Subject() {
	case limit.OfSite:
		return offer.Pool != growth.Nobody && slices.Contains(c.program.Sites[l.Subject], offer.Pool)
	case limit.OfPool:
		return offer.Pool == l.Subject
	case limit.OfOffer:
		return o == l.Subject
	case limit.OfProvider, limit.OfPlan, limit.OfRoute:
	}
	return false // money holds whole plans, not routes
}
