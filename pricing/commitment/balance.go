package commitment

// Balance is where the plan stands at the start of a month.
type Balance struct {
	Drawn   []float64 // by agreement: net spend in the current period
	Carried []float64 // by agreement: moved into the current period
	Credits []float64 // by credit: what is left
	Cash    float64
	// Forfeited is the sum of credits that expired unused.
	Forfeited float64
}

// NewBalance is the balance at the start of the plan. A credit that expired before is forfeited.
func (t *Terms) NewBalance(cash float64) *Balance {
	b := &Balance{Drawn: make([]float64, len(t.Agreements)), Carried: make([]float64, len(t.Agreements)),
		Credits: make([]float64, len(t.Credits))}
	t.Reset(b, cash)
	return b
}

// Reset puts a balance back to the start of the plan.
func (t *Terms) Reset(b *Balance, cash float64) {
	clear(b.Drawn)
	clear(b.Carried)
	b.Cash, b.Forfeited = cash, 0
	for c := range t.Credits {
		b.Credits[c] = t.Credits[c].Amount
		if t.Credits[c].Last < 0 {
			b.Forfeited += b.Credits[c]
			b.Credits[c] = 0
		}
	}
}

// Book moves a balance past month m.
func (t *Terms) Book(m int, s *Statement, b *Balance) {
	for a := range t.Agreements {
		period, _, ok := t.current(a, m)
		if !ok {
			continue
		}
		b.Drawn[a] += s.Drawn[a]
		if m == period.Last {
			b.Drawn[a], b.Carried[a] = 0, s.Carried[a]
		}
	}
	for c := range t.Credits {
		b.Credits[c] -= s.Used[c]
		if m == t.Credits[c].Last {
			b.Forfeited += b.Credits[c]
			b.Credits[c] = 0
		}
	}
}

// Outstanding is what the periods that end after the plan still ask for: owed, and in no other figure.
func (t *Terms) Outstanding(b *Balance) float64 {
	sum := 0.0
	for a := range t.Agreements {
		sum += t.outstanding(a, b)
	}
	return sum
}

// outstanding counts what was carried and drawn for the first period that ends after the plan only.
func (t *Terms) outstanding(a int, b *Balance) float64 {
	sum, first := 0.0, true
	for _, period := range t.Agreements[a].Periods {
		if period.Last < t.months {
			continue
		}
		owed := period.Amount
		if first {
			owed += b.Carried[a] - b.Drawn[a]
		}
		sum += max(0, owed)
		first = false
	}
	return sum
}

// OutstandingOf is Outstanding of one agreement.
func (t *Terms) OutstandingOf(a int, b *Balance) float64 { return t.outstanding(a, b) }
