package planner

import (
	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing/catalog"
	"headroom/views/table"
)

// sourcesTable lists every catalogue offer that an alternative uses, with its list price in the first month, where that
// comes from, and whether other sources disagree.
func sourcesTable(a *workspace.Answer) table.Table {
	t := table.Table{ID: "sources", Title: "Sources of the prices", Empty: "This plan uses its own prices only.",
		Columns: []table.Column{
			{Key: "offer", Label: "Offer"},
			{Key: "input", Label: "Input", Unit: "USD per 1M", Kind: table.Unit},
			{Key: "output", Label: "Output", Unit: "USD per 1M", Kind: table.Unit},
			{Key: "source", Label: "Source"},
			{Key: "as_of", Label: "As of", Kind: table.Date},
			{Key: "conflicts", Label: "Other sources"},
		}}
	seen := map[*catalog.Offer]bool{}
	for _, row := range a.Compare.Rows {
		for _, e := range a.EntriesOf(row) {
			if e.Row == nil || seen[e.Offer] {
				continue
			}
			seen[e.Offer] = true
			t.Rows = append(t.Rows, sourceRow(a, e))
		}
	}
	return t
}

func sourceRow(a *workspace.Answer, e workspace.Entry) table.Row {
	rates := e.Row.RatesFor(0)
	conflicts := table.Cell{State: table.None, Text: "agree or silent"}
	if words := e.ConflictWords(); words != "" {
		conflicts = table.Cell{Text: words, Mark: "conflict", URL: priceURL(a, e)}
	}
	source := table.Cell{Text: sourceOf(a, e), URL: priceSourceURL(a, e)}
	if e.Row.Status == catalog.Own {
		source.Mark = "own"
	}
	return table.Row{Key: e.Supply.Offer, Cells: []table.Cell{
		{Text: a.Words(e), URL: priceURL(a, e)}, listPriceCell(rates.HasInput, rates.Input.String()),
		listPriceCell(rates.HasOutput, rates.Output.String()),
		source, {Text: e.AsOf()}, conflicts,
	}}
}

func listPriceCell(has bool, exact string) table.Cell {
	if !has {
		return table.Cell{State: table.Unknown, Reason: "no price in the source"}
	}
	return table.Cell{Exact: exact}
}

// sourceURL is the evidence of a price, else the home of its source.
func priceSourceURL(a *workspace.Answer, e workspace.Entry) string {
	if url := cells.WebURL(e.Row.URL); url != "" {
		return url
	}
	return cells.WebURL(a.Prices.Source(e.Row.Source).URL)
}
