package lockin

import (
	"cmp"
	"math/big"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// Outage is what happens when a seller serves nothing for a day, at the load of Month: the last whole month before the
// exit date that serves anybody. Money is in the plan's currency; shares are in per cent of the seller's requests a
// minute at the peak.
type Outage struct {
	Seller     string       `json:"seller"`
	Month      string       `json:"month"`
	Lines      []OutageLine `json:"lines"`
	Carried    Figure       `json:"carried_pct"`     // by capacity that the plan knows: at least so much
	NotCarried Figure       `json:"not_carried_pct"` // by nobody at all; null while a substitute's quota is not known
	DayCost    Figure       `json:"day_cost"`        // what a day at the seller costs
	// what the carriers bill for the day if their quotas allow; null when one has no price
	CarryCost Figure `json:"carry_cost"`
	NetCost   Figure `json:"net_cost"` // CarryCost less what the seller does not bill for what is carried
}

// OutageLine is one line of a seller that is out.
type OutageLine struct {
	Line       string    `json:"line"`
	Peak       Figure    `json:"peak_tokens_per_minute"` // as the line's own quota counts them
	Waits      bool      `json:"waits"`                  // batch only: it can wait for a day
	Carriers   []Carrier `json:"carriers"`
	Carried    Figure    `json:"carried_pct"`
	NotCarried Figure    `json:"not_carried_pct"`
	dayCost    *big.Rat
	carryCost  *big.Rat // nil: not known
	saved      *big.Rat // of what is carried
	requests   float64
}

// Carrier is an offer that could serve a line meanwhile.
type Carrier struct {
	Seller string `json:"seller"`
	Model  string `json:"model"`
	Offer  string `json:"offer"`   // of the plan, or "provider/native-id"
	InPlan bool   `json:"in_plan"` // the plan names it
	// share of the line's peak that its capacity leaves room for; null: not known
	Free    Figure       `json:"free_pct"`
	Takes   Figure       `json:"takes_pct"`        // share that it is given; null: not known
	DayCost Figure       `json:"day_cost_if_all"`  // what it bills for a day of the whole line; null: no price
	Source  string       `json:"source"`           // of the price
	AsOf    calendar.Day `json:"as_of,omitzero"`   // of the price
	Unknown string       `json:"unknown,omitzero"` // why Free is not known
	ratio   float64      // of its price to the line's; 0: no price
	free    float64      // share of the peak, 0 to 1
	known   bool
}

// load is what carriers have taken over already, by offer of the plan and by the unit that a quota counts.
type load map[carried]float64

type carried struct {
	offer string
	unit  limit.Unit
}

// outages asks for each seller with spend, by id.
func (v *view) outages() []Outage {
	list := []Outage{}
	for _, seller := range sellersOfPlan(v) {
		o, taken := Outage{Seller: seller, Month: v.loadMonth().String()}, load{}
		for i := range v.lines {
			if l := &v.lines[i]; l.Seller == seller && spendOf(l).Sign() > 0 {
				o.Lines = append(o.Lines, v.out(l, taken))
			}
		}
		if len(o.Lines) > 0 {
			o.sum()
			list = append(list, o)
		}
	}
	return list
}

// lastServed is the last month whose spend counts and that serves anybody: one that money stops says nothing about
// load.
func (v *view) lastServed() int {
	for _, m := range slices.Backward(v.window) {
		if v.result.Months[m].Requests > 0 {
			return m
		}
	}
	return v.window[len(v.window)-1]
}

// loadMonth is the month of an outage.
func (v *view) loadMonth() calendar.Month { return v.plan.Start + calendar.Month(v.lastServed()) }

// monthOf is what an offer does in that month; all zero when no route reaches it.
func (v *view) monthOf(offer string) pricing.OfferMonth {
	m, _ := v.result.Months[v.lastServed()].Offers.Get(offer)
	return m
}

// out works out one line: capacity that the plan knows first, the cheapest first, then what others might carry.
func (v *view) out(l *planLine, taken load) OutageLine {
	m := v.monthOf(l.ID)
	days := frac(365, 12)
	usage := quo(rat(number(m.Usage, 6)), days)
	o := OutageLine{Line: l.ID, Peak: figure(rat(number(m.PeakTPM, 6)), 0), Carriers: v.carriers(l, m, taken),
		Waits: m.PeakRPM == 0, requests: m.PeakRPM,
		dayCost: add(usage, quo(rat(number(m.Fixed, 6)), days)), carryCost: new(big.Rat), saved: new(big.Rat)}
	left, unknown := 1.0, false
	for i := range o.Carriers {
		c := &o.Carriers[i]
		if month := v.elsewhereAt(l, m, rat(number(c.ratio, 9))); month != nil {
			c.DayCost = figure(quo(month, days), moneyPlaces)
		}
		takes := 0.0
		if c.known {
			takes = min(left, c.free)
			c.Free, c.Takes = percent(c.free), percent(takes)
			left -= takes
			v.take(l, c.Offer, m, takes, taken)
		} else if !unknown { // the first without a known quota is asked for the rest
			unknown, takes = left > 0, left
		}
		if !o.Waits {
			o.bill(c, takes, usage)
		}
	}
	o.Carried = percent(1 - left)
	if !unknown {
		o.NotCarried = percent(left)
	}
	return o
}

// bill adds what a carrier bills for its share, and what the seller that is out does not.
func (o *OutageLine) bill(c *Carrier, takes float64, usage *big.Rat) {
	share := rat(number(takes, 12))
	o.saved.Add(o.saved, mul(usage, share))
	switch {
	case takes == 0 || o.carryCost == nil:
	case !c.DayCost.Known():
		o.carryCost = nil
	default:
		o.carryCost.Add(o.carryCost, mul(c.DayCost.value, share))
	}
}

func percent(share float64) Figure { return figure(rat(number(100*share, 6)), sharePlaces) }

// sum adds the lines up, shares by requests a minute; lines of batch alone can wait for a day.
func (o *Outage) sum() {
	requests, carried, lost := 0.0, 0.0, 0.0
	day, carry, saved := new(big.Rat), new(big.Rat), new(big.Rat)
	for i := range o.Lines {
		l := &o.Lines[i]
		requests += l.requests
		carried += l.requests * l.Carried.Float()
		if !l.NotCarried.Known() {
			lost = -1
		} else if lost >= 0 {
			lost += l.requests * l.NotCarried.Float()
		}
		day.Add(day, l.dayCost)
		saved.Add(saved, l.saved)
		if l.carryCost == nil {
			carry = nil
		} else if carry != nil {
			carry.Add(carry, l.carryCost)
		}
	}
	o.DayCost = figure(day, moneyPlaces)
	if carry != nil {
		o.CarryCost, o.NetCost = figure(carry, moneyPlaces), figure(sub(carry, saved), moneyPlaces)
	}
	if requests > 0 {
		o.Carried = percent(carried / requests / 100)
		if lost >= 0 {
			o.NotCarried = percent(lost / requests / 100)
		}
	}
}

// carriers are the offers of the plan and of the catalogue that may serve a line: the same model, or one that the
// team's evaluation lets through, at another seller, meeting every hard need. The price is no bar for a day.
func (v *view) carriers(l *planLine, m pricing.OfferMonth, taken load) []Carrier {
	list, limits := []Carrier{}, v.in.limits()
	for i := range l.options {
		o := &l.options[i]
		if o.Seller == l.Seller || !o.MeetsHard || o.QualityRatio.IsZero() ||
			compare(o.QualityRatio, limits.quality, limits.floatQuality) < 0 {
			continue
		}
		c := Carrier{Seller: o.Seller, Model: o.Model, Offer: o.Offer, ratio: o.PriceRatio.Float(), Source: o.Source,
			AsOf: o.AsOf, Unknown: "the catalogue states no quota"}
		if id, ok := v.planned(o); ok {
			c.Offer, c.InPlan = id, true
			c.free, c.known = v.room(l, id, m, taken)
			c.Unknown = "the plan states no quota for " + id
		}
		if c.known {
			c.Unknown = ""
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b Carrier) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ratio, b.ratio), cmp.Compare(a.Offer, b.Offer))
	})
	return list
}

