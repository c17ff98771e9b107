package planner_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
	"headroom/pricing/catalog"
	"headroom/pricing/importer"
)

const lockinView = "/?cols=total,lock_in_index,exit_cost,days_to_exit,sellers_of_model"

// assessment is what the API answers to the plan of a page.
func assessment(t *testing.T, b *sitetest.Browser, query string) map[string]struct {
	Index, Cost, Days json.Number
	Band              string
} {
	t.Helper()
	plan := b.Get("/plan.json" + query).Is(http.StatusOK)
	_, answer := b.Site.Call("/api/v1/lockin", "application/json", plan.Body)
	var got struct {
		Alternatives []struct {
			ID         string
			Assessment struct {
				Index json.Number
				Band  string
				Exit  struct {
					Cost json.Number `json:"cash_cost_usd"`
				}
				Time struct {
					Days json.Number `json:"time_to_exit_days"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	list := map[string]struct {
		Index, Cost, Days json.Number
		Band              string
	}{}
	for _, a := range got.Alternatives {
		list[a.ID] = struct {
			Index, Cost, Days json.Number
			Band              string
		}{a.Assessment.Index, a.Assessment.Exit.Cost, a.Assessment.Time.Days, a.Assessment.Band}
	}
	return list
}

func TestLockInOfEveryAlternativeIsThatOfTheAPI(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get(lockinView).Is(http.StatusOK)
	want := assessment(t, b, "")
	rows := sitetest.Keys(page)
	if len(rows) < 5 || len(want) < len(rows) {
		t.Fatalf("%d rows, %d assessments", len(rows), len(want))
	}
	file := b.Get("/compare.csv?profile=data&" + strings.TrimPrefix(lockinView, "/?")).Is(http.StatusOK)
	records, err := csv.NewReader(strings.NewReader(file.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range rows {
		w := want[id]
		for column, value := range map[string]json.Number{"lock_in_index": w.Index, "exit_cost": w.Cost,
			"days_to_exit": w.Days} {
			if got := sitetest.Cell(page, id, column).AttrOr("data-value", ""); got == "" || got != value.String() {
				t.Errorf("%s of %s: the page has %q, the API %s", column, id, got, value)
			}
			if at := slices.Index(records[0], column); at < 0 || records[i+1][at] != value.String() {
				t.Errorf("%s of %s is not in the file: %q", column, id, records[i+1])
			}
		}
		if got := sitetest.Cell(page, id, "lock_in_index").Find("small").Text(); got != w.Band {
			t.Errorf("band of %s: %q, want %q", id, got, w.Band)
		}
		if at := slices.Index(records[0], "lock_in_band"); at < 0 || records[i+1][at] != w.Band {
			t.Errorf("the file has no band of %s", id)
		}
		if n := sitetest.Figure(t, page, id, "sellers_of_model"); n < 1 ||
			!strings.Contains(sitetest.Cell(page, id, "sellers_of_model").Text(), "as of ") {
			t.Errorf("sellers of %s: %v %q", id, n, sitetest.Cell(page, id, "sellers_of_model").Text())
		}
	}
}

func TestTheComparisonIsSortedByLockIn(t *testing.T) {
	page := sitetest.PlannerSite(t).Browser().Get(lockinView + "&sort=lock_in_index.desc").Is(http.StatusOK)
	var values []float64
	for _, id := range sitetest.Keys(page) {
		values = append(values, -sitetest.Figure(t, page, id, "lock_in_index"))
	}
	if len(values) < 2 || !slices.IsSorted(values) {
		t.Errorf("%v", values)
	}
}

func TestAMissingAnswerLeavesLockInUnknownAndIsNamed(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get(lockinView)
	page.Holds("dependencies.exit.work.agents", "1")
	page = b.Follow(b.Change(page, "dependencies.exit.work.agents", "")).Is(http.StatusOK)
	page.Says(`#comparison tr[data-key="azure"]`, "unknown: answers missing")
	if got := sitetest.Cell(page, "azure", "lock_in_index").AttrOr("data-value", "x"); got != "" {
		t.Errorf("an unknown index is %q", got)
	}
	page.Says("#block-comparison, .table-block", "unknown until the plan says more under “Dependencies”: Agents.")
	page.Says("#dependencies-panel > summary", "1 answer missing")
	page.Says("#f-dependencies-exit-work-agents-help", "Not said: how many.")
	// None is an answer.
	page = b.Follow(b.Change(page, "dependencies.exit.work.agents", "0")).Is(http.StatusOK)
	sitetest.Figure(t, page, "azure", "lock_in_index")
}

func TestWhatWasAssumedStandsBesideTheField(t *testing.T) {
	page := sitetest.PlannerSite(t).Browser().Get("/").Is(http.StatusOK)
	page.Says("#f-dependencies-exit-seller-help", "Assumed Azure: the seller with the largest spend.")
	page.Says("#f-dependencies-exit-time-utilisation-help", "Assumed 60 %.")
	page.Says("#f-dependencies-exit-retained_spend-help", "Assumed 0: nothing stays with Azure.")
	if page.Page.Find("#dependencies-panel[open], #dependencies-panel details[open]").Length() > 0 {
		t.Error("the questions are open though nothing needs another look")
	}
}

func TestAnswersThatCannotBeUsedAreNamedAndKept(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get(lockinView)
	bad := b.Change(page, "dependencies.exit.work.agents", "a few").Is(http.StatusUnprocessableEntity)
	bad.Holds("dependencies.exit.work.agents", "a few")
	if bad.Page.Find("#dependencies-panel[open] #leave-work[open]").Length() != 1 {
		t.Error("the part with the error is closed")
	}
	// A plan that came with an answer that does not fit loses the figures about leaving, and nothing else.
	late := b.Get(lockinView + "&d=" + url.QueryEscape(`{"dependencies":{"exit":{"exit_date":"2040-01-01"}}}`)).
		Is(http.StatusOK)
	late.Holds("dependencies.exit.exit_date", "2040-01-01")
	late.Says("#dependencies-panel > summary", "1 answer is wrong")
	late.Says("#f-dependencies-exit-exit_date-error", "No whole month of the plan")
	late.Says(`#comparison tr[data-key="azure"]`, "Exit on: No whole month of the plan")
	sitetest.Figure(t, late, "azure", "total")
	b.Follow(b.Change(late, "segments.users.users.start", "12,000")).Is(http.StatusOK)
}

// What the assessment refuses the form refuses: beside the field, with what was typed, and the plan stays.
func TestTheFormRefusesTheAnswersThatTheAssessmentRefuses(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/?d=" + url.QueryEscape(`{"dependencies":{"exit":{"egress":{"gb":10},"embedding":{"tokens":5}}}}`)).
		Is(http.StatusOK)
	for _, c := range []struct{ name, field, text, want, part string }{
		{"nobody works on the exit", "dependencies.exit.time.engineers", "0", "Must be more than 0.", "leaving"},
		{"a line without speed", "dependencies.exit.time.gbps", "0", "Must be more than 0.", "data"},
		{"a line that is not used", "dependencies.exit.time.utilisation", "0 %", "Must be more than 0.", "data"},
		{"no tokens a minute", "dependencies.exit.time.embed_tokens_per_min", "0", "Must be more than 0.", "data"},
		{"nobody else that it takes", "dependencies.params.min_substitutes", "0", "1 or more", "substitutes"},
		{"a part of a substitute", "dependencies.params.min_substitutes", "1.5", "whole number", "substitutes"},
		{"an exit before the plan", "dependencies.exit.exit_date", "2020-01-01", "No whole month of the plan",
			"leaving"},
		{"one weight alone", "dependencies.weights.time", "70 %", "Concentration, Exit cost, Time to exit, No " +
			"substitutes must sum to 100 %: change them together.", "weights"},
		{"one layer alone", "dependencies.weights.lab", "50 %", "Sellers, Labs, Chip vendors must sum to 100 %",
			"weights"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := b.Change(page, c.field, c.text).Is(http.StatusUnprocessableEntity)
			bad.Holds(c.field, c.text)
			bad.Says("#"+sitetest.FieldAt(c.field)+"-error", c.want)
			bad.Says("#dependencies-panel > summary", "1 answer is wrong")
			if bad.Page.Find("#dependencies-panel[open] #leave-"+c.part+"[open]").Length() != 1 {
				t.Error("the part with the error is closed")
			}
			if bad.Page.Find(`.error-summary a[href="#`+sitetest.FieldAt(c.field)+`"]`).Length() != 1 {
				t.Errorf("the list of errors does not lead to the field: %s", bad.Page.Find(".error-summary").Text())
			}
			if bad.Page.Find("#comparison").Length() != 1 {
				t.Error("the answer is gone")
			}
		})
	}
	// A link of the page carries the text that was refused, and the page that it leads to refuses it again.
	bad := b.Change(page, "dependencies.exit.time.engineers", "0").Is(http.StatusUnprocessableEntity)
	again := b.Get(bad.Page.Find(`a[href^="/?"][href*="typed="]`).First().AttrOr("href", "")).
		Is(http.StatusUnprocessableEntity)
	again.Holds("dependencies.exit.time.engineers", "0")
	again.Says("#f-dependencies-exit-time-engineers-error", "Must be more than 0.")
	four := map[string]string{"concentration": "40 %", "switching_cost": "20 %", "time": "20 %",
		"non_substitutability": "20 %"}
	fields := []string{}
	for name, text := range four {
		fields = append(fields, "dependencies.weights."+name, text)
	}
	b.Follow(b.Change(page, fields...)).Is(http.StatusOK)
	b.Follow(b.Change(page, "dependencies.exit.time.engineers", "0.5")).Is(http.StatusOK)
}

func TestTheQuestionsGoThroughThePageUnchanged(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, preset := range []string{"chatbot", "rag", "agent", "empty"} {
		page := b.Get("/?from=" + preset)
		if got := b.Change(page).Location; strings.Contains(got, "d=") {
			t.Errorf("%s: sending the form as it stands changes the plan: %s", preset, got)
		}
	}
}

// soleModel is sold at Bedrock alone in the shipped prices.
const soleModel = `{"offers":{"azure-gpt-5.4":{"catalog":"bedrock/amazon.titan-text-premier-v1:0","scope":null,"quota":null}},"catalog_snapshot":%q}`

func TestANewerPriceListWithASecondSellerTakesTheFlagAway(t *testing.T) {
	s := sitetest.PlannerSite(t)
	b := s.Browser()
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	imported, err := importer.CSV(strings.NewReader("provider,id,input,output\ntogether,amazon/titan-text-premier,"+
		"0.5,1.5\n"), "2026-11-20")
	if err != nil {
		t.Fatal(err)
	}
	newer, _, err := catalog.Build(shipped, &imported)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Store.SaveCatalog(t.Context(), newer); err != nil {
		t.Fatal(err)
	}
	of := func(snapshot string) *sitetest.Reply {
		patch := strings.Replace(soleModel, "%q", `"`+snapshot+`"`, 1)
		return b.Get("/?" + url.Values{"from": {"chatbot"}, "d": {patch}}.Encode()).Is(http.StatusOK)
	}
	before, after := of(shipped.ID), of(newer.ID)
	before.Says("#workload-chat .flags", "1 seller", "Sold by at least 1 seller as of", "Bedrock")
	after.Says("#workload-chat .flags", "Sold by at least 2 sellers as of")
	if strings.Contains(after.Page.Find("#workload-chat .flags .badge").Text(), "1 seller") {
		t.Error("the flag is still there")
	}
}

func TestFlagsStandBesideTheChoiceThatCausesThem(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for _, c := range []struct{ name, patch, at, word, text string }{
		{"a model that retires inside the plan", `{"offers":{"azure-gpt-5.4":{"retires":"2028-01"}}}`,
			"#workload-chat .flags", "retires", "GPT-5.4 retires at Azure on 1 Jan 2028"},
		{"a credit that ends inside the plan",
			`{"credits":[{"id":"c","amount":50000,"providers":["azure"],"expires":"2027-12"}]}`,
			"#planner form fieldset .flags", "credit ends", "Its last day is 31 Dec 2027"},
		{"a commitment that outlives its model",
			`{"offers":{"azure-gpt-5.4":{"retires":"2027-07"}},"commitments":[{"id":"m","providers":["azure"],"discount":"0.1","periods":[{"from":"2027-01","months":24,"amount":1000000}]}]}`,
			"#planner form fieldset .flags", "outlives model", "It runs on after GPT-5.4 retires at Azure on 1 Jul " +
				"2027"},
		{"two sellers on one chip vendor",
			`{"offers":{"azure-gpt-5.4":{"chips":["nvidia"]},"bedrock-claude-sonnet-5":{"chips":["nvidia"]}}}`,
			"#planner form .flags", "same chips", "both run on NVIDIA: no second source of chips"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.Get("/?" + url.Values{"from": {"chatbot"}, "d": {c.patch}}.Encode()).Is(http.StatusOK)
			page.Says(c.at, c.word, c.text)
			if href := page.Page.Find(c.at+" a").First().AttrOr("href", ""); !strings.HasPrefix(href, "/lockin?") &&
				!strings.HasPrefix(href, "/lockin#") {
				t.Errorf("the explanation is at %q", href)
			}
		})
	}
	// What an alternative of the plan brings about stands with the alternative.
	page := b.Get("/").Is(http.StatusOK)
	if page.Page.Find("#alternatives .flags").Length() == 0 {
		t.Error("no alternative says who sells its model")
	}
}

func TestAWayPastTheWallSaysWhatItDoesToLockIn(t *testing.T) {
	page := sitetest.PlannerSite(t).Browser().Get("/").Is(http.StatusOK)
	words := map[string]string{}
	page.Page.Find("#ways li").Each(func(_ int, way *goquery.Selection) {
		words[strings.Join(strings.Fields(way.Find(".act").Text()), " ")] = way.Find(".facts").Text()
	})
	for name, text := range words {
		said := strings.Contains(text, "lock-in better: ") || strings.Contains(text, "lock-in worse: ")
		if hands := strings.HasPrefix(name, "Spill to ") || strings.HasPrefix(name, "Reserve "); hands && !said {
			t.Errorf("%s buys from another seller or promises spend, and says nothing: %q", name, text)
		}
		if strings.HasPrefix(name, "Raise ") && said {
			t.Errorf("%s stays with the seller: %q", name, text)
		}
	}
	if len(words) < 3 {
		t.Errorf("%d ways", len(words))
	}
}

func TestTheChangeOfAnIndexIsSaidInWords(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	page = b.Follow(b.Change(page, "dependencies.exit.work.agents", "")).Is(http.StatusOK)
	if text := page.Page.Find("#ways").Text(); strings.Contains(text, "lock-in") {
		t.Errorf("without an index of its own the plan is neither better nor worse: %q", text)
	}
}

func TestAFileWithoutALockInColumnHasNoBand(t *testing.T) {
	file := sitetest.PlannerSite(t).Browser().Get("/compare.csv?profile=data&cols=total,gross_margin").Is(http.StatusOK)
	if strings.Contains(file.Body, "lock_in") {
		t.Error("a file without such a column has a band")
	}
}
