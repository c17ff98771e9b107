package catalog

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sample() *Snapshot {
	return &Snapshot{
		ID: "test", AsOf: "2026-08-01",
		Sellers: []Seller{{ID: "azure", Name: "Azure"}},
		Models:  []Model{{ID: "openai/gpt-5-5", Name: "GPT-5.5", Lab: "openai", Family: "gpt"}},
		Offers: []Offer{
			{Provider: "azure", NativeID: "gpt-5.5", Scope: "datazone:us", Model: "openai/gpt-5-5",
				Aliases: []string{"azure/us/gpt-5.5"}},
			{Provider: "azure", NativeID: "gpt-5.5", Scope: "default", Model: "openai/gpt-5-5",
				Aliases: []string{"azure/gpt-5.5"}},
			{Provider: "bedrock", NativeID: "anthropic.x", Scope: "in-region", Model: "anthropic/x"},
			{Provider: "bedrock", NativeID: "anthropic.x", Scope: "region:us-gov-west-1", Model: "anthropic/x",
				Aliases: []string{"bedrock/us-gov-west-1/anthropic.x"}},
			{Provider: "bedrock", NativeID: "meta.y", Scope: "default"},
			{Provider: "bedrock", NativeID: "meta.y", Scope: "region:eu-west-1"},
			{Provider: "bedrock", NativeID: "meta.y", Scope: "default", Commitment: "1-month"},
			{Provider: "openai", NativeID: "gpt-5.5", Scope: "default", Model: "openai/gpt-5-5"},
			{Provider: "openai", NativeID: "gpt-5.5", Scope: "geo:eu", OnRequest: true, Model: "openai/gpt-5-5"},
		},
	}
}

func TestOfferIsFoundByIDAndScope(t *testing.T) {
	tests := []struct {
		name, id, scope string
		want            string // "scope"; "" for an error
		err             string
	}{
		{"a scope selects among several", "azure/gpt-5.5", "datazone:us", "datazone:us", ""},
		{"several without a scope are an error that lists them", "azure/gpt-5.5", "", "",
			"azure/gpt-5.5 datazone:us; azure/gpt-5.5 default"},
		{"LiteLLM's id names one", "azure/azure/us/gpt-5.5", "", "datazone:us", ""},
		{"LiteLLM's id as a plan writes it names the same", "azure/us/gpt-5.5", "", "datazone:us", ""},
		{"global is another word for Azure's offer without a scope", "azure/gpt-5.5", "global", "default", ""},
		{"global is not another word elsewhere", "openai/gpt-5.5", "global", "", `not sold in scope "global"`},
		{"an unprefixed id with an in-region offer means that one", "bedrock/anthropic.x", "", "in-region", ""},
		{"the region is found by its path", "bedrock/bedrock/us-gov-west-1/anthropic.x", "", "region:us-gov-west-1",
			""},
		{"a bare id means the general offer and not a single region's", "bedrock/meta.y", "", "default", ""},
		{"a single region is found by its scope", "bedrock/meta.y", "region:eu-west-1", "region:eu-west-1", ""},
		{"pay as you go comes before a commitment", "bedrock/meta.y", "default", "default", ""},
		{"an offer on request is passed over without its scope", "openai/gpt-5.5", "", "default", ""},
		{"and found with it", "openai/gpt-5.5", "geo:eu", "geo:eu", ""},
		{"an unknown id is an error", "azure/gpt-9", "", "", "unknown offer"},
		{"a wrong scope says which there are", "azure/gpt-5.5", "geo:eu", "", "azure/gpt-5.5 default"},
	}
	s := sample()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := s.Offer(tt.id, tt.scope)
			switch {
			case err != nil && tt.err == "", err == nil && tt.err != "":
				t.Fatalf("Offer = %v, %v, want %q, error %q", o, err, tt.want, tt.err)
			case err != nil:
				var ambiguous *AmbiguousError
				if !strings.Contains(err.Error(), tt.err) || !errors.Is(err, ErrUnknownOffer) &&
					!errors.As(err, &ambiguous) {
					t.Errorf("error %v, want one that says %q", err, tt.err)
				}
			case o.Scope != tt.want || o.Commitment != "":
				t.Errorf("scope %s %s, want %s", o.Scope, o.Commitment, tt.want)
			}
		})
	}
}

func TestModelsAreSearchedByEveryWord(t *testing.T) {
	s := sample()
	for query, want := range map[string]int{"gpt 5.5": 1, "GPT-5.5": 1, "gpt claude": 0, "": 1, "OPENAI": 1} {
		if got := len(s.SearchModels(query)); got != want {
			t.Errorf("SearchModels(%q) finds %d, want %d", query, got, want)
		}
	}
}

func TestOffersOfAModelAreSorted(t *testing.T) {
	var got []string
	for _, o := range sample().OffersOf("openai/gpt-5-5") {
		got = append(got, o.Provider+" "+o.Scope)
	}
	want := []string{"azure datazone:us", "azure default", "openai default", "openai geo:eu"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnUnknownSellerIsNamedByItsID(t *testing.T) {
	s := sample()
	if got := s.Seller("azure").Name; got != "Azure" {
		t.Errorf("azure is named %q", got)
	}
	if got := s.Seller("nobody").Name; got != "nobody" {
		t.Errorf("an unknown seller is named %q", got)
	}
	if _, ok := s.Model("nobody/nothing"); ok {
		t.Error("an unknown model is found")
	}
}
