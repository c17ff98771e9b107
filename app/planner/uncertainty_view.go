package planner

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// uncertaintyView is what the drawn ranges come to, as a page of its own or the panel of the plan's page shows it.
func uncertaintyView(a *workspace.Answer, drawn *pricing.AlternativeSimulation, panel bool) (views.Uncertainty, error) {
	doc, err := a.State.Document()
	if err != nil {
		return views.Uncertainty{}, err
	}
	fields := map[string]form.Spec{}
	for _, spec := range form.AllSpecs(doc) {
		fields[spec.Name()] = spec
	}
	fieldsAt := a.State.URL()
	if panel {
		fieldsAt = "" // they stand on the same page
	}
	return views.Uncertainty{Back: a.State.URL(), Panel: panel, Fan: fanFigure(a, drawn), Walls: wallsTable(a, drawn),
		Months: bindsTable(a, drawn),
		Bars:   tornadoOf(a, drawn, doc, fields, fieldsAt), Samples: sampleChoices(a, drawn),
		Files: rangeFiles(a, drawn), Facts: drawnFacts(a, drawn, fields)}, nil
}

// fanFigure is users served by month in 8 of 10 draws.
func fanFigure(a *workspace.Answer, drawn *pricing.AlternativeSimulation) ui.Figure {
	last := drawn.Months[len(drawn.Months)-1]
	f := ui.Figure{ID: "fan-figure", Chart: ui.Chart{Kind: ui.Fan, Unit: "users served"},
		Title: fanTitle(last),
		Table: table.Table{ID: "fan", Title: "Users served by month, over all draws", Provenance: PlanFacts(a),
			Columns: []table.Column{
				{Key: "month", Label: "Month", Kind: table.Month},
				{Key: "p10", Label: "P10", Unit: "1 in 10 is lower", Kind: table.Count},
				{Key: "p50", Label: "P50", Unit: "the middle", Kind: table.Count},
				{Key: "p90", Label: "P90", Unit: "1 in 10 is higher", Kind: table.Count},
				{Key: "cash_cost", Label: "Cash cost, P50", Unit: a.Compare.Currency, Kind: table.Money},
				{Key: "gross_margin", Label: "Gross margin, P50", Unit: "%", Kind: table.Percent}}}}
	high, middle, low := ui.ChartSeries{Name: "P90", Role: "high"},
		ui.ChartSeries{Name: "P50", Role: "middle", Strong: true}, ui.ChartSeries{Name: "P10", Role: "low"}
	for _, m := range drawn.Months {
		f.Chart.Categories = append(f.Chart.Categories, cells.ShortMonth(m.Month))
		addCount(&high, float64(m.UsersServed.P90))
		addCount(&middle, float64(m.UsersServed.P50))
		addCount(&low, float64(m.UsersServed.P10))
		f.Table.Rows = append(f.Table.Rows,
			table.Row{Key: m.Month.String(),
				Cells: []table.Cell{{Text: m.Month.String()}, {Value: float64(m.UsersServed.P10)},
					{Value: float64(m.UsersServed.P50)}, {Value: float64(m.UsersServed.P90)},
					{Value: float64(m.CashCost.P50)}, cells.FigureCell(m.GrossMargin.P50, "no revenue")}})
	}
	f.Chart.Series = []ui.ChartSeries{high, middle, low}
	f.Summary = fanSummary(a, drawn)
	return f
}

func countWords(f pricing.Figure) string { return table.Number(table.Count, float64(f)) }

// fanTitle is the answer of the last month. A limit that holds the draws makes their quantiles one figure.
func fanTitle(last pricing.SimulatedMonth) string {
	low, high, month := countWords(last.UsersServed.P10), countWords(last.UsersServed.P90), cells.MonthWords(last.Month)
	if low == high {
		return fmt.Sprintf("In 8 of 10 draws you serve %s users in %s, however the ranges fall", low, month)
	}
	return fmt.Sprintf("In 8 of 10 draws you serve %s to %s users in %s", low, high, month)
}

// fanSummary says in words what the fan shows.
func fanSummary(a *workspace.Answer, drawn *pricing.AlternativeSimulation) string {
	last := drawn.Months[len(drawn.Months)-1]
	served, text := last.UsersServed, ""
	if countWords(served.P10) != countWords(served.P90) {
		text = fmt.Sprintf(
			"Nine in ten draws serve at least %s users in %s, half at least %s, one in ten at least %s. ",
			countWords(served.P10), cells.MonthWords(last.Month), countWords(served.P50), countWords(served.P90))
	}
	if last.AnyBindsBy == 0 {
		return text + "No limit binds in any draw."
	}
	text += fmt.Sprintf("In %s of draws a limit binds by then", words.Chance(last.AnyBindsBy))
	for _, chance := range []struct {
		p     float64
		words string
	}{{0.1, "in one in ten"}, {0.5, "in half"}, {0.9, "in nine in ten"}} {
		if month, ok := drawn.AnyStands(chance.p); ok {
			text += ", " + chance.words + " by " + cells.MonthWords(month)
		}
	}
	return text + "."
}

