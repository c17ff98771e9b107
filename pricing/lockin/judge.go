package lockin

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"headroom/pricing"
	"headroom/pricing/words"
)

// Status of a rule.
type Status string

const (
	RuleFired  Status = "fired"
	RulePassed Status = "passed"
	CannotTell Status = "unknown" // an answer or a fact is missing; never counts as passed
)

// Outcome is one rule's answer.
type Outcome struct {
	Rule     string    `json:"rule"`
	Title    string    `json:"title"`
	Status   Status    `json:"status"`
	Missing  []string  `json:"missing,omitzero"` // what it would take
	Findings []Finding `json:"findings,omitzero"`
}

// Finding is a rule that fired. Cost and days are null when they are not known; indicator rules carry no cost.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Line     string   `json:"line,omitzero"`
	Evidence string   `json:"evidence"`
	Cost     Figure   `json:"cost"`
	Days     Figure   `json:"days"`
	Remedy   string   `json:"remedy"`
	// Doubts say which facts are from memory or too old; resting on those alone, critical is held at high.
	Doubts []string `json:"doubts,omitzero"`
	Held   bool     `json:"held_below_critical,omitzero"`
}

// verdictOf is what a check finds: findings, else what is missing, else nothing, which passes.
type verdictOf struct {
	findings []Finding
	missing  []string
}

// finding is a Finding without cost: indicator rules carry 0.
func finding(severity Severity, format string, args ...any) Finding {
	return Finding{Severity: severity, Evidence: fmt.Sprintf(format, args...), Cost: figure(new(big.Rat), moneyPlaces),
		Days: figure(new(big.Rat), daysPlaces)}
}

func (f Finding) costing(cost *big.Rat) Finding { f.Cost = figure(cost, moneyPlaces); return f }
func (f Finding) taking(days *big.Rat) Finding  { f.Days = figure(days, daysPlaces); return f }
func (f Finding) on(line string) Finding        { f.Line = line; return f }

// doubting holds a critical finding at high when any fact that it rests on is doubtful.
func (f Finding) doubting(doubts ...string) Finding {
	for _, d := range doubts {
		if d != "" && !slices.Contains(f.Doubts, d) {
			f.Doubts = append(f.Doubts, d)
		}
	}
	if len(f.Doubts) > 0 && f.Severity == Critical {
		f.Severity, f.Held = High, true
	}
	return f
}

func fires(list ...Finding) verdictOf   { return verdictOf{findings: list} }
func needs(missing ...string) verdictOf { return verdictOf{missing: missing} }
func passes() verdictOf                 { return verdictOf{} }

// checks are the 36 rules in the order of their ids.
func checks() []func(*view) verdictOf {
	return []func(*view) verdictOf{
		sellerShare, component("L02"), residencyRule, oneRegion, component("L05"), infraRule, oneSeller,
		labShare, retiring,
		previewRule, supplyCut, tuned, tuningCloses, chipShare, artefacts, gpuReserved, component("L17"),
		vectorStore, stateRule,
		licenceRule, component("L21"), component("L22"), component("L23"), cacheEconomics, component("L25"),
		component("L26"), creditsRule,
		exclusiveRule, component("L29"), marketplace, priceGuarantee, clausesRule, skillsRule, vendorRun,
		rehearsed, component("L36"),
	}
}

