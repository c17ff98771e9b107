package views

import (
	"headroom/pricing/words"
	"headroom/views/table"
	"headroom/views/ui"
)

// PlanList is the page of a team's saved plans.
type PlanList struct {
	Team    string
	CanEdit bool
	Table   table.Table
	Deleted table.Table // plans that can be restored
}

// none is what the page says when nothing was ever saved; a filter never empties this list.
func (l PlanList) none() ui.Empty {
	return ui.Empty{
		Title: "No plans in " + l.Team + " yet",
		Text:  "A plan holds one product's demand and the ways to serve it. Start from the example and save it here.",
		Actions: []ui.Button{
			{Label: "Open the example", URL: "/", Look: "primary"},
			{Label: "Start empty", URL: "/?preset=empty"},
		},
	}
}

// PlanHistory is the page of one plan's versions.
type PlanHistory struct {
	ID, Name string
	CanEdit  bool
	Version  int // the newest
	Versions table.Table
	Rename   Form
}

func (h PlanHistory) url() string { return "/plans/" + h.ID }

// PlanConflict is the page after two people saved at once: both documents are kept, and the reader chooses field by
// field where both changed the same.
type PlanConflict struct {
	ID, Name string
	Base     int    // the version that both began from
	Theirs   int    // the version that is saved
	Author   string // who saved it; "" when it was the reader, in another window
	Rows     []ConflictRow
	Mine     PlanDraft
}

// ConflictRow is a field that at least one of the two changed.
type ConflictRow struct {
	Path                string // names of the members, as a JSON list, for the form
	Field               string // for people
	Start, Theirs, Mine table.Cell
	By                  ChangedBy
}

// ChangedBy says who changed a field.
type ChangedBy int

// Who changed a field, seen by the reader.
const (
	ByThem ChangedBy = iota
	ByMe
	ByBoth // to different values: the reader chooses
	Alike  // by both, to the same value
)

func (c PlanConflict) url() string { return "/plans/" + c.ID }

// disputed counts the fields that the reader has to choose for.
func (c PlanConflict) disputed() int {
	n := 0
	for _, r := range c.Rows {
		if r.By == ByBoth {
			n++
		}
	}
	return n
}

func (c PlanConflict) headline() string {
	if c.Author == "" {
		return "You saved this plan in another window"
	}
	return c.Author + " saved before you"
}

func (c PlanConflict) theirWord() string { return ui.WithDefault(c.Author, "Other window") }

// PlanDraft is a plan on its way to be saved.
type PlanDraft struct{ Name, Plan, View, Note string }

// SavePlan is the page that keeps a plan which could not be saved as it was sent.
type SavePlan struct {
	Action string
	Draft  PlanDraft
	Name   ui.Field
	Fields []ui.FieldMessage // what is wrong inside of the plan
	Hidden []HiddenValue
}

func (s SavePlan) errors() []ui.FieldError {
	var list []ui.FieldError
	if s.Name.Error != "" {
		list = append(list, ui.FieldError{ID: s.Name.ID, Label: s.Name.Label, Message: s.Name.Error})
	}
	for _, f := range s.Fields {
		list = append(list, ui.FieldError{ID: "plan", Label: f.Path, Message: f.Message})
	}
	return list
}

// planField is the document itself, to be corrected by hand.
func (s SavePlan) planField() ui.Field {
	f := ui.Field{ID: "plan", Name: "plan", Label: "Plan document", Type: "text", Value: s.Draft.Plan, Wide: true}
	if len(s.Fields) > 0 {
		f.Error = words.Plural(len(s.Fields), "place needs", "places need") +
			" another look; the top of the page says where."
	}
	return f
}
