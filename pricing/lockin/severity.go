package lockin

import (
	"cmp"
	"math/big"
	"slices"
)

// Severity of a rule that fired.
type Severity string

const (
	Low      Severity = "low"
	Medium   Severity = "medium"
	High     Severity = "high"
	Critical Severity = "critical"
)

// Fired is a rule that fired; Line stands only on rules about one line.
type Fired struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Line     string   `json:"line,omitzero"`
}

// byShare is the severity of a concentration: > 0.80 critical, > 0.60 high, > 0.50 medium, strictly; empty: none.
func byShare(share *big.Rat) Severity {
	switch {
	case share.Cmp(frac(4, 5)) > 0:
		return Critical
	case share.Cmp(frac(3, 5)) > 0:
		return High
	case share.Cmp(frac(1, 2)) > 0:
		return Medium
	}
	return ""
}

// byCost is the severity of a cost against the annual spend of the seller that is left: > 25 % critical, > 10 % high, >
// 2 % medium, else low; empty without cost; critical when there is no spend.
func byCost(cost, annual *big.Rat) Severity {
	if cost.Sign() <= 0 {
		return ""
	}
	if annual.Sign() == 0 {
		return Critical
	}
	share := quo(cost, annual)
	switch {
	case share.Cmp(frac(1, 4)) > 0:
		return Critical
	case share.Cmp(frac(1, 10)) > 0:
		return High
	case share.Cmp(frac(1, 50)) > 0:
		return Medium
	}
	return Low
}

// costRules are the rules whose cost is a component of the exit.
func costRules() []string {
	return []string{"L02", "L05", "L12", "L17", "L21", "L22", "L23", "L25", "L26", "L29", "L36"}
}

// fired are the rules that need no plan, by rule and line.
func (in *Input) fired(a *Assessment) []Fired {
	list := []Fired{}
	put := func(rule, line string, s Severity) {
		if s != "" {
			list = append(list, Fired{rule, s, line})
		}
	}
	c, annual := &a.Concentration, a.Exit.AnnualSpend.value
	put("L01", "", byShare(c.Seller.topShare()))
	put("L08", "", byShare(c.Lab.topShare()))
	put("L14", "", byShare(c.Chip.topShare()))
	for _, rule := range costRules() {
		cost, _ := a.Exit.Components.Get(rule)
		put(rule, "", byCost(cost.value, annual))
	}
	put("L27", "", byCost(a.Exit.CreditsForfeited.value, annual))
	for i := range in.Lines {
		put("L07", in.Lines[i].ID, in.soleSeller(&in.Lines[i], a.TotalAnnualSpend.value))
	}
	slices.SortFunc(list,
		func(a, b Fired) int { return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Line, b.Line)) })
	return list
}

// topShare is the largest share, 0 to 1.
func (l *Layer) topShare() *big.Rat { return quo(l.TopShare.value, frac(100, 1)) }

// soleSeller is the severity of a line whose model one seller sells: high above a quarter of the total spend.
func (in *Input) soleSeller(l *Line, total *big.Rat) Severity {
	spend := rat(l.AnnualSpend)
	if l.Sellers.IsZero() || rat(l.Sellers).Cmp(frac(1, 1)) != 0 || spend.Sign() == 0 {
		return ""
	}
	if quo(spend, total).Cmp(frac(1, 4)) > 0 {
		return High
	}
	return Medium
}
