package growth

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing/commitment"
)

func near(got, want float64) bool { return math.Abs(got-want) <= max(1e-9, 1e-12*math.Abs(want)) }

func TestCurves(t *testing.T) {
	for _, tc := range []struct {
		name  string
		curve Curve
		m     int
		want  float64
	}{
		{"exponential begins at its start", Curve{Shape: Exponential, Start: 100, Growth: 0.1}, 0, 100},
		{"exponential compounds", Curve{Shape: Exponential, Start: 100, Growth: 0.1}, 2, 121},
		{"exponential may shrink", Curve{Shape: Exponential, Start: 100, Growth: -0.5}, 3, 12.5},
		{"logistic begins at its start", Curve{Shape: Logistic, Start: 100, Ceiling: 1000, Rate: 0.5}, 0, 100},
		{"logistic is half way where the exponent pays the gap",
			Curve{Shape: Logistic, Start: 100, Ceiling: 1000, Rate: math.Log(9) / 4}, 4, 500},
		{"logistic ends at its ceiling", Curve{Shape: Logistic, Start: 100, Ceiling: 1000, Rate: 2}, 119, 1000},
		{"logistic at its ceiling stays", Curve{Shape: Logistic, Start: 5, Ceiling: 5, Rate: -40}, 119, 5},
		{"logistic of nobody is nobody", Curve{Shape: Logistic, Ceiling: 5, Rate: 1}, 3, 0},
		{"logistic without room is nobody", Curve{Shape: Logistic, Start: 5, Rate: 1}, 3, 0},
		{"bass begins at its start", Curve{Shape: Bass, Start: 7, Market: 1000, Innovation: 0.03, Imitation: 0.38},
			0, 7},
		{"bass of innovators alone is saturation", Curve{Shape: Bass, Market: 1000, Innovation: math.Ln2}, 1, 500},
		{"bass follows its formula", Curve{Shape: Bass, Market: 1000, Innovation: 0.1, Imitation: 0.4},
			2, 1000 * (1 - math.Exp(-1)) / (1 + 4*math.Exp(-1))},
		{"bass without innovators stays", Curve{Shape: Bass, Start: 7, Market: 1000, Imitation: 0.4}, 9, 7},
		{"a table takes the month's value", Curve{Shape: Table, Values: []float64{3, 1, 4}}, 2, 4},
		{"a table ends", Curve{Shape: Table, Values: []float64{3, 1, 4}}, 3, 0},
		{"an unknown shape is nobody", Curve{Shape: "cubic", Start: 4}, 0, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.curve.At(tc.m); !near(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

func TestLoadMultipliers(t *testing.T) {
	for _, tc := range []struct {
		name    string
		profile []float64
		peak    float64
		want    []float64
	}{
		{"one block is flat whatever the peak", []float64{1}, 3, []float64{1}},
		{"the second block takes what the first leaves", []float64{0.1, 0.9}, 3, []float64{3, 0.7 / 0.9}},
		{"no peak is flat", []float64{0.25, 0.75}, 1, []float64{1, 1}},
		{"three blocks need their own", []float64{0.2, 0.3, 0.5}, 2, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := Multipliers(nil, tc.profile, tc.peak)
			if len(got) != len(tc.want) {
				t.Fatalf("got %v, want %v", got, tc.want)
			}
			for k := range got {
				if !near(got[k], tc.want[k]) {
					t.Errorf("got %v, want %v", got, tc.want)
				}
			}
		})
	}
}

func TestNormalisedTokens(t *testing.T) {
	// The documented sizing example: 200 in, 20 out, half of the input cached, output counts eight times.
	if got := (Normalised{Input: 200, Output: 20, CacheRead: 0.5, OutputWeight: 8}).Tokens(); !near(got, 260) {
		t.Errorf("got %v, want 260", got)
	}
}

func TestTierFactors(t *testing.T) {
	tiers := []Tier{{1000, 1}, {2500, 0.75}}
	for _, tc := range []struct {
		name string
		mtok float64
		want float64
	}{
		{"nothing used", 0, 1},
		{"inside the first bracket", 400, 1},
		{"at its edge", 1000, 1},
		{"in the second bracket", 2000, (1000 + 1000*0.75) / 2000},
		{"beyond the last edge its multiplier goes on", 4000, (1000 + 3000*0.75) / 4000},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := TierFactor(tiers, tc.mtok); !near(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
	if TierFactor(nil, 5) != 1 {
		t.Error("no tiers are no factor")
	}
}

func TestCostOfOneRequest(t *testing.T) {
	p := Prices{Input: 3, CacheRead: 0.3, CacheWrite: 3.75, Output: 15, PerRequest: 0.01}
	r := Request{Input: 4000, Output: 800, CacheRead: 0.6, CacheWrite: 0.05}
	want := (4000*0.35*3+4000*0.6*0.3+4000*0.05*3.75+800*15)/1e6 + 0.01
	if got := p.Cost(r); !near(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// twoOffers is a program of one segment, one workload and two offers; the second has volume tiers, a quarter of the
// requests is refused.
func twoOffers() *Program {
	p := &Program{
		Months: 1, Teams: 1, Providers: 1, Terms: commitment.NewTerms(1, nil, nil), Flow: []float64{0},
		Refusals: 1, Profile: []float64{0.5, 0.5}, Minutes: []float64{1000},
		Segments:  []Segment{{Users: []float64{100}, Revenue: []float64{8}}},
		Workloads: []Workload{{Requests: []float64{10}, Multipliers: []float64{1.5, 0.5}}},
		Offers: []Offer{{Pool: Nobody}, {Pool: Nobody, Tiers: []Tier{{1, 1}, {math.Inf(1), 0.5}},
			Fixed: []float64{7}}},
		Rows: []Row{
			{Offer: 0, Refusal: -1, Share: 0.5, Interactive: 2, BatchCost: 1, Batch: 0.5, Mtok: 0.001, Load: 100},
			{Offer: 1, Refusal: -1, Share: 0.25, Interactive: 4, BatchCost: 4, Mtok: 0.008, Load: 100},
			{Offer: Nobody, Refusal: 0, Share: 0.25},
		},
		Starts: []int{0, 3},
	}
	p.Finish()
	return p
}

func TestAMonthByHand(t *testing.T) {
	p := twoOffers()
	s := NewState(p)
	p.Evaluate(0, []float64{100}, p.Terms.NewBalance(0), s)
	for _, tc := range []struct {
		what      string
		got, want float64
	}{
		{"requests", s.Requests, 1000},
		{"refused requests", s.Unserved, 250},
		{"requests of the first offer", s.Offers[0].Requests, 500},
		{"million tokens of the second", s.Offers[1].Mtok, 2},
		{"cost of the first, half of it batch", s.Offers[0].Usage, 500 * 1.5},
		{"cost of the second, half of it in the second tier", s.Offers[1].Usage, 250 * 4 * 0.75},
		{"fixed cost", s.Offers[1].Fixed, 7},
		{"list cost", s.ListCost, 750 + 750 + 7},
		{"cost of the team, lots by interactive requests", s.Teams[0], 1507},
		{"peak of the first: batch carries no load", s.Offers[0].PeakRPM, 500 * 0.5 / 1000 * 1.5},
		{"peak tokens of the second", s.Offers[1].PeakTPM, 250.0 / 1000 * 1.5 * 100},
		{"load of the quiet block", s.tpm[3], 250.0 / 1000 * 0.5 * 100},
		{"revenue of the served three quarters", s.Revenue, 100 * 8 * 0.75},
	} {
		if !near(tc.got, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.what, tc.got, tc.want)
		}
	}
}

func TestASecondEvaluationStartsAfresh(t *testing.T) {
	p := twoOffers()
	s, again := NewState(p), NewState(p)
	p.Evaluate(0, []float64{5}, p.Terms.NewBalance(0), s)
	p.Evaluate(0, []float64{100}, p.Terms.NewBalance(0), s)
	p.Evaluate(0, []float64{100}, p.Terms.NewBalance(0), again)
	if s.ListCost != again.ListCost || s.Offers[1] != again.Offers[1] || s.Unserved != again.Unserved {
		t.Errorf("a used state gives %v, a new one %v", s, again)
	}
}

func TestAMonthAllocatesNothing(t *testing.T) {
	p := twoOffers()
	s, users, balance := NewState(p), []float64{100}, p.Terms.NewBalance(0)
	if n := testing.AllocsPerRun(100, func() { p.Evaluate(0, users, balance, s) }); n != 0 {
		t.Errorf("%v allocations a month", n)
	}
}

func TestWithoutRequestsUsersStillPay(t *testing.T) {
	p := twoOffers()
	p.Workloads[0].Requests[0] = 0
	s := NewState(p)
	p.Evaluate(0, []float64{100}, p.Terms.NewBalance(0), s)
	if s.Revenue != 800 {
		t.Errorf("revenue %v, want 800", s.Revenue)
	}
}

// The tier factor is an average: it lies between the smallest and the largest multiplier, and more tokens never cost
// less.
func TestTierFactorIsAnAverage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tiers []Tier
		edge := 0.0
		for range rapid.IntRange(1, 5).Draw(t, "tiers") {
			edge += rapid.Float64Range(1, 1000).Draw(t, "width")
			tiers = append(tiers, Tier{edge, rapid.Float64Range(0.1, 1).Draw(t, "multiplier")})
		}
		low, high := math.Inf(1), 0.0
		for _, tier := range tiers {
			low, high = min(low, tier.Multiplier), max(high, tier.Multiplier)
		}
		mtok := rapid.Float64Range(0.001, 10000).Draw(t, "mtok")
		factor := TierFactor(tiers, mtok)
		if factor < low-1e-12 || factor > high+1e-12 {
			t.Fatalf("%v lies outside %v..%v", factor, low, high)
		}
		if more := TierFactor(tiers, mtok*1.5) * mtok * 1.5; more < factor*mtok-1e-9 {
			t.Fatalf("%v tokens cost %v, half as many again %v", mtok, factor*mtok, more)
		}
	})
}
