package pricing

import (
	"cmp"
	"math"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/commitment"
)

// billing names the sellers that a commitment, credit or spend cap on a cloud covers too: one bill.
func billing(provider string) []string {
	switch provider {
	case "aws":
		return []string{"aws", "bedrock"}
	case "gcp":
		return []string{"gcp", "gemini-api", "vertex"}
	default:
		return []string{provider}
	}
}

// addProviders numbers everybody who bills, by name.
func (f *frame) addProviders() {
	for i := range f.supplies {
		f.providers = append(f.providers, f.supplies[i].provider)
	}
	slices.Sort(f.providers)
	f.providers = slices.Compact(f.providers)
	f.program.Providers = len(f.providers)
}

// scope is the indices of the providers that the names cover, in name order; those without a bill are left out.
func (f *frame) scope(names []string) []int {
	var list []int
	for _, name := range names {
		for _, provider := range billing(name) {
			if i, ok := slices.BinarySearch(f.providers, provider); ok {
				list = append(list, i)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// addFinance lays out commitments, credits and cash.
func (f *frame) addFinance() {
	p := f.plan
	f.program.LostUsersStay = p.LostUsersStayLost
	f.program.Flow = make([]float64, len(f.months))
	f.fillCash()
	f.credits = creditOrder(p.Credits)
	f.program.Terms = f.terms()
}

func (f *frame) fillCash() {
	f.program.OpeningCash = f.plan.openingCash()
	for m, month := range f.months {
		f.program.Flow[m] = f.plan.inflow(month)
	}
}

// terms are the commitments in the order in which they apply, and the credits in the order in which they pay.
func (f *frame) terms() *commitment.Terms {
	p := f.plan
	var agreements []commitment.Agreement
	for _, c := range p.Commitments {
		agreements = append(agreements, f.agreement(c))
	}
	var credits []commitment.Credit
	for _, i := range f.credits {
		credits = append(credits, f.credit(p.Credits[i]))
	}
	return commitment.NewTerms(len(f.months), agreements, credits)
}

// since counts months from the start of the plan.
func (f *frame) since(m calendar.Month) int { return int(m - f.months[0]) }

func (f *frame) agreement(c Commitment) commitment.Agreement {
	out := commitment.Agreement{Scope: f.scope(c.Providers), Discount: c.Discount.Float(),
		CarryShare: c.CarryShare.Float()}
	for _, period := range c.Periods {
		from := f.since(period.From)
		if last := from + period.Months - 1; last >= 0 {
			out.Periods = append(out.Periods, commitment.Period{From: from, Last: last, Amount: period.Amount.Float()})
		}
	}
	return out
}

// creditOrder is the order in which credits pay: the earliest expiry first, then by id.
func creditOrder(credits []Credit) []int {
	order := make([]int, len(credits))
	for i := range order {
		order[i] = i
	}
	expiry := func(c Credit) int {
		if c.Expires == 0 {
			return math.MaxInt
		}
		return int(c.Expires)
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(expiry(credits[a]), expiry(credits[b])), cmp.Compare(credits[a].ID, credits[b].ID))
	})
	return order
}

func (f *frame) credit(c Credit) commitment.Credit {
	out := commitment.Credit{Scope: f.scope(c.Providers), Amount: c.Amount.Float(), Last: math.MaxInt,
		MaxShare: c.MaxShare.Or(1), MonthlyCap: c.MonthlyCap.Or(math.Inf(1))}
	if c.From != 0 {
		out.From = f.since(c.From)
	}
	if c.Expires != 0 {
		out.Last = f.since(c.Expires)
	}
	return out
}

func (p *Plan) openingCash() float64 {
	if p.Finance == nil {
		return 0
	}
	return p.Finance.OpeningCash.Float()
}

// inflow is funding of the month - other operating expense.
func (p *Plan) inflow(month calendar.Month) float64 {
	if p.Finance == nil {
		return 0
	}
	sum := 0.0
	for _, funding := range p.Finance.Funding {
		if funding.From == month {
			sum += funding.Value.Float()
		}
	}
	return sum - p.Finance.OtherOpex.Or(month, 0)
}
