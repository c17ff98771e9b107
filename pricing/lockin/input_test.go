package lockin

import (
	"fmt"
	"strings"
	"testing"

	"headroom/pricing"
	"headroom/pricing/document"
)

// least is the smallest input that is accepted, with one line.
const least = `{"lines":[{"id":"a","annual_spend_usd":100,"seller":"s","lab":"l","chips":["nvidia"]}],"exit":{"seller":"s","exit_date":"2027-06-01","time":{"engineers":1,"gbps":1,"utilisation":1}}}`

func merged(t testing.TB, patch string) []byte {
	t.Helper()
	text, err := document.MergePatch([]byte(least), []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestEveryErrorNamesItsPath(t *testing.T) {
	for _, c := range []struct{ name, patch, path string }{
		{"an unknown field", `{"exit":{"sellr":"s"}}`, "exit.sellr"},
		{"a text for a number", `{"exit":{"termination_fee_usd":"many"}}`, "exit.termination_fee_usd"},
		{"a negative number", `{"exit":{"egress":{"gb":-1}}}`, "exit.egress.gb"},
		{"a number of endless places", `{"exit":{"egress":{"gb":1e-99999}}}`, "exit.egress.gb"},
		{"a negative spend", `{"lines":[{"id":"a","annual_spend_usd":-1}]}`, "lines[0].annual_spend_usd"},
		{"no spend stated", `{"lines":[{"id":"a"}]}`, "lines[0].annual_spend_usd"},
		{"a line without a name", `{"lines":[{"annual_spend_usd":1}]}`, "lines[0].id"},
		{"a name given twice", `{"lines":[{"id":"a","annual_spend_usd":1},{"id":"a","annual_spend_usd":1}]}`, "lines[1].id"},
		{"chip shares that do not sum to 1", `{"lines":[{"id":"a","annual_spend_usd":1,"chip_shares":{"tpu":0.5}}]}`,
			"lines[0].chip_shares"},
		{"a chip given twice", `{"lines":[{"id":"a","annual_spend_usd":1,"chips":["tpu","tpu"]}]}`,
			"lines[0].chips[1]"},
		{"no seller to leave", `{"exit":{"seller":null}}`, "exit.seller"},
		{"a day that is none", `{"exit":{"exit_date":"2027-02-30"}}`, "exit.exit_date"},
		{"no engineers", `{"exit":{"time":{"engineers":0}}}`, "exit.time.engineers"},
		{"no line", `{"exit":{"time":{"gbps":0}}}`, "exit.time.gbps"},
		{"more than the whole line", `{"exit":{"time":{"utilisation":1.5}}}`, "exit.time.utilisation"},
		{"tokens without a pace", `{"exit":{"embedding":{"tokens":1}}}`, "exit.time.embed_tokens_per_min"},
		{"work without an estimate", `{"exit":{"work":{"agents":1}}}`, "params.days.agent"},
		{"a refund without a cap", `{"exit":{"provisioned":[{"monthly_usd":1,"months_left":1,"refundable":true}]}}`,
			"exit.refund_cap_left_usd"},
		{"a refund fee above the whole", `{"exit":{"provisioned":[{"monthly_usd":1,"months_left":1,"refund_fee":2}]}}`,
			"exit.provisioned[0].refund_fee"},
		{"bounds that fall",
			`{"exit":{"egress":{"tiers":[{"up_to_gb":10,"usd_per_gb":1},{"up_to_gb":5,"usd_per_gb":1}]}}}`,
			"exit.egress.tiers[1].up_to_gb"},
		{"an open tier before the last", `{"exit":{"egress":{"tiers":[{"usd_per_gb":1},{"usd_per_gb":1}]}}}`,
			"exit.egress.tiers[0].up_to_gb"},
		{"a tier without a rate", `{"exit":{"egress":{"tiers":[{"up_to_gb":10}]}}}`, "exit.egress.tiers[0].usd_per_gb"},
		{"data beyond the last tier", `{"exit":{"egress":{"gb":11,"tiers":[{"up_to_gb":10,"usd_per_gb":1}]}}}`,
			"exit.egress.tiers"},
		{"weights that do not sum to 1", `{"weights":{"seller":0.5}}`, "weights"},
		{"half a substitute", `{"params":{"min_substitutes":0.5}}`, "params.min_substitutes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseInput(merged(t, c.patch))
			invalid := pricing.Invalid(err)
			if invalid == nil || invalid.Fields[0].Path != c.path || invalid.Fields[0].Message == "" {
				t.Errorf("want an error at %s, got %v", c.path, err)
			}
		})
	}
}

func TestTheSmallestInputIsAccepted(t *testing.T) {
	if a := Assess(parsed(t, merged(t, `{}`))); a.Index.String() != "50.0" || a.Band != "high" {
		t.Errorf("index %s, band %s", a.Index, a.Band)
	}
}

func TestEdgesThatTheModelSettles(t *testing.T) {
	for _, c := range []struct{ name, patch, want string }{
		{"without spend there is no index", `{"lines":[{"id":"a","annual_spend_usd":0}]}`,
			`{"total_annual_spend_usd":0.00,"index":null,"note":"` + noSpend + `"}`},
		{"leaving a seller without spend has no ratio", `{"exit":{"seller":"other"}}`, `"switching_ratio":null`},
		{"a cost against no spend is critical", `{"exit":{"seller":"other","termination_fee_usd":1}}`,
			`{"rule":"L29","severity":"critical"}`},
		{"no cost against no spend scores 0", `{"exit":{"seller":"other"}}`, `"switching_cost":0.0`},
		{"a tie is the technical path", `{"exit":{"parallel_run_days":30,"time":{"notice_days":30}}}`,
			`"binding":"technical_path"`},
		{"notice binds above the technical path", `{"exit":{"parallel_run_days":29.9,"time":{"notice_days":30}}}`,
			`"binding":"notice"`},
		{"the time score counts the whole day", `{"exit":{"parallel_run_days":120.1}}`, `"time":50.6`},
		{"a waiver comes before the law",
			`{"exit":{"eu_customer":true,"egress":{"gb":1,"exit_waiver":true,"tiers":[{"usd_per_gb":1}]}}}`,
			`"egress_basis":"provider_exit_waiver"`},
		{"the law's zero begins on its day",
			`{"exit":{"eu_customer":true,"exit_date":"2027-01-12","egress":{"gb":1,"tiers":[{"usd_per_gb":1}]}}}`,
			`"egress_basis":"eu_data_act_art29_zero"`},
		{"cost based, also when the list is lower",
			`{"exit":{"eu_customer":true,"exit_date":"2027-01-11","egress":{"gb":10,"cost_based_usd_per_gb":2,"tiers":[{"usd_per_gb":1}]}}}`, `"L02_egress":10.00,`},
		{"without a cost-based rate it is the list", `{"exit":{"eu_customer":true,"exit_date":"2027-01-11","egress":{"gb":1,"tiers":[{"usd_per_gb":1}]}}}`, `"egress_basis":"list_price"`},
		{"disclosed shares do not move under stress",
			`{"lines":[{"id":"a","annual_spend_usd":1,"seller":"s","chips":["nvidia","tpu"],"chip_shares":{"nvidia":0.5,"tpu":0.5}}]}`, `"stress_hhi":5000`},
		{"half a cent rounds up", `{"exit":{"termination_fee_usd":0.125}}`, `"L29_termination_fee":0.13,`},
		{"a line without vendors is shown as unknown", `{"lines":[{"id":"a","annual_spend_usd":1,"seller":"s"}]}`, `"shares_pct":{"unknown":100.00}`},
		{"a share of exactly 80 % is high",
			`{"lines":[{"id":"a","annual_spend_usd":80,"seller":"s","lab":"l"},{"id":"b","annual_spend_usd":20,"seller":"t","lab":"m"}]}`, `{"rule":"L01","severity":"high"}`},
		{"a line of exactly a quarter is medium", `{"lines":[{"id":"a","annual_spend_usd":25,"seller":"s","sellers_of_model_in_allowed_regions":1},{"id":"b","annual_spend_usd":75,"seller":"s"}]}`, `{"rule":"L07","severity":"medium","line":"a"}`},
		{"the refund cap is used in the order of the list",
			`{"exit":{"refund_cap_left_usd":15,"provisioned":[{"monthly_usd":10,"months_left":1,"refundable":true},{"monthly_usd":10,"months_left":1,"refundable":true},{"monthly_usd":10,"months_left":1}]}}`, `"L26_provisioned_residual":15.00,`},
		{"reservations burn the commitment where they count", `{"exit":{"commit_remaining_usd":30,"retained_spend_usd":5,"provisioned_burns_commit":true,"provisioned":[{"monthly_usd":10,"months_left":1}]}}`, `"L25_commit_shortfall":15.00,`},
		{"a substitute of the same seller is none",
			`{"lines":[{"id":"a","annual_spend_usd":1,"seller":"s","lab":"l","substitutes":[{"seller":"s","lab":"m","price_ratio":1,"quality_ratio":1,"meets_hard":true}]}]}`, `"other_sellers":0,"other_labs":1`},
		{"one substitute is not two", `{"params":{"min_substitutes":2},"lines":[{"id":"a","annual_spend_usd":1,"seller":"s","lab":"l","substitutes":[{"seller":"t","lab":"l","price_ratio":1,"quality_ratio":1,"meets_hard":true}]}]}`, `"seller_replaceable_pct":0.00`},
		{"a substitute that nobody evaluated does not qualify",
			`{"lines":[{"id":"a","annual_spend_usd":1,"seller":"s","lab":"l","substitutes":[{"seller":"t","lab":"l","price_ratio":1,"meets_hard":true}]}]}`, `"other_sellers":0`},
		{"an alternative that costs the same never pays back", `{"exit":{"termination_fee_usd":1,"alternative_annual_usd":100}}`, `"payback_months":null`},
		{"credits are in the total and not in cash", `{"exit":{"credits_forfeited_usd":7}}`,
			`"cash_cost_usd":0.00,"credits_forfeited_usd":7.00,"total_cost_usd":7.00`},
		{"own weights are used", `{"weights":{"concentration":1,"switching_cost":0,"time":0,"non_substitutability":0}}`,
			`"index":100.0`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := encoded(t, Assess(parsed(t, merged(t, c.patch)))); !strings.Contains(got, c.want) {
				t.Errorf("want %s in %s", c.want, got)
			}
		})
	}
}

func BenchmarkAssessTwentyLines(b *testing.B) {
	in := parsed(b, readVector(b, 2).Input)
	lines := in.Lines
	in.Lines = nil
	for i := range 20 {
		l := lines[i%len(lines)]
		l.ID = fmt.Sprint(l.ID, i)
		in.Lines = append(in.Lines, l)
	}
	for b.Loop() {
		Assess(in)
	}
}
