// Package typed is what people type as values and back: "1.2M", "8 to 14 %" and "$4.50" are quantities, a name is a
// text within its limits. It asks instead of guessing, and knows no plan and no page.
package typed

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Quantity is what a typed number or range means. Every figure is exact.
type Quantity struct {
	// Value is the number, or the middle of the range: the typed one of "8 to 11 to 14 %", else halfway between the
	// ends.
	Value decimal.Decimal
	// Low and High are the ends of a range; both equal Value for a single number.
	Low, High decimal.Decimal
	Range     bool
	Middle    bool   // the middle was typed
	Percent   bool   // a percent sign was typed; the figures are still those typed: "12%" is 12
	Currency  string // ISO code of a typed sign or code, else ""
}

// MaxText bounds the text of one field, in bytes.
const MaxText = 120

// ErrEmpty says that nothing was typed.
var ErrEmpty = errors.New("enter a number")

// Hundredfold writes a fraction, or a range of fractions, as the percentage it may mean: "8 to 14" of "0.08 to 0.14".
func (q Quantity) Hundredfold() string {
	parts := []decimal.Decimal{q.Value}
	switch {
	case q.Middle:
		parts = []decimal.Decimal{q.Low, q.Value, q.High}
	case q.Range:
		parts = []decimal.Decimal{q.Low, q.High}
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = Group(part.Shift(2))
	}
	return strings.Join(texts, " to ")
}

// AmbiguousError asks which of two readings is meant; the text is never guessed at.
type AmbiguousError struct {
	Text   string
	First  string // one reading, written without ambiguity
	Second string // the other
	Hint   string // how to type either
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("“%s” can mean %s or %s. %s", e.Text, e.First, e.Second, e.Hint)
}

// ParseQuantity reads "1.2M", "10k", "1,200,000", "1 200 000", "12%", "$4.50", "2 to 5", "8 to 14 %" and, with a
// middle, "8 to 11 to 14 %" exactly.
//
// A comma with three digits groups thousands, as on the page; any other single comma or point is the decimal sign. A
// single point with exactly three digits after it ("1.200") is thousands in half of Europe and a decimal elsewhere: it
// returns an *AmbiguousError. A percent sign at the end of a range holds for both ends; a scale letter at its end only
// ("1 to 3M") is asked about.
func ParseQuantity(text string) (Quantity, error) {
	clean := normalise(text)
	switch {
	case clean == "":
		return Quantity{}, ErrEmpty
	case len(text) > MaxText:
		return Quantity{}, fmt.Errorf("this is longer than %d characters; enter a number", MaxText)
	}
	if parts := splitRange(clean); len(parts) > 1 {
		return parseParts(text, parts)
	}
	term, err := parseTerm(clean)
	if err != nil {
		return Quantity{}, err
	}
	return Quantity{Value: term.value, Low: term.value, High: term.value, Percent: term.percent,
		Currency: term.currency}, nil
}

// swapped writes a range the other way round; a percent sign stands at its end, where it holds for both.
func swapped(lowText, highText string) string {
	low, one := strings.CutSuffix(lowText, "%")
	high, other := strings.CutSuffix(highText, "%")
	if one || other {
		return strings.TrimSpace(high) + " to " + strings.TrimSpace(low) + " %"
	}
	return highText + " to " + lowText
}

// parseParts reads the figures of a range, of which one may be missing while it is typed.
func parseParts(text string, parts []string) (Quantity, error) {
	switch {
	case slices.Contains(parts, ""):
		return Quantity{}, fmt.Errorf("“%s” is half a range: write both ends, such as 8 to 14", strings.TrimSpace(text))
	case len(parts) == 2:
		return parseRange(text, parts[0], parts[1])
	case len(parts) == 3:
		return parseThree(text, parts[0], parts[1], parts[2])
	}
	return Quantity{}, errors.New("a range has two ends and at most a middle: write it like 8 to 11 to 14")
}

