package pricing

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"headroom/pricing/document"
)

// smallPlan is a valid plan that uses a bit of everything; the tests break it in one place each.
const smallPlan = `{
  "schema": "headroom.plan/v1", "start": "2027-01", "months": 3,
  "segments": {"all": {"users": {"curve": "exponential", "start": "100", "monthly_growth": 0.1}, "revenue_per_user": "2.50"}},
  "workloads": {"chat": {"segment": "all", "requests_per_user_day": 1, "input_tokens": 1000, "output_tokens": 100,
    "cache_read_share": "0.2", "routes": [{"offer": "a", "share": 0.5}, {"offer": "b", "share": "0.5"}]}},
  "offers": {
    "a": {"kind": "on_demand", "provider": "azure", "prices": [{"from": "2027-01", "input": "1.250", "output": 10}]},
    "b": {"kind": "on_demand", "provider": "aws", "prices": [{"from": "2027-01", "input": "2", "output": "8"}]},
    "ptu": {"kind": "provisioned", "provider": "azure", "tokens_per_minute_per_unit": 100, "lots": [{"from": "2027-01", "units": 1, "price_per_hour": 2}]},
    "own": {"kind": "gpu", "provider": "colo", "gpu_pool": "h100"}},
  "gpu_pools": {"h100": {"site": "hall", "tokens_per_second_per_gpu": 100, "lots": [{"from": "2027-01", "gpus": 8, "price_per_hour": 2}]}},
  "sites": {"hall": {"lots": [{"from": "2027-01", "megawatts": 1}]}},
  "commitments": [{"id": "edp", "providers": ["aws"], "discount": 0.1, "periods": [{"from": "2027-01", "months": 2, "amount": 10}]}],
  "credits": [{"id": "grant", "providers": ["aws"], "amount": 10, "from": "2027-01", "expires": "2027-02"}],
  "uncertainty": {"samples": 10, "seed": 1, "inputs": {"workloads.chat.output_tokens": {"distribution": "lognormal", "p10": 50, "p50": 100, "p90": 200}}},
  "alternatives": [{"id": "one"}, {"id": "two", "routes": {"chat": [{"offer": "a", "share": 1}]}}]}`

