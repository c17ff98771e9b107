package evidence

import (
	"context"
	"math"
	"strings"
	"testing"

	"headroom/pricing"
	"headroom/pricing/catalog"
)

// planWith is a plan of 1,000 users at 10 USD a month on an offer; extra are more members of the document.
func planWith(t *testing.T, offer, extra string) (*pricing.Plan, *pricing.AlternativeResult) {
	t.Helper()
	plan, err := pricing.ParsePlan([]byte(`{"schema":"headroom.plan/v1","start":"2027-01","months":2,
	  "segments":{"all":{"users":{"curve":"exponential","start":"1000","monthly_growth":"0"},"revenue_per_user":"10"}},
	  "workloads":{"chat":{"segment":"all","requests_per_user_day":"10","input_tokens":"900","output_tokens":"100","routes":[{"offer":"o","share":"1"}]}},
	  "offers":{"o":` + offer + `}` + extra + `}`))
	if err != nil {
		t.Fatal(err)
	}
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	result, err := pricing.Evaluate(context.Background(), plan, prices)
	if err != nil {
		t.Fatal(err)
	}
	return plan, &result.Alternatives[0]
}

func TestAPlansPoint(t *testing.T) {
	const own = `{"kind":"gpu","provider":"colo","gpu_pool":"h"}`
	pool := func(power string) string {
		return `,"gpu_pools":{"h":{"tokens_per_second_per_gpu":"100","lots":[{"from":"2027-01","gpus":"16","price_per_hour":"2"}]` + power + `}}`
	}
	for _, c := range []struct {
		name, offer, extra, why string
		known                   bool
	}{
		{"machines with power", own, pool(`,"kw_per_gpu":"1.73","pue":"1.2"`), "", true},
		{"machines whose power is not stated", own, pool(""), "states no power", false},
		{"an API only",
			`{"kind":"on_demand","provider":"azure","prices":[{"from":"2027-01","input":"1","output":"1"}]}`,
			"", "publish no power", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan, result := planWith(t, c.offer, c.extra)
			p := PointOf(plan, result)
			if p.Megawatts.Known() != c.known || !strings.Contains(p.Why, c.why) {
				t.Fatalf("%+v, want %q", p, c.why)
			}
			if p.RevenuePerYear != 120_000 || p.Month.String() != "2027-02" {
				t.Errorf("%g a year in %s", p.RevenuePerYear, p.Month)
			}
			if !c.known {
				return
			}
			gpus, _ := result.Months[1].GPUsNeeded.Get("h")
			if want := float64(gpus) * 1.73 * 1.2 / 1000; math.Abs(float64(p.Megawatts)-want) > 1e-12 ||
				math.Abs(float64(p.PerMegawatt)-120_000/want) > 1e-6 {
				t.Errorf("%g MW and %g a megawatt; want %g MW", p.Megawatts, p.PerMegawatt, want)
			}
		})
	}
}
