package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// leavable is the plan with an answer to every question about leaving.
const leavable = `{"params":{"engineer_day":"850.50","price_tolerance":0.3,"quality_tolerance":"0.1","min_substitutes":2,
"days":{"service":8,"agent":15,"integration":2,"prompt":"0.5","eval_suite":5}},
"exit":{"seller":"azure","exit_date":"2028-01-01","eu_customer":true,"commit_remaining":520000,"retained_spend":"0","provisioned_burns_commit":true,"refund_cap_left":50000,
"provisioned":[{"monthly":40000,"months_left":7,"refundable":true,"refund_fee":"0.12"},{"monthly":1,"months_left":2,"refundable":false}],
"egress":{"gb":60000,"free_gb":100,"tiers":[{"up_to_gb":10000,"per_gb":"0.087"},{"per_gb":"0.083"}],"exit_waiver":false,"cost_based_per_gb":0.01},
"embedding":{"tokens":12000000000,"per_m_tokens":"0.13"},"fine_tune":{"models":2,"tokens":10000000,"epochs":3,"per_m_tokens":"125"},
"work":{"services":4,"agents":3,"integrations":5,"gateway":false,"prompts":80,"eval_suites":6},"termination_fee":0,"parallel_run_days":45,"parallel_overlap":"0.5",
"credits_forfeited":25000,"alternative_annual":1200000,"time":{"engineers":4,"gbps":1,"utilisation":0.6,"embed_tokens_per_min":5000000,"approval_days":30,"capacity_lead_days":21,"notice_days":60}},
"facts":{"sector":"healthcare","sla_pct":99.9,"residency_uplift":0.1,"infra_integrations":{"count":3,"days":4},"chip_artefacts":{"count":0},"provider_state":{"count":2,"days":5},
"gpu_resale_per_month":0,"vector_store":{"managed":true,"rebuild_hours":12,"per_hour":"3.20"},"provider_only_features":[],"licence_restricts":false,
"contract":{"exclusive":false,"min_share":"0.4","penalty":10000,"switching_clauses":true},"marketplace_offers":["azure"],"price_guarantee":false,"price_uplift":0.05,
"team":{"largest_stack_share":0.9,"retraining_days":10,"vendor_operated":false,"shadow_days":20},"last_exit_test":"never",
"quality":{"openai/gpt-5.4-mini":0.96},"offers":{"azure":{"stage":"ga","production":true}},"sellers":[{"provider":"azure","field":"chips","value":"nvidia","source":"our contract","as_of":"2026-11-01"}]},
"weights":{"seller":0.4,"lab":"0.4","chip":0.2,"concentration":0.25,"switching_cost":0.25,"time":0.25,"non_substitutability":0.25}}`

func withDependencies(t *testing.T, dependencies string) Document {
	t.Helper()
	return parse(t, strings.TrimSuffix(plan, "}")+`,"dependencies":`+dependencies+`}`)
}

func TestEveryAnswerAboutLeavingGoesThroughTheFormUnchanged(t *testing.T) {
	d := withDependencies(t, leavable)
	d.Set([]any{"nvidia", "maia"}, "offers", "azure", "chips")
	d.Set("swedencentral", "offers", "azure", "region")
	d.Set("2028-01", "offers", "azure", "retires")
	before := string(d.Bytes())
	// The last tier has no end, the second reservation no refund, and without artefacts there are no days for one.
	unstated := []string{"dependencies.exit.egress.tiers[1].up_to_gb",
		"dependencies.exit.provisioned[1].refund_fee", "dependencies.facts.chip_artefacts.days"}
	var pairs []string
	for _, spec := range dependencySpecs(d) {
		if spec.Read(d) == "" && !strings.Contains(spec.Name(), "[2]") && !slices.Contains(unstated, spec.Name()) {
			t.Errorf("the test states nothing for %s", spec.Name())
		}
		pairs = append(pairs, spec.Name(), spec.Read(d))
	}
	out := apply(t, d, pairs...)
	if len(out.Errors) > 0 {
		t.Fatal(out.Errors)
	}
	if diff := cmp.Diff(before, string(out.Document.Bytes())); diff != "" {
		t.Errorf("the plan changed (-before +after):\n%s", diff)
	}
}

