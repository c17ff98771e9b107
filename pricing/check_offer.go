package pricing

import (
	"math"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/limit"
)

func (c *checker) offer(path, id string, o Offer) {
	c.id(path, id)
	if o.Kind == "" && o.Catalog == "" {
		c.out.missing(dot(path, "kind"), "without catalog: on_demand, provisioned or gpu")
	}
	if !slices.Contains([]Kind{"", OnDemand, Provisioned, GPU}, o.Kind) {
		c.out.add(dot(path, "kind"), "must be on_demand, provisioned or gpu")
	}
	if provider, native, ok := strings.Cut(o.Catalog, "/"); o.Catalog != "" && (!ok || provider == "" || native == "") {
		c.out.add(dot(path, "catalog"), "must be provider/model-id, such as azure/gpt-5.4")
	}
	if o.Provider != "" {
		c.id(dot(path, "provider"), o.Provider)
	}
	if o.Lab != "" {
		c.id(dot(path, "lab"), o.Lab)
	}
	c.ids(dot(path, "chips"), o.Chips)
	c.ids(dot(path, "modalities"), o.Modalities)
	if !isScope(o.Scope) {
		c.out.add(dot(path, "scope"), "must be global, in-region, default, or datazone:, geo: or region: with a "+
			"code, such as datazone:eu")
	}
	c.currency(dot(path, "currency"), o.Currency)
	c.prices(dot(path, "prices"), o.Prices)
	c.number(dot(path, "price_decline_per_year"), o.PriceDeclinePerYear, -10, 1)
	c.tiers(dot(path, "volume_tiers"), o.VolumeTiers)
	for _, n := range []struct {
		name  string
		value Number
	}{
		{"batch_multiplier", o.BatchMultiplier}, {"cached_input_weight", o.CachedInputWeight},
		{"output_weight", o.OutputWeight},
		{"tokens_per_minute_per_unit", o.TokensPerMinutePerUnit}, {"context_tokens", o.ContextTokens},
		{"seconds_to_first_token", o.SecondsToFirstToken}, {"tokens_per_second", o.TokensPerSecond},
	} {
		c.notNegative(dot(path, n.name), n.value)
	}
	if o.Quota != nil {
		for _, kind := range limit.Kinds(limit.QuotaKinds) {
			c.schedule(dot(path, "quota."+kind.Unit().Field()), *o.Quota.On(kind), 0, maxNumber)
		}
	}
	c.lots(dot(path, "lots"), o.Lots)
	c.references(path, o)
}

// isScope follows the format's list; an empty scope was not stated.
func isScope(scope string) bool {
	if slices.Contains([]string{"", "global", "in-region", "default"}, scope) {
		return true
	}
	kind, code, _ := strings.Cut(scope, ":")
	return slices.Contains([]string{"datazone", "geo", "region"}, kind) && isID(code)
}

func (c *checker) prices(path string, rows []PriceRow) {
	seen := map[calendar.Month]bool{}
	for i, row := range rows {
		if row.From == 0 {
			c.out.missing(dot(at(path, i), "from"), `the first month of these prices, such as "2027-01"`)
		} else if seen[row.From] {
			c.out.add(dot(at(path, i), "from"), "two rows begin in %s; keep one", row.From)
		}
		seen[row.From] = true
		for _, n := range []struct {
			name  string
			value Number
		}{
			{"input", row.Input}, {"cache_read", row.CacheRead}, {"cache_write", row.CacheWrite},
			{"output", row.Output},
			{"per_request", row.PerRequest},
		} {
			c.notNegative(dot(at(path, i), n.name), n.value)
		}
	}
}

func (c *checker) tiers(path string, tiers []VolumeTier) {
	last := 0.0
	c.count(path, len(tiers))
	for i, t := range tiers {
		c.required(dot(at(path, i), "multiplier"), t.Multiplier)
		c.notNegative(dot(at(path, i), "multiplier"), t.Multiplier)
		switch upTo := dot(at(path, i), "up_to_mtok"); {
		case t.UpToMtok.IsZero() && i < len(tiers)-1:
			c.out.missing(upTo, "million tokens a month, in every tier but the last")
		case !t.UpToMtok.IsZero() && t.UpToMtok.Float() <= last:
			c.out.add(upTo, "must be more than %g: tiers rise", last)
		}
		last = math.Max(last, t.UpToMtok.Float())
	}
}

func (c *checker) lots(path string, lots []OfferLot) {
	c.count(path, len(lots))
	for i, lot := range lots {
		c.lot(at(path, i), lot.From, lot.Months)
		c.notNegative(dot(at(path, i), "units"), lot.Units)
		c.notNegative(dot(at(path, i), "price_per_hour"), lot.PricePerHour)
		c.notNegative(dot(at(path, i), "price_per_month"), lot.PricePerMonth)
		if lot.PricePerHour.IsZero() == lot.PricePerMonth.IsZero() {
			c.out.add(at(path, i), "needs exactly one of price_per_hour and price_per_month")
		}
	}
}

// lot checks the time of any lot; months absent: it never ends.
func (c *checker) lot(path string, from calendar.Month, months int) {
	if from == 0 {
		c.out.missing(dot(path, "from"), `the first month, such as "2027-01"`)
	}
	if months < 0 || months > 1200 {
		c.out.add(dot(path, "months"), "must be from 1 to 1200 months, or absent for no end, not %d", months)
	}
}

func (c *checker) references(path string, o Offer) {
	for _, r := range []struct{ name, id string }{{"successor", o.Successor}, {"spill_to", o.SpillTo}} {
		if _, ok := c.p.Offers[r.id]; r.id != "" && !ok {
			c.unknown(dot(path, r.name), "offer", r.id, sortedKeys(c.p.Offers))
		}
	}
	if _, ok := c.p.GPUPools[o.GPUPool]; o.GPUPool != "" && !ok {
		c.unknown(dot(path, "gpu_pool"), "GPU pool", o.GPUPool, sortedKeys(c.p.GPUPools))
	}
	if o.Kind == GPU && o.GPUPool == "" {
		c.out.missing(dot(path, "gpu_pool"), "the id of a GPU pool, for a gpu offer")
	}
}

// successors refuses cycles, and spill that could end on provisioned capacity: spill is one hop.
func (c *checker) successors() {
	for _, id := range sortedKeys(c.p.Offers) {
		chain, cycle := c.chain(id)
		if cycle {
			c.out.add(dot(dot("offers", id), "successor"), "leads back to the same offer: %s",
				strings.Join(chain, " -> "))
		}
		target := c.p.Offers[id].SpillTo
		if target == "" {
			continue
		}
		chain, _ = c.chain(target)
		for _, next := range chain {
			if c.p.Offers[next].Kind == Provisioned {
				c.out.add(dot(dot("offers", id), "spill_to"), "must lead to an on_demand or gpu offer, and %s is "+
					"provisioned", next)
			}
		}
	}
}

// chain follows successors from id, and reports whether they lead in a circle.
func (c *checker) chain(id string) (list []string, cycle bool) {
	seen := map[string]bool{}
	for id != "" {
		if seen[id] {
			return append(list, id), true
		}
		seen[id] = true
		list = append(list, id)
		id = c.p.Offers[id].Successor
	}
	return list, false
}
