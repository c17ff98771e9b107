package app

import (
	"math"
	"strconv"
	"time"

	"headroom/pricing/growth"
	"headroom/pricing/money"
	"headroom/views/table"
)

// currencySigns are the signs that stand for a code without doubt on this page, where every amount is in one currency.
var currencySigns = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}

// moneyPrefix is what stands before amounts: "$", or "CHF ".
func moneyPrefix(currency string) string {
	if sign, ok := currencySigns[currency]; ok {
		return sign
	}
	return currency + "\u00a0"
}

// shortMoney is an amount to three digits for sentences and tiles: "$8,351", "$103k", "$3.88 M". Tables show cents.
func shortMoney(currency string, v float64) string {
	size := math.Abs(v)
	var text string
	switch {
	case size >= 999_500_000:
		text = threeDigits(size/1e9) + "\u00a0bn"
	case size >= 999_500:
		text = threeDigits(size/1e6) + "\u00a0M"
	case size >= 9_999.5:
		text = threeDigits(size/1e3) + "k"
	case size >= 100:
		text = table.Number(table.Count, size)
	default:
		text = table.Number(table.Money, size)
	}
	if v < 0 {
		return "−" + moneyPrefix(currency) + text
	}
	return moneyPrefix(currency) + text
}

func threeDigits(v float64) string {
	places := 2
	if v >= 99.95 {
		places = 0
	} else if v >= 9.995 {
		places = 1
	}
	return strconv.FormatFloat(v, 'f', places, 64)
}

// monthWords is "January 2027".
func monthWords(m growth.Month) string { return formatMonth(m, "January 2006") }

// shortMonth is "Jan 2027".
func shortMonth(m growth.Month) string { return formatMonth(m, "Jan 2006") }

func formatMonth(m growth.Month, layout string) string {
	day, err := time.Parse("2006-01", m.String())
	if err != nil {
		return m.String()
	}
	return day.Format(layout)
}

// percentWords is a difference in words: "4.2 % more", "10 % less", "the same".
func percentWords(ratio float64) string {
	text := table.Number(table.Percent, math.Abs(ratio))
	switch {
	case money.Tie(1, 1+ratio):
		return "the same"
	case ratio > 0:
		return text + " more"
	}
	return text + " less"
}

// deltaWord says the direction of a relative difference of cost; one that is only noise has none.
func deltaWord(v float64) string {
	switch {
	case money.Tie(1, 1+v):
		return "the same"
	case v > 0:
		return "more"
	}
	return "less"
}
