// Package views is the pages: one templ file a page, and beside it the model that package app fills in. A page shows
// what its model says and computes nothing; it is made of the components of package ui.
package views

import (
	"headroom/views/table"
	"headroom/views/ui"
)

// Planner is the main page: the answer, the plan it belongs to, and what the alternatives cost.
type Planner struct {
	Bar     PlanBar
	Errors  []ui.FieldError
	LastOK  bool // the answer below is the last valid one
	Notices []ui.Notice
	Form    PlannerForm
	Answer  *Answer // nil when the plan cannot be evaluated; Why says why
	Why     ui.Empty
}

// PlanBar names the plan and holds what can be done with all of it.
type PlanBar struct {
	Name         string
	Example      bool
	Meta         string // "Version 4 · prices of 20 Nov 2026 · USD"
	EmptyURL     string // where "Remove example" leads; "" hides it
	Downloads    []ui.Link
	UploadAction string
	Back         string // address of this plan, to come back to from a file that cannot be read
	Save         SaveForm
	Parts        []ui.Link // the pages about this plan
}

// SaveForm posts the plan to a team; a visitor is asked to sign in on the way, and the plan is kept meanwhile.
type SaveForm struct {
	Action, Label string
	Name          ui.Field
	Note          ui.Field // what changed, for the list of versions; without an ID there is none yet
	Plan, View    string
	Version       string // of a saved plan that a new version is added to; "" for a first save
	CopyAction    string // for a saved plan: save as another one
	Refused       string // why nothing can be saved now; "" when it can
}

// PlannerForm is the plan as fields.
type PlannerForm struct {
	Action       string
	Hidden       []HiddenValue
	Preset       ui.Field
	PresetHidden []HiddenValue
	Changes      string // "3 fields changed"
	ResetURL     string
	ResetLabel   string
	Segments     []FormGroup
	Workloads    []WorkloadForm
	Models       []ui.Option // of the data list behind every model field
	Groups       []FormGroup
	Alternatives AlternativesForm
}

// FormGroup is a panel of fields; At says in a few words what is in it.
type FormGroup struct {
	Key, Title, At string
	Open           bool
	Fields         []ui.Field
	Sections       []FormGroup // parts of a panel, each with a heading
	Note           string
	Flags          []ui.Flag
	Folded         bool // a part of a panel that is closed until it is needed
	Extras
}

// WorkloadForm is one kind of request.
type WorkloadForm struct {
	ID, Title, At string
	Open          bool
	Size          []ui.Field // requests and tokens
	Routes        []RouteForm
	Groups        []FormGroup
	Rename        ui.Field
	Remove        bool
}

// RouteForm is a choice of model and seller.
type RouteForm struct {
	Title  string
	Model  ui.Field
	Seller ui.Field
	Share  *ui.Field
	Flags  []ui.Flag
}

// AlternativesForm are the ways to serve the plan that stand beside it.
type AlternativesForm struct {
	At      string
	Open    bool
	Propose []ui.Option
	Rows    []AlternativeForm
	Add     ui.Field
}

// AlternativeForm is an alternative that the person added.
type AlternativeForm struct {
	ID     string
	Name   ui.Field
	Route  *RouteForm // nil: not one model at one seller
	Remove bool
}

// Answer is what the plan costs.
type Answer struct {
	Idle     bool // the plan has no requests: there is nothing to cost and to compare
	Headline string
	Lead     string
	Tiles    []ui.Tile
	Wall     *WallWords // what stops the plan; nil when nothing does, and the headline is about cost
	Limited  bool       // the plan has limits
	Users    ui.Figure
	Cost     ui.Figure
	Margin   ui.Figure
	Worth    []string // what one more unit of the binding capacity is worth
	Heat     Heat
	// Uncertainty is where the ranges of the plan are drawn.
	Uncertainty UncertaintyPanel
	Ways        Ways
	Compare     ui.Figure
	Table       table.Table
	Controls    CompareControls
	Months      table.Table
	MonthsURLs  []ui.Link
	Warnings    []Warning
	Sources     table.Table
	Announce    string
}

// CompareControls are the choices above the comparison, each kept in the address.
type CompareControls struct {
	Title     string
	Periods   []ui.Link
	Diff      ui.Link // toggles "only differences"; Current when on
	Columns   ui.ChooserForm
	Sellers   ui.ChooserForm
	Downloads []ui.Link
}

// Warning is what the evaluation has to say about a field.
type Warning struct {
	FieldID, Label string // where to go; "" when the page has no such field
	Text           string
}

func (r RouteForm) at() string {
	if r.Model.Value == "" {
		for _, o := range r.Seller.Options {
			if o.Selected && o.Value != "" {
				return o.Label // the plan's own units or GPUs
			}
		}
		return "none"
	}
	if r.Share == nil {
		return r.Model.Value
	}
	return ui.JoinNonEmpty(", ", r.Model.Value, r.Share.Value)
}

func (r RouteForm) open() bool {
	return r.Model.Error != "" || r.Seller.Error != "" || r.Share != nil && r.Share.Error != ""
}

// idleState is what stands in place of charts and tables while a plan has no requests.
func idleState() ui.Empty {
	return ui.Empty{
		Title: "Nothing to compare yet",
		Text: "The comparison, the chart and the downloads follow with the first request. Or open the example and " +
			"change its figures.",
		Actions: []ui.Button{{Label: "Open the example", URL: "/", Look: "primary"}},
	}
}
