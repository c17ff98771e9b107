package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"github.com/PuerkitoBio/goquery"
)

// fieldsJourney types into the fields of the plan with everything: each kind of field, good and bad.
func fieldsJourney(w *world) {
	r := w.reader("visitor")
	page := r.follow(r.upload("everything", fewerAlternatives(w)), "everything").is(http.StatusOK)
	r.follow(r.change(page, "every field again", nil), "the same").is(http.StatusOK)
	r.follow(r.change(page, "many fields", nil, otherValues()...), "many fields").is(http.StatusOK)
	wrong := page.planForm()
	for _, field := range page.document().Find(`#plan input[type="text"][name]`).EachIter() {
		if field.AttrOr("form", "plan") == "plan" {
			wrong.Set(field.AttrOr("name", ""), "no such thing; 3")
		}
	}
	r.ask(question{method: http.MethodPost, path: "/plan", note: "every field wrong",
		form: wrong}).is(http.StatusUnprocessableEntity)
	empty := page.planForm()
	for name := range empty {
		if !slices.Contains([]string{"from", "d", "draft", "v"}, name) {
			empty.Set(name, "")
		}
	}
	r.ask(question{method: http.MethodPost, path: "/plan", note: "every field empty", form: empty})
	r.ask(question{method: http.MethodPost, path: "/plan", note: "no field",
		form: url.Values{"from": empty["from"], "d": empty["d"]}})
	for _, c := range oneField() {
		r.change(page, c[0]+" = "+c[1], nil, c[0], c[1])
	}
	for _, do := range page.document().Find(`#plan button[name="do"]`).Map(func(_ int,
		b *goquery.Selection) string {
		return b.AttrOr("value", "")
	}) {
		r.change(page, do, nil, "do", do)
	}
	amountsTyped(r)
	machineOrders(r)
}

