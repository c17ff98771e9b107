package lockin

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

func (l *Layer) evidence(what string) string {
	var parts []string
	for _, s := range l.Shares {
		parts = append(parts, fmt.Sprintf("%s %s %%", s.ID, s.Pct))
	}
	return fmt.Sprintf("%s: %s; HHI %s, effective number %s (reference lines of merger control only: 1,800 and 30 %%)",
		what, list(parts), l.HHI, l.EffectiveNumber)
}

func concentrated(l *Layer, what string) verdictOf {
	severity := byShare(l.topShare())
	if severity == "" {
		return passes()
	}
	return fires(finding(severity, "%s; 10 points moved from the first to the next change HHI by %s",
		l.evidence(what), l.moving(frac(10, 1)).FloatString(hhiPlaces)))
}

// moving is the change of HHI when points of the spend move from the largest party to the next, or to a new one.
func (l *Layer) moving(points *big.Rat) *big.Rat {
	first, next := new(big.Rat), new(big.Rat)
	for _, s := range l.Shares {
		switch v := s.Pct.value; {
		case v.Cmp(first) > 0:
			first, next = v, first
		case v.Cmp(next) > 0:
			next = v
		}
	}
	return DeltaHHI(first, next, points)
}

func sellerShare(v *view) verdictOf { return concentrated(&v.a.Concentration.Seller, "sellers") } // L01
func labShare(v *view) verdictOf    { return concentrated(&v.a.Concentration.Lab, "labs") }       // L08

// chipShare is L14. Chips that facts name are an equal split of what sellers name, and only as good as the fact; a line
// whose vendors nobody names makes the rule unknown unless it fires anyway.
func chipShare(v *view) verdictOf {
	found := concentrated(&v.a.Concentration.Chip, "chip vendors, equal split where the share is not disclosed "+
		"(assumed)")
	var missing []string
	for i := range v.lines {
		l := &v.lines[i]
		switch {
		case len(l.Chips) == 0 && spendOf(l).Sign() > 0:
			missing = append(missing, "offers."+l.ID+".chips")
		case l.chipFact != nil:
			for j := range found.findings {
				found.findings[j] = found.findings[j].doubting(prefixed(l.chipFact, l.chipFact.Doubt(v.market.today)))
			}
		}
	}
	for j := range found.findings {
		f := &found.findings[j]
		f.Evidence += "; stress HHI " + v.a.Concentration.Chip.StressHHI.String()
		if len(missing) > 0 {
			*f = f.doubting("vendors unknown: " + list(missing))
		}
	}
	found.missing = missing
	return found
}

// prefixed says which fact a doubt is about; empty without one.
func prefixed(f *Fact, doubt string) string {
	if doubt == "" {
		return ""
	}
	return f.Provider + " " + f.Field + ": " + doubt
}

// residencyRule is L03: at most one seller of the model where the line may be served. Sellers whose scope does not say
// are not counted, and as long as there are any, no finding is made.
func residencyRule(v *view) verdictOf {
	var found verdictOf
	for i := range v.lines {
		l := &v.lines[i]
		if len(l.demand.residency) == 0 || len(l.sellers) > 1 {
			continue
		}
		if l.model == "" || len(l.unsure) > 0 {
			found.missing = append(found.missing, fmt.Sprintf("offers.%s: where its model is processed by %s",
				l.ID, or1(list(l.unsure), "its seller")))
			continue
		}
		found.findings = append(found.findings, residing(v, l))
	}
	return found
}

func residing(v *view, l *planLine) Finding {
	severity := High
	if len(l.sellers) == 0 {
		severity = Critical
	}
	f := finding(severity, "%s in %s is sold by %d sellers (%s) as of %s", l.model, list(l.demand.residency),
		len(l.sellers), list(l.sellers), l.asOf).on(l.ID)
	f.Cost = Figure{}
	if !v.answers.ResidencyUplift.IsZero() {
		f = f.costing(quo(mul(spendOf(l), rat(v.answers.ResidencyUplift), whole(v.plan.Months)), frac(12, 1)))
	}
	return f.doubting(ageDoubt(string(l.asOf), dayOf(string(l.asOf)), v.market.today))
}

func dayOf(text string) func() (time.Time, bool) { return (&Fact{AsOf: text}).day }

