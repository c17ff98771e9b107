package pricing

import (
	"encoding/json"
	"slices"

	"headroom/pricing/document"
)

// ParsePlan reads a plan strictly: unknown fields, duplicate members, trailing text and everything else that the format
// refuses and that needs no price catalogue. The error is an *InvalidError that lists all of it with paths; a syntax
// error carries line and column.
func ParsePlan(data []byte) (*Plan, error) {
	var out problems
	if len(data) > MaxPlanBytes {
		out.add("", "the plan has %d bytes; at most %d are read", len(data), MaxPlanBytes)
		return nil, out.err()
	}
	root := document.ReadInto(data, &out.list)
	if root == nil {
		return nil, out.err()
	}
	return planOf(root, &out)
}

// PlanOf is ParsePlan for a document that was read already, and leaves it as it is.
func PlanOf(root *document.Value) (*Plan, error) { return planOf(root, &problems{}) }

// planOf adds what is wrong to what the reader of the document found.
func planOf(root *document.Value, out *problems) (*Plan, error) {
	if root.Kind() != document.Object {
		out.add("", "a plan is a JSON object, not %s", root.Kind())
		return nil, out.err()
	}
	plan := bindPlan(root, out)
	checkPlan(plan, out)
	if len(plan.Alternatives) <= MaxAlternatives {
		plan.checkAlternatives(out)
	}
	if err := out.err(); err != nil {
		return nil, err
	}
	plan.checked = plan
	return plan, nil
}

// check is ParsePlan's validation for a plan that was built in Go or copied and changed.
func (p *Plan) check() error {
	if p.checked == p {
		return nil
	}
	var out problems
	checkPlan(p, &out)
	if len(p.Alternatives) <= MaxAlternatives {
		p.checkAlternatives(&out)
	}
	return out.err()
}

// WithAlternatives is the plan with those of its alternatives that keep reports. Each is valid on its own, so what is
// left of a valid plan is valid; a baseline that is not kept is left out.
func (p *Plan) WithAlternatives(keep func(id string) bool) *Plan {
	plan := *p
	plan.Alternatives = slices.DeleteFunc(slices.Clone(p.Alternatives), func(a Alternative) bool { return !keep(a.ID) })
	if !slices.Contains(plan.AlternativeIDs(), plan.Baseline) {
		plan.Baseline = ""
	}
	if p.checked == p {
		plan.checked = &plan
	}
	return &plan
}

// Canonical is the plan as JSON: fields in the order of the format, members of maps by name, numbers as typed.
func (p *Plan) Canonical() []byte {
	data, err := json.Marshal(p)
	if err != nil {
		panic("pricing: a plan that was read cannot fail to be written: " + err.Error())
	}
	return data
}

// AlternativeIDs lists what Evaluate answers for, in the plan's order.
func (p *Plan) AlternativeIDs() []string {
	if len(p.Alternatives) == 0 {
		return []string{BaseAlternative}
	}
	ids := make([]string, len(p.Alternatives))
	for i, a := range p.Alternatives {
		ids[i] = a.ID
	}
	return ids
}

// BaselineID is the alternative that differences are taken against.
func (p *Plan) BaselineID() string {
	if p.Baseline != "" {
		return p.Baseline
	}
	return p.AlternativeIDs()[0]
}
