// Package facts reads the tables of facts that come with the program: CSV with a head, one fact a row, lines that
// begin with # as comments. Columns are found by name, so that their order is free. A table that cannot be read names
// its file, its line and every column that is wrong, not only the first. What a column means and its unit stand where
// the row is built.
package facts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Table is a text with the name of its file.
type Table struct {
	File string   // "quotas.csv"; errors begin with it
	Text string   // CSV
	Key  []string // the columns that tell rows apart; two rows with the same key are an error. Empty: rows may repeat
	// PlainQuotes reads a quote within a cell that does not begin with one as itself, as lists written by hand have
	// them.
	PlainQuotes bool
}

// Read turns each row of a table into a T, in the table's order. Errors are those of CSV, a head that names no
// column, the same one twice or no column of the key, a table without rows, a key that stands twice, and whatever
// build finds wrong.
func Read[T any](t Table, build func(*Row) T) ([]T, error) {
	reader := csv.NewReader(strings.NewReader(t.Text))
	reader.Comment, reader.LazyQuotes = '#', t.PlainQuotes
	columns, err := t.head(reader)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.File, err)
	}
	var rows []T
	lines := map[string]int{} // of the keys
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) && len(rows) > 0 {
			return rows, nil
		}
		if errors.Is(err, io.EOF) {
			err = errors.New("no rows")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.File, err)
		}
		r := &Row{columns: columns, cells: cells}
		r.line, _ = reader.FieldPos(0)
		r.addKey(t.Key, lines)
		rows = append(rows, build(r))
		if r.problem != nil {
			return nil, fmt.Errorf("%s line %d: %w", t.File, r.line, r.problem)
		}
	}
}

// head reads the names of the columns.
func (t Table) head(reader *csv.Reader) ([]string, error) {
	columns, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	for i, column := range columns {
		if column == "" || slices.Contains(columns[:i], column) {
			return nil, fmt.Errorf("head: column %d, %q, has no name of its own", i+1, column)
		}
	}
	for _, column := range t.Key {
		if !slices.Contains(columns, column) {
			return nil, fmt.Errorf("head: %s: no such column", column)
		}
	}
	return columns, nil
}

// Row is one row of a table. Its methods read a cell by its column and collect what is wrong; [Read] then refuses the
// table.
type Row struct {
	columns []string
	cells   []string
	line    int // the first of the row in the text; the head is on line 1 where no comment stands before it
	problem error
}

// addKey notes the row under its key among the lines of the others.
func (r *Row) addKey(key []string, lines map[string]int) {
	if len(key) == 0 {
		return
	}
	var parts []string
	for _, column := range key {
		parts = append(parts, r.Text(column))
	}
	name := strings.Join(parts, "\x00")
	if other := lines[name]; other > 0 {
		r.Fail(strings.Join(key, ", "), fmt.Sprintf("%q stands on line %d already", strings.Join(parts, ", "), other))
	}
	lines[name] = r.line
}

// Has reports whether the table has a column.
func (r *Row) Has(column string) bool { return slices.Contains(r.columns, column) }

// String is all cells of the row, for a word that may stand in any of them.
func (r *Row) String() string { return strings.Join(r.cells, " ") }

// Text is the cell of a column without spaces around it; it may be empty. A column that the table has not is a problem.
func (r *Row) Text(column string) string {
	i := slices.Index(r.columns, column)
	if i < 0 {
		r.Fail(column, "no such column")
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// Need is a text that must be there.
func (r *Row) Need(column string) string {
	text := r.Text(column)
	if text == "" {
		r.Fail(column, "empty")
	}
	return text
}

// OneOf is a text that must be one of some words.
func (r *Row) OneOf(column string, words ...string) string {
	text := r.Text(column)
	if !slices.Contains(words, text) {
		r.Fail(column, fmt.Sprintf("want one of %s, not %q", strings.Join(words, ", "), text))
	}
	return text
}

// List is a text of parts between semicolons; an empty cell has none.
func (r *Row) List(column string) []string {
	text := r.Text(column)
	if text == "" {
		return nil
	}
	return strings.Split(text, ";")
}

// Number is a figure that must be there, of 0 or more.
func (r *Row) Number(column string) float64 {
	v, ok := ParseNumber(r.Text(column))
	if !ok {
		r.Fail(column, "want a number, not "+r.Text(column))
	}
	return v
}

// Whole is a whole number that must be there, of 0 or more.
func (r *Row) Whole(column string) int {
	v, err := strconv.ParseUint(r.Text(column), 10, 31)
	if err != nil {
		r.Fail(column, "want a whole number, not "+r.Text(column))
	}
	return int(v)
}

// Fail notes what is wrong with a column.
func (r *Row) Fail(column, why string) {
	r.problem = errors.Join(r.problem, fmt.Errorf("%s: %s", column, why))
}

// ParseNumber reads a figure as tables write it: digits and at most one point. False for any other text, such as
// "~2", "NA", "1,000" or "1e6": what a source does not state plainly is not guessed.
func ParseNumber(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	// ParseFloat also reads Inf, NaN, 0x1p-2 and 1_000, which no table means.
	if text == "" || strings.Trim(text, "0123456789.") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}
