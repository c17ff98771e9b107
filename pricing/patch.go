package pricing

import "errors"

// ErrPatch says that no merge patch leads to a document: RFC 7396 cannot set a member to null.
var ErrPatch = errors.New("a merge patch cannot set a member to null")

// MergePatch applies an RFC 7396 merge patch: members of patch replace those of doc, objects are merged, null removes.
// Text that is not JSON is an *InvalidError.
func MergePatch(doc, patch []byte) ([]byte, error) {
	target, change, err := twoTrees(doc, patch)
	if err != nil {
		return nil, err
	}
	return mergeNodes(target, change).appendJSON(nil), nil
}

// DiffPatch is the merge patch that turns from into to: MergePatch(from, DiffPatch(from, to)) equals to. A null member in
// to cannot be reached by a merge patch and gives an error that wraps ErrPatch.
func DiffPatch(from, to []byte) ([]byte, error) {
	a, b, err := twoTrees(from, to)
	if err != nil {
		return nil, err
	}
	if hasNullMember(b) {
		return nil, ErrPatch
	}
	return diffNodes(a, b).appendJSON(nil), nil
}

func twoTrees(a, b []byte) (*node, *node, error) {
	var out problems
	left, right := readTree(a, &out), readTree(b, &out)
	return left, right, out.err()
}

// mergeNodes never changes its arguments: what is kept is shared.
func mergeNodes(target, patch *node) *node {
	if patch.kind != objectNode {
		return patch
	}
	merged := &node{kind: objectNode}
	if target != nil && target.kind == objectNode {
		for _, m := range target.members {
			if change := patch.get(m.name); change == nil {
				merged.members = append(merged.members, m)
			} else if change.kind != nullNode {
				merged.members = append(merged.members, member{m.name, mergeNodes(m.value, change)})
			}
		}
	}
	for _, m := range patch.members {
		if m.value.kind != nullNode && (target == nil || target.get(m.name) == nil) {
			merged.members = append(merged.members, member{m.name, mergeNodes(nil, m.value)})
		}
	}
	return merged
}

func diffNodes(from, to *node) *node {
	if from.kind != objectNode || to.kind != objectNode {
		return to
	}
	patch := &node{kind: objectNode}
	for _, m := range from.members {
		other := to.get(m.name)
		switch {
		case other == nil:
			patch.members = append(patch.members, member{m.name, &node{kind: nullNode, text: "null"}})
		case !equalNodes(m.value, other):
			patch.members = append(patch.members, member{m.name, diffNodes(m.value, other)})
		}
	}
	for _, m := range to.members {
		if from.get(m.name) == nil {
			patch.members = append(patch.members, m)
		}
	}
	return patch
}

// equalNodes compares values; members may stand in any order, numbers are equal when their texts are.
func equalNodes(a, b *node) bool {
	if a.kind != b.kind || a.text != b.text || len(a.members) != len(b.members) || len(a.items) != len(b.items) {
		return false
	}
	for i := range a.items {
		if !equalNodes(a.items[i], b.items[i]) {
			return false
		}
	}
	for _, m := range a.members {
		if other := b.get(m.name); other == nil || !equalNodes(m.value, other) {
			return false
		}
	}
	return true
}

// hasNullMember looks through objects only: a list is replaced whole, nulls and all.
func hasNullMember(n *node) bool {
	for _, m := range n.members {
		if m.value.kind == nullNode || hasNullMember(m.value) {
			return true
		}
	}
	return false
}
