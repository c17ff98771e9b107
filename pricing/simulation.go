package pricing

import (
	"headroom/pricing/calendar"
)

// SimulationSchema is the `schema` of a simulation.
const SimulationSchema = "headroom.simulation/v1"

// Simulation is what a plan comes to when its ranges are drawn many times: the public answer of `headroom simulate`.
// Figures are unrounded and in Currency.
type Simulation struct {
	Schema          string                  `json:"schema"`
	CatalogSnapshot string                  `json:"catalog_snapshot"`
	Currency        string                  `json:"currency"`
	Baseline        string                  `json:"baseline"`
	Alternatives    []AlternativeSimulation `json:"alternatives"`
}

// AlternativeSimulation is one alternative under the same draws as all others. Samples and Seed repeat them.
type AlternativeSimulation struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	Warnings []Warning        `json:"warnings"`
	Samples  int              `json:"samples"`
	Seed     uint64           `json:"seed"`
	Months   []SimulatedMonth `json:"months"`
	// Middle is the plan with every range at its P50; the bars of the tornado start from it.
	Middle  TornadoEnd   `json:"middle"`
	Tornado []TornadoBar `json:"tornado"` // at most MaxBars, the widest first
}

// SimulatedMonth is one month over all samples.
type SimulatedMonth struct {
	Month       calendar.Month `json:"month"`
	UsersServed Quantiles      `json:"users_served"`
	CashCost    Quantiles      `json:"cash_cost"`
	Revenue     Quantiles      `json:"revenue"`
	GrossMargin Quantiles      `json:"gross_margin"`
	Cash        Quantiles      `json:"cash"`
	// BindsBy is the share of samples in which a constraint has cost revenue by the end of the month: every limit of
	// the plan, and the pass/fail constraints that ever do.
	BindsBy Amounts `json:"binds_by"`
	// AnyBindsBy is the share in which any of them has.
	AnyBindsBy float64 `json:"any_binds_by"`
	// CashBelowMin is the share of samples in which the month ends below finance.min_cash; absent without one.
	CashBelowMin *float64 `json:"cash_below_min,omitempty"`
}

// Quantiles are type 7 quantiles over the samples in which the figure is defined. Undefined is the share of the others:
// a gross margin without revenue. All three are null when it is defined in none.
type Quantiles struct {
	P10       Figure  `json:"p10"`
	P50       Figure  `json:"p50"`
	P90       Figure  `json:"p90"`
	Undefined float64 `json:"undefined,omitempty"`
}

// MaxBars is how many inputs a tornado shows.
const MaxBars = 10

// TornadoBar is one range at its P10 and at its P90, all others at P50: users served, summed over the months (user
// months), and what they cost in cash.
type TornadoBar struct {
	Path     string  `json:"path"`
	Low      float64 `json:"low"`  // user months served at P10
	High     float64 `json:"high"` // at P90
	CashLow  float64 `json:"cash_cost_low"`
	CashHigh float64 `json:"cash_cost_high"`
}

// TornadoEnd is one run of the plan: user months served, and their cash cost.
type TornadoEnd struct {
	UserMonths float64 `json:"user_months"`
	CashCost   float64 `json:"cash_cost"`
}
