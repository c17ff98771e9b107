package views

import "headroom/views/table"

// PlanList is the page of a team's saved plans.
type PlanList struct {
	Team    string
	CanEdit bool
	Table   table.Table
}

// none is what the page says when nothing was ever saved; a filter never empties this list.
func (l PlanList) none() Empty {
	return Empty{
		Title: "No plans in " + l.Team + " yet",
		Text:  "A plan holds one product's demand and the ways to serve it. Start from the example and save it here.",
		Actions: []Button{
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

// PlanConflict is the page after two people saved at once: both documents are kept.
type PlanConflict struct {
	ID, Name string
	Base     int    // the version that both began from
	Theirs   int    // the version that is saved
	Author   string // who saved it
	Changes  table.Table
	Both     int // fields that both changed
	Mine     PlanDraft
	// Merged is theirs with mine on top: what only they changed stays.
	Merged string
}

func (c PlanConflict) url() string { return "/plans/" + c.ID }

// PlanDraft is a plan on its way to be saved.
type PlanDraft struct{ Name, Plan, View, Note string }

// SavePlan is the page that keeps a plan which could not be saved as it was sent.
type SavePlan struct {
	Action string
	Draft  PlanDraft
	Name   Field
	Fields []FieldMessage // what is wrong inside of the plan
	Hidden []HiddenValue
}

func (s SavePlan) errors() []FieldError {
	var list []FieldError
	if s.Name.Error != "" {
		list = append(list, FieldError{ID: s.Name.ID, Label: s.Name.Label, Message: s.Name.Error})
	}
	for _, f := range s.Fields {
		list = append(list, FieldError{ID: "plan", Label: f.Path, Message: f.Message})
	}
	return list
}

// planField is the document itself, to be corrected by hand.
func (s SavePlan) planField() Field {
	f := Field{ID: "plan", Name: "plan", Label: "Plan document", Type: "text", Value: s.Draft.Plan, Wide: true}
	if len(s.Fields) > 0 {
		f.Error = countWord(len(s.Fields), "place needs", "places need") + " another look; the top of the page says where."
	}
	return f
}
