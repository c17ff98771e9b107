package planner

import (
	"math"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views/table"
	"headroom/views/ui"
)

// maxCeilings bounds how many ceilings one chart draws; the heat strip shows all.
const maxCeilings = 4

// usersFigure is who wants to be served, who is, and the ceilings between.
func usersFigure(a *workspace.Answer) ui.Figure {
	f := ui.Figure{ID: "users-figure", Title: "Users you want to serve and users you can",
		Chart: ui.Chart{Kind: ui.WallLines, Unit: "users"}}
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		f.Title = "No users by month: the price of this plan is unknown"
		return f
	}
	words := a.Limits
	ceilings := shownCeilings(a, row)
	wanted, served := ui.ChartSeries{Name: "Wanted", Role: "wanted"},
		ui.ChartSeries{Name: "Served", Role: "served", Strong: true}
	for _, m := range row.Months {
		f.Chart.Categories = append(f.Chart.Categories, cells.ShortMonth(m.Month))
		addCount(&wanted, m.UsersDemanded)
		addCount(&served, m.UsersServed)
	}
	f.Chart.Series = []ui.ChartSeries{wanted, served}
	for _, id := range ceilings {
		f.Chart.Series = append(f.Chart.Series, ceilingSeries(row, words.Name(id), id))
	}
	f.Chart.Wall = wallMark(a, row, words)
	f.Table = usersTable(a, row, words, ceilings)
	f.Summary = usersSummary(a, row, words)
	return f
}

// shownCeilings are the limits that demand exceeds in some month, as far as they hold all users: those that bind first.
func shownCeilings(a *workspace.Answer, row pricing.ComparisonRow) []string {
	var ids []string
	for _, m := range row.Months {
		for _, l := range m.Limits {
			ceiling, _ := m.Ceilings.Get(l.ID)
			whole := ceiling.Known() && math.Abs(float64(ceiling)-float64(l.Headroom)*m.UsersDemanded) <= 1e-6*(1+
				math.Abs(float64(ceiling)))
			if l.Exceeded && whole && l.Enforced {
				ids = workspace.AppendNew(ids, l.ID)
			}
		}
	}
	return ids[:min(len(ids), maxCeilings)]
}

func ceilingSeries(row pricing.ComparisonRow, name, id string) ui.ChartSeries {
	s := ui.ChartSeries{Name: name, Role: "ceiling"}
	for _, m := range row.Months {
		ceiling, ok := m.Ceilings.Get(id)
		if !ok || !ceiling.Known() {
			s.Values, s.Texts = append(s.Values, nil), append(s.Texts, "none")
			continue
		}
		addCount(&s, float64(ceiling))
	}
	return s
}

// wallMark is the marker at the month of the wall.
func wallMark(a *workspace.Answer, row pricing.ComparisonRow, limits workspace.LimitWords) *ui.ChartWall {
	i := row.WallIndex()
	if i < 0 {
		return nil
	}
	m := row.Months[i]
	mark := &ui.ChartWall{At: i, Users: m.UsersServed, Label: cells.ShortMonth(m.Month) + ": " + limits.Name(row.Wall)}
	if l, ok := limitIn(m, row.Wall); ok {
		mark.Note = table.Number(table.Count, m.UsersServed) + " users at " + limits.Capacity(row.Wall, l.Capacity)
	}
	if row.Totals.RevenueAtDemand > 0 {
		mark.Behind, mark.BehindNote = words.Money(a.Compare.Currency, row.LostRevenue()), "behind the wall"
	}
	return mark
}

// usersTable has the figures of the chart, and what turns them into money.
func usersTable(a *workspace.Answer, row pricing.ComparisonRow, words workspace.LimitWords,
	ceilings []string) table.Table {
	currency := a.Compare.Currency
	t := table.Table{ID: "users-by-month", Title: "Users by month", Provenance: PlanFacts(a), Columns: []table.Column{
		{Key: "month", Label: "Month", Kind: table.Month},
		{Key: "users_demanded", Label: "Wanted", Unit: "users", Kind: table.Count},
		{Key: "users_served", Label: "Served", Unit: "users", Kind: table.Count},
		{Key: "turned_away", Label: "Turned away", Unit: "users", Kind: table.Count},
	}}
	for _, id := range ceilings {
		t.Columns = append(t.Columns, table.Column{Key: "ceiling_" + id, Label: words.Name(id), Unit: "users",
			Kind: table.Count})
	}
	t.Columns = append(t.Columns, table.Column{Key: "binding", Label: "Binding limit"},
		table.Column{Key: "lost_revenue", Label: "Behind the wall", Unit: currency, Kind: table.Money})
	for _, m := range row.Months {
		cells := append(make([]table.Cell, 0, len(t.Columns)), table.Cell{Text: m.Month.String()},
			table.Cell{Value: m.UsersDemanded}, table.Cell{Value: m.UsersServed},
			table.Cell{Value: m.UsersDemanded - m.UsersServed})
		for _, id := range ceilings {
			ceiling, ok := m.Ceilings.Get(id)
			if !ok {
				ceiling = pricing.Undefined()
			}
			cells = append(cells, limitCell(ceiling))
		}
		t.Rows = append(t.Rows,
			table.Row{Key: m.Month.String(),
				Cells: append(cells, bindingCell(m, words), table.Cell{Value: m.LostIn()})})
	}
	return t
}

