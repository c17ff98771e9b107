package form

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Document is a plan as JSON, addressed by keys. A key is a member's name, or "[2]" for the third item of a list. Only
// members that the form shows are touched; everything else passes through as it came.
type Document struct {
	root  map[string]any
	order map[string][]string // of the plan's own lists of named things: their names as the file has them
}

// ParseDocument reads a JSON object, keeping every number as its text.
func ParseDocument(data []byte) (Document, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var root map[string]any
	if err := decoder.Decode(&root); err != nil {
		return Document{}, fmt.Errorf("read plan: %w", err)
	}
	if root == nil {
		root = map[string]any{}
	}
	return Document{root, readOrder(data)}, nil
}

// readOrder reads the order of the members that people arranged: workloads and segments.
func readOrder(data []byte) map[string][]string {
	var plan struct{ Workloads, Segments memberNames }
	// The text was decoded before; a member of another type has no names, and the plan's own check refuses it.
	_ = json.Unmarshal(data, &plan)
	return map[string][]string{"workloads": plan.Workloads, "segments": plan.Segments}
}

// memberNames are the names of an object in their order.
type memberNames []string

// UnmarshalJSON reads the names and skips the values.
func (m *memberNames) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return err
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		text, _ := name.(string)
		*m = append(*m, text)
		var skipped json.RawMessage
		if err := decoder.Decode(&skipped); err != nil {
			return err
		}
	}
	return nil
}

// Bytes is the document as compact JSON with sorted members, so that equal documents have equal bytes.
func (d Document) Bytes() []byte { return encode(d.root) }

// Ordered is the document as compact JSON for people and for keeping: workloads and segments as they were arranged, all
// else sorted.
func (d Document) Ordered() []byte {
	members := maps.Clone(d.root)
	for list := range d.order {
		if object, ok := d.object(list); ok {
			members[list] = orderedObject{d.Names(list), object}
		}
	}
	return encode(members)
}

// InOrderOf is a document with workloads and segments as another text of the same plan arranges them.
func InOrderOf(document, arranged []byte) ([]byte, error) {
	d, err := ParseDocument(document)
	d.order = readOrder(arranged)
	return d.Ordered(), err
}

// orderedObject is an object whose members are written in an order of their own.
type orderedObject struct {
	names  []string
	values map[string]any
}

// MarshalJSON writes the members in order.
func (o orderedObject) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, name := range o.names {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, encode(name)...), ':'), encode(o.values[name])...)
	}
	return append(b, '}'), nil
}

// encode writes a tree of decoded JSON values, which always encodes.
func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(v)
	return bytes.TrimSpace(b.Bytes())
}

// Clone is a copy that shares nothing.
func (d Document) Clone() Document {
	root, _ := cloneValue(d.root).(map[string]any)
	return Document{root, d.order}
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		copied := make(map[string]any, len(v))
		for name, member := range v {
			copied[name] = cloneValue(member)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, item := range v {
			copied[i] = cloneValue(item)
		}
		return copied
	}
	return v
}

// Get is the value at keys; false when it is absent or null.
func (d Document) Get(keys ...string) (any, bool) {
	var v any = d.root
	for _, key := range keys {
		switch parent := v.(type) {
		case map[string]any:
			v = parent[key]
		case []any:
			i, ok := index(key)
			if !ok || i >= len(parent) {
				return nil, false
			}
			v = parent[i]
		default:
			return nil, false
		}
	}
	return v, v != nil
}

// index reads "[2]".
func index(key string) (int, bool) {
	text, ok := strings.CutPrefix(key, "[")
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(strings.TrimSuffix(text, "]"))
	return i, err == nil && i >= 0
}

// Item is the key of item i of a list.
func Item(i int) string { return "[" + strconv.Itoa(i) + "]" }