// judge asks every rule.
func (v *view) judge(rules []Rule) []Outcome {
	checks := checks()
	list := make([]Outcome, len(rules))
	for i, r := range rules {
		found := checks[i](v)
		o := Outcome{Rule: r.ID, Title: r.Title, Status: RulePassed, Missing: found.missing, Findings: found.findings}
		switch {
		case len(found.findings) > 0:
			o.Status = RuleFired
		case len(found.missing) > 0:
			o.Status = CannotTell
		}
		for j := range o.Findings {
			o.Findings[j].Rule, o.Findings[j].Remedy = r.ID, r.Remedy
		}
		slices.SortStableFunc(o.Findings, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
		list[i] = o
	}
	return list
}

// annualSpend is that of the seller that is left.
func (v *view) annualSpend() *big.Rat { return v.a.Exit.AnnualSpend.value }

// costly is a cost rule: severity by cost, and nothing without one.
func (v *view) costly(cost, days *big.Rat, format string, args ...any) verdictOf {
	severity := byCost(cost, v.annualSpend())
	if severity == "" {
		return passes()
	}
	return fires(finding(severity, format, args...).costing(cost).taking(days))
}

// component is a rule whose cost is a component of the exit.
func component(rule string) func(*view) verdictOf {
	return func(v *view) verdictOf {
		if missing := v.gaps[rule]; len(missing) > 0 {
			return needs(missing...)
		}
		cost, _ := v.a.Exit.Components.Get(rule)
		found := v.costly(cost.value, new(big.Rat), "%s", v.evidence(rule))
		for i := range found.findings {
			found.findings[i].Days = v.daysOf(rule)
		}
		return found
	}
}

// daysOf is the time that a component takes by itself; unknown when the pace is.
func (v *view) daysOf(rule string) Figure {
	if len(v.gaps["time"]) > 0 && rule != "L25" && rule != "L26" && rule != "L36" {
		return Figure{}
	}
	e := v.in.effort()
	people := func(days *big.Rat) Figure {
		return figure(quo(mul(days, frac(7, 5)), rat(v.in.Exit.Time.Engineers)), daysPlaces)
	}
	switch rule {
	case "L02":
		return v.a.Time.Data
	case "L17":
		return v.a.Time.Embedding
	case "L05":
		return people(e.services)
	case "L21":
		return people(e.agents)
	case "L22":
		return people(e.integrations)
	case "L23":
		return people(e.prompts)
	case "L29":
		return figure(rat(v.in.Exit.Time.NoticeDays), daysPlaces)
	case "L36":
		return figure(rat(v.in.Exit.ParallelRunDays), daysPlaces)
	}
	return figure(new(big.Rat), daysPlaces)
}

// evidence is what a component was computed from.
func (v *view) evidence(rule string) string {
	x, w, d := &v.in.Exit, &v.in.Exit.Work, &v.in.Params.Days
	day := v.in.engineerDay().FloatString(2)
	each := func(what string, days pricing.Number) string { return what + ", " + or0(days) + " days each at " + day }
	switch rule {
	case "L02":
		return fmt.Sprintf("%s GB leave %s, %s free; basis %s; list price %s", thousands(x.Egress.GB),
			v.market.sellerName(x.Seller), or0(x.Egress.FreeGB), strings.ReplaceAll(v.a.Exit.EgressBasis, "_", " "),
			v.a.Exit.EgressList)
	case "L05":
		return each(counting(w.Services, "service", "services"), d.Service)
	case "L12":
		return fmt.Sprintf("%s, %s tokens, %s epochs at %s per million; %s",
			counting(x.FineTune.Models, "tuned model", "tuned models"), thousands(x.FineTune.Tokens),
			x.FineTune.Epochs, x.FineTune.PerMTokens, v.known(x.Seller, "ft_weight_export"))
	case "L17":
		return fmt.Sprintf("%s tokens to embed again at %s per million", thousands(x.Embedding.Tokens),
			x.Embedding.PerMTokens)
	case "L21":
		return each(counting(w.Agents, "agent", "agents"), d.Agent)
	case "L22":
		return each(counting(w.Integrations, "integration", "integrations")+" without a gateway", d.Integration)
	case "L23":
		return fmt.Sprintf("%s and %s, %s and %s days each at %s", counting(w.Prompts, "prompt", "prompts"),
			counting(w.EvalSuites, "evaluation suite", "evaluation suites"), or0(d.Prompt), or0(d.EvalSuite), day)
	case "L25":
		return fmt.Sprintf("commitment left %s, spend kept %s", x.CommitRemaining, or0(x.RetainedSpend))
	case "L26":
		return fmt.Sprintf("%d reservations outlive the exit on %s", len(x.Provisioned), x.ExitDate)
	case "L29":
		return fmt.Sprintf("fee %s, notice %s days; a proportionate fee stays lawful under the Data Act",
			x.TerminationFee, or0(x.Time.NoticeDays))
	default:
		return fmt.Sprintf("%s days in parallel, %s of the spend paid twice", x.ParallelRunDays, x.ParallelOverlap)
	}
}

// counting is a number of things in words.
func counting(n pricing.Number, one, many string) string {
	if n.Float() == 1 { // however it was typed: "1.0"
		return words.Plural(1, one, many)
	}
	return thousands(n) + " " + many
}

// thousands sets commas in a number that is written plainly; "0" when it was not stated.
func thousands(n pricing.Number) string { return words.Group(or0(n)) }

// or0 is a number as text; "0" when it was not stated.
func or0(n interface{ String() string }) string { return cmp.Or(n.String(), "0") }

func list(items []string) string { return strings.Join(items, ", ") }
