package planner

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// plannerView builds the page of a state. answer is nil when the plan cannot be evaluated; r.errors then say why.
func (s *Pages) plannerView(ctx context.Context, r reading, doc form.Document, a *workspace.Answer) (plannerView,
	error) {
	prices := s.Deps.Catalog
	if a != nil {
		prices = a.Prices
	}
	b, err := NewFormBuilder(r.state, doc, prices, r.machines)
	if err != nil {
		return plannerView{}, err
	}
	base, err := s.LockinBase(prices)
	if err != nil {
		return plannerView{}, err
	}
	if a != nil {
		var wrong []form.FieldError
		if b.ahead, wrong, err = lookAhead(a, base, doc.Len("alternatives")); err != nil {
			return plannerView{}, err
		}
		r.errors = withNew(r.errors, wrong)
	}
	b.typed = r.typed
	for _, e := range r.errors {
		if field := b.nearest(withoutRange(e.Name)); b.errors[field] == "" {
			b.errors[field] = e.Message
		}
	}
	v := plannerView{views.Planner{Bar: s.PlanBar(r.state, doc, a), LastOK: r.lastOK}}
	buildForm := func(context.Context) error { v.Form = b.build(); return nil }
	buildAnswer := func(context.Context) (err error) { v.Answer, err = answerView(a, b, base); return err }
	if err := web.Together(ctx, buildForm, buildAnswer); err != nil {
		return plannerView{}, err
	}
	if v.Errors = b.Summary(r.errors); len(r.typed) > 0 && len(r.errors) > 0 {
		v.Bar.Save.Refused = "Not everything that you typed can be read. Correct what is marked, then save: " +
			"otherwise it would be left out."
	}
	v.Notices = stateNotices(r.state, doc)
	if a == nil {
		v.Why = ui.Empty{Title: "This plan cannot be evaluated yet", Text: "What is missing or wrong is listed " +
			"above; nothing is lost.",
			Actions: []ui.Button{{Label: "Open the example", URL: "/"}}}
	}
	return v, nil
}

// nearest is the field of the form that a path is about: itself, or the longest field name that begins it.
func (b *formBuilder) nearest(path string) string {
	for name := path; name != ""; name = name[:max(0, strings.LastIndexAny(name, ".["))] {
		if _, ok := b.at[name]; ok {
			return name
		}
	}
	// What is wrong with a whole row is said at its first field.
	for _, spec := range b.specs {
		if Under(spec.Name(), path) {
			return spec.Name()
		}
	}
	return path
}

// withoutRange is the path of the figure that a range is of: what is wrong with the range is said at that field.
func withoutRange(path string) string { return strings.TrimPrefix(path, "uncertainty.inputs.") }

