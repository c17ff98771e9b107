// Package pricelist compares what models cost at each seller for one mix of tokens: which seller is cheapest for a
// model, how far apart sellers are, where sources disagree and what is unknown. It reads a catalogue and computes; it
// shows nothing. Amounts are exact.
package pricelist

import (
	"errors"

	"github.com/shopspring/decimal"

	"headroom/pricing/catalog"
	"headroom/pricing/money"
)

// Mix is the tokens of one request.
type Mix struct {
	Input  int64 // tokens in, 0 to MaxTokens
	Output int64 // tokens out, reasoning included, 0 to MaxTokens
}

// MaxTokens bounds a mix, so that costs stay exact in 64 bits.
const MaxTokens = 2_000_000

// Cost is US dollars per 1,000 requests in steps of 1e-12, so that every price of nine places stays exact.
type Cost int64

// Decimal is the exact cost in USD per 1,000 requests.
func (c Cost) Decimal() decimal.Decimal { return decimal.New(int64(c), -12) }

// Float is the cost in USD per 1,000 requests, for display.
func (c Cost) Float() float64 { return float64(c) / 1e12 }

// Over is how much more c is than base, as a share: 0.1 is 10 % more. It is 0 for a base of 0.
func (c Cost) Over(base Cost) float64 {
	if base == 0 {
		return 0
	}
	return float64(c)/float64(base) - 1
}

// Equals reports whether two costs are the same for a reader, see money.Tie.
func (c Cost) Equals(d Cost) bool { return money.Tie(float64(c), float64(d)) }

// Less reports whether a reader would call c cheaper than d, see money.Less.
func (c Cost) Less(d Cost) bool { return money.Less(float64(c), float64(d)) }

// Reasons why a cost is unknown.
var (
	ErrNoPrice  = errors.New("no source states a price")
	ErrNoInput  = errors.New("no price per input token")
	ErrNoOutput = errors.New("no price per output token")
	ErrZero     = errors.New("the source states 0 per token: a free tier, or a price of another kind")
	ErrFlatFee  = errors.New("a flat fee, not a price per token")
)

// Cost is what 1,000 requests of the mix cost under a row: its context tier, no cache, no batch. A row that prices the
// tokens that the mix has none of is enough. The error says which price is missing; 0 for everything is no price.
func (m Mix) Cost(row *catalog.Row) (Cost, error) {
	if row == nil || len(row.Prices) == 0 {
		return 0, ErrNoPrice
	}
	r := row.RatesFor(m.Input)
	switch {
	case m.Input > 0 && !r.HasInput:
		return 0, ErrNoInput
	case m.Output > 0 && !r.HasOutput:
		return 0, ErrNoOutput
	}
	// A rate is 1e-9 USD per 1,000,000 tokens: tokens x rate is 1e-15 USD a request, and 1e-12 USD per 1,000 requests.
	cost := m.Input*int64(r.Input) + m.Output*int64(r.Output)
	if r.HasPerRequest {
		cost += int64(r.PerRequest) * 1_000_000
	}
	if cost == 0 && m.Input+m.Output > 0 {
		return 0, ErrZero
	}
	return Cost(cost), nil
}
