package lockin

import (
	"fmt"
	"slices"
	"strings"

	"headroom/pricing/catalog"
)

// Derivation opens a figure of an assessment: the formula, the numbers in it, and where they come from.
type Derivation struct {
	Title, Formula string
	Steps          []Step
	Result         string
	Unit           string
}

// Step is one line of a derivation.
type Step struct {
	Label, Expression, Value string
	Source                   string // "this plan", "assumed", or a page
	AsOf                     string // a day; "" for none
	Note                     string // why the value is not sure
}

// Explain opens a figure: "index", "concentration", "switching_cost", "time", "substitutes", "seller_hhi", "lab_hhi",
// "chip_hhi", "chip_stress", "cash_cost", "days", "annual_spend", or the rule of a component. False for another word,
// and for an alternative without spend.
func (a *Alternative) Explain(name string) (Derivation, bool) {
	if a.Assessment.Note != "" {
		return Derivation{}, false
	}
	opened := map[string]func() Derivation{
		"index": a.explainIndex, "concentration": a.explainConcentration, "switching_cost": a.explainSwitching,
		"time":        a.explainTimeScore,
		"substitutes": a.explainSubstitutes, "cash_cost": a.explainCash, "days": a.explainDays,
		"annual_spend": a.explainSpend,
		"seller_hhi":   func() Derivation { return a.explainLayer("sellers", &a.Assessment.Concentration.Seller) },
		"lab_hhi":      func() Derivation { return a.explainLayer("labs", &a.Assessment.Concentration.Lab) },
		"chip_hhi":     func() Derivation { return a.explainLayer("chip vendors", &a.Assessment.Concentration.Chip) },
		"chip_stress": func() Derivation {
			d := a.explainChips("Stress HHI of chip vendors", a.Assessment.Concentration.Chip.StressHHI.String())
			d.Formula = "the largest HHI when one vendor takes the whole of every line that can run on it and " +
				"discloses no shares"
			return d
		},
	}
	if open, ok := opened[name]; ok {
		return open(), true
	}
	if cost, ok := a.Assessment.Exit.Components.Get(name); ok {
		return a.explainComponent(name, cost), true
	}
	return Derivation{}, false
}

func (a *Alternative) explainIndex() Derivation {
	s, w := &a.Assessment.Scores, &a.Weights
	d := Derivation{Title: "Lock-in index", Formula: "the weighted mean of the four parts; below 25 low, below 50 " +
		"guarded, below 75 high, else severe",
		Result: a.Assessment.Index.String(), Unit: "of 100, " + a.Assessment.Band}
	for _, part := range []struct {
		label         string
		score, weight Figure
	}{{"Concentration", s.Concentration, w.Concentration}, {"Exit cost", s.SwitchingCost, w.SwitchingCost},
		{"Time", s.Time, w.Time}, {"Substitutes", s.NonSubstitutability, w.NonSubstitutability}} {
		d.Steps = append(d.Steps, Step{Label: part.label, Expression: "weight " + trimmed(part.weight),
			Value: part.score.String(), Source: "a judgement of this product; the plan can change it"})
	}
	return d
}

