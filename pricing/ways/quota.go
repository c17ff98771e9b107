package ways

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
)

// setQuota gives the subject's quota at least value from the draft's month on.
func (f *finder) setQuota(d *draft, value float64) {
	offer := d.plan.Offers[f.subject]
	quota := *offer.Quota
	*quota.On(f.kind) = raised(*quota.On(f.kind), d.plan.Start, d.from, value)
	offer.Quota = &quota
	d.plan.Offers[f.subject] = offer
}

func (f *finder) quotaUnit() string { return f.kind.Unit().Words() }

// raiseQuota asks for what demand needs until the plan ends.
func (f *finder) raiseQuota() {
	d := f.start(RaiseQuota)
	if f.late(d) {
		return
	}
	need := f.mostNeeded(f.wall.Limit, d.from, f.last())
	if math.IsNaN(need) {
		f.skip(RaiseQuota, "what demand needs is unknown")
		return
	}
	value := roundUp(need)
	f.setQuota(d, value)
	d.notCounted = []string{"a quota is no promise of capacity"}
	f.add(d, "Raise the %s quota to %s %s", sellerWords(f, f.plan, f.subject), words.Count(value), f.quotaUnit())
}

// nextTier is the next quota that the seller documents for the model.
func (f *finder) nextTier() {
	entry := f.entry(f.plan.Offers[f.subject])
	if entry == nil {
		f.skip(NextTier, "the offer names no catalogue model, so its documented tiers are unknown")
		return
	}
	now := f.capacity(f.wall.Limit, len(f.base.Months)-1)
	for _, t := range f.tiers(entry) {
		value := f.perMinute(t)
		if !(value > now) {
			continue
		}
		d := f.start(NextTier)
		f.setQuota(d, value)
		d.notCounted = []string{"source: " + sourceOf(t), "the seller decides when the tier is reached"}
		f.add(d, "Reach %s's %s: %s %s", sellerWords(f, f.plan, f.subject), t.Tier, words.Count(value), f.quotaUnit())
		return
	}
	f.skip(NextTier, "no documented tier above today's quota is known for %s at %s", slug(entry.Model),
		sellerWords(f, f.plan, f.subject))
}

// entry is the catalogue entry of an offer, or nil.
func (f *finder) entry(o pricing.Offer) *catalog.Offer {
	if o.Catalog == "" || f.catalog == nil {
		return nil
	}
	entry, err := f.catalog.Offer(o.Catalog, o.Scope)
	if err != nil || entry.Model == "" {
		return nil
	}
	return entry
}

func slug(model string) string {
	_, s, _ := strings.Cut(model, "/")
	return s
}

