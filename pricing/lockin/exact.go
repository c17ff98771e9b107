package lockin

import (
	"math/big"
	"strconv"
	"strings"

	"headroom/pricing"
)

// Figure is an exact number that is written with a fixed number of places, half up. The zero Figure is not known.
type Figure struct {
	value  *big.Rat
	places int
}

// Places of the figures, as the model defines them.
const (
	moneyPlaces = 2
	daysPlaces  = 2
	sharePlaces = 2
	countPlaces = 2 // effective number of suppliers
	hhiPlaces   = 0
	ratioPlaces = 4
	monthPlaces = 1 // payback
	scorePlaces = 1
)

func figure(value *big.Rat, places int) Figure { return Figure{value, places} }

// Known reports whether the figure has a value.
func (f Figure) Known() bool { return f.value != nil }

// Float is the nearest float64 of the exact value; 0 when it is not known.
func (f Figure) Float() float64 {
	if f.value == nil {
		return 0
	}
	v, _ := f.value.Float64()
	return v
}

// String is the rounded number, or "unknown".
func (f Figure) String() string {
	if f.value == nil {
		return "unknown"
	}
	return f.value.FloatString(f.places)
}

// MarshalJSON is the rounded number; null when it is not known.
func (f Figure) MarshalJSON() ([]byte, error) {
	if f.value == nil {
		return []byte("null"), nil
	}
	return []byte(f.String()), nil
}

// rat is the exact value of a number of the input; 0 when it was not stated. Plain decimals of up to 18 places, which
// most are, need no general parser.
func rat(n pricing.Number) *big.Rat {
	if n.IsZero() {
		return new(big.Rat)
	}
	text := n.String()
	whole, places, _ := strings.Cut(text, ".")
	if digits, err := strconv.ParseInt(whole+places, 10, 64); err == nil && len(places) <= 18 {
		return big.NewRat(digits, tens(len(places)))
	}
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return value
}

// tens is 10 to the power of n, 0 to 18.
func tens(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}

// or is rat, or standard when the number was not stated.
func or(n pricing.Number, standard *big.Rat) *big.Rat {
	if n.IsZero() {
		return standard
	}
	return rat(n)
}

func frac(a, b int64) *big.Rat { return big.NewRat(a, b) }
func whole(n int) *big.Rat     { return new(big.Rat).SetInt64(int64(n)) }

func add(list ...*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, v := range list {
		if v.Sign() != 0 {
			sum.Add(sum, v)
		}
	}
	return sum
}

// mul is the product of at least one number; most answers are 0, and with one of them there is nothing to multiply.
func mul(list ...*big.Rat) *big.Rat {
	for _, v := range list {
		if v.Sign() == 0 {
			return new(big.Rat)
		}
	}
	product := new(big.Rat).Set(list[0])
	for _, v := range list[1:] {
		product.Mul(product, v)
	}
	return product
}

func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func quo(a, b *big.Rat) *big.Rat {
	if a.Sign() == 0 && b.Sign() != 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Quo(a, b)
}

func smaller(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func larger(a *big.Rat, rest ...*big.Rat) *big.Rat {
	for _, b := range rest {
		if b.Cmp(a) > 0 {
			a = b
		}
	}
	return a
}

// clamp keeps v between 0 and 1.
func clamp(v *big.Rat) *big.Rat { return smaller(larger(v, new(big.Rat)), frac(1, 1)) }

// positive is v, or 0 below it.
func positive(v *big.Rat) *big.Rat { return larger(v, new(big.Rat)) }

// ceil is the smallest whole number that is not less than v, for v >= 0.
func ceil(v *big.Rat) *big.Rat {
	n := new(big.Int).Add(v.Num(), new(big.Int).Sub(v.Denom(), big.NewInt(1)))
	return new(big.Rat).SetInt(n.Quo(n, v.Denom()))
}
