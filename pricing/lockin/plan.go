package lockin

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// PlanAnswer is the answer of `headroom lockin` to a plan.
type PlanAnswer struct {
	Currency        string        `json:"currency"` // of every figure, whatever its name says
	AsOf            calendar.Day  `json:"as_of"`
	CatalogSnapshot string        `json:"catalog_snapshot"`
	ModelVersion    int           `json:"model_version"`
	Alternatives    []Alternative `json:"alternatives"`
}

// Alternative is one alternative's lock-in.
type Alternative struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Assessment *Assessment  `json:"assessment"`
	RulesFired []Finding    `json:"rules_fired"` // by rule and line
	Rules      []Outcome    `json:"rules"`       // all 36, those that passed and those that cannot be computed too
	Lines      []LineAnswer `json:"lines"`
	Weights    WeightsUsed  `json:"weights"`
	Assumed    []Note       `json:"assumed"`
	Missing    []Note       `json:"missing"`

	view *view // for what is only asked now and then
}

// MarshalJSON adds what is worked out only when it is asked for: deadlines, and each seller out for a day.
func (a Alternative) MarshalJSON() ([]byte, error) {
	type plain Alternative
	return json.Marshal(struct {
		plain
		Deadlines []Deadline `json:"deadlines"`
		Outages   []Outage   `json:"outages"`
	}{plain(a), a.Deadlines(), a.Outages()})
}

// WeightsUsed are the weights in force.
type WeightsUsed struct {
	Seller              Figure `json:"seller"`
	Lab                 Figure `json:"lab"`
	Chip                Figure `json:"chip"`
	Concentration       Figure `json:"concentration"`
	SwitchingCost       Figure `json:"switching_cost"`
	Time                Figure `json:"time"`
	NonSubstitutability Figure `json:"non_substitutability"`
}

// Note says what was taken for a field that the plan does not state, or what its absence leaves unknown.
type Note struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// LineAnswer is a line as it was derived: one offer of the plan that a route reaches.
type LineAnswer struct {
	ID            string       `json:"id"` // the offer's
	AnnualSpend   Figure       `json:"annual_spend"`
	Seller        string       `json:"seller"`
	Lab           string       `json:"lab"`
	Model         string       `json:"model"`
	Workloads     []string     `json:"workloads"`
	Chips         []string     `json:"chips"`
	ChipsSource   string       `json:"chips_source"`
	Sellers       []string     `json:"sellers_of_model"` // where the line may be served
	SellersUnsure []string     `json:"sellers_unsure"`   // their scope does not say where they process
	SellersAsOf   calendar.Day `json:"sellers_as_of,omitzero"`
	Retires       calendar.Day `json:"retires,omitzero"`
	Options       []Option     `json:"substitutes"`
}

// AssessPlan assesses every alternative of a plan as of today, with prices, sellers and retirements from c. A plan that
// cannot be evaluated, or answers that cannot be used, are refused with a *pricing.InvalidError.
func AssessPlan(ctx context.Context, p *pricing.Plan, c *catalog.Snapshot, today calendar.Day) (*PlanAnswer, error) {
	result, err := pricing.Evaluate(ctx, p, c)
	if err != nil {
		return nil, err
	}
	base, err := NewBase(c, today)
	if err != nil {
		return nil, err
	}
	return base.Assess(p, result)
}

// Base is what every assessment of one day shares: rules, facts and what the catalogue sells. It is safe for concurrent
// use.
type Base struct {
	rules  []Rule
	facts  Facts
	market *market
	shared *shared
}

// NewBase reads rules and facts and looks through the catalogue c, which may be nil, as of today.
func NewBase(c *catalog.Snapshot, today calendar.Day) (*Base, error) {
	rules, err := Rules()
	if err != nil {
		return nil, err
	}
	facts, err := ShippedFacts()
	if err != nil {
		return nil, err
	}
	found, err := newShared()
	if err != nil {
		return nil, err
	}
	return &Base{rules: rules, facts: facts, market: newMarket(c, today), shared: found}, nil
}

