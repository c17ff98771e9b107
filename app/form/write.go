package form

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
)

// Write reads text into the document. The error is a message for the person: what is wrong and what would be right. A
// text that means what the document already says changes nothing, so that the plan keeps the digits it came with.
func (s Spec) Write(d Document, text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return s.clear(d)
	}
	if done, err := s.writeOther(d, text); done {
		return err
	}
	switch s.Kind {
	case Month:
		month, err := parseMonth(text)
		if err == nil && month != d.Text(s.Keys...) {
			d.Set(month, s.Keys...)
		}
		return err
	case Text:
		return s.writeText(d, text)
	case Choice:
		return s.writeChoice(d, text)
	case Series:
		return s.writeSeries(d, text)
	case Tiers:
		return s.writeTiers(d, text)
	case Schedule, Shares, Amounts:
		return s.writeSchedule(d, text)
	}
	return s.writeNumber(d, text)
}

func (s Spec) clear(d Document) error {
	if !s.Optional {
		return fmt.Errorf("enter %s", s.wanted(d))
	}
	d.Delete(s.Keys...)
	s.forgetRange(d)
	return nil
}

// wanted says what the field takes: "0 to 100 %", "a month such as 2027-01".
func (s Spec) wanted(d Document) string {
	switch s.Kind {
	case Month:
		return "a month such as 2027-01"
	case Text, Choice, Series, Tiers:
		return "a value"
	}
	return s.Allowed()
}

// Allowed is the range of the field in its own unit: "0 to 100 %", or "" where there is none.
func (s Spec) Allowed() string {
	if s.Max.IsZero() && s.Min.IsZero() {
		return ""
	}
	switch open := s.Max.GreaterThanOrEqual(large) && !s.Min.IsNegative(); {
	case s.percent() && s.Above:
		return "more than " + short(s.Min) + ", at most " + short(s.Max) + " %"
	case s.percent():
		return short(s.Min) + " to " + short(s.Max) + " %"
	case open && s.Above:
		return "more than " + short(s.Min)
	case open:
		return short(s.Min) + " or more"
	}
	return short(s.Min) + " to " + short(s.Max)
}

// short writes whole millions and billions in words.
func short(d decimal.Decimal) string {
	for _, unit := range []struct {
		power int32
		word  string
	}{{9, " billion"}, {6, " million"}} {
		if scaled := d.Shift(-unit.power); scaled.IsInteger() && !scaled.IsZero() {
			return typed.Group(scaled) + unit.word
		}
	}
	return typed.Group(d)
}

func (s Spec) percent() bool { return s.Kind == Percent || s.Kind == Shares }

func (s Spec) money() bool {
	return s.Kind == Money || s.Kind == Price || s.Kind == Amounts || s.Kind == Inflows
}

func (s Spec) writeNumber(d Document, text string) error {
	q, err := s.quantity(d, text)
	if err != nil {
		return err
	}
	if q.Range && !s.Ranges {
		return errors.New("this field takes one figure, not a range")
	}
	if q.Range {
		return s.writeRange(d, q)
	}
	current, ok := d.Decimal(s.Keys...)
	if !ok {
		current, ok = s.standard()
	}
	if !ok || !current.Equal(q.Value) {
		d.Set(s.stored(q.Value), s.Keys...)
	}
	s.forgetRange(d)
	return nil
}

// stored is the form a figure takes in the plan: prices are decimal strings, everything else JSON numbers.
func (s Spec) stored(value decimal.Decimal) any {
	if s.Kind == Price {
		return value.String()
	}
	return number(value)
}

// quantity reads one figure or range in the field's unit and returns it in the plan's: percent become fractions.
func (s Spec) quantity(d Document, text string) (typed.Quantity, error) {
	q, err := typed.ParseQuantity(text)
	if err != nil {
		return q, err
	}
	if err := s.checkSigns(d, q, text); err != nil {
		return q, err
	}
	for _, end := range []decimal.Decimal{q.Low, q.High} {
		if err := s.checkBounds(end); err != nil {
			return q, err
		}
	}
	if s.percent() {
		q.Value, q.Low, q.High = q.Value.Shift(-2), q.Low.Shift(-2), q.High.Shift(-2)
	}
	if len(q.Value.String()) > 40 {
		return q, errors.New("this number has too many digits")
	}
	return q, nil
}

func (s Spec) checkSigns(d Document, q typed.Quantity, text string) error {
	switch {
	case q.Percent && !s.percent():
		return fmt.Errorf("this field takes %s, not a percentage", s.what())
	case q.Currency != "" && !s.money():
		return fmt.Errorf("this field takes %s, not an amount of money", s.what())
	case q.Currency != "" && q.Currency != s.currency(d):
		return fmt.Errorf("“%s” is in %s, this field is in %s: enter the amount in %s", text, q.Currency,
			s.currency(d), s.currency(d))
	case s.percent() && !q.Percent && fraction(q.Value):
		return &typed.AmbiguousError{Text: text, First: text + " %", Second: q.Hundredfold() + " %",
			Hint: "Write the percent sign."}
	}
	return nil
}

func (s Spec) what() string {
	switch {
	case s.percent():
		return "a percentage"
	case s.money():
		return "an amount"
	}
	return "a number"
}

// fraction reports whether a bare figure in a percent field could have been meant as a fraction: 0.3 for 30 %.
func fraction(value decimal.Decimal) bool {
	return !value.IsZero() && value.Abs().LessThan(decimal.NewFromInt(1))
}

func (s Spec) currency(d Document) string {
	if s.Kind == Price && len(s.Keys) > 1 {
		return currencyOfOffer(d, s.Keys[1])
	}
	return Currency(d)
}

func (s Spec) checkBounds(value decimal.Decimal) error {
	if s.Allowed() != "" && (value.LessThan(s.Min) || value.GreaterThan(s.Max)) {
		return fmt.Errorf("%s is outside the range: enter %s", typed.Group(value)+s.sign(), s.Allowed())
	}
	if s.Whole && !value.IsInteger() {
		return fmt.Errorf("enter a whole number, %s", s.Allowed())
	}
	return nil
}

func (s Spec) sign() string {
	if s.percent() {
		return " %"
	}
	return ""
}

func (s Spec) writeText(d Document, text string) error {
	if len(text) > typed.MaxText {
		return fmt.Errorf("this is longer than %d characters", typed.MaxText)
	}
	if text != d.Text(s.Keys...) {
		d.Set(text, s.Keys...)
	}
	return nil
}

func (s Spec) writeChoice(d Document, text string) error {
	if text == d.Text(s.Keys...) {
		return nil
	}
	for _, o := range s.Options {
		if o.Value != text {
			continue
		}
		if text == s.Default && s.Optional {
			d.Delete(s.Keys...)
		} else {
			d.Set(text, s.Keys...)
		}
		return nil
	}
	return errors.New("choose one of the list")
}

// parseMonth reads "2027-01", "Jan 2027" and "01/2027".
func parseMonth(text string) (string, error) {
	for _, layout := range []string{"2006-01", "Jan 2006", "January 2006", "01/2006", "1/2006", "2006/01"} {
		if month, err := time.Parse(layout, text); err == nil {
			return month.Format("2006-01"), nil
		}
	}
	return "", fmt.Errorf("“%s” is not a month: write it like 2027-01", text)
}
