package words

import (
	"math"
	"strconv"
	"strings"
)

// Group sets commas between the thousands of a plain decimal and gives it a true minus sign: "-1234.5" becomes
// "−1,234.5". A zero has no sign. A text that is no plain decimal, such as "unknown" or "1e-12", is returned as it is.
func Group(decimal string) string {
	digits, negative := strings.CutPrefix(decimal, "-")
	whole, places, point := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+places, "0123456789") != "" {
		return decimal
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if point {
		whole += "." + places
	}
	if negative && strings.Trim(digits, "0.") != "" {
		return minus + whole
	}
	return whole
}

// Whole is a figure without decimals, rounded half to even: "464,703,594". NaN and infinity are "unknown", here and in
// what follows.
func Whole(v float64) string { return fixed(v, 0) }

// Cents is a figure with two decimals, as money is written in full: "3,880,585.21".
func Cents(v float64) string { return fixed(v, 2) }

// Percent is a share, 1 for all, in percent with one decimal: "57.7 %".
func Percent(share float64) string { return fixed(share*100, 1) + noBreak + "%" }

// WholePercent is a share, 1 for all, in percent without decimals: "58 %".
func WholePercent(share float64) string { return fixed(share*100, 0) + noBreak + "%" }

// Chance is a probability, 0 to 1, in whole percent. One that is neither impossible nor certain is written as neither:
// "under 1 %", "over 99 %".
func Chance(p float64) string {
	switch {
	case p > 0 && p < 0.005:
		return "under 1" + noBreak + "%"
	case p < 1 && p > 0.995:
		return "over 99" + noBreak + "%"
	}
	return WholePercent(p)
}

// Rate is a price of one unit in four significant digits, whole from 10,000 on: "8.351", "0.0001235", "123,457". Below
// 1e-9 it has an exponent instead of a row of zeros.
func Rate(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return unknown
	case v < 0:
		return minus + Rate(-v)
	}
	return Group(Significant(v, 4))
}

// Quantity is a number of things that may be parts of one, in four significant digits without zeros behind the point:
// "48", "2.1".
func Quantity(v float64) string { return withoutZeros(Rate(v)) }

// Significant keeps the given number of significant digits of v, at least one; digits before the point are all kept.
// The text is a plain decimal without commas, as files have it: "8.351". Below 1e-9 it has an exponent: "1.500e-12".
func Significant(v float64, digits int) string {
	if v == 0 {
		return "0"
	}
	// The exponent is taken after rounding, so that 9.99996 becomes 10.00 and not 10.000.
	rounded := strconv.FormatFloat(v, 'e', digits-1, 64)
	exponent, err := strconv.Atoi(rounded[strings.IndexByte(rounded, 'e')+1:])
	if err != nil || exponent < -9 {
		return rounded
	}
	return strconv.FormatFloat(v, 'f', max(0, digits-1-exponent), 64)
}

func fixed(v float64, places int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return unknown
	}
	return Group(strconv.FormatFloat(v, 'f', places, 64))
}

// withoutZeros drops the zeros that end a fraction: "2.10" becomes "2.1", "48.00" becomes "48".
func withoutZeros(text string) string {
	if !strings.Contains(text, ".") || strings.Contains(text, "e") {
		return text
	}
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