// oneRegion is L04: the production lines of a seller stand in one region.
func oneRegion(v *view) verdictOf {
	regions, unknown := map[string][]string{}, verdictOf{}
	for i := range v.lines {
		l := &v.lines[i]
		switch {
		case !inProduction(v, l) || spendOf(l).Sign() == 0 || spansRegions(v, l):
		case l.region == "":
			unknown.missing = append(unknown.missing, "offers."+l.ID+".region")
		case !slices.Contains(regions[l.Seller], l.region):
			regions[l.Seller] = append(regions[l.Seller], l.region)
		}
	}
	severity := Medium
	if v.answers.SLA.Float() >= 99.9 {
		severity = High
	}
	for _, seller := range slices.Sorted(keys(regions)) {
		if len(regions[seller]) == 1 {
			unknown.findings = append(unknown.findings,
				finding(severity, "every production line at %s runs in %s", seller, regions[seller][0]))
		}
	}
	return unknown
}

// spansRegions reports whether the offer's scope is wider than one region.
func spansRegions(v *view, l *planLine) bool {
	scope := l.offer.Scope
	if scope == "" && l.entry != nil {
		scope = l.entry.Scope
	}
	return l.region == "" && (scope == "global" || strings.HasPrefix(scope, "geo:") ||
		strings.HasPrefix(scope, "datazone:"))
}

func inProduction(v *view, l *planLine) bool {
	production := v.answers.Offers[l.ID].Production
	return production == nil || *production
}

// oneSeller is L07. The sellers are those of the catalogue on its date.
func oneSeller(v *view) verdictOf {
	var found verdictOf
	for i := range v.lines {
		l := &v.lines[i]
		if l.model == "" && spendOf(l).Sign() > 0 {
			found.missing = append(found.missing, "offers."+l.ID+".catalog: the model is not known")
			continue
		}
		if severity := v.in.soleSeller(&l.Line, v.a.TotalAnnualSpend.value); severity != "" {
			found.findings = append(found.findings, finding(severity, "%s is sold by one seller, %s, as of %s%s",
				l.model, list(l.sellers), l.asOf, maybe(l.unsure)).on(l.ID))
		}
	}
	return found
}

func maybe(unsure []string) string {
	if len(unsure) == 0 {
		return ""
	}
	return "; where these process is not known: " + list(unsure)
}

// retune is the work of moving one model: prompts and evaluations, its cost and days; false when an answer is missing.
func retune(v *view) (cost, days *big.Rat, ok bool) {
	work := v.in.effort().prompts
	return mul(work, v.in.engineerDay()), quo(mul(work, frac(7, 5)), rat(v.in.Exit.Time.Engineers)),
		len(v.gaps["L23"]) == 0
}

// retiring is L09: a model that retires before the plan ends; critical when less time is left than re-tuning takes.
func retiring(v *view) verdictOf {
	cost, days, ok := retune(v)
	var found verdictOf
	for i := range v.lines {
		l := &v.lines[i]
		if l.entry == nil && l.retires == "" && spendOf(l).Sign() > 0 {
			found.missing = append(found.missing, "offers."+l.ID+".retires")
		}
		if l.retires == "" || l.retires > v.end {
			continue
		}
		f := finding(Medium, "%s at %s retires on %s, the plan ends on %s", or1(l.model, l.ID), l.Seller,
			l.retires, v.end).on(l.ID)
		if f.Cost, f.Days = (Figure{}), (Figure{}); ok {
			f = f.costing(cost)
		}
		if ok && v.in.Exit.Time.Engineers.Float() > 0 && !slices.Contains(v.gaps["time"], exitPath+"time.engineers") {
			f = f.taking(days)
			if left := daysBetween(string(v.market.today), string(l.retires)); whole(left).Cmp(days) < 0 {
				f.Severity = Critical
				f.Evidence += fmt.Sprintf("; %d days are left", left)
			}
		}
		found.findings = append(found.findings, f)
	}
	return found
}

func or1(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func daysBetween(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24)
}

// previewRule is L10: a preview model in production, by the plan's word or the model's id.
func previewRule(v *view) verdictOf {
	cost, days, ok := retune(v)
	var found verdictOf
	for i := range v.lines {
		l := &v.lines[i]
		stage := v.answers.Offers[l.ID].Stage
		if stage == "" && l.entry == nil {
			found.missing = append(found.missing, "dependencies.facts.offers."+l.ID+".stage")
		}
		isPreview := stage == "preview" || stage == "" && l.entry != nil &&
			(strings.Contains(l.entry.NativeID, "preview") || l.entry.Lifecycle == "alpha" ||
				l.entry.Lifecycle == "beta")
		if !isPreview || !inProduction(v, l) || spendOf(l).Sign() == 0 {
			continue
		}
		f := finding(High, "%s is a preview; notice can be as short as two weeks", or1(l.model, l.ID)).on(l.ID)
		if f.Cost, f.Days = (Figure{}), (Figure{}); ok {
			f = f.costing(cost).taking(days)
		}
		found.findings = append(found.findings, f)
	}
	return found
}
