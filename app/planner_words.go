package app

import (
	"math"
	"time"

	"headroom/pricing/growth"
	"headroom/pricing/money"
	"headroom/pricing/words"
)

// monthWords is "January 2027".
func monthWords(m growth.Month) string { return words.Month(yearAndMonth(m)) }

// shortMonth is "Jan 2027".
func shortMonth(m growth.Month) string { return words.ShortMonth(yearAndMonth(m)) }

func yearAndMonth(m growth.Month) (int, time.Month) { return int(m) / 12, time.Month(m.Season() + 1) }

// percentWords is a difference in words: "4.2 % more", "10 % less", "the same".
func percentWords(ratio float64) string {
	text := words.Percent(math.Abs(ratio))
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
