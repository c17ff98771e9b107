package pricing

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/document"
)

// keysOf are the member names of a JSON object in order.
func keysOf(t *testing.T, n *document.Value, path ...string) []string {
	t.Helper()
	for _, name := range path {
		if n.Kind() == document.List {
			n = n.Items()[0]
		}
		if n = n.Member(name); n == nil {
			t.Fatalf("no %s", name)
		}
	}
	if n.Kind() == document.List {
		n = n.Items()[0]
	}
	var keys []string
	for _, m := range n.Members() {
		keys = append(keys, m.Name)
	}
	return keys
}

func resultTree(t *testing.T, r *Result) *document.Value {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var out problems
	root := document.ReadInto(data, &out.list)
	if root == nil {
		t.Fatal(out.list)
	}
	return root
}

func TestTheResultHasTheFieldsOfThePublicFormat(t *testing.T) {
	_, result := evaluatePreset(t, "chatbot")
	root := resultTree(t, result)
	for _, tc := range []struct {
		path []string
		want string
	}{
		{nil, "schema catalog_snapshot currency baseline alternatives"},
		{[]string{"alternatives"}, "id name warnings months totals first_binding first_exceeded max_growth elasticity"},
		{[]string{"alternatives", "months"}, "month users_demanded users_served served_by_segment binding " +
			"binding_by_segment plan_factor lost_revenue ceilings floors requests unserved_requests " +
			"list_cost_at_demand list_cost discount shortfall accrual_cost credits_used cash_cost revenue " +
			"gross_margin cash cost_per_1k_requests cost_per_user offers teams"},
		{[]string{"alternatives", "months", "offers"}, "azure-gpt-5.4 bedrock-claude-sonnet-5 " +
			"vertex-gemini-3.5-flash-batch"},
		{[]string{"alternatives", "months", "offers", "azure-gpt-5.4"}, "requests mtok usage fixed peak_tpm peak_rpm"},
		{[]string{"alternatives", "months", "teams"}, "product support"},
		{[]string{"alternatives", "totals"}, "accrual_cost cash_cost revenue revenue_at_demand credits_used " +
			"credits_forfeited shortfall commitment_outstanding end_cash compute_bound_revenue_share"},
		{[]string{"alternatives", "max_growth", "all"}, "min max status"},
		{[]string{"alternatives", "elasticity"}, "compute budget"},
		{[]string{"alternatives", "warnings"}, "path message"},
	} {
		if got := strings.Join(keysOf(t, root, tc.path...), " "); got != tc.want {
			t.Errorf("%v:\ngot  %s\nwant %s", tc.path, got, tc.want)
		}
	}
}

