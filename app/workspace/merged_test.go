package workspace

import (
	"bytes"
	"net/url"
	"testing"
)

func TestAChangedPlanOfAnAddressIsMergedOnce(t *testing.T) {
	base := PlanBase{Body: []byte(`{"months":12,"note":"base"}`)}
	state, err := StateOf(base, url.Values{"d": {`{"months":24}`}})
	if err != nil {
		t.Fatal(err)
	}
	first, err := state.Body()
	if err != nil || !bytes.Contains(first, []byte("24")) {
		t.Fatalf("%s %v", first, err)
	}
	view := state
	view.View.Sort = "cost"
	if again, err := view.Body(); err != nil || &again[0] != &first[0] {
		t.Errorf("a copy with another view merges again: %v", err)
	}
	state.Patch = NewPatch([]byte(`{"months":36}`))
	if other, err := state.Body(); err != nil || !bytes.Contains(other, []byte("36")) {
		t.Errorf("another patch: %s %v", other, err)
	}
	state.Base.Body = []byte(`{"months":12,"note":"else"}`)
	if other, err := state.Body(); err != nil || !bytes.Contains(other, []byte("else")) {
		t.Errorf("another base: %s %v", other, err)
	}
}
