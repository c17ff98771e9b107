package pricelist_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/money"
	"headroom/pricing/pricelist"
)

const today = calendar.Day("2026-11-24")

func shipped(t testing.TB) *catalog.Snapshot {
	t.Helper()
	s, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func usd(t *testing.T, text string) money.Rate {
	t.Helper()
	r, err := money.ParseRate(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCostOfAMix(t *testing.T) {
	price := func(d catalog.Dimension, above int64, text string) catalog.Price {
		return catalog.Price{Dimension: d, Tier: catalog.Standard, Above: above, Rate: usd(t, text)}
	}
	tiered := &catalog.Row{Prices: []catalog.Price{price(catalog.Input, 0, "2.5"), price(catalog.Output, 0, "15"),
		price(catalog.Input, 200000, "5"), price(catalog.Output, 200000, "22.5"),
		price(catalog.PerRequest, 0, "0.005")}}
	for name, c := range map[string]struct {
		row  *catalog.Row
		mix  pricelist.Mix
		want string
		err  error
	}{
		"tokens in, tokens out and the fee per request add up": {tiered, pricelist.Mix{Input: 1500, Output: 400},
			"14.75", nil},
		"at the threshold the base tier holds": {tiered, pricelist.Mix{Input: 200000, Output: 0},
			"505", nil},
		"above the threshold the whole request has the other tier": {tiered, pricelist.Mix{Input: 200001, Output: 1000},
			"1027.505", nil},
		"nine places stay exact": {
			&catalog.Row{Prices: []catalog.Price{price(catalog.Input, 0, "0.123456789")}}, pricelist.Mix{Input: 7},
			"0.000864197523", nil},
		"no row is no price": {nil, pricelist.Mix{Input: 1}, "", pricelist.ErrNoPrice},
		"a missing output price is no zero": {
			&catalog.Row{Prices: []catalog.Price{price(catalog.Input, 0, "1")}}, pricelist.Mix{Input: 1, Output: 1},
			"", pricelist.ErrNoOutput},
		"a missing input price is no zero": {
			&catalog.Row{Prices: []catalog.Price{price(catalog.Output, 0, "1")}}, pricelist.Mix{Input: 1, Output: 1},
			"", pricelist.ErrNoInput},
		"tokens that the mix has none of need no price": {
			&catalog.Row{Prices: []catalog.Price{price(catalog.Input, 0, "1")}}, pricelist.Mix{Input: 1000}, "1", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.mix.Cost(c.row)
			if !errors.Is(err, c.err) || c.err == nil && !got.Decimal().Equal(decimal.RequireFromString(c.want)) {
				t.Errorf("got %s, %v", got.Decimal(), err)
			}
		})
	}
}

func TestCostsThatLookTheSameAreEqual(t *testing.T) {
	for _, c := range []struct {
		a, b pricelist.Cost
		want bool
	}{{10_499_993_000_000, 10_500_000_000_000, true}, {10_500_000_000_000, 10_499_993_000_000, true},
		{9_750_000_000_000, 9_760_000_000_000, false}, {0, 0, true}, {0, 1, false}} {
		if got := c.a.Equals(c.b); got != c.want {
			t.Errorf("%d and %d: %v", c.a, c.b, got)
		}
	}
}

func TestNamesAreReadable(t *testing.T) {
	for _, c := range []struct{ id, name, want string }{
		{"openai/gpt-5-6-sol", "", "GPT-5.6 Sol"}, {"openai/gpt-5-6-sol", "gpt-5-6-sol", "GPT-5.6 Sol"},
		{"openai/gpt-audio", "OpenAI: GPT Audio", "GPT Audio"},
		{"anthropic/claude-opus-4-8", "Claude Opus 4.8", "Claude Opus 4.8"},
	} {
		if got := pricelist.Name(&catalog.Model{ID: c.id, Name: c.name}); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.id, c.name, got, c.want)
		}
	}
}

func TestTheListAgreesWithItself(t *testing.T) {
	s := shipped(t)
	l := pricelist.Find(s, pricelist.Query{Mix: pricelist.Mix{Input: 1500, Output: 400}, Today: today,
		AllAges: true, AllKinds: true, Sort: "cost"})
	var last pricelist.Cost
	for i := range l.Models {
		m := &l.Models[i]
		priced := 0
		for j := range m.Quotes {
			q := &m.Quotes[j]
			if !q.Known() {
				continue
			}
			priced++
			if q.Cost < m.Lowest || q.Cost > m.Highest {
				t.Errorf("%s: %d lies outside of %d to %d", m.ID, q.Cost, m.Lowest, m.Highest)
			}
			if q.Cheap != (q.Cost.Equals(m.Lowest) && !m.Lowest.Equals(m.Highest)) {
				t.Errorf("%s: the cheapest mark is wrong", m.ID)
			}
			if q.Offer.Model != m.ID || q.Offer.Commitment != "" || pricelist.Retired(q.Offer, today) {
				t.Errorf("%s: offer %s does not belong here", m.ID, q.Offer.ID())
			}
		}
		if priced != m.Priced {
			t.Errorf("%s: %d priced, counted %d", m.ID, priced, m.Priced)
		}
		if priced > 0 && m.Lowest < last {
			t.Errorf("%s: out of order", m.ID)
		}
		if priced > 0 {
			last = m.Lowest
		}
		if m.Name == "" {
			t.Errorf("%s: no name", m.ID)
		}
	}
	if len(l.Models) < 1000 {
		t.Errorf("only %d models", len(l.Models))
	}
}

