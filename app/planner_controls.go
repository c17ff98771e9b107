package app

import (
	"slices"

	"headroom/pricing/words"
	"headroom/views"
)

// controls are the choices above the comparison. Each is an address: without scripts it is a page, with them a part.
func controlsOf(a *answer) views.CompareControls {
	n := len(a.compare.Rows) + len(a.compare.Unknown)
	c := views.CompareControls{Title: "Compare: the same demand on " + words.Plural(n, "supply", "supplies")}
	for _, p := range []struct{ period, label string }{
		{periodTotal, words.Plural(a.plan.Months, "month", "months")}, {periodYear, "Year"}, {periodMonth, "Month"},
		{periodReq, "1,000 requests"},
	} {
		c.Periods = append(c.Periods, views.Link{Label: p.label, Current: a.state.View.Period == p.period,
			URL: a.state.with(func(v *planView) { v.Period = p.period })})
	}
	on := a.state.View.Diff
	c.Diff = views.Link{Label: "Only differences", Current: on, URL: a.state.with(func(v *planView) { v.Diff = !on })}
	c.Columns, c.Sellers = columnChooser(a), sellerChooser(a)
	c.Downloads = []views.Link{
		{Label: "CSV", URL: a.state.link("/compare.csv", "profile", "excel")},
		{Label: "XLSX", URL: a.state.link("/compare.xlsx")},
	}
	return c
}

func columnChooser(a *answer) views.ChooserForm {
	f := views.ChooserForm{ID: "choose-columns", Label: "Columns", Legend: "Columns", Action: a.state.path("/"), Name: "cols", Keep: keepView(a, "cols")}
	shown := chosenColumns(a)
	for _, c := range compareColumns(a) {
		if c.ExportOnly || c.Key == "alternative" {
			continue
		}
		on := slices.ContainsFunc(shown, func(s compareColumn) bool { return s.Key == c.Key })
		f.Options = append(f.Options, views.Option{Value: c.Key, Label: c.Label, Selected: on})
	}
	return f
}

func sellerChooser(a *answer) views.ChooserForm {
	f := views.ChooserForm{ID: "choose-sellers", Label: "Sellers", Legend: "Only alternatives on", Action: a.state.path("/"), Name: "sellers", Keep: keepView(a, "sellers")}
	chosen := a.state.View.Sellers
	if len(chosen) > 0 {
		f.Label = words.Plural(len(chosen), "seller", "sellers")
	}
	for _, id := range a.providers() {
		f.Options = append(f.Options, views.Option{
			Value: id, Label: a.prices.Seller(id).Name, Selected: len(chosen) == 0 || slices.Contains(chosen, id),
		})
	}
	return f
}

// keep are the parameters that a chooser sends along.
func keepView(a *answer, without string) []views.Option {
	q := a.state.values()
	var list []views.Option
	for _, name := range slices.Concat(stateNames, viewNames) {
		if value := q.Get(name); value != "" && name != without {
			list = append(list, views.Option{Label: name, Value: value})
		}
	}
	if typed := a.state.typedQuery(); typed != "" {
		list = append(list, views.Option{Label: "typed", Value: typed})
	}
	return list
}

// downloads are the files of this plan.
func downloads(state planState) []views.Link {
	return []views.Link{
		{Label: "Comparison, CSV for Excel", URL: state.link("/compare.csv", "profile", "excel")},
		{Label: "Comparison, CSV for Excel with semicolons", URL: state.link("/compare.csv", "profile", "excel", "sep", "semicolon", "decimal", "comma")},
		{Label: "Comparison, CSV data (RFC 4180)", URL: state.link("/compare.csv", "profile", "data")},
		{Label: "Comparison, months and sources, XLSX", URL: state.link("/compare.xlsx")},
		{Label: "Months, CSV for Excel", URL: state.link("/months.csv", "profile", "excel")},
		{Label: "Plan with its alternatives, JSON", URL: state.link("/plan.json")},
		{Label: "Plan without proposals, JSON", URL: state.link("/plan.json", "propose", "none")},
	}
}
