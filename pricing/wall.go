package pricing

import (
	"math"

	"headroom/pricing/limit"
)

// Need is what the served users ask of a physical limit in the month, in its unit; undefined where nothing reaches its
// subject, and for limits of money.
func (m *MonthResult) Need(id limit.ID) Figure {
	need, ok := Undefined(), false
	switch id.Kind.Subject() {
	case limit.OfSite:
		need, ok = m.MegawattsNeeded.Get(id.Subject)
	case limit.OfPool:
		need, ok = m.GPUsNeeded.Get(id.Subject)
	case limit.OfOffer:
		var offer OfferMonth
		if offer, ok = m.Offers.Get(id.Subject); ok {
			need = offer.Load(id.Kind.Unit())
		}
	case limit.OfProvider, limit.OfPlan, limit.OfRoute:
	}
	if !ok {
		return Undefined()
	}
	return need
}

// Use is demand as a share of what the limit allows: 1 is just enough. It is undefined where the limit never binds or
// cannot be satisfied, and where it lets nobody through.
func (l LimitMonth) Use() Figure {
	if !l.Headroom.Known() || l.Headroom <= 0 {
		return Undefined()
	}
	return 1 / l.Headroom
}

// Of is what a number of further units of the binding capacity serves a month, as far as another limit does not take
// over.
func (s Shadow) Of(units float64) (users, revenue float64) {
	return s.UsersPerUnit * units, s.RevenuePerUnit * units
}

// WallIndex is the place of the month in which a constraint first costs revenue, -1 for none.
func (row *ComparisonRow) WallIndex() int {
	for i := range row.Months {
		if row.WallMonth != "" && row.Months[i].Month.String() == row.WallMonth {
			return i
		}
	}
	return -1
}

// Ceiling is how many users the wall lets through in its month; undefined without a wall and for one without a ceiling.
func (row *ComparisonRow) Ceiling() Figure {
	i := row.WallIndex()
	if i < 0 {
		return Undefined()
	}
	if ceiling, ok := row.Months[i].Ceilings.Get(row.Wall); ok {
		return ceiling
	}
	return Undefined()
}

// FinalDemand is the users that the last month asks for.
func (row *ComparisonRow) FinalDemand() float64 {
	if len(row.Months) == 0 {
		return 0
	}
	return row.Months[len(row.Months)-1].UsersDemanded
}

// LostRevenue is what limits keep the plan from earning over the horizon: revenue at demand - revenue, never negative.
func (row *ComparisonRow) LostRevenue() float64 {
	return math.Max(0, row.Totals.RevenueAtDemand-row.Totals.Revenue)
}

// LostShare is LostRevenue as a share of the revenue at demand.
func (row *ComparisonRow) LostShare() Figure {
	return ratio(row.LostRevenue(), row.Totals.RevenueAtDemand)
}

// LostIn is the revenue that limits keep month m from earning.
func (m *MonthResult) LostIn() float64 {
	sum := 0.0
	for _, lost := range m.LostRevenue {
		sum += float64(lost.Value)
	}
	return sum
}

// Headroom is how much demand could grow in the first month before any limit is reached, as a share of it: 0.23 is 23 %
// more, less than 0 is beyond. It is undefined when no limit of that month ever binds.
func (row *ComparisonRow) Headroom() Figure {
	least := Undefined()
	if len(row.Months) == 0 {
		return least
	}
	for _, l := range row.Months[0].Limits {
		if l.Headroom.Known() && (!least.Known() || l.Headroom-1 < least) {
			least = l.Headroom - 1
		}
	}
	return least
}

// Limited reports whether a limit exists in any month.
func (row *ComparisonRow) Limited() bool {
	for i := range row.Months {
		if len(row.Months[i].Limits) > 0 {
			return true
		}
	}
	return false
}

// Tightest is the growth range with the lowest upper end, "all" left out; false when none has one.
func (row *ComparisonRow) Tightest() (GrowthRange, bool) {
	var best GrowthRange
	found := false
	for _, r := range row.MaxGrowth {
		if r.ID != allLimits && r.Max.Known() && (!found || r.Max < best.Max) {
			best, found = r, true
		}
	}
	return best, found
}

// allLimits is the growth range of all constraints together.
const allLimits = "all"

// Growth is the range of all constraints together, false when the plan has none.
func (row *ComparisonRow) Growth() (GrowthRange, bool) { return row.MaxGrowth.Get(allLimits) }

// Reach is how much more of the binding capacity is of use in the month, and what stands then: the id of the next
// limit, or "" when everybody is served. With several segments, whose ceilings do not compare, and at a limit that
// cannot be satisfied, it is Shadow.UnitsToNext with the next limit not named: ok is false.
func (m *MonthResult) Reach() (units float64, next string, ok bool) {
	if m.Shadow == nil || m.Binding == nil {
		return 0, "", false
	}
	units = m.Shadow.UnitsToNext
	if len(m.BindingBySegment) != 1 || m.Shadow.UsersPerUnit <= 0 {
		return units, "", false
	}
	most := m.UsersDemanded
	for _, l := range m.Limits {
		ceiling, _ := m.Ceilings.Get(l.ID)
		if l.Enforced && l.ID != *m.Binding && ceiling.Known() && float64(ceiling) < most {
			most, next = math.Max(float64(ceiling), m.UsersServed), l.ID
		}
	}
	return math.Min(units, (most-m.UsersServed)/m.Shadow.UsersPerUnit), next, true
}
