package catalog

import (
	"cmp"
	"slices"

	"headroom/pricing/calendar"
)

// Change is one difference between two snapshots. The same words are used by `headroom catalog diff`.
type Change struct {
	Offer     string       `json:"offer"` // "provider/native-id"
	Scope     string       `json:"scope"`
	Kind      string       `json:"kind"` // "added", "removed", "changed"
	Dimension Dimension    `json:"dimension,omitempty"`
	Tier      ServiceTier  `json:"service_tier,omitempty"`
	Above     int64        `json:"above,omitempty"`
	Before    string       `json:"before,omitempty"` // exact decimal; empty: no price
	After     string       `json:"after,omitempty"`  // exact decimal; empty: no price
	AsOf      calendar.Day `json:"as_of,omitempty"`
	Source    string       `json:"source,omitempty"`
}

// Diff is what changed from a to b in the prices in force on each snapshot's own date: offers added and removed, and
// every figure that is new, gone or different, by offer, scope, tier and dimension.
func Diff(a, b *Snapshot) []Change {
	before, after := byKey(a), byKey(b)
	var out []Change
	for i := range b.Offers {
		o := &b.Offers[i]
		if old := before[keyOf(o)]; old != nil {
			out = append(out, priceChanges(a.AsOf, old, b.AsOf, o)...)
		} else {
			out = append(out, Change{Offer: o.ID(), Scope: o.Scope, Kind: "added", AsOf: b.AsOf})
		}
	}
	for i := range a.Offers {
		if o := &a.Offers[i]; after[keyOf(o)] == nil {
			out = append(out, Change{Offer: o.ID(), Scope: o.Scope, Kind: "removed", AsOf: b.AsOf})
		}
	}
	slices.SortStableFunc(out, func(x, y Change) int {
		return cmp.Or(cmp.Compare(x.Offer, y.Offer), cmp.Compare(x.Scope, y.Scope))
	})
	return out
}

func byKey(s *Snapshot) map[offerKey]*Offer {
	m := make(map[offerKey]*Offer, len(s.Offers))
	for i := range s.Offers {
		m[keyOf(&s.Offers[i])] = &s.Offers[i]
	}
	return m
}

func priceChanges(aDate calendar.Day, a *Offer, bDate calendar.Day, b *Offer) []Change {
	x, y := current(a, aDate), current(b, bDate)
	var out []Change
	change := func(p Price, before, after string) {
		out = append(out, Change{Offer: b.ID(), Scope: b.Scope, Kind: "changed", Dimension: p.Dimension, Tier: p.Tier,
			Above: p.Above, Before: before, After: after, AsOf: y.AsOf, Source: y.Source})
	}
	for _, p := range y.Prices {
		if i := indexOf(x.Prices, p); i < 0 {
			change(p, "", p.Rate.String())
		} else if x.Prices[i].Rate != p.Rate {
			change(p, x.Prices[i].Rate.String(), p.Rate.String())
		}
	}
	for _, p := range x.Prices {
		if indexOf(y.Prices, p) < 0 {
			change(p, p.Rate.String(), "")
		}
	}
	return out
}

// current is the row in force on d, an empty row if none.
func current(o *Offer, d calendar.Day) Row {
	if r, _ := o.RowAt(d); r != nil {
		return *r
	}
	return Row{}
}

// report counts what s changed against base.
func report(base, s *Snapshot) BuildReport {
	r := BuildReport{Snapshot: s.ID}
	var before map[offerKey]*Offer
	var since calendar.Day
	if base != nil {
		before, since = byKey(base), base.AsOf
	}
	for i := range s.Offers {
		o := &s.Offers[i]
		old := before[keyOf(o)]
		switch {
		case old == nil:
			r.Added++
		case lost(current(old, since), current(o, s.AsOf)):
			r.Withdrawn++
		case len(priceChanges(since, old, s.AsOf, o)) > 0:
			r.Changed++
		}
		if o.Model == "" {
			r.Unmapped++
		}
		if len(o.Conflicts) > 0 {
			r.Conflicts++
		}
	}
	return r
}

func lost(before, after Row) bool { return len(before.Prices) > 0 && len(after.Prices) == 0 }
