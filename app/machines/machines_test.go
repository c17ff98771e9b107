package machines_test

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
	"headroom/pricing/capacity"
)

func TestMachinesAnswerWhatAnH100Costs(t *testing.T) {
	a := sitetest.NewSite(t).Browser().Get("/machines").Is(http.StatusOK)
	a.Says("h1", "H100 SXM:", "USD per GPU hour on demand")
	a.Says(".lead", "Cheapest at Hyperstack", "dearest at Azure", "not capacity")
	a.Says(`nav[aria-label="Main"] [aria-current]`, "Machines")
	if n := len(sitetest.LineKeys(a, "#machines")); n != 50 {
		t.Errorf("%d lines on the first page, want %d", n, 50)
	}
	var last float64
	a.Page.Find("#machines tbody tr").Each(func(_ int, row *goquery.Selection) {
		each, err := strconv.ParseFloat(sitetest.FigureOf(a, row.AttrOr("data-key", ""), "each"), 64)
		if err != nil || each < last {
			t.Errorf("%s: %g after %g, %v", row.AttrOr("data-key", ""), each, last, err)
		}
		last = each
	})
	for _, forbidden := range []string{" style=\"", "<script>", "onclick="} {
		if strings.Contains(a.Body, forbidden) {
			t.Errorf("the page holds %s, which the policy forbids", forbidden)
		}
	}
}

func TestEveryTableOfMachinesHoldsItsRows(t *testing.T) {
	m, err := capacity.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	b := sitetest.NewSite(t).Browser()
	for table, want := range map[string]int{"instances": len(m.Listings()), "accelerators": len(m.Accelerators),
		"models": len(m.OpenModels),
		"units":  len(m.Units), "unit-prices": len(m.UnitPrices), "quotas": len(m.Quotas)} {
		t.Run(table, func(t *testing.T) {
			a := b.Get("/machines?page=all&table=" + table).Is(http.StatusOK)
			keys := sitetest.LineKeys(a, "#machines")
			if len(keys) != want {
				t.Errorf("%d lines, the data have %d", len(keys), want)
			}
			slices.Sort(keys)
			if twice := len(keys) - len(slices.Compact(keys)); twice > 0 {
				t.Errorf("%d keys are not unique", twice)
			}
			file := b.Get("/machines.csv?table=" + table).Is(http.StatusOK)
			lines, err := csv.NewReader(strings.NewReader(file.Body)).ReadAll()
			if err != nil || len(lines) != want+1 {
				t.Errorf("the file has %d lines, want %d and a head: %v", len(lines), want, err)
			}
			source := slices.Index(lines[0], "source_text")
			for _, line := range lines[1:] {
				if source < 0 || line[source] == "" {
					t.Fatalf("a line without source: %q", line)
				}
			}
			b.Get("/machines.xlsx?table=" + table).Is(http.StatusOK)
		})
	}
}

func TestMachinesAreFilteredByTheAddress(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
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
			a := b.Get("/machines?page=all&" + c.query).Is(http.StatusOK)
			rows := a.Page.Find("#machines tbody tr")
			if rows.Length() == 0 {
				t.Fatal("no line fits")
			}
			at := a.Page.Find(`#machines thead th[data-key="` + c.column + `"]`).First().Index()
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
	b.Get("/machines?table=instances&q=no-such-machine").Is(http.StatusOK).
		Says(".results", "Nothing fits these filters", "Clear the filters")
}

func TestMachinesSortInTheAddressAndUnknownComesLast(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/machines?table=accelerators&sort=kw").Is(http.StatusOK)
	if got := a.Page.Find(`th[data-key="kw"]`).AttrOr("aria-sort", ""); got != "ascending" {
		t.Errorf("aria-sort is %q", got)
	}
	again := b.Get(a.Page.Find(`th[data-key="kw"] a`).AttrOr("href", "")).Is(http.StatusOK)
	for _, page := range []*sitetest.Reply{a, again} {
		keys := sitetest.LineKeys(page, "#machines")
		if sitetest.FigureOf(page, keys[0], "kw") == "" || sitetest.FigureOf(page, keys[len(keys)-1], "kw") != "" {
			t.Error("what is unknown does not come last")
		}
	}
	if first := sitetest.LineKeys(again, "#machines")[0]; first != "MI355X" {
		t.Errorf("the most power is taken by %s, want MI355X", first)
	}
}

func TestWhatNobodyPublishesIsUnknownWithItsReason(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/machines?table=accelerators&vendor=Google").Is(http.StatusOK)
	a.Says(`tr[data-key="TPU v6e"]`, "unknown", "not published")
	b.Get("/machines?table=instances&term=spot&seller=aws&q=p5en+eu-south-2").Is(http.StatusOK).
		Says("#machines", "unknown", "no usable spot")
	b.Get("/machines?table=models&q=Kimi+K3").Is(http.StatusOK).Says("#machines", "unknown", "unclear in the source")
	b.Get("/machines?table=unit-prices&q=Reserved+tier").Is(http.StatusOK).Says("#machines", "unknown", "not published")
}

func TestHostileAddressesOfMachinesGetAPage(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	for _, query := range []string{"page=99999999999999999", "page=-1", "page=900",
		"q=" + strings.Repeat("%C3%A9", 100), "table=%00", "sort=nothing.desc", "seller=nobody",
		"accelerator=" + strings.Repeat("x,", 500), "q=%3Cscript%3Ealert(1)%3C/script%3E", "term=%FF"} {
		for _, path := range []string{"/machines?", "/machines/compare?", "/evidence/series.csv?"} {
			a := b.Get(path + query)
			if a.Status != http.StatusOK && a.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s%s: status %d", path, query, a.Status)
			}
			if strings.Contains(a.Body, "<script>alert") {
				t.Errorf("%s%s: typed text became markup", path, query)
			}
		}
	}
}
