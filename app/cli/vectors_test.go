package cli

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// TestEvaluateReproducesTheWorkedExamplesFromFiles: every figure that a worked example states, on the command line.
func TestEvaluateReproducesTheWorkedExamplesFromFiles(t *testing.T) {
	files, err := filepath.Glob("../../pricing/testdata/vectors/growth-*.json")
	if err != nil || len(files) != 5 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var example struct {
			Plan     json.RawMessage
			Expected any
		}
		if err := json.Unmarshal(data, &example); err != nil {
			t.Fatal(err)
		}
		plan := filepath.Join(t.TempDir(), "plan.json")
		if err := os.WriteFile(plan, example.Plan, 0o600); err != nil {
			t.Fatal(err)
		}
		status, out, errs := run(t, "", "evaluate", plan)
		var result struct{ Alternatives []any }
		if err := json.Unmarshal([]byte(out), &result); err != nil || status != 0 {
			t.Fatalf("%s: status %d, %v, %s", file, status, err, errs)
		}
		if n := compare(t, filepath.Base(file), example.Expected, result.Alternatives[0]); n < 150 {
			t.Errorf("%s: only %d figures were compared", file, n)
		}
	}
}

// compare counts the figures of want and reports those that got does not have.
func compare(t *testing.T, path string, want, got any) (figures int) {
	switch want := want.(type) {
	case map[string]any:
		object, _ := got.(map[string]any)
		for key, value := range want {
			figures += compare(t, path+"/"+key, value, object[key])
		}
		return figures
	case []any:
		list, _ := got.([]any)
		for i := range want {
			if i < len(list) {
				figures += compare(t, path, want[i], list[i])
			}
		}
		return figures
	case float64:
		number, ok := got.(float64)
		if !ok || math.Abs(number-want) > max(1e-6, 1e-9*math.Abs(want)) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	return 1
}
