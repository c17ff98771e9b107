package ways

import (
	"math"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/limit"
)

// find drafts the actions that the kind of limit admits.
func (f *finder) find() {
	switch f.kind.Group() {
	case limit.QuotaKinds:
		f.raiseQuota()
		f.nextTier()
		f.otherScopes()
		f.secondSellers()
		f.provisioned()
		f.lighter()
	case limit.SupplyKinds:
		f.supply()
		f.lighter()
	case limit.MoneyKinds:
		f.money()
		f.lighter()
	case limit.RefusalKinds:
		f.skip(SecondSeller, "%s: requests that no offer serves need a route, which only you can choose", f.wall.Words)
	}
}

// supply drafts the actions on what the plan runs or reserves.
func (f *finder) supply() {
	switch f.kind {
	case limit.ProvisionedUnits:
		f.moreUnits(f.subject)
		f.secondSellers()
	case limit.GPUs:
		f.moreGPUs(f.subject, false)
		f.gpusAndPower()
	case limit.Power:
		f.morePower()
	}
}

// money drafts the actions on limits of money.
func (f *finder) money() {
	switch f.kind {
	case limit.SpendCap:
		raiseSpendCap(f)
	case limit.Budget:
		raiseBudget(f)
	case limit.Margin:
		raisePrice(f)
	case limit.Cash:
		fundingWay(f)
		raisePrice(f)
	}
	cheaperSeller(f)
	discountWay(f)
}

// lighter drafts the actions that make requests lighter or cheaper.
func (f *finder) lighter() {
	smallerModel(f)
	cachingWay(f)
	batchWay(f)
}

// need is what demand asks of a physical limit in month m, in its unit, whether or not it gets it; NaN when the plan
// knows no such thing.
func (f *finder) need(id string, m int) float64 {
	at, _ := limit.Parse(id)
	return float64(f.demand.Months[m].Need(at))
}

// capacity is what a limit has in month m; NaN where it does not exist.
func (f *finder) capacity(id string, m int) float64 {
	for _, l := range f.base.Months[m].Limits {
		if l.ID == id {
			return l.Capacity
		}
	}
	return math.NaN()
}

// mostNeeded is the largest need between two months of the plan, from and to included; NaN when it is unknown.
func (f *finder) mostNeeded(id string, from, to calendar.Month) float64 {
	most := math.NaN()
	for m := range f.base.Months {
		month := f.base.Months[m].Month
		if n := f.need(id, m); month >= from && month <= to && !math.IsNaN(n) && !(n <= most) {
			most = n
		}
	}
	return most
}

// raised is a schedule of a plan that begins in start, with at least value from a month on.
func raised(s pricing.Schedule, start, from calendar.Month, value float64) pricing.Schedule {
	if !s.Constant.IsZero() {
		s = pricing.Schedule{Steps: []pricing.ScheduleRow{{From: start, Value: s.Constant}}}
	}
	out := pricing.Schedule{}
	now := 0.0
	for _, row := range s.Steps {
		if row.From < from {
			out.Steps = append(out.Steps, row)
			now = row.Value.Float()
		}
	}
	out.Steps = append(out.Steps, pricing.ScheduleRow{From: from, Value: pricing.NumberOf(max(now, value))})
	for _, row := range s.Steps {
		if row.From == from && row.Value.Float() > value {
			out.Steps[len(out.Steps)-1].Value = row.Value
		}
		if row.From > from {
			row.Value = pricing.NumberOf(max(row.Value.Float(), value))
			out.Steps = append(out.Steps, row)
		}
	}
	return out
}

// roundUp goes up to two significant digits, so that a request names a round figure that suffices.
func roundUp(v float64) float64 {
	if v <= 0 {
		return v
	}
	step := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Ceil(v/step-1e-9) * step
}

// units goes up to a whole step, at least the minimum.
func units(v, minimum, step float64) float64 {
	return max(minimum, math.Ceil(v/step-1e-9)*step)
}

// feeders are the offers whose requests reach an offer: itself, those that spill to it and those that it succeeds.
func (f *finder) feeders(offer string) []string {
	list := []string{offer}
	for _, id := range sortedKeys(f.plan.Offers) {
		if o := f.plan.Offers[id]; id != offer && (o.SpillTo == offer || o.Successor == offer) {
			list = append(list, id)
		}
	}
	return list
}

// heavy are the offers behind the limit.
func (f *finder) heavy() []string {
	var list []string
	switch f.kind.Subject() {
	case limit.OfOffer:
		return f.feeders(f.subject)
	case limit.OfPool, limit.OfSite:
		for _, id := range sortedKeys(f.plan.Offers) {
			if pool := f.plan.Offers[id].GPUPool; pool != "" &&
				(pool == f.subject || f.plan.GPUPools[pool].Site == f.subject) {
				list = append(list, id)
			}
		}
		return list
	case limit.OfProvider, limit.OfPlan, limit.OfRoute:
	}
	return sortedKeys(f.plan.Offers)
}

// workloadsOn lists the workloads that route to any of the offers.
func (f *finder) workloadsOn(offers []string) []string {
	var list []string
	for _, id := range sortedKeys(f.plan.Workloads) {
		if slices.ContainsFunc(f.plan.Workloads[id].Routes,
			func(r pricing.Route) bool { return slices.Contains(offers, r.Offer) }) {
			list = append(list, id)
		}
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
