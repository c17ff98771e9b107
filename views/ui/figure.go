package ui

import (
	"headroom/views/table"
)

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
	X          []float64     `json:"x,omitempty"`     // of points: the gigawatts of each category
	Wall       *ChartWall    `json:"wall,omitempty"`  // of wall lines: where growth stops
	Nodes      []ChartNode   `json:"nodes,omitempty"` // of flows; the categories are the links between them
	Links      []ChartLink   `json:"links,omitempty"`
}

// ChartKind names a drawing.
type ChartKind string

// The drawings.
const (
	StackedColumns ChartKind = "stacked" // one column a category (month), one part a series (offer)
	Bars           ChartKind = "bars"    // horizontal bars, one a category (alternative)
	Lines          ChartKind = "lines"   // one line a series over categories (months)
	Points         ChartKind = "points"  // money against power, both axes logarithmic
	WallLines      ChartKind = "wall"    // lines by role, with a marker where growth stops
	Flows          ChartKind = "flow"    // bands between the parties of layers
	Fan            ChartKind = "fan"     // three lines by role, the area between the outer two filled
)

// ChartSeries is a named row of values; nil is unknown and leaves a gap.
type ChartSeries struct {
	Name   string     `json:"name"`
	Values []*float64 `json:"values"`
	Texts  []string   `json:"texts,omitempty"` // the values as they are shown; computed by the server
	Strong bool       `json:"strong,omitempty"`
	// Role is, of wall lines, "wanted", "served" or "ceiling"; of points "published", "fit" or "own"; of a fan "high",
	// "middle" or "low".
	Role string `json:"role,omitempty"`
}

// ChartWall is the marker of the wall: the place of its month, the users it lets through, and what is written beside
// it.
type ChartWall struct {
	At    int     `json:"at"`
	Users float64 `json:"users"`
	Label string  `json:"label"`
	Note  string  `json:"note,omitempty"`
	// Behind is the money between wanted and served, BehindNote what it is.
	Behind     string `json:"behind,omitempty"`
	BehindNote string `json:"behindNote,omitempty"`
}

// ChartNode is a party of a layer; Layer counts from 0 on the left.
type ChartNode struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Text  string `json:"text"` // its share, as shown
	Layer int    `json:"layer"`
	Top   bool   `json:"top,omitempty"` // the largest of its layer
}

// ChartLink is a band between two nodes, by their ids.
type ChartLink struct {
	From  string  `json:"from"`
	To    string  `json:"to"`
	Value float64 `json:"value"`
}
