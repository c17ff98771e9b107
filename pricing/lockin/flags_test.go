package lockin

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// flagsOf are the flags of the quiet plan after a merge patch, one line each.
func flagsOf(t *testing.T, patch string, c *catalog.Snapshot) []string {
	t.Helper()
	text, err := document.MergePatch([]byte(quiet), []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pricing.ParsePlan(text)
	if err != nil {
		t.Fatal(err)
	}
	base, err := NewBase(c, testDay)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range base.Flags(plan) {
		line := fmt.Sprintf("%s %s %s %s %s", f.Path, f.Rule, f.Kind, strings.Join(f.Sellers, "+"), f.Day)
		if f.Warns {
			line += " !"
		}
		lines = append(lines, strings.Join(append(f.Vendors, line), " "))
	}
	return lines
}

func TestAChoiceSaysWhatItBringsAbout(t *testing.T) {
	fast := shelf()
	fast.Offers[1].Retires = "2027-06-30"
	credit := `"credits":[{"id":"c","amount":100,"providers":["azure"],"expires":"%s"}]`
	commitment := `"commitments":[{"id":"m","providers":["%s"],"periods":[{"from":"2027-01","months":12,"amount":100}]}]`
	for _, c := range []struct {
		name, patch string
		catalog     *catalog.Snapshot
		want        string // a flag that is there
		not         string // a kind that is not
	}{
		{"two sellers of the model", `{}`, shelf(), "workloads.a.routes[0] L07 sold_by azure+bedrock 2026-11-01", "sold_by azure 2026-11-01 !"},
		{"one seller of the model", offerOne(`"catalog":"azure/rare"`), shelf(),
			"workloads.a.routes[0] L07 sold_by azure 2026-11-01 !", ""},
		{"only where the workload may be served", `{` + needsEU + `,` +
			strings.TrimPrefix(offerOne(`"catalog":"bedrock/blue-us","scope":"geo:us"`), "{"), shelf(),
			"workloads.a.routes[0] L07 sold_by gemini-api+vertex 2026-11-01", "a.routes[0] L07 sold_by bedrock"},
		{"a model that retires in the plan", `{}`, fast, "workloads.a.routes[0] L09 retires_in_plan azure 2027-06-30 !",
			""},
		{"the plan knows better than the catalogue", offerOne(`"retires":"2028-01"`), fast,
			"workloads.a.routes[0] L07 sold_by azure+bedrock 2026-11-01", "retires_in_plan"},
		{"on the last day of the plan", offerOne(`"retires":"2027-12"`), shelf(), "retires_in_plan azure 2027-12-01 !",
			""},
		{"sellers on chips of one vendor", `{"offers":{"two":{"chips":["nvidia"]}}}`, shelf(),
			"nvidia workloads.b.routes[0] L14 shared_chips azure+vertex  !", ""},
		{"sellers that have another vendor too", `{"offers":{"two":{"chips":["nvidia","tpu"]}}}`, shelf(),
			"nvidia workloads.b.routes[0] L14 shared_chips azure+vertex ", "shared_chips azure+vertex  !"},
		{"sellers on chips of two vendors", `{}`, shelf(), "", "shared_chips"},
		{"one seller twice is no second seller", `{"offers":{"two":{"catalog":"azure/rare","chips":["nvidia"]}}}`,
			shelf(), "", "shared_chips"},
		{"an alternative on the same chips",
			`{"offers":{"three":{"catalog":"bedrock/red","scope":"geo:eu","chips":["nvidia"]}},"alternatives":[{"id":"x","name":"X","routes":{"a":[{"offer":"three","share":1}]}}]}`, shelf(),
			"nvidia alternatives[0] L14 shared_chips azure+bedrock  !", ""},
		{"a commitment that outlives its model", `{` + fmt.Sprintf(commitment, "azure") + `}`, fast, "commitments[0] L25 outlives_model azure 2027-06-30 !", ""},
		{"a commitment with another seller", `{` + fmt.Sprintf(commitment, "vertex") + `}`, fast, "", "outlives_model"},
		{"a commitment that ends with its model", `{"offers":{"one":{"retires":"2028-01"}},` +
			fmt.Sprintf(commitment, "azure") + `}`, shelf(), "", "outlives_model"},
		{"a reservation that outlives its model",
			offerOne(
				`"kind":"provisioned","tokens_per_minute_per_unit":1000,"lots":[{"from":"2027-01","months":12,"units":1,"price_per_month":1}]`), fast, "offers.one.lots[0] L26 outlives_model azure 2027-06-30 !", ""},
		{"a credit that ends in the plan", `{` + fmt.Sprintf(credit, "2027-11") + `}`, shelf(), "credits[0] L27 credit_ends azure 2027-11-30 !", ""},
		{"a credit until the last month", `{` + fmt.Sprintf(credit, "2027-12") + `}`, shelf(), "", "credit_ends"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(flagsOf(t, c.patch, c.catalog), "\n")
			if !strings.Contains(got, c.want) {
				t.Errorf("no flag %q among\n%s", c.want, got)
			}
			if c.not != "" && strings.Contains(got, c.not) {
				t.Errorf("%q among\n%s", c.not, got)
			}
		})
	}
}

// Nothing about sellers is hard-coded: a newer price list with a second seller takes the flag away.
func TestANewSellerTakesTheFlagAway(t *testing.T) {
	second := shelf().Offers[0]
	second.Provider = "newcomer"
	one := flagsOf(t, offerOne(`"catalog":"azure/rare"`), shelf())
	two := flagsOf(t, offerOne(`"catalog":"azure/rare"`), shelf(second))
	if diff := cmp.Diff([]string{"workloads.a.routes[0] L07 sold_by azure 2026-11-01 !", "workloads.a.routes[0] L07 " +
		"sold_by azure+newcomer 2026-11-01"}, []string{one[0], two[0]}); diff != "" {
		t.Error(diff)
	}
}

func TestFlagsOfOneChoiceBeginWithWhatWarns(t *testing.T) {
	flags := []Flag{{Path: "a", Kind: SoldBy}, {Path: "b", Kind: SoldBy}, {Path: "a", Kind: RetiresInPlan, Warns: true}}
	if got := FlagsAt(flags, "a"); len(got) != 2 || got[0].Kind != RetiresInPlan {
		t.Errorf("%+v", got)
	}
}

func TestFactsBehindAFlagAreDoubted(t *testing.T) {
	base, err := NewBase(shelf(), testDay)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pricing.ParsePlan(
		[]byte(strings.ReplaceAll(strings.ReplaceAll(quiet, `"chips":["nvidia"],`, ""),
			`"catalog":"vertex/blue","chips":["tpu"]`, `"catalog":"bedrock/red"`)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range base.Flags(plan) {
		if f.Kind == SharedChips {
			if len(f.Doubts) != 2 || !strings.Contains(f.Doubts[0], "check again") {
				t.Errorf("%+v", f)
			}
			return
		}
	}
	t.Error("Azure and Bedrock both name NVIDIA")
}
