package pricing

import (
	"cmp"
	"slices"

	"headroom/pricing/calendar"
)

// Comparison sets the alternatives of a result beside a baseline. Money is in Currency over the whole horizon unless
// the name says otherwise; nothing is rounded.
type Comparison struct {
	Currency    string
	Baseline    string // id of the alternative that differences are taken against
	First, Last calendar.Month
	Rows        []ComparisonRow      // in the plan's order
	Unknown     []UnknownAlternative // without figures, never dropped
}

// ComparisonRow is one alternative.
type ComparisonRow struct {
	ID, Name string
	Baseline bool
	Totals   Totals

	Cost              float64 // accrual cost
	PerMonth, PerYear float64 // its averages: a year is 12 average months
	FirstMonth        float64 // cost of the first month
	LastMonth         float64 // cost of the last month
	Requests          float64 // refused ones included
	Unserved          float64 // requests that nothing serves
	UserMonths        float64 // users served, summed over the months
	FinalUsers        float64 // users served in the last month
	Per1kRequests     Figure  // Cost / Requests x 1000
	PerUserMonth      Figure  // Cost / UserMonths
	GrossMargin       Figure  // (revenue - Cost) / revenue

	Difference         Figure // Cost - the baseline's; undefined when the baseline has no figures
	Relative           Figure // Difference / the baseline's cost
	PerMonthDifference Figure // PerMonth - the baseline's
	PerYearDifference  Figure // PerYear - the baseline's
	Per1kDifference    Figure // Per1kRequests - the baseline's
	Per1kRelative      Figure
	MarginDifference   Figure // in shares: 0.01 is one point
	RevenueDifference  Figure

	Wall      string // the first constraint that costs revenue; empty: none
	WallMonth string // "YYYY-MM"
	MaxGrowth GrowthRanges
	Warnings  []Warning
	Supplies  []Supply
	Months    []MonthResult
}

// Compare compares the alternatives of a result. An empty baseline is the result's own. An alternative that could not
// be priced stays in Unknown with its reasons; if the baseline is one of them, differences are undefined.
func Compare(r *Result, baseline string) Comparison {
	if baseline == "" {
		baseline = r.Baseline
	}
	c := Comparison{Currency: r.Currency, Baseline: baseline, Unknown: r.Unknown}
	for i := range r.Alternatives {
		c.Rows = append(c.Rows, newRow(&r.Alternatives[i], baseline))
	}
	if len(c.Rows) > 0 && len(c.Rows[0].Months) > 0 {
		months := c.Rows[0].Months
		c.First, c.Last = months[0].Month, months[len(months)-1].Month
	}
	base, known := c.Row(baseline)
	for i := range c.Rows {
		c.Rows[i].against(base, known)
	}
	return c
}

// Row is the row of an alternative.
func (c *Comparison) Row(id string) (ComparisonRow, bool) {
	for i := range c.Rows {
		if c.Rows[i].ID == id {
			return c.Rows[i], true
		}
	}
	return ComparisonRow{}, false
}

func newRow(a *AlternativeResult, baseline string) ComparisonRow {
	row := ComparisonRow{ID: a.ID, Name: cmp.Or(a.Name, a.ID), Baseline: a.ID == baseline, Totals: a.Totals,
		Cost:      a.Totals.AccrualCost,
		MaxGrowth: a.MaxGrowth, Warnings: a.Warnings, Supplies: a.Supplies, Months: a.Months}
	for i := range a.Months {
		row.Requests += a.Months[i].Requests
		row.Unserved += a.Months[i].UnservedRequests
		row.UserMonths += a.Months[i].UsersServed
	}
	n := len(a.Months)
	row.PerMonth = row.Cost / float64(n)
	row.PerYear = row.PerMonth * 12
	row.FirstMonth, row.LastMonth = a.Months[0].AccrualCost, a.Months[n-1].AccrualCost
	row.FinalUsers = a.Months[n-1].UsersServed
	row.Per1kRequests = ratio(row.Cost*1000, row.Requests)
	row.PerUserMonth = ratio(row.Cost, row.UserMonths)
	row.GrossMargin = ratio(a.Totals.Revenue-row.Cost, a.Totals.Revenue)
	row.wall(a)
	return row
}

// wall is the constraint that costs revenue first; of several in one month the one that heads it.
func (row *ComparisonRow) wall(a *AlternativeResult) {
	for i := range a.Months {
		if binding := a.Months[i].Binding; binding != nil {
			row.Wall, row.WallMonth = *binding, a.Months[i].Month.String()
			return
		}
	}
}

func (row *ComparisonRow) against(base ComparisonRow, known bool) {
	if !known {
		row.Difference, row.Relative, row.Per1kDifference, row.Per1kRelative = Undefined(), Undefined(),
			Undefined(), Undefined()
		row.MarginDifference, row.RevenueDifference = Undefined(), Undefined()
		row.PerMonthDifference, row.PerYearDifference = Undefined(), Undefined()
		return
	}
	row.Difference = Figure(row.Cost - base.Cost)
	row.Relative = ratio(row.Cost-base.Cost, base.Cost)
	row.PerMonthDifference = Figure(row.PerMonth - base.PerMonth)
	row.PerYearDifference = Figure(row.PerYear - base.PerYear)
	row.Per1kDifference = row.Per1kRequests - base.Per1kRequests
	row.Per1kRelative = Undefined()
	if base.Per1kRequests.Known() {
		row.Per1kRelative = ratio(float64(row.Per1kDifference), float64(base.Per1kRequests))
	}
	row.MarginDifference = row.GrossMargin - base.GrossMargin
	row.RevenueDifference = Figure(row.Totals.Revenue - base.Totals.Revenue)
}

// Series is one band of a stacked chart: a figure by month.
type Series struct {
	ID     string
	Values []float64
}

// CostByWorkload is the list cost of every workload by month.
func (row *ComparisonRow) CostByWorkload() []Series {
	return series(row.Months, func(m *MonthResult) Amounts { return m.WorkloadCosts })
}

// CostByTeam is the list cost of every team by month.
func (row *ComparisonRow) CostByTeam() []Series {
	return series(row.Months, func(m *MonthResult) Amounts { return m.Teams })
}

// series are the figures of a name by month, 0 in months that do not list it: idle capacity has no team in some of
// them.
func series(months []MonthResult, pick func(*MonthResult) Amounts) []Series {
	var list []Series
	for m := range months {
		for _, a := range pick(&months[m]) {
			i := slices.IndexFunc(list, func(s Series) bool { return s.ID == a.ID })
			if i < 0 {
				i = len(list)
				list = append(list, Series{ID: a.ID, Values: make([]float64, len(months))})
			}
			list[i].Values[m] = float64(a.Value)
		}
	}
	return list
}

// CostByOffer is the cost of every used offer by month: 0 in months in which it has no part.
func (row *ComparisonRow) CostByOffer() []Series {
	var list []Series
	for _, supply := range row.Supplies {
		s := Series{ID: supply.Offer, Values: make([]float64, len(row.Months))}
		for m := range row.Months {
			o, _ := row.Months[m].Offers.Get(supply.Offer)
			s.Values[m] = o.Usage + o.Fixed
		}
		list = append(list, s)
	}
	return list
}
