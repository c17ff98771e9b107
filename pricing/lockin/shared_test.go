package lockin

import (
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"testing"

	"headroom/pricing"
)

func remembered(t *testing.T) *shared {
	t.Helper()
	s, err := newShared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALineIsLookedUpOnce(t *testing.T) {
	lines := remembered(t).options
	looked := 0
	find := func() []Option { looked++; return []Option{{Offer: "azure/red"}} }
	for range 3 {
		if got := once(lines, "a", find); len(got) != 1 || got[0].Offer != "azure/red" {
			t.Fatalf("%+v", got)
		}
	}
	once(lines, "b", find)
	if looked != 2 {
		t.Errorf("looked %d times for 2 lines", looked)
	}
}

func TestWhatIsRememberedOfLinesIsBounded(t *testing.T) {
	lines := remembered(t).options
	for i := range 3 * entriesKept {
		once(lines, strconv.Itoa(i), func() []Option { return nil })
	}
	if lines.Len() > entriesKept {
		t.Errorf("%d lines are kept", lines.Len())
	}
}

func TestLinesMayBeLookedUpAtOnce(t *testing.T) {
	lines := remembered(t).options
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range 100 {
				name := strconv.Itoa((i + n) % 10)
				if got := once(lines, name, func() []Option { return []Option{{Offer: name}} }); got[0].Offer != name {
					t.Errorf("line %s got the options of %s", name, got[0].Offer)
				}
			}
		})
	}
	wait.Wait()
}

// A base serves many requests: what one takes from it and completes must not show in another.
func TestPlansAreAssessedAtOnceAndAlike(t *testing.T) {
	base, err := NewBase(shelf(), testDay)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pricing.ParsePlan([]byte(quiet))
	if err != nil {
		t.Fatal(err)
	}
	result, err := pricing.Evaluate(t.Context(), plan, shelf())
	if err != nil {
		t.Fatal(err)
	}
	answers := make([]string, 8)
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() {
			answer, err := base.Assess(plan, result)
			if err != nil {
				t.Error(err)
				return
			}
			text, err := json.Marshal(answer)
			if err != nil {
				t.Error(err)
			}
			answers[i] = string(text)
		})
	}
	wait.Wait()
	for i, answer := range answers {
		if answer == "" || answer != answers[0] {
			t.Errorf("answer %d differs:\n%s\n%s", i, answer, answers[0])
		}
	}
}

// The ids of models in the answers are free text: one that holds what stands between two others is not those two.
func TestPlansWithOtherEvaluationsDoNotShareOptions(t *testing.T) {
	base, err := NewBase(shelf(), testDay)
	if err != nil {
		t.Fatal(err)
	}
	qualities := func(patch string) (list []string) {
		plan := patched(t, patch)
		result, err := pricing.Evaluate(t.Context(), plan, shelf())
		if err != nil {
			t.Fatal(err)
		}
		answer, err := base.Assess(plan, result)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range answer.Alternatives[0].Lines[0].Options {
			list = append(list, o.Offer+" "+o.QualityRatio.String())
		}
		return list
	}
	odd := qualities(factsPatch(`"quality":{"a:1 google/blue":0.96}`))
	evaluated := qualities(factsPatch(`"quality":{"a":1,"google/blue":0.96}`))
	if slices.Contains(odd, "vertex/blue 0.96") || !slices.Contains(evaluated, "vertex/blue 0.96") {
		t.Errorf("%q\n%q", odd, evaluated)
	}
}
