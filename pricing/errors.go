package pricing

import (
	"fmt"
	"slices"
	"strings"
)

// FieldError says what is wrong with one field of a plan, and what would be right.
type FieldError struct {
	Path    string `json:"path"` // "workloads.chat.routes[0].offer"; empty: the whole document
	Message string `json:"message"`
}

// Error is "path: message".
func (e FieldError) Error() string {
	if e.Path == "" {
		return e.Message
	}
	return e.Path + ": " + e.Message
}

// InvalidError refuses a plan. It holds every error found, at most MaxErrors, in the order of the document's checks.
type InvalidError struct{ Fields []FieldError }

// MaxErrors is how many errors one InvalidError lists.
const MaxErrors = 100

// Error is the first error, and how many more there are.
func (e *InvalidError) Error() string {
	switch len(e.Fields) {
	case 0:
		return "invalid plan"
	case 1:
		return e.Fields[0].Error()
	default:
		return fmt.Sprintf("%s (and %d more)", e.Fields[0].Error(), len(e.Fields)-1)
	}
}

// problems collects errors; each path and message once.
type problems struct{ list []FieldError }

func (p *problems) add(path, format string, args ...any) {
	e := FieldError{path, fmt.Sprintf(format, args...)}
	if len(p.list) < MaxErrors && !slices.Contains(p.list, e) {
		p.list = append(p.list, e)
	}
}

// at says whether something is wrong at path already, so that a value which could not be read is not called missing too.
func (p *problems) at(path string) bool {
	return slices.ContainsFunc(p.list, func(e FieldError) bool { return e.Path == path })
}

// missing reports a required field, unless it is there and could not be read.
func (p *problems) missing(path, format string, args ...any) {
	if !p.at(path) {
		p.add(path, "is required: "+format, args...)
	}
}

// full says that no more errors are kept, so that looking for them is idle.
func (p *problems) full() bool { return len(p.list) >= MaxErrors }

func (p *problems) err() error {
	if len(p.list) == 0 {
		return nil
	}
	return &InvalidError{Fields: p.list}
}

// dot joins a path and a field: "offers" and "azure" give "offers.azure".
func dot(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// at joins a path and an index: "routes" and 0 give "routes[0]".
func at(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// under says whether path is prefix itself or lies below it.
func under(path, prefix string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
