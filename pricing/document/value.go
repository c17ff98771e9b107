// Package document is one JSON tree that keeps the order of its members and its numbers as typed: it reads with the
// place of every error, edits by keys, merges and compares as RFC 7396 does, and writes.
//
// A [Value] never changes, so that trees share what they have in common and may be read by many at once. A [Document]
// is a place for one value that is edited. Nothing here knows what a plan is.
package document

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Kind is what a value is. Its text completes "must be ...".
type Kind uint8

// The kinds of JSON.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
)

// String is the kind as an error names it: "an object".
func (k Kind) String() string {
	return [...]string{"null", "true or false", "a number", "a text", "a list", "an object"}[k]
}

// Value is a JSON value. It never changes. All methods take nil, which stands for a value that is absent.
type Value struct {
	kind    Kind
	literal string // the decoded string; the text of a number or a bool
	members []Member
	items   []*Value
	index   map[string]int // of members, for wide objects
}

// Member is a named value of an object.
type Member struct {
	Name  string
	Value *Value
}

// wide is the number of members from which an object has an index, so that hostile documents stay linear.
const wide = 16

func newObject(members []Member) *Value {
	v := &Value{kind: Object, members: members}
	if len(members) > wide {
		v.index = make(map[string]int, len(members))
		for i := range members {
			v.index[members[i].Name] = i
		}
	}
	return v
}

var null = &Value{kind: Null, literal: "null"}

// Of is the value of what Go code writes down: nil, bool, int, string, json.Number, *Value, []*Value, []any, and
// map[string]any, whose members are put in order of their names. It panics on any other type.
func Of(v any) *Value {
	switch v := v.(type) {
	case *Value:
		if v == nil {
			return null
		}
		return v
	case nil:
		return null
	case string:
		return &Value{kind: String, literal: v}
	case json.Number:
		return &Value{kind: Number, literal: v.String()}
	case int:
		return &Value{kind: Number, literal: strconv.Itoa(v)}
	case bool:
		return &Value{kind: Bool, literal: strconv.FormatBool(v)}
	case []*Value:
		return &Value{kind: List, items: v}
	case []any:
		items := make([]*Value, len(v))
		for i := range v {
			items[i] = Of(v[i])
		}
		return &Value{kind: List, items: items}
	case map[string]any:
		members := make([]Member, 0, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			members = append(members, Member{name, Of(v[name])})
		}
		return newObject(members)
	}
	panic("document: no value is made of such a type")
}

// Kind is what the value is; Null when it is absent.
func (v *Value) Kind() Kind {
	if v == nil {
		return Null
	}
	return v.kind
}

// Stated reports whether the value is there and not null.
func (v *Value) Stated() bool { return v.Kind() != Null }

// Text is the string, and "" for everything else.
func (v *Value) Text() string {
	if v.Kind() != String {
		return ""
	}
	return v.literal
}

// Literal is the string, or the text of a number, a bool or null; "" for objects and lists.
func (v *Value) Literal() string {
	if v == nil {
		return ""
	}
	return v.literal
}

// Members are those of an object in order; the caller must not change them.
func (v *Value) Members() []Member {
	if v == nil {
		return nil
	}
	return v.members
}

// Items are those of a list; the caller must not change them.
func (v *Value) Items() []*Value {
	if v == nil {
		return nil
	}
	return v.items
}

// Member is the member of that name, nil where there is none.
func (v *Value) Member(name string) *Value {
	if i := v.find(name); i >= 0 {
		return v.members[i].Value
	}
	return nil
}

// find is the place of a member, -1 for none.
func (v *Value) find(name string) int {
	if v == nil {
		return -1
	}
	if v.index != nil {
		if i, ok := v.index[name]; ok {
			return i
		}
		return -1
	}
	return slices.IndexFunc(v.members, func(m Member) bool { return m.Name == name })
}

// With is the object with a member set: in its place, or behind the others. What is no object becomes one.
func (v *Value) With(name string, value any) *Value {
	members := slices.Clone(v.Members())
	if i := v.find(name); i >= 0 {
		members[i].Value = Of(value)
	} else {
		members = append(members, Member{name, Of(value)})
	}
	return newObject(members)
}

// Without is the object without a member.
func (v *Value) Without(name string) *Value {
	i := v.find(name)
	if i < 0 {
		return v
	}
	return newObject(slices.Delete(slices.Clone(v.members), i, i+1))
}

// Arranged is the object with its members in the order of names. Members that names leaves out come last, by name.
func (v *Value) Arranged(names []string) *Value {
	if v.Kind() != Object {
		return v
	}
	rank := make(map[string]int, len(names))
	for i, name := range names {
		rank[name] = i - len(names)
	}
	members := slices.Clone(v.members)
	slices.SortFunc(members, byName)
	slices.SortStableFunc(members, func(a, b Member) int { return rank[a.Name] - rank[b.Name] })
	return newObject(members)
}

// Names are the names of an object's members in order.
func (v *Value) Names() []string {
	names := make([]string, len(v.Members()))
	for i, m := range v.Members() {
		names[i] = m.Name
	}
	return names
}

// Num is a number by its text, such as "0.30", which must be one in JSON.
func Num(text string) *Value { return &Value{kind: Number, literal: text} }

// IsTrue reports whether the value is true.
func (v *Value) IsTrue() bool { return v.Kind() == Bool && v.literal == "true" }

// IsFalse reports whether the value is false.
func (v *Value) IsFalse() bool { return v.Kind() == Bool && v.literal == "false" }

// MarshalJSON is the value as JSON writes it.
func (v *Value) MarshalJSON() ([]byte, error) { return v.JSON(), nil }
