package table

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAreShownAsPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		name string
		kind Kind
		cell Cell
		want string
	}{
		{"money has thousands separators and cents", Money, Cell{Value: 3880585.214}, "3,880,585.21"},
		{"money rounds half to even", Money, Cell{Value: 0.125}, "0.12"},
		{"a small amount of money is not grouped", Money, Cell{Value: 999.999}, "1,000.00"},
		{"a negative amount has a true minus sign", Money, Cell{Value: -12.5}, "\u221212.50"},
		{"a difference shows its plus", Money, Cell{Value: 1083, Signed: true}, "+1,083.00"},
		{"a difference of zero has no sign", Money, Cell{Signed: true}, "0.00"},
		{"a unit cost has four significant digits", Unit, Cell{Value: 8.3506}, "8.351"},
		{"a unit cost that rounds up a decade keeps four digits", Unit, Cell{Value: 9.99996}, "10.00"},
		{"a tiny unit cost keeps its digits", Unit, Cell{Value: 0.000123456}, "0.0001235"},
		{"a unit cost below a billionth is in exponent form", Unit, Cell{Value: 1.5e-12}, "1.500e-12"},
		{"a large unit cost is whole", Unit, Cell{Value: 123456.7}, "123,457"},
		{"an exact price keeps all its digits", Unit, Cell{Exact: "0.000028"}, "0.000028"},
		{"an exact price has at least cents", Unit, Cell{Exact: "2.5"}, "2.50"},
		{"a whole exact price has cents", Unit, Cell{Exact: "15"}, "15.00"},
		{"a count is whole", Count, Cell{Value: 464703594.4}, "464,703,594"},
		{"a share is in percent with one decimal", Percent, Cell{Value: 0.5767}, "57.7\u00a0%"},
		{"a negative share has a true minus sign", Percent, Cell{Value: -0.742, Signed: true}, "\u221274.2\u00a0%"},
		{"a month is named", Month, Cell{Text: "2027-05"}, "May 2027"},
		{"a date is named", Date, Cell{Text: "2026-08-01"}, "1 Aug 2026"},
		{"a text is itself", Text, Cell{Text: "Azure"}, "Azure"},
		{"an override replaces the number", Money, Cell{Text: "baseline", Value: 3}, "baseline"},
		{"unknown is never a number", Money, Cell{State: Unknown}, "unknown"},
		{"what does not apply is a dot", Money, Cell{State: None}, "·"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Display(c.kind, c.cell); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMachinesGetTheSameDigits(t *testing.T) {
	for _, c := range []struct {
		name string
		kind Kind
		cell Cell
		want string
	}{
		{"money has a point and no separators", Money, Cell{Value: 3880585.214}, "3880585.21"},
		{"a percentage is a fraction", Percent, Cell{Value: 0.5767}, "0.577"},
		{"a month stays ISO", Month, Cell{Text: "2027-05"}, "2027-05"},
		{"an exact price is as published", Unit, Cell{Exact: "2.5"}, "2.5"},
		{"unknown is empty and not zero", Money, Cell{State: Unknown}, ""},
		{"a sign is a hyphen", Money, Cell{Value: -3}, "-3.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Plain(c.kind, c.cell); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDisplayAndPlainAlwaysAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Kind{Money, Unit, Count}).Draw(t, "kind")
		v := rapid.Float64Range(-1e15, 1e15).Draw(t, "value")
		c := Cell{Value: v}
		shown := strings.NewReplacer(",", "", "\u2212", "-").Replace(Display(kind, c))
		a, err := strconv.ParseFloat(shown, 64)
		b, err2 := strconv.ParseFloat(Plain(kind, c), 64)
		if err != nil || err2 != nil || a != b {
			t.Fatalf("page says %q, file says %q", Display(kind, c), Plain(kind, c))
		}
		if kind == Unit && v != 0 && math.Abs(a-v) > math.Abs(v)*0.0005+0.5*boolFloat(math.Abs(v) >= 1e4) {
			t.Fatalf("%v is shown as %q", v, Display(kind, c))
		}
	})
}

func boolFloat(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
