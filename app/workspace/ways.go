package workspace

import (
	"context"
	"errors"
	"slices"
	"time"

	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/lockin"
	"headroom/pricing/ways"
)

// FindWays asks package ways what can be done about the wall of the plan as it is. A plan without a wall has none.
// Quotas, units and their prices are those of machines: the team's own where it has corrected one.
func (a *Answer) FindWays(ctx context.Context, machines *capacity.Machines, today time.Time) error {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok || row.Wall == "" {
		return nil
	}
	found, err := ways.Past(ctx, a.Plan, a.Prices, machines, a.Result, a.AsIs, today)
	if errors.Is(err, ways.ErrAlternative) || pricing.Invalid(err) != nil {
		return nil
	}
	a.Ways = found
	return err
}

// Way is a way past the wall by its id, false for an id that the answer does not have.
func (a *Answer) Way(id string) (*ways.Way, bool) {
	if a.Ways == nil {
		return nil, false
	}
	i := slices.IndexFunc(a.Ways.Ways, func(w ways.Way) bool { return w.ID == id })
	if i < 0 {
		return nil, false
	}
	return &a.Ways.Ways[i], true
}

// changesHands reports whether a way buys from another seller, another lab's model or capacity that is promised: the
// others leave what it takes to leave as it is.
func changesHands(own, way *pricing.AlternativeResult) bool {
	type party struct {
		seller, lab string
		kind        pricing.Kind
	}
	parties := func(r *pricing.AlternativeResult) map[party]bool {
		set := map[party]bool{}
		for i := range r.Supplies {
			s := &r.Supplies[i]
			set[party{s.Provider, s.Lab, s.Kind}] = true
		}
		return set
	}
	before, after := parties(own), parties(way)
	for p := range after {
		if !before[p] {
			return true
		}
	}
	return len(before) != len(after)
}

// AssessWays says which ways past the wall make it harder or easier to leave. Nothing is said of a plan whose own index
// is not known; of a way whose plan cannot be assessed, why.
func (a *Answer) AssessWays(base *lockin.Base, own lockin.Summary) error {
	result, ok := a.Own()
	if a.Ways == nil || !ok || !own.Index.Known() {
		return nil
	}
	var list []lockin.Evaluated
	var ids []string
	for i := range a.Ways.Ways {
		if w := &a.Ways.Ways[i]; changesHands(result, w.Result) {
			list, ids = append(list, lockin.Evaluated{Plan: w.Plan(), Result: w.Result}), append(ids, w.ID)
		}
	}
	a.Exits.Ways = map[string]string{}
	found, err := base.SummariesOf(list)
	if invalid := pricing.Invalid(err); invalid != nil {
		for _, id := range ids {
			a.Exits.Ways[id] = "lock-in unknown: " + LeaveErrors(invalid)[0].Message
		}
		return nil
	}
	if err != nil {
		return err
	}
	for i := range found {
		a.Exits.Ways[ids[i]] = lockinChange(own.Index, found[i].Index)
	}
	return nil
}

// lockinChange is what a way does to the index, "" when it stays as it is or is not known.
func lockinChange(own, way lockin.Figure) string {
	if !way.Known() || own.String() == way.String() {
		return ""
	}
	word := "better"
	if way.Float() > own.Float() {
		word = "worse"
	}
	return "lock-in " + word + ": " + own.String() + " → " + way.String()
}
