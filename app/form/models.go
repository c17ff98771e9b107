package form

import (
	"fmt"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// FindModel is the model that a typed text names: its canonical id or slug, its name, or words that only one model has.
func FindModel(prices *catalog.Snapshot, text string) (*catalog.Model, error) {
	text = strings.TrimSpace(text)
	if model, ok := prices.Model(strings.ToLower(text)); ok {
		return model, nil
	}
	if model := byName(prices, text); model != nil {
		return model, nil
	}
	found := prices.SearchModels(text)
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("no model is called “%s”: choose one of the list or see Prices", text)
	case 1:
		return found[0], nil
	}
	var names []string
	for _, model := range found[:min(4, len(found))] {
		names = append(names, model.Name)
	}
	return nil, fmt.Errorf("“%s” fits %d models, such as %s: write more of the name", text, len(found),
		strings.Join(names, ", "))
}

// byName finds the model whose slug or name is the text, spelled with any of " ._-:"; of several the one that most
// sellers offer.
func byName(prices *catalog.Snapshot, text string) *catalog.Model {
	want := spelled(text)
	var best *catalog.Model
	for i := range prices.Models {
		model := &prices.Models[i]
		_, slug, _ := strings.Cut(model.ID, "/")
		if slug != want && spelled(model.Name) != want {
			continue
		}
		if best == nil || len(prices.OffersOf(model.ID)) > len(prices.OffersOf(best.ID)) {
			best = model
		}
	}
	return best
}

var spelling = strings.NewReplacer(" ", "-", ".", "-", "_", "-", ":", "-")

func spelled(text string) string { return spelling.Replace(strings.ToLower(text)) }

// Sellable are the offers of a model that a plan can price: text in, text out, by token, in force on the day.
func Sellable(prices *catalog.Snapshot, model string, day calendar.Day) []*catalog.Offer {
	var offers []*catalog.Offer
	for _, o := range prices.OffersOf(model) {
		if row, _ := o.RowAt(day); row != nil {
			if rates := row.RatesFor(0); rates.HasInput && rates.HasOutput {
				offers = append(offers, o)
			}
		}
	}
	return offers
}

// bestOffer is the offer that a changed model starts with: the seller before, in its scope if it sells there, else the
// lab's own, else the cheapest by input and output price together.
func bestOffer(prices *catalog.Snapshot, model *catalog.Model, seller string) *catalog.Offer {
	offers := Sellable(prices, model.ID, prices.AsOf)
	if len(offers) == 0 {
		return nil
	}
	provider, _, _ := strings.Cut(seller, "/")
	_, scope, _ := strings.Cut(seller, "|")
	rank := func(o *catalog.Offer) int {
		switch {
		case o.Provider == provider && o.Scope == scope:
			return 0
		case o.Provider == provider:
			return 1
		case o.Provider == model.Lab:
			return 2
		}
		return 3
	}
	return slices.MinFunc(offers, func(a, b *catalog.Offer) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return int(min(1, max(-1, price(prices, a)-price(prices, b))))
	})
}

// price orders offers of one model; it is never shown.
func price(prices *catalog.Snapshot, o *catalog.Offer) int64 {
	row, _ := o.RowAt(prices.AsOf)
	rates := row.RatesFor(0)
	return int64(rates.Input) + int64(rates.Output)
}

// offerOf is the catalogue offer of a seller value, nil when there is none.
func offerOf(prices *catalog.Snapshot, seller string) *catalog.Offer {
	id, scope, ok := strings.Cut(seller, "|")
	if !ok {
		return nil
	}
	offer, err := prices.Offer(id, scope)
	if err != nil {
		return nil
	}
	return offer
}

func knownSeller(d Document, prices *catalog.Snapshot, seller string) bool {
	if id, own := strings.CutPrefix(seller, ownOffer); own {
		_, ok := d.Get("offers", id)
		return ok
	}
	return offerOf(prices, seller) != nil
}

// offerFor is the id of the plan's offer behind a seller value; it is added to the plan when it is not there yet.
func (o *Outcome) offerFor(seller string, prices *catalog.Snapshot) string {
	if id, own := strings.CutPrefix(seller, ownOffer); own {
		return id
	}
	for _, id := range o.Document.Names("offers") {
		if _, existing := SoldAs(o.Document, prices, id); existing == seller {
			return id
		}
	}
	catalogID, scope, _ := strings.Cut(seller, "|")
	id := o.freeID(Slug(strings.NewReplacer("/", "-", "|", "-").Replace(seller)))
	offer := map[string]any{"kind": "on_demand", "catalog": catalogID}
	if scope != "" {
		offer["scope"] = scope
	}
	o.Document.Set(offer, "offers", id)
	return id
}

// freeID is a name that no offer has yet.
func (o *Outcome) freeID(id string) string {
	candidate := id
	for n := 2; ; n++ {
		if _, taken := o.Document.Get("offers", candidate); !taken {
			return candidate
		}
		candidate = fmt.Sprintf("%s-%d", id, n)
	}
}

// Slug turns a text into an identifier of the plan format.
func Slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || b.Len() > 0 && strings.ContainsRune("._-", r) {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-._")
	if slug == "" {
		return "x"
	}
	return slug[:min(60, len(slug))]
}

// dropUnused removes offers that nothing routes to and that carry nothing of the team's own.
func (o *Outcome) dropUnused() {
	used := map[string]bool{}
	mark := func(routes *document.Value) {
		for _, route := range routes.Items() {
			used[offerOfRoute(route)] = true
		}
	}
	d := o.Document
	for _, workload := range d.Names("workloads") {
		routes, _ := d.Get("workloads", workload, "routes")
		mark(routes)
	}
	for i := range d.Len("alternatives") {
		for _, workload := range d.Names("alternatives", Item(i), "routes") {
			routes, _ := d.Get("alternatives", Item(i), "routes", workload)
			mark(routes)
		}
	}
	for _, id := range d.Names("offers") {
		if !used[id] && bare(d, id) && !o.patched() {
			d.Delete("offers", id)
			d.Delete(factKeys("offers", id)...)
		}
	}
}

// bare reports whether an offer is nothing but a pointer into the catalogue.
func bare(d Document, id string) bool {
	for _, name := range d.Names("offers", id) {
		if name != "kind" && name != "catalog" && name != "scope" {
			return false
		}
	}
	return true
}

// patched reports whether an alternative changes the plan in a way that could name any offer.
func (o *Outcome) patched() bool {
	for i := range o.Document.Len("alternatives") {
		if _, ok := o.Document.Get("alternatives", Item(i), "patch"); ok {
			return true
		}
	}
	return false
}
