package prices

import (
	"fmt"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/listing"
	"headroom/pricing/pricelist"
	"headroom/views"
	"headroom/views/ui"
)

// pricesView is the list as its page shows it.
func (s *Pages) pricesView(p *priceState, list *pricelist.List) views.PriceList {
	v := views.PriceList{
		Headline: s.pricesHeadline(list), Lead: s.pricesLead(p, list),
		Search: ui.Field{ID: "q", Name: "q", Label: "Model", Type: "search", Value: p.Text,
			Help: "Name or id, such as gpt-5-4"},
		Groups: s.priceGroups(p, list), More: s.moreGroups(p, list), MoreSet: p.moreSet(), Keep: p.kept(),
		Clear: listing.Address("/prices", p.mixValues()), Filtered: p.filtered(),
		Errors: p.Errors, Legend: legend(p.Show), Table: s.pricesTable(p, list),
		CSV: p.file("/prices.csv"), XLSX: p.file("/prices.xlsx"), Note: s.pricesNote(p, list), Sources: s.sourceLines(),
		Pages: p.pager(len(list.Models)),
	}
	v.In, v.Out = p.mixFields()
	for _, show := range []struct{ key, label string }{{showBoth, "In and out"}, {showMix, "Your mix"},
		{showCache, "Cache read"}} {
		url := p.with(func(to *priceState) { to.Show, to.Page, to.Whole = show.key, p.Page, p.Whole })
		v.Show = append(v.Show, ui.Link{Label: show.label, URL: url, Current: p.Show == show.key})
	}
	return v
}

// mixFields are the two boxes of the mix, with what was typed.
func (p *priceState) mixFields() (in, out ui.Field) {
	field := func(id, label, typed, message string, usual int64) ui.Field {
		value := typed
		if value == "" {
			value = tokensText(usual)
		}
		return ui.Field{ID: id, Name: id, Label: label, Unit: "tokens", Value: value, Error: message,
			Range: "0 to 2 million", Default: tokensText(usual)}
	}
	return field("in", "Input", p.TypedIn, p.InError, usualInput),
		field("out", "Output", p.TypedOut, p.OutError, usualOutput)
}

func legend(show string) string {
	switch show {
	case showMix:
		return "USD per 1,000 requests of your mix. Blue: cheapest."
	case showCache:
		return "USD per 1 M tokens read from the cache. Blue: cheapest for your mix."
	}
	return "USD per 1 M tokens, input over output. Blue: cheapest for your mix."
}

// filtered reports whether the list is narrowed by anything but the mix.
func (p *priceState) filtered() bool {
	return p.Text != "" || len(p.Labs)+len(p.Weights)+len(p.Sellers)+len(p.Scopes)+len(p.Only) > 0 ||
		p.AllAges || p.AllKinds
}

// kept are the parameters that the form does not have a box for.
func (p *priceState) kept() []ui.Option {
	var keep []ui.Option
	q := p.values()
	for _, name := range []string{"show", "sort"} {
		if value := q.Get(name); value != "" {
			keep = append(keep, ui.Option{Label: name, Value: value})
		}
	}
	return keep
}

// priceGroups are the boxes to tick. No tick in a group means all of it.
func (s *Pages) priceGroups(p *priceState, list *pricelist.List) []ui.Field {
	f := &list.Facets
	labs := boxes(f.Labs, p.Labs, s.labName)
	if f.OtherLabs > 0 {
		labs = append(labs, box(pricelist.Count{ID: pricelist.OtherLabs, N: f.OtherLabs}, p.Labs, "Others"))
	}
	return []ui.Field{
		{ID: "f-lab", Name: "lab", Label: "Lab", Options: labs},
		{ID: "f-weights", Name: "weights", Label: "Weights", Options: boxes(f.Weights, p.Weights, capital)},
	}
}

