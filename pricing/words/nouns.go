package words

import "strings"

// Plural counts things, the noun with its verb in the form that agrees: "1 field needs", "3 fields need".
func Plural(n int, one, many string) string {
	return Whole(float64(n)) + " " + Noun(n, one, many)
}

// Noun is the form that goes with n things: one for 1, else many.
func Noun[N int | float64](n N, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// List is a list in a sentence: "a", "a and b", "a, b and c"; "" for none.
func List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
