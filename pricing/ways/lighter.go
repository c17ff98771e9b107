package ways

import (
	"cmp"
	"slices"
	"strings"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
)

// wholePlan is said of changes for which a plan has no date.
const wholePlan = "counted in every month of the plan, also before the order takes effect"

// cachingWay reads more of the input from the cache.
func cachingWay(f *finder) {
	target := f.assumed(cacheReadShare)
	d := f.start(Caching)
	var changed []string
	for _, id := range f.workloadsOn(f.heavy()) {
		w := d.plan.Workloads[id]
		if w.CacheReadShare.Float() < target && target+w.CacheWriteShare.Float() <= 1 && w.InputTokens.Float() > 0 {
			w.CacheReadShare = pricing.NumberOf(target)
			d.plan.Workloads[id] = w
			changed = append(changed, id)
		}
	}
	if len(changed) == 0 {
		f.skip(Caching, "at least %.0f %% of the input is read from the cache already", 100*target)
		return
	}
	d.notCounted = []string{"the share is assumed", wholePlan, "your own work"}
	f.add(d, "Cache %.0f %% of the input of %s", 100*target, words.List(changed))
}

// batchWay moves to batch what may wait.
func batchWay(f *finder) {
	added := f.assumed(batchShareAdded)
	d := f.start(Batch)
	var changed []string
	for _, id := range f.workloadsOn(f.heavy()) {
		w := d.plan.Workloads[id]
		if w.BatchShare.Float() < 1 &&
			!slices.ContainsFunc(w.Routes, func(r pricing.Route) bool { return lacksBatch(f, r) }) {
			w.BatchShare = pricing.NumberOf(min(1, w.BatchShare.Float()+added))
			d.plan.Workloads[id] = w
			changed = append(changed, id)
		}
	}
	if len(changed) == 0 {
		f.skip(Batch, "no workload behind the limit can wait in batch: provisioned and GPU offers carry none in "+
			"this model")
		return
	}
	d.notCounted = []string{"the share is assumed: only you know what may wait", wholePlan, "the seller's batch limits",
		"your own work"}
	f.add(d, "Send %.0f %% more of %s in batch", 100*added, words.List(changed))
}

// lacksBatch reports whether an offer carries no batch in the model.
func lacksBatch(f *finder, r pricing.Route) bool {
	kind := f.plan.Offers[r.Offer].Kind
	return kind == pricing.Provisioned || kind == pricing.GPU
}

// smallerModel sends part of the costliest workload behind the limit to a cheaper model of the same lab and seller.
func smallerModel(f *finder) {
	id, entry := costliestRoute(f)
	if entry == nil {
		f.skip(SmallerModel, "no workload behind the limit runs on a catalogue model")
		return
	}
	small := smallerOffer(f, entry)
	if small == nil {
		f.skip(SmallerModel, "the catalogue knows no model of %s at %s for at most half the price", entry.Lab,
			sellerName(f, entry.Provider))
		return
	}
	d, share := f.start(SmallerModel), f.assumed(smallerModelShare)
	offer := pricing.Offer{Catalog: small.ID(), Scope: small.Scope}
	quota := "its quota is unknown"
	if tiers := f.tiers(small); len(tiers) > 0 {
		first := tiers[0]
		offer.Quota = &pricing.Quota{TokensPerMinute: pricing.Constant(pricing.NumberOf(first.TPM.Value))}
		if first.RPM.Known {
			offer.Quota.RequestsPerMinute = pricing.Constant(pricing.NumberOf(first.RPM.Value))
		}
		quota = "its quota is the documented " + first.Tier + ": " + sourceOf(first)
	}
	second := f.addOffer(d, small, offer)
	f.moveOf(d, id, func(r pricing.Route) bool {
		e := f.entry(f.plan.Offers[r.Offer])
		return e != nil && e.Model == entry.Model
	}, second, func(int) float64 { return share })
	d.evaluation = true
	d.notCounted = []string{"the share is assumed", quota, "lower quality and more tokens of the smaller model"}
	f.add(d, "%s for %.0f %% of %s", modelName(f, small), 100*share, id)
}

// costliestRoute is the workload behind the limit that costs most, on a catalogue model.
func costliestRoute(f *finder) (string, *catalog.Offer) {
	best, cost, found := "", -1.0, (*catalog.Offer)(nil)
	heavy := f.heavy()
	for _, id := range f.workloadsOn(heavy) {
		spent, _ := f.base.Months[f.at].WorkloadCosts.Get(id)
		for _, r := range f.plan.Workloads[id].Routes {
			e := f.entry(f.plan.Offers[r.Offer])
			if share, _ := r.Share.At(f.wall.Month); e != nil && share > 0 && slices.Contains(heavy, r.Offer) &&
				float64(spent) > cost {
				best, cost, found = id, float64(spent), e
			}
		}
	}
	return best, found
}

// smallerOffer is the newest model of the same lab at the same seller that costs at most half; of the newest the
// dearest.
func smallerOffer(f *finder, entry *catalog.Offer) *catalog.Offer {
	today := price(entry, f.wallDay)
	var list []*catalog.Offer
	for i := range f.catalog.Offers {
		o := &f.catalog.Offers[i]
		p := price(o, f.wallDay)
		if o.Provider == entry.Provider && o.Lab == entry.Lab && o.Scope == entry.Scope && o.Mode == entry.Mode &&
			o.Variant == "" && !o.Latest &&
			!o.OnRequest && o.Commitment == "" && o.Retires == "" && o.Tools == entry.Tools && p > 0 &&
			p <= today/2 && !strings.Contains(o.Model, "preview") {
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		return nil
	}
	relative := func(o *catalog.Offer) int { return order(!strings.HasPrefix(o.Model, entry.Model+"-"), false) }
	return slices.MinFunc(list, func(x, y *catalog.Offer) int {
		return cmp.Or(relative(x)-relative(y), cmp.Compare(releasedOn(f, y), releasedOn(f, x)),
			cmp.Compare(price(y, f.wallDay), price(x, f.wallDay)),
			len(x.NativeID)-len(y.NativeID), cmp.Compare(x.ID(), y.ID()))
	})
}

func releasedOn(f *finder, o *catalog.Offer) calendar.Day {
	if m, ok := f.catalog.Model(o.Model); ok {
		return m.Released
	}
	return ""
}

// price is input plus a third of output on a day, 0 when it is unknown: a rough order of models.
func price(o *catalog.Offer, day calendar.Day) float64 {
	row, _ := o.RowAt(day)
	if row == nil {
		return 0
	}
	r := row.RatesFor(0)
	if !r.HasInput || !r.HasOutput {
		return 0
	}
	return r.Input.Float() + r.Output.Float()/3
}
