package lockin

import (
	"fmt"
	"math/big"

	"headroom/pricing/calendar"
)

const factsPath = "dependencies.facts."

// countedRule is a rule about a number of things and the days for each.
func countedRule(v *view, c *Counted, name, what string) verdictOf {
	if c == nil || c.Count.IsZero() {
		return needs(factsPath + name)
	}
	if c.Count.Float() > 0 && c.Days.IsZero() {
		return needs(factsPath + name + ".days: your estimate")
	}
	work := mul(rat(c.Count), rat(c.Days))
	found := v.costly(mul(work, v.in.engineerDay()), new(big.Rat), "%s %s, %s days each", c.Count, what, or0(c.Days))
	for i := range found.findings {
		found.findings[i].Days = peopleRule(v, work)
	}
	return found
}

// peopleRule is the calendar days of engineer-days; unknown without the number of engineers.
func peopleRule(v *view, work *big.Rat) Figure {
	for _, path := range v.gaps["time"] {
		if path == exitPath+"time.engineers" {
			return Figure{}
		}
	}
	return figure(quo(mul(work, frac(7, 5)), rat(v.in.Exit.Time.Engineers)), daysPlaces)
}

func infraRule(v *view) verdictOf { // L06
	return countedRule(v, v.answers.Infra, "infra_integrations", "network, identity and log integrations")
}

func artefacts(v *view) verdictOf { // L15
	return countedRule(v, v.answers.ChipArtefact, "chip_artefacts", "artefacts for one chip family")
}

func stateRule(v *view) verdictOf { // L19
	return countedRule(v, v.answers.State, "provider_state", "classes of state kept by the provider")
}

// gpuReserved is L16: GPU lots with a term that outlives the exit, after resale.
func gpuReserved(v *view) verdictOf {
	cost, lots := 0.0, 0
	for _, id := range sortedKeys(v.plan.GPUPools) {
		for _, lot := range v.plan.GPUPools[id].Lots {
			left := lot.From + calendar.Month(lot.Months) - max(v.exitMonth(), lot.From)
			if lot.Months == 0 || left <= 0 {
				continue
			}
			lots++
			monthly := lot.GPUs.Float() * lot.PricePerHour.Float() * 730
			cost += float64(left) * max(0, monthly-v.answers.GPUResale.Float())
		}
	}
	return v.costly(rat(number(cost, 6)), new(big.Rat), "%d GPU lots outlive the exit on %s; resale %s a month each",
		lots, v.in.Exit.ExitDate, or0(v.answers.GPUResale))
}

func vectorStore(v *view) verdictOf { // L18
	s := v.answers.VectorStore
	switch {
	case s == nil:
		return needs(factsPath + "vector_store")
	case !s.Managed:
		return passes()
	case s.RebuildHours.IsZero() || s.PerHour.IsZero():
		return needs(factsPath+"vector_store.rebuild_hours", factsPath+"vector_store.per_hour")
	}
	return v.costly(mul(rat(s.RebuildHours), rat(s.PerHour)), quo(rat(s.RebuildHours), frac(24, 1)),
		"a managed index, %s hours to rebuild at %s", s.RebuildHours, s.PerHour)
}

func licenceRule(v *view) verdictOf { // L20
	return saidRule(v, v.answers.LicenceRestricts, "licence_restricts", true, Medium,
		"the licence forbids to train on outputs or to move the data set")
}

// saidRule is a rule on one yes-or-no answer.
func saidRule(v *view, answer *bool, name string, firesOn bool, severity Severity, evidence string) verdictOf {
	switch {
	case answer == nil:
		return needs(factsPath + name)
	case *answer != firesOn:
		return passes()
	}
	f := finding(severity, "%s", evidence)
	return fires(f)
}

// creditsRule is L27: credits lost at the exit, shown apart from cash.
func creditsRule(v *view) verdictOf {
	if missing := v.gaps["credits"]; len(missing) > 0 {
		return needs(missing...)
	}
	return v.costly(v.a.Exit.CreditsForfeited.value, new(big.Rat), "credits forfeited; not cash, and not in the "+
		"cash cost")
}

