package lockin

import (
	"fmt"
	"math/big"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// planLine is an offer that routes reach, with what the catalogue and the facts know about it.
type planLine struct {
	Line
	offer     pricing.Offer
	entry     *catalog.Offer // nil: the plan names none
	model     string         // canonical id; empty: unknown
	region    string
	workloads []string
	demand    demand
	chipFact  *Fact // where the chips come from; nil: the plan, or nobody
	sellers   []string
	unsure    []string
	asOf      calendar.Day // oldest row behind sellers
	retires   calendar.Day // empty: no date known
	unit      float64      // dollars for the line's mix today; 0: unknown
	options   []Option
}

func (l *planLine) answer(limits *limits) LineAnswer {
	out := LineAnswer{ID: l.ID, AnnualSpend: figure(rat(l.AnnualSpend), moneyPlaces), Seller: l.Seller,
		Lab: l.Lab, Model: l.model,
		Workloads: some(l.workloads), Chips: some(l.Chips), ChipsSource: "not known", Sellers: some(l.sellers),
		SellersUnsure: some(l.unsure),
		SellersAsOf:   l.asOf, Retires: l.retires, Options: some(slices.Clone(l.options))}
	for i := range out.Options {
		out.Options[i].Verdict = limits.verdict(&out.Options[i].Substitute)
	}
	switch {
	case l.chipFact != nil:
		out.ChipsSource = l.chipFact.String()
	case len(l.Chips) > 0:
		out.ChipsSource = "the plan"
	}
	return out
}

// some is a list that JSON writes as [] when it is empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// addLines derives one line for each offer that routes reach in the window. The annual spend is the list cost of those
// months, annualised when they are fewer than twelve.
func (v *view) addLines() {
	if n := len(v.window); n < 12 {
		v.assume("lines", "annual spend is the list cost of %d months, times 12 / %d", n, n)
	}
	workloads := sortedKeys(v.plan.Workloads)
	v.lines = make([]planLine, 0, len(v.result.Supplies))
	for i := range v.result.Supplies {
		s := &v.result.Supplies[i]
		l := planLine{offer: v.plan.Offers[s.Offer], model: s.Model}
		l.ID, l.Seller, l.Lab = s.Offer, s.Provider, s.Lab
		if s.Catalog != "" && v.market.catalog != nil {
			l.entry, _ = v.market.catalog.Offer(s.Catalog, l.offer.Scope)
		}
		year := v.yearly(s.Offer)
		l.AnnualSpend = number(year.Usage+year.Fixed, 6)
		v.placed(&l)
		v.demanded(&l, workloads)
		v.chipped(&l)
		l.demand.scale()
		l.sellers, l.unsure, l.asOf = v.market.sellers(l.model, &l.demand)
		if l.model != "" {
			l.Sellers = number(float64(len(l.sellers)), 0)
		}
		v.lines = append(v.lines, l)
	}
	limit, _ := v.in.limits().price.Float64()
	for i := range v.lines {
		l := &v.lines[i]
		if l.unit = v.unit(l); l.unit > 0 {
			l.options = v.optionsOf(l, limit)
		}
		for _, o := range l.options {
			l.Substitutes = append(l.Substitutes, o.Substitute)
		}
		v.in.Lines = append(v.in.Lines, l.Line)
	}
}

// optionsOf looks through the market, once for lines that are alike.
func (v *view) optionsOf(l *planLine, limit float64) []Option {
	key := fmt.Sprintf("%q %q %v %v %v %v %q", l.model, l.Seller, l.unit, l.demand, v.end, limit, v.answers.Quality)
	return once(v.seen.options, key,
		func() []Option { return v.market.options(l, l.unit, v.end, limit, v.answers.Quality) })
}

// yearly is the requests and the list cost of an offer over the window, annualised, in the plan's currency.
func (v *view) yearly(offer string) pricing.OfferMonth {
	year, times := pricing.OfferMonth{ID: offer}, 12/float64(len(v.window))
	for _, m := range v.window {
		o, _ := v.result.Months[m].Offers.Get(offer)
		year.Requests += o.Requests * times
		year.Usage += o.Usage * times
		year.Fixed += o.Fixed * times
	}
	return year
}

// elsewhereAt is what an offer at a price ratio bills, in the plan's currency, for what a line did. Lots stay behind: a
// line that is billed by token pays the ratio of its usage, one whose capacity has a fixed price pays for its requests
// by token. Nil when nothing converts dollars.
func (v *view) elsewhereAt(l *planLine, did pricing.OfferMonth, ratio *big.Rat) *big.Rat {
	byToken := did.Usage
	if byToken == 0 {
		dollar, ok := v.dollar()
		if !ok {
			return nil
		}
		byToken = l.unit * did.Requests * dollar
	}
	return mul(rat(number(byToken, 6)), ratio)
}

// placed fills in region and retirement, the plan before the catalogue.
func (v *view) placed(l *planLine) {
	l.region = l.offer.Region
	scope := l.offer.Scope
	if l.entry != nil {
		scope, l.retires = l.entry.Scope, l.entry.Retires
		if l.Lab == "" {
			l.Lab = l.entry.Lab
		}
	}
	if len(scope) > 7 && scope[:7] == "region:" && l.region == "" {
		l.region = scope[7:]
	}
	if l.offer.Retires != 0 {
		l.retires = calendar.Day(l.offer.Retires.String() + "-01")
	}
}

// demanded gathers what the workloads that are routed to the line send and need, in the last month of the window that
// serves anybody.
func (v *view) demanded(l *planLine, workloads []string) {
	last := v.lastServed()
	month := v.plan.Start + calendar.Month(last)
	for _, id := range workloads {
		w := v.plan.Workloads[id]
		for _, r := range w.Routes {
			share := r.Share.Or(month, 0)
			if r.Offer != l.ID || share <= 0 {
				continue
			}
			requests, _ := v.result.Months[last].WorkloadRequests.Get(id)
			request := growth.Request{Input: w.InputTokens.Float(), Output: w.OutputTokens.Float(),
				CacheRead: w.CacheReadShare.Float(), CacheWrite: w.CacheWriteShare.Float()}
			l.demand.send(part{float64(requests) * share, w.BatchShare.Float(), request})
			l.demand.context = max(l.demand.context, int64(request.Input+request.Output))
			l.workloads = append(l.workloads, id)
			l.demand.need(w.Needs)
		}
	}
}

// send adds a workload's requests; those that are alike count as one part.
func (d *demand) send(p part) {
	for i := range d.parts {
		if old := &d.parts[i]; old.batch == p.batch && old.Request == p.Request {
			old.count += p.count
			return
		}
	}
	d.parts = append(d.parts, p)
}

// scale makes the parts shares of all requests: only their proportions matter, and lines that send the same in other
// numbers are alike.
func (d *demand) scale() {
	sum := 0.0
	for i := range d.parts {
		sum += d.parts[i].count
	}
	for i := range d.parts {
		if sum > 0 {
			d.parts[i].count /= sum
		}
	}
}

// need adds a workload's hard needs; the places of several workloads are those that all of them allow.
func (d *demand) need(n *pricing.Needs) {
	if n == nil {
		return
	}
	d.context = max(d.context, int64(n.MinContextTokens.Float()))
	d.tools = d.tools || n.Tools
	switch {
	case len(d.residency) == 0:
		d.residency = n.Residency
	case len(n.Residency) > 0:
		d.residency = slices.DeleteFunc(slices.Clone(d.residency),
			func(place string) bool { return !slices.Contains(n.Residency, place) })
	}
	for _, m := range n.Modalities {
		if !slices.Contains(d.modalities, m) {
			d.modalities = append(d.modalities, m)
		}
	}
}

// chipped takes the plan's chips, else those that a fact about the seller names.
func (v *view) chipped(l *planLine) {
	l.Chips = l.offer.Chips
	if len(l.Chips) > 0 {
		return
	}
	for _, f := range v.facts.Of(l.Seller, "chips") {
		if chips := f.chips(); len(chips) > 0 {
			l.Chips, l.chipFact = chips, &f
			return
		}
	}
}

// unit is what the line's mix costs today in dollars, at the plan's own prices where it states them; 0 when not known.
func (v *view) unit(l *planLine) float64 {
	if len(l.offer.Prices) == 0 {
		if l.entry == nil {
			return 0
		}
		row, _ := l.entry.RowAt(v.market.today)
		if row == nil {
			return 0
		}
		cost, _ := l.demand.cost(tiersOf(row))
		return cost
	}
	month := v.plan.Start + calendar.Month(v.window[len(v.window)-1])
	var own pricing.PriceRow
	for _, row := range l.offer.Prices {
		if row.From <= month && row.From >= own.From {
			own = row
		}
	}
	base, ok := v.rate(l.offer.Currency, month)
	dollar, known := v.dollar()
	if own.From == 0 || !ok || !known {
		return 0
	}
	return l.demand.ownCost(own) * base / dollar
}

// dollar is the plan's currency for a dollar, at the end of the window.
func (v *view) dollar() (float64, bool) {
	return v.rate("USD", v.plan.Start+calendar.Month(v.window[len(v.window)-1]))
}

// rate is the plan's currency for one unit of another.
func (v *view) rate(currency string, m calendar.Month) (float64, bool) {
	if currency == "" || currency == v.plan.BaseCurrency() {
		return 1, true
	}
	return v.plan.FX[currency].At(m)
}

// ownCost is what the mix costs at a price row of the plan; cached tokens cost what input costs unless the row says
// otherwise.
func (d *demand) ownCost(row pricing.PriceRow) float64 {
	input := row.Input.Float()
	prices := growth.Prices{Input: input, CacheRead: row.CacheRead.Or(input), CacheWrite: row.CacheWrite.Or(input),
		Output:     row.Output.Float(),
		PerRequest: row.PerRequest.Float()}
	sum := 0.0
	for _, p := range d.parts {
		sum += p.count * prices.Cost(p.Request)
	}
	return sum
}

// spendOf is a line's annual spend.
func spendOf(l *planLine) *big.Rat { return rat(l.AnnualSpend) }
