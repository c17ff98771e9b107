package document

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAndOrderAreWrittenAsTheyCame(t *testing.T) {
	const text = `{"b":"0.30","a":1.50,"c":[1,2.0,-0,1E+2],"":{}}`
	if got := string(mustRead(t, text).JSON()); got != text {
		t.Errorf("got %s", got)
	}
}

func TestSortedLeavesTheMembersThatKeepTheirOrder(t *testing.T) {
	v := mustRead(t, `{"keep":{"z":{"y":1,"x":2},"a":1},"b":{"keep":{"z":1,"a":2}},"a":[{"z":1,"a":2}]}`)
	const want = `{"a":[{"a":2,"z":1}],"b":{"keep":{"a":2,"z":1}},"keep":{"z":{"x":2,"y":1},"a":1}}`
	if got := string(v.Sorted("keep", "absent")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTextsAreEscapedAsEncodingJSONEscapesThem(t *testing.T) {
	v := Of("<é&\u2028\x01\"\\>")
	if got, want := string(v.JSON()), `"\u003cé\u0026\u2028\u0001\"\\\u003e"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := string(v.Sorted()), `"<é&\u2028\u0001\"\\>"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		want, err := json.Marshal(text)
		if got := AppendString(nil, text); err != nil || string(got) != string(want) {
			t.Fatalf("got %s, want %s, %v", got, want, err)
		}
	})
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawValue(t, 3)
		got, err := Read(v.JSON())
		if err != nil || string(got.JSON()) != string(v.JSON()) || !Equal(got, v) {
			t.Fatalf("%s is read as %s, %v", v.JSON(), got.JSON(), err)
		}
		if sorted, err := Read(v.Sorted()); err != nil || !Equal(sorted, v) {
			t.Fatalf("%s is read as %s, %v", v.Sorted(), sorted.JSON(), err)
		}
	})
}

func TestOfTakesWhatGoCodeWritesDown(t *testing.T) {
	var absent *Value
	v := Of(map[string]any{
		"z": []any{1, true, nil, json.Number("1.50"), absent}, "a": []*Value{Num("2"), Of("x")}, "m": map[string]any{},
	})
	const want = `{"a":[2,"x"],"m":{},"z":[1,true,null,1.50,null]}`
	if got, err := json.Marshal(v); err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	defer func() {
		if recover() == nil {
			t.Error("a float, whose text nobody typed, was taken")
		}
	}()
	Of(1.5)
}

func TestAnAbsentValueIsNothingOfAnything(t *testing.T) {
	var v *Value
	if v.Kind() != Null || v.Stated() || v.Text() != "" || v.Literal() != "" || v.IsTrue() || v.IsFalse() ||
		v.Member("a") != nil || len(v.Names())+len(v.Items()) > 0 || string(v.JSON()) != "null" {
		t.Errorf("an absent value is %s", v.JSON())
	}
}
