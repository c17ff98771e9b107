package planner_test

import (
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"headroom/app/sitetest"
	"headroom/pricing"
)

func TestTheExampleAnswersWithoutAnAccount(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/").Is(http.StatusOK)
	page.Says("h1", "May 2027: Azure’s token quota stops your growth.")
	page.Says(".lead", "By December 2028 you could serve 206,266 users; this plan serves 105,931.", "$3.18", "26")
	page.Says("#tile-cost", "$103k", "$202k")
	page.Says(".planbar", "Example", "Remove example", "Save to team")
	page.Says("#tile-margin", "57.7 %")
	if page.Page.Find("#comparison tbody tr").Length() < 5 {
		t.Errorf("the comparison has %d rows", page.Page.Find("#comparison tbody tr").Length())
	}
	page.Page.Find("#plan input").Each(func(_ int, field *goquery.Selection) {
		if field.AttrOr("type", "") == "number" {
			t.Errorf("field %s is type=number", field.AttrOr("name", ""))
		}
	})
	page.Page.Find("#plan .field input:not([type=hidden]), #plan .field select").
		Each(func(_ int, field *goquery.Selection) {
			if page.Page.Find(`label[for="`+field.AttrOr("id", "?")+`"]`).Length() != 1 {
				t.Errorf("field %s has no label of its own", field.AttrOr("name", ""))
			}
		})
}

func TestIDsOfThePageAreUnique(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, preset := range pricing.Presets() {
		page := b.Get("/?from=" + preset.ID).Is(http.StatusOK)
		seen := map[string]bool{}
		page.Page.Find("[id]").Each(func(_ int, e *goquery.Selection) {
			id := e.AttrOr("id", "")
			if seen[id] {
				t.Errorf("%s: id %q is there twice", preset.ID, id)
			}
			seen[id] = true
		})
	}
}

func TestAChangedFieldChangesTheFiguresAndIsInTheAddress(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Unlimited()
	before := sitetest.Figure(t, page, "azure", "total")
	changed := b.Change(page, "segments.users.users.start", "108k")
	after := b.Follow(changed).Is(http.StatusOK)
	if got := sitetest.Figure(t, after, "azure", "total"); math.Abs(got-2*before) > 0.02 {
		t.Errorf("twice the users cost %v, want twice %v", got, before)
	}
	if !strings.Contains(changed.Location, "d=") || strings.Contains(changed.Location, "months") {
		t.Errorf("the address %s holds more than the difference", changed.Location)
	}
	after.Holds("segments.users.users.start", "108,000").Says("#plan", "5 fields changed", "Reset 5 changes")
	reset := after.Page.Find(`.field:has([name="segments.users.users.start"]) a.reset`).AttrOr("href", "")
	if back := b.Get(reset).Is(http.StatusOK); sitetest.Figure(t, back, "azure", "total") != before {
		t.Errorf("the reset link %q does not give the figures before", reset)
	}
	second := sitetest.PlannerSite(t).Browser().Get(changed.Location)
	if diff := cmp.Diff(sitetest.Figure(t, after, "bedrock", "total"),
		sitetest.Figure(t, second, "bedrock", "total")); diff != "" {
		t.Errorf("another browser sees other cents (-want +got):\n%s", diff)
	}
}

func TestSendingTheFormUnchangedChangesNothing(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, preset := range pricing.Presets() {
		page := b.Get("/?from=" + preset.ID)
		got := b.Change(page)
		q, err := url.Parse(got.Location)
		if err != nil || q.Query().Get("d") != "" {
			t.Errorf("%s: status %d, address %s", preset.ID, got.Status, got.Location)
		}
	}
}

func TestABadValueIsKeptAndNamed(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	before := sitetest.Figure(t, page, "azure", "total")
	bad := b.Change(page, "segments.users.users.start", "1.200", "workloads.chat.cache_read_share", "130 %",
		"workloads.chat.output_tokens", "800").
		Is(http.StatusUnprocessableEntity)
	bad.Holds("segments.users.users.start", "1.200").Holds("workloads.chat.cache_read_share", "130 %").
		Holds("workloads.chat.output_tokens", "800")
	bad.Says(".error-summary", "2 fields need another look", "Users at the start", "can mean 1,200 or 1.2",
		"Cache reads", "0 to 100 %")
	field := bad.Page.Find(`[name="segments.users.users.start"]`)
	if field.AttrOr("aria-invalid", "") != "true" || !strings.Contains(field.AttrOr("aria-describedby", ""),
		field.AttrOr("id", "")+"-error") {
		t.Errorf("the field does not say that it is invalid")
	}
	if bad.Page.Find(`.error-summary a[href="#`+field.AttrOr("id", "")+`"]`).Length() != 1 {
		t.Errorf("the summary has no link to the field")
	}
	bad.Says("#answer", "Showing the last valid answer")
	if sitetest.Figure(t, bad, "azure", "total") <= before {
		t.Errorf("the answer does not follow the field that could be read")
	}
	fixed := b.Follow(b.Change(bad, "segments.users.users.start", "54,000", "workloads.chat.cache_read_share", "30 %")).
		Is(http.StatusOK)
	fixed.Holds("workloads.chat.output_tokens", "800").Says("#plan", "1 field changed")
}

func TestAHalfTypedRangeIsAnErrorOfItsFieldOnEveryPage(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, text := range []string{"8–", "8...", "5 % –", "ȺȺȺȺ to 5"} {
		const growth = "segments.users.users.monthly_growth"
		bad := b.Change(b.Get("/"), growth, text).Is(http.StatusUnprocessableEntity).Holds(growth, text)
		bad.Says(".error-summary", "1 field needs another look")
		b.Press(b.Get("/"), "add-gpus", "add-gpus.replicas", text, "add-gpus.machine", "8 x H100 aws").
			Is(http.StatusUnprocessableEntity)
		b.Get("/prices?in="+url.QueryEscape(text)).Is(http.StatusUnprocessableEntity).Holds("in", text)
		b.Get(sitetest.CompareURL("/machines/compare", "load", text)).Is(http.StatusUnprocessableEntity).
			Holds("load", text)
	}
}

