// Package catalog holds who sells which model at what price, since when, and says where each figure comes from.
//
// An Offer is what one seller sells under one id in one scope. It points to a Model by its canonical id "lab/slug" and
// carries effective-dated price rows, each with its source. Sources that disagree are kept side by side in Conflicts,
// never averaged. A price that no source states is absent, never 0.
package catalog

import (
	"sync"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
)

// Status reports whether a price row counts.
type Status string

const (
	InForce   Status = "in force"
	Announced Status = "announced" // never prices
	Withdrawn Status = "withdrawn" // never prices
	Own       Status = "own"       // the user's negotiated price; beats every other source
)

// Dimension is what a price is for. Token dimensions are priced per 1,000,000 tokens, the others per item.
type Dimension string

const (
	Input           Dimension = "input"
	CacheRead       Dimension = "cache_read"
	CacheWrite5m    Dimension = "cache_write_5m"
	CacheWrite1h    Dimension = "cache_write_1h"
	Output          Dimension = "output"
	Reasoning       Dimension = "reasoning"
	AudioInput      Dimension = "audio_input"
	AudioCacheRead  Dimension = "audio_cache_read"
	AudioCacheWrite Dimension = "audio_cache_write"
	AudioOutput     Dimension = "audio_output"
	ImageInput      Dimension = "image_input"  // per 1,000,000 image tokens
	ImageOutput     Dimension = "image_output" // per 1,000,000 image tokens
	VideoOutput     Dimension = "video_output" // per 1,000,000 video tokens
	Citation        Dimension = "citation"     // per 1,000,000 tokens of cited text
	MillionPixels   Dimension = "million_pixels"

	PerRequest         Dimension = "per_request"
	PerQuery           Dimension = "per_query"
	PerSearch          Dimension = "per_search" // a web search; of medium context size where sizes differ
	PerSearchLow       Dimension = "per_search_low"
	PerSearchHigh      Dimension = "per_search_high"
	PerInputImage      Dimension = "per_input_image"
	PerImage           Dimension = "per_image" // made
	PerPage            Dimension = "per_page"
	PerAnnotatedPage   Dimension = "per_annotated_page"
	PerCharacter       Dimension = "per_character"
	PerOutputCharacter Dimension = "per_output_character"
	PerSecond          Dimension = "per_second"
	PerOutputSecond    Dimension = "per_output_second"
	PerAudioSecond     Dimension = "per_audio_second"
	PerVideoSecond     Dimension = "per_video_second"
	PerVideoSecondOut  Dimension = "per_output_video_second"
	PerSession         Dimension = "per_session" // of a code interpreter
)

// ServiceTier is the processing level that the caller asks for.
type ServiceTier string

const (
	Standard ServiceTier = "standard"
	Batch    ServiceTier = "batch"
	Flex     ServiceTier = "flex"
	Priority ServiceTier = "priority"
	Fast     ServiceTier = "fast" // Anthropic's fast mode; OpenAI's "fast" is Priority
)

// Price is one figure of a row.
type Price struct {
	Dimension Dimension
	Tier      ServiceTier
	// Above is the context tier: the price holds for requests of strictly more than Above prompt tokens; 0 is the base.
	Above int64
	Rate  money.Rate
}

// Row is a dated price list of an offer. Rows of one snapshot are immutable and safe for concurrent use.
type Row struct {
	From   calendar.Day // first day in force, as far as is known: the day of the change, else the day it was first seen
	Until  calendar.Day // first day no longer in force; empty: open
	Status Status
	Source string       // id of a Source
	Key    string       // the id under which the source lists the offer
	AsOf   calendar.Day // the day the source was read, or last confirmed
	URL    string       // evidence, where the source gives one
	Note   string       // why a curated row differs from its source
	Prices []Price

	rates []Rates // what a plan can use, one per context tier, ascending Above; computed by prepare
}

// Conflict is another source's figure for a dimension of the offer's row in force.
type Conflict struct {
	Source    string
	AsOf      calendar.Day
	Dimension Dimension
	Tier      ServiceTier
	Above     int64
	Rate      money.Rate
	Note      string
}

// Offer is what one seller sells under one id in one scope.
type Offer struct {
	Provider string   // provider id of plan-format: "azure", "bedrock", ...
	NativeID string   // the seller's own id: "us.anthropic.claude-sonnet-4-6"
	Aliases  []string // ids of the same offer in LiteLLM and models.dev
	Scope    string   // "global", "datazone:us", "geo:eu", "in-region", "region:us-gov-west-1", "default"
	Model    string   // canonical "lab/slug"; empty: unmapped
	Lab      string
	Variant  string // "fp8", "turbo", "lite", ...: not identity
	// Commitment is the term the price is bound to ("1-month"); empty for pay as you go.
	Commitment string
	// OnRequest says that the scope costs a surcharge that the caller asks for (data residency at OpenAI and
	// Anthropic): such an offer is found only when the scope is named.
	OnRequest bool
	Release   calendar.Day // snapshot date in the id, if any
	Latest    bool         // the id is a moving alias ("-latest")

	Mode             string // "chat", "embedding", "image_generation", ...
	ContextTokens    int64  // 0: unknown
	MaxOutputTokens  int64  // 0: unknown
	InputModalities  []string
	OutputModalities []string
	Tools            Known
	Retires          calendar.Day // empty: unknown or none announced
	Lifecycle        string       // "alpha", "beta", "deprecated"; empty: nothing stated

	Rows      []Row // ascending From; at most one in force per From and source precedence already applied
	Conflicts []Conflict
	// Evidence keeps the rows of every source as they were read, the losing and the former ones too, so that a later
	// import can decide again.
	Evidence []Row
}

// Known is a fact that may be unknown.
type Known int8

const (
	Unknown Known = iota
	No
	Yes
)

// ID is "provider/native-id", the form that a plan's `catalog` field takes.
func (o *Offer) ID() string { return o.Provider + "/" + o.NativeID }

// Model is one model, whoever sells it.
type Model struct {
	ID            string // "anthropic/claude-sonnet-4-5"
	Name          string // "Claude Sonnet 4.5"
	Lab           string
	Family        string
	OpenWeights   Known
	ContextTokens int64
	Released      calendar.Day
	Knowledge     string
	Reasoning     Known
}

// Seller is who bills and hosts.
type Seller struct {
	ID   string
	Name string // "Azure", "Amazon Bedrock"
	Kind string // "cloud", "lab", "host", "platform", "router"
	URL  string
}

// Lab is who made a model.
type Lab struct{ ID, Name string }

// Source is where prices come from.
type Source struct {
	ID      string // "litellm", "models.dev", "curated", "azure-retail", "own"
	Name    string
	URL     string
	Licence string
	AsOf    calendar.Day
	Note    string
}

// Snapshot is one immutable catalogue.
type Snapshot struct {
	// newest date and a hash of the content: "2026-08-01-1f0c2a3b"; never the same for other prices
	ID      string
	AsOf    calendar.Day // newest date of its sources
	Sources []Source
	Sellers []Seller
	Labs    []Lab
	Models  []Model // sorted by ID
	Offers  []Offer // sorted by Provider, NativeID, Scope

	once sync.Once // guards index
	idx  *index
}
