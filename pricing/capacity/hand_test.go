package capacity

import (
	"errors"
	"testing"
)

// The break-even table of 70B against APIs: one node of 8 H100, four replicas of two.
func TestTheBreakEvenCase(t *testing.T) {
	m := machines(t)
	model, _ := m.Model("Llama 3.3 70B")
	chip, _ := m.Accelerator("H100")
	r := Replica{Model: model, Accelerator: chip, Count: 2, Precision: FP8, KVPrecision: FP8, InputTokens: 2000,
		OutputTokens: 500, MinUserRate: 30}
	target, err := DefaultConstants().Estimate(&r)
	if err != nil {
		t.Fatal(err)
	}
	r.MinUserRate = 0
	free, err := DefaultConstants().Estimate(&r)
	if err != nil || free.Concurrency != 178 || int(free.TokensPerSecondPerUser) != 11 {
		t.Fatalf("without a target %+v, %v", free, err)
	}
	node := func(e Estimate) Range {
		x := RequestsPerSecond(e.OutputTokensPerSecond, 500)
		return Range{x.Low * 4, x.Value * 4, x.High * 4}
	}
	tests := []struct {
		name        string
		hourly      float64
		in, out     float64
		rate        Range
		requests    float64 // millions a month
		cap, share  float64
		verdict     Verdict
		ownCanWin   bool
		ownAtTheCap bool
	}{
		{"AWS against Bedrock", 55.04, 0.72, 0.72, node(target), 25.10, 14.80, 1.70, APIWins, false, false},
		{"Nebius against Bedrock is decided by the error", 23.60, 0.72, 0.72, node(target), 12.35, 14.80,
			0.83, Close, true, true},
		{"Nebius against DeepInfra", 23.60, 0.10, 0.32, node(target), 61.74, 14.80, 4.17, APIWins, false, false},
		{"a three-year rental against DeepInfra", 10.40, 0.10, 0.32, node(target), 34.98, 14.80, 2.36,
			APIWins, false, false},
		{"AWS against Bedrock without a latency target is a tie", 55.04, 0.72, 0.72, node(free), 25.10,
			25.08, 1.00, Close, false, false},
		{"Nebius against Bedrock without a latency target", 23.60, 0.72, 0.72, node(free), 12.35, 25.08,
			0.49, OwnWins, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := SelfHost{NodeHourly: tt.hourly, Nodes: 1, OperationsPerMonth: 5000, InputTokens: 2000,
				OutputTokens: 500,
				APIInput:     tt.in, APIOutput: tt.out, NodeRequests: tt.rate, Utilization: 0.6}
			b, err := s.BreakEven()
			if err != nil {
				t.Fatal(err)
			}
			near(t, "requests", b.Requests/1e6, tt.requests, 5e-4)
			near(t, "capacity", b.CapacityRequests/1e6, tt.cap, 5e-4)
			near(t, "share", b.Share, tt.share, 6e-3)
			if b.Verdict != tt.verdict || b.OwnCanWin != tt.ownCanWin {
				t.Errorf("verdict %s, own can win %v, want %s, %v (%+v)", b.Verdict, b.OwnCanWin, tt.verdict,
					tt.ownCanWin, b)
			}
			at, err := s.At(b.CapacityRequests)
			if err != nil || at.Nodes != 1 || (at.Own <= at.API) != tt.ownAtTheCap {
				t.Errorf("at full use %+v, %v", at, err)
			}
		})
	}
}

// The documented sizings of Azure and Google.
func TestUnitsAreSizedAsTheSellersSay(t *testing.T) {
	tests := []struct {
		name                     string
		load, per, minimum, step float64
		want                     float64
	}{
		{"Azure gpt-5.2: 1,000 requests a minute of 200 in, 20 out", 360_000, 3400, 15, 5, 110},
		{"the same with half of the input cached", 260_000, 3400, 15, 5, 80},
		{"Vertex: 10 requests a second of 1,000 + 500 x 7 + 300 x 4", 57_000, 3360, 1, 1, 17},
		{"a small load takes the minimum", 100, 3400, 15, 5, 15},
		{"no load takes the minimum too", 0, 3400, 15, 5, 15},
		{"a load that fills its units takes no more", 51_000, 3400, 15, 5, 15},
		{"and one token more does", 51_001, 3400, 15, 5, 20},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := UnitsFor(tt.load, tt.per, tt.minimum, tt.step); got != tt.want {
				t.Errorf("%v units, want %v", got, tt.want)
			}
		})
	}
}

