package workspace

import (
	"bytes"
	"net/url"
	"testing"
)

func TestAChangedPlanOfAnAddressIsReadAndMergedOnce(t *testing.T) {
	base := PlanBase{Body: []byte(`{"months":12,"note":"base"}`)}
	state, err := StateOf(base, url.Values{"d": {`{"months":24}`}})
	if err != nil {
		t.Fatal(err)
	}
	first, err := state.Document()
	if err != nil || !bytes.Contains(first.Bytes(), []byte("24")) {
		t.Fatalf("%s %v", first.Bytes(), err)
	}
	view := state
	view.View.Sort = "cost"
	if again, err := view.Document(); err != nil || again.Root() != first.Root() {
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

func TestEditingTheDocumentOfAStateLeavesTheStateAsItIs(t *testing.T) {
	state, err := StateOf(PlanBase{Body: []byte(`{"months":12}`)}, url.Values{"d": {`{"note":"n"}`}})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := state.Document()
	if err != nil {
		t.Fatal(err)
	}
	doc.Set(48, "months")
	if body, err := state.Body(); err != nil || string(body) != `{"months":12,"note":"n"}` {
		t.Errorf("the state became %s, %v", body, err)
	}
}
