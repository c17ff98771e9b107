package form

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"headroom/pricing/document"
)

// Document is a plan as JSON that the form reads and edits by keys: a member's name, or "[2]" for the third item of a
// list. Only members that the form shows are touched; everything else passes through as it came.
type Document struct{ *document.Document }

// ParseDocument reads a JSON object, keeping every number as its text; null is an empty one.
func ParseDocument(data []byte) (Document, error) {
	root, err := document.Read(data)
	if err != nil {
		return Document{}, err
	}
	if root.Stated() && root.Kind() != document.Object {
		return Document{}, fmt.Errorf("read plan: a plan is a JSON object, not %s", root.Kind())
	}
	return DocumentOf(root), nil
}

// DocumentOf is a document that begins as a JSON object that was read already. Editing it leaves the object as it is.
func DocumentOf(root *document.Value) Document {
	if !root.Stated() {
		root = nil
	}
	return Document{document.New(root)}
}

// scratch is a document of values that are in no plan yet.
func scratch(members map[string]any) Document { return DocumentOf(document.Of(members)) }

// arranged are the plan's own lists of named things, which people put in an order.
func arranged() []string { return []string{"workloads", "segments"} }

// Bytes is the document as compact JSON with sorted members, so that equal documents have equal bytes.
func (d Document) Bytes() []byte { return d.Root().Sorted() }

// Ordered is the document as compact JSON for people and for keeping: workloads and segments as they were arranged, all
// else sorted.
func (d Document) Ordered() []byte { return d.Root().Sorted(arranged()...) }

// InOrderOf is a document with workloads and segments as another text of the same plan arranges them.
func InOrderOf(text, like []byte) ([]byte, error) {
	d, err := ParseDocument(text)
	if err != nil {
		return nil, err
	}
	other, err := ParseDocument(like)
	if err != nil {
		return nil, err
	}
	for _, list := range arranged() {
		if v, ok := d.Get(list); ok {
			d.Set(v.Arranged(other.Names(list)), list)
		}
	}
	return d.Ordered(), nil
}

// Clone is a copy: editing one does not change the other.
func (d Document) Clone() Document { return Document{d.Document.Clone()} }

// Merge applies an RFC 7396 merge patch. Text that is not JSON is a *pricing.InvalidError.
func (d Document) Merge(patch []byte) error {
	change, err := document.Read(patch)
	if err == nil {
		d.Set(document.Merge(d.Root(), change))
	}
	return err
}

// Item is the key of item i of a list.
func Item(i int) string { return document.Item(i) }

// Path is keys as errors and form fields write them: "offers.azure.prices[0].input".
func Path(keys ...string) string { return document.Path(keys...) }

// dropEmptyRows takes the rows that were emptied out of their lists, and lists that become empty by that out of the
// plan.
func (d Document) dropEmptyRows() { d.Set(withoutEmptyRows(d.Root())) }

// withoutEmptyRows leaves an object without members where nothing else was in it.
func withoutEmptyRows(object *document.Value) *document.Value {
	for _, m := range object.Members() {
		kept := m.Value
		switch m.Value.Kind() {
		case document.Object:
			kept = withoutEmptyRows(m.Value)
		case document.List:
			kept = withoutEmptyItems(m.Value)
		}
		if kept == m.Value {
			continue
		}
		if isEmpty(kept) {
			object = object.Without(m.Name)
		} else {
			object = object.With(m.Name, kept)
		}
	}
	return object
}

func withoutEmptyItems(list *document.Value) *document.Value {
	var kept []*document.Value
	changed := false
	for _, row := range list.Items() {
		item := row
		if row.Kind() == document.Object {
			item = withoutEmptyRows(row)
		}
		changed = changed || item != row
		if item.Kind() == document.Object && isEmpty(item) {
			changed = true
			continue
		}
		kept = append(kept, item)
	}
	if !changed {
		return list
	}
	return document.Of(kept)
}

func isEmpty(v *document.Value) bool { return len(v.Members()) == 0 && len(v.Items()) == 0 }

// list is the items of the list at keys.
func (d Document) list(keys ...string) ([]*document.Value, bool) {
	v, _ := d.Get(keys...)
	return v.Items(), v.Kind() == document.List
}

// Names is the member names of the object at keys: workloads and segments as the file has them, new ones behind; all
// else by name.
func (d Document) Names(keys ...string) []string {
	names := d.Document.Names(keys...)
	if len(keys) != 1 || !slices.Contains(arranged(), keys[0]) {
		slices.Sort(names)
	}
	return names
}

// Decimal is the number or decimal string at keys.
func (d Document) Decimal(keys ...string) (decimal.Decimal, bool) {
	v, _ := d.Get(keys...)
	return toDecimal(v)
}

func toDecimal(v *document.Value) (decimal.Decimal, bool) {
	if v.Kind() != document.Number && v.Kind() != document.String {
		return decimal.Decimal{}, false
	}
	text := v.Literal()
	value, err := decimal.NewFromString(text)
	return value, err == nil && len(text) <= 40 && value.Exponent() > -400 && value.Exponent() < 400
}

// number is how a figure enters the document: a JSON number with all its digits.
func number(value decimal.Decimal) *document.Value { return document.Num(value.String()) }
