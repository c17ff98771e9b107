package pricing

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"headroom/pricing/document"
)

// Number is a number of a plan. It keeps the text that was typed, a JSON number or a decimal string, and writes it back
// unchanged; Float is the nearest float64. The zero Number was not stated.
type Number struct {
	raw   string // as in JSON, with the quotes of a decimal string
	value float64
}

// ErrNumber says that a text is not a number of a plan.
var ErrNumber = errors.New(
	`want a number such as 0.5 or "0.5", between -1e15 and 1e15 and no closer to 0 than 1e-18, of at most 40 characters`)

// maxNumber and minNumber bound the size of every number of a plan but 0, so that no product or ratio of them leaves
// float64.
const (
	maxNumber = 1e15
	minNumber = 1e-18
)

// ParseNumber reads a decimal such as "0.0028" or "6e4", as JSON writes numbers.
func ParseNumber(text string) (Number, error) { return numberFromJSON(strconv.Quote(text)) }

// Num is ParseNumber for constants: it panics on a text that is not a number.
func Num(text string) Number {
	n, err := ParseNumber(text)
	if err != nil {
		panic(err)
	}
	return n
}

// NumberOf writes a figure as a number of a plan, with 12 significant digits. One that no plan may hold, such as an
// infinite one, is the zero Number, which states nothing.
func NumberOf(v float64) Number {
	text := strconv.FormatFloat(v, 'g', 12, 64)
	value, err := strconv.ParseFloat(text, 64)
	if size := math.Abs(value); err != nil || !(size <= maxNumber) || size < minNumber && value != 0 {
		return Number{}
	}
	return Number{`"` + text + `"`, value}
}

func numberFromJSON(raw string) (Number, error) {
	text := raw
	if strings.HasPrefix(raw, `"`) {
		text = strings.Trim(raw, `"`)
	}
	if len(text) > 40 || !isDecimal(text) {
		return Number{}, fmt.Errorf("%s: %w", clip(raw), ErrNumber)
	}
	value, err := strconv.ParseFloat(text, 64)
	if size := math.Abs(value); err != nil || size > maxNumber || size < minNumber && value != 0 {
		return Number{}, fmt.Errorf("%s: %w", clip(raw), ErrNumber)
	}
	return Number{raw, value}, nil
}

// isDecimal follows the JSON grammar: no leading plus, zeros, hexadecimal digits, underscores or infinities.
func isDecimal(text string) bool {
	rest := strings.TrimPrefix(text, "-")
	whole := digits(rest)
	if whole == 0 || (whole > 1 && rest[0] == '0') {
		return false
	}
	rest = rest[whole:]
	if strings.HasPrefix(rest, ".") {
		places := digits(rest[1:])
		if places == 0 {
			return false
		}
		rest = rest[1+places:]
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	return rest != "" && len(rest) == digits(rest)
}

func digits(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

// clip keeps a quotation in an error short.
func clip(text string) string { return document.Clip(text) }

// Float is the nearest float64; 0 when the number was not stated.
func (n Number) Float() float64 { return n.value }

// Or is the number, or standard when it was not stated.
func (n Number) Or(standard float64) float64 {
	if n.IsZero() {
		return standard
	}
	return n.value
}

// IsZero reports whether the number was not stated. A stated 0 is not zero in this sense.
func (n Number) IsZero() bool { return n.raw == "" }

// Equal reports whether two numbers have the same text.
func (n Number) Equal(o Number) bool { return n.raw == o.raw }

// String is the text without quotes.
func (n Number) String() string { return strings.Trim(n.raw, `"`) }

// MarshalJSON is the text as typed.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.raw == "" {
		return []byte("null"), nil
	}
	return []byte(n.raw), nil
}

// UnmarshalJSON reads a JSON number or a decimal string.
func (n *Number) UnmarshalJSON(data []byte) (err error) {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	*n, err = numberFromJSON(string(data))
	return err
}
