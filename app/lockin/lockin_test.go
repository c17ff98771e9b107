package lockin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
)

// lockinAt is the page of the example with a change of its plan.
func lockinAt(patch string, more ...string) string {
	q := url.Values{"from": {"chatbot"}, "d": {patch}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return "/lockin?" + q.Encode()
}

func TestEveryLinkOfTheLockInPageLeadsSomewhere(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/lockin").Is(http.StatusOK)
	seen := map[string]bool{}
	page.Page.Find("main a[href^='/']").Each(func(_ int, link *goquery.Selection) {
		href, _, _ := strings.Cut(link.AttrOr("href", ""), "#")
		if seen[href] || strings.Contains(href, "do=usual-weights") {
			return
		}
		seen[href] = true
		if status := b.Get(href).Status; status != http.StatusOK {
			t.Errorf("%s: %d", href, status)
		}
	})
	for _, want := range []string{"/lockin/how?figure=index", "/lockin/how?figure=L25",
		"/lockin/how?figure=chip_stress", "/lockin/deadlines.ics", "/lockin/quotes.csv", "/lockin.xlsx"} {
		if !seen[want] {
			t.Errorf("no link to %s", want)
		}
	}
	page.Page.Find("main a[href^='#']").Each(func(_ int, link *goquery.Selection) {
		if id := link.AttrOr("href", "#")[1:]; page.Page.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("#%s leads nowhere", id)
		}
	})
}

func TestASentenceSaysWhatIsUnknown(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, c := range []struct{ name, patch, want string }{
		{"everything is answered", `{}`, "Leaving Azure AI Foundry costs $158k and takes 117 days."},
		{"nobody counted the agents", `{"dependencies":{"exit":{"work":{"agents":null}}}}`,
			"Leaving Azure AI Foundry costs at least $144k, with 1 part unknown and takes an unknown time."},
		{"nobody knows the notice", `{"dependencies":{"exit":{"time":{"notice_days":null}}}}`,
			"Leaving Azure AI Foundry costs $158k and takes an unknown time."},
		{"no answers at all", `{"dependencies":null}`, "Leaving Azure AI Foundry costs at least $50.2k, with 8 parts " +
			"unknown and takes an unknown time."},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.Get(lockinAt(c.patch)).Is(http.StatusOK)
			if got := strings.ReplaceAll(page.Page.Find("h1").Text(), "\u00a0", " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if unknown := strings.Contains(c.want, "unknown"); unknown != (page.Page.Find(".index-line .unknown").
				Length() == 1) {
				t.Errorf("index: %s", page.Page.Find(".index-line").Text())
			}
		})
	}
}

func TestPlansThatCannotBeAssessedSayWhy(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, c := range []struct {
		name, at, want string
		status         int
	}{
		{"answers that cannot be used", lockinAt(`{"dependencies":{"exit":{"exit_date":"soon"}}}`),
			"Exit on: Must be a day such as 2027-01-12", http.StatusUnprocessableEntity},
		{"a plan that is not valid", lockinAt(`{"months":0}`), "Length: ", http.StatusUnprocessableEntity},
		{"a chance that is no percentage", lockinAt(`{}`, "chance", "likely"), "chance",
			http.StatusUnprocessableEntity},
		{"a chance above 100", lockinAt(`{}`, "chance", "101"), "chance", http.StatusUnprocessableEntity},
		{"a tolerance that is no number", lockinAt(`{}`, "tolerated", "soon"), "tolerated",
			http.StatusUnprocessableEntity},
		{"weights that do not sum to 1", lockinAt(`{}`, "do", "weights", "weight-lab", "0.9"), "must sum to 1",
			http.StatusUnprocessableEntity},
		{"a fact without a source", lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field",
			"chips", "fact-value", "TPU", "fact-as_of", "2026-11-01"), "Needs provider, field, value, source and as_of",
			http.StatusUnprocessableEntity},
		{"an alternative that is not there", lockinAt(`{}`, "alternative", "nobody"), "Not found", http.StatusNotFound},
		{"a form that is not there", lockinAt(`{}`, "do", "nothing"), "Not found", http.StatusNotFound},
		{"a plan that costs nothing", lockinAt(`{"segments":{"users":{"users":{"start":"0"}}}}`),
			"Nothing to leave yet", http.StatusOK},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.Get(c.at).Is(c.status)
			if !strings.Contains(page.Page.Text(), c.want) {
				t.Errorf("no %q in %s", c.want, page.Page.Find("main").Text())
			}
		})
	}
}

