package lockin

import (
	"math/big"
	"slices"

	"headroom/pricing"
)

// Removal is one dependency, what it costs to remove it now, and what that saves if the seller is left one day.
type Removal struct {
	ID        string
	Rule      string // "L22"; of a move L01
	Title     string
	How       string
	CostNow   Figure // once, and a year of a dearer seller; not known: Why says what decides it
	PerYear   Figure // part of CostNow that comes back every year; negative: it saves
	Saves     Figure // of the cash cost of the exit
	SavesDays Figure // of the time to exit; not known when that is not
	Index     Figure // after the removal
	SellerHHI Figure // change
	BreakEven Figure // per cent: from which chance of leaving it pays; not known without cost or saving
	Verdict   RemovalVerdict
	Why       string
}

// RemovalVerdict reports whether a removal pays.
type RemovalVerdict string

// The verdicts.
const (
	WorthRemoving    RemovalVerdict = "worth removing"
	NotWorthRemoving RemovalVerdict = "not worth removing"
	DependsOnChance  RemovalVerdict = "depends on the chance of leaving"
	RemovalUnknown   RemovalVerdict = "unknown"
)

// removal is a way to take a component out: what changes in the input, and what that costs; why says what the cost is,
// or why it is not known.
type removal struct {
	rule   string
	change func(*Exit)
	cost   removalCost
	why    string
}

type removalCost int8

const (
	sameWork  removalCost = iota // the work of the exit, done now
	noCost                       // asking for it
	askSeller                    // what the other side asks
)

func removalsOf() []removal {
	zero := literal("0")
	return []removal{
		{"L25", func(x *Exit) { x.CommitRemaining = zero }, askSeller, "what the seller asks for a step-down"},
		{"L26", func(x *Exit) { x.Provisioned = nil }, askSeller, "the price of the capacity without a term"},
		{"L02", func(x *Exit) { x.Egress.ExitWaiver = true }, noCost, "the exit programme of the seller"},
		{"L17", func(x *Exit) { x.Embedding = Embedding{} }, sameWork, "embedding with an open model now costs what " +
			"embedding again would"},
		{"L12", func(x *Exit) { x.FineTune.Models = zero }, sameWork, "training open weights now costs what training " +
			"again would"},
		{"L05", func(x *Exit) { x.Work.Services = zero }, sameWork, "the same days now as at the exit"},
		{"L21", func(x *Exit) { x.Work.Agents = zero }, sameWork, "the same days now as at the exit"},
		{"L22", func(x *Exit) { yes := true; x.Work.Gateway = &yes }, sameWork,
			"moving every integration behind a gateway, the same days now as at the exit"},
		{"L23", func(x *Exit) { x.Work.Prompts, x.Work.EvalSuites = zero, zero }, sameWork,
			"qualifying a second model now, the same days as at the exit, and again at each change of model"},
		{"L29", func(x *Exit) { x.TerminationFee = zero }, askSeller, "what the seller asks to strike the fee"},
		{"L36", func(x *Exit) { x.ParallelRunDays = zero }, askSeller, "what a cut-over without a parallel run risks"},
	}
}

// Removals are the dependencies of an alternative that have a cost, those of the exit first, then the lines that could
// move, the cheapest first. chance is the user's share of how likely the exit is, 0 to 1; without it the verdict of
// what costs something now depends on it.
func (a *Alternative) Removals(chance pricing.Number) []Removal {
	list := []Removal{}
	if a.Assessment.Note != "" {
		return list
	}
	v := a.view
	for _, r := range removalsOf() {
		if cost, _ := v.a.Exit.Components.Get(r.rule); cost.Known() && cost.value.Sign() > 0 {
			list = append(list, v.without(r, cost, a.title(r.rule), a.remedy(r.rule)))
		}
	}
	list = append(list, v.moves()...)
	for i := range list {
		list[i].judge(chance)
	}
	return list
}

