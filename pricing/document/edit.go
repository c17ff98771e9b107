package document

import (
	"slices"
	"strconv"
	"strings"
)

// Document is a value that is edited by keys. A key is a member's name, or "[2]" for the third item of a list. The zero
// Document is an empty object; reading takes a nil *Document for one, too.
type Document struct{ root *Value }

// New is a document that begins with a value; editing does not change the value.
func New(root *Value) *Document { return &Document{root} }

// Root is the document as it is now.
func (d *Document) Root() *Value {
	if d == nil || d.root == nil {
		return &Value{kind: Object}
	}
	return d.root
}

// Clone is a copy: editing one does not change the other.
func (d *Document) Clone() *Document { return New(d.Root()) }

// Get is the value at keys; false when it is absent or null.
func (d *Document) Get(keys ...string) (*Value, bool) {
	v := d.Root()
	for _, key := range keys {
		switch v.Kind() {
		case Object:
			v = v.Member(key)
		case List:
			i, ok := Index(key)
			if !ok || i >= len(v.items) {
				return nil, false
			}
			v = v.items[i]
		default:
			return nil, false
		}
	}
	if !v.Stated() {
		return nil, false
	}
	return v, true
}

// Index reads "[2]".
func Index(key string) (int, bool) {
	text, ok := strings.CutPrefix(key, "[")
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(strings.TrimSuffix(text, "]"))
	return i, err == nil && i >= 0
}

// Item is the key of item i of a list.
func Item(i int) string { return "[" + strconv.Itoa(i) + "]" }

// Path is keys as errors and form fields write them: "offers.azure.prices[0].input".
func Path(keys ...string) string {
	var b strings.Builder
	for i, key := range keys {
		if _, item := Index(key); i > 0 && !item {
			b.WriteByte('.')
		}
		b.WriteString(key)
	}
	return b.String()
}

// Set puts a value, which may be anything that Of takes, at keys and makes the objects and lists on the way. A list
// grows by at most one item.
func (d *Document) Set(value any, keys ...string) { d.root = set(d.Root(), Of(value), keys) }

func set(v, value *Value, keys []string) *Value {
	if len(keys) == 0 {
		return value
	}
	i, ok := Index(keys[0])
	if !ok {
		return v.With(keys[0], set(v.Member(keys[0]), value, keys[1:]))
	}
	items := slices.Clone(v.Items())
	if i >= len(items) {
		items = append(items, set(nil, value, keys[1:]))
	} else {
		items[i] = set(items[i], value, keys[1:])
	}
	return &Value{kind: List, items: items}
}

// Delete removes the value at keys, and every object and list that this leaves empty. An emptied item of a list keeps
// its place, so that the keys of the items behind it still lead to them.
func (d *Document) Delete(keys ...string) {
	last := len(keys) - 1
	if last < 0 {
		return
	}
	parent, _ := d.Get(keys[:last]...)
	if i, ok := Index(keys[last]); ok {
		if i < len(parent.Items()) {
			d.Set(slices.Delete(slices.Clone(parent.items), i, i+1), keys[:last]...)
		}
	} else if parent.Member(keys[last]) != nil {
		d.Set(parent.Without(keys[last]), keys[:last]...)
	}
	if last == 0 || !d.isEmpty(keys[:last]...) {
		return
	}
	if _, item := Index(keys[last-1]); !item {
		d.Delete(keys[:last]...)
	}
}

func (d *Document) isEmpty(keys ...string) bool {
	v, ok := d.Get(keys...)
	return ok && (v.kind == Object && len(v.members) == 0 || v.kind == List && len(v.items) == 0)
}

// Len is the number of items of the list at keys.
func (d *Document) Len(keys ...string) int {
	v, _ := d.Get(keys...)
	return len(v.Items())
}

// Text is the string at keys, or "".
func (d *Document) Text(keys ...string) string {
	v, _ := d.Get(keys...)
	return v.Text()
}

// Names are the names of the members of the object at keys, in order.
func (d *Document) Names(keys ...string) []string {
	v, _ := d.Get(keys...)
	return v.Names()
}
