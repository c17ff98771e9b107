package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep a document may nest; a plan needs eight levels.
const maxDepth = 64

// Read reads one JSON document. A syntax error, which carries line and column, ends the reading, as do bytes that are
// not UTF-8 and nesting of more than 64 levels; duplicate members are reported together. The error is an
// *InvalidError.
func Read(data []byte) (*Value, error) {
	var found Problems
	v := ReadInto(data, &found)
	if err := found.Err(); err != nil {
		return nil, err
	}
	return v, nil
}

// ReadInto is Read for a caller who collects problems. The value is nil when the reading ended early, and holds the
// first of each pair of duplicates otherwise.
func ReadInto(data []byte, out *Problems) *Value {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		out.Add("", "%s: the text is not UTF-8", position(data, invalidOffset(data)))
		return nil
	}
	if !json.Valid(data) {
		var whole json.RawMessage
		out.Add("", "%s", syntaxMessage(data, json.Unmarshal(data, &whole)))
		return nil
	}
	r := &reader{data: data, out: out}
	root, err := r.value()
	if err != nil {
		out.Add("", "%s: %v", position(data, r.at), err)
		return nil
	}
	return root
}

// reader turns text that is known to be JSON into values.
type reader struct {
	data []byte
	at   int
	path []step // from the root to the value that is read
	out  *Problems
}

// step is a member's name, or an item's number where the name is not used.
type step struct {
	name string
	item int // -1: a member
}

var errDeep = fmt.Errorf("nested more than %d levels deep", maxDepth)

// value reads one value. When it fails, the reader stands behind the token that is too deep.
func (r *reader) value() (*Value, error) {
	r.space()
	switch r.data[r.at] {
	case '{', '[':
		open := r.data[r.at]
		r.at++
		if len(r.path) > maxDepth {
			return nil, errDeep
		}
		if open == '{' {
			return r.object()
		}
		return r.list()
	}
	v := r.scalar()
	if len(r.path) > maxDepth {
		return nil, errDeep
	}
	return v, nil
}

func (r *reader) scalar() *Value {
	switch r.data[r.at] {
	case '"':
		return &Value{kind: String, literal: r.text()}
	case 'n':
		r.at += len("null")
		return null
	case 't':
		r.at += len("true")
		return &Value{kind: Bool, literal: "true"}
	case 'f':
		r.at += len("false")
		return &Value{kind: Bool, literal: "false"}
	}
	start := r.at
	for r.at < len(r.data) && strings.IndexByte("+-.0123456789Ee", r.data[r.at]) >= 0 {
		r.at++
	}
	return &Value{kind: Number, literal: string(r.data[start:r.at])}
}

func (r *reader) object() (*Value, error) {
	var members []Member
	var seen map[string]bool // from wide members on
	for !r.closes('}') {
		name := r.text()
		r.space()
		r.at++ // the colon
		r.path = append(r.path, step{name: name, item: -1})
		value, err := r.value()
		if err != nil {
			return nil, err
		}
		if r.isTwice(&seen, members, name) {
			r.out.Add(r.where(), "is given twice; keep one of them")
		} else {
			members = append(members, Member{name, value})
		}
		r.path = r.path[:len(r.path)-1]
	}
	return newObject(members), nil
}

// isTwice reports whether a name is among the members; seen remembers them where they are many.
func (r *reader) isTwice(seen *map[string]bool, members []Member, name string) bool {
	if len(members) < wide {
		for i := range members {
			if members[i].Name == name {
				return true
			}
		}
		return false
	}
	if *seen == nil {
		*seen = make(map[string]bool, 2*wide)
		for _, m := range members {
			(*seen)[m.Name] = true
		}
	}
	twice := (*seen)[name]
	(*seen)[name] = true
	return twice
}

func (r *reader) list() (*Value, error) {
	v := &Value{kind: List}
	for !r.closes(']') {
		r.path = append(r.path, step{item: len(v.items)})
		item, err := r.value()
		if err != nil {
			return nil, err
		}
		v.items = append(v.items, item)
		r.path = r.path[:len(r.path)-1]
	}
	return v, nil
}

// closes passes a comma, or the bracket that ends an object or a list.
func (r *reader) closes(bracket byte) bool {
	r.space()
	if r.data[r.at] == ',' {
		r.at++
		r.space()
	}
	if r.data[r.at] != bracket {
		return false
	}
	r.at++
	return true
}

func (r *reader) space() {
	for r.at < len(r.data) && strings.IndexByte(" \t\r\n", r.data[r.at]) >= 0 {
		r.at++
	}
}

// text reads a string.
func (r *reader) text() string {
	start, plain := r.at, true
	for r.at++; r.data[r.at] != '"'; r.at++ {
		if r.data[r.at] == '\\' {
			plain = false
			r.at++
		}
	}
	r.at++
	if plain {
		return string(r.data[start+1 : r.at-1])
	}
	var decoded string
	// It is JSON, which was checked.
	_ = json.Unmarshal(r.data[start:r.at], &decoded)
	return decoded
}

// where is the path of the value that is read; long names of somebody else are cut.
func (r *reader) where() string {
	path := ""
	for _, s := range r.path {
		if s.item >= 0 {
			path = At(path, s.item)
		} else {
			path = Join(path, Clip(s.name))
		}
	}
	return path
}

// syntaxMessage says where JSON is broken and how.
func syntaxMessage(data []byte, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err.Error()
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "unexpected end") {
		return position(data, len(data)) + ": the text ends too early: a bracket or a quotation mark is not closed"
	}
	return position(data, int(syntax.Offset)-1) + ": " + err.Error()
}

// position is "line 3, column 5" of a byte offset; columns count characters.
func position(data []byte, offset int) string {
	before := data[:max(0, min(offset, len(data)))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("line %d, column %d", line, column)
}

func invalidOffset(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}
