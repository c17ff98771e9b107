package web

import (
	"errors"
	"strings"
	"testing"
)

func TestEveryFailureIsSaidInOneSentence(t *testing.T) {
	for _, f := range failures {
		sentences := 1
		if errors.Is(f.err, ErrBusy) {
			sentences = 2 // what is wrong, and what to do
		}
		if text := f.text; strings.Count(text, ".") != sentences || !strings.HasSuffix(text, ".") {
			t.Errorf("%v: %q is not %d sentences", f.err, text, sentences)
		}
	}
}
