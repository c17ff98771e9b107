package form

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing"
	"headroom/pricing/capacity"
)

func data(t *testing.T) Data {
	t.Helper()
	machines, err := capacity.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return Data{shipped(t), machines}
}

// vector is the plan of a worked example.
func vector(t *testing.T, name string) Document {
	t.Helper()
	text, err := os.ReadFile("../../pricing/testdata/vectors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v struct{ Plan json.RawMessage }
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return parse(t, string(v.Plan))
}

// shownText is what a browser would send of a form that nobody touched.
func shownText(d Document) url.Values {
	posted := url.Values{}
	for _, spec := range AllSpecs(d) {
		posted.Set(spec.Name(), spec.Read(d))
	}
	return posted
}

func TestPlansWithUnitsGPUsAndPowerPassThroughTheFormUnchanged(t *testing.T) {
	for _, name := range []string{"growth-01-quota-then-budget.json", "growth-02-ptu-spillover.json",
		"growth-03-commit-credit-pricechange.json",
		"growth-04-gpu-delivery-and-power.json", "growth-06-unsatisfiable-unrouted.json"} {
		t.Run(name, func(t *testing.T) {
			d := vector(t, name)
			out := Apply(d, shownText(d), shipped(t))
			if len(out.Errors) > 0 {
				t.Fatal(out.Errors)
			}
			if diff := cmp.Diff(string(d.Bytes()), string(out.Document.Bytes())); diff != "" {
				t.Errorf("the plan changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryFieldOfUnitsGPUsAndPowerIsEdited(t *testing.T) {
	tests := []struct{ name, vector, field, text, want string }{
		{"what a unit carries", "growth-02-ptu-spillover.json", "offers.gpt-5.2-dz-ptu.tokens_per_minute_per_unit",
			"3.5k", `"tokens_per_minute_per_unit":3500`},
		{"the spill target", "growth-02-ptu-spillover.json", "offers.gpt-5.2-dz-ptu.spill_to", "",
			`"lots":[{"from":"2026-12","months":12,"price_per_month":"260","units":"80"},{"from":"2027-03","price_per_hour":"1.10","units":"10"}],"output_weight":"8","prices":[],"provider":"azure","tokens_per_minute_per_unit":"3400"}`},
		{"another lot begins with the plan", "growth-02-ptu-spillover.json", "offers.gpt-5.2-dz-ptu.lots[2].units", "5", `{"from":"2026-12","units":5}`},
		{"an emptied lot goes", "growth-02-ptu-spillover.json", "offers.gpt-5.2-dz-ptu.lots[1].units",
			"", `"lots":[{"from":"2026-12","months":12,"price_per_month":"260","units":"80"}]`},
		{"a measured throughput", "growth-04-gpu-delivery-and-power.json", "gpu_pools.h200.tokens_per_second_per_gpu",
			"7,000", `"tokens_per_second_per_gpu":7000`},
		{"a throughput as a range", "growth-04-gpu-delivery-and-power.json", "gpu_pools.h200.tokens_per_second_per_gpu",
			"6k to 8k",
			`"gpu_pools.h200.tokens_per_second_per_gpu":{"distribution":"lognormal","p10":6000,"p50":6930,"p90":8000}`},
		{"the use of a pool", "growth-04-gpu-delivery-and-power.json", "gpu_pools.h200.max_utilization",
			"60 %", `"max_utilization":0.6`},
		{"the PUE of a pool", "growth-04-gpu-delivery-and-power.json", "gpu_pools.h200.pue", "1.4", `"pue":1.4`},
		{"a pool leaves its site", "growth-04-gpu-delivery-and-power.json", "gpu_pools.h200.site", "",
			`"pue":"1.25","tokens_per_second_per_gpu":"6500"}`},
		{"how an offer on GPUs counts output", "growth-04-gpu-delivery-and-power.json", "offers.own-h200.output_weight",
			"5", `"output_weight":5`},
		{"the power of a lot", "growth-04-gpu-delivery-and-power.json", "sites.mumbai-1.lots[1].megawatts",
			"0.08", `{"from":"2027-10","megawatts":0.08}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := vector(t, tt.vector)
			find(t, d, tt.field)
			posted := shownText(d)
			posted.Set(tt.field, tt.text)
			out := Apply(d, posted, shipped(t))
			if got := string(out.Document.Bytes()); len(out.Errors) > 0 || !strings.Contains(got, tt.want) {
				t.Errorf("%v; the plan lacks %s:\n%s", out.Errors, tt.want, got)
			}
		})
	}
}

func TestAnEstimateOfAMixtureOfExpertsKeepsItsMiddle(t *testing.T) {
	d := vector(t, "growth-04-gpu-delivery-and-power.json")
	o := Outcome{Document: d}
	if err := o.estimated(capacity.Range{Low: 600, Value: 1000, High: 1600}, "gpu_pools", "h200",
		"tokens_per_second_per_gpu"); err != nil {
		t.Fatal(err)
	}
	out := Apply(d, shownText(d), shipped(t))
	if diff := cmp.Diff(string(d.Bytes()), string(out.Document.Bytes())); diff != "" {
		t.Errorf("sending the form moved the estimate (-want +got):\n%s", diff)
	}
}

// rowsOf reads a data file of the machines.
func rowsOf(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open("../../pricing/capacity/data/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// oneRow is the row whose columns hold the pairs.
func oneRow(t *testing.T, file string, pairs ...string) map[string]string {
	t.Helper()
	for _, row := range rowsOf(t, file) {
		match := true
		for i := 0; i < len(pairs); i += 2 {
			match = match && row[pairs[i]] == pairs[i+1]
		}
		if match {
			return row
		}
	}
	t.Fatalf("%s has no row %q", file, pairs)
	return nil
}

func labelled(t *testing.T, fills []Fill, label string) Fill {
	t.Helper()
	var all []string
	for _, f := range fills {
		if strings.Contains(f.Label, label) {
			return f
		}
		all = append(all, f.Label)
	}
	t.Fatalf("no row %q among %q", label, all)
	return Fill{}
}

func offerPlan(t *testing.T, catalogID, scope string) Document {
	t.Helper()
	return parse(t, strings.ReplaceAll(strings.Replace(plan, "azure/gpt-5.4", catalogID, 1), `"scope":"default"`,
		`"scope":"`+scope+`"`))
}

func TestQuotaTiersAreThoseOfTheDataFile(t *testing.T) {
	tests := []struct{ name, catalog, scope, model, tier string }{
		{"an Azure tier", "azure/gpt-5.4", "default", "gpt-5.4 GlobalStandard", "tier 3 of 6"},
		{"the highest Azure tier", "azure/gpt-5.4", "default", "gpt-5.4 GlobalStandard", "tier 6 of 6"},
		{"a smaller model has tiers of its own", "azure/gpt-5.4-mini", "default", "gpt-5.4-mini GlobalStandard",
			"tier 1 of 6"},
		{"a data zone has smaller tiers", "azure/gpt-4.1-2025-04-14", "datazone:us", "gpt-4.1 DataZoneStandard",
			"tier 3 of 6"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := offerPlan(t, tt.catalog, tt.scope)
			row := oneRow(t, "quotas.csv", "model", tt.model, "tier", tt.tier)
			f := labelled(t, QuotaFills(d, shipped(t), data(t).Machines, "azure"), strings.TrimPrefix(tt.tier, "t"))
			if f.Holds(d) {
				t.Error("the plan holds the tier before it is filled in")
			}
			f.Apply(d)
			tpm, _ := d.Get("offers", "azure", "quota", "tokens_per_minute")
			rpm, _ := d.Get("offers", "azure", "quota", "requests_per_minute")
			got := []string{tpm.Literal(), rpm.Literal(), f.Source, f.AsOf}
			if !cmp.Equal(got, []string{row["tpm"], row["rpm"], row["source"], row["as_of"]}) {
				t.Errorf("filled in %q, the file has %q", got, row)
			}
			if !f.Holds(d) {
				t.Error("the plan does not hold what was filled in")
			}
		})
	}
}

func TestBedrockCountsOutputAsItsRowSays(t *testing.T) {
	tests := []struct{ name, catalog, scope, row, weight string }{
		{"Claude Sonnet 5", "bedrock/anthropic.claude-sonnet-5", "in-region",
			"burndown: Claude Sonnet 5, Opus 5, Fable 5.1", "10"},
		{"an earlier Claude", "bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0", "in-region",
			"burndown: Claude 4.7 and earlier", "5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := offerPlan(t, tt.catalog, tt.scope)
			row := oneRow(t, "quotas.csv", "provider", "bedrock", "model", tt.row)
			f := labelled(t, QuotaFills(d, shipped(t), data(t).Machines, "azure"), "Output counts")
			f.Apply(d)
			weight, _ := d.Decimal("offers", "azure", "output_weight")
			reserved, _ := d.Get("offers", "azure", "quota_counts_max_tokens")
			noted := strings.Contains(row["note"], "output token weight "+tt.weight+";")
			if weight.String() != tt.weight || !noted || !reserved.IsTrue() {
				t.Errorf("weight %v, reserved %v; the file says %q", weight, reserved, row["note"])
			}
			if f.Source != row["source"] || f.AsOf != row["as_of"] {
				t.Errorf("source %q of %q", f.Source, f.AsOf)
			}
		})
	}
	d := offerPlan(t, "azure/gpt-5.4", "default")
	for _, f := range QuotaFills(d, shipped(t), data(t).Machines, "azure") {
		if strings.Contains(f.Label, "Output counts") {
			t.Errorf("GPT-5.4 on Azure is offered %q", f.Label)
		}
	}
}

func TestAnthropicSpendTiersAreThoseOfTheDataFile(t *testing.T) {
	for tier, amount := range map[string]string{"Start": "500", "Build": "1000", "Scale": "200000"} {
		d := parse(t, plan)
		row := oneRow(t, "quotas.csv", "provider", "anthropic", "model", "all", "tier", tier)
		f := labelled(t, CapFills(data(t).Machines, "anthropic"), tier+":")
		f.Apply(d)
		if got, _ := d.Decimal("spend_caps", "anthropic"); got.String() != amount ||
			!strings.Contains(row["note"], "USD "+amount+";") || f.AsOf != row["as_of"] {
			t.Errorf("%s caps at %v of %q, the file says %q of %q", tier, got, f.AsOf, row["note"], row["as_of"])
		}
	}
}

func TestARateThatTheSellerCountsApartIsUnknownNotZero(t *testing.T) {
	d := offerPlan(t, "anthropic/claude-sonnet-4-5", "default")
	f := labelled(t, QuotaFills(d, shipped(t), data(t).Machines, "azure"), "Tier 2")
	f.Apply(d)
	if _, stated := d.Get("offers", "azure", "quota", "tokens_per_minute"); stated ||
		!strings.Contains(f.Unknown, "unknown: the seller counts input and output apart (450,000 in, 90,000 out") {
		t.Errorf("token quota stated: %v; %q", stated, f.Unknown)
	}
	if got, _ := d.Decimal("offers", "azure", "quota", "requests_per_minute"); got.String() != "1000" {
		t.Errorf("requests a minute: %v", got)
	}
}

func TestEveryFillKeepsThePlanValid(t *testing.T) {
	d := addedUnits(t, "chat|azure")
	fills := append(UnitFills(d, shipped(t), data(t).Machines, "azure-gpt-5-4-ptu"),
		QuotaFills(d, shipped(t), data(t).Machines, "azure")...)
	for _, f := range append(fills, CapFills(data(t).Machines, "anthropic")...) {
		changed := d.Clone()
		f.Apply(changed)
		if _, err := pricing.ParsePlan(changed.Bytes()); err != nil {
			t.Errorf("%s: %v", f.Label, err)
		}
	}
}

func TestAListOfLimitsThatHoldUsersBackIsAChoice(t *testing.T) {
	for _, tt := range []struct{ name, list, want string }{
		{"nothing stated", "", "usual"},
		{"all but margin and cash", `["quota_rpm","power","gpu","provisioned","quota_tpm","spend_cap","budget"]`,
			"usual"},
		{"all but cash", `["power","gpu","provisioned","quota_tpm","quota_rpm","spend_cap","budget","margin"]`,
			"margin"},
		{"all but margin", `["power","gpu","provisioned","quota_tpm","quota_rpm","spend_cap","budget","cash"]`, "cash"},
		{"all", `["power","gpu","provisioned","quota_tpm","quota_rpm","spend_cap","budget","margin","cash"]`, "all"},
		{"none", `[]`, "none"},
		{"some", `["budget"]`, "custom"},
		{"one kind as often as there are usual ones", `["gpu","gpu","gpu","gpu","gpu","gpu","gpu"]`, "custom"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			finance := `{}`
			if tt.list != "" {
				finance = `{"enforce":` + tt.list + `}`
			}
			d := parse(t, `{"finance":`+finance+`}`)
			if got := enforcementOf(d); got != tt.want {
				t.Errorf("it is %q, want %q", got, tt.want)
			}
		})
	}
}