func exclusiveRule(v *view) verdictOf { // L28
	c := v.answers.Contract
	if c == nil {
		return needs(factsPath + "contract")
	}
	severity := Severity("")
	switch {
	case c.Exclusive:
		severity = Critical
	case rat(c.MinShare).Cmp(frac(1, 2)) > 0:
		severity = High
	case c.MinShare.Float() > 0:
		severity = Medium
	default:
		return passes()
	}
	f := finding(severity, "exclusive: %t, minimum share %s", c.Exclusive, or0(c.MinShare))
	if f.Cost, f.Days = (Figure{}), (Figure{}); !c.Penalty.IsZero() {
		f = f.costing(rat(c.Penalty))
	}
	return fires(f)
}

// marketplace is L30: lines that burn a commitment through a marketplace; the shortfall rises when they move.
func marketplace(v *view) verdictOf {
	if v.answers.Marketplace == nil {
		return needs(factsPath + "marketplace_offers: a list of offers, [] for none")
	}
	var found verdictOf
	shortfall, _ := v.a.Exit.Components.Get("L25")
	for _, id := range *v.answers.Marketplace {
		for i := range v.lines {
			if l := &v.lines[i]; l.ID == id && spendOf(l).Sign() > 0 {
				found.findings = append(found.findings, finding(Medium, "%s is bought through a marketplace and "+
					"counts toward a commitment", id).on(id).
					costing(smaller(spendOf(l), shortfall.value)))
			}
		}
	}
	return found
}

func priceGuarantee(v *view) verdictOf { // L31
	found := saidRule(v, v.answers.PriceGuarantee, "price_guarantee", false, Medium,
		"nothing guarantees the price for the term")
	for i := range found.findings {
		found.findings[i].Cost = figure(mul(v.annualSpend(), rat(v.answers.PriceUplift)), moneyPlaces)
		found.findings[i].Evidence += fmt.Sprintf("; uplift %s", or0(v.answers.PriceUplift))
	}
	return found
}

func clausesRule(v *view) verdictOf { // L32
	if !v.in.Exit.EUCustomer {
		return passes()
	}
	c := v.answers.Contract
	if c == nil || c.SwitchingClauses == nil {
		return needs(factsPath + "contract.switching_clauses")
	}
	found := saidRule(v, c.SwitchingClauses, "contract.switching_clauses", false, High,
		"to check: notice at most 2 months, transition 30 days (7 months if infeasible), retrieval 30 days, erasure, "+
			"list of exportable data")
	for i := range found.findings {
		found.findings[i].Days = figure(rat(v.in.Exit.Time.NoticeDays), daysPlaces)
	}
	return found
}

func skillsRule(v *view) verdictOf { // L33
	t := v.answers.Team
	if t == nil || t.LargestStackShare.IsZero() {
		return needs(factsPath + "team.largest_stack_share")
	}
	if rat(t.LargestStackShare).Cmp(frac(4, 5)) <= 0 {
		return passes()
	}
	if !peopleRule(v, frac(1, 1)).Known() {
		return needs(exitPath + "time.engineers")
	}
	days := or(t.RetrainingDays, frac(10, 1))
	return v.costly(mul(rat(v.in.Exit.Time.Engineers), days, v.in.engineerDay()), days,
		"%s of the engineers know one seller", t.LargestStackShare)
}

func vendorRun(v *view) verdictOf { // L34
	t := v.answers.Team
	if t == nil {
		return needs(factsPath + "team.vendor_operated")
	}
	found := saidRule(v, t.VendorOperated, "team.vendor_operated", true, High,
		"the vendor or its partner builds or operates it")
	days := or(t.ShadowDays, frac(20, 1))
	for i := range found.findings {
		found.findings[i] = found.findings[i].costing(mul(days, v.in.engineerDay())).taking(days)
	}
	return found
}

// rehearsed is L35. No date is no rehearsal: that is what the rule says.
func rehearsed(v *view) verdictOf {
	last := v.answers.LastExitTest
	switch {
	case last == "" || last == "never":
		return fires(finding(Medium, "no exit test on file: every estimate here is untested"))
	case daysBetween(last, string(v.market.today)) > 365:
		return fires(finding(Medium, "the last exit test was on %s: the estimates are untested since", last))
	}
	return passes()
}
