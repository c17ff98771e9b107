package ways

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"headroom/pricing"
	"headroom/pricing/capacity"
)

// corrected are the shipped facts with one figure of a team's own.
func corrected(t testing.TB, kind, row, field, value string) *capacity.Machines {
	t.Helper()
	m, err := facts(t).Correct([]capacity.Correction{{Kind: kind, Row: row, Field: field, Value: value,
		Source: "contract 4711", AsOf: "2026-11-01"}})
	if err != nil || len(m.Own(kind, row)) != 1 {
		t.Fatalf("%s has no row %s: %v", kind, row, err)
	}
	return m
}

// waysWith are the ways past the wall of a plan's baseline with facts.
func waysWith(t testing.TB, p *pricing.Plan, m *capacity.Machines, day time.Time) []Way {
	t.Helper()
	result, err := pricing.EvaluateMonths(context.Background(), p, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := Past(context.Background(), p, shipped(t), m, result, p.BaselineID(), day)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Ways
}

func wayOf(t testing.TB, list []Way, action Action) *Way {
	t.Helper()
	i := slices.IndexFunc(list, func(w Way) bool { return w.Action == action })
	if i < 0 {
		t.Fatalf("no way of %s", action)
	}
	return &list[i]
}

const (
	yearOfPTU = "azure/PTU reservation/1 year/2026-06"
	hourOfPTU = "azure/PTU Data Zone/hourly/2026-06"
	thirdTier = "azure/gpt-5.4 GlobalStandard/tier 3 of 6/per region, subscription, model, deployment type"
	eightH100 = "aws/p5.48xlarge/us-east-1/on_demand/2026-07-20"
	onPool    = `{"offers":{"own-h200":{"provider":"aws","region":"us-east-1"}},
		"gpu_pools":{"h200":{"site":null,"lots":[{"from":"2027-01","gpus":"48","price_per_hour":"6.88"}]}}}`
	pricedElse = `{"gpu_pools":{"h200":{"lots":[{"from":"2027-01","gpus":"48","price_per_hour":"6.5"}]}}}`
)

func TestATeamsCorrectionMovesTheWaysPastTheWall(t *testing.T) {
	old := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	pool := patched(t, vector(t, "growth-04-gpu-delivery-and-power").Canonical(), onPool)
	for _, c := range []struct {
		name                    string
		plan                    *pricing.Plan
		day                     time.Time
		kind, row, field, value string
		action                  Action
		was, is                 string // in the way's name, what it does not count, or its patch
	}{
		{"a reserved unit costs what the team pays for a year", chatbot(t), today, capacity.UnitPricesKind, yearOfPTU,
			"price", "1200", Provisioned,
			`"price_per_month":"221"`, `"price_per_month":"100"`},
		{"a year's price that no twelfth divides is kept to the last digit that a plan holds", chatbot(t), today,
			capacity.UnitPricesKind, yearOfPTU,
			"price", "2500", Provisioned, `"price_per_month":"221"`, `"price_per_month":"208.3333333333333333"`},
		{"the next tier is as high as the team's", chatbot(t), today, capacity.QuotasKind, thirdTier, "tpm",
			"7000000", NextTier,
			"4\u00a0M tokens a minute", "7\u00a0M tokens a minute"},
		{"the next tier names the team's source", chatbot(t), today, capacity.QuotasKind, thirdTier, "tpm", "7000000",
			NextTier,
			"source: MicrosoftDocs", "source: contract 4711 (own tpm, 2026-11-01); MicrosoftDocs"},
		{"more units of a lot at the list price cost what the team pays", vector(t, "growth-02-ptu-spillover"), today,
			capacity.UnitPricesKind, hourOfPTU,
			"price", "0.75", Provisioned, lastPrice, "priced at your team's own figure: contract 4711, 2026-11-01"},
		{"and are in the plan at that price", vector(t, "growth-02-ptu-spillover"), today, capacity.UnitPricesKind,
			hourOfPTU, "price", "0.75", Provisioned,
			`"price_per_hour":"1.10"`, `"price_per_hour":"0.75"`},
		{"more GPUs of a pool at the list price cost what the team pays", pool, old, capacity.InstancesKind,
			eightH100, "hourly", "39.5", GPUs,
			`"price_per_hour":"6.88"`, `"price_per_hour":"4.9375"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := wayOf(t, waysWith(t, c.plan, facts(t), c.day), c.action)
			after := wayOf(t, waysWith(t, c.plan, corrected(t, c.kind, c.row, c.field, c.value), c.day), c.action)
			if text := said(t, before); !strings.Contains(text, c.was) || strings.Contains(text, c.is) {
				t.Errorf("before the correction: %s, want %s", text, c.was)
			}
			if text := said(t, after); !strings.Contains(text, c.is) {
				t.Errorf("with the correction: %s, want %s", text, c.is)
			}
			if c.kind != capacity.QuotasKind && !(after.OwnCost < before.OwnCost) {
				t.Errorf("the way costs %v before and %v after a lower price", before.OwnCost, after.OwnCost)
			}
		})
	}
}

func said(t testing.TB, w *Way) string {
	return w.Name + "\n" + strings.Join(w.NotCounted, "\n") + "\n" + string(patchOf(t, w))
}

func TestACorrectionOfAnotherMachineMovesNothing(t *testing.T) {
	old := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	pool := patched(t, vector(t, "growth-04-gpu-delivery-and-power").Canonical(), onPool)
	m := corrected(t, capacity.InstancesKind, eightH100, "hourly", "39.5")
	for name, patch := range map[string]string{
		"the plan pays another price": pricedElse,
		"another region":              `{"offers":{"own-h200":{"region":"us-west-2"}}}`,
		"another seller":              `{"offers":{"own-h200":{"provider":"colo"}}}`,
		"another currency":            `{"fx":{"EUR":"1"},"offers":{"own-h200":{"currency":"EUR"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			way := wayOf(t, waysWith(t, patched(t, pool.Canonical(), patch), m, old), GPUs)
			lots := way.Plan().GPUPools["h200"].Lots
			if first, last := lots[0].PricePerHour, lots[len(lots)-1].PricePerHour; first != last || len(lots) < 2 ||
				!slices.Contains(way.NotCounted, lastPrice) {
				t.Errorf("%d lots, the first at %s, the last at %s: %v", len(lots), first, last, way.NotCounted)
			}
		})
	}
}

// Azure's table writes Llama-3.3-70B-Instruct where the canonical id is meta/llama-3-3-70b: the form filled the unit
// in, and the ways said that none is published.
func TestAUnitThatTheFormFillsInIsAlsoProposed(t *testing.T) {
	p := patched(t, chatbot(t).Canonical(),
		`{"finance":null,"offers":{"azure-gpt-5.4":{"catalog":"azure/Llama-3.3-70B-Instruct","scope":"default"}}}`)
	name := wayOf(t, waysWith(t, p, facts(t), today), Provisioned).Name
	if !strings.Contains(name, "PTU at Azure beside the quota") {
		t.Errorf("the way is %q", name)
	}
}

func TestPastSaysWhichFactIsMissing(t *testing.T) {
	p := chatbot(t)
	result, _ := pastOn(t, p, today)
	for name, take := range map[string]func(m *capacity.Machines){
		"no lead time of gpus": func(m *capacity.Machines) {
			m.Leads = without(m.Leads, func(l capacity.Lead) bool { return l.Action == "gpus" })
		},
		"no assumption of discount": func(m *capacity.Machines) {
			m.Assumptions = without(m.Assumptions, func(a capacity.Assumption) bool { return a.Name == "discount" })
		},
		"no lead time of raise-quota": func(m *capacity.Machines) { *m = capacity.Machines{} },
	} {
		m := *facts(t)
		take(&m)
		if _, err := Past(context.Background(), p, shipped(t), &m, result, "azure", today); err == nil ||
			!strings.Contains(err.Error(), name) {
			t.Errorf("want %s, not %v", name, err)
		}
	}
}

func without[T any](list []T, drop func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), drop)
}
