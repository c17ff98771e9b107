package importer

import (
	"encoding/json"
	"strings"
	"testing"
)

// feed is a LiteLLM map of n models with a dozen prices each, as the real ones have.
func feed(n int) string {
	var b strings.Builder
	b.WriteString("{")
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(`"azure/us/gpt-5.` +
			itoa(int64(i)) + `": {"litellm_provider": "azure", "mode": "chat", "max_input_tokens": 1050000,
			"input_cost_per_token": 5.5e-06, "output_cost_per_token": 3.3e-05, "cache_read_input_token_cost": 5.5e-07,
			"input_cost_per_token_above_272k_tokens": 1.1e-05, "output_cost_per_token_above_272k_tokens": 4.95e-05,
			"input_cost_per_token_priority": 1.375e-05, "output_cost_per_token_priority": 8.25e-05, "supports_vision": true,
			"supported_modalities": ["text", "image"], "supports_function_calling": true, "source": "https://example.com/prices"}`)
	}
	return b.String() + "}"
}

// BenchmarkImport reads a thousand models. The yardstick is encoding/json alone on the same text.
func BenchmarkImport(b *testing.B) {
	text := feed(1000)
	b.Run("litellm", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			in, err := LiteLLM(strings.NewReader(text), "2026-08-01")
			if err != nil || len(in.Offers) != 1000 {
				b.Fatal(len(in.Offers), err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var models map[string]map[string]any
			if err := json.Unmarshal([]byte(text), &models); err != nil {
				b.Fatal(err)
			}
		}
	})
}
