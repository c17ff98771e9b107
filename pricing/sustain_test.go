package pricing

import (
	"context"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing/growth"
)

// path says which limits hold in every month when each segment grows at rate g: word for word, through
// Program.Evaluate.
func (r *reference) path(g float64) []bool {
	p := r.p
	holds := make([]bool, len(p.Limits))
	for l := range holds {
		holds[l] = true
	}
	p.Terms.Reset(r.balance, p.OpeningCash)
	users := make([]float64, len(p.Segments))
	for m := range p.Months {
		r.m = m
		for i := range users {
			users[i] = p.Segments[i].Users[0] * math.Pow(1+g, float64(m))
		}
		for l := range p.Limits {
			if limit := &p.Limits[l]; holds[l] && limit.Exists(m) {
				slack := r.slack(limit, users)
				holds[l] = slack >= -(1e-9 + 1e-12*math.Abs(slack))
			}
		}
		p.Evaluate(m, users, r.balance, r.s)
		p.Terms.Book(m, r.s.Statement, r.balance)
		r.balance.Cash += r.s.Revenue - (r.s.Accrual() - r.s.Statement.Credits) + p.Flow[m]
	}
	return holds
}

func TestGrowthRangesAgreeWithTheSearch(t *testing.T) {
	statuses := map[growth.RangeStatus]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		p := compileText(t, text).program
		r := &reference{p: p, s: growth.NewState(p), balance: p.Terms.NewBalance(p.OpeningCash)}
		all, each := p.Sustainable()
		var grid [251][]bool
		for i := range grid {
			grid[i] = r.path(float64(i-50) / 100)
		}
		for l := -1; l < len(each); l++ {
			got := all
			if l >= 0 {
				got = each[l]
			}
			statuses[got.Status]++
			if got.Status == "" || got.Status == growth.Undefined {
				continue
			}
			want := searched(func(holds []bool) bool { return passes(holds, l) }, grid, r)
			if got.Status != want.Status || !sameEnd(got.Min, want.Min) || !sameEnd(got.Max, want.Max) {
				t.Fatalf("limit %d: %+v, the search finds %+v\n%s", l, got, want, text)
			}
		}
	})
	if statuses[growth.InRange] == 0 || statuses[growth.NoRange] == 0 || statuses[growth.Undefined] == 0 {
		t.Errorf("too few ranges were compared: %v", statuses)
	}
}

func passes(holds []bool, l int) bool {
	if l >= 0 {
		return holds[l]
	}
	for _, ok := range holds {
		if !ok {
			return false
		}
	}
	return true
}

func sameEnd(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-7
}

func searched(pass func([]bool) bool, grid [251][]bool, r *reference) growth.Range {
	found := growth.Range{Min: math.NaN(), Max: math.NaN(), Status: growth.NoRange}
	first := 0
	for first < len(grid) && !pass(grid[first]) {
		first++
	}
	if first == len(grid) {
		return found
	}
	last := first
	for last+1 < len(grid) && pass(grid[last+1]) {
		last++
	}
	end := func(good, bad float64) float64 {
		for range 45 {
			if middle := (good + bad) / 2; pass(r.path(middle)) {
				good = middle
			} else {
				bad = middle
			}
		}
		return good
	}
	found.Status = growth.InRange
	if first > 0 {
		found.Min = end(float64(first-50)/100, float64(first-51)/100)
	}
	if last < len(grid)-1 {
		found.Max = end(float64(last-50)/100, float64(last-49)/100)
	}
	return found
}

