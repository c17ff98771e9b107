package planner

import (
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/money"
	"headroom/pricing/words"
	"headroom/views/table"
	"headroom/views/ui"
)

// monthsTable is the plan as it is, month by month.
func monthsTable(a *workspace.Answer) table.Table {
	currency := a.Compare.Currency
	t := table.Table{ID: "months", Title: "The plan by month", Provenance: PlanFacts(a), Columns: []table.Column{
		{Key: "month", Label: "Month", Kind: table.Month},
		{Key: "users_demanded", Label: "Users", Kind: table.Count},
		{Key: "users_served", Label: "Served", Kind: table.Count, ExportOnly: !a.Limited()},
		{Key: "requests", Label: "Requests", Kind: table.Count},
		{Key: "accrual_cost", Label: "Cost", Unit: currency, Kind: table.Money},
		{Key: "cost_per_1k_requests", Label: "Per 1,000 requests", Unit: currency, Kind: table.Unit},
		{Key: "revenue", Label: "Revenue", Unit: currency, Kind: table.Money},
		{Key: "gross_margin", Label: "Gross margin", Unit: "%", Kind: table.Percent},
		{Key: "binding", Label: "Binding limit", ExportOnly: !a.Limited()},
		{Key: "lost_revenue", Label: "Behind the wall", Unit: currency, Kind: table.Money, ExportOnly: !a.Limited()},
		{Key: "price_snapshot", Label: "Price snapshot", ExportOnly: true},
		{Key: "plan_version", Label: "Plan version", ExportOnly: true},
	}}
	own, ok := a.Own()
	if !ok {
		t.Empty = "The price of this plan is unknown, so there is no cost by month."
		return t
	}
	words := a.Limits
	for _, m := range own.Months {
		t.Rows = append(t.Rows, table.Row{Key: m.Month.String(), Cells: []table.Cell{
			{Text: m.Month.String()},
			{Value: m.UsersDemanded},
			{Value: m.UsersServed},
			{Value: m.Requests},
			{Value: m.AccrualCost, How: howURL(a, a.AsIs, "cost", m.Month.String())},
			cells.FigureCell(m.CostPer1kRequests, "no requests"),
			{Value: m.Revenue},
			cells.FigureCell(m.GrossMargin, "no revenue entered"),
			bindingCell(m, words),
			{Value: m.LostIn()},
			{Text: a.Result.CatalogSnapshot},
			{Text: a.Version()},
		}})
	}
	addTeams(a, &t)
	return t
}

// addTeams gives the months what each team's workloads cost, when there are several teams. It is at list price: a
// discount belongs to a commitment and not to a team.
func addTeams(a *workspace.Answer, t *table.Table) {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		return
	}
	teams := row.CostByTeam()
	if len(teams) < 2 {
		return
	}
	for m := range t.Rows {
		t.Rows[m].Cells = slices.Grow(t.Rows[m].Cells, len(teams))
	}
	for _, team := range teams {
		t.Columns = append(t.Columns, table.Column{Key: "team_" + team.ID, Label: "Team " + team.ID,
			Unit: "list " + a.Compare.Currency, Kind: table.Money})
		for m := range t.Rows {
			t.Rows[m].Cells = append(t.Rows[m].Cells, table.Cell{Value: team.Values[m]})
		}
	}
}

// costFigure is the plan's cost by month, one band for each offer, or for each workload when there is one offer.
func costFigure(a *workspace.Answer) ui.Figure {
	f := ui.Figure{ID: "cost-figure", Chart: ui.Chart{Kind: ui.StackedColumns,
		Unit: a.Compare.Currency + " a month", Prefix: words.Prefix(a.Compare.Currency)}}
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		f.Title = "No cost by month: the price of this plan is unknown"
		return f
	}
	bands := bandsOf(a, row)
	f.Title = "Cost goes from " + words.Money(a.Compare.Currency, row.FirstMonth) + " to " +
		words.Money(a.Compare.Currency, row.LastMonth) + " a month"
	f.Table = table.Table{ID: "cost-by-month", Title: "Cost by month", Provenance: PlanFacts(a),
		Columns: []table.Column{{Key: "month", Label: "Month", Kind: table.Month}}}
	for _, band := range bands {
		f.Chart.Series = append(f.Chart.Series, chartSeries(band.Name, band.Values))
		f.Table.Columns = append(f.Table.Columns, table.Column{Key: band.ID, Label: band.Name, Unit: a.Compare.Currency,
			Kind: table.Money})
	}
	f.Table.Columns = append(f.Table.Columns, table.Column{Key: "accrual_cost", Label: "Cost", Unit: a.Compare.Currency,
		Kind: table.Money})
	for m, month := range row.Months {
		line := []table.Cell{{Text: month.Month.String()}}
		for _, band := range bands {
			line = append(line, table.Cell{Value: band.Values[m]})
		}
		line = append(line, table.Cell{Value: month.AccrualCost}) // it opens in the table by month
		f.Table.Rows = append(f.Table.Rows, table.Row{Key: month.Month.String(), Cells: line})
		f.Chart.Categories = append(f.Chart.Categories, cells.ShortMonth(month.Month))
		f.Chart.Totals = append(f.Chart.Totals, table.Number(table.Money, month.AccrualCost))
	}
	f.Summary = costSummary(a, row, bands)
	return f
}

// band is one part of the cost of every month, with its name in words.
type band struct {
	ID, Name string
	Values   []float64
}