// rank puts known capacity first, then what the plan names.
func rank(c Carrier) int {
	switch {
	case c.known:
		return 0
	case c.InPlan:
		return 1
	}
	return 2
}

// planned finds an offer of the plan with the seller and model of an option; one with a stated capacity before one
// without.
func (v *view) planned(o *Option) (string, bool) {
	found := ""
	for _, id := range sortedKeys(v.plan.Offers) {
		offer := v.plan.Offers[id]
		if offer.Catalog == "" || v.market.catalog == nil {
			continue
		}
		entry, err := v.market.catalog.Offer(offer.Catalog, offer.Scope)
		if err != nil || entry.Provider != o.Seller || entry.Model != o.Model {
			continue
		}
		if found == "" || offer.Quota != nil && v.plan.Offers[found].Quota == nil {
			found = id
		}
	}
	return found, found != ""
}

// room is the share of a line's peak that an offer of the plan has capacity left for; false when the plan states none.
// Tokens are counted as that offer counts them; with several workloads on a line their mean request is taken.
func (v *view) room(l *planLine, id string, m pricing.OfferMonth, taken load) (float64, bool) {
	offer, own := v.plan.Offers[id], v.monthOf(id)
	share, known := 1.0, false
	for _, kind := range limit.Kinds(limit.QuotaKinds) {
		unit := kind.Unit()
		capacity, ok := capacityOf(&offer, kind, v.loadMonth())
		need := v.need(l, &offer, m, unit)
		// A quota of requests says nothing of a line that has none to carry.
		if !ok || need <= 0 && !unit.CountsTokens() {
			continue
		}
		known = true
		if need > 0 {
			share = min(share, max(0, capacity-float64(own.Load(unit))-taken[carried{id, unit}])/need)
		}
	}
	return share, known
}

