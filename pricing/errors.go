package pricing

import (
	"slices"
	"strings"

	"headroom/pricing/document"
)

// FieldError says what is wrong with one field of a plan, and what would be right.
type FieldError = document.FieldError

// InvalidError refuses a plan. It holds every error found, at most MaxErrors, in the order of the document's checks.
type InvalidError = document.InvalidError

// MaxErrors is how many errors one InvalidError lists.
const MaxErrors = document.MaxErrors

// problems collects errors; each path and message once.
type problems struct{ list document.Problems }

func (p *problems) add(path, format string, args ...any) { p.list.Add(path, format, args...) }

// at reports whether something is wrong at path already, so that a value which could not be read is not called missing
// too.
func (p *problems) at(path string) bool {
	return slices.ContainsFunc(p.list, func(e FieldError) bool { return e.Path == path })
}

// missing reports a required field, unless it is there and could not be read.
func (p *problems) missing(path, format string, args ...any) {
	if !p.at(path) {
		p.add(path, "is required: "+format, args...)
	}
}

// full reports whether no more errors are kept, so that looking for them is idle.
func (p *problems) full() bool { return len(p.list) >= MaxErrors }

func (p *problems) err() error { return p.list.Err() }

// dot joins a path and a field: "offers" and "azure" give "offers.azure".
func dot(path, name string) string { return document.Join(path, name) }

// at joins a path and an index: "routes" and 0 give "routes[0]".
func at(path string, i int) string { return document.At(path, i) }

// under reports whether path is prefix itself or lies below it.
func under(path, prefix string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
