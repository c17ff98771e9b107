package lockin

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
	"headroom/pricing/money"
)

// demand is what the requests on one line hold and need.
type demand struct {
	parts      []part
	context    int64 // tokens of the largest request, or what the needs ask for
	tools      bool
	modalities []string
	residency  []string
}

// part is one workload's requests on the line.
type part struct {
	count float64 // requests, relative to the other parts
	batch float64
	growth.Request
}

// cost is what the line's mix costs in the tiers of a row, in dollars; false when a price that it needs is not stated.
func (d *demand) cost(tiers []tier) (float64, bool) {
	sum := 0.0
	for i := range d.parts {
		p := &d.parts[i]
		t := &tiers[0]
		for j := range tiers[1:] {
			if p.Input > tiers[j+1].above {
				t = &tiers[j+1]
			}
		}
		if !t.input && p.Input > 0 || !t.output && p.Output > 0 {
			return 0, false
		}
		unit := t.standard.Cost(p.Request)
		if p.batch > 0 {
			unit = (1-p.batch)*unit + p.batch*t.batch.Cost(p.Request)
		}
		sum += p.count * unit
	}
	return sum, sum > 0
}

// verdict is whether something is so, and whether anybody knows.
type verdict int8

const (
	unsure verdict = iota
	no
	yes
)

// euRegions are the prefixes and names of regions in the EU; London and Zurich are not.
func inEU(code string) bool {
	if slices.Contains([]string{"eu-west-2", "eu-central-2", "europe-west2", "europe-west6"}, code) {
		return false
	}
	return strings.HasPrefix(code, "eu-") || strings.HasPrefix(code, "europe-") ||
		slices.Contains([]string{"westeurope", "northeurope",
			"swedencentral", "francecentral", "germanywestcentral", "polandcentral", "spaincentral",
			"italynorth", "austriaeast", "belgiumcentral"}, code)
}

// resides reports whether a scope keeps processing in a place such as "eu": global never does, default does not say.
func resides(scope, region, place string) verdict {
	kind, code, _ := strings.Cut(scope, ":")
	if kind == "in-region" || kind == "default" || kind == "" {
		kind, code = "region", region
		if region == "" {
			return unsure
		}
	}
	switch {
	case kind == "global":
		return no
	case code == place, strings.HasPrefix(code, place+"-") && place != "eu", place == "eu" && kind == "region" &&
		inEU(code):
		return yes
	}
	return no
}

// fits reports whether an offer meets the hard needs that a demand has, as far as the catalogue knows: an unknown fact
// warns and never refuses, except residency, which has to be known.
func (d *demand) fits(o *catalog.Offer, end calendar.Day) bool {
	switch {
	case o.ContextTokens > 0 && o.ContextTokens < d.context, !d.takes(o), d.tools && o.Tools == catalog.No,
		o.Retires != "" && o.Retires <= end:
		return false
	}
	return d.resides(o.Scope, "") == yes
}

// takes reports whether an offer handles every modality that the demand has; an offer that lists none is not known not
// to.
func (d *demand) takes(o *catalog.Offer) bool {
	if len(d.modalities) == 0 {
		return true
	}
	known := slices.Concat(o.InputModalities, o.OutputModalities)
	return len(known) == 0 ||
		!slices.ContainsFunc(d.modalities, func(m string) bool { return !slices.Contains(known, m) })
}

// resides is the verdict over all places that the line may use; yes when it may use any.
func (d *demand) resides(scope, region string) verdict {
	best := no
	if len(d.residency) == 0 {
		return yes
	}
	for _, place := range d.residency {
		switch v := resides(scope, region, place); {
		case v == yes:
			return yes
		case v == unsure:
			best = unsure
		}
	}
	return best
}

// market is what the catalogue sells on one day: priced, pay as you go, text.
type market struct {
	catalog *catalog.Snapshot
	today   calendar.Day
	offers  []listing // of the sellers that plans name, plain offers only
}

// listing is an offer with its row of the day.
type listing struct {
	offer *catalog.Offer
	row   *catalog.Row
	tiers []tier // by context, ascending
	model int    // place of its seller and model among all, counted from 0
	lab   int    // place of its lab, counted down from -1
}

