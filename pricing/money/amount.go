package money

import (
	"errors"
	"math/bits"

	"github.com/shopspring/decimal"
)

// Amount is an exact, non-negative amount of money in units of 1e-15, which is what a Rate (1e-9 per 1e6 tokens) times
// a whole number of tokens gives. It holds up to 3.4e23 currency units; arithmetic reports what does not fit. The zero
// value is no money.
type Amount struct{ high, low uint64 }

// amountScale is the number of decimal places of an Amount.
const amountScale = 15

// ErrAmount says that an amount is beyond 3.4e23.
var ErrAmount = errors.New("the amount is too large")

// Cost is the exact price of a whole number of tokens at r per 1,000,000.
func (r Rate) Cost(tokens uint64) Amount {
	high, low := bits.Mul64(uint64(r), tokens)
	return Amount{high, low}
}

// Each is the exact price of n items at r an item. ErrAmount if it does not fit.
func (r Rate) Each(n uint64) (Amount, error) {
	const million = 1_000_000
	a := r.Cost(n)
	over, high := bits.Mul64(a.high, million)
	carry, low := bits.Mul64(a.low, million)
	high, more := bits.Add64(high, carry, 0)
	if over != 0 || more != 0 {
		return Amount{}, ErrAmount
	}
	return Amount{high, low}, nil
}

// Plus is a + b, or ErrAmount.
func (a Amount) Plus(b Amount) (Amount, error) {
	low, carry := bits.Add64(a.low, b.low, 0)
	high, carry := bits.Add64(a.high, b.high, carry)
	if carry != 0 {
		return Amount{}, ErrAmount
	}
	return Amount{high, low}, nil
}

// Decimal is the exact amount.
func (a Amount) Decimal() decimal.Decimal {
	d := decimal.NewFromUint64(a.high)
	if a.high != 0 {
		d = d.Mul(decimal.NewFromUint64(1 << 32)).Mul(decimal.NewFromUint64(1 << 32))
	}
	return d.Add(decimal.NewFromUint64(a.low)).Shift(-amountScale)
}

// String is the exact decimal without trailing zeros: "0.165", "0", "1200".
func (a Amount) String() string {
	const point = 1_000_000_000_000_000
	if a.high >= point { // the quotient needs more than 64 bits
		return a.Decimal().String()
	}
	whole, fraction := bits.Div64(a.high, a.low, point)
	var buf [40]byte
	at := len(buf)
	digits := amountScale
	for digits > 0 && fraction%10 == 0 {
		fraction /= 10
		digits--
	}
	for ; digits > 0; digits-- {
		at--
		buf[at] = byte('0' + fraction%10)
		fraction /= 10
		if digits == 1 {
			at--
			buf[at] = '.'
		}
	}
	for {
		at--
		buf[at] = byte('0' + whole%10)
		if whole /= 10; whole == 0 {
			return string(buf[at:])
		}
	}
}

// Float is the amount as float64, for figures that need no exactness.
func (a Amount) Float() float64 { return (float64(a.high)*(1<<64) + float64(a.low)) / 1e15 }
