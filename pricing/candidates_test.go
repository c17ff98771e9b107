package pricing

import (
	"slices"
	"strings"
	"testing"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// market is a catalogue of one model at Azure, at 2 in and 10 out, and of what a test sets beside it.
func market(t testing.TB, others ...catalog.Offer) *catalog.Snapshot {
	today := catalog.Offer{Provider: "azure", NativeID: "today", Scope: "default", Model: "openai/today",
		Lab: "openai", Mode: "chat", ContextTokens: 100_000}
	today.Rows = row(t, "input=2 output=10")
	c := &catalog.Snapshot{ID: "market", AsOf: "2026-08-01",
		Models: []catalog.Model{{ID: "mistral/old", Released: "2024-12-01"},
			{ID: "mistral/young", Released: "2025-02-01"}},
		Offers: append([]catalog.Offer{today}, others...)}
	for i := range c.Offers {
		o := &c.Offers[i]
		for r := range o.Rows {
			o.Rows[r].Status = catalog.InForce
		}
	}
	return c
}

func marketPlan(t testing.TB, patch string) *Plan {
	t.Helper()
	data, err := document.MergePatch([]byte(onePlan),
		[]byte(`{"offers":{"a":{"kind":null,"prices":null,"catalog":"azure/today"}}}`))
	if err == nil {
		data, err = document.MergePatch(data, []byte(patch))
	}
	if err != nil {
		t.Fatal(err)
	}
	plan, err := ParsePlan(data)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestWhoIsACandidateForTheCheapestOfTheClass(t *testing.T) {
	good := func(change func(*catalog.Offer)) catalog.Offer {
		o := catalog.Offer{Provider: "mistral", NativeID: "m", Scope: "default", Model: "mistral/young",
			Lab: "mistral", Mode: "chat", ContextTokens: 100_000, Rows: row(t, "input=1.5 output=10")}
		change(&o)
		return o
	}
	for _, tc := range []struct {
		name  string
		offer catalog.Offer
		plan  string
		want  bool
	}{
		{"an offer of the class", good(func(*catalog.Offer) {}), `{}`, true},
		{"half the price is in the class", good(func(o *catalog.Offer) { o.Rows = row(t, "input=1 output=10") }),
			`{}`, true},
		{"less than half is not", good(func(o *catalog.Offer) { o.Rows = row(t, "input=0.9 output=10") }), `{}`, false},
		{"more than twice is not", good(func(o *catalog.Offer) { o.Rows = row(t, "input=4.1 output=10") }),
			`{}`, false},
		{"too small a context", good(func(o *catalog.Offer) { o.ContextTokens = 999 }), `{}`, false},
		{"an unknown context", good(func(o *catalog.Offer) { o.ContextTokens = 0 }), `{}`, true},
		{"an embedding model", good(func(o *catalog.Offer) { o.Mode = "embedding" }), `{}`, false},
		{"a committed price", good(func(o *catalog.Offer) { o.Commitment = "1-month" }), `{}`, false},
		{"a scope on request", good(func(o *catalog.Offer) { o.OnRequest = true }), `{}`, false},
		{"an offer that retires in the plan", good(func(o *catalog.Offer) { o.Retires = "2027-06-01" }), `{}`, false},
		{"an offer that retires after it", good(func(o *catalog.Offer) { o.Retires = "2029-06-01" }), `{}`, true},
		{"a model of more than 18 months", good(func(o *catalog.Offer) { o.Model = "mistral/old" }), `{}`, false},
		{"a preview", good(func(o *catalog.Offer) { o.Model = "mistral/new-preview" }), `{}`, false},
		{"a variant", good(func(o *catalog.Offer) { o.Variant = "fp8" }), `{}`, false},
		{"a moving alias", good(func(o *catalog.Offer) { o.Latest = true }), `{}`, false},
		{"an unmapped model", good(func(o *catalog.Offer) { o.Model = "" }), `{}`, false},
		{"a router", good(func(o *catalog.Offer) { o.Provider = "router" }), `{}`, false},
		{"no tools where they are needed", good(func(o *catalog.Offer) { o.Tools = catalog.No }),
			`{"workloads":{"chat":{"needs":{"tools":true}}}}`, false},
		{"unknown tools where they are needed", good(func(*catalog.Offer) {}),
			`{"workloads":{"chat":{"needs":{"tools":true}}}}`, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			plan, notes, err := Propose(marketPlan(t, tc.plan), market(t, tc.offer), Cheapest)
			if err != nil {
				t.Fatal(err)
			}
			got := slices.ContainsFunc(plan.Alternatives, func(a Alternative) bool {
				return strings.HasPrefix(a.ID, "mistral") || strings.HasPrefix(a.ID, "router")
			})
			if got != tc.want {
				t.Errorf("proposed: %v, want %v; alternatives %v, notes %v", got, tc.want, plan.AlternativeIDs(), notes)
			}
		})
	}
}

func TestAFreeOfferHasNoPriceClass(t *testing.T) {
	c := market(t)
	c.Offers[0].Rows[0].Prices = priceList(t, "input=0 output=0")
	plan, notes, err := Propose(marketPlan(t, `{}`), c, Cheapest)
	if err != nil || len(plan.Alternatives) != 1 || len(notes) != 1 ||
		!strings.Contains(notes[0].Message, "no price class") {
		t.Errorf("alternatives %v, notes %v, %v", plan.AlternativeIDs(), notes, err)
	}
}

func TestAProposalTakesThePlainestOfferOfASellerAndScope(t *testing.T) {
	offer := func(id string, change func(*catalog.Offer)) catalog.Offer {
		o := catalog.Offer{Provider: "openai", NativeID: id, Scope: "default", Model: "openai/today",
			Lab: "openai", Mode: "chat", Rows: row(t, "input=2 output=10")}
		change(&o)
		return o
	}
	c := market(t,
		offer("today-2026-01-01", func(o *catalog.Offer) { o.Release = "2026-01-01" }),
		offer("today-latest", func(o *catalog.Offer) { o.Latest = true }),
		offer("today-fast", func(o *catalog.Offer) { o.Variant = "fast" }),
		offer("today", func(*catalog.Offer) {}))
	plan, _, err := Propose(marketPlan(t, `{}`), c, SameModel)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Alternatives) != 2 || plan.Offers["openai"].Catalog != "openai/today" {
		t.Errorf("alternatives %v, offers %v", plan.AlternativeIDs(), plan.Offers)
	}
}