func TestUndefinedFiguresAreNullAndNeverZero(t *testing.T) {
	plan, err := ParsePlan([]byte(`{"schema":"headroom.plan/v1","start":"2027-01","months":1,
	  "segments":{"all":{"users":{"curve":"exponential"}}},
	  "workloads":{"chat":{"segment":"all","requests_per_user_day":1,"input_tokens":1,"output_tokens":1,"routes":[{"offer":"a","share":1}]}},
	  "offers":{"a":{"kind":"on_demand","prices":[{"from":"2027-01","input":1,"output":1}]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	result, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(result)
	for _, text := range []string{`"binding":null`, `"binding_by_segment":{"all":null}`, `"gross_margin":null`, `"cost_per_1k_requests":null`, `"cost_per_user":null`,
		`"teams":{"-":0}`, `"lost_revenue":{}`, `"compute_bound_revenue_share":null`,
		`"elasticity":{"compute":null,"budget":null}`,
		`"max_growth":{"all":{"min":null,"max":null,"status":"undefined"}}`, `"warnings":[]`, `"baseline":"base"`,
		`"catalog_snapshot":""`} {
		if !strings.Contains(string(data), text) {
			t.Errorf("%s is not in %s", text, data)
		}
	}
	var back Result
	if err := json.Unmarshal([]byte(`{"alternatives":[{"totals":{"compute_bound_revenue_share":null}}]}`),
		&back); err != nil || back.Alternatives[0].Totals.ComputeBoundRevenueShare.Known() {
		t.Errorf("null was read as %v, %v", back.Alternatives, err)
	}
}

func TestMissingSharesAreRefusedWarnedOfAndLost(t *testing.T) {
	result := evaluateText(t, `{"schema":"headroom.plan/v1","start":"2027-01","months":2,"day_count":"30",
	  "segments":{"all":{"users":{"curve":"exponential","start":100},"revenue_per_user":10}},
	  "workloads":{
	    "chat":{"segment":"all","requests_per_user_day":3,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"a","share":[{"from":"2027-02","value":0.75}]}]},
	    "mail":{"segment":"all","requests_per_user_day":1,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"new","share":1}]}},
	  "offers":{"a":{"kind":"on_demand","prices":[{"from":"2027-01","input":1}]},"new":{"kind":"on_demand","available_from":"2027-02","prices":[{"from":"2027-02","input":1}]}}}`)
	a := result.Alternatives[0]
	january, february := a.Months[0], a.Months[1]
	check(t, "January's refused requests", january.UnservedRequests, 12000)
	check(t, "January's revenue", january.Revenue, 0)
	if *january.Binding != "unrouted:chat/-" {
		t.Errorf("January is headed by %s", *january.Binding)
	}
	if lost, _ := january.LostRevenue.Get("unrouted:mail/new"); lost != 250 {
		t.Errorf("mail costs %v of revenue in January, want 250", lost)
	}
	check(t, "February's refused requests", february.UnservedRequests, 2250)
	check(t, "February's revenue", february.Revenue, 1000*(1-2250.0/12000))
	check(t, "February's cost", february.ListCost, 9.75)
	if !slices.ContainsFunc(a.Warnings, func(w Warning) bool { return w.Path == "workloads.chat.routes" }) {
		t.Errorf("nothing warns of the missing share: %v", a.Warnings)
	}
	if diff := cmp.Diff(Words{{"unrouted:chat/-", "2027-01"}, {"unrouted:mail/new", "2027-01"}},
		a.FirstBinding); diff != "" {
		t.Error(diff)
	}
}

func TestCashFollowsRevenueFundingAndExpense(t *testing.T) {
	v, plan := readVector(t, "growth-06-unsatisfiable-unrouted.json")
	_ = v
	plan.Offers["ptu"] = Offer{Kind: OnDemand, Prices: []PriceRow{{From: plan.Start, Input: Num("0")}}}
	plan.Finance.Funding = []Inflow{{plan.Start + 1, Num("500")}}
	result, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	cash := 10000.0
	for i, m := range result.Alternatives[0].Months {
		cash += m.Revenue - m.CashCost
		if i >= 1 {
			cash -= 2000
		}
		if i == 1 {
			cash += 500
		}
		check(t, m.Month.String()+" cash", m.Cash, cash)
	}
	check(t, "end cash", result.Alternatives[0].Totals.EndCash, cash)
}

func TestACancelledEvaluationEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	preset, _ := PresetByID("empty")
	plan, err := ParsePlan(preset.Plan)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Evaluate(ctx, plan, shipped(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := plan.evaluateKnown(ctx, shipped(t), everyOne); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAPriceRowThatLeavesOutAPriceIsWarnedOf(t *testing.T) {
	for _, tc := range []struct{ name, row, says string }{
		{"no output price", `{"from":"2027-01","input":1}`, "no output price"},
		{"no input price", `{"from":"2027-01","output":1}`, "no input price"},
		{"a price per request stands for both", `{"from":"2027-01","per_request":1}`, ""},
		{"a stated 0 is meant", `{"from":"2027-01","input":0,"output":"0"}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			result := evaluateText(
				t, `{"schema":"headroom.plan/v1","start":"2027-01","months":1,"segments":{"all":{"users":{"curve":"exponential","start":1}}},
			  "workloads":{"chat":{"segment":"all","requests_per_user_day":1,"input_tokens":1,"output_tokens":1,"routes":[{"offer":"a","share":1}]}},
			  "offers":{"a":{"kind":"on_demand","prices":[`+tc.row+`]}}}`)
			warnings := result.Alternatives[0].Warnings
			if tc.says == "" && len(warnings) > 0 || tc.says != "" &&
				(len(warnings) != 1 || warnings[0].Path != "offers.a.prices" ||
					!strings.Contains(warnings[0].Message, tc.says)) {
				t.Errorf("warnings %v, want one that says %q", warnings, tc.says)
			}
		})
	}
}

func everyOne(string) bool { return true }