func parseRange(text, lowText, highText string) (Quantity, error) {
	low, err := parseTerm(lowText)
	if err != nil {
		return Quantity{}, err
	}
	high, err := parseTerm(highText)
	if err != nil {
		return Quantity{}, err
	}
	if low.scale == "" && high.scale != "" && !low.value.IsZero() {
		return Quantity{}, &AmbiguousError{
			Text: strings.TrimSpace(text), First: lowText + " to " + highText, Second: lowText + high.scale +
				" to " + highText,
			Hint: fmt.Sprintf("Write the letter at both ends, or the first number in full: %s.", Group(low.value)),
		}
	}
	if low.value.GreaterThan(high.value) {
		return Quantity{}, fmt.Errorf("a range goes from low to high: write %s", swapped(lowText, highText))
	}
	if low.currency != "" && high.currency != "" && low.currency != high.currency {
		return Quantity{}, fmt.Errorf("the two ends are in %s and %s; use one currency", low.currency, high.currency)
	}
	middle := low.value.Add(high.value).Mul(half)
	return Quantity{
		Value: middle, Low: low.value, High: high.value, Range: !low.value.Equal(high.value),
		Percent: low.percent || high.percent, Currency: low.currency + strings.TrimPrefix(high.currency, low.currency),
	}, nil
}

// parseThree reads a range with its middle: "8 to 11 to 14 %".
func parseThree(text, lowText, middleText, highText string) (Quantity, error) {
	ends, err := parseRange(text, lowText, highText)
	if err != nil {
		return Quantity{}, err
	}
	upper, err := parseRange(text, middleText, highText)
	if err != nil {
		return Quantity{}, err
	}
	middle := upper.Low
	if middle.LessThan(ends.Low) {
		return Quantity{}, fmt.Errorf("a range goes from low over its middle to high: write %s to %s to %s",
			middleText, lowText, highText)
	}
	if upper.Currency != ends.Currency && upper.Currency != "" && ends.Currency != "" {
		return Quantity{}, fmt.Errorf("the figures are in %s and %s; use one currency", ends.Currency, upper.Currency)
	}
	ends.Value, ends.Middle, ends.Percent = middle, true, ends.Percent || upper.Percent
	return ends, nil
}

// term is one number with its signs.
type term struct {
	value    decimal.Decimal
	scale    string // the letter or word as typed, "" if none
	percent  bool
	currency string
}

// parseTerm reads [sign] [currency] digits [scale] [%] [currency] [sign-less].
func parseTerm(text string) (term, error) {
	var t term
	rest, negative := cutSign(text)
	rest, t.currency = cutCurrencyPrefix(rest)
	if !negative {
		rest, negative = cutSign(rest)
	}
	rest, after := cutCurrencySuffix(rest)
	if t.currency == "" {
		t.currency = after
	}
	rest, t.percent = strings.CutSuffix(rest, "%")
	number, scale, power := cutScale(strings.TrimSpace(rest))
	t.scale = scale
	value, err := parseNumber(number, scale)
	if err != nil {
		var ambiguous *AmbiguousError
		if errors.As(err, &ambiguous) {
			return t, err
		}
		return t, fmt.Errorf("“%s” is not a number. Write it like 1,200,000, 1.2M or 12 %%", text)
	}
	t.value = value.Shift(power)
	if negative {
		t.value = t.value.Neg()
	}
	return t, nil
}

// parseNumber reads digits with optional grouping and one decimal sign.
func parseNumber(text, scale string) (decimal.Decimal, error) {
	digits, err := plainDecimal(text, scale)
	if err != nil {
		return decimal.Decimal{}, err
	}
	if len(digits) > 40 {
		return decimal.Decimal{}, errNumber
	}
	return decimal.NewFromString(digits)
}

// half keeps the middle exact: decimal.Div would round at 16 places.
var half = decimal.New(5, -1)

var errNumber = errors.New("not a number")

