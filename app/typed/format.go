package typed

import (
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/words"
)

// Group writes a decimal with commas between thousands and no trailing zeros: "1,200,000", "2.5". What it writes, the
// parser reads back as the same number: three decimals get a fourth, because "1.125" would be asked about.
func Group(d decimal.Decimal) string {
	digits, negative := strings.CutPrefix(d.String(), "-")
	text := unambiguous(digits)
	if negative {
		text = "-" + text
	}
	return words.Group(text)
}