// Set puts a value at keys and makes the objects and lists on the way. A list grows by at most one item.
func (d Document) Set(value any, keys ...string) {
	last := len(keys) - 1
	if i, ok := index(keys[last]); ok {
		list, _ := d.list(keys[:last]...)
		if i >= len(list) {
			list = append(list, value)
		} else {
			list[i] = value
		}
		d.Set(list, keys[:last]...)
		return
	}
	parent, ok := d.object(keys[:last]...)
	if !ok {
		parent = map[string]any{}
		d.Set(parent, keys[:last]...)
	}
	parent[keys[last]] = value
}

// Delete removes the value at keys, and every object and list that this leaves empty.
func (d Document) Delete(keys ...string) {
	last := len(keys) - 1
	if last < 0 {
		return
	}
	if i, ok := index(keys[last]); ok {
		if list, ok := d.list(keys[:last]...); ok && i < len(list) {
			d.Set(slices.Delete(slices.Clone(list), i, i+1), keys[:last]...)
		}
	} else if parent, ok := d.object(keys[:last]...); ok {
		delete(parent, keys[last])
	}
	if last == 0 || !d.empty(keys[:last]...) {
		return
	}
	// An emptied row of a list keeps its place: the fields of the rows behind it still say their number. See dropEmptyRows.
	if _, row := index(keys[last-1]); !row {
		d.Delete(keys[:last]...)
	}
}

// dropEmptyRows takes the rows that were emptied out of their lists, and lists that become empty by that out of the plan.
func (d Document) dropEmptyRows() { dropEmptyRows(d.root) }

// dropEmptyRows says whether v became empty.
func dropEmptyRows(v any) (emptied bool) {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		return false
	}
	for name, member := range object {
		list, isList := member.([]any)
		if !isList {
			if dropEmptyRows(member) {
				delete(object, name)
			}
			continue
		}
		kept := slices.DeleteFunc(slices.Clone(list), func(row any) bool {
			fields, isRow := row.(map[string]any)
			return isRow && (dropEmptyRows(row) || len(fields) == 0)
		})
		if object[name] = kept; len(kept) == 0 && len(list) > 0 {
			delete(object, name)
		}
	}
	return len(object) == 0
}

func (d Document) empty(keys ...string) bool {
	v, _ := d.Get(keys...)
	switch v := v.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

func (d Document) object(keys ...string) (map[string]any, bool) {
	if len(keys) == 0 {
		return d.root, true
	}
	v, _ := d.Get(keys...)
	object, ok := v.(map[string]any)
	return object, ok
}

func (d Document) list(keys ...string) ([]any, bool) {
	v, _ := d.Get(keys...)
	list, ok := v.([]any)
	return list, ok
}

// Names is the member names of the object at keys: workloads and segments as the file has them, new ones behind; all
// else by name.
func (d Document) Names(keys ...string) []string {
	object, _ := d.object(keys...)
	var order []string
	if len(keys) == 1 {
		order = d.order[keys[0]]
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	rank := func(name string) int {
		if i := slices.Index(order, name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a, b)) })
	return names
}

// Len is the number of items of the list at keys.
func (d Document) Len(keys ...string) int {
	list, _ := d.list(keys...)
	return len(list)
}

// Text is the string at keys, or "".
func (d Document) Text(keys ...string) string {
	v, _ := d.Get(keys...)
	text, _ := v.(string)
	return text
}

// Decimal is the number or decimal string at keys.
func (d Document) Decimal(keys ...string) (decimal.Decimal, bool) {
	v, _ := d.Get(keys...)
	return toDecimal(v)
}

func toDecimal(v any) (decimal.Decimal, bool) {
	var text string
	switch v := v.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return decimal.Decimal{}, false
	}
	value, err := decimal.NewFromString(text)
	return value, err == nil && len(text) <= 40 && value.Exponent() > -400 && value.Exponent() < 400
}

// Path is keys as errors and form fields write them: "offers.azure.prices[0].input".
func Path(keys ...string) string {
	var b strings.Builder
	for i, key := range keys {
		if _, item := index(key); i > 0 && !item {
			b.WriteByte('.')
		}
		b.WriteString(key)
	}
	return b.String()
}

// number is how a figure enters the document: a JSON number with all its digits.
func number(value decimal.Decimal) json.Number { return json.Number(value.String()) }
