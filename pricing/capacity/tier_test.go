package capacity

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBurndownsAreFoundByFamilyAndVersion(t *testing.T) {
	m := machines(t)
	tests := []struct{ name, model, want string }{
		{"a family of the row", "anthropic/claude-sonnet-5", "10"},
		{"the second family of the row", "anthropic/claude-opus-5", "10"},
		{"any family of a version", "anthropic/claude-opus-4-8", "15"},
		{"a version and all before", "anthropic/claude-sonnet-4-5", "5"},
		{"an old name, with the version first", "anthropic/claude-3-5-haiku", "5"},
		{"a version without a point", "anthropic/claude-opus-4", "5"},
		{"another maker", "openai/gpt-5-6", "10"},
		{"a family that no row names at that version", "anthropic/claude-fable-5", ""},
		{"a model of another lab", "meta/llama-3-3-70b", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, q := range m.Burndowns("bedrock", tt.model) {
				got += q.OutputWeight.Text
			}
			if got != tt.want {
				t.Errorf("output counts %q times, want %q", got, tt.want)
			}
		})
	}
	if found := m.Burndowns("azure", "anthropic/claude-sonnet-5"); len(found) > 0 {
		t.Errorf("another seller counts like Bedrock: %v", found)
	}
}

func TestRateTiersAreThoseOfModelAndDeployment(t *testing.T) {
	m := machines(t)
	tests := []struct {
		name, seller, model, scope string
		want                       []string
	}{
		{"a global deployment", "azure", "openai/gpt-5-4", "default",
			[]string{"tier 1 of 6", "tier 3 of 6", "tier 6 of 6"}},
		{"a data zone without rows", "azure", "openai/gpt-5-4", "datazone:eu", nil},
		{"a family of versions", "anthropic", "anthropic/claude-sonnet-4-5", "default",
			[]string{"Tier 1", "Tier 2", "Tier 3", "Tier 4"}},
		{"a newer family", "anthropic", "anthropic/claude-fable-5", "default", []string{"Start", "Scale"}},
		{"a seller without rows", "vertex", "google/gemini-3-5-flash", "default", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, q := range m.RateTiers(tt.seller, tt.model, tt.scope) {
				got = append(got, q.Tier)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnitsAreFoundByCanonicalModel(t *testing.T) {
	m := machines(t)
	for model, want := range map[string]string{"openai/gpt-5-4": "azure 2400", "meta/llama-3-3-70b": "azure 8450",
		"moonshotai/kimi-k2-5": "azure-fireworks 530"} {
		units := m.UnitsOf("azure", model)
		if len(units) != 1 || units[0].Seller+" "+stated(units[0].TokensPerMinute).Text != want {
			t.Errorf("%s: %v, want %s", model, units, want)
		}
	}
	if units := m.UnitsOf("bedrock", "anthropic/claude-sonnet-5"); len(units) > 0 {
		t.Errorf("Bedrock publishes no unit, got %v", units)
	}
	if least, _ := m.UnitsOf("azure", "meta/llama-3-3-70b")[0].Least("region:eastus"); least.Known ||
		least.Reason() == "" {
		t.Error("a regional minimum that the source calls NA is known")
	}
}

func TestUnitTermsAreOfferedOnceAndOnlyWhileTheyAreSold(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range machines(t).UnitTerms("azure", "PTU") {
		key := p.Product + ", " + p.Term
		if seen[key] || strings.Contains(key, "legacy") || strings.Contains(key, "cross-check") || !p.Price.Known {
			t.Errorf("offered: %s", key)
		}
		seen[key] = true
	}
	if !seen["PTU Global, hourly"] || !seen["PTU reservation, 1 year"] {
		t.Errorf("missing terms: %v", seen)
	}
}

func TestAPoolServesWhatItsNodeServesOfTheMix(t *testing.T) {
	m := machines(t)
	machine := m.SearchInstances("8 x H100 aws us-east-1 p5.48xlarge")
	model, err := m.Model("Llama 3.3 70B")
	if err != nil || len(machine) != 1 {
		t.Fatal(machine, err)
	}
	e, err := m.EstimatePool(machine[0], model, "", Mix{InputTokens: 2000, CacheReadShare: 0.5, OutputTokens: 500,
		UserRate: 30})
	if err != nil {
		t.Fatal(err)
	}
	// Every request brings 1,000 tokens of input that are not cached and 500 of output: three for each one written.
	near(t, "tokens a second", e.TokensPerSecond.Value, e.Node.Throughput().Value/8*3, 1e-9)
	near(t, "the low end of a dense model", e.TokensPerSecond.Low, 0.7*e.TokensPerSecond.Value, 1e-9)
	near(t, "the high end", e.TokensPerSecond.High, 1.3*e.TokensPerSecond.Value, 1e-9)
	if _, err := m.EstimatePool(machine[0], model, "", Mix{InputTokens: 2000, OutputTokens: 500,
		UserRate: 1e5}); err == nil || !strings.Contains(err.Error(), "gives no user as many") {
		t.Errorf("a rate that no machine reaches: %v", err)
	}
}

func TestAMachineThatServesNothingSaysWhatTheLargestReplicaThatWasTriedLacks(t *testing.T) {
	m := machines(t)
	for _, c := range []struct {
		name, machine, model string
		count                float64 // of the machine, where no seller has such a one
		precision            Precision
		rate                 float64
		want                 string
	}{
		{"weights for eight chips on one", "1 x H100", "Llama 3.3 70B", 0, BF16, 0, "does not fit into 1 × H100"},
		{"six accelerators are tried as replicas of four", "8 x H100", "Llama 3.1 405B", 6, "", 0,
			"does not fit into 4 × H100"},
		{"a part of an accelerator", "8 x H100", "Llama 3.1 8B", 0.5, "", 0, "only a part of an accelerator"},
		{"a rate that no machine reaches", "8 x H100", "Llama 3.3 70B", 0, "", 1e5,
			"gives no user as many tokens a second on 8 × H100"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := m.SearchInstances(c.machine)
			model, err := m.Model(c.model)
			if err != nil || len(found) == 0 {
				t.Fatal(err, len(found))
			}
			machine := *found[0]
			if c.count > 0 {
				machine.Count = c.count
			}
			_, err = m.EstimatePool(&machine, model, c.precision,
				Mix{InputTokens: 2000, OutputTokens: 500, UserRate: c.rate})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %q", err, c.want)
			}
		})
	}
}