// A fact that no rule could read is refused by its name, and the form keeps what was typed.
func TestATeamsOwnFactHasToBeReadable(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, c := range []struct{ name, field, value, want string }{
		{"egress without a price", "egress_tiers", "abc", `Egress tiers of azure must state prices of a GB`},
		{"a chip that nobody makes", "chips", "abacus", "Chips of azure must name nvidia"},
		{"an end that is no day", "ft_end_date", "soon", "Fine-tuning end date of azure must be a day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.Get(lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", c.field, "fact-value",
				c.value, "fact-source", "a letter", "fact-as_of", "2026-11-01")).Is(http.StatusUnprocessableEntity)
			page.Says("#fact-value-error", c.want)
			for id, want := range map[string]string{"fact-value": c.value, "fact-source": "a letter",
				"fact-as_of": "2026-11-01"} {
				if got := page.Page.Find("#"+id).AttrOr("value", ""); got != want {
					t.Errorf("%s holds %q, want %q", id, got, want)
				}
			}
			if page.Page.Find("#correct[open]").Length() != 1 {
				t.Error("the form is closed")
			}
			if page.Page.Find(`.error-summary a[href="#fact-value"]`).Length() != 1 {
				t.Error("the list of errors does not lead to the field")
			}
		})
	}
	fair := b.Follow(
		b.Get(lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", "egress_tiers", "fact-value",
			"0.04 by contract", "fact-source", "a letter", "fact-as_of", "2026-11-01"))).Is(http.StatusOK)
	fair.Says("#facts-conflicting", "the exit cost uses the price of a GB that the plan states")
	kept := lockinAt(
		`{"dependencies":{"facts":{"sellers":[{"provider":"azure","field":"chips","value":"abacus","source":"a letter","as_of":"2026-11-01"}]}}}`)
	stuck := b.Get(kept).Is(http.StatusUnprocessableEntity)
	b.Follow(b.Get(stuck.Page.Find(".error-summary li a").AttrOr("href", ""))).Is(http.StatusOK)
}

// What is wrong is said in the words of the plan's page, and leads to the field on it, which is open there.
func TestAnAnswerThatCannotBeUsedLeadsToItsField(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, c := range []struct{ name, patch, field, want string }{
		{"a day that is none", `{"dependencies":{"exit":{"exit_date":"soon"}}}`, "f-dependencies-exit-exit_date", "Exit on: Must be a day"},
		{"nobody works on it", `{"dependencies":{"exit":{"time":{"engineers":0}}}}`,
			"f-dependencies-exit-time-engineers", "Engineers on the exit: Must be more than 0."},
		{"weights", `{"dependencies":{"weights":{"time":0.7}}}`, "f-dependencies-weights-concentration",
			"Concentration, Exit cost, Time to exit, No substitutes must sum to 100"},
		{"a plan without months", `{"months":0}`, "f-months", "Length: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.Get(lockinAt(c.patch)).Is(http.StatusUnprocessableEntity)
			link := page.Page.Find(".error-summary li a")
			if !strings.Contains(link.Text(), c.want) || strings.Contains(link.Text(), "dependencies.") {
				t.Errorf("%q, want %q in it", link.Text(), c.want)
			}
			at, field, _ := strings.Cut(link.AttrOr("href", ""), "#")
			if field != c.field {
				t.Errorf("it leads to %q, want %q", field, c.field)
			}
			if plan := b.Get(at); plan.Page.Find("#"+c.field).Length() != 1 || plan.Page.Find("#"+c.field+"-error").
				Length() != 1 {
				t.Errorf("%s has no field %s with an error", at, c.field)
			}
		})
	}
}

func TestAnotherAlternativeIsAssessed(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get(lockinAt(`{}`, "alternative", "openai", "chance", "30")).Is(http.StatusOK)
	if got := page.Page.Find("h1").Text(); !strings.HasPrefix(got, "Leaving OpenAI ") {
		t.Error(got)
	}
	if got := page.Page.Find("#chance").AttrOr("value", ""); got != "30" {
		t.Errorf("chance %q", got)
	}
	how := page.Page.Find(`#part-time a`).AttrOr("href", "")
	if !strings.Contains(how, "alternative=openai") || !strings.Contains(how, "chance=30") {
		t.Error(how)
	}
}

