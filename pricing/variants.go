package pricing

import (
	"reflect"

	"headroom/pricing/document"
)

// Variant is one alternative as a plan of its own: patched and routed.
type Variant struct {
	ID, Name string
	Plan     *Plan
}

// Variants are the alternatives of a valid plan in its order; the plan itself when it lists none. An error is an
// *InvalidError.
func (p *Plan) Variants() ([]Variant, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var out problems
	var list []Variant
	for _, v := range p.variants(&out) {
		list = append(list, Variant{v.id, v.name, v.plan})
	}
	return list, out.err()
}

// BaseCurrency is the plan's currency, USD when it states none.
func (p *Plan) BaseCurrency() string { return p.baseCurrency() }

// Bind reads one JSON object into the struct that into points to, as strictly as a plan is read: unknown fields,
// duplicate members and wrong types are refused with their path, which begins with path. Members are named by the
// struct tag `tag`, and by `json` where a field has none. Fields hold Number, growth.Month, text, bool, int, and
// structs, lists, maps and pointers of them. The error is an *InvalidError.
func Bind(data []byte, path, tag string, into any) error {
	var out problems
	if len(data) > MaxPlanBytes {
		out.add(path, "has %d bytes; at most %d are read", len(data), MaxPlanBytes)
		return out.err()
	}
	root := document.ReadInto(data, &out.list)
	if root == nil {
		return out.err()
	}
	b := &binder{&out, map[reflect.Type]map[string]int{}, tag}
	b.bind(path, root, reflect.ValueOf(into).Elem())
	return out.err()
}

// PlanProviders are the sellers of tokens that the plan format names, in its order.
func PlanProviders() []string { return planProviders() }
