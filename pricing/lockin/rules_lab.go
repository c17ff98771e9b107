package lockin

import (
	"math/big"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// exposed are the sectors in which policy or government action has cut supply.
func exposed(sector string) bool {
	return slices.Contains([]string{"defence", "federal", "surveillance", "intelligence", "policing", "weapons"},
		sector)
}

// supplyCut is L11: the plan's sector is exposed and a lab has an action or a policy conflict on file.
func supplyCut(v *view) verdictOf {
	if v.answers.Sector == "" {
		return needs("dependencies.facts.sector")
	}
	if !exposed(v.answers.Sector) {
		return passes()
	}
	var found verdictOf
	for i := range v.lines {
		l := &v.lines[i]
		facts := append(v.facts.Of(l.Lab, "government_action"), v.facts.Of(l.Lab, "policy_conflict")...)
		if len(facts) > 0 && spendOf(l).Sign() > 0 {
			found.findings = append(found.findings, cutting(v, l, facts))
		}
	}
	return found
}

// cutting shows contradictory facts side by side. One fact without doubt is enough for critical.
func cutting(v *view, l *planLine, facts Facts) Finding {
	evidence, doubts := "", []string{}
	for i, f := range facts {
		if i > 0 {
			evidence += " | "
		}
		evidence += f.String()
		if d := f.Doubt(v.market.today); d != "" {
			doubts = append(doubts, prefixed(&f, d))
		}
	}
	f := finding(Critical, "%s", evidence).on(l.ID)
	f.Cost, f.Days = Figure{}, Figure{}
	if cost, _, ok := retune(v); ok {
		parallel := quo(mul(spendOf(l), rat(v.in.Exit.ParallelRunDays), rat(v.in.Exit.ParallelOverlap)), frac(365, 1))
		f = f.costing(add(cost, parallel))
	}
	if v.a.Time.TimeToExit.Known() {
		f = f.taking(larger(frac(180, 1), v.a.Time.TimeToExit.value))
	}
	if len(doubts) == len(facts) {
		f = f.doubting(doubts...)
	} else {
		f.Doubts = doubts
	}
	return f
}

// tuned is L12: weights that cannot leave. A seller that lets them leave passes; one that nobody knows about does not.
func tuned(v *view) verdictOf {
	if missing := v.gaps["L12"]; len(missing) > 0 {
		return needs(missing...)
	}
	found := component("L12")(v)
	if len(found.findings) == 0 {
		return passes()
	}
	for _, f := range v.facts.Of(v.in.Exit.Seller, "ft_weight_export") {
		stays, known := f.staysInside()
		switch {
		case !known:
			continue
		case !stays && f.Doubt(v.market.today) == "":
			return passes()
		case !stays:
			return needs("dependencies.facts.sellers: ft_weight_export of " + v.in.Exit.Seller + " (" +
				f.Doubt(v.market.today) + ")")
		}
		found.findings[0] = found.findings[0].doubting(prefixed(&f, f.Doubt(v.market.today)))
		return found
	}
	found.findings[0] = found.findings[0].doubting("nothing on file about export at " + v.in.Exit.Seller)
	return found
}

// tuningCloses is L13: the platform on which models were tuned closes before the plan ends.
func tuningCloses(v *view) verdictOf {
	if v.in.Exit.FineTune.Models.IsZero() {
		return needs(exitPath + "fine_tune.models")
	}
	if v.in.Exit.FineTune.Models.Float() == 0 {
		return passes()
	}
	for _, f := range slices.Concat(v.facts.Of(v.in.Exit.Seller, "ft_end_date"),
		v.facts.Of(v.in.Exit.Seller, "ft_weight_export")) {
		day, ok := f.closes()
		if !ok && f.Field == "ft_end_date" {
			day, ok = calendar.Day(f.Value), true
		}
		if !ok || day > v.end {
			continue
		}
		cost, _ := v.a.Exit.Components.Get("L12")
		closing := finding(Critical, "%s", f.String())
		closing.Cost = cost
		return fires(closing.doubting(prefixed(&f, f.Doubt(v.market.today))))
	}
	return passes()
}

// cacheEconomics is L24: features that no substitute has, or a cache discount that the best substitute does not give.
func cacheEconomics(v *view) verdictOf {
	if v.answers.FeatureOnly == nil {
		return needs("dependencies.facts.provider_only_features: a list, [] for none")
	}
	cost := cacheLoss(v)
	if features := *v.answers.FeatureOnly; len(features) > 0 && cost.Sign() == 0 {
		f := finding(Low, "only here: %s", list(features))
		f.Cost = Figure{}
		return fires(f)
	}
	return v.costly(cost, new(big.Rat), "cache discount of the lines at %s that no qualifying substitute gives; only "+
		"here: %s", v.in.Exit.Seller, or1(list(*v.answers.FeatureOnly), "nothing"))
}

// cacheLoss is the yearly cache discount of the exited seller's lines for which no qualifying substitute prices cached
// input below fresh input.
func cacheLoss(v *view) *big.Rat {
	sum, limits := new(big.Rat), v.in.limits()
	for i := range v.lines {
		l := &v.lines[i]
		if l.Seller != v.in.Exit.Seller || l.entry == nil || l.unit <= 0 {
			continue
		}
		cached := slices.ContainsFunc(l.options, func(o Option) bool {
			return limits.qualifies(&o.Substitute) && v.market.discountsCache(o.Offer, o.Scope)
		})
		if row, _ := l.entry.RowAt(v.market.today); row != nil && !cached {
			dearer := number(max(0, l.demand.uncached(row)/l.unit-1), 9)
			sum.Add(sum, mul(rat(dearer), spendOf(l)))
		}
	}
	return sum
}

func (m *market) discountsCache(id, scope string) bool {
	o, err := m.catalog.Offer(id, scope)
	if err != nil {
		return false
	}
	row, _ := o.RowAt(m.today)
	if row == nil {
		return false
	}
	r := row.RatesFor(0)
	return r.HasCacheRead && r.CacheRead < r.Input
}

// uncached is what the mix costs at a row when every token is fresh.
func (d *demand) uncached(row *catalog.Row) float64 {
	fresh := demand{}
	for _, p := range d.parts {
		p.CacheRead, p.CacheWrite = 0, 0
		fresh.parts = append(fresh.parts, p)
	}
	cost, _ := fresh.cost(tiersOf(row))
	return cost
}
