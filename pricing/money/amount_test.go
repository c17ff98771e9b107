package money

import (
	"errors"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestAmountIsWrittenWithoutTrailingZeros(t *testing.T) {
	tests := []struct {
		name   string
		rate   string
		tokens uint64
		want   string
	}{
		{"nothing", "3", 0, "0"},
		{"a million tokens cost the rate", "2.5", 1_000_000, "2.5"},
		{"one token", "3", 1, "0.000003"},
		{"the finest price of one token", "0.000000001", 1, "0.000000000000001"},
		{"a thousand million million tokens", "0.2", 1_000_000_000_000_000, "200000000"},
		{"zeros inside stay", "10.01", 1_000_000, "10.01"},
		{"more than 64 bits of 1e-15", "15", math.MaxUint64, "276701161105643.274225"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rate, err := ParseRate(tt.rate)
			if err != nil {
				t.Fatal(err)
			}
			if got := rate.Cost(tt.tokens).String(); got != tt.want {
				t.Errorf("%d tokens at %s = %s, want %s", tt.tokens, tt.rate, got, tt.want)
			}
		})
	}
}

// The integers must agree with arbitrary-precision decimals to the last digit.
func TestAmountsAgreeWithDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rate(rapid.Int64Range(0, math.MaxInt64).Draw(t, "rate"))
		n, m := rapid.Uint64().Draw(t, "tokens"), rapid.Uint64().Draw(t, "more")
		want := r.Tokens(decimal.NewFromUint64(n))
		a, b := r.Cost(n), r.Cost(m)
		if got := a.String(); got != want.String() {
			t.Fatalf("cost = %s, want %s", got, want)
		}
		sum, err := a.Plus(b)
		if want := want.Add(r.Tokens(decimal.NewFromUint64(m))); err != nil || sum.String() != want.String() {
			t.Fatalf("sum = %s, %v, want %s", sum, err, want)
		}
	})
}

func TestEachIsPerItem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rate(rapid.Int64Range(0, 1<<50).Draw(t, "rate"))
		n := rapid.Uint64Range(0, 1<<50).Draw(t, "items")
		got, err := r.Each(n)
		if want := r.Decimal().Mul(decimal.NewFromUint64(n)); err != nil || got.String() != want.String() {
			t.Fatalf("%d items at %s = %s, %v, want %s", n, r, got, err, want)
		}
	})
}

func TestAmountsTooLargeAreErrors(t *testing.T) {
	top := MaxRate.Cost(math.MaxUint64)
	sum := top
	var err error
	for range 3 {
		if sum, err = sum.Plus(top); err != nil {
			break
		}
	}
	if !errors.Is(err, ErrAmount) {
		t.Errorf("four times the largest cost: error %v, want ErrAmount", err)
	}
	if _, err := MaxRate.Each(math.MaxUint64); !errors.Is(err, ErrAmount) {
		t.Errorf("the largest price each: error %v, want ErrAmount", err)
	}
}

// The yardstick is the float64 sum of the same products.
func BenchmarkAmount(b *testing.B) {
	rates := [5]Rate{3_000_000_000, 300_000_000, 3_750_000_000, 6_000_000_000, 15_000_000_000}
	tokens := [5]uint64{1500, 20_000, 500, 0, 400}
	b.Run("integers", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var total Amount
			for i, r := range rates {
				total, _ = total.Plus(r.Cost(tokens[i]))
			}
			if total.low == 0 {
				b.Fatal("no cost")
			}
		}
	})
	b.Run("float64", func(b *testing.B) {
		for b.Loop() {
			var total float64
			for i, r := range rates {
				total += r.Float() * float64(tokens[i])
			}
			if total == 0 {
				b.Fatal("no cost")
			}
		}
	})
	b.Run("decimal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var total decimal.Decimal
			for i, r := range rates {
				total = total.Add(r.Tokens(decimal.NewFromUint64(tokens[i])))
			}
			if total.IsZero() {
				b.Fatal("no cost")
			}
		}
	})
}
