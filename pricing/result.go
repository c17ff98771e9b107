package pricing

import (
	"encoding/json"

	"headroom/pricing/calendar"
	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// ResultSchema is the `schema` of a result.
const ResultSchema = "headroom.result/v1"

// Result is the answer to a plan: the public format "headroom.result/v1". Figures are unrounded and in Currency.
type Result struct {
	Schema          string              `json:"schema"`
	CatalogSnapshot string              `json:"catalog_snapshot"`
	Currency        string              `json:"currency"`
	Baseline        string              `json:"baseline"`
	Alternatives    []AlternativeResult `json:"alternatives"`
	// Unknown are the alternatives that EvaluateProposals could not price. Evaluate refuses the plan instead.
	Unknown []UnknownAlternative `json:"-"`
}

// UnknownAlternative is an alternative without figures, and why.
type UnknownAlternative struct {
	ID, Name string
	Reasons  []FieldError
}

// Alternative is the result of the alternative with that id.
func (r *Result) Alternative(id string) (*AlternativeResult, bool) {
	for i := range r.Alternatives {
		if r.Alternatives[i].ID == id {
			return &r.Alternatives[i], true
		}
	}
	return nil, false
}

// AlternativeResult is one alternative, month by month.
type AlternativeResult struct {
	ID            string        `json:"id"`
	Name          string        `json:"name"`
	Warnings      []Warning     `json:"warnings"`
	Months        []MonthResult `json:"months"`
	Totals        Totals        `json:"totals"`
	FirstBinding  Words         `json:"first_binding"`  // first month in which a constraint costs revenue
	FirstExceeded Words         `json:"first_exceeded"` // first month in which demand is beyond a constraint
	MaxGrowth     GrowthRanges  `json:"max_growth"`
	Elasticity    Elasticity    `json:"elasticity"`
	Supplies      []Supply      `json:"-"` // the offers that any route reaches, or that have lots or a pool, by id
}

// Supply is an offer that an alternative uses, as the catalogue and the plan name it.
type Supply struct {
	Offer, Provider, Catalog, Scope, Model, Lab string
	Chips                                       []string
	Kind                                        Kind
}

// MonthResult is one month of one alternative.
type MonthResult struct {
	Month            calendar.Month `json:"month"`
	UsersDemanded    float64        `json:"users_demanded"`
	UsersServed      float64        `json:"users_served"`
	ServedBySegment  Amounts        `json:"served_by_segment"`
	Binding          *string        `json:"binding"` // the constraint that heads the month
	BindingBySegment Words          `json:"binding_by_segment"`
	PlanFactor       float64        `json:"plan_factor"`
	// money constraints that no number of users satisfies
	Unsatisfiable     []string    `json:"unsatisfiable,omitempty"`
	LostRevenue       Amounts     `json:"lost_revenue"` // by constraint
	Ceilings          Amounts     `json:"ceilings"`     // users, by constraint
	Floors            Amounts     `json:"floors"`       // users, by constraint
	Requests          float64     `json:"requests"`     // refused ones included
	UnservedRequests  float64     `json:"unserved_requests"`
	ListCostAtDemand  float64     `json:"list_cost_at_demand"`
	ListCost          float64     `json:"list_cost"`
	Discount          float64     `json:"discount"`
	Shortfall         float64     `json:"shortfall"`
	AccrualCost       float64     `json:"accrual_cost"` // list cost - discount + shortfall
	CreditsUsed       float64     `json:"credits_used"`
	CashCost          float64     `json:"cash_cost"` // accrual cost - credits used
	Revenue           float64     `json:"revenue"`
	GrossMargin       Figure      `json:"gross_margin"` // (revenue - accrual cost) / revenue
	Cash              float64     `json:"cash"`
	CostPer1kRequests Figure      `json:"cost_per_1k_requests"` // accrual cost / requests x 1000
	CostPerUser       Figure      `json:"cost_per_user"`        // accrual cost / users served
	Offers            OfferMonths `json:"offers"`
	Teams             Amounts     `json:"teams"` // list cost
	GPUsNeeded        Amounts     `json:"gpus_needed,omitempty"`
	MegawattsNeeded   Amounts     `json:"megawatts_needed,omitempty"`
	Shadow            *Shadow     `json:"shadow,omitempty"` // absent when nothing, or a pass/fail constraint, binds
	WorkloadRequests  Amounts     `json:"-"`                // refused ones included
	WorkloadCosts     Amounts     `json:"-"`                // list cost
	// the constraints that exist in the month, in the order that resolves ties
	Limits     []LimitMonth `json:"-"`
	StageUsers Amounts      `json:"-"` // users that physical limits leave, by segment
}

// Shadow is what one more unit of the binding capacity is worth: a token or request a minute, a GPU, a megawatt, a unit
// of money.
type Shadow struct {
	UsersPerUnit   float64 `json:"users_per_unit"`
	RevenuePerUnit float64 `json:"revenue_per_unit"`
	UnitsToNext    float64 `json:"units_to_next"` // until another limit, or demand, takes over
}

// LimitMonth is how one constraint stands in a month. Headroom is how many times the users of its segments it would
// carry: 1 is just enough, undefined when it never binds or cannot be satisfied.
type LimitMonth struct {
	ID       string
	Capacity float64 // in the constraint's own unit; the lowest margin or balance for margin and cash
	Headroom Figure
	Enforced bool
	Exceeded bool // by demand
}

// OfferMonth is what one offer does in a month.
type OfferMonth struct {
	ID       string  `json:"-"`
	Requests float64 `json:"requests"`
	Mtok     float64 `json:"mtok"`     // million tokens, input and output
	Usage    float64 `json:"usage"`    // cost by token
	Fixed    float64 `json:"fixed"`    // cost of lots
	PeakTPM  float64 `json:"peak_tpm"` // normalised tokens a minute
	PeakRPM  float64 `json:"peak_rpm"`
	*ProvisionedMonth
}

// offerMonth is what a served month says of an offer that is not provisioned.
func offerMonth(id string, o *growth.OfferMonth) OfferMonth {
	return OfferMonth{ID: id, Requests: o.Requests, Mtok: o.Mtok, Usage: o.Usage, Fixed: o.Fixed,
		PeakTPM: o.PeakTPM, PeakRPM: o.PeakRPM}
}

// Load is the load of the busiest hours in a unit that sellers count; undefined in all others.
func (o *OfferMonth) Load(unit limit.Unit) Figure {
	switch unit {
	case limit.TokensPerMinute:
		return Figure(o.PeakTPM)
	case limit.RequestsPerMinute:
		return Figure(o.PeakRPM)
	case limit.Uncounted, limit.Megawatts, limit.Accelerators, limit.MoneyPerMonth, limit.Balance, limit.Share:
	}
	return Undefined()
}

// ProvisionedMonth is what a provisioned offer has and does in a month.
type ProvisionedMonth struct {
	Units       float64 `json:"units"`
	Absorbed    float64 `json:"absorbed"`    // share of its interactive requests that it served itself
	Utilization float64 `json:"utilization"` // share of its capacity that is used
}

// OfferMonths is a JSON object by offer id, in id order.
type OfferMonths []OfferMonth

// Get is the month of an offer, and whether it is listed.
func (o OfferMonths) Get(id string) (OfferMonth, bool) {
	for i := range o {
		if o[i].ID == id {
			return o[i], true
		}
	}
	return OfferMonth{}, false
}

// MarshalJSON is an object by id.
func (o OfferMonths) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 2+120*len(o)), '{')
	for i := range o {
		b = appendMember(b, i, o[i].ID)
		body, err := json.Marshal(&o[i])
		if err != nil {
			return nil, err
		}
		b = append(b, body...)
	}
	return append(b, '}'), nil
}

