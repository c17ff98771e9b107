package catalog

import (
	"fmt"
	"slices"
	"time"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
)

// RowAt is the row in force on day d: the user's own price if there is one by then, else the latest that began by d.
// When the first known row is later than d, that one is returned and early is true. Announced and withdrawn rows are
// never returned; nil means that no source states a price.
func (o *Offer) RowAt(d calendar.Day) (row *Row, early bool) {
	for i := range o.Rows {
		r := &o.Rows[i]
		if !r.prices() || r.From > d || r.Until != "" && r.Until <= d {
			continue
		}
		if row == nil || r.Status == Own || row.Status != Own {
			row = r
		}
	}
	if row != nil {
		return row, false
	}
	return o.firstAfter(d)
}

// firstAfter is the first row later than d: a list's first, whose day is that on which it was seen, before the user's
// own, which truly begins on its day.
func (o *Offer) firstAfter(d calendar.Day) (row *Row, early bool) {
	for i := range o.Rows {
		r := &o.Rows[i]
		if r.prices() && r.From > d && (row == nil || row.Status == Own && r.Status != Own) {
			row = r
		}
	}
	return row, row != nil
}

func (r *Row) prices() bool { return r.Status == InForce || r.Status == Own }

// ContextTier is the tier that a request of promptTokens falls into: the largest threshold of the row that promptTokens
// strictly exceeds, 0 for the base.
func (r *Row) ContextTier(promptTokens int64) int64 {
	var above int64
	for i := range r.Prices {
		if a := r.Prices[i].Above; a > above && promptTokens > a {
			above = a
		}
	}
	return above
}

// Price is the price of dim at a service tier for a request of promptTokens. In a context tier the whole request is
// repriced, so a text dimension that the source does not price there has no price; dimensions without context tiers
// keep their base price.
func (r *Row) Price(dim Dimension, tier ServiceTier, promptTokens int64) (Price, bool) {
	return r.PriceIn(dim, tier, r.ContextTier(promptTokens))
}

// PriceIn is Price for a context tier that ContextTier has found.
func (r *Row) PriceIn(dim Dimension, tier ServiceTier, above int64) (Price, bool) {
	base := -1
	for i := range r.Prices {
		p := &r.Prices[i]
		if p.Dimension != dim || p.Tier != tier {
			continue
		}
		if p.Above == above {
			return *p, true
		}
		if p.Above == 0 {
			base = i
		}
	}
	if base < 0 || repricedByContext(dim) {
		return Price{}, false
	}
	return r.Prices[base], true
}

// repricedByContext reports whether a context tier reprices the dimension: it does so for all tokens of the text
// request.
func repricedByContext(dim Dimension) bool {
	switch dim {
	case Input, CacheRead, CacheWrite5m, CacheWrite1h, Output:
		return true
	}
	return false
}

// Quote is the text prices of one service tier; a price counts only where its Has field is true.
type Quote struct {
	Input, CacheRead, CacheWrite, Output             money.Rate // per 1,000,000 tokens; CacheWrite keeps 5 minutes
	HasInput, HasCacheRead, HasCacheWrite, HasOutput bool
}

// Rates is what a plan can use of a row in one context tier.
type Rates struct {
	Quote               // standard processing
	Batch         Quote // the source's own batch prices
	PerRequest    money.Rate
	HasPerRequest bool
	Above         int64 // the context tier that these prices hold in; 0 is the base
}

// Free reports whether the source states 0 for input and output: a free or subscription plan, not a price per token.
func (q Quote) Free() bool {
	return q.HasInput && q.Input == 0 && (!q.HasOutput || q.Output == 0)
}

// RatesFor is the rates for requests of promptTokens. It does not allocate on rows of a built or decoded snapshot.
func (r *Row) RatesFor(promptTokens int64) Rates {
	if r.rates == nil {
		return r.ratesIn(r.ContextTier(promptTokens))
	}
	i := len(r.rates) - 1
	for i > 0 && promptTokens <= r.rates[i].Above {
		i--
	}
	return r.rates[i]
}

// prepare computes the rates of every context tier once.
func (r *Row) prepare() {
	tiers := r.ContextTiers()
	r.rates = make([]Rates, len(tiers))
	for i, above := range tiers {
		r.rates[i] = r.ratesIn(above)
	}
}

// ContextTiers is the row's thresholds, ascending, beginning with the base, 0.
func (r *Row) ContextTiers() []int64 {
	tiers := []int64{0}
	for i := range r.Prices {
		if a := r.Prices[i].Above; a > 0 && !slices.Contains(tiers, a) {
			tiers = append(tiers, a)
		}
	}
	slices.Sort(tiers)
	return tiers
}

func (r *Row) ratesIn(above int64) Rates {
	rates := Rates{Quote: r.quote(Standard, above), Batch: r.quote(Batch, above), Above: above}
	if p, ok := r.PriceIn(PerRequest, Standard, above); ok {
		rates.PerRequest, rates.HasPerRequest = p.Rate, true
	}
	return rates
}

func (r *Row) quote(tier ServiceTier, above int64) Quote {
	var q Quote
	q.Input, q.HasInput = r.rate(Input, tier, above)
	q.CacheRead, q.HasCacheRead = r.rate(CacheRead, tier, above)
	q.CacheWrite, q.HasCacheWrite = r.rate(CacheWrite5m, tier, above)
	q.Output, q.HasOutput = r.rate(Output, tier, above)
	return q
}

func (r *Row) rate(dim Dimension, tier ServiceTier, above int64) (money.Rate, bool) {
	p, ok := r.PriceIn(dim, tier, above)
	return p.Rate, ok
}

// OtherDimensions is what the row prices and a plan cannot express: one-hour cache writes, audio, images, seconds,
// searches, ..., in the order of the row, without those that cost nothing.
func (r *Row) OtherDimensions() []Dimension {
	var out []Dimension
	for _, p := range r.Prices {
		switch p.Dimension {
		case Input, CacheRead, CacheWrite5m, Output, PerRequest:
			continue
		}
		if p.Rate > 0 && !slices.Contains(out, p.Dimension) {
			out = append(out, p.Dimension)
		}
	}
	return out
}

// staleDays is how old a snapshot may be before people are told.
const staleDays = 90

// Stale is the snapshot's age in days, and whether that is more than 90. A date that cannot be read is 0 days old.
func (s *Snapshot) Stale(today calendar.Day) (days int, stale bool) {
	from, err1 := time.Parse(time.DateOnly, string(s.AsOf))
	to, err2 := time.Parse(time.DateOnly, string(today))
	if err1 != nil || err2 != nil {
		return 0, false
	}
	days = int(to.Sub(from).Hours() / 24)
	return days, days > staleDays
}

// ParseDate reads a day such as "2026-08-01".
func ParseDate(text string) (calendar.Day, error) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", fmt.Errorf("%.40q is no date; want a day such as 2026-08-01", text)
	}
	return calendar.Day(text), nil
}