// tier is a row's prices in one context tier, in dollars per 1,000,000 tokens.
type tier struct {
	above           float64
	standard, batch growth.Prices
	input, output   bool // stated
}

func tiersOf(row *catalog.Row) []tier {
	var list []tier
	for _, above := range row.ContextTiers() {
		r := row.RatesFor(above + 1)
		t := tier{above: float64(above), standard: pricesOf(r.Quote, r.PerRequest), input: r.HasInput,
			output: r.HasOutput}
		if t.batch = t.standard; r.Batch.HasInput && r.Batch.HasOutput {
			t.batch = pricesOf(r.Batch, r.PerRequest)
		}
		list = append(list, t)
	}
	return list
}

// pricesOf are the prices of a quote; cached tokens without a price cost what input costs.
func pricesOf(q catalog.Quote, perRequest money.Rate) growth.Prices {
	p := growth.Prices{Input: q.Input.Float(), CacheRead: q.Input.Float(), CacheWrite: q.Input.Float(),
		Output: q.Output.Float(), PerRequest: perRequest.Float()}
	if q.HasCacheRead {
		p.CacheRead = q.CacheRead.Float()
	}
	if q.HasCacheWrite {
		p.CacheWrite = q.CacheWrite.Float()
	}
	return p
}

func newMarket(c *catalog.Snapshot, today calendar.Day) *market {
	m := &market{catalog: c, today: today}
	if c == nil {
		return m
	}
	named := map[string]bool{}
	for _, id := range pricing.PlanProviders() {
		named[id] = true
	}
	models, labs := map[[2]string]int{}, map[string]int{}
	for i := range c.Offers {
		o := &c.Offers[i]
		if !named[o.Provider] || o.Model == "" || o.Variant != "" || o.Latest || strings.Contains(o.Model, "preview") {
			continue
		}
		if row := m.sold(o); row != nil {
			model := placed(models, [2]string{o.Provider, o.Model})
			m.offers = append(m.offers, listing{o, row, tiersOf(row), model, -1 - placed(labs, o.Lab)})
		}
	}
	return m
}

// placed is the number of a key: those before keep theirs, a new one gets the next.
func placed[K comparable](numbers map[K]int, key K) int {
	n, ok := numbers[key]
	if !ok {
		n = len(numbers)
		numbers[key] = n
	}
	return n
}

// sold is the row at which an offer can be bought on the day; nil for other modes, commitments and prices of 0, which
// are subscriptions or free plans.
func (m *market) sold(o *catalog.Offer) *catalog.Row {
	if !slices.Contains([]string{"", "chat", "responses", "completion"}, o.Mode) || o.Commitment != "" ||
		o.OnRequest || o.Retires != "" && o.Retires <= m.today {
		return nil
	}
	row, _ := o.RowAt(m.today)
	if row == nil || row.RatesFor(0).Free() {
		return nil
	}
	return row
}

// resells reports whether a seller is a router, or a platform whose flat fee its token prices do not show: neither is a
// second source. A seller that the catalogue does not describe counts.
func (m *market) resells(provider string) bool {
	kind := m.catalog.Seller(provider).Kind
	return kind == "router" || kind == "platform" && !slices.Contains(pricing.PlanProviders(), provider)
}

// sellers are who sells a model where the demand may be served, and who might: their scope does not say. asOf is the
// oldest date of the rows behind it.
func (m *market) sellers(model string, d *demand) (sure, unsureOnes []string, asOf calendar.Day) {
	if m.catalog == nil || model == "" {
		return nil, nil, ""
	}
	for _, o := range m.catalog.OffersOf(model) {
		row := m.sold(o)
		if row == nil || m.resells(o.Provider) {
			continue
		}
		if asOf == "" || row.AsOf < asOf {
			asOf = row.AsOf
		}
		switch d.resides(o.Scope, "") {
		case yes:
			sure = append(sure, o.Provider)
		case unsure:
			unsureOnes = append(unsureOnes, o.Provider)
		}
	}
	sure = slices.Compact(slices.Sorted(slices.Values(sure)))
	unsureOnes = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(unsureOnes))),
		func(s string) bool { return slices.Contains(sure, s) })
	return sure, unsureOnes, asOf
}

