package table

import (
	"cmp"
	"slices"
	"strings"
)

// SortBy makes every column that the page shows sortable, and orders the rows by the one called key: texts as words,
// months and days in time, figures by size; down turns that round. What has no value comes last either way, and equal
// rows stay as they were. A key that no shown column has changes no order. url is the address of the table in another
// order.
func (t *Table) SortBy(key string, down bool, url func(key string, down bool) string) {
	by := -1
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.ExportOnly {
			continue
		}
		c.Sortable, c.SortURL = true, url(c.Key, c.Key == key && !down)
		if c.Key == key {
			by, c.Sort = i, direction(down)
		}
	}
	if by < 0 {
		return
	}
	kind := t.Columns[by].Kind
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		x, y := &a.Cells[by], &b.Cells[by]
		order := compare(kind, x, y)
		if down {
			order = -order
		}
		return cmp.Or(cmp.Compare(x.State, y.State), order)
	})
}

func direction(down bool) string {
	if down {
		return "descending"
	}
	return "ascending"
}

func compare(kind Kind, x, y *Cell) int {
	switch kind {
	case Text, Month, Date:
		return strings.Compare(strings.ToLower(x.Text), strings.ToLower(y.Text))
	}
	return cmp.Compare(x.Value, y.Value)
}
