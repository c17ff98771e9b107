package lockin

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

func TestTheRulesAndFactsAreRead(t *testing.T) {
	rules, err := Rules()
	if err != nil || len(rules) != 36 {
		t.Fatalf("%d rules, %v", len(rules), err)
	}
	facts, err := ShippedFacts()
	if err != nil || len(facts) < 180 {
		t.Fatalf("%d facts, %v", len(facts), err)
	}
}

func TestRulesAndFactsThatCannotBeUsedAreRefused(t *testing.T) {
	for _, c := range []struct{ name, text, old, new, want string }{
		{"a rule of no layer", rulesCSV, "L02,data,", "L02,sea,", "rules.csv line 3: layer: want one of cloud, "},
		{"a rule out of order", rulesCSV, "\nL02,", "\nL99,", `rules.csv: rule 2 is "L99", want L02`},
		{"a rule twice", rulesCSV, "\nL02,", "\nL01,", `rules.csv line 3: rule_id: "L01" stands on line 2 already`},
		{"a rule without a title", rulesCSV, "L03,cloud,Residency leaves one seller,", "L03,cloud,,",
			"rules.csv line 4: title: empty"},
		{"a column that is missing", rulesCSV, "default_sources,remedy", "default_sources,cure",
			"rules.csv line 2: remedy: no such column"},
		{"a fact of no date", factsCSV, "2026-01,read", "soon,read", `facts.csv line 2: fact: "soon" is no date`},
		{"a fact of no confidence", factsCSV, "2026-01,read", "2026-01,heard", `unknown confidence "heard"`},
		{"a fact twice", factsCSV, "azure,Azure OpenAI / Microsoft Foundry,chips_amd,",
			"azure,Azure OpenAI / Microsoft Foundry,chips,",
			`facts.csv line 3: provider_id, field: "azure, chips" stands on line 2 already`},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := strings.Replace(c.text, c.old, c.new, 1)
			_, err := readFacts(broken)
			if c.text == rulesCSV {
				_, err = readRules(broken)
			}
			if broken == c.text || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestFactsThatAreDoubtfulSaySo(t *testing.T) {
	for _, c := range []struct {
		name string
		fact Fact
		want string
	}{
		{"read this year", Fact{AsOf: "2026-11-23", Confidence: Read}, ""},
		{"180 days old", Fact{AsOf: "2026-05-28", Confidence: Read}, ""},
		{"181 days old", Fact{AsOf: "2026-05-27", Confidence: Read}, "as of 2026-05-27: check again"},
		{"a month counts from its first day", Fact{AsOf: "2026-05", Confidence: Read}, "as of 2026-05: check again"},
		{"the older of two dates counts", Fact{AsOf: "2022-10-10 / 2026-07-22", Confidence: Read},
			"as of 2022-10-10 / 2026-07-22: check again"},
		{"from memory", Fact{Confidence: FromMemory}, "from memory"},
		{"in part from memory", Fact{AsOf: "2026-11-23", Confidence: Mixed}, "in part from memory"},
		{"unverified", Fact{Confidence: Unverified}, "unverified"},
		{"the team's own, fresh", Fact{AsOf: "2026-11-20", Confidence: OwnSource}, ""},
		{"the team's own, old", Fact{AsOf: "2025-11-20", Confidence: OwnSource}, "as of 2025-11-20: check again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.fact.Doubt(testDay); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestChipsAreThoseThatAFactNames(t *testing.T) {
	facts, err := ShippedFacts()
	if err != nil {
		t.Fatal(err)
	}
	for seller, want := range map[string]string{"azure": "nvidia maia", "bedrock": "nvidia trainium",
		"openai": "", "cohere": "", "groq": "lpu", "anthropic": "nvidia trainium tpu"} {
		if got := strings.Join(facts.Of(seller, "chips")[0].chips(), " "); got != want {
			t.Errorf("%s: %q, want %q", seller, got, want)
		}
	}
}

// A fact that is old or from memory never raises critical by itself; the team's own fresh one does.
func TestADoubtfulFactHoldsARuleBelowCritical(t *testing.T) {
	tuned := `"exit":{"seller":"openai","fine_tune":{"models":1,"tokens":1000000000,"epochs":1,"per_m_tokens":100}}`
	at := `"offers":{"one":{"provider":"openai"}}`
	for _, c := range []struct {
		name, patch, rule string
		want              Severity
		held              bool
	}{
		{"the designation on file is older than 180 days",
			`{"offers":{"one":{"lab":"anthropic","catalog":null,"provider":"azure","prices":[{"from":"2027-01","input":10,"output":10}]}},"dependencies":{"facts":{"sector":"defence"}}}`, "L11", High, true},
		{"the team's own fact is fresh", `{"dependencies":{"facts":{"sector":"defence",` + sellerFact("openai", "government_action", "designated") + `}}}`, "L11", Critical, false},
		{"export from memory in part", `{` + at + `,"dependencies":{` + tuned + `}}`, "L12", High, true},
		{"a closing date from memory in part",
			`{` + at +
				`,"months":24,"segments":{"all":{"users":{"curve":"exponential","values":null,"start":1000}}},"dependencies":{` + tuned + `}}`, "L13", High, true},
		{"chips from memory", `{"offers":{"one":{"chips":null,"provider":"coreweave"},"two":{"chips":["nvidia"]}}}`, "L14", High, true},
		{"chips that the plan states", `{"offers":{"two":{"chips":["nvidia"]}}}`, "L14", Critical, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rules := assessed(t, c.patch)
			o := rules[c.rule]
			if o.Status != RuleFired || o.Findings[0].Severity != c.want || o.Findings[0].Held != c.held ||
				c.held != (len(o.Findings[0].Doubts) > 0) {
				t.Errorf("%+v", o)
			}
		})
	}
}

func TestContradictoryFactsStandSideBySide(t *testing.T) {
	facts := Facts{{Provider: "a", Field: "x", Value: "n", Confidence: Read},
		{Provider: "a", Field: "x", Value: "y", Confidence: OwnSource}}
	if got := facts.Of("a", "x"); len(got) != 2 || got[0].Value != "y" {
		t.Errorf("%+v", got)
	}
	_, rules := assessed(t, `{"dependencies":{"facts":{"sector":"defence","sellers":[
		{"provider":"openai","field":"government_action","value":"designated","source":"a paper","as_of":"2026-11-01"},
		{"provider":"openai","field":"government_action","value":"lifted","source":"a court","as_of":"2026-11-02"}]}}}`)
	if e := rules["L11"].Findings[0].Evidence; !strings.Contains(e, "designated") || !strings.Contains(e, "lifted") {
		t.Error(e)
	}
}

// The flag "one seller" comes from the catalogue and its date: a newer price file with a second seller takes it away,
// and a router that resells the first does not.
func TestOneSellerComesFromTheCatalogue(t *testing.T) {
	second := shelf().Offers[0]
	second.Provider = "newcomer"
	for _, c := range []struct {
		name string
		with func(*catalog.Snapshot)
		want Status
	}{
		{"one seller", func(*catalog.Snapshot) {}, RuleFired},
		{"a new seller", func(*catalog.Snapshot) {}, RulePassed},
		{"a router", func(s *catalog.Snapshot) { s.Sellers = []catalog.Seller{{ID: "newcomer", Kind: "router"}} },
			RuleFired},
	} {
		t.Run(c.name, func(t *testing.T) {
			snapshot := shelf()
			if c.name != "one seller" {
				snapshot = shelf(second)
			}
			c.with(snapshot)
			_, rules := assessedWith(t, offerOne(`"catalog":"azure/rare"`), snapshot)
			if rules["L07"].Status != c.want {
				t.Fatalf("%+v", rules["L07"])
			}
			if c.want == RuleFired && !strings.Contains(rules["L07"].Findings[0].Evidence,
				"sold by one seller, azure, as of 2026-11-01") {
				t.Error(rules["L07"].Findings[0].Evidence)
			}
		})
	}
}

func TestSubstitutesComeFromTheCatalogue(t *testing.T) {
	a, _ := assessed(t, factsPatch(`"quality":{"google/blue":0.96}`))
	got := a.Assessment.Substitutability
	if got.PerLine[0] != (LineSubstitutes{"one", 3, 1}) || got.LabReplaceable.String() != "50.00" {
		t.Errorf("%+v %s", got.PerLine, got.LabReplaceable)
	}
	a, _ = assessed(t, `{}`)
	if got := a.Assessment.Substitutability; got.PerLine[0] != (LineSubstitutes{"one", 1, 0}) {
		t.Errorf("a model that nobody evaluated qualifies: %+v", got.PerLine)
	}
	a, _ = assessed(t, `{`+needsEU+`,"dependencies":{"facts":{"quality":{"google/blue":0.96}}}}`)
	for _, o := range a.Lines[0].Options {
		if o.Scope == "geo:us" && o.MeetsHard {
			t.Errorf("%s meets a need of the EU", o.Offer)
		}
	}
}

func TestResidencyIsReadFromScopes(t *testing.T) {
	for _, c := range []struct {
		scope, region, place string
		want                 verdict
	}{
		{"datazone:eu", "", "eu", yes}, {"geo:eu", "", "eu", yes}, {"region:eu-west-1", "", "eu", yes},
		{"region:swedencentral", "", "eu", yes},
		{"region:eu-west-2", "", "eu", no}, {"global", "", "eu", no}, {"geo:us", "", "eu", no},
		{"default", "", "eu", unsure},
		{"in-region", "", "eu", unsure}, {"in-region", "eu-west-1", "eu", yes}, {"geo:us", "", "us", yes},
		{"region:us-east-1", "", "us", yes},
	} {
		if got := resides(c.scope, c.region, c.place); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestAnnualSpendIsTheTwelveMonthsBeforeTheExit(t *testing.T) {
	// 30,000 requests a month of 1,000 tokens at 10 dollars a million: 300 a month and line.
	for _, c := range []struct{ name, patch, want string }{
		{"twelve months", `{}`, "7200.00"},
		{"six months are annualised", exitPatch(`"exit_date":"2027-07-01"`), "7200.00"},
		{"a month that has begun does not count", exitPatch(`"exit_date":"2027-02-15"`), "7200.00"},
		{"only those before the exit",
			`{"segments":{"all":{"users":{"values":[1000,1000,2000,2000,2000,2000,2000,2000,2000,2000,2000,2000]}}},"dependencies":{"exit":{"exit_date":"2027-03-01"}}}`, "7200.00"},
		{"only the last twelve", `{"months":13,"segments":{"all":{"users":{"values":[9000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000]}}},"dependencies":{"exit":{"exit_date":"2028-02-01"}}}`, "7200.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, _ := assessed(t, c.patch); a.Assessment.TotalAnnualSpend.String() != c.want {
				t.Errorf("%s, want %s", a.Assessment.TotalAnnualSpend, c.want)
			}
		})
	}
}

func TestAnswersOfAPlanAreRefusedByPath(t *testing.T) {
	for _, c := range []struct{ patch, path string }{
		{exitPatch(`"termination_fee_usd":1`), "dependencies.exit.termination_fee_usd"},
		{exitPatch(`"exit_date":"2026-01-01"`), "dependencies.exit.exit_date"},
		{exitPatch(`"exit_date":"soon"`), "dependencies.exit.exit_date"},
		{exitPatch(`"provisioned":[{"monthly":1,"months_left":1,"refundable":true}]`),
			"dependencies.exit.refund_cap_left"},
		{exitPatch(`"egress":{"gb":5,"tiers":[{"up_to_gb":1,"per_gb":1},{"up_to_gb":2}]}`),
			"dependencies.exit.egress.tiers[1].per_gb"},
		{factsPatch(`"offers":{"nobody":{"stage":"ga"}}`), "dependencies.facts.offers.nobody"},
		{factsPatch(`"last_exit_test":"yesterday"`), "dependencies.facts.last_exit_test"},
		{factsPatch(`"sellers":[{"provider":"azure"}]`), "dependencies.facts.sellers[0]"},
		{factsPatch(`"team":{"largest_stack_share":-1}`), "dependencies.facts.team.largest_stack_share"},
		{`{"dependencies":{"weights":{"lab":1}}}`, "dependencies.weights"},
	} {
		t.Run(c.path, func(t *testing.T) {
			text, err := document.MergePatch([]byte(quiet), []byte(c.patch))
			if err != nil {
				t.Fatal(err)
			}
			plan, err := pricing.ParsePlan(text)
			if err != nil {
				t.Fatal(err)
			}
			_, err = AssessPlan(context.Background(), plan, shelf(), testDay)
			if invalid := pricing.Invalid(err); invalid == nil || invalid.Fields[0].Path != c.path {
				t.Errorf("want an error at %s, got %v", c.path, err)
			}
		})
	}
}

func TestThePresetsAreAssessed(t *testing.T) {
	snapshot, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, preset := range pricing.Presets() {
		plan, err := pricing.ParsePlan(preset.Plan)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := AssessPlan(context.Background(), plan, snapshot, testDay)
		if preset.ID == "empty" && err != nil {
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", preset.ID, err)
		}
		for _, a := range answer.Alternatives {
			if len(a.Rules) != 36 || !slices.IsSortedFunc(a.RulesFired,
				func(x, y Finding) int { return strings.Compare(x.Rule+x.Line, y.Rule+y.Line) }) {
				t.Errorf("%s %s: %d rules, fired %+v", preset.ID, a.ID, len(a.Rules), a.RulesFired)
			}
		}
	}
}

// The embedded files are data with sources: every fact names one.
func TestDataFilesAreEmbeddedAsTheyStand(t *testing.T) {
	for name, text := range map[string]string{"rules.csv": rulesCSV, "facts.csv": factsCSV} {
		onDisk, err := os.ReadFile(name)
		if err != nil || string(onDisk) != text {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkAssessPlanOfTwentyLines assesses a plan whose lines nobody asked about yet, and one that is asked about
// again. Both are meant to stay under 2 ms.
func BenchmarkAssessPlanOfTwentyLines(b *testing.B) {
	snapshot, err := catalog.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	offers, workloads := "", ""
	for i := range 20 {
		id := []string{"azure/gpt-5.4", "anthropic/claude-sonnet-4-6", "gemini-api/gemini-3.5-flash",
			"openai/gpt-5.4"}[i%4]
		offers += fmt.Sprintf(`"o%d":{"kind":"on_demand","catalog":%q,"scope":"default"},`, i, id)
		workloads += fmt.Sprintf(
			`"w%d":{"segment":"all","requests_per_user_day":1,"input_tokens":%d,"output_tokens":100,"routes":[{"offer":"o%d","share":1}]},`, i, 1000+i, i)
	}
	text, err := document.MergePatch([]byte(quiet),
		[]byte(`{"offers":{`+offers+`"one":null,"two":null},"workloads":{`+workloads+`"a":null,"b":null}}`))
	if err != nil {
		b.Fatal(err)
	}
	plan, err := pricing.ParsePlan(text)
	if err != nil {
		b.Fatal(err)
	}
	result, err := pricing.Evaluate(context.Background(), plan, snapshot)
	if err != nil {
		b.Fatal(err)
	}
	base, err := NewBase(snapshot, testDay)
	if err != nil {
		b.Fatal(err)
	}
	for name, forget := range map[string]bool{"first": true, "again": false} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if forget {
					base.shared.options.Purge()
					base.shared.answers.Purge()
				}
				if _, err := base.Assess(plan, result); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNewBase(b *testing.B) {
	snapshot, err := catalog.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := NewBase(snapshot, testDay); err != nil {
			b.Fatal(err)
		}
	}
}
