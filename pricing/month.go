package pricing

import (
	"headroom/pricing/growth"
)

// room is the memory that the months of one alternative share, so that a month allocates little of its own.
type room struct {
	amounts []Amount
	words   []Word
	offers  []OfferMonth
	limits  []LimitMonth
}

func (c *compiled) newRoom() *room {
	months, limits := len(c.months), 0
	for l := range c.program.Limits {
		for m := range months {
			if c.program.Limits[l].Exists(m) {
				limits++
			}
		}
	}
	amounts := 2*len(c.segments) + len(c.teams) + 1 + 2*len(c.workloads) + len(c.pools) + len(c.sites)
	return &room{
		amounts: make([]Amount, 0, months*amounts+limits), // floors are rare, and make more room
		words:   make([]Word, 0, months*len(c.segments)),
		limits:  make([]LimitMonth, 0, limits),
	}
}

// month copies a served month into the result.
func (c *compiled) month(served *growth.Outcome, room *room, out *MonthResult) {
	s := served.State
	*out = MonthResult{
		Month: c.months[served.Index], PlanFactor: served.Factor,
		Requests: s.Requests, UnservedRequests: s.Unserved, Revenue: s.Revenue,
		ListCostAtDemand: served.ListAtDemand, ListCost: s.ListCost, Discount: s.Statement.Discount,
		Shortfall:   s.Statement.Shortfall,
		AccrualCost: s.Accrual(), CreditsUsed: s.Statement.Credits, CashCost: s.Accrual() - s.Statement.Credits,
		Cash: served.Cash,
	}
	for i := range served.Demand {
		out.UsersDemanded += served.Demand[i]
		out.UsersServed += served.Served[i]
	}
	out.GrossMargin = ratio(out.Revenue-out.AccrualCost, out.Revenue)
	out.CostPer1kRequests = ratio(out.AccrualCost*1000, out.Requests)
	out.CostPerUser = ratio(out.AccrualCost, out.UsersServed)
	out.ServedBySegment = room.list(c.segments, served.Served)
	out.StageUsers = room.list(c.segments, served.Stage1)
	out.Teams = room.teams(c.teams, s)
	out.WorkloadRequests = room.list(c.workloads, s.Workloads)
	out.WorkloadCosts = room.list(c.workloads, s.Costs)
	out.GPUsNeeded = room.list(c.pools, s.GPUs)
	out.MegawattsNeeded = room.list(c.sites, s.Megawatts)
	out.Offers = c.listedOffers(served, room)
	out.BindingBySegment = c.holders(served, room)
	c.limitsOf(served, room, out)
}

func (r *room) list(ids []string, values []float64) Amounts {
	from := len(r.amounts)
	for i, id := range ids {
		r.amounts = append(r.amounts, Amount{id, Figure(values[i])})
	}
	return r.amounts[from:len(r.amounts):len(r.amounts)]
}

// teams are the teams' shares of the list cost, and what no workload used, if anything.
func (r *room) teams(ids []string, s *growth.State) Amounts {
	from := len(r.amounts)
	if s.Unallocated != 0 {
		r.amounts = append(r.amounts, Amount{unallocated, Figure(s.Unallocated)})
	}
	r.list(ids, s.Teams)
	return r.amounts[from:len(r.amounts):len(r.amounts)]
}

// listedOffers lists the offers that a route of the month leads to, or that have lots or a pool.
func (c *compiled) listedOffers(served *growth.Outcome, room *room) OfferMonths {
	if room.offers == nil { // most months list as many as the first
		room.offers = make([]OfferMonth, 0, len(c.months)*reached(served.State))
	}
	from := len(room.offers)
	for i, id := range c.offers {
		o, offer := &served.State.Offers[i], &c.program.Offers[i]
		if !o.Reached {
			continue
		}
		month := offerMonth(id, o)
		if offer.Provisioned {
			month.ProvisionedMonth = &ProvisionedMonth{offer.Units[served.Index], o.Absorbed, o.Utilization}
		}
		room.offers = append(room.offers, month)
	}
	return room.offers[from:len(room.offers):len(room.offers)]
}

// reached is how many offers a month lists.
func reached(s *growth.State) int {
	n := 0
	for i := range s.Offers {
		if s.Offers[i].Reached {
			n++
		}
	}
	return n
}

// limitsOf copies what the limits say of the month.
func (c *compiled) limitsOf(served *growth.Outcome, room *room, out *MonthResult) {
	first := len(room.limits)
	ceilings := len(room.amounts)
	for l, id := range c.limitIDs {
		limit, w := &c.program.Limits[l], served.Windows[l]
		if !limit.Exists(served.Index) {
			continue
		}
		ceiling := Undefined()
		if !w.Never() {
			ceiling = Figure(w.High * served.Users[l])
		}
		room.amounts = append(room.amounts, Amount{id, ceiling})
		room.limits = append(room.limits, LimitMonth{id, limit.Capacity[served.Index], headroom(w), limit.Enforced,
			served.Exceeded[l] || served.Unmet[l]})
		if served.Unmet[l] {
			out.Unsatisfiable = append(out.Unsatisfiable, id)
		}
	}
	out.Ceilings = room.amounts[ceilings:len(room.amounts):len(room.amounts)]
	out.Limits = room.limits[first:len(room.limits):len(room.limits)]
	floors := len(room.amounts)
	for l, id := range c.limitIDs {
		if w := served.Windows[l]; w.Low > 0 {
			room.amounts = append(room.amounts, Amount{id, Figure(w.Low * served.Users[l])})
		}
	}
	out.Floors = room.amounts[floors:len(room.amounts):len(room.amounts)]
}

// holders names the limit that cut each segment, if any.
func (c *compiled) holders(served *growth.Outcome, room *room) Words {
	from := len(room.words)
	for i, id := range c.segments {
		holder := ""
		if l := served.Holder[i]; l != growth.Nobody {
			holder = c.limitIDs[l]
		}
		room.words = append(room.words, Word{id, holder})
	}
	return room.words[from:len(room.words):len(room.words)]
}

func headroom(w growth.Window) Figure {
	if w.Never() {
		return Undefined()
	}
	return Figure(w.High)
}
