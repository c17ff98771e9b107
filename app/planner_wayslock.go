package app

import (
	"headroom/pricing"
	"headroom/pricing/lockin"
)

// changesHands says that a way buys from another seller, another lab's model or capacity that is promised: the others
// leave what it takes to leave as it is.
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

// assessWays says which ways past the wall make it harder or easier to leave. Nothing is said of a plan whose own index is
// not known.
func (a *answer) assessWays(base *lockin.Base, own lockin.Summary) error {
	result, ok := a.own()
	if a.ways == nil || !ok || !own.Index.Known() {
		return nil
	}
	var list []lockin.Evaluated
	var ids []string
	for i := range a.ways.Ways {
		if w := &a.ways.Ways[i]; changesHands(result, w.Result) {
			list, ids = append(list, lockin.Evaluated{Plan: w.Plan(), Result: w.Result}), append(ids, w.ID)
		}
	}
	found, err := base.SummariesOf(list)
	if err != nil {
		return err
	}
	a.exits.ways = map[string]string{}
	for i := range found {
		a.exits.ways[ids[i]] = lockinChange(own.Index, found[i].Index)
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
