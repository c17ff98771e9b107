package planner

import (
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// unitGroup is provisioned capacity: each offer with its lots, and what more can be added.
func unitGroup(b *formBuilder) views.FormGroup {
	var sections []views.FormGroup
	var at []string
	for _, offer := range b.doc.Names("offers") {
		if form.IsProvisioned(b.doc, offer) {
			sections = append(sections, unitSection(b, offer))
			at = append(at, words.Plural(b.doc.Len("offers", offer, "lots"), "lot", "lots"))
		}
	}
	return panel("units-panel", "Provisioned capacity", "none", append(sections, addUnits(b)), at)
}

func unitSection(b *formBuilder, offer string) views.FormGroup {
	g := limitSection(b, "units-"+offer, cells.JoinWords(", ", offerModel(b, offer), "provisioned"),
		form.UnitSpecs(b.doc, offer))
	fills := form.UnitFills(b.doc, b.prices, b.machines, offer)
	g.Fill = fillChoice(b, "offers."+offer, fills)
	g.Facts = append([]views.Fact{{Text: servesWords(b, offer)}}, factsOf(b.doc, fills)...)
	g.Facts = append(g.Facts, factOf(form.UnitSizes(b.doc, b.prices, b.machines, offer)))
	lotFields(b, &g, b.doc.Len("offers", offer, "lots"),
		func(i int) []form.Spec { return form.UnitLotSpecs(b.doc, offer, i) })
	g.Buttons = removal("remove-offer:"+offer, "Remove these units", offer)
	noteError(b, &g, "remove-offer:"+offer)
	return g
}

// lots adds a section for each lot, and a folded one for another.
func lotFields(b *formBuilder, g *views.FormGroup, n int, specs func(i int) []form.Spec) {
	for i := range n + 1 {
		lot := limitSection(b, g.Key+"-lot-"+form.Item(i), nextTitle("Lot", i, n), specs(i))
		lot.Key = strings.NewReplacer("[", "", "]", "").Replace(lot.Key)
		if lot.Folded = i == n; lot.Folded {
			lot.At = ""
		}
		g.Open = g.Open || lot.Open
		g.Sections = append(g.Sections, lot)
	}
}

// addUnits is what new provisioned capacity begins with.
func addUnits(b *formBuilder) views.FormGroup {
	g := foldedPart(b, "add-units", "Add provisioned capacity")
	options := form.UnitOptions(b.doc, form.Data{Prices: b.prices, Machines: b.machines})
	if len(options) == 0 {
		g.Note = "Every workload has provisioned capacity or GPUs of its own. Send one to a seller that bills by the " +
			"token first."
		return g
	}
	target := unitTarget(b, options)
	g.Note = "You pay for units whether or not you use them; requests beyond their capacity still go to today’s " +
		"seller. If left empty: the minimum purchase, from the first month, at the list price, carrying as many " +
		"requests as the units can at the peak."
	g.Fields = append([]ui.Field{target}, b.fields(form.AddUnitSpecs(b.doc))...)
	for _, o := range options {
		if o.Value == chosen(target) {
			for _, stated := range o.Facts() {
				g.Facts = append(g.Facts, factOf(stated))
			}
		}
	}
	g.Open = opened(g)
	g.Buttons = []ui.Button{{Label: "Add these units", Name: "do", Value: "add-units", Small: true}}
	return g
}

// unitTarget chooses what units are added for.
func unitTarget(b *formBuilder, options []form.UnitOption) ui.Field {
	f := ui.Field{ID: FieldID(form.AddUnitTarget()), Name: form.AddUnitTarget(), Label: "Serves", Wide: true,
		Error: b.errors[form.AddUnitTarget()]}
	for _, o := range options {
		label := cells.Title(o.Workload) + ": " + o.Offer
		if o.Entry != nil {
			label = cells.Title(o.Workload) + ": " + cells.JoinWords(", ", b.modelName(o.Entry.Model),
				sellerName(b, o.Entry.Provider)+" "+o.UnitWord())
		}
		f.Options = append(f.Options, ui.Option{Value: o.Value, Label: label, Selected: b.typed[f.Name] == o.Value})
	}
	return f
}

// chosen is the value that a choice sends.
func chosen(f ui.Field) string {
	for _, o := range f.Options {
		if o.Selected {
			return o.Value
		}
	}
	return f.Options[0].Value
}

// foldedPart is a section that is closed until it is needed.
func foldedPart(b *formBuilder, key, title string) views.FormGroup {
	return views.FormGroup{Key: key, Title: title, Folded: true}
}

// opened reports whether a section has a field that needs another look.
func opened(g views.FormGroup) bool {
	return slices.ContainsFunc(g.Fields, func(f ui.Field) bool { return f.Error != "" })
}

func removal(action, label, what string) []ui.Button {
	return []ui.Button{{Label: label, Hidden: what, Name: "do", Value: action, Look: "quiet", Small: true}}
}

// noteError says in a section why its button did nothing.
func noteError(b *formBuilder, g *views.FormGroup, action string) {
	if text := b.errors[action]; text != "" {
		g.Error, g.Open = &ui.FieldError{ID: FieldID(action), Message: text}, true
	}
}

// fillChoice offers the rows of the data for one place of the plan; nil where there are none.
func fillChoice(b *formBuilder, place string, fills []form.Fill) *views.FillChoice {
	if len(fills) == 0 {
		return nil
	}
	name := "fill." + place
	f := ui.Field{ID: FieldID(name), Name: name, Label: "From the data", Wide: true, Error: b.errors[name],
		Options: []ui.Option{{Label: "choose a row"}}}
	for _, fill := range fills {
		f.Options = append(f.Options, ui.Option{Value: fill.ID, Label: fill.Label,
			Note:     cells.JoinWords(", ", shortSource(fill.Source), fill.AsOf),
			Selected: b.typed[name] == fill.ID})
	}
	return &views.FillChoice{Field: f, Button: ui.Button{Label: "Fill in", Hidden: place, Name: "do",
		Value: "fill:" + place}}
}

// factsOf are the rows that the plan follows, one of a kind, each with source and date, and what they leave open.
func factsOf(d form.Document, fills []form.Fill) []views.Fact {
	var facts []views.Fact
	var kinds []string
	for _, fill := range fills {
		kind, _, _ := strings.Cut(fill.ID, "-")
		if fill.Holds(d) && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
			facts = append(facts, factOf(fill.Stated()))
		}
	}
	return facts
}

