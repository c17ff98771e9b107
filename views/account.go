package views

import (
	"headroom/views/table"
	"headroom/views/ui"
)

// Form is a form on a page of its own, or a section of one: sign-up, sign-in, profile, password, team name.
type Form struct {
	ID      string // of the form element, and in front of its heading's id
	Title   string
	Lead    string // one sentence: what this is for
	Action  string // where it posts to
	Fields  []ui.Field
	Hidden  []HiddenValue
	Submit  string
	Problem string    // why the form as a whole was refused, where no field is to blame
	Other   []ui.Link // the other ways: "Sign in instead"
}

// HiddenValue is sent with a form unseen.
type HiddenValue struct{ Name, Value string }

// errors are the fields that need another look, in order.
func (f Form) errors() []ui.FieldError {
	var list []ui.FieldError
	for _, field := range f.Fields {
		if field.Error != "" {
			list = append(list, ui.FieldError{ID: field.ID, Label: field.Label, Message: field.Error})
		}
	}
	return list
}

// Account is the page of one's own account.
type Account struct {
	Email    string
	Profile  Form
	Password Form
}

// formErrors joins the errors of the forms of a page for the one summary at its top.
func formErrors(forms ...Form) []ui.FieldError {
	var list []ui.FieldError
	for _, f := range forms {
		list = append(list, f.errors()...)
	}
	return list
}

// Team is the page of a team.
type Team struct {
	Name        string
	Members     table.Table
	Log         table.Table
	Rename      *Form // nil for members who may not manage the team
	Invite      *Form
	Invitations table.Table
	Link        string // of an invitation that was just made
	Others      []TeamChoice
}

// TeamChoice is another team of the reader.
type TeamChoice struct{ ID, Name, Role string }

// linkField holds the link to copy; it is shown once.
func (t Team) linkField() ui.Field {
	return ui.Field{ID: "link", Name: "link", Label: "Send this link to one person", Type: "text", Value: t.Link,
		Wide:         true,
		Autocomplete: "off", Help: "It works once, for seven days, and cannot be shown again."}
}
