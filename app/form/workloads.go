package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

var identifier = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,59}$`)

// AddWorkload adds a kind of request that is like the first one: the person changes what differs.
func AddWorkload(d Document) string {
	names := d.Names("workloads")
	id := "workload-1"
	for n := 1; ; n++ {
		id = fmt.Sprintf("workload-%d", n)
		if _, taken := d.Get("workloads", id); !taken {
			break
		}
	}
	workload := map[string]any{
		"requests_per_user_day": json.Number("1"), "input_tokens": json.Number("1000"),
		"output_tokens": json.Number("300"),
	}
	if segments := d.Names("segments"); len(segments) > 0 {
		workload["segment"] = segments[0]
	}
	if len(names) > 0 {
		routes, _ := d.Get("workloads", names[0], "routes")
		workload["routes"] = routes
		workload["segment"] = d.Text("workloads", names[0], "segment")
	}
	d.Set(workload, "workloads", id)
	return id
}

// RemoveWorkload takes a workload away; a plan needs one, so the last stays.
func RemoveWorkload(d Document, id string) error {
	if len(d.Names("workloads")) < 2 {
		return errors.New("a plan needs at least one workload: change this one instead")
	}
	d.Delete("workloads", id)
	for i := range d.Len("alternatives") {
		d.Delete("alternatives", Item(i), "routes", id)
	}
	(&Outcome{Document: d}).dropUnused()
	forgetLostRanges(d)
	return nil
}

// RenameWorkload gives a workload another id, in alternatives and ranges too.
func RenameWorkload(d Document, from, to string) error {
	switch _, taken := d.Get("workloads", to); {
	case from == to:
		return nil
	case !identifier.MatchString(to):
		return errors.New("use small letters, digits, points and dashes, and begin with a letter or digit")
	case taken:
		return fmt.Errorf("there is a workload “%s” already", to)
	}
	move(d, []string{"workloads"}, from, to)
	for i := range d.Len("alternatives") {
		move(d, []string{"alternatives", Item(i), "routes"}, from, to)
	}
	prefix := "workloads." + from + "."
	for _, path := range d.Names("uncertainty", "inputs") {
		if len(path) > len(prefix) && path[:len(prefix)] == prefix {
			renamed := "workloads." + to + "." + path[len(prefix):]
			move(d, []string{"uncertainty", "inputs"}, path, renamed)
			renameCorrelated(d, path, renamed)
		}
	}
	return nil
}

// move renames a member of the object at keys.
func move(d Document, keys []string, from, to string) {
	if value, ok := d.Get(append(append([]string{}, keys...), from)...); ok {
		d.Set(value, append(append([]string{}, keys...), to)...)
		d.Delete(append(append([]string{}, keys...), from)...)
	}
}