// trimmed is a figure without zeros at its end: "0.25", "0.4".
func trimmed(f Figure) string {
	if text := f.String(); strings.Contains(text, ".") {
		return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return f.String()
}

func (a *Alternative) explainConcentration() Derivation {
	c, w := &a.Assessment.Concentration, &a.Weights
	d := Derivation{Title: "Concentration", Formula: "100 × sum of weight × h, h = (HHI − 2,500) / 7,500, from 0 to " +
		"1: four equal suppliers score 0",
		Result: a.Assessment.Scores.Concentration.String(), Unit: "of 100"}
	for _, l := range []struct {
		label  string
		layer  *Layer
		weight Figure
	}{{"Sellers", &c.Seller, w.Seller}, {"Labs", &c.Lab, w.Lab}, {"Chip vendors", &c.Chip, w.Chip}} {
		d.Steps = append(d.Steps,
			Step{Label: l.label + ", h", Expression: fmt.Sprintf("(%s − 2,500) / 7,500, weight %s", l.layer.HHI,
				trimmed(l.weight)), Value: excess(l.layer.HHI).FloatString(ratioPlaces)})
	}
	return d
}

func (a *Alternative) explainSwitching() Derivation {
	x := &a.Assessment.Exit
	return Derivation{Title: "Exit cost as a part of the index", Formula: "100 × cash cost / a year's spend with the " +
		"seller, at most 100",
		Result: a.Assessment.Scores.SwitchingCost.String(), Unit: "of 100", Steps: []Step{
			{Label: "Cash cost of the exit", Value: x.CashCost.String(), Note: a.unknownComponents()},
			{Label: "A year with " + a.view.market.sellerName(x.Seller), Value: x.AnnualSpend.String()},
			{Label: "Ratio", Value: x.SwitchingRatio.String()},
		}}
}

// unknownComponents says what keeps a sum from being known.
func (a *Alternative) unknownComponents() string {
	var rules []string
	for i := range a.Assessment.Exit.Components {
		if c := &a.Assessment.Exit.Components[i]; !c.Cost.Known() {
			rules = append(rules, c.Rule)
		}
	}
	if len(rules) == 0 {
		return ""
	}
	return "not known: " + list(rules)
}

func (a *Alternative) explainTimeScore() Derivation {
	return Derivation{Title: "Time as a part of the index", Formula: "100 × (days − 30) / 180, from 0 to 100: the " +
		"Data Act's 30 days of transition score 0, its ceiling of seven months 100",
		Result: a.Assessment.Scores.Time.String(), Unit: "of 100",
		Steps: []Step{{Label: "Time to exit", Value: a.Assessment.Time.TimeToExit.String(),
			Note: list(a.view.gaps["time"])}}}
}

func (a *Alternative) explainSubstitutes() Derivation {
	s := &a.Assessment.Substitutability
	limits := a.view.in.limits()
	d := Derivation{Title: "Substitutes as a part of the index", Formula: "100 × (1 − (share with another seller + " +
		"share with another lab) / 2)",
		Result: a.Assessment.Scores.NonSubstitutability.String(), Unit: "of 100", Steps: []Step{
			{Label: "Spend that another seller could take", Value: s.SellerReplaceable.String() + " %"},
			{Label: "Spend that another lab could take", Value: s.LabReplaceable.String() + " %"},
			{Label: "To qualify", Expression: "every need met, at most " + limits.price.FloatString(2) +
				" of today's price, at least " + limits.quality.FloatString(2) + " as good in your own evaluation",
				Value: "all three"},
		}}
	for _, l := range s.PerLine {
		d.Steps = append(d.Steps,
			Step{Label: l.Line, Value: fmt.Sprintf("%d sellers, %d labs", l.OtherSellers, l.OtherLabs),
				Source: "price snapshot"})
	}
	return d
}

func (a *Alternative) explainCash() Derivation {
	x := &a.Assessment.Exit
	d := Derivation{Title: "Cash cost of leaving " + a.view.market.sellerName(x.Seller),
		Formula: "the sum of its components; credits are not cash", Result: x.CashCost.String(),
		Unit: a.view.plan.BaseCurrency()}
	for i := range x.Components {
		c := &x.Components[i]
		d.Steps = append(d.Steps, Step{Label: c.Rule + " " + a.title(c.Rule), Value: c.Cost.String(),
			Note: list(a.view.gaps[c.Rule])})
	}
	return d
}

func (a *Alternative) explainDays() Derivation {
	t := &a.Assessment.Time
	d := Derivation{Title: "Time to exit", Formula: "max(notice, approval + the longest of engineering, data, " +
		"embeddings and capacity + parallel run), rounded up once",
		Result: t.TimeToExit.String(), Unit: "days"}
	for _, p := range a.Path() {
		days := p.Days()
		d.Steps = append(d.Steps, Step{Label: p.Name, Value: days.String(), Source: thisPlan})
	}
	if !t.TimeToExit.Known() {
		d.Steps = append(d.Steps, Step{Label: "Not answered yet", Value: Unknown, Note: list(a.view.gaps["time"])})
	}
	a.addAssumed(&d, exitPath+"time.", exitPath+"parallel_run_days")
	return d
}

// addAssumed lists what was taken for answers that the plan does not state.
func (a *Alternative) addAssumed(d *Derivation, prefixes ...string) {
	for _, n := range a.Assumed {
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(n.Path, p) }) {
			value, _, _ := strings.Cut(n.Message, ":")
			d.Steps = append(d.Steps, Step{Label: n.Path, Value: value, Source: "assumed", Note: n.Message})
		}
	}
}

