package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// The examples of RFC 7396, appendix A.
func TestMergePatchFollowsTheStandard(t *testing.T) {
	for _, tc := range []struct{ doc, patch, want string }{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		got, err := MergePatch([]byte(tc.doc), []byte(tc.patch))
		if err != nil || string(got) != tc.want {
			t.Errorf("%s with %s: got %s, %v, want %s", tc.doc, tc.patch, got, err, tc.want)
		}
	}
}

func TestDiffPatchSaysOnlyWhatChanged(t *testing.T) {
	for _, tc := range []struct{ name, from, to, want string }{
		{"nothing", `{"a":1,"b":[1]}`, `{"b":[1],"a":1}`, `{}`},
		{"a number as typed", `{"a":"1.0"}`, `{"a":"1.00"}`, `{"a":"1.00"}`},
		{"a member deep down", `{"a":{"b":1,"c":2}}`, `{"a":{"b":1,"c":3}}`, `{"a":{"c":3}}`},
		{"a member removed", `{"a":{"b":1,"c":2}}`, `{"a":{"b":1}}`, `{"a":{"c":null}}`},
		{"a list as a whole", `{"a":[1,2]}`, `{"a":[1,3]}`, `{"a":[1,3]}`},
		{"an object emptied", `{"a":{"b":1}}`, `{"a":{}}`, `{"a":{"b":null}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := DiffPatch([]byte(tc.from), []byte(tc.to))
			if err != nil || string(got) != tc.want {
				t.Errorf("got %s, %v, want %s", got, err, tc.want)
			}
		})
	}
	if _, err := DiffPatch([]byte(`{}`), []byte(`{"a":{"b":null}}`)); !errors.Is(err, ErrPatch) {
		t.Errorf("a null that no patch can set gave %v", err)
	}
	var refused *InvalidError
	if _, err := MergePatch([]byte(`{"a":1}`), []byte(`{`)); !errors.As(err, &refused) {
		t.Errorf("text that is not JSON gave %v", err)
	}
}

// drawJSON draws a document without null members, which no merge patch can set.
func drawJSON(t *rapid.T, depth int) any {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth == 0 {
		kind %= 3
	}
	switch kind {
	case 0:
		return rapid.Float64Range(-9, 9).Draw(t, "number")
	case 1:
		return rapid.StringN(0, 4, 8).Draw(t, "text")
	case 2:
		return rapid.Bool().Draw(t, "bool")
	case 3:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, drawJSON(t, depth-1))
		}
		return list
	default:
		object := map[string]any{}
		for range rapid.IntRange(0, 4).Draw(t, "members") {
			object[rapid.SampledFrom([]string{"a", "b", "c", "d.e", ""}).Draw(t, "name")] = drawJSON(t, depth-1)
		}
		return object
	}
}

// drawValue draws a value without null members; objects have their members in any order.
func drawValue(t *rapid.T, depth int) *Value {
	text, err := json.Marshal(drawJSON(t, depth))
	if err != nil {
		t.Fatal(err)
	}
	return disordered(t, mustReadDrawn(t, text))
}

func mustReadDrawn(t *rapid.T, text []byte) *Value {
	v, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func disordered(t *rapid.T, v *Value) *Value {
	if len(v.Members()) < 2 {
		return v
	}
	return v.Arranged(rapid.Permutation(v.Names()).Draw(t, "order"))
}

func TestMergingADifferenceGivesTheOtherValueAndSharesWhatStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawValue(t, 3), drawValue(t, 3)
		before := string(a.JSON())
		patch, err := Diff(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if got := Merge(a, patch); !Equal(got, b) {
			t.Fatalf("%s with %s gives %s, want %s", a.JSON(), patch.JSON(), got.JSON(), b.JSON())
		}
		if string(a.JSON()) != before {
			t.Fatalf("the value itself became %s", a.JSON())
		}
	})
}

func TestAPatchThatWasDiffedLeadsToTheOtherDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, _ := json.Marshal(drawJSON(t, 3))
		to, _ := json.Marshal(drawJSON(t, 3))
		patch, err := DiffPatch(from, to)
		if err != nil {
			t.Fatal(err)
		}
		got, err := MergePatch(from, patch)
		if err != nil {
			t.Fatal(err)
		}
		var left, right any
		if json.Unmarshal(got, &left) != nil || json.Unmarshal(to, &right) != nil || !reflect.DeepEqual(left, right) {
			t.Fatalf("from %s with %s comes %s, want %s", from, patch, got, to)
		}
		if again, _ := DiffPatch(to, got); string(again) != "{}" && to[0] == '{' {
			t.Fatalf("nothing changed, and the patch is %s", again)
		}
	})
}

func TestWideObjectsArePatchedInLinearTime(t *testing.T) {
	wide := []byte{'{'}
	for i := range 100_000 {
		if i > 0 {
			wide = append(wide, ',')
		}
		wide = fmt.Appendf(wide, `"member-%d":%d`, i, i)
	}
	wide = append(wide, '}')
	patch, err := DiffPatch(wide, wide)
	if err != nil || string(patch) != "{}" {
		t.Fatalf("%s, %v", patch, err)
	}
}

func FuzzMergePatch(f *testing.F) {
	f.Add([]byte(`{"a":{"b":1}}`), []byte(`{"a":{"b":null}}`))
	f.Add([]byte(`[1]`), []byte(`{"x":[{}]}`))
	f.Fuzz(func(t *testing.T, doc, patch []byte) {
		got, err := MergePatch(doc, patch)
		if err != nil {
			return
		}
		if !json.Valid(got) {
			t.Fatalf("the result is not JSON: %s", got)
		}
		again, err := MergePatch(got, patch)
		if err != nil || string(again) != string(got) {
			t.Fatalf("a patch applied twice gives %s, once %s", again, got)
		}
	})
}
