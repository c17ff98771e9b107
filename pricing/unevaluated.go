package pricing

// unevaluated is a field of the plan that evaluation does not use yet, and what that leaves out.
type unevaluated struct{ path, effect string }

// unevaluated lists the fields of the plan that are kept but not used yet, in a fixed order.
func (p *Plan) unevaluated() []unevaluated {
	var list []unevaluated
	if p.Uncertainty != nil {
		list = append(list, unevaluated{"uncertainty", "the figures are those of the plan's own numbers"})
	}
	return list
}
