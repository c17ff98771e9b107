package workspace

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"io"
	"net/url"
	"strings"
	"sync"

	"headroom/pricing"
)

// PlanPatch is what a plan differs from its base in. The zero planPatch is no difference.
type PlanPatch struct {
	text string // RFC 7396; "" for none
	Code string // how an address says it
}

// NewPatch makes a patch of its text. An address says it as JSON, which people can read, or deflated in base64url where
// that is less than half as long: every link of a page repeats it, and people send it to each other.
func NewPatch(text []byte) PlanPatch {
	text = bytes.TrimSpace(text)
	if len(text) == 0 || string(text) == "{}" {
		return PlanPatch{}
	}
	p := PlanPatch{text: string(text), Code: string(text)}
	if packed := deflated(text); 2*len(packed) < len(url.QueryEscape(p.Code)) {
		p.Code = packed
	}
	return p
}

// readPatch reads what an address says. A code that was cut off or damaged is an *InvalidError; JSON is checked where
// it is applied.
func readPatch(code string) (PlanPatch, error) {
	if code == "" || isObject(code) {
		return NewPatch([]byte(code)), nil
	}
	packed, err := base64.RawURLEncoding.DecodeString(code)
	if err != nil {
		return PlanPatch{}, damagedAddress()
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), pricing.MaxPlanBytes+1))
	if err != nil || len(text) > pricing.MaxPlanBytes || !isObject(string(text)) {
		return PlanPatch{}, damagedAddress()
	}
	return NewPatch(text), nil
}

func isObject(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }

func damagedAddress() error {
	return &pricing.InvalidError{Fields: []pricing.FieldError{{
		Path:    "d",
		Message: "the address is cut off or damaged: copy all of it, or start from the plan it was made from",
	}}}
}

// None reports whether the plan is its base.
func (p PlanPatch) None() bool { return p.text == "" }

// JSON is the patch as a document, {} for none.
func (p PlanPatch) JSON() []byte {
	if p.None() {
		return []byte("{}")
	}
	return []byte(p.text)
}

// deflaters are kept because each one holds over half a megabyte.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	return w
}}

func deflated(text []byte) string {
	var packed bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&packed)
	// A buffer takes all that is written to it.
	_, _ = w.Write(text)
	_ = w.Close()
	return base64.RawURLEncoding.EncodeToString(packed.Bytes())
}
