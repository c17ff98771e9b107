package views

import (
	"headroom/views/table"
	"headroom/views/ui"
)

// Compare is the page that sets own machines against an API.
type Compare struct {
	Headline, Lead       string
	Verdict, VerdictTone string // "API", "own machines" or "close"; empty where nothing can be said
	Errors               []ui.FieldError
	Form                 CompareForm
	Tiles                []ui.Tile
	Offers               table.Table
	Machines             table.Table
	Notes                []string
	Use                  string // opens a plan with these machines; empty: they cannot serve
	KeepMeasured         string // keeps the measured throughput for the team; empty: nothing to keep
	Fragment             string // the same as a part of a plan file
}

// CompareForm is the form of the comparison.
type CompareForm struct {
	Model, Machine, Per, Precision, KV, Replica, Offer ui.Field
	Load                                               []ui.Field
	Own                                                []ui.Field
	// figures that few readers have: measured throughput, own price
	Known     []ui.Field
	KnownOpen bool
	Keep      []ui.Option // hidden values: Label is the name
}
