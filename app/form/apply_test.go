package form

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"headroom/pricing/catalog"
)

func shipped(t *testing.T) *catalog.Snapshot {
	t.Helper()
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return prices
}

func apply(t *testing.T, d Document, pairs ...string) Outcome {
	t.Helper()
	posted := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		posted.Set(pairs[i], pairs[i+1])
	}
	return Apply(d, posted, shipped(t))
}

func TestApplyKeepsWhatCouldBeReadAndNamesTheRest(t *testing.T) {
	base := parse(t, plan)
	out := apply(t, base, "workloads.chat.input_tokens", "2k", "workloads.chat.output_tokens", "many")
	if got, _ := out.Document.Decimal("workloads", "chat", "input_tokens"); got.String() != "2000" {
		t.Errorf("input is %v", got)
	}
	if got, _ := out.Document.Decimal("workloads", "chat", "output_tokens"); got.String() != "400" {
		t.Errorf("output is %v", got)
	}
	if len(out.Errors) != 1 || out.Errors[0].Name != "workloads.chat.output_tokens" ||
		out.Typed["workloads.chat.output_tokens"] != "many" {
		t.Errorf("errors %v, typed %v", out.Errors, out.Typed)
	}
	if diff := cmp.Diff(string(parse(t, plan).Bytes()), string(base.Bytes())); diff != "" {
		t.Errorf("the base changed (-want +got):\n%s", diff)
	}
}

func TestAnotherCurveKeepsTheUsersAndBringsItsParameters(t *testing.T) {
	for curve, want := range map[string]string{
		"logistic": `"users":{"ceiling":540000,"curve":"logistic","rate":0.15,"start":54000}`,
		"bass":     `"users":{"curve":"bass","imitation":0.0317,"innovation":0.0025,"market":540000,"start":54000}`,
	} {
		out := apply(t, parse(t, plan), "segments.all.users.curve", curve)
		if got := string(out.Document.Bytes()); len(out.Errors) > 0 || !strings.Contains(got, want) {
			t.Errorf("%s: %v\n%s", curve, out.Errors, got)
		}
	}
	out := apply(t, parse(t, plan), "segments.all.users.curve", "table")
	if n := out.Document.Len("segments", "all", "users", "values"); n != 24 {
		t.Errorf("a table of %d figures for 24 months", n)
	}
}

