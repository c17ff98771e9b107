package lockin

import (
	"headroom/pricing"
)

// Input is what an assessment is computed from: the format of `headroom lockin`. In a plan the same answers live under
// `dependencies`, in the plan's currency, with the names of the `plan` tags.
type Input struct {
	Params  Params  `json:"params"`
	Lines   []Line  `json:"lines"`
	Exit    Exit    `json:"exit"`
	Weights Weights `json:"weights"`
}

// Params are the judgements behind the costs.
type Params struct {
	EngineerDay      pricing.Number `json:"engineer_day_usd" plan:"engineer_day"` // 900 if absent
	PriceTolerance   pricing.Number `json:"price_tolerance"`                      // X; 0.25 if absent
	QualityTolerance pricing.Number `json:"quality_tolerance"`                    // Y; 0.05 if absent
	MinSubstitutes   pricing.Number `json:"min_substitutes"`                      // k; 1 if absent
	Days             Days           `json:"days"`
}

// Days is the work for one of each, in engineer-days. There is no published source: they are the user's estimate.
type Days struct {
	Service     pricing.Number `json:"service"`
	Agent       pricing.Number `json:"agent"`
	Integration pricing.Number `json:"integration"`
	Prompt      pricing.Number `json:"prompt"`
	EvalSuite   pricing.Number `json:"eval_suite"`
}

// Line is a share of the spend that goes to one model at one seller.
type Line struct {
	ID          string                    `json:"id"`
	AnnualSpend pricing.Number            `json:"annual_spend_usd" plan:"annual_spend"`
	Seller      string                    `json:"seller"`      // who bills and hosts; "unknown" if empty
	Lab         string                    `json:"lab"`         // who made the model; "unknown" if empty
	Chips       []string                  `json:"chips"`       // the vendors that the seller names
	ChipShares  map[string]pricing.Number `json:"chip_shares"` // the disclosed split, sum 1; instead of an equal one
	Sellers     pricing.Number            `json:"sellers_of_model_in_allowed_regions"`
	Substitutes []Substitute              `json:"substitutes"`
}

// Substitute is an offer that could serve a line.
type Substitute struct {
	Seller     string         `json:"seller"`
	Lab        string         `json:"lab"`
	PriceRatio pricing.Number `json:"price_ratio"` // on the line's own token mix; 1: the same price
	// from the user's own evaluation; absent: not evaluated, does not qualify
	QualityRatio pricing.Number `json:"quality_ratio"`
	MeetsHard    bool           `json:"meets_hard"` // every hard need: region, context, modality, tools, retirement
}

// Exit is what leaving one seller meets.
type Exit struct {
	Seller            string         `json:"seller"`
	ExitDate          string         `json:"exit_date"` // "2027-01-12"
	EUCustomer        bool           `json:"eu_customer"`
	CommitRemaining   pricing.Number `json:"commit_remaining_usd" plan:"commit_remaining"`
	RetainedSpend     pricing.Number `json:"retained_spend_usd" plan:"retained_spend"`
	Provisioned       []Provisioned  `json:"provisioned"`
	ProvisionedBurns  bool           `json:"provisioned_burns_commit"`
	RefundCapLeft     pricing.Number `json:"refund_cap_left_usd" plan:"refund_cap_left"`
	Egress            Egress         `json:"egress"`
	Embedding         Embedding      `json:"embedding"`
	FineTune          FineTune       `json:"fine_tune"`
	Work              Work           `json:"work"`
	TerminationFee    pricing.Number `json:"termination_fee_usd" plan:"termination_fee"`
	ParallelRunDays   pricing.Number `json:"parallel_run_days"`
	ParallelOverlap   pricing.Number `json:"parallel_overlap"` // share of the spend that is paid twice
	CreditsForfeited  pricing.Number `json:"credits_forfeited_usd" plan:"credits_forfeited"`
	AlternativeAnnual pricing.Number `json:"alternative_annual_usd" plan:"alternative_annual"` // absent: no payback
	Time              Time           `json:"time"`
}

// Provisioned is one reservation that outlives the exit.
type Provisioned struct {
	Monthly    pricing.Number `json:"monthly_usd" plan:"monthly"`
	MonthsLeft pricing.Number `json:"months_left"`
	Refundable bool           `json:"refundable"`
	RefundFee  pricing.Number `json:"refund_fee"` // share, 0 if absent
}

// Egress is the data that leaves. 1 GB is 10^9 bytes.
type Egress struct {
	GB         pricing.Number `json:"gb"`
	FreeGB     pricing.Number `json:"free_gb"`
	Tiers      []EgressTier   `json:"tiers"`
	ExitWaiver bool           `json:"exit_waiver"`
	// EU, parallel use or before 2027-01-12
	CostBased pricing.Number `json:"cost_based_usd_per_gb" plan:"cost_based_per_gb"`
}

// EgressTier is one bracket; UpToGB is a cumulative bound, counted after the free GB.
type EgressTier struct {
	UpToGB pricing.Number `json:"up_to_gb"` // absent: no end
	PerGB  pricing.Number `json:"usd_per_gb" plan:"per_gb"`
}

// Embedding is what has to be embedded again.
type Embedding struct {
	Tokens     pricing.Number `json:"tokens"`
	PerMTokens pricing.Number `json:"usd_per_m_tokens" plan:"per_m_tokens"`
}

// FineTune is what has to be trained again: each model on Tokens, Epochs times.
type FineTune struct {
	Models     pricing.Number `json:"models"`
	Tokens     pricing.Number `json:"tokens"`
	Epochs     pricing.Number `json:"epochs"`
	PerMTokens pricing.Number `json:"usd_per_m_tokens" plan:"per_m_tokens"`
}

// Work counts what people have to change.
type Work struct {
	Services     pricing.Number `json:"services"`
	Agents       pricing.Number `json:"agents"`
	Integrations pricing.Number `json:"integrations"`
	Gateway      *bool          `json:"gateway"` // true: integrations cost nothing; absent: false
	Prompts      pricing.Number `json:"prompts"`
	EvalSuites   pricing.Number `json:"eval_suites"`
}

// Time is what sets the pace.
type Time struct {
	Engineers         pricing.Number `json:"engineers"`            // more than 0
	Gbps              pricing.Number `json:"gbps"`                 // more than 0
	Utilisation       pricing.Number `json:"utilisation"`          // of the line, more than 0, at most 1
	EmbedTokensPerMin pricing.Number `json:"embed_tokens_per_min"` // more than 0 when there is something to embed
	ApprovalDays      pricing.Number `json:"approval_days"`
	CapacityLeadDays  pricing.Number `json:"capacity_lead_days"`
	NoticeDays        pricing.Number `json:"notice_days"`
}

// Weights of the index. The standard ones are judgements of this product: 0.4, 0.4, 0.2 and four quarters.
type Weights struct {
	Seller              pricing.Number `json:"seller"`
	Lab                 pricing.Number `json:"lab"`
	Chip                pricing.Number `json:"chip"`
	Concentration       pricing.Number `json:"concentration"`
	SwitchingCost       pricing.Number `json:"switching_cost"`
	Time                pricing.Number `json:"time"`
	NonSubstitutability pricing.Number `json:"non_substitutability"`
}
