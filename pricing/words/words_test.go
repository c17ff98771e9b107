package words_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"headroom/pricing/words"
)

func TestFiguresInFull(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"thousands are grouped", words.Whole(464703594.4), "464,703,594"},
		{"three digits are not grouped", words.Whole(999), "999"},
		{"a half is rounded to the even figure", words.Whole(2.5), "2"},
		{"a negative figure has a true minus sign", words.Whole(-1234), "\u22121,234"},
		{"what rounds to zero has no sign", words.Whole(-0.4), "0"},
		{"money has cents", words.Cents(3880585.214), "3,880,585.21"},
		{"a debt of less than half a cent is nothing", words.Cents(-0.004), "0.00"},
		{"a share has one decimal", words.Percent(0.5767), "57.7\u00a0%"},
		{"a negative share has a true minus sign", words.Percent(-0.742), "\u221274.2\u00a0%"},
		{"a share of many times is grouped", words.Percent(12.345), "1,234.5\u00a0%"},
		{"a share can be whole", words.WholePercent(0.5767), "58\u00a0%"},
		{"a small chance is not impossible", words.Chance(0.001), "under 1\u00a0%"},
		{"a large chance is not certain", words.Chance(0.999), "over 99\u00a0%"},
		{"what is impossible is said so", words.Chance(0), "0\u00a0%"},
		{"what is certain is said so", words.Chance(1), "100\u00a0%"},
		{"a unit price has four digits", words.Rate(8.3506), "8.351"},
		{"a unit price that rounds up a decade keeps four digits", words.Rate(9.99996), "10.00"},
		{"a tiny unit price keeps its digits", words.Rate(0.000123456), "0.0001235"},
		{"a unit price below a billionth has an exponent", words.Rate(-1.5e-12), "\u22121.500e-12"},
		{"a large unit price is whole", words.Rate(123456.7), "123,457"},
		{"a number of things has no zeros behind the point", words.Quantity(2.1), "2.1"},
		{"a whole number of things is whole", words.Quantity(48), "48"},
		{"a large number of things keeps its zeros", words.Quantity(12000), "12,000"},
		{"no number is no figure", words.Whole(math.NaN()), "unknown"},
		{"infinity is no figure", words.Rate(math.Inf(1)), "unknown"},
		{"a typed decimal keeps its digits", words.Group("-1234567.1250"), "\u22121,234,567.1250"},
		{"a word is not grouped", words.Group("unknown"), "unknown"},
		{"an exponent is not grouped", words.Group("12345e6"), "12345e6"},
		{"a negative zero has no sign", words.Group("-0.00"), "0.00"},
		{"a file gets plain digits", words.Significant(1234567, 4), "1234567"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestFiguresAtAGlance(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"small money has cents", words.Money("USD", 8.5), "$8.50"},
		{"a few dollars keep their cents when there are none", words.Money("USD", 8), "$8.00"},
		{"no money is just zero", words.Money("USD", 0), "$0"},
		{"money has no cents from 100", words.Money("USD", 100.4), "$100"},
		{"what rounds to 100 has no cents", words.Money("USD", 99.999), "$100"},
		{"money below ten thousand is in full", words.Money("USD", 8350.6), "$8,351"},
		{"money below ten thousand is in full after rounding too", words.Money("USD", 9999.4), "$9,999"},
		{"from ten thousand it is in thousands", words.Money("USD", 9999.5), "$10k"},
		{"three digits are kept", words.Money("USD", 16549), "$16.5k"},
		{"a third digit that is zero is kept behind a figure", words.Money("USD", 2.5e9), "$2.50\u00a0B"},
		{"a thousand thousands is a million", words.Money("USD", 999500), "$1\u00a0M"},
		{"less than half a step below a million is in thousands", words.Money("USD", 999499), "$999k"},
		{"a thousand millions is a billion", words.Money("USD", 999.5e6), "$1\u00a0B"},
		{"a figure that rounds up a decade loses a decimal", words.Money("USD", 99960), "$100k"},
		{"a thousand billions stay billions", words.Money("USD", 1.2345e12), "$1,230\u00a0B"},
		{"the minus stands before the sign of the currency", words.Money("EUR", -2.5e9), "\u2212€2.50\u00a0B"},
		{"a debt of less than half a cent has no sign", words.Money("USD", -0.001), "$0.00"},
		{"a currency without a sign of its own has its code", words.Money("CHF", 12300), "CHF\u00a012.3k"},
		{"an amount has no currency", words.Amount(10.53e6), "10.5\u00a0M"},
		{"things have no cents", words.Count(8.4), "8"},
		{"things below ten thousand are in full", words.Count(8350.6), "8,351"},
		{"many things are short", words.Count(2_000_000), "2\u00a0M"},
		{"fewer things than none have a true minus sign", words.Count(-12300), "\u221212.3k"},
		{"no number is no amount", words.Money("USD", math.NaN()), "unknown"},
		{"infinity is no count", words.Count(math.Inf(-1)), "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestNounsAndListsAgree(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"one field needs", words.Plural(1, "field needs", "fields need"), "1 field needs"},
		{"three fields need", words.Plural(3, "field needs", "fields need"), "3 fields need"},
		{"no field is plural", words.Plural(0, "field", "fields"), "0 fields"},
		{"many are grouped", words.Plural(1234, "offer", "offers"), "1,234 offers"},
		{"a verb alone agrees too", words.Noun(1, "is", "are"), "is"},
		{"nobody", words.List(nil), ""},
		{"one alone", words.List([]string{"a"}), "a"},
		{"two", words.List([]string{"a", "b"}), "a and b"},
		{"three", words.List([]string{"a", "b", "c"}), "a, b and c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestDaysAndMonthsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"a month", words.Month(2027, time.January), "January 2027"},
		{"a month where room is scarce", words.ShortMonth(2027, time.September), "Sep 2027"},
		{"a day", words.Day(time.Date(2026, 1, 2, 23, 59, 0, 0, time.UTC).Date()), "2 Jan 2026"},
		{"a day", words.Days(1), "1 day"},
		{"a week is seven days", words.Days(7), "7 days"},
		{"two weeks", words.Days(14), "2 weeks"},
		{"no whole weeks", words.Days(15), "15 days"},
		{"a quarter of a year is twelve weeks", words.Days(84), "12 weeks"},
		{"more is in days", words.Days(91), "91 days"},
		{"an estimate says so", words.AboutDays(28), "about 4 weeks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

// value reads a figure back: what a reader takes it for.
func value(t *rapid.T, text string) float64 {
	text = strings.NewReplacer(",", "", "\u2212", "-", "$", "").Replace(text)
	for suffix, unit := range map[string]float64{"k": 1e3, "\u00a0M": 1e6, "\u00a0B": 1e9, "\u00a0%": 0.01} {
		if digits, ok := strings.CutSuffix(text, suffix); ok {
			text = strconv.FormatFloat(unit, 'g', -1, 64)
			return number(t, digits) * number(t, text)
		}
	}
	return number(t, text)
}

func number(t *rapid.T, text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%q cannot be read back", text)
	}
	return v
}

// figures are values of every size, since most of a uniform range is of its last decade.
func figures() *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 {
		decade := math.Pow(10, float64(rapid.IntRange(-6, 14).Draw(t, "decade")))
		size := rapid.Float64Range(1, 10).Draw(t, "digits") * decade
		if rapid.Bool().Draw(t, "negative") {
			return -size
		}
		return size
	})
}

func TestAShortFigureIsWithinHalfAStepOfItsThirdDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := figures().Draw(t, "value")
		third := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-2)
		for name, c := range map[string]struct {
			text string
			step float64 // the least that is written
		}{
			"count": {words.Count(v), 1}, "amount": {words.Amount(v), 0.01}, "money": {words.Money("USD", v), 0.01},
		} {
			step := max(third, c.step) // a decade up after rounding is closer still
			if read := value(t, c.text); math.Abs(read-v) > step/2*(1+1e-9)+math.Abs(v)*1e-15 {
				t.Fatalf("%s: %v is written %q, off by %v", name, v, c.text, read-v)
			}
		}
	})
}

func TestAShortFigureIsShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := figures().Filter(func(v float64) bool { return math.Abs(v) < 999.5e9 }).Draw(t, "value")
		for _, text := range []string{words.Count(v), words.Amount(v)} {
			digits := strings.TrimPrefix(strings.ReplaceAll(text, "k", "\u00a0k"), "\u2212")
			digits, _, scaled := strings.Cut(digits, "\u00a0")
			if scaled && len(strings.ReplaceAll(digits, ".", "")) > 3 {
				t.Fatalf("%v is written %q: more than three digits", v, text)
			}
			if strings.HasPrefix(digits, "1000") || strings.Contains(text, "-") {
				t.Fatalf("%v is written %q", v, text)
			}
			if scaled && strings.HasSuffix(digits, ".00") {
				t.Fatalf("%v is written %q: its zeros say nothing", v, text)
			}
		}
	})
}

func TestAnOppositeFigureDiffersInItsSignOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Abs(figures().Draw(t, "value"))
		for name, write := range map[string]func(float64) string{
			"whole": words.Whole, "cents": words.Cents, "percent": words.Percent, "rate": words.Rate,
			"count": words.Count, "amount": words.Amount,
			"money": func(v float64) string { return words.Money("USD", v) },
		} {
			plus, minus := write(v), write(-v)
			if minus != "\u2212"+plus && (minus != plus || strings.Trim(plus, "$0.\u00a0%") != "") {
				t.Fatalf("%s: %q and %q", name, plus, minus)
			}
		}
	})
}

func TestFullFiguresReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := figures().Draw(t, "value")
		for name, c := range map[string]struct {
			text string
			step float64
		}{
			"whole": {words.Whole(v), 1}, "cents": {words.Cents(v), 0.01}, "percent": {words.Percent(v), 0.001},
			"rate": {words.Rate(v), math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-3)},
		} {
			if read := value(t, c.text); math.Abs(read-v) > c.step/2*(1+1e-9)+math.Abs(v)*1e-15 {
				t.Fatalf("%s: %v is written %q", name, v, c.text)
			}
		}
	})
}

func TestGroupingChangesNoDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,20}(\.[0-9]{0,9})?`).Draw(t, "decimal")
		back := strings.NewReplacer(",", "", "\u2212", "-").Replace(words.Group(text))
		if back != text && "-"+back != text {
			t.Fatalf("%q became %q", text, words.Group(text))
		}
	})
}