func bandsOf(a *workspace.Answer, row pricing.ComparisonRow) []band {
	var bands []band
	series, names := row.CostByWorkload(), map[string]string{}
	if len(row.Supplies) > 1 {
		series = row.CostByOffer()
		for _, e := range a.EntriesOf(row) {
			names[e.Supply.Offer] = bandName(a, row, e)
		}
	}
	for _, s := range series {
		name, ok := names[s.ID]
		if !ok {
			name = cells.Title(s.ID)
		}
		bands = append(bands, band{s.ID, name, s.Values})
	}
	return bands
}

// bandName is the model of an offer where one offer of the row sells it, else the offer in full.
func bandName(a *workspace.Answer, row pricing.ComparisonRow, e workspace.Entry) string {
	n := 0
	for _, s := range row.Supplies {
		if s.Model == e.Model {
			n++
		}
	}
	if n == 1 && e.Model != "" {
		return a.ModelWords(e)
	}
	return a.Words(e)
}

func chartSeries(name string, values []float64) ui.ChartSeries {
	s := ui.ChartSeries{Name: name}
	for i := range values {
		s.Values = append(s.Values, &values[i])
		s.Texts = append(s.Texts, table.Number(table.Money, values[i]))
	}
	return s
}

// costSummary says in words what the chart shows: the ends, and what the largest part of the last month is.
func costSummary(a *workspace.Answer, row pricing.ComparisonRow, bands []band) string {
	currency, last := a.Compare.Currency, len(row.Months)-1
	text := "This plan costs " + words.Money(currency, row.FirstMonth) + " in " + cells.MonthWords(a.Compare.First) +
		" and " + words.Money(currency, row.LastMonth) + " in " + cells.MonthWords(a.Compare.Last) +
		", " + words.Money(currency, row.Cost) + " in all."
	if len(bands) < 2 {
		return text
	}
	largest := bands[0]
	for _, b := range bands[1:] {
		if b.Values[last] > largest.Values[last] {
			largest = b
		}
	}
	return text + " The largest part of the last month is " + largest.Name + " with " +
		words.Money(currency, largest.Values[last]) + "."
}

// compareFigure is the cost of every alternative as bars, in the order of the table.
func compareFigure(a *workspace.Answer, t table.Table) ui.Figure {
	cost := periodCostColumn(a)
	f := ui.Figure{ID: "compare-figure", Chart: ui.Chart{Kind: ui.Bars, Unit: strings.ToLower(cost.Label),
		Prefix: words.Prefix(a.Compare.Currency)}}
	f.Table = table.Table{ID: "compare-bars", Title: "Cost of the alternatives",
		Columns: []table.Column{{Key: "alternative", Label: "Alternative"}, cost.Column}}
	var best *pricing.ComparisonRow
	ties := 0 // others at the price of the best
	series := ui.ChartSeries{Name: cost.Label}
	for _, shown := range t.Rows {
		row, ok := a.Compare.Row(shown.Key)
		cells := shown.Cells[:1:1]
		if !ok {
			f.Table.Rows = append(f.Table.Rows,
				table.Row{Key: shown.Key, Cells: append(cells, table.Cell{State: table.Unknown})})
			continue
		}
		cell := cost.cell(a, row, nil)
		f.Table.Rows = append(f.Table.Rows, table.Row{Key: row.ID, Baseline: row.Baseline, Cells: append(cells, cell)})
		f.Chart.Categories = append(f.Chart.Categories, cells[0].Text)
		value := cell.Value
		series.Values, series.Texts = append(series.Values, &value), append(series.Texts, barText(a, cost, cell))
		if row.Baseline {
			f.Chart.Baseline = cells[0].Text
		}
		switch {
		case best == nil || money.Less(row.Cost, best.Cost):
			best, f.Chart.Best, ties = &row, cells[0].Text, 0
		case money.Tie(row.Cost, best.Cost):
			ties++
		}
	}
	f.Chart.Series = []ui.ChartSeries{series}
	f.Title, f.Summary = compareWords(a, best, ties, f.Chart.Best, f.Chart.Baseline)
	return f
}

// barText is a bar's value: short for amounts, in full for unit costs.
func barText(a *workspace.Answer, cost compareColumn, cell table.Cell) string {
	if cost.Kind == table.Money {
		return strings.TrimPrefix(words.Money(a.Compare.Currency, cell.Value), words.Prefix(a.Compare.Currency))
	}
	return table.Display(cost.Kind, cell)
}

// compareWords are the title and the summary of the comparison chart; ties are others that cost the same as the best.
func compareWords(a *workspace.Answer, best *pricing.ComparisonRow, ties int, bestName, baseName string) (title,
	summary string) {
	if best == nil {
		return "No alternative has a known price",
			"None of the alternatives can be priced, so there is nothing to draw."
	}
	currency := a.Compare.Currency
	title = bestName + " costs least of what is listed"
	if ties > 0 {
		title = bestName + " and " + words.Plural(ties, "other", "others") +
			" cost least of what is listed, the same price"
	}
	summary = bestName + " costs " + words.Money(currency, best.Cost) + " over " +
		words.Plural(a.Plan.Months, "month", "months")
	if base, ok := a.Compare.Row(a.Compare.Baseline); ok && base.ID != best.ID && best.Relative.Known() {
		summary += ", " + cells.PercentWords(float64(best.Relative)) + " than " + baseName + " with " +
			words.Money(currency, base.Cost)
	}
	return title, summary + "."
}
