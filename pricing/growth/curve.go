package growth

import "math"

// Shape names a demand curve.
type Shape string

const (
	Exponential Shape = "exponential" // Start x (1 + Growth)^m
	Logistic    Shape = "logistic"    // Ceiling / (1 + (Ceiling - Start)/Start x e^(-Rate m))
	Bass        Shape = "bass"        // Start + Market (1 - e^(-(p+q)m)) / (1 + (q/p) e^(-(p+q)m))
	Table       Shape = "table"       // Values[m]
)

// Shapes are all demand curves, in the order in which a form lists them.
func Shapes() []Shape { return []Shape{Exponential, Logistic, Bass, Table} }

// Curve gives the users of a segment by month. Users are net: churn is not modelled.
type Curve struct {
	Shape      Shape
	Start      float64 // users at m = 0
	Growth     float64 // exponential: per month, 0.06 is 6 %
	Ceiling    float64 // logistic: users at saturation
	Rate       float64 // logistic: per month
	Market     float64 // bass: users that may still come
	Innovation float64 // bass: p, per month
	Imitation  float64 // bass: q, per month
	Values     []float64
}

// At is the number of users m months after the start. A table has no users beyond its last value; validation asks for
// one value a month, so that does not happen in a valid plan.
func (c Curve) At(m int) float64 {
	switch c.Shape {
	case Exponential:
		if c.Start == 0 {
			return 0 // however fast nobody grows
		}
		return c.Start * math.Pow(1+c.Growth, float64(m))
	case Logistic:
		return c.logistic(float64(m))
	case Bass:
		return c.bass(float64(m))
	case Table:
		if m < len(c.Values) {
			return c.Values[m]
		}
	}
	return 0
}

func (c Curve) logistic(m float64) float64 {
	if c.Start == 0 || c.Ceiling == 0 {
		return 0 // nobody to spread it, or nobody to reach
	}
	if c.Start == c.Ceiling {
		return c.Start
	}
	return c.Ceiling / (1 + (c.Ceiling-c.Start)/c.Start*math.Exp(-c.Rate*m))
}

func (c Curve) bass(m float64) float64 {
	if c.Innovation == 0 {
		return c.Start // imitation needs a first adopter, and innovation 0 brings none
	}
	decay := math.Exp(-(c.Innovation + c.Imitation) * m)
	return c.Start + c.Market*(1-decay)/(1+c.Imitation/c.Innovation*decay)
}
