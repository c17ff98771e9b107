package prices_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"headroom/app/sitetest"
	"headroom/pricing/pricelist"
)

func TestPricesAnswerAtFirstSight(t *testing.T) {
	a := sitetest.NewSite(t).Browser().Get("/prices").Is(http.StatusOK)
	a.Says("h1", "models", "sellers")
	a.Says(".lead", "For 1,500 tokens in and 400 out", "USD per 1,000 requests at", "differs most between sellers")
	a.Says(`nav[aria-label="Main"] [aria-current]`, "Prices")
	a.Says(".results", "Models 1 to 40 of", "LiteLLM model prices", "1 Aug 2026")
	if n := len(sitetest.LineKeys(a, "#prices")); n != 40 {
		t.Errorf("%d lines on the first page, want %d", n, 40)
	}
	if kib := len(a.Body) >> 10; kib > 120 {
		t.Errorf("the page has %d KiB before compression, want at most 120", kib)
	}
	for _, forbidden := range []string{" style=\"", "<script>", "onclick="} {
		if strings.Contains(a.Body, forbidden) {
			t.Errorf("the page holds %s, which the policy forbids", forbidden)
		}
	}
}

func TestOneModelSaysWhereItIsCheapest(t *testing.T) {
	a := sitetest.NewSite(t).Browser().Get("/prices?q=gpt-5-4&lab=openai").Is(http.StatusOK)
	if got := sitetest.FigureOf(a, "openai/gpt-5-4", "azure"); got != "2.5" {
		t.Errorf("Azure's input price of GPT-5.4 is shown as %s, want 2.5", got)
	}
	if got := sitetest.FigureOf(a, "openai/gpt-5-4", "bedrock"); got != "2.75" {
		t.Errorf("Bedrock's input price of GPT-5.4 is shown as %s, want 2.75", got)
	}
	// 1,000 requests: 1,500 x 2.5 + 400 x 15 = 9.75.
	if got := sitetest.FigureOf(a, "openai/gpt-5-4", "cost"); got != "9.750" {
		t.Errorf("the lowest cost is shown as %s, want 9.750", got)
	}
	one := sitetest.NewSite(t).Browser().Get("/prices?q=gpt-5-4-nano").Is(http.StatusOK)
	one.Says(".lead", "GPT-5.4 nano costs 0.8000 USD per 1,000 requests at every seller here")
}

func TestFiltersNarrowTheList(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	for _, key := range sitetest.LineKeys(b.Get("/prices?lab=anthropic").Is(http.StatusOK), "#prices") {
		if !strings.HasPrefix(key, "anthropic/") {
			t.Errorf("%s is not Anthropic's", key)
		}
	}
	open := sitetest.LineKeys(b.Get("/prices?weights=open").Is(http.StatusOK), "#prices")
	if slices.Contains(open, "openai/gpt-5-5") || len(open) == 0 {
		t.Errorf("open weights: %v", open)
	}
	columns := b.Get("/prices?seller=bedrock&seller=nebius").Is(http.StatusOK)
	columns.Says("#prices thead", "Bedrock", "Nebius Token Factory")
	if strings.Contains(columns.Page.Find("#prices thead").Text(), "Vertex") {
		t.Error("a seller that was not chosen has a column")
	}
	conflicts := b.Get("/prices?only=conflict").Is(http.StatusOK)
	conflicts.Page.Find("#prices tbody tr").Each(func(_ int, row *goquery.Selection) {
		if !strings.Contains(row.Text(), "conflict") {
			t.Errorf("%s has no conflict", row.AttrOr("data-key", ""))
		}
	})
	none := b.Get("/prices?q=no-such-model").Is(http.StatusOK)
	none.Says(".results", "No model fits these filters", "Clear the filters")
}

func TestSortIsInTheAddress(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/prices?sort=cost&show=mix").Is(http.StatusOK)
	if got := a.Page.Find(`th[data-key="cost"]`).AttrOr("aria-sort", ""); got != "ascending" {
		t.Errorf("aria-sort is %q", got)
	}
	first := sitetest.LineKeys(a, "#prices")
	link := a.Page.Find(`th[data-key="cost"] a`).AttrOr("href", "")
	again := b.Get(link).Is(http.StatusOK)
	if got := again.Page.Find(`th[data-key="cost"]`).AttrOr("aria-sort", ""); got != "descending" {
		t.Errorf("after the head's link aria-sort is %q", got)
	}
	if slices.Equal(first, sitetest.LineKeys(again, "#prices")) {
		t.Error("turning the order round changed nothing")
	}
	again.Says(`nav[aria-label="What the cells show"] [aria-current]`, "Your mix")
}

