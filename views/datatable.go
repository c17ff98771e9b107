package views

import (
	"strings"

	"headroom/pricing/words"
	"headroom/views/table"
)

// shown are the columns of the page, with their places in Row.Cells.
func shown(t table.Table) []shownColumn {
	var columns []shownColumn
	for i, c := range t.Columns {
		if !c.ExportOnly {
			columns = append(columns, shownColumn{Column: c, At: i, First: len(columns) == 0})
		}
	}
	return columns
}

// shownColumn is a column with its index in the rows; the first one heads its row.
type shownColumn struct {
	table.Column
	At    int
	First bool
}

// left says whether the column is set ragged right: texts, months and dates.
func (c shownColumn) left() bool {
	return c.Kind == table.Text || c.Kind == table.Month || c.Kind == table.Date
}

func (c shownColumn) sort() string { return withDefault(c.Sort, "none") }

// sortHint tells a screen reader what following the link does.
func (c shownColumn) sortHint() string {
	if c.Sort == "ascending" {
		return "sort descending"
	}
	return "sort ascending"
}

// cell is the row's cell in this column; a short row reads as not applicable rather than as zero.
func (c shownColumn) cell(r table.Row) table.Cell {
	if c.At >= len(r.Cells) {
		return table.Cell{State: table.None}
	}
	return r.Cells[c.At]
}

func hasActions(t table.Table) bool {
	for _, r := range t.Rows {
		if len(r.Actions) > 0 {
			return true
		}
	}
	return false
}

// blockID names the element that a sort link replaces.
func blockID(t table.Table) string { return withDefault(t.ID, "table") + "-block" }

// markClass is the badge of a mark; every mark is a word, colour only repeats it.
func markClass(mark string) string {
	if strings.HasPrefix(mark, "over by ") {
		return "badge badge-caution"
	}
	switch mark {
	case "conflict", "stale", "not evaluated", "announced", "withdrawn", "from memory", "unverified", "check again", "untested", "passed":
		return "badge badge-caution"
	case "cheapest", "example", "baseline", "own":
		return "badge badge-accent"
	}
	return "badge"
}

// rowName is what a row's buttons are called by.
func rowName(t table.Table, r table.Row) string {
	for _, c := range shown(t) {
		return table.Display(c.Kind, c.cell(r))
	}
	return r.Key
}

func rowCount(t table.Table) string { return words.Plural(len(t.Rows), "row", "rows") }