// fewerAlternatives is the plan with everything, with three alternatives, so that it is answered sooner.
func fewerAlternatives(w *world) string {
	w.t.Helper()
	var plan map[string]any
	if err := json.Unmarshal([]byte(everythingPlan(w)), &plan); err != nil {
		w.t.Fatal(err)
	}
	list := plan["alternatives"].([]any)
	plan["alternatives"] = slices.DeleteFunc(list, func(a any) bool {
		return !slices.Contains([]any{"now", "more",
			"half"}, a.(map[string]any)["id"])
	})
	text, err := json.Marshal(plan)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// otherValues are good values for many fields at once: name, value, ...
func otherValues() []string {
	return []string{
		"segments.free.users.start", "390k", "segments.free.users.monthly_growth", "4 %",
		"segments.pro.revenue_per_user", "9; 12 from 2027-10",
		"segments.pilot.users.values", "1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18",
		"workloads.chat.input_tokens", "1.9k", "workloads.chat.cache_read_share", "20 to 40 %",
		"workloads.chat.season", "1;1;1;1;1;1;1;1;1;1;1;1.1", "workloads.chat.load_multipliers", "3; 0.5",
		"workloads.search.batch_share", "20 %", "workloads.search.team", "web",
		"offers.azure-std.volume_tiers", "up to 1,000: 1; above: 0.8", "offers.azure-std.price_decline_per_year",
		"5 %", "offers.azure-std.quota_counts_max_tokens", "no",
		"offers.azure-std.quota.tokens_per_minute", "1M; 2M from 2027-05; 3M from 2028-01",
		"offers.azure-std.chips", "nvidia, maia",
		"offers.old-model.prices[1].from", "2027-05", "offers.old-model.prices[1].input", "0.9",
		"offers.old-model.prices[1].output", "3.60",
		"spend_caps.vertex", "9k", "spend_caps.together", "", "offers.azure-ptu.spill_to", "rented",
		"offers.azure-ptu.lots[2].units", "15", "offers.azure-ptu.lots[2].from", "2027-03",
		"offers.azure-ptu.lots[2].price_per_hour", "0.9", "gpu_pools.h100.max_utilization", "70 %",
		"gpu_pools.h100.lots[2].gpus", "8", "gpu_pools.h100.lots[2].from", "2027-09",
		"gpu_pools.h100.lots[2].price_per_hour", "2", "sites.frankfurt.lots[2].megawatts", "0.1",
		"sites.frankfurt.lots[2].from", "2028-01",
		"finance.enforce", "all", "finance.funding", "500k in 2027-06; 1M from 2028-01", "finance.min_cash", "",
		"finance.min_gross_margin", "25 %",
		"commitments[0].providers", "azure, openai", "commitments[0].periods[2].amount", "5k",
		"commitments[0].periods[2].from", "2029-01",
		"commitments[2].providers", "openai", "commitments[2].periods[0].amount", "1k",
		"commitments[2].periods[0].from", "2027-01",
		"credits[2].amount", "7k", "credits[2].providers", "vertex", "credits[1].expires", "2027-12",
		"dependencies.exit.eu_customer", "no", "dependencies.exit.work.gateway", "yes",
		"dependencies.facts.marketplace_offers", "none", "dependencies.facts.last_exit_test", "never",
		"dependencies.facts.sector", "federal", "dependencies.facts.price_guarantee", "yes",
		"dependencies.facts.offers.claude.stage", "preview", "dependencies.facts.offers.claude.production", "yes",
		"alternatives[1].name", "Much more quota",
		"day_count", "30", "start", "2027-01", "fx.USD", "0.9", "rename.reports", "papers",
	}
}

// oneField are single changes: a field and what is typed.
func oneField() [][2]string {
	return [][2]string{
		{"workloads.chat.routes[0].model", "Claude Sonnet 5"}, {"workloads.chat.routes[0].model", "no such model"},
		{"workloads.chat.routes[0].seller", "openai/gpt-5.4|default"},
		{"workloads.chat.routes[0].seller", "nobody/nothing|"}, {"workloads.chat.routes[1].share", "60 %"},
		{"workloads.chat.routes[1].share", "130 %"},
		{"workloads.chat.routes[2].seller", "offer:rented"}, {"workloads.search.routes[1].model", "GPT-5.4 mini"},
		{"workloads.search.routes[0].seller", "offer:rented"},
		{"alternatives[2].model", "GPT-5.4"}, {"alternatives[2].seller", "anthropic/claude-sonnet-5|default"},
		{"alternatives[2].name", ""},
		{"segments.free.users.curve", "logistic"}, {"segments.free.users.curve", "bass"},
		{"segments.free.users.curve", "table"}, {"segments.pilot.users.curve", "exponential"},
		{"currency", "USD"}, {"currency", "JPY"}, {"day_count", "730h"}, {"months", "12"},
		{"load_profile", "0.5; 0.4; 0.1"}, {"load_profile", "1"}, {"workloads.chat.season", ""},
		{"finance.enforce", "none"}, {"finance.enforce", "usual"}, {"finance.funding", "500k"},
		{"finance.funding", "1M in soon"}, {"finance.monthly_budget", "1k from soon"},
		{"offers.azure-std.volume_tiers", "up to 9"}, {"offers.azure-std.volume_tiers", ""},
		{"offers.azure-std.chips", "abacus"}, {"offers.azure-ptu.lots[0].units", ""},
		{"dependencies.facts.sector", "none"}, {"dependencies.exit.seller", "bedrock"},
		{"dependencies.exit.time.engineers", "0"}, {"dependencies.facts.marketplace_offers", "claude, rented"},
		{"rename.chat", "search"}, {"rename.chat", "Chat & more"}, {"workloads.chat.segment", "free"},
		{"workloads.chat.max_output_tokens", ""}, {"fill.offers.claude", "burndown-0"},
	}
}

// amountsTyped are the ways in which people write a number.
func amountsTyped(r *reader) {
	page := r.get("/?from=rag").is(http.StatusOK)
	name, _ := page.document().Find(`#plan input[name^="segments."][name$=".users.start"]`).First().Attr("name")
	for _, text := range []string{
		"1200000", "1,200,000", "1.200.000", "1 200 000", "1’200’000", "1.2M", "1,2M", "1.2 million", "1k", "1K5",
		"12e3", "0x10", "-5", "−5", "+5", "½", "1/2", "$5", "5 EUR", "5€",
		"5 %", "500 to 900", "500-900", "500 to 700 to 900", "900 to 500", "1.200", "1,200.5", "1.200,5", "1,20",
		"1..2", "1.2.3", "five", "99999999999999999999", "١٢", "1_000", "5 from 2027-03",
	} {
		r.change(page, "users "+text, nil, name, text)
	}
}

// machineOrders add machines in other ways than as listed.
func machineOrders(r *reader) {
	page := r.get("/?from=chatbot").is(http.StatusOK)
	order := []string{"do", "add-gpus", "add-gpus.machine", "8 × H100 SXM, aws p5.48xlarge, us-east-1",
		"add-gpus.model", "Llama 3.1 8B", "add-gpus.workload", "summaries"}
	for _, c := range [][]string{
		{"their own price", "add-gpus.price", "$2.10"}, {"a share", "add-gpus.share", "40 %"},
		{"a precision", "add-gpus.precision", "bf16"}, {"a rate", "add-gpus.rate", "40"},
		{"an unknown model", "add-gpus.model", "Nobody 1B"}, {"an unknown machine", "add-gpus.machine",
			"8 × abacus"}, {"from", "add-gpus.from", "2027-08"},
		{"a model too large", "add-gpus.model", "DeepSeek V3"}, {"no machines", "add-gpus.machines", "0"},
	} {
		r.change(page, "machines, "+c[0], nil, append(slices.Clone(order), c[1:]...)...)
	}
	for _, c := range [][]string{
		{"a price", "add-units.price", "0.8"}, {"a share", "add-units.share", "50 %"},
		{"a month", "add-units.from", "2027-09"}, {"too few", "add-units.units", "1"},
		{"none", "add-units.units", "none"},
	} {
		r.change(page, "units, "+c[0], nil, append([]string{"do", "add-units", "add-units.units", "50"}, c[1:]...)...)
	}
	for _, text := range []string{"GPT-5.4 mini", "Claude Sonnet 5", "gpt-oss-120b", "Llama 3.3 70B", "<b>"} {
		r.change(page, "by hand, "+text, nil, "do", "add-alternative", "add-alternative", text)
	}
}
