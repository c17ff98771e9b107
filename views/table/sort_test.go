package table

import (
	"strings"
	"testing"
)

func TestSortByOrdersRowsAndSaysSo(t *testing.T) {
	rows := []Row{
		{Key: "b", Cells: []Cell{{Text: "beta"}, {Value: 2}, {Text: "x"}}},
		{Key: "u", Cells: []Cell{{Text: "Upsilon"}, {State: Unknown}, {Text: "a"}}},
		{Key: "a", Cells: []Cell{{Text: "Alpha"}, {Value: 10}, {Text: "x"}}},
		{Key: "c", Cells: []Cell{{Text: "gamma"}, {Value: 2}, {Text: "x"}}},
		{Key: "n", Cells: []Cell{{Text: "nu"}, {State: None}, {Text: "x"}}},
	}
	tests := []struct {
		name, key string
		down      bool
		want      string
	}{
		{"texts sort as words, whatever their case", "name", false, "a b c n u"},
		{"figures sort by size, equal ones stay, those without a value come last", "price", false, "b c a u n"},
		{"turned round, those without a value still come last", "price", true, "a b c u n"},
		{"a key that no column has leaves the order", "nonsense", false, "b u a c n"},
		{"a column for files only sorts nothing", "id", false, "b u a c n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := Table{Columns: []Column{{Key: "name"}, {Key: "price", Kind: Unit}, {Key: "id", ExportOnly: true}},
				Rows: append([]Row(nil), rows...)}
			list.SortBy(tt.key, tt.down, func(key string, down bool) string {
				if down {
					key += ".desc"
				}
				return "?sort=" + key
			})
			var keys []string
			for _, r := range list.Rows {
				keys = append(keys, r.Key)
			}
			if got := strings.Join(keys, " "); got != tt.want {
				t.Errorf("rows %s, want %s", got, tt.want)
			}
			for _, c := range list.Columns {
				sorted, url := "", "?sort="+c.Key
				switch {
				case c.ExportOnly:
					url = ""
				case c.Key == tt.key && tt.down:
					sorted = "descending"
				case c.Key == tt.key:
					sorted, url = "ascending", url+".desc"
				}
				if c.Sort != sorted || c.SortURL != url || c.Sortable == c.ExportOnly {
					t.Errorf("column %s is %q and leads to %q, want %q and %q", c.Key, c.Sort, c.SortURL, sorted, url)
				}
			}
		})
	}
}