func (a *Alternative) title(rule string) string {
	i := slices.IndexFunc(a.Rules, func(o Outcome) bool { return o.Rule == rule })
	return a.Rules[i].Title
}

func (a *Alternative) remedy(rule string) string {
	for i := range a.RulesFired {
		if a.RulesFired[i].Rule == rule {
			return a.RulesFired[i].Remedy
		}
	}
	return ""
}

// without assesses the alternative once more without a component.
func (v *view) without(r removal, cost Figure, title, how string) Removal {
	in := v.in
	r.change(&in.Exit)
	out := Removal{ID: r.rule, Rule: r.rule, Title: title, How: how, Why: r.why,
		PerYear: figure(new(big.Rat), moneyPlaces)}
	v.compare(&out, &in)
	switch r.cost {
	case sameWork:
		out.CostNow = cost
	case noCost:
		facts := v.facts.Of(v.in.Exit.Seller, "free_egress_on_exit")
		if len(facts) == 0 || len(facts[0].Value) < 3 || facts[0].Value[:3] != "yes" {
			out.Why = "no exit programme of this seller is on file"
			break
		}
		out.CostNow, out.Why = figure(new(big.Rat), moneyPlaces), facts[0].String()
		if doubt := facts[0].Doubt(v.market.today); doubt != "" {
			out.Why += "; " + doubt
		}
	}
	return out
}

// compare fills in what differs between an alternative and what it would be.
func (v *view) compare(out *Removal, in *Input) {
	after := in.assess(v.gaps)
	if after.Exit.CashCost.Known() && v.a.Exit.CashCost.Known() {
		out.Saves = figure(sub(v.a.Exit.CashCost.value, after.Exit.CashCost.value), moneyPlaces)
	} else if now, ok := v.a.Exit.Components.Get(out.Rule); ok { // the rest of the sum is not known; this part is
		then, _ := after.Exit.Components.Get(out.Rule)
		out.Saves = figure(sub(now.value, then.value), moneyPlaces)
	}
	if after.Time.TimeToExit.Known() && v.a.Time.TimeToExit.Known() {
		out.SavesDays = figure(sub(v.a.Time.TimeToExit.value, after.Time.TimeToExit.value), 0)
	}
	out.Index = after.Index
	out.SellerHHI = figure(sub(after.Concentration.Seller.HHI.value, v.a.Concentration.Seller.HHI.value), hhiPlaces)
}

// moves are the lines that could move to the cheapest seller that qualifies.
func (v *view) moves() []Removal {
	var list []Removal
	for i := range v.lines {
		if best, there := v.cheapest(&v.lines[i]); there != nil && spendOf(&v.lines[i]).Sign() > 0 {
			list = append(list, v.moved(i, best, there))
		}
	}
	slices.SortStableFunc(list, func(a, b Removal) int { return a.PerYear.value.Cmp(b.PerYear.value) })
	return list
}

// cheapest is the cheapest option at another seller that qualifies, and what a year of the line costs there; nil when
// none does.
func (v *view) cheapest(l *planLine) (best *Option, year *big.Rat) {
	limits := v.in.limits()
	for i := range l.options {
		o := &l.options[i]
		if o.Seller != l.Seller && limits.qualifies(&o.Substitute) &&
			(best == nil || rat(o.PriceRatio).Cmp(rat(best.PriceRatio)) < 0) {
			best = o
		}
	}
	if best == nil {
		return nil, nil
	}
	return best, v.elsewhereAt(l, v.yearly(l.ID), rat(best.PriceRatio))
}

