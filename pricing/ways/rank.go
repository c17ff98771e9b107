package ways

import (
	"cmp"
	"math"
	"slices"
)

// rank sorts: without evaluation before with; free ones by users, then the others by users per unit of money; equal
// ones by user months, then in the order in which they were found. Users are compared whole.
func rank(list []Way) {
	slices.SortStableFunc(list, func(a, b Way) int {
		return cmp.Or(order(a.NeedsEvaluation, b.NeedsEvaluation), order(!a.Free(), !b.Free()), byWorth(&a, &b),
			cmp.Compare(math.Round(b.UserMonths), math.Round(a.UserMonths)))
	})
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

func byWorth(a, b *Way) int {
	if a.Free() {
		return cmp.Compare(math.Round(b.Users), math.Round(a.Users))
	}
	return cmp.Compare(b.UsersPerMoney, a.UsersPerMoney)
}
