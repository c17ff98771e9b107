package capacity

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// documented reads the last column of the example of machines in docs/model.md by its first.
func documented(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, ok := strings.Cut(string(text), "### Machines by example")
	if !ok {
		t.Fatal("docs/model.md has no example of machines")
	}
	example, _, _ = strings.Cut(example, "\n## ")
	figures := map[string]string{}
	for line := range strings.SplitSeq(example, "\n") {
		if cells := strings.Split(line, "|"); len(cells) == 5 {
			figures[strings.TrimSpace(cells[1])] = strings.ReplaceAll(strings.TrimSpace(cells[3]), ",", "")
		}
	}
	delete(figures, "what")
	delete(figures, "---")
	return figures
}

func TestTheExampleOfMachinesInTheDocumentIsTrue(t *testing.T) {
	r, err := machines(t).ParseReplica(
		[]byte(`{"model":"Llama 3.3 70B","accelerator":"H100","count":2,"precision":"fp8","kv_precision":"fp8",
		"input_tokens":2000,"output_tokens":500,"min_user_tokens_per_second":30}`))
	if err != nil {
		t.Fatal(err)
	}
	e, err := DefaultConstants().Estimate(&r)
	if err != nil {
		t.Fatal(err)
	}
	fleet, err := (&FleetInput{OutputTokensPerSecond: 10000, PeakToAverage: 2.5, Utilization: 0.7,
		Throughput:   e.OutputTokensPerSecond,
		Accelerators: r.Count, HourlyEach: 6.88, KWEach: r.Accelerator.AllInKW.Value}).Size()
	if err != nil {
		t.Fatal(err)
	}
	rate := RequestsPerSecond(e.OutputTokensPerSecond, 500)
	own, err := (&SelfHost{NodeHourly: 23.6, Nodes: 1, OperationsPerMonth: 5000, InputTokens: 2000, OutputTokens: 500,
		APIInput: 0.72, APIOutput: 0.72,
		NodeRequests: Range{4 * rate.Low, 4 * rate.Value, 4 * rate.High}, Utilization: 0.6}).BreakEven()
	if err != nil || own.Verdict != Close {
		t.Fatalf("%+v, %v", own, err)
	}
	ptu := Provisioned{UnitPerMonth: 260, TokensPerMinute: 4750, Minutes: 43200, InputTokens: 1000, OutputTokens: 100,
		OutputWeight: 8, Input: 1.25, Output: 10}
	use, _ := ptu.BreakEvenUtilization()
	figures := documented(t)
	for what, got := range map[string]float64{
		"free memory, GB": e.FreeGB, "most requests at a time": e.MaxConcurrency,
		"requests at a time at 30 tokens/s": e.Concurrency,
		"step, ms":                          e.StepMS, "prefill, ms": e.PrefillMS,
		"output tokens a second": e.OutputTokensPerSecond.Value,
		"low end of the range":   e.OutputTokensPerSecond.Low, "replicas": fleet.Fleet.Replicas,
		"megawatts":   fleet.Fleet.MW,
		"USD a month": fleet.Fleet.Monthly, "break-even, requests a month": own.Requests,
		"capacity, requests a month": own.CapacityRequests,
		"share of capacity":          own.Share, "share with the slowest node": own.ShareRange.High,
		"needed use of a gpt-5 PTU at 260 a month": use,
	} {
		text := figures[what]
		_, places, _ := strings.Cut(text, ".")
		if want, err := strconv.ParseFloat(text, 64); err != nil ||
			math.Abs(got-want) > 0.5001*math.Pow10(-len(places)) {
			t.Errorf("%s: the document says %q, the code %v", what, text, got)
		}
		delete(figures, what)
	}
	if len(figures) > 0 {
		t.Errorf("figures of the document that nothing checks: %v", figures)
	}
}
