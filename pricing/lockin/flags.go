package lockin

import (
	"cmp"
	"fmt"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// FlagKind says what a choice brings about.
type FlagKind string

const (
	SoldBy        FlagKind = "sold_by"         // Sellers of Model as of Day; warns when there is at most one
	RetiresInPlan FlagKind = "retires_in_plan" // Model retires at Sellers[0] on Day, before the plan ends
	SharedChips   FlagKind = "shared_chips"    // Sellers name the same chip Vendors
	OutlivesModel FlagKind = "outlives_model"  // what was promised runs on after Model retires at Sellers[0] on Day
	CreditEnds    FlagKind = "credit_ends"     // the last month of a credit, Day, is before the plan's
)

// Flag is a consequence of one choice of a plan for leaving a seller, known before anything is evaluated.
type Flag struct {
	// of the choice: "workloads.chat.routes[0]", "alternatives[1]", "commitments[0]", "credits[0]",
	// "offers.ptu.lots[0]"
	Path    string
	Rule    string // that looks at the same thing: "L07"
	Kind    FlagKind
	Warns   bool
	Model   string // canonical id
	Sellers []string
	Unsure  []string // sellers whose scope does not say where they process
	Vendors []string
	Day     calendar.Day
	Doubts  []string // facts behind it that are from memory or too old
}

// Flags are the consequences of the routes, alternatives, commitments, reservations and credits of a plan, in this
// order.
func (b *Base) Flags(p *pricing.Plan) []Flag {
	f := &flagger{plan: p, market: b.market, facts: b.facts}
	f.end = calendar.Day((p.Start + calendar.Month(p.Months-1)).LastDay())
	for _, id := range sortedKeys(p.Workloads) {
		for i, r := range p.Workloads[id].Routes {
			f.offer(at("workloads."+id+".routes", i), r.Offer, p.Workloads[id].Needs)
			f.chips(at("workloads."+id+".routes", i), r.Offer, f.before)
			f.before = appendNew(f.before, r.Offer)
		}
	}
	for i, a := range p.Alternatives {
		f.alternative(at("alternatives", i), a)
	}
	f.promises()
	return f.list
}

type flagger struct {
	plan   *pricing.Plan
	market *market
	facts  Facts
	end    calendar.Day // last day of the plan
	before []string     // offers of the routes so far
	list   []Flag
}

func (f *flagger) add(flag Flag) { f.list = append(f.list, flag) }

// alternative looks at each offer that it reroutes to, once, and at the offers that this replaces.
func (f *flagger) alternative(path string, a pricing.Alternative) {
	var seen []string
	for _, id := range sortedKeys(a.Routes) {
		w := f.plan.Workloads[id]
		var replaced []string
		for _, r := range w.Routes {
			replaced = append(replaced, r.Offer)
		}
		for _, r := range a.Routes[id] {
			if slices.Contains(seen, r.Offer) {
				continue
			}
			seen = append(seen, r.Offer)
			f.offer(path, r.Offer, w.Needs)
			f.chips(path, r.Offer, replaced)
		}
	}
}

// entry is the catalogue's offer behind one of the plan; nil when there is none.
func (f *flagger) entry(id string) *catalog.Offer {
	o := f.plan.Offers[id]
	if f.market.catalog == nil || o.Catalog == "" {
		return nil
	}
	entry, err := f.market.catalog.Offer(o.Catalog, o.Scope)
	if err != nil {
		return nil
	}
	return entry
}

// seller is who bills an offer.
func (f *flagger) seller(id string) string {
	if entry := f.entry(id); entry != nil {
		return entry.Provider
	}
	return f.plan.Offers[id].Provider
}

// retires is the day from which an offer no longer serves, the plan before the catalogue; empty: not known.
func (f *flagger) retires(id string) calendar.Day {
	entry := f.entry(id)
	switch retires := f.plan.Offers[id].Retires; {
	case retires != 0:
		return calendar.Day(retires.String() + "-01")
	case entry != nil:
		return entry.Retires
	}
	return ""
}

// offer says who else sells the model of an offer, and that it retires before the plan ends.
func (f *flagger) offer(path, id string, needs *pricing.Needs) {
	if day := f.retires(id); day != "" && day <= f.end {
		f.add(Flag{Path: path, Rule: "L09", Kind: RetiresInPlan, Warns: true, Model: f.model(id),
			Sellers: []string{f.seller(id)}, Day: day})
	}
	if f.entry(id) == nil || f.model(id) == "" {
		return
	}
	d := demand{}
	d.need(needs)
	sure, unsure, asOf := f.market.sellers(f.model(id), &d)
	f.add(Flag{Path: path, Rule: "L07", Kind: SoldBy, Warns: len(sure) < 2, Model: f.model(id), Sellers: sure,
		Unsure: unsure, Day: asOf})
}

// model is the canonical id of an offer's model; the offer's own id when the catalogue has none.
func (f *flagger) model(id string) string {
	if entry := f.entry(id); entry != nil {
		return entry.Model
	}
	return id
}

// vendors are the chip vendors that the plan or a fact names for an offer, and what is doubtful about that.
func (f *flagger) vendors(id string) (vendors []string, doubt string) {
	if chips := f.plan.Offers[id].Chips; len(chips) > 0 {
		return chips, ""
	}
	for _, fact := range f.facts.Of(f.seller(id), "chips") {
		if chips := fact.chips(); len(chips) > 0 {
			return chips, prefixed(&fact, fact.Doubt(f.market.today))
		}
	}
	return nil, ""
}

// chips says that an offer of another seller runs on chips of the same vendors as an offer before it: a second seller
// is then no second source of chips. It warns when neither names any other vendor.
func (f *flagger) chips(path, id string, others []string) {
	own, doubt := f.vendors(id)
	for _, other := range others {
		theirs, theirDoubt := f.vendors(other)
		common := slices.DeleteFunc(slices.Clone(own), func(v string) bool { return !slices.Contains(theirs, v) })
		if f.seller(other) == f.seller(id) || len(common) == 0 {
			continue
		}
		flag := Flag{Path: path, Rule: "L14", Kind: SharedChips, Warns: len(own) == 1 && len(theirs) == 1,
			Sellers: []string{f.seller(other), f.seller(id)}, Vendors: common}
		for _, d := range []string{theirDoubt, doubt} {
			if d != "" {
				flag.Doubts = append(flag.Doubts, d)
			}
		}
		f.add(flag)
		return
	}
}

// promises looks at what is promised for longer than what it buys, and at credits that end.
func (f *flagger) promises() {
	for i, c := range f.plan.Commitments {
		end := calendar.Month(0)
		for _, p := range c.Periods {
			end = max(end, p.From+calendar.Month(p.Months))
		}
		for _, id := range f.before {
			if oneBill(c.Providers, f.seller(id)) {
				f.outlives(at("commitments", i), "L25", id, end)
			}
		}
	}
	for _, id := range sortedKeys(f.plan.Offers) {
		for i, lot := range f.plan.Offers[id].Lots {
			if lot.Months > 0 {
				f.outlives(at("offers."+id+".lots", i), "L26", id, lot.From+calendar.Month(lot.Months))
			}
		}
	}
	last := f.plan.Start + calendar.Month(f.plan.Months-1)
	for i, c := range f.plan.Credits {
		if c.Expires != 0 && c.Expires < last {
			f.add(Flag{Path: at("credits", i), Rule: "L27", Kind: CreditEnds, Warns: true, Sellers: c.Providers,
				Day: calendar.Day(c.Expires.LastDay())})
		}
	}
}

// outlives flags a promise until the month end whose model retires before.
func (f *flagger) outlives(path, rule, id string, end calendar.Month) {
	if day := f.retires(id); day != "" && end > 0 && day < calendar.Day(fmt.Sprintf("%s-01", end)) {
		f.add(Flag{Path: path, Rule: rule, Kind: OutlivesModel, Warns: true, Model: f.model(id),
			Sellers: []string{f.seller(id)}, Day: day})
	}
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// FlagsAt are the flags of one choice, what a reader should look at twice first.
func FlagsAt(flags []Flag, path string) []Flag {
	var list []Flag
	for _, f := range flags {
		if f.Path == path {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b Flag) int {
		return cmp.Compare(map[bool]int{true: 0, false: 1}[a.Warns], map[bool]int{true: 0, false: 1}[b.Warns])
	})
	return list
}
