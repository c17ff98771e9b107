package cli

import "testing"

func TestMemoryIsLimitedUnlessTheOperatorSaysOtherwise(t *testing.T) {
	for name, tc := range map[string]struct {
		limit       int64
		fromRuntime string
		want        int64
	}{
		"1 GB by default":                   {1024, "", 1 << 30},
		"GOMEMLIMIT is left as it is":       {1024, "2GiB", 0},
		"0 is none":                         {0, "", 0},
		"less than nothing is none as well": {-5, "", 0},
	} {
		if got := (&serveCommand{MemoryLimit: tc.limit}).memoryLimit(tc.fromRuntime); got != tc.want {
			t.Errorf("%s: got %d, want %d", name, got, tc.want)
		}
	}
}
