package ways

import (
	"headroom/pricing"
	"headroom/pricing/money"
)

// atDemand is the largest month of a cost at full demand from the draft's month on, rounded up.
func atDemand(f *finder, d *draft, cost func(*pricing.MonthResult) float64) float64 {
	most := 0.0
	for m := range f.demand.Months {
		if f.demand.Months[m].Month >= d.from {
			most = max(most, cost(&f.demand.Months[m]))
		}
	}
	return roundUp(most)
}

func raiseBudget(f *finder) {
	d := f.start(RaiseBudget)
	value := atDemand(f, d, func(m *pricing.MonthResult) float64 { return m.CashCost })
	finance := *d.plan.Finance
	finance.MonthlyBudget = raised(finance.MonthlyBudget, d.plan.Start, d.from, value)
	d.plan.Finance = &finance
	d.notCounted = []string{"sized for the dearest month at full demand"}
	f.add(d, "Raise the budget to %s a month", moneyWords(f, value))
}

func raiseSpendCap(f *finder) {
	d := f.start(RaiseSpendCap)
	value := atDemand(f, d, func(m *pricing.MonthResult) float64 { return m.AccrualCost })
	d.plan.SpendCaps[f.subject] = raised(d.plan.SpendCaps[f.subject], d.plan.Start, d.from, value)
	d.notCounted = []string{"sized for the whole plan's cost at full demand, an upper bound"}
	f.add(d, "Raise the spend cap at %s to %s a month", sellerName(f, f.subject), moneyWords(f, value))
}

// raisePrice asks more of every user who pays.
func raisePrice(f *finder) {
	d, more := f.start(Price), f.assumed(priceIncrease)
	paid := false
	for _, id := range sortedKeys(d.plan.Segments) {
		s := d.plan.Segments[id]
		var dearer pricing.Schedule
		for m := range f.base.Months {
			month := f.base.Months[m].Month
			value, ok := s.RevenuePerUser.At(month)
			if month >= d.from {
				value *= 1 + more
			}
			if ok {
				dearer = dearer.With(month, value)
				paid = paid || value > 0
			}
		}
		if len(dearer.Steps) > 0 {
			s.RevenuePerUser = dearer
			d.plan.Segments[id] = s
		}
	}
	if !paid {
		f.skip(Price, "no segment pays")
		return
	}
	d.notCounted = []string{"the increase is assumed", "users who leave because of it"}
	f.add(d, "Raise the price per user by %.0f %%", 100*more)
}

// fundingWay brings the cash that the worst month lacks at full demand.
func fundingWay(f *finder) {
	d := f.start(Funding)
	lacking := 0.0
	for m := range f.demand.Months {
		lacking = max(lacking, f.plan.Finance.MinCash.Float()-f.demand.Months[m].Cash)
	}
	value := roundUp(lacking)
	if value <= 0 {
		f.skip(Funding, "at full demand no cash is missing: growth brings more than it costs")
		return
	}
	finance := *d.plan.Finance
	finance.Funding = append(append([]pricing.Inflow{}, finance.Funding...),
		pricing.Inflow{From: d.from, Value: pricing.NumberOf(value)})
	d.plan.Finance = &finance
	d.notCounted = []string{"what the money costs"}
	f.add(d, "Bring in %s of funding", moneyWords(f, value))
}

// discountWay negotiates with the seller that the plan pays most.
func discountWay(f *finder) {
	provider, share := largestBill(f), f.assumed(assumedDiscount)
	if provider == "" {
		f.skip(Discount, "no seller bills by use in this plan")
		return
	}
	for _, c := range f.plan.Commitments {
		for _, p := range c.Providers {
			if p == provider {
				f.skip(Discount, "the plan has a commitment with %s already", sellerName(f, provider))
				return
			}
		}
	}
	d := f.start(Discount)
	months := int(f.last()-d.from) + 1
	if months > 0 {
		d.plan.Commitments = append(d.plan.Commitments,
			pricing.Commitment{ID: "negotiated-" + provider, Providers: []string{provider},
				Discount: pricing.NumberOf(share),
				Periods:  []pricing.Period{{From: d.from, Months: months, Amount: pricing.NumberOf(0)}}})
	}
	d.notCounted = []string{"the discount is assumed", "the spend that the seller will want you to commit"}
	f.add(d, "Negotiate %.0f %% off at %s", 100*share, sellerName(f, provider))
}

// largestBill is the seller with the largest usage cost over the plan.
func largestBill(f *finder) string {
	bills, best := map[string]float64{}, ""
	for m := range f.base.Months {
		for _, o := range f.base.Months[m].Offers {
			bills[providerOf(f, o.ID)] += o.Usage
		}
	}
	for _, p := range sortedKeys(bills) {
		if p != "" && bills[p] > 0 && (best == "" || bills[p] > bills[best]) {
			best = p
		}
	}
	return best
}

func providerOf(f *finder, offer string) string {
	o := f.plan.Offers[offer]
	if e := f.entry(o); o.Provider == "" && e != nil {
		return e.Provider
	}
	return o.Provider
}

// cheaperSeller moves the costliest workload to the seller that lists its model at the lowest price, if that is lower.
func cheaperSeller(f *finder) {
	id, entry := costliestRoute(f)
	if entry == nil {
		f.skip(SecondSeller, "no workload runs on a catalogue model, so its other sellers are unknown")
		return
	}
	best := entry
	for _, o := range f.sold(entry.Model) {
		if p := price(o, f.wallDay); o.Provider != entry.Provider && f.sellerOrder(o) < len(signedWith()) &&
			p > 0 && money.Less(p, price(best, f.wallDay)) {
			best = o
		}
	}
	if best == entry {
		f.skip(SecondSeller, "the catalogue knows no seller of %s below today's price", slug(entry.Model))
		return
	}
	d := f.start(SecondSeller)
	second := f.addOffer(d, best, pricing.Offer{Catalog: best.ID(), Scope: best.Scope})
	f.moveOf(d, id, func(r pricing.Route) bool {
		e := f.entry(f.plan.Offers[r.Offer])
		return e != nil && e.Model == entry.Model
	}, second, func(int) float64 { return 1 })
	d.id = string(SecondSeller) + "-" + best.Provider
	d.notCounted = append(d.notCounted, "its quota is unknown")
	f.add(d, "Move %s to %s, which lists the same model for less", id, sellerName(f, best.Provider))
}
