package ui

// Tone says how a notice looks. Red stays with walls and with deleting; invalid, stale and estimated are amber.
type Tone string

// The tones.
const (
	Info    Tone = ""
	Caution Tone = "caution"
	Wall    Tone = "wall"
)

// Notice is a message to the person: what happened, and one next step.
type Notice struct {
	Kind   Tone
	Title  string // said in bold
	Text   string
	Action Link   // what next; empty for none
	Post   bool   // the action is a form post (undo), not a link
	Name   string // with Post: the hidden field to send
	Value  string
	CSRF   string
}

// FieldError is one line of an error summary: the id of the field to go to, and what would be right.
type FieldError struct {
	ID, Label, Message string
	URL                string // of the field, where it is on another page
}
