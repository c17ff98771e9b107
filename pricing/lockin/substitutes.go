package lockin

import (
	"cmp"
	"math"
	"math/big"

	"headroom/pricing"
)

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

// limits are what an offer must hold to qualify, exact and as floats, which decide all but the border.
type limits struct {
	price, quality           *big.Rat
	floatPrice, floatQuality float64
}

func (in *Input) limits() limits {
	one := frac(1, 1)
	l := limits{price: add(one, or(in.Params.PriceTolerance, frac(1, 4))),
		quality: sub(one, or(in.Params.QualityTolerance, frac(1, 20)))}
	l.floatPrice, _ = l.price.Float64()
	l.floatQuality, _ = l.quality.Float64()
	return l
}

// qualifies reports whether an offer meets every hard need, costs at most 1 + X and is at least 1 - Y as good. A price
// or a quality that is not stated does not qualify.
func (l *limits) qualifies(s *Substitute) bool {
	return s.MeetsHard && !s.PriceRatio.IsZero() && !s.QualityRatio.IsZero() &&
		compare(s.PriceRatio, l.price, l.floatPrice) <= 0 && compare(s.QualityRatio, l.quality, l.floatQuality) >= 0
}

// compare is the exact order of n and a bound; floats decide where they are further apart than their error.
func compare(n pricing.Number, bound *big.Rat, float float64) int {
	if v := n.Float(); math.Abs(v-float) > 1e-9*(math.Abs(v)+math.Abs(float)) {
		return cmp.Compare(v, float)
	}
	return rat(n).Cmp(bound)
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
