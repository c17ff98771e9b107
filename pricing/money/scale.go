package money

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// MaxRate is the highest price a Rate holds.
const MaxRate = Rate(1<<63 - 1)

// RoundDecimal turns a decimal into a Rate rounded half to even at nine places; exact reports whether nothing was lost.
// It is for importers, whose sources carry float noise such as 2.9999900000000002. Negative and too large numbers
// return an error that wraps ErrRate.
func RoundDecimal(d decimal.Decimal) (r Rate, exact bool, err error) {
	if e := d.Exponent(); e > 12 || e < -60 || d.NumDigits() > 60 {
		return 0, false, ErrRate
	}
	rounded := d.RoundBank(Scale)
	r, err = FromDecimal(rounded)
	return r, err == nil && rounded.Equal(d), err
}

// Times is r times a factor such as 1.10, rounded half to even at nine places. Negative and too large products return
// an error that wraps ErrRate.
func (r Rate) Times(factor decimal.Decimal) (Rate, error) {
	product, _, err := RoundDecimal(r.Decimal().Mul(factor))
	return product, err
}

// Differs reports whether two prices are more than permille thousandths of the larger one apart.
func Differs(a, b Rate, permille int64) bool {
	low, high := big.NewInt(int64(min(a, b))), big.NewInt(int64(max(a, b)))
	gap := new(big.Int).Sub(high, low)
	return gap.Mul(gap, big.NewInt(1000)).Cmp(high.Mul(high, big.NewInt(permille))) > 0
}
