package pricelist

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// List is the models that a query finds.
type List struct {
	Columns []string
	Models  []Model
	Facets  Facets
	Quotes  int // known costs in the columns
	Unknown int // cells whose cost is unknown
	Offers  int // offers behind the cells
	Hidden  int // models that an older or single-seller model's exclusion left out
}

// Facets counts the models that each choice of a filter would leave, before any of these filters is applied.
type Facets struct {
	Labs, Weights, Scopes, Only []Count
	OtherLabs                   int
}

// Count is a choice and its number of models.
type Count struct {
	ID string
	N  int
}

// Find lists the models that a query asks for, sorted.
func Find(s *catalog.Snapshot, q Query) List {
	list := List{Columns: q.Sellers}
	if list.Columns == nil {
		list.Columns = MainSellers()
	}
	var before []Model
	for _, m := range s.SearchModels(q.Text) {
		l, ok := line(s, m, &q, list.Columns)
		if !ok || q.Sellers != nil && l.Priced+l.Unknown == 0 {
			continue
		}
		if !q.AllAges && !l.current(&q) {
			list.Hidden++
			continue
		}
		before = append(before, l)
	}
	list.Facets = facets(before, s, &q)
	for _, l := range before {
		if q.keeps(&l, list.Facets.Labs) {
			list.add(l)
		}
	}
	sortModels(list.Models, &q, list.Columns)
	return list
}

func (l *List) add(m Model) {
	l.Models = append(l.Models, m)
	l.Quotes += m.Priced
	l.Unknown += m.Unknown
	for i := range m.Quotes {
		l.Offers += m.Quotes[i].Offers
	}
}

// currentMonths is how long ago a model may have appeared to belong into a first look.
const currentMonths = 18

// current reports whether a model belongs into a first look: priced by two sellers of the columns, and not listed for
// longer than currentMonths. A search by name shows every age.
func (m *Model) current(q *Query) bool {
	if q.Text != "" {
		return true
	}
	return m.Priced >= 2 && (m.Listed == "" || m.Listed >= monthsBefore(q.Today, currentMonths))
}

// monthsBefore is the month so long before a day, "2025-05"; "" when the day cannot be read.
func monthsBefore(day calendar.Day, months int) calendar.Day {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return ""
	}
	return calendar.Day(t.AddDate(0, -months, 1-t.Day()).Format("2006-01"))
}

func (q *Query) keeps(m *Model, labs []Count) bool {
	if len(q.Weights) > 0 && !slices.Contains(q.Weights, Weights(m.OpenWeights)) {
		return false
	}
	named := slices.ContainsFunc(labs, func(c Count) bool { return c.ID == m.Lab })
	if len(q.Labs) > 0 && !slices.Contains(q.Labs, m.Lab) && (named || !slices.Contains(q.Labs, OtherLabs)) {
		return false
	}
	for _, only := range q.Only {
		if m.has(only) == 0 {
			return false
		}
	}
	return true
}

// has counts the cells of the columns with a mark.
func (m *Model) has(mark string) int {
	switch mark {
	case "conflict":
		return m.conflict
	case "old":
		return m.old
	case "unknown":
		return m.Unknown
	}
	return 0
}

// Weights is the word for whether a model's weights are open: "open", "closed" or "unknown".
func Weights(open catalog.Known) string {
	switch open {
	case catalog.Yes:
		return "open"
	case catalog.No:
		return "closed"
	}
	return "unknown"
}

// facetLabs is how many labs are named one by one.
const facetLabs = 9

func facets(models []Model, s *catalog.Snapshot, q *Query) Facets {
	labs, weight, scopes, only := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for i := range models {
		m := &models[i]
		labs[m.Lab]++
		weight[Weights(m.OpenWeights)]++
		seen := map[string]bool{}
		for _, o := range s.OffersOf(m.ID) {
			seen[scopeKind(o.Scope)] = true
		}
		for scope := range seen {
			scopes[scope]++
		}
		for _, mark := range []string{"conflict", "old", "unknown"} {
			if m.has(mark) > 0 {
				only[mark]++
			}
		}
	}
	f := Facets{Labs: counts(labs), Weights: counts(weight), Scopes: counts(scopes), Only: counts(only)}
	for len(f.Labs) > facetLabs {
		last := len(f.Labs) - 1
		f.OtherLabs += f.Labs[last].N
		f.Labs = f.Labs[:last]
	}
	return f
}

// counts lists the largest first.
func counts(n map[string]int) []Count {
	out := make([]Count, 0, len(n))
	for id, count := range n {
		out = append(out, Count{id, count})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.ID, b.ID)) })
	return out
}

// sortModels orders by the query's key; models without that figure come last in either direction.
func sortModels(models []Model, q *Query, columns []string) {
	column := slices.Index(columns, q.Sort)
	slices.SortStableFunc(models, func(a, b Model) int {
		missing, by := compare(&a, &b, q.Sort, column)
		if q.Down {
			by = -by
		}
		return cmp.Or(missing, by, cmp.Compare(b.Listed, a.Listed), strings.Compare(a.ID, b.ID))
	})
}

func compare(a, b *Model, key string, column int) (missing, by int) {
	switch {
	case column >= 0:
		x, y := &a.Quotes[column], &b.Quotes[column]
		return order(x.Known(), y.Known()), cmp.Compare(x.Cost, y.Cost)
	case key == "model":
		return 0, strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	case key == "lab":
		return 0, strings.Compare(a.Lab, b.Lab)
	case key == "cost":
		return order(a.Priced > 0, b.Priced > 0), cmp.Compare(a.Lowest, b.Lowest)
	case key == "spread":
		return order(a.Priced > 1, b.Priced > 1), cmp.Compare(a.Spread(), b.Spread())
	case key == "sellers":
		return 0, cmp.Compare(a.Sellers, b.Sellers)
	}
	return order(a.Listed != "", b.Listed != ""), cmp.Compare(a.Listed, b.Listed)
}

// Answer is what the list says about itself: the model that is cheapest for the mix, and the one whose price differs
// most between the sellers of the columns, moving aliases left out because sellers move them at different times. Both
// are nil when nothing is priced.
func (l *List) Answer() (cheapest, widest *Model) {
	for i := range l.Models {
		m := &l.Models[i]
		if m.Priced > 0 && (cheapest == nil || m.Lowest < cheapest.Lowest) {
			cheapest = m
		}
		if m.Priced > 1 && m.Lowest > 0 && m.moving == 0 && (widest == nil || m.Spread() > widest.Spread()) {
			widest = m
		}
	}
	return cheapest, widest
}
