// Package money holds exact prices.
//
// A price enters as text and stays exact: [Rate] counts billionths of a currency unit per 1,000,000 tokens in an int64,
// three digits finer than any published price, and amounts are arbitrary-precision decimals. No float64 constructor
// exists on purpose; [Rate.Float] is the one way out, for plan results, whose documented error is 1e-9 relative.
package money

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// Scale is the number of decimal places a Rate keeps.
const Scale = 9

// Rate is a price in billionths of a currency unit: per 1,000,000 tokens for token dimensions, per item (request,
// image, second, ...) for the others. Range: 0 to about 9.2 billion units.
type Rate int64

// ErrRate says that a text is not a price.
var ErrRate = errors.New("not a price: want a decimal number from 0 to 9,000,000,000 with at most 9 places")

// ParseRate reads a decimal such as "0.0028" or "2.5e-6" exactly. A negative number, or one with more than nine places,
// is refused with an error that wraps ErrRate.
func ParseRate(text string) (Rate, error) {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return 0, fmt.Errorf("%q: %w", text, ErrRate)
	}
	return FromDecimal(d)
}

// FromDecimal turns an exact decimal into a Rate, or returns an error that wraps ErrRate.
func FromDecimal(d decimal.Decimal) (Rate, error) {
	// The exponent is checked first: shifting 1e999999999 would allocate a billion digits.
	if e := d.Exponent(); e > 12 || e < -60 || d.NumDigits() > 60 {
		return 0, fmt.Errorf("%w", ErrRate)
	}
	scaled := d.Shift(Scale)
	if scaled.IsNegative() || !scaled.IsInteger() || !scaled.BigInt().IsInt64() {
		return 0, fmt.Errorf("%q: %w", d.String(), ErrRate)
	}
	return Rate(scaled.IntPart()), nil
}

// Decimal is the exact price.
func (r Rate) Decimal() decimal.Decimal { return decimal.New(int64(r), -Scale) }

// String is the shortest exact decimal: "2.5", "0.0028".
func (r Rate) String() string { return r.Decimal().String() }

// Float is the price as float64, for forecasts only.
func (r Rate) Float() float64 { return float64(r) / 1e9 }

// Tokens is the exact cost of n tokens at r per 1,000,000.
func (r Rate) Tokens(n decimal.Decimal) decimal.Decimal { return r.Decimal().Mul(n).Shift(-6) }
