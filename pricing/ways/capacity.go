package ways

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/limit"
	"headroom/pricing/words"
)

// termMonths is the length of a block of bought capacity: each block adds what demand needs until its end.
const termMonths = 12

// blocks calls add for each block of months from the draft's month on with what demand needs of a limit by its end.
func (f *finder) blocks(id string, from calendar.Month, add func(from calendar.Month, need float64)) bool {
	known := false
	for ; from <= f.last(); from += termMonths {
		if need := f.mostNeeded(id, from, min(from+termMonths-1, f.last())); !math.IsNaN(need) {
			known = true
			add(from, need)
		}
	}
	return known
}

// lowest is the least capacity of a limit from a month on for a block; capacity that ends within the block does not
// count.
func (f *finder) lowest(id string, from calendar.Month) float64 {
	low := math.Inf(1)
	for m := range f.base.Months {
		month := f.base.Months[m].Month
		if have := f.capacity(id, m); month >= from && month < from+termMonths && !math.IsNaN(have) {
			low = min(low, have)
		}
	}
	return low
}

// provisioned puts reserved units before the limited offer, which takes what spills; or more units where the plan has
// some.
func (f *finder) provisioned() {
	for _, id := range f.feeders(f.subject)[1:] {
		if f.plan.Offers[id].Kind == pricing.Provisioned {
			f.moreUnits(id)
			return
		}
	}
	entry := f.entry(f.plan.Offers[f.subject])
	if entry == nil {
		f.skip(Provisioned, "the offer names no catalogue model: tokens a minute of a unit are unknown")
		return
	}
	if f.kind != limit.QuotaTPM {
		f.skip(Provisioned, "units are sized by tokens, the limit counts requests")
		return
	}
	d := f.start(Provisioned)
	u, ok := f.unitFor(entry, int(f.last()-d.from)+1)
	if !ok {
		f.skip(Provisioned, "no published tokens a minute and price of a unit of %s at %s", slug(entry.Model),
			sellerName(f, entry.Provider))
		return
	}
	f.reserve(d, entry, u, f.last())
	f.reserve(f.start(Provisioned), entry, u, d.from+firstMonths-1)
}

// firstMonths is how long the smaller of the two proposals of reserved units suffices.
const firstMonths = 6

// reserve buys units for what demand needs until a month and sends them as much as they carry at the peak; what is
// beyond spills to the limited offer.
func (f *finder) reserve(d *draft, entry *catalog.Offer, u unit, until calendar.Month) {
	if f.late(d) {
		return
	}
	base := f.plan.Offers[f.subject]
	ratio := f.weightRatio(base, u)
	offer := pricing.Offer{Kind: pricing.Provisioned, Provider: entry.Provider, Lab: entry.Lab, Currency: "USD",
		SpillTo:                f.subject,
		TokensPerMinutePerUnit: pricing.NumberOf(u.TokensPerMinute),
		OutputWeight:           pricing.NumberOf(u.OutputWeight.Value),
		CachedInputWeight:      pricing.NumberOf(u.CachedWeight.Value)}
	bought := 0.0
	for from := d.from; from <= until; from += termMonths {
		need := f.mostNeeded(f.wall.Limit, from, min(from+termMonths-1, until))
		more := units((need-f.lowest(f.wall.Limit, from))*ratio/u.TokensPerMinute-bought, 0, u.step())
		if bought == 0 {
			more = max(more, u.Minimum)
		}
		if more > 0 {
			offer.Lots = append(offer.Lots, u.lot(from, more))
			bought += more
		}
	}
	if bought == 0 {
		f.skip(Provisioned, "what demand needs is unknown")
		return
	}
	id := f.addOffer(d, entry, offer)
	f.move(d, []string{f.subject}, id, func(m int) float64 {
		held := 0.0
		for _, lot := range offer.Lots {
			if lot.From <= f.base.Months[m].Month {
				held += lot.Units.Float()
			}
		}
		return math.Floor(1e6*min(1, held*u.TokensPerMinute/(ratio*f.need(f.wall.Limit, m)))) / 1e6
	})
	d.notCounted = []string{"source of the unit: " + u.Source, "reserved units bind you for their term",
		"capacity is not guaranteed by a reservation"}
	d.id = fmt.Sprintf("%s-%.0f", Provisioned, bought)
	f.add(d, "Reserve %s %s at %s beside the quota", words.Count(bought), u.Unit, sellerName(f, entry.Provider))
}

