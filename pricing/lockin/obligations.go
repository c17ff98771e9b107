package lockin

import (
	"math/big"

	"headroom/pricing/calendar"
)

// Obligation is what a month is bound to, in the plan's currency: Promised is the month's even part of the commitments,
// Reserved what capacity with a term costs, Shortfall what a commitment that ends is short of, Credits what they pay.
type Obligation struct {
	Month                                  calendar.Month
	Promised, Reserved, Shortfall, Credits Figure
}

// Obligations are the months that something binds or credits pay, first to last; none without commitments, terms and
// credits.
func (a *Alternative) Obligations() []Obligation {
	v := a.view
	var list []Obligation
	for i := range v.result.Months {
		m := &v.result.Months[i]
		o := Obligation{Month: m.Month, Promised: figure(v.promised(m.Month), moneyPlaces),
			Reserved:  figure(v.reserved(i, m.Month), moneyPlaces),
			Shortfall: figure(rat(number(m.Shortfall, 6)), moneyPlaces),
			Credits:   figure(rat(number(m.CreditsUsed, 6)), moneyPlaces)}
		for _, f := range []Figure{o.Promised, o.Reserved, o.Shortfall, o.Credits} {
			if f.value.Sign() > 0 {
				list = append(list, o)
				break
			}
		}
	}
	return list
}

// promised is the even part of every commitment whose term a month lies in.
func (v *view) promised(m calendar.Month) *big.Rat {
	sum := new(big.Rat)
	for _, c := range v.plan.Commitments {
		for _, p := range c.Periods {
			if p.Months > 0 && p.From <= m && m < p.From+calendar.Month(p.Months) {
				sum.Add(sum, quo(rat(p.Amount), whole(p.Months)))
			}
		}
	}
	return sum
}

// reserved is the fixed cost in a month of the offers that have a lot with a term in it.
func (v *view) reserved(at int, m calendar.Month) *big.Rat {
	sum := new(big.Rat)
	for _, o := range v.result.Months[at].Offers {
		for _, lot := range v.plan.Offers[o.ID].Lots {
			if lot.Months > 0 && lot.From <= m && m < lot.From+calendar.Month(lot.Months) {
				sum.Add(sum, rat(number(o.Fixed, 6)))
				break
			}
		}
	}
	return sum
}
