package pricing

import (
	"headroom/pricing/calendar"
)

// Commitment is a promised spend with a discount; amount 0 is a discount alone.
type Commitment struct {
	ID         string   `json:"id"`
	Providers  []string `json:"providers,omitzero"`
	Discount   Number   `json:"discount,omitzero"`
	CarryShare Number   `json:"carry_share,omitzero"`
	Periods    []Period `json:"periods,omitzero"`
}

// Period is one term of a commitment.
type Period struct {
	From   calendar.Month `json:"from"`
	Months int            `json:"months"`
	Amount Number         `json:"amount,omitzero"`
}

// Credit is a grant that pays bills.
type Credit struct {
	ID         string         `json:"id"`
	Providers  []string       `json:"providers,omitzero"`
	Amount     Number         `json:"amount,omitzero"`
	From       calendar.Month `json:"from,omitzero"`    // the plan's start if absent
	Expires    calendar.Month `json:"expires,omitzero"` // last usable month; absent: never
	MaxShare   Number         `json:"max_share,omitzero"`
	MonthlyCap Number         `json:"monthly_cap,omitzero"`
}

// Finance is the money beside the bills.
type Finance struct {
	MonthlyBudget  Schedule `json:"monthly_budget,omitzero"` // on cash cost
	MinGrossMargin Number   `json:"min_gross_margin,omitzero"`
	OpeningCash    Number   `json:"opening_cash,omitzero"`
	MinCash        Number   `json:"min_cash,omitzero"`
	Funding        []Inflow `json:"funding,omitzero"`
	OtherOpex      Schedule `json:"other_opex,omitzero"`
	Enforce        []string `json:"enforce,omitzero"` // kinds; an empty list enforces nothing
}

// Inflow is money that comes in exactly one month.
type Inflow struct {
	From  calendar.Month `json:"from"`
	Value Number         `json:"value"`
}

// Uncertainty says which inputs are ranges.
type Uncertainty struct {
	Samples      int                     `json:"samples,omitzero"`
	Seed         Number                  `json:"seed,omitzero"`
	Inputs       map[string]Distribution `json:"inputs,omitzero"` // by path
	Correlations []Correlation           `json:"correlations,omitzero"`
}

// Distribution is an input as three quantiles.
type Distribution struct {
	Distribution string `json:"distribution"`
	P10          Number `json:"p10"`
	P50          Number `json:"p50"`
	P90          Number `json:"p90"`
}

// Correlation is [path, path, rho].
type Correlation struct {
	A, B string
	Rho  Number
}
