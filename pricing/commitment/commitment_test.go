package commitment

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) }

func TestAGapIsCarriedUpToItsShareAndTheRestIsOwed(t *testing.T) {
	terms := NewTerms(4, []Agreement{{Scope: []int{0}, Discount: 0.1, CarryShare: 0.2,
		Periods: []Period{{2, 3, 100}, {0, 1, 100}}}}, nil)
	balance, statement := terms.NewBalance(0), terms.NewStatement(2)
	for m, want := range []struct{ shortfall, carried float64 }{{0, 0}, {100 - 72 - 20, 20}, {0, 0}, {120 - 72, 0}} {
		terms.Settle(m, []float64{40, 999}, balance, statement)
		if !near(statement.Discount, 4) || !near(statement.Shortfall, want.shortfall) ||
			!near(statement.Carried[0], want.carried) {
			t.Errorf("month %d: discount %g, shortfall %g, carried %g; want 4, %g, %g", m, statement.Discount,
				statement.Shortfall,
				statement.Carried[0], want.shortfall, want.carried)
		}
		terms.Book(m, statement, balance)
	}
}

func TestAPeriodBeyondThePlanStaysOutstanding(t *testing.T) {
	terms := NewTerms(2, []Agreement{{Scope: []int{0}, Periods: []Period{{0, 5, 100}, {6, 11, 50}}}}, nil)
	balance, statement := terms.NewBalance(0), terms.NewStatement(1)
	for m := range 2 {
		terms.Settle(m, []float64{30}, balance, statement)
		terms.Book(m, statement, balance)
	}
	if got := terms.Outstanding(balance); !near(got, 40+50) {
		t.Errorf("outstanding %g, want 90", got)
	}
}

func TestTheEarlierCreditPaysFirstAndNoneMoreThanItsShare(t *testing.T) {
	terms := NewTerms(2, nil, []Credit{
		{Scope: []int{0}, Amount: 50, Last: 0, MaxShare: 0.5, MonthlyCap: math.Inf(1)},
		{Scope: []int{0, 1}, Amount: 1000, Last: 9, MaxShare: 1, MonthlyCap: 60}})
	balance, statement := terms.NewBalance(0), terms.NewStatement(2)
	terms.Settle(0, []float64{40, 100}, balance, statement)
	if statement.Used[0] != 20 || statement.Used[1] != 60 || statement.Open[1] != 120 {
		t.Errorf("used %v of an open bill of %g; want 20 and 60 of 120", statement.Used, statement.Open[1])
	}
	terms.Book(0, statement, balance)
	if balance.Forfeited != 30 || balance.Credits[1] != 940 {
		t.Errorf("forfeited %g and left %v; want 30 and 940", balance.Forfeited, balance.Credits)
	}
}

func TestCreditsUsedForfeitedAndLeftAreWhatWasGranted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const months = 6
		share := rapid.Float64Range(0, 1)
		var credits []Credit
		granted := 0.0
		for range rapid.IntRange(0, 4).Draw(t, "credits") {
			c := Credit{Scope: []int{0, 1}[:rapid.IntRange(0, 2).Draw(t, "scope")],
				Amount: rapid.Float64Range(0, 1e6).Draw(t, "amount"),
				From:   rapid.IntRange(-2, 5).Draw(t, "from"), MaxShare: share.Draw(t, "share"),
				MonthlyCap: rapid.Float64Range(0, 1e6).Draw(t, "cap")}
			c.Last = c.From + rapid.IntRange(0, 8).Draw(t, "length")
			granted += c.Amount
			credits = append(credits, c)
		}
		terms := NewTerms(months, nil, credits)
		balance, statement := terms.NewBalance(0), terms.NewStatement(2)
		used := 0.0
		for m := range months {
			bills := []float64{rapid.Float64Range(0, 1e6).Draw(t, "bill"), rapid.Float64Range(0, 1e6).Draw(t, "bill")}
			terms.Settle(m, bills, balance, statement)
			if statement.Credits > bills[0]+bills[1]+1e-6 {
				t.Fatalf("credits of %g pay a bill of %g", statement.Credits, bills[0]+bills[1])
			}
			used += statement.Credits
			terms.Book(m, statement, balance)
		}
		left := 0.0
		for _, credit := range balance.Credits {
			left += credit
		}
		if !near(used+balance.Forfeited+left, granted) {
			t.Fatalf("used %g, forfeited %g, left %g of %g", used, balance.Forfeited, left, granted)
		}
	})
}
