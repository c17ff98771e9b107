package simulate

import (
	"errors"
	"math"
)

// Fit is a power law between compute and revenue, revenue = K x compute^Elasticity, by least squares on the logarithms. With
// a few points it describes and proves nothing.
type Fit struct {
	Elasticity float64
	K          float64 // revenue at a compute of 1
	R2         float64 // of the logarithms
}

// ErrPoints says that there is nothing to fit.
var ErrPoints = errors.New("a fit needs as many revenues as compute figures, all above 0, and two different compute figures")

// NewFit fits revenue to compute, or returns ErrPoints.
func NewFit(compute, revenue []float64) (Fit, error) {
	n := float64(len(compute))
	if len(compute) != len(revenue) || len(compute) < 2 {
		return Fit{}, ErrPoints
	}
	var x, y, xx, xy, yy float64
	for i := range compute {
		if compute[i] <= 0 || revenue[i] <= 0 {
			return Fit{}, ErrPoints
		}
		x += math.Log(compute[i]) / n
		y += math.Log(revenue[i]) / n
	}
	for i := range compute {
		dx, dy := math.Log(compute[i])-x, math.Log(revenue[i])-y
		xx += dx * dx
		xy += dx * dy
		yy += dy * dy
	}
	if xx == 0 {
		return Fit{}, ErrPoints
	}
	f := Fit{Elasticity: xy / xx, R2: 1}
	f.K = math.Exp(y - f.Elasticity*x)
	if yy > 0 {
		f.R2 = xy * xy / (xx * yy)
	}
	return f, nil
}

// Revenue is the fitted revenue at a compute.
func (f Fit) Revenue(compute float64) float64 { return f.K * math.Pow(compute, f.Elasticity) }

// Compute is what a revenue needs on the fit.
func (f Fit) Compute(revenue float64) float64 { return math.Pow(revenue/f.K, 1/f.Elasticity) }

// Proportional is the revenue of one unit of compute, by least squares through the origin.
func Proportional(compute, revenue []float64) float64 {
	xx, xy := 0.0, 0.0
	for i := range compute {
		xx += compute[i] * compute[i]
		xy += compute[i] * revenue[i]
	}
	return xy / xx
}

// ArcElasticity is the growth of the logarithm of revenue over that of compute, from one point to the next.
func ArcElasticity(compute, revenue []float64) []float64 {
	var list []float64
	for i := 1; i < len(compute); i++ {
		list = append(list, math.Log(revenue[i]/revenue[i-1])/math.Log(compute[i]/compute[i-1]))
	}
	return list
}
