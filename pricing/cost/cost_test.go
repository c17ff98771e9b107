package cost

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/lines"
)

func shipped(t testing.TB) *catalog.Snapshot {
	t.Helper()
	s, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask prices one line and returns the JSON that stands in the answer.
func ask(t *testing.T, asOf calendar.Day, line string) map[string]any {
	t.Helper()
	var out strings.Builder
	if err := Stream(strings.NewReader(line), &out, shipped(t), asOf); err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(out.String()), &answer); err != nil {
		t.Fatalf("%s: %v", out.String(), err)
	}
	return answer
}

func TestLinesOfUsageAreExact(t *testing.T) {
	tests := []struct {
		name, line, usd, tier string
	}{
		{"input and output", `{"provider":"openai","model":"gpt-5.5","usage":{"input":1500,"output":400}}`,
			"0.0195", "base"},
		{"at the context line the base price holds",
			`{"provider":"openai","model":"gpt-5.5","usage":{"input":272000,"output":1000}}`, "1.39", "base"},
		{"one token over, everything is repriced",
			`{"provider":"openai","model":"gpt-5.5","usage":{"input":272001,"output":1000}}`, "2.76501",
			"above_272000"},
		{"cached tokens count towards the line",
			`{"provider":"openai","model":"gpt-5.5","usage":{"input":1,"cache_read":272000,"output":1000}}`,
			"0.31701", "above_272000"},
		{"so do cache writes",
			`{"provider":"anthropic","model":"claude-sonnet-4-5","usage":{"input":100000,"cache_read":50000,"cache_write_5m":50000,"cache_write_1h":1,"output":10}}`, "1.005237", "above_200000"},
		{"and at the line they do not", `{"provider":"anthropic","model":"claude-sonnet-4-5","usage":{"input":100000,"cache_read":50000,"cache_write_5m":49999,"cache_write_1h":1,"output":10}}`, "0.50265225", "base"},
		{"requests multiply",
			`{"provider":"openai","model":"gpt-5.5","usage":{"requests":1000000,"input":1500,"output":400}}`,
			"19500", "base"},
		{"a request's tokens choose the tier, not the volume",
			`{"provider":"openai","model":"gpt-5.5","usage":{"requests":1000,"input":1000}}`, "5", "base"},
		{"counts may be decimal strings",
			`{"provider":"openai","model":"gpt-5.5","usage":{"input":"1500","output":"4e2"}}`, "0.0195", "base"},
		{"nothing used costs nothing", `{"provider":"openai","model":"gpt-5.5","usage":{}}`, "0", "base"},
		{"a thousand million million tokens",
			`{"provider":"openai","model":"gpt-5.6-luna","usage":{"requests":1000000000,"input":100000,"output":900000}}`, "1100000000", "base"},
		{"five prices of one call", `{"provider":"anthropic","model":"claude-sonnet-4-6","usage":{"input":1,"cache_read":1,"cache_write_5m":1,"cache_write_1h":1,"output":1}}`, "0.00002805", "base"},
		{"batch", `{"provider":"openai","model":"gpt-5.5","service_tier":"batch","usage":{"input":1500,"output":400}}`,
			"0.00975", "base"},
		{"flex",
			`{"provider":"openai","model":"gpt-5.4","service_tier":"flex","usage":{"input":1000,"cache_read":1000}}`,
			"0.00138", "base"},
		{"priority",
			`{"provider":"openai","model":"gpt-5.5","service_tier":"priority","usage":{"input":1000,"output":1000}}`,
			"0.07", "base"},
		{"Anthropic's fast mode",
			`{"provider":"anthropic","model":"claude-opus-4-6","service_tier":"fast","usage":{"input":1000,"output":1000}}`, "0.18", "base"},
		{"Bedrock in-region is ten per cent more", `{"provider":"bedrock","model":"anthropic.claude-sonnet-4-5-20250929-v1:0","usage":{"input":1000,"output":1000}}`, "0.0198", "base"},
		{"a geo profile",
			`{"provider":"bedrock","model":"eu.anthropic.claude-sonnet-4-6","usage":{"input":1000,"output":1000}}`,
			"0.0198", "base"},
		{"the global profile",
			`{"provider":"bedrock","model":"global.anthropic.claude-sonnet-4-6","usage":{"input":1000,"output":1000}}`,
			"0.018", "base"},
		{"GovCloud by LiteLLM's path",
			`{"provider":"bedrock","model":"bedrock/us-gov-west-1/anthropic.claude-sonnet-4-5-20250929-v1:0","usage":{"input":1000,"output":1000}}`, "0.0216", "base"},
		{"an Azure data zone by its scope", `{"provider":"azure","model":"gpt-5.5","scope":"datazone:us","usage":{"input":1000,"output":1000}}`, "0.0385", "base"},
		{"the same by LiteLLM's id",
			`{"provider":"azure","model":"azure/us/gpt-5.5","usage":{"input":1000,"output":1000}}`, "0.0385", "base"},
		{"Azure Global", `{"provider":"azure","model":"gpt-5.5","scope":"global","usage":{"input":1000,"output":1000}}`,
			"0.035", "base"},
		{"a bare id with data zones beside it means what the list's bare id means",
			`{"provider":"azure","model":"gpt-5.5","usage":{"input":1000,"output":1000}}`, "0.035", "base"},
		{"an unprefixed Bedrock id is called in a region",
			`{"provider":"bedrock","model":"openai.gpt-5.5","scope":"in-region","usage":{"input":1000,"output":1000}}`,
			"0.0385", "base"},
		{"a bare id means the general price, not GovCloud's",
			`{"provider":"bedrock","model":"amazon.nova-pro-v1:0","usage":{"input":1000,"output":1000}}`,
			"0.004", "base"},
		{"Alibaba's list outside of China",
			`{"provider":"alibaba","model":"qwen3-coder-plus","usage":{"input":32001,"output":0}}`, "0.0576018",
			"above_32000"},
		{"models.dev's word for the seller",
			`{"provider":"amazon-bedrock","model":"us.anthropic.claude-sonnet-4-6","usage":{"input":1000}}`,
			"0.0033", "base"},
		{"LiteLLM's word for the seller",
			`{"provider":"vertex_ai","model":"vertex_ai/claude-sonnet-4-6","usage":{"input":1000}}`, "0.003", "base"},
		{"models.dev's id on Vertex",
			`{"provider":"vertex","model":"claude-sonnet-4-5@20250929","usage":{"input":1000}}`, "0.003", "base"},
		{"an id with the seller before it",
			`{"provider":"bedrock","model":"bedrock/eu.anthropic.claude-sonnet-4-6","usage":{"input":1000}}`,
			"0.0033", "base"},
		{"Vertex by LiteLLM's id", `{"provider":"vertex","model":"vertex_ai/claude-sonnet-4-6","usage":{"input":1000}}`,
			"0.003", "base"},
		{"Alibaba's third range",
			`{"provider":"alibaba","model":"dashscope/qwen3-coder-plus","usage":{"input":128001,"output":1000}}`,
			"0.399003", "above_128000"},
		{"a figure with float noise in the source",
			`{"provider":"databricks","model":"databricks-claude-sonnet-4-5","usage":{"input":1000000}}`,
			"2.99999", "base"},
		{"OpenAI's processing in the EU",
			`{"provider":"openai","model":"gpt-5.4","scope":"geo:eu","usage":{"input":1000,"output":1000}}`,
			"0.01925", "base"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, "", tt.line)
			if got["usd"] != tt.usd || got["tier"] != tt.tier {
				t.Errorf("answer %v, want %s in tier %s", got, tt.usd, tt.tier)
			}
		})
	}
}

