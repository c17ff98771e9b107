package pricing

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// numbers finds numbers of a plan by path, such as "workloads.chat.output_tokens" or
// "offers.azure.quota.tokens_per_minute[1].value", and writes changed ones back. At each step the longest id that
// begins the rest of the path wins.
type numbers struct {
	plan    *Plan
	entries map[string]entry // members of the plan's maps, by path
	order   []entry
}

// entry is a copy of a member of one of the plan's maps; put writes it back.
type entry struct {
	value reflect.Value
	put   func()
}

const (
	noNumber = "leads to no number that the plan states"
	noRange  = "cannot be a range: it is pass or fail, or holds only together with the numbers beside it"
)

// unranged are the fields whose numbers cannot vary by themselves.
var unranged = [...]string{"load_profile", "load_multipliers", "routes", "up_to_mtok", "needs", "context_tokens",
	"seconds_to_first_token", "tokens_per_second"}

// find is the number at path, or why there is none. Numbers are found in copies of the plan's map members until
// publish.
func (n *numbers) find(path string) (found *Number, problem string) {
	name, rest, _ := strings.Cut(path, ".")
	p := n.plan
	switch name {
	case "segments":
		return entryOf(n, name, p.Segments, rest)
	case "workloads":
		return entryOf(n, name, p.Workloads, rest)
	case "offers":
		return entryOf(n, name, p.Offers, rest)
	case "gpu_pools":
		return entryOf(n, name, p.GPUPools, rest)
	case "sites":
		return entryOf(n, name, p.Sites, rest)
	case "fx":
		return entryOf(n, name, p.FX, rest)
	case "spend_caps":
		return entryOf(n, name, p.SpendCaps, rest)
	case "uncertainty", "alternatives", "dependencies":
		return nil, noNumber
	}
	return walk(reflect.ValueOf(p).Elem(), "."+path)
}

// publish writes the copies back into the plan.
func (n *numbers) publish() {
	for i := range n.order {
		n.order[i].put()
	}
}

// entryOf goes on in the member of a map whose id is the longest that begins the path.
func entryOf[T any](n *numbers, name string, members map[string]T, path string) (*Number, string) {
	id := ""
	for candidate := range members {
		if len(candidate) > len(id) && under(path, candidate) {
			id = candidate
		}
	}
	if id == "" {
		return nil, noNumber
	}
	key := dot(name, id)
	e, ok := n.entries[key]
	if !ok {
		value := new(T)
		*value = members[id]
		e = entry{reflect.ValueOf(value).Elem(), func() { members[id] = *value }}
		if n.entries == nil {
			n.entries = map[string]entry{}
		}
		n.entries[key] = e
		n.order = append(n.order, e)
	}
	return walk(e.value, path[len(id):])
}

// walk follows what is left of a path, which begins with "." and a field or "[" and an index.
func walk(v reflect.Value, path string) (*Number, string) {
	switch value := v.Addr().Interface().(type) {
	case *Number:
		if path != "" || value.IsZero() {
			return nil, noNumber
		}
		return value, ""
	case *Schedule:
		if path == "" {
			return walk(reflect.ValueOf(&value.Constant).Elem(), path)
		}
		v = reflect.ValueOf(&value.Steps).Elem()
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return walk(v.Elem(), path)
		}
	case reflect.Slice:
		return walkList(v, path)
	case reflect.Struct:
		return walkField(v, path)
	}
	return nil, noNumber
}

func walkList(v reflect.Value, path string) (*Number, string) {
	index, rest, ok := strings.Cut(path, "]")
	digits, list := strings.CutPrefix(index, "[")
	i, err := strconv.Atoi(digits)
	// One number has one path: [00] and [+1] are none, so that a range cannot escape what its field allows.
	if !ok || !list || err != nil || strconv.Itoa(i) != digits || i < 0 || i >= v.Len() {
		return nil, noNumber
	}
	return walk(v.Index(i), rest)
}

func walkField(v reflect.Value, path string) (*Number, string) {
	path, ok := strings.CutPrefix(path, ".")
	if !ok {
		return nil, noNumber
	}
	name := path
	if end := strings.IndexAny(path, ".["); end >= 0 {
		name = path[:end]
	}
	for i := range v.NumField() {
		if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag != name {
			continue
		}
		found, problem := walk(v.Field(i), path[len(name):])
		if found != nil && slices.Contains(unranged[:], name) {
			return nil, noRange
		}
		return found, problem
	}
	return nil, noNumber
}
