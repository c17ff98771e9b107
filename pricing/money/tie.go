package money

import "math"

// tie is the largest difference of two prices, as a share of the larger, that counts as none: below it a percentage is
// shown as 0.0. Sellers that price in another unit state the same price a little off (Databricks' units make 10.499993
// of 10.50); such noise decides nowhere who is cheapest.
const tie = 0.0005

// Tie reports whether two prices or costs are the same for a reader: they differ by less than 0.05 %.
func Tie(a, b float64) bool {
	return math.Abs(a-b) <= tie*max(math.Abs(a), math.Abs(b))
}

// Less reports whether a is cheaper than b by more than a tie.
func Less(a, b float64) bool { return a < b && !Tie(a, b) }
