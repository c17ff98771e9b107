package lockin

import (
	"encoding/json"
	"math/big"
	"slices"
)

// Assessment is the answer of `headroom lockin`. Always show the four parts before the index.
type Assessment struct {
	TotalAnnualSpend Figure           `json:"total_annual_spend_usd"`
	Concentration    Concentration    `json:"concentration"`
	Exit             ExitCost         `json:"exit"`
	Time             ExitTime         `json:"time"`
	Substitutability Substitutability `json:"substitutability"`
	Scores           Scores           `json:"scores"`
	Index            Figure           `json:"index"` // 0 to 100; null when a part is not known
	// of the unrounded index: low, guarded, high, severe; else "unknown"
	Band       string  `json:"band"`
	RulesFired []Fired `json:"rules_fired,omitzero"`
	Note       string  `json:"note,omitzero"` // why there is no index
}

// Scores are the four parts of the index, 0 (free to leave) to 100.
type Scores struct {
	Concentration       Figure `json:"concentration"`
	SwitchingCost       Figure `json:"switching_cost"`
	Time                Figure `json:"time"`
	NonSubstitutability Figure `json:"non_substitutability"`
}

// MarshalJSON of an assessment without spend has the total, a null index and the note only.
func (a *Assessment) MarshalJSON() ([]byte, error) {
	if a.TotalAnnualSpend.Known() && a.TotalAnnualSpend.value.Sign() == 0 {
		return json.Marshal(struct {
			Total Figure `json:"total_annual_spend_usd"`
			Index Figure `json:"index"`
			Note  string `json:"note"`
		}{a.TotalAnnualSpend, Figure{}, a.Note})
	}
	type plain Assessment
	return json.Marshal((*plain)(a))
}

// gaps are the components ("L02") and parts ("time", "credits") that cannot be known, with the answers that are
// missing.
type gaps map[string][]string

// hide makes the figures of missing answers unknown.
func (g gaps) hide(x *ExitCost) {
	for i := range x.Components {
		if len(g[x.Components[i].Rule]) > 0 {
			x.Components[i].Cost = Figure{}
		}
	}
	if len(g["L02"]) > 0 {
		x.EgressList, x.EgressBasis = Figure{}, Unknown
	}
	for _, rule := range []string{"L05", "L21", "L22", "L23"} {
		if len(g[rule]) > 0 {
			x.EngineerDays = Figure{}
		}
	}
	if len(g["credits"]) > 0 {
		x.CreditsForfeited = Figure{}
	}
}

// Assess answers an input that ParseInput has read, with the 16 rules that need no plan.
func Assess(in *Input) *Assessment {
	a := in.assess(nil)
	if a.Note == "" {
		a.RulesFired = in.fired(a)
	}
	return a
}

// noSpend is the note of an input whose lines cost nothing.
const noSpend = "no spend: shares, ratios and the index are undefined"

func (in *Input) assess(gaps gaps) *Assessment {
	total, annual := in.spend()
	a := &Assessment{TotalAnnualSpend: figure(total, moneyPlaces), Band: Unknown}
	if total.Sign() == 0 {
		a.Note = noSpend
		return a
	}
	a.Concentration = in.concentrate(total)
	a.Exit = in.exitCost(annual, gaps)
	a.Time = ExitTime{Binding: Unknown}
	if len(gaps["time"]) == 0 {
		a.Time = in.exitTime()
	}
	a.Substitutability = in.substitutes(total)
	a.score(in.Weights.exact(), annual)
	return a
}

// spend is the annual spend, and that of the seller that is left.
func (in *Input) spend() (total, annual *big.Rat) {
	total, annual = new(big.Rat), new(big.Rat)
	for i := range in.Lines {
		spend := rat(in.Lines[i].AnnualSpend)
		total.Add(total, spend)
		if in.Lines[i].Seller == in.Exit.Seller {
			annual.Add(annual, spend)
		}
	}
	return total, annual
}

// exactWeights are the weights in force.
type exactWeights struct{ seller, lab, chip, concentration, cost, time, substitutes *big.Rat }

func (w Weights) exact() exactWeights {
	return exactWeights{or(w.Seller, frac(2, 5)), or(w.Lab, frac(2, 5)), or(w.Chip, frac(1, 5)),
		or(w.Concentration, frac(1, 4)),
		or(w.SwitchingCost, frac(1, 4)), or(w.Time, frac(1, 4)), or(w.NonSubstitutability, frac(1, 4))}
}

// score works out the four parts and the index; a part that is not known leaves the index unknown.
func (a *Assessment) score(w exactWeights, annual *big.Rat) {
	hundred := frac(100, 1)
	c := &a.Concentration
	s := &a.Scores
	s.Concentration = figure(
		mul(hundred, add(mul(w.seller, excess(c.Seller.HHI)), mul(w.lab, excess(c.Lab.HHI)),
			mul(w.chip, excess(c.Chip.HHI)))), scorePlaces)
	if a.Exit.CashCost.Known() {
		s.SwitchingCost = figure(mul(hundred, costShare(a.Exit.CashCost.value, annual)), scorePlaces)
	}
	if a.Time.TimeToExit.Known() {
		s.Time = figure(mul(hundred, clamp(quo(sub(a.Time.TimeToExit.value, frac(30, 1)), frac(180, 1)))), scorePlaces)
	}
	replaceable := add(a.Substitutability.SellerReplaceable.value, a.Substitutability.LabReplaceable.value)
	s.NonSubstitutability = figure(sub(hundred, quo(replaceable, frac(2, 1))), scorePlaces)
	if !s.SwitchingCost.Known() || !s.Time.Known() {
		return
	}
	index := add(mul(w.concentration, s.Concentration.value), mul(w.cost, s.SwitchingCost.value),
		mul(w.time, s.Time.value),
		mul(w.substitutes, s.NonSubstitutability.value))
	a.Index, a.Band = figure(index, scorePlaces), band(index)
}

// excess is clamp((HHI - 2,500) / 7,500): four equal suppliers score 0.
func excess(hhi Figure) *big.Rat { return clamp(quo(sub(hhi.value, frac(2500, 1)), frac(7500, 1))) }

// costShare is the cost as a share of a year's spend, at most 1; without spend any cost is all of it.
func costShare(cost, annual *big.Rat) *big.Rat {
	switch {
	case annual.Sign() > 0:
		return clamp(quo(cost, annual))
	case cost.Sign() > 0:
		return frac(1, 1)
	}
	return new(big.Rat)
}

// band names the unrounded index.
func band(index *big.Rat) string {
	names := []string{"low", "guarded", "high", "severe"}
	i := slices.IndexFunc([]int64{25, 50, 75}, func(bound int64) bool { return index.Cmp(frac(bound, 1)) < 0 })
	if i < 0 {
		return names[3]
	}
	return names[i]
}
