package app

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

// planPatch is what a plan differs from its base in. The zero planPatch is no difference.
type planPatch struct {
	text string // RFC 7396; "" for none
	code string // how an address says it
}

// newPatch makes a patch of its text. An address says it as JSON, which people can read, or deflated in base64url where that
// is less than half as long: every link of a page repeats it, and people send it to each other.
func newPatch(text []byte) planPatch {
	text = bytes.TrimSpace(text)
	if len(text) == 0 || string(text) == "{}" {
		return planPatch{}
	}
	p := planPatch{text: string(text), code: string(text)}
	if packed := deflated(text); 2*len(packed) < len(url.QueryEscape(p.code)) {
		p.code = packed
	}
	return p
}

// readPatch reads what an address says. A code that was cut off or damaged is an *InvalidError; JSON is checked where it is
// applied.
func readPatch(code string) (planPatch, error) {
	if code == "" || isObject(code) {
		return newPatch([]byte(code)), nil
	}
	packed, err := base64.RawURLEncoding.DecodeString(code)
	if err != nil {
		return planPatch{}, damagedAddress()
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), pricing.MaxPlanBytes+1))
	if err != nil || len(text) > pricing.MaxPlanBytes || !isObject(string(text)) {
		return planPatch{}, damagedAddress()
	}
	return newPatch(text), nil
}

func isObject(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }

func damagedAddress() error {
	return &pricing.InvalidError{Fields: []pricing.FieldError{{
		Path: "d", Message: "the address is cut off or damaged: copy all of it, or start from the plan it was made from",
	}}}
}

// none says that the plan is its base.
func (p planPatch) none() bool { return p.text == "" }

// json is the patch as a document, {} for none.
func (p planPatch) json() []byte {
	if p.none() {
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
