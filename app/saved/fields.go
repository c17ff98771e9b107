package saved

import (
	"headroom/app/cells"
	"headroom/app/form"
	"headroom/views/table"
)

// planWords say a path of a plan and its value as the form does; what has no field there keeps its path and its JSON.
type planWords struct {
	specs    map[string]form.Spec // by path
	segments int
}

// wordsOf knows the fields of all the documents: one may have a workload that another has not.
func wordsOf(documents ...form.Document) planWords {
	w := planWords{specs: map[string]form.Spec{}}
	for _, d := range documents {
		w.segments = max(w.segments, len(d.Names("segments")))
		for _, spec := range form.AllSpecs(d) {
			if name := spec.Name(); w.specs[name].Label == "" {
				w.specs[name] = spec
			}
		}
	}
	return w
}

// label is "Chat: Input tokens".
func (w planWords) label(path []string) string {
	spec, ok := w.specs[form.Path(path...)]
	switch {
	case !ok:
		return form.Path(path...)
	case len(path) < 3 || path[0] == "segments" && w.segments < 2:
		return spec.Label
	case path[0] == "workloads" || path[0] == "offers" || path[0] == "segments":
		return cells.Title(path[1]) + ": " + spec.Label
	}
	return spec.Label
}

// cell is the value that a document has at a path, whose JSON is known.
func (w planWords) cell(d form.Document, path []string, value string) table.Cell {
	spec, ok := w.specs[form.Path(path...)]
	if !ok || value == "" {
		return valueCell(value)
	}
	text := spec.Read(d)
	if text == "" {
		return valueCell(value)
	}
	return table.Cell{Text: cells.JoinWords(" ", spec.Prefix, text, spec.Unit)}
}
