package lockin

import (
	"slices"
	"strings"
	"testing"
)

func removed(t *testing.T, a Alternative, id, chance string) Removal {
	t.Helper()
	list := a.Removals(literal(chance))
	i := slices.IndexFunc(list, func(r Removal) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no %s in %+v", id, list)
	}
	return list[i]
}

func TestRemovingADependencyIsHeldAgainstTheChanceOfLeaving(t *testing.T) {
	work := exitPatch(
		`"work":{"agents":2,"integrations":10},"egress":{"gb":1000,"tiers":[{"per_gb":0.1}]},"commit_remaining":500,"time":{"notice_days":30}`)
	for _, c := range []struct {
		name, id, patch, chance string
		verdict                 RemovalVerdict
		cost, saves, even       string
	}{
		{"work costs the same now", "L21", work, "0.9", NotWorthRemoving, "27000.00", "27000.00", "100.0"},
		{"a gateway takes the integrations out", "L22", work, "", NotWorthRemoving, "18000.00", "18000.00", "100.0"},
		{"asking for the exit programme costs nothing", "L02", work, "", WorthRemoving, "0.00", "100.00", "unknown"},
		{"nobody knows what the seller asks", "L25", work, "1", RemovalUnknown, "unknown", "500.00", "unknown"},
		{"a line at the same price elsewhere, when nothing changes", "move-one", `{}`, "1", NotWorthRemoving, "0.00", "0.00", "unknown"},
		{"a line at the same price, when its move spreads the spend", "move-one",
			`{"offers":{"two":{"catalog":"azure/red","scope":"geo:eu"}}}`, "", WorthRemoving, "0.00",
			"0.00", "unknown"},
		{"a dearer line that makes no exit cheaper", "move-one",
			offerOne(`"prices":[{"from":"2027-01","input":8,"output":8}]`), "1", NotWorthRemoving, "720.00",
			"0.00", "unknown"},
		{"a dearer line whose exit is cheap then, unless leaving is likely", "move-one",
			`{"offers":{"one":{"prices":[{"from":"2027-01","input":8,"output":8}]},"two":{"catalog":"azure/red","scope":"geo:eu"}},"dependencies":{"exit":{"parallel_run_days":365,"parallel_overlap":1}}}`, "", DependsOnChance, "720.00", "2880.00", "25.0"},
		{"unlikely", "move-one", `{"offers":{"one":{"prices":[{"from":"2027-01","input":8,"output":8}]},"two":{"catalog":"azure/red","scope":"geo:eu"}},"dependencies":{"exit":{"parallel_run_days":365,"parallel_overlap":1}}}`, "0.24", NotWorthRemoving, "720.00", "2880.00", "25.0"},
		{"likely enough", "move-one",
			`{"offers":{"one":{"prices":[{"from":"2027-01","input":8,"output":8}]},"two":{"catalog":"azure/red","scope":"geo:eu"}},"dependencies":{"exit":{"parallel_run_days":365,"parallel_overlap":1}}}`, "0.25", WorthRemoving, "720.00", "2880.00", "25.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := assessed(t, c.patch)
			r := removed(t, a, c.id, c.chance)
			if r.Verdict != c.verdict || r.CostNow.String() != c.cost || r.Saves.String() != c.saves ||
				r.BreakEven.String() != c.even {
				t.Errorf("%s, costs %s, saves %s, pays from %s: %+v", r.Verdict, r.CostNow, r.Saves, r.BreakEven, r)
			}
		})
	}
}

// One of two equal lines moves to a third seller: 5,000 falls to 5,000, as before; with both at one seller it halves.
func TestAMoveChangesConcentrationAsTheFormulaSays(t *testing.T) {
	a, _ := assessed(t, `{"offers":{"two":{"catalog":"azure/red","scope":"geo:eu"}}}`)
	if r := removed(t, a, "move-one", ""); r.SellerHHI.String() != "-5000" ||
		r.Index.Float() >= a.Assessment.Index.Float() {
		t.Errorf("%s, index %s after %s", r.SellerHHI, r.Index, a.Assessment.Index)
	}
	if got := a.Assessment.Concentration.Seller.Moving(); got.String() != "-1800" {
		t.Errorf("ten points from 100 to nobody: %s", got)
	}
}

func TestARemovalWithUnknownPartsSaysWhatItKnows(t *testing.T) {
	a, _ := assessed(t, exitPatch(`"work":{"agents":2,"services":null}`))
	if r := removed(t, a, "L21", ""); r.Saves.String() != "27000.00" || r.Index.Known() || r.SavesDays.Known() {
		t.Errorf("%+v", r)
	}
}