func TestTheFirstRouteTakesTheRest(t *testing.T) {
	tests := []struct{ name, share, want string }{
		{"a share", "40 %",
			`"routes":[{"offer":"azure","share":0.6},{"offer":"azure-gpt-5-4-mini-default","share":0.4}]`},
		{"a share from a month on", "30 % from 2028-01",
			`"share":[{"from":"2000-01","value":1},{"from":"2028-01","value":0.7}]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := apply(t, parse(t, plan), "workloads.chat.routes[1].model", "GPT-5.4 mini",
				"workloads.chat.routes[1].share", tt.share)
			if len(out.Errors) > 0 {
				t.Fatal(out.Errors)
			}
			if got := strings.ReplaceAll(string(out.Document.Bytes()), "5.4", "5-4"); !strings.Contains(got, tt.want) {
				t.Errorf("the plan lacks %s:\n%s", tt.want, got)
			}
		})
	}
	out := apply(t, parse(t, plan), "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share",
		"")
	if len(out.Errors) != 1 || !strings.Contains(out.Errors[0].Message, "Enter the share") {
		t.Errorf("a second model without a share: %v", out.Errors)
	}
}

func TestAnOfferThatNothingUsesGoesUnlessItCarriesOwnTerms(t *testing.T) {
	d := parse(t, plan)
	seller := SellerValue(mustOffer(t, "openai/gpt-5.4"))
	out := apply(t, d, "workloads.chat.routes[0].seller", seller)
	if got := out.Document.Names("offers"); len(got) != 1 || got[0] == "azure" {
		t.Errorf("offers are %v", got)
	}
	d.Set("0.1", "offers", "azure", "price_decline_per_year")
	out = apply(t, d, "workloads.chat.routes[0].seller", seller)
	if got := out.Document.Names("offers"); len(got) != 2 {
		t.Errorf("the team's own terms are gone: %v", got)
	}
	if out = apply(t, d, "workloads.chat.routes[0].seller", "nobody/nothing|x"); len(out.Errors) != 1 {
		t.Errorf("an offer that is not in the catalogue: %v", out.Errors)
	}
}

func mustOffer(t *testing.T, id string) *catalog.Offer {
	t.Helper()
	offer, err := shipped(t).Offer(id, "")
	if err != nil {
		t.Fatal(err)
	}
	return offer
}

func TestRenamingAWorkloadTakesItsRangesAndRoutesAlong(t *testing.T) {
	d := parse(t, plan)
	if err := find(t, d, "workloads.chat.input_tokens").Write(d, "1k to 2k"); err != nil {
		t.Fatal(err)
	}
	if err := AddAlternative(d, shipped(t), "GPT-5.4 mini"); err != nil {
		t.Fatal(err)
	}
	if err := RenameWorkload(d, "chat", "support"); err != nil {
		t.Fatal(err)
	}
	if got := string(d.Bytes()); strings.Contains(got, `"chat"`) || strings.Contains(got, "workloads.chat") {
		t.Errorf("the old name is still there:\n%s", got)
	}
	if got := find(t, d, "workloads.support.input_tokens").Read(d); got != "1,000 to 2,000" {
		t.Errorf("the range reads as %q", got)
	}
	for _, name := range []string{"", "Chat", "-x", "a b"} {
		if RenameWorkload(d, "support", name) == nil {
			t.Errorf("a workload may be called %q", name)
		}
	}
}

func TestARangeGoesWithTheFigureThatItIsOf(t *testing.T) {
	d := parse(t, plan)
	for field, text := range map[string]string{"segments.all.users.monthly_growth": "5 to 7 %",
		"segments.all.users.start": "50k to 60k", "workloads.chat.output_tokens": "300 to 600"} {
		if err := find(t, d, field).Write(d, text); err != nil {
			t.Fatal(err)
		}
	}
	d.Set([]any{[]any{"segments.all.users.monthly_growth", "segments.all.users.start", json.Number("0.5")},
		[]any{"workloads.chat.output_tokens", "segments.all.users.start", json.Number("0.2")}}, "uncertainty",
		"correlations")
	if err := RenameWorkload(d, "chat", "support"); err != nil {
		t.Fatal(err)
	}
	out := apply(t, d, "segments.all.users.curve", "logistic")
	want := `"correlations":[["workloads.support.output_tokens","segments.all.users.start",0.2]],"inputs":{"segments.all.users.start":`
	if got := string(out.Document.Bytes()); !strings.Contains(got, want) || strings.Contains(got, "monthly_growth") {
		t.Errorf("the plan lacks %s:\n%s", want, got)
	}
}

func TestRemovingTheLastAlternativeRestoresThePlan(t *testing.T) {
	d := parse(t, plan)
	if err := AddAlternative(d, shipped(t), "GPT-5.4 mini"); err != nil {
		t.Fatal(err)
	}
	if d.Len("alternatives") != 2 {
		t.Fatalf("%d alternatives: the plan itself stands beside the new one", d.Len("alternatives"))
	}
	RemoveAlternative(d, d.Text("alternatives", Item(1), "id"))
	if diff := cmp.Diff(string(parse(t, plan).Bytes()), string(d.Bytes())); diff != "" {
		t.Errorf("adding and removing leaves something (-want +got):\n%s", diff)
	}
}

func TestSlugsAreIdentifiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if text := rapid.String().Draw(t, "text"); !identifier.MatchString(Slug(text)) {
			t.Fatalf("Slug(%q) = %q", text, Slug(text))
		}
	})
}

func TestEmptiedRowsGoAndNoOthers(t *testing.T) {
	tier := func(i int, field string) string {
		return fmt.Sprintf("dependencies.exit.egress.tiers[%d].%s", i, field)
	}
	tiers := `{"up_to_gb":10,"per_gb":1},{"up_to_gb":20,"per_gb":2},{"up_to_gb":30,"per_gb":3},{"per_gb":4}`
	for name, c := range map[string]struct {
		rows []int
		want string
	}{
		"two in the middle": {[]int{1, 2}, `"tiers":[{"per_gb":1,"up_to_gb":10},{"per_gb":4}]`},
		"the last two":      {[]int{2, 3}, `"tiers":[{"per_gb":1,"up_to_gb":10},{"per_gb":2,"up_to_gb":20}]`},
		"the first":         {[]int{0}, `"tiers":[{"per_gb":2,"up_to_gb":20},{"per_gb":3,"up_to_gb":30},{"per_gb":4}]`},
		"all":               {[]int{0, 1, 2, 3}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := parse(t, `{"schema":"headroom.plan/v1","start":"2027-01","months":12,"dependencies":{"exit":{"egress":{"gb":100,"tiers":[`+tiers+`]}}}}`)
			var posted []string
			for _, i := range c.rows {
				posted = append(posted, tier(i, "up_to_gb"), "", tier(i, "per_gb"), "")
			}
			got := string(apply(t, d, posted...).Document.Bytes())
			if c.want == "" && strings.Contains(got, "tiers") || !strings.Contains(got, c.want) {
				t.Errorf("want %s in %s", c.want, got)
			}
		})
	}
}
