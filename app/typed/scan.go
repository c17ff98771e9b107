package typed

import (
	"strings"
)

// scales are the letters and words that multiply a number, longest first.
var scales = []struct {
	word  string
	power int32
}{
	{"thousand", 3}, {"million", 6}, {"billion", 9}, {"mio", 6}, {"mln", 6}, {"bn", 9}, {"mn", 6}, {"k", 3},
	{"m", 6}, {"b", 9},
}

// signs are the currency signs that one field may carry.
var signs = []struct{ sign, code string }{
	{"US$", "USD"}, {"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}, {"₹", "INR"},
}

// normalise makes every kind of space, minus and apostrophe one, and drops spaces at the ends.
func normalise(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u2009', '\u202f', '\u2007', '\t':
			return ' '
		case '\u2212':
			return '-'
		case '\u2019', '\u02bc':
			return '\''
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// splitRange cuts "2 to 5", "2 – 5", "2...5" and "2-5" into its figures, and "8 to 11 to 14" into three. A text that is
// no range is one part; an end that is not typed yet is an empty one.
func splitRange(text string) []string {
	var parts []string
	for low, high, ok := cutRange(text); ok; low, high, ok = cutRange(text) {
		parts, text = append(parts, low), high
	}
	return append(parts, text)
}

// cutRange cuts off what stands before the first separator.
func cutRange(text string) (low, high string, ok bool) {
	lower := lowerASCII(text)
	for _, separator := range []string{" to ", "–", "—", "..."} {
		if i := strings.Index(lower, separator); i > 0 {
			return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(separator):]), true
		}
	}
	// A hyphen is a range only between two numbers; at the start it is a minus.
	if i := strings.Index(text[min(1, len(text)):], "-"); i >= 0 && strings.TrimSpace(text[:i+1]) != "" {
		low, high = strings.TrimSpace(text[:i+1]), strings.TrimSpace(text[i+2:])
		return low, high, strings.ContainsAny(low, "0123456789") && high != ""
	}
	return "", "", false
}

// lowerASCII is text with A to Z in lower case. Unlike strings.ToLower it keeps the length, so that a place in it is
// the same place in text: "Ⱥ" takes two bytes and its lower case three.
func lowerASCII(text string) string {
	lower := []byte(text)
	for i, b := range lower {
		if b >= 'A' && b <= 'Z' {
			lower[i] += 'a' - 'A'
		}
	}
	return string(lower)
}

func cutSign(text string) (rest string, negative bool) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return strings.TrimSpace(rest), true
	}
	return strings.TrimSpace(strings.TrimPrefix(text, "+")), false
}

func cutCurrencyPrefix(text string) (rest, code string) {
	for _, s := range signs {
		if rest, ok := strings.CutPrefix(text, s.sign); ok {
			return strings.TrimSpace(rest), s.code
		}
	}
	if len(text) > 3 && isCode(text[:3]) && !isLetter(text[3]) {
		return strings.TrimSpace(text[3:]), text[:3]
	}
	return text, ""
}

func cutCurrencySuffix(text string) (rest, code string) {
	for _, s := range signs {
		if rest, ok := strings.CutSuffix(text, s.sign); ok {
			return strings.TrimSpace(rest), s.code
		}
	}
	if n := len(text); n > 3 && isCode(text[n-3:]) && !isLetter(text[n-4]) {
		return strings.TrimSpace(text[:n-3]), text[n-3:]
	}
	return text, ""
}

// isCode reports whether text has the shape of an ISO 4217 code: three capitals.
func isCode(text string) bool {
	for i := range len(text) {
		if text[i] < 'A' || text[i] > 'Z' {
			return false
		}
	}
	return len(text) == 3
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// cutScale takes "1.2M" apart: the digits, the letter as typed, and its power of ten.
func cutScale(text string) (number, scale string, power int32) {
	lower := lowerASCII(text)
	for _, s := range scales {
		if strings.HasSuffix(lower, s.word) {
			return strings.TrimSpace(text[:len(text)-len(s.word)]), text[len(text)-len(s.word):], s.power
		}
	}
	return text, "", 0
}
