package pricing

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"headroom/pricing/document"
)

func TestTheExampleGivesTheFiguresOfTheDesign(t *testing.T) {
	_, result := evaluatePreset(t, "chatbot")
	c := Compare(result, "")
	azure, _ := c.Row("azure")
	bedrock, _ := c.Row("bedrock")
	for _, tc := range []struct {
		what            string
		got, want, step float64
	}{
		{"cost of January 2027", azure.FirstMonth, 102870, 0.5},
		{"cost per 1,000 requests on Azure", float64(azure.Per1kRequests), 8.35, 0.005},
		{"cost per 1,000 requests on Bedrock", float64(bedrock.Per1kRequests), 9.05, 0.005},
		{"gross margin on Azure", float64(azure.GrossMargin), 0.577, 0.0005},
		{"gross margin on Bedrock", float64(bedrock.GrossMargin), 0.541, 0.0005},
		{"users wanted in December 2028", azure.FinalDemand(), 206266, 0.5},
		{"users served in December 2028", azure.FinalUsers, 105931, 0.5},
		{"ceiling at the wall", float64(azure.Ceiling()), 66207, 0.5},
		{"revenue behind the wall", azure.LostRevenue(), 3181429, 0.5},
		{"share of the revenue behind the wall", float64(azure.LostShare()), 0.26, 0.005},
		{"headroom in January 2027", float64(azure.Headroom()), 66207.0/54000 - 1, 1e-5},
		{"growth it can carry", growthOf(t, azure), 0.0187, 0.00005},
	} {
		if math.Abs(tc.got-tc.want) > tc.step {
			t.Errorf("%s: %v, the design shows %v", tc.what, tc.got, tc.want)
		}
	}
}

func TestDifferencesAreAgainstTheBaseline(t *testing.T) {
	_, result := evaluatePreset(t, "chatbot")
	for _, baseline := range []string{"azure", "together"} {
		c := Compare(result, baseline)
		base, ok := c.Row(baseline)
		if !ok || !base.Baseline || base.Difference != 0 || base.Relative != 0 {
			t.Fatalf("the baseline differs from itself: %+v", base)
		}
		for _, row := range c.Rows {
			check(t, row.ID+" difference", float64(row.Difference), row.Cost-base.Cost)
			check(t, row.ID+" relative", float64(row.Relative), row.Cost/base.Cost-1)
			check(t, row.ID+" per 1,000", float64(row.Per1kRelative), float64(row.Per1kRequests/base.Per1kRequests)-1)
			check(t, row.ID+" a year", row.PerYear, row.Cost/2)
			check(t, row.ID+" a month", row.PerMonth*24, row.Cost)
		}
	}
	if c := Compare(result, ""); c.Baseline != "azure" || c.First.String() != "2027-01" ||
		c.Last.String() != "2028-12" {
		t.Errorf("baseline %s, %s to %s", c.Baseline, c.First, c.Last)
	}
}

func TestStackedSeriesAddUpToTheCost(t *testing.T) {
	_, result := evaluatePreset(t, "chatbot")
	for _, row := range Compare(result, "").Rows {
		for name, bands := range map[string][]Series{"workloads": row.CostByWorkload(), "teams": row.CostByTeam(),
			"offers": row.CostByOffer()} {
			for m := range row.Months {
				sum := 0.0
				for _, band := range bands {
					sum += band.Values[m]
				}
				check(t, row.ID+" "+name, sum, row.Months[m].ListCost)
			}
		}
	}
}

func TestTeamsAddUpWhenCapacityIsIdleInSomeMonths(t *testing.T) {
	for name, lots := range map[string]string{
		"idle at first": `{"from":"2027-01","months":2,"gpus":1,"price_per_hour":1}`,
		"idle later":    `{"from":"2027-03","gpus":1,"price_per_hour":1}`,
	} {
		_, plan := readVector(t, "growth-04-gpu-delivery-and-power.json")
		text, err := document.MergePatch(plan.Canonical(), []byte(`{"gpu_pools":{"idle":{"lots":[`+lots+`]}}}`))
		if err != nil {
			t.Fatal(err)
		}
		row := Compare(evaluateText(t, string(text)), "").Rows[0]
		idle := 0
		for m := range row.Months {
			sum := 0.0
			for _, band := range row.CostByTeam() {
				sum += band.Values[m]
				if band.ID == unallocated && band.Values[m] > 0 {
					idle++
				}
			}
			check(t, name, sum, row.Months[m].ListCost)
		}
		if idle == 0 || idle == len(row.Months) {
			t.Errorf("%s: capacity is idle in %d months of %d", name, idle, len(row.Months))
		}
	}
}

func proposal(t *testing.T, preset string, kind Proposal) (*Plan, []Note) {
	t.Helper()
	p, _ := PresetByID(preset)
	plan, err := ParsePlan(p.Plan)
	if err != nil {
		t.Fatal(err)
	}
	before := string(plan.Canonical())
	proposed, notes, err := Propose(plan, shipped(t), kind)
	if err != nil {
		t.Fatal(err)
	}
	if string(plan.Canonical()) != before {
		t.Error("the plan that was given has changed")
	}
	if _, err := ParsePlan(proposed.Canonical()); err != nil {
		t.Errorf("the proposed plan is not valid: %v", err)
	}
	again, _, _ := Propose(plan, shipped(t), kind)
	if string(again.Canonical()) != string(proposed.Canonical()) {
		t.Error("the same proposal twice is not the same")
	}
	return proposed, notes
}

