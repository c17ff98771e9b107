package pricing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// planProviders are the sellers of tokens that the plan format names: those that a technology leader signs with.
// Proposals keep to them; routers and resellers stay on the prices pages.
func planProviders() []string {
	return []string{"azure", "bedrock", "vertex", "gemini-api", "openai", "anthropic", "mistral", "cohere",
		"deepseek", "xai", "groq",
		"together", "fireworks", "cerebras", "oci", "databricks", "snowflake", "watsonx", "nebius", "scaleway",
		"ovh", "alibaba"}
}

// everywhere is every seller and scope of today's model.
func (b *proposer) everywhere() []candidate {
	var list []candidate
	for _, o := range b.sold() {
		list = append(list, b.candidate(o, true))
	}
	return list
}

// direct is the lab's own API and one offer of each cloud, in its widest scope.
func (b *proposer) direct() []candidate {
	var list []candidate
	seen := map[string]bool{}
	offers := b.sold()
	slices.SortStableFunc(offers, func(x, y *catalog.Offer) int {
		return cmp.Or(cmp.Compare(x.Provider, y.Provider), scopeOrder(x.Scope)-scopeOrder(y.Scope))
	})
	for _, o := range offers {
		cloud := b.catalog.Seller(o.Provider).Kind == "cloud"
		if seen[o.Provider] || !cloud && !isOwnAPI(o) {
			continue
		}
		seen[o.Provider] = true
		list = append(list, b.candidate(o, true))
	}
	if !slices.ContainsFunc(list, func(c candidate) bool { return isOwnAPI(c.offer) }) {
		b.notes = append(b.notes,
			Note{Message: "the catalogue lists no API of the lab itself for " + modelName(b.catalog, b.main.offer)})
	}
	return list
}

// isOwnAPI reports whether the lab that made the model sells it itself.
func isOwnAPI(o *catalog.Offer) bool {
	return o.Provider == o.Lab || o.Provider == "gemini-api" && o.Lab == "google"
}

func scopeOrder(scope string) int {
	order := slices.Index([]string{"default", "global", "in-region"}, scope)
	if order < 0 {
		return 3
	}
	return order
}

// sold is today's model at every proposed seller, one offer a seller and scope: the plain one rather than a variant,
// the undated id rather than a dated one.
func (b *proposer) sold() []*catalog.Offer {
	var list []*catalog.Offer
	others := map[string]bool{}
	for _, o := range b.catalog.OffersOf(b.main.offer.Model) {
		switch {
		case !slices.Contains(planProviders(), o.Provider):
			others[o.Provider] = true
		case usable(o):
			list = append(list, o)
		}
	}
	if len(others) > 0 {
		b.notes = append(b.notes, Note{Message: fmt.Sprintf(
			"%d other sellers list %s too; they are on the prices page and not proposed", len(others),
			modelName(b.catalog, b.main.offer))})
	}
	slices.SortStableFunc(list, func(x, y *catalog.Offer) int {
		return cmp.Or(cmp.Compare(x.Provider, y.Provider), cmp.Compare(x.Scope, y.Scope), plainness(x)-plainness(y),
			len(x.NativeID)-len(y.NativeID), cmp.Compare(x.NativeID, y.NativeID))
	})
	return slices.CompactFunc(list, func(x, y *catalog.Offer) bool {
		return x.Provider == y.Provider &&
			x.Scope == y.Scope
	})
}

func usable(o *catalog.Offer) bool { return isChat(o.Mode) && o.Commitment == "" }

// plainness sorts the offer that a new customer would take first.
func plainness(o *catalog.Offer) int {
	n := 0
	for i, special := range []bool{o.Release != "", o.Latest, o.Variant != ""} {
		if special {
			n += 1 << i
		}
	}
	return n
}

// The price class of an offer: from half to twice today's price for the same requests.
const cheapestFrom, cheapestTo = 0.5, 2.0

// cheapest is, for every seller, its cheapest offer in the price class of today's that can take the requests.
func (b *proposer) cheapest() ([]candidate, error) {
	ranking, err := Rank(b.main.baseline.plan, b.main.workload, b.catalog)
	if err != nil {
		return nil, err
	}
	today, ok := rankOf(ranking, b.main.offer)
	if !ok || today <= 0 {
		b.notes = append(b.notes, Note{Message: "today's offer costs nothing in this plan, so there is no price " +
			"class to look in"})
		return nil, nil
	}
	var list []candidate
	seen := map[string]bool{}
	for i := range ranking {
		r := &ranking[i]
		if !r.Known() || r.Cost < cheapestFrom*today || r.Cost > cheapestTo*today || seen[r.Offer.Provider] ||
			!b.fits(r) {
			continue
		}
		seen[r.Offer.Provider] = true
		list = append(list, b.candidate(r.Offer, false))
	}
	slices.SortStableFunc(list, func(x, y candidate) int { return cmp.Compare(x.id, y.id) })
	return list, nil
}

