package lockin

import "math/big"

// Substitutability is which lines could move, by the offers that qualify.
type Substitutability struct {
	PerLine           []LineSubstitutes `json:"per_line"`
	SellerReplaceable Figure            `json:"seller_replaceable_pct"` // share of the spend with enough other sellers
	LabReplaceable    Figure            `json:"lab_replaceable_pct"`
}

// LineSubstitutes counts distinct qualifying sellers and labs other than the line's own.
type LineSubstitutes struct {
	Line         string `json:"line"`
	OtherSellers int    `json:"other_sellers"`
	OtherLabs    int    `json:"other_labs"`
}

// limits are what an offer must hold to qualify.
type limits struct{ price, quality *big.Rat }

func (in *Input) limits() limits {
	one := frac(1, 1)
	return limits{add(one, or(in.Params.PriceTolerance, frac(1, 4))), sub(one, or(in.Params.QualityTolerance, frac(1, 20)))}
}

// qualifies says whether an offer meets every hard need, costs at most 1 + X and is at least 1 - Y as good. A price or a
// quality that is not stated does not qualify.
func (l limits) qualifies(s *Substitute) bool {
	return s.MeetsHard && !s.PriceRatio.IsZero() && !s.QualityRatio.IsZero() &&
		rat(s.PriceRatio).Cmp(l.price) <= 0 && rat(s.QualityRatio).Cmp(l.quality) >= 0
}

// substitutes counts, line by line, and weighs by spend; total is more than 0.
func (in *Input) substitutes(total *big.Rat) Substitutability {
	limits, least := in.limits(), or(in.Params.MinSubstitutes, frac(1, 1))
	bySeller, byLab := new(big.Rat), new(big.Rat)
	out := Substitutability{PerLine: make([]LineSubstitutes, len(in.Lines))}
	for i := range in.Lines {
		l := &in.Lines[i]
		sellers, labs := map[string]bool{}, map[string]bool{}
		for j := range l.Substitutes {
			if s := &l.Substitutes[j]; limits.qualifies(s) {
				sellers[s.Seller], labs[s.Lab] = true, true
			}
		}
		delete(sellers, l.Seller)
		delete(labs, l.Lab)
		out.PerLine[i] = LineSubstitutes{l.ID, len(sellers), len(labs)}
		if whole(len(sellers)).Cmp(least) >= 0 {
			bySeller.Add(bySeller, rat(l.AnnualSpend))
		}
		if whole(len(labs)).Cmp(least) >= 0 {
			byLab.Add(byLab, rat(l.AnnualSpend))
		}
	}
	out.SellerReplaceable = figure(quo(mul(frac(100, 1), bySeller), total), sharePlaces)
	out.LabReplaceable = figure(quo(mul(frac(100, 1), byLab), total), sharePlaces)
	return out
}
