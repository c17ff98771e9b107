package planner

import (
	"slices"

	"headroom/app/workspace"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// controlsOf are the choices above the comparison. Each is an address: without scripts it is a page, with them a part.
func controlsOf(a *workspace.Answer) views.CompareControls {
	n := len(a.Compare.Rows) + len(a.Compare.Unknown)
	c := views.CompareControls{Title: "Compare: the same demand on " + words.Plural(n, "supply", "supplies")}
	for _, p := range []struct{ period, label string }{
		{workspace.PeriodTotal, words.Plural(a.Plan.Months, "month", "months")}, {workspace.PeriodYear, "Year"},
		{workspace.PeriodMonth, "Month"},
		{workspace.PeriodReq, "1,000 requests"},
	} {
		c.Periods = append(c.Periods, ui.Link{Label: p.label, Current: a.State.View.Period == p.period,
			URL: a.State.With(func(v *workspace.PlanView) { v.Period = p.period })})
	}
	on := a.State.View.Diff
	c.Diff = ui.Link{Label: "Only differences", Current: on,
		URL: a.State.With(func(v *workspace.PlanView) { v.Diff = !on })}
	c.Columns, c.Sellers = columnChooser(a), sellerChooser(a)
	c.Downloads = []ui.Link{
		{Label: "CSV", URL: a.State.Link("/compare.csv", "profile", "excel")},
		{Label: "XLSX", URL: a.State.Link("/compare.xlsx")},
	}
	return c
}

func columnChooser(a *workspace.Answer) ui.ChooserForm {
	f := ui.ChooserForm{ID: "choose-columns", Label: "Columns", Legend: "Columns", Action: a.State.Path("/"),
		Name: "cols", Keep: keepView(a, "cols")}
	shown := chosenColumns(a)
	for _, c := range compareColumns(a) {
		if c.ExportOnly || c.Key == "alternative" {
			continue
		}
		on := slices.ContainsFunc(shown, func(s compareColumn) bool { return s.Key == c.Key })
		f.Options = append(f.Options, ui.Option{Value: c.Key, Label: c.Label, Selected: on})
	}
	return f
}

func sellerChooser(a *workspace.Answer) ui.ChooserForm {
	f := ui.ChooserForm{ID: "choose-sellers", Label: "Sellers", Legend: "Only alternatives on",
		Action: a.State.Path("/"), Name: "sellers", Keep: keepView(a, "sellers")}
	chosen := a.State.View.Sellers
	if len(chosen) > 0 {
		f.Label = words.Plural(len(chosen), "seller", "sellers")
	}
	for _, id := range a.Providers() {
		f.Options = append(f.Options, ui.Option{
			Value: id, Label: a.Prices.Seller(id).Name, Selected: len(chosen) == 0 || slices.Contains(chosen, id),
		})
	}
	return f
}

// keepView are the parameters that a chooser sends along.
func keepView(a *workspace.Answer, without string) []ui.Option {
	q := a.State.Values()
	var list []ui.Option
	for _, name := range slices.Concat(workspace.StateNames, workspace.ViewNames) {
		if value := q.Get(name); value != "" && name != without {
			list = append(list, ui.Option{Label: name, Value: value})
		}
	}
	if typed := a.State.TypedQuery(); typed != "" {
		list = append(list, ui.Option{Label: "typed", Value: typed})
	}
	return list
}

// downloads are the files of this plan.
func downloads(state workspace.PlanState) []ui.Link {
	return []ui.Link{
		{Label: "Comparison, CSV for Excel", URL: state.Link("/compare.csv", "profile", "excel")},
		{Label: "Comparison, CSV for Excel with semicolons",
			URL: state.Link("/compare.csv", "profile", "excel", "sep", "semicolon", "decimal", "comma")},
		{Label: "Comparison, CSV data (RFC 4180)", URL: state.Link("/compare.csv", "profile", "data")},
		{Label: "Comparison, months and sources, XLSX", URL: state.Link("/compare.xlsx")},
		{Label: "Months, CSV for Excel", URL: state.Link("/months.csv", "profile", "excel")},
		{Label: "Plan with its alternatives, JSON", URL: state.Link("/plan.json")},
		{Label: "Plan without proposals, JSON", URL: state.Link("/plan.json", "propose", "none")},
	}
}
