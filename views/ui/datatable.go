package ui

import (
	"strings"

	"headroom/pricing/words"
	"headroom/views/table"
)

// Shown are the columns of the page, with their places in Row.Cells.
func Shown(t table.Table) []ShownColumn {
	columns := make([]ShownColumn, 0, len(t.Columns))
	for i, c := range t.Columns {
		if !c.ExportOnly {
			columns = append(columns, ShownColumn{Column: c, At: i, First: len(columns) == 0})
		}
	}
	return columns
}

// ShownColumn is a column with its index in the rows; the first one heads its row.
type ShownColumn struct {
	table.Column
	At    int
	First bool
}

// Left reports whether the column is set ragged right: texts, months and dates.
func (c ShownColumn) Left() bool {
	return c.Kind == table.Text || c.Kind == table.Month || c.Kind == table.Date
}

func (c ShownColumn) AriaSort() string { return WithDefault(c.Sort, "none") }

// SortHint tells a screen reader what following the link does.
func (c ShownColumn) SortHint() string {
	if c.Sort == "ascending" {
		return "sort descending"
	}
	return "sort ascending"
}

// Cell is the row's cell in this column; a short row reads as not applicable rather than as zero.
func (c ShownColumn) Cell(r table.Row) table.Cell {
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

// BlockID names the element that a sort link replaces.
func BlockID(t table.Table) string { return WithDefault(t.ID, "table") + "-block" }

// MarkClass is the badge of a mark; every mark is a word, colour only repeats it.
func MarkClass(mark string) string {
	if strings.HasPrefix(mark, "over by ") {
		return "badge badge-caution"
	}
	switch mark {
	case "conflict", "stale", "not evaluated", "announced", "withdrawn", "from memory", "unverified",
		"check again", "untested", "passed":
		return "badge badge-caution"
	case "cheapest", "example", "baseline", "own":
		return "badge badge-accent"
	}
	return "badge"
}

// rowName is what a row's buttons are called by.
func rowName(columns []ShownColumn, r table.Row) string {
	if len(columns) == 0 {
		return r.Key
	}
	return table.Display(columns[0].Kind, columns[0].Cell(r))
}

func RowCount(t table.Table) string { return words.Plural(len(t.Rows), "row", "rows") }