func patched(t testing.TB, patch string) []byte {
	t.Helper()
	data, err := document.MergePatch([]byte(smallPlan), []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// validate is what a user meets: reading, then what the routes reach.
func validate(data []byte) error {
	plan, err := ParsePlan(data)
	if err != nil {
		return err
	}
	return plan.Validate(nil)
}

func TestTheSmallPlanIsValid(t *testing.T) {
	if err := validate([]byte(smallPlan)); err != nil {
		t.Fatal(err)
	}
}

type brokenPlan struct {
	name, patch string
	path        string // where the error must point
	says        string // what its message must say
}

func TestEveryErrorNamesTheFieldAndWhatWouldBeRight(t *testing.T) {
	long := func(n int, format string) string {
		var parts []string
		for i := range n {
			parts = append(parts, fmt.Sprintf(format, i))
		}
		return strings.Join(parts, ",")
	}
	cases := []brokenPlan{
		{"another schema", `{"schema":"headroom.plan/v2"}`, "schema", `"headroom.plan/v1"`},
		{"no start", `{"start":null}`, "start", "required"},
		{"a start that is no month", `{"start":"2027-13"}`, "start", "2027-01"},
		{"no months", `{"months":null}`, "months", "1 to 120"},
		{"too many months", `{"months":121}`, "months", "1 to 120"},
		{"months that are not whole", `{"months":1.5}`, "months", "whole number"},
		{"no segment", `{"segments":null}`, "segments", "at least one"},
		{"no workload", `{"workloads":null}`, "workloads", "at least one"},
		{"a currency in small letters", `{"currency":"usd"}`, "currency", "capital"},
		{"a day count that does not exist", `{"day_count":"31"}`, "day_count", "actual, 30 or 730h"},
		{"load blocks that leave minutes over", `{"load_profile":["0.1","0.8"]}`, "load_profile", "sum to 1"},
		{"an unknown field at the top", `{"montsh":3}`, "montsh", "months"},
		{"an unknown field deep down", `{"offers":{"a":{"qouta":1}}}`, "offers.a.qouta", "quota"},
		{"an unknown field in a list", `{"workloads":{"chat":{"routes":[{"offer":"a","sahre":1}]}}}`, "workloads.chat.routes[0].sahre", "share"},
		{"a text where a number stands", `{"workloads":{"chat":{"input_tokens":"many"}}}`,
			"workloads.chat.input_tokens", "0.5"},
		{"a hexadecimal number", `{"workloads":{"chat":{"input_tokens":"0x10"}}}`, "workloads.chat.input_tokens",
			"number"},
		{"an infinite number", `{"workloads":{"chat":{"input_tokens":"1e400"}}}`, "workloads.chat.input_tokens",
			"number"},
		{"an object where a list stands", `{"workloads":{"chat":{"routes":{}}}}`, "workloads.chat.routes", "a list"},
		{"an id with capitals", `{"segments":{"All":{"users":{"curve":"exponential"}}}}`, "segments.All", "lower case"},
		{"an unknown curve", `{"segments":{"all":{"users":{"curve":"cubic"}}}}`, "segments.all.users.curve",
			"logistic"},
		{"a parameter of another curve", `{"segments":{"all":{"users":{"ceiling":5}}}}`, "segments.all.users.ceiling",
			"leave it out"},
		{"a table that is too short",
			`{"segments":{"all":{"users":{"curve":"table","start":null,"monthly_growth":null,"values":[1,2]}}}}`,
			"segments.all.users.values", "3"},
		{"negative users", `{"segments":{"all":{"users":{"start":-1}}}}`, "segments.all.users.start", "0 or more"},
		{"users without bound", `{"months":120,"segments":{"all":{"users":{"monthly_growth":10}}}}`,
			"segments.all.users", "1e15"},
		{"an unknown segment", `{"workloads":{"chat":{"segment":"nobody"}}}`, "workloads.chat.segment", "all"},
		{"a workload without segment", `{"workloads":{"chat":{"segment":null}}}`, "workloads.chat.segment", "required"},
		{"a workload without requests", `{"workloads":{"chat":{"requests_per_user_day":null}}}`,
			"workloads.chat.requests_per_user_day", "required"},
		{"a workload without input tokens", `{"workloads":{"chat":{"input_tokens":null}}}`,
			"workloads.chat.input_tokens", "required"},
		{"a workload without output tokens", `{"workloads":{"chat":{"output_tokens":null}}}`,
			"workloads.chat.output_tokens", "required"},
		{"a workload without routes", `{"workloads":{"chat":{"routes":null}}}`, "workloads.chat.routes", "required"},
		{"a share above one", `{"workloads":{"chat":{"batch_share":1.5}}}`, "workloads.chat.batch_share", "0 to 1"},
		{"cache shares above one together", `{"workloads":{"chat":{"cache_write_share":0.9}}}`,
			"workloads.chat.cache_write_share", "at most 1"},
		{"a season of eleven months", `{"workloads":{"chat":{"season":[1,1,1,1,1,1,1,1,1,1,1]}}}`,
			"workloads.chat.season", "12"},
		{"an unknown offer in a route", `{"workloads":{"chat":{"routes":[{"offer":"c","share":1}]}}}`,
			"workloads.chat.routes[0].offer", "a, b"},
		{"shares above one in a later month",
			`{"workloads":{"chat":{"routes":[{"offer":"a","share":[{"from":"2027-01","value":0.5},{"from":"2027-03","value":0.8}]},{"offer":"b","share":0.5}]}}}`, "workloads.chat.routes", "2027-03"},
		{"two schedule rows of one month", `{"workloads":{"chat":{"routes":[{"offer":"a","share":[{"from":"2027-01","value":0.5},{"from":"2027-01","value":0.8}]}]}}}`, "workloads.chat.routes[0].share", "2027-01"},
		{"a schedule row without value", `{"segments":{"all":{"revenue_per_user":[{"from":"2027-01"}]}}}`,
			"segments.all.revenue_per_user[0]", `"value"`},
		{"too few multipliers", `{"workloads":{"chat":{"load_multipliers":[1]}}}`, "workloads.chat.load_multipliers",
			"2, not 1"},
		{"three load blocks without multipliers", `{"load_profile":[0.2,0.3,0.5]}`, "workloads.chat.load_multipliers",
			"three or more"},
		{"multipliers that do not average one", `{"workloads":{"chat":{"load_multipliers":[2,2]}}}`,
			"workloads.chat.load_multipliers", "average 1"},
		{"a peak that holds more than the load", `{"workloads":{"chat":{"peak_to_average":10}}}`,
			"workloads.chat.peak_to_average", "less than 10"},
		{"an offer without kind and catalog", `{"offers":{"a":{"kind":null}}}`, "offers.a.kind", "on_demand"},
		{"an unknown kind", `{"offers":{"a":{"kind":"reserved"}}}`, "offers.a.kind", "provisioned"},
		{"a catalog id without seller", `{"offers":{"a":{"catalog":"gpt-5.4"}}}`, "offers.a.catalog", "azure/gpt-5.4"},
		{"an unknown scope", `{"offers":{"a":{"scope":"worldwide"}}}`, "offers.a.scope", "global"},
		{"a negative price", `{"offers":{"a":{"prices":[{"from":"2027-01","input":-1}]}}}`, "offers.a.prices[0].input",
			"0 or more"},
		{"a price row without month", `{"offers":{"a":{"prices":[{"input":1}]}}}`, "offers.a.prices[0].from",
			"required"},
		{"volume tiers that fall",
			`{"offers":{"a":{"volume_tiers":[{"up_to_mtok":5,"multiplier":1},{"up_to_mtok":4,"multiplier":1}]}}}`,
			"offers.a.volume_tiers[1].up_to_mtok", "more than 5"},
		{"an inner tier without end", `{"offers":{"a":{"volume_tiers":[{"multiplier":1},{"multiplier":0.5}]}}}`,
			"offers.a.volume_tiers[0].up_to_mtok", "required"},
		{"a lot with two prices",
			`{"offers":{"ptu":{"lots":[{"from":"2027-01","units":1,"price_per_hour":1,"price_per_month":1}]}}}`,
			"offers.ptu.lots[0]", "exactly one"},
		{"a lot without price", `{"offers":{"ptu":{"lots":[{"from":"2027-01","units":1}]}}}`, "offers.ptu.lots[0]",
			"exactly one"},
		{"a pool lot without price", `{"gpu_pools":{"h100":{"lots":[{"from":"2027-01","gpus":1}]}}}`,
			"gpu_pools.h100.lots[0].price_per_hour", "required"},
		{"an unknown successor", `{"offers":{"a":{"successor":"z"}}}`, "offers.a.successor", "known"},
		{"successors in a circle", `{"offers":{"a":{"successor":"b"},"b":{"successor":"a"}}}`, "offers.a.successor",
			"a -> b -> a"},
		{"an offer that succeeds itself", `{"offers":{"a":{"successor":"a"}}}`, "offers.a.successor", "a -> a"},
		{"an unknown spill target", `{"offers":{"ptu":{"spill_to":"z"}}}`, "offers.ptu.spill_to", "known"},
		{"spill to provisioned capacity", `{"offers":{"ptu":{"spill_to":"ptu"}}}`, "offers.ptu.spill_to",
			"on_demand or gpu"},
		{"spill to an offer whose successor is provisioned",
			`{"offers":{"ptu":{"spill_to":"a"},"a":{"successor":"ptu"}}}`, "offers.ptu.spill_to", "ptu is provisioned"},
		{"an unknown pool", `{"offers":{"own":{"gpu_pool":"h200"}}}`, "offers.own.gpu_pool", "h100"},
		{"an unknown site", `{"gpu_pools":{"h100":{"site":"moon"}}}`, "gpu_pools.h100.site", "hall"},
		{"offers of one pool at two providers",
			`{"offers":{"own2":{"kind":"gpu","provider":"other","gpu_pool":"h100"}}}`, "gpu_pools.h100",
			"same provider"},
		{"overlapping periods",
			`{"commitments":[{"id":"edp","periods":[{"from":"2027-01","months":3,"amount":1},{"from":"2027-03","months":3,"amount":1}]}]}`, "commitments[0].periods", "overlap"},
		{"two commitments of one id", `{"commitments":[{"id":"edp"},{"id":"edp"}]}`, "commitments[1].id", "twice"},
		{"a credit that expires before it begins", `{"credits":[{"id":"g","from":"2027-05","expires":"2027-04"}]}`, "credits[0].expires", "2027-05"},
		{"a negative spend cap", `{"spend_caps":{"azure":-1}}`, "spend_caps.azure", "0 or more"},
		{"a limit that does not exist", `{"finance":{"enforce":["luck"]}}`, "finance.enforce[0]", "budget"},
		{"too many samples", `{"uncertainty":{"samples":100001}}`, "uncertainty.samples", "100000"},
		{"a range that falls", `{"uncertainty":{"inputs":{"workloads.chat.output_tokens":{"p10":300}}}}`,
			"uncertainty.inputs.workloads.chat.output_tokens", "must not fall"},
		{"an uncertain input that leads nowhere",
			`{"uncertainty":{"inputs":{"workloads.chat.hope":{"distribution":"lognormal","p10":1,"p50":1,"p90":1}}}}`,
			"uncertainty.inputs.workloads.chat.hope", "leads to no number"},
		{"a correlation of something certain",
			`{"uncertainty":{"correlations":[["workloads.chat.output_tokens","x",0.5]]}}`,
			"uncertainty.correlations[0][1]", "known"},
		{"two alternatives of one id", `{"alternatives":[{"id":"one"},{"id":"one"}]}`, "alternatives[1].id", "twice"},
		{"an alternative without id", `{"alternatives":[{"name":"x"}]}`, "alternatives[0].id", "required"},
		{"a baseline that is not listed", `{"baseline":"base"}`, "baseline", "one, two"},
		{"routes of an unknown workload", `{"alternatives":[{"id":"x","routes":{"search":[]}}]}`,
			"alternatives[0].routes.search", "chat"},
		{"an unknown offer in an alternative's routes",
			`{"alternatives":[{"id":"x","routes":{"chat":[{"offer":"z","share":1}]}}]}`,
			"alternatives[0].routes.chat[0].offer", "known"},
		{"shares above one in an alternative's routes",
			`{"alternatives":[{"id":"x","routes":{"chat":[{"offer":"a","share":1},{"offer":"b","share":0.1}]}}]}`,
			"alternatives[0].routes.chat", "1.1"},
		{"a patch that breaks a reference",
			`{"alternatives":[{"id":"x","patch":{"workloads":{"chat":{"segment":"nobody"}}}}]}`,
			"alternatives[0].patch.workloads.chat.segment", "all"},
		{"a patch with an unknown field", `{"alternatives":[{"id":"x","patch":{"offers":{"a":{"qouta":1}}}}]}`,
			"alternatives[0].patch.offers.a.qouta", "quota"},
		{"a patch of the schema", `{"alternatives":[{"id":"x","patch":{"schema":"y"}}]}`,
			"alternatives[0].patch.schema", "must not"},
		{"a patch of the baseline", `{"alternatives":[{"id":"x","patch":{"baseline":"y"}}]}`,
			"alternatives[0].patch.baseline", "must not"},
		{"a patch of the alternatives", `{"alternatives":[{"id":"x","patch":{"alternatives":[]}}]}`,
			"alternatives[0].patch.alternatives", "must not"},
		{"a patch that is a list", `{"alternatives":[{"id":"x","patch":[]}]}`, "alternatives[0].patch", "an object"},
		{"a reached offer whose first price comes later", `{"offers":{"a":{"prices":[{"from":"2027-02","input":1}]}}}`,
			"offers.a.prices", "2027-01"},
		{"a reached offer without prices", `{"offers":{"a":{"prices":null}}}`, "offers.a.prices", "price row"},
		{"a successor without a price when it takes over",
			`{"offers":{"a":{"retires":"2027-02","successor":"n"},"n":{"kind":"on_demand"}}}`, "offers.n.prices",
			"2027-02"},
		{"a reached offer in a currency without rate", `{"offers":{"a":{"currency":"EUR"}}}`, "fx.EUR",
			"USD for one EUR"},
		{"a rate that begins too late",
			`{"fx":{"EUR":[{"from":"2027-03","value":1.1}]},"offers":{"a":{"currency":"EUR"}}}`, "fx.EUR", "2027-01"},
		{"lots in a currency without rate", `{"offers":{"ptu":{"currency":"EUR"}}}`, "fx.EUR", "EUR"},
		{"a patch that takes a price away", `{"alternatives":[{"id":"x","patch":{"offers":{"a":{"prices":[]}}}}]}`,
			"alternatives[0].patch.offers.a.prices", "price row"},
		{"too many segments", `{"segments":{` + long(101, `"s%d":{"users":{"curve":"exponential"}}`) + `}}`,
			"segments", "at most 100"},
		{"too many workloads", `{"workloads":{` + long(200, `"w%d":{}`) + `}}`, "workloads", "at most 200"},
		{"too many offers", `{"offers":{` + long(500, `"o%d":{}`) + `}}`, "offers", "at most 500"},
		{"too many alternatives", `{"alternatives":[` + long(51, `{"id":"a%d"}`) + `]}`, "alternatives", "at most 50"},
		{"a catalogue entry without a catalogue", `{"offers":{"a":{"catalog":"azure/x"}}}`, "offers.a.catalog",
			"catalogue"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			err := validate(patched(t, tc.patch))
			invalid := Invalid(err)
			if invalid == nil {
				t.Fatalf("was not refused: %v", err)
			}
			for _, f := range invalid.Fields {
				if f.Path == tc.path && strings.Contains(f.Message, tc.says) {
					return
				}
			}
			t.Errorf("no error at %q says %q:\n%v", tc.path, tc.says, invalid.Fields)
		})
	}
}

func TestUnreadableTextIsRefusedWithItsPlace(t *testing.T) {
	for _, tc := range []struct{ name, text, path, says string }{
		{"a missing comma", "{\n  \"schema\": \"x\"\n  \"start\": 1}", "", "line 3, column 3"},
		{"text after the plan", `{"schema":"headroom.plan/v1"} {}`, "", "column 31"},
		{"an open bracket", "{\n\"a\": [", "", "ends too early"},
		{"nothing", "", "", "ends too early"},
		{"a list", "[]", "", "object"},
		{"bytes that are not UTF-8", "{\"a\": \"\xff\"}", "", "UTF-8"},
		{"a member that is given twice", `{"offers":{"a":{"kind":"gpu","kind":"gpu"}}}`, "offers.a.kind", "twice"},
		{"too many bytes", `{"note":"` + strings.Repeat("x", MaxPlanBytes) + `"}`, "", "5000000"},
		{"too deep a nest", strings.Repeat("[", 100) + strings.Repeat("]", 100), "", "levels deep"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ParsePlan([]byte(tc.text))
			invalid := Invalid(err)
			if invalid == nil {
				t.Fatalf("was not refused: %v", err)
			}
			for _, f := range invalid.Fields {
				if f.Path == tc.path && strings.Contains(f.Message, tc.says) {
					return
				}
			}
			t.Errorf("no error at %q says %q: %v", tc.path, tc.says, invalid.Fields)
		})
	}
}

