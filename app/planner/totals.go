package planner

import (
	"io"
	"slices"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
	"headroom/views/sheet"
	"headroom/views/table"
)

// WriteComparisonCSV writes what `headroom evaluate --csv` prints: one row for each alternative, columns named as the
// totals of the result, then the wall, its month and ceiling, the unit costs, the difference to the baseline, what
// leaving takes as base knows it, and where the prices come from. RFC 4180, rounded as every file is.
func WriteComparisonCSV(w io.Writer, p *pricing.Plan, prices *catalog.Snapshot, r *pricing.Result,
	base func(*catalog.Snapshot) (*lockin.Base, error)) error {
	a := &workspace.Answer{Plan: p, Prices: prices, Result: r, AsIs: workspace.AsIs(p), Compare: pricing.Compare(r, "")}
	a.LookUp()
	if err := a.Assess(base); err != nil {
		return err
	}
	return sheet.WriteCSV(w, totalsTable(a), sheet.Profile{})
}

// totalsColumn is a column of the totals: its key, how it is rounded, and its figure.
type totalsColumn struct {
	key  string
	kind table.Kind
	cell func(row pricing.ComparisonRow) table.Cell
}

func totalsColumns() []totalsColumn {
	money := func(key string, pick func(t pricing.Totals) float64) totalsColumn {
		return totalsColumn{key, table.Money,
			func(row pricing.ComparisonRow) table.Cell { return table.Cell{Value: pick(row.Totals)} }}
	}
	ratio := func(key string, kind table.Kind, pick func(row pricing.ComparisonRow) pricing.Figure) totalsColumn {
		return totalsColumn{key, kind,
			func(row pricing.ComparisonRow) table.Cell { return cells.FigureCell(pick(row), "undefined") }}
	}
	text := func(key string, pick func(row pricing.ComparisonRow) string) totalsColumn {
		return totalsColumn{key, table.Text,
			func(row pricing.ComparisonRow) table.Cell { return table.Cell{Text: pick(row)} }}
	}
	return []totalsColumn{
		text("id", func(row pricing.ComparisonRow) string { return row.ID }),
		text("name", func(row pricing.ComparisonRow) string { return row.Name }),
		money("accrual_cost", func(t pricing.Totals) float64 { return t.AccrualCost }),
		money("cash_cost", func(t pricing.Totals) float64 { return t.CashCost }),
		money("revenue", func(t pricing.Totals) float64 { return t.Revenue }),
		money("revenue_at_demand", func(t pricing.Totals) float64 { return t.RevenueAtDemand }),
		money("credits_used", func(t pricing.Totals) float64 { return t.CreditsUsed }),
		money("credits_forfeited", func(t pricing.Totals) float64 { return t.CreditsForfeited }),
		money("shortfall", func(t pricing.Totals) float64 { return t.Shortfall }),
		money("commitment_outstanding", func(t pricing.Totals) float64 { return t.CommitmentOutstanding }),
		money("end_cash", func(t pricing.Totals) float64 { return t.EndCash }),
		ratio("compute_bound_revenue_share", table.Percent,
			func(row pricing.ComparisonRow) pricing.Figure { return row.Totals.ComputeBoundRevenueShare }),
		text("wall", func(row pricing.ComparisonRow) string { return row.Wall }),
		text("wall_month", func(row pricing.ComparisonRow) string { return row.WallMonth }),
		ratio("ceiling", table.Count, ceilingAtWall),
		ratio("cost_per_1k_requests", table.Unit, func(row pricing.ComparisonRow) pricing.Figure {
			return row.Per1kRequests
		}),
		ratio("cost_per_user", table.Unit, func(row pricing.ComparisonRow) pricing.Figure { return row.PerUserMonth }),
		ratio("gross_margin", table.Percent, func(row pricing.ComparisonRow) pricing.Figure { return row.GrossMargin }),
		ratio("difference", table.Money, func(row pricing.ComparisonRow) pricing.Figure { return row.Difference }),
		ratio("relative", table.Percent, func(row pricing.ComparisonRow) pricing.Figure { return row.Relative }),
	}
}

// ceilingAtWall is how many users the first constraint that costs revenue lets through in its month.
func ceilingAtWall(row pricing.ComparisonRow) pricing.Figure {
	for _, m := range row.Months {
		if m.Month.String() == row.WallMonth {
			ceiling, _ := m.Ceilings.Get(row.Wall)
			return ceiling
		}
	}
	return pricing.Undefined()
}

func totalsTable(a *workspace.Answer) table.Table {
	t := table.Table{ID: "totals"}
	columns := totalsColumns()
	// Both have the same words on the page, in its files and here.
	provenance := slices.Concat(lockinColumns(a), lockinFileColumns(a), provenanceColumns(a))
	for _, c := range columns {
		t.Columns = append(t.Columns, table.Column{Key: c.key, Label: c.key, Kind: c.kind})
	}
	for _, c := range provenance {
		t.Columns = append(t.Columns, c.Column)
	}
	for _, row := range a.Compare.Rows {
		r, entries := table.Row{Key: row.ID}, a.EntriesOf(row)
		for _, c := range columns {
			r.Cells = append(r.Cells, c.cell(row))
		}
		for _, c := range provenance {
			r.Cells = append(r.Cells, c.cell(a, row, entries))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
