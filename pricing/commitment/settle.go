package commitment

import "math"

// Statement is what one month comes to. Settle overwrites it.
type Statement struct {
	Net       []float64 // by provider, after discount and before credits
	Discount  float64
	Shortfall float64
	Credits   float64   // used
	Drawn     []float64 // by agreement: net spend of the month
	Carried   []float64 // by agreement: what moves to the next period
	Used      []float64 // by credit
	Open      []float64 // by credit: bill in scope that earlier credits left
	Billed    []float64 // by credit: net bill in scope
	unpaid    []float64 // by provider
}

// NewStatement makes room for the bills of some providers.
func (t *Terms) NewStatement(providers int) *Statement {
	return &Statement{
		Net: make([]float64, providers), unpaid: make([]float64, providers),
		Drawn: make([]float64, len(t.Agreements)), Carried: make([]float64, len(t.Agreements)),
		Used: make([]float64, len(t.Credits)), Open: make([]float64, len(t.Credits)),
		Billed: make([]float64, len(t.Credits)),
	}
}

// Settle works out month m for the list cost of each provider.
func (t *Terms) Settle(m int, bills []float64, b *Balance, s *Statement) {
	copy(s.Net, bills)
	s.Discount, s.Shortfall, s.Credits = 0, 0, 0
	for a := range t.Agreements {
		t.agree(a, m, b, s)
	}
	if len(t.Credits) == 0 {
		return
	}
	copy(s.unpaid, s.Net)
	for c := range t.Credits {
		t.pay(c, m, b, s)
	}
}

// agree takes an agreement's discount off the bills in its scope, which later agreements see, counts what is drawn, and
// in the last month of a period what is missing: of that, a share of the amount moves to the next period, the rest is
// owed.
func (t *Terms) agree(a, m int, b *Balance, s *Statement) {
	agreement := &t.Agreements[a]
	s.Drawn[a], s.Carried[a] = 0, 0
	period, next, ok := t.current(a, m)
	if !ok {
		return
	}
	for _, provider := range agreement.Scope {
		net := s.Net[provider] * (1 - agreement.Discount)
		s.Discount += s.Net[provider] - net
		s.Net[provider] = net
		s.Drawn[a] += net
	}
	if m != period.Last {
		return
	}
	gap := max(0, period.Amount+b.Carried[a]-b.Drawn[a]-s.Drawn[a])
	if next {
		s.Carried[a] = min(gap, agreement.CarryShare*period.Amount)
	}
	s.Shortfall += gap - s.Carried[a]
}

// pay uses a credit: the least of its balance, the bill that earlier credits left, its share of the net bill and its
// cap.
func (t *Terms) pay(c, m int, b *Balance, s *Statement) {
	credit := &t.Credits[c]
	s.Used[c], s.Open[c], s.Billed[c] = 0, 0, 0
	if m < credit.From || m > credit.Last {
		return
	}
	for _, provider := range credit.Scope {
		s.Open[c] += s.unpaid[provider]
		s.Billed[c] += s.Net[provider]
	}
	use := max(0, min(b.Credits[c], s.Open[c], credit.MaxShare*s.Billed[c], credit.MonthlyCap))
	s.Used[c] = use
	s.Credits += use
	for _, provider := range credit.Scope {
		part := min(use, s.unpaid[provider])
		s.unpaid[provider] -= part
		use -= part
	}
}

// Switches appends figures whose changes of sign are the kinks of the settled month, as a function of the bills: a
// commitment that is met, a credit that reaches another of its limits. Each is linear between the kinks of those
// before.
func (t *Terms) Switches(m int, b *Balance, s *Statement, out []float64) []float64 {
	for a := range t.Agreements {
		if period, _, ok := t.current(a, m); ok && m == period.Last {
			gap := period.Amount + b.Carried[a] - b.Drawn[a] - s.Drawn[a]
			out = append(out, gap, gap-t.Agreements[a].CarryShare*period.Amount)
		} else {
			out = append(out, 0, 0)
		}
	}
	for c := range t.Credits {
		limits := [...]float64{b.Credits[c], s.Open[c], t.Credits[c].MaxShare * s.Billed[c],
			min(t.Credits[c].MonthlyCap, math.MaxFloat64)}
		for i := range limits {
			for _, other := range limits[:i] {
				out = append(out, limits[i]-other)
			}
		}
		paid := s.Used[c] // by provider, in order: where one bill is paid and the next begins
		for _, provider := range t.Credits[c].Scope {
			paid -= s.Net[provider]
			out = append(out, paid)
		}
	}
	return out
}