func TestFlowsAddUpBetweenLayers(t *testing.T) {
	a, _ := assessed(t, `{"offers":{"one":{"chips":["nvidia","maia"]},"two":{"chips":[]}}}`)
	sums := map[string]float64{}
	for _, f := range a.Flows() {
		sums[f.Layer] += f.Amount.Float()
	}
	for layer, sum := range sums {
		if diff := sum - a.Assessment.TotalAnnualSpend.Float(); diff > 0.005 || diff < -0.005 {
			t.Errorf("%s: %f", layer, sum)
		}
	}
	if len(sums) != 3 {
		t.Errorf("%v", sums)
	}
}

func TestUnknownPartiesSayWhatTheyDo(t *testing.T) {
	a, _ := assessed(t,
		`{"offers":{"one":{"catalog":null,"provider":"newcomer","chips":null,"prices":[{"from":"2027-01","input":10,"output":10}]}}}`)
	got := map[string]string{}
	for _, p := range a.Unknown() {
		got[p.Line+" "+p.Layer] = p.Name + ": " + p.Effect
	}
	for key, want := range map[string]string{"one seller": "newcomer: nothing is on file", "one lab": "unknown: " +
		"counts as one lab of its own, 50.00 %", "one chip": "unknown: counts as one vendor of its own, 50.00 %"} {
		if !strings.HasPrefix(got[key], want) {
			t.Errorf("%s: %q", key, got[key])
		}
	}
	if shares := a.Assessment.Concentration.Lab.Shares; !slices.ContainsFunc(shares,
		func(s Share) bool { return s.ID == Unknown && s.Pct.String() == "50.00" }) {
		t.Errorf("%+v", shares)
	}
}

func TestContradictoryFactsAreMarked(t *testing.T) {
	a, _ := assessed(t, `{"dependencies":{"facts":{`+sellerFact("azure", "ft_weight_export", "y by contract")+`}}}`)
	found := false
	for _, g := range a.Facts() {
		if g.Provider == "azure" && g.Field == "ft_weight_export" {
			found = true
			if !g.Contradict || len(g.Facts) != 2 || g.Facts[0].Confidence != OwnSource || g.Facts[0].Doubt != "" ||
				g.Facts[1].Doubt != "from memory" {
				t.Errorf("%+v", g)
			}
		} else if g.Contradict {
			t.Errorf("%+v", g)
		}
	}
	if !found {
		t.Error("no group")
	}
}

func TestOptionsSayWhetherTheyQualify(t *testing.T) {
	a, _ := assessed(t,
		`{`+needsEU+
			`,"offers":{"one":{"prices":[{"from":"2027-01","input":9,"output":9}]}},"dependencies":{"params":{"price_tolerance":0.1},"facts":{"quality":{"google/blue":0.9}}}}`)
	got := map[string]string{}
	for _, o := range a.Lines[0].Options {
		got[o.Offer] = o.Verdict
	}
	for offer, want := range map[string]string{"bedrock/red": TooDear, "bedrock/blue-us": MissesNeed,
		"vertex/blue": TooDear} {
		if got[offer] != want {
			t.Errorf("%s: %q, want %q", offer, got[offer], want)
		}
	}
	a, _ = assessed(t, `{"dependencies":{"facts":{"quality":{"google/blue":0.9}}}}`)
	for _, o := range a.Lines[0].Options {
		if want := map[bool]string{true: Qualifies,
			false: NotGood}[o.Model == "openai/red"]; o.Model != "openai/rare" && o.Verdict != want {
			t.Errorf("%s: %q, want %q", o.Offer, o.Verdict, want)
		}
	}
	a, _ = assessed(t, `{}`)
	if !slices.ContainsFunc(a.Lines[0].Options, func(o Option) bool { return o.Verdict == NotEvaluated }) {
		t.Errorf("%+v", a.Lines[0].Options)
	}
}

// Every figure that the page shows opens, and comes to what is shown.
func TestFiguresOpen(t *testing.T) {
	a, _ := assessed(t, exitPatch(`"work":{"agents":2},"time":{"notice_days":30}`))
	x := a.Assessment
	want := map[string]Figure{"index": x.Index, "concentration": x.Scores.Concentration,
		"switching_cost": x.Scores.SwitchingCost, "time": x.Scores.Time,
		"substitutes": x.Scores.NonSubstitutability, "seller_hhi": x.Concentration.Seller.HHI,
		"lab_hhi": x.Concentration.Lab.HHI, "chip_hhi": x.Concentration.Chip.HHI,
		"chip_stress": x.Concentration.Chip.StressHHI, "cash_cost": x.Exit.CashCost, "days": x.Time.TimeToExit,
		"annual_spend": x.TotalAnnualSpend}
	for _, c := range x.Exit.Components {
		want[c.Rule] = c.Cost
	}
	for name, figure := range want {
		d, ok := a.Explain(name)
		if !ok || d.Title == "" || d.Formula == "" || len(d.Steps) == 0 || d.Result != figure.String() {
			t.Errorf("%s: %t %+v, want %s", name, ok, d, figure)
		}
	}
	if _, ok := a.Explain("price"); ok {
		t.Error("an unknown word opens")
	}
}