// Assess is AssessPlan for a plan that has been evaluated with the base's catalogue.
func (b *Base) Assess(p *pricing.Plan, result *pricing.Result) (*PlanAnswer, error) {
	answer := &PlanAnswer{Currency: p.BaseCurrency(), AsOf: b.market.today, CatalogSnapshot: result.CatalogSnapshot,
		ModelVersion: ModelVersion}
	err := b.each(p, result, everyone, func(variant pricing.Variant, v *view) {
		answer.Alternatives = append(answer.Alternatives, v.answer(variant, b.rules))
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// everyone asks for all alternatives.
func everyone(string) bool { return true }

// each assesses the wanted alternatives that result knows, in the plan's order.
func (b *Base) each(p *pricing.Plan, result *pricing.Result, wanted func(id string) bool,
	take func(pricing.Variant, *view)) error {
	variants, err := p.Variants()
	if err != nil {
		return err
	}
	for _, variant := range variants {
		r, ok := result.Alternative(variant.ID)
		if !ok || !wanted(variant.ID) {
			continue
		}
		v := b.view(variant.Plan, r)
		if err := v.build(); err != nil {
			return err
		}
		take(variant, v)
	}
	return nil
}

// view begins the assessment of a plan.
func (b *Base) view(p *pricing.Plan, r *pricing.AlternativeResult) *view {
	return &view{plan: p, result: r, market: b.market, facts: b.facts, shipped: b.facts, rules: b.rules, seen: b.shared}
}

// view is one alternative on its way to an answer.
type view struct {
	plan    *pricing.Plan
	result  *pricing.AlternativeResult
	market  *market
	facts   Facts
	rules   []Rule
	shipped Facts        // facts without the team's own
	exitOn  calendar.Day // instead of the plan's exit date; empty: the plan's
	seen    *shared
	answers Answers
	in      Input
	lines   []planLine
	window  []int        // months of the plan whose spend counts
	end     calendar.Day // last day of the plan
	gaps    gaps
	assumed []Note
	missing []Note
	a       *Assessment
}

func (v *view) build() error {
	if err := v.read(); err != nil {
		return err
	}
	v.gaps = gaps{}
	v.end = calendar.Day((v.plan.Start + calendar.Month(v.plan.Months-1)).LastDay())
	if err := v.setWindow(); err != nil {
		return err
	}
	v.addLines()
	v.complete()
	if err := v.in.check("plan", "dependencies."); err != nil {
		return err
	}
	v.a = v.in.assess(v.gaps)
	return nil
}

// bound is what the answers under `dependencies` say, and what is wrong with them.
type bound struct {
	in      Input
	answers Answers
	faults  []pricing.FieldError
}

// bind reads the answers under `dependencies`.
func bind(d *pricing.Dependencies) *bound {
	b := &bound{}
	for _, part := range []struct {
		path string
		text []byte
		into any
	}{
		{"params", d.Params, &b.in.Params}, {"exit", d.Exit, &b.in.Exit}, {"facts", d.Facts, &b.answers},
		{"weights", d.Weights, &b.in.Weights},
	} {
		if len(part.text) == 0 {
			continue
		}
		if invalid := pricing.Invalid(pricing.Bind(part.text, "dependencies."+part.path, "plan",
			part.into)); invalid != nil {
			b.faults = append(b.faults, invalid.Fields...)
		}
	}
	return b
}

// read takes the answers under `dependencies`; the same text is read once.
func (v *view) read() error {
	f := &faults{}
	if d := v.plan.Dependencies; d != nil {
		key := strings.Join([]string{string(d.Params), string(d.Exit), string(d.Facts), string(d.Weights)}, "\n")
		b := once(v.seen.answers, key, func() *bound { return bind(d) })
		v.in, v.answers, f.list = b.in, b.answers, slices.Clone(b.faults)
	}
	v.answers.check(f, v.plan)
	for _, s := range v.answers.Sellers {
		v.facts = append(v.facts[:len(v.facts):len(v.facts)], s.fact())
	}
	if v.exitOn != "" {
		v.in.Exit.ExitDate = string(v.exitOn)
	}
	return f.err()
}

// setWindow finds the months of the plan that lie in the twelve before the exit date.
func (v *view) setWindow() error {
	const path = "dependencies.exit.exit_date"
	x := &v.in.Exit
	if x.ExitDate == "" {
		x.ExitDate = (v.plan.Start + calendar.Month(min(12, v.plan.Months))).String() + "-01"
		v.assume(path, "%s: at most twelve months after the plan begins", x.ExitDate)
	}
	if _, err := catalog.ParseDate(x.ExitDate); err != nil {
		return invalid(path, "must be a day such as 2027-01-12, not %.40q", x.ExitDate)
	}
	exit, err := calendar.ParseMonth(x.ExitDate[:7])
	if err != nil {
		return invalid(path, "must be a day from 1900 to 2999")
	}
	for m := range v.plan.Months {
		month := v.plan.Start + calendar.Month(m)
		if month.LastDay() < x.ExitDate && month >= exit-12 {
			v.window = append(v.window, m)
		}
	}
	if len(v.window) > 12 {
		v.window = v.window[len(v.window)-12:]
	}
	if len(v.window) == 0 {
		return invalid(path, "no whole month of the plan (%s to %s) lies in the twelve before %s", v.plan.Start,
			v.end, x.ExitDate)
	}
	return nil
}

func invalid(path, format string, args ...any) error {
	f := &faults{}
	f.add(path, format, args...)
	return f.err()
}

func (v *view) assume(path, format string, args ...any) {
	v.assumed = append(v.assumed, Note{path, fmt.Sprintf(format, args...)})
}

// ask notes a missing answer and the components or parts that it leaves unknown.
func (v *view) ask(path, message string, parts ...string) {
	v.missing = append(v.missing, Note{path, message})
	for _, part := range parts {
		v.gaps[part] = append(v.gaps[part], path)
	}
}

func (v *view) answer(variant pricing.Variant, rules []Rule) Alternative {
	w := v.in.Weights.exact()
	out := Alternative{ID: variant.ID, Name: variant.Name, Assessment: v.a, RulesFired: []Finding{},
		view: v, Assumed: some(v.assumed), Missing: some(v.missing),
		Weights: WeightsUsed{figure(w.seller, 4), figure(w.lab, 4), figure(w.chip, 4), figure(w.concentration, 4),
			figure(w.cost, 4),
			figure(w.time, 4), figure(w.substitutes, 4)}}
	if v.a.Note == "" {
		out.Rules = v.judge(rules)
	} else {
		out.Rules = withoutSpend(rules)
	}
	for i := range out.Rules {
		out.RulesFired = append(out.RulesFired, out.Rules[i].Findings...)
	}
	limits := v.in.limits()
	for i := range v.lines {
		out.Lines = append(out.Lines, v.lines[i].answer(&limits))
	}
	return out
}

// withoutSpend says of every rule that nothing can be said: shares and ratios are undefined.
func withoutSpend(rules []Rule) []Outcome {
	list := make([]Outcome, len(rules))
	for i, r := range rules {
		list[i] = Outcome{Rule: r.ID, Title: r.Title, Status: CannotTell, Missing: []string{noSpend}}
	}
	return list
}
