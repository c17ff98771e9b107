package pricing

import (
	"context"
	"slices"
	"testing"
)

func TestTheGroupsOfEveryLayerSumToTheListCost(t *testing.T) {
	_, plan := readVector(t, "growth-06-unsatisfiable-unrouted.json")
	ptu := plan.Offers["ptu"]
	ptu.Lab, ptu.Chips = "openai", []string{"nvidia", "amd"}
	plan.Offers["ptu"] = ptu
	result, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	row := Compare(result, "").Rows[0]
	want := map[Layer][]string{CloudLayer: {"azure", "vertex"}, LabLayer: {"openai", "unknown"},
		ChipLayer: {"amd or nvidia", "unknown"}}
	for _, layer := range Layers() {
		sums := make([]float64, len(row.Months))
		var names []string
		for _, s := range row.CostByLayer(layer) {
			names = append(names, s.ID)
			for m, v := range s.Values {
				sums[m] += v
			}
		}
		if !slices.Equal(names, want[layer]) {
			t.Errorf("%s: %v, want %v", layer, names, want[layer])
		}
		for m := range sums {
			check(t, string(layer)+" in "+row.Months[m].Month.String(), sums[m], row.Months[m].ListCost)
		}
	}
}
