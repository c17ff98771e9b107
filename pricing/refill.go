package pricing

import (
	"slices"
	"strings"

	"headroom/pricing/growth"
)

// changed says which parts of a compiled alternative some changed numbers of its plan reach.
type changed struct {
	segments   []int
	impossible []int  // by segments: how often a draw gave users that no valid plan has
	workloads  []bool // by workload: what it asks for, and the prices of its rows
	offers     []bool // by offer: its prices
	rows       bool   // any of them
	capacity   bool   // what offers, pools and sites carry and cost, limits, finance
	terms      bool   // commitments and credits
}

func newChanged(f *frame) changed {
	return changed{workloads: make([]bool, len(f.workloads)), offers: make([]bool, len(f.offers))}
}

// note adds what the number at a path reaches.
func (ch *changed) note(f *frame, path string) {
	name, rest, _ := strings.Cut(path, ".")
	switch name {
	case "segments":
		if i := longestID(f.segments, rest); !slices.Contains(ch.segments, i) {
			ch.segments, ch.impossible = append(ch.segments, i), append(ch.impossible, 0)
		}
	case "workloads":
		ch.workloads[longestID(f.workloads, rest)], ch.rows = true, true
	case "offers":
		o := longestID(f.offers, rest)
		ch.offers[o], ch.rows = true, true
		field := rest[len(f.offers[o]):]
		ch.capacity = ch.capacity || under(field, ".quota") || under(field, ".lots") ||
			under(field, ".tokens_per_minute_per_unit")
	case "fx":
		for o := range ch.offers {
			ch.offers[o] = true
		}
		ch.rows, ch.capacity = true, true
	default:
		ch.capacity = true
		ch.terms = ch.terms || under(path, "commitments") || under(path, "credits")
	}
}

// longestID is the index of the longest id that begins a path that leads to one.
func longestID(ids []string, path string) int {
	best := -1
	for i, id := range ids {
		if under(path, id) && (best < 0 || len(id) > len(ids[best])) {
			best = i
		}
	}
	return best
}

// refill works the changed parts out again, in place: which rows, limits and routes there are does not depend on
// numbers that may vary. Only terms are laid out anew. A price that the changed numbers need and nobody states is a
// problem.
func (c *compiled) refill(ch *changed, out *problems) {
	f := c.frame
	for at, i := range ch.segments {
		if !f.fillSegment(i) {
			ch.impossible[at]++
		}
	}
	for w, yes := range ch.workloads {
		if yes {
			f.fillWorkload(w)
			c.asked[w] = c.plan.Workloads[c.workloads[w]]
		}
	}
	for o, yes := range ch.offers {
		if yes {
			f.fillSupply(o)
		}
	}
	if ch.capacity {
		f.fillCapacity()
	}
	if ch.terms {
		f.program.Terms = f.terms()
	}
	c.program.Terms, c.program.OpeningCash = f.program.Terms, f.program.OpeningCash
	if ch.rows {
		c.reprice(ch, out)
	}
}

// fillSupply takes over an offer's prices as the plan has them now.
func (f *frame) fillSupply(o int) {
	s, offer := &f.supplies[o], &f.program.Offers[o]
	s.offer = f.plan.Offers[s.id]
	offer.Tiers = s.offer.growthTiers(offer.Tiers[:0])
	for m := range s.prices {
		if p := &s.prices[m]; p.ready && p.problem == "" {
			f.factors(s, p, m)
		}
	}
}

// fillCapacity works out what offers and pools carry and cost, every limit, and the cash that flows beside the bills.
func (f *frame) fillCapacity() {
	for i := range f.supplies {
		f.fillOffer(&f.supplies[i], &f.program.Offers[i])
	}
	for i := range f.pools {
		f.fillPool(i)
	}
	f.program.Refresh()
	for l := range f.amounts {
		f.fillLimit(l)
	}
	f.fillCash()
}

// reprice prices the rows that the change reaches.
func (c *compiled) reprice(ch *changed, out *problems) {
	for m := range c.months {
		rows := c.program.MonthRows(m)
		for i := range rows {
			row := &rows[i]
			if row.Offer == growth.Nobody {
				continue
			}
			spill := c.program.SpillTarget(row.Offer, m)
			if ch.workloads[row.Workload] || ch.offers[row.Offer] || spill != growth.Nobody && ch.offers[spill] {
				c.price(row, m, out)
			}
		}
	}
}
