package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parse(t *testing.T, text string) Document {
	t.Helper()
	d, err := ParseDocument([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDocumentKeepsNumbersAsTheyCame(t *testing.T) {
	d := parse(t, `{"b":"0.30","a":1.50,"c":[1,2.0]}`)
	if got := string(d.Bytes()); got != `{"a":1.50,"b":"0.30","c":[1,2.0]}` {
		t.Errorf("Bytes() = %s", got)
	}
}

func TestDocumentSetMakesTheWayAndDeleteClearsIt(t *testing.T) {
	d := parse(t, `{"a":{"b":1}}`)
	d.Set("x", "offers", "azure.gpt", "prices", Item(0), "from")
	if got := d.Text("offers", "azure.gpt", "prices", Item(0), "from"); got != "x" {
		t.Errorf("a value that was set reads as %q", got)
	}
	d.Delete("offers", "azure.gpt", "prices", Item(0), "from")
	d.Delete("a", "b")
	if got, want := string(d.Bytes()), `{"offers":{"azure.gpt":{"prices":[{}]}}}`; got != want {
		t.Errorf("an emptied row does not keep its place: %s", got)
	}
	d.dropEmptyRows()
	if diff := cmp.Diff("{}", string(d.Bytes())); diff != "" {
		t.Errorf("emptied parents stay (-want +got):\n%s", diff)
	}
}

func TestCloneSharesNothing(t *testing.T) {
	d := parse(t, `{"a":{"b":[1]}}`)
	copied := d.Clone()
	copied.Set("changed", "a", "b", Item(0))
	if got := string(d.Bytes()); got != `{"a":{"b":[1]}}` {
		t.Errorf("the original changed to %s", got)
	}
}

func TestPathIsWrittenAsErrorsWriteIt(t *testing.T) {
	if got := Path("offers", "azure", "prices", Item(0), "input"); got != "offers.azure.prices[0].input" {
		t.Errorf("Path = %q", got)
	}
}

func TestOrderedKeepsTheArrangementOfPeople(t *testing.T) {
	const text = `{"workloads":{"chat":{"b":"<1>","a":1.50},"agent":{}},"offers":{"z":{},"a":{}},"segments":{"pro":{},"free":{}},"months":24}`
	d, err := ParseDocument([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"months":24,"offers":{"a":{},"z":{}},"segments":{"pro":{},"free":{}},"workloads":{"chat":{"a":1.50,"b":"<1>"},"agent":{}}}`
	if got := string(d.Ordered()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	d.Set(map[string]any{}, "workloads", "batch")
	d.Delete("workloads", "chat")
	if got := string(d.Ordered()); !strings.Contains(got, `"workloads":{"agent":{},"batch":{}}`) {
		t.Errorf("a new workload comes last: %s", got)
	}
	again, err := InOrderOf(d.Bytes(), d.Ordered())
	if err != nil || string(again) != string(d.Ordered()) {
		t.Errorf("got %s, %v", again, err)
	}
	odd := []byte(`{"workloads":[1],"segments":null}`)
	if d, err := ParseDocument(odd); err != nil || string(d.Ordered()) != `{"segments":null,"workloads":[1]}` {
		t.Errorf("members of another type: %s, %v", d.Ordered(), err)
	}
}
