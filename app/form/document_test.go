package form

import (
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
