package form

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/document"
)

// outcome presses a button beside fields.
func outcome(d Document, pairs ...string) (*Outcome, url.Values) {
	posted := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		posted.Set(pairs[i], pairs[i+1])
	}
	return &Outcome{Document: d.Clone(), Typed: map[string]string{}}, posted
}

// addedUnits is the small plan with units for a target.
func addedUnits(t *testing.T, target string, pairs ...string) Document {
	t.Helper()
	o, posted := outcome(parse(t, plan), append([]string{"add-units.for", target}, pairs...)...)
	o.AddUnits(posted, data(t))
	if len(o.Errors) > 0 {
		t.Fatal(o.Errors)
	}
	return o.Document
}

func TestProvisionedUnitsBeginWithTheFiguresOfTheDataFiles(t *testing.T) {
	d := addedUnits(t, "chat|azure")
	ptu := oneRow(t, "ptu.csv", "provider", "azure", "model", "gpt-5.4")
	price := oneRow(t, "provisioned.csv", "provider", "azure", "product", "PTU Global", "as_of", "2026-06")
	offer, _ := d.Get("offers", "azure-gpt-5-4-ptu")
	hourly := decimal.RequireFromString(price["price"]).String()
	want := map[string]any{"kind": "provisioned", "catalog": "azure/gpt-5.4", "scope": "default", "spill_to": "azure",
		"tokens_per_minute_per_unit": json.Number(ptu["input_tpm_per_ptu"]),
		"output_weight":              json.Number(ptu["out_to_in_ratio"]),
		"lots": []any{
			map[string]any{"from": "2027-01", "units": json.Number(ptu["global_dz_min"]),
				"price_per_hour": json.Number(hourly)}},
		"cached_input_weight": json.Number(ptu["cached_weight"])}
	if diff := cmp.Diff(string(document.Of(want).Sorted()), string(offer.Sorted())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnitsAtAnotherSellerOfTheModelSpillBack(t *testing.T) {
	d := offerPlan(t, "bedrock/anthropic.claude-sonnet-5", "in-region")
	o, posted := outcome(d, "add-units.for", "chat|azure|vertex/claude-sonnet-5|default")
	o.AddUnits(posted, data(t))
	if len(o.Errors) > 0 {
		t.Fatal(o.Errors)
	}
	gsu := oneRow(t, "gsu.csv", "model", "claude-sonnet-5")
	price := oneRow(t, "provisioned.csv", "provider", "vertex", "term", "1 week")
	offer, _ := o.Document.Get("offers", "vertex-claude-sonnet-5-gsu")
	want := map[string]any{"kind": "provisioned", "catalog": "vertex/claude-sonnet-5", "scope": "default",
		"spill_to":                   "azure",
		"tokens_per_minute_per_unit": json.Number(gsu["norm_tpm_per_gsu"]),
		"output_weight":              json.Number(gsu["out_weight"]),
		"cached_input_weight":        json.Number(gsu["cached_weight"]),
		"lots": []any{map[string]any{"from": "2027-01", "units": json.Number(gsu["min_gsu"]),
			"price_per_hour": json.Number(price["price"])}}}
	if diff := cmp.Diff(string(document.Of(want).Sorted()), string(offer.Sorted())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnitsThatNobodyPublishesAreAskedForAndStayUnknown(t *testing.T) {
	d := offerPlan(t, "bedrock/anthropic.claude-sonnet-5", "in-region")
	o, posted := outcome(d, "add-units.for", "chat|azure")
	o.AddUnits(posted, data(t))
	if len(o.Errors) != 1 || o.Errors[0].Name != "add-units.units" {
		t.Errorf("without a number: %v", o.Errors)
	}
	o, posted = outcome(d, "add-units.for", "chat|azure", "add-units.units", "2")
	o.AddUnits(posted, data(t))
	if len(o.Errors) != 1 || !strings.Contains(o.Errors[0].Message, "Unknown: no list price of a unit") {
		t.Errorf("without a price: %v", o.Errors)
	}
	o, posted = outcome(d, "add-units.for", "chat|azure", "add-units.units", "2", "add-units.price", "40")
	o.AddUnits(posted, data(t))
	const id = "bedrock-claude-sonnet-5-units"
	if _, stated := o.Document.Get("offers", id, "tokens_per_minute_per_unit"); len(o.Errors) > 0 || stated {
		t.Errorf("%v; what a unit carries is stated: %v", o.Errors, stated)
	}
	if text := UnitSizes(o.Document, shipped(t), data(t).Machines, id).Text; !strings.HasPrefix(text, "Unknown: ") {
		t.Errorf("its section says %q", text)
	}
}

func TestAListPriceThatNobodyStatesLeavesTheFieldAsItIs(t *testing.T) {
	o, posted := outcome(parse(t, plan), "add-gpus.machine", "8 x H200 aws us-east-2 p5e.48xlarge", "add-gpus.model",
		"Llama 3.3 70B", "add-gpus.workload", "chat", "add-gpus.price", "4")
	o.AddGPUs(posted, data(t))
	const pool = "h200-sxm-aws-us-east-2"
	fill := labelled(t, PoolFills(o.Document, data(t).Machines, pool), "p5e.48xlarge: price unknown")
	posted.Set("fill.gpu_pools."+pool, fill.ID)
	o.FillIn("gpu_pools."+pool, posted, data(t))
	if len(o.Errors) != 1 || !strings.Contains(o.Errors[0].Message, "Price an hour is unknown: no public "+
		"on-demand price") {
		t.Errorf("errors %v", o.Errors)
	}
	if got, _ := o.Document.Decimal("gpu_pools", pool, "lots", Item(0), "price_per_hour"); got.String() != "4" {
		t.Errorf("the price became %v", got)
	}
}

func TestUnitsTakeWhatTheyCarryAtThePeakAndTheRestStays(t *testing.T) {
	tests := []struct{ name, share, units, want string }{
		// 54,000 x 6 / 1440 = 225 requests a minute of 1050 + 6 x 400 = 3,450 tokens; 15 x 2,400 carry 4.63 %.
		{"empty: as much as they carry", "", "15",
			`[{"offer":"azure","share":0.9537},{"offer":"azure-gpt-5-4-ptu","share":0.0463}]`},
		{"enough units take all of it", "", "1,000", `[{"offer":"azure-gpt-5-4-ptu","share":"1"}]`},
		{"a share that was typed wins", "100 %", "15", `[{"offer":"azure-gpt-5-4-ptu","share":"1"}]`},
		{"a part that was typed wins", "25 %", "15",
			`[{"offer":"azure","share":0.75},{"offer":"azure-gpt-5-4-ptu","share":0.25}]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := addedUnits(t, "chat|azure", "add-units.units", tt.units, "add-units.share", tt.share)
			routes, _ := d.Get("workloads", "chat", "routes")
			text, err := json.Marshal(routes)
			if err != nil || string(text) != tt.want {
				t.Errorf("routes %s, want %s", text, tt.want)
			}
			if _, err := pricing.ParsePlan(d.Bytes()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestUnitsOfALaterMonthTakeNothingBefore(t *testing.T) {
	d := addedUnits(t, "chat|azure", "add-units.from", "2027-07", "add-units.share", "100 %")
	routes, _ := d.Get("workloads", "chat", "routes")
	text, _ := json.Marshal(routes)
	want := `[{"offer":"azure","share":[{"from":"2027-01","value":1},{"from":"2027-07","value":0}]},{"offer":"azure-gpt-5-4-ptu","share":[{"from":"2027-01","value":0},{"from":"2027-07","value":1}]}]`
	if string(text) != want {
		t.Errorf("routes %s, want %s", text, want)
	}
}

func TestRemovingWhatWasAddedGivesThePlanBefore(t *testing.T) {
	before := string(parse(t, plan).Bytes())
	for _, share := range []string{"", "100 %"} {
		d := addedUnits(t, "chat|azure", "add-units.share", share)
		if err := RemoveOffer(d, "azure-gpt-5-4-ptu"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, strings.Replace(string(d.Bytes()), `"share":1}`, `"share":"1"}`, 1)); diff != "" {
			t.Errorf("units with share %q leave something behind (-want +got):\n%s", share, diff)
		}
	}
	d := addedGPUs(t, "add-gpus.share", "40 %")
	if err := RemovePool(d, "h100-sxm-aws-us-east-1"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, strings.Replace(string(d.Bytes()), `"share":1}`, `"share":"1"}`, 1)); diff != "" {
		t.Errorf("GPUs leave something behind (-want +got):\n%s", diff)
	}
}

func TestTheOnlyOfferOfAWorkloadStays(t *testing.T) {
	d := addedGPUs(t)
	err := RemovePool(d, "h100-sxm-aws-us-east-1")
	if err == nil || !strings.Contains(err.Error(), "chat goes only there") {
		t.Errorf("removing the GPUs that serve all of it: %v", err)
	}
}

func TestWhatCannotBeAddedIsSaidAtItsField(t *testing.T) {
	units := func(o *Outcome, posted url.Values) { o.AddUnits(posted, data(t)) }
	gpus := func(o *Outcome, posted url.Values) { o.AddGPUs(posted, data(t)) }
	h100 := []string{"add-gpus.machine", "8 x H100 aws us-east-1 " +
		"p5.48xlarge", "add-gpus.model", "Llama 3.3 70B", "add-gpus.workload", "chat"}
	tests := []struct {
		name        string
		add         func(*Outcome, url.Values)
		pairs       []string
		field, want string
	}{
		{"no workload chosen", units, nil, "add-units.for", "choose the workload"},
		{"a number of units that is none", units, []string{"add-units.for", "chat|azure", "add-units.units", "many"},
			"add-units.units", "is not a number"},
		{"a negative price", units, []string{"add-units.for", "chat|azure", "add-units.price", "-1"},
			"add-units.price", "enter 0 to 1 million"},
		{"a unit for nothing", units, []string{"add-units.for", "chat|azure", "add-units.price", "0"},
			"add-units.price", "enter more than 0"},
		{"a machine that nobody sells", gpus, append([]string{"add-gpus.machine", "8 x H100 mars"}, h100[2:]...),
			"add-gpus.machine", "no machine of the list"},
		{"words that fit several machines", gpus, append([]string{"add-gpus.machine", "8 x H100 aws"}, h100[2:]...),
			"add-gpus.machine", "machines, such as 8 × H100 SXM, aws p5.48xlarge"},
		{"a model that is not open", gpus,
			append([]string{"add-gpus.model", "GPT-5.4"}, append(h100[:2:2], h100[4:]...)...), "add-gpus.model",
			"is not an open-weight model whose figures are known"},
		{"a part of the names of several models", gpus, append([]string{"add-gpus.model", "llama 3"},
			append(h100[:2:2], h100[4:]...)...), "add-gpus.model", "such as Llama 3.1 8B, Llama 3.1 70B"},
		{"a model that does not fit", gpus,
			append([]string{"add-gpus.model", "Llama 3.1 405B", "add-gpus.precision", "bf16"},
				append(h100[:2:2], h100[4:]...)...), "add-gpus.model", "does not fit into 8 × H100 SXM"},
		{"nothing of the requests", gpus, append([]string{"add-gpus.share", "0 %"}, h100...), "add-gpus.share",
			"more than 0 %"},
		{"a price that nobody states", gpus, append([]string{"add-gpus.machine", "8 x H200 aws us-east-2 p5e.48xlarge"},
			h100[2:]...), "add-gpus.price", "unknown: no public on-demand price in the source"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, plan)
			o, posted := outcome(d, tt.pairs...)
			tt.add(o, posted)
			if len(o.Errors) != 1 || o.Errors[0].Name != tt.field ||
				!strings.Contains(strings.ToLower(o.Errors[0].Message), strings.ToLower(tt.want)) {
				t.Errorf("errors %v, want %q at %s", o.Errors, tt.want, tt.field)
			}
			if diff := cmp.Diff(string(d.Bytes()), string(o.Document.Bytes())); diff != "" {
				t.Errorf("the plan changed all the same:\n%s", diff)
			}
		})
	}
}

func addedGPUs(t *testing.T, pairs ...string) Document {
	t.Helper()
	o, posted := outcome(parse(t, plan),
		append([]string{"add-gpus.machine", "8 x H100 at aws us-east-1 p5.48xlarge", "add-gpus.model", "Llama 3.3 70B",
			"add-gpus.workload", "chat"}, pairs...)...)
	o.AddGPUs(posted, data(t))
	if len(o.Errors) > 0 {
		t.Fatal(o.Errors)
	}
	return o.Document
}

func TestGPUsBeginWithPriceAndPowerOfTheDataAndAnEstimateWithItsRange(t *testing.T) {
	d := addedGPUs(t, "add-gpus.machines", "2", "add-gpus.share", "40 %")
	const pool = "h100-sxm-aws-us-east-1"
	machine := oneRow(t, "gpu-instances.csv", "instance_type", "p5.48xlarge", "region", "us-east-1", "provider", "aws")
	chip := oneRow(t, "accelerators.csv", "name", "H100 SXM")
	each := decimal.RequireFromString(machine["price_usd_hour"]).Div(decimal.NewFromInt(8))
	price, _ := d.Decimal("gpu_pools", pool, "lots", Item(0), "price_per_hour")
	power, _ := d.Decimal("gpu_pools", pool, "kw_per_gpu")
	gpus, _ := d.Decimal("gpu_pools", pool, "lots", Item(0), "gpus")
	if !price.Equal(each) || power.String() != chip["allin_provisioned_kw"] || gpus.String() != "16" {
		t.Errorf("price %v, power %v, GPUs %v; the files say %v and %v", price, power, gpus, each,
			chip["allin_provisioned_kw"])
	}
	// A replica of the estimator: 1,500 tokens in with 450 cached, 400 out, fp8, 20 tokens a second for each user.
	estimate, err := data(t).Machines.EstimatePool(mustMachine(t, "p5.48xlarge us-east-1"),
		mustOpen(t, "Llama 3.3 70B"), "", chatMix())
	if err != nil {
		t.Fatal(err)
	}
	node := estimate.Node.Throughput().Value
	want := node / 8 * (1050 + 400) / 400
	got, _ := d.Decimal("gpu_pools", pool, "tokens_per_second_per_gpu")
	if got.Sub(decimal.NewFromFloat(want)).Abs().GreaterThan(decimal.NewFromInt(1)) {
		t.Errorf("%v tokens a second, want %v", got, want)
	}
	r, ok := Spec{Keys: []string{"gpu_pools", pool, "tokens_per_second_per_gpu"}}.storedRange(d)
	if !ok || !r.low.LessThan(got) || !r.middle.Equal(got) || !got.LessThan(r.high) {
		t.Errorf("the range is %v", r)
	}
	if _, err := pricing.ParsePlan(d.Bytes()); err != nil {
		t.Error(err)
	}
}

func TestAMeasuredThroughputReplacesTheEstimateAndItsRange(t *testing.T) {
	d := addedGPUs(t)
	posted := shownText(d)
	posted.Set("gpu_pools.h100-sxm-aws-us-east-1.tokens_per_second_per_gpu", "4,000")
	out := Apply(d, posted, shipped(t))
	got, _ := out.Document.Decimal("gpu_pools", "h100-sxm-aws-us-east-1", "tokens_per_second_per_gpu")
	if _, ranged := out.Document.Get("uncertainty"); ranged || got.String() != "4000" {
		t.Errorf("%v tokens a second, a range is kept: %v", got, ranged)
	}
}

func TestThePriceAndPowerOfAPoolCanBeFilledInAgain(t *testing.T) {
	d := addedGPUs(t, "add-gpus.price", "2.50")
	const pool = "h100-sxm-aws-us-east-1"
	fills := PoolFills(d, data(t).Machines, pool)
	f := labelled(t, fills, "p5.48xlarge")
	if f.Holds(d) || !labelled(t, fills, "kW a GPU").Holds(d) {
		t.Error("the own price is called a list price, or the power is not that of the data")
	}
	f.Apply(d)
	row := oneRow(t, "gpu-instances.csv", "instance_type", "p5.48xlarge", "region", "us-east-1", "provider", "aws")
	if got, _ := d.Decimal("gpu_pools", pool, "lots", Item(0), "price_per_hour"); got.String() != "6.88" ||
		f.AsOf != row["as_of"] || f.Source != row["source"] {
		t.Errorf("price %v of %s", got, f.AsOf)
	}
}

func TestPowerAndGivenGPUsAreAdded(t *testing.T) {
	d := addedGPUs(t)
	o, posted := outcome(d, "add-site.name", "Frankfurt 1", "add-site.megawatts", "0.05", "add-site.pool",
		"h100-sxm-aws-us-east-1",
		"add-grant.pool", "h100-sxm-aws-us-east-1", "add-grant.gpus", "8", "add-grant.months", "12")
	o.AddSite(posted)
	o.AddGrant(posted)
	if len(o.Errors) > 0 {
		t.Fatal(o.Errors)
	}
	if got := o.Document.Text("gpu_pools", "h100-sxm-aws-us-east-1", "site"); got != "frankfurt-1" {
		t.Errorf("the pool is at %q", got)
	}
	grants := Grants(o.Document)
	if len(grants) != 1 || grants[0].String() != "8 GPUs in h100-sxm-aws-us-east-1 from 2027-01 for 12 months" {
		t.Errorf("grants %v", grants)
	}
	if _, err := pricing.ParsePlan(o.Document.Bytes()); err != nil {
		t.Error(err)
	}
	RemoveSite(o.Document, "frankfurt-1")
	if _, err := pricing.ParsePlan(o.Document.Bytes()); err != nil {
		t.Error(err)
	}
}

func TestAWorkloadCanGoToOwnCapacityAndBack(t *testing.T) {
	d := addedUnits(t, "chat|azure", "add-units.share", "25 %")
	out := apply(t, d, "workloads.chat.routes[0].seller", "offer:azure-gpt-5-4-ptu", "workloads.chat.routes[0].model",
		"GPT-5.4", "workloads.chat.routes[1].seller", "",
		"workloads.chat.routes[1].share", "")
	if got := out.Document.Text("workloads", "chat", "routes", Item(0), "offer"); len(out.Errors) > 0 ||
		got != "azure-gpt-5-4-ptu" {
		t.Fatalf("%v: chat goes to %q", out.Errors, got)
	}
	if _, typed := out.Typed["workloads.chat.routes[0].model"]; typed {
		t.Error("the model is still in its field, and sending the form again would undo the choice")
	}
	back := apply(t, out.Document, "workloads.chat.routes[0].model", "GPT-5.4")
	if got := back.Document.Text("workloads", "chat", "routes", Item(0), "offer"); len(back.Errors) > 0 ||
		IsProvisioned(back.Document, got) {
		t.Errorf("%v: chat goes to %q", back.Errors, got)
	}
	half := apply(t, addedGPUs(t), "workloads.chat.routes[1].seller", "offer:llama-3.3-70b-on-h100-sxm-aws-us-east-1",
		"workloads.chat.routes[1].model", "", "workloads.chat.routes[1].share", "")
	if len(half.Errors) != 1 || half.Typed["workloads.chat.routes[1].seller"] == "" {
		t.Errorf("a second route without its share: %v, the choice is %q", half.Errors,
			half.Typed["workloads.chat.routes[1].seller"])
	}
	if out := apply(t, d, "workloads.chat.routes[0].seller", "offer:nothing"); len(out.Errors) != 1 {
		t.Errorf("an offer that the plan does not have: %v", out.Errors)
	}
}

func mustMachine(t *testing.T, text string) *capacity.Instance {
	t.Helper()
	machine, err := findMachine(data(t).Machines, text)
	if err != nil {
		t.Fatal(err)
	}
	return machine
}

func mustOpen(t *testing.T, name string) *capacity.OpenModel {
	t.Helper()
	model, err := data(t).Machines.Model(name)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func chatMix() capacity.Mix {
	return capacity.Mix{InputTokens: 1500, CacheReadShare: 0.3, OutputTokens: 400, UserRate: 20}
}