func TestTheCFOSeesWhatIsPromisedAndTheRiskOfficerWhatIsTolerated(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get(
		lockinAt(
			`{"commitments":[{"id":"macc","providers":["azure"],"periods":[{"from":"2027-01","months":12,"amount":"3000000"}]}]}`, "tolerated", "90")).Is(http.StatusOK)
	text := strings.ReplaceAll(page.Page.Find(".readers").Text(), "\u00a0", " ")
	for _, want := range []string{"Shortfall at current burn: $1.88 M", "GPT-5.4 at Azure AI Foundry can move " +
		"today", "Time to exit 117 days; tolerated 90", "over by 27 days"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if rows := page.Page.Find("#obligations-by-month tbody tr").Length(); rows != 12 {
		t.Errorf("%d months", rows)
	}
	if page.Page.Find(`#deadlines li[data-key="commitment-macc-1"]`).Length() != 1 {
		t.Error("the end of the commitment is not in the calendar")
	}
}

// A team's own fact is used before the one on file: chips that the seller states end a doubt.
func TestATeamsOwnFactIsUsed(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	shares := func(r *sitetest.Reply) string {
		return r.Page.Find(`#concentration tr[data-key="Chip vendor"] td`).Eq(2).Text()
	}
	page := b.Get("/lockin").Is(http.StatusOK)
	before := shares(page)
	added := b.Follow(
		b.Get(lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", "chips", "fact-value",
			"TPU", "fact-source", "a letter", "fact-as_of", "2026-11-01")))
	if after := shares(added); after == before || !strings.Contains(after, "Google TPU") {
		t.Errorf("%q, before %q", after, before)
	}
	if rows := added.Page.Find("#facts-conflicting tbody tr").Length(); rows < 2 {
		t.Errorf("%d contradictory facts", rows)
	}
	removed := b.Follow(b.Get(added.Page.Find("#facts-own a").AttrOr("href", "")))
	if got := shares(removed); got != before {
		t.Errorf("%q, want %q", got, before)
	}
}

func TestWeightsAreKeptWithThePlan(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	changed := b.Follow(
		b.Get(lockinAt(`{}`, "do", "weights", "weight-seller", "1", "weight-lab", "0", "weight-chip", "0")))
	if got := changed.Page.Find("#part-concentration .fig a").Contents().First().Text(); got != "62.4" {
		t.Errorf("concentration by sellers alone: %q, want (7,183 - 2,500) / 7,500", got)
	}
	usual := b.Follow(b.Get(changed.Page.Find(`a[href*="do=usual-weights"]`).AttrOr("href", "")))
	if got := usual.Page.Find("#part-concentration .fig a").Contents().First().Text(); got != "54.7" {
		t.Errorf("%q", got)
	}
}

func TestTheAPIAnswersOutagesAndDeadlines(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	plan := b.Get("/plan.json").Is(http.StatusOK)
	_, answer := b.Site.Call("/api/v1/lockin", "application/json", plan.Body)
	var got struct {
		Alternatives []struct {
			Outages []struct {
				Seller string
				Month  string
				Lost   json.RawMessage `json:"not_carried_pct"`
			}
			Deadlines []struct{ ID, Day string }
		}
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	first := got.Alternatives[0]
	if len(first.Outages) != 3 || first.Outages[0].Seller != "azure" || string(first.Outages[0].Lost) != "null" {
		t.Errorf("%+v", first.Outages)
	}
	if !slices.ContainsFunc(first.Deadlines,
		func(d struct{ ID, Day string }) bool { return d.ID == "exit" && d.Day == "2028-01-01" }) {
		t.Errorf("%+v", first.Deadlines)
	}
}

// The pages of a saved plan stand below it, for its team alone.
func TestASavedPlansLockInIsItsTeams(t *testing.T) {
	s := sitetest.PlannerSite(t)
	owner := s.Member("Ada")
	at := owner.SavePreset("Budget", "chatbot")
	page := owner.Get(at + "/lockin").Is(http.StatusOK)
	for _, suffix := range []string{"/lockin/how?figure=index", "/lockin/deadlines.ics", "/lockin.xlsx"} {
		if page.Page.Find(`a[href="`+at+suffix+`"]`).Length() == 0 {
			t.Errorf("no link to %s", at+suffix)
		}
		owner.Get(at + suffix).Is(http.StatusOK)
	}
	for _, stranger := range []*sitetest.Browser{s.Browser(), s.Member("Eve")} {
		if r := stranger.Get(at + "/lockin"); r.Status == http.StatusOK {
			t.Errorf("a stranger reads it: %d", r.Status)
		}
	}
}

// A browser that loads the page again, or a person who compares two of them, sees no difference that means nothing.
func TestTheLockInPageIsTheSameEachTime(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	at := lockinAt(`{"months":12}`, "alternative", "openai", "chance", "30")
	first := b.Get(at).Is(http.StatusOK)
	for range 10 {
		if b.Get(at).Body != first.Body {
			t.Fatal("the fields of a form change places")
		}
	}
}