// moreGroups are the boxes that few readers need.
func (s *Pages) moreGroups(p *priceState, list *pricelist.List) []ui.Field {
	f := &list.Facets
	marks := map[string]string{"conflict": "Conflicts", "old": "Stale prices", "unknown": "Unknown price"}
	return []ui.Field{
		{ID: "f-scope", Name: "scope", Label: "Scope", Options: boxes(f.Scopes, p.Scopes, scopeTitle)},
		{ID: "f-seller", Name: "seller", Label: "Sellers as columns", Options: s.sellerBoxes(p)},
		{ID: "f-only", Name: "only", Label: "Show only",
			Options: boxes(f.Only, p.Only, func(id string) string { return marks[id] })},
		{ID: "f-age", Name: "age", Label: "Show more",
			Options: []ui.Option{{Value: "all", Label: "Older, or one seller", Note: note(list.Hidden),
				Selected: p.AllAges}}},
		{ID: "f-kind", Name: "kind", Label: "Kind",
			Options: []ui.Option{{Value: "all", Label: "Images, audio, embeddings", Selected: p.AllKinds}}},
	}
}

// moreSet says how many of moreGroups narrow or widen the list.
func (p *priceState) moreSet() string {
	n := 0
	for _, set := range []bool{len(p.Scopes) > 0, len(p.Sellers) > 0, len(p.Only) > 0, p.AllAges, p.AllKinds} {
		if set {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d set", n)
}

func note(n int) string {
	if n == 0 {
		return ""
	}
	return tokensText(int64(n))
}

func boxes(counts []pricelist.Count, chosen []string, name func(string) string) []ui.Option {
	options := make([]ui.Option, 0, len(counts))
	for _, c := range counts {
		options = append(options, box(c, chosen, name(c.ID)))
	}
	return options
}

func box(c pricelist.Count, chosen []string, label string) ui.Option {
	return ui.Option{Value: c.ID, Label: label, Note: note(c.N), Selected: slices.Contains(chosen, c.ID)}
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func scopeTitle(scope string) string {
	switch scope {
	case "datazone":
		return "Data zone"
	case "geo":
		return "Geography"
	case "region":
		return "One region"
	}
	return capital(cells.ScopeWords(scope))
}

// sellerBoxes are the sellers that can be columns: those that a plan names most, and those in the address.
func (s *Pages) sellerBoxes(p *priceState) []ui.Option {
	ids := append(pricelist.MainSellers(), "snowflake", "oci", "nebius", "cerebras", "deepinfra", "watsonx",
		"scaleway", "ovh", "alibaba")
	for _, id := range p.Sellers {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	options := make([]ui.Option, 0, len(ids))
	for _, id := range ids {
		options = append(options,
			ui.Option{Value: id, Label: s.columnName(id), Selected: slices.Contains(p.Sellers, id)})
	}
	return options
}

func (s *Pages) sourceLines() []views.SourceLine {
	var lines []views.SourceLine
	for _, source := range s.Deps.Catalog.Sources {
		lines = append(lines, views.SourceLine{Name: source.Name, AsOf: string(source.AsOf), URL: source.URL})
	}
	return lines
}

// pager leads through n rows.
func (p priceState) pager(n int) views.Pager {
	from, to := p.bounds(n)
	if n <= pricesPerPage || p.Whole {
		return views.Pager{}
	}
	turn := func(page int) string { return p.with(func(to *priceState) { to.Page = page }) }
	pages := views.Pager{Text: fmt.Sprintf("Models %d to %d of %d", from+1, to, n)}
	if from >= to {
		pages.Text = fmt.Sprintf("This page is past the end: there are %d models", n)
	}
	if p.Page > 1 {
		pages.Previous = turn(p.Page - 1)
	}
	if to < n {
		pages.Next = turn(p.Page + 1)
	}
	if n <= 400 {
		pages.All = p.with(func(to *priceState) { to.Whole = true })
	}
	return pages
}
