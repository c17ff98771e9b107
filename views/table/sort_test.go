package table

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRowsAreSortedByAColumn(t *testing.T) {
	table := func() Table {
		return Table{Columns: []Column{{Key: "name"}, {Key: "price", Kind: Unit}}, Rows: []Row{
			{Key: "b", Cells: []Cell{{Text: "Beta"}, {Value: 10}}},
			{Key: "u", Cells: []Cell{{Text: "unknown"}, {State: Unknown}}},
			{Key: "a", Cells: []Cell{{Text: "alpha"}, {Value: 9}}},
			{Key: "n", Cells: []Cell{{Text: "none"}, {State: None}}},
			{Key: "c", Cells: []Cell{{Text: "Gamma"}, {Value: 10}}},
		}}
	}
	for _, c := range []struct {
		name, key string
		down      bool
		want      []string
	}{
		{"figures by size, what is unknown after them", "price", false, []string{"a", "b", "c", "u", "n"}},
		{"downwards the unknown stay last and equals keep their order", "price", true, []string{"b", "c", "a", "u", "n"}},
		{"texts without case", "name", false, []string{"a", "b", "c", "n", "u"}},
		{"a column that is not there changes nothing", "colour", false, []string{"b", "u", "a", "n", "c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sorted := table()
			sorted.SortBy(c.key, c.down)
			var got []string
			for _, r := range sorted.Rows {
				got = append(got, r.Key)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
