package planner_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
	"headroom/db"
)

// TestTheSecondEditorNeverOverwritesTheFirst types after somebody else has saved: the form stays at the version that it
// was opened from, with scripts and without.
func TestTheSecondEditorNeverOverwritesTheFirst(t *testing.T) {
	b := sitetest.NewSite(t).Member("Ada")
	address := b.SavePlan("Shared", "40000")
	mine := b.Get(address).Is(200)
	theirs := b.Follow(b.Change(b.Get(address), "segments.all.users.start", "80000"))
	b.Submit(theirs, address).To(address)

	changed := b.Follow(b.Change(mine, "segments.all.users.monthly_growth", "9 %"))
	changed.Holds("segments.all.users.start", "40,000").Holds("version", "1")
	changed.Says(".planbar-meta", "Version 1 of 2, changed").Says("#planner", "Version 2 was saved since.")
	b.Submit(changed, address).Is(http.StatusConflict).Says("main", "80,000 users", "9 %")
	if document := b.Get(address + ".json").Body; !strings.Contains(document, "80000") {
		t.Errorf("the first editor's version is gone: %s", document)
	}
}

func TestAnAddressOfAChangeKeepsItsMeaningAfterASave(t *testing.T) {
	b := sitetest.NewSite(t).Member("Ada")
	address := b.SavePlan("Shared", "40000")
	changed := b.Change(b.Get(address), "segments.all.users.monthly_growth", "9 %").Is(303).Location
	b.Submit(b.Follow(b.Change(b.Get(address), "segments.all.users.start", "80000")), address).To(address)
	b.Get(changed).Is(200).Holds("segments.all.users.start", "40,000").Says(".planbar-meta", "Version 1 of 2, changed")
	b.Get(address + "?v=99").Is(http.StatusNotFound)
	b.Get(address + "?v=x").Is(http.StatusNotFound)
}

func TestAnOlderVersionWithoutAChangeStaysTheOneShown(t *testing.T) {
	b := sitetest.NewSite(t).Member("Ada")
	address := b.SavePlan("Shared", "40000")
	old := b.Get(address)
	b.Submit(b.Follow(b.Change(b.Get(address), "segments.all.users.start", "80000")), address).To(address)
	same := b.Follow(b.Change(old)).Holds("segments.all.users.start", "40,000").Says(".planbar-meta", "Version 1 of 2")
	sorted := b.Get(same.Page.Find("#comparison thead a.sort").First().AttrOr("href", ""))
	sorted.Holds("segments.all.users.start", "40,000").Says(".planbar-meta", "Version 1 of 2")
}

func TestAnOlderVersionSaysThatItIsOne(t *testing.T) {
	b := sitetest.NewSite(t).Member("Ada")
	address := b.SavePlan("Shared", "40000")
	b.Submit(b.Follow(b.Change(b.Get(address), "segments.all.users.start", "80000")), address).To(address)
	b.Follow(b.Get(address+"/versions/1")).Is(200).Says("#notices", "This is version 1 as it was saved.",
		"makes it version 3").
		Holds("segments.all.users.start", "40,000").Says(".planbar-meta", "Version 2, changed")
}

func TestNothingIsSavedWhileATypedTextCannotBeRead(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Change(b.Get("/"), "segments.users.users.start", "abc").Is(http.StatusUnprocessableEntity)
	page.Says("#save", "Not everything that you typed can be read")
	if page.Page.Find(`form#save, #save [name="plan"]`).Length() != 0 {
		t.Error("the plan before can be saved as if it were what was typed")
	}
}

func TestSortingKeepsATextThatCannotBeRead(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Change(b.Get("/"), "segments.users.users.start", "abc", "segments.users.users.monthly_growth", "7 %").
		Is(http.StatusUnprocessableEntity)
	sort := page.Page.Find(`#comparison thead a.sort`).First().AttrOr("href", "")
	sorted := b.Get(sort).Is(http.StatusUnprocessableEntity)
	sorted.Holds("segments.users.users.start", "abc").Holds("segments.users.users.monthly_growth", "7 %").
		Says(".error-summary", "Users at the start")
	year := sorted.Page.Find(`a:contains("Year")`).First().AttrOr("href", "")
	b.Get(year).Is(http.StatusUnprocessableEntity).Holds("segments.users.users.start", "abc")
	corrected := b.Follow(b.Change(sorted, "segments.users.users.start", "60k"))
	corrected.Holds("segments.users.users.start", "60,000")
	if strings.Contains(corrected.Page.Find("#comparison thead a.sort").First().AttrOr("href", ""), "typed") {
		t.Error("a corrected text is carried on")
	}
}

