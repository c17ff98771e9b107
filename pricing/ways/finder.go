package ways

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
	"headroom/pricing/limit"
	"headroom/pricing/words"
)

// finder looks for the ways past one wall.
type finder struct {
	original *pricing.Plan // the plan without alternatives, which patches apply to
	plan     *pricing.Plan // the alternative as a plan of its own
	catalog  *catalog.Snapshot
	base     *pricing.AlternativeResult
	demand   *pricing.AlternativeResult // the same with no limit enforced: everybody is served
	machines *capacity.Machines         // quotas, units, lead times and assumed shares
	today    time.Time
	wall     Wall
	wallDay  calendar.Day // the last of the wall's month
	at       int          // index of the wall's month
	kind     limit.Kind   // of the limit
	subject  string       // of the limit
	found    []draft
	skipped  []Reason
}

// draft is a way before it is evaluated.
type draft struct {
	action     Action
	id, name   string
	plan       *pricing.Plan
	from       calendar.Month
	evaluation bool
	notCounted []string
}

// begin finds the wall of an alternative of the plan's result.
func (f *finder) begin(plan *pricing.Plan, result *pricing.Result, id string) error {
	base, ok := result.Alternative(id)
	if !ok {
		return fmt.Errorf("%q: %w", id, ErrAlternative)
	}
	f.base = base
	if err := f.flatten(plan, id); err != nil {
		return err
	}
	f.wall, f.at = firstWall(base)
	f.wallDay = calendar.Day(f.wall.Month.LastDay())
	f.wall.Words = limitWords(f, f.plan, f.wall.Limit)
	wall, _ := limit.Parse(f.wall.Limit)
	f.kind, f.subject = wall.Kind, wall.Subject
	return nil
}

// flatten writes the alternative as a plan of its own.
func (f *finder) flatten(plan *pricing.Plan, id string) (err error) {
	bare := *plan
	bare.Alternatives, bare.Baseline, bare.Uncertainty = nil, "", nil
	f.original = &bare
	text := bare.Canonical()
	routes := map[string][]pricing.Route{}
	for _, a := range plan.Alternatives {
		if a.ID != id {
			continue
		}
		routes = a.Routes
		if len(a.Patch) > 0 {
			if text, err = document.MergePatch(text, a.Patch); err != nil {
				return err
			}
		}
	}
	alone, err := pricing.ParsePlan(text)
	if err != nil {
		return err
	}
	f.plan = copyOf(alone)
	for w, list := range routes {
		workload := f.plan.Workloads[w]
		workload.Routes = list
		f.plan.Workloads[w] = workload
	}
	return nil
}

// askDemand evaluates the alternative with no limit enforced, which says what demand asks of every limit.
func (f *finder) askDemand(ctx context.Context) error {
	free := *f.plan
	finance := pricing.Finance{}
	if free.Finance != nil {
		finance = *free.Finance
	}
	finance.Enforce = []string{}
	free.Finance = &finance
	result, err := pricing.EvaluateMonths(ctx, &free, f.catalog)
	if err != nil {
		return err
	}
	f.demand = &result.Alternatives[0]
	return nil
}

// firstWall is the first month in which a limit holds users back.
func firstWall(r *pricing.AlternativeResult) (Wall, int) {
	for m := range r.Months {
		if b := r.Months[m].Binding; b != nil {
			return Wall{Month: r.Months[m].Month, Limit: *b}, m
		}
	}
	return Wall{}, len(r.Months)
}

func (f *finder) skip(a Action, format string, args ...any) {
	f.skipped = append(f.skipped, Reason{a, fmt.Sprintf(format, args...)})
}

// start opens a draft: a copy of the plan to change, counted from the wall's month or the first month after the lead
// time.
func (f *finder) start(a Action) *draft {
	ready := f.today.AddDate(0, 0, f.lead(a).Days)
	from := calendar.MonthOf(ready)
	if ready.Day() > 1 {
		from++
	}
	return &draft{action: a, id: string(a), plan: copyOf(f.plan), from: max(from, f.wall.Month)}
}

