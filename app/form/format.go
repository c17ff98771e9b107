package form

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Group writes a decimal with commas between thousands and no trailing zeros: "1,200,000", "2.5". What it writes, the
// parser reads back as the same number: three decimals get a fourth, because "1.125" would be asked about.
func Group(d decimal.Decimal) string {
	text := d.String()
	sign := ""
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, text = "−", rest
	}
	whole, fraction, found := strings.Cut(unambiguous(text), ".")
	if len(whole) > 3 {
		whole = commas(whole)
	}
	if !found {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

func commas(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}