func TestAnAddressThatSaysTooMuchMakesNoLargePageAndNoLoop(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	home := len(b.Get("/").Body)
	for name, query := range map[string]url.Values{
		"a list of sellers that no page links to": {"sellers": {strings.Repeat("a", 9000)}},
		"quotation marks, which grow": {"sellers": {strings.Repeat(`"`, 2000)},
			"baseline": {strings.Repeat(`"`, 2000)}},
		"a sort of no column":         {"sort": {strings.Repeat("b", 9000)}},
		"a text that no field holds":  {"typed": {"workloads.chat.output_tokens=" + strings.Repeat("x", 200_000)}},
		"many texts without an error": {"typed": {strings.Repeat("offers.o.prices.0.input=1&", 9000)}},
		"fields that there are not":   {"typed": {"nothing=abc&nobody=abc"}},
	} {
		// The page names its own address for signing in, for the theme and the like, so it grows with that a few times.
		if answer := b.Get("/?" + query.Encode()); answer.Status != http.StatusOK || len(answer.Body) > home+
			20_000+3*len(query.Encode()) {
			t.Errorf("%s: status %d and %d bytes, the page alone has %d", name, answer.Status, len(answer.Body), home)
		}
	}
}

func TestAPresetOnTheUntouchedExampleCanBeTakenBack(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	home := b.Get("/").Is(200)
	form := home.Page.Find(`form:has([name="was"])`)
	query := "/?preset=rag&was=" + url.QueryEscape(form.Find(`[name="was"]`).AttrOr("value", ""))
	applied := b.Follow(b.Get(query))
	applied.Says("#planner", "RAG is applied", "Undo")
}

func TestAViewerIsToldWhyNothingCanBeSaved(t *testing.T) {
	s := sitetest.NewSite(t)
	ada := s.Member("Ada")
	address := ada.SavePlan("Shared", "40000")
	viewer := s.MemberOf("ada@example.org", "Vera", db.Viewer)
	page := viewer.Get(address).Is(200)
	page.Says("#save", "You may look at the plans of Ada's team")
	if page.Page.Find(`#save button`).Length() != 0 {
		t.Error("a viewer is offered a button that only refuses")
	}
}

func TestEveryPriceThatThePlanNamesLeadsToAPage(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/").Is(200)
	seen := map[string]bool{}
	page.Page.Find(`main a[href^="/prices/"]`).Each(func(_ int, link *goquery.Selection) {
		if path := link.AttrOr("href", ""); !seen[path] {
			seen[path] = true
			b.Get(path).Is(200)
		}
	})
	if len(seen) < 3 {
		t.Errorf("only %d links to prices", len(seen))
	}
}

func TestAWorkloadNeedsAModel(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	home := b.Get("/")
	name := home.Page.Find(`#plan [list="models"]`).First().AttrOr("name", "")
	b.Change(home, name, "").Is(http.StatusUnprocessableEntity).Says(".error-summary", "Model", "Choose the model")
}

// TestEnterRecomputes holds the first button of the form, which the Enter key presses.
func TestEnterRecomputes(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	first := b.Get("/").Page.Find(`#plan button, #plan input[type="submit"]`).First()
	if _, does := first.Attr("name"); does || strings.TrimSpace(first.Text()) != "Update the answer" {
		t.Errorf("Enter presses %q", first.Text())
	}
}

func TestSellersThatReadAlikeAreListedOnce(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	seen := map[string]bool{}
	b.Get("/").Page.Find(`#plan select[name$=".seller"]`).First().Find("option").
		Each(func(_ int, option *goquery.Selection) {
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