func TestTheSameModelEverywhereKeepsTheModelAndTheOtherWorkloads(t *testing.T) {
	plan, _ := proposal(t, "chatbot", SameModel)
	ids := plan.AlternativeIDs()
	for _, want := range []string{"azure", "bedrock", "openai", "azure-datazone-eu", "azure-datazone-us",
		"databricks"} {
		if !slices.Contains(ids, want) {
			t.Errorf("no alternative %s in %v", want, ids)
		}
	}
	result, err := plan.evaluateKnown(context.Background(), shipped(t), everyOne)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range result.Alternatives[5:] {
		models := map[string]bool{}
		for _, s := range a.Supplies {
			models[s.Model] = true
		}
		if len(models) != 3 || !models["openai/gpt-5-4"] || !models["anthropic/claude-sonnet-5"] ||
			!models["google/gemini-3-5-flash"] {
			t.Errorf("%s uses %v", a.ID, models)
		}
	}
	if len(result.Alternatives)+len(result.Unknown) != len(ids) {
		t.Errorf("%d known and %d unknown of %d: an alternative was dropped", len(result.Alternatives),
			len(result.Unknown), len(ids))
	}
}

func TestThePlanItselfComesFirstWhenItHadNoAlternatives(t *testing.T) {
	plan, _ := proposal(t, "empty", SameModel)
	if plan.AlternativeIDs()[0] != BaseAlternative || plan.BaselineID() != BaseAlternative ||
		len(plan.Alternatives) < 4 {
		t.Errorf("alternatives %v, baseline %s", plan.AlternativeIDs(), plan.BaselineID())
	}
}

func TestDirectIsTheLabAgainstTheClouds(t *testing.T) {
	plan, _ := proposal(t, "rag", Direct)
	var names []string
	for _, a := range plan.Alternatives {
		names = append(names, a.Name)
	}
	for _, want := range []string{"Anthropic direct: Claude Sonnet 4.6", "Azure: Claude Sonnet 4.6",
		"Bedrock, Global: Claude Sonnet 4.6", "Vertex: Claude Sonnet 4.6"} {
		if !slices.Contains(names, want) {
			t.Errorf("no %q in %q", want, names)
		}
	}
}

func TestTheCheapestOfTheClassCostsHalfToTwiceAndIsMarkedNotEvaluated(t *testing.T) {
	plan, notes := proposal(t, "chatbot", Cheapest)
	marked := map[string]bool{}
	for _, n := range notes {
		marked[n.Alternative] = n.NotEvaluated
	}
	result, err := Evaluate(context.Background(), plan, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	chat := func(a AlternativeResult) float64 {
		cost, _ := a.Months[0].WorkloadCosts.Get("chat")
		return float64(cost)
	}
	today, sellers := chat(result.Alternatives[0]), map[string]bool{}
	for _, a := range result.Alternatives[5:] {
		seller := ""
		for _, s := range a.Supplies {
			if strings.HasPrefix(a.ID, s.Provider) && s.Offer == a.ID {
				seller = s.Provider
			}
		}
		if ratio := chat(a) / today; ratio < cheapestFrom-1e-9 || ratio > cheapestTo+1e-9 {
			t.Errorf("%s costs %.2f of today's", a.ID, ratio)
		}
		if seller == "" || sellers[seller] {
			t.Errorf("%s: seller %q has none or two proposals", a.ID, seller)
		}
		sellers[seller] = true
		if !marked[a.ID] || !strings.Contains(a.Name, "not evaluated") {
			t.Errorf("%s is not marked: %q", a.ID, a.Name)
		}
	}
	if len(sellers) < 10 {
		t.Errorf("only %d sellers were found", len(sellers))
	}
}

func TestProposalsWithoutAStartComeBackWithANote(t *testing.T) {
	plan, err := ParsePlan([]byte(smallPlan))
	if err != nil {
		t.Fatal(err)
	}
	proposed, notes, err := Propose(plan, shipped(t), SameModel)
	if err != nil || proposed != plan || len(notes) != 1 || !strings.Contains(notes[0].Message, "catalog") {
		t.Errorf("%v, %v", notes, err)
	}
	if _, _, err := Propose(plan, shipped(t), "magic"); err == nil {
		t.Error("an unknown kind was accepted")
	}
}

func TestAProposalIsNotAddedTwice(t *testing.T) {
	plan, _ := proposal(t, "chatbot", SameModel)
	again, _, err := Propose(plan, shipped(t), SameModel)
	if err != nil {
		t.Fatal(err)
	}
	both, _, err := Propose(plan, shipped(t), Direct)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Alternatives) != len(plan.Alternatives) || len(both.Alternatives) != len(plan.Alternatives) {
		t.Errorf("%d alternatives became %d and %d", len(plan.Alternatives), len(again.Alternatives),
			len(both.Alternatives))
	}
}

func TestAnAlternativeWithoutANameIsCalledByItsID(t *testing.T) {
	_, plan := readVector(t, "growth-04-gpu-delivery-and-power.json")
	result, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	if row := Compare(result, "").Rows[0]; row.Name == "" {
		t.Error("an alternative without a name has no name to show")
	}
}
