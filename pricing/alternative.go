package pricing

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"

	"headroom/pricing/document"
)

// variant is one alternative as a plan of its own.
type variant struct {
	id, name string
	plan     *Plan
	index    int // in the plan's alternatives; -1: the plan itself
	patch    *document.Value
	routes   map[string][]Route
}

// path says where in the original plan a problem of the variant was written: in the alternative's routes, in its patch,
// or in the plan itself.
func (v *variant) path(path string) string {
	if v.index < 0 {
		return path
	}
	for _, id := range sortedKeys(v.routes) {
		if routes := dot(dot("workloads", id), "routes"); under(path, routes) {
			return dot(at("alternatives", v.index), "routes."+id) + strings.TrimPrefix(path, routes)
		}
	}
	if v.patch != nil && touches(v.patch, path) {
		return dot(dot(at("alternatives", v.index), "patch"), path)
	}
	return path
}

// touches reports whether the patch writes at path, above it or below it. Ids may hold dots, so every member whose name
// begins the rest of the path is tried.
func touches(patch *document.Value, path string) bool {
	if patch.Kind() != document.Object || path == "" {
		return true
	}
	for _, m := range patch.Members() {
		if under(path, m.Name) && touches(m.Value, strings.TrimPrefix(strings.TrimPrefix(path, m.Name), ".")) {
			return true
		}
	}
	return false
}

// variants are the plan's alternatives, patched and routed, or the plan itself when it lists none. Problems found on
// the way carry the path in the original plan.
func (p *Plan) variants(out *problems) []*variant { return slices.Collect(p.eachVariant(out)) }

// eachVariant are variants one after the other: a patched one is a whole plan, and most callers need it once.
func (p *Plan) eachVariant(out *problems) iter.Seq[*variant] {
	return func(yield func(*variant) bool) {
		if len(p.Alternatives) == 0 {
			yield(&variant{id: BaseAlternative, name: p.Name, plan: p, index: -1})
			return
		}
		var root *document.Value
		for i, a := range p.Alternatives {
			v := &variant{id: a.ID, name: a.Name, plan: p, index: i, routes: a.Routes}
			if len(a.Patch) > 0 {
				if root == nil {
					root = p.unpatched(out)
				}
				v.applyPatch(root, a.Patch, out)
			}
			if v.applyRoutes(out); !yield(v) {
				return
			}
		}
	}
}

// unpatched is the tree that patches change: the plan without its alternatives, which no patch may change and of which
// each patched plan would be given a copy.
func (p *Plan) unpatched(out *problems) *document.Value {
	plan := *p
	plan.Alternatives = nil
	return document.ReadInto(plan.Canonical(), &out.list)
}

// applyPatch merges the patch and reads the plan again.
func (v *variant) applyPatch(root *document.Value, patch json.RawMessage, out *problems) {
	v.patch = document.ReadInto(patch, &out.list)
	if root == nil || v.patch == nil {
		return
	}
	var found problems
	plan := bindPlan(document.Merge(root, v.patch), &found)
	v.report(found, out)
	plan.keepRanges(v.plan, v.patch)
	if v.patch.Member("alternatives") == nil {
		plan.Alternatives = v.plan.Alternatives
	}
	v.plan = plan
}

// keepRanges drops from a patched plan the ranges of numbers that the patch states itself or takes away: there the
// alternative's own number counts. A range that the patch gives stays.
func (p *Plan) keepRanges(base *Plan, patch *document.Value) {
	if p.Uncertainty == nil || len(p.Uncertainty.Inputs) > MaxRanges {
		return
	}
	dropped := map[string]bool{}
	for path := range p.Uncertainty.Inputs {
		if !touches(patch, path) || touches(patch, dot("uncertainty.inputs", path)) {
			continue
		}
		if _, problem := (&numbers{plan: base}).find(path); problem == "" {
			delete(p.Uncertainty.Inputs, path)
			dropped[path] = true
		}
	}
	if len(dropped) > 0 {
		p.Uncertainty.Correlations = slices.DeleteFunc(p.Uncertainty.Correlations,
			func(r Correlation) bool { return dropped[r.A] || dropped[r.B] })
	}
}

// applyRoutes replaces the routes of the workloads that the alternative names.
func (v *variant) applyRoutes(out *problems) {
	if len(v.routes) == 0 {
		return
	}
	plan := *v.plan
	plan.Workloads = maps.Clone(v.plan.Workloads)
	for _, id := range sortedKeys(v.routes) {
		w, ok := plan.Workloads[id]
		if !ok {
			c := checker{p: &plan, out: out}
			c.unknown(dot(at("alternatives", v.index), "routes."+clip(id)), "workload", id,
				sortedKeys(v.plan.Workloads))
			continue
		}
		w.Routes = v.routes[id]
		plan.Workloads[id] = w
	}
	v.plan = &plan
}

// report adds the variant's problems under their paths in the original plan.
func (v *variant) report(found problems, out *problems) {
	for _, e := range found.list {
		out.add(v.path(e.Path), "%s", e.Message)
	}
}

// checkAlternatives checks the list itself, and each alternative as a plan of its own. What an alternative takes over
// from the plan has the same path and message there, and is said once.
func (p *Plan) checkAlternatives(out *problems) {
	seen := map[string]bool{}
	c := checker{p: p, out: out}
	for i, a := range p.Alternatives {
		c.unique(at("alternatives", i), a.ID, seen)
	}
	if p.Baseline != "" && len(p.Alternatives) == 0 && p.Baseline != BaseAlternative {
		out.add("baseline", "without alternatives it can only be %q", BaseAlternative)
	}
	if p.Baseline != "" && len(p.Alternatives) > 0 && !seen[p.Baseline] {
		c.unknown("baseline", "alternative", p.Baseline, sortedKeys(seen))
	}
	for v := range p.eachVariant(out) {
		if v.index >= 0 {
			v.check(p, out)
		}
	}
}

func (v *variant) check(p *Plan, out *problems) {
	path := dot(at("alternatives", v.index), "patch")
	if v.patch != nil {
		for _, name := range []string{"schema", "alternatives", "baseline"} {
			if v.patch.Member(name) != nil {
				out.add(dot(path, name), "a patch must not change it")
			}
		}
		if v.plan.baseCurrency() != p.baseCurrency() {
			out.add(dot(path, "currency"), "alternatives are compared in one currency, %s", p.baseCurrency())
		}
	}
	var found problems
	if v.patch != nil {
		checkPlan(v.plan, &found)
	} else {
		c := checker{p: v.plan, out: &found}
		c.countRoutes()
		for _, id := range sortedKeys(v.routes) {
			c.routes(dot(dot("workloads", id), "routes"), v.routes[id])
		}
	}
	v.report(found, out)
}