func TestALineOutIsAsThePlanFormatSays(t *testing.T) {
	var out strings.Builder
	in := `{"provider":"bedrock","model":"eu.anthropic.claude-opus-4-6-v1","scope":"geo:eu","usage":{"requests":2,"input":1000,"cache_read":0,"output":10}}`
	if err := Stream(strings.NewReader(in), &out, shipped(t), "2026-08-01"); err != nil {
		t.Fatal(err)
	}
	want := `{"usd":"0.01155","lines":[{"dimension":"input","tokens":2000,"usd_per_mtok":"5.5","usd":"0.011"},` +
		`{"dimension":"output","tokens":20,"usd_per_mtok":"27.5","usd":"0.00055"}],"tier":"base",` +
		`"offer":"bedrock/eu.anthropic.claude-opus-4-6-v1","scope":"geo:eu","source":"litellm","as_of":"2026-08-01","conflicts":[]}` + "\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatHasNoPriceIsAnErrorAndNeverZero(t *testing.T) {
	tests := []struct{ name, line, says string }{
		{"an unknown model", `{"provider":"openai","model":"gpt-99","usage":{"input":1}}`, "unknown offer"},
		{"an unknown seller", `{"provider":"nobody","model":"gpt-5.5","usage":{"input":1}}`, "unknown offer"},
		{"a region that no list prices",
			`{"provider":"bedrock","model":"bedrock/mars-1/anthropic.claude-sonnet-4-5-20250929-v1:0","usage":{"input":1}}`, "unknown offer"},
		{"a scope that is not sold", `{"provider":"vertex","model":"claude-sonnet-4-6","scope":"geo:eu","usage":{"input":1}}`, "not sold in scope"},
		{"a one-hour write where no write is priced",
			`{"provider":"groq","model":"llama-3.3-70b-versatile","usage":{"input":1,"cache_write_1h":1}}`,
			"usage.cache_write_1h"},
		{"a one-hour write where only five minutes are priced",
			`{"provider":"openai","model":"gpt-5.6-terra","usage":{"cache_write_1h":1}}`, "usage.cache_write_1h"},
		{"a service tier that is not sold",
			`{"provider":"groq","model":"llama-3.3-70b-versatile","service_tier":"flex","usage":{"input":1}}`,
			"at service tier flex"},
		{"a batch above the line, which no source prices",
			`{"provider":"openai","model":"gpt-5.5","service_tier":"batch","usage":{"input":300000}}`,
			"above 272000 prompt tokens"},
		{"a model whose listed 0 is no price",
			`{"provider":"bedrock","model":"anthropic.claude-mythos-preview","usage":{"input":1}}`, "placeholder"},
		{"a negative count", `{"provider":"openai","model":"gpt-5.5","usage":{"input":-1}}`,
			"usage.input: -1 is negative"},
		{"half a token", `{"provider":"openai","model":"gpt-5.5","usage":{"output":0.5}}`,
			"usage.output: 0.5 is not whole"},
		{"half a request", `{"provider":"openai","model":"gpt-5.5","usage":{"requests":"1.5"}}`,
			"usage.requests: 1.5 is not whole"},
		{"a count beyond all", `{"provider":"openai","model":"gpt-5.5","usage":{"input":1e999999999}}`,
			"usage.input: 1e999999999 is"},
		{"a count below all", `{"provider":"openai","model":"gpt-5.5","usage":{"input":1e-999999999}}`,
			"usage.input: 1e-999999999 is"},
		{"counts that multiply beyond all",
			`{"provider":"openai","model":"gpt-5.5","usage":{"requests":9000000000000000000,"input":9000000000000000000}}`, "more than can be counted"},
		{"a prompt beyond all", `{"provider":"openai","model":"gpt-5.5","usage":{"cache_read":9000000000000000000,"input":9000000000000000000}}`, "the prompt has more than"},
		{"a text for a count", `{"provider":"openai","model":"gpt-5.5","usage":{"input":"many"}}`,
			"usage.input: many is not a number"},
		{"nothing for a count", `{"provider":"openai","model":"gpt-5.5","usage":{"input":null}}`, "usage.input"},
		{"a list for a count", `{"provider":"openai","model":"gpt-5.5","usage":{"input":[1]}}`, "usage.input"},
		{"an unknown field", `{"provider":"openai","model":"gpt-5.5","tokens":1,"usage":{}}`, "tokens: unknown field"},
		{"an unknown count", `{"provider":"openai","model":"gpt-5.5","usage":{"cached":1}}`,
			"usage.cached: unknown field"},
		{"a field given twice", `{"provider":"openai","model":"gpt-5.5","usage":{"input":1,"input":2}}`,
			"usage.input: given twice"},
		{"no usage", `{"provider":"openai","model":"gpt-5.5"}`, "usage: missing"},
		{"no model", `{"provider":"openai","usage":{}}`, "model: missing"},
		{"no provider", `{"model":"gpt-5.5","usage":{}}`, "provider: missing"},
		{"an unknown service tier", `{"provider":"openai","model":"gpt-5.5","service_tier":"gold","usage":{}}`,
			`service_tier: "gold"`},
		{"a number for a model", `{"provider":"openai","model":5,"usage":{}}`, "model: want a text"},
		{"JSON that is no object", `[1,2]`, "line: want an object"},
		{"usage that is no object", `{"provider":"openai","model":"gpt-5.5","usage":7}`, "usage: want an object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, "", tt.line)
			text, _ := got["error"].(string)
			if !strings.Contains(text, tt.says) || len(got) != 1 {
				t.Errorf("answer %v, want only an error that says %q", got, tt.says)
			}
		})
	}
}

