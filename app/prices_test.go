package app

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

	"headroom/pricing/pricelist"
)

// lineKeys are the keys of a table's lines, in the order shown.
func lineKeys(a *reply, selector string) []string {
	var keys []string
	a.page.Find(selector + " tbody tr").Each(func(_ int, row *goquery.Selection) { keys = append(keys, row.AttrOr("data-key", "")) })
	return keys
}

// figureOf is the machine-readable figure of a line in a column.
func figureOf(a *reply, row, column string) string {
	a.t.Helper()
	at := a.page.Find(`thead th[data-key="` + column + `"]`).First().Index()
	found := a.page.Find(`tbody tr[data-key="` + row + `"]`).First().Children().Eq(at)
	if found.Length() == 0 {
		a.t.Fatalf("no cell %s of %s", column, row)
	}
	return found.AttrOr("data-value", strings.TrimSpace(found.Text()))
}

func TestPricesAnswerAtFirstSight(t *testing.T) {
	a := newSite(t).browser().get("/prices").is(http.StatusOK)
	a.says("h1", "models", "sellers")
	a.says(".lead", "For 1,500 tokens in and 400 out", "USD per 1,000 requests at", "differs most between sellers")
	a.says(`nav[aria-label="Main"] [aria-current]`, "Prices")
	a.says(".results", "Models 1 to 40 of", "LiteLLM model prices", "1 Aug 2026")
	if n := len(lineKeys(a, "#prices")); n != 40 {
		t.Errorf("%d lines on the first page, want %d", n, 40)
	}
	if kib := len(a.body) >> 10; kib > 120 {
		t.Errorf("the page has %d KiB before compression, want at most 120", kib)
	}
	for _, forbidden := range []string{" style=\"", "<script>", "onclick="} {
		if strings.Contains(a.body, forbidden) {
			t.Errorf("the page holds %s, which the policy forbids", forbidden)
		}
	}
}

func TestOneModelSaysWhereItIsCheapest(t *testing.T) {
	a := newSite(t).browser().get("/prices?q=gpt-5-4&lab=openai").is(http.StatusOK)
	if got := figureOf(a, "openai/gpt-5-4", "azure"); got != "2.5" {
		t.Errorf("Azure's input price of GPT-5.4 is shown as %s, want 2.5", got)
	}
	if got := figureOf(a, "openai/gpt-5-4", "bedrock"); got != "2.75" {
		t.Errorf("Bedrock's input price of GPT-5.4 is shown as %s, want 2.75", got)
	}
	// 1,000 requests: 1,500 x 2.5 + 400 x 15 = 9.75.
	if got := figureOf(a, "openai/gpt-5-4", "cost"); got != "9.750" {
		t.Errorf("the lowest cost is shown as %s, want 9.750", got)
	}
	one := newSite(t).browser().get("/prices?q=gpt-5-4-nano").is(http.StatusOK)
	one.says(".lead", "GPT-5.4 nano costs 0.8000 USD per 1,000 requests at every seller here")
}

func TestFiltersNarrowTheList(t *testing.T) {
	b := newSite(t).browser()
	for _, key := range lineKeys(b.get("/prices?lab=anthropic").is(http.StatusOK), "#prices") {
		if !strings.HasPrefix(key, "anthropic/") {
			t.Errorf("%s is not Anthropic's", key)
		}
	}
	open := lineKeys(b.get("/prices?weights=open").is(http.StatusOK), "#prices")
	if slices.Contains(open, "openai/gpt-5-5") || len(open) == 0 {
		t.Errorf("open weights: %v", open)
	}
	columns := b.get("/prices?seller=bedrock&seller=nebius").is(http.StatusOK)
	columns.says("#prices thead", "Bedrock", "Nebius Token Factory")
	if strings.Contains(columns.page.Find("#prices thead").Text(), "Vertex") {
		t.Error("a seller that was not chosen has a column")
	}
	conflicts := b.get("/prices?only=conflict").is(http.StatusOK)
	conflicts.page.Find("#prices tbody tr").Each(func(_ int, row *goquery.Selection) {
		if !strings.Contains(row.Text(), "conflict") {
			t.Errorf("%s has no conflict", row.AttrOr("data-key", ""))
		}
	})
	none := b.get("/prices?q=no-such-model").is(http.StatusOK)
	none.says(".results", "No model fits these filters", "Clear the filters")
}

