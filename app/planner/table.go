package planner

import (
	"cmp"
	"slices"
	"strings"

	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views/table"
)

// compareTable is the comparison as the address asks for it: these columns, this order, these sellers. The page, the
// CSV and the XLSX are all rendered from it.
func compareTable(a *workspace.Answer) table.Table {
	t := table.Table{ID: "comparison", Title: "Comparison", Provenance: PlanFacts(a)}
	columns := chosenColumns(a)
	hidden := 0
	for _, row := range a.Compare.Rows {
		if !row.Baseline && !workspace.OnSellers(a, row) {
			hidden++
			continue
		}
		t.Rows = append(t.Rows, compareRow(a, row, columns))
	}
	for _, unknown := range a.Compare.Unknown {
		t.Rows = append(t.Rows, unknownRow(unknown, columns))
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	sortTable(a, &t)
	addNotes(a, &t, hidden)
	if a.State.View.Diff {
		onlyDifferences(&t)
	}
	if len(t.Rows) == 0 {
		t.Empty, t.EmptyAction = "No alternative is on these sellers.", "Show all sellers"
		t.EmptyURL = a.State.With(func(v *workspace.PlanView) { v.Sellers = nil })
	}
	return t
}

// chosenColumns are the columns that the address names, or the usual ones; the name always, provenance always.
func chosenColumns(a *workspace.Answer) []compareColumn {
	chosen := a.State.View.Columns
	return slices.DeleteFunc(compareColumns(a), func(c compareColumn) bool {
		if c.ExportOnly || c.Key == "alternative" {
			return false
		}
		if a.State.View.Period == workspace.PeriodReq && c.Key == "per_1k" {
			return true // it is the cost column
		}
		if len(chosen) == 0 {
			return !c.Usual
		}
		return !slices.Contains(chosen, c.Key)
	})
}

func compareRow(a *workspace.Answer, row pricing.ComparisonRow, columns []compareColumn) table.Row {
	r := table.Row{Key: row.ID, Baseline: row.Baseline}
	entries := a.EntriesOf(row)
	for _, c := range columns {
		cell := c.cell(a, row, entries)
		if c.figure != "" && cell.State == table.Known {
			cell.How = howURL(a, row.ID, c.figure, "")
		}
		r.Cells = append(r.Cells, cell)
	}
	if !row.Baseline {
		r.Actions = append(r.Actions,
			table.Action{Label: "Baseline", URL: a.State.With(func(v *workspace.PlanView) { v.Baseline = row.ID })})
	}
	if row.ID != a.AsIs {
		r.Actions = append(r.Actions,
			table.Action{Label: "Use this", URL: a.State.Link("/adopt", "alternative", row.ID)})
	}
	return r
}

// howURL is the page that tells how a figure was computed.
func howURL(a *workspace.Answer, alternative, figure, month string) string {
	more := []string{"alternative", alternative, "figure", figure}
	if month != "" {
		more = append(more, "month", month)
	}
	return a.State.Link("/how", more...)
}

// unknownRow stands for an alternative whose price is unknown: named, with the reason, and without a figure.
func unknownRow(u pricing.UnknownAlternative, columns []compareColumn) table.Row {
	r := table.Row{Key: u.ID}
	for _, c := range columns {
		cell := table.Cell{State: table.Unknown}
		switch c.Key {
		case "alternative":
			cell = table.Cell{Text: u.Name, Note: reasonOf(u)}
		}
		if c.ExportOnly {
			cell = table.Cell{}
		}
		r.Cells = append(r.Cells, cell)
	}
	return r
}

// reasonOf says why an alternative has no price.
func reasonOf(u pricing.UnknownAlternative) string {
	if len(u.Reasons) == 0 {
		return "No price is known."
	}
	return form.Sentence(u.Reasons[0].Message)
}

// sortTable orders the rows by the column of the address and links every head to its order. What is unknown or does not
// apply comes last in both directions; ties keep the plan's order.
func sortTable(a *workspace.Answer, t *table.Table) {
	view := a.State.View
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.ExportOnly {
			continue
		}
		down := false
		if c.Key == view.Sort {
			c.Sort, down = "ascending", !view.Down
			if view.Down {
				c.Sort = "descending"
			}
			sortRows(t.Rows, i, c.Kind, view.Down)
		}
		c.Sortable = true
		c.SortURL = a.State.With(func(v *workspace.PlanView) { v.Sort, v.Down = c.Key, down })
	}
}

