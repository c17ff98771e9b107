package pricing

import (
	"context"
	"testing"

	"headroom/pricing/document"
)

// onePlan is 3,000 requests a month of 1,000 tokens in, none out, on the offer "a".
const onePlan = `{"schema":"headroom.plan/v1","start":"2027-01","months":13,"day_count":"30","load_profile":["0.5","0.5"],
  "segments":{"all":{"users":{"curve":"exponential","start":1000},"revenue_per_user":1}},
  "workloads":{"chat":{"segment":"all","requests_per_user_day":"0.1","input_tokens":1000,"output_tokens":0,"routes":[{"offer":"a","share":1}]}},
  "offers":{"a":{"kind":"on_demand","prices":[{"from":"2027-01","input":2,"output":0}]}}}`

func TestWhatAPlanCosts(t *testing.T) {
	for _, tc := range []struct {
		name, patch string
		m           int
		want        float64 // list cost of month m: 3 million tokens
	}{
		{"a price a million tokens", `{}`, 0, 6},
		{"a decline of half a year has halved the price after twelve months",
			`{"offers":{"a":{"price_decline_per_year":0.5}}}`, 12, 3},
		{"a decline begins with the plan, not with an older price row",
			`{"offers":{"a":{"price_decline_per_year":0.5,"prices":[{"from":"2026-01","input":2,"output":0}]}}}`, 0, 6},
		{"a decline begins anew with a new price row",
			`{"offers":{"a":{"price_decline_per_year":0.5,"prices":[{"from":"2027-01","input":2,"output":0},{"from":"2028-01","input":2,"output":0}]}}}`, 12, 6},
		{"price rows may stand in any order", `{"offers":{"a":{"prices":[{"from":"2027-02","input":4,"output":0},{"from":"2027-01","input":2,"output":0}]}}}`, 1, 12},
		{"a currency takes the rate of its month",
			`{"fx":{"EUR":[{"from":"2027-01","value":1.1},{"from":"2027-03","value":1.5}]},"offers":{"a":{"currency":"EUR"}}}`, 2, 9},
		{"a season weighs its calendar month", `{"workloads":{"chat":{"season":[1,3,1,1,1,1,1,1,1,1,1,1]}}}`, 1, 18},
		{"a season comes back after a year", `{"workloads":{"chat":{"season":[2,1,1,1,1,1,1,1,1,1,1,1]}}}`, 12, 12},
		{"tokens grow from the first month on", `{"workloads":{"chat":{"input_tokens_growth":0.5}}}`, 2, 13.5},
		{"a share of a schedule", `{"workloads":{"chat":{"routes":[{"offer":"a","share":[{"from":"2027-02","value":0.5}]}]}}}`, 1, 3},
		{"before its first row a share is 0",
			`{"workloads":{"chat":{"routes":[{"offer":"a","share":[{"from":"2027-02","value":0.5}]}]}}}`, 0, 0},
		{"graduated tiers price each bracket",
			`{"offers":{"a":{"volume_tiers":[{"up_to_mtok":1,"multiplier":1},{"up_to_mtok":2,"multiplier":"0.5"}]}}}`,
			0, 2 * (1 + 0.5 + 0.5)},
		{"a price per request", `{"offers":{"a":{"prices":[{"from":"2027-01","per_request":"0.001"}]}}}`, 0, 3},
		{"actual days", `{"day_count":"actual"}`, 1, 6 * 28.0 / 30},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data, err := document.MergePatch([]byte(onePlan), []byte(tc.patch))
			if err != nil {
				t.Fatal(err)
			}
			check(t, "list cost", evaluateText(t, string(data)).Alternatives[0].Months[tc.m].ListCost, tc.want)
		})
	}
}

