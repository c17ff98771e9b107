package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/db"
)

// TestTheSecondEditorNeverOverwritesTheFirst types after somebody else has saved: the form stays at the version that it was
// opened from, with scripts and without.
func TestTheSecondEditorNeverOverwritesTheFirst(t *testing.T) {
	b := newSite(t).member("Ada")
	address := b.savePlan("Shared", "40000")
	mine := b.get(address).is(200)
	theirs := b.follow(b.change(b.get(address), "segments.all.users.start", "80000"))
	b.submit(theirs, address).to(address)

	changed := b.follow(b.change(mine, "segments.all.users.monthly_growth", "9 %"))
	changed.holds("segments.all.users.start", "40,000").holds("version", "1")
	changed.says(".planbar-meta", "Version 1 of 2, changed").says("#planner", "Version 2 was saved since.")
	b.submit(changed, address).is(http.StatusConflict).says("main", "80,000 users", "9 %")
	if document := b.get(address + ".json").body; !strings.Contains(document, "80000") {
		t.Errorf("the first editor's version is gone: %s", document)
	}
}

func TestAnAddressOfAChangeKeepsItsMeaningAfterASave(t *testing.T) {
	b := newSite(t).member("Ada")
	address := b.savePlan("Shared", "40000")
	changed := b.change(b.get(address), "segments.all.users.monthly_growth", "9 %").is(303).location
	b.submit(b.follow(b.change(b.get(address), "segments.all.users.start", "80000")), address).to(address)
	b.get(changed).is(200).holds("segments.all.users.start", "40,000").says(".planbar-meta", "Version 1 of 2, changed")
	b.get(address + "?v=99").is(http.StatusNotFound)
	b.get(address + "?v=x").is(http.StatusNotFound)
}

func TestAnOlderVersionWithoutAChangeStaysTheOneShown(t *testing.T) {
	b := newSite(t).member("Ada")
	address := b.savePlan("Shared", "40000")
	old := b.get(address)
	b.submit(b.follow(b.change(b.get(address), "segments.all.users.start", "80000")), address).to(address)
	same := b.follow(b.change(old)).holds("segments.all.users.start", "40,000").says(".planbar-meta", "Version 1 of 2")
	sorted := b.get(same.page.Find("#comparison thead a.sort").First().AttrOr("href", ""))
	sorted.holds("segments.all.users.start", "40,000").says(".planbar-meta", "Version 1 of 2")
}

func TestAnOlderVersionSaysThatItIsOne(t *testing.T) {
	b := newSite(t).member("Ada")
	address := b.savePlan("Shared", "40000")
	b.submit(b.follow(b.change(b.get(address), "segments.all.users.start", "80000")), address).to(address)
	b.follow(b.get(address+"/versions/1")).is(200).says("#notices", "This is version 1 as it was saved.", "makes it version 3").
		holds("segments.all.users.start", "40,000").says(".planbar-meta", "Version 2, changed")
}

func TestNothingIsSavedWhileATypedTextCannotBeRead(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.change(b.get("/"), "segments.users.users.start", "abc").is(http.StatusUnprocessableEntity)
	page.says("#save", "Not everything that you typed can be read")
	if page.page.Find(`form#save, #save [name="plan"]`).Length() != 0 {
		t.Error("the plan before can be saved as if it were what was typed")
	}
}

func TestSortingKeepsATextThatCannotBeRead(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.change(b.get("/"), "segments.users.users.start", "abc", "segments.users.users.monthly_growth", "7 %").is(http.StatusUnprocessableEntity)
	sort := page.page.Find(`#comparison thead a.sort`).First().AttrOr("href", "")
	sorted := b.get(sort).is(http.StatusUnprocessableEntity)
	sorted.holds("segments.users.users.start", "abc").holds("segments.users.users.monthly_growth", "7 %").says(".error-summary", "Users at the start")
	year := sorted.page.Find(`a:contains("Year")`).First().AttrOr("href", "")
	b.get(year).is(http.StatusUnprocessableEntity).holds("segments.users.users.start", "abc")
	corrected := b.follow(b.change(sorted, "segments.users.users.start", "60k"))
	corrected.holds("segments.users.users.start", "60,000")
	if strings.Contains(corrected.page.Find("#comparison thead a.sort").First().AttrOr("href", ""), "typed") {
		t.Error("a corrected text is carried on")
	}
}

