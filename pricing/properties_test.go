package pricing

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing/document"
)

// drawnPlan draws a valid plan of on-demand offers, small enough to look at when it fails.
type drawnPlan struct{ *rapid.T }

func (d drawnPlan) number(label string, low, high float64) string {
	return fmt.Sprintf("%.4f", rapid.Float64Range(low, high).Draw(d.T, label))
}

func (d drawnPlan) chance(label string) bool { return rapid.Bool().Draw(d.T, label) }

func (d drawnPlan) offer(i int, tiers bool) string {
	row := fmt.Sprintf(`{"from":"2027-01","input":%s,"output":%s,"cache_read":%s}`, d.number("input", 0, 20),
		d.number("output", 0, 90), d.number("read", 0, 5))
	if d.chance("second row") {
		row += fmt.Sprintf(`,{"from":"2027-04","input":%s,"output":%s}`, d.number("later input", 0, 20),
			d.number("later output", 0, 90))
	}
	extra := ""
	if tiers && d.chance("tiers") {
		extra += `,"volume_tiers":[{"up_to_mtok":"10","multiplier":"1"},{"multiplier":"0.7"}]`
	}
	if d.chance("decline") {
		extra += `,"price_decline_per_year":` + d.number("decline", 0, 0.9)
	}
	return fmt.Sprintf(`"o%d":{"kind":"on_demand","provider":"p%d","batch_multiplier":0.5,"prices":[%s]%s}`,
		i, i%2, row, extra)
}

func (d drawnPlan) workload(i, offers int) string {
	first := rapid.IntRange(0, offers-1).Draw(d.T, "first offer")
	return fmt.Sprintf(`"w%d":{"segment":"s%d","team":"t%d","requests_per_user_day":%s,"input_tokens":%s,"output_tokens":%s,"cache_read_share":%s,
	  "cache_write_share":0.1,"batch_share":%s,"output_tokens_growth":%s,"peak_to_average":2,"routes":[{"offer":"o%d","share":%s},{"offer":"o%d","share":0.3}]}`,
		i, i%2, i%3, d.number("requests", 0, 20), d.number("in", 0, 9000), d.number("out", 0, 900),
		d.number("cached", 0, 0.9),
		d.number("batch", 0, 1), d.number("growth", -0.1, 0.1), first, d.number("share", 0, 0.7), (first+1)%offers)
}

// text draws the plan; tiers make cost concave in the number of tokens.
func (d drawnPlan) text(users float64, tiers bool) string {
	offers := rapid.IntRange(1, 4).Draw(d.T, "offers")
	var segmentList, workloadList, offerList []string
	for i := range 2 {
		segmentList = append(segmentList,
			fmt.Sprintf(`"s%d":{"users":{"curve":"exponential","start":%g,"monthly_growth":%s},"revenue_per_user":%s}`,
				i, users, d.number("growth", -0.2, 0.3), d.number("revenue", 0, 50)))
	}
	for i := range rapid.IntRange(1, 5).Draw(d.T, "workloads") {
		workloadList = append(workloadList, d.workload(i, offers))
	}
	for i := range offers {
		offerList = append(offerList, d.offer(i, tiers))
	}
	return fmt.Sprintf(`{"schema":"headroom.plan/v1","start":"2027-01","months":6,"segments":{%s},"workloads":{%s},"offers":{%s},
	  "alternatives":[{"id":"as-is"},{"id":"other","routes":{"w0":[{"offer":"o0","share":1}]}}]}`,
		join(segmentList), join(workloadList), join(offerList))
}

func join(list []string) string {
	text := ""
	for i, part := range list {
		if i > 0 {
			text += ","
		}
		text += part
	}
	return text
}

func evaluateText(t interface{ Fatal(...any) }, text string) *Result {
	plan, err := ParsePlan([]byte(text))
	if err != nil {
		t.Fatal(err, text)
	}
	result, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err, text)
	}
	return result
}

func TestTwiceTheUsersCostTwiceAsMuchAtLinearPrices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawnPlan{t}.text(1000, false)
		one := evaluateText(t, text)
		two := evaluateText(t, string(bytes.ReplaceAll([]byte(text), []byte(`"start":1000`), []byte(`"start":2000`))))
		for a := range one.Alternatives {
			got, want := two.Alternatives[a].Totals, one.Alternatives[a].Totals
			if !near(got.AccrualCost, 2*want.AccrualCost) || !near(got.Revenue, 2*want.Revenue) {
				t.Fatalf("twice the users cost %v and earn %v, once %v "+
					"and %v", got.AccrualCost, got.Revenue, want.AccrualCost, want.Revenue)
			}
		}
	})
}

