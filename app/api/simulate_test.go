package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"headroom/app/sitetest"
)

// uncertainPlan is a worked example with a range of growth.
func uncertainPlan(t *testing.T, samples string) string {
	t.Helper()
	plan := sitetest.VectorPlan(t, "growth-01-quota-then-budget.json")
	return strings.Replace(plan, `{`, `{"uncertainty":{"samples":`+samples+
		`,"seed":3,"inputs":{"segments.all.users.monthly_growth":{"distribution":"lognormal1p","p10":0.05,"p50":0.1,"p90":0.2}}},`, 1)
}

func TestTheAPISimulatesAPlan(t *testing.T) {
	s := sitetest.PlannerSite(t)
	response, answer := s.Call("/api/v1/simulate", "application/json", uncertainPlan(t, "500"))
	var got struct {
		Schema       string
		Alternatives []struct {
			ID            string
			Samples, Seed int
			Months        []struct {
				Month       string
				UsersServed struct{ P10, P50, P90 float64 } `json:"users_served"`
				BindsBy     map[string]float64              `json:"binds_by"`
			}
			Tornado []struct {
				Path      string
				Low, High float64
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || response.StatusCode != http.StatusOK ||
		len(got.Alternatives) != 1 {
		t.Fatalf("status %d, %v: %.300s", response.StatusCode, err, answer)
	}
	a := got.Alternatives[0]
	last := a.Months[len(a.Months)-1]
	if got.Schema != "headroom.simulation/v1" || a.ID != "base" || a.Samples != 500 || a.Seed != 3 ||
		len(a.Tornado) != 1 || a.Tornado[0].High <= a.Tornado[0].Low ||
		last.UsersServed.P10 > last.UsersServed.P50 || last.UsersServed.P50 > last.UsersServed.P90 ||
		last.BindsBy["quota_tpm:azure-std"] == 0 {
		t.Errorf("%+v", got)
	}
	if _, again := s.Call("/api/v1/simulate", "application/json", uncertainPlan(t, "500")); again != answer {
		t.Error("the same plan and seed gave another answer")
	}
}

func TestTheAPIRefusesASimulationByPath(t *testing.T) {
	s := sitetest.PlannerSite(t)
	for name, tc := range map[string]struct{ body, path string }{
		"a plan without ranges": {sitetest.VectorPlan(t, "growth-01-quota-then-budget.json"),
			"uncertainty.inputs"},
		"more samples than the bound": {uncertainPlan(t, "100001"), "uncertainty.samples"},
		"a range of nothing": {strings.Replace(uncertainPlan(t, "5"), "users.monthly_growth",
			"users.hope", 1), "uncertainty.inputs.segments.all.users.hope"},
		"quantiles that fall": {strings.Replace(uncertainPlan(t, "5"), `"p10":0.05`, `"p10":0.5`, 1),
			"uncertainty.inputs.segments.all.users.monthly_growth"},
		"text that is not JSON at all": {"{", ""},
	} {
		t.Run(name, func(t *testing.T) {
			response, answer := s.Call("/api/v1/simulate", "application/json", tc.body)
			if response.StatusCode != http.StatusUnprocessableEntity ||
				response.Header.Get("Content-Type") != "application/problem+json" ||
				!strings.Contains(answer, `"path":"`+tc.path+`"`) {
				t.Errorf("status %d: %s", response.StatusCode, answer)
			}
		})
	}
}