// gpt-5 on PTUs: only the yearly term pays below full use.
func TestBreakEvenOfProvisionedCapacity(t *testing.T) {
	unit, prices := machines(t).FindUnits("azure", "GPT-5"), machines(t).FindUnitPrices("azure", "PTU")
	if len(unit) != 1 {
		t.Fatalf("%d units", len(unit))
	}
	monthly := func(product, term string) float64 {
		for _, p := range prices {
			if v, ok := p.Monthly(); ok && p.Product == product && p.Term == term {
				return v
			}
		}
		t.Fatalf("no price for %s, %s", product, term)
		return 0
	}
	tests := []struct {
		name           string
		month, minutes float64
		want           float64
	}{
		{"by the month", monthly("PTU reservation", "1 month"), 43200, 1.01},
		{"by the year", monthly("PTU reservation", "1 year"), 43200, 0.86},
		{"by the hour, 30 days", monthly("PTU Global", "hourly") / HoursPerMonth * 720, 43200, 2.81},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Provisioned{UnitPerMonth: tt.month, TokensPerMinute: unit[0].TokensPerMinute, Minutes: tt.minutes,
				InputTokens: 1000, OutputTokens: 300,
				CachedWeight: unit[0].CachedWeight.Value, OutputWeight: unit[0].OutputWeight.Value, Input: 1.25,
				Cached: 0.125, Output: 10}
			near(t, "value of a unit", p.OnDemandPerToken()*p.TokensPerMinute*p.Minutes, 256.5, 1e-9)
			u, ok := p.BreakEvenUtilization()
			if near(t, "utilisation", u, tt.want, 6e-3); !ok {
				t.Error("no break-even")
			}
			p.CacheReadShare = 0.8
			if cached, _ := p.BreakEvenUtilization(); cached >= u {
				t.Errorf("cached input is free on a PTU and not on demand: %v, without %v", cached, u)
			}
		})
	}
	if _, ok := (&Provisioned{UnitPerMonth: 1, TokensPerMinute: 1, Minutes: 1, InputTokens: 1}).
		BreakEvenUtilization(); ok {
		t.Error("a load that is free on demand has a break-even")
	}
}

func TestInputsThatMakeNoFigureAreErrors(t *testing.T) {
	if _, err := (&FleetInput{OutputTokensPerSecond: 1, PeakToAverage: 1, Utilization: 1.1, Throughput: Measured(1),
		Accelerators: 1}).Size(); !errors.Is(err, ErrFleet) {
		t.Errorf("use above 1: %v", err)
	}
	if _, err := (&FleetInput{OutputTokensPerSecond: 1, PeakToAverage: 1, Utilization: 1, Accelerators: 1}).
		Size(); !errors.Is(err, ErrFleet) {
		t.Errorf("no throughput: %v", err)
	}
	if _, err := (&SelfHost{Nodes: 1, NodeHourly: 1}).BreakEven(); !errors.Is(err, ErrBreakEven) {
		t.Errorf("nothing to compare: %v", err)
	}
	if _, err := FitCompute([]ComputePoint{{1, 1}, {1, 2}}); !errors.Is(err, ErrFit) {
		t.Errorf("one compute: %v", err)
	}
	if _, err := FitCompute([]ComputePoint{{0, 1}, {1, 2}}); !errors.Is(err, ErrFit) {
		t.Errorf("no compute: %v", err)
	}
}

// What a user measured leaves no range to argue about.
func TestAMeasuredFigureHasNoRange(t *testing.T) {
	f, err := (&FleetInput{OutputTokensPerSecond: 1000, PeakToAverage: 1, Utilization: 1, Throughput: Measured(300),
		Accelerators: 2}).Size()
	if err != nil || f.Few != f.Fleet || f.Many != f.Fleet || f.Fleet.Replicas != 4 {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestSeparatePrefillLeavesDecodingAlone(t *testing.T) {
	r, err := machines(t).
		ParseReplica([]byte(`{"model":"Llama 3.3 70B","accelerator":"H100","count":2,"concurrency":39,` + load + `}`))
	if err != nil {
		t.Fatal(err)
	}
	r.SeparatePrefill = true
	e, err := DefaultConstants().Estimate(&r)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rate", e.OutputTokensPerSecond.Value, 39/e.StepMS*1000, 1e-12)
	near(t, "between tokens", e.InterTokenMS, e.StepMS, 1e-12)
	whole := e.PrefillMS
	r.CachedTokens = 500
	half, err := DefaultConstants().Estimate(&r)
	if err != nil || half.PrefillMS >= whole/2 || half.MaxConcurrency != e.MaxConcurrency {
		t.Errorf("with half the prompt cached %+v, %v; the whole took %v", half, err, whole)
	}
}
