package pricing

import (
	"testing"

	"headroom/pricing/catalog"
)

func TestAChangedCopyOfAValidPlanIsCheckedAnew(t *testing.T) {
	plan, err := ParsePlan([]byte(onePlan))
	if err != nil {
		t.Fatal(err)
	}
	changed := *plan
	changed.Months = -1
	if err := changed.check(); err == nil {
		t.Error("a plan of -1 months passes")
	}
	if _, err := Evaluate(t.Context(), &changed, nil); Invalid(err) == nil {
		t.Errorf("a plan of -1 months is evaluated: %v", err)
	}
}

func TestEveryPresetIsStillValidWithItsProposals(t *testing.T) {
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, preset := range Presets() {
		plan, err := ParsePlan(preset.Plan)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range Proposals() {
			proposed, _, err := Propose(plan, prices, kind)
			if err != nil {
				t.Fatal(err)
			}
			looked := *proposed // a copy, which nobody vouches for
			if err := looked.check(); err != nil {
				t.Errorf("%s, %s: %v", preset.ID, kind, err)
			}
			plan = proposed
		}
		kept := *plan.WithAlternatives(func(id string) bool { return id == plan.BaselineID() })
		if err := kept.check(); err != nil || len(kept.Alternatives) > 1 {
			t.Errorf("%s with one alternative: %v", preset.ID, err)
		}
	}
}

// presetToChange is a copy of a preset's plan: one that a test may change, and that is checked where it is used.
func presetToChange(t testing.TB, id string) *Plan {
	t.Helper()
	preset, ok := PresetByID(id)
	if !ok {
		t.Fatalf("no preset %q", id)
	}
	plan, err := ParsePlan(preset.Plan)
	if err != nil {
		t.Fatal(err)
	}
	changed := *plan
	return &changed
}
