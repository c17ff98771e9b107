package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
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
	b := plannerSite(t).browser()
	page := b.get("/lockin").is(http.StatusOK)
	seen := map[string]bool{}
	page.page.Find("main a[href^='/']").Each(func(_ int, link *goquery.Selection) {
		href, _, _ := strings.Cut(link.AttrOr("href", ""), "#")
		if seen[href] || strings.Contains(href, "do=usual-weights") {
			return
		}
		seen[href] = true
		if status := b.get(href).status; status != http.StatusOK {
			t.Errorf("%s: %d", href, status)
		}
	})
	for _, want := range []string{"/lockin/how?figure=index", "/lockin/how?figure=L25", "/lockin/how?figure=chip_stress", "/lockin/deadlines.ics", "/lockin/quotes.csv", "/lockin.xlsx"} {
		if !seen[want] {
			t.Errorf("no link to %s", want)
		}
	}
	page.page.Find("main a[href^='#']").Each(func(_ int, link *goquery.Selection) {
		if id := link.AttrOr("href", "#")[1:]; page.page.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("#%s leads nowhere", id)
		}
	})
}

func TestASentenceSaysWhatIsUnknown(t *testing.T) {
	b := plannerSite(t).browser()
	for _, c := range []struct{ name, patch, want string }{
		{"everything is answered", `{}`, "Leaving Azure AI Foundry costs $158k and takes 117 days."},
		{"nobody counted the agents", `{"dependencies":{"exit":{"work":{"agents":null}}}}`, "Leaving Azure AI Foundry costs at least $144k, with 1 part unknown and takes an unknown time."},
		{"nobody knows the notice", `{"dependencies":{"exit":{"time":{"notice_days":null}}}}`, "Leaving Azure AI Foundry costs $158k and takes an unknown time."},
		{"no answers at all", `{"dependencies":null}`, "Leaving Azure AI Foundry costs at least $50.2k, with 8 parts unknown and takes an unknown time."},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.get(lockinAt(c.patch)).is(http.StatusOK)
			if got := strings.ReplaceAll(page.page.Find("h1").Text(), "\u00a0", " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if unknown := strings.Contains(c.want, "unknown"); unknown != (page.page.Find(".index-line .unknown").Length() == 1) {
				t.Errorf("index: %s", page.page.Find(".index-line").Text())
			}
		})
	}
}

func TestPlansThatCannotBeAssessedSayWhy(t *testing.T) {
	b := plannerSite(t).browser()
	for _, c := range []struct {
		name, at, want string
		status         int
	}{
		{"answers that cannot be used", lockinAt(`{"dependencies":{"exit":{"exit_date":"soon"}}}`), "Exit on: Must be a day such as 2027-01-12", http.StatusUnprocessableEntity},
		{"a plan that is not valid", lockinAt(`{"months":0}`), "Length: ", http.StatusUnprocessableEntity},
		{"a chance that is no percentage", lockinAt(`{}`, "chance", "likely"), "chance", http.StatusUnprocessableEntity},
		{"a chance above 100", lockinAt(`{}`, "chance", "101"), "chance", http.StatusUnprocessableEntity},
		{"a tolerance that is no number", lockinAt(`{}`, "tolerated", "soon"), "tolerated", http.StatusUnprocessableEntity},
		{"weights that do not sum to 1", lockinAt(`{}`, "do", "weights", "weight-lab", "0.9"), "must sum to 1", http.StatusUnprocessableEntity},
		{"a fact without a source", lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", "chips", "fact-value", "TPU", "fact-as_of", "2026-11-01"), "Needs provider, field, value, source and as_of", http.StatusUnprocessableEntity},
		{"an alternative that is not there", lockinAt(`{}`, "alternative", "nobody"), "Not found", http.StatusNotFound},
		{"a form that is not there", lockinAt(`{}`, "do", "nothing"), "Not found", http.StatusNotFound},
		{"a plan that costs nothing", lockinAt(`{"segments":{"users":{"users":{"start":"0"}}}}`), "Nothing to leave yet", http.StatusOK},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.get(c.at).is(c.status)
			if !strings.Contains(page.page.Text(), c.want) {
				t.Errorf("no %q in %s", c.want, page.page.Find("main").Text())
			}
		})
	}
}

