package simulate

import (
	"errors"
	"math"
)

// Shape is the scale on which a distribution is normal on each side of its median.
type Shape string

const (
	Lognormal   Shape = "lognormal"   // positive inputs: the logarithm
	Lognormal1p Shape = "lognormal1p" // growth: the logarithm of 1 + g
	Logitnormal Shape = "logitnormal" // shares: ln(p / (1 - p))
)

// z90 is the standard normal quantile of 0.9.
const z90 = 1.2815515655446004

// Errors of NewDistribution.
var (
	ErrShape     = errors.New("must be lognormal, lognormal1p or logitnormal")
	ErrQuantiles = errors.New("p10, p50 and p90 must not fall, and lie inside the range of the distribution")
)

// Distribution is an input given by its quantiles 0.1, 0.5 and 0.9: split normal on the scale of its shape.
type Distribution struct {
	shape       Shape
	median      float64
	middle      float64 // on the scale
	left, right float64 // standard deviation below and above the median
}

// NewDistribution is the distribution with those quantiles, or ErrShape or ErrQuantiles.
func NewDistribution(shape Shape, p10, p50, p90 float64) (Distribution, error) {
	d := Distribution{shape: shape, median: p50}
	switch shape {
	case Lognormal, Lognormal1p, Logitnormal:
	default:
		return d, ErrShape
	}
	low, middle, high := d.to(p10), d.to(p50), d.to(p90)
	d.middle, d.left, d.right = middle, (middle-low)/z90, (high-middle)/z90
	finite := !math.IsNaN(d.left+d.right) && !math.IsInf(d.left+d.right, 0)
	if !finite || d.left < 0 || d.right < 0 {
		return d, ErrQuantiles
	}
	return d, nil
}

// At is the value at a standard normal z: exactly the median at 0, and everywhere on a side without spread.
func (d Distribution) At(z float64) float64 {
	spread := d.right
	if z < 0 {
		spread = d.left
	}
	if spread*z == 0 {
		return d.median
	}
	return d.from(d.middle + spread*z)
}

// Middle is the median of a distribution that spreads alike above and below it, given its quantiles 0.1 and 0.9.
func (s Shape) Middle(p10, p90 float64) (float64, error) {
	d := Distribution{shape: s}
	middle := d.from((d.to(p10) + d.to(p90)) / 2)
	_, err := NewDistribution(s, p10, min(max(middle, p10), p90), p90)
	return middle, err
}

func (d Distribution) to(v float64) float64 {
	switch d.shape {
	case Lognormal:
		return math.Log(v)
	case Lognormal1p:
		return math.Log1p(v)
	default:
		return math.Log(v) - math.Log1p(-v)
	}
}

func (d Distribution) from(v float64) float64 {
	switch d.shape {
	case Lognormal:
		return math.Exp(v)
	case Lognormal1p:
		return math.Expm1(v)
	default:
		return 1 / (1 + math.Exp(-v))
	}
}
