package pricing

import (
	"math"
	"testing"

	"headroom/pricing/limit"
)

// growthOf is the growth that all limits together carry, NaN when there is no end to it.
func growthOf(t *testing.T, row ComparisonRow) float64 {
	t.Helper()
	growth, ok := row.Growth()
	if !ok {
		t.Fatalf("%s has no growth range", row.ID)
	}
	return float64(growth.Max)
}

func TestTheWallOfTheExample(t *testing.T) {
	_, result := evaluatePreset(t, "chatbot")
	c := Compare(result, "")
	azure, _ := c.Row("azure")
	if azure.Wall != "quota_tpm:azure-gpt-5.4" || azure.WallMonth != "2027-05" || azure.WallIndex() != 4 {
		t.Fatalf("wall %s in %s, month %d", azure.Wall, azure.WallMonth, azure.WallIndex())
	}
	if id, ok := limit.Parse(azure.Wall); !ok || id != limit.QuotaTPM.Of("azure-gpt-5.4") {
		t.Errorf("the id %s is read as %v", azure.Wall, id)
	}
	use := azure.Months[0].Limits
	for i, want := range []float64{0.8156, 0.2813, 0.5715} { // Azure, Bedrock, budget
		if math.Abs(float64(use[i].Use())-want) > 0.0005 {
			t.Errorf("%s is used to %v, want %v", use[i].ID, use[i].Use(), want)
		}
	}
	if tightest, ok := azure.Tightest(); !ok || tightest.ID != azure.Wall {
		t.Errorf("the tightest limit is %+v", tightest)
	}
	lost := 0.0
	for i := range azure.Months {
		lost += azure.Months[i].LostIn()
	}
	if !near(lost, azure.LostRevenue()) {
		t.Errorf("the months lose %v, the plan %v", lost, azure.LostRevenue())
	}
}

func TestOneMoreUnitReachesTheNextLimit(t *testing.T) {
	_, result := evaluatePreset(t, "chatbot")
	months := result.Alternatives[0].Months
	for _, tc := range []struct {
		name  string
		month int
		next  string
		reach float64 // users at which it takes over
	}{
		{"at the wall everybody is served next", 4, "", 68174},
		{"at the end the budget takes over before the quota of another seller", 23, "budget:plan", 157481},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := &months[tc.month]
			units, next, ok := m.Reach()
			users, revenue := m.Shadow.Of(units)
			if !ok || next != tc.next || math.Abs(m.UsersServed+users-tc.reach) > 0.5 {
				t.Errorf("%v units reach %v users, then %q", units, m.UsersServed+users, next)
			}
			if !near(revenue, users*4.5) {
				t.Errorf("%v users bring %v", users, revenue)
			}
		})
	}
	if _, _, ok := months[0].Reach(); ok {
		t.Error("a month without a wall has a unit that would unlock users")
	}
}

func TestAPlanWithoutLimitsHasNoWall(t *testing.T) {
	_, result := evaluatePreset(t, "batch")
	c := Compare(result, "")
	row := c.Rows[0]
	if row.Wall != "" || row.WallIndex() != -1 || row.Limited() || row.Headroom().Known() || row.Ceiling().Known() ||
		row.LostRevenue() > 1e-6*row.Totals.Revenue {
		t.Errorf("a plan without limits: wall %q at %d, headroom %v, %v lost", row.Wall, row.WallIndex(),
			row.Headroom(), row.LostRevenue())
	}
}