func TestAllErrorsAreReportedAtOnceUpToAHundred(t *testing.T) {
	_, err := ParsePlan([]byte(`{"schema":"x","a":1,"b":2,"months":0}`))
	if invalid := Invalid(err); invalid == nil || len(invalid.Fields) < 6 {
		t.Errorf("want schema, a, b, start, months, segments and workloads, got %v", err)
	}
	var fields []string
	for i := range 500 {
		fields = append(fields, fmt.Sprintf(`"field-number-%d":1`, i))
	}
	_, err = ParsePlan([]byte("{" + strings.Join(fields, ",") + "}"))
	if invalid := Invalid(err); invalid == nil || len(invalid.Fields) != MaxErrors {
		t.Errorf("want exactly %d errors", MaxErrors)
	}
}

func TestAPlanThatIsReadAndWrittenKeepsEveryNumberAsTyped(t *testing.T) {
	plan, err := ParsePlan([]byte(smallPlan))
	if err != nil {
		t.Fatal(err)
	}
	written := plan.Canonical()
	for _, text := range []string{`"1.250"`, `"monthly_growth":0.1`, `"2.50"`, `"share":0.5`, `"share":"0.5"`} {
		if !bytes.Contains(written, []byte(text)) {
			t.Errorf("%s was not kept in %s", text, written)
		}
	}
	again, err := ParsePlan(written)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plan, again, cmpopts.IgnoreUnexported(Plan{})); diff != "" {
		t.Errorf("the plan changed when it was written and read again:\n%s", diff)
	}
	if !bytes.Equal(written, again.Canonical()) {
		t.Error("writing twice gives two texts")
	}
}

