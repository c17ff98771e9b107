// Package identity says which model an id means.
//
// The same model has a dozen names: Claude Sonnet 4.5 is "claude-sonnet-4-5" at Anthropic,
// "us.anthropic.claude-sonnet-4-5-20250929-v1:0" at Bedrock and "databricks-claude-sonnet-4-5" at Databricks. The
// package maps an id of LiteLLM, of models.dev or of the seller itself to one canonical id "lab/slug", and takes apart
// what is not identity: scope, release date, variant and commitment. A table written by hand (aliases.csv) comes before
// the rules. What neither can read stays unmapped: models are never merged because their names look alike.
//
// Scopes. Bedrock: "us.", "eu.", "jp.", "au.", "apac.", "us-gov." are geo:..., "global." is global, a region in
// LiteLLM's path is region:CODE, and Anthropic ids from Claude 4.5 on without a prefix are in-region. Other Bedrock ids
// without a prefix are default, OpenAI's among them: the plan format names Anthropic only, and default means that the
// source states none. Azure: "us/" and "eu/" are datazone:..., "global/" and "global-standard/" are global, the rest is
// default. A source's separate list for mainland China is region:cn. Every other id is default.
package identity

import (
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// Source is whose spelling an id is.
type Source string

const (
	FromLiteLLM   Source = "litellm"
	FromModelsDev Source = "models.dev"
	FromSeller    Source = "seller"
)

// Identity is what an id says.
type Identity struct {
	Provider string // seller id of the plan format: "bedrock"
	// NativeID is the seller's own id, without router prefix, region path, data zone or commitment, letter case kept:
	// "us.anthropic.claude-sonnet-4-6". One native id can be sold in several scopes, variants and commitments.
	NativeID   string
	Model      string       // canonical "lab/slug"; "" is unmapped
	Lab        string       // "" when it cannot be told
	Scope      string       // "global", "datazone:us", "geo:eu", "in-region", "region:us-gov-west-1", "default"
	Variant    string       // way of serving: "fp8", "turbo", "fast", "hd 1024-x-1024"; "" is the plain one
	Commitment string       // "1-month", "6-month"; "" is on demand
	Release    calendar.Day // date in the id, "2025-09-29" or "2025-03"; "" when it has none
	Latest     bool         // the id is a moving alias
}

// LiteLLM reads a key of LiteLLM's price map. provider is the row's litellm_provider; an unknown one is kept as a
// seller of its own, in the form [a-z0-9-].
func LiteLLM(key, provider string) Identity {
	return lists().read(FromLiteLLM, provider, key)
}

// ModelsDev reads a provider id and a model id of models.dev.
func ModelsDev(providerID, modelID string) Identity {
	return lists().read(FromModelsDev, providerID, modelID)
}

// Native reads an id as a user writes it: the seller's own id, or LiteLLM's or models.dev's name of it. provider may be
// a seller id or either source's word for the seller.
func Native(provider, id string) Identity {
	return lists().read(FromSeller, provider, id)
}

// Canonical brings "lab/slug" into canonical form: "Anthropic/Claude-Sonnet-4.5" is "anthropic/claude-sonnet-4-5". The
// canonical form of a canonical id is itself. It reports false when the lab or the name is missing.
func Canonical(model string) (string, bool) {
	id := Identity{}
	lists().resolve(&noSeller, FromSeller, model, &id)
	return id.Model, id.Model != ""
}

// Provider returns the seller id that a source's word means: "amazon-bedrock" and "bedrock_converse" are "bedrock". It
// reports false for a word that no list knows; the id is then the word itself in the form [a-z0-9-].
func Provider(word string) (string, bool) {
	t := lists()
	if s, ok := t.bySeller[word]; ok {
		return s.ID, true
	}
	for _, source := range [...]Source{FromLiteLLM, FromModelsDev} {
		if w, ok := t.words[source][word]; ok {
			return w.seller.ID, true
		}
	}
	return slugify(word), false
}

// Labs lists who makes models, by id. A lab that is not in the list is the source's own word.
func Labs() []catalog.Lab { return append([]catalog.Lab(nil), lists().labList...) }

// Sellers lists who sells models, by id.
func Sellers() []catalog.Seller {
	t := lists()
	out := make([]catalog.Seller, len(t.sellers))
	for i := range t.sellers {
		out[i] = t.sellers[i].Seller
	}
	return out
}

// Subscription reports whether a seller takes a flat fee (a coding plan, GitHub Copilot). A source's zero per token is
// then not a price, and must not be shown as one.
func Subscription(seller string) bool {
	s, ok := lists().bySeller[seller]
	return ok && s.subscription
}

// read takes an id apart: seller, path, name.
func (t *tables) read(source Source, word, id string) Identity {
	s, scope := t.seller(source, word)
	p := splitPath(s, source, id)
	out := Identity{Provider: s.ID, NativeID: p.native, Scope: firstOf(p.scope, scope, "default"),
		Variant: p.variant, Commitment: p.commitment}
	if out.Provider == "" {
		out.Provider = slugify(word)
	}
	t.resolve(s, source, p.native, &out)
	if s.ID == bedrock {
		out.Scope = bedrockScope(&out)
	}
	return out
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// slugify turns a source's word into [a-z0-9-].
func slugify(word string) string {
	return strings.Trim(normalise(strings.ToLower(word), false), "-")
}
