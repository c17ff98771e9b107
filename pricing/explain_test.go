package pricing

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"headroom/pricing/calendar"
)

// evaluatePreset answers a preset with the shipped prices.
func evaluatePreset(t testing.TB, id string) (*Plan, *Result) {
	t.Helper()
	preset, ok := PresetByID(id)
	if !ok {
		t.Fatalf("no preset %s", id)
	}
	plan, err := ParsePlan(preset.Plan)
	if err != nil {
		t.Fatal(err)
	}
	result, err := Evaluate(context.Background(), plan, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	return plan, result
}

// figureOf is the figure that a page shows, taken from the result and the comparison.
func figureOf(t *testing.T, row ComparisonRow, figure string, m int) Figure {
	t.Helper()
	month := row.Months[max(m, 0)]
	monthly := map[string]Figure{"cost": Figure(month.AccrualCost), "requests": Figure(month.Requests),
		"revenue":              Figure(month.Revenue),
		"cost_per_1k_requests": month.CostPer1kRequests, "cost_per_user": month.CostPerUser,
		"gross_margin":     month.GrossMargin,
		"cost_first_month": Figure(row.FirstMonth), "cost_last_month": Figure(row.LastMonth),
		"users_served": Figure(month.UsersServed)}
	total := map[string]Figure{"cost": Figure(row.Cost), "requests": Figure(row.Requests),
		"revenue":        Figure(row.Totals.Revenue),
		"cost_per_month": Figure(row.PerMonth), "cost_per_year": Figure(row.PerYear),
		"cost_first_month": Figure(row.FirstMonth),
		"cost_last_month":  Figure(row.LastMonth), "cost_per_1k_requests": row.Per1kRequests,
		"cost_per_user": row.PerUserMonth,
		"gross_margin":  row.GrossMargin, "difference": row.Difference, "relative": row.Relative,
		"per_month_difference": row.PerMonthDifference, "per_year_difference": row.PerYearDifference,
		"per_1k_difference": row.Per1kDifference, "per_1k_relative": row.Per1kRelative,
		"margin_difference": row.MarginDifference,
		"users_served":      Figure(row.FinalUsers), "revenue_behind_wall": Figure(row.LostRevenue()),
		"ceiling":  row.Ceiling(),
		"headroom": row.Headroom(), "max_growth": Figure(growthOf(t, row))}
	figures := total
	if m >= 0 {
		figures = monthly
	}
	value, ok := figures[figure]
	if !ok {
		t.Fatalf("no figure %s", figure)
	}
	return value
}

func TestADerivationComesToTheFigureThatIsShown(t *testing.T) {
	for _, preset := range []string{"chatbot", "rag", "agent", "batch", "code"} {
		plan, result := evaluatePreset(t, preset)
		comparison := Compare(result, "")
		for _, row := range comparison.Rows {
			for _, figure := range ExplainedFigures() {
				checkDerivation(t, plan, result, row, figure, -1)
			}
			for _, figure := range []string{"cost", "requests", "revenue", "cost_per_1k_requests", "cost_per_user",
				"gross_margin", "users_served"} {
				checkDerivation(t, plan, result, row, figure, 7)
			}
		}
	}
}

func checkDerivation(t *testing.T, plan *Plan, result *Result, row ComparisonRow, figure string, m int) {
	t.Helper()
	month := ""
	if m >= 0 {
		month = row.Months[m].Month.String()
	}
	d, err := Explain(plan, shipped(t), result, row.ID, figure, month)
	if err != nil {
		t.Fatalf("%s %s %s: %v", row.ID, figure, month, err)
	}
	if want := figureOf(t, row, figure, m); (d.Result.Known() || want.Known()) &&
		!near(float64(d.Result), float64(want)) {
		t.Errorf("%s %s %s: the derivation comes to %v, the figure is %v", row.ID, figure, month, d.Result, want)
	}
	if d.Title == "" || d.Formula == "" || len(d.Steps) == 0 {
		t.Errorf("%s %s %s: the derivation says nothing: %+v", row.ID, figure, month, d)
	}
}

func TestTheCostOfAMonthAddsUpAndNamesItsPrices(t *testing.T) {
	plan, result := evaluatePreset(t, "chatbot")
	d, err := Explain(plan, shipped(t), result, "azure", "cost", "2027-01")
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, s := range d.Steps {
		if strings.HasPrefix(s.Label, "cost of ") && strings.Contains(s.Label, " at ") {
			sum += float64(s.Value)
		}
	}
	if !near(sum, float64(d.Result)) || math.Abs(sum-102870) > 0.5 {
		t.Errorf("the routes add up to %v, the derivation to %v; the mock has 102,870", sum, d.Result)
	}
	i := slices.IndexFunc(d.Steps,
		func(s Step) bool { return s.Label == "output price of GPT-5.4 on Azure AI Foundry" })
	if i < 0 {
		t.Fatal("the output price of the chat offer is not listed")
	}
	price := d.Steps[i]
	if price.Exact != "15" || price.AsOf == "" || price.Source == "" || price.Status != "in force" ||
		price.Unit != "USD per 1M tokens" {
		t.Errorf("the price is not told with its source: %+v", price)
	}
}

func TestTheCostOfAllMonthsBeginsWithWhatEveryOfferComesTo(t *testing.T) {
	plan, result := evaluatePreset(t, "chatbot")
	d, err := Explain(plan, shipped(t), result, "azure", "cost", "")
	if err != nil {
		t.Fatal(err)
	}
	sum, offers := 0.0, 0
	for offers < len(d.Steps) && strings.HasSuffix(d.Steps[offers].Label, ", all months") {
		sum += float64(d.Steps[offers].Value)
		offers++
	}
	if offers == 0 || !near(sum, float64(d.Result)) {
		t.Errorf("%d offers add up to %v, the derivation to %v", offers, sum, d.Result)
	}
	for _, step := range d.Steps[:offers] {
		if !strings.Contains(step.Label, " on ") {
			t.Errorf("%q does not name the model and its seller", step.Label)
		}
	}
}

func TestExplainRefusesWhatTheResultDoesNotHave(t *testing.T) {
	plan, result := evaluatePreset(t, "chatbot")
	for _, tc := range []struct {
		name, alternative, figure, month string
		want                             error
	}{
		{"an unknown figure", "azure", "beauty", "", ErrFigure},
		{"an unknown alternative", "mars", "cost", "", ErrAlternative},
		{"a month outside the plan", "azure", "cost", "2031-01", ErrMonth},
		{"a figure that a month does not have", "azure", "cost_per_year", "2027-02", ErrFigure},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := Explain(plan, shipped(t), result, tc.alternative, tc.figure, tc.month); !errors.Is(
				err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestASumFoldsItsMonthsIn(t *testing.T) {
	plan, result := evaluatePreset(t, "chatbot")
	for _, figure := range []string{"cost", "revenue", "requests", "revenue_behind_wall"} {
		d, err := Explain(plan, shipped(t), result, "azure", figure, "")
		if err != nil {
			t.Fatal(err)
		}
		sums := 0
		for _, step := range d.Steps {
			if _, err := calendar.ParseMonth(step.Label); err == nil {
				t.Errorf("%s: the month %s stands among the steps", figure, step.Label)
			}
			sum := 0.0
			for _, part := range step.Parts {
				sum += float64(part.Value)
			}
			if len(step.Parts) == 0 {
				continue
			}
			if sums++; !near(sum, float64(step.Value)) {
				t.Errorf("%s: the months of %q add up to %v, it says %v", figure, step.Label, sum, step.Value)
			}
		}
		if sums == 0 {
			t.Errorf("%s: no step shows its months", figure)
		}
	}
}

// product is what an expression of numbers, "×" and words comes to: "9,855,000 × 0.0087375", "54,000 users × 365 / 12
// days".
func product(t *testing.T, expression string) float64 {
	t.Helper()
	result := 1.0
	for _, factor := range strings.Split(expression, " × ") {
		words := strings.Fields(strings.ReplaceAll(factor, ",", ""))
		value, err := strconv.ParseFloat(words[0], 64)
		if err != nil {
			t.Fatalf("%q in %q: %v", factor, expression, err)
		}
		if len(words) > 2 && words[1] == "/" {
			divisor, err := strconv.ParseFloat(words[2], 64)
			if err != nil {
				t.Fatalf("%q in %q: %v", factor, expression, err)
			}
			value /= divisor
		}
		if len(words) > 1 && words[1] == "%" {
			value /= 100
		}
		result *= value
	}
	return result
}

func TestASmallUnitCostIsWrittenOut(t *testing.T) {
	for v, want := range map[float64]string{5e-7: "0.0000005", 1.25e-9: "0.00000000125", 0.0047: "0.0047",
		1234.5: "1234.5"} {
		if got := plainDigits(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
		if got := strings.ReplaceAll(num(v), ",", ""); got != want {
			t.Errorf("%v is multiplied as %s, and shown as %s", v, got, want)
		}
	}
}

func TestAPrintedProductComesToThePrintedFigure(t *testing.T) {
	plan, result := evaluatePreset(t, "chatbot")
	d, err := Explain(plan, shipped(t), result, "azure", "cost", "2027-01")
	if err != nil {
		t.Fatal(err)
	}
	unit, products := "", 0
	for _, step := range d.Steps {
		switch {
		case strings.HasPrefix(step.Label, "cost of one "):
			unit = step.Exact
		case strings.HasPrefix(step.Label, "cost of "):
			if !strings.HasSuffix(step.Expression, " × "+unit) {
				t.Errorf("%s multiplies %q, the unit cost above it is shown as %q", step.Label, step.Expression, unit)
			}
			fallthrough
		case strings.HasPrefix(step.Label, "requests of "):
			if products++; !near(product(t, step.Expression), float64(step.Value)) {
				t.Errorf("%s: %q comes to %v, the step says %v", step.Label, step.Expression,
					product(t, step.Expression), step.Value)
			}
			if strings.Contains(step.Expression, "30.41") || strings.Contains(step.Expression, "1 share") {
				t.Errorf("%s: %q is not plain", step.Label, step.Expression)
			}
		}
	}
	if products == 0 {
		t.Error("nothing is multiplied")
	}
}
