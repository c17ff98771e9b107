package pricing

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// hostileNumbers are numbers that a plan may hold and nobody means.
func hostileNumbers() []string {
	return []string{"0", "1e-300", "-1e-300", "1e15", "-1e15", "1e300", "1e-9", "0.999999999999", "1",
		"2", "1e12", "-1", "\"0\"", "4.9e-324"}
}

// TestNoNumberBreaksAnEvaluation puts numbers that nobody means into plans with every kind of limit: the plan is
// refused, or its result can be written.
func TestNoNumberBreaksAnEvaluation(t *testing.T) {
	number := regexp.MustCompile(`:-?[0-9.]+`)
	answered := 0
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		places := number.FindAllStringIndex(text, -1)
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			place := places[rapid.IntRange(0, len(places)-1).Draw(t, "place")]
			if place[1] > len(text) || text[place[0]] != ':' {
				continue
			}
			end := place[0] + 1 + strings.IndexAny(text[place[0]+1:], `,]}`)
			text = text[:place[0]+1] + rapid.SampledFrom(hostileNumbers()).Draw(t, "number") + text[end:]
			places = number.FindAllStringIndex(text, -1)
		}
		plan, err := ParsePlan([]byte(text))
		if err != nil {
			return
		}
		result, err := Evaluate(context.Background(), plan, nil)
		if err != nil {
			return
		}
		answered++
		if _, err := json.Marshal(result); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
	if answered < 5 {
		t.Errorf("only %d plans were answered", answered)
	}
}

// TestTheLargestPlanEnds evaluates a plan at every bound.
func TestTheLargestPlanEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	var offers, workloads, segments []string
	for i := range MaxOffers {
		if i%2 == 0 {
			offers = append(offers,
				fmt.Sprintf(
					`"o%03d":{"kind":"provisioned","provider":"p%d","tokens_per_minute_per_unit":10,"spill_to":"o%03d","lots":[{"from":"2027-01","units":%d,"price_per_month":1}]}`, i, i%9, i+1, i))
		} else {
			offers = append(offers, fmt.Sprintf(`"o%03d":{"kind":"on_demand","provider":"p%d","quota":{"tokens_per_minute":%d},"volume_tiers":[{"up_to_mtok":%d,"multiplier":1},{"multiplier":0.5}],"prices":[{"from":"2027-01","input":1,"output":1}]}`, i, i%9, i*100000, i))
		}
	}
	for w := range MaxWorkloads {
		var routes []string
		for r := range MaxRoutes / MaxWorkloads {
			routes = append(routes, fmt.Sprintf(`{"offer":"o%03d","share":0.04}`, (w*25+2*r)%MaxOffers))
		}
		workloads = append(workloads,
			fmt.Sprintf(
				`"w%03d":{"segment":"s%03d","requests_per_user_day":1,"input_tokens":1000,"output_tokens":10,"routes":[%s]}`, w, w%MaxSegments, strings.Join(routes, ",")))
	}
	for s := range MaxSegments {
		segments = append(segments, fmt.Sprintf(`"s%03d":{"users":{"curve":"exponential","start":1000,"monthly_growth":0.03},"revenue_per_user":1}`, s))
	}
	text := fmt.Sprintf(`{"schema":"headroom.plan/v1","start":"2027-01","months":%d,"segments":{%s},"workloads":{%s},"offers":{%s},
	  "finance":{"monthly_budget":90000,"min_cash":0,"min_gross_margin":0.5,"opening_cash":10000},"spend_caps":{"p1":1000}}`,
		MaxMonths, strings.Join(segments, ","), strings.Join(workloads, ","), strings.Join(offers, ","))
	start := time.Now()
	result := evaluateText(t, text)
	if took := time.Since(start); took > 60*time.Second {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("%v", took)
	}
	if _, err := json.Marshal(result); err != nil {
		t.Error(err)
	}
}
