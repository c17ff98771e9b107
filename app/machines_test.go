package app

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/pricing/capacity"
)

func TestMachinesAnswerWhatAnH100Costs(t *testing.T) {
	a := newSite(t).browser().get("/machines").is(http.StatusOK)
	a.says("h1", "H100 SXM:", "USD per GPU hour on demand")
	a.says(".lead", "Cheapest at Hyperstack", "dearest at Azure", "not capacity")
	a.says(`nav[aria-label="Main"] [aria-current]`, "Machines")
	if n := len(lineKeys(a, "#machines")); n != 50 {
		t.Errorf("%d lines on the first page, want %d", n, 50)
	}
	var last float64
	a.page.Find("#machines tbody tr").Each(func(_ int, row *goquery.Selection) {
		each, err := strconv.ParseFloat(figureOf(a, row.AttrOr("data-key", ""), "each"), 64)
		if err != nil || each < last {
			t.Errorf("%s: %g after %g, %v", row.AttrOr("data-key", ""), each, last, err)
		}
		last = each
	})
	for _, forbidden := range []string{" style=\"", "<script>", "onclick="} {
		if strings.Contains(a.body, forbidden) {
			t.Errorf("the page holds %s, which the policy forbids", forbidden)
		}
	}
}

func TestEveryTableOfMachinesHoldsItsRows(t *testing.T) {
	m, err := capacity.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	b := newSite(t).browser()
	for table, want := range map[string]int{"instances": len(m.Listings()), "accelerators": len(m.Accelerators), "models": len(m.OpenModels),
		"units": len(m.Units), "unit-prices": len(m.UnitPrices), "quotas": len(m.Quotas)} {
		t.Run(table, func(t *testing.T) {
			a := b.get("/machines?page=all&table=" + table).is(http.StatusOK)
			keys := lineKeys(a, "#machines")
			if len(keys) != want {
				t.Errorf("%d lines, the data have %d", len(keys), want)
			}
			slices.Sort(keys)
			if twice := len(keys) - len(slices.Compact(keys)); twice > 0 {
				t.Errorf("%d keys are not unique", twice)
			}
			file := b.get("/machines.csv?table=" + table).is(http.StatusOK)
			lines, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
			if err != nil || len(lines) != want+1 {
				t.Errorf("the file has %d lines, want %d and a head: %v", len(lines), want, err)
			}
			source := slices.Index(lines[0], "source_text")
			for _, line := range lines[1:] {
				if source < 0 || line[source] == "" {
					t.Fatalf("a line without source: %q", line)
				}
			}
			b.get("/machines.xlsx?table=" + table).is(http.StatusOK)
		})
	}
}

func TestMachinesAreFilteredByTheAddress(t *testing.T) {
	b := newSite(t).browser()
	for _, c := range []struct {
		name, query, column, want string
	}{
		{"by seller", "table=instances&seller=nebius", "seller", "Nebius"},
		{"by area", "table=instances&area=in&term=on_demand", "region", "India"},
		{"by commitment", "table=instances&term=3y_rental_market", "term", "3-year rental"},
		{"by words", "table=instances&q=p5en.48xlarge+ap-south-1", "seller", "p5en.48xlarge"},
		{"by vendor", "table=accelerators&vendor=AMD", "vendor", "AMD"},
		{"models by shape", "table=models&shape=dense", "shape", "dense"},
		{"quotas by seller", "table=quotas&seller=anthropic", "seller", "Anthropic"},
		{"lines with something unknown", "table=accelerators&only=unknown", "", "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := b.get("/machines?page=all&" + c.query).is(http.StatusOK)
			rows := a.page.Find("#machines tbody tr")
			if rows.Length() == 0 {
				t.Fatal("no line fits")
			}
			at := a.page.Find(`#machines thead th[data-key="` + c.column + `"]`).First().Index()
			rows.Each(func(_ int, row *goquery.Selection) {
				text := row.Text()
				if c.column != "" {
					text = row.Children().Eq(at).Text()
				}
				if !strings.Contains(text, c.want) {
					t.Errorf("%q does not say %q", text, c.want)
				}
			})
		})
	}
	b.get("/machines?table=instances&q=no-such-machine").is(http.StatusOK).says(".results", "Nothing fits these filters", "Clear the filters")
}

func TestMachinesSortInTheAddressAndUnknownComesLast(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/machines?table=accelerators&sort=kw").is(http.StatusOK)
	if got := a.page.Find(`th[data-key="kw"]`).AttrOr("aria-sort", ""); got != "ascending" {
		t.Errorf("aria-sort is %q", got)
	}
	again := b.get(a.page.Find(`th[data-key="kw"] a`).AttrOr("href", "")).is(http.StatusOK)
	for _, page := range []*reply{a, again} {
		keys := lineKeys(page, "#machines")
		if figureOf(page, keys[0], "kw") == "" || figureOf(page, keys[len(keys)-1], "kw") != "" {
			t.Error("what is unknown does not come last")
		}
	}
	if first := lineKeys(again, "#machines")[0]; first != "MI355X" {
		t.Errorf("the most power is taken by %s, want MI355X", first)
	}
}

func TestWhatNobodyPublishesIsUnknownWithItsReason(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/machines?table=accelerators&vendor=Google").is(http.StatusOK)
	a.says(`tr[data-key="TPU v6e"]`, "unknown", "not published")
	b.get("/machines?table=instances&term=spot&seller=aws&q=p5en+eu-south-2").is(http.StatusOK).says("#machines", "unknown", "no usable spot")
	b.get("/machines?table=models&q=Kimi+K3").is(http.StatusOK).says("#machines", "unknown", "unclear in the source")
	b.get("/machines?table=unit-prices&q=Reserved+tier").is(http.StatusOK).says("#machines", "unknown", "not published")
}

func TestHostileAddressesOfMachinesGetAPage(t *testing.T) {
	b := newSite(t).browser()
	for _, query := range []string{"page=99999999999999999", "page=-1", "page=900", "q=" + strings.Repeat("%C3%A9", 100), "table=%00", "sort=nothing.desc", "seller=nobody",
		"accelerator=" + strings.Repeat("x,", 500), "q=%3Cscript%3Ealert(1)%3C/script%3E", "term=%FF"} {
		for _, path := range []string{"/machines?", "/machines/compare?", "/evidence/series.csv?"} {
			a := b.get(path + query)
			if a.status != http.StatusOK && a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s%s: status %d", path, query, a.status)
			}
			if strings.Contains(a.body, "<script>alert") {
				t.Errorf("%s%s: typed text became markup", path, query)
			}
		}
	}
}

func TestASourceLeadsToWhereItWasRead(t *testing.T) {
	for source, want := range map[string]string{
		"aws/karpenter-provider-aws pkg/providers/x.go @1d927085":         "https://github.com/aws/karpenter-provider-aws",
		"docs.cloud.google.com/tpu/docs/v5e (int8 393 TOPS; no fp8)":      "https://docs.cloud.google.com/tpu/docs/v5e",
		"SemiAnalysisAI/InferenceX-app packages/app/src/lib/gpu-specs.ts": "https://github.com/SemiAnalysisAI/InferenceX-app",
		"InferenceX-app gpu-specs.ts; tdp from memory":                    "",
		"from memory":            "",
		`"same mirror"`:          "",
		"a/b/c is no repository": "",
		"javascript:alert(1)/x":  "",
		"search pages: copy of aws.amazon.com/ec2/capacityblocks/pricing (mirror)": "",
	} {
		if got := sourceURL(source); got != want {
			t.Errorf("%s leads to %q, want %q", source, got, want)
		}
	}
}
