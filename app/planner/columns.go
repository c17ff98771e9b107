package planner

import (
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views/table"
)

// compareColumn is a column of the comparison: its head, and the cell of a row.
type compareColumn struct {
	table.Column
	Usual bool // shown unless the reader chose others
	cell  func(a *workspace.Answer, row pricing.ComparisonRow, entries []workspace.Entry) table.Cell
	// figure is the name under which package pricing explains the cell; "" for none.
	figure string
}

// compareColumns are all columns in their order. Period decides what "cost" and the differences are per.
func compareColumns(a *workspace.Answer) []compareColumn {
	currency, cost := a.Compare.Currency, periodCostColumn(a)
	price := currency
	if len(a.Compare.Rows) > 0 {
		price = "USD per 1M"
	}
	columns := []compareColumn{
		{Column: table.Column{Key: "alternative", Label: "Alternative"}, Usual: true, cell: NameCell},
		cost,
		{Column: table.Column{Key: "difference", Label: "Against baseline", Unit: currency, Kind: cost.Kind},
			Usual: true, figure: differenceFigure(a), cell: differenceCell},
		{Column: table.Column{Key: "relative", Label: "Difference", Unit: "%", Kind: table.Percent},
			Usual: true, figure: relativeFigure(a), cell: relativeCell},
		{Column: table.Column{Key: "per_1k", Label: "Per 1,000 requests", Unit: currency, Kind: table.Unit},
			Usual: true, figure: "cost_per_1k_requests",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return cells.FigureCell(r.Per1kRequests, "no requests")
			}},
	}
	columns = append(append(columns, wallColumns(a)...), lockinColumns(a)...)
	columns = append(columns, []compareColumn{
		{Column: table.Column{Key: "first_month", Label: "First month", Unit: currency, Kind: table.Money},
			figure: "cost_first_month",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return table.Cell{Value: r.FirstMonth}
			}},
		{Column: table.Column{Key: "last_month", Label: "Last month", Unit: currency, Kind: table.Money},
			figure: "cost_last_month",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return table.Cell{Value: r.LastMonth}
			}},
		{Column: table.Column{Key: "per_user", Label: "Per user and month", Unit: currency, Kind: table.Unit},
			figure: "cost_per_user",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return cells.FigureCell(r.PerUserMonth, "no users")
			}},
		{Column: table.Column{Key: "margin", Label: "Gross margin", Unit: "%", Kind: table.Percent},
			Usual: true, figure: "gross_margin",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return cells.FigureCell(r.GrossMargin, "no revenue entered")
			}},
		{Column: table.Column{Key: "input_price", Label: "Input price", Unit: price, Kind: table.Unit},
			cell: priceCell(false)},
		{Column: table.Column{Key: "output_price", Label: "Output price", Unit: price, Kind: table.Unit},
			cell: priceCell(true)},
		{Column: table.Column{Key: "sellers", Label: "Sellers"}, cell: sellersCell},
		{Column: table.Column{Key: "prices_as_of", Label: "Prices as of", Kind: table.Date}, cell: asOfCell},
	}...)
	return append(append(append(columns, limitColumns()...), lockinFileColumns(a)...), provenanceColumns(a)...)
}

// costColumn is the first figure: the total, or what the reader chose to see it per.
func periodCostColumn(a *workspace.Answer) compareColumn {
	c := compareColumn{Column: table.Column{Key: "total", Unit: a.Compare.Currency, Kind: table.Money},
		Usual: true, figure: "cost"}
	switch a.State.View.Period {
	case workspace.PeriodYear:
		c.Label, c.figure = "Cost a year", "cost_per_year"
		c.cell = func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
			return table.Cell{Value: r.PerYear}
		}
	case workspace.PeriodMonth:
		c.Label, c.figure = "Cost a month", "cost_per_month"
		c.cell = func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
			return table.Cell{Value: r.PerMonth}
		}
	case workspace.PeriodReq:
		c.Label, c.Kind, c.figure = "Cost per 1,000 requests", table.Unit, "cost_per_1k_requests"
		c.cell = func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
			return cells.FigureCell(r.Per1kRequests, "no requests")
		}
	default:
		c.Label = "Cost, " + words.Plural(a.Plan.Months, "month", "months")
		c.cell = func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
			return table.Cell{Value: r.Cost}
		}
	}
	return c
}

// differenceFigure is what package pricing calls the difference that is shown.
func differenceFigure(a *workspace.Answer) string {
	switch a.State.View.Period {
	case workspace.PeriodYear:
		return "per_year_difference"
	case workspace.PeriodMonth:
		return "per_month_difference"
	case workspace.PeriodReq:
		return "per_1k_difference"
	}
	return "difference"
}

// relativeFigure: the ratio is the same for every period but the one per request.
func relativeFigure(a *workspace.Answer) string {
	if a.State.View.Period == workspace.PeriodReq {
		return "per_1k_relative"
	}
	return "relative"
}

// provenanceColumns are in files only: what a reader needs who has nothing but the file.
func provenanceColumns(a *workspace.Answer) []compareColumn {
	text := func(key, label, value string) compareColumn {
		return compareColumn{Column: table.Column{Key: key, Label: label, ExportOnly: true}, Usual: true,
			cell: func(*workspace.Answer, pricing.ComparisonRow, []workspace.Entry) table.Cell {
				return table.Cell{Text: value}
			}}
	}
	join := func(key, label string, pick func(a *workspace.Answer, e workspace.Entry) string) compareColumn {
		return compareColumn{Column: table.Column{Key: key, Label: label, ExportOnly: true}, Usual: true,
			cell: func(a *workspace.Answer, _ pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
				var parts []string
				for _, e := range entries {
					parts = workspace.AppendNew(parts, pick(a, e))
				}
				return table.Cell{Text: strings.Join(parts, "; ")}
			}}
	}
	return []compareColumn{
		text("currency", "Currency", a.Compare.Currency),
		text("first", "First month", a.Compare.First.String()),
		text("last", "Last month", a.Compare.Last.String()),
		join("offers", "Offers", func(_ *workspace.Answer, e workspace.Entry) string {
			return cells.JoinWords(" ", e.Catalog, e.Scope)
		}),
		join("price_source", "Price source", func(a *workspace.Answer, e workspace.Entry) string {
			return sourceOf(a, e)
		}),
		join("price_as_of", "Price as of", func(_ *workspace.Answer, e workspace.Entry) string { return e.AsOf() }),
		text("price_snapshot", "Price snapshot", a.Result.CatalogSnapshot),
		text("plan", "Plan", a.Plan.Name),
		text("plan_version", "Plan version", a.Version()),
		text("not_compared", "Not compared", strings.Join(notCompared(a), "; ")),
	}
}

// notCompared names the proposals without a known price, with the reason.
func notCompared(a *workspace.Answer) []string {
	var list []string
	for _, u := range a.Unpriced {
		list = append(list, u.Name+": "+reasonOf(u))
	}
	return list
}

// sourceOf names where the prices of an offer come from.
func sourceOf(a *workspace.Answer, e workspace.Entry) string {
	switch {
	case e.Own:
		return "own price"
	case e.Row == nil:
		return ""
	}
	return a.Prices.Source(e.Row.Source).Name
}