// A fact that no rule could read is refused by its name, and the form keeps what was typed.
func TestATeamsOwnFactHasToBeReadable(t *testing.T) {
	b := plannerSite(t).browser()
	for _, c := range []struct{ name, field, value, want string }{
		{"egress without a price", "egress_tiers", "abc", `Egress tiers of azure must state prices of a GB`},
		{"a chip that nobody makes", "chips", "abacus", "Chips of azure must name nvidia"},
		{"an end that is no day", "ft_end_date", "soon", "Fine-tuning end date of azure must be a day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.get(lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", c.field, "fact-value", c.value, "fact-source", "a letter", "fact-as_of", "2026-11-01")).is(http.StatusUnprocessableEntity)
			page.says("#fact-value-error", c.want)
			for id, want := range map[string]string{"fact-value": c.value, "fact-source": "a letter", "fact-as_of": "2026-11-01"} {
				if got := page.page.Find("#"+id).AttrOr("value", ""); got != want {
					t.Errorf("%s holds %q, want %q", id, got, want)
				}
			}
			if page.page.Find("#correct[open]").Length() != 1 {
				t.Error("the form is closed")
			}
			if page.page.Find(`.error-summary a[href="#fact-value"]`).Length() != 1 {
				t.Error("the list of errors does not lead to the field")
			}
		})
	}
	fair := b.follow(b.get(lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", "egress_tiers", "fact-value", "0.04 by contract", "fact-source", "a letter", "fact-as_of", "2026-11-01"))).is(http.StatusOK)
	fair.says("#facts-conflicting", "the exit cost uses the price of a GB that the plan states")
	kept := lockinAt(`{"dependencies":{"facts":{"sellers":[{"provider":"azure","field":"chips","value":"abacus","source":"a letter","as_of":"2026-11-01"}]}}}`)
	stuck := b.get(kept).is(http.StatusUnprocessableEntity)
	b.follow(b.get(stuck.page.Find(".error-summary li a").AttrOr("href", ""))).is(http.StatusOK)
}

// What is wrong is said in the words of the plan's page, and leads to the field on it, which is open there.
func TestAnAnswerThatCannotBeUsedLeadsToItsField(t *testing.T) {
	b := plannerSite(t).browser()
	for _, c := range []struct{ name, patch, field, want string }{
		{"a day that is none", `{"dependencies":{"exit":{"exit_date":"soon"}}}`, "f-dependencies-exit-exit_date", "Exit on: Must be a day"},
		{"nobody works on it", `{"dependencies":{"exit":{"time":{"engineers":0}}}}`, "f-dependencies-exit-time-engineers", "Engineers on the exit: Must be more than 0."},
		{"weights", `{"dependencies":{"weights":{"time":0.7}}}`, "f-dependencies-weights-concentration", "Concentration, Exit cost, Time to exit, No substitutes must sum to 100"},
		{"a plan without months", `{"months":0}`, "f-months", "Length: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.get(lockinAt(c.patch)).is(http.StatusUnprocessableEntity)
			link := page.page.Find(".error-summary li a")
			if !strings.Contains(link.Text(), c.want) || strings.Contains(link.Text(), "dependencies.") {
				t.Errorf("%q, want %q in it", link.Text(), c.want)
			}
			at, field, _ := strings.Cut(link.AttrOr("href", ""), "#")
			if field != c.field {
				t.Errorf("it leads to %q, want %q", field, c.field)
			}
			if plan := b.get(at); plan.page.Find("#"+c.field).Length() != 1 || plan.page.Find("#"+c.field+"-error").Length() != 1 {
				t.Errorf("%s has no field %s with an error", at, c.field)
			}
		})
	}
}

func TestAnotherAlternativeIsAssessed(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get(lockinAt(`{}`, "alternative", "openai", "chance", "30")).is(http.StatusOK)
	if got := page.page.Find("h1").Text(); !strings.HasPrefix(got, "Leaving OpenAI ") {
		t.Error(got)
	}
	if got := page.page.Find("#chance").AttrOr("value", ""); got != "30" {
		t.Errorf("chance %q", got)
	}
	how := page.page.Find(`#part-time a`).AttrOr("href", "")
	if !strings.Contains(how, "alternative=openai") || !strings.Contains(how, "chance=30") {
		t.Error(how)
	}
}