// weightRatio is how many tokens a unit counts for one that the offer's quota counts, over the requests routed there.
func (f *finder) weightRatio(o pricing.Offer, u unit) float64 {
	asUnit, asQuota := 0.0, 0.0
	for _, id := range f.workloadsOn([]string{f.subject}) {
		w := f.plan.Workloads[id]
		in, out, h := w.InputTokens.Float(), w.OutputTokens.Float(), w.CacheReadShare.Float()
		n := w.RequestsPerUserDay.Float() * (1 - w.BatchShare.Float())
		counted := out
		if o.QuotaCountsMaxTokens {
			counted = max(out, w.MaxOutputTokens.Float())
		}
		asUnit += n * (in*(1-h) + u.CachedWeight.Value*in*h + u.OutputWeight.Value*out)
		asQuota += n * (in*(1-h) + o.CachedInputWeight.Float()*in*h + o.OutputWeight.Or(1)*counted)
	}
	if asQuota == 0 {
		return 1
	}
	return asUnit / asQuota
}

// moreUnits buys more of a provisioned offer that the plan has, at the price of its last lot.
func (f *finder) moreUnits(id string) {
	d := f.start(Provisioned)
	if f.late(d) {
		return
	}
	offer := d.plan.Offers[id]
	per := offer.TokensPerMinutePerUnit.Float()
	if len(offer.Lots) == 0 || per == 0 {
		f.skip(Provisioned, "the plan gives no price or no tokens a minute of a unit of %s", id)
		return
	}
	next, priced := f.nextUnits(offer, offer.Lots[len(offer.Lots)-1])
	bought := 0.0
	known := f.blocks(f.wall.Limit, d.from, func(from calendar.Month, need float64) {
		if more := units((need-f.lowest(f.wall.Limit, from))/per-bought, 0, 1); more > 0 {
			next.From, next.Units = from, pricing.NumberOf(more)
			offer.Lots = append(slices.Clip(offer.Lots), next)
			bought += more
		}
	})
	if !known {
		f.skip(Provisioned, "what demand needs is unknown")
		return
	}
	d.plan.Offers[id] = offer
	d.notCounted = []string{priced, "the seller's step and minimum are not known to the plan"}
	f.add(d, "Add %s units to %s", words.Count(bought), id)
}

// gpuLot is how many GPUs a machine has: lots are sized up to it.
const gpuLot = 8

// moreGPUs buys machines of the pool's last price.
func (f *finder) moreGPUs(pool string, power bool) {
	action, label := GPUs, "Add %s GPUs to %s"
	if power {
		action, label = GPUsAndPower, "Add %s GPUs to %s, with their power"
	}
	d := f.start(action)
	if f.late(d) {
		return
	}
	p := d.plan.GPUPools[pool]
	if len(p.Lots) == 0 {
		f.skip(action, "the plan gives no price of a GPU in %s: a pool without lots", pool)
		return
	}
	price, priced := f.nextGPUs(pool, p.Lots[len(p.Lots)-1])
	id, bought := limit.GPUs.Of(pool).String(), 0.0
	if !f.blocks(id, d.from, func(from calendar.Month, need float64) {
		if more := units(need-f.lowest(id, from)-bought, 0, gpuLot); more > 0 {
			p.Lots = append(slices.Clip(p.Lots), pricing.PoolLot{From: from, GPUs: pricing.NumberOf(more),
				PricePerHour: price})
			bought += more
		}
	}) {
		f.skip(action, "what demand needs is unknown")
		return
	}
	d.plan.GPUPools[pool] = p
	d.notCounted = []string{priced, "lots are sized up to machines of 8 GPUs", "people who run them"}
	if power {
		f.powerTo(d, p.Site)
	}
	f.add(d, label, words.Count(bought), pool)
}

func (f *finder) gpusAndPower() {
	if f.plan.GPUPools[f.subject].Site != "" {
		f.moreGPUs(f.subject, true)
	}
}

// powerTo adds what demand needs of a site's power, in steps of 10 kW; it returns the megawatts.
func (f *finder) powerTo(d *draft, site string) float64 {
	s, id, bought := d.plan.Sites[site], limit.Power.Of(site).String(), 0.0
	f.blocks(id, d.from, func(from calendar.Month, need float64) {
		if more := units(need-f.lowest(id, from)-bought, 0, 0.01); more > 0 {
			s.Lots = append(slices.Clip(s.Lots), pricing.SiteLot{From: from, Megawatts: pricing.NumberOf(more)})
			bought += more
		}
	})
	d.plan.Sites[site] = s
	d.notCounted = append(d.notCounted, "what the power costs is unknown")
	return bought
}

func (f *finder) morePower() {
	d := f.start(Power)
	if f.late(d) {
		return
	}
	if mw := f.powerTo(d, f.subject); mw > 0 {
		f.add(d, "Add %s MW of power at %s", strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", mw), "0"), "."),
			f.subject)
		return
	}
	f.skip(Power, "demand needs no more power than the site has")
}
