package catalog

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func rateOf(text string) float64 {
	f, _ := strconv.ParseFloat(text, 64)
	return f
}

// Every correction has its evidence and still meets an offer of the shipped snapshot.
func TestEveryCorrectionHasEvidenceAndMeetsAnOffer(t *testing.T) {
	c, err := parseCorrections(correctionsJSON)
	if err != nil {
		t.Fatal(err)
	}
	s := shippedFor(t)
	meets := func(matches func(*Offer) bool) bool {
		for i := range s.Offers {
			if matches(&s.Offers[i]) {
				return true
			}
		}
		return false
	}
	check := func(kind string, e evidence, matches func(*Offer) bool) {
		t.Helper()
		if !strings.HasPrefix(e.Evidence, "https://") || len(e.Note) < 20 {
			t.Errorf("%s %q: no evidence or no reason", kind, e.Note)
		}
		if _, err := time.Parse(time.DateOnly, string(e.AsOf)); err != nil {
			t.Errorf("%s %q: %v", kind, e.Note, err)
		}
		if !meets(matches) {
			t.Errorf("%s %q meets no offer", kind, e.Note)
		}
	}
	for _, list := range []struct {
		kind    string
		entries []correction
	}{{"price", c.Prices}, {"effective", c.Effective}, {"withdrawn", c.Withdrawn}, {"doubt", c.Doubts}} {
		for i := range list.entries {
			check(list.kind, list.entries[i].evidence, list.entries[i].matches)
		}
	}
	for i := range c.Uplifts {
		check("uplift", c.Uplifts[i].evidence, c.Uplifts[i].covers)
	}
	for i := range c.Sources {
		check("source rule", c.Sources[i].evidence, c.Sources[i].applies)
	}
}

func TestCorrectionsWithAnUnknownFieldAreRefused(t *testing.T) {
	for _, text := range []string{`{"price": []}`, `{"prices": [{"id": "x", "price": 1}]}`,
		`{"prices": [{"prices": {"input": "-1"}}]}`, `[]`, ``} {
		if _, err := parseCorrections([]byte(text)); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
