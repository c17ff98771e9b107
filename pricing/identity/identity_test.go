package identity_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/identity"
)

func TestLiteLLM(t *testing.T) {
	for name, c := range map[string]struct {
		key, provider string
		want          identity.Identity
	}{
		"a Bedrock profile of the EU keeps its id and has the EU as scope": {
			"eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock_converse",
			identity.Identity{Provider: "bedrock", NativeID: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
				Model: "anthropic/claude-sonnet-4-5", Lab: "anthropic", Scope: "geo:eu", Release: "2025-09-29"}},
		"a Bedrock id of Claude 4.5 or later without a prefix is in-region": {
			"anthropic.claude-opus-4-6-v1", "bedrock_converse",
			identity.Identity{Provider: "bedrock", NativeID: "anthropic.claude-opus-4-6-v1",
				Model: "anthropic/claude-opus-4-6", Lab: "anthropic", Scope: "in-region"}},
		"a Bedrock id of Claude 4.1 without a prefix has no stated scope": {
			"anthropic.claude-opus-4-1-20250805-v1:0", "bedrock_converse",
			identity.Identity{Provider: "bedrock", NativeID: "anthropic.claude-opus-4-1-20250805-v1:0",
				Model: "anthropic/claude-opus-4-1", Lab: "anthropic", Scope: "default", Release: "2025-08-05"}},
		"a region in the path is the scope": {
			"bedrock/us-gov-west-1/anthropic.claude-haiku-4-5-20251001-v1:0", "bedrock",
			identity.Identity{Provider: "bedrock", NativeID: "anthropic.claude-haiku-4-5-20251001-v1:0",
				Model: "anthropic/claude-haiku-4-5", Lab: "anthropic", Scope: "region:us-gov-west-1",
				Release: "2025-10-01"}},
		"a commitment is not identity": {
			"bedrock/eu-central-1/6-month-commitment/anthropic.claude-v2:1", "bedrock",
			identity.Identity{Provider: "bedrock", NativeID: "anthropic.claude-v2:1", Model: "anthropic/claude-2-1",
				Lab: "anthropic", Scope: "region:eu-central-1", Commitment: "6-month"}},
		"OpenAI on Bedrock states no scope in its id": {
			"bedrock_mantle/openai.gpt-5.5", "bedrock_mantle",
			identity.Identity{Provider: "bedrock", NativeID: "openai.gpt-5.5", Model: "openai/gpt-5-5",
				Lab: "openai", Scope: "default"}},
		"an Azure data zone is the scope": {
			"azure/eu/gpt-5.5-2026-04-23", "azure",
			identity.Identity{Provider: "azure", NativeID: "gpt-5.5-2026-04-23", Model: "openai/gpt-5-5",
				Lab: "openai", Scope: "datazone:eu", Release: "2026-04-23"}},
		"Azure Global Standard is global": {
			"azure/global-standard/gpt-4o-2024-11-20", "azure",
			identity.Identity{Provider: "azure", NativeID: "gpt-4o-2024-11-20", Model: "openai/gpt-4o",
				Lab: "openai", Scope: "global", Release: "2024-11-20"}},
		"FP8 is a way of serving": {
			"azure_ai/Llama-4-Maverick-17B-128E-Instruct-FP8", "azure_ai",
			identity.Identity{Provider: "azure", NativeID: "Llama-4-Maverick-17B-128E-Instruct-FP8",
				Model: "meta/llama-4-maverick", Lab: "meta", Scope: "default", Variant: "fp8"}},
		"an image size is a variant and stays in the native id": {
			"azure/hd/1024-x-1792/dall-e-3", "azure",
			identity.Identity{Provider: "azure", NativeID: "hd/1024-x-1792/dall-e-3", Model: "openai/dall-e-3",
				Lab: "openai", Scope: "default", Variant: "hd 1024-x-1792"}},
		"a fine-tuned model is a variant": {
			"ft:gpt-4.1-2025-04-14", "openai",
			identity.Identity{Provider: "openai", NativeID: "ft:gpt-4.1-2025-04-14", Model: "openai/gpt-4-1",
				Lab: "openai", Scope: "default", Variant: "fine-tuned", Release: "2025-04-14"}},
		"a moving alias is marked": {
			"mistral/mistral-large-latest", "mistral",
			identity.Identity{Provider: "mistral", NativeID: "mistral-large-latest", Model: "mistral/mistral-large",
				Lab: "mistral", Scope: "default", Latest: true}},
		"a price class is no model": {
			"together-ai-41.1b-80b", "together_ai",
			identity.Identity{Provider: "together", NativeID: "together-ai-41.1b-80b", Scope: "default"}},
		"a router that chooses is no model": {
			"azure_ai/model_router", "azure_ai",
			identity.Identity{Provider: "azure", NativeID: "model_router", Scope: "default"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, identity.LiteLLM(c.key, c.provider)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestOneModelHasOneID(t *testing.T) {
	for model, spellings := range map[string][]string{
		"anthropic/claude-sonnet-4-5": {"anthropic claude-sonnet-4-5-20250929", "vertex claude-sonnet-4-5@20250929",
			"azure claude-sonnet-4-5",
			"databricks databricks-claude-sonnet-4-5", "snowflake claude-sonnet-4-5",
			"openrouter anthropic/claude-sonnet-4.5", "sap-ai-core anthropic--claude-4.5-sonnet",
			"bedrock us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"},
		"anthropic/claude-opus-4": {"snowflake claude-4-opus", "anthropic claude-4-opus-20250514",
			"anthropic claude-opus-4-0", "bedrock us.anthropic.claude-opus-4-20250514-v1:0"},
		"anthropic/claude-3-5-sonnet": {"bedrock anthropic.claude-3-5-sonnet-20240620-v1:0",
			"vertex claude-3-5-sonnet@20240620"},
		"anthropic/claude-3-5-sonnet-v2": {"bedrock us.anthropic.claude-3-5-sonnet-20241022-v2:0",
			"anthropic claude-3-5-sonnet-20241022", "vertex claude-3-5-sonnet-v2@20241022"},
		"meta/llama-3-3-70b": {"bedrock meta.llama3-3-70b-instruct-v1:0", "groq llama-3.3-70b-versatile",
			"fireworks accounts/fireworks/models/llama-v3p3-70b-instruct",
			"ovh Meta-Llama-3_3-70B-Instruct", "snowflake llama3.3-70b", "vertex meta/llama-3.3-70b-instruct-maas",
			"together meta-llama/Llama-3.3-70B-Instruct-Turbo",
			"databricks databricks-meta-llama-3-3-70b-instruct", "watsonx meta-llama/llama-3-3-70b-instruct",
			"cloudflare @cf/meta/llama-3.3-70b-instruct-fp8-fast"},
		"openai/gpt-5-5": {"openai gpt-5.5-2026-04-23", "azure azure/us/gpt-5.5",
			"bedrock openai.gpt-5.5", "databricks databricks-gpt-5-5", "snowflake openai-gpt-5.5"},
		"openai/gpt-3-5-turbo": {"azure gpt-35-turbo", "openai gpt-3.5-turbo"},
		"openai/gpt-oss-120b": {"bedrock openai.gpt-oss-120b-1:0", "vertex openai/gpt-oss-120b-maas",
			"ollama gpt-oss:120b-cloud"},
		"deepseek/deepseek-v3-1": {"bedrock deepseek.v3-v1:0",
			"fireworks accounts/fireworks/models/deepseek-v3p1", "together deepseek-ai/DeepSeek-V3-1"},
		"deepseek/deepseek-v3-0324": {"azure deepseek-v3-0324"},
		"deepseek/deepseek-r1-0528": {"vertex deepseek-ai/deepseek-r1-0528-maas"},
		"alibaba/qwen3-235b-a22b-instruct-2507": {"vertex qwen/qwen3-235b-a22b-instruct-2507-maas",
			"nebius Qwen/Qwen3-235B-A22B-Instruct-2507"},
		"alibaba/qwen3-235b-a22b-thinking-2507": {"together Qwen/Qwen3-235B-A22B-Thinking-2507"},
		"alibaba/qwen3-235b-a22b":               {"nebius Qwen/Qwen3-235B-A22B"},
		"alibaba/qwen3-32b": {"cerebras qwen-3-32b", "groq qwen/qwen3-32b",
			"bedrock qwen.qwen3-32b-v1:0"},
		"moonshotai/kimi-k2-5": {"fireworks kimi-k2p5", "bedrock moonshotai.kimi-k2.5",
			"nebius moonshotai/Kimi-K2.5-fast"},
		"zai/glm-5":            {"vertex zai-org/glm-5-maas", "bedrock zai.glm-5", "alibaba glm-5"},
		"zai/glm-4-7":          {"cerebras zai-glm-4.7", "fireworks glm-4p7"},
		"minimax/minimax-m2-5": {"bedrock minimax.minimax-m2.5", "together MiniMaxAI/MiniMax-M2.5"},
		"nvidia/nemotron-3-nano-30b-a3b": {"bedrock nvidia.nemotron-nano-3-30b",
			"nebius nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B"},
		"mistral/mistral-large-2407": {"vertex mistral-large@2407", "bedrock mistral.mistral-large-2407-v1:0",
			"azure mistral-large-2407"},
		"mistral/mistral-medium-2505": {"watsonx mistralai/mistral-medium-2505", "azure mistral-medium-2505"},
		"mistral/mistral-large-3": {"bedrock mistral.mistral-large-3-675b-instruct",
			"fireworks accounts/fireworks/models/mistral-large-3-fp8"},
		"google/gemma-3-27b":      {"bedrock google.gemma-3-27b-it", "venice google-gemma-3-27b-it"},
		"google/gemini-2-5-flash": {"oci google.gemini-2.5-flash", "databricks databricks-gemini-2-5-flash"},
	} {
		for _, spelling := range spellings {
			t.Run(spelling+" is "+model, func(t *testing.T) {
				provider, id, _ := strings.Cut(spelling, " ")
				if got := identity.Native(provider, id); got.Model != model {
					t.Errorf("got %+v", got)
				}
			})
		}
	}
}

func TestLookalikesStayApart(t *testing.T) {
	for name, ids := range map[string][]string{
		"the six GPT-5 models": {"openai gpt-5", "openai gpt-5-mini", "openai gpt-5-nano",
			"openai gpt-5-pro", "openai gpt-5-codex", "openai gpt-5-chat-latest"},
		"Grok 4.1 fast with and without reasoning": {"xai grok-4-1-fast-reasoning",
			"xai grok-4-1-fast-non-reasoning", "xai grok-4-1-fast"},
		"DeepSeek V3 and its releases": {"azure deepseek-v3", "azure deepseek-v3-0324",
			"azure deepseek-v3.1", "azure deepseek-v3.2", "azure deepseek-v3.2-speciale", "deepseek deepseek-chat"},
		"Qwen3 235B and its two releases of 2507": {"nebius Qwen/Qwen3-235B-A22B",
			"vertex qwen/qwen3-235b-a22b-instruct-2507-maas", "together Qwen/Qwen3-235B-A22B-Thinking-2507"},
		"Mistral Medium's releases": {"mistral mistral-medium-2505", "mistral mistral-medium-2508",
			"mistral mistral-medium-2604"},
		"Claude 3.5 Sonnet of June and of October": {"anthropic claude-3-5-sonnet-20240620",
			"anthropic claude-3-5-sonnet-20241022"},
		"Kimi K2, its September release and its thinker": {"moonshotai kimi-k2-0711-preview",
			"groq moonshotai/kimi-k2-instruct-0905", "bedrock moonshot.kimi-k2-thinking"},
		"Whisper and its smaller Turbo": {"groq whisper-large-v3", "groq whisper-large-v3-turbo"},
		"Titan text embeddings 1 and 2": {"bedrock amazon.titan-embed-text-v1",
			"bedrock amazon.titan-embed-text-v2:0"},
		"a fine-tune and the model it was made from": {"publicai aisingapore/Gemma-SEA-LION-v4-27B-IT",
			"bedrock google.gemma-3-27b-it"},
	} {
		t.Run(name, func(t *testing.T) {
			seen := map[string]string{}
			for _, spelling := range ids {
				provider, id, _ := strings.Cut(spelling, " ")
				model := identity.Native(provider, id).Model
				if other, dup := seen[model]; dup || model == "" {
					t.Errorf("%s and %s are both %q", spelling, other, model)
				}
				seen[model] = spelling
			}
		})
	}
}

// The links that models.dev's authors wrote by hand agree with the rules, with these exceptions.
func TestAuthoredLinksOfModelsDev(t *testing.T) {
	except := map[string]string{
		"databricks-claude-sonnet-4":       "the link says Sonnet 4.5: a mistake upstream",
		"databricks-gemini-3-1-flash-lite": "the link adds -preview, which the id does not say and which is sold apart",
		"databricks-gemini-3-1-pro":        "the link adds -preview-customtools, which the id does not say",
		"databricks-gemini-3-flash":        "the link adds -preview, which the id does not say",
		"databricks-gemini-3-pro":          "the link adds -preview, which the id does not say",
		"gemini-3.1-pro":                   "the link adds -preview, which the id does not say",
		"mistral-large2":                   "the link goes to -latest, which drifts; Snowflake sells 2407",
		"qwen3-235b-a22b-instruct-2507":    "the link forgets the release",
	}
	for _, f := range readCSV(t, "testdata/base-models.csv", 3)[1:] {
		provider, id, base := f[0], f[1], f[2]
		want, ok := identity.Canonical(base)
		if !ok {
			t.Fatalf("%s: base model has no canonical id", base)
		}
		got := identity.ModelsDev(provider, id).Model
		if reason := except[id]; (got == want) == (reason != "") {
			t.Errorf("%s/%s: got %s, linked to %s (%s); exception: %q", provider, id, got, want, base, reason)
		}
	}
}

func TestCanonical(t *testing.T) {
	for given, want := range map[string]string{
		"anthropic/claude-sonnet-4.5":       "anthropic/claude-sonnet-4-5",
		"Anthropic/Claude-Sonnet-4-5":       "anthropic/claude-sonnet-4-5",
		"meta-llama/Llama-3.3-70B-Instruct": "meta/llama-3-3-70b",
		"openai/gpt-5-chat":                 "openai/gpt-5-chat",
		"deepseek/deepseek-chat":            "deepseek/deepseek-chat",
		"moonshotai/kimi-k2-instruct-0905":  "moonshotai/kimi-k2-instruct-0905",
		"sao10k/l3-3-70b-euryale-v2-3":      "sao10k/l3-3-70b-euryale-v2-3",
		"nothing":                           "",
		"":                                  "",
		"/":                                 "",
	} {
		if got, _ := identity.Canonical(given); got != want {
			t.Errorf("Canonical(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestDirectIsTheLabsOwnSeller(t *testing.T) {
	for lab, want := range map[string]string{"openai": "openai", "google": "gemini-api", "alibaba": "alibaba",
		"zai": "zai", "amazon": "amazon-nova", "meta": "meta-llama-api", "microsoft": ""} {
		if got, _ := identity.Direct(lab); got != want {
			t.Errorf("Direct(%q) = %q, want %q", lab, got, want)
		}
	}
}

func TestNameReadsASlugAloud(t *testing.T) {
	for model, want := range map[string]string{"openai/gpt-5-6-sol": "GPT-5.6 Sol",
		"anthropic/claude-opus-5": "Claude Opus 5",
		"google/gemini-3-6-flash": "Gemini 3.6 Flash", "openai/o3": "o3", "openai/gpt-oss-120b": "GPT-oss 120b",
		"x/y": "Y", "": ""} {
		if got := identity.Name(model); got != want {
			t.Errorf("Name(%q) = %q, want %q", model, got, want)
		}
	}
}

func TestProvider(t *testing.T) {
	for word, want := range map[string]string{"bedrock_converse": "bedrock", "amazon-bedrock": "bedrock",
		"vertex_ai-anthropic_models": "vertex",
		"google":                     "gemini-api", "gemini": "gemini-api", "dashscope": "alibaba",
		"alibaba-cn": "alibaba", "togetherai": "together",
		"novita-ai": "novita", "azure-cognitive-services": "azure", "text-completion-openai": "openai",
		"snowflake-cortex": "snowflake"} {
		if got, ok := identity.Provider(word); got != want || !ok {
			t.Errorf("Provider(%q) = %q, %v, want %q", word, got, ok, want)
		}
	}
	if got, ok := identity.Provider("My_New.Seller"); got != "my-new-seller" || ok {
		t.Errorf("an unknown word is kept as a seller of its own: got %q, %v", got, ok)
	}
	if id := identity.ModelsDev("alibaba-cn", "qwen3-max"); id.Scope != "region:cn" || id.Provider != "alibaba" {
		t.Errorf("a source's list for mainland China is a region of the same seller: %+v", id)
	}
}

var (
	modelForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$`)
	sellerForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
)

func TestListsAreWellFormed(t *testing.T) {
	kinds := map[string]bool{"cloud": true, "lab": true, "host": true, "platform": true, "router": true}
	seen := map[string]bool{}
	for _, s := range identity.Sellers() {
		if !sellerForm.MatchString(s.ID) || s.Name == "" || !kinds[s.Kind] || seen[s.ID] {
			t.Errorf("seller %+v", s)
		}
		seen[s.ID] = true
	}
	for _, id := range strings.Fields("azure bedrock vertex gemini-api openai anthropic mistral cohere deepseek xai " +
		"groq together fireworks cerebras oci databricks snowflake watsonx nebius scaleway ovh alibaba") {
		if !seen[id] {
			t.Errorf("the plan format's provider %q is missing", id)
		}
	}
	labs := map[string]bool{}
	for _, l := range identity.Labs() {
		if !sellerForm.MatchString(l.ID) || l.Name == "" || labs[l.ID] {
			t.Errorf("lab %+v", l)
		}
		labs[l.ID] = true
	}
	for _, f := range readCSV(t, "families.csv", 3)[1:] {
		if !labs[f[1]] || f[2] != "open" && f[2] != "closed" {
			t.Errorf("family %v", f)
		}
	}
}

func TestEveryAliasHasEvidenceAndAFixedPoint(t *testing.T) {
	for _, f := range readCSV(t, "aliases.csv", 5)[1:] {
		if strings.TrimSpace(f[4]) == "" {
			t.Errorf("%v: no evidence", f)
		}
		if f[3] == "-" {
			continue
		}
		if got, ok := identity.Canonical(f[3]); !ok || got != f[3] {
			t.Errorf("%v: canonical form of the model is %q", f, got)
		}
	}
}

func readCSV(t *testing.T, path string, fields int) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comment, r.FieldsPerRecord, r.LazyQuotes = '#', fields, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func FuzzNative(f *testing.F) {
	for _, s := range []string{"anthropic.claude-v2:1", "ft:", "@", "::", "a/", "/a", "azure/hd/x", "bedrock/*/",
		"llama", "claude", "gpt-", "qwen", "meta-llama", "us.", "x-20250101", "-latest", "claude-latest-20250101",
		"hf:zai-org/GLM-5", "É/ß-İ"} {
		f.Add("bedrock", s)
		f.Add("openrouter", s)
		f.Add("fireworks", s)
	}
	f.Fuzz(func(t *testing.T, provider, id string) {
		for _, got := range []identity.Identity{identity.Native(provider, id), identity.LiteLLM(id, provider),
			identity.ModelsDev(provider, id)} {
			if got.Model == "" {
				continue
			}
			if !modelForm.MatchString(got.Model) {
				t.Fatalf("%q %q: model %q", provider, id, got.Model)
			}
			if again, ok := identity.Canonical(got.Model); !ok || again != got.Model {
				t.Fatalf("%q %q: %q becomes %q", provider, id, got.Model, again)
			}
		}
	})
}

func BenchmarkNative(b *testing.B) {
	for name, c := range map[string][2]string{"plain": {"anthropic", "claude-sonnet-4-5"},
		"dated":   {"openai", "gpt-5.5-2026-04-23"},
		"bedrock": {"bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"},
		"path":    {"fireworks", "accounts/fireworks/models/llama-v3p3-70b-instruct"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				identity.Native(c[0], c[1])
			}
		})
	}
}
