package planner

import (
	"headroom/pricing"
)

// limitIn is a limit as it stands in a month, false when there is none.
func limitIn(m pricing.MonthResult, id string) (pricing.LimitMonth, bool) {
	for _, l := range m.Limits {
		if l.ID == id {
			return l, true
		}
	}
	return pricing.LimitMonth{}, false
}
