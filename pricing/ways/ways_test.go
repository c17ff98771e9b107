package ways

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

var today = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// chatbot is the preset with an Azure quota and a budget that both rise once.
func chatbot(t testing.TB) *pricing.Plan {
	t.Helper()
	preset, _ := pricing.PresetByID("chatbot")
	return patched(t,
		preset.Plan, `{"offers":{"azure-gpt-5.4":{"quota":{"tokens_per_minute":[{"from":"2027-01","value":1000000},{"from":"2028-01","value":1600000}]}}},
		"finance":{"monthly_budget":[{"from":"2027-01","value":180000},{"from":"2028-01","value":300000}]}}`)
}

func patched(t testing.TB, text []byte, patch string) *pricing.Plan {
	t.Helper()
	changed, err := document.MergePatch(text, []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	p, err := pricing.ParsePlan(changed)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func vector(t testing.TB, name string) *pricing.Plan {
	t.Helper()
	text, err := os.ReadFile("../testdata/vectors/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct{ Plan json.RawMessage }
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return patched(t, v.Plan, "{}")
}

func shipped(t testing.TB) *catalog.Snapshot {
	t.Helper()
	c, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func facts(t testing.TB) *capacity.Machines {
	t.Helper()
	m, err := capacity.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func pastOn(t testing.TB, p *pricing.Plan, today time.Time) (*pricing.Result, *Answer) {
	t.Helper()
	result, err := pricing.Evaluate(context.Background(), p, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := Past(context.Background(), p, shipped(t), facts(t), result, p.BaselineID(), today)
	if err != nil {
		t.Fatal(err)
	}
	return result, answer
}

func show(t testing.TB, a *Answer) {
	t.Logf("%s | %s", a.Summary.Headline, a.Summary.FirstAction)
	t.Logf("%.0f wanted, %.0f served; %.0f behind "+
		"(%.3f)", a.Summary.UsersAtDemand, a.Summary.UsersServed, a.Summary.Revenue, float64(a.Summary.RevenueShare))
	for i, w := range a.Ways {
		t.Logf("%2d %-16s %-58s own %9.0f/mo change %10.0f users %+8.0f um %9.0f rev %9.0f per$ %.4f by %s late %v "+
			"wall %s %s from %s eval %v patch %d", i+1, w.ID, w.Name, w.OwnCostPerMonth, w.CostChange,
			w.Users, w.UserMonths, w.Revenue, float64(w.UsersPerMoney), w.OrderBy.Format("2006-01-02"),
			w.TooLate, w.NewWall.Month, w.NewWall.Limit, w.From, w.NeedsEvaluation, len(patchOf(t, &w)))
	}
	for _, s := range a.Skipped {
		t.Logf("   skipped %s: %s", s.Action, s.Why)
	}
}

func TestPast(t *testing.T) {
	old := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	cases := []struct {
		name  string
		plan  *pricing.Plan
		today time.Time
		wall  string
		ways  []string // some of the ids, in their order
		none  []string // actions that must not be there
	}{
		{"the chatbot's Azure quota can be raised, spilled, cached and reserved, and its first wall is the quota",
			chatbot(t), today,
			"2027-05 quota_tpm:azure-gpt-5.4", []string{"raise-quota", "next-tier", "caching",
				"other-scope-datazone-us", "smaller-model"}, []string{"gpus", "raise-budget"}},
		{"a budget as the first wall can be raised or spent better",
			patched(t, chatbot(t).Canonical(), `{"offers":{"azure-gpt-5.4":{"quota":null}}}`), today,
			"2027-11 budget:plan", []string{"raise-budget", "discount", "caching"}, []string{"raise-quota", "gpus"}},
		{"a spend cap as the first wall can be raised",
			patched(t, chatbot(t).Canonical(),
				`{"offers":{"azure-gpt-5.4":{"quota":null}},"finance":null,"spend_caps":{"azure":100000}}`), today,
			"2027-04 spend_cap:azure", []string{"raise-spend-cap"}, []string{"raise-budget"}},
		{"a margin that holds users back is met by price, discount and lighter requests",
			patched(t, chatbot(t).Canonical(),
				`{"offers":{"azure-gpt-5.4":{"quota":null}},"workloads":{"chat":{"input_tokens_growth":"0.03"}},"finance":{"monthly_budget":null,"min_gross_margin":"0.55","enforce":["margin"]}}`), today,
			"", []string{"price"}, []string{"raise-budget"}},
		{"cash that runs out is met by funding",
			patched(t, chatbot(t).Canonical(),
				`{"offers":{"azure-gpt-5.4":{"quota":null}},"segments":{"users":{"revenue_per_user":"1.5"}},"finance":{"monthly_budget":null,"opening_cash":"500000","min_cash":"0","enforce":["cash"]}}`), today,
			"", []string{"funding"}, []string{"raise-budget"}},
		{"a quota without a catalogue model has no second seller but can be raised",
			vector(t, "growth-01-quota-then-budget"), today,
			"2027-03 quota_tpm:azure-std", []string{"caching", "raise-quota", "batch"},
			[]string{"second-seller", "other-scope"}},
		{"a quota behind provisioned units is passed by more units too", vector(t, "growth-02-ptu-spillover"), today,
			"2027-03 quota_tpm:gpt-5.2-dz-std", []string{"raise-quota", "provisioned"}, []string{"caching"}},
		{"a GPU pool takes more machines when they can still be ordered", vector(t, "growth-04-gpu-delivery-and-power"),
			old,
			"2027-03 gpu:h200", []string{"gpus-and-power"}, []string{"raise-quota"}},
		{"a GPU pool has no way past it when delivery and power come too late",
			vector(t, "growth-04-gpu-delivery-and-power"), today,
			"2027-03 gpu:h200", nil, []string{"gpus", "gpus-and-power"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			result, a := pastOn(t, c.plan, c.today)
			show(t, a)
			if got := a.Summary.Wall.Month.String() + " " + a.Summary.Wall.Limit; c.wall != "" && got != c.wall {
				t.Errorf("wall %s, want %s", got, c.wall)
			}
			rest := c.ways
			for i := range a.Ways {
				if len(rest) > 0 && a.Ways[i].ID == rest[0] {
					rest = rest[1:]
				}
				for _, action := range c.none {
					if string(a.Ways[i].Action) == action {
						t.Errorf("%s is listed", action)
					}
				}
			}
			if len(rest) > 0 {
				t.Errorf("not found in this order: %v", rest)
			}
			base, _ := result.Alternative(c.plan.BaselineID())
			for i := range a.Ways {
				checkWay(t, c.plan, base, a, &a.Ways[i])
			}
		})
	}
}

func patchOf(t testing.TB, w *Way) json.RawMessage {
	t.Helper()
	patch, err := w.Patch()
	if err != nil {
		t.Fatal(err)
	}
	return patch
}

// checkWay holds a way against its patch applied by hand, as an alternative of the plan.
func checkWay(t *testing.T, plan *pricing.Plan, base *pricing.AlternativeResult, a *Answer, w *Way) {
	t.Helper()
	changed := *plan
	changed.Alternatives, changed.Baseline = []pricing.Alternative{{ID: w.ID, Name: w.Name, Patch: patchOf(t, w)}}, w.ID
	r, err := pricing.Evaluate(context.Background(), &changed, shipped(t))
	if err != nil {
		t.Fatalf("%s: %v", w.Name, err)
	}
	by := &r.Alternatives[0]
	last := len(by.Months) - 1
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-6+1e-9*math.Abs(want) {
			t.Errorf("%s: %s is %v, by hand %v", w.Name, what, got, want)
		}
	}
	near("users", w.Users, by.Months[last].UsersServed-base.Months[last].UsersServed)
	near("revenue", w.Revenue, by.Totals.Revenue-base.Totals.Revenue)
	near("cost", w.CostChange, by.Totals.AccrualCost-base.Totals.AccrualCost)
	if w.NewWall.Stands() && w.NewWall.Month < a.Summary.Wall.Month {
		t.Errorf("%s: its wall %s is earlier than %s", w.Name, w.NewWall.Month, a.Summary.Wall.Month)
	}
	if w.UserMonths <= 0 || w.Name == "" || w.LeadSource == "" {
		t.Errorf("%+v unlocks nobody or says too little", w.Name)
	}
}

func TestASpillTakesTheCheapestOfferThatThePlanHasAtASeller(t *testing.T) {
	preset, _ := pricing.PresetByID("chatbot")
	plan := patched(t, preset.Plan, `{"offers":{"a-dear-one":{"catalog":"openai/gpt-5.4","scope":"geo:eu"}}}`)
	_, a := pastOn(t, plan, today)
	i := slices.IndexFunc(a.Ways, func(w Way) bool { return w.ID == "second-seller-openai" })
	if i < 0 {
		t.Fatal("no spill to OpenAI")
	}
	if patch := string(patchOf(t, &a.Ways[i])); !strings.Contains(patch, `"openai-gpt-5.4"`) ||
		strings.Contains(patch, "a-dear-one") {
		t.Errorf("it spills to another offer: %s", patch)
	}
}

// TestWallsNeverComeEarlier draws quotas, budgets and growth, and holds every way against the wall that it is to pass.
func TestWallsNeverComeEarlier(t *testing.T) {
	preset, _ := pricing.PresetByID("chatbot")
	ways := 0
	rapid.Check(t, func(r *rapid.T) {
		patch := fmt.Sprintf(
			`{"months":%d,"segments":{"users":{"users":{"monthly_growth":"%.2f"}}},"offers":{"azure-gpt-5.4":{"quota":{"%s":%d}}},"finance":{"monthly_budget":%d}}`,
			rapid.IntRange(2, 24).Draw(r, "months"), rapid.Float64Range(0, 0.2).Draw(r, "growth"),
			rapid.SampledFrom([]string{"tokens_per_minute", "requests_per_minute"}).Draw(r, "kind"),
			rapid.IntRange(0, 3000000).Draw(r, "quota"), rapid.IntRange(0, 500000).Draw(r, "budget"))
		plan := patched(t, preset.Plan, patch)
		result, a := pastOn(t, plan, today)
		base, _ := result.Alternative(plan.BaselineID())
		for i := range a.Ways {
			checkWay(t, plan, base, a, &a.Ways[i])
		}
		ways += len(a.Ways)
	})
	if ways == 0 {
		t.Error("no way was found: this tests nothing")
	}
}

func TestRankingIsStable(t *testing.T) {
	_, first := pastOn(t, chatbot(t), today)
	for range 3 {
		_, again := pastOn(t, chatbot(t), today)
		for i := range first.Ways {
			if first.Ways[i].ID != again.Ways[i].ID || !bytes.Equal(patchOf(t, &first.Ways[i]),
				patchOf(t, &again.Ways[i])) {
				t.Fatalf("way %d is %s, then %s", i, first.Ways[i].ID, again.Ways[i].ID)
			}
		}
	}
	if rank(first.Ways); first.Ways[0].NeedsEvaluation || !first.Ways[0].Free() {
		t.Errorf("first is %s", first.Ways[0].Name)
	}
}

func TestDatesAndWords(t *testing.T) {
	_, a := pastOn(t, chatbot(t), today)
	if got, want := a.Summary.Headline, "May 2027: Azure's token quota stops your growth."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	w := a.Ways[0]
	if w.ID != "raise-quota" || w.OrderBy != time.Date(2027, 4, 17, 0, 0, 0, 0, time.UTC) || w.TooLate ||
		w.OwnCost != 0 {
		t.Errorf("%s by %s, too late %v, own cost %v", w.ID, w.OrderBy, w.TooLate, w.OwnCost)
	}
	_, late := pastOn(t, chatbot(t), time.Date(2027, 4, 20, 0, 0, 0, 0, time.UTC))
	for _, w := range late.Ways {
		if w.Action == RaiseQuota && (!w.TooLate || w.From.String() != "2027-06" ||
			w.NewWall.Month.String() != "2027-05") {
			t.Errorf("ordered on 20 April: too late %v, from %s, wall %s", w.TooLate, w.From, w.NewWall.Month)
		}
	}
}

func TestUnknownAlternativesAndNoWall(t *testing.T) {
	preset, _ := pricing.PresetByID("chatbot")
	p := patched(t, preset.Plan,
		`{"finance":null,"offers":{"azure-gpt-5.4":{"quota":null},"bedrock-claude-sonnet-5":{"quota":null}}}`)
	r, a := pastOn(t, p, today)
	if a.Summary.Wall.Stands() || len(a.Ways) > 0 || !strings.HasPrefix(a.Summary.Headline, "No limit") {
		t.Errorf("%+v", a.Summary)
	}
	_, err := Past(context.Background(), p, shipped(t), facts(t), r, "nobody", today)
	if !errors.Is(err, ErrAlternative) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, _ = pastOn(t, chatbot(t), today)
	if _, err := Past(ctx, chatbot(t), shipped(t), facts(t), r, "azure", today); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func BenchmarkPast(b *testing.B) {
	p, c, m := chatbot(b), shipped(b), facts(b)
	result, _ := pastOn(b, p, today)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Past(context.Background(), p, c, m, result, "azure", today); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAnAlternativeKeepsItsOwnPatchAndRoutes: a way past the wall of an alternative starts from that alternative.
func TestAnAlternativeKeepsItsOwnPatchAndRoutes(t *testing.T) {
	preset, _ := pricing.PresetByID("chatbot")
	p := patched(t, preset.Plan, "{}")
	for i := range p.Alternatives {
		if p.Alternatives[i].ID == "bedrock" {
			p.Alternatives[i].Patch = json.RawMessage(
				`{"name":"second","offers":{"bedrock-gpt-5.4":{"quota":{"tokens_per_minute":"1200000"}}}}`)
		}
	}
	result, err := pricing.Evaluate(context.Background(), p, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	a, err := Past(context.Background(), p, shipped(t), facts(t), result, "bedrock", today)
	if err != nil {
		t.Fatal(err)
	}
	if a.Summary.Wall.Limit != "quota_tpm:bedrock-gpt-5.4" || len(a.Ways) < 4 {
		t.Fatalf("%+v", a.Summary)
	}
	base, _ := result.Alternative("bedrock")
	for i := range a.Ways {
		checkWay(t, p, base, a, &a.Ways[i])
	}
}
