package table

import (
	"math"
	"strconv"
	"strings"
	"time"

	"headroom/pricing/words"
)

// Display is the text of a cell as a person reads it: thousands separators, cents for money, four significant digits
// for unit costs, one decimal for percentages, months and dates by name. Every page, chart summary and derivation
// formats numbers through it or through Number. Unknown is "unknown"; a cell that does not apply shows its text or "·".
func Display(kind Kind, c Cell) string {
	switch {
	case c.State == Unknown:
		return "unknown"
	case c.State == None:
		return orDot(c.Text)
	case c.Text != "" && kind != Month && kind != Date:
		return c.Text
	case kind == Month:
		return monthName(c.Text)
	case kind == Date:
		return dayName(c.Text)
	case kind == Text:
		return ""
	case c.Exact != "":
		return words.Group(padCents(c.Exact))
	}
	return sign(c.Signed, c.Value) + Number(kind, math.Abs(c.Value))
}

// Number formats a value by kind, with a true minus sign. Rounding is half-even on the exact binary value.
func Number(kind Kind, v float64) string {
	switch kind {
	case Money:
		return words.Cents(v)
	case Percent:
		return words.Percent(v)
	case Unit:
		return words.Rate(v)
	}
	return words.Whole(v)
}

// Plain is the text of a cell for a machine: the same digits as Display, a point for decimals, no separators, ISO
// months and dates, a percentage as a fraction ("0.576"), and "" for what is unknown or does not apply.
func Plain(kind Kind, c Cell) string {
	switch {
	case c.State != Known && kind != Text:
		return ""
	case kind == Text, kind == Month, kind == Date:
		return c.Text
	case c.Exact != "":
		return c.Exact
	case kind == Percent:
		return strconv.FormatFloat(c.Value, 'f', 3, 64)
	}
	return plain(kind, c.Value)
}

// plain is the shared digits of Display and Plain; a percentage is in percent here.
func plain(kind Kind, v float64) string {
	switch kind {
	case Money:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case Percent:
		return strconv.FormatFloat(v*100, 'f', 1, 64)
	case Unit:
		return words.Significant(v, 4)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// padCents gives an exact decimal at least two places: "2.5" is shown as "2.50", "0.0028" stays.
func padCents(text string) string {
	dot := strings.IndexByte(text, '.')
	if dot < 0 {
		return text + ".00"
	}
	if len(text)-dot == 2 {
		return text + "0"
	}
	return text
}

// sign says the direction of a value: a difference shows its plus too.
func sign(signed bool, v float64) string {
	switch {
	case v < 0:
		return "\u2212"
	case signed && v > 0:
		return "+"
	}
	return ""
}

func monthName(text string) string {
	month, err := time.Parse("2006-01", text)
	if err != nil {
		return orDot(text)
	}
	return words.ShortMonth(month.Year(), month.Month())
}

func dayName(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return orDot(text)
	}
	return words.Day(day.Date())
}

func orDot(text string) string {
	if text == "" {
		return "·"
	}
	return text
}
