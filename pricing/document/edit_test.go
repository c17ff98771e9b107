package document

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSetMakesTheWayAndKeepsTheOrder(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		keys       []string
		want       string
	}{
		{"a member in its place", `{"b":1,"a":2}`, []string{"b"}, `{"b":"x","a":2}`},
		{"a new member behind the others", `{"b":1,"a":2}`, []string{"aa"}, `{"b":1,"a":2,"aa":"x"}`},
		{"objects and lists on the way", `{}`, []string{"a", "[0]", "b"}, `{"a":[{"b":"x"}]}`},
		{"a list grows by one", `{"a":[1]}`, []string{"a", "[7]"}, `{"a":[1,"x"]}`},
		{"an item in its place", `{"a":[1,2,3]}`, []string{"a", "[1]"}, `{"a":[1,"x",3]}`},
		{"a text gives way to an object", `{"a":"b"}`, []string{"a", "b"}, `{"a":{"b":"x"}}`},
		{"a name with a dot is one key", `{}`, []string{"a.b"}, `{"a.b":"x"}`},
		{"the whole document", `{"a":1}`, nil, `"x"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := New(mustRead(t, tc.text))
			d.Set("x", tc.keys...)
			if got := string(d.Root().JSON()); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestDeleteClearsWhatItEmpties(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		keys       []string
		want       string
	}{
		{"a member", `{"b":1,"a":2}`, []string{"b"}, `{"a":2}`},
		{"the objects around it", `{"a":{"b":{"c":1}},"d":1}`, []string{"a", "b", "c"}, `{"d":1}`},
		{"an item, the others move up", `{"a":[1,2,3]}`, []string{"a", "[1]"}, `{"a":[1,3]}`},
		{"the last item and its list", `{"a":{"b":[1]}}`, []string{"a", "b", "[0]"}, `{}`},
		{"an emptied item keeps its place", `{"a":[{"b":1},{"c":2}]}`, []string{"a", "[0]", "b"}, `{"a":[{},{"c":2}]}`},
		{"nothing where nothing is", `{"a":{"b":1}}`, []string{"x", "y"}, `{"a":{"b":1}}`},
		{"nothing behind the end of a list", `{"a":[1]}`, []string{"a", "[1]"}, `{"a":[1]}`},
		{"nothing without a key", `{"a":1}`, nil, `{"a":1}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := New(mustRead(t, tc.text))
			d.Delete(tc.keys...)
			if got := string(d.Root().JSON()); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestTheZeroDocumentIsAnEmptyObject(t *testing.T) {
	var nothing *Document
	if got := string(nothing.Root().JSON()); got != "{}" || nothing.Len("a") != 0 || nothing.Text("a") != "" {
		t.Errorf("no document reads as %s", got)
	}
	var d Document
	d.Set(1, "a")
	if got := string(d.Root().JSON()); got != `{"a":1}` {
		t.Errorf("got %s", got)
	}
}

func TestNullIsNotStated(t *testing.T) {
	d := New(mustRead(t, `{"a":null,"b":[null]}`))
	for _, keys := range [][]string{{"a"}, {"b", "[0]"}, {"a", "x"}, {"b", "x"}, {"b", "[-1]"}, {"none"}} {
		if v, ok := d.Get(keys...); ok || v != nil {
			t.Errorf("%v gives %s", keys, v.JSON())
		}
	}
}

func TestPathIsWrittenAsErrorsWriteIt(t *testing.T) {
	keys := []string{"offers", "azure", "prices", Item(0), "input"}
	if got := Path(keys...); got != "offers.azure.prices[0].input" {
		t.Errorf("Path = %q", got)
	}
	if got := Join(At(Join("", "routes"), 2), "offer"); got != "routes[2].offer" {
		t.Errorf("got %q", got)
	}
}

// drawKeys draws the way to a value: a member of the document, then members and items.
func drawKeys(t *rapid.T) []string {
	first := rapid.SampledFrom([]string{"a", "b", "c", "d.e", ""}).Draw(t, "first")
	rest := rapid.SampledFrom([]string{"a", "b", "", "[0]", "[1]"})
	return append([]string{first}, rapid.SliceOfN(rest, 0, 3).Draw(t, "keys")...)
}

func drawObject(t *rapid.T) *Value {
	return rapid.Custom(func(t *rapid.T) *Value { return drawValue(t, 3) }).
		Filter(func(v *Value) bool { return v.Kind() == Object }).Draw(t, "object")
}

func TestWhatIsSetIsReadBackAndNothingElseChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, keys, value := drawObject(t), drawKeys(t), drawValue(t, 2)
		text := before.JSON()
		d := New(before)
		other := d.Clone()
		d.Set(value, keys...)
		at := slices.Clone(keys)
		for i := 1; i < len(at); i++ { // a list grows by one item, which may have a smaller number than the key
			if _, item := Index(at[i]); item {
				at[i] = Item(min(int(at[i][1]-'0'), d.Len(at[:i]...)-1))
			}
		}
		if got, ok := d.Get(at...); !ok || !Equal(got, value) {
			t.Fatalf("%v of %s is %s, want %s", at, d.Root().JSON(), got.JSON(), value.JSON())
		}
		for _, name := range before.Names() {
			if name != keys[0] && before.Member(name) != d.Root().Member(name) {
				t.Fatalf("%s changed in %s", name, d.Root().JSON())
			}
		}
		if string(other.Root().JSON()) != string(text) {
			t.Fatalf("a copy changed to %s", other.Root().JSON())
		}
	})
}

func TestWhatIsDeletedIsAbsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, keys := drawObject(t), drawKeys(t)
		if _, item := Index(keys[len(keys)-1]); item {
			keys = append(keys, "a") // a deleted item makes room for the one behind it
		}
		text := before.JSON()
		d := New(before)
		d.Delete(keys...)
		if v, ok := d.Get(keys...); ok {
			t.Fatalf("%v is still %s", keys, v.JSON())
		}
		after := d.Root()
		d.Delete(keys...)
		if !Equal(after, d.Root()) {
			t.Fatalf("deleting %v twice makes %s of %s", keys, d.Root().JSON(), after.JSON())
		}
		if string(before.JSON()) != string(text) {
			t.Fatalf("the value that the document began with changed to %s", before.JSON())
		}
	})
}

func TestArrangedPutsNamesInOrderAndTheRestBehindByName(t *testing.T) {
	v := mustRead(t, `{"z":1,"a":2,"m":3,"b":4}`).Arranged([]string{"m", "none", "b"})
	if diff := cmp.Diff([]string{"m", "b", "a", "z"}, v.Names()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if list := mustRead(t, `[2,1]`); list.Arranged([]string{"m"}) != list {
		t.Error("a list was arranged")
	}
}
