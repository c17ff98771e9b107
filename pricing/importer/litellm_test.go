package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/catalog"
)

// offers reads a LiteLLM map of one model.
func litellmOffers(t *testing.T, model, body string) ([]catalog.Offer, []catalog.Warning) {
	t.Helper()
	in, err := LiteLLM(strings.NewReader(`{"`+model+`": {`+body+`}}`), "2026-08-01")
	if err != nil {
		t.Fatal(err)
	}
	return in.Offers, in.Warnings
}

// figures writes prices as "dimension tier above rate", so that a table of them reads like a price list.
func figures(o catalog.Offer) []string {
	var out []string
	for _, p := range o.Rows[0].Prices {
		text := string(p.Dimension)
		if p.Tier != catalog.Standard {
			text += " " + string(p.Tier)
		}
		if p.Above > 0 {
			text += " above " + itoa(p.Above)
		}
		out = append(out, text+" "+p.Rate.String())
	}
	return out
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func TestLiteLLMPriceKeys(t *testing.T) {
	tests := []struct {
		name, fields string
		want         []string
	}{
		{
			"text and caches", `"input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05, "cache_read_input_token_cost": 3e-07,
			"cache_creation_input_token_cost": 3.75e-06, "cache_creation_input_token_cost_above_1hr": 6e-06`,
			[]string{"input 3", "output 15", "cache_read 0.3", "cache_write_5m 3.75", "cache_write_1h 6"}},
		{"service tiers", `"input_cost_per_token_batches": 2.5e-06, "output_cost_per_token_flex": 1.5e-05, "cache_read_input_token_cost_priority": 1e-06`,
			[]string{"input batch 2.5", "output flex 15", "cache_read priority 1"}},
		{"context tiers",
			`"input_cost_per_token_above_200k_tokens": 6e-06, "output_cost_per_token_above_272k_tokens": 4.5e-05, "input_cost_per_token_above_128k_tokens": 1e-07`,
			[]string{"input above 200000 6", "output above 272000 45", "input above 128000 0.1"}},
		{"suffixes combine in either order", `"cache_creation_input_token_cost_above_1hr_above_200k_tokens": 1.2e-05,
			"input_cost_per_token_above_272k_tokens_priority": 1e-05, "cache_read_input_token_cost_above_272k_tokens_flex": 5e-07`,
			[]string{"cache_write_1h above 200000 12", "input priority above 272000 10",
				"cache_read flex above 272000 0.5"}},
		{
			"other dimensions", `"output_cost_per_reasoning_token": 4e-06, "input_cost_per_audio_token": 1e-06, "output_cost_per_audio_token": 2e-06,
			"cache_read_input_audio_token_cost": 1e-07, "output_cost_per_image": 0.04, "input_cost_per_image": 0.001, "input_cost_per_second": 0.0001,
			"output_cost_per_second": 0.1, "input_cost_per_pixel": 1.9e-08, "input_cost_per_character": 1.5e-05, "input_cost_per_query": 0.002,
			"input_cost_per_request": 0.005, "ocr_cost_per_page": 0.001, "output_cost_per_image_token": 3e-05`,
			[]string{"reasoning 4", "audio_input 1", "audio_output 2", "audio_cache_read 0.1", "per_image 0.04",
				"per_input_image 0.001",
				"per_second 0.0001", "per_output_second 0.1", "million_pixels 0.019", "per_character 0.000015",
				"per_query 0.002", "per_request 0.005",
				"per_page 0.001", "image_output 30"}},
		{"searches by context size",
			`"search_context_cost_per_query": {"search_context_size_low": 0.025, "search_context_size_medium": 0.0275, "search_context_size_high": 0.03}`,
			[]string{"per_search_low 0.025", "per_search 0.0275", "per_search_high 0.03"}},
		{"Alibaba's ranges", `"tiered_pricing": [{"range": [0, 32000.0], "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06},
			{"range": [32000.0, 128000.0], "input_cost_per_token": 1.8e-06, "output_cost_per_token": 9e-06}]`,
			[]string{"input 1", "output 5", "input above 32000 1.8", "output above 32000 9"}},
		{"DeepSeek's cache hits, stated twice",
			`"input_cost_per_token_cache_hit": 2.8e-08, "cache_read_input_token_cost": 2.8e-08`,
			[]string{"cache_read 0.028"}},
		{"Databricks: the USD figure beside its units",
			`"input_cost_per_token": 2.9999900000000002e-06, "input_dbu_cost_per_token": 4.2857e-05`,
			[]string{"input 2.99999"}},
		{"Anthropic's fast mode multiplies",
			`"input_cost_per_token": 5e-06, "cache_read_input_token_cost": 5e-07, "provider_specific_entry": {"fast": 6.0}`,
			[]string{"input 5", "cache_read 0.5", "input fast 30", "cache_read fast 3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			offers, warnings := litellmOffers(t, "some-model", `"litellm_provider": "openai", "mode": "chat", `+tt.fields)
			if diff := cmp.Diff(tt.want, figures(offers[0])); diff != "" {
				t.Error(diff)
			}
			for _, w := range warnings {
				if !strings.Contains(w.Message, "float noise") {
					t.Errorf("warning %+v", w)
				}
			}
		})
	}
}

func TestLiteLLMSurchargesBecomeOffersOnRequest(t *testing.T) {
	offers, _ := litellmOffers(t,
		"gpt-5.5", `"litellm_provider": "openai", "input_cost_per_token": 5e-06, "output_cost_per_token": 3e-05,
		"output_cost_per_token_batches": 1.5e-05, "search_context_cost_per_query": {"search_context_size_medium": 0.01},
		"regional_processing_uplift_multiplier_eu": 1.1, "regional_processing_uplift_multiplier_us": 1.1`)
	want := map[string][]string{
		"default": {"input 5", "output 30", "output batch 15", "per_search 0.01"},
		"geo:eu":  {"input 5.5", "output 33", "output batch 16.5", "per_search 0.01"},
		"geo:us":  {"input 5.5", "output 33", "output batch 16.5", "per_search 0.01"},
	}
	got := map[string][]string{}
	for _, o := range offers {
		got[o.Scope] = figures(o)
		if o.OnRequest != (o.Scope != "default") {
			t.Errorf("scope %s is on request: %v", o.Scope, o.OnRequest)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLiteLLMFacts(t *testing.T) {
	offers, _ := litellmOffers(t,
		"azure/us/gpt-5.5", `"litellm_provider": "azure", "mode": "chat", "input_cost_per_token": 5.5e-06,
		"max_input_tokens": 2000000.0, "max_output_tokens": 128000, "supports_function_calling": true, "supports_vision": true,
		"supported_output_modalities": ["text"], "deprecation_date": "2027-03-01", "source": "https://example.com/prices"`)
	o := offers[0]
	if o.Provider != "azure" || o.NativeID != "gpt-5.5" || o.Scope != "datazone:us" || o.Model != "openai/gpt-5-5" {
		t.Errorf("identity %s %s %s %s", o.Provider, o.NativeID, o.Scope, o.Model)
	}
	if diff := cmp.Diff([]string{"azure/us/gpt-5.5"}, o.Aliases); diff != "" {
		t.Error(diff)
	}
	if o.ContextTokens != 2_000_000 || o.MaxOutputTokens != 128_000 || o.Tools != catalog.Yes ||
		o.Retires != "2027-03-01" {
		t.Errorf("facts %+v", o)
	}
	if diff := cmp.Diff([]string{"text", "image"}, o.InputModalities); diff != "" {
		t.Error(diff)
	}
	row := o.Rows[0]
	if row.From != "2026-08-01" || row.Status != catalog.InForce || row.Source != "litellm" ||
		row.URL != "https://example.com/prices" {
		t.Errorf("row %+v", row)
	}
}

func TestLiteLLMReportsWhatItDoesNotUnderstand(t *testing.T) {
	tests := []struct{ name, fields, path, says string }{
		{"an unknown price key", `"input_cost_per_dream": 1`, "m.input_cost_per_dream", "not understood"},
		{"an unknown interval", `"input_cost_per_video_per_second_above_8s_interval": 1`,
			"m.input_cost_per_video_per_second_above_8s_interval", "not understood"},
		{"an unknown range", `"tiered_pricing": [{"max_results_range": [0, 25], "input_cost_per_query": 0.005}]`,
			"m.tiered_pricing", "not understood"},
		{"a price that is a text", `"output_cost_per_token": "free"`, "m.output_cost_per_token",
			"want a number, not a text"},
		{"a negative price", `"output_cost_per_token": -1e-06`, "m.output_cost_per_token", "is no price"},
		{"a price of a billion digits", `"output_cost_per_token": 1e999999999`, "m.output_cost_per_token",
			"is no price"},
		{"a long number", `"output_cost_per_token": 0.` + strings.Repeat("1", 100), "m.output_cost_per_token",
			"is no price"},
		{"an implausible price", `"output_cost_per_token": 0.05`, "m.output_cost_per_token", "implausible"},
		{"a field given twice", `"mode": "chat", "mode": "embedding"`, "m.mode", "given twice"},
		{"two figures for one price", `"cache_read_input_token_cost": 1e-06, "input_cost_per_token_cache_hit": 2e-06`,
			"m.input_cost_per_token_cache_hit", "the first counts"},
		{"a date that is none", `"deprecation_date": "soon"`, "m.deprecation_date", "no date"},
		{"a multiplier out of range", `"regional_processing_uplift_multiplier_eu": 1e9`,
			"m.regional_processing_uplift_multiplier_eu", "no multiplier"},
		{"an unknown multiplier", `"provider_specific_entry": {"moon": 2}`, "m.provider_specific_entry.moon",
			"not understood"},
		{"half a token", `"max_input_tokens": 0.5`, "m.max_input_tokens", "no number of tokens"},
		{"prices of 0", `"output_cost_per_token": 0`, "m", "a placeholder"},
		{"units that contradict the price", `"output_cost_per_token": 1e-06, "output_dbu_cost_per_token": 1e-03`,
			"m", "DBU"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			input := `"input_cost_per_token": 1e-06`
			if strings.Contains(tt.fields, `"output_cost_per_token": 0`) && !strings.Contains(tt.fields, "0.") {
				input = `"input_cost_per_token": 0`
			}
			_, warnings := litellmOffers(t, "m", `"litellm_provider": "groq", `+input+`, `+tt.fields)
			for _, w := range warnings {
				if w.Path == tt.path && strings.Contains(w.Message, tt.says) {
					return
				}
			}
			t.Errorf("no warning at %s that says %q: %+v", tt.path, tt.says, warnings)
		})
	}
}

func TestZeroIsNoPrice(t *testing.T) {
	tests := []struct {
		name, fields string
		want         []string
	}{
		{"a chat model at 0 has no price", `"mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0.0`,
			nil},
		{"an embedding's output is free",
			`"mode": "embedding", "input_cost_per_token": 1e-07, "output_cost_per_token": 0`,
			[]string{"input 0.1", "output 0"}},
		{"a search price stays",
			`"mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0, "input_cost_per_request": 0.005`,
			[]string{"per_request 0.005"}},
		{"moderation is free", `"mode": "moderation", "input_cost_per_token": 0, "output_cost_per_token": 0`,
			[]string{"input 0", "output 0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			offers, _ := litellmOffers(t, "m", `"litellm_provider": "groq", `+tt.fields)
			if diff := cmp.Diff(tt.want, figures(offers[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}
