package lockin

import (
	"os"
	"strings"
	"testing"
)

func TestTheWorkedExampleOfTheDocumentIsTrue(t *testing.T) {
	text, err := os.ReadFile("../../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, ok := strings.Cut(string(text), "### Lock-in by example")
	if !ok {
		t.Fatal("docs/model.md has no example of lock-in")
	}
	example, _, _ = strings.Cut(example, "\n## ")
	documented := map[string]string{}
	for line := range strings.SplitSeq(example, "\n") {
		if cells := strings.Split(line, "|"); len(cells) == 5 && strings.ContainsAny(cells[3], "0123456789") {
			documented[strings.TrimSpace(cells[1])] = strings.ReplaceAll(strings.TrimSpace(cells[3]), ",", "")
		}
	}
	a := Assess(parsed(t, readVector(t, 1).Input))
	component := func(rule string) Figure {
		cost, _ := a.Exit.Components.Get(rule)
		return cost
	}
	for what, got := range map[string]Figure{
		"HHI of chips": a.Concentration.Chip.HHI, "L25 commitment": component("L25"),
		"L26 reservation": component("L26"), "L02 egress": component("L02"),
		"engineer-days": a.Exit.EngineerDays, "L36 parallel run": component("L36"), "cash cost": a.Exit.CashCost,
		"ratio": a.Exit.SwitchingRatio,
		"days":  a.Time.TimeToExit, "C": a.Scores.Concentration, "K": a.Scores.SwitchingCost, "T": a.Scores.Time,
		"U": a.Scores.NonSubstitutability, "index": a.Index,
	} {
		want := documented[what]
		if !strings.Contains(want, ".") && strings.Contains(got.String(), ".") {
			want += ".00"
		}
		if got.String() != want {
			t.Errorf("%s: the document says %q, the assessment %s", what, want, got)
		}
		delete(documented, what)
	}
	if len(documented) > 0 {
		t.Errorf("figures of the document that nothing checks: %v", documented)
	}
}
