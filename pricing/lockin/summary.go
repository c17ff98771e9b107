package lockin

import (
	"headroom/pricing"
	"headroom/pricing/calendar"
)

// Summary is what a comparison shows of an alternative's lock-in. A figure that is not known says nothing; Missing
// names the answers that it takes.
type Summary struct {
	Index      Figure // 0 to 100
	Band       string // low, guarded, high, severe; "unknown" without an index
	CashCost   Figure // of leaving Seller, in the plan's currency
	TimeToExit Figure // calendar days
	Seller     string // who is left
	Lines      []SoldLine
	Assumed    []Note // what was taken for answers that the plan does not state
	Missing    []Note // answers that the figures wait for
	Note       string // why there is no figure at all, such as "no spend"
}

// SoldLine is who sells the model of an offer with spend, where the line may be served.
type SoldLine struct {
	Offer, Model string // Model is empty when the catalogue knows none
	Sellers      int
	AsOf         calendar.Day
}

// Summaries are the lock-in of every alternative that result knows, by its id: Assess without the rules. An answer of
// the plan that cannot be used is refused with a *pricing.InvalidError.
func (b *Base) Summaries(p *pricing.Plan, result *pricing.Result) (map[string]Summary, error) {
	list := make(map[string]Summary, len(result.Alternatives))
	err := b.each(p, result, everyone, func(variant pricing.Variant, v *view) { list[variant.ID] = v.summary() })
	return list, err
}

// Summary is that of one alternative; false when result does not know it.
func (b *Base) Summary(p *pricing.Plan, result *pricing.Result, id string) (s Summary, ok bool, err error) {
	err = b.each(p, result, func(other string) bool { return other == id },
		func(_ pricing.Variant, v *view) { s, ok = v.summary(), true })
	return s, ok, err
}

// Evaluated is a plan without alternatives, and its result.
type Evaluated struct {
	Plan   *pricing.Plan
	Result *pricing.AlternativeResult
}

// SummariesOf are the lock-in of plans that stand beside an alternative, such as the ways past its wall, in their
// order. Errors are those of Summaries.
func (b *Base) SummariesOf(list []Evaluated) ([]Summary, error) {
	out := make([]Summary, len(list))
	for i, e := range list {
		v := b.view(e.Plan, e.Result)
		if err := v.build(); err != nil {
			return nil, err
		}
		out[i] = v.summary()
	}
	return out, nil
}

func (v *view) summary() Summary {
	s := Summary{Index: v.a.Index, Band: v.a.Band, CashCost: v.a.Exit.CashCost, TimeToExit: v.a.Time.TimeToExit,
		Seller:  v.in.Exit.Seller,
		Assumed: v.assumed, Missing: v.missing, Note: v.a.Note}
	for i := range v.lines {
		if l := &v.lines[i]; spendOf(l).Sign() > 0 {
			s.Lines = append(s.Lines, SoldLine{l.ID, l.model, len(l.sellers), l.asOf})
		}
	}
	return s
}
