package ways

import (
	"context"
	"strings"
	"testing"

	"headroom/pricing"
)

func TestAPanicOfOneDraftIsThatOfTheCaller(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || !strings.Contains(err.Error(), "tried.go") {
			t.Errorf("recovered %v", err)
		}
	}()
	(&finder{}).evaluateAll(t.Context(), []draft{{plan: nil}, {plan: nil}})
}

func TestACancelledContextEndsAllDrafts(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	preset, _ := pricing.PresetByID("batch")
	plan, err := pricing.ParsePlan(preset.Plan)
	if err != nil {
		t.Fatal(err)
	}
	drafts := []draft{{plan: plan}, {plan: plan}, {plan: plan}}
	if err := (&finder{}).tryAll(ctx, drafts, &Answer{}); err == nil {
		t.Error("no error")
	}
}
