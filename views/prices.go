package views

import (
	"headroom/views/table"
	"headroom/views/ui"
)

// PriceList is the page of models by sellers.
type PriceList struct {
	Headline, Lead string
	Search         ui.Field
	In, Out        ui.Field
	Groups         []ui.Field  // groups of boxes that are always open: labs, weights
	More           []ui.Field  // groups that open on demand: sellers, scopes, marks, age, kind
	MoreSet        string      // how many of them narrow the list: "2 set"; empty: none
	Keep           []ui.Option // hidden values of the form: Label is the name
	Clear          string      // address without filters
	Filtered       bool        // some filter is set
	Errors         []ui.FieldError
	Show           []ui.Link // what the cells show
	Legend         string
	Table          table.Table
	CSV, XLSX      string
	Note           string
	Sources        []SourceLine
	Pages          Pager
}

// SourceLine names a source of the figures with its date.
type SourceLine struct{ Name, AsOf, URL string }

// Pager leads through a long list. Text says which rows are shown.
type Pager struct {
	Text                string
	Previous, Next, All string // empty: there is none
}

// UsePrice is the choice of the plan that a price is tried in.
type UsePrice struct {
	Name    string // of the offer
	Example ui.Link
	Plans   []ui.Link
}

// PriceModel is the page of one model.
type PriceModel struct {
	Name, ID, Lead string
	Tiles          []ui.Tile
	About          string // lab, weights, release, modalities, in one line
	In, Out        ui.Field
	Keep           []ui.Option
	Action         string // where the form goes
	Errors         []ui.FieldError
	Offers         table.Table
	Formula        string
	Disputes       table.Table // figures of other sources that differ from those used
	Every          table.Table // every price of every offer
	EveryOpen      bool        // the reader has sorted it
	CSV, XLSX      string
	Back           string
	Sources        []SourceLine
}

// matrixUnit is a column's unit where the legend does not already say it for every column.
func matrixUnit(c ui.ShownColumn) string {
	if c.Key == "cost" || c.Key == "elsewhere" {
		return c.Unit
	}
	return ""
}

// markLetter is a mark where room is scarce; its word is said to screen readers and stands in the legend.
func markLetter(mark string) string {
	switch mark {
	case "conflict":
		return "C"
	case "stale":
		return "S"
	}
	return ""
}
