package form

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// carriedShare is the share of what a workload sends to an offer that new units carry at the peak of their first month,
// 1 at most: what is beyond would spill, and a quota counts spilled tokens by the weights of the units.
func (o *Outcome) carriedShare(workload, from, units string, prices *catalog.Snapshot) decimal.Decimal {
	one := decimal.NewFromInt(1)
	capacity, known := o.Document.Decimal("offers", units, "tokens_per_minute_per_unit")
	count, _ := o.Document.Decimal("offers", units, "lots", Item(0), "units")
	peak := o.peakOf(workload, from, units, prices)
	if !known || peak <= 0 {
		return one
	}
	carried := capacity.Mul(count).Div(decimal.NewFromFloat(peak)).RoundFloor(4)
	return decimal.Min(one, carried)
}

// peakOf is tokens a minute, as units count them, that all requests of a workload to an offer would bring in the first
// month of the units; 0 where the plan cannot be evaluated, which is said elsewhere.
func (o *Outcome) peakOf(workload, from, units string, prices *catalog.Snapshot) float64 {
	d := o.Document.Clone()
	for _, member := range []string{"alternatives", "baseline", "uncertainty", "spend_caps"} {
		d.Delete(member)
	}
	d.Set(map[string]any{"enforce": []any{}}, "finance")
	month := d.Text("offers", units, "lots", Item(0), "from")
	other := Outcome{Document: d}
	other.splitRoute(workload, from, units, month, decimal.NewFromInt(1))
	plan, err := pricing.ParsePlan(d.Bytes())
	if err != nil {
		return 0
	}
	result, err := pricing.EvaluateMonths(context.Background(), plan, prices)
	if err != nil {
		return 0
	}
	for _, m := range result.Alternatives[0].Months {
		if offer, ok := m.Offers.Get(units); ok && m.Month.String() >= month {
			return offer.PeakTPM
		}
	}
	return 0
}

// splitRoute sends a share of what a workload sent to one offer to another, from a month on. All of it, from the first
// month, takes the other's place.
func (o *Outcome) splitRoute(workload, from, to, month string, share decimal.Decimal) {
	keys := []string{"workloads", workload, "routes"}
	routes, _ := o.Document.list(keys...)
	var rows []*document.Value
	for _, route := range routes {
		if offerOfRoute(route) != from {
			rows = append(rows, route)
			continue
		}
		if share.Equal(decimal.NewFromInt(1)) && month <= o.Document.Text("start") {
			rows = append(rows, route.With("offer", to))
			continue
		}
		kept, moved := o.splitShare(route, month, share)
		rows = append(rows, routeTo(from, kept), routeTo(to, moved))
	}
	o.Document.Set(rows, keys...)
}

// splitShare is what stays of a route's share, and what moves from a month on.
func (o *Outcome) splitShare(
	route *document.Value, month string, share decimal.Decimal,
) (kept, moved *document.Value) {
	steps, _ := Spec{Keys: []string{"route", "share"}}.steps(scratch(map[string]any{"route": route}))
	start := o.Document.Text("start")
	if len(steps) == 1 && steps[0].from == "" && month <= start {
		away := steps[0].value.Mul(share)
		return number(steps[0].value.Sub(away)), number(away)
	}
	months := []string{min(start, month)}
	for _, st := range steps {
		months = append(months, max(st.from, min(start, month)))
	}
	months = append(months, month)
	slices.Sort(months)
	var stay, gone []any
	for _, m := range slices.Compact(months) {
		value, away := valueAt(steps, m), decimal.Zero
		if m >= month {
			away = value.Mul(share)
		}
		stay = append(stay, map[string]any{"from": m, "value": number(value.Sub(away))})
		gone = append(gone, map[string]any{"from": m, "value": number(away)})
	}
	return document.Of(stay), document.Of(gone)
}
