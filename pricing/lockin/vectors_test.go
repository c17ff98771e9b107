package lockin

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// vector is one worked example of the model.
type vector struct {
	Title    string          `json:"title"`
	Input    json.RawMessage `json:"input"`
	Expected any             `json:"expected"`
}

func readVector(t testing.TB, n int) vector {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("testdata/lockin-%02d.json", n))
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func parsed(t testing.TB, data []byte) *Input {
	t.Helper()
	in, err := ParseInput(data)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func encoded(t testing.TB, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// answer is what a caller sees, as decoded JSON.
func answer(t testing.TB, value any) any {
	t.Helper()
	var out any
	if err := json.Unmarshal([]byte(encoded(t, value)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheWorkedExamplesHoldInEveryFigure(t *testing.T) {
	for n := 1; n <= 3; n++ {
		v := readVector(t, n)
		t.Run(v.Title, func(t *testing.T) {
			if diff := cmp.Diff(v.Expected, answer(t, Assess(parsed(t, v.Input)))); diff != "" {
				t.Errorf("expected -, got +:\n%s", diff)
			}
		})
	}
}
