package pricing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"headroom/pricing/catalog"
)

// writtenPlans are the worked examples, the presets with shipped prices, and a plan of twenty alternatives whose names
// look like JSON.
func writtenPlans(t *testing.T) map[string]*Plan {
	t.Helper()
	plans := map[string]*Plan{"limits": limitedLargePlan(t), "alternatives": largePlan(t)}
	for i := range plans["alternatives"].Alternatives {
		plans["alternatives"].Alternatives[i].Name = `<b>"months":[], "alternatives":[]`
	}
	files, err := filepath.Glob("testdata/vectors/growth-*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var vector struct{ Plan json.RawMessage }
		if err := json.Unmarshal(text, &vector); err != nil {
			t.Fatal(err)
		}
		if plan, err := ParsePlan(vector.Plan); err == nil {
			plans[filepath.Base(file)] = plan
		}
	}
	for _, preset := range Presets() {
		if plan, err := ParsePlan(preset.Plan); err == nil {
			plans[preset.ID] = plan
		}
	}
	return plans
}

func TestAWrittenResultIsTheEncodedOne(t *testing.T) {
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for name, plan := range writtenPlans(t) {
		result, err := Evaluate(t.Context(), plan, prices)
		var got, want bytes.Buffer
		if refused := WriteResult(t.Context(), &got, plan, prices); err != nil {
			if Invalid(refused) == nil || refused.Error() != err.Error() || got.Len() > 0 {
				t.Errorf("%s: %d bytes and %v, want none and %v", name, got.Len(), refused, err)
			}
			continue
		} else if refused != nil {
			t.Errorf("%s: %v", name, refused)
		}
		if err := json.NewEncoder(&want).Encode(result); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s: wrote\n%.2000s\nwant\n%.2000s", name, &got, &want)
		}
	}
}

func TestNothingIsWrittenOfAPlanWhoseLastAlternativeHasNoPrice(t *testing.T) {
	plan := largePlan(t)
	last := &plan.Alternatives[len(plan.Alternatives)-1]
	last.Patch, last.Routes = json.RawMessage(`{"offers":{"offer-01":{"prices":null}}}`), nil
	var out bytes.Buffer
	if err := WriteResult(t.Context(), &out, plan, nil); Invalid(err) == nil || out.Len() > 0 {
		t.Errorf("%v after %d bytes, want to be refused before the first", err, out.Len())
	}
}

// narrow is a writer that fails after some bytes.
type narrow struct{ left int }

func (n *narrow) Write(p []byte) (int, error) {
	if n.left -= len(p); n.left < 0 {
		return 0, errNarrow
	}
	return len(p), nil
}

var errNarrow = errors.New("the reader is gone")

func TestAReaderWhoLeavesEndsTheEvaluation(t *testing.T) {
	plan := largePlan(t)
	if err := WriteResult(t.Context(), &narrow{left: 10_000}, plan, nil); !errors.Is(err, errNarrow) {
		t.Errorf("got %v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := WriteResult(gone, &narrow{left: 1 << 30}, plan, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