func (a *Alternative) explainSpend() Derivation {
	first, last := a.Months()
	d := Derivation{Title: "A year of spend", Formula: "list cost of the whole months in the twelve before the exit, " +
		"times 12 / months when they are fewer",
		Result: a.Assessment.TotalAnnualSpend.String(), Unit: a.view.plan.BaseCurrency()}
	for i := range a.Lines {
		l := &a.Lines[i]
		d.Steps = append(d.Steps, Step{Label: l.ID, Expression: first + " to " + last, Value: l.AnnualSpend.String(),
			Source: thisPlan})
	}
	return d
}

func (a *Alternative) explainLayer(what string, layer *Layer) Derivation {
	if what == "chip vendors" {
		return a.explainChips("HHI of chip vendors", layer.HHI.String())
	}
	d := Derivation{Title: "HHI of " + what, Formula: "the sum of the squares of the shares in per cent, 0 to 10,000",
		Result: layer.HHI.String()}
	for _, s := range layer.Shares {
		d.Steps = append(d.Steps, Step{Label: s.ID, Expression: s.Pct.String() + " %, squared",
			Value: mul(s.Pct.value, s.Pct.value).FloatString(2)})
	}
	return d
}

// explainChips tells each line's vendors with the fact that names them.
func (a *Alternative) explainChips(title, result string) Derivation {
	d := Derivation{Title: title, Formula: "the sum of the squares of the shares in per cent; where a seller " +
		"discloses no shares, its line is split equally over the vendors it names", Result: result}
	for i := range a.view.lines {
		l := &a.view.lines[i]
		step := Step{Label: l.ID, Value: or1(list(l.Chips), Unknown), Expression: figure(spendOf(l), moneyPlaces).
			String() + " a year", Source: thisPlan}
		if f := l.chipFact; f != nil {
			step.Source, step.AsOf, step.Note = f.Source, dayText(f.AsOf), f.Doubt(a.view.market.today)
		} else if len(l.Chips) == 0 {
			step.Source, step.Note = "", "nobody names them: one vendor of its own"
		}
		d.Steps = append(d.Steps, step)
	}
	for _, s := range a.Assessment.Concentration.Chip.Shares {
		d.Steps = append(d.Steps, Step{Label: s.ID, Expression: s.Pct.String() + " %, squared",
			Value: mul(s.Pct.value, s.Pct.value).FloatString(2)})
	}
	return d
}

// dayText is a date that is a whole day; others are said in words beside the fact.
func dayText(asOf string) string {
	if _, err := catalog.ParseDate(asOf); err != nil {
		return ""
	}
	return asOf
}

// explainComponent tells what a component was computed from, what was assumed and what is missing.
func (a *Alternative) explainComponent(rule string, cost Figure) Derivation {
	v := a.view
	d := Derivation{Title: rule + " " + a.title(rule), Result: cost.String(), Unit: v.plan.BaseCurrency()}
	for _, r := range v.rules {
		if r.ID == rule {
			d.Formula = r.Cost
		}
	}
	if cost.Known() {
		d.Steps = append(d.Steps, Step{Label: "Computed from", Expression: v.evidence(rule), Value: cost.String(),
			Source: thisPlan})
	}
	for _, path := range v.gaps[rule] {
		d.Steps = append(d.Steps, Step{Label: path, Value: Unknown, Note: "not answered yet"})
	}
	switch rule {
	case "L02":
		a.addFact(&d, "egress_tiers", "free_egress_on_exit", "eu_parallel_transfer")
	case "L12":
		a.addFact(&d, "ft_weight_export")
	case "L25", "L26":
		a.addFact(&d, "commitment", "commitment_exit")
		a.addAssumed(&d, exitPath+"commit_remaining", exitPath+"retained_spend", exitPath+"provisioned")
	case "L36":
		a.addAssumed(&d, exitPath+"parallel_")
	default:
		a.addAssumed(&d, "dependencies.params.engineer_day")
	}
	return d
}

// addFact lists what is on file about the seller that is left.
func (a *Alternative) addFact(d *Derivation, fields ...string) {
	for _, field := range fields {
		for _, f := range a.view.facts.Of(a.view.in.Exit.Seller, field) {
			d.Steps = append(d.Steps, Step{Label: strings.ReplaceAll(field, "_", " "), Expression: f.Value,
				Value: "on file", Source: f.Source, AsOf: dayText(f.AsOf), Note: f.Doubt(a.view.market.today)})
		}
	}
}
