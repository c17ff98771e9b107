package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"headroom/pricing/catalog"
)

// field is one member of a JSON object.
type field struct {
	key string
	raw json.RawMessage
}

// members reads a JSON object in order and gives each member to visit. Repeated keys are reported and their first value
// kept. Anything but an object, or text behind it, is an error with its line.
func members(data []byte, repeated func(key string, line int), visit func(f field)) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	fail := func(err error) error {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("%w: line %d: %w", ErrFile, lineAt(data, errorOffset(err, d.InputOffset())), err)
	}
	if start, err := d.Token(); err != nil {
		return fail(err)
	} else if start != json.Delim('{') {
		return fail(fmt.Errorf("want an object {...}, not %v", clip(fmt.Sprint(start))))
	}
	seen := map[string]bool{}
	line, counted := 1, int64(0) // of the key, counted so far
	for d.More() {
		if len(seen) == maxMembers {
			return fail(fmt.Errorf("more than %d members", maxMembers))
		}
		token, err := d.Token()
		if err != nil {
			return fail(err)
		}
		key, _ := token.(string)
		line += bytes.Count(data[counted:d.InputOffset()], []byte("\n"))
		counted = d.InputOffset()
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return fail(err)
		}
		switch {
		case seen[key]:
			repeated(key, line)
		default:
			seen[key] = true
			visit(field{key, raw})
		}
	}
	if _, err := d.Token(); err != nil {
		return fail(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fail(errors.New("text follows the end of the object"))
	}
	return nil
}

// errorOffset is the byte at which reading failed; -1 is the end.
func errorOffset(err error, at int64) int64 {
	var syntax *json.SyntaxError
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return -1
	}
	if errors.As(err, &syntax) && syntax.Offset > at {
		return syntax.Offset
	}
	return at
}

func lineAt(data []byte, offset int64) int {
	if offset < 0 {
		data = bytes.TrimSpace(data)
		offset = int64(len(data))
	}
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}

// object reads the fields of one model; what is not an object is reported and skipped.
func (c *collector) object(path string, raw json.RawMessage) []field {
	var fields []field
	err := members(raw, func(key string, _ int) { c.warn(path+"."+key, "is given twice; the first counts") },
		func(f field) { fields = append(fields, f) })
	if err != nil && kindOf(raw) == "an object" {
		c.warn(path, "%v; skipped", err)
		return nil
	}
	if err != nil {
		c.warn(path, "want an object, not %s; skipped", kindOf(raw))
		return nil
	}
	return fields
}

// elements reads a list of at most most values. What is none, or longer, is reported and skipped.
func (c *collector) elements(path string, raw json.RawMessage, most int) []json.RawMessage {
	d := json.NewDecoder(bytes.NewReader(raw))
	if start, err := d.Token(); err != nil || start != json.Delim('[') {
		c.warn(path, "want a list, not %s; skipped", kindOf(raw))
		return nil
	}
	var list []json.RawMessage
	for d.More() {
		if len(list) == most {
			c.warn(path, "has more than %d elements; the rest is left out", most)
			break
		}
		var element json.RawMessage
		if err := d.Decode(&element); err != nil { // the list was valid JSON when its object was read
			break
		}
		list = append(list, element)
	}
	return list
}

// kindOf names the JSON type of a value.
func kindOf(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "nothing"
	}
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a text"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "a number"
}

func (c *collector) text(path string, raw json.RawMessage) string {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		if kindOf(raw) != "null" {
			c.warn(path, "want a text, not %s; skipped", kindOf(raw))
		}
		return ""
	}
	if len(s) > maxTextLength || !utf8.ValidString(s) {
		c.warn(path, "a text of %d characters; skipped", len(s))
		return ""
	}
	return s
}

// number gives the literal of a JSON number.
func (c *collector) number(path string, raw json.RawMessage) (string, bool) {
	if kindOf(raw) != "a number" {
		if kindOf(raw) != "null" {
			c.warn(path, "want a number, not %s; skipped", kindOf(raw))
		}
		return "", false
	}
	return string(raw), true
}

// count reads a number of tokens: a whole number from 0 to 1e12, also when it is written as 1e6 or 1000000.0.
func (c *collector) count(path string, raw json.RawMessage) int64 {
	literal, ok := c.number(path, raw)
	if !ok {
		return 0
	}
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil || f < 0 || f > 1e12 || f != float64(int64(f)) {
		c.warn(path, "%s is no number of tokens; skipped", clip(literal))
		return 0
	}
	return int64(f)
}

func (c *collector) known(path string, raw json.RawMessage) catalog.Known {
	switch string(raw) {
	case "true":
		return catalog.Yes
	case "false":
		return catalog.No
	case "null":
		return catalog.Unknown
	}
	c.warn(path, "want true or false, not %s; skipped", kindOf(raw))
	return catalog.Unknown
}

func (c *collector) texts(path string, raw json.RawMessage) []string {
	var list []string
	for _, element := range c.elements(path, raw, maxListed) {
		if text := c.text(path, element); text != "" {
			list = append(list, strings.ToLower(text))
		}
	}
	return list
}
