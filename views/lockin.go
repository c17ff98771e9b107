package views

import (
	"strconv"

	"headroom/views/table"
	"headroom/views/ui"
)

// Lockin is the page that a CTO, a CFO, a procurement lead and a risk officer read together: what leaving the seller
// with the largest spend costs, how long it takes, and what stands in the way.
type Lockin struct {
	Bar    PlanBar
	Errors []ui.FieldError
	Pick   SmallForm // which alternative is assessed; no fields when there is one
	Why    ui.Empty  // what is said when nothing can be assessed; Sentence is empty then

	Sentence   string
	Lead       string
	Tiles      []ui.Tile
	Index      IndexWords
	Weights    SmallForm
	Readers    []Reader
	Flow       ui.Figure
	Layers     []LayerRow
	LayersNote string
	Critical   []ReaderItem
	Exit       ExitTable
	Path       []PathRow
	PathTitle  string
	PathNote   string
	Calendar   []CalendarDay
	CalendarAt string // address of the .ics file
	Outages    table.Table
	Carriers   table.Table
	Removals   table.Table
	// Obligations are what each month is bound to; no rows when nothing binds.
	Obligations table.Table
	Chance      SmallForm
	Options     []OptionGroup
	Fired       table.Table
	Open        table.Table // rules that cannot be computed
	Passed      string
	Conflicts   table.Table // facts that contradict each other, side by side
	Doubtful    table.Table // facts that cannot raise a critical rule alone
	AllFacts    table.Table
	Correct     SmallForm
	Own         table.Table
	Parties     table.Table // unknown sellers, labs, chips
	Assumed     table.Table
	Downloads   []ui.Link
	PrintFoot   string
}

// IndexWords is the one number, which never stands without its parts.
type IndexWords struct {
	Cell table.Cell // the figure, or why there is none
	Band string
	Note string // how it is made, and that it is a judgement
}

// Reader is one column: who, the question they bring, and the answers.
type Reader struct {
	ID, Title, Ask string
	Items          []ReaderItem
}

// ReaderItem is one line with what stands behind it.
type ReaderItem struct {
	Text, Note string
	Mark       string // a word in a frame
	URL        string // where the text leads: a derivation or a place on the page
	How        bool   // URL opens a derivation
}

// LayerRow is one layer of the concentration. Meter is 1 to 4 filled parts of the band.
type LayerRow struct {
	Name, Largest, Note string
	Number, HHI, Stress table.Cell
	Band                string
	Meter               int
}

func (l LayerRow) meter() string { return "meter m" + strconv.Itoa(l.Meter) }

// ExitTable is the cost of the exit by component.
type ExitTable struct {
	Title, Note string
	Rows        []ExitRow
	Total       table.Cell
	Certain     string
	Currency    string
}

// ExitRow is one component; Bar is its width in per cent of the largest.
type ExitRow struct {
	Name, Note  string
	Cost, Share table.Cell
	Bar         float64
	Certain     bool
	Source      string
}

func (r ExitRow) certainty() string {
	if r.Certain {
		return "contract or list"
	}
	return "your estimate"
}

// nothing reports whether the component is known and costs nothing: paper leaves it out.
func (r ExitRow) nothing() bool { return r.Cost.State == table.Known && r.Cost.Value == 0 }

func (r ExitRow) bar() string {
	if r.Certain {
		return "bar"
	}
	return "bar-2"
}

// PathRow is a step of the exit; From and Width are per cent of the longer of path and notice.
type PathRow struct {
	Name, Days  string
	From, Width float64
	Binds       bool
}

func (r PathRow) bar() string {
	if r.Binds {
		return "bar"
	}
	return "bar-2"
}

// svgNumber is a length in a drawing.
func svgNumber(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// CalendarDay is a deadline.
type CalendarDay struct {
	ID, Date, Day, Title, Detail string
	Source, Mark                 string
	Now, Due                     bool
}

func (d CalendarDay) class() string {
	switch {
	case d.Now:
		return "is-now"
	case d.Due:
		return "is-due"
	}
	return ""
}

// SmallForm is a form that sends a GET: Keep are the hidden values that say which plan it is.
type SmallForm struct {
	Action, Label, Legend, Note string
	Keep                        []ui.Option
	Fields                      []ui.Field
	Reset                       ui.Link
	Open                        bool
}

// OptionGroup are the offers that could serve a line.
type OptionGroup struct {
	ID, Title, At string
	Table         table.Table
}

// plain reports whether an item leads nowhere.
func (i ReaderItem) plain() bool { return i.URL == "" }