func TestScriptsGetTheSamePageUnderItsAddress(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	b.Header.Set("HX-Request", "true")
	got := b.Change(page, "segments.users.users.start", "108k").Is(http.StatusOK)
	if address := got.Header.Get("HX-Replace-Url"); !strings.HasPrefix(address, "/?d=") {
		t.Errorf("HX-Replace-Url = %q", address)
	}
	got.Holds("segments.users.users.start", "108k").Says("#planner", "= 108,000 in Jan 2027")
	if got.Page.Find("#planner h1").Length() != 1 {
		t.Errorf("the fragment lacks the answer")
	}
}

func TestARangeIsKeptAndSaysHowItCounts(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Follow(b.Change(b.Get("/"), "segments.users.users.monthly_growth", "5 to 7 %"))
	page.Holds("segments.users.users.monthly_growth", "5 to 7 %").Says("#plan", "P10 5 %, P50 6 %, P90 7 %",
		"The answer uses the middle")
	if got := sitetest.Figure(t, page, "azure", "total"); got != sitetest.Figure(t, b.Get("/"), "azure", "total") {
		t.Errorf("the middle of the range costs %v", got)
	}
}

func TestAnotherModelBringsItsSellersAndProposals(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Follow(b.Change(b.Get("/"), "workloads.chat.routes[0].model", "claude-sonnet-4.5")).Is(http.StatusOK)
	page.Holds("workloads.chat.routes[0].model", "Claude Sonnet 4.5")
	page.Says("h1", "Your budget stops your growth.")
	seller := page.Page.Find(`[name="workloads.chat.routes[0].seller"]`)
	if n := seller.Find("option").Length(); n < 3 {
		t.Errorf("%d offers of the model", n)
	}
	unknown := b.Change(b.Get("/"), "workloads.chat.routes[0].model", "no such model").
		Is(http.StatusUnprocessableEntity)
	unknown.Holds("workloads.chat.routes[0].model", "no such model").Says(".error-summary", "Model",
		"No model is called")
}

func TestASecondSellerTakesItsShare(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Unlimited()
	split := b.Follow(b.Change(page, "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share",
		"40 %")).Is(http.StatusOK)
	split.Holds("workloads.chat.routes[1].share", "40 %")
	if sitetest.Figure(t, split, "azure", "total") >= sitetest.Figure(t, page, "azure", "total") {
		t.Errorf("two fifths on a smaller model do not cost less")
	}
	too := b.Change(page, "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share", "140 %")
	too.Is(http.StatusUnprocessableEntity).Says(".error-summary", "Share", "0 to 100 %")
}

func TestOwnPricesBeatTheList(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	cheap := b.Follow(b.Change(page, "offers.azure-gpt-5.4.prices[0].input", "$1.25",
		"offers.azure-gpt-5.4.prices[0].output", "7.50",
		"offers.azure-gpt-5.4.prices[0].cache_read", "0.125")).Is(http.StatusOK)
	if sitetest.Figure(t, cheap, "azure", "total") >= sitetest.Figure(t, page, "azure", "total") {
		t.Errorf("own prices do not count")
	}
}

func TestAlternativesAreAddedRenamedAndRemoved(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	added := b.Follow(b.Change(page, "add-alternative", "GPT-5.4 mini", "do", "add-alternative")).Is(http.StatusOK)
	rows := added.Page.Find(`#alternatives input[name$=".name"]`)
	name := rows.Last().AttrOr("name", "")
	if !strings.Contains(rows.Last().AttrOr("value", ""), "GPT-5.4 mini") {
		t.Fatalf("the last alternative is called %q", rows.Last().AttrOr("value", ""))
	}
	renamed := b.Follow(b.Change(added, name, "The small one"))
	renamed.Says("#comparison", "The small one")
	button := renamed.Page.Find(`#alternatives button[value^="remove-alternative:"]`).Last().AttrOr("value", "")
	removed := b.Follow(b.Change(renamed, "do", button))
	if strings.Contains(removed.Page.Find("#comparison").Text(), "The small one") {
		t.Errorf("the alternative is still there")
	}
}

func TestAnAlternativeBecomesThePlan(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	want := sitetest.Figure(t, page, "bedrock", "total")
	link := page.Page.Find(`#comparison tr[data-key="bedrock"] .row-actions a:contains("Use")`).AttrOr("href", "")
	adopted := b.Follow(b.Get(link)).Is(http.StatusOK)
	if got := sitetest.Figure(t, adopted, "azure", "total"); got != want {
		t.Errorf("the plan costs %v, the alternative cost %v", got, want)
	}
	adopted.Says(`#comparison tr[data-key="azure"]`, "This plan", "Bedrock")
}

func TestWorkloadsAreAddedRenamedAndRemoved(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	added := b.Follow(b.Change(b.Get("/"), "do", "add-workload"))
	added.Says("#plan", "4 workloads")
	renamed := b.Follow(b.Change(added, "rename.workload-1", "search"))
	renamed.Holds("workloads.search.input_tokens", "1,000")
	removed := b.Follow(b.Change(renamed, "do", "remove-workload:search"))
	removed.Says("#plan", "3 workloads", "unchanged")
	b.Change(added, "rename.workload-1", "Not an id").Is(http.StatusUnprocessableEntity).
		Holds("rename.workload-1", "Not an id")
}
