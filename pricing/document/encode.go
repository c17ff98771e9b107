package document

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// JSON is the value without spaces, members in order. "<", ">" and "&" are escaped, as encoding/json does by default,
// so that addresses and pages may quote it.
func (v *Value) JSON() []byte { return encoder{escapeHTML: true}.value(nil, v, false) }

// Sorted is the value without spaces, members by name, so that equal values have equal bytes; "<", ">" and "&" stand
// for themselves. The members of those objects of the root that keep names stay in their order.
func (v *Value) Sorted(keep ...string) []byte {
	return encoder{sorted: true, keep: keep}.value(nil, v, false)
}

// encoder writes values in one of the two manners.
type encoder struct {
	escapeHTML, sorted bool
	keep               []string // names of members of the value, which keep their order
}

// value appends v; inOrder leaves its own members in their order.
func (e encoder) value(b []byte, v *Value, inOrder bool) []byte {
	switch v.Kind() {
	case Object:
		return e.object(b, v, inOrder)
	case List:
		e.keep = nil
		b = append(b, '[')
		for i, item := range v.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = e.value(b, item, false)
		}
		return append(b, ']')
	case String:
		return e.text(b, v.literal)
	case Null:
		return append(b, "null"...)
	default:
		return append(b, v.literal...)
	}
}

func (e encoder) object(b []byte, v *Value, inOrder bool) []byte {
	members := v.members
	if e.sorted && !inOrder && !slices.IsSortedFunc(members, byName) {
		members = slices.SortedFunc(slices.Values(members), byName)
	}
	keep := e.keep
	e.keep = nil
	b = append(b, '{')
	for i, m := range members {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(e.text(b, m.Name), ':')
		b = e.value(b, m.Value, slices.Contains(keep, m.Name))
	}
	return append(b, '}')
}

func byName(a, b Member) int { return strings.Compare(a.Name, b.Name) }

// text appends a JSON string; encoding a string cannot fail.
func (e encoder) text(b []byte, text string) []byte {
	if e.isPlain(text) {
		return append(append(append(b, '"'), text...), '"')
	}
	var out bytes.Buffer
	encode := json.NewEncoder(&out)
	encode.SetEscapeHTML(e.escapeHTML)
	_ = encode.Encode(text)
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// isPlain reports whether a string is written as it is: most are ASCII without anything to escape.
func (e encoder) isPlain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c > '~' || c == '"' || c == '\\', e.escapeHTML && (c == '<' || c == '>' || c == '&'):
			return false
		}
	}
	return true
}

// AppendString appends a text as a JSON string to b, escaped as Value.JSON escapes it.
func AppendString(b []byte, text string) []byte { return encoder{escapeHTML: true}.text(b, text) }
