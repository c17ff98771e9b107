package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
)

func rate(t testing.TB, text string) money.Rate {
	t.Helper()
	r, err := money.ParseRate(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func price(t testing.TB, dim Dimension, above int64, text string) Price {
	return Price{Dimension: dim, Tier: Standard, Above: above, Rate: rate(t, text)}
}

func TestRowAtPicksTheRowInForceOnTheDay(t *testing.T) {
	offer := Offer{Rows: []Row{
		{From: "2026-01-01", Until: "2026-03-01", Status: InForce, Note: "first"},
		{From: "2026-03-01", Status: InForce, Note: "second"},
		{From: "2026-05-01", Status: Announced, Note: "announced"},
		{From: "2026-09-01", Status: Withdrawn, Note: "withdrawn"},
	}}
	own := Offer{Rows: []Row{
		{From: "2026-01-01", Status: InForce, Note: "list"},
		{From: "2026-02-01", Status: Own, Note: "own"},
		{From: "2026-04-01", Status: InForce, Note: "new list"},
	}}
	ended := Offer{Rows: []Row{{From: "2026-01-01", Until: "2026-02-01", Status: InForce, Note: "ended"}}}
	tests := []struct {
		name  string
		offer *Offer
		day   calendar.Day
		want  string // note of the row, "" for none
		early bool
	}{
		{"the first day of a row counts", &offer, "2026-03-01", "second", false},
		{"the day before it does not", &offer, "2026-02-28", "first", false},
		{"an announced row never prices", &offer, "2026-06-01", "second", false},
		{"a withdrawn row never prices", &offer, "2027-01-01", "second", false},
		{"before the first known row that one is used and said so", &offer, "2025-06-01", "first", true},
		{"an own price beats a later list price", &own, "2026-05-01", "own", false},
		{"an own price does not count before it begins", &own, "2026-01-15", "list", false},
		{"after the last row has ended there is none", &ended, "2026-02-01", "", false},
		{"an offer without rows has none", &Offer{}, "2026-02-01", "", false},
		{"an offer with nothing but an announcement has none", &Offer{Rows: offer.Rows[2:]}, "2026-10-01", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row, early := tt.offer.RowAt(tt.day)
			got := ""
			if row != nil {
				got = row.Note
			}
			if got != tt.want || early != tt.early {
				t.Errorf("RowAt(%s) = %q, early %v, want %q, %v", tt.day, got, early, tt.want, tt.early)
			}
		})
	}
}

func TestContextTierIsStrictlyAboveItsThreshold(t *testing.T) {
	row := Row{Prices: []Price{
		price(t, Input, 0, "1"), price(t, CacheRead, 0, "0.1"), price(t, Output, 0, "5"), price(t, PerImage, 0, "0.04"),
		price(t, Input, 32_000, "2"), price(t, Output, 32_000, "6"),
		price(t, Input, 200_000, "4"), price(t, Output, 200_000, "9"),
	}}
	tests := []struct {
		name   string
		dim    Dimension
		prompt int64
		want   string // "" for no price
	}{
		{"at the threshold the base price holds", Input, 32_000, "1"},
		{"one token over, the tier's", Input, 32_001, "2"},
		{"the output is repriced too", Output, 32_001, "6"},
		{"the highest tier that is exceeded counts", Output, 200_001, "9"},
		{"at the second threshold the first tier still holds", Input, 200_000, "2"},
		{"a text dimension that the tier does not price has none", CacheRead, 32_001, ""},
		{"an image costs the same in every tier", PerImage, 200_001, "0.04"},
		{"a dimension that is nowhere has none", AudioInput, 10, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, ok := row.Price(tt.dim, Standard, tt.prompt)
			if ok != (tt.want != "") || ok && p.Rate.String() != tt.want {
				t.Errorf("Price(%s, %d) = %s, %v, want %q", tt.dim, tt.prompt, p.Rate, ok, tt.want)
			}
		})
	}
	if _, ok := row.Price(Input, Batch, 10); ok {
		t.Error("a service tier that the row does not state has a price")
	}
}

// rows draws price lists with any mix of dimensions, tiers and thresholds, each stated once.
func rows() *rapid.Generator[Row] {
	return rapid.Custom(func(t *rapid.T) Row {
		dims := []Dimension{Input, CacheRead, CacheWrite5m, CacheWrite1h, Output, PerRequest, AudioInput}
		var r Row
		for _, above := range []int64{0, 128_000, 200_000, 272_000} {
			for _, tier := range []ServiceTier{Standard, Batch} {
				for _, dim := range dims {
					if rapid.IntRange(0, 2).Draw(t, "stated") == 0 {
						r.Prices = append(r.Prices,
							Price{dim, tier, above, money.Rate(rapid.Int64Range(0, 1e12).Draw(t, "rate"))})
					}
				}
			}
		}
		r.From, r.Status, r.Source = "2026-01-01", InForce, "litellm"
		return r
	})
}

// What a plan uses must be what the row states, prepared or not.
func TestRatesForAgreesWithPrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rows().Draw(t, "row")
		prompt := rapid.Int64Range(0, 400_000).Draw(t, "prompt")
		before := r.RatesFor(prompt)
		r.prepare()
		got := r.RatesFor(prompt)
		if diff := cmp.Diff(before, got); diff != "" {
			t.Fatalf("prepared rates differ: %s", diff)
		}
		for _, want := range []struct {
			dim  Dimension
			tier ServiceTier
			rate money.Rate
			has  bool
		}{
			{Input, Standard, got.Input, got.HasInput}, {Output, Standard, got.Output, got.HasOutput},
			{CacheRead, Standard, got.CacheRead, got.HasCacheRead},
			{CacheWrite5m, Standard, got.CacheWrite, got.HasCacheWrite},
			{Output, Batch, got.Batch.Output, got.Batch.HasOutput},
			{PerRequest, Standard, got.PerRequest, got.HasPerRequest},
		} {
			p, ok := r.Price(want.dim, want.tier, prompt)
			if ok != want.has || p.Rate != want.rate {
				t.Fatalf("%s %s: rates say %d %v, the row %d %v", want.dim, want.tier, want.rate, want.has, p.Rate, ok)
			}
		}
	})
}

func TestOtherDimensionsAreThoseThatAPlanCannotExpress(t *testing.T) {
	row := Row{Prices: []Price{price(t, Input, 0, "1"), price(t, CacheWrite1h, 0, "2"), price(t, PerSearch, 0, "0.01"),
		price(t, CacheWrite1h, 200_000, "4"), price(t, AudioInput, 0, "0")}}
	want := []Dimension{CacheWrite1h, PerSearch}
	if diff := cmp.Diff(want, row.OtherDimensions()); diff != "" {
		t.Error(diff)
	}
}

func TestStaleAfterNinetyDays(t *testing.T) {
	s := &Snapshot{AsOf: "2026-08-01"}
	tests := []struct {
		name  string
		today calendar.Day
		days  int
		stale bool
	}{
		{"ninety days are not stale", "2026-10-30", 90, false},
		{"ninety-one are", "2026-10-31", 91, true},
		{"today's are not", "2026-08-01", 0, false},
		{"an unreadable day is not", "soon", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if days, stale := s.Stale(tt.today); days != tt.days || stale != tt.stale {
				t.Errorf("Stale(%s) = %d, %v, want %d, %v", tt.today, days, stale, tt.days, tt.stale)
			}
		})
	}
}
