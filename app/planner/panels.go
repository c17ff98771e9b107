package planner

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/typed"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// build is the whole form.
func (b *formBuilder) build() views.PlannerForm {
	f := views.PlannerForm{Action: b.state.Path("/plan"), Hidden: b.hidden(), Models: modelOptions(b.prices)}
	for _, id := range b.doc.Names("segments") {
		f.Segments = append(f.Segments, b.segment(id))
	}
	for i, id := range b.doc.Names("workloads") {
		f.Workloads = append(f.Workloads, b.workload(id, i == 0))
	}
	oneOpen(f.Workloads)
	dates := b.group("dates", "Months and curve", "", append(b.dateSpecs(), form.MoneySpecs(b.doc)...))
	dates.At = cells.JoinWords(", ", b.doc.Text("start"), form.PlanSpecs(b.doc)[1].Read(b.doc)+" months",
		form.Currency(b.doc))
	f.Groups = append(limitGroups(b), b.dependencyGroup(), dates)
	f.Alternatives = b.alternatives()
	b.presetField(&f)
	b.changes(&f)
	return f
}

// oneOpen keeps one workload open, the first that needs another look if there is one: they are an accordion.
func oneOpen(list []views.WorkloadForm) {
	open := 0
	for i := len(list) - 1; i > 0; i-- {
		if list[i].Open {
			open = i
		}
	}
	for i := range list {
		list[i].Open = i == open
	}
}

// hidden are the parts of the state that the form does not show.
func (b *formBuilder) hidden() []views.HiddenValue {
	q := b.state.Values()
	q.Del("propose")
	q.Del("undo")
	if b.state.Base.Kind == workspace.PresetBase {
		q.Set("from", b.state.Base.ID)
	}
	if b.state.Base.Kind == workspace.SavedBase {
		q.Set("v", strconv.Itoa(b.state.Base.Version))
	}
	var list []views.HiddenValue
	for _, name := range slices.Concat(workspace.StateNames, workspace.ViewNames) {
		if value := q.Get(name); value != "" {
			list = append(list, views.HiddenValue{Name: name, Value: value})
		}
	}
	return list
}

// segment shows what most people change; the curve itself is chosen in "Months and curve".
func (b *formBuilder) segment(id string) views.FormGroup {
	var specs []form.Spec
	for _, spec := range form.SegmentSpecs(b.doc, id) {
		if spec.Kind != form.Choice {
			specs = append(specs, spec)
		}
	}
	g := views.FormGroup{Key: "segment-" + id, Title: cells.Title(id),
		Fields: b.fields(append(specs, form.RevenueSpec(b.doc, id)))}
	if len(g.Fields) > 0 {
		g.Fields[0].Wide = true
	}
	return g
}

func (b *formBuilder) dateSpecs() []form.Spec {
	specs := form.PlanSpecs(b.doc)
	for _, id := range b.doc.Names("segments") {
		for _, spec := range form.SegmentSpecs(b.doc, id) {
			if spec.Kind == form.Choice {
				if len(b.doc.Names("segments")) > 1 {
					spec.Label += ": " + cells.Title(id)
				}
				specs = append(specs, spec)
			}
		}
	}
	return specs
}

// presetField chooses where to start; what a preset would change is shown after it is applied, with a way back.
func (b *formBuilder) presetField(f *views.PlannerForm) {
	f.Preset = ui.Field{Label: "Start from", Help: "A preset replaces the whole plan; you can undo it."}
	if b.state.Base.Kind != workspace.PresetBase {
		f.Preset.Options = append(f.Preset.Options, ui.Option{Label: b.state.Base.Name, Selected: true})
	}
	for _, p := range pricing.Presets() {
		f.Preset.Options = append(f.Preset.Options, ui.Option{
			Value: p.ID, Label: p.Name, Selected: b.state.Base.Kind == workspace.PresetBase && p.ID == b.state.Base.ID,
		})
	}
	f.PresetHidden = append(f.PresetHidden, views.HiddenValue{Name: "was", Value: b.state.UndoQuery()})
}

// changes says how many fields differ and how to take all of it back.
func (b *formBuilder) changes(f *views.PlannerForm) {
	if b.state.Patch.None() {
		f.Changes = "unchanged"
		return
	}
	n := max(1, b.changed)
	f.Changes = words.Plural(n, "field changed", "fields changed")
	clean := b.state
	clean.Patch, clean.Undo = workspace.PlanPatch{}, ""
	f.ResetURL, f.ResetLabel = clean.URL(), "Reset "+words.Plural(n, "change", "changes")
}

// alternatives are the proposals and the rows that the person added.
func (b *formBuilder) alternatives() views.AlternativesForm {
	a := views.AlternativesForm{}
	on := b.state.Proposed(b.doc.Len("alternatives") > 0)
	for _, p := range workspace.Proposals {
		a.Propose = append(a.Propose, ui.Option{Value: string(p.Kind), Label: p.Label,
			Selected: slices.Contains(on, p.Kind)})
	}
	for _, row := range form.Alternatives(b.doc, b.prices) {
		a.Rows = append(a.Rows, b.alternative(row))
		a.Open = a.Open || a.Rows[len(a.Rows)-1].Name.Error != ""
	}
	a.Add = b.modelField("add-alternative", "Add one by hand", "", false)
	a.Open = a.Open || a.Add.Error != ""
	var parts []string
	if len(on) > 0 {
		parts = append(parts, words.Plural(len(on), "proposal", "proposals"))
	}
	if n := len(a.Rows); n > 0 {
		parts = append(parts, fmt.Sprintf("%d in the plan", n))
	}
	if a.At = strings.Join(parts, ", "); a.At == "" {
		a.At = "none"
	}
	return a
}

func (b *formBuilder) alternative(row form.Alternative) views.AlternativeForm {
	f := views.AlternativeForm{ID: row.ID, Remove: !row.IsPlan, Name: ui.Field{
		ID: FieldID(row.NameField()), Name: row.NameField(), Label: "Name", Type: "text", Value: row.Name,
		Error: b.errors[row.NameField()], MaxLength: typed.MaxText,
	}}
	if typed, ok := b.typed[row.NameField()]; ok {
		f.Name.Value = typed
	}
	if row.Plain {
		f.Route = &views.RouteForm{
			Model:  b.modelField(row.ModelField(), "Model", row.Model, true),
			Seller: b.sellerField(row.SellerField(), row.Model, row.Seller),
			Flags:  b.flagsAt(form.Path("alternatives", form.Item(row.Index))),
		}
	}
	return f
}

// maxModels bounds the list behind a model field, which every page carries; any other model can be typed.
const maxModels = 150

// modelOptions are the models that most sellers offer, the newest first among equals.
func modelOptions(prices *catalog.Snapshot) []ui.Option {
	type entry struct {
		*catalog.Model
		sellers int
	}
	var list []entry
	for i := range prices.Models {
		model := &prices.Models[i]
		if n := len(prices.OffersOf(model.ID)); n > 1 {
			list = append(list, entry{model, n})
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		if a.sellers != b.sellers {
			return b.sellers - a.sellers
		}
		return strings.Compare(string(b.Released), string(a.Released))
	})
	var options []ui.Option
	for _, e := range list[:min(maxModels, len(list))] {
		options = append(options, ui.Option{Value: e.Name, Label: words.Plural(e.sellers, "offer", "offers")})
	}
	return options
}
