package pricing

import (
	"math"

	"headroom/pricing/calendar"
)

// Stands is the first month by which a constraint has cost revenue with at least some probability; false when it never
// comes to that.
func (a *AlternativeSimulation) Stands(id string, probability float64) (calendar.Month, bool) {
	for i := range a.Months {
		if p, _ := a.Months[i].BindsBy.Get(id); p.Known() && float64(p) >= probability {
			return a.Months[i].Month, true
		}
	}
	return 0, false
}

// AnyStands is Stands for any constraint at all.
func (a *AlternativeSimulation) AnyStands(probability float64) (calendar.Month, bool) {
	for i := range a.Months {
		if a.Months[i].AnyBindsBy >= probability {
			return a.Months[i].Month, true
		}
	}
	return 0, false
}

// Span is the least and the greatest of the user months that the bars and the middle come to.
func (a *AlternativeSimulation) Span() (least, greatest float64) {
	least, greatest = a.Middle.UserMonths, a.Middle.UserMonths
	for _, bar := range a.Tornado {
		least, greatest = min(least, bar.Low, bar.High), max(greatest, bar.Low, bar.High)
	}
	return least, greatest
}

// StandardError is the largest standard error of a probability over the samples: that of one half.
func (a *AlternativeSimulation) StandardError() float64 { return 0.5 / math.Sqrt(float64(a.Samples)) }