// Price is dollars per 1,000,000 tokens, written as an exact decimal string.
type Price money.Rate

// MarshalText is "2.5".
func (p Price) MarshalText() ([]byte, error) { return []byte(money.Rate(p).String()), nil }

// Option is an offer that could serve a line, with its price of the day.
type Option struct {
	Substitute
	Offer  string       `json:"offer"` // "provider/native-id"
	Scope  string       `json:"scope"`
	Model  string       `json:"model"`
	Input  Price        `json:"input_usd_per_m_tokens"` // at the base context tier
	Output Price        `json:"output_usd_per_m_tokens"`
	Source string       `json:"source"`
	AsOf   calendar.Day `json:"as_of"`
	// Verdict is Qualifies, or why not: NotEvaluated, TooDear, NotGood, MissesNeed.
	Verdict string `json:"verdict"`
}

// classFrom is how cheap, against today's price, an untried model may be to count as one of the same class.
const classFrom = 0.5

// options are the best offer of each other seller of the same model, and of each lab among untried models that
// meet the needs within the price band; unit is today's cost of the same mix in dollars.
func (m *market) options(l *planLine, unit float64, end calendar.Day, limit float64,
	quality map[string]pricing.Number) []Option {
	best := map[int]found{}
	for i := range m.offers {
		c := &m.offers[i]
		same := c.offer.Model == l.model
		if same && c.offer.Provider == l.Seller {
			continue
		}
		cost, ok := l.demand.cost(c.tiers)
		if !ok {
			continue
		}
		known := same
		if len(quality) > 0 && !same {
			_, known = quality[c.offer.Model]
		}
		inClass := cost >= unit*classFrom && cost <= unit*limit*(1+1e-9)
		if !known && !inClass {
			continue
		}
		if meets := l.demand.fits(c.offer, end); known || meets {
			keep(best, found{c, cost / unit, meets}, known)
		}
	}
	kept := slices.SortedFunc(maps.Values(best), func(a, b found) int {
		x, y := a.listing.offer, b.listing.offer
		return cmp.Or(cmp.Compare(x.Provider, y.Provider), cmp.Compare(x.Model, y.Model))
	})
	list := make([]Option, len(kept))
	for i := range kept {
		list[i] = kept[i].option(l, quality)
	}
	return list
}

// found is an offer that could serve a line, at a price ratio.
type found struct {
	listing *listing
	ratio   float64
	meets   bool
}

// keep holds one option a seller and model for the same model and the evaluated ones, and one a lab of the untried
// rest: one that meets the needs before one that does not, then the cheaper one, then the first of the catalogue.
func keep(best map[int]found, f found, known bool) {
	key := f.listing.lab
	if known {
		key = f.listing.model
	}
	old, ok := best[key]
	if !ok || f.meets && !old.meets || f.meets == old.meets && f.ratio < old.ratio {
		best[key] = f
	}
}

func (f *found) option(l *planLine, quality map[string]pricing.Number) Option {
	offer, row := f.listing.offer, f.listing.row
	o := Option{Offer: offer.ID(), Scope: offer.Scope, Model: offer.Model, Source: row.Source, AsOf: row.AsOf}
	o.Seller, o.Lab, o.MeetsHard = offer.Provider, offer.Lab, f.meets
	o.PriceRatio = number(f.ratio, 9)
	o.QualityRatio = quality[offer.Model]
	if offer.Model == l.model && o.QualityRatio.IsZero() {
		o.QualityRatio = literal("1")
	}
	rates := row.RatesFor(0)
	o.Input, o.Output = Price(rates.Input), Price(rates.Output)
	return o
}

// number is a computed float as an exact decimal with a fixed number of places.
func number(v float64, places int) pricing.Number {
	text := strconv.FormatFloat(v, 'f', places, 64)
	if places > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return literal(text)
}

// literal is a number that is written without quotes; one that is out of range was not stated.
func literal(text string) (n pricing.Number) {
	if n.UnmarshalJSON([]byte(text)) != nil {
		return pricing.Number{}
	}
	return n
}
