package lockin

import (
	_ "embed"
	"fmt"
	"sync"

	"headroom/pricing/facts"
)

// ModelVersion is the version of rules and formulas; it is saved with what they answer.
const ModelVersion = 1

// Rule is one rule of the base, as rules.csv states it.
type Rule struct {
	ID       string // "L01" to "L36"
	Layer    string // "cloud", "model lab", "chip", "data", "contract", "API", "people"
	Title    string
	Facet    string // of ISO/IEC 19941, from memory; "-": none
	Kind     string // "cost", or "indicator": carries no money of its own
	When     string // condition, in words
	Severity string // how severe, in words
	Evidence string // what to show
	Cost     string // formula, in words
	Time     string // formula, in days, in words
	Defaults string
	Sources  string // of the defaults
	Remedy   string
}

//go:embed rules.csv
var rulesCSV string

//go:embed facts.csv
var factsCSV string

// Rules are the 36 rules by id, read and validated once from the embedded file. They are shared: nobody changes them.
func Rules() ([]Rule, error) { return shippedRules() }

var shippedRules = sync.OnceValues(func() ([]Rule, error) { return readRules(rulesCSV) })

func readRules(text string) ([]Rule, error) {
	rules, err := facts.Read(facts.Table{File: "rules.csv", Text: text, Key: []string{"rule_id"}}, readRule)
	if err != nil {
		return nil, err
	}
	for i := range rules {
		if want := fmt.Sprintf("L%02d", i+1); rules[i].ID != want {
			return nil, fmt.Errorf("rules.csv: rule %d is %q, want %s", i+1, rules[i].ID, want)
		}
	}
	if len(rules) != 36 {
		return nil, fmt.Errorf("rules.csv: %d rules, want 36", len(rules))
	}
	return rules, nil
}

func readRule(r *facts.Row) Rule {
	return Rule{ID: r.Need("rule_id"), Title: r.Need("title"),
		Layer: r.OneOf("layer", "cloud", "model lab", "chip", "data", "contract", "API", "people"),
		Facet: r.Text("facet_iso19941"), Kind: r.OneOf("kind", "cost", "indicator"), When: r.Need("condition"),
		Severity: r.Need("severity"), Evidence: r.Need("evidence_shown"), Cost: r.Need("exit_cost_formula_usd"),
		Time: r.Need("time_formula_days"), Defaults: r.Text("params_defaults"), Sources: r.Text("default_sources"),
		Remedy: r.Need("remedy")}
}