func TestNoiseInAPriceDecidesNowhereWhoIsCheapest(t *testing.T) {
	a := sitetest.NewSite(t).Browser().Get("/prices/models/anthropic/claude-sonnet-4-5").Is(http.StatusOK)
	first := a.Page.Find("#offers tbody tr").First()
	if got := first.Find("th").Text(); !strings.HasPrefix(got, "Anthropic (the lab)") {
		t.Errorf("%q is the first of those at the lowest price, want the lab itself", got)
	}
	for _, row := range []string{"databricks/databricks-claude-sonnet-4-5|default",
		"anthropic/claude-sonnet-4-5|default"} {
		a.Says(`#offers tr[data-key="`+row+`"]`, "10.50 same price")
	}
	a.Says(".tile:nth-child(1)", "Cheapest", "10.50", "same price at 11 sellers")
	a.Says("main", "Cheapest: 1,000 × (1,500 × 3 + 400 × 15) / 1,000,000 = 10.5 USD.")
	if strings.Contains(a.Page.Find("#offers").Text(), "cheapest,") || a.Page.Find("#offers small:contains(cheapest)").
		Length() > 0 {
		t.Error("one of many at the same price is called the cheapest")
	}
}

func TestWhatIsNotComparedIsSaidSo(t *testing.T) {
	s := sitetest.NewSite(t)
	a := s.Browser().Get("/prices/models/openai/gpt-5-4").Is(http.StatusOK)
	a.Says(`#offers tr:contains("(reseller)")`, "not compared").
		Says("main", "Resellers and prices on request, under a commitment or announced are listed, not compared")
	at := a.Page.Find(`#offers th[data-key="over"]`).Index()
	a.Page.Find("#offers tbody tr").Each(func(_ int, row *goquery.Selection) {
		if over := row.Children().Eq(at).AttrOr("data-value", ""); strings.HasPrefix(over, "-") {
			t.Errorf("%s is %s over the cheapest", row.AttrOr("data-key", ""), over)
		}
	})
	sellers, resellers := map[string]bool{}, map[string]bool{}
	for _, o := range s.Prices.OffersOf("openai/gpt-5-4") {
		if pricelist.Reseller(s.Prices.Seller(o.Provider)) {
			resellers[o.Provider] = true
		} else {
			sellers[o.Provider] = true
		}
	}
	a.Says(".tile:nth-child(3)", fmt.Sprintf("Sellers%d", len(sellers)),
		fmt.Sprintf("and %d resellers, not compared", len(resellers)))
}

func TestTheTablesOfAModelAreSortedInTheAddress(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	page := b.Get("/prices/models/anthropic/claude-sonnet-4-5?in=1k&offer=azure%2Fclaude-sonnet-4-5%7Cdefault").
		Is(http.StatusOK)
	if got := page.Page.Find("#offers th[aria-sort=none], #every-price-rows th[aria-sort=none]").Length(); got < 15 {
		t.Errorf("%d columns can be sorted, want every one", got)
	}
	offers := b.Get(page.Page.Find(`#offers th[data-key="input"] a`).AttrOr("href", "")).Is(http.StatusOK)
	offers = b.Get(offers.Page.Find(`#offers th[data-key="input"] a`).AttrOr("href", "")).Is(http.StatusOK)
	if got := offers.Page.Find(`#offers th[data-key="input"]`).AttrOr("aria-sort", ""); got != "descending" {
		t.Errorf("aria-sort is %q", got)
	}
	last := math.Inf(1)
	offers.Page.Find("#offers tbody tr").Each(func(_ int, row *goquery.Selection) {
		cell := row.Children().Eq(offers.Page.Find(`#offers th[data-key="input"]`).Index())
		price, err := strconv.ParseFloat(cell.AttrOr("data-value", ""), 64)
		if known := cell.AttrOr("data-value", "") != ""; known && (err != nil || price > last) {
			t.Errorf("an input price of %s stands below one of %v", cell.AttrOr("data-value", ""), last)
		} else if known {
			last = price
		}
	})
	both := b.Get(offers.Page.Find(`#every-price-rows th[data-key="price"] a`).AttrOr("href", "")).Is(http.StatusOK)
	for table, want := range map[string]string{`#offers th[data-key="input"]`: "descending",
		`#every-price-rows th[data-key="price"]`: "ascending"} {
		if got := both.Page.Find(table).AttrOr("aria-sort", ""); got != want {
			t.Errorf("%s is sorted %q, want %q: a table forgets the order of the other", table, got, want)
		}
	}
	if _, open := both.Page.Find("#every-price").Attr("open"); !open {
		t.Error("the sorted table is folded away")
	}
	both.Holds("in", "1k").Holds("sort", "input.desc").Holds("offer", "azure/claude-sonnet-4-5|default")
	if got := both.Page.Find("#offers tr.baseline").Length(); got != 1 {
		t.Errorf("%d offers are marked", got)
	}
}

