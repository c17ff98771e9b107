package importer

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// reads are the formats by name.
func reads() map[string]func(io.Reader, calendar.Day) (catalog.Import, error) {
	return map[string]func(io.Reader, calendar.Day) (catalog.Import, error){
		"litellm": LiteLLM, "models.dev": ModelsDev, "azure-retail": AzureRetail, "csv": CSV}
}

func TestFilesThatAreRefused(t *testing.T) {
	tests := []struct{ name, format, text, says string }{
		{"nothing", "litellm", "", "unexpected EOF"},
		{"a page of HTML", "litellm", "<!DOCTYPE html>", "line 1: invalid character"},
		{"a list", "litellm", "[]", "line 1: want an object {...}, not ["},
		{"a number", "models.dev", "1e999999999", "want an object"},
		{"a file cut off", "litellm", "{\n \"a\": {\"litellm_provider\": \"groq\",\n", "line 2: unexpected EOF"},
		{"a mistake in line 3", "litellm", "{\n \"a\": {},\n \"b\": {,}\n}", "line 3: invalid character"},
		{"two files in one", "models.dev", "{} {}", "text follows"},
		{"an object without models", "litellm", `{"sample_spec": {}}`, "no priced model"},
		{"the other format", "models.dev", `{"gpt-5": {"litellm_provider": "openai", "input_cost_per_token": 1}}`,
			"no priced model"},
		{"a page without items", "azure-retail", `{"Count": 0}`, "no Items"},
		{"a table without its columns", "csv", "a,b\n1,2\n", `line 1: column "a" is unknown`},
		{"a table without a provider", "csv", "id,input\nx,1\n", `column "provider" is missing`},
		{"a column given twice", "csv", "id,provider,id\n", "given twice"},
		{"a quote that does not end", "csv", "provider,id,input\n\"x,y,1\n", "line"},
		{"a table without rows", "csv", "provider,id,input\n", "no priced model"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := reads()[tt.format](strings.NewReader(tt.text), "2026-08-01")
			if err == nil || !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one that says %q", err, tt.says)
			}
		})
	}
}

// endless is a file that never ends.
type endless struct{ pattern string }

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.pattern)
	}
	return n, nil
}

func TestAnEndlessFileIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 64 MiB")
	}
	for format, read := range reads() {
		_, err := read(endless{strings.Repeat("{\"a\": ", 10_000)}, "2026-08-01")
		if err == nil || !strings.Contains(err.Error(), "larger than 64 MiB") {
			t.Errorf("%s: error %v, want the limit named", format, err)
		}
	}
}

func TestFilesWithTooManyPartsAreRefused(t *testing.T) {
	var object, table strings.Builder
	object.WriteString("{")
	table.WriteString("provider,id,input\n")
	for i := range maxMembers + 1 {
		object.WriteString(`"` + itoa(int64(i)) + `":0,`)
		table.WriteString("groq,x,1\n")
	}
	object.WriteString(`"x":0}`)
	for format, text := range map[string]string{"litellm": object.String(), "models.dev": object.String(),
		"csv": table.String()} {
		_, err := reads()[format](strings.NewReader(text), "2026-08-01")
		if err == nil || !strings.Contains(err.Error(), "more than 100000") {
			t.Errorf("%s: error %v, want the limit named", format, err)
		}
	}
	many := `{"Items": [` + strings.Repeat("0,", maxMembers) + `0]}`
	in, err := AzureRetail(strings.NewReader(many), "2026-08-01")
	if err == nil {
		t.Errorf("a page of a hundred thousand zeros is taken: %+v", in)
	}
}

