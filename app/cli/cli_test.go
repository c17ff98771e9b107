package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// run is one command: its status, standard output and standard error.
func run(t *testing.T, in string, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e strings.Builder
	status = Main(args, strings.NewReader(in), &o, &e)
	return status, o.String(), e.String()
}

// planFile writes the plan of a worked example to a file of its own.
func planFile(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../pricing/testdata/vectors/growth-01-quota-then-budget.json")
	if err != nil {
		t.Fatal(err)
	}
	var vector struct{ Plan json.RawMessage }
	if err := json.Unmarshal(text, &vector); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(name, vector.Plan, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestExitStatusesAndWords(t *testing.T) {
	plan := planFile(t)
	usage := `{"provider":"openai","model":"gpt-5.5","usage":{"input":1500,"output":400}}`
	tests := []struct {
		name, in string
		args     []string
		status   int
		out      string // part of standard output
		errs     string // part of standard error
	}{
		{"a plan gives a result", "", []string{"evaluate", plan}, 0, `{"schema":"headroom.result/v1"`, ""},
		{"as a table on demand", "", []string{"evaluate", "--csv", plan}, 0, "id,name,accrual_cost", ""},
		{"a bad plan names each field in a line", `{"schema":"headroom.plan/v1","months":0}`, []string{"evaluate", "-"},
			1, "", "headroom: months: "},
		{"an error of the whole document has no path", "{bad", []string{"evaluate", "-"}, 1, "",
			"headroom: line 1, column 2: "},
		{"a line end in a name does not break the line", `{"a\nb":1}`, []string{"evaluate", "-"}, 1,
			"", "headroom: a b: unknown field"},
		{"a file that is not there", "", []string{"evaluate", "nowhere.json"}, 1, "", "nowhere.json"},
		{"a command that does not exist is bad usage", "", []string{"guess"}, 2, "", "guess"},
		{"no command is bad usage", "", nil, 2, "", "expected one of"},
		{"a missing argument is bad usage", "", []string{"evaluate"}, 2, "", "<plan>"},
		{"help is no error", "", []string{"--help"}, 0, "evaluate <plan>", ""},
		{"usage is priced", usage, []string{"cost", "-"}, 0, `"usd":"0.0195"`, ""},
		{"a line that cannot be priced is an answer", `{"provider":"x","model":"y","usage":{}}`, []string{"cost", "-"},
			0, `{"error":`, ""},
		{"a line that is not JSON ends it", "nonsense", []string{"cost", "-"}, 1, "", "line 1"},
		{"a day that does not exist is bad usage", usage, []string{"cost", "--as-of", "2026-02-30", "-"},
			2, "", "2026-02-30"},
		{"sellers of a model", "", []string{"sellers", "anthropic/claude-opus-5"}, 0, `"provider":"vertex"`, ""},
		{"an unknown model", "", []string{"sellers", "nobody/nothing"}, 1, "", "nobody/nothing"},
		{"an unknown price format is bad usage", "", []string{"catalog", "import", "--from", "xml", "-"},
			2, "", "litellm"},
		{"a snapshot that is not there", "", []string{"catalog", "diff", "--database",
			filepath.Join(t.TempDir(), "none.db"), "shipped", "1999-01-01"}, 1, "", "1999-01-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := run(t, tt.in, tt.args...)
			if status != tt.status || !strings.Contains(out, tt.out) || !strings.Contains(errs, tt.errs) {
				t.Errorf("status %d, want %d with %q and %q\nout: %.300s\nerr: %s", status, tt.status,
					tt.out, tt.errs, out, errs)
			}
			if status == 0 && errs != "" {
				t.Errorf("done, but complains: %s", errs)
			}
		})
	}
}

// An import makes a snapshot that a later process finds again, that shows what the file changed, and that a plan may
// name.
func TestAnImportedSnapshotIsThereForTheNextCommand(t *testing.T) {
	base := filepath.Join(t.TempDir(), "headroom.db")
	file := `{"groq/llama-3.3-70b-versatile":{"litellm_provider":"groq","mode":"chat","input_cost_per_token":5e-07,"output_cost_per_token":7.9e-07}}`
	status, out, errs := run(t, file, "catalog", "import", "--database", base, "--from", "litellm", "--as-of",
		"2026-11-20", "-")
	var report struct{ Snapshot string }
	if err := json.Unmarshal([]byte(out), &report); err != nil || status != 0 {
		t.Fatalf("status %d, %v, %s", status, err, errs)
	}
	if !strings.HasPrefix(report.Snapshot, "2026-11-20-") {
		t.Errorf("snapshot %q, want one of the day", report.Snapshot)
	}
	status, out, errs = run(t, "", "catalog", "diff", "--database", base, "shipped", report.Snapshot)
	if status != 0 || !strings.Contains(out, `"0.59"`) || !strings.Contains(out, `"0.5"`) {
		t.Errorf("diff: status %d, %s%s", status, out, errs)
	}
	plan, err := os.ReadFile(planFile(t))
	if err != nil {
		t.Fatal(err)
	}
	pinned := strings.Replace(string(plan), "{", `{"catalog_snapshot":"`+report.Snapshot+`",`, 1)
	status, out, errs = run(t, pinned, "evaluate", "--database", base, "-")
	if status != 0 || !strings.Contains(out, `"catalog_snapshot":"`+report.Snapshot+`"`) {
		t.Errorf("evaluate: status %d, %.200s%s", status, out, errs)
	}
}
