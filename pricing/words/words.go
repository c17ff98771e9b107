// Package words writes figures, money, counts, days and lists as people read them, so that the same quantity looks the
// same on every page, in every sentence and in every explanation.
//
// In full, figures have commas between thousands: Whole, Cents, Rate, Percent. In short they have three significant
// digits: Count, Amount and Money write "103k", "3.88 M" and "2.5 B". The minus sign is U+2212, and a figure does not
// part from "M", "B", "%" or a currency code at the end of a line. Nouns agree with their count: Plural and List.
// Months and days are named in English: Month, ShortMonth, Day, Days.
//
// The texts are for people. Files and forms write digits of their own. The package imports the standard library only.
package words

const (
	minus   = "\u2212"
	noBreak = "\u00a0" // a space at which no line breaks
	unknown = "unknown"
)
