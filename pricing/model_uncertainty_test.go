package pricing

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"headroom/pricing/simulate"
)

// TestTheUncertaintyOfTheDocumentIsTrue reads the table of the document's example.
func TestTheUncertaintyOfTheDocumentIsTrue(t *testing.T) {
	text, err := os.ReadFile("../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "### Uncertainty by example")
	table, _, _ = strings.Cut(table, "\n## ")
	users, err := simulate.NewDistribution(simulate.Lognormal, 8000, 10000, 12500)
	if err != nil {
		t.Fatal(err)
	}
	share, err := simulate.NewDistribution(simulate.Logitnormal, 0.2, 0.3, 0.4)
	if err != nil {
		t.Fatal(err)
	}
	copula, err := simulate.NewCopula([][]float64{{1, 0.6}, {0.6, 1}})
	if err != nil {
		t.Fatal(err)
	}
	correlated := make([]float64, 2)
	copula.Correlate([]float64{0.5, -1}, correlated)
	quota := strings.Replace(simulatedPlan(`,"uncertainty":{"samples":20000,"inputs":{`+uncertainStart+`}}`),
		"83333.33333333333", "73333.33333333333", 1)
	stands, _ := simulateText(t, quota).Alternatives[0].Months[0].BindsBy.Get("quota_tpm:a")
	want := map[string]struct{ figure, within float64 }{
		"s above and below":                        {math.Log(users.At(1) / 10000), 5e-7},
		"users at z = 0.5":                         {users.At(0.5), 5e-3},
		"chance that the quota stands":             {float64(stands), 0.01},
		"a share of 0.2 / 0.3 / 0.4 at z = −1":     {share.At(-1), 5e-7},
		"second of two normals 0.5, −1 at ρ = 0.6": {correlated[1], 1e-12},
		"P90 of 1, 2, 3, 4, 10":                    {simulate.Quantile([]float64{1, 2, 3, 4, 10}, 0.9), 1e-12},
	}
	for line := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 {
			continue
		}
		figure, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(cells[3]), ",", ""), 64)
		if err != nil {
			continue
		}
		what := strings.TrimSpace(cells[1])
		w, ok := want[what]
		if !ok || math.Abs(w.figure-figure) > w.within {
			t.Errorf("%s: the document says %v, the code %v", what, figure, w.figure)
		}
		delete(want, what)
	}
	if len(want) > 0 {
		t.Errorf("the document leaves out %v", want)
	}
}
