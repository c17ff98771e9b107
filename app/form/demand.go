package form

// curves are the shapes that users can grow in.
func curves() []Option {
	return []Option{
		{"exponential", "steady growth a month"}, {"logistic", "S-curve to a ceiling"},
		{"bass", "market adoption (Bass)"}, {"table", "my own figures by month"},
	}
}

// SegmentSpecs are the fields of one group of users. Which ones there are depends on the curve.
func SegmentSpecs(d Document, id string) []Spec {
	users := func(name string) []string { return []string{"segments", id, "users", name} }
	specs := []Spec{{Keys: users("curve"), Label: "How users grow", Kind: Choice, Default: "exponential",
		Options: curves()}}
	start := Spec{Keys: users("start"), Label: "Users at the start", Unit: "users", Ranges: true,
		Help: "Everyone who sends requests in the first month."}.between("0", "10000000000")
	switch d.Text(users("curve")...) {
	case "logistic":
		specs = append(specs, start,
			Spec{Keys: users("ceiling"), Label: "Ceiling", Unit: "users", Ranges: true}.between("1", "10000000000"),
			Spec{Keys: users("rate"), Label: "Rate", Unit: "a month", Kind: Percent, Ranges: true,
				Help: "Growth a month while far below the ceiling."}.between("0", "1000"))
	case "bass":
		start.Optional, start.Default = true, "0"
		specs = append(specs, start,
			Spec{Keys: users("market"), Label: "Market", Unit: "users", Ranges: true}.between("1", "10000000000"),
			Spec{Keys: users("innovation"), Label: "Innovation (p)", Unit: "a month", Kind: Percent, Ranges: true,
				Help: "Textbook average 0.25 % a month (3 % a year)."}.between("0", "100"),
			Spec{Keys: users("imitation"), Label: "Imitation (q)", Unit: "a month", Kind: Percent, Ranges: true,
				Help: "Textbook average 3.2 % a month (38 % a year)."}.between("0", "100"))
	case "table":
		specs = append(specs, Spec{Keys: users("values"), Label: "Users by month", Unit: "users", Kind: Series,
			Help: "One figure for each month of the plan, separated by semicolons."}.between("0", "10000000000"))
	default:
		rate := growthRate("Growth", "One figure, or a range such as 5 to 7 %; 5 to 6 to 7 % gives its middle too.",
			users("monthly_growth")...)
		specs = append(specs, start, rate)
	}
	return specs
}

// RevenueSpec is what one user of a segment pays.
func RevenueSpec(d Document, id string) Spec {
	return Spec{Keys: []string{"segments", id, "revenue_per_user"}, Label: "Revenue", Unit: "/user/mo",
		Prefix: Currency(d),
		Kind:   Amounts, Min: zero, Max: large, Optional: true, Default: "0",
		Help: "One amount, or steps: 4.50; 5.00 from 2028-01."}
}

// RequestSpecs are the size and number of a workload's requests.
func RequestSpecs(_ Document, id string) []Spec {
	w := func(name string) []string { return []string{"workloads", id, name} }
	return []Spec{
		Spec{Keys: w("requests_per_user_day"), Label: "Requests", Unit: "/user/day", Ranges: true,
			Help: "How many requests one user sends a day."}.between("0", "100000"),
		Spec{Keys: w("input_tokens"), Label: "Input", Unit: "tokens", Ranges: true,
			Help: "Tokens per request, cached ones included."}.between("0", "10000000"),
		Spec{Keys: w("output_tokens"), Label: "Output", Unit: "tokens", Ranges: true,
			Help: "Tokens per request, reasoning included."}.between("0", "10000000"),
	}
}

