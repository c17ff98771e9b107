package planner

import (
	"net/url"
	"strings"

	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views/ui"
)

// presetNotice says what a preset replaced, field by field, with the way back. Undo is the query of the page before.
func presetNotice(state workspace.PlanState, doc form.Document) ui.Notice {
	n := ui.Notice{
		Title: state.Base.Name + " is applied.", Text: "It replaced the plan before.",
		Action: ui.Link{Label: "Undo", URL: "/?" + state.Undo},
	}
	if old, ok := samePlanBefore(state); ok {
		return capacityNotice(state, doc, old)
	}
	old, ok := planBefore(state.Undo)
	if !ok {
		return n
	}
	labels := differing(doc, old)
	const most = 8
	switch {
	case len(labels) == 0:
		n.Text = "It has the same figures as the plan before."
	case len(labels) > most:
		n.Text = "Changed: " + strings.Join(labels[:most], ", ") + " and " +
			words.Plural(len(labels)-most, "other field", "other fields") + "."
	default:
		n.Text = "Changed: " + strings.Join(labels, ", ") + "."
	}
	return n
}

// samePlanBefore is the same base with the difference of another address of it; false when that has another base.
func samePlanBefore(state workspace.PlanState) (form.Document, bool) {
	q, err := url.ParseQuery(state.Undo)
	if err != nil || state.Base.Kind == workspace.PresetBase && q.Get("from") != state.Base.ID ||
		state.Base.Kind == workspace.DraftBase && q.Get("draft") != state.Base.ID {
		return form.Document{}, false
	}
	before, err := workspace.StateOf(state.Base, q)
	if err != nil {
		return form.Document{}, false
	}
	doc, err := before.Document()
	return doc, err == nil
}

// planBefore is the plan of another address of the main page; false for one that is no preset.
func planBefore(query string) (form.Document, bool) {
	q, err := url.ParseQuery(query)
	if err != nil || q.Get("draft") != "" {
		return form.Document{}, false
	}
	id := q.Get("from")
	if id == "" {
		id = workspace.DefaultPreset
	}
	preset, ok := pricing.PresetByID(id)
	if !ok {
		return form.Document{}, false
	}
	state, err := workspace.StateOf(workspace.PlanBase{Body: preset.Plan}, q)
	if err != nil {
		return form.Document{}, false
	}
	doc, err := state.Document()
	return doc, err == nil
}

// differing are the labels of the fields whose text is not the same in both plans, each once.
func differing(doc, old form.Document) []string {
	var labels []string
	for _, spec := range form.AllSpecs(doc) {
		if spec.Changed(doc, old) {
			labels = workspace.AppendNew(labels, spec.Label)
		}
	}
	return labels
}
