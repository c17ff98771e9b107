package lockin

import (
	"encoding/json"
	"maps"
	"math/big"
	"slices"
)

// Unknown stands for a seller, lab or chip vendor that nobody names: one party of its own in the shares.
const Unknown = "unknown"

// Layer is how the annual spend is spread over the parties of one layer. 1,800 and 30 % are reference lines of merger
// control, not bounds for a buyer: five equal suppliers have an HHI of 2,000.
type Layer struct {
	Shares          Shares `json:"shares_pct"`
	HHI             Figure `json:"hhi"` // sum of (100 x share)^2, 0 to 10,000
	EffectiveNumber Figure `json:"effective_number"`
	TopShare        Figure `json:"top_share_pct"`
	StressHHI       Figure `json:"stress_hhi,omitzero"` // chip only
}

// Share is one party's part of the spend, in per cent.
type Share struct {
	ID  string
	Pct Figure
}

// Shares is a JSON object by party, in the order of the ids.
type Shares []Share

// MarshalJSON is {"aws": 60.00, ...}.
func (s Shares) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, share := range s {
		if i > 0 {
			b = append(b, ',')
		}
		name, err := json.Marshal(share.ID)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, name...), ':'), share.Pct.String()...)
	}
	return append(b, '}'), nil
}

// Concentration is the three layers: who bills and hosts, who made the model, whose accelerators.
type Concentration struct {
	Seller Layer `json:"seller"`
	Lab    Layer `json:"lab"`
	Chip   Layer `json:"chip"`
}

// spread is spend by party.
type spread map[string]*big.Rat

func (s spread) add(id string, amount *big.Rat) {
	if id == "" {
		id = Unknown
	}
	if s[id] == nil {
		s[id] = new(big.Rat)
	}
	s[id].Add(s[id], amount)
}

// hhi is the Herfindahl-Hirschman index of a spread, exact: whole numbers over one denominator, which is much faster
// than a sum of fractions.
func (s spread) hhi(total *big.Rat) *big.Rat {
	common := new(big.Int).Set(total.Denom())
	for _, amount := range s {
		if part := new(big.Int).GCD(nil, nil, common, amount.Denom()); part.Cmp(amount.Denom()) != 0 {
			common.Mul(common, part.Quo(amount.Denom(), part))
		}
	}
	squares, n := new(big.Int), new(big.Int)
	scaled := func(v *big.Rat) *big.Int { return n.Mul(v.Num(), new(big.Int).Quo(common, v.Denom())) }
	for _, amount := range s {
		part := scaled(amount)
		squares.Add(squares, part.Mul(part, part))
	}
	all := scaled(total)
	return new(big.Rat).SetFrac(squares.Mul(squares, big.NewInt(10_000)), all.Mul(all, all))
}

// top is the largest amount.
func (s spread) top() *big.Rat {
	top := new(big.Rat)
	for _, amount := range s {
		top = larger(top, amount)
	}
	return top
}

func (s spread) layer(total *big.Rat) Layer {
	hhi := s.hhi(total)
	layer := Layer{HHI: figure(hhi, hhiPlaces), EffectiveNumber: figure(quo(frac(10_000, 1), hhi), countPlaces),
		TopShare: figure(quo(mul(frac(100, 1), s.top()), total), sharePlaces)}
	for _, id := range slices.Sorted(maps.Keys(s)) {
		layer.Shares = append(layer.Shares, Share{id, figure(quo(mul(frac(100, 1), s[id]), total), sharePlaces)})
	}
	return layer
}

// concentrate works out the three layers; total is more than 0.
func (in *Input) concentrate(total *big.Rat) Concentration {
	sellers, labs := spread{}, spread{}
	spends := make([]*big.Rat, len(in.Lines))
	for i := range in.Lines {
		l := &in.Lines[i]
		spends[i] = rat(l.AnnualSpend)
		sellers.add(l.Seller, spends[i])
		labs.add(l.Lab, spends[i])
	}
	chips := in.chips(spends, "")
	c := Concentration{sellers.layer(total), labs.layer(total), chips.layer(total)}
	c.Chip.StressHHI = figure(in.stress(chips, c.Chip.HHI.value, spends, total), hhiPlaces)
	return c
}

// chips spreads the spend of every line over its vendors: the disclosed shares, else equally. A stressed vendor takes
// the whole of every undisclosed line that can run on it; a line without vendors can run on any.
func (in *Input) chips(spends []*big.Rat, stressed string) spread {
	chips := spread{}
	for i := range in.Lines {
		l, spend := &in.Lines[i], spends[i]
		switch {
		case len(l.ChipShares) > 0:
			for vendor, share := range l.ChipShares {
				chips.add(vendor, mul(spend, rat(share)))
			}
		case stressed != "" && (len(l.Chips) == 0 || slices.Contains(l.Chips, stressed)):
			chips.add(stressed, spend)
		case len(l.Chips) == 0:
			chips.add(Unknown, spend)
		default:
			part := quo(spend, whole(len(l.Chips)))
			for _, vendor := range l.Chips {
				chips.add(vendor, part)
			}
		}
	}
	return chips
}

// stress is the largest HHI of chips when one vendor takes all that is undisclosed and can run on it; hhi is that of
// the split as it stands.
func (in *Input) stress(point spread, hhi *big.Rat, spends []*big.Rat, total *big.Rat) *big.Rat {
	worst := hhi
	for vendor := range point {
		worst = larger(worst, in.chips(spends, vendor).hhi(total))
	}
	return worst
}

// DeltaHHI is the change of a layer's HHI when share points move from a party with from points to one with to points:
// 2 moved (moved - (from - to)). All in per cent of the total, exact.
func DeltaHHI(from, to, moved *big.Rat) *big.Rat {
	return mul(frac(2, 1), moved, sub(moved, sub(from, to)))
}
