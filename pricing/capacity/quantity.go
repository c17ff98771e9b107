package capacity

import (
	"strings"

	"headroom/pricing/facts"
	"headroom/pricing/money"
)

// Quantity is a figure of a data file, or the reason why there is none.
type Quantity struct {
	Value float64
	Known bool
	Text  string // the cell as the source has it; empty: the source says nothing
}

// Reason says why a quantity is unknown; it is empty for a known one.
func (q Quantity) Reason() string {
	switch {
	case q.Known:
		return ""
	case q.Text == "":
		return "not published"
	}
	return "unclear in the source: " + q.Text
}

// ParseQuantity reads a figure as the data files write it.
func ParseQuantity(text string) Quantity { return parseQuantity(text) }

// parseQuantity reads a plain decimal; any other text stays unknown, as the source has it.
func parseQuantity(text string) Quantity {
	q := Quantity{Text: strings.TrimSpace(text)}
	q.Value, q.Known = facts.ParseNumber(q.Text)
	return q
}

// parseAbout reads "~1.9" and "20+" too: figures that their source gives as approximate. Text keeps the sign.
func parseAbout(text string) Quantity {
	q := parseQuantity(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "~"), "+"))
	q.Text = strings.TrimSpace(text)
	return q
}

// Price is an exact price, or the reason why there is none.
type Price struct {
	Rate   money.Rate // currency units an item: an instance-hour, a unit-month
	Known  bool
	Reason string // why it is unknown
}

// nameKey is what two spellings of a name have in common: letters and digits, in lower case.
func nameKey(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