func TestSortIsInTheAddress(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/prices?sort=cost&show=mix").is(http.StatusOK)
	if got := a.page.Find(`th[data-key="cost"]`).AttrOr("aria-sort", ""); got != "ascending" {
		t.Errorf("aria-sort is %q", got)
	}
	first := lineKeys(a, "#prices")
	link := a.page.Find(`th[data-key="cost"] a`).AttrOr("href", "")
	again := b.get(link).is(http.StatusOK)
	if got := again.page.Find(`th[data-key="cost"]`).AttrOr("aria-sort", ""); got != "descending" {
		t.Errorf("after the head's link aria-sort is %q", got)
	}
	if slices.Equal(first, lineKeys(again, "#prices")) {
		t.Error("turning the order round changed nothing")
	}
	again.says(`nav[aria-label="What the cells show"] [aria-current]`, "Your mix")
}

func TestNoiseInAPriceDecidesNowhereWhoIsCheapest(t *testing.T) {
	a := newSite(t).browser().get("/prices/models/anthropic/claude-sonnet-4-5").is(http.StatusOK)
	first := a.page.Find("#offers tbody tr").First()
	if got := first.Find("th").Text(); !strings.HasPrefix(got, "Anthropic (the lab)") {
		t.Errorf("%q is the first of those at the lowest price, want the lab itself", got)
	}
	for _, row := range []string{"databricks/databricks-claude-sonnet-4-5|default", "anthropic/claude-sonnet-4-5|default"} {
		a.says(`#offers tr[data-key="`+row+`"]`, "10.50 same price")
	}
	a.says(".tile:nth-child(1)", "Cheapest", "10.50", "same price at 11 sellers")
	a.says("main", "Cheapest: 1,000 × (1,500 × 3 + 400 × 15) / 1,000,000 = 10.5 USD.")
	if strings.Contains(a.page.Find("#offers").Text(), "cheapest,") || a.page.Find("#offers small:contains(cheapest)").Length() > 0 {
		t.Error("one of many at the same price is called the cheapest")
	}
}

func TestWhatIsNotComparedIsSaidSo(t *testing.T) {
	s := newSite(t)
	a := s.browser().get("/prices/models/openai/gpt-5-4").is(http.StatusOK)
	a.says(`#offers tr:contains("(reseller)")`, "not compared").says("main", "Resellers and prices on request, under a commitment or announced are listed, not compared")
	at := a.page.Find(`#offers th[data-key="over"]`).Index()
	a.page.Find("#offers tbody tr").Each(func(_ int, row *goquery.Selection) {
		if over := row.Children().Eq(at).AttrOr("data-value", ""); strings.HasPrefix(over, "-") {
			t.Errorf("%s is %s over the cheapest", row.AttrOr("data-key", ""), over)
		}
	})
	sellers, resellers := map[string]bool{}, map[string]bool{}
	for _, o := range s.prices.OffersOf("openai/gpt-5-4") {
		if pricelist.Reseller(s.prices.Seller(o.Provider)) {
			resellers[o.Provider] = true
		} else {
			sellers[o.Provider] = true
		}
	}
	a.says(".tile:nth-child(3)", fmt.Sprintf("Sellers%d", len(sellers)), fmt.Sprintf("and %d resellers, not compared", len(resellers)))
}

func TestTheTablesOfAModelAreSortedInTheAddress(t *testing.T) {
	b := newSite(t).browser()
	page := b.get("/prices/models/anthropic/claude-sonnet-4-5?in=1k&offer=azure%2Fclaude-sonnet-4-5%7Cdefault").is(http.StatusOK)
	if got := page.page.Find("#offers th[aria-sort=none], #every-price-rows th[aria-sort=none]").Length(); got < 15 {
		t.Errorf("%d columns can be sorted, want every one", got)
	}
	offers := b.get(page.page.Find(`#offers th[data-key="input"] a`).AttrOr("href", "")).is(http.StatusOK)
	offers = b.get(offers.page.Find(`#offers th[data-key="input"] a`).AttrOr("href", "")).is(http.StatusOK)
	if got := offers.page.Find(`#offers th[data-key="input"]`).AttrOr("aria-sort", ""); got != "descending" {
		t.Errorf("aria-sort is %q", got)
	}
	last := math.Inf(1)
	offers.page.Find("#offers tbody tr").Each(func(_ int, row *goquery.Selection) {
		cell := row.Children().Eq(offers.page.Find(`#offers th[data-key="input"]`).Index())
		price, err := strconv.ParseFloat(cell.AttrOr("data-value", ""), 64)
		if known := cell.AttrOr("data-value", "") != ""; known && (err != nil || price > last) {
			t.Errorf("an input price of %s stands below one of %v", cell.AttrOr("data-value", ""), last)
		} else if known {
			last = price
		}
	})
	both := b.get(offers.page.Find(`#every-price-rows th[data-key="price"] a`).AttrOr("href", "")).is(http.StatusOK)
	for table, want := range map[string]string{`#offers th[data-key="input"]`: "descending", `#every-price-rows th[data-key="price"]`: "ascending"} {
		if got := both.page.Find(table).AttrOr("aria-sort", ""); got != want {
			t.Errorf("%s is sorted %q, want %q: a table forgets the order of the other", table, got, want)
		}
	}
	if _, open := both.page.Find("#every-price").Attr("open"); !open {
		t.Error("the sorted table is folded away")
	}
	both.holds("in", "1k").holds("sort", "input.desc").holds("offer", "azure/claude-sonnet-4-5|default")
	if got := both.page.Find("#offers tr.baseline").Length(); got != 1 {
		t.Errorf("%d offers are marked", got)
	}
}

