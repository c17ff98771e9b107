package document

import "errors"

// ErrPatch says that no merge patch leads to a document: RFC 7396 cannot set a member to null.
var ErrPatch = errors.New("a merge patch cannot set a member to null")

// MergePatch applies an RFC 7396 merge patch to the text of a document. Text that is not JSON is an *InvalidError.
func MergePatch(doc, patch []byte) ([]byte, error) {
	target, change, err := readBoth(doc, patch)
	if err != nil {
		return nil, err
	}
	return Merge(target, change).JSON(), nil
}

// DiffPatch is the merge patch that turns from into to: MergePatch(from, DiffPatch(from, to)) equals to. A null
// member in to cannot be reached by a merge patch and gives an error that wraps ErrPatch.
func DiffPatch(from, to []byte) ([]byte, error) {
	a, b, err := readBoth(from, to)
	if err != nil {
		return nil, err
	}
	patch, err := Diff(a, b)
	if err != nil {
		return nil, err
	}
	return patch.JSON(), nil
}

func readBoth(a, b []byte) (*Value, *Value, error) {
	var out Problems
	left, right := ReadInto(a, &out), ReadInto(b, &out)
	return left, right, out.Err()
}

// Merge applies an RFC 7396 merge patch: members of patch replace those of target, objects are merged, null removes.
// What stays keeps its place, what is new comes behind in the patch's order. Target may be nil.
func Merge(target, patch *Value) *Value {
	if patch.kind != Object {
		return patch
	}
	var merged []Member
	if target.Kind() == Object {
		for _, m := range target.members {
			if change := patch.Member(m.Name); change == nil {
				merged = append(merged, m)
			} else if change.kind != Null {
				merged = append(merged, Member{m.Name, Merge(m.Value, change)})
			}
		}
	}
	for _, m := range patch.members {
		if m.Value.kind != Null && target.Member(m.Name) == nil {
			merged = append(merged, Member{m.Name, Merge(nil, m.Value)})
		}
	}
	return newObject(merged)
}

// Diff is the merge patch that turns from into to, an error that wraps ErrPatch where there is none.
func Diff(from, to *Value) (*Value, error) {
	if hasNullMember(to) {
		return nil, ErrPatch
	}
	return diff(from, to), nil
}

func diff(from, to *Value) *Value {
	if from.kind != Object || to.kind != Object {
		return to
	}
	var patch []Member
	for _, m := range from.members {
		other := to.Member(m.Name)
		switch {
		case other == nil:
			patch = append(patch, Member{m.Name, null})
		case !Equal(m.Value, other):
			patch = append(patch, Member{m.Name, diff(m.Value, other)})
		}
	}
	for _, m := range to.members {
		if from.Member(m.Name) == nil {
			patch = append(patch, m)
		}
	}
	return newObject(patch)
}

// Equal compares values; members may stand in any order, numbers are equal when their texts are.
func Equal(a, b *Value) bool {
	if a == nil || b == nil || a == b {
		return a == b
	}
	if a.kind != b.kind || a.literal != b.literal || len(a.members) != len(b.members) || len(a.items) != len(b.items) {
		return false
	}
	for i := range a.items {
		if !Equal(a.items[i], b.items[i]) {
			return false
		}
	}
	for _, m := range a.members {
		if other := b.Member(m.Name); other == nil || !Equal(m.Value, other) {
			return false
		}
	}
	return true
}

// hasNullMember looks through objects only: a list is replaced whole, nulls and all.
func hasNullMember(v *Value) bool {
	for _, m := range v.members {
		if m.Value.kind == Null || hasNullMember(m.Value) {
			return true
		}
	}
	return false
}
