package app

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/ways"
)

// answer is an evaluated state: the plan with the proposed alternatives in it, and what package pricing says about it.
type answer struct {
	state    planState
	plan     *pricing.Plan // with proposals and the chosen baseline
	prices   *catalog.Snapshot
	result   *pricing.Result
	compare  pricing.Comparison
	notes    []pricing.Note               // of the proposals
	asIs     string                       // id of the alternative that is the plan itself
	entries  map[string][]entry           // what stands behind each alternative
	proposed map[string]bool              // ids of the alternatives that are not the plan's own
	unpriced []pricing.UnknownAlternative // proposals without a known price
	ways     *ways.Answer                 // past the wall; nil until they are asked for, and without a wall
	limits   limitWords                   // names of the limits that any alternative meets
	exits    exits                        // what leaving takes, where a column shows it
	shared   []string                     // offers that every alternative uses: they are said once, below the table
}

// answer evaluates the plan of a state. The error of a plan that cannot be evaluated is a *pricing.InvalidError; an
// alternative that alone has no price is no error, it is unknown.
func (s *Server) answer(c echo.Context, state planState, body []byte) (*answer, error) {
	return s.answerAhead(c, state, body, state.looksAhead)
}

// answerAhead is answer with the growth ranges and elasticities of the alternatives that ahead names; nil names all.
func (s *Server) answerAhead(c echo.Context, state planState, body []byte, ahead outlookOf) (*answer, error) {
	ctx := c.Request().Context()
	free, err := s.placeFor(ctx, body)
	if err != nil {
		return nil, err
	}
	defer free()
	plan, err := pricing.ParsePlan(body)
	if err != nil {
		return nil, err
	}
	prices, err := s.snapshotFor(ctx, plan)
	if err != nil {
		return nil, err
	}
	a, err := evaluate(ctx, state, plan, prices, ahead)
	if err != nil || !a.showsLockin() {
		return a, err
	}
	return a, a.assess(s.lockinBase)
}

// outlookOf says which alternatives of a plan need more than their months.
type outlookOf func(plan *pricing.Plan, alternative string) bool

// looksAhead: the page says how far growth can go of the plan as it is, and of all others where their column is shown. They
// are a tenth of what the page takes.
func (s planState) looksAhead(plan *pricing.Plan, alternative string) bool {
	const column = "max_growth"
	return alternative == asIs(plan) || s.View.Sort == column || slices.Contains(s.View.Columns, column)
}

func evaluate(ctx context.Context, state planState, plan *pricing.Plan, prices *catalog.Snapshot, ahead outlookOf) (*answer, error) {
	a := &answer{state: state, prices: prices}
	var err error
	kinds := state.proposed(len(plan.Alternatives) > 0)
	if a.plan, a.result, a.notes, err = pricing.EvaluateProposals(ctx, plan, prices, kinds, ahead); err != nil {
		return nil, err
	}
	a.proposed = map[string]bool{}
	for _, alternative := range a.plan.Alternatives[len(plan.Alternatives):] {
		a.proposed[alternative.ID] = alternative.ID != pricing.BaseAlternative
	}
	a.asIs = asIs(a.plan)
	a.result.Baseline = a.baseline()
	a.compare = pricing.Compare(a.result, "")
	a.setAsideUnpriced()
	a.lookUp()
	return a, nil
}

// setAsideUnpriced takes proposals without a known price out of the plan and out of the rows: the page names them below
// the table. What the plan itself lists stays a row and says that its cost is unknown.
func (a *answer) setAsideUnpriced() {
	proposed := func(u pricing.UnknownAlternative) bool { return a.proposed[u.ID] }
	for _, u := range a.compare.Unknown {
		if proposed(u) {
			a.unpriced = append(a.unpriced, u)
		}
	}
	a.compare.Unknown = slices.DeleteFunc(slices.Clone(a.compare.Unknown), proposed)
	plan := *a.plan
	plan.Alternatives = slices.DeleteFunc(slices.Clone(plan.Alternatives), func(alternative pricing.Alternative) bool {
		return slices.ContainsFunc(a.unpriced, func(u pricing.UnknownAlternative) bool { return u.ID == alternative.ID })
	})
	a.plan = &plan
}

// baseline is the alternative that the address pins, if there is one of that name, else the plan's own.
func (a *answer) baseline() string {
	for _, id := range a.plan.AlternativeIDs() {
		if id == a.state.View.Baseline {
			return id
		}
	}
	return a.plan.BaselineID()
}

// own is the result of the plan as it is, false when its price is unknown.
func (a *answer) own() (*pricing.AlternativeResult, bool) { return a.result.Alternative(a.asIs) }

// notEvaluated says that an alternative runs another model, which nobody has tried on these workloads.
func (a *answer) notEvaluated(alternative string) bool {
	return slices.ContainsFunc(a.notes, func(n pricing.Note) bool { return n.NotEvaluated && n.Alternative == alternative })
}