// factOf is a statement with its source in short, and in full behind it.
func factOf(s form.Stated) views.Fact {
	return views.Fact{Text: cells.JoinWords(" · ", s.Text, cells.JoinWords(", ", shortSource(s.Source), s.AsOf)),
		Source: s.Source}
}

// shortSource is who states a figure, without the place in their files: "MicrosoftDocs/azure-ai-docs".
func shortSource(source string) string {
	if rest, ok := strings.CutPrefix(source, "https://"); ok {
		source, _, _ = strings.Cut(rest, "/")
	}
	if word, _, _ := strings.Cut(source, " "); strings.Contains(word, "/") {
		return word
	}
	end := strings.IndexAny(source, ":(,;\"")
	if end < 0 {
		end = len(source)
	}
	return strings.TrimSpace(source[:end])
}

// servesWords say which workloads go to an offer.
func servesWords(b *formBuilder, offer string) string {
	var list []string
	for _, workload := range b.doc.Names("workloads") {
		for i := range b.doc.Len("workloads", workload, "routes") {
			if b.doc.Text("workloads", workload, "routes", form.Item(i), "offer") == offer {
				list = workspace.AppendNew(list, workload)
			}
		}
	}
	if len(list) == 0 {
		return "No workload goes to " + offer + " yet: choose it as the seller of one."
	}
	return "Serves " + strings.Join(list, ", ") + " as " + offer + "."
}
