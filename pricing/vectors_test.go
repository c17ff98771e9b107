package pricing

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// vector is a worked example: a plan and the exact result, as the public format has them.
type vector struct {
	Plan     json.RawMessage
	Expected map[string]any
}

func readVector(t testing.TB, name string) (vector, *Plan) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	plan, err := ParsePlan(v.Plan)
	if err != nil {
		t.Fatal(err)
	}
	return v, plan
}

// near is the tolerance of the vectors: 1e-6, or 1e-9 relative.
func near(got, want float64) bool {
	return math.Abs(got-want) <= max(1e-6, 1e-9*math.Abs(want))
}

// TestVectors checks every month and every figure that a vector states, in the result as JSON. Objects by id must list
// the same ids; a field that a vector does not state is not tested.
func TestVectors(t *testing.T) {
	files, err := filepath.Glob("testdata/vectors/growth-*.json")
	if err != nil || len(files) != 5 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			v, plan := readVector(t, filepath.Base(file))
			result, err := Evaluate(context.Background(), plan, nil)
			if err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(result)
			if err != nil {
				t.Fatal(err)
			}
			var got struct{ Alternatives []map[string]any }
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			c := comparer{t: t}
			c.compare("", v.Expected, got.Alternatives[0])
			if c.figures < 170 {
				t.Errorf("only %d figures were compared", c.figures)
			}
			t.Logf("%d figures", c.figures)
		})
	}
}

type comparer struct {
	t       *testing.T
	figures int
}

// keyed are the objects whose members are ids: none may be missing, and none too many.
func keyed() []string {
	return []string{"served_by_segment", "binding_by_segment", "lost_revenue", "ceilings", "floors",
		"offers", "teams", "gpus_needed",
		"megawatts_needed", "first_binding", "first_exceeded", "max_growth"}
}

func (c *comparer) compare(path string, want, got any) {
	c.t.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			c.t.Errorf("%s: %v, want an object", path, got)
			return
		}
		if slices.Contains(keyed(), filepath.Base(path)) && len(object) != len(want) {
			c.t.Errorf("%s: %v, want %v", path, slices.Sorted(maps.Keys(object)), slices.Sorted(maps.Keys(want)))
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			value, ok := object[key]
			if !ok {
				c.t.Errorf("%s/%s is missing", path, key)
				continue
			}
			c.compare(path+"/"+key, want[key], value)
		}
		if _, stated := want["shadow"]; !stated && object["shadow"] != nil && want["month"] != nil {
			c.t.Errorf("%s: an unexpected shadow price", path)
		}
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			c.t.Errorf("%s: %v, want %d entries", path, got, len(want))
			return
		}
		for i := range want {
			c.compare(fmt.Sprintf("%s[%d]", path, i), want[i], list[i])
		}
	case float64:
		c.figures++
		value, ok := got.(float64)
		tolerance := max(1e-6, 1e-9*math.Abs(want))
		if filepath.Base(filepath.Dir(path)) == "shadow" {
			tolerance = max(1e-6*math.Abs(want), 1e-9)
			if filepath.Base(path) == "units_to_next" {
				tolerance = max(1e-6*math.Abs(want), 1e-6)
			}
		}
		if !ok || math.Abs(value-want) > tolerance {
			c.t.Errorf("%s: %v, want %v", path, got, want)
		}
	default:
		c.figures++
		if got != want {
			c.t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !near(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
