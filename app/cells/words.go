package cells

import (
	"math"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
	"headroom/pricing/words"
	"headroom/views/table"
)

// Capitalised begins a label with a capital.
func Capitalised(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Possessive is "Azure’s", and "Windows’" for a name that ends in s.
func Possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "’"
	}
	return name + "’s"
}

// DayWords is "2 Jan 2026".
func DayWords(date string) string { return table.Display(table.Date, table.Cell{Text: date}) }

// MonthWords is "January 2027".
func MonthWords(m calendar.Month) string { return words.Month(m.Date()) }

// ShortMonth is "Jan 2027".
func ShortMonth(m calendar.Month) string { return words.ShortMonth(m.Date()) }

// PercentWords is a difference in words: "4.2 % more", "10 % less", "the same".
func PercentWords(ratio float64) string {
	text := words.Percent(math.Abs(ratio))
	switch {
	case money.Tie(1, 1+ratio):
		return "the same"
	case ratio > 0:
		return text + " more"
	}
	return text + " less"
}

// DeltaWord says the direction of a relative difference of cost; one that is only noise has none.
func DeltaWord(v float64) string {
	switch {
	case money.Tie(1, 1+v):
		return "the same"
	case v > 0:
		return "more"
	}
	return "less"
}

// Title is an id as a heading: "chat" becomes "Chat".
func Title(id string) string {
	if id == "" {
		return id
	}
	return strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "-", " ")
}

// JoinWords joins the parts that are not empty.
func JoinWords(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), separator)
}

// FirstWord is the first text that is not empty.
func FirstWord(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
