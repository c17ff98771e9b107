package planner

import (
	"cmp"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/money"
	"headroom/pricing/words"
	"headroom/views/table"
	"headroom/views/ui"
)

// headlineOf is the sentence a reader can repeat: what serving the demand costs, and what another seller would.
func headlineOf(a *workspace.Answer) string {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		return "The cost of this plan is unknown: " + workspace.WhyUnknown(a)
	}
	if row.Requests == 0 {
		return "Enter users, requests a day and tokens to see what this plan costs."
	}
	currency := a.Compare.Currency
	text := "Serving this demand costs " +
		words.Money(currency, row.FirstMonth) + " in " + cells.MonthWords(a.Compare.First) + " and " +
		words.Money(currency, row.LastMonth) + " in " + cells.MonthWords(a.Compare.Last)
	if row.Cost == 0 {
		return text + "."
	}
	if other, ok := rival(a, row); ok {
		text += "; " + shortName(a, other) + " would cost " + cells.PercentWords(float64(relativeTo(a, row, other)))
	}
	return text + "."
}

// rival is the alternative on the same models that a reader would ask about: the cheapest if one is cheaper, else the
// next dearer one. Those that cost the same are named in the lead.
func rival(a *workspace.Answer, row pricing.ComparisonRow) (pricing.ComparisonRow, bool) {
	var best pricing.ComparisonRow
	found := false
	for _, other := range a.Compare.Rows {
		if other.ID == row.ID || workspace.Models(other) != workspace.Models(row) || other.Unserved > row.Unserved ||
			money.Tie(row.Cost, other.Cost) {
			continue
		}
		if !found || money.Less(other.Cost, best.Cost) {
			best, found = other, true
		}
	}
	return best, found
}

// otherModel is the cheapest alternative on other models, if it is cheaper than the row.
func otherModel(a *workspace.Answer, row pricing.ComparisonRow) (pricing.ComparisonRow, bool) {
	best := row
	for _, other := range a.Compare.Rows {
		if workspace.Models(other) != workspace.Models(row) && other.Unserved <= row.Unserved &&
			money.Less(other.Cost, best.Cost) {
			best = other
		}
	}
	return best, best.ID != row.ID
}

// relativeTo is how much more another alternative costs, as package pricing compares them.
func relativeTo(a *workspace.Answer, row, other pricing.ComparisonRow) pricing.Figure {
	pair := pricing.Compare(a.Result, row.ID)
	against, _ := pair.Row(other.ID)
	return against.Relative
}

// equals names the alternatives on the same models that cost what the row costs.
func equals(a *workspace.Answer, row pricing.ComparisonRow) string {
	var names []string
	for _, other := range a.Compare.Rows {
		if other.ID != row.ID && workspace.Models(other) == workspace.Models(row) && money.Tie(row.Cost, other.Cost) {
			names = append(names, shortName(a, other))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " " + words.List(names) + words.Noun(len(names), " costs", " cost") + " the same."
}

// shortName is the seller of the one offer that makes an alternative, "Amazon Bedrock, in-region", or its name.
func shortName(a *workspace.Answer, row pricing.ComparisonRow) string {
	own := workspace.Distinct(a.EntriesOf(row), a.Shared)
	if len(own) != 1 || own[0].Offer == nil {
		return row.Name
	}
	return a.SellerWords(own[0])
}

// fullName is the model and seller of the one offer that makes an alternative, or its name.
func fullName(a *workspace.Answer, row pricing.ComparisonRow) string {
	own := workspace.Distinct(a.EntriesOf(row), a.Shared)
	if len(own) != 1 || own[0].Offer == nil {
		return row.Name
	}
	return a.Words(own[0])
}

// leadOf is the money sentence: the total, what comes in, and what another model would cost.
func leadOf(a *workspace.Answer) string {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		return "Choose another offer, or enter your own price."
	}
	if row.Requests == 0 {
		return "Enter how many users there are, what one of them sends a day, and how many tokens a request has."
	}
	currency := a.Compare.Currency
	text := "Over " + words.Plural(a.Plan.Months, "month", "months") + " that is " + words.Money(currency, row.Cost)
	if row.Totals.Revenue > 0 {
		text += ", against revenue of " + words.Money(currency, row.Totals.Revenue)
	}
	text += "."
	if row.Cost > 0 {
		text += equals(a, row)
	}
	if other, ok := otherModel(a, row); ok {
		text += " Another model, " + fullName(a, other) + ", would cost " +
			cells.PercentWords(float64(relativeTo(a, row, other))) + "; try its quality first."
	}
	if n := len(a.Compare.Unknown) + len(a.Unpriced); n > 0 {
		text += " " + words.Plural(n, "alternative has", "alternatives have") + " no known price."
	}
	return text + noWall(a)
}

// tilesOf are the four key figures of the plan as it is.
func tilesOf(a *workspace.Answer) []ui.Tile {
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		unknown := table.Cell{State: table.Unknown, Reason: workspace.WhyUnknown(a)}
		return []ui.Tile{{Label: "Cost per month", Cell: unknown}, {Label: "Cost per 1,000 requests", Cell: unknown},
			{Label: "Gross margin", Cell: unknown}, {Label: "Total", Cell: unknown}}
	}
	if row.Requests == 0 {
		return nil
	}
	currency := a.Compare.Currency
	first, last := a.Compare.First.String(), a.Compare.Last.String()
	unit := cells.FigureCell(row.Per1kRequests, "no requests")
	unit.Note = words.Plural(int(row.Requests+0.5), "request", "requests")
	if row.Requests > 1e6 {
		unit.Note = words.Count(row.Requests) + " requests in all"
	}
	if unit.State == table.Known {
		unit.Text, unit.How = words.Prefix(currency)+table.Number(table.Unit, unit.Value),
			howURL(a, row.ID, "cost_per_1k_requests", "")
	}
	margin := cells.FigureCell(row.GrossMargin, "no revenue entered")
	if margin.State == table.Known {
		margin.How = howURL(a, row.ID, "gross_margin", "")
		margin.Note = cmp.Or(marginNote(a, row), "of "+words.Money(currency, row.Totals.Revenue)+" revenue")
	}
	cost := ui.Tile{ID: "tile-cost", Label: "Cost per month", ToWord: " rising to ",
		Cell: table.Cell{Text: words.Money(currency, row.FirstMonth), How: howURL(a, row.ID, "cost", first),
			Note: cells.ShortMonth(a.Compare.First) + " to " + cells.ShortMonth(a.Compare.Last)},
		To: &table.Cell{Text: words.Money(currency, row.LastMonth), How: howURL(a, row.ID, "cost", last)}}
	total := ui.Tile{ID: "tile-total", Label: "Total",
		Cell: table.Cell{Text: words.Money(currency, row.Cost), How: howURL(a, row.ID, "cost", ""),
			Note: table.Number(table.Money, row.Cost) + " " + currency + excluded(a, row)}}
	if row.Limited() {
		cost.Cell.Note += ", total " + words.Money(currency, row.Cost)
		total = growthTile(a, row)
	}
	return []ui.Tile{cost, {ID: "tile-unit", Label: "Cost per 1,000 requests", Cell: unit},
		{ID: "tile-margin", Label: "Gross margin", Kind: table.Percent, Cell: margin}, total}
}

// excluded says that a total leaves something out; the engine refuses what it cannot price, so this counts requests
// that nothing serves.
func excluded(a *workspace.Answer, row pricing.ComparisonRow) string {
	if row.Unserved <= 0 {
		return ""
	}
	return ", without " + words.Count(row.Unserved) + " requests that nothing serves"
}
