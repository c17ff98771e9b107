package form

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"
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
	if low, high, ok := s.storedRange(d); ok {
		return s.rangeText(low, high)
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
		return Group(value.Shift(2)) + " %"
	}
	if text := Group(value); !s.money() || !oneDecimal(text) {
		return text
	}
	return Group(value) + "0"
}

// oneDecimal says that an amount would show tenths, "4.5", where people write cents.
func oneDecimal(text string) bool { return len(text) > 1 && text[len(text)-2] == '.' }

func (s Spec) rangeText(low, high decimal.Decimal) string {
	if s.percent() {
		return Group(low.Shift(2)) + " to " + Group(high.Shift(2)) + " %"
	}
	return Group(low) + " to " + Group(high)
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
	if low, high, ok := s.storedRange(d); ok {
		middle, _ := d.Decimal(s.Keys...)
		return "= P10 " + s.figure(low) + ", P50 " + s.figure(middle) + ", P90 " + s.figure(high)
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
	return "= " + Group(share.Mul(input).Round(1)) + " of " + Group(input) + " tokens", true
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

// Changed says whether the field differs from what base says, a range included.
func (s Spec) Changed(d, base Document) bool { return s.Read(d) != s.Read(base) }

// distribution is the shape that a range of this field is drawn from: growth rates, shares, and positive figures.
func (s Spec) distribution() string {
	switch {
	case s.Kind == Percent && s.Min.IsNegative():
		return "lognormal1p"
	case s.Kind == Percent && s.Max.Equal(hundred):
		return "logitnormal"
	}
	return "lognormal"
}

func (s Spec) inputKeys() []string { return []string{"uncertainty", "inputs", s.Name()} }

// rememberRange keeps the range as quantiles; the plan's figure is its middle.
func (s Spec) rememberRange(d Document, q Quantity) {
	if low, high, ok := s.storedRange(d); ok && low.Equal(q.Low) && high.Equal(q.High) {
		return
	}
	d.Set(map[string]any{
		"distribution": s.distribution(), "p10": number(q.Low), "p50": number(q.Value), "p90": number(q.High),
	}, s.inputKeys()...)
	for name, standard := range map[string]json.Number{"samples": "5000", "seed": "1"} {
		if _, ok := d.Get("uncertainty", name); !ok {
			d.Set(standard, "uncertainty", name)
		}
	}
}

// forgetRange drops the range, and the whole uncertainty when no range is left.
func (s Spec) forgetRange(d Document) {
	if _, ok := d.Get(s.inputKeys()...); !ok {
		return
	}
	d.Delete(s.inputKeys()...)
	if len(d.Names("uncertainty", "inputs")) == 0 {
		d.Delete("uncertainty")
	}
}

func (s Spec) storedRange(d Document) (low, high decimal.Decimal, ok bool) {
	low, okLow := d.Decimal(append(s.inputKeys(), "p10")...)
	high, okHigh := d.Decimal(append(s.inputKeys(), "p90")...)
	return low, high, okLow && okHigh
}
