package ui

import (
	"github.com/a-h/templ"

	"headroom/pricing/words"
	"headroom/views/table"
)

// Button is a button or, with a URL and no Name, a link that looks like one.
type Button struct {
	Label, URL  string
	Name, Value string // what the button sends with its form
	Form        string // id of the form it belongs to, when it stands outside of it
	Look        string // "primary", "danger", "quiet" or ""
	Small       bool
	Hidden      string // said after the label to screen readers: "of plan Support"
	Copy        bool   // copies the address of this page; left out without JavaScript
}

func (b Button) class() string {
	class := "btn"
	if b.Look != "" {
		class += " btn-" + b.Look
	}
	if b.Small {
		class += " btn-sm"
	}
	return class
}

// Empty is a state without data: why in one sentence, and what next. Never-had-data and filtered-to-nothing say
// different things.
type Empty struct {
	Title, Text string
	Actions     []Button
	Meta        string // small print: status code, request id
}

// Failure is what an error page says, in the frame of the app.
type Failure struct {
	Status    int
	Title     string // empty: the usual sentence for the status
	Text      string
	RequestID string
	Fields    []FieldMessage // of input that was refused
	Actions   []Button       // empty: back to the plan
}

// FieldMessage says what is wrong at a path of a plan, such as "demand.start", and what would be right.
type FieldMessage struct{ Path, Message string }

func EmptyActions(t table.Table) []Button {
	if t.EmptyURL == "" {
		return nil
	}
	return []Button{{Label: WithDefault(t.EmptyAction, "Clear the filters"), URL: t.EmptyURL}}
}

// ChooserForm is what a Chooser sends: Options under Name, and Keep as hidden values (Label is the name).
type ChooserForm struct {
	ID, Label, Legend string
	Action            string
	Name              string
	Options           []Option
	Keep              []Option
}

// ReplaceOnly are the attributes that let a link replace one element of the page; none for block "".
func ReplaceOnly(url, block string) templ.Attributes {
	if block == "" {
		return nil
	}
	return templ.Attributes{
		"hx-get": url, "hx-target": "#" + block, "hx-select": "#" + block, "hx-swap": "outerMorph",
		"hx-replace-url": "true",
	}
}

// Tile is one key figure.
type Tile struct {
	Label  string
	Kind   table.Kind
	Cell   table.Cell // Value or Text, State, Reason, Note (the line below), How
	Unit   string
	To     *table.Cell // a second figure: "from → to"
	ToWord string      // said to screen readers between the two: " rising to "
	ID     string
	Short  bool // "103k" instead of "102,870.00", where the exact figure stands elsewhere on the page

	Currency string // the ISO code of an amount: its sign stands before the figures
}

// figure is a tile's figure as shown.
func (t Tile) figure(c table.Cell) string {
	if c.State != table.Known {
		return table.Display(t.Kind, c)
	}
	switch {
	case t.Short && t.Kind == table.Count:
		return words.Count(c.Value)
	case t.Short:
		return words.Money(t.Currency, c.Value)
	}
	return words.Prefix(t.Currency) + table.Display(t.Kind, c)
}

// Derivation tells how a figure came about, step by step. All texts come formatted.
type Derivation struct {
	Title, Formula, Result string
	Intro                  string
	Steps                  []DerivationStep
}

// DerivationStep is one line: a quantity or a price, with where it comes from.
type DerivationStep struct {
	Label, Expression, Value, Unit string
	Source, URL, AsOf, Status      string
	Note                           string
	PartsLabel                     string           // "24 months"
	Parts                          []DerivationStep // of a sum, folded in
}

// words are the sentence and the way out, the usual ones for the status where the handler gave none.
func (f Failure) words() Empty {
	title, text := statusWords(f.Status)
	e := Empty{Title: WithDefault(f.Title, title), Text: WithDefault(f.Text, text), Actions: f.Actions}
	if e.Actions == nil {
		e.Actions = []Button{{Label: "Go to the plan", URL: "/", Look: "primary"}}
	}
	return e
}

func (f Failure) summary() []FieldError {
	lines := make([]FieldError, len(f.Fields))
	for i, m := range f.Fields {
		lines[i] = FieldError{Label: m.Path, Message: m.Message}
	}
	return lines
}

func statusWords(status int) (title, text string) {
	switch status {
	case 403:
		return "You may not do this", "Your role in this team does not allow it, or the form came from another site. " +
			"Ask an admin of the team, or go back and try again."
	case 404:
		return "This page is not here",
			"The link may be old, or what it led to was deleted. Ask the person who sent it for a new one."
	case 409:
		return "Someone else was faster",
			"What you edited was changed meanwhile. Nothing is lost: go back, reload, and apply your change again."
	case 413:
		return "That is too big", "The file or form is over the allowed size. Shorten it and send it again."
	case 422:
		return "Something needs another look", "What was sent could not be understood. Nothing was changed."
	case 429:
		return "Too many tries", "Wait a minute and try again."
	}
	return "Something went wrong here",
		"It is not your fault. Try again; if it stays, tell the people who run this server the request number below."
}
