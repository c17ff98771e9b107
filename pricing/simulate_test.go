package pricing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// simulatedPlan is a plan of one workload on one offer with a quota of 12,500 users, with the given members beside.
func simulatedPlan(members string) string {
	return `{"schema":"headroom.plan/v1","start":"2027-01","months":3,"day_count":"30","load_profile":[1],
	  "segments":{"all":{"users":{"curve":"exponential","start":10000,"monthly_growth":0},"revenue_per_user":2}},
	  "workloads":{"chat":{"segment":"all","requests_per_user_day":6,"input_tokens":1200,"output_tokens":400,"cache_read_share":0.3,"cache_write_share":0.1,"routes":[{"offer":"a","share":1}]}},
	  "offers":{"a":{"kind":"on_demand","provider":"azure","prices":[{"from":"2027-01","input":1,"cache_read":0.1,"output":4}],"cached_input_weight":1,
	    "quota":{"tokens_per_minute":[{"from":"2027-01","value":83333.33333333333},{"from":"2027-03","value":1000000}]}}}` + members + `}`
}

func simulateText(t *testing.T, text string) *Simulation {
	t.Helper()
	plan, err := ParsePlan([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	result, err := Simulate(context.Background(), plan, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

const uncertainStart = `"segments.all.users.start":{"distribution":"lognormal","p10":8000,"p50":10000,"p90":12500}`

func TestAProbabilityIsThatOfItsDistribution(t *testing.T) {
	a := simulateText(t, simulatedPlan(`,"finance":{"opening_cash":0,"min_cash":15000},"uncertainty":{"samples":20000,"inputs":{`+uncertainStart+`}}`)).Alternatives[0]
	for _, f := range []struct {
		what      string
		got, want float64
	}{
		{"P10 of users", float64(a.Months[0].UsersServed.P10), 8000},
		{"P50 of users", float64(a.Months[0].UsersServed.P50), 10000},
		{"P90 of users, at the quota", float64(a.Months[0].UsersServed.P90), 12500},
		{"P90 of users without it", float64(a.Months[2].UsersServed.P90), 12500},
		{"P90 of revenue", float64(a.Months[0].Revenue.P90), 25000},
		{"margin", float64(a.Months[0].GrossMargin.P50), 1 - 6*30*(1200*(0.6+0.03+0.1)+400*4)/1e6/2},
	} {
		if math.Abs(f.got/f.want-1) > 0.01 {
			t.Errorf("%s: %v, want about %v", f.what, f.got, f.want)
		}
	}
	for m, want := range []float64{0.1, 0.1, 0.1} {
		got, _ := a.Months[m].BindsBy.Get("quota_tpm:a")
		if math.Abs(float64(got)-want) > 0.008 || a.Months[m].AnyBindsBy != float64(got) {
			t.Errorf("month %d: the quota binds with %v, any limit with %v, want about %v", m, got,
				a.Months[m].AnyBindsBy, want)
		}
	}
	// 1.5504 a user and month: below 15,000 in the first month with fewer than 9,675 users, z = ln(0.9675) / (ln(0.8) /
	// -1.2816) = -0.1896.
	if p := *a.Months[0].CashBelowMin; math.Abs(p-0.4248) > 0.012 {
		t.Errorf("cash is below its least with %v, want about 0.425", p)
	}
}

func TestATornadoSortsByWhatARangeMoves(t *testing.T) {
	a := simulateText(t, simulatedPlan(`,"uncertainty":{"samples":2,"inputs":{`+uncertainStart+`,
	  "workloads.chat.cache_read_share":{"distribution":"logitnormal","p10":0.1,"p50":0.3,"p90":0.5},
	  "workloads.chat.output_tokens":{"distribution":"lognormal","p10":300,"p50":400,"p90":1600}}}`)).Alternatives[0]
	cost := func(users, read, output float64) float64 {
		return users * 6 * 30 * (1200*(1-read-0.1+read*0.1+0.1) + output*4) / 1e6
	}
	want := []TornadoBar{
		{"segments.all.users.start", 24000, 37500, cost(24000, 0.3, 400), cost(37500, 0.3, 400)},
		{"workloads.chat.output_tokens", 30000, 2*83333.33333333333/(6*2800/1440.) + 10000, cost(30000, 0.3, 300),
			cost(2*83333.33333333333/(6*2800/1440.)+10000, 0.3, 1600)},
		{"workloads.chat.cache_read_share", 30000, 30000, cost(30000, 0.1, 400), cost(30000, 0.5, 400)},
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(a) })
	if diff := cmp.Diff(want, a.Tornado, near); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(TornadoEnd{30000, cost(30000, 0.3, 400)}, a.Middle, near); diff != "" {
		t.Error(diff)
	}
}

func TestAMarginWithoutRevenueIsUndefinedNotZero(t *testing.T) {
	none := strings.Replace(simulatedPlan(`,"uncertainty":{"samples":50,"inputs":{`+uncertainStart+`}}`),
		`"revenue_per_user":2`, `"revenue_per_user":0`, 1)
	if q := simulateText(t, none).Alternatives[0].Months[0].GrossMargin; q.P50.Known() || q.Undefined != 1 {
		t.Errorf("margin %+v", q)
	}
	// Idle machines cost 7,200 a month: a budget below serves nobody.
	some := simulateText(t,
		simulatedPlan(`,"gpu_pools":{"idle":{"lots":[{"from":"2027-01","gpus":1,"price_per_hour":10}]}},"finance":{"monthly_budget":7200},
	  "uncertainty":{"samples":2000,"inputs":{"finance.monthly_budget":{"distribution":"lognormal","p10":5000,"p50":7200,"p90":10000}}}`))
	if q := some.Alternatives[0].Months[0].GrossMargin; !q.P50.Known() || math.Abs(q.Undefined-0.5) > 0.03 ||
		q.P90 > 1 {
		t.Errorf("margin %+v", q)
	}
}

func TestADrawThatItsFieldDoesNotAllowIsCutAndCounted(t *testing.T) {
	a := simulateText(t,
		simulatedPlan(
			`,"uncertainty":{"samples":1000,"inputs":{"workloads.chat.cache_read_share":{"distribution":"logitnormal","p10":0.3,"p50":0.6,"p90":0.97}}}`)).Alternatives[0]
	if len(a.Warnings) != 2 || a.Warnings[0].Path != "uncertainty.inputs.workloads.chat.cache_read_share" ||
		!strings.Contains(fmt.Sprint(a.Warnings), "of 1000 draws were beyond") ||
		!strings.Contains(fmt.Sprint(a.Warnings), "the plan states 0.3 and the middle of its range is 0.6") {
		t.Errorf("warnings %v", a.Warnings)
	}
	// Nothing but reads and writes is left at the cut: 0.9 x 0.1 + 0.1 x 1 of the input price.
	if got, want := float64(a.Months[0].CashCost.P10), 10000*6*30*(1200*0.19+1600)/1e6; math.Abs(got/want-1) > 1e-3 {
		t.Errorf("cost at most caching %v, want %v", got, want)
	}
}

func TestAlternativesSeeTheSameDrawsAndTheirOwnNumbers(t *testing.T) {
	result := simulateText(t,
		simulatedPlan(`,"alternatives":[{"id":"today"},{"id":"again"},{"id":"fixed","patch":{"workloads":{"chat":{"output_tokens":400}}}},
	  {"id":"own","patch":{"uncertainty":{"inputs":{"workloads.chat.output_tokens":{"distribution":"lognormal","p10":200,"p50":200,"p90":200}}}}},
	  {"id":"without","patch":{"offers":{"a":{"quota":null}}}}],
	  "uncertainty":{"samples":200,"correlations":[["segments.all.users.start","workloads.chat.output_tokens",0.5]],
	  "inputs":{`+uncertainStart+`,"workloads.chat.output_tokens":{"distribution":"lognormal","p10":300,"p50":400,"p90":600},
	  "offers.a.quota.tokens_per_minute[0].value":{"distribution":"lognormal","p10":60000,"p50":80000,"p90":90000}}}`))
	by := map[string]SimulatedMonth{}
	for _, a := range result.Alternatives {
		by[a.ID] = a.Months[0]
	}
	if diff := cmp.Diff(by["today"], by["again"]); diff != "" {
		t.Errorf("the same alternative twice: %s", diff)
	}
	perUser := func(m SimulatedMonth) float64 { return 1 - float64(m.GrossMargin.P90) }
	if spread := by["fixed"].GrossMargin.P90 - by["fixed"].GrossMargin.P10; math.Abs(float64(spread)) > 1e-12 {
		t.Errorf("a number that the alternative states varies: %+v", by["fixed"].GrossMargin)
	}
	if want := 6 * 30 * (1200*0.73 + 200*4) / 1e6 / 2; math.Abs(perUser(by["own"])-want) > 1e-12 {
		t.Errorf("cost of revenue %v with the alternative's own range, want %v", perUser(by["own"]), want)
	}
	if len(by["without"].BindsBy) != 0 || by["without"].UsersServed.P90 < by["today"].UsersServed.P90 {
		t.Errorf("without the quota: %+v", by["without"])
	}
}

func TestWhatCannotBeSimulatedIsRefusedByPath(t *testing.T) {
	in := func(path, distribution string, p10, p50, p90 any) string {
		return fmt.Sprintf(`"%s":{"distribution":"%s","p10":%v,"p50":%v,"p90":%v}`, path, distribution, p10, p50, p90)
	}
	three := strings.Join([]string{in("workloads.chat.output_tokens", "lognormal", 1, 2, 3),
		in("workloads.chat.input_tokens", "lognormal", 1, 2, 3), in("segments.all.users.start", "lognormal", 1, 2,
			3)}, ",")
	for _, tc := range []struct{ name, inputs, rest, path, says string }{
		{"a path that leads nowhere", in("workloads.chat.hope", "lognormal", 1, 1, 1), "",
			"uncertainty.inputs.workloads.chat.hope", "leads to no number"},
		{"a number that is not stated", in("workloads.chat.batch_share", "logitnormal", 0.1, 0.2, 0.3),
			"", "uncertainty.inputs.workloads.chat.batch_share", "leads to no number"},
		{"a field that is no number", in("workloads.chat.segment", "lognormal", 1, 1, 1), "",
			"uncertainty.inputs.workloads.chat.segment", "leads to no number"},
		{"a count of months", in("months", "lognormal", 1, 1, 1), "", "uncertainty.inputs.months",
			"leads to no number"},
		{"a row that is not there", in("offers.a.quota.tokens_per_minute[2].value", "lognormal", 1, 1, 1),
			"", "uncertainty.inputs.offers.a.quota.tokens_per_minute[2].value", "leads to no number"},
		{"a share of the routes by itself", in("workloads.chat.routes[0].share", "logitnormal", 0.1, 0.2, 0.3),
			"", "uncertainty.inputs.workloads.chat.routes[0].share", "cannot be a range"},
		{"quantiles that fall", in("workloads.chat.output_tokens", "lognormal", 3, 2, 4), "",
			"uncertainty.inputs.workloads.chat.output_tokens", "must not fall"},
		{"a share beyond 1", in("workloads.chat.cache_read_share", "lognormal", 0.1, 0.5, 1.2), "",
			"uncertainty.inputs.workloads.chat.cache_read_share.p90", "at most 1"},
		{"an index with a zero before it", in("offers.a.prices[00].input", "lognormal", 1, 2, 3), "",
			"uncertainty.inputs.offers.a.prices[00].input", "no number"},
		{"an index with a sign", in("offers.a.prices[+0].input", "lognormal", 1, 2, 3), "",
			"uncertainty.inputs.offers.a.prices[+0].input", "no number"},
		{"a share of a figure that is 1 or more", in("gpu_pools.g.pue", "logitnormal", 0.2, 0.5, 0.6),
			`},"gpu_pools":{"g":{"tokens_per_second_per_gpu":10,"kw_per_gpu":1,"pue":1.2}`,
			"uncertainty.inputs.gpu_pools.g.pue.distribution", "no logitnormal lies in"},
		{"a share of 0", in("workloads.chat.cache_read_share", "logitnormal", 0, 0.5, 0.6), "",
			"uncertainty.inputs.workloads.chat.cache_read_share.p10", "more than 0 and less than 1, not 0"},
		{"growth that leaves nobody", in("segments.all.users.monthly_growth", "lognormal1p", -1, 0.1, 0.2),
			"", "uncertainty.inputs.segments.all.users.monthly_growth.p10", "more than -1"},
		{"a peak that cannot be", in("workloads.chat.requests_per_user_day", "lognormal", -1, 1, 2),
			"", "uncertainty.inputs.workloads.chat.requests_per_user_day.p10", "more than 0"},
		{"an unknown shape", in("workloads.chat.output_tokens", "normal", 1, 2, 3), "",
			"uncertainty.inputs.workloads.chat.output_tokens.distribution", "lognormal"},
		{"correlations that contradict each other", three,
			`,"correlations":[["workloads.chat.output_tokens","workloads.chat.input_tokens",0.9],["workloads.chat.input_tokens","segments.all.users.start",0.9]]`,
			"uncertainty.correlations[0]", "workloads.chat.input_tokens and workloads.chat.output_tokens cannot be " +
				"correlated"},
		{"a pair given twice", three,
			`,"correlations":[["workloads.chat.output_tokens","workloads.chat.input_tokens",0.1],["workloads.chat.input_tokens","workloads.chat.output_tokens",0.2]]`, "uncertainty.correlations[1]", "given twice"},
		{"an input with itself", three,
			`,"correlations":[["workloads.chat.output_tokens","workloads.chat.output_tokens",1]]`,
			"uncertainty.correlations[0]", "needs two inputs"},
		{"nothing to draw", "", "", "uncertainty.inputs", "at least one range"},
		{"a part of a seed", three, `,"seed":0.5`, "uncertainty.seed", "whole number"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			plan, err := ParsePlan(
				[]byte(simulatedPlan(`,"uncertainty":{"inputs":{` + tc.inputs + `}` + tc.rest + `}`)))
			if err == nil {
				_, err = Simulate(context.Background(), plan, nil, nil)
			}
			invalid := Invalid(err)
			if invalid == nil || invalid.Fields[0].Path != tc.path ||
				!strings.Contains(invalid.Fields[0].Message, tc.says) {
				t.Errorf("got %v, want %s: ... %s", err, tc.path, tc.says)
			}
		})
	}
}

func TestADrawWithoutAPriceIsRefusedNotFree(t *testing.T) {
	text := strings.Replace(
		simulatedPlan(
			`,"uncertainty":{"samples":400,"inputs":{"workloads.chat.output_tokens":{"distribution":"lognormal","p10":1,"p50":2,"p90":3}}}`), `"output_tokens":400`, `"output_tokens":0`, 1)
	text = strings.Replace(text, `"kind":"on_demand","provider":"azure","prices":[{"from":"2027-01","input":1,"cache_read":0.1,"output":4}]`, `"catalog":"azure/MAI-Image-2.5"`, 1)
	plan, err := ParsePlan([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Evaluate(context.Background(), plan, shipped(t)); err != nil {
		t.Fatalf("without output it has a price: %v", err)
	}
	_, err = Simulate(context.Background(), plan, shipped(t), nil)
	if invalid := Invalid(err); invalid == nil || invalid.Fields[0].Path != "offers.a.prices" ||
		!strings.HasPrefix(invalid.Fields[0].Message, "sample 0 of the ranges (workloads.chat.output_tokens = ") {
		t.Errorf("got %v", err)
	}
}

func TestProgressCountsAllSamplesAndACancelledSimulationEnds(t *testing.T) {
	plan, err := ParsePlan(
		[]byte(simulatedPlan(`,"alternatives":[{"id":"a"},{"id":"b"}],"uncertainty":{"samples":100,"inputs":{` +
			uncertainStart + `}}`)))
	if err != nil {
		t.Fatal(err)
	}
	last, of := 0, 0
	if _, err := Simulate(context.Background(), plan, nil,
		func(done, total int) { last, of = done, total }); err != nil || last != 200 || of != 200 {
		t.Errorf("%v: %d of %d samples, want 200", err, last, of)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = Simulate(ctx, plan, nil, func(done, _ int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	one, err := SimulateAlternative(context.Background(), plan, nil, "b",
		func(done, total int) { last, of = done, total })
	if err != nil || one.ID != "b" || last != 100 || of != 100 {
		t.Errorf("%v: %d of %d samples of one alternative", err, last, of)
	}
	if _, err := SimulateAlternative(context.Background(), plan, nil, "c", nil); Invalid(err) == nil {
		t.Errorf("got %v", err)
	}
}

// A sample allocates nothing once its worker exists, whatever binds; only ranges of commitments and credits lay terms
// out anew.
func TestASampleAllocatesNothing(t *testing.T) {
	p := uncertainLargePlan(t)
	refused := p.Workloads["workload-03"]
	refused.Needs = &Needs{MinContextTokens: Num("1e12")}
	p.Workloads["workload-03"] = refused
	var out problems
	w := newWorker(newSampler(p.variants(&out)[0], nil, sortedKeys(p.Uncertainty.Inputs)), newOutcomes(p.Months, 400))
	n := 0
	for ; n < 200; n++ { // buffers grow, constraints bind for the first time
		if err := w.sample(1, n); err != nil {
			t.Fatal(err)
		}
	}
	if got := testing.AllocsPerRun(100, func() {
		w.sample(1, n)
		n++
	}); got > 2 {
		t.Errorf("%v allocations a sample", got)
	}
}

// However wide the ranges, every figure is a number or null: draws stop at what their fields allow.
func TestTheWidestRangesGiveFiguresAndNoInfinity(t *testing.T) {
	plan, err := ParsePlan(
		[]byte(
			strings.Replace(
				simulatedPlan(`,"finance":{"monthly_budget":1000,"opening_cash":1,"min_cash":0.5,"enforce":["quota_tpm","budget","cash"]},
	  "commitments":[{"id":"c","providers":["azure"],"discount":0.1,"periods":[{"from":"2027-01","months":2,"amount":1000}]}],
	  "uncertainty":{"samples":500,"inputs":{
	  "segments.all.users.start":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "segments.all.users.monthly_growth":{"distribution":"lognormal1p","p10":-0.999,"p50":0,"p90":1e15},
	  "segments.all.revenue_per_user":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "workloads.chat.input_tokens":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "workloads.chat.requests_per_user_day":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "workloads.chat.cache_read_share":{"distribution":"logitnormal","p10":1e-15,"p50":0.5,"p90":0.999999},
	  "offers.a.prices[0].input":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "offers.a.quota.tokens_per_minute[0].value":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "finance.monthly_budget":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "finance.min_cash":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15},
	  "commitments[0].periods[0].amount":{"distribution":"lognormal","p10":1e-15,"p50":1,"p90":1e15}}}`), `"months":3`, `"months":36`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	result, err := Simulate(context.Background(), plan, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := json.Marshal(result); err != nil {
		t.Error(err)
	}
	for _, m := range result.Alternatives[0].Months {
		if !m.UsersServed.P90.Known() || math.IsInf(float64(m.Cash.P10), 0) ||
			float64(m.UsersServed.P90) > maxNumber || m.UsersServed.P10 < 0 {
			t.Errorf("%s: %+v", m.Month, m)
		}
	}
}

// TestTheEndsOfTwoSharesNeverExceedTheWhole has both shares of an input as ranges that exceed it together at their P90.
func TestTheEndsOfTwoSharesNeverExceedTheWhole(t *testing.T) {
	inputs := `"workloads.chat.cache_read_share":{"distribution":"logitnormal","p10":0.3,"p50":0.6,"p90":0.9},
	  "workloads.chat.cache_write_share":{"distribution":"logitnormal","p10":0.1,"p50":0.4,"p90":0.6}`
	text := strings.Replace(simulatedPlan(`,"uncertainty":{"samples":50,"inputs":{`+inputs+`}}`),
		`"output_tokens":400,"cache_read_share":0.3,"cache_write_share":0.1`,
		`"output_tokens":0,"cache_read_share":0.6,"cache_write_share":0.4`, 1)
	text = strings.Replace(text, `"cache_read":0.1`, `"cache_read":0.1,"cache_write":0.1`, 1)
	simulation := simulateText(t, text)
	a := simulation.Alternatives[0]
	if len(a.Tornado) != 2 {
		t.Fatalf("%d bars", len(a.Tornado))
	}
	for _, bar := range a.Tornado {
		if bar.CashLow < 0 || bar.CashHigh < 0 {
			t.Errorf("%s costs %v to %v", bar.Path, bar.CashLow, bar.CashHigh)
		}
	}
}

// TestUsersThatNoPlanHasAreSaid draws a logistic curve over its pole: a ceiling below the start at a negative rate.
func TestUsersThatNoPlanHasAreSaid(t *testing.T) {
	text := strings.Replace(simulatedPlan(`,"uncertainty":{"samples":200,"inputs":{
	  "segments.all.users.rate":{"distribution":"lognormal1p","p10":-0.4,"p50":-0.05,"p90":0.1},
	  "segments.all.users.ceiling":{"distribution":"lognormal","p10":8000,"p50":12000,"p90":20000}}}`),
		`"users":{"curve":"exponential","start":10000,"monthly_growth":0}`,
		`"users":{"curve":"logistic","start":10000,"ceiling":12000,"rate":-0.05}`, 1)
	simulation := simulateText(t, strings.Replace(text, `"months":3`, `"months":24`, 1))
	said := slices.ContainsFunc(simulation.Alternatives[0].Warnings,
		func(w Warning) bool { return strings.Contains(w.Message, "that no plan may have") })
	if !said {
		t.Errorf("warnings: %v", simulation.Alternatives[0].Warnings)
	}
}

func TestAMissingQuantileIsOneError(t *testing.T) {
	_, err := ParsePlan(
		[]byte(
			simulatedPlan(
				`,"uncertainty":{"inputs":{"workloads.chat.output_tokens":{"distribution":"lognormal","p10":1,"p90":2}}}`)))
	invalid := Invalid(err)
	if invalid == nil || len(invalid.Fields) != 1 ||
		invalid.Fields[0].Path != "uncertainty.inputs.workloads.chat.output_tokens.p50" {
		t.Errorf("got %v, want one error at p50", err)
	}
}
