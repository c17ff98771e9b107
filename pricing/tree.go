package pricing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// node is a JSON value with its members in the order of the text and its numbers as typed.
type node struct {
	kind    nodeKind
	text    string // the decoded string; the literal of a number or a bool
	members []member
	items   []*node
	index   map[string]int // of members, built by get for wide objects
}

type member struct {
	name  string
	value *node
}

type nodeKind string

const (
	objectNode nodeKind = "an object"
	arrayNode  nodeKind = "a list"
	stringNode nodeKind = "a text"
	numberNode nodeKind = "a number"
	boolNode   nodeKind = "true or false"
	nullNode   nodeKind = "null"
)

// maxDepth is how deep a document may nest; a plan needs eight levels.
const maxDepth = 64

// get is the member of that name, or nil. Wide objects are indexed, so that hostile patches stay linear.
func (n *node) get(name string) *node {
	if len(n.members) > 16 {
		if n.index == nil {
			n.index = make(map[string]int, len(n.members))
			for i := range n.members {
				n.index[n.members[i].name] = i
			}
		}
		if i, ok := n.index[name]; ok {
			return n.members[i].value
		}
		return nil
	}
	for i := range n.members {
		if n.members[i].name == name {
			return n.members[i].value
		}
	}
	return nil
}

// treeReader turns tokens into nodes and notes duplicate members with their path.
type treeReader struct {
	decoder *json.Decoder
	out     *problems
}

// readTree parses one JSON document. A syntax error, which carries line and column, ends the reading; duplicate members
// are reported together.
func readTree(data []byte, out *problems) *node {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		out.add("", "%s: the text is not UTF-8", position(data, invalidOffset(data)))
		return nil
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		out.add("", "%s", syntaxMessage(data, err))
		return nil
	}
	r := &treeReader{json.NewDecoder(bytes.NewReader(data)), out}
	r.decoder.UseNumber()
	root, err := r.value("", 0)
	if err != nil {
		out.add("", "%s: %v", position(data, int(r.decoder.InputOffset())), err)
		return nil
	}
	return root
}

func (r *treeReader) value(path string, depth int) (*node, error) {
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("nested more than %d levels deep", maxDepth)
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return r.object(path, depth)
		}
		return r.array(path, depth)
	case string:
		return &node{kind: stringNode, text: t}, nil
	case json.Number:
		return &node{kind: numberNode, text: t.String()}, nil
	case bool:
		return &node{kind: boolNode, text: fmt.Sprint(t)}, nil
	default:
		return &node{kind: nullNode, text: "null"}, nil
	}
}

func (r *treeReader) object(path string, depth int) (*node, error) {
	n := &node{kind: objectNode}
	seen := map[string]bool{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string)
		value, err := r.value(dot(path, clip(name)), depth+1)
		if err != nil {
			return nil, err
		}
		if seen[name] {
			r.out.add(dot(path, clip(name)), "is given twice; keep one of them")
			continue
		}
		seen[name] = true
		n.members = append(n.members, member{name, value})
	}
	_, err := r.decoder.Token()
	return n, err
}

func (r *treeReader) array(path string, depth int) (*node, error) {
	n := &node{kind: arrayNode}
	for r.decoder.More() {
		value, err := r.value(at(path, len(n.items)), depth+1)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, value)
	}
	_, err := r.decoder.Token()
	return n, err
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

// appendJSON writes the value without spaces.
func (n *node) appendJSON(b []byte) []byte {
	switch n.kind {
	case objectNode:
		b = append(b, '{')
		for i, m := range n.members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.name), ':')
			b = m.value.appendJSON(b)
		}
		return append(b, '}')
	case arrayNode:
		b = append(b, '[')
		for i, item := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case stringNode:
		return appendString(b, n.text)
	default:
		return append(b, n.text...)
	}
}

// appendString writes a JSON string; encoding a string cannot fail.
func appendString(b []byte, text string) []byte {
	encoded, _ := json.Marshal(text)
	return append(b, encoded...)
}
