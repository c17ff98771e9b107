package planner

import (
	"slices"
	"strings"

	"headroom/app/form"
	"headroom/app/typed"
	"headroom/app/workspace"
	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// formBuilder turns a plan into the fields of the main page. Links are addresses of the whole state, so that every
// single change can be taken back with one click and no script.
type formBuilder struct {
	state    workspace.PlanState
	doc      form.Document // the plan that is shown
	base     form.Document // what it is compared with
	patch    form.Document
	specs    []form.Spec    // all fields of the form
	at       map[string]int // index in specs, by the name of the field
	prices   *catalog.Snapshot
	machines *capacity.Machines
	day      calendar.Day
	before   *form.Document    // the plan that a button about capacity changed, just now; nil for none
	typed    map[string]string // texts as typed, where they belong to this answer
	errors   map[string]string
	ahead    foresight // nothing while the plan cannot be evaluated
	changed  int
}

// NewFormBuilder prepares the fields of a plan, with the differences from the base of its state.
func NewFormBuilder(state workspace.PlanState, doc form.Document, prices *catalog.Snapshot,
	machines *capacity.Machines) (*formBuilder, error) {
	base, patch, err := state.Difference()
	if err != nil {
		return nil, err
	}
	day := calendar.Day(doc.Text("start") + "-01")
	b := &formBuilder{machines: machines, state: state, doc: doc,
		specs: append(form.AllSpecs(doc), form.QualitySpecs(doc, prices)...), base: base, patch: patch,
		prices: prices, day: day, errors: map[string]string{}}
	b.at = make(map[string]int, len(b.specs))
	for i := range b.specs {
		b.at[b.specs[i].Name()] = i
	}
	if old, ok := samePlanBefore(state); ok {
		b.before = &old
	}
	return b, nil
}

// FieldID is the id of the element of a field.
func FieldID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		switch r {
		case '.', '[', ':':
			return '-'
		case ']':
			return -1
		}
		return r
	}, name)
}

// field is one field of the plan as the page shows it.
func (b *formBuilder) field(spec form.Spec) ui.Field {
	name := spec.Name()
	f := ui.Field{
		ID: FieldID(name), Name: name, Label: spec.Label, Unit: spec.Unit, Value: spec.Read(b.doc),
		Echo: spec.Echo(b.doc),
		Help: spec.Help, Range: spec.Allowed(), Error: b.errors[name], Quiet: true, MaxLength: typed.MaxText,
	}
	if spec.Prefix != "" {
		f.Prefix = strings.TrimSpace(words.Prefix(spec.Prefix))
	}
	b.mark(&f, spec)
	if typed, ok := b.typed[name]; ok {
		f.Value = typed
	}
	if f.Error != "" || f.Echo == "= "+f.Value {
		f.Echo = "" // there is nothing to add to what the box says
	}
	b.kind(&f, spec)
	if _, ranged := b.doc.Get("uncertainty", "inputs", name); ranged {
		f.Help, f.Quiet = strings.TrimSpace(f.Help+" The answer uses the middle; “How sure is this?” draws the range."),
			false
		f.Wide = true
	}
	return f
}

// mark reports whether the field differs from the base, and how to take that back.
func (b *formBuilder) mark(f *ui.Field, spec form.Spec) {
	f.Default = spec.Default
	if standard := spec.Read(b.base); standard != "" {
		f.Default = standard
	}
	if len(spec.Options) > 0 {
		for _, o := range spec.Options {
			if o.Value == f.Default {
				f.Default = o.Label
			}
		}
	}
	if !spec.Changed(b.doc, b.base) {
		return
	}
	f.Changed = true
	b.changed++
	if b.added(spec.Keys) {
		return // it goes as a whole, with its own button
	}
	f.ResetURL = b.resetURL(spec.Keys, spec.Name())
}

// added reports whether a field is part of an offer, pool or site that the base does not have.
func (b *formBuilder) added(keys []string) bool {
	if len(keys) < 3 || !slices.Contains([]string{"offers", "gpu_pools", "sites"}, keys[0]) {
		return false
	}
	_, there := b.base.Get(keys[:2]...)
	return !there
}

// resetURL is the page with the members at keys as the base has them.
func (b *formBuilder) resetURL(keys []string, name string) string {
	patch := b.patch.Clone()
	// A list is replaced as a whole by a merge patch, so it is reset as a whole.
	for i, key := range keys {
		if strings.HasPrefix(key, "[") {
			keys = keys[:i]
			break
		}
	}
	patch.Delete(keys...)
	patch.Delete("uncertainty", "inputs", name)
	if onlyDefaults(patch) {
		patch.Delete("uncertainty")
	}
	state := b.state
	state.Undo = ""
	state.Patch = workspace.NewPatch(patch.Bytes())
	return state.URL()
}

// onlyDefaults reports whether an uncertainty in a patch has no range left.
func onlyDefaults(patch form.Document) bool {
	return len(patch.Names("uncertainty", "inputs")) == 0
}

// kind sets what differs by the kind of the field.
func (b *formBuilder) kind(f *ui.Field, spec form.Spec) {
	switch spec.Kind {
	case form.Choice, form.Flag, form.Enforcement, form.Answer:
		f.Wide = true
		for _, o := range spec.Options {
			f.Options = append(f.Options, ui.Option{Value: o.Value, Label: o.Label, Selected: o.Value == f.Value})
		}
		f.Echo = ""
	case form.Text, form.Month, form.Day:
		f.Type = "text"
	case form.Series, form.Tiers, form.Schedule, form.Shares, form.List, form.Inflows:
		f.Wide, f.InputMode, f.MaxLength = true, "text", 2000
	case form.Amounts:
		f.Wide, f.InputMode, f.MaxLength = strings.Contains(f.Value, ";") || f.Unit == "", "text", 2000
	case form.Price, form.Money:
		f.Echo = ""
	}
	if spec.Kind == form.Series || spec.Kind == form.Tiers || spec.Kind == form.List || spec.Kind == form.Inflows {
		f.Type = "text"
	}
	if len(f.Echo) > 18 || len(f.Unit) > 14 {
		f.Wide = true
	}
}

func (b *formBuilder) fields(specs []form.Spec) []ui.Field {
	list := make([]ui.Field, len(specs))
	for i, spec := range specs {
		list[i] = b.field(spec)
	}
	return list
}

// group is a panel of fields that says in its summary what is set, and opens when one of them needs another look.
func (b *formBuilder) group(key, title, nothing string, specs []form.Spec) views.FormGroup {
	g := views.FormGroup{Key: key, Title: title, Fields: b.fields(specs)}
	var parts []string
	for i, f := range g.Fields {
		g.Open = g.Open || f.Error != ""
		if text := summaryOf(f, specs[i]); text != "" && len(parts) < 3 {
			parts = append(parts, text)
		}
	}
	if g.At = strings.Join(parts, ", "); g.At == "" {
		g.At = nothing
	}
	return g
}

// summaryOf is a field in a few words, "" when it is at nothing.
func summaryOf(f ui.Field, spec form.Spec) string {
	if f.Value == "" || f.Value == spec.Default || f.Value == "0 %" || f.Value == "0" {
		return ""
	}
	switch {
	case len(spec.Options) > 0:
		for _, o := range f.Options {
			if o.Selected {
				return o.Label
			}
		}
	case f.Unit == "×":
		return f.Value + "×"
	}
	return f.Value
}