func rankOf(ranking []Ranked, o *catalog.Offer) (float64, bool) {
	for i := range ranking {
		if ranking[i].Offer == o {
			return ranking[i].Cost, ranking[i].Known()
		}
	}
	return 0, false
}

// current reports whether a model is one that a new project would look at: no preview, and released at most 18 months
// before the newest price, where the date is known.
func (b *proposer) current(o *catalog.Offer) bool {
	if o.Model == "" || strings.Contains(o.Model, "preview") {
		return false
	}
	model, ok := b.catalog.Model(o.Model)
	if !ok || len(model.Released) < 7 || len(b.catalog.AsOf) < 7 {
		return true
	}
	released, err := calendar.ParseMonth(string(model.Released[:7]))
	newest, errNewest := calendar.ParseMonth(string(b.catalog.AsOf[:7]))
	return err != nil || errNewest != nil || newest-released <= 18
}

// fits reports whether an offer can take the main workload's requests, as far as the catalogue knows.
func (b *proposer) fits(r *Ranked) bool {
	needs := b.main.baseline.plan.Workloads[b.main.workload].Needs
	tools := needs == nil || !needs.Tools || r.Offer.Tools != catalog.No
	return tools && usable(r.Offer) && !r.Offer.OnRequest && !r.TooSmall && !r.NotChat && !r.Retires &&
		b.current(r.Offer) && r.Offer.Variant == "" && !r.Offer.Latest &&
		slices.Contains(planProviders(), r.Offer.Provider)
}

// candidate names an offer; sameModel proposals leave the model out of the id.
func (b *proposer) candidate(o *catalog.Offer, sameModel bool) candidate {
	c := candidate{offer: o, id: sellerID(o), name: sellerName(b.catalog, o, true) + ": " + modelName(b.catalog, o)}
	if !sameModel {
		_, slug, _ := strings.Cut(o.Model, "/")
		c.id += "-" + slug
	}
	if o.Model != b.main.offer.Model {
		c.other = true
		c.name += " (not evaluated)"
		c.note = "another model: evaluate it on this workload before choosing it"
	}
	if o.OnRequest {
		c.note = "this scope is sold on request"
	}
	return c
}

// sellerID is the seller and the scope as an id: "azure", "bedrock-geo-us".
func sellerID(o *catalog.Offer) string {
	if o.Scope == "" || o.Scope == "default" {
		return o.Provider
	}
	return o.Provider + "-" + strings.ReplaceAll(o.Scope, ":", "-")
}

// sellerName is the seller in short, with the scope where it has one: "Azure, Data Zone EU".
func sellerName(c *catalog.Snapshot, o *catalog.Offer, scoped bool) string {
	name := c.Seller(o.Provider).Name
	switch o.Provider {
	case "azure":
		name = "Azure"
	case "bedrock":
		name = "Bedrock"
	case "vertex":
		name = "Vertex"
	}
	if isOwnAPI(o) && o.Provider != "gemini-api" && c.Seller(o.Provider).Kind == "lab" {
		name += " direct"
	}
	if scope := ScopeName(o.Scope); scoped && scope != "" {
		name += ", " + scope
	}
	return name
}

// ScopeName is a scope as people say it: "Global", "Data Zone EU", "EU", "in-region"; empty for default.
func ScopeName(scope string) string {
	kind, code, _ := strings.Cut(scope, ":")
	switch kind {
	case "", "default":
		return ""
	case "global":
		return "Global"
	case "datazone":
		return "Data Zone " + strings.ToUpper(code)
	case "geo":
		return strings.ToUpper(code)
	case "region":
		return "region " + code
	default:
		return scope
	}
}

// modelName is the model as people say it, or its id.
func modelName(c *catalog.Snapshot, o *catalog.Offer) string {
	if m, ok := c.Model(o.Model); ok && m.Name != "" {
		return m.Name
	}
	return cmp.Or(o.Model, o.NativeID)
}
