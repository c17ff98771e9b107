package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLockinAnswersTheWorkedExamples(t *testing.T) {
	for _, name := range []string{"lockin-01.json", "lockin-02.json", "lockin-03.json"} {
		text, err := os.ReadFile("../../pricing/lockin/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var vector struct {
			Input    json.RawMessage
			Expected any
		}
		if err := json.Unmarshal(text, &vector); err != nil {
			t.Fatal(err)
		}
		status, out, errs := run(t, string(vector.Input), "lockin", "-")
		var got any
		if err := json.Unmarshal([]byte(out), &got); err != nil || status != 0 {
			t.Fatalf("%s: status %d, %v: %s", name, status, err, errs)
		}
		if diff := cmp.Diff(vector.Expected, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLockinOfAPlanAndOfBadInput(t *testing.T) {
	for _, c := range []struct {
		name, in  string
		args      []string
		status    int
		out, errs string
	}{
		{"a plan", "", []string{"lockin", "--as-of", "2026-11-24", planFile(t)}, 0, `"as_of":"2026-11-24"`, ""},
		{"an error names its path",
			`{"exit":{"seller":"a","exit_date":"2027-01-01","time":{"engineers":0,"gbps":1,"utilisation":1}}}`,
			[]string{"lockin", "-"}, 1, "", "headroom: exit.time.engineers: must be more than 0"},
		{"one line an error", `{"exit":{}}`, []string{"lockin", "-"}, 1, "", "headroom: exit.exit_date: "},
		{"a day that is none", `{}`, []string{"lockin", "--as-of", "tomorrow", "-"}, 1, "", "--as-of"},
		{"a file that is not there", "", []string{"lockin", "nowhere.json"}, 1, "", "nowhere.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, errs := run(t, c.in, c.args...)
			if status != c.status || !strings.Contains(out, c.out) || !strings.Contains(errs, c.errs) {
				t.Errorf("status %d, out %.200s, errs %s", status, out, errs)
			}
		})
	}
}

func TestTheTableOfAPlanSaysWhatLeavingTakes(t *testing.T) {
	const plan = "../../pricing/presets/chatbot.json"
	status, out, errs := run(t, "", "lockin", "--as-of", "2026-11-24", plan)
	var answer struct {
		Alternatives []struct {
			ID         string
			Assessment struct {
				Index json.Number
				Band  string
				Exit  struct {
					Cost json.Number `json:"cash_cost_usd"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || status != 0 || len(answer.Alternatives) < 2 {
		t.Fatalf("status %d, %v: %s", status, err, errs)
	}
	status, out, errs = run(t, "", "evaluate", "--csv", "--as-of", "2026-11-24", plan)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || status != 0 || len(rows) != len(answer.Alternatives)+1 {
		t.Fatalf("status %d, %v, %d rows: %s", status, err, len(rows), errs)
	}
	for i, a := range answer.Alternatives {
		for column, want := range map[string]string{"id": a.ID, "lock_in_index": a.Assessment.Index.String(),
			"lock_in_band": a.Assessment.Band, "exit_cost": a.Assessment.Exit.Cost.String()} {
			if at := slices.Index(rows[0], column); at < 0 || rows[i+1][at] != want {
				t.Errorf("%s of %s is not %s: %q", column, a.ID, want, rows[i+1])
			}
		}
	}
	if status, _, errs = run(t, "", "evaluate", "--csv", "--as-of", "tomorrow", plan); status != 1 ||
		!strings.Contains(errs, "--as-of") {
		t.Errorf("a day that is none: status %d, %s", status, errs)
	}
}
