package simulate

import "math"

// Quantile is the type 7 quantile of an ascending sample: linear between the order statistics at (n - 1) p. An empty
// sample has none: NaN.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := float64(len(sorted)-1) * min(max(p, 0), 1)
	below := int(at)
	if below == len(sorted)-1 {
		return sorted[below]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}
