package catalog

import (
	"cmp"
	"slices"
	"strings"

	"headroom/pricing/money"
)

// resolve sets o.Rows from the evidence: the rows of the source that wins, and the user's own.
func resolve(o *Offer, rules []sourceRule) {
	winner, note := winningSource(o, rules)
	o.Rows, o.Conflicts = nil, nil
	key := primaryKey(o, winner)
	for _, r := range o.Evidence {
		if r.Source == "own" || r.Source == winner && r.Key == key {
			if r.Source == winner && note != "" {
				r.Note = note
			}
			o.Rows = append(o.Rows, r)
		}
	}
	slices.SortStableFunc(o.Rows, byFrom)
}

// winningSource is the source with the best rank among those that still list the offer with a price, or else among
// those that list it at all; note says why an exception applied.
func winningSource(o *Offer, rules []sourceRule) (source, note string) {
	best := -1
	for i := range o.Evidence {
		r := &o.Evidence[i]
		if r.Source == "own" || barred(o, r.Source, rules) {
			continue
		}
		if best < 0 || evidenceOrder(r) < evidenceOrder(&o.Evidence[best]) {
			best = i
		}
	}
	if best < 0 {
		return "", ""
	}
	source = o.Evidence[best].Source
	for _, rule := range rules {
		if rule.applies(o) && rule.Over == source && disagree(o, rule.Over, rule.Prefer) {
			return rule.Prefer, rule.Note
		}
	}
	return source, ""
}

// evidenceOrder ranks rows: priced before unpriced, open before ended, then by source.
func evidenceOrder(r *Row) int {
	order := rank(r.Source)
	if r.Until != "" {
		order += 10
	}
	if len(r.Prices) == 0 {
		order += 100
	}
	return order
}

func (s *sourceRule) applies(o *Offer) bool {
	return s.Provider == o.Provider &&
		slices.ContainsFunc(s.Scopes, func(scope string) bool { return strings.HasPrefix(o.Scope, scope) })
}

func barred(o *Offer, source string, rules []sourceRule) bool {
	return slices.ContainsFunc(rules, func(r sourceRule) bool { return r.Never == source && r.applies(o) })
}

// disagree reports whether the latest rows of two sources differ on the input or output price of a text model.
func disagree(o *Offer, a, b string) bool {
	x, y := latest(o, a), latest(o, b)
	if x == nil || y == nil || !textModes[o.Mode] {
		return false
	}
	for _, dim := range []Dimension{Input, Output} {
		p, ok1 := x.PriceIn(dim, Standard, 0)
		q, ok2 := y.PriceIn(dim, Standard, 0)
		if ok1 && ok2 && money.Differs(p.Rate, q.Rate, conflictPermille) {
			return true
		}
	}
	return false
}

// textModes are LiteLLM's modes of models that are priced by text tokens.
var textModes = map[string]bool{"chat": true, "completion": true, "responses": true, "embedding": true}

func latest(o *Offer, source string) *Row {
	key := primaryKey(o, source)
	var last *Row
	for i := range o.Evidence {
		if r := &o.Evidence[i]; r.Source == source && r.Key == key && r.Until == "" {
			last = r
		}
	}
	return last
}

// primaryKey is the listing that counts where a source lists one offer under several ids: the one that names its scope
// ("azure/global/gpt-4o" before "azure/gpt-4o"), then the one with most prices, then the first by name.
func primaryKey(o *Offer, source string) string {
	var best *Row
	for i := range o.Evidence {
		r := &o.Evidence[i]
		if r.Source != source || r.Status != InForce {
			continue
		}
		if best == nil || compareListings(r, best) < 0 {
			best = r
		}
	}
	if best == nil {
		return ""
	}
	return best.Key
}

func compareListings(a, b *Row) int {
	order := func(r *Row) (n int) {
		if r.Until != "" {
			n += 2
		}
		if !strings.Contains(r.Key, "/global") {
			n++
		}
		return n
	}
	return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(len(b.Prices), len(a.Prices)), cmp.Compare(a.Key, b.Key))
}

// compare records as conflicts every current figure that differs from the row in force, whoever states it.
func compare(o *Offer) {
	row := lastPriced(o.Rows)
	if row == nil {
		return
	}
	for i := range o.Evidence {
		r := &o.Evidence[i]
		if r.Until == "" && r.Status == InForce && (r.Source != row.Source || r.Key != row.Key) {
			o.Conflicts = append(o.Conflicts, conflicts(o, row, r)...)
		}
	}
}

// tidyConflicts puts the best source first and says each figure once.
func tidyConflicts(o *Offer) {
	slices.SortStableFunc(o.Conflicts, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(rank(a.Source), rank(b.Source)), cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.Above, b.Above),
			cmp.Compare(tierOrder(a.Tier), tierOrder(b.Tier)),
			cmp.Compare(dimensionOrder(a.Dimension), dimensionOrder(b.Dimension)),
			cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Rate, b.Rate), cmp.Compare(a.Note, b.Note))
	})
	o.Conflicts = slices.CompactFunc(o.Conflicts, func(a, b Conflict) bool {
		a.Note, a.AsOf = b.Note, b.AsOf // the same figure under another id of the same source says nothing new
		return a == b
	})
}

// conflicts is where r says something else than row. A source that knows no context tier states its base price there
// too.
func conflicts(o *Offer, row, r *Row) []Conflict {
	tiers := append(row.ContextTiers(), r.ContextTiers()...)
	slices.Sort(tiers)
	var out []Conflict
	for _, above := range slices.Compact(tiers) {
		for _, p := range r.Prices {
			if p.Above != 0 && (repricedByContext(p.Dimension) || p.Above != above) || p.Above == 0 &&
				above != 0 && !repricedByContext(p.Dimension) {
				continue
			}
			mine, ok := row.Price(p.Dimension, p.Tier, above+1)
			theirs, stated := r.Price(p.Dimension, p.Tier, above+1)
			if ok && stated && money.Differs(mine.Rate, theirs.Rate, conflictPermille) {
				out = append(out, Conflict{r.Source, r.AsOf, p.Dimension, p.Tier, above, theirs.Rate, listedAs(o, r)})
			}
		}
	}
	return out
}

func listedAs(o *Offer, r *Row) string {
	if r.Key == o.NativeID {
		return ""
	}
	return "listed as " + r.Key
}

// lastPriced is the newest row that prices: the user's own if there is one.
func lastPriced(rows []Row) *Row {
	var last *Row
	for i := range rows {
		if r := &rows[i]; r.prices() && (last == nil || r.Status == Own || last.Status != Own) {
			last = r
		}
	}
	return last
}
