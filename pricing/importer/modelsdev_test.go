package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/catalog"
)

func modelsDevOffer(t *testing.T, provider, id, body string) (catalog.Import, catalog.Offer) {
	t.Helper()
	in, err := ModelsDev(
		strings.NewReader(`{"`+provider+`": {"id": "`+provider+
			`", "name": "X", "doc": "https://example.com/doc", "models": {"`+id+`": {`+body+`}}}}`), "2026-07-02")
	if err != nil {
		t.Fatal(err)
	}
	return in, in.Offers[0]
}

func TestModelsDevPrices(t *testing.T) {
	tests := []struct {
		name, fields string
		want         []string
	}{
		{"text and caches", `"cost": {"input": 3, "output": 15, "cache_read": 0.3, "cache_write": 3.75}`,
			[]string{"input 3", "output 15", "cache_read 0.3", "cache_write_5m 3.75"}},
		{
			"tiers count and their copy does not", `"cost": {"input": 5, "output": 30, "tiers": [{"tier": {"size": 272000}, "input": 10, "output": 45}],
			"context_over_200k": {"input": 10, "output": 45}}`,
			[]string{"input above 272000 10", "output above 272000 45", "input 5", "output 30"}},
		{"the copy counts where there are no tiers", `"cost": {"input": 1.25, "output": 10, "context_over_200k": {"input": 2.5, "output": 15}}`,
			[]string{"input 1.25", "output 10", "input above 200000 2.5", "output above 200000 15"}},
		{"reasoning and audio",
			`"cost": {"input": 1, "output": 2, "reasoning": 3, "input_audio": 4, "output_audio": 5}`,
			[]string{"input 1", "output 2", "reasoning 3", "audio_input 4", "audio_output 5"}},
		{"float noise is rounded", `"cost": {"input": 0.049999999999999996, "output": 1}`,
			[]string{"input 0.05", "output 1"}},
		{
			"OpenAI's fast mode is the tier priority", `"cost": {"input": 5, "output": 30}, "experimental": {"modes": {"fast": {"cost": {"input": 12.5, "output": 75},
			"provider": {"body": {"service_tier": "priority"}}}}}`, []string{"input 5", "output 30", "input priority 12.5", "output priority 75"}},
		{
			"Anthropic's fast mode is its own", `"cost": {"input": 5, "output": 25}, "experimental": {"modes": {"fast": {"cost": {"input": 30},
			"provider": {"body": {"speed": "fast"}}}}}`, []string{"input 5", "output 25", "input fast 30"}},
		{"no cost is no price", `"open_weights": true`, nil},
		{"a cost of 0 is no price", `"cost": {"input": 0, "output": 0}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, o := modelsDevOffer(t, "anthropic", "claude-sonnet-4-5", tt.fields)
			if diff := cmp.Diff(tt.want, figures(o)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestModelsDevFacts(t *testing.T) {
	in, o := modelsDevOffer(t, "amazon-bedrock", "us.anthropic.claude-sonnet-4-6", `"name": "Claude Sonnet 4.6 (US)", "family": "claude-sonnet",
		"release_date": "2026-02-17", "knowledge": "2025-08-31", "reasoning": true, "tool_call": false, "open_weights": false, "status": "beta",
		"limit": {"context": 1000000, "output": 64000}, "modalities": {"input": ["text", "image"], "output": ["text"]}, "cost": {"input": 3, "output": 15}`)
	if o.Provider != "bedrock" || o.Scope != "geo:us" || o.Model != "anthropic/claude-sonnet-4-6" ||
		o.Tools != catalog.No || o.Lifecycle != "beta" {
		t.Errorf("offer %+v", o)
	}
	want := catalog.Model{ID: "anthropic/claude-sonnet-4-6", Name: "Claude Sonnet 4.6 (US)", Lab: "anthropic",
		Family: "claude-sonnet", OpenWeights: catalog.No,
		ContextTokens: 1_000_000, Released: "2026-02-17", Knowledge: "2025-08-31", Reasoning: catalog.Yes}
	if diff := cmp.Diff([]catalog.Model{want}, in.Models); diff != "" {
		t.Error(diff)
	}
	if o.Rows[0].URL != "https://example.com/doc" || o.Rows[0].AsOf != "2026-07-02" {
		t.Errorf("row %+v", o.Rows[0])
	}
}

func TestModelsDevReportsWhatItDoesNotUnderstand(t *testing.T) {
	tests := []struct{ name, fields, path, says string }{
		{"a misspelt price", `"cost": {"input": 1, "cached_input": 2}`, "p/m.cost.cached_input", "not understood"},
		{"a tier of something else",
			`"cost": {"input": 1, "tiers": [{"tier": {"type": "volume", "size": 5}, "input": 2}]}`,
			"p/m.cost.tiers.tier.type", "not understood"},
		{"a tier without a size", `"cost": {"input": 1, "tiers": [{"input": 2}]}`, "p/m.cost.tiers", "left out"},
		{"a mode without a way to ask for it",
			`"cost": {"input": 1}, "experimental": {"modes": {"fast": {"cost": {"input": 2}}}}`,
			"p/m.experimental.modes.fast", "how the mode is asked for"},
		{"a cost that is a list", `"cost": []`, "p/m.cost", "want an object, not a list"},
		{"a flag that is a text", `"cost": {"input": 1}, "reasoning": "yes"`, "p/m.reasoning", "want true or false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, _ := modelsDevOffer(t, "p", "m", tt.fields)
			for _, w := range in.Warnings {
				if w.Path == tt.path && strings.Contains(w.Message, tt.says) {
					return
				}
			}
			t.Errorf("no warning at %s that says %q: %+v", tt.path, tt.says, in.Warnings)
		})
	}
}

// A newer feed names models that the shipped snapshot does not know (anomalyco/models.dev, 2026-09 and 2026-10).
func TestANewerFeedAddsItsModels(t *testing.T) {
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	feed := `{
		"anthropic": {"models": {"claude-opus-5-5": {"name": "Claude Opus 5.5", "cost": {"input": 4, "output": 20, "cache_read": 0.2, "cache_write": 5}}}},
		"azure": {"models": {"gpt-6-sol": {"name": "GPT-6 Sol", "cost": {"input": 2, "output": 10, "cache_read": 0.2, "cache_write": 2.5,
			"tiers": [{"tier": {"type": "context", "size": 272000}, "input": 4, "output": 15, "cache_read": 0.4, "cache_write": 5}]}}}}}`
	in, err := ModelsDev(strings.NewReader(feed), "2026-10-20")
	if err != nil {
		t.Fatal(err)
	}
	in.Complete = false // an excerpt
	s, report, err := catalog.Build(shipped, &in)
	if err != nil {
		t.Fatal(err)
	}
	if report.Added != 2 || report.Withdrawn != 0 || report.Changed != 0 || !strings.HasPrefix(s.ID, "2026-10-20-") {
		t.Errorf("report %+v", report)
	}
	o, err := s.Offer("azure/gpt-6-sol", "global")
	if err != nil {
		t.Fatal(err)
	}
	row, _ := o.RowAt("2026-11-01")
	if got := row.RatesFor(272_001).Output.String(); got != "15" || o.Model != "openai/gpt-6-sol" {
		t.Errorf("output above the line %s of model %s, want 15 of openai/gpt-6-sol", got, o.Model)
	}
	if diff := catalog.Diff(shipped, s); len(diff) != 2 {
		t.Errorf("differences %+v, want the two new offers", diff)
	}
}
