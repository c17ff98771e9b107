package document

import (
	"fmt"
	"slices"
	"strings"
)

// FieldError says what is wrong with one field of a document, and what would be right.
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

// InvalidError refuses a document. It holds every error found, at most MaxErrors, in the order of the checks.
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

// Problems collects errors, each path and message once, at most MaxErrors.
type Problems []FieldError

// Add notes an error; it is dropped when the list is full or has it already.
func (p *Problems) Add(path, format string, args ...any) {
	e := FieldError{path, fmt.Sprintf(format, args...)}
	if len(*p) < MaxErrors && !slices.Contains(*p, e) {
		*p = append(*p, e)
	}
}

// Err is an *InvalidError with all of them, nil when there is none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &InvalidError{Fields: p}
}

// Join puts a member's name behind a path: "offers" and "azure" give "offers.azure".
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// At puts an item's number behind a path: "routes" and 0 give "routes[0]".
func At(path string, i int) string { return path + Item(i) }

// Clip shortens a text of somebody else for a message, to 60 bytes.
func Clip(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:57], "") + "..."
	}
	return text
}