func TestAFirstLookHoldsWhatLeadersAskFor(t *testing.T) {
	l := pricelist.Find(shipped(t), pricelist.Query{Mix: pricelist.Mix{Input: 1500, Output: 400}, Today: today,
		Sort: "released", Down: true})
	for _, id := range []string{"anthropic/claude-opus-5", "anthropic/claude-sonnet-5", "openai/gpt-5-5",
		"openai/gpt-5-6-sol", "google/gemini-3-6-flash", "openai/gpt-oss-120b"} {
		if !slices.ContainsFunc(l.Models, func(m pricelist.Model) bool { return m.ID == id }) {
			t.Errorf("%s is missing", id)
		}
	}
	for i := range l.Models {
		if m := &l.Models[i]; m.Priced < 2 || m.Listed != "" && m.Listed < "2025-05" {
			t.Errorf("%s (listed %s, %d priced) is not current", m.ID, m.Listed, m.Priced)
		}
	}
	if !slices.IsSortedFunc(l.Models, func(a, b pricelist.Model) int { return -cmpDate(a.Listed, b.Listed) }) {
		t.Error("not the newest first")
	}
}

func cmpDate(a, b calendar.Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestScopesChooseTheOffer(t *testing.T) {
	s := shipped(t)
	find := func(scope string) catalog.Offer {
		l := pricelist.Find(s, pricelist.Query{Text: "claude-sonnet-4-5", Scopes: []string{scope},
			Sellers: []string{"bedrock"}, Mix: pricelist.Mix{Input: 1000}, Today: today})
		if len(l.Models) != 1 || !l.Models[0].Quotes[0].Sold() {
			t.Fatalf("%s: %+v", scope, l.Models)
		}
		return *l.Models[0].Quotes[0].Offer
	}
	for scope, want := range map[string]string{"global": "global", "in-region": "in-region"} {
		if o := find(scope); o.Scope != want {
			t.Errorf("%s: got %s %s", scope, o.ID(), o.Scope)
		}
	}
	if o := find("geo"); o.Scope != "geo:au" && o.Scope != "geo:eu" && o.Scope != "geo:jp" && o.Scope != "geo:us" {
		t.Errorf("geo: got %s %s", o.ID(), o.Scope)
	}
}

func TestOffersBeginWithTheCheapestThatCounts(t *testing.T) {
	lines := pricelist.Offers(shipped(t), pricelist.Mix{Input: 1500, Output: 400}, today, "meta/llama-3-3-70b")
	cheapest, dearest := pricelist.Extremes(lines)
	if cheapest == nil || dearest == nil || !lines[0].Counts() || lines[0].Cost != cheapest.Cost ||
		dearest.Cost <= cheapest.Cost {
		t.Fatalf("first %+v, cheapest %+v, dearest %+v", lines[0], cheapest, dearest)
	}
	for i := range lines {
		if l := &lines[i]; l.Known() != (l.Err == nil) || l.Counts() && pricelist.Reseller(l.Seller) {
			t.Errorf("%s: %v", l.Offer.ID(), l.Err)
		}
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	s := shipped(t)
	for _, m := range s.Models {
		for _, l := range pricelist.Offers(s, pricelist.Mix{Input: 1500, Output: 400}, today, m.ID) {
			if l.Err == nil && l.Row == nil || l.Err != nil && l.Cost != 0 {
				t.Errorf("%s: cost %d, error %v", l.Offer.ID(), l.Cost, l.Err)
			}
			if l.Counts() && l.Cost == 0 {
				t.Errorf("%s costs nothing", l.Offer.ID())
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	s := shipped(b)
	for name, q := range map[string]pricelist.Query{"first look": {},
		"whole catalogue": {AllAges: true, AllKinds: true}} {
		q.Mix, q.Today, q.Sort, q.Down = pricelist.Mix{Input: 1500, Output: 400}, today, "released", true
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				pricelist.Find(s, q)
			}
		})
	}
}
