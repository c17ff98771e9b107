// Package listing is the search, filter, sort and page of a list, and their way into an address and back.
package listing

import (
	"net/url"
	"slices"
	"strings"
)

// SplitList reads repeated and comma-separated values; boxes that are ticked repeat their name.
func SplitList(values []string) []string {
	var list []string
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			if part != "" && !slices.Contains(list, part) {
				list = append(list, part)
			}
		}
	}
	return list
}

// Address is a path with its query, and the path alone without one.
func Address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

const MaxColumns = 24

// SortText is a column and a direction as the address says them.
func SortText(key string, down bool) string { return key + Word(down, ".desc") }

// SortOf reads "cost" and "cost.desc". The newest models come first until the reader asks otherwise.
func SortOf(text string) (key string, down bool) {
	if text == "" {
		return "released", true
	}
	key, direction, _ := strings.Cut(text, ".")
	return key, direction == "desc"
}

// Known keeps the values of a parameter that are among words.
func Known(values []string, words ...string) []string {
	return slices.DeleteFunc(SplitList(values), func(v string) bool { return !slices.Contains(words, v) })
}

// Word is text where yes, and "" where not.
func Word(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}
