package table

import (
	"cmp"
	"slices"
	"strings"
)

// SortBy orders the rows by a column: texts by the alphabet without case, figures by size. What is unknown or does not
// apply comes last in both directions, and equal rows keep their order. A key that no column has leaves the rows as they are.
func (t *Table) SortBy(key string, down bool) {
	at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == key })
	if at < 0 {
		return
	}
	kind := t.Columns[at].Kind
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		x, y := &a.Cells[at], &b.Cells[at]
		// The states rise from known to unknown to not applying.
		if known := cmp.Compare(x.State, y.State); known != 0 {
			return known
		}
		order := compareCells(kind, x, y)
		if down {
			return -order
		}
		return order
	})
}

func compareCells(kind Kind, a, b *Cell) int {
	switch kind {
	case Text, Month, Date:
		return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text))
	}
	return cmp.Compare(a.Value, b.Value)
}
