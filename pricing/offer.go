package pricing

import (
	"headroom/pricing/calendar"
	"headroom/pricing/limit"
)

// Kind says how an offer is paid for.
type Kind string

const (
	OnDemand    Kind = "on_demand"   // by token
	Provisioned Kind = "provisioned" // by unit and time
	GPU         Kind = "gpu"         // by GPU and time
)

// Offer is one way to serve requests: what one seller sells, or the team's own machines. What it does not state comes
// from the catalogue, if Catalog names an entry of it.
type Offer struct {
	Kind     Kind     `json:"kind,omitzero"`
	Catalog  string   `json:"catalog,omitzero"`  // "provider/native-model-id"
	Provider string   `json:"provider,omitzero"` // who bills and hosts
	Lab      string   `json:"lab,omitzero"`      // who made the model
	Chips    []string `json:"chips,omitzero"`
	Region   string   `json:"region,omitzero"`
	// "global", "datazone:eu", "geo:us", "region:eu-west-1", ...
	Scope               string     `json:"scope,omitzero"`
	Currency            string     `json:"currency,omitzero"`
	Prices              []PriceRow `json:"prices,omitzero"`
	PriceDeclinePerYear Number     `json:"price_decline_per_year,omitzero"`
	// 1 if absent and the catalogue has no batch price
	BatchMultiplier        Number         `json:"batch_multiplier,omitzero"`
	VolumeTiers            []VolumeTier   `json:"volume_tiers,omitzero"`
	CachedInputWeight      Number         `json:"cached_input_weight,omitzero"` // 0 if absent
	OutputWeight           Number         `json:"output_weight,omitzero"`       // 1 if absent
	Quota                  *Quota         `json:"quota,omitzero"`
	QuotaCountsMaxTokens   bool           `json:"quota_counts_max_tokens,omitzero"`
	AvailableFrom          calendar.Month `json:"available_from,omitzero"`
	Retires                calendar.Month `json:"retires,omitzero"` // first month in which it no longer serves
	Successor              string         `json:"successor,omitzero"`
	TokensPerMinutePerUnit Number         `json:"tokens_per_minute_per_unit,omitzero"`
	Lots                   []OfferLot     `json:"lots,omitzero"`
	SpillTo                string         `json:"spill_to,omitzero"`
	GPUPool                string         `json:"gpu_pool,omitzero"`
	ContextTokens          Number         `json:"context_tokens,omitzero"`
	Modalities             []string       `json:"modalities,omitzero"`
	Tools                  *bool          `json:"tools,omitzero"`
	SecondsToFirstToken    Number         `json:"seconds_to_first_token,omitzero"`
	TokensPerSecond        Number         `json:"tokens_per_second,omitzero"`
}

// PriceRow is a dated price list: per 1,000,000 tokens, and PerRequest per request.
type PriceRow struct {
	From       calendar.Month `json:"from"`
	Input      Number         `json:"input,omitzero"`
	CacheRead  Number         `json:"cache_read,omitzero"`  // Input if absent
	CacheWrite Number         `json:"cache_write,omitzero"` // Input if absent
	Output     Number         `json:"output,omitzero"`
	PerRequest Number         `json:"per_request,omitzero"`
}

// VolumeTier is one bracket of a graduated price: it prices the tokens of the month between the bracket before and
// UpToMtok.
type VolumeTier struct {
	UpToMtok   Number `json:"up_to_mtok,omitzero"` // absent: no end
	Multiplier Number `json:"multiplier"`
}

// Quota is what a seller lets through.
type Quota struct {
	TokensPerMinute   Schedule `json:"tokens_per_minute,omitzero"` // normalised
	RequestsPerMinute Schedule `json:"requests_per_minute,omitzero"`
}

// On is the schedule of one kind of quota, to read or to set; its member in JSON is the field of the kind's unit. For
// every other kind it is a schedule of nothing.
func (q *Quota) On(kind limit.Kind) *Schedule {
	switch kind {
	case limit.QuotaTPM:
		return &q.TokensPerMinute
	case limit.QuotaRPM:
		return &q.RequestsPerMinute
	}
	return &Schedule{}
}

// OfferLot is a number of provisioned units for a time; Months absent: without end.
type OfferLot struct {
	From          calendar.Month `json:"from"`
	Months        int            `json:"months,omitzero"`
	Units         Number         `json:"units,omitzero"`
	PricePerHour  Number         `json:"price_per_hour,omitzero"`
	PricePerMonth Number         `json:"price_per_month,omitzero"`
}

// GPUPool is a fleet that GPU offers share.
type GPUPool struct {
	TokensPerSecondPerGPU Number    `json:"tokens_per_second_per_gpu,omitzero"` // normalised
	MaxUtilization        Number    `json:"max_utilization,omitzero"`           // 1 if absent
	KWPerGPU              Number    `json:"kw_per_gpu,omitzero"`
	PUE                   Number    `json:"pue,omitzero"` // 1 if absent
	Site                  string    `json:"site,omitzero"`
	Lots                  []PoolLot `json:"lots,omitzero"`
}

// PoolLot is a number of GPUs for a time.
type PoolLot struct {
	From         calendar.Month `json:"from"`
	Months       int            `json:"months,omitzero"`
	GPUs         Number         `json:"gpus,omitzero"`
	PricePerHour Number         `json:"price_per_hour"`
}

// Site is a place with power.
type Site struct {
	Lots []SiteLot `json:"lots,omitzero"`
}

// SiteLot is an amount of power for a time.
type SiteLot struct {
	From      calendar.Month `json:"from"`
	Months    int            `json:"months,omitzero"`
	Megawatts Number         `json:"megawatts,omitzero"`
}