// copyOf is a plan whose members can be replaced one by one. What stands below a member is shared and never written to.
func copyOf(p *pricing.Plan) *pricing.Plan {
	c := *p
	c.Segments, c.Workloads, c.Offers = maps.Clone(p.Segments), maps.Clone(p.Workloads), maps.Clone(p.Offers)
	c.GPUPools, c.Sites, c.SpendCaps = maps.Clone(p.GPUPools), maps.Clone(p.Sites), maps.Clone(p.SpendCaps)
	c.Commitments = slices.Clip(p.Commitments)
	return &c
}

// add keeps a draft under an id of its own; one that begins after the plan is skipped.
func (f *finder) add(d *draft, name string, args ...any) {
	d.name = fmt.Sprintf(name, args...)
	if f.late(d) {
		return
	}
	if d.name = strings.TrimSpace(d.name); slices.ContainsFunc(f.found, func(o draft) bool { return o.id == d.id }) {
		d.id = fmt.Sprintf("%s-%d", d.id, len(f.found))
	}
	f.found = append(f.found, *d)
}

// late skips a draft that is ready after the plan ends.
func (f *finder) late(d *draft) bool {
	if d.from <= f.last() {
		return false
	}
	f.skip(d.action, "ready in %s at the earliest, after the plan ends: it takes %s", monthWords(d.from),
		words.AboutDays(f.lead(d.action).Days))
	return true
}

func (f *finder) last() calendar.Month { return f.base.Months[len(f.base.Months)-1].Month }

// helps is the least share of users that a way has to unlock.
const helps = 0.001

func (f *finder) keep(d *draft, r *pricing.AlternativeResult, answer *Answer) {
	w := f.measure(d, r)
	end := f.base.Months[len(f.base.Months)-1]
	wall, at := firstWall(r)
	wall.Words = limitWords(f, d.plan, wall.Limit)
	w.NewWall = wall
	switch {
	case w.Users < helps*end.UsersServed && w.UserMonths < helps*f.userMonths(), w.UserMonths <= 0:
		f.skip(d.action, "%s: it unlocks less than 0.1 %% more users", d.name)
		return
	case at < f.at:
		f.skip(d.action, "%s: the wall would come earlier, in %s (%s)", d.name, monthWords(wall.Month), wall.Words)
		return
	}
	answer.Ways = append(answer.Ways, w)
}

func (f *finder) userMonths() float64 {
	sum := 0.0
	for i := range f.base.Months {
		sum += f.base.Months[i].UsersServed
	}
	return sum
}

// measure compares the evaluated draft with the alternative as it is.
func (f *finder) measure(d *draft, r *pricing.AlternativeResult) Way {
	w := Way{Action: d.action, ID: d.id, Name: d.name, From: d.from, NeedsEvaluation: d.evaluation,
		NotCounted: d.notCounted, Result: r, original: f.original, plan: d.plan}
	for m := range r.Months {
		was, is := &f.base.Months[m], &r.Months[m]
		added := is.UsersServed - was.UsersServed
		w.UserMonths += added
		if turned := was.UsersDemanded - was.UsersServed; turned > 1e-6 {
			w.ServingCost += added * (was.ListCostAtDemand - was.ListCost) / turned
		} else if was.UsersServed > 0 {
			w.ServingCost += added * was.ListCost / was.UsersServed
		}
		w.Users = added
	}
	w.Revenue = r.Totals.Revenue - f.base.Totals.Revenue
	w.CostChange = r.Totals.AccrualCost - f.base.Totals.AccrualCost
	w.OwnCost = w.CostChange - w.ServingCost
	if math.Abs(w.OwnCost) <= 1e-6*(math.Abs(w.CostChange)+1) {
		w.OwnCost = 0
	}
	w.OwnCostPerMonth = w.OwnCost / float64(len(r.Months))
	w.UsersPerMoney = pricing.Undefined()
	if w.OwnCost > 0 {
		w.UsersPerMoney = pricing.Figure(w.Users / w.OwnCost)
	}
	lead := f.lead(d.action)
	w.LeadDays, w.LeadSource = lead.Days, lead.Source
	w.OrderBy = f.wall.Month.Start().AddDate(0, 0, -w.LeadDays)
	w.TooLate = w.OrderBy.Before(f.today)
	return w
}
