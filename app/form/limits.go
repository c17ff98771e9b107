package form

import (
	"slices"
	"strings"

	"headroom/pricing/limit"
)

// QuotaSpecs are what a seller lets through, and how it counts.
func QuotaSpecs(_ Document, offer string) []Spec {
	at := func(names ...string) []string { return append([]string{"offers", offer}, names...) }
	var specs []Spec
	for _, kind := range limit.Kinds(limit.QuotaKinds) {
		unit := kind.Unit()
		specs = append(specs, Spec{Keys: at("quota", unit.Field()), Label: capital(kind.Noun()), Unit: unit.Short(),
			Kind: Schedule, Min: zero, Max: large, Optional: true, Default: "unknown"})
	}
	specs[0].Help = "One figure, or steps: 1.0M; 1.6M from 2028-01."
	return append(specs,
		Spec{Keys: at("output_weight"), Label: "Output counts", Unit: "×", Optional: true, Default: "1",
			Help: "How many times the quota counts an output token."}.between("0", "1000"),
		Spec{Keys: at("cached_input_weight"), Label: "Cached input counts", Unit: "×", Optional: true, Default: "0",
			Help: "How many times the quota counts a cached input token."}.between("0", "1000"),
		Spec{Keys: at("quota_counts_max_tokens"), Label: "Longest output is reserved", Kind: Flag, Optional: true,
			Default: "no", Options: yesNo(),
			Help: "The quota counts the longest output that a request allows, not what it writes."})
}

// LongestOutputSpec is the longest output of a workload's requests, which some quotas count.
func LongestOutputSpec(workload string) Spec {
	return Spec{Keys: []string{"workloads", workload, "max_output_tokens"}, Label: "Longest output, " + workload,
		Unit: "tokens", Optional: true,
		Default: "the output",
		Help:    "What requests allow with max_output_tokens; counted where a quota reserves it."}.between(
		"0", "10000000")
}

// SpendCapSpec is the most that one seller bills in a month.
func SpendCapSpec(d Document, provider string) Spec {
	return Spec{Keys: []string{"spend_caps", provider}, Label: "Spend cap", Unit: "a month", Prefix: Currency(d),
		Kind: Amounts, Min: zero, Max: large,
		Optional: true, Default: "none", Help: "The seller stops serving there until the next month."}
}

// Provider is who bills an offer of the document.
func Provider(d Document, offer string) string {
	if provider := d.Text("offers", offer, "provider"); provider != "" {
		return provider
	}
	provider, _, _ := strings.Cut(d.Text("offers", offer, "catalog"), "/")
	return provider
}

