package money

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestParseRateReadsPricesExactly(t *testing.T) {
	tests := []struct {
		name, text string
		want       Rate
		err        bool
	}{
		{"a whole number", "3", 3_000_000_000, false},
		{"the lowest published price", "0.0028", 2_800_000, false},
		{"nine places are kept", "0.000000001", 1, false},
		{"an exponent is read", "2.5e-6", 2_500, false},
		{"zero is a price", "0", 0, false},
		{"trailing zeros are no places", "1.10000000000000", 1_100_000_000, false},
		{"the tenth place is refused", "0.0000000001", 0, true},
		{"a negative price is refused", "-1", 0, true},
		{"more than 9.2 billion is refused", "9300000000", 0, true},
		{"a huge exponent is refused at once", "1e999999999", 0, true},
		{"a huge negative exponent is refused at once", "1e-999999999", 0, true},
		{"text is refused", "free", 0, true},
		{"nothing is refused", "", 0, true},
		{"not a number is refused", "NaN", 0, true},
		{"infinity is refused", "Inf", 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseRate(tt.text)
			if got != tt.want || (err != nil) != tt.err {
				t.Errorf("ParseRate(%q) = %d, %v, want %d, error %v", tt.text, got, err, tt.want, tt.err)
			}
			if err != nil && !errors.Is(err, ErrRate) {
				t.Errorf("error %v does not wrap ErrRate", err)
			}
		})
	}
}

func TestRoundDecimalReportsFloatNoise(t *testing.T) {
	tests := []struct {
		name, text, want string
		exact            bool
	}{
		{"noise above is rounded away", "2.9999900000000002", "2.99999", false},
		{"noise below is rounded away", "0.049999999999999996", "0.05", false},
		{"a clean figure is exact", "0.003625", "0.003625", true},
		{"a tie goes to the even digit", "0.0000000025", "0.000000002", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, exact, err := RoundDecimal(decimal.RequireFromString(tt.text))
			if err != nil || got.String() != tt.want || exact != tt.exact {
				t.Errorf("RoundDecimal(%s) = %s, %v, %v, want %s, %v", tt.text, got, exact, err, tt.want, tt.exact)
			}
		})
	}
}

func TestTimesAppliesAnUplift(t *testing.T) {
	tests := []struct{ name, rate, factor, want string }{
		{"ten per cent of input", "3", "1.1", "3.3"},
		{"ten per cent of a cache read", "0.025", "1.10", "0.0275"},
		{"one stays one", "0.0028", "1", "0.0028"},
		{"the tenth place is rounded half to even", "0.000000005", "1.1", "0.000000006"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rate, _ := ParseRate(tt.rate)
			got, err := rate.Times(decimal.RequireFromString(tt.factor))
			if err != nil || got.String() != tt.want {
				t.Errorf("%s x %s = %s, %v, want %s", tt.rate, tt.factor, got, err, tt.want)
			}
		})
	}
	if _, err := MaxRate.Times(decimal.NewFromInt(2)); !errors.Is(err, ErrRate) {
		t.Errorf("twice the highest rate: error %v, want ErrRate", err)
	}
}

func TestDiffersIsAShareOfTheLargerPrice(t *testing.T) {
	tests := []struct {
		name string
		a, b Rate
		want bool
	}{
		{"equal prices", 1000, 1000, false},
		{"exactly half a per cent is no difference", 1000, 995, false},
		{"more than half a per cent is", 1000, 994, true},
		{"nothing against something", 0, 1, true},
		{"nothing against nothing", 0, 0, false},
		{"the largest rates do not overflow", MaxRate, MaxRate - 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Differs(tt.a, tt.b, 5); got != tt.want || Differs(tt.b, tt.a, 5) != tt.want {
				t.Errorf("Differs(%d, %d) = %v, want %v both ways", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestRateFormatsToWhatItParsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rate(rapid.Int64Range(0, math.MaxInt64).Draw(t, "rate"))
		back, err := ParseRate(r.String())
		if err != nil || back != r {
			t.Fatalf("ParseRate(%q) = %d, %v, want %d", r.String(), back, err, r)
		}
	})
}

// FuzzParseRate compares with math/big: an accepted text is exactly the rate times 1e-9.
func FuzzParseRate(f *testing.F) {
	for _, seed := range []string{"3", "0.0028", "2.5e-6", "1e999999999", "-0", "9223372036.854775807",
		"0x10", "1_000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseRate(text)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok || want.Cmp(new(big.Rat).SetFrac64(int64(got), 1_000_000_000)) != 0 {
			t.Errorf("ParseRate(%q) = %s, math/big reads %v", text, got, want)
		}
	})
}
