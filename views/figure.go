package views

import "headroom/views/table"

// Figure is a chart with its three equals: a title that is a sentence, a summary in words, and a table with the same
// numbers. The chart itself is drawn by the browser from Chart; without JavaScript the other three stand alone.
type Figure struct {
	ID      string
	Title   string // a sentence: "Azure costs least until May 2027"
	Summary string // two or three sentences; what a reader should see in the chart
	Chart   Chart
	Table   table.Table
	Open    bool // the table twin starts open
}

// Chart is what the browser draws. It is sent as JSON in a data block, never as code.
type Chart struct {
	Kind       ChartKind     `json:"kind"`
	Unit       string        `json:"unit"`               // "USD a month"
	Prefix     string        `json:"prefix"`             // "$", before axis figures, Texts and Totals
	Baseline   string        `json:"baseline,omitempty"` // of bars: the category others are compared with
	Best       string        `json:"best,omitempty"`     // of bars: the lowest
	Categories []string      `json:"categories"`
	Totals     []string      `json:"totals,omitempty"` // of stacked columns: the sum of each category, as shown
	Series     []ChartSeries `json:"series"`
	Wall       *ChartWall    `json:"wall,omitempty"` // of wall lines: where growth stops
}

// ChartKind names a drawing.
type ChartKind string

// The drawings.
const (
	StackedColumns ChartKind = "stacked" // one column a category (month), one part a series (offer)
	Bars           ChartKind = "bars"    // horizontal bars, one a category (alternative)
	Lines          ChartKind = "lines"   // one line a series over categories (months)
	WallLines      ChartKind = "wall"    // lines by role, with a marker where growth stops
)

// ChartSeries is a named row of values; nil is unknown and leaves a gap.
type ChartSeries struct {
	Name   string     `json:"name"`
	Values []*float64 `json:"values"`
	Texts  []string   `json:"texts,omitempty"` // the values as they are shown; computed by the server
	Strong bool       `json:"strong,omitempty"`
	Role   string     `json:"role,omitempty"` // of wall lines: "wanted", "served" or "ceiling"
}

// ChartWall is the marker of the wall: the place of its month, the users it lets through, and what is written beside it.
type ChartWall struct {
	At    int     `json:"at"`
	Users float64 `json:"users"`
	Label string  `json:"label"`
	Note  string  `json:"note,omitempty"`
	// Behind is the money between wanted and served, BehindNote what it is.
	Behind     string `json:"behind,omitempty"`
	BehindNote string `json:"behindNote,omitempty"`
}
