package typed

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestParseQuantityReads(t *testing.T) {
	tests := []struct {
		name, text, value, low, high string
		percent                      bool
		currency                     string
	}{
		{name: "a plain number", text: "400", value: "400"},
		{name: "a decimal point", text: "4.5", value: "4.5"},
		{name: "a decimal below one with three places", text: "0.125", value: "0.125"},
		{name: "four places after the point", text: "1.1250", value: "1.125"},
		{name: "a scale letter", text: "1.2M", value: "1200000"},
		{name: "a small k", text: "10k", value: "10000"},
		{name: "a space before the scale word", text: "3 million", value: "3000000"},
		{name: "commas between thousands", text: "1,200,000", value: "1200000"},
		{name: "one comma with three digits as thousands", text: "1,200", value: "1200"},
		{name: "one comma with two digits as a decimal sign", text: "1,25", value: "1.25"},
		{name: "a zero before a comma as a decimal", text: "0,300", value: "0.3"},
		{name: "spaces between thousands", text: "1 200 000", value: "1200000"},
		{name: "narrow spaces between thousands", text: "1\u202f200\u202f000", value: "1200000"},
		{name: "apostrophes between thousands", text: "1'200'000", value: "1200000"},
		{name: "points between thousands when there are two", text: "1.200.000", value: "1200000"},
		{name: "both signs, English", text: "1,234.567", value: "1234.567"},
		{name: "both signs, German", text: "1.234,5", value: "1234.5"},
		{name: "percent", text: "12%", value: "12", percent: true},
		{name: "percent after a space", text: "12 %", value: "12", percent: true},
		{name: "a typographic minus", text: "−5 %", value: "-5", percent: true},
		{name: "a dollar sign", text: "$4.50", value: "4.5", currency: "USD"},
		{name: "a euro sign behind", text: "4,50 €", value: "4.5", currency: "EUR"},
		{name: "a currency code", text: "CHF 1'000", value: "1000", currency: "CHF"},
		{name: "a range in words", text: "2 to 5", value: "3.5", low: "2", high: "5"},
		{name: "a range whose percent sign holds for both", text: "8 to 14 %", value: "11", low: "8",
			high: "14", percent: true},
		{name: "a range with a dash", text: "5–7 %", value: "6", low: "5", high: "7", percent: true},
		{name: "a range with a hyphen", text: "25-35", value: "30", low: "25", high: "35"},
		{name: "a range over zero", text: "-5 to 10 %", value: "2.5", low: "-5", high: "10", percent: true},
		{name: "a range with both letters", text: "1k to 2k", value: "1500", low: "1000", high: "2000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseQuantity(tt.text)
			if err != nil {
				t.Fatalf("ParseQuantity(%q): %v", tt.text, err)
			}
			if got.Value.String() != tt.value || got.Percent != tt.percent || got.Currency != tt.currency {
				t.Errorf("ParseQuantity(%q) = %v percent=%v %q, want %s percent=%v %q",
					tt.text, got.Value, got.Percent, got.Currency, tt.value, tt.percent, tt.currency)
			}
			if got.Range != (tt.low != "") {
				t.Errorf("ParseQuantity(%q).Range = %v", tt.text, got.Range)
			}
			if got.Range && (got.Low.String() != tt.low || got.High.String() != tt.high) {
				t.Errorf("ParseQuantity(%q) ends = %v, %v, want %s, %s", tt.text, got.Low, got.High, tt.low, tt.high)
			}
		})
	}
}