// Providers are the sellers of all offers, and those that a spend cap names, by id.
func Providers(d Document) []string {
	list := d.Names("spend_caps")
	for _, offer := range d.Names("offers") {
		if provider := Provider(d, offer); provider != "" {
			list = append(list, provider)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// IsProvisioned reports whether an offer is bought by the unit; the others are on demand or machines.
func IsProvisioned(d Document, offer string) bool {
	return d.Text("offers", offer, "kind") == "provisioned"
}

// OnDemand reports whether an offer is paid by the token.
func OnDemand(d Document, offer string) bool {
	kind := d.Text("offers", offer, "kind")
	return kind == "" || kind == "on_demand"
}

// UnitSpecs are the provisioned units of an offer: what one carries, how tokens count, and where the excess goes.
func UnitSpecs(d Document, offer string) []Spec {
	at := func(names ...string) []string { return append([]string{"offers", offer}, names...) }
	spill := Spec{Keys: at("spill_to"), Label: "Excess goes to", Kind: Choice, Optional: true, Default: "",
		Options: []Option{{"", "nobody: it is refused"}}}
	for _, other := range d.Names("offers") {
		if other != offer && !IsProvisioned(d, other) {
			spill.Options = append(spill.Options, Option{other, other})
		}
	}
	return append([]Spec{
		Spec{Keys: at("tokens_per_minute_per_unit"), Label: "One unit carries", Unit: "tokens/min", Optional: true,
			Default: "unknown"}.between("0", "1000000000000"),
		spill,
	}, weightSpecs(offer, "")...)
}

// weightSpecs are how an offer's capacity counts output and cached input.
func weightSpecs(offer, behind string) []Spec {
	return []Spec{
		Spec{Keys: []string{"offers", offer, "output_weight"}, Label: "Output counts" + behind, Unit: "×",
			Optional: true, Default: "1"}.between("0", "1000"),
		Spec{Keys: []string{"offers", offer, "cached_input_weight"}, Label: "Cached input counts" + behind,
			Unit: "×", Optional: true, Default: "0"}.between("0", "1000"),
	}
}

// UnitLotSpecs are lot i of an offer: one price, by the hour or by the month.
func UnitLotSpecs(d Document, offer string, i int) []Spec {
	at := []string{"offers", offer, "lots", Item(i)}
	lot := lotSpecs(at, "units", "Units", currencyOfOffer(d, offer))
	month := lot[len(lot)-1]
	month.Keys, month.Label = append(slices.Clone(at), "price_per_month"), "Price a month"
	return append(lot, month)
}

// lotSpecs are one lot: how much, from when, for how long, and its price an hour where it has one.
func lotSpecs(keys []string, what, label, currency string) []Spec {
	at := func(name string) []string { return append(slices.Clone(keys), name) }
	specs := []Spec{
		Spec{Keys: at(what), Label: label, Optional: true, Default: "none",
			Help: "Empty it to remove the lot."}.between("0", "1000000000"),
		{Keys: at("from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "the first month"},
		Spec{Keys: at("months"), Label: "For", Unit: "months", Optional: true, Whole: true,
			Default: "without end"}.between("1", "1200"),
	}
	if currency != "" {
		specs = append(specs, Spec{Keys: at("price_per_hour"), Label: "Price an hour", Prefix: currency,
			Kind: Money, Optional: true, Default: "none"}.between("0", "1000000"))
	}
	return specs
}

// PoolSpecs are a GPU fleet: what one GPU serves, its power and its site, and the offers that run on it.
func PoolSpecs(d Document, pool string) []Spec {
	at := func(names ...string) []string { return append([]string{"gpu_pools", pool}, names...) }
	specs := []Spec{
		Spec{Keys: at("tokens_per_second_per_gpu"), Label: "One GPU serves", Unit: "tokens/s", Optional: true,
			Default: "unknown", Ranges: true,
			Help: "Input that is not cached and output, by their weights. A figure that you measured beats every " +
				"estimate."}.between("0", "1000000000"),
		Spec{Keys: at("max_utilization"), Label: "Used at most", Unit: "of the time", Kind: Percent,
			Optional: true, Default: "1"}.between("1", "100"),
		Spec{Keys: at("kw_per_gpu"), Label: "Power", Unit: "kW/GPU", Optional: true, Default: "unknown"}.between(
			"0", "1000"),
		Spec{Keys: at("pue"), Label: "PUE", Unit: "×", Optional: true, Default: "1",
			Help: "1 where the power counts the facility already."}.between("1", "100"),
	}
	if sites := d.Names("sites"); len(sites) > 0 {
		site := Spec{Keys: at("site"), Label: "At site", Kind: Choice, Optional: true, Default: "",
			Options: []Option{{"", "none: power is not counted"}}}
		for _, id := range sites {
			site.Options = append(site.Options, Option{id, id})
		}
		specs = append(specs, site)
	}
	offers := OffersOn(d, pool)
	for _, offer := range offers {
		behind := ""
		if len(offers) > 1 {
			behind = ", " + offer
		}
		specs = append(specs, weightSpecs(offer, behind)...)
	}
	return specs
}

// PoolLotSpecs are lot i of a pool, priced in the currency of the offers that run on it.
func PoolLotSpecs(d Document, pool string, i int) []Spec {
	currency := Currency(d)
	if offers := OffersOn(d, pool); len(offers) > 0 {
		currency = currencyOfOffer(d, offers[0])
	}
	return lotSpecs([]string{"gpu_pools", pool, "lots", Item(i)}, "gpus", "GPUs", currency)
}

// SiteLotSpecs are lot i of the power of a site.
func SiteLotSpecs(_ Document, site string, i int) []Spec {
	return lotSpecs([]string{"sites", site, "lots", Item(i)}, "megawatts", "Megawatts", "")
}

// withLots joins the fields of something with those of its lots at keys, and of an empty one behind.
func withLots(d Document, specs []Spec, id string, lot func(d Document, id string, i int) []Spec,
	keys ...string) []Spec {
	for i := range d.Len(keys...) + 1 {
		specs = append(specs, lot(d, id, i)...)
	}
	return specs
}

// CreditSpecs are a credit, a purse that pays bills; the last of the plan is followed by an empty one.
func CreditSpecs(d Document, i int) []Spec {
	at := func(name string) []string { return []string{"credits", Item(i), name} }
	return []Spec{
		{Keys: at("amount"), Label: "Credit", Prefix: Currency(d), Kind: Money, Min: zero, Max: large,
			Optional: true, Default: "none"},
		{Keys: at("providers"), Label: "Pays bills of", Kind: List, Optional: true, Default: "every seller",
			Help: "Ids of sellers between commas: azure, openai."},
		{Keys: at("from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "the first month"},
		{Keys: at("expires"), Label: "Last month", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "never"},
		Spec{Keys: at("max_share"), Label: "Pays at most", Unit: "of a bill", Kind: Percent, Optional: true,
			Default: "1"}.between("0", "100"),
		{Keys: at("monthly_cap"), Label: "At most a month", Prefix: Currency(d), Kind: Money, Min: zero,
			Max: large, Optional: true, Default: "no cap"},
	}
}

// CommitmentSpecs are a promised spend with its discount; the last of the plan is followed by an empty one.
func CommitmentSpecs(d Document, i int) []Spec {
	at := func(names ...string) []string { return append([]string{"commitments", Item(i)}, names...) }
	specs := []Spec{
		{Keys: at("providers"), Label: "Committed to", Kind: List, Optional: true, Default: "every seller",
			Help: "Ids of sellers between commas: azure, openai."},
		{Keys: at("discount"), Label: "Discount", Kind: Percent, Min: zero, Max: hundred, Optional: true, Default: "0"},
		{Keys: at("carry_share"), Label: "Carries over", Unit: "of a period", Kind: Percent, Min: zero,
			Max: hundred, Optional: true, Default: "0",
			Help: "The unspent share that carries over to the next period."},
	}
	for j := range d.Len("commitments", Item(i), "periods") + 1 {
		specs = append(specs,
			Spec{Keys: at("periods", Item(j), "amount"), Label: "Spend", Prefix: Currency(d), Kind: Money,
				Min: zero, Max: large, Optional: true, Default: "none"},
			Spec{Keys: at("periods", Item(j), "from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true,
				Default: "the first month"},
			Spec{Keys: at("periods", Item(j), "months"), Label: "For", Unit: "months", Optional: true,
				Whole: true, Default: "12"}.between("1", "120"))
	}
	return specs
}

// limitSpecs are all fields about limits, in the order of the page.
func limitSpecs(d Document) []Spec {
	var specs []Spec
	for _, offer := range d.Names("offers") {
		switch {
		case OnDemand(d, offer):
			specs = append(specs, QuotaSpecs(d, offer)...)
		case IsProvisioned(d, offer):
			specs = append(specs, withLots(d, UnitSpecs(d, offer), offer, UnitLotSpecs, "offers", offer, "lots")...)
		}
	}
	for _, workload := range d.Names("workloads") {
		specs = append(specs, LongestOutputSpec(workload))
	}
	for _, provider := range Providers(d) {
		specs = append(specs, SpendCapSpec(d, provider))
	}
	for _, pool := range d.Names("gpu_pools") {
		specs = append(specs, withLots(d, PoolSpecs(d, pool), pool, PoolLotSpecs, "gpu_pools", pool, "lots")...)
	}
	for _, site := range d.Names("sites") {
		specs = append(specs, withLots(d, nil, site, SiteLotSpecs, "sites", site, "lots")...)
	}
	for i := range d.Len("commitments") + 1 {
		specs = append(specs, CommitmentSpecs(d, i)...)
	}
	for i := range d.Len("credits") + 1 {
		specs = append(specs, CreditSpecs(d, i)...)
	}
	return specs
}

// Ends are the steps of a schedule of the plan, by their months; one for a single figure.
func Ends(d Document, keys ...string) []float64 {
	steps, _ := Spec{Keys: keys}.steps(d)
	values := make([]float64, len(steps))
	for i, st := range steps {
		values[i] = st.value.InexactFloat64()
	}
	return values
}