func TestConflictsAreShownWhereTheListsDisagreeOrAreWrong(t *testing.T) {
	tests := []struct {
		name string
		asOf calendar.Day
		line string
		want []string // "source dimension figure"
	}{
		{"what the lists say about an in-region Claude", "",
			`{"provider":"bedrock","model":"anthropic.claude-opus-4-6-v1","usage":{"input":1,"output":1}}`,
			[]string{"litellm input 5", "models.dev input 5", "litellm output 25", "models.dev output 25"}},
		{"only the dimensions of the line", "",
			`{"provider":"bedrock","model":"anthropic.claude-opus-4-6-v1","usage":{"output":1}}`,
			[]string{"litellm output 25", "models.dev output 25"}},
		{"euros entered as dollars", "", `{"provider":"ovh","model":"gpt-oss-120b","usage":{"input":1,"output":1}}`,
			[]string{"models.dev input 0.09", "models.dev output 0.47"}},
		{"a page of AWS against both lists", "",
			`{"provider":"bedrock","model":"qwen.qwen3-coder-480b-a35b-v1:0","usage":{"input":1,"output":1}}`,
			[]string{"litellm input 0.22", "models.dev input 0.22"}},
		{"an Azure price that may be stale", "",
			`{"provider":"azure","model":"gpt-5.6-luna","scope":"global","usage":{"input":1,"output":1}}`,
			[]string{"curated input 0.2", "curated output 1.2"}},
		{"sources that agree", "", `{"provider":"openai","model":"gpt-5.5","usage":{"input":1,"output":1}}`, nil},
		{"priority, on which they do not", "",
			`{"provider":"openai","model":"gpt-5.5","service_tier":"priority","usage":{"input":1}}`,
			[]string{"models.dev input 12.5"}},
		{"a context tier that only one of them knows", "",
			`{"provider":"azure","model":"claude-opus-4-6","usage":{"input":200001}}`, []string{"models.dev input 10"}},
		{"and not below it", "", `{"provider":"azure","model":"claude-opus-4-6","usage":{"input":200000}}`, nil},
		{"a day before the first known price", "2025-01-01",
			`{"provider":"openai","model":"gpt-5.5","usage":{"input":1}}`, []string{"litellm input 5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			answer := ask(t, tt.asOf, tt.line)
			conflicts, _ := answer["conflicts"].([]any)
			for _, c := range conflicts {
				m := c.(map[string]any)
				got = append(got, m["source"].(string)+" "+m["dimension"].(string)+" "+m["usd_per_mtok"].(string))
				if m["as_of"] == "" {
					t.Errorf("conflict without a date: %v", m)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n%v", diff, answer)
			}
		})
	}
}

func TestAsOfPicksTheRowInForce(t *testing.T) {
	line := `{"provider":"openai","model":"gpt-5.6-terra","usage":{"input":100000}}`
	for asOf, want := range map[calendar.Day]string{"2026-07-24": "0.25", "2026-07-29": "0.25", "2026-07-30": "0.2",
		"2026-08-01": "0.2", "2027-08-01": "0.2"} {
		if got := ask(t, asOf, line); got["usd"] != want {
			t.Errorf("as of %s: %v, want %s", asOf, got, want)
		}
	}
	sonnet := `{"provider":"anthropic","model":"claude-sonnet-5","usage":{"input":1000000}}`
	if got := ask(t, "2026-10-01", sonnet); got["usd"] != "2" {
		t.Errorf("after the withdrawn rise: %v, want 2", got)
	}
	if err := Stream(strings.NewReader(line), &strings.Builder{}, shipped(t), "yesterday"); err == nil ||
		!strings.Contains(err.Error(), "as_of") {
		t.Errorf("a day that is none: error %v", err)
	}
}

func TestASourceThatSpellsTheIDInAnotherWayIsHeardToo(t *testing.T) {
	got := ask(t, "", `{"provider":"ovh","model":"Meta-Llama-3_3-70B-Instruct","usage":{"input":1000}}`)
	conflicts, _ := got["conflicts"].([]any)
	if len(conflicts) != 1 || conflicts[0].(map[string]any)["usd_per_mtok"] != "0.74" ||
		conflicts[0].(map[string]any)["source"] != "models.dev" {
		t.Errorf("conflicts %v, want models.dev's 0.74", conflicts)
	}
}

func TestAMovingAliasSaysSo(t *testing.T) {
	got := ask(t, "", `{"provider":"mistral","model":"mistral-large-latest","usage":{"input":1}}`)
	if note, _ := got["note"].(string); !strings.Contains(note, "moving alias, priced as of 2026-08-01") {
		t.Errorf("answer %v", got)
	}
}

func TestOtherScopesWithTheirOwnPriceAreNamed(t *testing.T) {
	line := `{"provider":"bedrock","model":"amazon.nova-pro-v1:0",%s"usage":{"input":1000}}`
	note, _ := ask(t, "", strings.Replace(line, "%s", "", 1))["note"].(string)
	if !strings.Contains(note, "region:us-gov-east-1, region:us-gov-west-1") {
		t.Errorf("note %q, want the regions", note)
	}
	note, _ = ask(t, "", `{"provider":"azure","model":"gpt-5.5","usage":{"input":1}}`)["note"].(string)
	if want := "priced in scope default; other scopes have their own price, name one: datazone:eu, " +
		"datazone:us"; note != want {
		t.Errorf("note %q, want %q", note, want)
	}
	gov := ask(t, "", strings.Replace(line, "%s", `"scope":"region:us-gov-west-1",`, 1))
	if gov["usd"] != "0.00096" || gov["note"] != nil {
		t.Errorf("GovCloud: %v", gov)
	}
}

func TestALineThatIsNotJSONEndsTheRun(t *testing.T) {
	var out strings.Builder
	in := `{"provider":"openai","model":"gpt-5.5","usage":{"input":1}}` + "\n\n" + `{"provider":` + "\n" + `{}`
	err := Stream(strings.NewReader(in), &out, shipped(t), "")
	var line *lines.Error
	if !errors.As(err, &line) || line.Line != 3 || !errors.Is(err, ErrNotJSON) {
		t.Errorf("error %v, want line 3 is not JSON", err)
	}
	if strings.Count(out.String(), "\n") != 1 {
		t.Errorf("written before it: %q, want the first line's answer", out.String())
	}
	if err := Stream(strings.NewReader(strings.Repeat("x", lines.MaxLine+1)), &out, shipped(t), ""); !errors.As(
		err, &line) {
		t.Errorf("a line without end: error %v", err)
	}
}

// usages draws lines for an offer that prices all five counts.
func usages() *rapid.Generator[Usage] {
	return rapid.Custom(func(t *rapid.T) Usage {
		n := rapid.Int64Range(0, 400_000)
		return Usage{Provider: "anthropic", Model: "claude-sonnet-4-5", ServiceTier: catalog.Standard,
			Requests: rapid.Int64Range(1, 1e9).Draw(t, "requests"),
			Input:    n.Draw(t, "input"), CacheRead: n.Draw(t, "read"), CacheWrite5m: n.Draw(t, "5m"),
			CacheWrite1h: n.Draw(t, "1h"), Output: n.Draw(t, "output")}
	})
}

// The total is the sum of its lines, and each line is tokens times price, in arbitrary precision.
func TestTheTotalIsTheSumOfItsLines(t *testing.T) {
	s := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		r, err := Line(s, s.AsOf, usages().Draw(t, "usage"))
		if err != nil {
			t.Fatal(err)
		}
		sum := decimal.Zero
		for _, l := range r.Lines {
			want := decimal.RequireFromString(l.USDPerMTok).Mul(decimal.NewFromUint64(l.Tokens)).Shift(-6)
			if l.USD != want.String() {
				t.Fatalf("%+v, want %s", l, want)
			}
			sum = sum.Add(want)
		}
		if r.USD != sum.String() {
			t.Fatalf("total %s, want %s", r.USD, sum)
		}
	})
}

