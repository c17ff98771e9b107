package lockin

import (
	"context"
	"strings"
	"testing"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
	"headroom/pricing/money"
)

const testDay = calendar.Day("2026-11-24")

// quiet is a plan with two equal lines on which no rule fires: every answer is given and none costs anything.
const quiet = `{"schema":"headroom.plan/v1","start":"2027-01","months":12,"day_count":"30",
"segments":{"all":{"users":{"curve":"table","values":[1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000]}}},
"workloads":{
 "a":{"segment":"all","requests_per_user_day":1,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"one","share":1}]},
 "b":{"segment":"all","requests_per_user_day":1,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"two","share":1}]}},
"offers":{
 "one":{"kind":"on_demand","catalog":"azure/red","chips":["nvidia"],"scope":"geo:eu"},
 "two":{"kind":"on_demand","catalog":"vertex/blue","chips":["tpu"],"scope":"geo:eu"}},
"dependencies":{
 "params":{"engineer_day":900,"days":{"service":8,"agent":15,"integration":2,"prompt":0.5,"eval_suite":5}},
 "exit":{"seller":"azure","exit_date":"2028-01-01","eu_customer":false,"commit_remaining":0,"retained_spend":0,"provisioned":[],
  "egress":{"gb":0},"embedding":{"tokens":0},"fine_tune":{"models":0},"termination_fee":0,"credits_forfeited":0,
  "work":{"services":0,"agents":0,"integrations":0,"gateway":false,"prompts":0,"eval_suites":0},"parallel_run_days":0,"parallel_overlap":0,
  "time":{"engineers":2,"notice_days":0,"gbps":1}},
 "facts":{"sector":"none","infra_integrations":{"count":0},"chip_artefacts":{"count":0},"provider_state":{"count":0},
  "vector_store":{"managed":false},"provider_only_features":[],"licence_restricts":false,
  "contract":{"exclusive":false,"min_share":0,"switching_clauses":true},"marketplace_offers":[],"price_guarantee":true,
  "team":{"largest_stack_share":0.5,"vendor_operated":false},"last_exit_test":"2026-11-01"}}}`

// shelf is a small catalogue: red (openai) at azure and bedrock, blue (google) at vertex and gemini-api, both in the
// EU; rare (openai) at azure alone.
func shelf(extra ...catalog.Offer) *catalog.Snapshot {
	sell := func(provider, id, model, scope string, price money.Rate) catalog.Offer {
		lab, _, _ := strings.Cut(model, "/")
		return catalog.Offer{Provider: provider, NativeID: id, Scope: scope, Model: model, Lab: lab,
			Mode: "chat", ContextTokens: 100_000,
			Rows: []catalog.Row{{From: "2026-01-01", Status: catalog.InForce, Source: "test", AsOf: "2026-11-01",
				Prices: []catalog.Price{
					{Dimension: catalog.Input, Tier: catalog.Standard, Rate: price},
					{Dimension: catalog.Output, Tier: catalog.Standard, Rate: price}}}}}
	}
	return &catalog.Snapshot{ID: "test", AsOf: "2026-11-01",
		Models: []catalog.Model{{ID: "google/blue"}, {ID: "openai/rare"}, {ID: "openai/red"}},
		Offers: append([]catalog.Offer{
			sell("azure", "rare", "openai/rare", "geo:eu", 10e9), sell("azure", "red", "openai/red", "geo:eu", 10e9),
			sell("bedrock", "red", "openai/red", "geo:eu", 10e9),
			sell("bedrock", "blue-us", "google/blue", "geo:us", 10e9),
			sell("gemini-api", "blue", "google/blue", "geo:eu", 10e9),
			sell("vertex", "blue", "google/blue", "geo:eu", 10e9),
		}, extra...)}
}

// assessed is the quiet plan after a merge patch, and its rules by id.
func assessed(t testing.TB, patch string) (Alternative, map[string]Outcome) {
	t.Helper()
	return assessedWith(t, patch, shelf())
}

func assessedWith(t testing.TB, patch string, c *catalog.Snapshot) (Alternative, map[string]Outcome) {
	t.Helper()
	answer, err := AssessPlan(context.Background(), patched(t, patch), c, testDay)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]Outcome{}
	for _, o := range answer.Alternatives[0].Rules {
		byID[o.Rule] = o
	}
	return answer.Alternatives[0], byID
}

