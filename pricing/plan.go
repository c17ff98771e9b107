package pricing

import (
	"encoding/json"

	"headroom/pricing/calendar"
	"headroom/pricing/growth"
)

// PlanSchema is the only value of a plan's `schema`.
const PlanSchema = "headroom.plan/v1"

// Bounds of a plan.
const (
	MaxPlanBytes    = 5_000_000
	MaxSegments     = 100
	MaxWorkloads    = 200
	MaxOffers       = 500
	MaxAlternatives = 50
	MaxMonths       = 120
	MaxRoutes       = 5_000 // of all workloads together, in any one alternative
	// GPU pools, sites, commitments, credits, spend caps; periods, lots and volume tiers of each
	MaxOthers  = 500
	MaxSamples = 100_000
)

// Plan is what a team expects to serve and the ways it could: the public format "headroom.plan/v1". Money is in
// Currency, prices are per 1,000,000 tokens, shares are 0..1. A field that was not stated is zero in the sense of its
// IsZero. ParsePlan gives a valid plan; whoever wants another one changes a copy, which is checked where it is used.
type Plan struct {
	Schema            string              `json:"schema"`
	Name              string              `json:"name,omitzero"`
	Note              string              `json:"note,omitzero"`
	Currency          string              `json:"currency,omitzero"` // ISO 4217; USD if empty
	FX                map[string]Schedule `json:"fx,omitzero"`       // base units for one unit
	Start             calendar.Month      `json:"start"`
	Months            int                 `json:"months"` // 1..120
	DayCount          string              `json:"day_count,omitzero"`
	LoadProfile       []Number            `json:"load_profile,omitzero"` // sum 1; 0.1 and 0.9 if empty
	Segments          map[string]Segment  `json:"segments"`
	Workloads         map[string]Workload `json:"workloads"`
	Offers            map[string]Offer    `json:"offers,omitzero"`
	GPUPools          map[string]GPUPool  `json:"gpu_pools,omitzero"`
	Sites             map[string]Site     `json:"sites,omitzero"`
	Commitments       []Commitment        `json:"commitments,omitzero"`
	Credits           []Credit            `json:"credits,omitzero"`
	SpendCaps         map[string]Schedule `json:"spend_caps,omitzero"` // by provider
	Finance           *Finance            `json:"finance,omitzero"`
	LostUsersStayLost bool                `json:"lost_users_stay_lost,omitzero"`
	Uncertainty       *Uncertainty        `json:"uncertainty,omitzero"`
	Dependencies      *Dependencies       `json:"dependencies,omitzero"`
	Alternatives      []Alternative       `json:"alternatives,omitzero"`
	Baseline          string              `json:"baseline,omitzero"` // the first alternative if empty
	CatalogSnapshot   string              `json:"catalog_snapshot,omitzero"`

	checked *Plan // the plan itself once it is known to be valid, so that a copy, which may be changed, is not
}

// Segment is a group of users.
type Segment struct {
	Users          Curve    `json:"users"`
	RevenuePerUser Schedule `json:"revenue_per_user,omitzero"` // per user and month
}

// Curve is how the users of a segment grow; see growth.Curve for the formulas.
type Curve struct {
	Curve         growth.Shape `json:"curve"`
	Start         Number       `json:"start,omitzero"`
	MonthlyGrowth Number       `json:"monthly_growth,omitzero"` // exponential
	Ceiling       Number       `json:"ceiling,omitzero"`        // logistic
	Rate          Number       `json:"rate,omitzero"`           // logistic
	Market        Number       `json:"market,omitzero"`         // bass
	Innovation    Number       `json:"innovation,omitzero"`     // bass, p
	Imitation     Number       `json:"imitation,omitzero"`      // bass, q
	Values        []Number     `json:"values,omitzero"`         // table, one a month
}

// Workload is one kind of request that a segment makes.
type Workload struct {
	Segment            string   `json:"segment"`
	Team               string   `json:"team,omitzero"` // "-" if empty
	RequestsPerUserDay Number   `json:"requests_per_user_day"`
	InputTokens        Number   `json:"input_tokens"`  // per request, cached ones included
	OutputTokens       Number   `json:"output_tokens"` // per request, reasoning included
	InputTokensGrowth  Number   `json:"input_tokens_growth,omitzero"`
	OutputTokensGrowth Number   `json:"output_tokens_growth,omitzero"`
	CacheReadShare     Number   `json:"cache_read_share,omitzero"`  // of input
	CacheWriteShare    Number   `json:"cache_write_share,omitzero"` // of input
	BatchShare         Number   `json:"batch_share,omitzero"`       // of requests
	Season             []Number `json:"season,omitzero"`            // 12 factors by calendar month
	MaxOutputTokens    Number   `json:"max_output_tokens,omitzero"`
	PeakToAverage      Number   `json:"peak_to_average,omitzero"`
	LoadMultipliers    []Number `json:"load_multipliers,omitzero"` // one per load block
	Routes             []Route  `json:"routes"`
	Needs              *Needs   `json:"needs,omitzero"`
}

// Route sends a share of a workload's requests to an offer.
type Route struct {
	Offer string   `json:"offer"`
	Share Schedule `json:"share"`
}

// Needs are what a workload asks of an offer.
type Needs struct {
	MinContextTokens       Number   `json:"min_context_tokens,omitzero"`
	Residency              []string `json:"residency,omitzero"`
	Modalities             []string `json:"modalities,omitzero"`
	Tools                  bool     `json:"tools,omitzero"`
	MaxSecondsToFirstToken Number   `json:"max_seconds_to_first_token,omitzero"`
	MinTokensPerSecond     Number   `json:"min_tokens_per_second,omitzero"`
}

// Alternative is another way to serve the same demand: Patch (RFC 7396) on the plan, then Routes.
type Alternative struct {
	ID     string             `json:"id"`
	Name   string             `json:"name,omitzero"`
	Patch  json.RawMessage    `json:"patch,omitzero"`
	Routes map[string][]Route `json:"routes,omitzero"` // by workload; those not named keep theirs
}

// BaseAlternative is the id of the plan itself when it lists no alternative.
const BaseAlternative = "base"

// Dependencies are the answers that price an exit. They are kept as written until lock-in is assessed.
type Dependencies struct {
	Params  json.RawMessage `json:"params,omitzero"`
	Exit    json.RawMessage `json:"exit,omitzero"`
	Facts   json.RawMessage `json:"facts,omitzero"`
	Weights json.RawMessage `json:"weights,omitzero"`
}
