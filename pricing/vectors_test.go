package pricing

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// vector is a worked example: a plan and the exact result, as the public format has them.
type vector struct {
	Plan     json.RawMessage
	Expected struct {
		Months []vectorMonth
		Totals struct {
			RevenueAtDemand float64 `json:"revenue_at_demand"`
		}
	}
}

type vectorMonth struct {
	Month            string
	Binding          *string
	UsersDemanded    float64  `json:"users_demanded"`
	UsersServed      float64  `json:"users_served"`
	Requests         float64  `json:"requests"`
	Unserved         float64  `json:"unserved_requests"`
	ListCost         float64  `json:"list_cost"`
	ListCostAtDemand float64  `json:"list_cost_at_demand"`
	Revenue          float64  `json:"revenue"`
	AccrualCost      float64  `json:"accrual_cost"`
	GrossMargin      *float64 `json:"gross_margin"`
	CostPer1k        *float64 `json:"cost_per_1k_requests"`
	CostPerUser      *float64 `json:"cost_per_user"`
	Teams            map[string]float64
	Offers           map[string]struct {
		Requests, Mtok, Usage, Fixed float64
		PeakTPM                      float64 `json:"peak_tpm"`
		PeakRPM                      float64 `json:"peak_rpm"`
	}
}

func readVector(t *testing.T, name string) (vector, *Plan) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	plan, err := ParsePlan(v.Plan)
	if err != nil {
		t.Fatal(err)
	}
	return v, plan
}

// near is the tolerance of the vectors: 1e-6, or 1e-9 relative.
func near(got, want float64) bool {
	return math.Abs(got-want) <= max(1e-6, 1e-9*math.Abs(want))
}

// TestVectors checks the months in which nothing binds. Commitments, credits and limits are not evaluated yet, so what
// depends on them is left to later tests.
func TestVectors(t *testing.T) {
	for _, tc := range []struct {
		file     string
		accruals bool // no commitment: accrual cost, margin and unit costs are known too
		nulls    int
	}{
		{"growth-01-quota-then-budget.json", true, 8},
		{"growth-03-commit-credit-pricechange.json", false, 12},
	} {
		t.Run(tc.file, func(t *testing.T) {
			v, plan := readVector(t, tc.file)
			result, err := Evaluate(context.Background(), plan, nil)
			if err != nil {
				t.Fatal(err)
			}
			checked := 0
			for i, want := range v.Expected.Months {
				got := result.Alternatives[0].Months[i]
				check(t, want.Month+" users demanded", got.UsersDemanded, want.UsersDemanded)
				check(t, want.Month+" cost at demand", got.ListCostAtDemand, want.ListCostAtDemand)
				if want.Binding != nil {
					continue
				}
				checked++
				checkMonth(t, got, want)
				if tc.accruals {
					check(t, want.Month+" accrual cost", got.AccrualCost, want.AccrualCost)
					check(t, want.Month+" margin", float64(got.GrossMargin), *want.GrossMargin)
					check(t, want.Month+" cost per 1,000 requests", float64(got.CostPer1kRequests), *want.CostPer1k)
					check(t, want.Month+" cost per user", float64(got.CostPerUser), *want.CostPerUser)
				}
			}
			if checked != tc.nulls {
				t.Errorf("%d months without a binding limit were checked, want %d", checked, tc.nulls)
			}
			check(t, "revenue at demand", result.Alternatives[0].Totals.RevenueAtDemand, v.Expected.Totals.RevenueAtDemand)
		})
	}
}

func checkMonth(t *testing.T, got MonthResult, want vectorMonth) {
	t.Helper()
	if got.Month.String() != want.Month || got.Binding != nil {
		t.Errorf("month %s binding %v, want %s and null", got.Month, got.Binding, want.Month)
	}
	check(t, want.Month+" users served", got.UsersServed, want.UsersServed)
	check(t, want.Month+" requests", got.Requests, want.Requests)
	check(t, want.Month+" unserved requests", got.UnservedRequests, want.Unserved)
	check(t, want.Month+" list cost", got.ListCost, want.ListCost)
	check(t, want.Month+" revenue", got.Revenue, want.Revenue)
	if len(got.Offers) != len(want.Offers) || len(got.Teams) != len(want.Teams) {
		t.Errorf("%s: %d offers and %d teams, want %d and %d", want.Month, len(got.Offers), len(got.Teams), len(want.Offers), len(want.Teams))
	}
	for id, o := range want.Offers {
		g, _ := got.Offers.Get(id)
		check(t, want.Month+" "+id+" requests", g.Requests, o.Requests)
		check(t, want.Month+" "+id+" mtok", g.Mtok, o.Mtok)
		check(t, want.Month+" "+id+" usage", g.Usage, o.Usage)
		check(t, want.Month+" "+id+" peak tpm", g.PeakTPM, o.PeakTPM)
		check(t, want.Month+" "+id+" peak rpm", g.PeakRPM, o.PeakRPM)
	}
	for id, cost := range want.Teams {
		g, _ := got.Teams.Get(id)
		check(t, want.Month+" team "+id, float64(g), cost)
	}
}

func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !near(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestEveryVectorPlanIsAccepted reads the plans that use limits, which later evaluation will answer in full.
func TestEveryVectorPlanIsAccepted(t *testing.T) {
	for _, file := range []string{"growth-02-ptu-spillover.json", "growth-04-gpu-delivery-and-power.json", "growth-06-unsatisfiable-unrouted.json"} {
		_, plan := readVector(t, file)
		result, err := Evaluate(context.Background(), plan, nil)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(result.Alternatives[0].Warnings) == 0 {
			t.Errorf("%s: no warning says what is not yet evaluated", file)
		}
	}
}
