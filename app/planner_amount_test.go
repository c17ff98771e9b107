package app

import "testing"

func TestAmountsOfCapacityAreShort(t *testing.T) {
	for id, cases := range map[string]map[float64]string{
		"gpu:fleet":  {48: "48 GPUs", 2.1: "2.1 GPUs", 100: "100 GPUs", 1234.5: "1,234 GPUs"},
		"power:site": {0.06951: "69.51 kW", 0.5: "500 kW", 2: "2 MW", 12.25: "12.25 MW"},
	} {
		for capacity, want := range cases {
			if got := (limitWords{a: &answer{}}).capacity(id, capacity); got != want {
				t.Errorf("%v of %s is %q, want %q", capacity, id, got, want)
			}
		}
	}
	for id, want := range map[string]string{"power:site": "10 kW", "gpu:fleet": "GPU", "quota_rpm:o": "1 request a minute"} {
		if _, one := (limitWords{a: &answer{}}).shadowUnit(id); one != want {
			t.Errorf("a unit of %s is %q, want %q", id, one, want)
		}
	}
}