func TestAMixThatCannotBeReadIsAskedAbout(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	for name, typed := range map[string]string{"a word": "lots", "a range": "1k to 2k", "too many": "3M",
		"two readings": "1.200"} {
		t.Run(name, func(t *testing.T) {
			a := b.Get("/prices?in=" + strings.ReplaceAll(typed, " ", "+") + "&out=300").
				Is(http.StatusUnprocessableEntity)
			a.Holds("in", typed).Holds("out", "300")
			if a.Page.Find(`#in[aria-invalid="true"]`).Length() != 1 {
				t.Error("the field is not marked invalid")
			}
			if a.Page.Find(`a[href="#in"]`).Length() == 0 {
				t.Error("no summary leads to the field")
			}
		})
	}
	b.Get("/prices.csv?in=lots").Is(http.StatusUnprocessableEntity)
	b.Get("/prices?in=0&out=0").Is(http.StatusUnprocessableEntity).Says(".prices", "at least one token")
}

func TestHostileAddressesGetAPage(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	for _, query := range []string{"page=99999999999999999", "page=-1", "page=999",
		"q=" + strings.Repeat("%C3%A9", 100), "seller=nobody", "sort=nothing.desc", "scope=moon&only=x&weights=y",
		"seller=" + strings.Repeat("azure,", 50), "lab=%00", "show=%3Cscript%3E", "q=%3Cscript%3Ealert(1)%3C/script%3E",
		"in=%FF"} {
		a := b.Get("/prices?" + query)
		if a.Status != http.StatusOK && a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", query, a.Status)
		}
		if strings.Contains(a.Body, "<script>alert") {
			t.Errorf("%s: typed text became markup", query)
		}
	}
	b.Get("/prices?page=999").Says(".results", "past the end")
}

