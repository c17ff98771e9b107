package pricing

import (
	"cmp"
	"slices"

	"headroom/pricing/growth"
)

// room is the memory that the months of one alternative share, so that a month allocates nothing of its own.
type room struct {
	amounts []Amount
	words   []Word
	offers  []OfferMonth
}

func (c *compiled) newRoom() *room {
	months := len(c.months)
	return &room{
		amounts: make([]Amount, 0, months*(len(c.segments)+len(c.teams)+2*len(c.workloads))),
		words:   make([]Word, 0, months*len(c.segments)),
		offers:  make([]OfferMonth, 0, months*len(c.offers)),
	}
}

// month copies an evaluated month into the result.
func (c *compiled) month(m int, users []float64, s *growth.State, room *room, out *MonthResult) {
	*out = MonthResult{
		Month: c.months[m], PlanFactor: 1, Ceilings: Amounts{}, Floors: Amounts{},
		Requests: s.Requests, UnservedRequests: s.Unserved, Revenue: s.Revenue,
		ListCostAtDemand: s.ListCost, ListCost: s.ListCost, AccrualCost: s.ListCost, CashCost: s.ListCost,
	}
	for _, u := range users {
		out.UsersDemanded += u
		out.UsersServed += u
	}
	out.GrossMargin = ratio(out.Revenue-out.AccrualCost, out.Revenue)
	out.CostPer1kRequests = ratio(out.AccrualCost*1000, out.Requests)
	out.CostPerUser = ratio(out.AccrualCost, out.UsersServed)
	out.ServedBySegment = room.list(c.segments, users)
	out.Teams = room.list(c.teams, s.Teams)
	out.WorkloadRequests = room.list(c.workloads, s.Workloads)
	out.WorkloadCosts = room.list(c.workloads, s.Costs)
	out.BindingBySegment = room.blank(c.segments)
	out.Offers = room.reached(c.offers, s.Offers)
}

func (r *room) list(ids []string, values []float64) Amounts {
	from := len(r.amounts)
	for i, id := range ids {
		r.amounts = append(r.amounts, Amount{id, Figure(values[i])})
	}
	return r.amounts[from:len(r.amounts):len(r.amounts)]
}

func (r *room) blank(ids []string) Words {
	from := len(r.words)
	for _, id := range ids {
		r.words = append(r.words, Word{ID: id})
	}
	return r.words[from:len(r.words):len(r.words)]
}

// reached lists the offers that a route of the month leads to.
func (r *room) reached(ids []string, months []growth.OfferMonth) OfferMonths {
	from := len(r.offers)
	for i, id := range ids {
		if o := &months[i]; o.Reached {
			r.offers = append(r.offers, OfferMonth{id, o.Requests, o.Mtok, o.Usage, o.Fixed, o.PeakTPM, o.PeakRPM})
		}
	}
	return r.offers[from:len(r.offers):len(r.offers)]
}

// refused lists the revenue lost to requests that nothing serves; the one that loses most heads the month.
func (c *compiled) refused(m int, users []float64, s *growth.State, out *MonthResult, r *AlternativeResult) {
	out.LostRevenue = Amounts{}
	for i, refusal := range c.refusals {
		if s.Refused[i] <= 1e-9*s.Workloads[refusal.workload] {
			continue
		}
		segment := c.program.Workloads[refusal.workload].Segment
		value := users[segment] * c.program.Segments[segment].Revenue[m]
		lost := value * s.Refused[i] / s.SegmentRequests[segment]
		out.LostRevenue = append(out.LostRevenue, Amount{c.constraint(refusal), Figure(lost)})
	}
	slices.SortFunc(out.LostRevenue, func(a, b Amount) int { return cmp.Compare(a.ID, b.ID) })
	most := -1
	for i, l := range out.LostRevenue {
		if most < 0 || l.Value > out.LostRevenue[most].Value*(1+1e-9) {
			most = i
		}
		if _, listed := r.FirstBinding.Get(l.ID); !listed {
			r.FirstBinding = append(r.FirstBinding, Word{l.ID, out.Month.String()})
		}
	}
	if most >= 0 {
		out.Binding = &out.LostRevenue[most].ID
	}
}
