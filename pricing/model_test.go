package pricing

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// documented reads the last column of the worked example in docs/model.md by its first.
func documented(t *testing.T) map[string]float64 {
	t.Helper()
	text, err := os.ReadFile("../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, ok := strings.Cut(string(text), "## A worked example")
	if !ok {
		t.Fatal("docs/model.md has no worked example")
	}
	figures := map[string]float64{}
	for line := range strings.SplitSeq(example, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 {
			continue
		}
		if v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(cells[3]), ",", ""), 64); err == nil {
			figures[strings.TrimSpace(cells[1])] = v
		}
	}
	return figures
}

func TestTheWorkedExampleOfTheDocumentIsTrue(t *testing.T) {
	plan, result := evaluatePreset(t, "chatbot")
	month := result.Alternatives[0].Months[0]
	amount := func(list Amounts, id string) float64 {
		v, _ := list.Get(id)
		return float64(v)
	}
	d, err := Explain(plan, shipped(t), result, "azure", "cost", "2027-01")
	if err != nil {
		t.Fatal(err)
	}
	unit := 0.0
	for i, s := range d.Steps {
		if s.Label == "requests of chat at GPT-5.4 on Azure AI Foundry" {
			unit = float64(d.Steps[i+1].Value)
		}
	}
	figures := documented(t)
	for what, got := range map[string]float64{
		"chat requests":                     amount(month.WorkloadRequests, "chat"),
		"one chat request on Azure GPT-5.4": unit,
		"chat cost":                         amount(month.WorkloadCosts, "chat"),
		"agent cost":                        amount(month.WorkloadCosts, "agent"),
		"summaries cost, all batch at half price": amount(month.WorkloadCosts, "summaries"),
		"list cost":               month.ListCost,
		"revenue":                 month.Revenue,
		"gross margin":            float64(month.GrossMargin),
		"cost per 1,000 requests": float64(month.CostPer1kRequests),
	} {
		want, ok := figures[what]
		if !ok || math.Abs(got-want) > 5e-7*max(1, math.Abs(want)) {
			t.Errorf("%s: the document says %v, the evaluation %v", what, want, got)
		}
		delete(figures, what)
	}
	if len(figures) > 0 {
		t.Errorf("figures of the document that nothing checks: %v", figures)
	}
}
