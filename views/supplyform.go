package views

import (
	"headroom/views/ui"
)

// Extras are what a part of the form has beside its fields.
type Extras struct {
	Error   *ui.FieldError // why a button did nothing
	Facts   []Fact         // where figures are from, and what is unknown
	Buttons []ui.Button    // pressed with the form
	Fill    *FillChoice
	Lists   []OptionList
}

// Fact is a sentence about a section; Source is who states it in full, for those who point at it.
type Fact struct{ Text, Source string }

// FillChoice offers rows of the data that fill in fields; its button says which place they are for.
type FillChoice struct {
	Field  ui.Field
	Button ui.Button
}

// OptionList is behind fields whose List is its ID.
type OptionList struct {
	ID      string
	Options []ui.Option
}

// hasContent reports whether a section has anything to show.
func (g FormGroup) hasContent() bool {
	return len(g.Fields) > 0 || len(g.Sections) > 0 || len(g.Facts) > 0 || g.Fill != nil || len(g.Buttons) > 0 ||
		g.Note != ""
}