// wallsTable says when each limit stands: with a chance of one in ten, of one in two, of nine in ten, and at the end.
func wallsTable(a *workspace.Answer, drawn *pricing.AlternativeSimulation) table.Table {
	last := drawn.Months[len(drawn.Months)-1]
	t := table.Table{ID: "walls", Title: "How likely each limit is to stand", Provenance: PlanFacts(a),
		Empty: "This plan has no limit that could bind", Columns: []table.Column{
			{Key: "limit", Label: "Limit"}, {Key: "by_end", Label: "Stands by " + cells.ShortMonth(last.Month),
				Kind: table.Percent},
			{Key: "in_1_of_10", Label: "In 1 of 10 by", Kind: table.Month},
			{Key: "in_1_of_2", Label: "In half by", Kind: table.Month},
			{Key: "in_9_of_10", Label: "In 9 of 10 by", Kind: table.Month}}}
	for _, bound := range last.BindsBy {
		row := table.Row{Key: bound.ID, Cells: []table.Cell{{Text: a.Limits.Name(bound.ID)},
			{Value: float64(bound.Value), Text: words.Chance(float64(bound.Value))}}}
		for _, p := range []float64{0.1, 0.5, 0.9} {
			cell := table.Cell{State: table.None, Text: "not by then"}
			if month, ok := drawn.Stands(bound.ID, p); ok {
				cell = table.Cell{Text: month.String()}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	slices.SortStableFunc(t.Rows,
		func(x, y table.Row) int { return int(1e9*y.Cells[1].Value) - int(1e9*x.Cells[1].Value) })
	if p := last.CashBelowMin; p != nil {
		t.Notes = append(t.Notes, "In "+words.Chance(*p)+" of the draws "+cells.MonthWords(last.Month)+
			" ends below the lowest cash.")
	}
	return t
}

// bindsTable is the probability that each limit has stood by each month; files have all quantiles beside it.
func bindsTable(a *workspace.Answer, drawn *pricing.AlternativeSimulation) table.Table {
	t := table.Table{ID: "binds-by", Title: "Probability that a limit has bound, by month", Provenance: PlanFacts(a),
		Columns: []table.Column{
			{Key: "month", Label: "Month", Kind: table.Month},
			{Key: "any_binds_by", Label: "Any", Kind: table.Percent}}}
	last := drawn.Months[len(drawn.Months)-1]
	for _, bound := range last.BindsBy {
		t.Columns = append(t.Columns, table.Column{Key: "binds_by_" + bound.ID, Label: a.Limits.Name(bound.ID),
			Kind: table.Percent})
	}
	if last.CashBelowMin != nil {
		t.Columns = append(t.Columns, table.Column{Key: "cash_below_min", Label: "Below lowest cash",
			Unit: "in the month", Kind: table.Percent})
	}
	for _, f := range drawnFigures(a, last) {
		for _, p := range []string{"p10", "p50", "p90"} {
			t.Columns = append(t.Columns, table.Column{Key: f.key + "_" + p, Label: f.label + ", " + strings.ToUpper(p),
				Unit: f.unit, Kind: f.kind, ExportOnly: true})
		}
	}
	for _, m := range drawn.Months {
		row := table.Row{Key: m.Month.String(), Cells: []table.Cell{{Text: m.Month.String()}, {Value: m.AnyBindsBy}}}
		for _, bound := range m.BindsBy {
			row.Cells = append(row.Cells, table.Cell{Value: float64(bound.Value)})
		}
		if m.CashBelowMin != nil {
			row.Cells = append(row.Cells, table.Cell{Value: *m.CashBelowMin})
		}
		for _, f := range drawnFigures(a, m) {
			for _, q := range []pricing.Figure{f.quantiles.P10, f.quantiles.P50, f.quantiles.P90} {
				row.Cells = append(row.Cells, cells.FigureCell(q, "no revenue"))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// drawnFigure is a figure of a month with its quantiles, as files name it.
type drawnFigure struct {
	key, label, unit string
	kind             table.Kind
	quantiles        pricing.Quantiles
}

func drawnFigures(a *workspace.Answer, m pricing.SimulatedMonth) []drawnFigure {
	currency := a.Compare.Currency
	return []drawnFigure{
		{"users_served", "Users served", "users", table.Count, m.UsersServed},
		{"cash_cost", "Cash cost", currency, table.Money, m.CashCost},
		{"revenue", "Revenue", currency, table.Money, m.Revenue},
		{"gross_margin", "Gross margin", "%", table.Percent, m.GrossMargin},
		{"cash", "Cash", currency, table.Money, m.Cash},
	}
}

// tornadoOf is what each range does to the users served, each bar with a link to its field.
func tornadoOf(a *workspace.Answer, drawn *pricing.AlternativeSimulation, doc form.Document,
	fields map[string]form.Spec, fieldsAt string) views.Tornado {
	least, greatest := drawn.Span()
	place := func(v float64) float64 {
		if greatest <= least {
			return views.TornadoWidth / 2
		}
		return (v - least) / (greatest - least) * (views.TornadoWidth - 2)
	}
	text := func(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
	t := views.Tornado{Note: "users served, summed over " + words.Plural(len(drawn.Months), "month", "months") +
		"; all other ranges at their middle"}
	for _, bar := range drawn.Tornado {
		from, to := place(min(bar.Low, bar.High)), place(max(bar.Low, bar.High))
		b := views.TornadoBar{Label: rangeLabel(a, fields, bar.Path), Low: table.Number(table.Count, bar.Low),
			High: table.Number(table.Count, bar.High),
			Cash: "cash cost " + words.Money(a.Compare.Currency, bar.CashLow) + " to " +
				words.Money(a.Compare.Currency, bar.CashHigh),
			At: text(from), Wide: text(max(2, to-from)), Middle: text(place(drawn.Middle.UserMonths))}
		ends := a.Plan.Uncertainty.Inputs[bar.Path]
		b.From, b.To = table.Number(table.Unit, ends.P10.Float()), table.Number(table.Unit, ends.P90.Float())
		if spec, ok := fields[bar.Path]; ok {
			b.URL = fieldsAt + "#" + FieldID(bar.Path)
			b.From, b.To = spec.Ends(doc)
			b.To = cells.JoinWords(" ", b.To, spec.Unit)
		}
		t.Bars = append(t.Bars, b)
	}
	return t
}

// rangeLabel is the label of a figure's field, with the workload, group or offer that it is of; the path where the form
// does not show it.
func rangeLabel(a *workspace.Answer, fields map[string]form.Spec, path string) string {
	spec, ok := fields[path]
	if !ok {
		return path
	}
	switch spec.Keys[0] {
	case "workloads":
		return cells.Title(spec.Keys[1]) + ", " + strings.ToLower(spec.Label)
	case "segments":
		if len(a.Plan.Segments) > 1 {
			return cells.Title(spec.Keys[1]) + ", " + strings.ToLower(spec.Label)
		}
	case "offers":
		if e := a.EntryOf(spec.Keys[1]); e.Provider != "" {
			return a.Words(e) + ", " + strings.ToLower(spec.Label)
		}
		return spec.Keys[1] + ", " + strings.ToLower(spec.Label)
	}
	return spec.Label
}

func sampleChoices(a *workspace.Answer, drawn *pricing.AlternativeSimulation) []ui.Link {
	counts := slices.Clone(samplesToChoose)
	if !slices.Contains(counts, drawn.Samples) {
		counts = append(counts, drawn.Samples)
		slices.Sort(counts)
	}
	var links []ui.Link
	for _, n := range counts {
		links = append(links, ui.Link{Label: table.Number(table.Count, float64(n)), Current: n == drawn.Samples,
			URL: a.State.Link("/uncertainty", "samples", strconv.Itoa(n))})
	}
	return links
}

func rangeFiles(a *workspace.Answer, drawn *pricing.AlternativeSimulation) []ui.Link {
	samples := strconv.Itoa(drawn.Samples)
	return []ui.Link{
		{Label: "CSV for Excel", URL: a.State.Link("/uncertainty.csv", "samples", samples, "profile", "excel")},
		{Label: "CSV data", URL: a.State.Link("/uncertainty.csv", "samples", samples, "profile", "data")}}
}

// drawnFacts say how the draws were made, and what to know about them.
func drawnFacts(a *workspace.Answer, drawn *pricing.AlternativeSimulation, fields map[string]form.Spec) []string {
	list := []string{fmt.Sprintf("%s samples of %s, seed %d: the same plan gives the same figures on any machine. A "+
		"probability is right to about %s.",
		table.Number(table.Count, float64(drawn.Samples)),
		words.Plural(len(a.Plan.Uncertainty.Inputs), "range", "ranges"), drawn.Seed,
		table.Number(table.Percent, drawn.StandardError()))}
	for _, r := range a.Plan.Uncertainty.Correlations {
		list = append(list, fmt.Sprintf("%s and %s are drawn with a correlation of %s.", rangeLabel(a, fields, r.A),
			rangeLabel(a, fields, r.B), r.Rho))
	}
	for _, w := range drawn.Warnings {
		list = append(list, rangeLabel(a, fields, withoutRange(w.Path))+": "+w.Message+".")
	}
	return list
}