func TestAnAnswerAboutLeavingSetsItsPath(t *testing.T) {
	for _, c := range []struct{ name, field, text, want, read string }{
		{"none of them is an answer", "dependencies.exit.work.agents", "0", `"work":{"agents":0}`, "0"},
		{"an amount", "dependencies.exit.termination_fee", "12k", `"termination_fee":12000`, "12,000"},
		{"a share", "dependencies.exit.time.utilisation", "60 %", `"utilisation":0.6`, "60 %"},
		{"a day", "dependencies.exit.exit_date", "12 Jan 2027", `"exit_date":"2027-01-12"`, "2027-01-12"},
		{"a word for a day", "dependencies.facts.last_exit_test", "Never", `"last_exit_test":"never"`, "never"},
		{"no is an answer too", "dependencies.exit.work.gateway", "no", `"gateway":false`, "no"},
		{"an empty list is an answer", "dependencies.facts.marketplace_offers", "none", `"marketplace_offers":[]`,
			"none"},
		{"a list", "dependencies.facts.marketplace_offers", "azure, other", `"marketplace_offers":["azure","other"]`,
			"azure, other"},
		{"the price of the first tier", "dependencies.exit.egress.tiers[0].per_gb", "$0.087",
			`"tiers":[{"per_gb":0.087}]`, "0.087"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, plan)
			before := string(d.Bytes())
			spec := find(t, d, c.field)
			if err := spec.Write(d, c.text); err != nil {
				t.Fatal(err)
			}
			if got := string(d.Bytes()); !strings.Contains(got, c.want) {
				t.Errorf("the plan lacks %s:\n%s", c.want, got)
			}
			if got := spec.Read(d); got != c.read {
				t.Errorf("it reads as %q, want %q", got, c.read)
			}
			if err := spec.Write(d, ""); err != nil {
				t.Fatal(err)
			}
			d.dropEmptyRows()
			if diff := cmp.Diff(before, string(d.Bytes())); diff != "" {
				t.Errorf("taking it back leaves something (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnAnswerAboutLeavingThatCannotBeReadIsSaid(t *testing.T) {
	for _, c := range []struct{ name, field, text, want string }{
		{"a day that is none", "dependencies.exit.exit_date", "2027-02-30", "is not a day"},
		{"never is no exit date", "dependencies.exit.exit_date", "never", "is not a day"},
		{"fewer than none", "dependencies.exit.work.prompts", "-1", "outside the range"},
		{"more than the whole", "dependencies.exit.parallel_overlap", "120 %", "0 to 100 %"},
		{"perhaps", "dependencies.exit.work.gateway", "perhaps", "choose yes, no"},
		{"a seller that the plan does not buy from", "dependencies.exit.seller", "nobody", "choose one of the list"},
		{"another currency", "dependencies.exit.termination_fee", "€5", "is in EUR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, plan)
			before := string(d.Bytes())
			if err := find(t, d, c.field).Write(d, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
			if diff := cmp.Diff(before, string(d.Bytes())); diff != "" {
				t.Errorf("the plan changed:\n%s", diff)
			}
		})
	}
}

func TestTheHelpOfAnAnswerStatesItsRange(t *testing.T) {
	d := withDependencies(t, `{"exit":{"egress":{"gb":1},"embedding":{"tokens":1}}}`)
	for field, want := range map[string]string{
		"dependencies.exit.time.engineers": "more than 0", "dependencies.exit.time.gbps": "more than 0",
		"dependencies.exit.time.embed_tokens_per_min": "more than 0",
		"dependencies.exit.time.utilisation":          "more than 0, at most 100 %",
		"dependencies.params.min_substitutes":         "1 or more",
		"dependencies.exit.time.notice_days":          "0 or more",
		"dependencies.params.quality_tolerance":       "0 to 100 %",
	} {
		if got := find(t, d, field).Allowed(); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
}

func TestQuestionsAreAskedWhenTheirAnswerCounts(t *testing.T) {
	asked := func(d Document) []string {
		var list []string
		for _, p := range Dependencies(d) {
			for _, s := range p.Asked {
				list = append(list, s.Name())
			}
		}
		return list
	}
	for _, c := range []struct{ name, dependencies, field string }{
		{"days for an agent", `{"exit":{"work":{"agents":1}}}`, "dependencies.params.days.agent"},
		{"the line that data leaves over", `{"exit":{"egress":{"gb":1}}}`, "dependencies.exit.time.gbps"},
		{"the price of embedding", `{"exit":{"embedding":{"tokens":1}}}`, "dependencies.exit.embedding.per_m_tokens"},
		{"the price of training", `{"exit":{"fine_tune":{"models":1}}}`, "dependencies.exit.fine_tune.per_m_tokens"},
		{"clauses of the Data Act", `{"exit":{"eu_customer":true}}`, "dependencies.facts.contract.switching_clauses"},
		{"months of a reservation", `{"exit":{"provisioned":[{"monthly":1,"months_left":1}]}}`,
			"dependencies.exit.provisioned[0].months_left"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if slices.Contains(asked(parse(t, plan)), c.field) {
				t.Error("it is asked of a plan that has none")
			}
			if !slices.Contains(asked(withDependencies(t, c.dependencies)), c.field) {
				t.Error("it is not asked")
			}
		})
	}
}

func TestWhereAnOfferRunsIsAskedOfTheOffersInUse(t *testing.T) {
	d := parse(t, plan)
	d.Set(map[string]any{"catalog": "openai/gpt-5.4"}, "offers", "idle")
	if got := Routed(d); !slices.Equal(got, []string{"azure"}) {
		t.Fatalf("in use: %v", got)
	}
	for field, c := range map[string]struct{ text, want string }{
		"offers.azure.chips":                         {"NVIDIA, maia", `"chips":["nvidia","maia"]`},
		"offers.azure.region":                        {"swedencentral", `"region":"swedencentral"`},
		"offers.azure.retires":                       {"Jan 2028", `"retires":"2028-01"`},
		"dependencies.facts.offers.azure.stage":      {"preview", `"offers":{"azure":{"stage":"preview"}}`},
		"dependencies.facts.offers.azure.production": {"no", `"production":false`},
	} {
		out := apply(t, d, field, c.text)
		if got := string(out.Document.Bytes()); len(out.Errors) > 0 || !strings.Contains(got, c.want) {
			t.Errorf("%s: %v, the plan lacks %s:\n%s", field, out.Errors, c.want, got)
		}
	}
}

func TestAnOfferThatGoesTakesItsAnswersAlong(t *testing.T) {
	d := withDependencies(t, `{"facts":{"offers":{"azure":{"stage":"preview"}}}}`)
	out := apply(t, d, "workloads.chat.routes[0].seller", SellerValue(mustOffer(t, "openai/gpt-5.4")))
	if got := string(out.Document.Bytes()); strings.Contains(got, "dependencies") {
		t.Errorf("an answer about an offer that is gone stays:\n%s", got)
	}
}

func TestEvaluationsAreAskedOfTheModelsOfAlternatives(t *testing.T) {
	d := parse(t, plan)
	if specs := QualitySpecs(d, shipped(t)); len(specs) != 0 {
		t.Errorf("a plan without alternatives is asked about %v", specs)
	}
	if err := AddAlternative(d, shipped(t), "GPT-5.4 mini"); err != nil {
		t.Fatal(err)
	}
	out := apply(t, d, "dependencies.facts.quality.openai/gpt-5-4-mini", "96 %")
	if got, _ := out.Document.Decimal("dependencies", "facts", "quality", "openai/gpt-5-4-mini"); len(out.Errors) > 0 ||
		got.String() != "0.96" {
		t.Errorf("%v, %v", got, out.Errors)
	}
	specs := QualitySpecs(out.Document, shipped(t))
	if len(specs) != 1 || specs[0].Label != "Quality of GPT-5.4 mini" || specs[0].Read(out.Document) != "96 %" {
		t.Errorf("%+v", specs)
	}
}

func TestMissingAnswersHaveTheNamesOfTheirFields(t *testing.T) {
	for path, want := range map[string]string{
		"dependencies.exit.work.agents": "Agents", "dependencies.params.days.agent": "Days per agent",
		"dependencies.exit.egress.tiers": "Price of a GB",
		"dependencies.exit.unheard":      "dependencies.exit.unheard",
	} {
		if got := DependencyName(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
