package catalog

import (
	"bytes"
	"encoding/json"
	"testing"
)

// BenchmarkLoad decodes the shipped snapshot. The yardstick is encoding/json on the same snapshot.
func BenchmarkLoad(b *testing.B) {
	b.Run("snapshot", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(shippedSnapshot)))
		for b.Loop() {
			if _, err := Decode(bytes.NewReader(shippedSnapshot)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("index", func(b *testing.B) {
		s := shippedFor(b)
		b.ReportAllocs()
		for b.Loop() {
			newIndex(s)
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		s := shippedFor(b)
		text, err := json.Marshal(struct {
			Models []Model
			Offers []Offer
		}{s.Models, s.Offers})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var out struct {
				Models []Model
				Offers []Offer
			}
			if err := json.Unmarshal(text, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	s := shippedFor(b)
	s.Find("")
	b.ReportAllocs()
	for b.Loop() {
		if len(s.Find("bedrock/us.anthropic.claude-sonnet-4-6")) != 1 {
			b.Fatal("not found")
		}
	}
}

func BenchmarkOffersOf(b *testing.B) {
	s := shippedFor(b)
	s.Find("")
	b.ReportAllocs()
	for b.Loop() {
		if len(s.OffersOf("openai/gpt-oss-120b")) < 12 {
			b.Fatal("not found")
		}
	}
}

// BenchmarkRatesOfEveryOffer is the catalogue's part in ranking every offer over 36 months: the row in force and its
// rates in every month.
func BenchmarkRatesOfEveryOffer(b *testing.B) {
	s := shippedFor(b)
	b.ReportAllocs()
	for b.Loop() {
		var sum float64
		for i := range s.Offers {
			row, _ := s.Offers[i].RowAt(s.AsOf)
			if row == nil {
				continue
			}
			for month := range 36 {
				rates := row.RatesFor(int64(1000 + 10_000*month))
				sum += float64(rates.Input + rates.Output)
			}
		}
		if sum == 0 {
			b.Fatal("no rates")
		}
	}
}
