package app

import (
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"headroom/pricing"
)

func TestTheExampleAnswersWithoutAnAccount(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/").is(http.StatusOK)
	page.says("h1", "May 2027: Azure’s token quota stops your growth.")
	page.says(".lead", "By December 2028 you could serve 206,266 users; this plan serves 105,931.", "$3.18", "26")
	page.says("#tile-cost", "$103k", "$202k")
	page.says(".planbar", "Example", "Remove example", "Save to team")
	page.says("#tile-margin", "57.7 %")
	if page.page.Find("#comparison tbody tr").Length() < 5 {
		t.Errorf("the comparison has %d rows", page.page.Find("#comparison tbody tr").Length())
	}
	page.page.Find("#plan input").Each(func(_ int, field *goquery.Selection) {
		if field.AttrOr("type", "") == "number" {
			t.Errorf("field %s is type=number", field.AttrOr("name", ""))
		}
	})
	page.page.Find("#plan .field input:not([type=hidden]), #plan .field select").Each(func(_ int, field *goquery.Selection) {
		if page.page.Find(`label[for="`+field.AttrOr("id", "?")+`"]`).Length() != 1 {
			t.Errorf("field %s has no label of its own", field.AttrOr("name", ""))
		}
	})
}

func TestIDsOfThePageAreUnique(t *testing.T) {
	b := plannerSite(t).browser()
	for _, preset := range pricing.Presets() {
		page := b.get("/?from=" + preset.ID).is(http.StatusOK)
		seen := map[string]bool{}
		page.page.Find("[id]").Each(func(_ int, e *goquery.Selection) {
			id := e.AttrOr("id", "")
			if seen[id] {
				t.Errorf("%s: id %q is there twice", preset.ID, id)
			}
			seen[id] = true
		})
	}
}

func TestAChangedFieldChangesTheFiguresAndIsInTheAddress(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.unlimited()
	before := figure(t, page, "azure", "total")
	changed := b.change(page, "segments.users.users.start", "108k")
	after := b.follow(changed).is(http.StatusOK)
	if got := figure(t, after, "azure", "total"); math.Abs(got-2*before) > 0.02 {
		t.Errorf("twice the users cost %v, want twice %v", got, before)
	}
	if !strings.Contains(changed.location, "d=") || strings.Contains(changed.location, "months") {
		t.Errorf("the address %s holds more than the difference", changed.location)
	}
	after.holds("segments.users.users.start", "108,000").says("#plan", "5 fields changed", "Reset 5 changes")
	reset := after.page.Find(`.field:has([name="segments.users.users.start"]) a.reset`).AttrOr("href", "")
	if back := b.get(reset).is(http.StatusOK); figure(t, back, "azure", "total") != before {
		t.Errorf("the reset link %q does not give the figures before", reset)
	}
	second := plannerSite(t).browser().get(changed.location)
	if diff := cmp.Diff(figure(t, after, "bedrock", "total"), figure(t, second, "bedrock", "total")); diff != "" {
		t.Errorf("another browser sees other cents (-want +got):\n%s", diff)
	}
}

func TestSendingTheFormUnchangedChangesNothing(t *testing.T) {
	b := plannerSite(t).browser()
	for _, preset := range pricing.Presets() {
		page := b.get("/?from=" + preset.ID)
		got := b.change(page)
		q, err := url.Parse(got.location)
		if err != nil || q.Query().Get("d") != "" {
			t.Errorf("%s: status %d, address %s", preset.ID, got.status, got.location)
		}
	}
}

func TestABadValueIsKeptAndNamed(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	before := figure(t, page, "azure", "total")
	bad := b.change(page, "segments.users.users.start", "1.200", "workloads.chat.cache_read_share", "130 %", "workloads.chat.output_tokens", "800").
		is(http.StatusUnprocessableEntity)
	bad.holds("segments.users.users.start", "1.200").holds("workloads.chat.cache_read_share", "130 %").holds("workloads.chat.output_tokens", "800")
	bad.says(".error-summary", "2 fields need another look", "Users at the start", "can mean 1,200 or 1.2", "Cache reads", "0 to 100 %")
	field := bad.page.Find(`[name="segments.users.users.start"]`)
	if field.AttrOr("aria-invalid", "") != "true" || !strings.Contains(field.AttrOr("aria-describedby", ""), field.AttrOr("id", "")+"-error") {
		t.Errorf("the field does not say that it is invalid")
	}
	if bad.page.Find(`.error-summary a[href="#`+field.AttrOr("id", "")+`"]`).Length() != 1 {
		t.Errorf("the summary has no link to the field")
	}
	bad.says("#answer", "last values that could be read")
	if figure(t, bad, "azure", "total") <= before {
		t.Errorf("the answer does not follow the field that could be read")
	}
	fixed := b.follow(b.change(bad, "segments.users.users.start", "54,000", "workloads.chat.cache_read_share", "30 %")).is(http.StatusOK)
	fixed.holds("workloads.chat.output_tokens", "800").says("#plan", "1 field changed")
}

func TestAHalfTypedRangeIsAnErrorOfItsFieldOnEveryPage(t *testing.T) {
	b := plannerSite(t).browser()
	for _, text := range []string{"8–", "8...", "5 % –", "ȺȺȺȺ to 5"} {
		const growth = "segments.users.users.monthly_growth"
		bad := b.change(b.get("/"), growth, text).is(http.StatusUnprocessableEntity).holds(growth, text)
		bad.says(".error-summary", "1 field needs another look")
		b.press(b.get("/"), "add-gpus", "add-gpus.replicas", text, "add-gpus.machine", "8 x H100 aws").is(http.StatusUnprocessableEntity)
		b.get("/prices?in="+url.QueryEscape(text)).is(http.StatusUnprocessableEntity).holds("in", text)
		b.get(compareURL("/machines/compare", "load", text)).is(http.StatusUnprocessableEntity).holds("load", text)
	}
}

