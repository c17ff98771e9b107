package typed

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextProblem checks a name that people see.
func TextProblem(text, missing string, longest int) string {
	switch {
	case text == "":
		return missing
	case utf8.RuneCountInString(text) > longest:
		return "Use at most " + strconv.Itoa(longest) + " characters."
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return "Use letters, digits, spaces and signs only; there is a control character in it."
	}
	return ""
}
