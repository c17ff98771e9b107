package capacity

import (
	"strings"

	"headroom/pricing/facts"
	"headroom/pricing/money"
)

// record is one row of a data file, with the kinds of figures that this package has.
type record struct{ *facts.Row }

// quantity is a figure that may be unknown.
func (r *record) quantity(column string) Quantity { return parseQuantity(r.Text(column)) }

// price is an exact price; an empty cell is unknown for the reason given, any other text is a problem.
func (r *record) price(column, missing string) Price {
	text := r.Text(column)
	if text == "" {
		return Price{Reason: missing}
	}
	rate, err := money.ParseRate(text)
	if err != nil {
		r.Fail(column, err.Error())
	}
	return Price{Rate: rate, Known: err == nil}
}

// origin reads the columns that every file of facts ends with.
func (r *record) origin() Origin {
	o := Origin{Source: r.Need("source")}
	marked := r.Has("from_memory") && r.Need("from_memory") == "yes"
	if o.FromMemory = marked || saysFromMemory(o.Source); marked {
		o.AsOf = r.Text("as_of")
	} else {
		o.AsOf = r.Need("as_of")
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

// readTable turns each row of a file into a T; key are the columns that tell its rows apart.
func readTable[T any](file, text string, build func(*record) T, key ...string) ([]T, error) {
	return facts.Read(facts.Table{File: file, Text: text, Key: key}, func(r *facts.Row) T { return build(&record{r}) })
}