func TestDeepNestingIsRefusedQuickly(t *testing.T) {
	deep := `{"a": ` + strings.Repeat("[", 2_000_000) + `}`
	for _, format := range []string{"litellm", "models.dev", "azure-retail"} {
		start := time.Now()
		_, err := reads()[format](strings.NewReader(deep), "2026-08-01")
		if err == nil || !errors.Is(err, ErrFile) {
			t.Errorf("%s: error %v, want a refusal", format, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %s", format, took)
		}
	}
}

func TestManyWarningsAreCutShort(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"m": {"litellm_provider": "groq", "input_cost_per_token": 1e-06`)
	for i := range 5000 {
		b.WriteString(`, "cost_` + itoa(int64(i)) + `": 1`)
	}
	b.WriteString(`}}`)
	in, err := LiteLLM(strings.NewReader(b.String()), "2026-08-01")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(in.Warnings); n != maxWarnings+1 {
		t.Errorf("%d warnings, want %d and one that says so", n, maxWarnings)
	}
}

func TestAModelGivenTwiceIsReportedWithItsLine(t *testing.T) {
	in, err := LiteLLM(strings.NewReader("{\"m\": {\"litellm_provider\": \"groq\", \"input_cost_per_token\": "+
		"1e-06},\n\"m\": {\"litellm_provider\": \"groq\", \"input_cost_per_token\": 9e-06}}"), "2026-08-01")
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Offers) != 1 || figures(in.Offers[0])[0] != "input 1" {
		t.Errorf("offers %+v, want the first", in.Offers)
	}
	if len(in.Warnings) != 1 || in.Warnings[0].Path != "m" || !strings.Contains(in.Warnings[0].Message, "line 2") {
		t.Errorf("warnings %+v", in.Warnings)
	}
}

// check holds for whatever an importer accepts.
func check(t *testing.T, in catalog.Import) {
	t.Helper()
	for _, o := range in.Offers {
		if o.Provider == "" || o.NativeID == "" || o.Scope == "" || len(o.Rows) != 1 {
			t.Fatalf("an offer without seller, id, scope or row: %+v", o)
		}
		for _, p := range o.Rows[0].Prices {
			if p.Rate < 0 || p.Above < 0 || p.Dimension == "" || p.Tier == "" {
				t.Fatalf("%s: price %+v", o.ID(), p)
			}
		}
	}
	if _, _, err := catalog.Build(nil, &in); err != nil {
		t.Fatal(err)
	}
}

func fuzz(f *testing.F, read func(io.Reader, calendar.Day) (catalog.Import, error), seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := read(strings.NewReader(string(data)), "2026-08-01")
		if err != nil {
			if !errors.Is(err, ErrFile) {
				t.Fatalf("error %v does not wrap ErrFile", err)
			}
			return
		}
		check(t, in)
	})
}

func FuzzLiteLLM(f *testing.F) {
	fuzz(f, LiteLLM,
		`{"gpt-5.5": {"litellm_provider": "openai", "input_cost_per_token": 5e-06, "output_cost_per_token_above_272k_tokens": 4.5e-05, "regional_processing_uplift_multiplier_eu": 1.1}}`,
		`{"dashscope/qwen-flash": {"litellm_provider": "dashscope", "tiered_pricing": [{"range": [0, 256000.0], "input_cost_per_token": 5e-08}]}}`,
		`{"a": {"litellm_provider": "x", "input_cost_per_token": 1e999999999}}`, `{"a": null, "a": {}}`,
		`{"": {"litellm_provider": ""}}`)
}

func FuzzModelsDev(f *testing.F) {
	fuzz(f, ModelsDev,
		`{"anthropic": {"models": {"claude-opus-4-6": {"cost": {"input": 5, "tiers": [{"tier": {"size": 200000}, "input": 10}]}, "experimental": {"modes": {"fast": {"cost": {"input": 30}, "provider": {"body": {"speed": "fast"}}}}}}}}}`,
		`{"p": {"models": {"m": {"cost": {"input": 1e-400, "output": -0}}}}}`, `{"p": {"models": []}}`)
}

func FuzzAzureRetail(f *testing.F) {
	fuzz(f, AzureRetail, azurePage, `{"Items": [{"retailPrice": 1e999}]}`, `{"Items": null}`)
}

func FuzzCSV(f *testing.F) {
	fuzz(f, CSV, ownTable, "provider,id,input\n,,\n", "\ufeffprovider,id,input\nx,y,1\n", "provider,id\n\"")
}
