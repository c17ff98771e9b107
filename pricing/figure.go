package pricing

import (
	"math"
	"strconv"

	"headroom/pricing/document"
)

// Figure is a float64 that may be undefined: NaN, which JSON shows as null, never as 0.
type Figure float64

// Undefined is a figure without a value: a ratio over 0, or a limit that never binds.
func Undefined() Figure { return Figure(math.NaN()) }

// Known reports whether the figure has a value.
func (f Figure) Known() bool { return !math.IsNaN(float64(f)) }

// ratio is a / b, undefined over 0 (below 1e-9).
func ratio(a, b float64) Figure {
	if b < 1e-9 {
		return Undefined()
	}
	return Figure(a / b)
}

// MarshalJSON is the number, or null.
func (f Figure) MarshalJSON() ([]byte, error) { return appendFigure(nil, f), nil }

// UnmarshalJSON reads a number, or null.
func (f *Figure) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*f = Undefined()
		return nil
	}
	v, err := strconv.ParseFloat(string(data), 64)
	*f = Figure(v)
	return err
}

func appendFigure(b []byte, f Figure) []byte {
	if !f.Known() {
		return append(b, "null"...)
	}
	return appendFloat(b, float64(f))
}

// appendFloat writes the shortest text that reads back to the same float64, as encoding/json does.
func appendFloat(b []byte, f float64) []byte {
	format := byte('f')
	if size := math.Abs(f); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, f, format, -1, 64)
}

// Amount is a figure of something with an id.
type Amount struct {
	ID    string
	Value Figure
}

// Amounts is a JSON object of figures by id, in a fixed order.
type Amounts []Amount

// Get is the figure of id, and whether it is listed.
func (a Amounts) Get(id string) (Figure, bool) {
	for i := range a {
		if a[i].ID == id {
			return a[i].Value, true
		}
	}
	return Undefined(), false
}

// MarshalJSON is an object; undefined figures are null.
func (a Amounts) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 2+32*len(a)), '{')
	for i := range a {
		b = appendMember(b, i, a[i].ID)
		b = appendFigure(b, a[i].Value)
	}
	return append(b, '}'), nil
}

// appendMember writes the comma, the name and the colon of member i.
func appendMember(b []byte, i int, name string) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(document.AppendString(b, name), ':')
}

// Word is a text of something with an id; empty is null.
type Word struct{ ID, Text string }

// Words is a JSON object of texts by id, in a fixed order.
type Words []Word

// Get is the text of id, and whether it is listed.
func (w Words) Get(id string) (string, bool) {
	for i := range w {
		if w[i].ID == id {
			return w[i].Text, true
		}
	}
	return "", false
}

// MarshalJSON is an object; empty texts are null.
func (w Words) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 2+32*len(w)), '{')
	for i := range w {
		b = appendMember(b, i, w[i].ID)
		if w[i].Text == "" {
			b = append(b, "null"...)
		} else {
			b = document.AppendString(b, w[i].Text)
		}
	}
	return append(b, '}'), nil
}
