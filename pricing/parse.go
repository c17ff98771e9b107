package pricing

import (
	"encoding/json"

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
	if root.Kind() != document.Object {
		out.add("", "a plan is a JSON object, not %s", root.Kind())
		return nil, out.err()
	}
	plan := bindPlan(root, &out)
	checkPlan(plan, &out)
	if len(plan.Alternatives) <= MaxAlternatives {
		plan.checkAlternatives(&out)
	}
	if err := out.err(); err != nil {
		return nil, err
	}
	return plan, nil
}

// check is ParsePlan's validation for a plan that was built or changed in Go.
func (p *Plan) check() error {
	var out problems
	checkPlan(p, &out)
	if len(p.Alternatives) <= MaxAlternatives {
		p.checkAlternatives(&out)
	}
	return out.err()
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