// moved assesses the alternative once more with one line at another seller, where a year of it costs there.
func (v *view) moved(i int, to *Option, there *big.Rat) Removal {
	l, in := &v.lines[i], v.in
	in.Lines = slices.Clone(in.Lines)
	ratio := rat(to.PriceRatio)
	line := in.Lines[i]
	dearer := sub(there, spendOf(l))
	spend, _ := there.Float64()
	line.AnnualSpend, line.Seller, line.Lab, line.ChipShares = number(spend, 6), to.Seller, to.Lab, nil
	line.Chips = v.chipsAt(to.Seller)
	line.Substitutes = swapped(l, to)
	in.Lines[i] = line
	if _, left := in.spend(); left.Sign() == 0 || v.assumedSeller() {
		in.Exit.Seller = in.largestSeller() // leaving a seller without spend says nothing
	}
	out := Removal{ID: "move-" + l.ID, Rule: "L01", Title: "Move " + l.ID + " to " + v.market.sellerName(to.Seller),
		PerYear: figure(dearer, moneyPlaces),
		How:     v.market.modelName(to.Model) + " at " + ratio.FloatString(2) + " of today's price"}
	v.compare(&out, &in)
	switch {
	case to.Model == l.model:
		out.CostNow, out.Why = out.PerYear, "the same model: what a year there costs more or less"
	case len(v.gaps["L23"]) == 0:
		work, _, _ := retune(v)
		out.CostNow, out.Why = figure(add(dearer, work), moneyPlaces),
			"a year there, and prompts and evaluations for the other model"
	default:
		out.Why = "the work for prompts and evaluations: " + list(v.gaps["L23"])
	}
	return out
}

// assumedSeller reports whether the plan names no seller to leave.
func (v *view) assumedSeller() bool {
	return slices.ContainsFunc(v.assumed, func(n Note) bool { return n.Path == exitPath+"seller" })
}

// chipsAt are the vendors that a fact about a seller names.
func (v *view) chipsAt(seller string) []string {
	for _, f := range v.facts.Of(seller, "chips") {
		if chips := f.chips(); len(chips) > 0 {
			return chips
		}
	}
	return nil
}

// swapped are the substitutes of a line after its move: today's seller takes the place of the new one, and ratios are
// against the new price and quality.
func swapped(l *planLine, to *Option) []Substitute {
	list := []Substitute{{Seller: l.Seller, Lab: l.Lab, PriceRatio: literal("1"), QualityRatio: literal("1"),
		MeetsHard: true}}
	for i := range l.options {
		if o := &l.options[i]; o != to {
			list = append(list, o.Substitute)
		}
	}
	price, quality := to.PriceRatio.Float(), to.QualityRatio.Float()
	for i := range list {
		list[i].PriceRatio = number(list[i].PriceRatio.Float()/price, 9)
		if !list[i].QualityRatio.IsZero() {
			list[i].QualityRatio = number(list[i].QualityRatio.Float()/quality, 9)
		}
	}
	return list
}

// ChangesNothing reports whether a move costs nothing and brings nothing: another seller at the same price, as alone as
// before.
func (r *Removal) ChangesNothing() bool {
	zero := func(f Figure) bool { return f.Known() && f.value.Sign() == 0 }
	return zero(r.CostNow) && zero(r.Saves) && zero(r.SellerHHI)
}

// judge sets what it costs now against the chance that it saves something.
func (r *Removal) judge(chance pricing.Number) {
	switch {
	case !r.CostNow.Known() || !r.Saves.Known():
		r.Verdict = RemovalUnknown
		return
	case r.CostNow.value.Sign() <= 0 && (r.CostNow.value.Sign() < 0 || r.Saves.value.Sign() > 0 ||
		r.SellerHHI.value.Sign() < 0):
		r.Verdict = WorthRemoving
		return
	case r.Saves.value.Sign() <= 0:
		r.Verdict = NotWorthRemoving
		return
	}
	even := quo(r.CostNow.value, r.Saves.value)
	r.BreakEven = figure(mul(even, frac(100, 1)), scorePlaces)
	switch {
	case even.Cmp(frac(1, 1)) >= 0:
		r.Verdict = NotWorthRemoving
	case chance.IsZero():
		r.Verdict = DependsOnChance
	case rat(chance).Cmp(even) >= 0:
		r.Verdict = WorthRemoving
	default:
		r.Verdict = NotWorthRemoving
	}
}
