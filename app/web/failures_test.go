package web

import (
	"strings"
	"testing"
)

func TestEveryFailureIsOneSentence(t *testing.T) {
	for _, f := range failures {
		if text := f.text; strings.Count(text, ".") != 1 || !strings.HasSuffix(text, ".") {
			t.Errorf("%v: %q is not one sentence", f.err, text)
		}
	}
}