// The closed form for one segment, a load that is linear from zero and no path state.
func TestOneSegmentOneQuotaHasAClosedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := limitedPlan{drawnPlan{t}}
		quota := d.number("quota", 5000, 90000)
		text := fmt.Sprintf(`{"schema":"headroom.plan/v1","start":"2027-01","months":9,"day_count":"30","segments":{"all":{"users":{"curve":"exponential","start":100,"monthly_growth":0.05}}},
		  "workloads":{"w":{"segment":"all","requests_per_user_day":10,"input_tokens":1000,"output_tokens":100,"output_tokens_growth":%s,"peak_to_average":2,"routes":[{"offer":"o","share":1}]}},
		  "offers":{"o":{"kind":"on_demand","quota":{"tokens_per_minute":[{"from":"2027-01","value":%s},{"from":"2027-06","value":%s}]},"prices":[{"from":"2027-01","input":1,"output":1}]}}}`,
			d.number("growth", 0, 0.2), quota, d.number("later", 5000, 90000))
		a := evaluateText(t, text).Alternatives[0]
		want := math.Inf(1)
		for m, month := range a.Months {
			if ceiling, _ := month.Ceilings.Get("quota_tpm:o"); m > 0 {
				want = min(want, math.Pow(float64(ceiling)/100, 1/float64(m))-1)
			}
		}
		if r, _ := a.MaxGrowth.Get("quota_tpm:o"); want > -0.5 && want < 2 && !near(float64(r.Max), want) {
			t.Fatalf("growth up to %v, the closed form says %v", r.Max, want)
		}
	})
}

// In a month without users the ceiling is that of the users who came nearest in time.
func TestWhereNobodyAsksTheNearestUsersStandIn(t *testing.T) {
	const text = `{"schema":"headroom.plan/v1","start":"2027-01","months":6,"day_count":"30","segments":{
	    "a":{"users":{"curve":"table","values":[0,100,0,0,200,0]},"revenue_per_user":1},"b":{"users":{"curve":"table","values":[0,0,0,0,0,0]}}},
	  "workloads":{"w":{"segment":"a","requests_per_user_day":10,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"o","share":1}]},
	               "v":{"segment":"b","requests_per_user_day":10,"input_tokens":1000,"output_tokens":0,"routes":[{"offer":"p","share":1}]}},
	  "offers":{"o":{"kind":"on_demand","provider":"x","quota":{"tokens_per_minute":500},"prices":[{"from":"2027-01","input":1,"output":1}]},
	            "p":{"kind":"on_demand","provider":"x","quota":{"tokens_per_minute":500},"prices":[{"from":"2027-01","input":1,"output":1}]}},
	  "finance":{"min_cash":5,"opening_cash":0,"monthly_budget":30}%s}`
	for _, lost := range []string{"", `,"lost_users_stay_lost":true`} {
		a := evaluateText(t, fmt.Sprintf(text, lost)).Alternatives[0]
		for m, month := range a.Months {
			if o, _ := month.Ceilings.Get("quota_tpm:o"); math.Abs(float64(o)-72) > 1e-9 {
				t.Errorf("%s: the quota carries %v users, want 72: 500 / (10 x 1000 / 1440)", month.Month, o)
			}
			if p, listed := month.Ceilings.Get("quota_tpm:p"); !listed || p.Known() {
				t.Errorf("%s: a quota that nobody ever uses binds at %v", month.Month, p)
			}
			if b, _ := month.Ceilings.Get("budget:plan"); math.Abs(float64(b)-100) > 1e-6 {
				t.Errorf("%s: the budget carries %v users, want 100: 30 / (300 x 1000 / 1e6)", month.Month, b)
			}
			if m == 0 && (month.UsersServed != 0 || month.Binding != nil || month.PlanFactor != 1) {
				t.Errorf("%s: %+v", month.Month, month)
			}
		}
		if first, _ := a.FirstExceeded.Get("quota_tpm:o"); first != "2027-02" {
			t.Errorf("the quota is exceeded first in %q: months without demand exceed no ceiling", first)
		}
		if first, _ := a.FirstExceeded.Get("cash:plan"); first != "2027-01" {
			t.Errorf("cash is below its floor first in %q", first)
		}
		demanded := 200.0
		if lost != "" {
			demanded = 200 * 0.72
		}
		if got := a.Months[4].UsersDemanded; !near(got, demanded) {
			t.Errorf("%s: %v users ask, want %v", lost, got, demanded)
		}
	}
}

func TestACancelledEvaluationOfLimitsEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, plan := readVector(t, "growth-04-gpu-delivery-and-power.json")
	if _, err := Evaluate(ctx, plan, nil); err != context.Canceled {
		t.Error(err)
	}
}
