package capacity

import (
	"errors"
	"math"
)

// ComputePoint is compute in gigawatts against annualised revenue in billions.
type ComputePoint struct{ GW, Revenue float64 }

// ComputeFit is how revenue moved with compute. Three points of one company describe; they are no law.
type ComputeFit struct {
	Elasticity   float64   // of the log-log fit: revenue = K x GW^Elasticity
	K            float64   // billions at 1 GW
	R2           float64   // of the logs
	Proportional float64   // billions a gigawatt, least squares through the origin
	PerGW        []float64 // revenue / GW, each point
	Arc          []float64 // ln(revenue ratio) / ln(compute ratio), each pair of neighbours
}

// ErrFit says that points cannot be fitted.
var ErrFit = errors.New("want at least two points of different compute, all above 0")

// FitCompute fits points in the order of time. ErrFit if they do not determine a line.
func FitCompute(points []ComputePoint) (ComputeFit, error) {
	var f ComputeFit
	var meanX, meanY, xy, xx float64
	n := float64(len(points))
	for i, p := range points {
		if !(p.GW > 0 && p.Revenue > 0) || math.IsInf(p.GW+p.Revenue, 0) {
			return ComputeFit{}, ErrFit
		}
		meanX, meanY = meanX+math.Log(p.GW)/n, meanY+math.Log(p.Revenue)/n
		xy, xx = xy+p.GW*p.Revenue, xx+p.GW*p.GW
		f.PerGW = append(f.PerGW, p.Revenue/p.GW)
		if i > 0 {
			f.Arc = append(f.Arc, math.Log(p.Revenue/points[i-1].Revenue)/math.Log(p.GW/points[i-1].GW))
		}
	}
	var sxx, sxy, syy float64
	for _, p := range points {
		x, y := math.Log(p.GW)-meanX, math.Log(p.Revenue)-meanY
		sxx, sxy, syy = sxx+x*x, sxy+x*y, syy+y*y
	}
	if len(points) < 2 || sxx == 0 {
		return ComputeFit{}, ErrFit
	}
	f.Elasticity = sxy / sxx
	f.K = math.Exp(meanY - f.Elasticity*meanX)
	f.R2, f.Proportional = 1, xy/xx
	if syy > 0 {
		f.R2 = sxy * sxy / (sxx * syy)
	}
	return f, nil
}

// Revenue is billions at so many gigawatts on the log-log fit.
func (f *ComputeFit) Revenue(gw float64) float64 { return f.K * math.Pow(gw, f.Elasticity) }

// GWFor is the gigawatts at which the log-log fit reaches a revenue in billions.
func (f *ComputeFit) GWFor(revenue float64) float64 { return math.Pow(revenue/f.K, 1/f.Elasticity) }

// GWProportional is the same at the proportional rate.
func (f *ComputeFit) GWProportional(revenue float64) float64 { return revenue / f.Proportional }

// FitCaveats are what must stand beside every figure of the published fit.
func FitCaveats() []string {
	return []string{
		"three points: a description, not a law; any two growing series fit",
		"year-end run-rate against the year's capacity; 2025 is \"about 1.9\" and \"20+\"",
		"compute for training and for inference is not split",
		"one company, its own figures, read in press reports",
	}
}

// SeriesPoints are the points of a company's published series that have both figures.
func (m *Machines) SeriesPoints(company string) []ComputePoint {
	var points []ComputePoint
	for _, y := range m.Series {
		if y.Company == company && y.ComputeGW.Known && y.ARRBillion.Known {
			points = append(points, ComputePoint{y.ComputeGW.Value, y.ARRBillion.Value})
		}
	}
	return points
}
