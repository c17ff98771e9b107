package ways

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/limit"
)

// checkFacts reports every lead time and share that the machines lack, so that no way is drafted on a figure that is
// not there.
func checkFacts(m *capacity.Machines) (err error) {
	for _, a := range actions() {
		if _, ok := m.Lead(string(a)); !ok {
			err = errors.Join(err, fmt.Errorf("ways: no lead time of %s", a))
		}
	}
	for _, name := range []string{cacheReadShare, batchShareAdded, smallerModelShare, assumedDiscount, priceIncrease} {
		if _, ok := m.Assumed(name); !ok {
			err = errors.Join(err, fmt.Errorf("ways: no assumption of %s", name))
		}
	}
	return err
}

// The assumed shares, by their names in package capacity.
const (
	cacheReadShare    = "cache_read_share"
	batchShareAdded   = "batch_share_added"
	smallerModelShare = "smaller_model_share"
	assumedDiscount   = "discount"
	priceIncrease     = "price_increase"
)

// lead is the lead time of an action.
func (f *finder) lead(a Action) capacity.Lead {
	l, _ := f.machines.Lead(string(a)) // checkFacts has seen all of them
	return l
}

// assumed is an assumed share.
func (f *finder) assumed(name string) float64 {
	a, _ := f.machines.Assumed(name) // checkFacts has seen all of them
	return a.Share
}

// tiers are the documented token quotas of a model where it is sold.
func (f *finder) tiers(o *catalog.Offer) []*capacity.Quota {
	var list []*capacity.Quota
	for _, q := range f.machines.RateTiers(o.Provider, o.Model, o.Scope) {
		if q.TPM.Value > 0 {
			list = append(list, q)
		}
	}
	return list
}

// perMinute is what a tier allows in the unit of the limit that is the wall, 0 for a kind that the tiers do not state.
func (f *finder) perMinute(q *capacity.Quota) float64 {
	switch f.kind {
	case limit.QuotaTPM:
		return q.TPM.Value
	case limit.QuotaRPM:
		return q.RPM.Value
	default:
		return 0
	}
}

// sourceOf names who states a tier, and when.
func sourceOf(q *capacity.Quota) string { return q.Source + ", " + q.AsOf }

// unit is a provisioned unit of a model with the price of the term that it is reserved for.
type unit struct {
	*capacity.ProvisionedUnit
	term *capacity.UnitPrice
}

// unitFor is what a seller reserves of a model for a use of some months: by the year if the use lasts one, else by
// the month. False where the tokens a minute of a unit, their weights or such a price are not published.
func (f *finder) unitFor(o *catalog.Offer, months int) (unit, bool) {
	for _, u := range f.machines.UnitsOf(o.Provider, o.Model) {
		if u.TokensPerMinute <= 0 || !u.OutputWeight.Known || !u.CachedWeight.Known {
			continue
		}
		for _, term := range []int{12, 1} {
			if p := f.machines.UnitTerm(u.Seller, u.Unit, term); p != nil && term <= months {
				return unit{u, p}, true
			}
		}
		return unit{}, false
	}
	return unit{}, false
}

// step is the increment in which units are sold, at least one.
func (u unit) step() float64 { return max(1, u.Increment) }

// lot is a number of units from a month on, at the price of the term.
func (u unit) lot(from calendar.Month, n float64) pricing.OfferLot {
	lot := pricing.OfferLot{From: from, Units: pricing.NumberOf(n)}
	priceLot(&lot, u.term)
	return lot
}

// priceLot gives a lot the price of a term, and no other.
func priceLot(lot *pricing.OfferLot, p *capacity.UnitPrice) {
	price, hourly := p.LotPrice()
	lot.PricePerHour, lot.PricePerMonth = pricing.Number{}, pricing.Number{}
	if hourly {
		lot.PricePerHour = stated(price)
	} else {
		lot.PricePerMonth = stated(price)
	}
}

// stated is a price as a number of a plan.
func stated(price decimal.Decimal) pricing.Number {
	n, err := pricing.ParseNumber(price.String())
	if err != nil { // more digits than a plan keeps
		return pricing.NumberOf(price.InexactFloat64())
	}
	return n
}

// lastPrice is said of more capacity at what the plan pays now.
const lastPrice = "the price of the last lot is assumed"

// ownPrice is said of more capacity at a price that the team has put in place of a published one.
func ownPrice(o capacity.Origin) string {
	return "priced at your team's own figure: " + o.Source + ", " + o.AsOf
}

// nextUnits prices more units of an offer like its last lot, or at the team's own figure where that lot has the
// published price that the team has corrected since. It says which.
func (f *finder) nextUnits(offer pricing.Offer, last pricing.OfferLot) (pricing.OfferLot, string) {
	next := pricing.OfferLot{PricePerHour: last.PricePerHour, PricePerMonth: last.PricePerMonth}
	price, hourly := last.PricePerHour, true
	if price.IsZero() {
		price, hourly = last.PricePerMonth, false
	}
	seller, currency := f.soldBy(offer)
	if own := f.machines.UnitInstead(seller, currency, decimal.NewFromFloat(price.Float()), hourly); own != nil {
		priceLot(&next, own)
		return next, ownPrice(own.Origin)
	}
	return next, lastPrice
}

// nextGPUs prices an hour of one more GPU of a pool like its last lot, or at the team's own figure as nextUnits does.
// The machines are those of the sellers and regions of the offers that run on the pool.
func (f *finder) nextGPUs(pool string, last pricing.PoolLot) (pricing.Number, string) {
	for _, id := range sortedKeys(f.plan.Offers) {
		offer := f.plan.Offers[id]
		seller, currency := f.soldBy(offer)
		if offer.GPUPool != pool || currency != "USD" {
			continue
		}
		price := decimal.NewFromFloat(last.PricePerHour.Float())
		if own := f.machines.MachineInstead(seller, offer.Region, price); own != nil {
			return stated(own.LotPrice()), ownPrice(own.Origin)
		}
	}
	return last.PricePerHour, lastPrice
}

// soldBy is who bills for an offer, and the currency of the plan's own prices of it.
func (f *finder) soldBy(o pricing.Offer) (seller, currency string) {
	seller, currency = o.Provider, o.Currency
	if e := f.entry(o); e != nil {
		seller, currency = cmp.Or(seller, e.Provider), cmp.Or(currency, "USD")
	}
	return seller, cmp.Or(currency, f.plan.BaseCurrency())
}