// need is the line's peak in a unit, tokens as another offer counts them.
func (v *view) need(l *planLine, offer *pricing.Offer, m pricing.OfferMonth, unit limit.Unit) float64 {
	peak := float64(m.Load(unit))
	if !unit.CountsTokens() {
		return peak
	}
	return peak * l.demand.counted(offer) / l.demand.counted(&l.offer)
}

func (v *view) take(l *planLine, id string, m pricing.OfferMonth, share float64, taken load) {
	offer := v.plan.Offers[id]
	for _, kind := range limit.Kinds(limit.QuotaKinds) {
		unit := kind.Unit()
		taken[carried{id, unit}] += share * v.need(l, &offer, m, unit)
	}
}

// capacityOf is what an offer may carry in a month by a kind of quota; the tokens a minute of a provisioned one are
// those of its units.
func capacityOf(o *pricing.Offer, kind limit.Kind, month calendar.Month) (float64, bool) {
	if o.Kind == pricing.Provisioned && kind == limit.QuotaTPM {
		units := 0.0
		for _, lot := range o.Lots {
			if lot.From <= month && (lot.Months == 0 || month < lot.From+calendar.Month(lot.Months)) {
				units += lot.Units.Float()
			}
		}
		return units * o.TokensPerMinutePerUnit.Float(), true
	}
	if o.Quota == nil {
		return 0, false
	}
	return o.Quota.On(kind).At(month)
}

// counted is the tokens that the mean interactive request on a line counts for at an offer.
func (d *demand) counted(o *pricing.Offer) float64 {
	sum, count := 0.0, 0.0
	for _, p := range d.parts {
		n := growth.Normalised{Input: p.Input, Output: p.Output, CacheRead: p.CacheRead,
			CachedWeight: o.CachedInputWeight.Float(), OutputWeight: o.OutputWeight.Or(1)}
		sum += p.count * (1 - p.batch) * n.Tokens()
		count += p.count * (1 - p.batch)
	}
	if count == 0 || sum == 0 {
		return 1
	}
	return sum / count
}
