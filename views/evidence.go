package views

import (
	"headroom/views/table"
	"headroom/views/ui"
)

// Evidence is the page of the published compute-and-revenue series.
type Evidence struct {
	Headline, Lead string
	Quote, QuoteBy string
	Figure         ui.Figure
	Caveats        []string
	Own            []ui.Tile // of the plan that the page was opened with; empty without one
	OwnNote        string
	Deals          table.Table
	SeriesCSV      string
	DealsCSV       string
	Back           string // the plan; empty without one
}
