package pricing

import (
	"math"

	"headroom/pricing/catalog"
	"headroom/pricing/growth"
	"headroom/pricing/money"
)

// quote is what one request of a workload costs at an offer in a month, and why.
type quote struct {
	month    *monthPrices
	standard growth.Prices // in the plan's currency, decline applied
	batch    growth.Prices
	above    int64  // context tier of the catalogue row; 0 is the base
	missing  string // a price that the request needs and nobody states
	assumed  string // a price that the catalogue does not state and the input price stands for
	unstated string // a price that the plan's own row leaves out, for tokens that the request has: it counts as 0
	ownBatch bool   // the catalogue's own batch prices are used
	// fullBatch: neither the plan nor the catalogue states a batch price, so batch costs what standard processing
	// costs.
	fullBatch bool
	free      bool // the catalogue states 0 for input and output
}

// quote prices the requests of workload w at s in month m. A problem is left in quote.month or quote.missing.
func (f *frame) quote(s *supply, m int, r growth.Request) quote {
	p := f.month(s, m)
	q := quote{month: p}
	if p.problem != "" {
		return q
	}
	if p.row == nil {
		q.unstated = p.own.unstated(r)
		q.standard = ownPrices(p.own).Scale(p.rate * p.factor)
		q.batch = q.standard.Scale(s.offer.BatchMultiplier.Or(1))
		return q
	}
	q.fromCatalogue(s.offer.BatchMultiplier, r)
	return q
}

// fromCatalogue prices a request with the catalogue's row of the month, in the context tier of its input tokens.
func (q *quote) fromCatalogue(batchMultiplier Number, r growth.Request) {
	p := q.month
	rates := p.row.RatesFor(int64(math.Ceil(r.Input)))
	q.above, q.free = rates.Above, p.own == nil && rates.Free()
	q.mixed(p, rates, r)
	if batchMultiplier.IsZero() && rates.Batch.HasInput && rates.Batch.HasOutput {
		q.batch, q.ownBatch = batchPrices(q.standard, rates.Batch, p.usd*p.factor), true
		return
	}
	q.batch, q.fullBatch = q.standard.Scale(batchMultiplier.Or(1)), batchMultiplier.IsZero()
}

// ownPrices are the plan's row; cached tokens cost what input costs unless the row says otherwise.
func ownPrices(row *PriceRow) growth.Prices {
	input := row.Input.Float()
	return growth.Prices{Input: input, CacheRead: row.CacheRead.Or(input), CacheWrite: row.CacheWrite.Or(input),
		Output: row.Output.Float(), PerRequest: row.PerRequest.Float()}
}

// unstated names the price that a row leaves out although the request has such tokens; a row with a price per request
// may.
func (row *PriceRow) unstated(r growth.Request) string {
	switch {
	case !row.PerRequest.IsZero():
		return ""
	case row.Input.IsZero() && r.Input > 0:
		return "input"
	case row.Output.IsZero() && r.Output > 0:
		return "output"
	}
	return ""
}

// mixed takes each price from the plan's row, else from the catalogue's, else from the default.
func (q *quote) mixed(p *monthPrices, rates catalog.Rates, r growth.Request) {
	own := PriceRow{}
	if p.own != nil {
		own = *p.own
	}
	pick := func(stated Number, rate money.Rate, has bool) (float64, bool) {
		if !stated.IsZero() {
			return stated.Float() * p.rate, true
		}
		return rate.Float() * p.usd, has
	}
	var hasInput, hasOutput, hasRead, hasWrite bool
	s := &q.standard
	s.Input, hasInput = pick(own.Input, rates.Input, rates.HasInput)
	s.Output, hasOutput = pick(own.Output, rates.Output, rates.HasOutput)
	s.CacheRead, hasRead = pick(own.CacheRead, rates.CacheRead, rates.HasCacheRead)
	s.CacheWrite, hasWrite = pick(own.CacheWrite, rates.CacheWrite, rates.HasCacheWrite)
	s.PerRequest, _ = pick(own.PerRequest, rates.PerRequest, rates.HasPerRequest)
	if !hasRead {
		s.CacheRead = s.Input
	}
	if !hasWrite {
		s.CacheWrite = s.Input
	}
	switch {
	case !hasInput && r.Input > 0:
		q.missing = "input"
	case !hasOutput && r.Output > 0:
		q.missing = "output"
	case !hasRead && r.CacheRead > 0:
		q.assumed = "cache read"
	case !hasWrite && r.CacheWrite > 0:
		q.assumed = "cache write"
	}
	*s = s.Scale(p.factor)
}

// batchPrices are the catalogue's batch prices. Cached tokens that it does not price in batch keep their standard
// price, but never cost more than batch input.
func batchPrices(standard growth.Prices, batch catalog.Quote, rate float64) growth.Prices {
	b := growth.Prices{Input: batch.Input.Float() * rate, Output: batch.Output.Float() * rate,
		PerRequest: standard.PerRequest}
	b.CacheRead = min(standard.CacheRead, b.Input)
	if batch.HasCacheRead {
		b.CacheRead = batch.CacheRead.Float() * rate
	}
	b.CacheWrite = min(standard.CacheWrite, b.Input)
	if batch.HasCacheWrite {
		b.CacheWrite = batch.CacheWrite.Float() * rate
	}
	return b
}