// Totals are sums over the plan's months.
type Totals struct {
	AccrualCost              float64 `json:"accrual_cost"`
	CashCost                 float64 `json:"cash_cost"`
	Revenue                  float64 `json:"revenue"`
	RevenueAtDemand          float64 `json:"revenue_at_demand"` // demanded users x revenue per user
	CreditsUsed              float64 `json:"credits_used"`
	CreditsForfeited         float64 `json:"credits_forfeited"`
	Shortfall                float64 `json:"shortfall"`
	CommitmentOutstanding    float64 `json:"commitment_outstanding"`
	EndCash                  float64 `json:"end_cash"`
	ComputeBoundRevenueShare Figure  `json:"compute_bound_revenue_share"`
}

// GrowthRange is the monthly growth that a constraint can carry; Status is range, none or undefined.
type GrowthRange struct {
	ID     string `json:"-"`
	Min    Figure `json:"min"`
	Max    Figure `json:"max"`
	Status string `json:"status"`
}

// GrowthRanges is a JSON object by constraint id, "all" first.
type GrowthRanges []GrowthRange

// Get is the range of a constraint, and whether it is listed.
func (g GrowthRanges) Get(id string) (GrowthRange, bool) {
	for i := range g {
		if g[i].ID == id {
			return g[i], true
		}
	}
	return GrowthRange{}, false
}

// MarshalJSON is an object by id.
func (g GrowthRanges) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i := range g {
		b = appendMember(b, i, g[i].ID)
		body, err := json.Marshal(&g[i])
		if err != nil {
			return nil, err
		}
		b = append(b, body...)
	}
	return append(b, '}'), nil
}

// Elasticity is how revenue answers to 1 % more of something: 0 is limited by demand, 1 by that thing alone.
type Elasticity struct {
	Compute Figure `json:"compute"`
	Budget  Figure `json:"budget"`
}