func TestAnAddressThatSaysTooMuchMakesNoLargePageAndNoLoop(t *testing.T) {
	b := plannerSite(t).browser()
	home := len(b.get("/").body)
	for name, query := range map[string]url.Values{
		"a list of sellers that no page links to": {"sellers": {strings.Repeat("a", 9000)}},
		"quotation marks, which grow":             {"sellers": {strings.Repeat(`"`, 2000)}, "baseline": {strings.Repeat(`"`, 2000)}},
		"a sort of no column":                     {"sort": {strings.Repeat("b", 9000)}},
		"a text that no field holds":              {"typed": {"workloads.chat.output_tokens=" + strings.Repeat("x", 200_000)}},
		"many texts without an error":             {"typed": {strings.Repeat("offers.o.prices.0.input=1&", 9000)}},
		"fields that there are not":               {"typed": {"nothing=abc&nobody=abc"}},
	} {
		// The page names its own address for signing in, for the theme and the like, so it grows with that a few times.
		if answer := b.get("/?" + query.Encode()); answer.status != http.StatusOK || len(answer.body) > home+20_000+3*len(query.Encode()) {
			t.Errorf("%s: status %d and %d bytes, the page alone has %d", name, answer.status, len(answer.body), home)
		}
	}
}

func TestAPresetOnTheUntouchedExampleCanBeTakenBack(t *testing.T) {
	b := plannerSite(t).browser()
	home := b.get("/").is(200)
	form := home.page.Find(`form:has([name="was"])`)
	query := "/?preset=rag&was=" + url.QueryEscape(form.Find(`[name="was"]`).AttrOr("value", ""))
	applied := b.follow(b.get(query))
	applied.says("#planner", "RAG is applied", "Undo")
}

func TestAViewerIsToldWhyNothingCanBeSaved(t *testing.T) {
	s := newSite(t)
	ada := s.member("Ada")
	address := ada.savePlan("Shared", "40000")
	viewer := s.memberOf("ada@example.org", "Vera", db.Viewer)
	page := viewer.get(address).is(200)
	page.says("#save", "You may look at the plans of Ada's team")
	if page.page.Find(`#save button`).Length() != 0 {
		t.Error("a viewer is offered a button that only refuses")
	}
}

func TestEveryPriceThatThePlanNamesLeadsToAPage(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/").is(200)
	seen := map[string]bool{}
	page.page.Find(`main a[href^="/prices/"]`).Each(func(_ int, link *goquery.Selection) {
		if path := link.AttrOr("href", ""); !seen[path] {
			seen[path] = true
			b.get(path).is(200)
		}
	})
	if len(seen) < 3 {
		t.Errorf("only %d links to prices", len(seen))
	}
}

func TestAWorkloadNeedsAModel(t *testing.T) {
	b := plannerSite(t).browser()
	home := b.get("/")
	name := home.page.Find(`#plan [list="models"]`).First().AttrOr("name", "")
	b.change(home, name, "").is(http.StatusUnprocessableEntity).says(".error-summary", "Model", "Choose the model")
}

// TestEnterRecomputes holds the first button of the form, which the Enter key presses.
func TestEnterRecomputes(t *testing.T) {
	b := plannerSite(t).browser()
	first := b.get("/").page.Find(`#plan button, #plan input[type="submit"]`).First()
	if _, does := first.Attr("name"); does || strings.TrimSpace(first.Text()) != "Update the answer" {
		t.Errorf("Enter presses %q", first.Text())
	}
}

func TestSellersThatReadAlikeAreListedOnce(t *testing.T) {
	b := plannerSite(t).browser()
	seen := map[string]bool{}
	b.get("/").page.Find(`#plan select[name$=".seller"]`).First().Find("option").Each(func(_ int, option *goquery.Selection) {
		if text := option.Text(); seen[text] {
			t.Errorf("%s is listed twice", text)
		} else {
			seen[text] = true
		}
	})
	if len(seen) < 5 {
		t.Errorf("only %d sellers", len(seen))
	}
}