func TestTheCFOSeesWhatIsPromisedAndTheRiskOfficerWhatIsTolerated(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get(lockinAt(`{"commitments":[{"id":"macc","providers":["azure"],"periods":[{"from":"2027-01","months":12,"amount":"3000000"}]}]}`, "tolerated", "90")).is(http.StatusOK)
	text := strings.ReplaceAll(page.page.Find(".readers").Text(), "\u00a0", " ")
	for _, want := range []string{"Shortfall at current burn: $1.88 M", "GPT-5.4 at Azure AI Foundry can move today", "Time to exit 117 days; tolerated 90", "over by 27 days"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if rows := page.page.Find("#obligations-by-month tbody tr").Length(); rows != 12 {
		t.Errorf("%d months", rows)
	}
	if page.page.Find(`#deadlines li[data-key="commitment-macc-1"]`).Length() != 1 {
		t.Error("the end of the commitment is not in the calendar")
	}
}

// A team's own fact is used before the one on file: chips that the seller states end a doubt.
func TestATeamsOwnFactIsUsed(t *testing.T) {
	b := plannerSite(t).browser()
	shares := func(r *reply) string { return r.page.Find(`#concentration tr[data-key="Chip vendor"] td`).Eq(2).Text() }
	page := b.get("/lockin").is(http.StatusOK)
	before := shares(page)
	added := b.follow(b.get(lockinAt(`{}`, "do", "fact", "fact-provider", "azure", "fact-field", "chips", "fact-value", "TPU", "fact-source", "a letter", "fact-as_of", "2026-11-01")))
	if after := shares(added); after == before || !strings.Contains(after, "Google TPU") {
		t.Errorf("%q, before %q", after, before)
	}
	if rows := added.page.Find("#facts-conflicting tbody tr").Length(); rows < 2 {
		t.Errorf("%d contradictory facts", rows)
	}
	removed := b.follow(b.get(added.page.Find("#facts-own a").AttrOr("href", "")))
	if got := shares(removed); got != before {
		t.Errorf("%q, want %q", got, before)
	}
}

func TestWeightsAreKeptWithThePlan(t *testing.T) {
	b := plannerSite(t).browser()
	changed := b.follow(b.get(lockinAt(`{}`, "do", "weights", "weight-seller", "1", "weight-lab", "0", "weight-chip", "0")))
	if got := changed.page.Find("#part-concentration .fig a").Contents().First().Text(); got != "62.4" {
		t.Errorf("concentration by sellers alone: %q, want (7,183 - 2,500) / 7,500", got)
	}
	usual := b.follow(b.get(changed.page.Find(`a[href*="do=usual-weights"]`).AttrOr("href", "")))
	if got := usual.page.Find("#part-concentration .fig a").Contents().First().Text(); got != "54.7" {
		t.Errorf("%q", got)
	}
}

func TestTheAPIAnswersOutagesAndDeadlines(t *testing.T) {
	b := plannerSite(t).browser()
	plan := b.get("/plan.json").is(http.StatusOK)
	_, answer := b.site.call("/api/v1/lockin", "application/json", plan.body)
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
	if !slices.ContainsFunc(first.Deadlines, func(d struct{ ID, Day string }) bool { return d.ID == "exit" && d.Day == "2028-01-01" }) {
		t.Errorf("%+v", first.Deadlines)
	}
}

// events reads a calendar strictly and shares nothing with the writer.
func events(t interface{ Fatalf(string, ...any) }, file string) []map[string]string {
	lines := strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
	for _, line := range strings.Split(file, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("%d octets: %q", len(line), line)
		}
	}
	var list []map[string]string
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok && line != "" {
			t.Fatalf("no property: %q", line)
		}
		switch {
		case line == "BEGIN:VEVENT":
			list = append(list, map[string]string{})
		case len(list) > 0 && !strings.HasPrefix(line, "END:"):
			name, _, _ = strings.Cut(name, ";")
			if bare := regexp.MustCompile(`\\[\\;,n]`).ReplaceAllString(value, ""); strings.ContainsAny(bare, `\;,`) {
				t.Fatalf("not escaped: %q", value)
			}
			list[len(list)-1][name] = regexp.MustCompile(`\\(.)`).ReplaceAllStringFunc(value, func(s string) string { return map[string]string{`\n`: "\n"}[s] + strings.TrimPrefix(s[1:], "n") })
		}
	}
	return list
}

func TestACalendarIsReadBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abn ,;:\\\"ö€😀\n"))).Draw(t, "text")
		days := []lockin.Deadline{{ID: "one", Day: catalog.Date("2027-01-12"), Kind: lockin.DeadlineLaw, Title: "T" + text, Detail: "D" + text, Source: "S"},
			{ID: "two", Day: "2028-02-29", Kind: lockin.DeadlineExit, Title: "x", Detail: "y", Source: "z", AsOf: "2026-11-01"}}
		got := events(t, calendarFile("plan", "chatbot-azure", days, time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)))
		if len(got) != 2 || got[0]["SUMMARY"] != "T"+text || got[0]["DESCRIPTION"] != "D"+text+"\nPlan: plan\nSource: S" || got[0]["UID"] != "one.chatbot-azure@headroom" ||
			got[1]["DTSTART"] != "20280229" || got[1]["DTSTAMP"] != "20261124T120000Z" {
			t.Fatalf("%q", got)
		}
	})
}

// The pages of a saved plan stand below it, for its team alone.
func TestASavedPlansLockInIsItsTeams(t *testing.T) {
	s := plannerSite(t)
	owner := s.member("Ada")
	at := owner.savePreset("Budget", "chatbot")
	page := owner.get(at + "/lockin").is(http.StatusOK)
	for _, suffix := range []string{"/lockin/how?figure=index", "/lockin/deadlines.ics", "/lockin.xlsx"} {
		if page.page.Find(`a[href="`+at+suffix+`"]`).Length() == 0 {
			t.Errorf("no link to %s", at+suffix)
		}
		owner.get(at + suffix).is(http.StatusOK)
	}
	for _, stranger := range []*browser{s.browser(), s.member("Eve")} {
		if r := stranger.get(at + "/lockin"); r.status == http.StatusOK {
			t.Errorf("a stranger reads it: %d", r.status)
		}
	}
}

// A browser that loads the page again, or a person who compares two of them, sees no difference that means nothing.
func TestTheLockInPageIsTheSameEachTime(t *testing.T) {
	b := plannerSite(t).browser()
	at := lockinAt(`{"months":12}`, "alternative", "openai", "chance", "30")
	first := b.get(at).is(http.StatusOK)
	for range 10 {
		if b.get(at).body != first.body {
			t.Fatal("the fields of a form change places")
		}
	}
}
