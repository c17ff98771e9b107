package pricing

import (
	"cmp"
	"errors"
	"slices"

	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// Derivation opens a figure: the formula, the numbers in it, and the prices that were used. Result is what the steps
// come to, and equals the figure of the result.
type Derivation struct {
	Alternative, Figure string
	Month               string // "YYYY-MM"; empty: the whole horizon
	Title, Formula      string
	Steps               []Step
	Result              Figure
	Unit                string
}

// Step is one line of a derivation: a quantity, or a price with where it comes from.
type Step struct {
	Label      string
	Expression string // with the numbers inserted
	Value      Figure
	Exact      string // the digits to show: a price as it is stated, a unit cost as the next step multiplies it
	Unit       string
	Source     string // name of the price source; "this plan" for the plan's own price
	URL        string
	AsOf       string // "2006-01-02"
	Status     string // "in force" or "own"
	Note       string
	Parts      []Step // of a sum: what was added, each labelled with its month
}

// Errors of Explain.
var (
	ErrFigure      = errors.New("no such figure")
	ErrAlternative = errors.New("the result has no figures for that alternative")
	ErrMonth       = errors.New("the plan has no such month")
)

// ExplainedFigures are the figures that Explain opens. Those of a month take one; cost_first_month and cost_last_month
// are the cost of the first and last month; difference and its like are against the result's baseline.
func ExplainedFigures() []string {
	return append([]string{"cost", "cost_per_month", "cost_per_year", "cost_first_month", "cost_last_month",
		"cost_per_1k_requests",
		"cost_per_user", "revenue", "requests", "gross_margin", "difference", "per_month_difference",
		"per_year_difference", "relative", "per_1k_difference", "per_1k_relative", "margin_difference"},
		wallFigures()...)
}

// Explain opens one figure of one alternative of r, which must be the result of p with prices from s. An empty month
// means the whole horizon. It evaluates the alternative with the same code as Evaluate.
func Explain(p *Plan, s *catalog.Snapshot, r *Result, alternative, figure, month string) (Derivation, error) {
	if !slices.Contains(ExplainedFigures(), figure) {
		return Derivation{}, ErrFigure
	}
	comparison := Compare(r, r.Baseline)
	row, ok := comparison.Row(alternative)
	if !ok {
		return Derivation{}, ErrAlternative
	}
	e := &explainer{row: row, currency: r.Currency, d: Derivation{Alternative: alternative, Figure: figure,
		Month: month}}
	if err := e.load(p, s, alternative); err != nil {
		return Derivation{}, err
	}
	e.base, e.known = comparison.Row(r.Baseline)
	switch figure {
	case "cost_first_month":
		month, figure = row.Months[0].Month.String(), "cost"
	case "cost_last_month":
		month, figure = row.Months[len(row.Months)-1].Month.String(), "cost"
	}
	if month == "" {
		e.horizon(figure)
		return e.d, nil
	}
	m := slices.IndexFunc(row.Months, func(x MonthResult) bool { return x.Month.String() == month })
	if m < 0 {
		return Derivation{}, ErrMonth
	}
	e.d.Month = month
	return e.d, e.month(figure, m)
}

// explainer builds a derivation of one alternative.
type explainer struct {
	c        *compiled
	row      ComparisonRow
	base     ComparisonRow
	known    bool // the baseline has figures
	currency string
	d        Derivation
	shown    []shownPrice
	runner   *growth.Runner
	outcome  *growth.Outcome // the month that the runner is at
}

// load compiles the alternative again.
func (e *explainer) load(p *Plan, s *catalog.Snapshot, alternative string) error {
	var out problems
	for _, v := range p.variants(&out) {
		if v.id != alternative {
			continue
		}
		var found problems
		e.c, found = compileVariant(v, p, s, map[*Plan]*frame{})
		return cmp.Or(out.err(), found.err())
	}
	return ErrAlternative
}

// step adds a step and returns it, until the next one is added.
func (e *explainer) step(label, expression string, value float64, unit string) *Step {
	e.d.Steps = append(e.d.Steps, Step{Label: label, Expression: expression, Value: Figure(value), Unit: unit})
	return &e.d.Steps[len(e.d.Steps)-1]
}

// finish sets what the derivation comes to.
func (e *explainer) finish(title, formula string, result Figure, unit string) {
	e.d.Title, e.d.Formula, e.d.Result, e.d.Unit = title, formula, result, unit
}

// horizon explains a figure over all months.
func (e *explainer) horizon(figure string) {
	switch figure {
	case "cost", "cost_per_month", "cost_per_year", "cost_per_1k_requests", "cost_per_user", "gross_margin":
		e.costs(figure)
	case "revenue":
		e.revenue()
	case "requests":
		e.finish("Requests over the horizon", "sum of the months' requests, refused ones included",
			Figure(e.allRequests()), "requests")
	case "users_served", "revenue_behind_wall", "ceiling", "max_growth", "headroom":
		e.wall(figure)
	default:
		e.against(figure)
	}
}

// costs explains what is made of the cost.
func (e *explainer) costs(figure string) {
	if figure == "cost" {
		e.offers()
	}
	cost := e.sum("cost", e.currency, func(m *MonthResult) float64 { return m.AccrualCost })
	months := float64(len(e.row.Months))
	switch figure {
	case "cost":
		e.usedPrices()
		e.finish("Cost over the horizon", "sum of the months' cost; first what each offer comes to, at list",
			Figure(cost), e.currency)
	case "cost_per_month":
		e.finish("Average cost of a month", "cost / months = "+num(cost)+" / "+num(months), Figure(cost/months),
			e.currency)
	case "cost_per_year":
		e.finish("Average cost of a year", "cost / months × 12 = "+num(cost)+" / "+num(months)+" × 12",
			Figure(cost/months*12), e.currency)
	case "cost_per_1k_requests":
		requests := e.allRequests()
		e.finish("Cost per 1,000 requests", "cost × 1,000 / requests = "+num(cost)+" × 1,000 / "+num(requests),
			ratio(cost*1000, requests), e.currency)
		e.usedPrices()
	case "cost_per_user":
		users := e.sum("users served, summed over the months", "user-months",
			func(m *MonthResult) float64 { return m.UsersServed })
		e.finish("Cost per user and month", "cost / user-months = "+num(cost)+" / "+num(users), ratio(cost, users),
			e.currency)
	case "gross_margin":
		revenue := e.revenue()
		e.finish("Gross margin", "(revenue − cost) / revenue = ("+num(revenue)+" − "+num(cost)+") / "+num(revenue),
			ratio(revenue-cost, revenue), "share")
	}
}

func (e *explainer) allRequests() float64 {
	return e.sum("requests", "requests", func(m *MonthResult) float64 { return m.Requests })
}

func (e *explainer) revenue() float64 {
	revenue := e.sum("revenue", e.currency, func(m *MonthResult) float64 { return m.Revenue })
	e.finish("Revenue over the horizon", "sum of the months' revenue", Figure(revenue), e.currency)
	return revenue
}

// offers lists what every offer comes to over the horizon, for a reader who wants the parts before the months. Their
// sum is the list cost.
func (e *explainer) offers() {
	first, last := e.row.Months[0].Month.String(), e.row.Months[len(e.row.Months)-1].Month.String()
	for _, offer := range e.row.CostByOffer() {
		total := 0.0
		for _, value := range offer.Values {
			total += value
		}
		s := slices.IndexFunc(e.c.supplies, func(s supply) bool { return s.id == offer.ID })
		e.step(e.name(&e.c.supplies[s])+", all months", "sum from "+first+" to "+last, total, e.currency)
	}
}

// name is what people call an offer: its model and seller; an offer of the plan's own keeps its id.
func (e *explainer) name(s *supply) string {
	if s.entry == nil {
		return s.id
	}
	name := modelName(e.c.catalog, s.entry) + " on " + e.c.catalog.Seller(s.entry.Provider).Name
	if scope := ScopeName(s.entry.Scope); scope != "" {
		name += ", " + scope
	}
	return name
}

// sum adds up a figure of the months: one step, with the months as its parts.
func (e *explainer) sum(label, unit string, pick func(*MonthResult) float64) float64 {
	total, parts := 0.0, make([]Step, len(e.row.Months))
	for i := range e.row.Months {
		m := &e.row.Months[i]
		value := pick(m)
		total += value
		parts[i] = Step{Label: m.Month.String(), Value: Figure(value), Unit: unit}
	}
	e.step(label, "sum from "+parts[0].Label+" to "+parts[len(parts)-1].Label, total, unit).Parts = parts
	return total
}

// against explains a difference to the baseline.
func (e *explainer) against(figure string) {
	row, base := &e.row, &e.base
	if !e.known {
		e.finish("Difference to the baseline", "the baseline has no figures", Undefined(), "")
		return
	}
	pair := func(label string, own, other Figure, unit string) {
		e.step(label+" of "+row.Name, "", float64(own), unit)
		e.step(label+" of "+base.Name+", the baseline", "", float64(other), unit)
	}
	switch figure {
	case "difference":
		pair("cost", Figure(row.Cost), Figure(base.Cost), e.currency)
		e.finish("Cost against the baseline", "cost − baseline's cost = "+num(row.Cost)+" − "+num(base.Cost),
			row.Difference, e.currency)
	case "per_month_difference":
		pair("average cost of a month", Figure(row.PerMonth), Figure(base.PerMonth), e.currency)
		e.finish("Average cost of a month against the baseline", num(row.PerMonth)+" − "+num(base.PerMonth),
			row.PerMonthDifference, e.currency)
	case "per_year_difference":
		pair("average cost of a year", Figure(row.PerYear), Figure(base.PerYear), e.currency)
		e.finish("Average cost of a year against the baseline", num(row.PerYear)+" − "+num(base.PerYear),
			row.PerYearDifference, e.currency)
	case "relative":
		pair("cost", Figure(row.Cost), Figure(base.Cost), e.currency)
		e.finish("Cost against the baseline", "(cost − baseline's cost) / baseline's cost = ("+num(row.Cost)+
			" − "+num(base.Cost)+") / "+num(base.Cost), row.Relative, "share")
	case "per_1k_difference":
		pair("cost per 1,000 requests", row.Per1kRequests, base.Per1kRequests, e.currency)
		e.finish("Cost per 1,000 requests against the baseline", "difference of the two", row.Per1kDifference,
			e.currency)
	case "per_1k_relative":
		pair("cost per 1,000 requests", row.Per1kRequests, base.Per1kRequests, e.currency)
		own, other := num(float64(row.Per1kRequests)), num(float64(base.Per1kRequests))
		e.finish("Cost per 1,000 requests against the baseline", "(cost − baseline's cost) / baseline's cost = ("+
			own+" − "+other+") / "+other, row.Per1kRelative, "share")
	case "margin_difference":
		pair("gross margin", row.GrossMargin, base.GrossMargin, "share")
		e.finish("Gross margin against the baseline", "difference of the two", row.MarginDifference, "share")
	}
}

// month explains a figure of one month.
func (e *explainer) month(figure string, m int) error {
	month := &e.row.Months[m]
	name := month.Month.String()
	switch figure {
	case "cost":
		e.cost(m)
	case "requests":
		e.finish("Requests in "+name, "users × requests a day × days × season, summed over the workloads",
			Figure(e.requests(m)), "requests")
	case "cost_per_1k_requests":
		cost, requests := e.cost(m), e.requests(m)
		e.finish("Cost per 1,000 requests in "+name, "cost × 1,000 / requests = "+num(cost)+" × 1,000 / "+num(requests),
			ratio(cost*1000, requests), e.currency)
	case "cost_per_user":
		cost := e.cost(m)
		e.finish("Cost per user in "+name, "cost / users served = "+num(cost)+" / "+num(month.UsersServed),
			ratio(cost, month.UsersServed), e.currency)
	case "revenue":
		e.monthRevenue(m)
	case "gross_margin":
		cost, revenue := e.cost(m), e.monthRevenue(m)
		e.finish("Gross margin in "+name, "(revenue − cost) / revenue = ("+num(revenue)+" − "+num(cost)+
			") / "+num(revenue), ratio(revenue-cost, revenue), "share")
	case "users_served":
		e.servedUsers(m)
	case "ceiling":
		e.ceilings(m)
	default:
		return ErrFigure
	}
	return nil
}

// served serves the months up to m as Evaluate does, each on what the months before left.
func (e *explainer) served(m int) (*growth.State, []float64) {
	if e.runner == nil || e.outcome.Index > m {
		e.runner = growth.NewRunner(e.c.program, false)
		e.outcome = e.runner.Next()
	}
	for e.outcome.Index < m {
		e.runner.Next()
	}
	return e.outcome.State, e.outcome.Served
}
