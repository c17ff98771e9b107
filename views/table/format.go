package table

import (
	"math"
	"strconv"
	"strings"
	"time"
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
		return date(c.Text, "2006-01", "Jan 2006")
	case kind == Date:
		return date(c.Text, time.DateOnly, "2 Jan 2006")
	case kind == Text:
		return ""
	case c.Exact != "":
		return group(padCents(c.Exact))
	}
	return sign(c.Signed, c.Value) + Number(kind, math.Abs(c.Value))
}

// Number formats a value by kind, with a true minus sign. Rounding is half-even on the exact binary value.
func Number(kind Kind, v float64) string {
	text := strings.TrimPrefix(plain(kind, math.Abs(v)), "-")
	text = group(text)
	if kind == Percent {
		text += "\u00a0%"
	}
	if v < 0 && strings.Trim(text, "0.,\u00a0%") != "" {
		return "\u2212" + text
	}
	return text
}

// Short is a large amount at a glance: three significant digits with k, M or B ("$103k", "$3.88 M"). It is for
// headlines; the exact figure must stand elsewhere on the page.
func Short(prefix string, v float64) string {
	size, unit := 1.0, ""
	switch abs := math.Abs(v); {
	case abs >= 999.5e6:
		size, unit = 1e9, "\u00a0B"
	case abs >= 999.5e3:
		size, unit = 1e6, "\u00a0M"
	case abs >= 999.5:
		size, unit = 1e3, "k"
	}
	scaled := math.Abs(v) / size
	text := strings.TrimSuffix(strconv.FormatFloat(scaled, 'f', places(scaled), 64), ".00")
	return sign(false, v) + prefix + text + unit
}

// places are the decimals that leave three significant digits of 1 to 999.
func places(v float64) int {
	switch {
	case v >= 99.95:
		return 0
	case v >= 9.995:
		return 1
	}
	return 2
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
		return significant(v)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// significant keeps four significant digits, and whole numbers whole from 10,000 on. Below 1e-9 a unit cost is shown
// in exponent form rather than as a row of zeros.
func significant(v float64) string {
	if v == 0 {
		return "0"
	}
	// The exponent is taken after rounding, so that 9.99996 becomes 10.00 and not 10.000.
	rounded := strconv.FormatFloat(v, 'e', 3, 64)
	exponent, err := strconv.Atoi(rounded[strings.IndexByte(rounded, 'e')+1:])
	if err != nil || exponent < -9 {
		return rounded
	}
	return strconv.FormatFloat(v, 'f', max(0, 3-exponent), 64)
}

// group sets commas between thousands of a plain decimal.
func group(text string) string {
	whole, rest := text, ""
	if dot := strings.IndexByte(text, '.'); dot >= 0 {
		whole, rest = text[:dot], text[dot:]
	}
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return whole + rest
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

func date(text, from, to string) string {
	day, err := time.Parse(from, text)
	if err != nil {
		return orDot(text)
	}
	return day.Format(to)
}

func orDot(text string) string {
	if text == "" {
		return "·"
	}
	return text
}
