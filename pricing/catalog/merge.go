package catalog

import "slices"

// mergeFacts takes from in what o does not know, and its names. models.dev is the better source of metadata: what it
// states replaces what LiteLLM said.
func mergeFacts(o, in *Offer) {
	better := slices.ContainsFunc(in.Rows, func(r Row) bool { return r.Source == "models.dev" })
	for _, alias := range in.Aliases {
		if !slices.Contains(o.Aliases, alias) {
			o.Aliases = append(o.Aliases, alias)
		}
	}
	slices.Sort(o.Aliases)
	take(&o.Model, in.Model, false)
	take(&o.Lab, in.Lab, false)
	take(&o.Release, in.Release, false)
	take(&o.Retires, in.Retires, true)
	take(&o.Lifecycle, in.Lifecycle, true)
	take(&o.Mode, in.Mode, false)
	take(&o.ContextTokens, in.ContextTokens, better)
	take(&o.MaxOutputTokens, in.MaxOutputTokens, better)
	take(&o.Tools, in.Tools, better)
	if len(in.InputModalities) > 0 && (better || len(o.InputModalities) == 0) {
		o.InputModalities = in.InputModalities
	}
	if len(in.OutputModalities) > 0 && (better || len(o.OutputModalities) == 0) {
		o.OutputModalities = in.OutputModalities
	}
}

// take sets to from a known value when to is unknown, or when the value is the better one.
func take[T comparable](to *T, value T, better bool) {
	var unknown T
	if value != unknown && (better || *to == unknown) {
		*to = value
	}
}

// mergeModel is old with what in knows; the newer statement wins.
func mergeModel(old, in Model) Model {
	old.ID = in.ID
	take(&old.Name, in.Name, true)
	take(&old.Lab, in.Lab, true)
	take(&old.Family, in.Family, true)
	take(&old.OpenWeights, in.OpenWeights, true)
	take(&old.ContextTokens, in.ContextTokens, true)
	take(&old.Released, in.Released, true)
	take(&old.Knowledge, in.Knowledge, true)
	take(&old.Reasoning, in.Reasoning, true)
	return old
}
