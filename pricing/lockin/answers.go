package lockin

import (
	"reflect"

	"headroom/pricing"
	"headroom/pricing/catalog"
)

// Answers are what only the team can know, under `dependencies.facts` of a plan. What is not stated is missing, and a
// rule that needs it says so. Money is in the plan's currency.
type Answers struct {
	// corrections of what is known about a seller, each with its source
	Sellers []SellerFact `json:"sellers"`
	// by model id: the team's own evaluation against today's model; 1: as good
	Quality map[string]pricing.Number `json:"quality"`
	Offers  map[string]OfferAnswers   `json:"offers"` // by offer id

	Sector string         `json:"sector"`  // "defence", "federal", "surveillance", ...; "none"
	SLA    pricing.Number `json:"sla_pct"` // availability that the plan promises, in per cent
	// share by which the only alternative in the region is dearer
	ResidencyUplift pricing.Number `json:"residency_uplift"`

	Infra        *Counted       `json:"infra_integrations"` // private link, SSO, log export: count and days each
	ChipArtefact *Counted       `json:"chip_artefacts"`     // custom kernels, compiled models: count and days each
	State        *Counted       `json:"provider_state"`     // classes of threads, files, memory kept by the provider
	GPUResale    pricing.Number `json:"gpu_resale_per_month"`
	VectorStore  *VectorStore   `json:"vector_store"`
	FeatureOnly  *[]string      `json:"provider_only_features"`

	LicenceRestricts *bool     `json:"licence_restricts"`
	Contract         *Contract `json:"contract"`
	// offer ids that are bought through a marketplace and burn a commitment
	Marketplace    *[]string      `json:"marketplace_offers"`
	PriceGuarantee *bool          `json:"price_guarantee"`
	PriceUplift    pricing.Number `json:"price_uplift"` // share by which the price may rise
	Team           *Team          `json:"team"`
	LastExitTest   string         `json:"last_exit_test"` // a day; "never"
}

// SellerFact corrects or adds one fact about a seller.
type SellerFact struct {
	Provider string `json:"provider"`
	Field    string `json:"field"`
	Value    string `json:"value"`
	Source   string `json:"source"`
	AsOf     string `json:"as_of"`
}

// OfferAnswers are about one offer of the plan.
type OfferAnswers struct {
	Stage      string `json:"stage"`      // "preview" or "ga"
	Production *bool  `json:"production"` // true if absent
}

// Counted is a number of things and the engineer-days for one.
type Counted struct {
	Count pricing.Number `json:"count"`
	Days  pricing.Number `json:"days"`
}

// VectorStore is where embeddings are kept.
type VectorStore struct {
	Managed      bool           `json:"managed"` // a proprietary service of the seller
	RebuildHours pricing.Number `json:"rebuild_hours"`
	PerHour      pricing.Number `json:"per_hour"`
}

// Contract is what the terms say.
type Contract struct {
	Exclusive        bool           `json:"exclusive"`
	MinShare         pricing.Number `json:"min_share"` // of the spend, 0..1
	Penalty          pricing.Number `json:"penalty"`
	SwitchingClauses *bool          `json:"switching_clauses"` // Data Act, Article 25
}

// Team is who runs it.
type Team struct {
	LargestStackShare pricing.Number `json:"largest_stack_share"` // of the engineers, trained on one seller
	RetrainingDays    pricing.Number `json:"retraining_days"`     // 10 if absent
	VendorOperated    *bool          `json:"vendor_operated"`
	ShadowDays        pricing.Number `json:"shadow_days"` // 20 if absent
}

// check refuses answers that cannot be used.
func (a *Answers) check(f *faults, p *pricing.Plan) {
	const root = "dependencies.facts"
	checkNumbers(f, "plan", root, reflect.ValueOf(*a))
	for i, s := range a.Sellers {
		fact := s.fact()
		if err := fact.check(); err != nil || s.AsOf == "" {
			f.add(at(root+".sellers", i), "needs provider, field, value, source and as_of, a day such as 2026-11-24")
		} else if wants := fact.wants(); wants != "" {
			f.add(at(root+".sellers", i)+".value", "%s of %s %s, not %.40q", FieldWords(s.Field), s.Provider,
				wants, s.Value)
		}
	}
	for id, o := range a.Offers {
		if _, ok := p.Offers[id]; !ok {
			f.add(root+".offers."+id, "the plan has no such offer")
		}
		if o.Stage != "" && o.Stage != "preview" && o.Stage != "ga" {
			f.add(root+".offers."+id+".stage", "must be preview or ga")
		}
	}
	if a.LastExitTest != "" && a.LastExitTest != "never" {
		if _, err := catalog.ParseDate(a.LastExitTest); err != nil {
			f.add(root+".last_exit_test", `must be a day such as 2026-11-24, or "never"`)
		}
	}
}

func (s SellerFact) fact() Fact {
	return Fact{Provider: s.Provider, Field: s.Field, Value: s.Value, Source: s.Source, AsOf: s.AsOf,
		Confidence: OwnSource}
}
