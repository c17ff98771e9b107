package workspace

import (
	"testing"
)

// Nobody who does not ask pays for an assessment of every alternative.
func TestLockInIsWorkedOutOnlyWhenAColumnShowsIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns []string
		want    bool
	}{
		{"the usual columns", nil, true}, {"others", []string{"total", "margin"}, false},
		{"the index", []string{"total", "lock_in_index"}, true},
		{"sellers of its model", []string{"sellers_of_model"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &Answer{State: PlanState{View: PlanView{Columns: c.columns}}}
			if got := a.showsLockin(); got != c.want {
				t.Errorf("%t", got)
			}
		})
	}
}
