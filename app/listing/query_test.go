package listing

import (
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRepeatedAndCommaSeparatedValuesAreOneList(t *testing.T) {
	for name, c := range map[string]struct {
		values []string
		want   []string
	}{
		"nothing":             {nil, nil},
		"boxes that repeat":   {[]string{"azure", "bedrock"}, []string{"azure", "bedrock"}},
		"a link's short form": {[]string{"azure,bedrock"}, []string{"azure", "bedrock"}},
		"both, and twice":     {[]string{"azure,bedrock", "azure", ""}, []string{"azure", "bedrock"}},
	} {
		if got := SplitList(c.values); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAnUnknownWordOfAnAddressIsDropped(t *testing.T) {
	if got := Known([]string{"gpu,unknown", "tpu"}, "gpu", "tpu"); !slices.Equal(got, []string{"gpu", "tpu"}) {
		t.Errorf("%q", got)
	}
}

func TestAnAddressWithoutParametersHasNoQuestionMark(t *testing.T) {
	if got := Address("/prices", nil); got != "/prices" {
		t.Errorf("%q", got)
	}
	if got := Address("/prices", url.Values{"q": {"a b"}, "page": {"2"}}); got != "/prices?page=2&q=a+b" {
		t.Errorf("%q", got)
	}
}

func TestASortIsReadBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		key := rapid.StringMatching(`[a-z_]{1,12}`).Draw(r, "key")
		down := rapid.Bool().Draw(r, "down")
		if gotKey, gotDown := SortOf(SortText(key, down)); gotKey != key || gotDown != down {
			r.Fatalf("%q came back as %q, %t", SortText(key, down), gotKey, gotDown)
		}
	})
	if key, down := SortOf(""); key != "released" || !down {
		t.Errorf("without a choice: %q, %t", key, down)
	}
}
