package pricing

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestAFigureAsANumberIsWhatIsReadOfItsTwelveDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64().Draw(t, "v")
		want, err := ParseNumber(strconv.FormatFloat(v, 'g', 12, 64))
		if err != nil {
			want = Number{}
		}
		if got := NumberOf(v); got != want {
			t.Fatalf("%g became %v, want %v", v, got, want)
		}
	})
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e16, -1e16, 1e-19} {
		if got := NumberOf(v); !got.IsZero() {
			t.Errorf("%g became %v", v, got)
		}
	}
	if got := NumberOf(0); got.IsZero() || got.Float() != 0 {
		t.Errorf("0 became %v", got)
	}
}
