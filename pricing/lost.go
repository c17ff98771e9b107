package pricing

import (
	"headroom/pricing/growth"
)

// lost lists the revenue that limits and refusals cost, and what heads the month: a limit, else the refusal that loses
// most.
func (c *compiled) lost(served *growth.Outcome, out *MonthResult, r *AlternativeResult) {
	out.LostRevenue = Amounts{}
	for l, id := range c.limitIDs {
		if served.Sets[l] {
			out.LostRevenue = append(out.LostRevenue, Amount{id, Figure(served.Lost[l])})
		}
	}
	refused := len(out.LostRevenue)
	for i := range c.refusals {
		c.refused(i, served, out)
	}
	if served.Head != growth.Nobody {
		id := c.limitIDs[served.Head]
		out.Binding = &id
		out.Shadow = &Shadow{served.Shadow.Users, served.Shadow.Revenue, served.Shadow.ToNext}
	} else if most := largest(out.LostRevenue[refused:]); most != nil {
		out.Binding = &most.ID
	}
	for _, l := range out.LostRevenue {
		if _, listed := r.FirstBinding.Get(l.ID); !listed {
			r.FirstBinding = append(r.FirstBinding, Word{l.ID, out.Month.String()})
		}
	}
}

// refused adds the revenue lost to requests that nothing serves, if there are any to speak of.
func (c *compiled) refused(i int, served *growth.Outcome, out *MonthResult) {
	s, refusal := served.State, c.refusals[i]
	if !c.refuses(i, served) {
		return
	}
	segment := c.program.Workloads[refusal.workload].Segment
	value := served.Served[segment] * c.program.Segments[segment].Revenue[served.Index]
	out.LostRevenue = append(out.LostRevenue,
		Amount{c.constraint(refusal), Figure(value * s.Refused[i] / s.SegmentRequests[segment])})
}

// refuses reports whether a refusal turns away requests to speak of.
func (c *compiled) refuses(i int, served *growth.Outcome) bool {
	return served.State.Refused[i] > 1e-9*served.State.Workloads[c.refusals[i].workload]
}

// largest is the first of the largest amounts: a later one needs more by 1e-9 of it.
func largest(list Amounts) *Amount {
	var most *Amount
	for i := range list {
		if most == nil || list[i].Value > most.Value*(1+1e-9) {
			most = &list[i]
		}
	}
	return most
}

// firsts notes the first month in which demand is beyond a constraint.
func (c *compiled) firsts(served *growth.Outcome, out *MonthResult, r *AlternativeResult) {
	for _, l := range out.Limits {
		if !l.Exceeded {
			continue
		}
		if _, listed := r.FirstExceeded.Get(l.ID); !listed {
			r.FirstExceeded = append(r.FirstExceeded, Word{l.ID, out.Month.String()})
		}
	}
}
