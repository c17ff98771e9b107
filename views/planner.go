package views

import (
	"headroom/views/table"
)

// Planner is the main page: the answer, the plan it belongs to, and what the alternatives cost.
type Planner struct {
	Bar     PlanBar
	Errors  []FieldError
	LastOK  bool // the answer below is of the last values that could be read
	Notices []Notice
	Form    PlannerForm
	Answer  *Answer // nil when the plan cannot be evaluated; Why says why
	Why     Empty
}

// PlanBar names the plan and holds what can be done with all of it.
type PlanBar struct {
	Name         string
	Example      bool
	Meta         string // "Version 4 · prices of 20 Nov 2026 · USD"
	EmptyURL     string // where "Remove example" leads; "" hides it
	Downloads    []Link
	UploadAction string
	Back         string // address of this plan, to come back to from a file that cannot be read
	Save         SaveForm
	Parts        []Link // the pages about this plan
}

// SaveForm posts the plan to a team; a visitor is asked to sign in on the way, and the plan is kept meanwhile.
type SaveForm struct {
	Action, Label string
	Name          Field
	Note          Field // what changed, for the list of versions; without an ID there is none yet
	Plan, View    string
	Version       string // of a saved plan that a new version is added to; "" for a first save
	CopyAction    string // for a saved plan: save as another one
	Refused       string // why nothing can be saved now; "" when it can
}

// PlannerForm is the plan as fields.
type PlannerForm struct {
	Action       string
	Hidden       []HiddenValue
	Preset       Field
	PresetHidden []HiddenValue
	Changes      string // "3 fields changed"
	ResetURL     string
	ResetLabel   string
	Segments     []FormGroup
	Workloads    []WorkloadForm
	Models       []Option // of the data list behind every model field
	Groups       []FormGroup
	Alternatives AlternativesForm
}

// FormGroup is a panel of fields; At says in a few words what is in it.
type FormGroup struct {
	Key, Title, At string
	Open           bool
	Fields         []Field
	Sections       []FormGroup // parts of a panel, each with a heading
	Note           string
	Flags          []Flag
	Folded         bool // a part of a panel that is closed until it is needed
	Extras
}

// WorkloadForm is one kind of request.
type WorkloadForm struct {
	ID, Title, At string
	Open          bool
	Size          []Field // requests and tokens
	Routes        []RouteForm
	Groups        []FormGroup
	Rename        Field
	Remove        bool
}

// RouteForm is a choice of model and seller.
type RouteForm struct {
	Title  string
	Model  Field
	Seller Field
	Share  *Field
	Flags  []Flag
}

// AlternativesForm are the ways to serve the plan that stand beside it.
type AlternativesForm struct {
	At      string
	Open    bool
	Propose []Option
	Rows    []AlternativeForm
	Add     Field
}

// AlternativeForm is an alternative that the person added.
type AlternativeForm struct {
	ID     string
	Name   Field
	Route  *RouteForm // nil: not one model at one seller
	Remove bool
}

// Answer is what the plan costs.
type Answer struct {
	Idle     bool // the plan has no requests: there is nothing to cost and to compare
	Headline string
	Lead     string
	Tiles    []Tile
	Wall     *WallWords // what stops the plan; nil when nothing does, and the headline is about cost
	Limited  bool       // the plan has limits
	Users    Figure
	Cost     Figure
	Margin   Figure
	Worth    []string // what one more unit of the binding capacity is worth
	Heat     Heat
	// Uncertainty is where the ranges of the plan are drawn.
	Uncertainty UncertaintyPanel
	Ways        Ways
	Compare     Figure
	Table       table.Table
	Controls    CompareControls
	Months      table.Table
	MonthsURLs  []Link
	Warnings    []Warning
	Sources     table.Table
	Announce    string
}

// CompareControls are the choices above the comparison, each kept in the address.
type CompareControls struct {
	Title     string
	Periods   []Link
	Diff      Link // toggles "only differences"; Current when on
	Columns   ChooserForm
	Sellers   ChooserForm
	Downloads []Link
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
	return joinNonEmpty(", ", r.Model.Value, r.Share.Value)
}

func (r RouteForm) open() bool {
	return r.Model.Error != "" || r.Seller.Error != "" || r.Share != nil && r.Share.Error != ""
}

// idleState is what stands in place of charts and tables while a plan has no requests.
func idleState() Empty {
	return Empty{
		Title:   "Nothing to compare yet",
		Text:    "The comparison, the chart and the downloads follow with the first request. Or open the example and change its figures.",
		Actions: []Button{{Label: "Open the example", URL: "/", Look: "primary"}},
	}
}