func sortRows(rows []table.Row, column int, kind table.Kind, down bool) {
	slices.SortStableFunc(rows, func(x, y table.Row) int {
		a, b := x.Cells[column], y.Cells[column]
		if known := compareKnown(a, b); known != 0 {
			return known
		}
		order := cmp.Compare(a.Value, b.Value)
		if kind == table.Text || kind == table.Date || kind == table.Month {
			order = strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text))
		}
		if down {
			return -order
		}
		return order
	})
}

// compareKnown puts cells without a value last; the baseline counts as a difference of 0.
func compareKnown(a, b table.Cell) int {
	rank := func(c table.Cell) int {
		if c.State == table.Known || c.State == table.None && c.Text == "baseline" {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}

// notes say below the table what a reader would otherwise have to guess.
func addNotes(a *workspace.Answer, t *table.Table, hidden int) {
	var shared []string
	if row, ok := a.Compare.Row(a.Compare.Baseline); ok && len(a.Shared) > 0 {
		for _, e := range a.EntriesOf(row) {
			if slices.Contains(a.Shared, e.Supply.Offer) {
				shared = workspace.AppendNew(shared, a.Words(e))
			}
		}
	}
	if len(shared) > 0 {
		t.Notes = append(t.Notes, "In every row: "+strings.Join(shared, "; ")+".")
	}
	if n := len(a.Compare.Unknown); n > 0 {
		t.Notes = append(t.Notes, "No price is known for "+words.Plural(n, "alternative", "alternatives")+
			": no cost is shown for "+words.Noun(n, "it", "them")+", which does not mean that it is free.")
	}
	for _, left := range notCompared(a) {
		t.Notes = append(t.Notes, "Not compared, "+left)
	}
	if hidden > 0 {
		t.Notes = append(t.Notes, words.Plural(hidden, "alternative", "alternatives")+" on other sellers "+
			words.Noun(hidden, "is", "are")+" hidden by the seller filter.")
	}
	if a.Limited() {
		t.Notes = append(t.Notes, "An alternative that turns users away costs less for it: cost per 1,000 requests "+
			"compares like with like.")
	}
	if missing := missingAnswers(a); missing != "" {
		t.Notes = append(t.Notes, missing)
	}
	t.Notes = append(t.Notes, "Models differ in quality: the cost of another model says nothing about whether it "+
		"does the work.")
}

// onlyDifferences hides the columns that are the same in every row, and the rows that cost what the baseline costs.
func onlyDifferences(t *table.Table) {
	rows := slices.DeleteFunc(slices.Clone(t.Rows),
		func(r table.Row) bool { return !r.Baseline && sameAsBaseline(t, r) })
	if n := len(t.Rows) - len(rows); n > 0 {
		t.Notes = append(t.Notes, "Only differences: "+
			words.Plural(n, "alternative that costs", "alternatives that cost")+
			" the same as the baseline "+words.Noun(n, "is", "are")+" hidden.")
	}
	t.Rows = rows
	var keep []int
	for i, c := range t.Columns {
		if i == 0 || c.ExportOnly || len(rows) < 2 || columnDiffers(t, i) {
			keep = append(keep, i)
		}
	}
	pick(t, keep)
}

// sameAsBaseline reports whether the difference of a row is shown as nothing.
func sameAsBaseline(t *table.Table, r table.Row) bool {
	for i, c := range t.Columns {
		if c.Key == "difference" {
			cell := r.Cells[i]
			return cell.State == table.Known && strings.Trim(table.Plain(c.Kind, cell), "-0.") == ""
		}
	}
	return false
}

func columnDiffers(t *table.Table, column int) bool {
	first := table.Display(t.Columns[column].Kind, t.Rows[0].Cells[column])
	for _, row := range t.Rows[1:] {
		if table.Display(t.Columns[column].Kind, row.Cells[column]) != first {
			return true
		}
	}
	return false
}

// pick keeps the columns at the given places.
func pick(t *table.Table, keep []int) {
	var columns []table.Column
	for _, i := range keep {
		columns = append(columns, t.Columns[i])
	}
	t.Columns = columns
	for y := range t.Rows {
		var cells []table.Cell
		for _, i := range keep {
			cells = append(cells, t.Rows[y].Cells[i])
		}
		t.Rows[y].Cells = cells
	}
}
