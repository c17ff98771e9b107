package workspace

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/web"
	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/ways"
)

// Answer is an evaluated state: the plan with the proposed alternatives in it, and what package pricing says about it.
type Answer struct {
	State    PlanState
	Plan     *pricing.Plan // with proposals and the chosen baseline
	Prices   *catalog.Snapshot
	Result   *pricing.Result
	Compare  pricing.Comparison
	Notes    []pricing.Note               // of the proposals
	AsIs     string                       // id of the alternative that is the plan itself
	entries  map[string][]Entry           // what stands behind each alternative
	proposed map[string]bool              // ids of the alternatives that are not the plan's own
	Unpriced []pricing.UnknownAlternative // proposals without a known price
	Ways     *ways.Answer                 // past the wall; nil until they are asked for, and without a wall
	Limits   LimitWords                   // names of the limits that any alternative meets
	Exits    exits                        // what leaving takes, where a column shows it
	Shared   []string                     // offers that every alternative uses: they are said once, below the table
}

// Answer evaluates the plan of a state, which is doc. The error of a plan that cannot be evaluated is a
// *pricing.InvalidError; an alternative that alone has no price is no error, it is unknown.
func (s *Plans) Answer(c echo.Context, state PlanState, doc form.Document) (*Answer, error) {
	return s.answerAhead(c, state, doc, state.looksAhead)
}

// Complete adds what the page of a plan shows beside the evaluation: what leaving takes, and the ways past the wall.
func (s *Plans) Complete(ctx context.Context, a *Answer, machines *capacity.Machines) error {
	return web.Together(ctx, func(context.Context) error { return s.assessShown(a) },
		func(ctx context.Context) error { return a.FindWays(ctx, machines, s.Today()) })
}

// assessShown assesses the lock-in where a column shows it.
func (s *Plans) assessShown(a *Answer) error {
	if !a.showsLockin() {
		return nil
	}
	return a.Assess(s.LockinBase)
}

// answerAhead evaluates with the growth ranges and elasticities of the alternatives that ahead names; nil names all.
func (s *Plans) answerAhead(c echo.Context, state PlanState, doc form.Document, ahead outlookOf) (*Answer, error) {
	ctx := c.Request().Context()
	if err := s.PlaceFor(ctx, doc.Bytes()); err != nil {
		return nil, err
	}
	plan, err := pricing.PlanOf(doc.Root())
	if err != nil {
		return nil, err
	}
	prices, err := s.SnapshotFor(ctx, plan.CatalogSnapshot)
	if err != nil {
		return nil, err
	}
	return Evaluate(ctx, state, plan, prices, ahead)
}

// outlookOf says which alternatives of a plan need more than their months.
type outlookOf func(plan *pricing.Plan, alternative string) bool

// looksAhead: the page says how far growth can go of the plan as it is, and of all others where their column is shown.
// They are a tenth of what the page takes.
func (s PlanState) looksAhead(plan *pricing.Plan, alternative string) bool {
	const column = "max_growth"
	return alternative == AsIs(plan) || s.View.Sort == column || slices.Contains(s.View.Columns, column)
}

// Evaluate answers a plan with the proposals of its state; ahead names the alternatives that need growth ranges.
func Evaluate(ctx context.Context, state PlanState, plan *pricing.Plan, prices *catalog.Snapshot,
	ahead outlookOf) (*Answer, error) {
	a := &Answer{State: state, Prices: prices}
	var err error
	kinds := state.Proposed(len(plan.Alternatives) > 0)
	if a.Plan, a.Result, a.Notes, err = pricing.EvaluateProposals(ctx, plan, prices, kinds, ahead); err != nil {
		return nil, err
	}
	a.proposed = map[string]bool{}
	for _, alternative := range a.Plan.Alternatives[len(plan.Alternatives):] {
		a.proposed[alternative.ID] = alternative.ID != pricing.BaseAlternative
	}
	a.AsIs = AsIs(a.Plan)
	a.Result.Baseline = a.baseline()
	a.Compare = pricing.Compare(a.Result, "")
	a.setAsideUnpriced()
	a.LookUp()
	return a, nil
}

// setAsideUnpriced takes proposals without a known price out of the plan and out of the rows: the page names them below
// the table. What the plan itself lists stays a row and says that its cost is unknown.
func (a *Answer) setAsideUnpriced() {
	proposed := func(u pricing.UnknownAlternative) bool { return a.proposed[u.ID] }
	for _, u := range a.Compare.Unknown {
		if proposed(u) {
			a.Unpriced = append(a.Unpriced, u)
		}
	}
	a.Compare.Unknown = slices.DeleteFunc(slices.Clone(a.Compare.Unknown), proposed)
	a.Plan = a.Plan.WithAlternatives(func(id string) bool {
		return !slices.ContainsFunc(a.Unpriced, func(u pricing.UnknownAlternative) bool { return u.ID == id })
	})
}

// baseline is the alternative that the address pins, if there is one of that name, else the plan's own.
func (a *Answer) baseline() string {
	for _, id := range a.Plan.AlternativeIDs() {
		if id == a.State.View.Baseline {
			return id
		}
	}
	return a.Plan.BaselineID()
}

// Own is the result of the plan as it is, false when its price is unknown.
func (a *Answer) Own() (*pricing.AlternativeResult, bool) { return a.Result.Alternative(a.AsIs) }

// NotEvaluated reports whether an alternative runs another model, which nobody has tried on these workloads.
func (a *Answer) NotEvaluated(alternative string) bool {
	return slices.ContainsFunc(a.Notes,
		func(n pricing.Note) bool { return n.NotEvaluated && n.Alternative == alternative })
}

// ReadAnswer evaluates the state of the address, as the page does.
func (s *Plans) ReadAnswer(c echo.Context) (*Answer, error) {
	state, err := s.ReadState(c, c.QueryParams())
	if err != nil {
		return nil, err
	}
	doc, err := state.Document()
	if err != nil {
		return nil, err
	}
	a, err := s.answerAhead(c, state, doc, nil)
	if err != nil {
		return nil, err
	}
	return a, s.assessShown(a)
}

// Rerouted reports whether the reader sent a workload elsewhere than the base does, so that the name of the base's own
// alternative may no longer say what it is.
func (a *Answer) Rerouted() bool {
	_, patch, err := a.State.Difference()
	if err != nil {
		return false
	}
	for _, workload := range patch.Names("workloads") {
		if _, ok := patch.Get("workloads", workload, "routes"); ok {
			return true
		}
	}
	return false
}

// Version says which version of the plan the figures are of.
func (a *Answer) Version() string {
	base := a.State.Base
	version := base.ID
	if base.Kind == SavedBase {
		version = VersionWords(base)
	}
	if !a.State.Patch.None() {
		version += ", changed"
	}
	return version
}

// WhyUnknown says why the plan has no cost.
func WhyUnknown(a *Answer) string {
	for _, u := range a.Compare.Unknown {
		if u.ID == a.AsIs && len(u.Reasons) > 0 {
			return u.Reasons[0].Message + "."
		}
	}
	return "it has no price."
}

// Limited reports whether any alternative has limits.
func (a *Answer) Limited() bool {
	for i := range a.Compare.Rows {
		if a.Compare.Rows[i].Limited() {
			return true
		}
	}
	return false
}

// OwnAlternatives reports whether the plan itself lists alternatives.
func (a *Answer) OwnAlternatives() bool {
	return slices.ContainsFunc(a.Plan.Alternatives, func(alternative pricing.Alternative) bool {
		return alternative.ID != pricing.BaseAlternative && !a.proposed[alternative.ID]
	})
}
