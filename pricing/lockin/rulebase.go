package lockin

import (
	_ "embed" // rules.csv and facts.csv
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
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

// Rules are the 36 rules by id, read and validated from the embedded file.
func Rules() ([]Rule, error) {
	rows, err := table(rulesCSV, []string{"rule_id", "layer", "title", "facet_iso19941", "kind", "condition", "severity", "evidence_shown",
		"exit_cost_formula_usd", "time_formula_days", "params_defaults", "default_sources", "remedy"})
	if err != nil {
		return nil, fmt.Errorf("rules.csv: %w", err)
	}
	rules := make([]Rule, len(rows))
	for i, r := range rows {
		rules[i] = Rule{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12]}
		if want := fmt.Sprintf("L%02d", i+1); r[0] != want {
			return nil, fmt.Errorf("rules.csv: row %d is %q, want %s", i+2, r[0], want)
		}
		if err := rules[i].check(); err != nil {
			return nil, fmt.Errorf("rules.csv: %s: %w", r[0], err)
		}
	}
	if len(rules) != 36 {
		return nil, fmt.Errorf("rules.csv: %d rules, want 36", len(rules))
	}
	return rules, nil
}

func (r *Rule) check() error {
	if !slices.Contains([]string{"cloud", "model lab", "chip", "data", "contract", "API", "people"}, r.Layer) {
		return fmt.Errorf("unknown layer %q", r.Layer)
	}
	if r.Kind != "cost" && r.Kind != "indicator" {
		return fmt.Errorf("unknown kind %q", r.Kind)
	}
	for _, text := range []string{r.Title, r.When, r.Severity, r.Evidence, r.Cost, r.Time, r.Remedy} {
		if text == "" {
			return fmt.Errorf("a column is empty")
		}
	}
	return nil
}

// table reads a CSV text with exactly these columns.
func table(text string, header []string) ([][]string, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = len(header)
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) < 2 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("want the columns %s", strings.Join(header, ","))
	}
	return rows[1:], nil
}