func TestNumbersMayBeJSONNumbersOrDecimalStrings(t *testing.T) {
	for _, tc := range []struct {
		text string
		want float64
	}{{"0.0028", 0.0028}, {`"0.0028"`, 0.0028}, {"1e3", 1000}, {`"1E3"`, 1000}, {"-0", 0}, {`"-2.5e-1"`, -0.25}} {
		var n Number
		if err := json.Unmarshal([]byte(tc.text), &n); err != nil || n.Float() != tc.want {
			t.Errorf("%s: %v, %v", tc.text, n.Float(), err)
		}
		if written, _ := json.Marshal(n); string(written) != tc.text {
			t.Errorf("%s was written as %s", tc.text, written)
		}
	}
	for _, text := range []string{"", "+1", "01", "1.", ".5", "1e", "NaN", "Infinity", "1_000", "0x1",
		"1e16", "-1e16", " 1", "1 ", "1e+-5"} {
		if n, err := ParseNumber(text); err == nil {
			t.Errorf("%q was read as %v", text, n.Float())
		}
	}
}

func FuzzParsePlan(f *testing.F) {
	f.Add([]byte(smallPlan))
	for _, preset := range Presets() {
		f.Add(preset.Plan)
	}
	files, err := os.ReadDir("testdata/vectors")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile("testdata/vectors/" + file.Name())
		if err != nil {
			f.Fatal(err)
		}
		var v vector
		if err := json.Unmarshal(data, &v); err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(v.Plan))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		plan, err := ParsePlan(data)
		if err != nil {
			if invalid := Invalid(err); invalid == nil || len(invalid.Fields) == 0 {
				t.Fatalf("an error without fields: %v", err)
			}
			return
		}
		again, err := ParsePlan(plan.Canonical())
		if err != nil {
			t.Fatalf("a valid plan was written as one that is not: %v\n%s", err, plan.Canonical())
		}
		if !bytes.Equal(plan.Canonical(), again.Canonical()) {
			t.Fatal("writing twice gives two texts")
		}
		result, err := plan.evaluateKnown(context.Background(), nil, everyOne)
		if err != nil {
			return
		}
		if _, err := json.Marshal(result); err != nil {
			t.Fatalf("the result cannot be written: %v", err)
		}
		for _, a := range result.Alternatives {
			if a.Totals.AccrualCost < 0 {
				t.Fatalf("a negative cost: %v", a.Totals.AccrualCost)
			}
		}
	})
}

