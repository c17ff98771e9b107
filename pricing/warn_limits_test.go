package pricing

import (
	"encoding/json"
	"strings"
	"testing"

	"headroom/pricing/document"
)

func TestWarningsOfLimitedPlans(t *testing.T) {
	const base = `{"schema":"headroom.plan/v1","start":"2027-01","months":2,"segments":{"all":{"users":{"curve":"exponential","start":1000},"revenue_per_user":1}},
	  "workloads":{"w":{"segment":"all","requests_per_user_day":10,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"big","share":0.96},{"offer":"small","share":0.04}]}},
	  "offers":{"big":{"kind":"on_demand","provider":"azure","prices":[{"from":"2027-01","input":1,"output":1}]},
	            "small":{"kind":"on_demand","provider":"azure","prices":[{"from":"2027-01","input":1,"output":1}],"quota":{"tokens_per_minute":%QUOTA%}}}}`
	for _, tc := range []struct{ name, quota, patch, path, says string }{
		{"a thin route that binds", "100", `{}`, "workloads.w.routes", "4% of the requests and quota_tpm:small holds the whole segment down"},
		{"a thin route that does not", "1000000", `{}`, "", ""},
		{"a pool that no offer names", "1000000",
			`{"gpu_pools":{"idle":{"lots":[{"from":"2027-01","gpus":1,"price_per_hour":1}]}}}`, "gpu_pools.idle",
			"no offer names this pool"},
		{"a commitment that outlives the plan", "1000000",
			`{"commitments":[{"id":"macc","providers":["azure"],"periods":[{"from":"2027-01","months":12,"amount":50000}]}]}`, "commitments[0]", "macc outlives the plan"},
		{"a credit of nobody's", "1000000", `{"credits":[{"id":"gift","providers":["gcp"],"amount":5}]}`, "credits[0].providers", "it pays nothing"},
		{"units without a throughput", "1000000",
			`{"offers":{"ptu":{"kind":"provisioned","provider":"azure","lots":[{"from":"2027-01","units":1,"price_per_month":1}]}}}`, "offers.ptu.tokens_per_minute_per_unit", "serve nothing"},
		{"batch on units", "1000000", `{"offers":{"big":{"kind":"provisioned","tokens_per_minute_per_unit":1000000,"prices":null,"lots":[{"from":"2027-01","units":1,"price_per_month":1}]}},"workloads":{"w":{"batch_share":0.5}}}`,
			"workloads.w.routes", "neither load nor cost"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, err := document.MergePatch([]byte(strings.Replace(base, "%QUOTA%", tc.quota, 1)), []byte(tc.patch))
			if err != nil {
				t.Fatal(err)
			}
			warnings := evaluateText(t, string(text)).Alternatives[0].Warnings
			if tc.path == "" {
				if len(warnings) != 0 {
					t.Errorf("unexpected %v", warnings)
				}
				return
			}
			if len(warnings) != 1 || warnings[0].Path != tc.path || !strings.Contains(warnings[0].Message, tc.says) {
				t.Errorf("warnings %v, want one at %s that says %q", warnings, tc.path, tc.says)
			}
		})
	}
}

// What a pool that no offer names costs reaches no bill: no discount and no credit, but the list and the accrual cost.
func TestAPoolThatNoOfferNamesCosts(t *testing.T) {
	_, plan := readVector(t, "growth-04-gpu-delivery-and-power.json")
	before := evaluateText(t, string(plan.Canonical())).Alternatives[0].Months[0]
	plan.GPUPools["idle"] = GPUPool{Lots: []PoolLot{{From: plan.Start, GPUs: Num("10"), PricePerHour: Num("2")}}}
	after := evaluateText(t, string(plan.Canonical())).Alternatives[0].Months[0]
	check(t, "list cost", after.ListCost, before.ListCost+10*2*744)
	idle, _ := after.Teams.Get(unallocated)
	check(t, "unallocated", float64(idle), 10*2*744)
	if _, err := json.Marshal(after); err != nil {
		t.Error(err)
	}
}

func TestBillsOfACloudAreOne(t *testing.T) {
	const text = `{"schema":"headroom.plan/v1","start":"2027-01","months":1,"day_count":"30","segments":{"all":{"users":{"curve":"exponential","start":1000},"revenue_per_user":1}},
	  "workloads":{"w":{"segment":"all","requests_per_user_day":10,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"a","share":0.5},{"offer":"b","share":0.5}]}},
	  "offers":{"a":{"kind":"on_demand","provider":"bedrock","prices":[{"from":"2027-01","input":1,"output":1}]},
	            "b":{"kind":"on_demand","provider":"vertex","prices":[{"from":"2027-01","input":1,"output":1}]}},
	  "spend_caps":{"aws":75},"credits":[{"id":"c","providers":["gcp"],"amount":40}]}`
	m := evaluateText(t, text).Alternatives[0].Months[0]
	if m.Binding == nil || *m.Binding != "spend_cap:aws" {
		t.Fatalf("%v binds, want the cap on aws, which covers bedrock", m.Binding)
	}
	check(t, "users", m.UsersServed, 500)
	check(t, "credits on vertex", m.CreditsUsed, 40)
}
