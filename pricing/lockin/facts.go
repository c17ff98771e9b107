package lockin

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"headroom/pricing/calendar"
	"headroom/pricing/facts"
)

// Confidence says how a fact is known.
type Confidence string

const (
	Read       Confidence = "read"        // on the page that Source names
	Mixed      Confidence = "mixed"       // in part from memory
	FromMemory Confidence = "from_memory" // no page was read
	Unverified Confidence = "unverified"
	OwnSource  Confidence = "own" // the team's own correction, with its source
)

// Fact is one thing about a seller.
type Fact struct {
	Provider   string     `json:"provider"` // provider id of the plan format
	Name       string     `json:"-"`        // "Amazon Bedrock"
	Field      string     `json:"field"`    // "chips", "ft_weight_export", "government_action", ...
	Value      string     `json:"value"`
	Unit       string     `json:"-"`
	Source     string     `json:"source"`
	AsOf       string     `json:"as_of"` // a year, month or day; the oldest of several; empty: none
	Confidence Confidence `json:"confidence,omitzero"`
}

// Facts are what is known about sellers: the shipped ones and a team's corrections, side by side.
type Facts []Fact

// ShippedFacts are the facts of the embedded file, read and validated once. They are shared: nobody changes them.
func ShippedFacts() (Facts, error) { return shippedFacts() }

var shippedFacts = sync.OnceValues(func() (Facts, error) { return readFacts(factsCSV) })

func readFacts(text string) (Facts, error) {
	return facts.Read(facts.Table{File: "facts.csv", Text: text, Key: []string{"provider_id", "field"}}, readFact)
}

func readFact(r *facts.Row) Fact {
	f := Fact{Provider: r.Text("provider_id"), Name: r.Text("provider"), Field: r.Text("field"), Value: r.Text("value"),
		Unit: r.Text("unit"), Source: r.Text("source"), AsOf: r.Text("as_of"),
		Confidence: Confidence(r.Text("confidence"))}
	if err := f.check(); err != nil {
		r.Fail("fact", err.Error())
	}
	return f
}

func (f *Fact) check() error {
	for _, text := range []string{f.Provider, f.Field, f.Value, f.Source} {
		if text == "" {
			return fmt.Errorf("a column is empty")
		}
	}
	if !slices.Contains([]Confidence{Read, Mixed, FromMemory, Unverified, OwnSource}, f.Confidence) {
		return fmt.Errorf("unknown confidence %q", f.Confidence)
	}
	if _, ok := f.day(); f.AsOf != "" && !ok {
		return fmt.Errorf("%q is no date", f.AsOf)
	}
	if f.AsOf == "" && f.Confidence == Read {
		return fmt.Errorf("a fact that was read has a date")
	}
	return nil
}

// day is the first day that the fact's date can mean, which is the oldest.
func (f *Fact) day() (time.Time, bool) {
	text, _, _ := strings.Cut(f.AsOf, " / ")
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}

// staleDays is how old a fact may be before it has to be checked again.
const staleDays = 180

// Doubt is why a fact cannot raise a critical rule by itself: "from memory", "as of 2026-03: check again", ...; empty:
// none.
func (f *Fact) Doubt(today calendar.Day) string {
	switch f.Confidence {
	case FromMemory, Unverified:
		return strings.ReplaceAll(string(f.Confidence), "_", " ")
	case Mixed:
		return "in part from memory"
	}
	return ageDoubt(f.AsOf, f.day, today)
}

func ageDoubt(asOf string, day func() (time.Time, bool), today calendar.Day) string {
	then, ok := day()
	now, err := time.Parse(time.DateOnly, string(today))
	if !ok || err != nil {
		return "no date: check again"
	}
	if now.Sub(then) > staleDays*24*time.Hour {
		return "as of " + asOf + ": check again"
	}
	return ""
}

// Of are the facts of a seller's field, the team's own first.
func (list Facts) Of(provider, field string) Facts {
	var own, shipped Facts
	for _, f := range list {
		switch {
		case f.Provider != provider || f.Field != field:
		case f.Confidence == OwnSource:
			own = append(own, f)
		default:
			shipped = append(shipped, f)
		}
	}
	return append(own, shipped...)
}

// String is the fact with where it comes from: "export = n (from memory)".
func (f *Fact) String() string {
	text := fmt.Sprintf("%s %s: %s [%s", f.Provider, f.Field, f.Value, f.Source)
	if f.AsOf != "" {
		text += ", " + f.AsOf
	}
	return text + "]"
}

// chipVendors are the words of accelerator families that facts use.
func chipVendors() []string {
	return []string{"nvidia", "amd", "maia", "trainium", "tpu", "lpu", "wse"}
}

// chips are the vendors that a fact names; none when it says that they are not disclosed.
func (f *Fact) chips() []string {
	text := strings.ToLower(f.Value)
	for _, word := range []string{"not disclosed per model", "chips not stated", "chips of the host cloud"} {
		if strings.Contains(text, word) {
			return nil
		}
	}
	var list []string
	for _, vendor := range chipVendors() {
		if slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' }), vendor) {
			list = append(list, vendor)
		}
	}
	return list
}

// closes is the day on which a fact says that fine-tuning ends or ended.
func (f *Fact) closes() (calendar.Day, bool) {
	if !strings.Contains(f.Value, "closing") && !strings.Contains(f.Value, "deprecated") {
		return "", false
	}
	day := regexp.MustCompile(`\d{4}-\d{2}-\d{2}`).FindString(f.Value)
	return calendar.Day(day), day != ""
}

// staysInside reports whether a fact says that tuned weights cannot be exported: "n", "n for OpenAI models", "no
// fine-tuning".
func (f *Fact) staysInside() (stays, known bool) {
	word, _, _ := strings.Cut(f.Value, " ")
	switch strings.Trim(word, ",;:") {
	case "n", "no":
		return true, true
	case "y", "yes":
		return false, true
	}
	return false, false
}