// patched is the quiet plan after a merge patch.
func patched(t testing.TB, patch string) *pricing.Plan {
	t.Helper()
	text, err := document.MergePatch([]byte(quiet), []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pricing.ParsePlan(text)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func exitPatch(body string) string  { return `{"dependencies":{"exit":{` + body + `}}}` }
func factsPatch(body string) string { return `{"dependencies":{"facts":{` + body + `}}}` }
func offerOne(body string) string   { return `{"offers":{"one":{` + body + `}}}` }

func sellerFact(provider, field, value string) string {
	return `"sellers":[{"provider":"` + provider + `","field":"` + field + `","value":"` + value +
		`","source":"our counsel","as_of":"2026-11-20"}]`
}

const needsEU = `"workloads":{"a":{"needs":{"residency":["eu"]}}}`

func TestEveryRuleFiresAndJustDoesNot(t *testing.T) {
	tuned := func(fact string) string {
		return `{"dependencies":{"exit":{"fine_tune":{"models":1,"tokens":1000000,"epochs":1,"per_m_tokens":1}},"facts":{` + fact + `}}}`
	}
	gpu := func(months string) string {
		return `{"gpu_pools":{"p":{"lots":[{"from":"2027-01","months":` + months + `,"gpus":1,"price_per_hour":1}]}}}`
	}
	store := `"vector_store":{"managed":true,"rebuild_hours":`
	for _, c := range []struct {
		rule        string
		severity    Severity
		fires, calm string
	}{
		{"L01", Medium, `{"workloads":{"a":{"input_tokens":1001}}}`, `{}`},
		{"L02", Low, exitPatch(`"egress":{"gb":101,"free_gb":100,"tiers":[{"per_gb":0.1}]}`), exitPatch(`"egress":{"gb":100,"free_gb":100,"tiers":[{"per_gb":0.1}]}`)},
		{"L03", High, `{` + needsEU + `,"offers":{"one":{"catalog":"azure/rare"}}}`, `{` + needsEU + `}`},
		{"L04", Medium, `{"offers":{"one":{"region":"westeurope"},"two":{"region":"europe-west4"}}}`, `{}`},
		{"L05", Critical, exitPatch(`"work":{"services":1}`), exitPatch(`"work":{"services":0}`)},
		{"L06", Critical, factsPatch(`"infra_integrations":{"count":1,"days":3}`),
			factsPatch(`"infra_integrations":{"count":0,"days":3}`)},
		{"L07", High, offerOne(`"catalog":"azure/rare"`), `{}`},
		{"L08", Critical, `{"offers":{"two":{"catalog":"bedrock/red"}}}`, `{}`},
		{"L09", Medium, offerOne(`"retires":"2027-12"`), offerOne(`"retires":"2028-01"`)},
		{"L10", High, factsPatch(`"offers":{"one":{"stage":"preview"}}`),
			factsPatch(`"offers":{"one":{"stage":"ga"}}`)},
		{"L11", Critical, factsPatch(`"sector":"defence",` + sellerFact("openai", "policy_conflict", "yes")),
			factsPatch(`"sector":"defence"`)},
		{"L12", Low, tuned(sellerFact("azure", "ft_weight_export", "n")),
			tuned(sellerFact("azure", "ft_weight_export", "y"))},
		{"L13", Critical, tuned(sellerFact("azure", "ft_end_date", "2027-12-31")),
			tuned(sellerFact("azure", "ft_end_date", "2028-01-01"))},
		{"L14", Critical, `{"offers":{"two":{"chips":["nvidia"]}}}`, `{}`},
		{"L15", Critical, factsPatch(`"chip_artefacts":{"count":1,"days":15}`),
			factsPatch(`"chip_artefacts":{"count":0,"days":15}`)},
		{"L16", High, gpu("13"), gpu("12")},
		{"L17", Low,
			exitPatch(`"embedding":{"tokens":1000000,"per_m_tokens":0.1},"time":{"embed_tokens_per_min":1000}`),
			exitPatch(`"embedding":{"tokens":0,"per_m_tokens":0.1}`)},
		{"L18", Low, factsPatch(store + `1,"per_hour":2}`), factsPatch(store + `0,"per_hour":2}`)},
		{"L19", Critical, factsPatch(`"provider_state":{"count":1,"days":5}`),
			factsPatch(`"provider_state":{"count":0,"days":5}`)},
		{"L20", Medium, factsPatch(`"licence_restricts":true`), factsPatch(`"licence_restricts":false`)},
		{"L21", Critical, exitPatch(`"work":{"agents":1}`), exitPatch(`"work":{"agents":0}`)},
		{"L22", Critical, exitPatch(`"work":{"integrations":1}`),
			exitPatch(`"work":{"integrations":1,"gateway":true}`)},
		{"L23", High, exitPatch(`"work":{"prompts":1}`), exitPatch(`"work":{"prompts":0}`)},
		{"L24", Low, factsPatch(`"provider_only_features":["grounding"]`), factsPatch(`"provider_only_features":[]`)},
		{"L25", Low, exitPatch(`"commit_remaining":1000,"retained_spend":999`),
			exitPatch(`"commit_remaining":1000,"retained_spend":1000`)},
		{"L26", Low, exitPatch(`"provisioned":[{"monthly":10,"months_left":1}]`),
			exitPatch(`"provisioned":[{"monthly":10,"months_left":0}]`)},
		{"L27", Low, exitPatch(`"credits_forfeited":0.01`), exitPatch(`"credits_forfeited":0`)},
		{"L28", Medium, factsPatch(`"contract":{"min_share":0.01}`), factsPatch(`"contract":{"min_share":0}`)},
		{"L29", Low, exitPatch(`"termination_fee":1`), exitPatch(`"termination_fee":0,"time":{"notice_days":400}`)},
		{"L30", Medium, factsPatch(`"marketplace_offers":["one"]`), factsPatch(`"marketplace_offers":["other"]`)},
		{"L31", Medium, factsPatch(`"price_guarantee":false`), factsPatch(`"price_guarantee":true`)},
		{"L32", High, `{"dependencies":{"exit":{"eu_customer":true},"facts":{"contract":{"switching_clauses":false}}}}`,
			`{"dependencies":{"exit":{"eu_customer":false},"facts":{"contract":{"switching_clauses":false}}}}`},
		{"L33", Critical, factsPatch(`"team":{"largest_stack_share":0.801}`),
			factsPatch(`"team":{"largest_stack_share":0.8}`)},
		{"L34", High, factsPatch(`"team":{"vendor_operated":true}`), factsPatch(`"team":{"vendor_operated":false}`)},
		{"L35", Medium, factsPatch(`"last_exit_test":"2025-11-23"`), factsPatch(`"last_exit_test":"2025-11-24"`)},
		{"L36", Low, exitPatch(`"parallel_run_days":1,"parallel_overlap":1`),
			exitPatch(`"parallel_run_days":0,"parallel_overlap":1`)},
	} {
		t.Run(c.rule+" fires", func(t *testing.T) {
			alternative, rules := assessed(t, c.fires)
			o := rules[c.rule]
			if o.Status != RuleFired || len(o.Findings) == 0 || o.Findings[0].Severity != c.severity ||
				o.Findings[0].Evidence == "" || o.Findings[0].Remedy == "" {
				t.Fatalf("want %s at %s with evidence and remedy, got %+v", RuleFired, c.severity, o)
			}
			if len(alternative.RulesFired) == 0 {
				t.Error("the finding is not in rules_fired")
			}
		})
		t.Run(c.rule+" just does not fire", func(t *testing.T) {
			if _, rules := assessed(t, c.calm); rules[c.rule].Status != RulePassed {
				t.Fatalf("want %s, got %+v", RulePassed, rules[c.rule])
			}
		})
	}
}

func TestNothingFiresOnTheQuietPlan(t *testing.T) {
	a, rules := assessed(t, `{}`)
	if len(a.RulesFired) > 0 || len(a.Missing) > 0 {
		t.Errorf("fired %+v, missing %+v", a.RulesFired, a.Missing)
	}
	for id, o := range rules {
		if o.Status != RulePassed {
			t.Errorf("%s: %+v", id, o)
		}
	}
}

func TestARuleWithoutItsAnswerIsUnknownAndSaysWhatIsMissing(t *testing.T) {
	a, rules := assessed(t, `{"dependencies":null}`)
	for _, id := range []string{"L02", "L05", "L06", "L11", "L12", "L13", "L15", "L17", "L18", "L19",
		"L20", "L21", "L22", "L23", "L24", "L28", "L29", "L30", "L31", "L33", "L34"} {
		if o := rules[id]; o.Status != CannotTell || len(o.Missing) == 0 {
			t.Errorf("%s: want unknown with what is missing, got %+v", id, o)
		}
	}
	if a.Assessment.Index.Known() || a.Assessment.Band != Unknown || a.Assessment.Exit.CashCost.Known() ||
		a.Assessment.Time.TimeToExit.Known() {
		t.Error("an index, a cost or a time without the answers that it needs")
	}
}
