package words

import (
	"math"
	"strconv"
	"strings"
)

const (
	shortFrom = 9_999.5 // what is less is written in full
	wholeFrom = 99.995  // amounts below have cents: 99.99, then 100
)

// Count is a number of things at a glance: whole and in full below 10,000, then three significant digits with k, M
// (1e6) or B (1e9): "8,351", "103k", "3.88 M". A fraction of zeros is left out: "2 M". NaN and infinity are "unknown".
func Count(v float64) string { return short(v, "", Whole) }

// Amount is money at a glance for sentences and tiles, without a currency: like Count, but with cents below 100:
// "8.50", "103", "8,351", "103k", "3.88 M". Nothing is "0". Tables show the exact figure with Cents.
func Amount(v float64) string { return short(v, "", amountInFull) }

// Money is an Amount with its currency, an ISO code such as "USD", before it: "$103k", "−€3.88 M", "CHF 8,351".
func Money(currency string, v float64) string { return short(v, Prefix(currency), amountInFull) }

// Prefix is what stands before an amount: a sign that means one currency without doubt where all amounts are in one
// ("$" for USD), or the ISO code and a space. A plan without a currency has none.
func Prefix(currency string) string {
	switch currency {
	case "":
		return ""
	case "USD":
		return "$"
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	case "JPY":
		return "¥"
	case "INR":
		return "₹"
	}
	return currency + noBreak
}

// short writes a size in full below 10,000 and in three digits above, with the sign before the prefix.
func short(v float64, prefix string, inFull func(float64) string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return unknown
	}
	size := math.Abs(v)
	text := ""
	if size < shortFrom {
		text = inFull(size)
	} else {
		text = threeDigits(size)
	}
	if v < 0 && strings.Trim(text, "0.") != "" {
		return minus + prefix + text
	}
	return prefix + text
}

func amountInFull(size float64) string {
	switch {
	case size == 0:
		return "0"
	case size < wholeFrom:
		return Cents(size)
	}
	return Whole(size)
}

// threeDigits writes a size from 9,999.5 on with k, M or B. The unit is chosen after rounding: 999,500 is "1 M", never
// "1000k".
func threeDigits(size float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(size, 'e', 2, 64), 64)
	unit, suffix := 1e3, "k"
	switch {
	case rounded >= 1e9:
		unit, suffix = 1e9, noBreak+"B"
	case rounded >= 1e6:
		unit, suffix = 1e6, noBreak+"M"
	}
	return withoutZeroFraction(Group(Significant(rounded/unit, 3))) + suffix
}

// withoutZeroFraction drops a fraction that is zero: "1.00" becomes "1"; "2.50" keeps its third digit.
func withoutZeroFraction(text string) string {
	whole, places, _ := strings.Cut(text, ".")
	if strings.Trim(places, "0") == "" {
		return whole
	}
	return text
}