// sold are the plain offers of a model, one a seller and scope.
func (f *finder) sold(model string) []*catalog.Offer {
	var list []*catalog.Offer
	for _, o := range f.catalog.OffersOf(model) {
		if o.Commitment == "" && o.Variant == "" && !o.OnRequest && !o.Latest &&
			!strings.HasPrefix(o.Scope, "region:") {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(x, y *catalog.Offer) int {
		return cmp.Or(cmp.Compare(x.Provider, y.Provider), cmp.Compare(x.Scope, y.Scope),
			cmp.Compare(len(x.NativeID), len(y.NativeID)))
	})
	return slices.CompactFunc(list, func(x, y *catalog.Offer) bool {
		return x.Provider == y.Provider &&
			x.Scope == y.Scope
	})
}

// otherScopes adds a second deployment of the same seller, with a quota of its own.
func (f *finder) otherScopes() {
	entry := f.entry(f.plan.Offers[f.subject])
	if entry == nil {
		f.skip(OtherScope, "the offer names no catalogue model, so its other scopes are unknown")
		return
	}
	n := 0
	for _, o := range f.sold(entry.Model) {
		if o.Provider != entry.Provider || o.Scope == entry.Scope || n == 2 {
			continue
		}
		n++
		d := f.start(OtherScope)
		second, quota := f.plan.Offers[f.subject], f.capacity(f.wall.Limit, f.at)
		assumed := "its quota is unknown: the same as today's first one is assumed"
		if tiers := f.tiers(o); len(tiers) > 0 {
			first := tiers[0]
			quota, assumed = f.perMinute(first), "its quota is the documented "+first.Tier+": "+sourceOf(first)
		}
		second.Catalog, second.Scope, second.Region, second.Prices = o.ID(), o.Scope, "", nil
		second.Quota = f.quotaOf(quota)
		id := f.addOffer(d, o, second)
		f.spill(d, id, quota)
		d.id = string(OtherScope) + "-" + strings.ReplaceAll(o.Scope, ":", "-")
		d.notCounted = append(d.notCounted, assumed)
		f.add(d, "Add %s %s, %s %s", sellerName(f, o.Provider), scopeWords(o.Scope), words.Count(quota), f.quotaUnit())
	}
	if n == 0 {
		f.skip(OtherScope, "the catalogue knows no other scope of %s at %s", slug(entry.Model),
			sellerName(f, entry.Provider))
	}
}

func (f *finder) quotaOf(value float64) *pricing.Quota {
	quota := &pricing.Quota{}
	*quota.On(f.kind) = pricing.Constant(pricing.NumberOf(value))
	return quota
}

// addOffer puts an offer into the draft under a free id.
func (f *finder) addOffer(d *draft, entry *catalog.Offer, o pricing.Offer) string {
	name := entry.Provider + "-" + slug(entry.Model)
	if s := entry.Scope; s != "" && s != "default" {
		name += "-" + strings.ReplaceAll(s, ":", "-")
	}
	id := name
	for n := 2; ; n++ {
		if _, taken := d.plan.Offers[id]; !taken {
			d.plan.Offers[id] = o
			return id
		}
		id = fmt.Sprintf("%s-%d", name, n)
	}
}

// maxSellers bounds the second sellers that are computed.
const maxSellers = 4

// secondSellers spill what the limit does not carry to the same model elsewhere: the plan's own offers first, then
// clouds, labs and hosts of the catalogue.
func (f *finder) secondSellers() {
	entry := f.entry(f.plan.Offers[f.subject])
	if entry == nil {
		f.skip(SecondSeller, "the offer names no catalogue model, so its other sellers are unknown")
		return
	}
	seen := map[string]bool{entry.Provider: true}
	for _, own := range f.ownSellers(entry) {
		if len(seen) <= maxSellers {
			seen[own.entry.Provider] = true
			f.spillWay(f.start(SecondSeller), own.id, own.entry)
		}
	}
	for _, o := range f.bySeller(f.sold(entry.Model)) {
		if !seen[o.Provider] && len(seen) <= maxSellers && f.sellerOrder(o) < len(signedWith()) {
			seen[o.Provider] = true
			d := f.start(SecondSeller)
			f.spillWay(d, f.addOffer(d, o, pricing.Offer{Catalog: o.ID(), Scope: o.Scope}), o)
		}
	}
	if len(seen) == 1 {
		f.skip(SecondSeller, "the catalogue knows no other seller of %s", slug(entry.Model))
	}
}

// ownOffer is an offer of the plan with its catalogue entry.
type ownOffer struct {
	id    string
	entry *catalog.Offer
}

// ownSellers are the plan's own on-demand and GPU offers of the same model at other sellers, the cheapest of each.
func (f *finder) ownSellers(entry *catalog.Offer) []ownOffer {
	ids := map[*catalog.Offer]string{}
	var entries []*catalog.Offer
	for _, id := range sortedKeys(f.plan.Offers) {
		o := f.plan.Offers[id]
		e := f.entry(o)
		if e == nil || e.Model != entry.Model || e.Provider == entry.Provider || o.Kind == pricing.Provisioned ||
			ids[e] != "" {
			continue
		}
		ids[e] = id
		entries = append(entries, e)
	}
	var list []ownOffer
	for _, e := range f.bySeller(entries) {
		list = append(list, ownOffer{ids[e], e})
	}
	return list
}

// bySeller orders offers by seller and keeps the cheapest of each, one of unknown price last: clouds, then labs, then
// hosts.
func (f *finder) bySeller(offers []*catalog.Offer) []*catalog.Offer {
	slices.SortStableFunc(offers, func(x, y *catalog.Offer) int {
		costX, costY := price(x, f.wallDay), price(y, f.wallDay)
		return cmp.Or(f.sellerOrder(x)-f.sellerOrder(y), cmp.Compare(x.Provider, y.Provider),
			order(costX == 0, costY == 0), cmp.Compare(costX, costY))
	})
	return slices.CompactFunc(offers, func(x, y *catalog.Offer) bool { return x.Provider == y.Provider })
}

func (f *finder) sellerOrder(o *catalog.Offer) int {
	order := slices.Index(signedWith(), o.Provider)
	if order < 0 {
		return len(signedWith())
	}
	return order
}

// signedWith are the sellers that the plan format names, clouds first, then labs and hosts; routers and resellers are
// not proposed.
func signedWith() []string {
	return []string{"azure", "bedrock", "vertex", "oci", "openai", "anthropic", "gemini-api", "mistral",
		"cohere", "deepseek", "xai", "databricks",
		"snowflake", "watsonx", "together", "fireworks", "groq", "cerebras", "nebius", "scaleway", "ovh", "alibaba"}
}

func (f *finder) spillWay(d *draft, id string, o *catalog.Offer) {
	f.spill(d, id, math.Inf(1))
	d.id = string(SecondSeller) + "-" + o.Provider
	if quota := d.plan.Offers[id].Quota; quota == nil {
		d.notCounted = append(d.notCounted, "its own quota is unknown")
	}
	f.add(d, "Spill to %s above the limit of %s", sellerName(f, o.Provider), sellerWords(f, f.plan, f.subject))
}

// spill sends to a second offer the share of each month's requests that the limit does not carry, at most as much as
// the second one's capacity in proportion.
func (f *finder) spill(d *draft, second string, capacity float64) {
	d.notCounted = append(d.notCounted, "the share moves in all hours of a month; a router that spills in busy hours "+
		"only moves less")
	f.move(d, f.feeders(f.subject), second, func(m int) float64 { return f.excess(m, capacity) })
}

// move sends a part of each month's requests from some offers to another one, from the draft's month on, in every
// workload that routes to them.
func (f *finder) move(d *draft, from []string, to string, part func(m int) float64) {
	for _, w := range f.workloadsOn(from) {
		f.moveOf(d, w, func(r pricing.Route) bool { return slices.Contains(from, r.Offer) }, to, part)
	}
}

// moveOf is move for the routes of one workload that match.
func (f *finder) moveOf(d *draft, workload string, match func(pricing.Route) bool, to string,
	part func(m int) float64) {
	w := d.plan.Workloads[workload]
	var routes []pricing.Route
	for _, r := range w.Routes {
		if !match(r) {
			routes = append(routes, r)
			continue
		}
		var keep, moved pricing.Schedule
		for m := range f.base.Months {
			month := f.base.Months[m].Month
			share, away := r.Share.Or(month, 0), 0.0
			if month >= d.from {
				away = math.Round(share*part(m)*1e6) / 1e6
			}
			keep, moved = keep.With(month, share-away), moved.With(month, away)
		}
		routes = append(routes, pricing.Route{Offer: r.Offer, Share: keep}, pricing.Route{Offer: to, Share: moved})
	}
	w.Routes = routes
	d.plan.Workloads[workload] = w
}

// excess is the share of month m's demand beyond the limit, rounded up to a thousandth; with a bounded second capacity
// at most the second one's part of both.
func (f *finder) excess(m int, capacity float64) float64 {
	have, need := f.capacity(f.wall.Limit, m), f.need(f.wall.Limit, m)
	if math.IsNaN(have) || math.IsNaN(need) || need <= have || capacity == 0 {
		return 0
	}
	part := min(1, math.Ceil((1-have/need)*1000)/1000)
	if !math.IsInf(capacity, 1) {
		part = min(part, capacity/(have+capacity))
	}
	return part
}