func TestTheCheaperDayIsAfterTheCommitment(t *testing.T) {
	plan := `{"commitments":[{"id":"c","providers":["azure"],"periods":[{"from":"2027-01","months":9,"amount":900}]}],"dependencies":{"exit":{"exit_date":"2027-07-01","commit_remaining":null}}}`
	a, _ := assessed(t, plan)
	if day, cost, ok := a.CheaperExit(); !ok || day != "2027-10-01" || cost.String() != "0.00" ||
		a.Assessment.Exit.CashCost.String() != "300.00" {
		t.Errorf("%s %s %t, now %s", day, cost, ok, a.Assessment.Exit.CashCost)
	}
	if a, _ = assessed(t, `{}`); true {
		if day, _, ok := a.CheaperExit(); ok {
			t.Errorf("%s without a term", day)
		}
	}
}

func TestEstimatesAreToldFromContracts(t *testing.T) {
	a, _ := assessed(t, exitPatch(`"work":{"agents":2},"commit_remaining":500,"termination_fee":100`))
	contractual, estimate := a.Assessment.Exit.Split()
	low, high := a.Assessment.Exit.Range()
	if contractual.String() != "600.00" || estimate.String() != "27000.00" || low.String() != "14100.00" ||
		high.String() != "54600.00" {
		t.Errorf("%s %s %s %s", contractual, estimate, low, high)
	}
	a, _ = assessed(t, exitPatch(`"work":{"agents":null},"commit_remaining":500`))
	if contractual, estimate = a.Assessment.Exit.Split(); contractual.String() != "500.00" || estimate.Known() {
		t.Errorf("%s %s", contractual, estimate)
	}
	if sum, unknown := a.Assessment.Exit.KnownPart(); sum.String() != "500.00" || unknown != 1 {
		t.Errorf("%s, %d unknown", sum, unknown)
	}
}

func TestThePathLeadsToTheDays(t *testing.T) {
	a, _ := assessed(t,
		exitPatch(`"work":{"agents":2},"parallel_run_days":30,"time":{"approval_days":10,"notice_days":20}`))
	got := map[string]string{}
	for _, p := range a.Path() {
		got[p.Name] = p.Start.String() + " to " + p.End.String()
	}
	// 30 engineer-days of two people are 21 days.
	for name, want := range map[string]string{"Approval": "0.00 to 10.00", "Engineering": "10.00 to 31.00",
		"Parallel run": "31.00 to 61.00", "Notice": "0.00 to 20.00"} {
		if got[name] != want {
			t.Errorf("%s: %s, want %s", name, got[name], want)
		}
	}
	if e := a.Effort(); e.Agents.String() != "30.00" || e.Prompts.String() != "0.00" {
		t.Errorf("%+v", e)
	}
}

func TestObligationsByMonth(t *testing.T) {
	a, _ := assessed(
		t, `{"commitments":[{"id":"c","providers":["azure"],"periods":[{"from":"2027-02","months":6,"amount":6000}]}],
		"offers":{"one":{"lots":[{"from":"2027-03","months":2,"units":2,"price_per_month":10}]}},"credits":[{"id":"g","providers":["azure"],"amount":100,"expires":"2027-01"}]}`)
	got := map[string]string{}
	for _, o := range a.Obligations() {
		got[o.Month.String()] = o.Promised.String() + " " + o.Reserved.String() + " " + o.Shortfall.String() + " " +
			o.Credits.String()
	}
	// The commitment covers 300 a month of line one, and in two months 20 of lots: 6,000 less 1,840 are short at its
	// end.
	for month, want := range map[string]string{"2027-01": "0.00 0.00 0.00 100.00", "2027-02": "1000.00 0.00 0.00 0.00",
		"2027-03": "1000.00 20.00 0.00 0.00", "2027-07": "1000.00 0.00 4160.00 0.00"} {
		if got[month] != want {
			t.Errorf("%s: %q, want %q", month, got[month], want)
		}
	}
	if len(got) != 7 {
		t.Errorf("%v", got)
	}
	if a, _ = assessed(t, `{}`); len(a.Obligations()) != 0 {
		t.Errorf("%+v", a.Obligations())
	}
}