func TestAMixThatCannotBeReadIsAskedAbout(t *testing.T) {
	b := newSite(t).browser()
	for name, typed := range map[string]string{"a word": "lots", "a range": "1k to 2k", "too many": "3M", "two readings": "1.200"} {
		t.Run(name, func(t *testing.T) {
			a := b.get("/prices?in=" + strings.ReplaceAll(typed, " ", "+") + "&out=300").is(http.StatusUnprocessableEntity)
			a.holds("in", typed).holds("out", "300")
			if a.page.Find(`#in[aria-invalid="true"]`).Length() != 1 {
				t.Error("the field is not marked invalid")
			}
			if a.page.Find(`a[href="#in"]`).Length() == 0 {
				t.Error("no summary leads to the field")
			}
		})
	}
	b.get("/prices.csv?in=lots").is(http.StatusUnprocessableEntity)
	b.get("/prices?in=0&out=0").is(http.StatusUnprocessableEntity).says(".prices", "at least one token")
}

func TestHostileAddressesGetAPage(t *testing.T) {
	b := newSite(t).browser()
	for _, query := range []string{"page=99999999999999999", "page=-1", "page=999", "q=" + strings.Repeat("%C3%A9", 100), "seller=nobody", "sort=nothing.desc", "scope=moon&only=x&weights=y",
		"seller=" + strings.Repeat("azure,", 50), "lab=%00", "show=%3Cscript%3E", "q=%3Cscript%3Ealert(1)%3C/script%3E", "in=%FF"} {
		a := b.get("/prices?" + query)
		if a.status != http.StatusOK && a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", query, a.status)
		}
		if strings.Contains(a.body, "<script>alert") {
			t.Errorf("%s: typed text became markup", query)
		}
	}
	b.get("/prices?page=999").says(".results", "past the end")
}

func TestFilesHoldTheRowsOfThePage(t *testing.T) {
	b := newSite(t).browser()
	query := "?lab=openai,anthropic&sort=model&in=12k&out=900"
	page := b.get("/prices" + query).is(http.StatusOK)
	file := b.get(page.page.Find(`a[href^="/prices.csv"]`).AttrOr("href", "")).is(http.StatusOK)
	lines, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	id := slices.Index(lines[0], "id")
	var ids []string
	for _, line := range lines[1:] {
		ids = append(ids, line[id])
		for _, column := range []string{"cost", "azure", "bedrock", "direct", "sellers"} {
			if got, want := line[slices.Index(lines[0], column)], figureOf(page, line[id], column); got != want {
				t.Errorf("%s of %s: the file has %q, the page %q", column, line[id], got, want)
			}
		}
	}
	if diff := cmp.Diff(lineKeys(page, "#prices"), ids); diff != "" {
		t.Errorf("lines of page and file -page +file\n%s", diff)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(b.get("/prices.xlsx" + query).is(http.StatusOK).body)))
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
	b := newSite(t).browser()
	for _, path := range []string{"/prices", "/prices.csv", "/prices/models/openai/gpt-5-5"} {
		first := b.get(path).is(http.StatusOK)
		b.header.Set("If-None-Match", first.header.Get("ETag"))
		b.get(path).is(http.StatusNotModified)
		b.header.Set("Cookie", "theme=dark")
		b.header.Del("If-None-Match")
	}
	one, other := b.get("/prices?in=1k").header.Get("ETag"), b.get("/prices?in=2k").header.Get("ETag")
	if one == other || one == "" {
		t.Errorf("two addresses share the tag %q", one)
	}
}

