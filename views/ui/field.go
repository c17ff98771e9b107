package ui

import (
	"strings"
)

// Field is a form field. ID and Name are required; the rest may be empty.
type Field struct {
	ID, Name, Label string
	Unit            string // after the box: "users", "tokens", "%"
	Prefix          string // before the box: "$"
	Value           string // what was typed, kept as typed
	Echo            string // what was understood: "= 261,000 in Jan 2027"
	Help            string
	Range           string // "1 to 100 million"
	Default         string // "40,000"
	Error           string // what is wrong and what would be right
	Changed         bool   // differs from the default or preset
	ResetURL        string // link that sets only this field back
	Required        bool
	InputMode       string // "decimal" unless Type or InputMode says otherwise
	// "text" (left-aligned), "email", "password", "search", "month", "date", "file"; "" is a number
	Type         string
	Autocomplete string // "off" for numbers
	Options      []Option
	Wide         bool // spans both columns of a field row
	Quiet        bool // help and range are shown only when the form's "ranges and defaults" switch is on
	MaxLength    int
	Disabled     bool
	List         string // id of an OptionList that helps to write
}

// Option is a choice of a select, radio or check group.
type Option struct {
	Value, Label, Note string
	Group              string // heading under which options of a select stand together
	Selected, Disabled bool
}

// isNumber reports whether the field holds a figure: right-aligned, decimal keyboard, but never type=number.
func (f Field) isNumber() bool { return f.Type == "" }

func (f Field) inputType() string {
	if f.isNumber() {
		return "text"
	}
	return f.Type
}

func (f Field) inputMode() string {
	if f.InputMode == "" && f.isNumber() {
		return "decimal"
	}
	return f.InputMode
}

func (f Field) autocomplete() string {
	if f.Autocomplete == "" && f.isNumber() {
		return "off"
	}
	return f.Autocomplete
}

// echo is what was understood, unless it only repeats what is in the box.
func (f Field) echo() string {
	if strings.TrimPrefix(f.Echo, "= ") == f.Value {
		return ""
	}
	return f.Echo
}

// rangeNote is the sentence under a field: help, default and allowed range.
func (f Field) rangeNote() string {
	var parts []string
	if f.Help != "" {
		parts = append(parts, f.Help)
	}
	if f.Default != "" {
		parts = append(parts, "Default "+f.Default+".")
	}
	if f.Range != "" {
		parts = append(parts, "Allowed "+f.Range+".")
	}
	return strings.Join(parts, " ")
}

// describedBy lists the ids of the texts that explain the field, the error first.
func (f Field) describedBy() string {
	var ids []string
	add := func(text, suffix string) {
		if text != "" {
			ids = append(ids, f.ID+suffix)
		}
	}
	add(f.Error, "-error")
	add(f.Unit, "-unit")
	add(f.echo(), "-echo")
	add(f.rangeNote(), "-help")
	return strings.Join(ids, " ")
}

// optionGroups keeps the order of the options and joins neighbours of one group.
func (f Field) optionGroups() []optionGroup {
	var groups []optionGroup
	for _, o := range f.Options {
		if len(groups) == 0 || groups[len(groups)-1].Label != o.Group {
			groups = append(groups, optionGroup{Label: o.Group})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, o)
	}
	return groups
}

type optionGroup struct {
	Label   string
	Options []Option
}

// Split is the first n options and the rest, as two groups; a group that is hardly longer stays whole.
func (f Field) Split(n int) (first, rest Field) {
	first, rest = f, f
	if len(f.Options) <= n+2 {
		n = len(f.Options)
	}
	first.Options, rest.Options = f.Options[:n], f.Options[n:]
	rest.ID, rest.Label = f.ID+"-rest", "More of "+f.Label
	return first, rest
}

// Chosen reports whether one of the options is selected.
func (f Field) Chosen() bool {
	for _, o := range f.Options {
		if o.Selected {
			return true
		}
	}
	return false
}
