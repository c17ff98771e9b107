package form

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
)

// Read is the text that a field shows for what the document says, "" when it says nothing. Writing it back changes
// nothing.
func (s Spec) Read(d Document) string {
	if text, ok := s.readOther(d); ok {
		return text
	}
	switch s.Kind {
	case Month, Text:
		return d.Text(s.Keys...)
	case Choice:
		if text := d.Text(s.Keys...); text != "" {
			return text
		}
		return s.Default
	case Series:
		return s.seriesText(d)
	case Tiers:
		tiers, _ := d.list(s.Keys...)
		return tiersText(tiers)
	case Schedule, Shares, Amounts:
		if _, ok := s.steps(d); ok {
			return s.stepsText(d, s.figure)
		}
	}
	if r, ok := s.storedRange(d); ok {
		return s.rangeText(r)
	}
	if value, ok := d.Decimal(s.Keys...); ok {
		return s.figure(value)
	}
	if standard, ok := s.standard(); ok {
		return s.figure(standard)
	}
	return ""
}

// standard is the figure that counts when the plan says nothing, where there is one.
func (s Spec) standard() (decimal.Decimal, bool) {
	if s.Default == "" {
		return decimal.Decimal{}, false
	}
	value, err := decimal.NewFromString(s.Default)
	return value, err == nil
}

// figure writes a value of the plan in the field's unit.
func (s Spec) figure(value decimal.Decimal) string {
	if s.percent() {
		return typed.Group(value.Shift(2)) + " %"
	}
	if text := typed.Group(value); !s.money() || !oneDecimal(text) {
		return text
	}
	return typed.Group(value) + "0"
}

// oneDecimal reports whether an amount would show tenths, "4.5", where people write cents.
func oneDecimal(text string) bool { return len(text) > 1 && text[len(text)-2] == '.' }

// rangeText leaves out a middle that the ends give anyway.
func (s Spec) rangeText(r quantiles) string {
	text := func(value decimal.Decimal) string { return strings.TrimSuffix(s.figure(value), " %") }
	parts := []string{text(r.low), text(r.middle), text(r.high)}
	if middle, err := s.middle(r.low, r.high); err == nil && middle.Equal(r.middle) {
		parts = []string{text(r.low), text(r.high)}
	}
	if s.percent() {
		return strings.Join(parts, " to ") + " %"
	}
	return strings.Join(parts, " to ")
}

// Echo says what was understood: "= 1,200,000", "= P10 5 %, P50 6 %, P90 7 %". It is "" where the text says it already.
func (s Spec) Echo(d Document) string {
	switch s.Kind {
	case Month, Text, Choice, Tiers, Flag, List, Inflows, Enforcement, Answer, Day:
		return ""
	case Series:
		if n := d.Len(s.Keys...); n > 0 {
			return fmt.Sprintf("= %d figures", n)
		}
		return ""
	case Schedule, Shares, Amounts:
		return s.echoSteps(d)
	}
	if r, ok := s.storedRange(d); ok {
		return "= P10 " + s.figure(r.low) + ", P50 " + s.figure(r.middle) + ", P90 " + s.figure(r.high)
	}
	value, ok := d.Decimal(s.Keys...)
	if !ok {
		return ""
	}
	if tokens, ok := s.tokens(d, value); ok {
		return tokens
	}
	if s.Keys[len(s.Keys)-1] == "start" {
		return "= " + s.figure(value) + " in " + monthName(d.Text("start"))
	}
	return "= " + s.figure(value)
}

// tokens says a share of the input in tokens: "= 450 of 1,500 tokens".
func (s Spec) tokens(d Document, share decimal.Decimal) (string, bool) {
	input, ok := d.Decimal("workloads", s.Keys[1%len(s.Keys)], "input_tokens")
	if !ok || s.Unit != "of input" {
		return "", false
	}
	return "= " + typed.Group(share.Mul(input).Round(1)) + " of " + typed.Group(input) + " tokens", true
}

func (s Spec) echoSteps(d Document) string {
	steps, ok := s.steps(d)
	if !ok {
		return ""
	}
	text := "= " + s.figure(steps[0].value)
	if len(steps) > 1 {
		last := steps[len(steps)-1]
		text += fmt.Sprintf(", then %s from %s", s.figure(last.value), monthName(last.from))
	}
	return text
}

// Changed reports whether the field differs from what base says, a range included.
func (s Spec) Changed(d, base Document) bool { return s.Read(d) != s.Read(base) }
