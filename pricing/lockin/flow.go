package lockin

import (
	"cmp"
	"math/big"
	"slices"
)

// Flow is spend on its way from one layer to the next: from the whole spend ("spend") to sellers, from sellers to labs,
// from labs to chip vendors. Between two layers the flows add up to the annual spend.
type Flow struct {
	Layer  string `json:"layer"` // of To: "seller", "lab", "chip"
	From   string `json:"from"`
	To     string `json:"to"`
	Amount Figure `json:"amount"`
	Pct    Figure `json:"pct"` // of the annual spend
}

// flows are the flows of the lines, by layer and names; nothing flows without spend.
func (in *Input) flows() []Flow {
	total, _ := in.spend()
	if total.Sign() == 0 {
		return nil
	}
	var list []Flow
	for _, l := range []struct {
		layer  string
		amount amounts
	}{{"seller", in.toSellers()}, {"lab", in.toLabs()}, {"chip", in.toChips()}} {
		for ends, amount := range l.amount {
			if amount.Sign() > 0 {
				list = append(list, Flow{l.layer, ends[0], ends[1], figure(amount, moneyPlaces),
					figure(quo(mul(frac(100, 1), amount), total), sharePlaces)})
			}
		}
	}
	order := []string{"seller", "lab", "chip"}
	slices.SortFunc(list, func(a, b Flow) int {
		return cmp.Or(slices.Index(order, a.Layer)-slices.Index(order, b.Layer), b.Amount.value.Cmp(a.Amount.value),
			cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return list
}

type amounts map[[2]string]*big.Rat

func (b amounts) add(from, to string, amount *big.Rat) {
	key := [2]string{or1(from, Unknown), or1(to, Unknown)}
	if b[key] == nil {
		b[key] = new(big.Rat)
	}
	b[key].Add(b[key], amount)
}

func (in *Input) toSellers() amounts {
	b := amounts{}
	for i := range in.Lines {
		b.add("spend", in.Lines[i].Seller, rat(in.Lines[i].AnnualSpend))
	}
	return b
}

func (in *Input) toLabs() amounts {
	b := amounts{}
	for i := range in.Lines {
		b.add(in.Lines[i].Seller, in.Lines[i].Lab, rat(in.Lines[i].AnnualSpend))
	}
	return b
}

// toChips splits each line as the concentration does.
func (in *Input) toChips() amounts {
	b := amounts{}
	for i := range in.Lines {
		one := Input{Lines: in.Lines[i : i+1]}
		for vendor, amount := range one.chips([]*big.Rat{rat(in.Lines[i].AnnualSpend)}, "") {
			b.add(in.Lines[i].Lab, vendor, amount)
		}
	}
	return b
}
