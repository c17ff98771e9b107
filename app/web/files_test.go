package web

import (
	"testing"
)

func TestFileNamesAreHarmless(t *testing.T) {
	tests := []struct{ name, plan, want string }{
		{"spaces and signs become hyphens", "Support 2027–28 (draft)", "support-2027-28-draft"},
		{"no path can be made", "../../etc/passwd", "etc-passwd"},
		{"no header can be broken", "a\"; x=\"b", "a-x-b"},
		{"a name without letters of ASCII is plan", "计划", "plan"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := FileName(test.plan); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