func TestFilesHoldTheRowsOfThePage(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	query := "?lab=openai,anthropic&sort=model&in=12k&out=900"
	page := b.Get("/prices" + query).Is(http.StatusOK)
	file := b.Get(page.Page.Find(`a[href^="/prices.csv"]`).AttrOr("href", "")).Is(http.StatusOK)
	lines, err := csv.NewReader(strings.NewReader(file.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	id := slices.Index(lines[0], "id")
	var ids []string
	for _, line := range lines[1:] {
		ids = append(ids, line[id])
		for _, column := range []string{"cost", "azure", "bedrock", "direct", "sellers"} {
			if got, want := line[slices.Index(lines[0], column)], sitetest.FigureOf(page, line[id],
				column); got != want {
				t.Errorf("%s of %s: the file has %q, the page %q", column, line[id], got, want)
			}
		}
	}
	if diff := cmp.Diff(sitetest.LineKeys(page, "#prices"), ids); diff != "" {
		t.Errorf("lines of page and file -page +file\n%s", diff)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(b.Get("/prices.xlsx" + query).Is(http.StatusOK).Body)))
	if err != nil {
		t.Fatal(err)
	}
	sheetRows, err := book.GetRows("prices")
	if err != nil || len(sheetRows) != len(lines) {
		t.Errorf("the workbook has %d lines, the CSV %d: %v", len(sheetRows), len(lines), err)
	}
	sources, err := book.GetRows("sources")
	if err != nil || len(sources) < 5 {
		t.Errorf("sources: %v, %v", sources, err)
	}
}

func TestPricesAreKeptByTheBrowserUntilTheyChange(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	for _, path := range []string{"/prices", "/prices.csv", "/prices/models/openai/gpt-5-5"} {
		first := b.Get(path).Is(http.StatusOK)
		b.Header.Set("If-None-Match", first.Header.Get("ETag"))
		b.Get(path).Is(http.StatusNotModified)
		b.Header.Set("Cookie", "theme=dark")
		b.Header.Del("If-None-Match")
	}
	one, other := b.Get("/prices?in=1k").Header.Get("ETag"), b.Get("/prices?in=2k").Header.Get("ETag")
	if one == other || one == "" {
		t.Errorf("two addresses share the tag %q", one)
	}
}

func TestAModelsPageShowsEveryOfferAndPrice(t *testing.T) {
	s := sitetest.NewSite(t)
	a := s.Browser().Get("/prices/models/anthropic/claude-sonnet-4-5").Is(http.StatusOK)
	a.Says("h1", "Claude Sonnet 4.5")
	a.Says(".lead", "10.50 USD per 1,000 requests at", "Bedrock (global)", "more")
	offers := s.Prices.OffersOf("anthropic/claude-sonnet-4-5")
	if got := len(sitetest.LineKeys(a, "#offers")); got != len(offers) {
		t.Errorf("%d offers shown, the catalogue has %d", got, len(offers))
	}
	prices := 0
	for _, o := range offers {
		for _, row := range o.Rows {
			prices += len(row.Prices)
		}
	}
	if got := len(sitetest.LineKeys(a, "#every-price-rows")); got != prices {
		t.Errorf("%d prices shown, the catalogue has %d", got, prices)
	}
	told, figures := map[string]bool{}, 0
	a.Page.Find("#disputes tbody tr").Each(func(_ int, row *goquery.Selection) {
		told[row.Find("th small").Text()] = true
		figures++
	})
	conflicts := 0
	for _, o := range offers {
		conflicts += len(o.Conflicts)
	}
	a.Page.Find("#offers tbody tr:has(.badge-caution:contains(conflict))").Each(func(_ int, row *goquery.Selection) {
		if id := row.Find("th small").Text(); !told[id] {
			t.Errorf("%s is marked as a conflict and the other figure is not told", id)
		}
	})
	if len(told) == 0 || figures != conflicts {
		t.Errorf("%d other figures are listed, the catalogue has %d", figures, conflicts)
	}
	a.Says("#offers", "in-region", "EU", "unknown", "no price per cached token")
	if strings.ContainsRune(a.Body, '\uFFFD') {
		t.Error("a character that cannot be read is on the page")
	}
	a.Says("main", "Where sources disagree").
		Says(
			`#disputes tr[data-key="bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0|in-region litellm input standard 0"]`, "input 3.30", "3.00 LiteLLM 1 Aug 2026")
}

func TestAnotherSpellingLeadsToTheCanonicalPage(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/prices/models/Anthropic/Claude-Sonnet-4.5?in=2k").Is(http.StatusMovedPermanently)
	if a.Location != "/prices/models/anthropic/claude-sonnet-4-5?in=2k" {
		t.Errorf("location %q", a.Location)
	}
	b.Get("/prices/models/openai/no-such-model").Is(http.StatusNotFound)
	b.Get("/prices/models/openai/no-such-model.csv").Is(http.StatusNotFound)
}

func TestUsingAPriceOpensAPlanWithIt(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/prices/models/openai/gpt-5-4").Is(http.StatusOK)
	link := a.Page.Find(`#offers tr[data-key^="azure/gpt-5.4|datazone:eu"] a.btn`).AttrOr("href", "")
	plan := b.Get(link).Is(http.StatusSeeOther)
	b.Get(plan.Location).Is(http.StatusOK).Says("main", "Azure (EU data zone), GPT-5.4")
	b.Get("/prices/use?offer=nobody/nothing").Is(http.StatusNotFound)
	if !strings.HasSuffix(plan.Location, "#compare") {
		t.Errorf("opened at %q, want the comparison, which has the offer", plan.Location)
	}
}

func TestUsingAPriceAsksForWhichOfMyPlans(t *testing.T) {
	s := sitetest.NewSite(t)
	ada := s.Member("Ada")
	const use = "/prices/use?offer=azure%2Fgpt-5.4%7Cdatazone%3Aeu"
	ada.Get(use).Is(http.StatusSeeOther) // there is no plan to choose yet
	saved := ada.SavePlan("Mine", "40000")
	page := ada.Get(use).Is(http.StatusOK).Says("h1", "Use Azure (EU data zone), GPT-5.4 in which "+
		"plan?").Says("main li:nth-child(1)", "Mine").Says("main li:nth-child(2)", "The example plan")
	opened := ada.Get(page.Page.Find("main li a").First().AttrOr("href", "")).Is(http.StatusSeeOther)
	if !strings.HasPrefix(opened.Location, saved+"?") {
		t.Fatalf("opened %q, want the plan %s with a change", opened.Location, saved)
	}
	address := strings.TrimSuffix(opened.Location, "#compare")
	ada.Get(address).Is(http.StatusOK).Says("main", "Azure (EU data zone), GPT-5.4").
		Says("#notices", "is an alternative of this plan now")
	ada.Get(use + "&to=example").Is(http.StatusSeeOther)
	s.Browser().Get(use + "&to=" + strings.TrimPrefix(saved, "/plans/")).Is(http.StatusNotFound)
	s.Member("Eve").Get(use + "&to=" + strings.TrimPrefix(saved, "/plans/")).Is(http.StatusNotFound)
}
