package workspace

import (
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing"
)

func TestAnAddressBringsBackEveryPatch(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := `{"note":"` + rapid.StringMatching(`[a-z0-9 {}é€]{0,400}`).Draw(r, "note") + `"}`
		patch := NewPatch([]byte(text))
		again, err := readPatch(patch.Code)
		if err != nil || again != patch || again.text != text {
			r.Fatalf("%q came back as %q, %v", text, again.text, err)
		}
	})
}

func TestALongPatchIsPackedAndAShortOneStaysReadable(t *testing.T) {
	if short := NewPatch([]byte(`{"months":36}`)); short.Code != `{"months":36}` {
		t.Errorf("a short patch became %q", short.Code)
	}
	long := `{"workloads":{` + strings.Repeat(`"chat":{"input_tokens":"1500","output_tokens":"400"},`, 20) + `"x":{}}}`
	if packed := NewPatch([]byte(long)); len(packed.Code) > len(long)/4 {
		t.Errorf("%d bytes became %d", len(long), len(packed.Code))
	}
	if none := NewPatch([]byte(" {} ")); !none.None() {
		t.Errorf("an empty patch is %q", none.text)
	}
}

func TestADamagedAddressIsRefusedByName(t *testing.T) {
	for name, code := range map[string]string{
		"not base64":             "%%%",
		"not deflated":           "aGVsbG8",
		"cut off":                deflated([]byte(`{"note":"` + noise(300) + `"}`))[:40],
		"more than a plan holds": deflated([]byte(strings.Repeat(" ", pricing.MaxPlanBytes+1))),
	} {
		_, err := readPatch(code)
		if invalid := pricing.Invalid(err); invalid == nil || invalid.Fields[0].Path != "d" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadPatch(f *testing.F) {
	f.Add(`{"months":36}`)
	f.Add(deflated([]byte(`{"months":36}`)))
	f.Add("!")
	f.Fuzz(func(t *testing.T, code string) {
		patch, err := readPatch(code)
		if err != nil {
			return
		}
		if again, err := readPatch(patch.Code); err != nil || again != patch {
			t.Fatalf("%q reads as %q, then as %q, %v", code, patch.text, again.text, err)
		}
	})
}

// noise is text of about n bytes that hardly packs.
func noise(n int) string {
	random, bytes := rand.New(rand.NewPCG(1, 2)), make([]byte, n*3/4)
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}
