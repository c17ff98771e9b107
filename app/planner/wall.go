package planner

import (
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/limit"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// wallOf is what stops the plan as it is; nil when nothing does.
func wallOf(a *workspace.Answer) *views.WallWords {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok || row.Wall == "" {
		return nil
	}
	at := row.Months[row.WallIndex()]
	w := &views.WallWords{
		When: cells.MonthWords(at.Month) + ":", Headline: cells.Capitalised(a.Limits.Stops(row.Wall)),
		End:    cells.MonthWords(a.Compare.Last),
		Wanted: table.Number(table.Count, row.FinalDemand()), Served: table.Number(table.Count, row.FinalUsers),
		Carried: row.FinalUsers >= row.FinalDemand()*(1-1e-9), Evidence: a.State.Link("/evidence"),
	}
	if row.Totals.RevenueAtDemand > 0 {
		currency := a.Compare.Currency
		w.Behind, w.Revenue = words.Money(currency, row.LostRevenue()),
			words.Money(currency, row.Totals.RevenueAtDemand)
		w.Share = wholePercent(row.LostShare())
		w.BehindHow = howURL(a, row.ID, "revenue_behind_wall", "")
	}
	return w
}

// wholePercent is a share without decimals, or with one where it is small: "26 %", "0.4 %".
func wholePercent(share pricing.Figure) string {
	if !share.Known() {
		return ""
	}
	if share < 0.1 {
		return words.Percent(float64(share))
	}
	return words.WholePercent(float64(share))
}

// noWall says in the lead why no wall is named: none binds, or none is known.
func noWall(a *workspace.Answer) string {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok || row.Requests == 0 {
		return ""
	}
	if row.Limited() {
		return " No limit that you entered binds until " + cells.MonthWords(a.Compare.Last) + "."
	}
	return " No limits are entered, so this answer knows of no wall."
}

// growthTile is the growth that all limits together can carry.
func growthTile(a *workspace.Answer, row pricing.ComparisonRow) ui.Tile {
	t := ui.Tile{ID: "tile-growth", Label: "Growth it can carry", Unit: "a month"}
	growth, _ := row.Growth()
	switch {
	case growth.Status == "undefined":
		t.Unit, t.Cell = "", table.Cell{State: table.Unknown, Reason: "a group of users starts at 0"}
	case growth.Status == "none":
		t.Unit, t.Cell = "", table.Cell{Text: "none", Note: "no growth rate keeps every limit",
			How: howURL(a, row.ID, "max_growth", "")}
	case !growth.Max.Known():
		t.Cell = table.Cell{Text: "over 200\u00a0%", Note: "no limit stands before that",
			How: howURL(a, row.ID, "max_growth", "")}
	default:
		t.Cell = table.Cell{Text: table.Number(table.Percent, float64(growth.Max)), Note: growthNote(a, row),
			How: howURL(a, row.ID, "max_growth", "")}
	}
	return t
}

// growthNote sets the figure beside the growth that is planned, where there is one, and names the limit that sets it.
func growthNote(a *workspace.Answer, row pricing.ComparisonRow) string {
	var parts []string
	if planned, ok := plannedGrowth(a); ok {
		parts = append(parts, "you plan "+planned)
	}
	if tightest, ok := row.Tightest(); ok {
		parts = append(parts, a.Limits.Name(tightest.ID)+" sets it")
	}
	return strings.Join(parts, "; ")
}

// plannedGrowth is the steady growth of the one group of users: "6 %".
func plannedGrowth(a *workspace.Answer) (string, bool) {
	if len(a.Plan.Segments) != 1 {
		return "", false
	}
	for _, segment := range a.Plan.Segments {
		if segment.Users.Curve == "exponential" {
			return strings.Replace(table.Number(table.Percent, segment.Users.MonthlyGrowth.Float()), ".0", "", 1), true
		}
	}
	return "", false
}

// marginNote says how the margin stands to its floor, if the plan has one.
func marginNote(a *workspace.Answer, row pricing.ComparisonRow) string {
	if a.Plan.Finance == nil || a.Plan.Finance.MinGrossMargin.IsZero() {
		return ""
	}
	text := "floor " + strings.Replace(table.Number(table.Percent, a.Plan.Finance.MinGrossMargin.Float()), ".0", "", 1)
	for _, m := range row.Months {
		if l, ok := limitIn(m, limit.Margin.Of(limit.Plan).String()); ok && l.Exceeded {
			return text + ": broken from " + cells.ShortMonth(m.Month)
		}
	}
	return text + ": never binds"
}

// worthOf says what one more unit of the binding capacity is worth: in the month of the wall, and in the last one.
func worthOf(a *workspace.Answer) []string {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok || row.WallIndex() < 0 {
		return nil
	}
	first, last := row.Months[row.WallIndex()], row.Months[len(row.Months)-1]
	var list []string
	if text := worthIn(a, first); text != "" {
		list = append(list, text)
	}
	if last.Binding != nil && last.Month != first.Month {
		if text := worthIn(a, last); text != "" {
			list = append(list, text)
		}
	}
	return list
}

func worthIn(a *workspace.Answer, m pricing.MonthResult) string {
	if m.Shadow == nil || m.Binding == nil {
		return ""
	}
	w := a.Limits
	units, one := w.ShadowUnit(*m.Binding)
	users, revenue := m.Shadow.Of(units)
	what := "one more " + one
	if strings.HasPrefix(one, "1") || strings.HasPrefix(one, words.Prefix(a.Compare.Currency)) {
		what = one + " more"
	}
	text := "In " + cells.MonthWords(m.Month) + ", " + what + " of " + w.The(*m.Binding) + " "
	if users <= 0 {
		return text + "would serve no one yet; " +
			w.Missing(*m.Binding, m.Shadow.UnitsToNext) + " more is needed first."
	}
	text += "would serve " + usersWords(users)
	if revenue > 0 {
		text += " and bring " + words.Money(a.Compare.Currency, revenue) + " of revenue a month"
	}
	reach, next, known := m.Reach()
	return text + ", up to " + w.Missing(*m.Binding, reach) + " more: then " + w.TakesOver(next, known) + "."
}

func usersWords(users float64) string {
	if users < 10 {
		return table.Number(table.Unit, users) + " users more"
	}
	return table.Number(table.Count, users) + " users more"
}