func TestLoadsCountWhatTheOfferCounts(t *testing.T) {
	for _, tc := range []struct {
		name, patch string
		tpm         float64 // peak; flat load is 3,000 requests in 43,200 minutes
	}{
		{"input alone", `{}`, 1000},
		{"output at its weight", `{"workloads":{"chat":{"output_tokens":100}},"offers":{"a":{"output_weight":5}}}`,
			1500},
		{"cached tokens at their weight",
			`{"workloads":{"chat":{"cache_read_share":"0.5"}},"offers":{"a":{"cached_input_weight":"0.1"}}}`, 550},
		{"the allowed output where the quota reserves it",
			`{"workloads":{"chat":{"output_tokens":100,"max_output_tokens":4000}},"offers":{"a":{"quota_counts_max_tokens":true}}}`, 5000},
		{"the output itself where it does not", `{"workloads":{"chat":{"output_tokens":100,"max_output_tokens":4000}}}`, 1100},
		{"the busiest block", `{"workloads":{"chat":{"peak_to_average":"1.5"}}}`, 1500},
		{"the multipliers as given", `{"workloads":{"chat":{"load_multipliers":["0.2","1.8"]}}}`, 1800},
		{"batch carries none", `{"workloads":{"chat":{"batch_share":"0.25"}}}`, 750},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data, err := document.MergePatch([]byte(onePlan), []byte(tc.patch))
			if err != nil {
				t.Fatal(err)
			}
			o, _ := evaluateText(t, string(data)).Alternatives[0].Months[0].Offers.Get("a")
			check(t, "tokens a minute", o.PeakTPM, tc.tpm*3000/43200)
		})
	}
}

func TestAMissingShareCountsFromABillionth(t *testing.T) {
	for _, tc := range []struct {
		share  string
		bounds bool
	}{{"0.9995", true}, {"0.9999999999", false}} {
		data, err := document.MergePatch([]byte(onePlan),
			[]byte(`{"workloads":{"chat":{"routes":[{"offer":"a","share":"`+tc.share+`"}]}}}`))
		if err != nil {
			t.Fatal(err)
		}
		a := evaluateText(t, string(data)).Alternatives[0]
		if (a.Months[0].Binding != nil) != tc.bounds || (len(a.Warnings) > 0) != tc.bounds {
			t.Errorf("a share of %s: binding %v, warnings %v", tc.share, a.Months[0].Binding, a.Warnings)
		}
	}
}

func TestAPatchedAlternativeIsEvaluatedAsPatched(t *testing.T) {
	data, err := document.MergePatch([]byte(onePlan),
		[]byte(`{"alternatives":[{"id":"as-is"},
	  {"id":"cheap","patch":{"offers":{"a":{"prices":[{"from":"2027-01","input":1,"output":0}]}}}},
	  {"id":"moved","patch":{"offers":{"b":{"kind":"on_demand","prices":[{"from":"2027-01","input":5,"output":0}]}}},"routes":{"chat":[{"offer":"b","share":1}]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	result := evaluateText(t, string(data))
	for i, want := range []float64{6, 3, 15} {
		check(t, result.Alternatives[i].ID, result.Alternatives[i].Months[0].ListCost, want)
	}
	if result.Baseline != "as-is" {
		t.Errorf("the baseline is %q, want the first alternative", result.Baseline)
	}
}

func TestTheContextTierOfADerivationIsTheOneThatPriced(t *testing.T) {
	c := shelf{"m": {Rows: row(t, "input=2 output=10 above_1000:input=4 above_1000:output=20")}}.snapshot()
	plan, err := ParsePlan([]byte(`{"schema":"headroom.plan/v1","start":"2027-01","months":2,"segments":{"all":{"users":{"curve":"exponential","start":1}}},
	  "workloads":{"chat":{"segment":"all","requests_per_user_day":1,"input_tokens":1000,"input_tokens_growth":1,"output_tokens":1,"routes":[{"offer":"a","share":1}]}},
	  "offers":{"a":{"catalog":"seller/m"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	result, err := Evaluate(context.Background(), plan, c)
	if err != nil {
		t.Fatal(err)
	}
	for month, want := range map[string]string{"2027-01": "2", "2027-02": "4"} {
		d, err := Explain(plan, c, result, "base", "cost", month)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range d.Steps {
			if s.Label == "input price of a" && s.Exact != want {
				t.Errorf("%s: the input price is told as %s, want %s", month, s.Exact, want)
			}
		}
	}
}
