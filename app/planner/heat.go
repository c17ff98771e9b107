package planner

import (
	"slices"
	"strconv"
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/limit"
	"headroom/views"
	"headroom/views/table"
)

// heatOf is demand by month as a share of what each limit of the plan allows.
func heatOf(a *workspace.Answer) views.Heat {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok || !row.Limited() {
		return views.Heat{}
	}
	h := views.Heat{}
	for i, m := range row.Months {
		text := cells.ShortMonth(m.Month)
		month := views.HeatMonth{Letter: text[:1], Name: text}
		if i == 0 || strings.HasPrefix(text, "Jan") {
			month.Year = "’" + text[len(text)-2:]
		}
		h.Months = append(h.Months, month)
	}
	words := a.Limits
	for _, id := range workspace.LimitsOf(row) {
		if heatRow, ok := heatRow(a, row, words, id); ok {
			h.Rows = append(h.Rows, heatRow)
		}
	}
	h.Notes = heatNotes(a, row, words)
	return h
}

// heatRow is one limit; false for one that only refuses, which has no measure.
func heatRow(a *workspace.Answer, row pricing.ComparisonRow, words workspace.LimitWords, id string) (views.HeatRow,
	bool) {
	r := views.HeatRow{Name: words.Name(id)}
	exists := false
	for i, m := range row.Months {
		l, ok := limitIn(m, id)
		if !ok {
			r.Cells = append(r.Cells, views.HeatCell{Word: "no limit"})
			continue
		}
		exists = true
		if !l.Enforced {
			r.Note = "a warning"
		}
		r.Cells = append(r.Cells, heatCell(l, row.Wall == id && row.WallIndex() == i))
	}
	return r, exists
}

// heatCell is a limit in a month: a figure, a word for screen readers, and the step of colour.
func heatCell(l pricing.LimitMonth, wall bool) views.HeatCell {
	cell := views.HeatCell{Text: useText(l)}
	use := l.Use()
	switch {
	case wall:
		cell.Class, cell.Word = "hw1", "wall"
	case l.Exceeded:
		cell.Class, cell.Word = "hw", "over"
	case !use.Known():
		cell.Class, cell.Word = "h0", "never binds"
	default:
		cell.Class = heatStep(float64(use))
	}
	return cell
}

// useText is demand in whole percent of the limit; "–" where the limit has no measure.
func useText(l pricing.LimitMonth) string {
	use := l.Use()
	switch {
	case l.Headroom.Known() && l.Headroom <= 0:
		return ">999"
	case !use.Known():
		return "–"
	case use > 9.99:
		return ">999"
	}
	return table.Number(table.Count, float64(use)*100)
}

func heatStep(use float64) string {
	for i, above := range []float64{0.9, 0.8, 0.65, 0.5} {
		if use >= above {
			return "h" + strconv.Itoa(4-i)
		}
	}
	return "h0"
}

// heatNotes say what a figure does not: how a seller counts, and which limits nobody entered.
func heatNotes(a *workspace.Answer, row pricing.ComparisonRow, words workspace.LimitWords) string {
	var notes []string
	for _, id := range workspace.LimitsOf(row) {
		at, _ := limit.Parse(id)
		offer := a.Plan.Offers[at.Subject]
		if at.Kind != limit.QuotaTPM {
			continue
		}
		if weight := offer.OutputWeight.Float(); !offer.OutputWeight.IsZero() && weight != 1 {
			notes = append(notes, words.Owner(id)+" counts output tokens "+strconv.FormatFloat(weight, 'f', -1, 64)+
				" times against its quota.")
		}
		if offer.QuotaCountsMaxTokens {
			notes = append(notes, words.Owner(id)+" counts the longest possible output against its quota.")
		}
	}
	if neverBinds(row) {
		notes = append(notes, "A dash: this limit does not bind at any demand.")
	}
	if missing := withoutQuota(a, row); len(missing) > 0 {
		notes = append(notes, "No quota is entered for "+strings.Join(missing, ", ")+": it is unknown, not endless.")
	}
	return strings.Join(notes, " ")
}

// neverBinds reports whether the map has a cell without a percentage.
func neverBinds(row pricing.ComparisonRow) bool {
	return slices.ContainsFunc(row.Months, func(m pricing.MonthResult) bool {
		return slices.ContainsFunc(m.Limits, func(l pricing.LimitMonth) bool { return useText(l) == "–" })
	})
}

// withoutQuota names the on-demand offers of a row whose quota nobody entered.
func withoutQuota(a *workspace.Answer, row pricing.ComparisonRow) []string {
	var names []string
	for _, e := range a.EntriesOf(row) {
		if e.Supply.Kind != pricing.OnDemand {
			continue
		}
		if !hasQuota(row, e.Supply.Offer) && isInteractive(a, row, e.Supply.Offer) {
			names = workspace.AppendNew(names, a.Words(e))
		}
	}
	return names
}

// interactive reports whether an offer carries load in some month: batch requests use no quota.
func isInteractive(a *workspace.Answer, row pricing.ComparisonRow, offer string) bool {
	for _, m := range row.Months {
		if o, ok := m.Offers.Get(offer); ok && o.PeakRPM > 0 {
			return true
		}
	}
	return false
}

// hasQuota reports whether a quota of any kind limits an offer in some month.
func hasQuota(row pricing.ComparisonRow, offer string) bool {
	return slices.ContainsFunc(limit.Kinds(limit.QuotaKinds), func(kind limit.Kind) bool {
		return hasLimit(row, kind.Of(offer).String())
	})
}

func hasLimit(row pricing.ComparisonRow, id string) bool {
	for _, m := range row.Months {
		if _, ok := limitIn(m, id); ok {
			return true
		}
	}
	return false
}
