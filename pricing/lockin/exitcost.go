package lockin

import (
	"encoding/json"
	"math/big"
)

// ExitCost is what leaving one seller costs, in the currency of the input.
type ExitCost struct {
	Seller           string     `json:"seller"`
	AnnualSpend      Figure     `json:"annual_spend_usd"`
	Components       Components `json:"components_usd"`
	EgressBasis      string     `json:"egress_basis"`
	EgressList       Figure     `json:"egress_list_usd"`
	EngineerDays     Figure     `json:"engineer_days"`
	CashCost         Figure     `json:"cash_cost_usd"` // credits are not cash
	CreditsForfeited Figure     `json:"credits_forfeited_usd"`
	TotalCost        Figure     `json:"total_cost_usd"`
	SwitchingRatio   Figure     `json:"switching_ratio"` // cash cost / annual spend; null without spend
	PaybackMonths    Figure     `json:"payback_months"`  // null: the alternative is not cheaper, or not stated
}

// Component is one rule's part of the cash cost.
type Component struct {
	Rule, Name string
	Cost       Figure
}

// Components is a JSON object "RULE_name": cost, in the order of the model.
type Components []Component

// Get is the cost of a rule's component, and whether the model has one.
func (c Components) Get(rule string) (Figure, bool) {
	for i := range c {
		if c[i].Rule == rule {
			return c[i].Cost, true
		}
	}
	return Figure{}, false
}

// MarshalJSON is {"L25_commit_shortfall": 520000.00, ...}.
func (c Components) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i := range c {
		if i > 0 {
			b = append(b, ',')
		}
		value, err := json.Marshal(c[i].Cost)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, '"'), c[i].Rule+"_"+c[i].Name...), '"', ':')
		b = append(b, value...)
	}
	return append(b, '}'), nil
}

// The bases of an egress price, in the order in which they are looked at.
const (
	EgressWaiver    = "provider_exit_waiver"
	EgressZero      = "eu_data_act_art29_zero"
	EgressCostBased = "eu_data_act_art29_cost_based"
	EgressList      = "list_price"
)

// dataActZero is the first day without switching charges for EU customers (Regulation 2023/2854, Article 29). It is law
// as read on 2026-11-23, and the one date that this package knows by itself.
const dataActZero = "2027-01-12"

// egress is what the data costs to move, on which basis, and at list price.
func (x *Exit) egress() (cost *big.Rat, basis string, list *big.Rat) {
	list = x.Egress.list()
	switch {
	case x.Egress.ExitWaiver:
		return new(big.Rat), EgressWaiver, list
	case x.EUCustomer && x.ExitDate >= dataActZero:
		return new(big.Rat), EgressZero, list
	case x.EUCustomer && !x.Egress.CostBased.IsZero():
		return smaller(list, mul(rat(x.Egress.GB), rat(x.Egress.CostBased))), EgressCostBased, list
	}
	return list, EgressList, list
}

// list prices the GB after the free ones, bracket by bracket.
func (e *Egress) list() *big.Rat {
	left := positive(sub(rat(e.GB), rat(e.FreeGB)))
	cost, from := new(big.Rat), new(big.Rat)
	for _, t := range e.Tiers {
		in := left
		if !t.UpToGB.IsZero() {
			in = smaller(left, sub(rat(t.UpToGB), from))
			from = rat(t.UpToGB)
		}
		cost.Add(cost, mul(in, rat(t.PerGB)))
		left = sub(left, in)
	}
	return cost
}

// residual is what reservations still cost after the refunds, which the cap limits in the order of the list.
func (x *Exit) residual() *big.Rat {
	sum, capLeft := new(big.Rat), rat(x.RefundCapLeft)
	for _, p := range x.Provisioned {
		left := mul(rat(p.Monthly), rat(p.MonthsLeft))
		if p.Refundable {
			refund := smaller(mul(left, sub(frac(1, 1), rat(p.RefundFee))), capLeft)
			capLeft = sub(capLeft, refund)
			left = sub(left, refund)
		}
		sum.Add(sum, left)
	}
	return sum
}

