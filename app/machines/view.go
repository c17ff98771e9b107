package machines

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"headroom/app/listing"
	"headroom/pricing/capacity"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// view is the table as its page shows it.
func (l *machineList) view() views.Machines {
	p := &l.state
	t := l.table()
	fit, shown := l.byKey(), make([]machineLine, 0, len(t.Rows))
	for _, row := range t.Rows {
		shown = append(shown, *fit[row.Key])
	}
	v := views.Machines{
		Headline: l.headline(), Lead: l.lead(), Filtered: p.filtered(), Clear: l.clearURL(), Table: t,
		Sources: l.sources(shown),
		Search: ui.Field{ID: "q", Name: "q", Label: "Search", Type: "search", Value: p.Text,
			Help: "Words of a line, such as p5 frankfurt"},
		CSV: listing.Address("/machines.csv", p.values()), XLSX: listing.Address("/machines.xlsx", p.values()),
		Pages: l.pager(),
		Keep:  l.kept(), Wraps: p.Kind == "unit-prices" || p.Kind == "quotas" || p.Kind == "models",
	}
	groups := l.groups()
	v.Groups, v.More = groups[:min(2, len(groups)-1)], groups[min(2, len(groups)-1):]
	for _, g := range v.More {
		if len(p.Chosen[g.Name]) > 0 || g.Name == "only" && p.Unknown {
			v.MoreSet = "set"
		}
	}
	for _, kind := range machineKinds() {
		v.Kinds = append(v.Kinds, ui.Link{Label: kind.label, URL: "/machines?table=" + kind.id,
			Current: kind.id == p.Kind})
	}
	return v
}

// kept are the parameters that the form has no box for.
func (l *machineList) kept() []ui.Option {
	keep := []ui.Option{{Label: "table", Value: l.state.Kind}}
	if sort := l.state.values().Get("sort"); sort != "" {
		keep = append(keep, ui.Option{Label: "sort", Value: sort})
	}
	return keep
}

// groups are the boxes of each facet with how many lines of the table have each value, the most first.
func (l *machineList) groups() []ui.Field {
	var groups []ui.Field
	for _, facet := range l.kind().facets {
		counts := l.counts[facet.name]
		field := ui.Field{ID: "f-" + facet.name, Name: facet.name, Label: facet.label}
		for value, n := range counts {
			field.Options = append(field.Options, ui.Option{Value: value, Label: facetName(facet.name, value),
				Note:     strconv.Itoa(n),
				Selected: slices.Contains(l.state.Chosen[facet.name], value)})
		}
		slices.SortFunc(field.Options, func(a, b ui.Option) int {
			return cmp.Or(cmp.Compare(counts[b.Value], counts[a.Value]), cmp.Compare(a.Label, b.Label))
		})
		groups = append(groups, field)
	}
	return append(groups, ui.Field{ID: "f-only", Name: "only", Label: "Show only",
		Options: []ui.Option{{Value: "unknown", Label: "Lines with something unknown", Selected: l.state.Unknown}}})
}

func facetName(facet, value string) string {
	switch facet {
	case "seller":
		return machineSeller(value)
	case "term":
		return termName(value)
	case "area":
		return areaName(capacity.Area(value))
	}
	return value
}

func (l *machineList) pager() views.Pager {
	n := len(l.fit)
	from, to := l.state.bounds(n)
	p := views.Pager{Text: fmt.Sprintf("Lines %d to %d of %s", from+1, to, table.Number(table.Count, float64(n)))}
	if from == to {
		return views.Pager{Text: listing.Word(n > 0, "This page is past the end of the list.")}
	}
	at := func(page int) string { return l.state.with(func(s *machineState) { s.Page = page }) }
	if from > 0 {
		p.Previous = at(l.state.Page - 1)
	}
	if to < n {
		p.Next = at(l.state.Page + 1)
		p.All = l.state.with(func(s *machineState) { s.Whole = true })
	}
	return p
}

// headline counts what the table holds, or says what an hour of the one chosen accelerator costs.
func (l *machineList) headline() string {
	if cheap, dear := l.span(); cheap != nil {
		low, _ := cheap.HourlyEach()
		high, _ := dear.HourlyEach()
		text := cheap.Chip + ": " + table.Number(table.Money, low)
		if high > low {
			text += " to " + table.Number(table.Money, high)
		}
		return text + " USD per GPU hour on demand"
	}
	return pluralOf(len(l.fit), l.kind().one)
}

// pluralOf counts things whose plural is not always an s at the end.
func pluralOf(n int, one string) string {
	many := map[string]string{"price of a machine": "prices of machines",
		"quota or spend tier":         "quotas and spend tiers",
		"price of a provisioned unit": "prices of provisioned units"}
	if other := many[one]; other != "" && n != 1 {
		return words.Plural(n, one, other)
	}
	return words.Plural(n, one, one+"s")
}

// span is the cheapest and the dearest listing on demand of the one accelerator that is asked for, among the lines that
// fit.
func (l *machineList) span() (cheap, dear *capacity.Listing) {
	chosen := l.state.Chosen["accelerator"]
	if l.state.Kind != "instances" || len(chosen) != 1 {
		return nil, nil
	}
	keys := l.byKey()
	fit := slices.DeleteFunc(slices.Clone(l.listings),
		func(listing capacity.Listing) bool { return keys[listing.Key()] == nil })
	return capacity.Span(fit, chosen[0], capacity.OnDemandTerm)
}

// byKey are the lines that fit.
func (l *machineList) byKey() map[string]*machineLine {
	keys := make(map[string]*machineLine, len(l.fit))
	for i := range l.fit {
		keys[l.fit[i].key] = &l.fit[i]
	}
	return keys
}

// lead is what a reader should know of the table before they use it.
func (l *machineList) lead() string {
	cheap, dear := l.span()
	switch {
	case len(l.fit) == 0:
		return "Nothing fits. Clear a filter, or search for fewer words."
	case cheap != nil && cheap.Key() != dear.Key():
		return "Cheapest at " + sellerAndRegion(cheap) + ", dearest at " + sellerAndRegion(dear) +
			". A list price in a region is not capacity there."
	}
	return map[string]string{
		"instances":    "List prices by seller, region and commitment. A list price in a region is not capacity there.",
		"accelerators": "Peaks are dense: vendors' sheets often print the sparse figure, which is twice as high.",
		"models": "What the throughput estimate needs of a model. Check a model's card for its licence before " +
			"you use it.",
		"units":       "What one unit of reserved capacity carries, in normalised tokens a minute.",
		"unit-prices": "What a unit of reserved capacity costs. Many sellers tell it to their customers only.",
		"throughput": "What somebody measured, which the estimate is held against. Your team's own measurements " +
			"come from the comparison.",
		"quotas": "The published limits; your own account may have others.",
	}[l.state.Kind]
}

func sellerAndRegion(l *capacity.Listing) string {
	if region := regionCell(l); region.State == table.Known {
		return machineSeller(l.Seller) + " (" + region.Text + ")"
	}
	return machineSeller(l.Seller)
}