func TestAnEmptyListOfEnforcedLimitsIsKept(t *testing.T) {
	plan, err := ParsePlan(patched(t, `{"finance":{"enforce":[]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(plan.Canonical(), []byte(`"enforce":[]`)) {
		t.Errorf("an empty list, which enforces nothing, became none, which enforces all: %s", plan.Canonical())
	}
}

func TestAValueThatCannotBeReadIsNotCalledMissing(t *testing.T) {
	_, err := ParsePlan(patched(t, `{"start":"soon","workloads":{"chat":{"input_tokens":"many","segment":7}}}`))
	seen := map[string]int{}
	for _, f := range Invalid(err).Fields {
		seen[f.Path]++
		if strings.Contains(f.Message, "is required") {
			t.Errorf("%v", f)
		}
	}
	for _, path := range []string{"start", "workloads.chat.input_tokens", "workloads.chat.segment"} {
		if seen[path] != 1 {
			t.Errorf("%d errors at %s, want 1", seen[path], path)
		}
	}
}

func TestAnErrorThatAlternativesTakeOverIsSaidOnce(t *testing.T) {
	_, err := ParsePlan(patched(t, `{"offers":{"a":{"prices":[{"from":"2027-01","input":-1}]}},
	  "alternatives":[{"id":"x","patch":{"offers":{"a":{"lab":"openai"}}}},{"id":"y","patch":{"months":2}}]}`))
	if fields := Invalid(err).Fields; len(fields) != 1 || fields[0].Path != "offers.a.prices[0].input" {
		t.Errorf("got %v", fields)
	}
}
