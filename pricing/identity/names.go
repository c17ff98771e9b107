package identity

import "strings"

// Direct is the seller that is the lab's own: "gemini-api" for google, "alibaba" for alibaba. It reports false for a
// lab that sells only through others, Meta's and Microsoft's clouds among them.
func Direct(lab string) (string, bool) {
	id, ok := lists().direct[lab]
	return id, ok
}

// Name makes a readable name of a canonical id, for a model that no source names: "openai/gpt-5-6-sol" is "GPT-5.6
// Sol".
func Name(model string) string {
	_, slug, _ := strings.Cut(model, "/")
	var out []string
	for word := range strings.SplitSeq(slug, "-") {
		last := len(out) - 1
		switch {
		case last >= 0 && isVersion(word) && endsInVersion(out[last]):
			out[last] += "." + word
		case last >= 0 && out[last] == "GPT":
			out[last] += "-" + word
		case word == "gpt":
			out = append(out, "GPT")
		case len(word) > 1 && word[0] == 'o' && isDigit(word[1]):
			out = append(out, word)
		case word != "":
			out = append(out, strings.ToUpper(word[:1])+word[1:])
		}
	}
	return strings.Join(out, " ")
}

// isVersion knows the short numbers that versions are made of; longer ones are dates and sizes.
func isVersion(word string) bool {
	return len(word) > 0 && len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

func endsInVersion(word string) bool {
	i := strings.LastIndexAny(word, ".- ")
	return isVersion(word[i+1:]) && !strings.Contains(word, ".")
}
