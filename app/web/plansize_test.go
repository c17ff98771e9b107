package web

import "testing"

func TestASizeCountsWhatAlternativesAdd(t *testing.T) {
	for name, tc := range map[string]struct {
		plan string
		want PlanSize
	}{
		"months and offers of a patch": {
			`{"months":3,"offers":{"a":{}},"alternatives":[{},{"patch":{"months":60,"offers":{"b":{},"c":{}}}}]}`,
			PlanSize{months: 60, alternatives: 2, figures: 24, samples: 5000},
		},
		"routes of an alternative": {
			`{"months":1,"workloads":{"w":{"routes":[{}]}},"alternatives":[{"routes":{"w":[{},{},{}]}}]}`,
			PlanSize{months: 1, alternatives: 1, rows: 5, figures: 1, samples: 5000},
		},
		"months that are no whole number": {`{"months":1.2e2}`, PlanSize{months: 120, alternatives: 1, samples: 5000}},
		"samples of a patch": {
			`{"months":1,"uncertainty":{"samples":10},"alternatives":[{"patch":{"uncertainty":{"samples":1000000}}}]}`,
			PlanSize{months: 1, alternatives: 1, samples: 100_000},
		},
		"members of wrong types": {`{"months":"x","offers":[],"workloads":{"w":1},"segments":{"s":1}}`,
			PlanSize{months: 120, alternatives: 1, rows: 1, figures: 3, samples: 5000}},
		"no JSON": {`{"months":`, PlanSize{alternatives: 1, samples: 5000}},
	} {
		tc.want.bytes = int64(len(tc.plan))
		if got := SizeOf([]byte(tc.plan)); got != tc.want {
			t.Errorf("%s: got %+v, want %+v", name, got, tc.want)
		}
	}
}