// Under reports whether a path is at or below another.
func Under(path, name string) bool {
	rest, ok := strings.CutPrefix(path, name)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// Summary lists the errors with links to their fields.
func (b *formBuilder) Summary(errors []form.FieldError) []ui.FieldError {
	list := make([]ui.FieldError, len(errors))
	for i, e := range errors {
		name := b.nearest(withoutRange(e.Name))
		list[i] = ui.FieldError{Label: e.Label, Message: e.Message}
		if at, ok := b.at[name]; ok {
			list[i].ID, list[i].Label = FieldID(name), b.specs[at].Label
		} else if e.Label != "" {
			list[i].ID = FieldID(name)
		} else {
			list[i].Label = e.Name
		}
	}
	return list
}

// PlanBar names the plan and links what can be done with it.
func (s *Pages) PlanBar(state workspace.PlanState, doc form.Document, a *workspace.Answer) views.PlanBar {
	name := doc.Text("name")
	if name == "" {
		name = state.Base.Name
	}
	bar := views.PlanBar{Name: name, UploadAction: "/plan/open", Back: state.URL(), Save: saveForm(state, doc, name)}
	bar.Parts = workspace.PlanParts(state, "answer")
	bar.Example = state.Base.Kind == workspace.PresetBase && state.Base.ID != "empty"
	if bar.Example {
		bar.EmptyURL = emptyURL(state)
	}
	facts := []string{workspace.VersionWords(state.Base)}
	if state.Base.Kind == workspace.SavedBase && !state.Patch.None() {
		facts[0] += ", changed"
	}
	if a != nil {
		facts = append(facts, "prices of "+cells.DayWords(string(a.Prices.AsOf)), a.Compare.Currency)
		bar.Downloads = downloads(state)
	}
	bar.Meta = cells.JoinWords(" · ", facts...)
	return bar
}

// emptyURL removes the example; the way back stays in the address while it fits.
func emptyURL(state workspace.PlanState) string {
	q := url.Values{"from": {"empty"}}
	if was := state.UndoQuery(); len(was) <= workspace.MaxQuery/2 {
		q.Set("undo", was)
	}
	return "/?" + q.Encode()
}

// saveForm posts the plan as it is in the form, without proposals: those follow the model by themselves.
func saveForm(state workspace.PlanState, doc form.Document, name string) views.SaveForm {
	f := views.SaveForm{
		Action: "/plans", Label: "Save to team", Plan: string(doc.Ordered()),
		View: state.Pinned(doc.Len("alternatives") > 0).Values().Encode(),
		Name: ui.Field{ID: "save-name", Name: "name", Label: "Name of the plan", Type: "text", Value: name,
			MaxLength: 200, Required: true},
	}
	if state.Base.Kind == workspace.SavedBase && !state.Base.CanEdit {
		f.Refused = "You may look at the plans of " + state.Base.Team +
			", not save them. Copy the link to show your change, or ask an admin of the team."
	}
	if state.Base.Kind == workspace.SavedBase && state.Base.CanEdit {
		f.Action, f.Label, f.CopyAction = "/plans/"+state.Base.ID, "Save a version", "/plans"
		f.Version = strconv.Itoa(state.Base.Version)
		f.Note = ui.Field{ID: "save-note", Name: "note", Label: "What changed", Type: "text",
			MaxLength: workspace.MaxNote, Autocomplete: "off", Help: "For the list of versions. May stay empty."}
	}
	return f
}

// stateNotices say what a preset changed, and where a plan lives that does not fit into an address.
func stateNotices(state workspace.PlanState, doc form.Document) []ui.Notice {
	var list []ui.Notice
	if state.Base.Kind == workspace.DraftBase {
		list = append(list, ui.Notice{Kind: ui.Caution, Title: "This plan is kept in this browser's session.",
			Text: "It differs too much from an example to fit into an address of 8 KB, so the link cannot be shared. " +
				"Save it to a team to keep and to share it."})
	}
	if b := state.Base; b.Newest > b.Version {
		list = append(list, ui.Notice{Kind: ui.Caution, Title: fmt.Sprintf("Version %d was saved since.", b.Newest),
			Text: fmt.Sprintf("You are changing version %d. When you save, both are shown side by side and nothing "+
				"is lost.", b.Version),
			Action: ui.Link{Label: fmt.Sprintf("Open version %d", b.Newest), URL: "/plans/" + b.ID}})
	}
	if state.Undo != "" {
		list = append(list, presetNotice(state, doc))
	}
	return list
}

// answerView is the answer as the page shows it; nil for a plan that cannot be evaluated. It only reads b, whose form
// is built at the same time.
func answerView(a *workspace.Answer, b *formBuilder, base *lockin.Base) (*views.Answer, error) {
	if a == nil {
		return nil, nil
	}
	if err := a.AssessWays(base, b.ahead.own); err != nil {
		return nil, err
	}
	t := compareTable(a)
	page := views.Answer{
		Tiles: tilesOf(a), Wall: wallOf(a), Users: usersFigure(a), Margin: marginFigure(a), Worth: worthOf(a),
		Ways: waysView(a), Heat: heatOf(a), Cost: costFigure(a), Table: t, Compare: compareFigure(a, t),
		Months:   monthsTable(a),
		Controls: controlsOf(a), Warnings: answerWarnings(a, b), Sources: sourcesTable(a),
		MonthsURLs: []ui.Link{{Label: "CSV for Excel", URL: a.State.Link("/months.csv", "profile", "excel")},
			{Label: "CSV data", URL: a.State.Link("/months.csv", "profile", "data")}},
	}
	page.Headline, page.Lead, page.Uncertainty = headlineOf(a), leadOf(a), uncertaintyPanel(a, b.doc)
	if row, ok := a.Compare.Row(a.AsIs); ok {
		page.Idle, page.Limited = row.Requests == 0, row.Limited()
	}
	page.Announce = "Answer up to date: " + page.Sentence()
	return &page, nil
}

// facts are the "sources" sheet of the XLSX: the plan, its version, and where each price comes from.
func PlanFacts(a *workspace.Answer) []table.Fact {
	facts := []table.Fact{
		{Label: "Plan", Value: cells.JoinWords(", ", a.Plan.Name, a.Version())},
		{Label: "Months", Value: a.Plan.Start.String() + ", " + words.Plural(a.Plan.Months, "month", "months")},
		{Label: "Currency", Value: a.Compare.Currency},
		{Label: "Price snapshot", Value: a.Prices.ID + ", newest source of " + cells.DayWords(string(a.Prices.AsOf))},
	}
	seen := map[*catalog.Offer]bool{}
	for _, row := range a.Compare.Rows {
		for _, e := range a.EntriesOf(row) {
			if e.Row == nil || seen[e.Offer] {
				continue
			}
			seen[e.Offer] = true
			facts = append(facts, table.Fact{Label: a.Words(e), URL: priceSourceURL(a, e),
				Value: cells.JoinWords(", ", sourceOf(a, e), cells.DayWords(e.AsOf()), e.ConflictWords())})
		}
	}
	for _, words := range notCompared(a) {
		facts = append(facts, table.Fact{Label: "Not compared", Value: words})
	}
	return facts
}

// warnings are what the evaluation leaves open in the plan as it is, each with a link to its field.
func answerWarnings(a *workspace.Answer, b *formBuilder) []views.Warning {
	var list []views.Warning
	own, _ := a.Own()
	for _, w := range warningsOf(own) {
		warning := views.Warning{Label: w.Path, Text: w.Message}
		name := b.nearest(w.Path)
		if at, ok := b.at[name]; ok {
			warning.FieldID, warning.Label = FieldID(name), b.specs[at].Label
		} else if offer, ok := b.offerAt(w.Path); ok {
			warning.Label = b.offerName(offer)
		}
		list = append(list, warning)
	}
	return append(list, noteWarnings(a)...)
}

// noteWarnings are what the proposals have to say; that a model is untried is said once for all of them.
func noteWarnings(a *workspace.Answer) []views.Warning {
	var list []views.Warning
	untried := 0
	for _, n := range a.Notes {
		if n.NotEvaluated {
			untried++
		} else if n.Message != "" {
			row, _ := a.Compare.Row(n.Alternative)
			list = append(list, views.Warning{Label: row.Name, Text: form.Sentence(n.Message)})
		}
	}
	if untried > 0 {
		list = append(list, views.Warning{Text: words.Plural(untried, "proposal runs", "proposals run") +
			" another model: evaluate it on your workload before you choose it."})
	}
	return list
}

// offerAt is the offer of the plan that a path is in.
func (b *formBuilder) offerAt(path string) (string, bool) {
	for _, id := range b.doc.Names("offers") {
		if Under(path, "offers."+id) {
			return id, true
		}
	}
	return "", false
}

func warningsOf(r *pricing.AlternativeResult) []pricing.Warning {
	if r == nil {
		return nil
	}
	return r.Warnings
}