func TestAProposalNeverTakesAnOfferWithTermsOfItsOwn(t *testing.T) {
	c := market(t, catalog.Offer{Provider: "openai", NativeID: "today", Scope: "default", Model: "openai/today",
		Lab: "openai", Mode: "chat", Rows: row(t, "input=2 output=10")})
	for _, tc := range []struct{ name, terms, want string }{
		{"an offer without terms is used again", `{}`, "mine"},
		{"a batch discount of one's own", `{"batch_multiplier":"0.3"}`, "openai"},
		{"a price of one's own", `{"prices":[{"from":"2027-01","input":1}]}`, "openai"},
		{"a decline of one's own", `{"price_decline_per_year":"0.3"}`, "openai"},
		{"a late start of one's own", `{"available_from":"2027-05"}`, "openai"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			mine, err := document.MergePatch([]byte(`{"catalog":"openai/today"}`), []byte(tc.terms))
			if err != nil {
				t.Fatal(err)
			}
			plan, _, err := Propose(marketPlan(t, `{"offers":{"mine":`+string(mine)+`}}`), c, SameModel)
			if err != nil {
				t.Fatal(err)
			}
			if got := plan.Alternatives[1].Routes["chat"][0].Offer; got != tc.want {
				t.Errorf("the proposal is served by %q, want %q", got, tc.want)
			}
		})
	}
}

// TestAProposalOnDemandIsOneRoute starts from reserved units whose excess spills to the same model: what is proposed
// goes to one offer with all of it, and says so where the plan's own alternative has the name.
func TestAProposalOnDemandIsOneRoute(t *testing.T) {
	plan := marketPlan(
		t, `{"offers":{"units":{"kind":"provisioned","catalog":"azure/today","tokens_per_minute_per_unit":1000,"spill_to":"a",
		"lots":[{"from":"2027-01","months":36,"units":5,"price_per_month":10}]}},
		"workloads":{"chat":{"routes":[{"offer":"units","share":"0.875"},{"offer":"a","share":[{"from":"2027-01","value":"0.125"}]}]}}}`)
	other := catalog.Offer{Provider: "bedrock", NativeID: "m", Scope: "default", Model: "openai/today",
		Lab: "openai", Mode: "chat", ContextTokens: 100_000, Rows: row(t, "input=2 output=10")}
	proposed, _, err := Propose(plan, market(t, other), SameModel)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, a := range proposed.Alternatives {
		if names[a.Name] {
			t.Errorf("two alternatives are called %s", a.Name)
		}
		names[a.Name] = true
		for workload, routes := range a.Routes {
			if len(routes) != 1 || routes[0].Share.Or(plan.Start, 0) != 1 {
				t.Errorf("%s sends %s to %v", a.ID, workload, routes)
			}
		}
	}
	if len(proposed.Alternatives) != 3 {
		t.Errorf("%d alternatives, want the plan, all of it on demand, and Bedrock", len(proposed.Alternatives))
	}
	again, _, err := Propose(proposed, market(t, other), SameModel)
	if err != nil || len(again.Alternatives) != len(proposed.Alternatives) {
		t.Errorf("proposed again there are %d, %v", len(again.Alternatives), err)
	}
}

func TestSharesAreSummedByMonth(t *testing.T) {
	steps := func(rows ...ScheduleRow) Schedule { return Schedule{Steps: rows} }
	at := func(from calendar.Month, value string) ScheduleRow { return ScheduleRow{From: from, Value: Num(value)} }
	for name, c := range map[string]struct{ x, y, want Schedule }{
		"two figures": {Constant(Num("0.8764")), Constant(Num("0.1236")), Constant(Num("1"))},
		"a figure and steps": {Constant(Num("0.5")), steps(at(12, "0.2"), at(14, "0.4")),
			steps(at(10, "0.5"), at(12, "0.7"), at(14, "0.9"))},
		"steps that make up one another": {steps(at(10, "0.2"), at(12, "0.4")), steps(at(10, "0.8"), at(12, "0.6")),
			Constant(Num("1"))},
	} {
		if got := addSchedules(c.x, c.y, 10); !equalSchedules(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
