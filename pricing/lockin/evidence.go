package lockin

import (
	"cmp"
	"slices"
)

// FactGroup is what is known about one thing at one seller or lab. More than one value contradict each other: they
// stand side by side, and the first is used.
type FactGroup struct {
	Provider, Field string
	Facts           []DatedFact
	Contradict      bool
}

// DatedFact is a fact with the reason to doubt it on the day of the assessment; "" for none.
type DatedFact struct {
	Fact
	Doubt string
}

// Facts are what is known about the sellers and labs of an alternative, the team's own corrections first.
func (a *Alternative) Facts() []FactGroup {
	v := a.view
	parties := sellersOfPlan(v)
	for i := range v.lines {
		parties = append(parties, v.lines[i].Lab)
	}
	slices.Sort(parties)
	var list []FactGroup
	for _, p := range slices.Compact(parties) {
		for _, field := range v.facts.fields(p) {
			group := FactGroup{Provider: p, Field: field}
			for _, f := range v.facts.Of(p, field) {
				group.Facts = append(group.Facts, DatedFact{f, f.Doubt(v.market.today)})
				group.Contradict = group.Contradict || f.Value != group.Facts[0].Value
			}
			list = append(list, group)
		}
	}
	return list
}

// fields are what is on file about a provider, in the order of the names.
func (list Facts) fields(provider string) []string {
	var names []string
	for _, f := range list {
		if f.Provider == provider {
			names = append(names, f.Field)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Party is a seller, lab or chip vendor of a line that is not known, and what that does to the figures.
type Party struct{ Line, Layer, Name, Effect string }

// Unknown are the parties that nobody knows.
func (a *Alternative) Unknown() []Party {
	v, list := a.view, []Party{}
	total, _ := v.in.spend()
	for i := range v.lines {
		l := &v.lines[i]
		share := "no spend"
		if total.Sign() > 0 {
			share = figure(quo(mul(frac(100, 1), spendOf(l)), total), sharePlaces).String() + " % of the spend"
		}
		if l.Seller == "" || len(v.facts.fields(l.Seller)) == 0 {
			list = append(list, Party{l.ID, "seller", cmp.Or(l.Seller, Unknown), "nothing is on file about it: " +
				"egress, notice, export of tuned weights and chips have to be answered; " + share + " is billed by it"})
		}
		if l.Lab == "" {
			list = append(list, Party{l.ID, "lab", Unknown, "counts as one lab of its own, " + share +
				"; no other lab can be compared with it, so the line has no substitute by lab unless one is evaluated"})
		}
		if len(l.Chips) == 0 {
			list = append(list, Party{l.ID, "chip", Unknown, "counts as one vendor of its own, " + share +
				"; the stress figure lets it run on any vendor"})
		}
	}
	return list
}

// The verdicts on an option.
const (
	Qualifies    = "qualifies"
	NotEvaluated = "not evaluated"
	TooDear      = "too dear"
	NotGood      = "not good enough"
	MissesNeed   = "misses a need"
)

// verdict reports whether an option qualifies, or the first reason why not.
func (l *limits) verdict(s *Substitute) string {
	switch {
	case l.qualifies(s):
		return Qualifies
	case !s.MeetsHard:
		return MissesNeed
	case s.QualityRatio.IsZero():
		return NotEvaluated
	case compare(s.PriceRatio, l.price, l.floatPrice) > 0:
		return TooDear
	}
	return NotGood
}

// FactFields are the things that a fact can be about and that a rule or a deadline reads.
func FactFields() []string {
	return []string{"chips", "egress_tiers", "free_egress_on_exit", "ft_weight_export", "ft_end_date",
		"commitment", "commitment_exit", "government_action", "policy_conflict", "api_sunset"}
}