// ShapeSpecs are caching, batch, peaks and growth of a workload.
func ShapeSpecs(d Document, id string) []Spec {
	w := func(name string) []string { return []string{"workloads", id, name} }
	peak := Spec{Keys: w("peak_to_average"), Label: "Peak to average", Unit: "×", Optional: true, Default: "1",
		Ranges: true,
		Help:   "Busiest tenth of the month against its mean. Cost does not depend on it; limits will."}.between(
		"1", "10")
	specs := []Spec{
		percent("Cache reads", "of input", "Input tokens that the seller finds in its cache.",
			w("cache_read_share")...),
		percent("Cache writes", "of input", "Input tokens that are written to the cache and cost the write price.",
			w("cache_write_share")...),
		percent("Batch", "of requests", "Requests that can wait for the batch price.", w("batch_share")...),
		growthRate("Input growth", "How the input of a request grows.", w("input_tokens_growth")...),
		growthRate("Output growth", "How the output of a request grows.", w("output_tokens_growth")...),
		peak,
		{Keys: w("season"), Label: "Seasons", Unit: "×", Kind: Series, Min: zero, Max: hundred, Optional: true,
			Default: "none",
			Help:    "Twelve factors, January to December, separated by semicolons."},
	}
	if _, stated := d.Get("workloads", id, "load_multipliers"); stated || d.Len("load_profile") > 2 {
		specs = append(specs, Spec{Keys: w("load_multipliers"), Label: "Load by block", Unit: "× mean",
			Kind: Series, Optional: true, Default: "from the peak",
			Help: "One factor for each load block of the plan, in its order; it stands in for the peak."}.between(
			"0", "1000"))
	}
	return specs
}

// WorkloadSpecs are the names that a workload is grouped by.
func WorkloadSpecs(d Document, id string) []Spec {
	specs := []Spec{{Keys: []string{"workloads", id, "team"}, Label: "Team that pays", Kind: Text, Optional: true,
		Default: "none",
		Help:    "For showing cost by team."}}
	if names := d.Names("segments"); len(names) > 1 {
		segment := Spec{Keys: []string{"workloads", id, "segment"}, Label: "Users", Kind: Choice}
		for _, name := range names {
			segment.Options = append(segment.Options, Option{name, name})
		}
		specs = append(specs, segment)
	}
	return specs
}

// OfferSpecs are the team's own terms for an offer: prices, decline and volume tiers. Rows already there are followed
// by an empty one.
func OfferSpecs(d Document, id string) []Spec {
	var specs []Spec
	for i := range d.Len("offers", id, "prices") + 1 {
		specs = append(specs, priceRow(d, id, i)...)
	}
	return append(specs,
		Spec{Keys: []string{"offers", id, "price_decline_per_year"}, Label: "Price decline", Unit: "a year",
			Kind: Percent, Optional: true,
			Default: "0", Ranges: true, Help: "List prices of one model rarely move."}.between("0", "99"),
		Spec{Keys: []string{"offers", id, "volume_tiers"}, Label: "Volume tiers", Kind: Tiers, Optional: true,
			Default: "none",
			Help:    "Graduated, by million tokens a month: up to 1,000: 1; up to 5,000: 0.9; above: 0.8."}.between(
			"0", "100"))
}

func priceRow(d Document, id string, i int) []Spec {
	at := func(name string) []string { return []string{"offers", id, "prices", Item(i), name} }
	prefix := currencyOfOffer(d, id)
	price := func(label, name, help string) Spec {
		return Spec{Keys: at(name), Label: label, Unit: "/1M", Prefix: prefix, Kind: Price, Optional: true,
			Default: "list price", Help: help}.between("0", "1000000")
	}
	return []Spec{
		{Keys: at("from"), Label: "Own prices from", Unit: "YYYY-MM", Kind: Month, Optional: true,
			Default: "the first month"},
		price("Input", "input", ""), price("Cache read", "cache_read", ""), price("Cache write", "cache_write", ""),
		price("Output", "output", ""),
	}
}

func currencyOfOffer(d Document, id string) string {
	if code := d.Text("offers", id, "currency"); code != "" {
		return code
	}
	if d.Text("offers", id, "catalog") != "" {
		return "USD"
	}
	return Currency(d)
}

// AllSpecs are all fields of the form for this document, in the order of the page.
func AllSpecs(d Document) []Spec {
	specs := PlanSpecs(d)
	for _, id := range d.Names("segments") {
		specs = append(append(specs, SegmentSpecs(d, id)...), RevenueSpec(d, id))
	}
	for _, id := range d.Names("workloads") {
		specs = append(append(append(specs, WorkloadSpecs(d, id)...), RequestSpecs(d, id)...), ShapeSpecs(d, id)...)
	}
	for _, id := range d.Names("offers") {
		specs = append(specs, OfferSpecs(d, id)...)
	}
	specs = append(append(append(specs, MoneySpecs(d)...), FinanceSpecs(d)...), limitSpecs(d)...)
	return append(specs, dependencySpecs(d)...)
}
