// Package table is the one table model: what a page shows, a CSV holds and an XLSX types is rendered from the same
// Table.
package table

// Kind decides alignment, number format and the XLSX type of a column.
type Kind int

const (
	Text    Kind = iota
	Money        // an amount in the plan's currency, cents shown
	Unit         // a unit cost or price: four significant digits, or exact when Cell.Exact is set
	Count        // users, requests, tokens: whole numbers
	Percent      // Value 0.576 is shown as 57.6 %
	Month        // Text "2027-05"
	Date         // Text "2026-08-01"
)

// State reports whether a cell has a value.
type State int

const (
	Known   State = iota
	Unknown       // shown as "unknown" with Reason; empty in CSV and XLSX numbers, never 0
	None          // does not apply ("baseline", "·")
)

// Column is a head of the table. Key is the word used in CSV, JSON, XLSX and the URL.
type Column struct {
	Key, Label, Unit, Help string
	Kind                   Kind
	Sortable               bool
	Sort                   string // "", "ascending" or "descending": the current order
	SortURL                string // link that sorts by this column
	ExportOnly             bool   // provenance: in CSV and XLSX, not on the page
}

// Cell is one figure or text.
type Cell struct {
	Text   string  // for text kinds; for numbers an optional override such as "baseline"
	Value  float64 // for number kinds
	Exact  string  // an exact decimal, where one exists (prices)
	State  State
	Reason string // why the value is unknown
	Note   string // second line in small type
	URL    string // where the text links to
	How    string // link to "how this was computed"
	Mark   string // "", "cheapest", "conflict", "stale", "not evaluated", "example"
	Signed bool   // a difference: shown with its sign
	Word   string // "more", "less", "dearer", "cheaper": said beside a signed figure
}

// Row is one line. Key is stable: the id of the alternative, offer or month.
type Row struct {
	Key      string
	Baseline bool
	Actions  []Action
	Cells    []Cell
}

// Action is a small button or link of a row.
type Action struct{ Label, URL, Name, Value string }

// Table is what is rendered.
type Table struct {
	ID, Title, Caption string
	Columns            []Column
	Rows               []Row
	Notes              []string
	Empty              string // what is said when there are no rows
	EmptyURL           string
	EmptyAction        string
	Provenance         []Fact // the XLSX "sources" sheet: price snapshot, dates, plan version, currency
}

// Fact is a labelled text.
type Fact struct{ Label, Value, URL string }