func TestScriptsGetTheSamePageUnderItsAddress(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	b.header.Set("HX-Request", "true")
	got := b.change(page, "segments.users.users.start", "108k").is(http.StatusOK)
	if address := got.header.Get("HX-Replace-Url"); !strings.HasPrefix(address, "/?d=") {
		t.Errorf("HX-Replace-Url = %q", address)
	}
	got.holds("segments.users.users.start", "108k").says("#planner", "= 108,000 in Jan 2027")
	if got.page.Find("#planner h1").Length() != 1 {
		t.Errorf("the fragment lacks the answer")
	}
}

func TestARangeIsKeptAndSaysHowItCounts(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.follow(b.change(b.get("/"), "segments.users.users.monthly_growth", "5 to 7 %"))
	page.holds("segments.users.users.monthly_growth", "5 to 7 %").says("#plan", "P10 5 %, P50 6 %, P90 7 %", "The answer uses the middle")
	if got := figure(t, page, "azure", "total"); got != figure(t, b.get("/"), "azure", "total") {
		t.Errorf("the middle of the range costs %v", got)
	}
}

func TestAnotherModelBringsItsSellersAndProposals(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.follow(b.change(b.get("/"), "workloads.chat.routes[0].model", "claude-sonnet-4.5")).is(http.StatusOK)
	page.holds("workloads.chat.routes[0].model", "Claude Sonnet 4.5")
	page.says("h1", "Your budget stops your growth.")
	seller := page.page.Find(`[name="workloads.chat.routes[0].seller"]`)
	if n := seller.Find("option").Length(); n < 3 {
		t.Errorf("%d offers of the model", n)
	}
	unknown := b.change(b.get("/"), "workloads.chat.routes[0].model", "no such model").is(http.StatusUnprocessableEntity)
	unknown.holds("workloads.chat.routes[0].model", "no such model").says(".error-summary", "Model", "No model is called")
}

func TestASecondSellerTakesItsShare(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.unlimited()
	split := b.follow(b.change(page, "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share", "40 %")).is(http.StatusOK)
	split.holds("workloads.chat.routes[1].share", "40 %")
	if figure(t, split, "azure", "total") >= figure(t, page, "azure", "total") {
		t.Errorf("two fifths on a smaller model do not cost less")
	}
	too := b.change(page, "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share", "140 %")
	too.is(http.StatusUnprocessableEntity).says(".error-summary", "Share", "0 to 100 %")
}

func TestOwnPricesBeatTheList(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	cheap := b.follow(b.change(page, "offers.azure-gpt-5.4.prices[0].input", "$1.25", "offers.azure-gpt-5.4.prices[0].output", "7.50",
		"offers.azure-gpt-5.4.prices[0].cache_read", "0.125")).is(http.StatusOK)
	if figure(t, cheap, "azure", "total") >= figure(t, page, "azure", "total") {
		t.Errorf("own prices do not count")
	}
}

func TestAlternativesAreAddedRenamedAndRemoved(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	added := b.follow(b.change(page, "add-alternative", "GPT-5.4 mini", "do", "add-alternative")).is(http.StatusOK)
	rows := added.page.Find(`#alternatives input[name$=".name"]`)
	name := rows.Last().AttrOr("name", "")
	if !strings.Contains(rows.Last().AttrOr("value", ""), "GPT-5.4 mini") {
		t.Fatalf("the last alternative is called %q", rows.Last().AttrOr("value", ""))
	}
	renamed := b.follow(b.change(added, name, "The small one"))
	renamed.says("#comparison", "The small one")
	button := renamed.page.Find(`#alternatives button[value^="remove-alternative:"]`).Last().AttrOr("value", "")
	removed := b.follow(b.change(renamed, "do", button))
	if strings.Contains(removed.page.Find("#comparison").Text(), "The small one") {
		t.Errorf("the alternative is still there")
	}
}

func TestAnAlternativeBecomesThePlan(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	want := figure(t, page, "bedrock", "total")
	link := page.page.Find(`#comparison tr[data-key="bedrock"] .row-actions a:contains("Use")`).AttrOr("href", "")
	adopted := b.follow(b.get(link)).is(http.StatusOK)
	if got := figure(t, adopted, "azure", "total"); got != want {
		t.Errorf("the plan costs %v, the alternative cost %v", got, want)
	}
	adopted.says(`#comparison tr[data-key="azure"]`, "This plan", "Bedrock")
}

func TestWorkloadsAreAddedRenamedAndRemoved(t *testing.T) {
	b := plannerSite(t).browser()
	added := b.follow(b.change(b.get("/"), "do", "add-workload"))
	added.says("#plan", "4 workloads")
	renamed := b.follow(b.change(added, "rename.workload-1", "search"))
	renamed.holds("workloads.search.input_tokens", "1,000")
	removed := b.follow(b.change(renamed, "do", "remove-workload:search"))
	removed.says("#plan", "3 workloads", "unchanged")
	b.change(added, "rename.workload-1", "Not an id").is(http.StatusUnprocessableEntity).holds("rename.workload-1", "Not an id")
}
