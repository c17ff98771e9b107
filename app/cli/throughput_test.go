package cli

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The worked examples, a file in and lines out.
func TestThroughputReproducesTheWorkedExamples(t *testing.T) {
	text, err := os.ReadFile("../../pricing/capacity/testdata/throughput.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Throughput []struct {
			Title    string
			Input    json.RawMessage
			Expected map[string]any
		}
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	var in strings.Builder
	for _, v := range vectors.Throughput {
		in.WriteString(strings.ReplaceAll(string(v.Input), "\n", " ") + "\n")
	}
	status, out, errs := run(t, in.String(), "throughput", "-")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if status != 0 || errs != "" || len(lines) != len(vectors.Throughput) {
		t.Fatalf("status %d, %d lines: %s", status, len(lines), errs)
	}
	for i, v := range vectors.Throughput {
		var got map[string]any
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatal(err)
		}
		for field, want := range v.Expected {
			number, ok := want.(float64)
			if value, _ := got[field].(float64); ok &&
				(value-number > 1e-9*abs(number) || number-value > 1e-9*abs(number)) || !ok && got[field] != want {
				t.Errorf("%s: %s = %v, want %v", v.Title, field, got[field], want)
			}
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }

func TestThroughputOnTheCommandLine(t *testing.T) {
	tests := []struct {
		name, in  string
		status    int
		out, errs string
	}{
		{"what cannot be answered is an answer",
			`{"model":"Nobody 1B","accelerator":"H100","precision":"fp8","input_tokens":1,"output_tokens":1}`,
			0, `{"error":"model: \"Nobody 1B\"`, ""},
		{"a line that is not JSON ends it", "{}\nnonsense", 1, `{"error":`, "headroom: line 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := run(t, tt.in, "throughput", "-")
			if status != tt.status || !strings.HasPrefix(out, tt.out) || !strings.Contains(errs, tt.errs) {
				t.Errorf("status %d, want %d\nout: %s\nerr: %s", status, tt.status, out, errs)
			}
		})
	}
	if status, _, errs := run(t, "", "throughput", "nowhere.jsonl"); status != 1 ||
		!strings.Contains(errs, "nowhere.jsonl") {
		t.Errorf("status %d: %s", status, errs)
	}
}