func TestParseQuantityAsksInsteadOfGuessing(t *testing.T) {
	tests := []struct{ text, first, second string }{
		{"1.200", "1,200", "1.2"},
		{"12.500", "12,500", "12.5"},
		{"$1.200", "1,200", "1.2"},
		{"1.234M", "1,234M", "1.234M"},
		{"1 to 3M", "1 to 3M", "1M to 3M"},
	}
	for _, tt := range tests {
		_, err := ParseQuantity(tt.text)
		var ambiguous *AmbiguousError
		if !errors.As(err, &ambiguous) {
			t.Errorf("ParseQuantity(%q) error = %v, want an AmbiguousError", tt.text, err)
			continue
		}
		if ambiguous.First != tt.first || ambiguous.Second != tt.second {
			t.Errorf("ParseQuantity(%q) asks %q or %q, want %q or %q", tt.text, ambiguous.First, ambiguous.Second,
				tt.first, tt.second)
		}
	}
}

func TestParseQuantityRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "a lot", "1,20,000", "12..", "1.2.3", "--5", "5 to", "to 5", "7 to 5", "1 2", "12 34 567",
		"$", "%", "1e9",
		"1,234,56", "0x10", "Infinity", "NaN", "$5 to €7", "1 000 0", strings.Repeat("9", 200), "1'00",
	} {
		if got, err := ParseQuantity(text); err == nil {
			t.Errorf("ParseQuantity(%q) = %v, want an error", text, got.Value)
		}
	}
}

func TestARangeThatIsStillBeingTypedIsAskedAboutAndDoesNotPanic(t *testing.T) {
	for text, says := range map[string]string{
		"8–": "half a range", "8...": "half a range", "5 % –": "half a range", "8 –": "half a range",
		"8 to 11 –": "half a range",
		"8 – – 9":   "not a number", "– 8": "not a number", "-": "not a number", "8-": "not a number",
		"ȺȺȺȺ to 5": "not a number",
		"5 to ȺȺȺȺ": "not a number", "ȺȺ\u212a": "not a number", "8 to 9 to 10 to 11": "at most a middle",
		strings.Repeat("1-", 59) + "1": "at most a middle", // each further end took twice as long
	} {
		q, err := ParseQuantity(text)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("ParseQuantity(%q) = %v, %v, want an error with %q", text, q.Value, err, says)
		}
	}
}

func TestARangeIsReadInCapitalsToo(t *testing.T) {
	if q, err := ParseQuantity("8 TO 14 K"); err == nil ||
		!strings.Contains(err.Error(), "Write the letter at both ends") {
		t.Errorf("got %v, %v, want to be asked about the letter", q, err)
	}
	if q, err := ParseQuantity("8k TO 14 Million"); err != nil || q.Low.String() != "8000" ||
		q.High.String() != "14000000" {
		t.Errorf("got %v, %v", q, err)
	}
}

func TestWhatIsWrittenIsReadBackAsTheSameNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := decimal.New(rapid.Int64().Draw(t, "digits"), int32(rapid.IntRange(-9, 3).Draw(t, "exponent")))
		got, err := ParseQuantity(Group(want))
		if err != nil {
			t.Fatalf("ParseQuantity(Group(%v) = %q): %v", want, Group(want), err)
		}
		if !got.Value.Equal(want) {
			t.Fatalf("%q read as %v, want %v", Group(want), got.Value, want)
		}
	})
}

func FuzzParseQuantity(f *testing.F) {
	for _, seed := range []string{"1.2M", "1.200", "8 to 14 %", "$4.50", "-", "–", "1,2,3", "€", " to ",
		"5-", "1'200'000", "\u2212",
		"8–", "8...", "5 % –", "ȺȺȺȺ to 5", "8 to 11 –", "1-1-1-1-1", "ȺȺ\u212a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuantity(text)
		if err != nil {
			return
		}
		if q.Low.GreaterThan(q.Value) || q.Value.GreaterThan(q.High) {
			t.Errorf("ParseQuantity(%q): %v is not between %v and %v", text, q.Value, q.Low, q.High)
		}
		again, err := ParseQuantity(Group(q.Value))
		if err != nil || !again.Value.Equal(q.Value) {
			t.Errorf("ParseQuantity(%q) = %v, written as %q, read back as %v, %v", text, q.Value, Group(q.Value),
				again.Value, err)
		}
	})
}
