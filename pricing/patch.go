package pricing

import (
	"headroom/pricing/document"
)

// MergePatch applies an RFC 7396 merge patch to the text of a plan, as [document.MergePatch] does.
func MergePatch(doc, patch []byte) ([]byte, error) { return document.MergePatch(doc, patch) }

// DiffPatch is the merge patch that turns a plan's text into another, as [document.DiffPatch] makes it.
func DiffPatch(from, to []byte) ([]byte, error) { return document.DiffPatch(from, to) }
