package capacity

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"headroom/pricing/money"
)

// record is one row of a data file; its methods collect what is wrong with it.
type record struct {
	columns []string
	cells   []string
	problem error
}

// text is the cell of a column; it may be empty. A column that the file has not is a problem of the row.
func (r *record) text(column string) string {
	i := slices.Index(r.columns, column)
	if i < 0 {
		r.fail(column, "no such column")
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

func (r *record) fail(column, why string) {
	r.problem = errors.Join(r.problem, fmt.Errorf("%s: %s", column, why))
}

// need is a text that must be there.
func (r *record) need(column string) string {
	text := r.text(column)
	if text == "" {
		r.fail(column, "empty")
	}
	return text
}

// number is a figure that must be there.
func (r *record) number(column string) float64 {
	q := parseQuantity(r.text(column))
	if !q.Known {
		r.fail(column, "want a number, not "+q.Text)
	}
	return q.Value
}

func (r *record) quantity(column string) Quantity { return parseQuantity(r.text(column)) }

// price is an exact price; an empty cell is unknown for the reason given, any other text is a problem.
func (r *record) price(column, missing string) Price {
	text := r.text(column)
	if text == "" {
		return Price{Reason: missing}
	}
	rate, err := money.ParseRate(text)
	if err != nil {
		r.fail(column, err.Error())
	}
	return Price{Rate: rate, Known: err == nil}
}

// origin reads the columns that every file of facts ends with.
func (r *record) origin() Origin {
	o := Origin{Source: r.need("source")}
	marked := slices.Contains(r.columns, "from_memory") && r.need("from_memory") == "yes"
	if o.FromMemory = marked || saysFromMemory(o.Source); marked {
		o.AsOf = r.text("as_of")
	} else {
		o.AsOf = r.need("as_of")
	}
	return o
}

func saysFromMemory(text string) bool { return strings.Contains(text, "from memory") }

// Origin says who states a row, and when it was so.
type Origin struct {
	Source     string
	AsOf       string // a day, a month or the source's own words ("undated", "2026 H1"); may be empty only from memory
	FromMemory bool   // the row, or a part of it that Source names, was not read in a source
}

// readTable turns each row of a CSV text into a T. An error names file and line and every field that is wrong.
func readTable[T any](file, text string, build func(*record) T) ([]T, error) {
	reader := csv.NewReader(strings.NewReader(text))
	columns, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var rows []T
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		r := &record{columns: columns, cells: cells}
		rows = append(rows, build(r))
		if r.problem != nil {
			line, _ := reader.FieldPos(0)
			return nil, fmt.Errorf("%s line %d: %w", file, line, r.problem)
		}
	}
}