func TestMoreTokensNeverCostLess(t *testing.T) {
	s := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		u := usages().Draw(t, "usage")
		more := u
		more.Input += rapid.Int64Range(0, 100_000).Draw(t, "more")
		a, err1 := Price(s, s.AsOf, &u)
		b, err2 := Price(s, s.AsOf, &more)
		if err1 != nil || err2 != nil || b.Total.Decimal().LessThan(a.Total.Decimal()) {
			t.Fatalf("%s then %s, %v, %v", a.Total, b.Total, err1, err2)
		}
	})
}

// FuzzStream feeds lines: never a panic, and every answer is an error or a total that its lines add up to.
func FuzzStream(f *testing.F) {
	for _, seed := range []string{
		`{"provider":"openai","model":"gpt-5.5","usage":{"input":272001,"output":1000}}`,
		`{"provider":"azure","model":"azure/us/gpt-5.5","scope":"datazone:us","service_tier":"priority","usage":{"requests":"3","cache_read":7}}`,
		`{"provider":"openai","model":"gpt-5.5","usage":{"input":1e999999999}}`, `[]`, `null`, `{"usage":{"input":"\u0000"}}`, "{}\n{",
	} {
		f.Add([]byte(seed))
	}
	s := shipped(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var out strings.Builder
		err := Stream(strings.NewReader(string(data)), &out, s, "")
		var line *lines.Error
		if err != nil && !errors.As(err, &line) {
			t.Fatalf("error %v", err)
		}
		for _, text := range strings.Split(strings.TrimSpace(out.String()), "\n") {
			if text != "" {
				addsUp(t, text)
			}
		}
	})
}

func addsUp(t *testing.T, text string) {
	var answer struct {
		Result
		Error string `json:"error"`
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	sum := decimal.Zero
	for _, l := range answer.Lines {
		sum = sum.Add(decimal.RequireFromString(l.USD))
	}
	if answer.Error == "" && answer.USD != sum.String() {
		t.Fatalf("%s is not the sum of its lines", text)
	}
}

// BenchmarkPrice resolves an id with its aliases and dated rows and prices it exactly.
func BenchmarkPrice(b *testing.B) {
	s := shipped(b)
	u := Usage{Provider: "bedrock", Model: "us.anthropic.claude-sonnet-4-6", ServiceTier: catalog.Standard,
		Requests: 1000, Input: 1500, CacheRead: 20_000, CacheWrite5m: 500, Output: 400}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Price(s, s.AsOf, &u); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLine also writes the answer's texts.
func BenchmarkLine(b *testing.B) {
	s := shipped(b)
	u := Usage{Provider: "azure", Model: "azure/us/gpt-5.5", ServiceTier: catalog.Standard, Requests: 1000,
		Input: 1500, CacheRead: 20_000, Output: 400}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Line(s, s.AsOf, u); err != nil {
			b.Fatal(err)
		}
	}
}
