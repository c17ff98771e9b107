package cells

import (
	"testing"
)

func TestADifferenceThatIsNoiseHasNoDirection(t *testing.T) {
	for ratio, want := range map[float64][2]string{
		0.0004: {"the same", "the same"}, -0.0004: {"the same", "the same"}, 0: {"the same", "the same"},
		0.002: {"more", "0.2\u00a0% more"}, -0.1: {"less", "10.0\u00a0% less"},
	} {
		if word, words := DeltaWord(ratio), PercentWords(ratio); word != want[0] || words != want[1] {
			t.Errorf("%v is %q and %q, want %q", ratio, word, words, want)
		}
	}
}
