package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// mustRead reads a text that is known to be right.
func mustRead(t testing.TB, text string) *Value {
	t.Helper()
	v, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func nested(levels int, inner string) string {
	return strings.Repeat(`{"a":`, levels) + inner + strings.Repeat("}", levels)
}

const tooEarly = ": the text ends too early: a bracket or a quotation mark is not closed"

func TestReadSaysWhereAndHowATextIsWrong(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"an empty text", "", "line 1, column 1" + tooEarly},
		{"an open bracket", "{\n\"a\": [1", "line 2, column 8" + tooEarly},
		{"a comma too many", "{\n \"a\": 1,\n}",
			"line 3, column 1: invalid character '}' looking for beginning of object key string"},
		{"text behind the end", "{} x", "line 1, column 4: invalid character 'x' after top-level value"},
		{"columns count characters", `{"é":"ü" 1}`,
			"line 1, column 10: invalid character '1' after object key:value pair"},
		{"a byte that is not UTF-8", "{\n\"a\":\"\xff\"}", "line 2, column 6: the text is not UTF-8"},
		{"a list too deep", strings.Repeat("[", 66), "line 1, column 67" + tooEarly},
		{"an object too deep", nested(65, "{}"), "line 1, column 327: nested more than 64 levels deep"},
		{"a number too deep", nested(65, "12"), "line 1, column 328: nested more than 64 levels deep"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v, err := Read([]byte(tc.text))
			var invalid *InvalidError
			if !errors.As(err, &invalid) || v != nil {
				t.Fatalf("got %v, %v", v, err)
			}
			if diff := cmp.Diff([]FieldError{{"", tc.want}}, invalid.Fields); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSixtyFourLevelsAreRead(t *testing.T) {
	text := nested(64, "1")
	if got := string(mustRead(t, text).JSON()); got != text {
		t.Errorf("got %s", got)
	}
}

func TestMembersGivenTwiceAreReportedTogetherAndTheFirstCounts(t *testing.T) {
	long := strings.Repeat("x", 70)
	text := `{"a":{"b":1,"b":2},"c":[0,{"d":1,"d":1}],"` + long + `":1,"` + long + `":2}`
	var found Problems
	v := ReadInto([]byte(text), &found)
	const twice = "is given twice; keep one of them"
	want := Problems{{"a.b", twice}, {"c[1].d", twice}, {long[:57] + "...", twice}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := string(v.JSON()); got != `{"a":{"b":1},"c":[0,{"d":1}],"`+long+`":1}` {
		t.Errorf("what was read is %s", got)
	}
}

func TestAMemberGivenTwiceInAWideObjectIsReported(t *testing.T) {
	var text strings.Builder
	for i := range 3 * wide {
		fmt.Fprintf(&text, `"m%d":%d,`, i, i)
	}
	for _, name := range []string{"m0", fmt.Sprint("m", wide-1), fmt.Sprint("m", wide), fmt.Sprint("m", 3*wide-1)} {
		_, err := Read([]byte(`{` + text.String() + `"` + name + `":0}`))
		if err == nil || err.Error() != name+": is given twice; keep one of them" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAByteOrderMarkIsSkipped(t *testing.T) {
	if got := string(mustRead(t, "\ufeff{\"a\": 1}").JSON()); got != `{"a":1}` {
		t.Errorf("got %s", got)
	}
}

func TestAnErrorListsAtMostAHundredProblemsEachOnce(t *testing.T) {
	var found Problems
	for i := range 3 * MaxErrors {
		found.Add(At("a", i/2), "is wrong")
	}
	if len(found) != MaxErrors || found[MaxErrors-1].Path != "a[99]" {
		t.Errorf("%d problems, the last is %v", len(found), found[len(found)-1])
	}
	if got, want := found.Err().Error(), "a[0]: is wrong (and 99 more)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := (Problems{}).Err(); err != nil {
		t.Errorf("no problem gave %v", err)
	}
}

func TestALongTextIsClippedBetweenCharacters(t *testing.T) {
	got := Clip("x" + strings.Repeat("é", 40))
	if len(got) > 60 || !utf8.ValidString(got) || !strings.HasSuffix(got, "é...") {
		t.Errorf("got %q", got)
	}
}

// FuzzRead: what is read is what encoding/json reads, and it is read again from what was written.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		`{"a":{"b":1,"b":2},"c":[1,{"x":"<&>\u2028"}]}`,
		` [ -1.50E+3 , null , true , "\ud800\"" ] `, "{\n", "\ufeff0", nested(65, "1"),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Read(data)
		var invalid *InvalidError
		if errors.As(err, &invalid) {
			return
		}
		if v == nil || err != nil {
			t.Fatalf("%v, %v", v, err)
		}
		var want, got any
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(data), "\ufeff")), &want); err == nil {
			if err := json.Unmarshal(v.JSON(), &got); err != nil || !cmp.Equal(want, got) {
				t.Fatalf("%q was read as %s: %v", data, v.JSON(), err)
			}
		}
		for _, text := range [][]byte{v.JSON(), v.Sorted()} {
			if again, err := Read(text); err != nil || !Equal(v, again) {
				t.Fatalf("%s is read as %s: %v", text, again.JSON(), err)
			}
		}
	})
}