// shortfall is the commitment that neither spend nor, where they count, reservations use up.
func (x *Exit) shortfall(residual *big.Rat) *big.Rat {
	short := sub(rat(x.CommitRemaining), rat(x.RetainedSpend))
	if x.ProvisionedBurns {
		short.Sub(short, residual)
	}
	return positive(short)
}

// effort is the engineer-days by cause.
type effort struct{ services, agents, integrations, prompts *big.Rat }

func (in *Input) effort() effort {
	w, d := in.Exit.Work, in.Params.Days
	return effort{
		mul(rat(w.Services), rat(d.Service)), mul(rat(w.Agents), rat(d.Agent)),
		mul(rat(in.integrations()), rat(d.Integration)),
		add(mul(rat(w.Prompts), rat(d.Prompt)), mul(rat(w.EvalSuites), rat(d.EvalSuite))),
	}
}

func (e effort) total() *big.Rat { return add(e.services, e.agents, e.integrations, e.prompts) }

// perMillion is tokens x price / 1,000,000.
func perMillion(factors ...*big.Rat) *big.Rat { return quo(mul(factors...), frac(1_000_000, 1)) }

// engineerDay is what one day of eight hours costs.
func (in *Input) engineerDay() *big.Rat { return or(in.Params.EngineerDay, frac(900, 1)) }

// components are the cash costs, one a rule, in the order of the model.
func (in *Input) components(annual *big.Rat) Components {
	x := &in.Exit
	residual := x.residual()
	egress, _, _ := x.egress()
	e, day := in.effort(), in.engineerDay()
	t := x.FineTune
	list := Components{}
	put := func(rule, name string, cost *big.Rat) {
		list = append(list, Component{rule, name, figure(cost, moneyPlaces)})
	}
	put("L25", "commit_shortfall", x.shortfall(residual))
	put("L26", "provisioned_residual", residual)
	put("L02", "egress", egress)
	put("L17", "reembedding", perMillion(rat(x.Embedding.Tokens), rat(x.Embedding.PerMTokens)))
	put("L12", "retrain", perMillion(rat(t.Models), rat(t.Tokens), rat(t.Epochs), rat(t.PerMTokens)))
	put("L05", "services", mul(e.services, day))
	put("L21", "agents", mul(e.agents, day))
	put("L22", "integrations", mul(e.integrations, day))
	put("L23", "prompts_evals", mul(e.prompts, day))
	put("L29", "termination_fee", rat(x.TerminationFee))
	put("L36", "parallel_run", quo(mul(annual, rat(x.ParallelRunDays), rat(x.ParallelOverlap)), frac(365, 1)))
	return list
}

// exitCost works out the cost of the exit; gaps names the components that cannot be known.
func (in *Input) exitCost(annual *big.Rat, gaps gaps) ExitCost {
	x := &in.Exit
	_, basis, list := x.egress()
	out := ExitCost{Seller: x.Seller, AnnualSpend: figure(annual, moneyPlaces), Components: in.components(annual),
		EgressBasis: basis, EgressList: figure(list, moneyPlaces),
		EngineerDays:     figure(in.effort().total(), daysPlaces),
		CreditsForfeited: figure(rat(x.CreditsForfeited), moneyPlaces)}
	gaps.hide(&out)
	cash := new(big.Rat)
	for _, c := range out.Components {
		if !c.Cost.Known() {
			return out
		}
		cash.Add(cash, c.Cost.value)
	}
	out.CashCost = figure(cash, moneyPlaces)
	if out.CreditsForfeited.Known() {
		out.TotalCost = figure(add(cash, rat(x.CreditsForfeited)), moneyPlaces)
	}
	if annual.Sign() > 0 {
		out.SwitchingRatio = figure(quo(cash, annual), ratioPlaces)
	}
	if saving := sub(annual, rat(x.AlternativeAnnual)); !x.AlternativeAnnual.IsZero() && saving.Sign() > 0 {
		out.PaybackMonths = figure(quo(mul(cash, frac(12, 1)), saving), monthPlaces)
	}
	return out
}
