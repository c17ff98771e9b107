package planner

import (
	"net/url"
	"strings"

	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/views/ui"
)

// isSupply reports whether a button changes capacity: what it did is said above the answer, with the way back.
func isSupply(do string) bool {
	verb, _, _ := strings.Cut(do, ":")
	switch verb {
	case "add-units", "add-gpus", "add-site", "add-grant", "use-pool", "fill", "remove-offer", "remove-pool",
		"remove-site":
		return true
	}
	return false
}

// actSupply does what a button about capacity says.
func actSupply(out *form.Outcome, posted url.Values, prices *catalog.Snapshot, machines *capacity.Machines) {
	do := posted.Get("do")
	verb, id, _ := strings.Cut(do, ":")
	data := form.Data{Prices: prices, Machines: machines}
	if isSupply(do) && len(out.Errors) == 0 {
		out.Typed = map[string]string{} // all of it was read, and the routes may now be others
	}
	out.KeepTyped(posted)
	switch verb {
	case "add-units":
		out.AddUnits(posted, data)
	case "add-gpus":
		out.AddGPUs(posted, data)
	case "add-site":
		out.AddSite(posted)
	case "add-grant":
		out.AddGrant(posted)
	case "use-pool":
		form.UsePool(out.Document, id)
	case "fill":
		out.FillIn(id, posted, data)
	case "remove-offer":
		out.Try(do, "Provisioned capacity", func(d form.Document) error { return form.RemoveOffer(d, id) })
	case "remove-pool":
		out.Try(do, "GPUs", func(d form.Document) error { return form.RemovePool(d, id) })
	case "remove-site":
		form.RemoveSite(out.Document, id)
	}
}

// capacityNotice says what a button about capacity did to the plan, field by field, with the way back.
func capacityNotice(state workspace.PlanState, doc, old form.Document) ui.Notice {
	n := ui.Notice{Title: "The plan is as before.",
		Action: ui.Link{Label: "Undo", URL: state.Path("/") + "?" + state.Undo}}
	labels := differing(doc, old)
	switch added, gone := newNames(doc, old), newNames(old, doc); {
	case len(added) > 0:
		n.Title = "Added: " + strings.Join(added, ", ") + "."
	case len(gone) > 0:
		n.Title = "Removed: " + strings.Join(gone, ", ") + "."
		labels = nil
	case len(labels) > 0:
		n.Title = "Filled in."
	}
	if len(labels) > 0 {
		n.Text = "Changed: " + strings.Join(labels, ", ") + "."
	}
	return n
}

// newNames are the offers, pools and sites of a plan that another one does not have.
func newNames(doc, old form.Document) []string {
	var list []string
	for _, kind := range []string{"offers", "gpu_pools", "sites"} {
		for _, name := range doc.Names(kind) {
			if _, there := old.Get(kind, name); !there {
				list = append(list, name)
			}
		}
	}
	return list
}