// plainDecimal rewrites grouped digits into the form "1234.5".
func plainDecimal(text, scale string) (string, error) {
	text, err := joinSpaced(text)
	if err != nil {
		return "", err
	}
	for _, r := range text {
		if (r < '0' || r > '9') && r != '.' && r != ',' {
			return "", errNumber
		}
	}
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case points+commas == 0:
		return text, nonEmpty(text)
	case points > 0 && commas > 0:
		return twoSigns(text)
	case points+commas > 1:
		return ungroup(text, text[strings.IndexAny(text, ".,"):][:1])
	case commas == 1:
		return oneComma(text)
	}
	return onePoint(text, scale)
}

func nonEmpty(text string) error {
	if text == "" {
		return errNumber
	}
	return nil
}

// joinSpaced removes spaces and apostrophes where they group three digits, and refuses them elsewhere.
func joinSpaced(text string) (string, error) {
	text = strings.ReplaceAll(text, "'", " ")
	if !strings.Contains(text, " ") {
		return text, nil
	}
	whole, fraction, found := text, "", false
	if i := strings.IndexAny(text, ".,"); i >= 0 {
		whole, fraction, found = text[:i], text[i:], true
	}
	if found && strings.Contains(fraction, " ") {
		return "", errNumber
	}
	joined, err := ungroup(whole, " ")
	return joined + fraction, err
}

// ungroup removes a grouping sign after checking that every group but the first has three digits.
func ungroup(text, sign string) (string, error) {
	groups := strings.Split(text, sign)
	for i, group := range groups {
		short := i == 0 && len(group) >= 1 && len(group) <= 3
		if !short && (i == 0 || len(group) != 3) || strings.ContainsAny(group, ".,") {
			return "", errNumber
		}
	}
	return strings.Join(groups, ""), nil
}

// twoSigns reads "1,234.5" and "1.234,5": the later sign is the decimal one.
func twoSigns(text string) (string, error) {
	last := strings.LastIndexAny(text, ".,")
	decimalSign, groupSign := text[last:last+1], ","
	if decimalSign == "," {
		groupSign = "."
	}
	if strings.Count(text, decimalSign) > 1 {
		return "", errNumber
	}
	whole, err := ungroup(text[:last], groupSign)
	return whole + "." + text[last+1:], err
}

// oneComma reads "1,200" as thousands, as the page writes it, and "1,5" as a decimal.
func oneComma(text string) (string, error) {
	whole, fraction, _ := strings.Cut(text, ",")
	if whole == "" || fraction == "" {
		return "", errNumber
	}
	if len(fraction) == 3 && len(whole) <= 3 && whole[0] != '0' {
		return whole + fraction, nil
	}
	return whole + "." + fraction, nil
}

// onePoint reads "1.5" and asks about "1.200".
func onePoint(text, scale string) (string, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	if fraction == "" {
		return "", errNumber
	}
	if len(fraction) != 3 || whole == "" || len(whole) > 3 || whole[0] == '0' {
		return text, nil
	}
	short := strings.TrimRight(strings.TrimRight(text, "0"), ".")
	return "", &AmbiguousError{
		Text: text + scale, First: whole + "," + fraction + scale, Second: short + scale,
		Hint: fmt.Sprintf("Type %s%s or %s%s.", whole+fraction, scale, unambiguous(text), scale),
	}
}

// unambiguous writes a decimal so that no reader takes its point for a thousands sign: "1.125" becomes "1.1250".
func unambiguous(text string) string {
	whole, fraction, found := strings.Cut(text, ".")
	if !found {
		return text
	}
	if trimmed := strings.TrimRight(fraction, "0"); len(trimmed) < 3 {
		return strings.TrimSuffix(whole+"."+trimmed, ".")
	}
	digits := strings.TrimPrefix(whole, "-")
	if len(fraction) == 3 && len(digits) <= 3 && digits != "0" {
		return text + "0"
	}
	return text
}
