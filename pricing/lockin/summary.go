package lockin

import (
	"headroom/pricing"
	"headroom/pricing/catalog"
)

// Summary is what a comparison shows of an alternative's lock-in. A figure that is not known says nothing; Missing names
// the answers that it takes.
type Summary struct {
	Index       Figure // 0 to 100
	Band        string // low, guarded, high, severe; "unknown" without an index
	CashCost    Figure // of leaving Seller, in the plan's currency
	TimeToExit  Figure // calendar days
	Seller      string // who is left
	Model       string // the model with the fewest sellers among the lines with spend; empty: none is known
	Sellers     int    // of that model, where its line may be served
	SellersAsOf catalog.Date
	Missing     []Note // answers that the figures wait for
	Note        string // why there is no figure at all, such as "no spend"
}

// Summaries are the lock-in of every alternative that result knows, by its id: Assess without the rules. An answer of the
// plan that cannot be used is refused with a *pricing.InvalidError.
func (b *Base) Summaries(p *pricing.Plan, result *pricing.Result) (map[string]Summary, error) {
	list := make(map[string]Summary, len(result.Alternatives))
	err := b.each(p, result, func(variant pricing.Variant, v *view) { list[variant.ID] = v.summary() })
	return list, err
}

func (v *view) summary() Summary {
	s := Summary{Index: v.a.Index, Band: v.a.Band, CashCost: v.a.Exit.CashCost, TimeToExit: v.a.Time.TimeToExit, Seller: v.in.Exit.Seller,
		Missing: v.missing, Note: v.a.Note}
	for i := range v.lines {
		l := &v.lines[i]
		if l.model != "" && spendOf(l).Sign() > 0 && (s.Model == "" || len(l.sellers) < s.Sellers) {
			s.Model, s.Sellers, s.SellersAsOf = l.model, len(l.sellers), l.asOf
		}
	}
	return s
}
