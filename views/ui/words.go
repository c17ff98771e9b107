package ui

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// htmxConfig is read by htmx from a meta element: nothing that needs eval, no injected styles, no history cache, and
// only this server is asked.
const htmxConfig = `{"includeIndicatorCSS":false,"history":"reload","mode":"same-origin","defaultTimeout":20000}`

// withNext adds where to come back to after signing in.
func withNext(signIn, back string) string {
	if back == "" || back == "/" {
		return signIn
	}
	return signIn + "?next=" + url.QueryEscape(back)
}

func boolWord(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// JoinNonEmpty joins what is not empty.
func JoinNonEmpty(separator string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}

// initials are the first letters of the first two words.
func initials(name string) string {
	var letters []rune
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		first, _ := utf8.DecodeRuneInString(word)
		if letters = append(letters, unicode.ToUpper(first)); len(letters) == 2 {
			break
		}
	}
	return string(letters)
}