// limitCell is a ceiling; one that never binds is none, which is not the same as unknown.
func limitCell(ceiling pricing.Figure) table.Cell {
	if !ceiling.Known() {
		return table.Cell{State: table.None, Text: "none"}
	}
	return table.Cell{Value: float64(ceiling)}
}

func bindingCell(m pricing.MonthResult, words workspace.LimitWords) table.Cell {
	if m.Binding == nil {
		return table.Cell{State: table.None, Text: "none"}
	}
	return table.Cell{Text: words.Name(*m.Binding)}
}

// usersSummary says in words what the chart shows.
func usersSummary(a *workspace.Answer, row pricing.ComparisonRow, words workspace.LimitWords) string {
	last := row.Months[len(row.Months)-1]
	i := row.WallIndex()
	if i < 0 {
		return "Everybody who wants to be served is, until " + cells.MonthWords(last.Month) + " with " +
			table.Number(table.Count, last.UsersServed) + " users: no limit that you entered binds."
	}
	m := row.Months[i]
	text := "Demand passes " + words.The(row.Wall) + " in " + cells.MonthWords(m.Month)
	if i == 0 {
		text = "Demand is beyond " + words.The(row.Wall) + " from the first month, " + cells.MonthWords(m.Month)
	}
	if ceiling := row.Ceiling(); ceiling.Known() {
		text += ", which lets " + table.Number(table.Count, float64(ceiling)) + " users through"
	}
	text += "."
	if last.Binding != nil && *last.Binding != row.Wall {
		text += " At the end " + words.The(*last.Binding) + " binds."
	}
	if away := last.UsersDemanded - last.UsersServed; away >= 0.5 {
		return text + " In " + cells.MonthWords(last.Month) + ", " + table.Number(table.Count, away) +
			" users are turned away."
	}
	return text + " In " + cells.MonthWords(last.Month) + " everybody is served."
}

// marginFigure is the gross margin by month, against the lowest that the plan wants.
func marginFigure(a *workspace.Answer) ui.Figure {
	f := ui.Figure{ID: "margin-figure", Title: "Gross margin by month",
		Chart: ui.Chart{Kind: ui.Lines, Unit: "% of revenue"}}
	row, ok := a.Compare.Row(a.AsIs)
	if !ok || row.Totals.Revenue <= 0 {
		f.Title, f.Summary = "No margin by month", "No revenue is entered, so there is no margin."
		return f
	}
	f.Table = table.Table{ID: "margin-by-month", Title: "Gross margin by month", Provenance: PlanFacts(a),
		Columns: []table.Column{
			{Key: "month", Label: "Month", Kind: table.Month},
			{Key: "gross_margin", Label: "Gross margin", Unit: "%", Kind: table.Percent}}}
	margin := ui.ChartSeries{Name: "Gross margin", Strong: true}
	for _, m := range row.Months {
		f.Chart.Categories = append(f.Chart.Categories, cells.ShortMonth(m.Month))
		f.Table.Rows = append(f.Table.Rows,
			table.Row{Key: m.Month.String(),
				Cells: []table.Cell{{Text: m.Month.String()}, cells.FigureCell(m.GrossMargin, "no revenue")}})
		addPercent(&margin, m.GrossMargin)
	}
	f.Chart.Series = append(f.Chart.Series, margin)
	if floor := marginFloor(a, row); floor.Name != "" {
		f.Chart.Series = append(f.Chart.Series, floor)
	}
	first, last := row.Months[0].GrossMargin, row.Months[len(row.Months)-1].GrossMargin
	f.Summary = "The gross margin is " + percentOf(first) + " in " + cells.MonthWords(a.Compare.First) +
		" and " + percentOf(last) + " in " + cells.MonthWords(a.Compare.Last) + "."
	if note := marginNote(a, row); note != "" {
		f.Summary += " " + cells.Capitalised(note) + "."
	}
	return f
}

// marginFloor is the lowest margin as a line; without a name where the plan has none.
func marginFloor(a *workspace.Answer, row pricing.ComparisonRow) ui.ChartSeries {
	if a.Plan.Finance == nil || a.Plan.Finance.MinGrossMargin.IsZero() {
		return ui.ChartSeries{}
	}
	s := ui.ChartSeries{Name: "Lowest margin"}
	for range row.Months {
		addPercent(&s, pricing.Figure(a.Plan.Finance.MinGrossMargin.Float()))
	}
	return s
}

func percentOf(f pricing.Figure) string {
	if !f.Known() {
		return "unknown"
	}
	return table.Number(table.Percent, float64(f))
}

func addCount(s *ui.ChartSeries, v float64) {
	s.Values, s.Texts = append(s.Values, &v), append(s.Texts, table.Number(table.Count, v))
}

// addPercent adds a share, drawn in percent.
func addPercent(s *ui.ChartSeries, share pricing.Figure) {
	if !share.Known() {
		s.Values, s.Texts = append(s.Values, nil), append(s.Texts, "")
		return
	}
	v := float64(share) * 100
	s.Values, s.Texts = append(s.Values, &v), append(s.Texts, table.Number(table.Percent, float64(share)))
}
