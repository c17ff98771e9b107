package ways

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// MaxWays bounds the evaluations of one call.
const MaxWays = 20

// ErrAlternative says that the result has no such alternative.
var ErrAlternative = errors.New("the result has no such alternative")

// Action is a kind of way; the names are those of [capacity.Lead].
type Action string

const (
	RaiseQuota    Action = "raise-quota"
	NextTier      Action = "next-tier"
	OtherScope    Action = "other-scope"
	SecondSeller  Action = "second-seller"
	Provisioned   Action = "provisioned"
	SmallerModel  Action = "smaller-model"
	Caching       Action = "caching"
	Batch         Action = "batch"
	Discount      Action = "discount"
	GPUs          Action = "gpus"
	GPUsAndPower  Action = "gpus-and-power"
	Power         Action = "power"
	RaiseSpendCap Action = "raise-spend-cap"
	RaiseBudget   Action = "raise-budget"
	Price         Action = "price"
	Funding       Action = "funding"
)

// actions are all of them.
func actions() []Action {
	return []Action{RaiseQuota, NextTier, OtherScope, SecondSeller, Provisioned, SmallerModel, Caching, Batch,
		Discount, GPUs, GPUsAndPower, Power, RaiseSpendCap, RaiseBudget, Price, Funding}
}

// Answer is what stands against growth and what can be done about it.
type Answer struct {
	Summary Summary
	Ways    []Way
	Skipped []Reason
}

// Wall is a month in which a limit holds users back. The zero Wall is none.
type Wall struct {
	Month calendar.Month
	Limit string // constraint id
	Words string // "Azure's token quota"
}

// Stands reports whether there is a wall.
func (w Wall) Stands() bool { return w.Limit != "" }

// Way is one action. Money is in the plan's currency over the plan's months unless it says otherwise.
type Way struct {
	Action Action
	ID     string // unique in an answer, usable as the id of an alternative
	Name   string

	CostChange      float64        // accrual cost against today's, serving the added users included
	ServingCost     float64        // what the added users would cost in today's way of serving them
	OwnCost         float64        // CostChange - ServingCost: what the way itself costs; below 0 it saves
	OwnCostPerMonth float64        // OwnCost over the months of the plan
	Users           float64        // more users served in the last month
	UserMonths      float64        // more users served, summed over the months
	Revenue         float64        // more revenue
	UsersPerMoney   pricing.Figure // Users / OwnCost; undefined when the way costs nothing

	From       calendar.Month // first month in which it is counted
	LeadDays   int
	LeadSource string
	OrderBy    time.Time // first day of the wall month less the lead time
	TooLate    bool      // OrderBy is before today: the first months behind the wall are lost

	NewWall         Wall // the zero Wall: none within the plan
	NeedsEvaluation bool // another model: nobody has tried it on this workload
	NotCounted      []string
	Result          *pricing.AlternativeResult // its months and totals, without growth ranges and elasticity

	original, plan *pricing.Plan
}

// Patch turns the plan without its alternatives into the plan of this way; it holds what the alternative itself changes
// too.
func (w *Way) Patch() (json.RawMessage, error) {
	return document.DiffPatch(w.original.Canonical(), w.plan.Canonical())
}

// Plan is the plan of this way; it is not to be changed.
func (w *Way) Plan() *pricing.Plan { return w.plan }

// Free reports whether the way costs nothing beyond serving the users that it adds.
func (w *Way) Free() bool { return w.OwnCost <= 0 }

// Reason says why an action is not among the ways.
type Reason struct {
	Action Action
	Why    string
}

// Past lists the ways past the first wall of an alternative of result, which is plan's answer with c. Quotas, units
// and their prices, lead times and assumed shares are those of m, with a team's corrections in force. today is a day
// in UTC. The ways that cost nothing beyond serving come first, by users; then the others by users per unit of money;
// then, in the same order, those that need an evaluation. An alternative without a wall has no ways. Errors are
// ErrAlternative, an *InvalidError of the plan, that of ctx, or one that says which lead time or share m lacks.
func Past(ctx context.Context, plan *pricing.Plan, c *catalog.Snapshot, m *capacity.Machines, result *pricing.Result,
	alternativeID string, today time.Time) (*Answer, error) {
	if err := checkFacts(m); err != nil {
		return nil, err
	}
	f := &finder{catalog: c, machines: m, today: today.UTC().Truncate(24 * time.Hour)}
	if err := f.begin(plan, result, alternativeID); err != nil {
		return nil, err
	}
	answer := &Answer{}
	if f.wall.Stands() {
		if err := f.askDemand(ctx); err != nil {
			return nil, err
		}
		f.find()
		if err := f.tryAll(ctx, f.found[:min(MaxWays, len(f.found))], answer); err != nil {
			return nil, err
		}
		for i := MaxWays; i < len(f.found); i++ {
			f.skip(f.found[i].action, "not computed: %d ways were computed already", MaxWays)
		}
	}
	answer.Skipped = f.skipped
	rank(answer.Ways)
	answer.Summary = summaryOf(f, answer.Ways)
	return answer, nil
}
