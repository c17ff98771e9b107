package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSimulateOnTheCommandLine(t *testing.T) {
	text, err := os.ReadFile("../../pricing/testdata/vectors/growth-04-gpu-delivery-and-power.json")
	if err != nil {
		t.Fatal(err)
	}
	var vector struct{ Plan json.RawMessage }
	if err := json.Unmarshal(text, &vector); err != nil {
		t.Fatal(err)
	}
	with := func(uncertainty string) string { return strings.Replace(string(vector.Plan), "{", "{"+uncertainty, 1) }
	segment := with(
		`"uncertainty":{"samples":200,"inputs":{"segments.all.users.start":{"distribution":"lognormal","p10":900,"p50":1000,"p90":1200}}},`)
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, []byte(segment), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in  string
		args      []string
		status    int
		out, errs string
	}{
		{"a plan with a range", "", []string{"simulate", file}, 0, `"samples":200,"seed":1,"months":[{"month":"`, ""},
		{"from standard input", segment, []string{"simulate", "-"}, 0, `"tornado":[{"path":"segments.all.users.start"`, ""},
		{"a plan without ranges", string(vector.Plan), []string{"simulate", "-"}, 1, "",
			"headroom: uncertainty.inputs: is required: at least one range"},
		{"a range that leads nowhere", strings.Replace(segment, "users.start", "users.hope", 1),
			[]string{"simulate", "-"}, 1, "",
			"headroom: uncertainty.inputs.segments.all.users.hope: leads to no number"},
		{"a file that is not there", "", []string{"simulate", "nowhere.json"}, 1, "", "nowhere.json"},
		{"no file at all", "", []string{"simulate"}, 2, "", "plan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, errs := run(t, c.in, c.args...)
			if status != c.status || !strings.Contains(out, c.out) || !strings.Contains(errs, c.errs) {
				t.Errorf("status %d, out %.300s, errs %s", status, out, errs)
			}
		})
	}
}
