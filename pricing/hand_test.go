package pricing

import (
	"context"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestTheLimitsByHandInTheDocumentAreTrue reads the results of the document's table of limits and finds them in the
// results.
func TestTheLimitsByHandInTheDocumentAreTrue(t *testing.T) {
	text, err := os.ReadFile("../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "## Limits by hand")
	table, _, _ = strings.Cut(table, "\n## ")
	var documented []float64
	for _, match := range regexp.MustCompile(`= ([0-9,.]+) users`).FindAllStringSubmatch(table, -1) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(match[1], ",", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		documented = append(documented, v)
	}
	month := func(file string, m int) MonthResult {
		_, plan := readVector(t, file)
		result, err := Evaluate(context.Background(), plan, nil)
		if err != nil {
			t.Fatal(err)
		}
		return result.Alternatives[0].Months[m]
	}
	ceiling := func(m MonthResult, id string) float64 {
		v, _ := m.Ceilings.Get(id)
		return float64(v)
	}
	got := []float64{
		ceiling(month("growth-01-quota-then-budget.json", 0), "quota_tpm:azure-std"),
		ceiling(month("growth-01-quota-then-budget.json", 0), "budget:plan"),
		ceiling(month("growth-02-ptu-spillover.json", 3), "quota_tpm:gpt-5.2-dz-std"),
		month("growth-06-unsatisfiable-unrouted.json", 2).UsersServed,
	}
	if len(documented) != len(got) {
		t.Fatalf("the document has %d figures, want %d", len(documented), len(got))
	}
	for i := range got {
		if math.Abs(got[i]-documented[i]) > 5e-4 {
			t.Errorf("the document says %v, the evaluation %v", documented[i], got[i])
		}
	}
}

// Every derivation of the worked examples comes to the figure of the result, whatever binds.
func TestADerivationOfALimitedPlanComesToItsFigure(t *testing.T) {
	for _, file := range []string{"growth-01-quota-then-budget.json", "growth-02-ptu-spillover.json",
		"growth-03-commit-credit-pricechange.json",
		"growth-04-gpu-delivery-and-power.json", "growth-06-unsatisfiable-unrouted.json"} {
		_, plan := readVector(t, file)
		result, err := Evaluate(context.Background(), plan, nil)
		if err != nil {
			t.Fatal(err)
		}
		row := Compare(result, "").Rows[0]
		for m, month := range row.Months {
			for figure, want := range map[string]Figure{"cost": Figure(month.AccrualCost),
				"requests": Figure(month.Requests), "revenue": Figure(month.Revenue),
				"gross_margin": month.GrossMargin, "cost_per_user": month.CostPerUser} {
				d, err := Explain(plan, nil, result, row.ID, figure, month.Month.String())
				if err != nil || !near(float64(d.Result), float64(want)) {
					t.Errorf("%s %s in month %d: the derivation comes to %v, the figure is %v (%v)",
						file, figure, m, d.Result, want, err)
				}
				if figure == "cost" && !near(sumOfCosts(d), float64(month.AccrualCost)) {
					t.Errorf("%s cost in month %d: the steps add up to %v, the figure is %v", file, m,
						sumOfCosts(d), month.AccrualCost)
				}
			}
		}
	}
}

// sumOfCosts adds up the steps of a cost: routes, spill and lots, less the discount, with the shortfall.
func sumOfCosts(d Derivation) float64 {
	sum := 0.0
	for _, s := range d.Steps {
		routed := strings.HasPrefix(s.Label, "cost of ") && (strings.Contains(s.Label, " at ") ||
			strings.Contains(s.Label, " spilled to ") || strings.Contains(s.Label, " which no offer names"))
		switch {
		case routed, strings.HasPrefix(s.Label, "fixed cost of "), s.Label == "shortfall":
			sum += float64(s.Value)
		case s.Label == "discount":
			sum -= float64(s.Value)
		}
	}
	return sum
}