func TestTheTimeIsHeldAgainstWhatIsTolerated(t *testing.T) {
	a, _ := assessed(t, exitPatch(`"time":{"notice_days":60}`))
	for tolerated, want := range map[string]string{"50": "10", "60": "0", "90": "-30", "": "unknown"} {
		if got := a.Assessment.Time.Over(literal(tolerated)).String(); got != want {
			t.Errorf("%q: %s, want %s", tolerated, got, want)
		}
	}
}

func TestPaybackIsAgainstTheCheapestSellersThatQualify(t *testing.T) {
	work := `"dependencies":{"exit":{"work":{"agents":1}}}`
	for _, c := range []struct{ name, patch, alternative, payback string }{
		{"the same price pays nothing back", `{` + work + `}`, "3600", "unknown"},
		{"another seller at 10 instead of 20",
			`{` + work + `,"offers":{"one":{"prices":[{"from":"2027-01","input":20,"output":20}]}}}`, "3600", "45.0"},
		{"what the plan states stands", `{"dependencies":{"exit":{"work":{"agents":1},"alternative_annual":600}}}`,
			"600", "54.0"},
		{"nobody else sells it", `{` + work + `,"offers":{"one":{"catalog":"azure/rare"}}}`, "", "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := assessed(t, c.patch)
			if got := a.Exit().AlternativeAnnual.String(); got != c.alternative ||
				a.Assessment.Exit.PaybackMonths.String() != c.payback {
				t.Errorf("%s, payback %s", got, a.Assessment.Exit.PaybackMonths)
			}
		})
	}
}

// Two units at 3,000 a month serve 360,000 requests a year that cost 0.01 by token at any other seller.
const fixedCost = `"kind":"provisioned","tokens_per_minute_per_unit":1000,"lots":[{"from":"2027-01","units":2,"price_per_month":3000}]`

func TestALineWithAFixedCostMovesToAPriceByToken(t *testing.T) {
	a, _ := assessed(t, `{"offers":{"one":{`+fixedCost+`}},"dependencies":{"exit":{"work":{"agents":1}}}}`)
	if a.Assessment.Exit.AnnualSpend.String() != "72000.00" {
		t.Fatalf("%+v", a.Assessment.Exit)
	}
	// 13,500 of work / ((72,000 - 3,600) / 12).
	if got := a.Exit().AlternativeAnnual.String(); got != "3600" || a.Assessment.Exit.PaybackMonths.String() != "2.4" {
		t.Errorf("a year elsewhere %s, payback %s", got, a.Assessment.Exit.PaybackMonths)
	}
	// 3,600 of 7,200 are then at each of two sellers.
	if r := removed(t, a, "move-one", ""); r.CostNow.String() != "-68400.00" || r.PerYear.String() != "-68400.00" ||
		r.Verdict != WorthRemoving || r.SellerHHI.String() != "-4093" {
		t.Errorf("%+v", r)
	}
}

// Lots of an offer that is billed by token beside them stay with the seller.
func TestLotsBesideAPriceByTokenDoNotMove(t *testing.T) {
	a, _ := assessed(t, offerOne(`"lots":[{"from":"2027-01","units":2,"price_per_month":10}]`))
	if r := removed(t, a, "move-one", ""); a.Assessment.Exit.AnnualSpend.String() != "3840.00" ||
		r.PerYear.String() != "-240.00" {
		t.Errorf("of %s a year: %+v", a.Assessment.Exit.AnnualSpend, r)
	}
}

// A plan that is billed by the unit in euros needs no rate of the dollar; what a price by token comes to in euros is
// unknown.
func TestWithoutARateOfTheDollarAMoveHasNoCost(t *testing.T) {
	a, _ := assessed(t, `{"currency":"EUR","offers":{"one":{"currency":"EUR",`+fixedCost+
		`},"two":{"catalog":null,"provider":"vertex","currency":"EUR","prices":[{"from":"2027-01","input":10,"output":10}]}}}`)
	if len(a.Lines[0].Options) == 0 || !a.Exit().AlternativeAnnual.IsZero() {
		t.Errorf("%d options, a year elsewhere %s", len(a.Lines[0].Options), a.Exit().AlternativeAnnual)
	}
	for _, r := range a.Removals(literal("")) {
		if r.Rule == "L01" {
			t.Errorf("%+v", r)
		}
	}
	if o := outOf(t, a, "azure"); o.CarryCost.Known() || o.NetCost.Known() || o.Lines[0].Carriers[0].DayCost.Known() {
		t.Errorf("%+v", o)
	}
}
