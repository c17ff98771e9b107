package pricing

import (
	"context"
	"testing"

	"headroom/pricing/catalog"
)

func shipped(t testing.TB) *catalog.Snapshot {
	t.Helper()
	c, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryPresetIsValidAndCanBePriced(t *testing.T) {
	for _, preset := range Presets() {
		t.Run(preset.ID, func(t *testing.T) {
			plan, err := ParsePlan(preset.Plan)
			if err != nil {
				t.Fatal(err)
			}
			result, err := Evaluate(context.Background(), plan, shipped(t))
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range result.Alternatives {
				if preset.ID != "empty" && (a.Totals.AccrualCost <= 0 || a.Totals.AccrualCost >= a.Totals.Revenue) {
					t.Errorf("%s costs %.0f and earns %.0f: no plausible example", a.ID, a.Totals.AccrualCost,
						a.Totals.Revenue)
				}
			}
		})
	}
}