func TestAModelsPageShowsEveryOfferAndPrice(t *testing.T) {
	s := newSite(t)
	a := s.browser().get("/prices/models/anthropic/claude-sonnet-4-5").is(http.StatusOK)
	a.says("h1", "Claude Sonnet 4.5")
	a.says(".lead", "10.50 USD per 1,000 requests at", "Bedrock (global)", "more")
	offers := s.prices.OffersOf("anthropic/claude-sonnet-4-5")
	if got := len(lineKeys(a, "#offers")); got != len(offers) {
		t.Errorf("%d offers shown, the catalogue has %d", got, len(offers))
	}
	prices := 0
	for _, o := range offers {
		for _, row := range o.Rows {
			prices += len(row.Prices)
		}
	}
	if got := len(lineKeys(a, "#every-price-rows")); got != prices {
		t.Errorf("%d prices shown, the catalogue has %d", got, prices)
	}
	told, figures := map[string]bool{}, 0
	a.page.Find("#disputes tbody tr").Each(func(_ int, row *goquery.Selection) {
		told[row.Find("th small").Text()] = true
		figures++
	})
	conflicts := 0
	for _, o := range offers {
		conflicts += len(o.Conflicts)
	}
	a.page.Find("#offers tbody tr:has(.badge-caution:contains(conflict))").Each(func(_ int, row *goquery.Selection) {
		if id := row.Find("th small").Text(); !told[id] {
			t.Errorf("%s is marked as a conflict and the other figure is not told", id)
		}
	})
	if len(told) == 0 || figures != conflicts {
		t.Errorf("%d other figures are listed, the catalogue has %d", figures, conflicts)
	}
	a.says("#offers", "in-region", "EU", "unknown", "no price per cached token")
	if strings.ContainsRune(a.body, '\uFFFD') {
		t.Error("a character that cannot be read is on the page")
	}
	a.says("main", "Where sources disagree").says(`#disputes tr[data-key="bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0|in-region litellm input standard 0"]`, "input 3.30", "3.00 LiteLLM 1 Aug 2026")
}

func TestAnotherSpellingLeadsToTheCanonicalPage(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/prices/models/Anthropic/Claude-Sonnet-4.5?in=2k").is(http.StatusMovedPermanently)
	if a.location != "/prices/models/anthropic/claude-sonnet-4-5?in=2k" {
		t.Errorf("location %q", a.location)
	}
	b.get("/prices/models/openai/no-such-model").is(http.StatusNotFound)
	b.get("/prices/models/openai/no-such-model.csv").is(http.StatusNotFound)
}

func TestUsingAPriceOpensAPlanWithIt(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/prices/models/openai/gpt-5-4").is(http.StatusOK)
	link := a.page.Find(`#offers tr[data-key^="azure/gpt-5.4|datazone:eu"] a.btn`).AttrOr("href", "")
	plan := b.get(link).is(http.StatusSeeOther)
	b.get(plan.location).is(http.StatusOK).says("main", "Azure (EU data zone), GPT-5.4")
	b.get("/prices/use?offer=nobody/nothing").is(http.StatusNotFound)
	if !strings.HasSuffix(plan.location, "#compare") {
		t.Errorf("opened at %q, want the comparison, which has the offer", plan.location)
	}
}

func TestUsingAPriceAsksForWhichOfMyPlans(t *testing.T) {
	s := newSite(t)
	ada := s.member("Ada")
	const use = "/prices/use?offer=azure%2Fgpt-5.4%7Cdatazone%3Aeu"
	ada.get(use).is(http.StatusSeeOther) // there is no plan to choose yet
	saved := ada.savePlan("Mine", "40000")
	page := ada.get(use).is(http.StatusOK).says("h1", "Use Azure (EU data zone), GPT-5.4 in which plan?").says("main li:nth-child(1)", "Mine").says("main li:nth-child(2)", "The example plan")
	opened := ada.get(page.page.Find("main li a").First().AttrOr("href", "")).is(http.StatusSeeOther)
	if !strings.HasPrefix(opened.location, saved+"?") {
		t.Fatalf("opened %q, want the plan %s with a change", opened.location, saved)
	}
	address := strings.TrimSuffix(opened.location, "#compare")
	ada.get(address).is(http.StatusOK).says("main", "Azure (EU data zone), GPT-5.4").says("#notices", "is an alternative of this plan now")
	ada.get(use + "&to=example").is(http.StatusSeeOther)
	s.browser().get(use + "&to=" + strings.TrimPrefix(saved, "/plans/")).is(http.StatusNotFound)
	s.member("Eve").get(use + "&to=" + strings.TrimPrefix(saved, "/plans/")).is(http.StatusNotFound)
}
