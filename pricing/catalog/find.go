package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrUnknownOffer says that the snapshot knows no such offer.
var ErrUnknownOffer = errors.New("unknown offer")

// AmbiguousError says that an id names several offers; Candidates lists them as "provider/native-id scope".
type AmbiguousError struct {
	ID         string
	Candidates []string
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q names %d offers, say which scope: %s", e.ID, len(e.Candidates),
		strings.Join(e.Candidates, "; "))
}

// index answers look-ups; it is built once per snapshot, on first use.
type index struct {
	offers  map[string][]*Offer // by "provider/native-id" and "provider/alias"
	models  map[string]*Model
	ofModel map[string][]*Offer
	sellers map[string]Seller
	sources map[string]Source
	words   []modelWords
}

type modelWords struct {
	model *Model
	text  string
}

func (s *Snapshot) index() *index {
	s.once.Do(func() { s.idx = newIndex(s) })
	return s.idx
}

func newIndex(s *Snapshot) *index {
	x := &index{
		offers:  make(map[string][]*Offer, 2*len(s.Offers)),
		models:  make(map[string]*Model, len(s.Models)),
		ofModel: make(map[string][]*Offer, len(s.Models)),
		sellers: make(map[string]Seller, len(s.Sellers)),
		sources: make(map[string]Source, len(s.Sources)),
	}
	for i := range s.Offers {
		x.addOffer(&s.Offers[i])
	}
	for i := range s.Models {
		m := &s.Models[i]
		x.models[m.ID] = m
		x.words = append(x.words, modelWords{m, strings.ToLower(m.ID + " " + m.Name + " " + m.Family)})
	}
	for _, seller := range s.Sellers {
		x.sellers[seller.ID] = seller
	}
	for _, source := range s.Sources {
		x.sources[source.ID] = source
	}
	for _, offers := range x.ofModel {
		slices.SortStableFunc(offers, func(a, b *Offer) int {
			return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Scope, b.Scope),
				cmp.Compare(a.NativeID, b.NativeID))
		})
	}
	return x
}

func (x *index) addOffer(o *Offer) {
	x.addName(o, o.ID())
	for _, alias := range o.Aliases {
		x.addName(o, o.Provider+"/"+alias)
		if strings.HasPrefix(alias, o.Provider+"/") {
			x.addName(o, alias) // "azure/us/gpt-5.5" is also "us/gpt-5.5" at azure
		}
	}
	if o.Model != "" {
		x.ofModel[o.Model] = append(x.ofModel[o.Model], o)
	}
}

func (x *index) addName(o *Offer, name string) {
	if named := x.offers[name]; !slices.Contains(named, o) {
		x.offers[name] = append(named, o)
	}
}

// Find is every offer that "provider/id" names, in any scope; id is the seller's own, LiteLLM's or models.dev's. It is
// nil for an unknown one. The caller must not change the slice.
func (s *Snapshot) Find(id string) []*Offer { return s.index().offers[id] }

// Offer is the one offer that "provider/id" names in scope. An empty scope is enough where the id has one offer beside
// those of single regions; they, offers on request and commitments are passed over unless their scope or own alias is
// given. Where the seller sells the model in the scope under another id, "us.anthropic.claude-opus-5" for
// "anthropic.claude-opus-5" in geo:us, it is that one. Errors wrap ErrUnknownOffer or are an *AmbiguousError.
func (s *Snapshot) Offer(id, scope string) (*Offer, error) {
	found := s.Find(id)
	switch {
	case len(found) == 0:
		return nil, fmt.Errorf("%q: %w as of %s", id, ErrUnknownOffer, s.AsOf)
	case len(found) == 1 && (scope == "" || found[0].Scope == scope):
		return found[0], nil
	}
	matches := inScope(found, scope)
	if len(matches) == 0 {
		matches = s.siblings(found[0], scope)
	}
	if len(matches) > 1 {
		matches = preferred(matches)
	}
	switch len(matches) {
	case 1:
		return matches[0], nil
	case 0:
		return nil, fmt.Errorf("%q is not sold in scope %q, only as: %s: %w", id, scope,
			strings.Join(describe(found), "; "), ErrUnknownOffer)
	}
	return nil, &AmbiguousError{ID: id, Candidates: describe(matches)}
}

func inScope(found []*Offer, scope string) []*Offer {
	var exact, same []*Offer
	for _, o := range found {
		switch {
		case scope == "" && !o.OnRequest, o.Scope == scope:
			exact = append(exact, o)
		case sameScope(o, scope):
			same = append(same, o)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return same
}

// siblings is the seller's plain offers of the same model in scope, under whatever id.
func (s *Snapshot) siblings(o *Offer, scope string) []*Offer {
	var out []*Offer
	for _, other := range s.OffersOf(o.Model) {
		if other.Provider == o.Provider && other.Scope == scope && other.Variant == o.Variant &&
			other.Commitment == "" {
			out = append(out, other)
		}
	}
	return out
}

// sameScope reports whether scope is another word for the offer's own: the lists state no scope for Azure's Global
// deployment, nor for Bedrock ids without a profile's prefix, which are called in one region.
func sameScope(o *Offer, scope string) bool {
	return o.Scope == "default" && (o.Provider == "azure" && scope == "global" || o.Provider == "bedrock" &&
		scope == "in-region")
}

// preferred narrows several matches: pay as you go before a commitment, and the seller's general offer, which its bare
// id names, before the prices of single regions. Several general offers, such as Azure's data zones, stay several.
func preferred(matches []*Offer) []*Offer {
	payAsYouGo := slices.DeleteFunc(slices.Clone(matches), func(o *Offer) bool { return o.Commitment != "" })
	if len(payAsYouGo) == 0 {
		return matches
	}
	general := slices.DeleteFunc(slices.Clone(payAsYouGo),
		func(o *Offer) bool { return strings.HasPrefix(o.Scope, "region:") })
	if len(general) > 0 {
		return general
	}
	return payAsYouGo
}

func describe(offers []*Offer) []string {
	var out []string
	for _, o := range offers {
		text := o.ID() + " " + o.Scope
		if o.Variant != "" {
			text += " (" + o.Variant + ")"
		}
		if o.Commitment != "" {
			text += " (" + o.Commitment + " commitment)"
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Model is the model with the canonical id.
func (s *Snapshot) Model(id string) (*Model, bool) {
	m, ok := s.index().models[id]
	return m, ok
}

// OffersOf is every offer of a model, by provider, scope and id. The caller must not change the slice.
func (s *Snapshot) OffersOf(model string) []*Offer { return s.index().ofModel[model] }

// Seller is the seller with the id; an id that the snapshot does not name gets itself as name.
func (s *Snapshot) Seller(id string) Seller {
	if seller, ok := s.index().sellers[id]; ok {
		return seller
	}
	return Seller{ID: id, Name: id}
}

// Source is the price source with the id; an id that the snapshot does not name gets itself as name.
func (s *Snapshot) Source(id string) Source {
	if source, ok := s.index().sources[id]; ok {
		return source
	}
	return Source{ID: id, Name: id}
}

// SearchModels is the models whose id, name or family contains every word of query, by id. An empty query finds all.
func (s *Snapshot) SearchModels(query string) []*Model {
	words := strings.Fields(strings.ToLower(query))
	var out []*Model
	for _, entry := range s.index().words {
		if containsAll(entry.text, words) {
			out = append(out, entry.model)
		}
	}
	return out
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
