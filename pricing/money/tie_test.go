package money

import "testing"

func TestATieIsADifferenceThatIsNotShown(t *testing.T) {
	for _, tt := range []struct {
		name      string
		a, b      float64
		tie, less bool
	}{
		{"the noise of another unit", 10.499993, 10.5, true, false},
		{"0.04 % shows as 0.0 %", 10_000, 10_004, true, false},
		{"0.06 % shows as 0.1 %", 10_000, 10_006, false, true},
		{"the dearer is not less", 10_006, 10_000, false, false},
		{"nothing and a cent", 0, 0.01, false, true},
		{"nothing and nothing", 0, 0, true, false},
		{"a gain and a cost", -1, 1, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if Tie(tt.a, tt.b) != tt.tie || Tie(tt.b, tt.a) != tt.tie || Less(tt.a, tt.b) != tt.less {
				t.Errorf("%v and %v: tie %v, less %v", tt.a, tt.b, Tie(tt.a, tt.b), Less(tt.a, tt.b))
			}
		})
	}
}