// Every sum of a result is the sum of its parts, whatever the plan.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		result := evaluateText(t, drawnPlan{t}.text(1000, true))
		for _, a := range result.Alternatives {
			totals, lostTotal := Totals{}, 0.0
			for _, m := range a.Months {
				totals.add(&m)
				offers, teams, workloads, lost := 0.0, 0.0, 0.0, 0.0
				for _, o := range m.Offers {
					offers += o.Usage + o.Fixed
				}
				for _, x := range m.Teams {
					teams += float64(x.Value)
				}
				for _, x := range m.WorkloadCosts {
					workloads += float64(x.Value)
				}
				for _, x := range m.LostRevenue {
					lost += float64(x.Value)
				}
				if m.ListCost < 0 || !near(offers, m.ListCost) || !near(teams, m.ListCost) ||
					!near(workloads, m.ListCost) {
					t.Fatalf("%s: offers %v, teams %v, workloads %v, list cost %v", m.Month, offers,
						teams, workloads, m.ListCost)
				}
				lostTotal += lost
			}
			if !near(lostTotal, a.Totals.RevenueAtDemand-a.Totals.Revenue) {
				t.Fatalf("lost revenue %v, demand would pay %v, revenue is %v", lostTotal, a.Totals.RevenueAtDemand,
					a.Totals.Revenue)
			}
			if totals.AccrualCost != a.Totals.AccrualCost || totals.Revenue != a.Totals.Revenue {
				t.Fatalf("totals %+v are not the sum of the months %+v", a.Totals, totals)
			}
		}
	})
}

// shuffled is a document with the members of every object in another order.
func shuffled(t *rapid.T, v *document.Value) *document.Value {
	switch v.Kind() {
	case document.Object:
		for _, m := range v.Members() {
			v = v.With(m.Name, shuffled(t, m.Value))
		}
		return v.Arranged(rapid.Permutation(v.Names()).Draw(t, "order"))
	case document.List:
		items := slices.Clone(v.Items())
		for i := range items {
			items[i] = shuffled(t, items[i])
		}
		return document.Of(items)
	}
	return v
}

func TestTheOrderOfMembersChangesNoByteOfTheResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawnPlan{t}.text(1000, true)
		var out problems
		root := shuffled(t, document.ReadInto([]byte(text), &out.list))
		one, _ := json.Marshal(evaluateText(t, text))
		two, _ := json.Marshal(evaluateText(t, string(root.JSON())))
		if !bytes.Equal(one, two) {
			t.Fatalf("the order of members matters:\n%s\n%s", one, two)
		}
	})
}

// An alternative that only reroutes gives what a plan with these routes gives by itself, and one whose patch says the
// same as its routes gives the same.
func TestAnAlternativeIsAPlanWithItsRoutes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawnPlan{t}.text(1000, true)
		want := evaluateText(t, text).Alternatives[1].Totals
		routes := `{"workloads":{"w0":{"routes":[{"offer":"o0","share":1}]}}`
		alone, err := document.MergePatch([]byte(text), []byte(routes+`,"alternatives":null}`))
		if err != nil {
			t.Fatal(err)
		}
		patched, err := document.MergePatch([]byte(text), []byte(`{"alternatives":[{"id":"x","patch":`+routes+`}}]}`))
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range [][]byte{alone, patched} {
			if got := evaluateText(t, string(other)).Alternatives[0].Totals; !sameTotals(got, want) {
				t.Fatalf("%+v is not %+v", got, want)
			}
		}
	})
}

func sameTotals(a, b Totals) bool {
	return a.AccrualCost == b.AccrualCost && a.Revenue == b.Revenue && a.RevenueAtDemand == b.RevenueAtDemand &&
		a.EndCash == b.EndCash
}

// Rank and Evaluate price the same workload alike.
func TestRankAgreesWithEvaluate(t *testing.T) {
	c := shipped(t)
	for _, tc := range []struct{ preset, workload, growth string }{{"chatbot", "chat", "0"}, {"agent", "task", "0.05"},
		{"batch", "documents", "0.2"}} {
		plan := presetToChange(t, tc.preset)
		w := plan.Workloads[tc.workload]
		w.InputTokensGrowth = Num(tc.growth)
		w.Routes = []Route{{Offer: "x", Share: Constant(Num("1"))}}
		plan.Workloads = map[string]Workload{tc.workload: w}
		plan.Alternatives, plan.Baseline, plan.Finance = nil, "", nil // a ranking serves all demand
		ranking, err := Rank(plan, tc.workload, c)
		if err != nil {
			t.Fatal(err)
		}
		checked := 0
		for i := 0; i < len(ranking); i += 97 {
			r := ranking[i]
			plan.Offers = map[string]Offer{"x": {Catalog: r.Offer.ID(), Scope: r.Offer.Scope}}
			if entry, err := c.Offer(r.Offer.ID(), r.Offer.Scope); err != nil || entry != r.Offer ||
				r.Offer.Retires != "" {
				continue
			}
			result, err := Evaluate(context.Background(), plan, c)
			if (err == nil) != r.Known() {
				t.Errorf("%s %s: rank says %q, evaluation %v", r.Offer.ID(), r.Offer.Scope, r.Reason, err)
				continue
			}
			if err == nil && !near(result.Alternatives[0].Totals.AccrualCost, r.Cost) {
				t.Errorf("%s %s: rank says %v, evaluation %v", r.Offer.ID(), r.Offer.Scope, r.Cost,
					result.Alternatives[0].Totals.AccrualCost)
			}
			checked++
		}
		if checked < 30 {
			t.Errorf("%s: only %d offers were compared", tc.preset, checked)
		}
		for i := 1; i < len(ranking) && ranking[i].Known(); i++ {
			if ranking[i].Cost < ranking[i-1].Cost || math.IsNaN(ranking[i].Cost) {
				t.Fatalf("%s: the ranking does not rise at %d", tc.preset, i)
			}
		}
	}
}
