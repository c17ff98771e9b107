package app

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/pricing/catalog"
	"headroom/pricing/importer"
)

const lockinView = "/?cols=total,lock_in_index,exit_cost,days_to_exit,sellers_of_model"

// assessment is what the API answers to the plan of a page.
func assessment(t *testing.T, b *browser, query string) map[string]struct {
	Index, Cost, Days json.Number
	Band              string
} {
	t.Helper()
	plan := b.get("/plan.json" + query).is(http.StatusOK)
	_, answer := b.site.call("/api/v1/lockin", "application/json", plan.body)
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
	b := plannerSite(t).browser()
	page := b.get(lockinView).is(http.StatusOK)
	want := assessment(t, b, "")
	rows := keys(page)
	if len(rows) < 5 || len(want) < len(rows) {
		t.Fatalf("%d rows, %d assessments", len(rows), len(want))
	}
	file := b.get("/compare.csv?profile=data&" + strings.TrimPrefix(lockinView, "/?")).is(http.StatusOK)
	records, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range rows {
		w := want[id]
		for column, value := range map[string]json.Number{"lock_in_index": w.Index, "exit_cost": w.Cost, "days_to_exit": w.Days} {
			if got := cell(page, id, column).AttrOr("data-value", ""); got == "" || got != value.String() {
				t.Errorf("%s of %s: the page has %q, the API %s", column, id, got, value)
			}
			if at := slices.Index(records[0], column); at < 0 || records[i+1][at] != value.String() {
				t.Errorf("%s of %s is not in the file: %q", column, id, records[i+1])
			}
		}
		if got := cell(page, id, "lock_in_index").Find("small").Text(); got != w.Band {
			t.Errorf("band of %s: %q, want %q", id, got, w.Band)
		}
		if at := slices.Index(records[0], "lock_in_band"); at < 0 || records[i+1][at] != w.Band {
			t.Errorf("the file has no band of %s", id)
		}
		if n := figure(t, page, id, "sellers_of_model"); n < 1 || !strings.Contains(cell(page, id, "sellers_of_model").Text(), "as of ") {
			t.Errorf("sellers of %s: %v %q", id, n, cell(page, id, "sellers_of_model").Text())
		}
	}
}

func TestTheComparisonIsSortedByLockIn(t *testing.T) {
	page := plannerSite(t).browser().get(lockinView + "&sort=lock_in_index.desc").is(http.StatusOK)
	var values []float64
	for _, id := range keys(page) {
		values = append(values, -figure(t, page, id, "lock_in_index"))
	}
	if len(values) < 2 || !slices.IsSorted(values) {
		t.Errorf("%v", values)
	}
}

// Nobody who does not ask pays for an assessment of every alternative.
func TestLockInIsWorkedOutOnlyWhenAColumnShowsIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns []string
		want    bool
	}{
		{"the usual columns", nil, true}, {"others", []string{"total", "margin"}, false}, {"the index", []string{"total", "lock_in_index"}, true},
		{"sellers of its model", []string{"sellers_of_model"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &answer{state: planState{View: planView{Columns: c.columns}}}
			if got := a.showsLockin(); got != c.want {
				t.Errorf("%t", got)
			}
		})
	}
	file := plannerSite(t).browser().get("/compare.csv?profile=data&cols=total,gross_margin").is(http.StatusOK)
	if strings.Contains(file.body, "lock_in") {
		t.Error("a file without such a column has a band")
	}
}

func TestAMissingAnswerLeavesLockInUnknownAndIsNamed(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get(lockinView)
	page.holds("dependencies.exit.work.agents", "1")
	page = b.follow(b.change(page, "dependencies.exit.work.agents", "")).is(http.StatusOK)
	page.says(`#comparison tr[data-key="azure"]`, "unknown: answers missing")
	if got := cell(page, "azure", "lock_in_index").AttrOr("data-value", "x"); got != "" {
		t.Errorf("an unknown index is %q", got)
	}
	page.says("#block-comparison, .table-block", "unknown until the plan says more under “Dependencies”: Agents.")
	page.says("#dependencies-panel > summary", "1 answer missing")
	page.says("#f-dependencies-exit-work-agents-help", "Not said: how many.")
	// None is an answer.
	page = b.follow(b.change(page, "dependencies.exit.work.agents", "0")).is(http.StatusOK)
	figure(t, page, "azure", "lock_in_index")
}

func TestWhatWasAssumedStandsBesideTheField(t *testing.T) {
	page := plannerSite(t).browser().get("/").is(http.StatusOK)
	page.says("#f-dependencies-exit-seller-help", "Assumed Azure: the seller with the largest spend.")
	page.says("#f-dependencies-exit-time-utilisation-help", "Assumed 60 %.")
	page.says("#f-dependencies-exit-retained_spend-help", "Assumed 0: nothing stays with Azure.")
	if page.page.Find("#dependencies-panel[open], #dependencies-panel details[open]").Length() > 0 {
		t.Error("the questions are open though nothing needs another look")
	}
}

func TestAnswersThatCannotBeUsedAreNamedAndKept(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get(lockinView)
	bad := b.change(page, "dependencies.exit.work.agents", "a few").is(http.StatusUnprocessableEntity)
	bad.holds("dependencies.exit.work.agents", "a few")
	if bad.page.Find("#dependencies-panel[open] #leave-work[open]").Length() != 1 {
		t.Error("the part with the error is closed")
	}
	// A plan that came with an answer that does not fit loses the figures about leaving, and nothing else.
	late := b.get(lockinView + "&d=" + url.QueryEscape(`{"dependencies":{"exit":{"exit_date":"2040-01-01"}}}`)).is(http.StatusOK)
	late.holds("dependencies.exit.exit_date", "2040-01-01")
	late.says("#dependencies-panel > summary", "1 answer is wrong")
	late.says("#f-dependencies-exit-exit_date-error", "No whole month of the plan")
	late.says(`#comparison tr[data-key="azure"]`, "Exit on: No whole month of the plan")
	figure(t, late, "azure", "total")
	b.follow(b.change(late, "segments.users.users.start", "12,000")).is(http.StatusOK)
}

// What the assessment refuses the form refuses: beside the field, with what was typed, and the plan stays.
func TestTheFormRefusesTheAnswersThatTheAssessmentRefuses(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/?d=" + url.QueryEscape(`{"dependencies":{"exit":{"egress":{"gb":10},"embedding":{"tokens":5}}}}`)).is(http.StatusOK)
	for _, c := range []struct{ name, field, text, want, part string }{
		{"nobody works on the exit", "dependencies.exit.time.engineers", "0", "Must be more than 0.", "leaving"},
		{"a line without speed", "dependencies.exit.time.gbps", "0", "Must be more than 0.", "data"},
		{"a line that is not used", "dependencies.exit.time.utilisation", "0 %", "Must be more than 0.", "data"},
		{"no tokens a minute", "dependencies.exit.time.embed_tokens_per_min", "0", "Must be more than 0.", "data"},
		{"nobody else that it takes", "dependencies.params.min_substitutes", "0", "1 or more", "substitutes"},
		{"a part of a substitute", "dependencies.params.min_substitutes", "1.5", "whole number", "substitutes"},
		{"an exit before the plan", "dependencies.exit.exit_date", "2020-01-01", "No whole month of the plan", "leaving"},
		{"one weight alone", "dependencies.weights.time", "70 %", "Concentration, Exit cost, Time to exit, No substitutes must sum to 100 %: change them together.", "weights"},
		{"one layer alone", "dependencies.weights.lab", "50 %", "Sellers, Labs, Chip vendors must sum to 100 %", "weights"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := b.change(page, c.field, c.text).is(http.StatusUnprocessableEntity)
			bad.holds(c.field, c.text)
			bad.says("#"+fieldAt(c.field)+"-error", c.want)
			bad.says("#dependencies-panel > summary", "1 answer is wrong")
			if bad.page.Find("#dependencies-panel[open] #leave-"+c.part+"[open]").Length() != 1 {
				t.Error("the part with the error is closed")
			}
			if bad.page.Find(`.error-summary a[href="#`+fieldAt(c.field)+`"]`).Length() != 1 {
				t.Errorf("the list of errors does not lead to the field: %s", bad.page.Find(".error-summary").Text())
			}
			if bad.page.Find("#comparison").Length() != 1 {
				t.Error("the answer is gone")
			}
		})
	}
	// A link of the page carries the text that was refused, and the page that it leads to refuses it again.
	bad := b.change(page, "dependencies.exit.time.engineers", "0").is(http.StatusUnprocessableEntity)
	again := b.get(bad.page.Find(`a[href^="/?"][href*="typed="]`).First().AttrOr("href", "")).is(http.StatusUnprocessableEntity)
	again.holds("dependencies.exit.time.engineers", "0")
	again.says("#f-dependencies-exit-time-engineers-error", "Must be more than 0.")
	four := map[string]string{"concentration": "40 %", "switching_cost": "20 %", "time": "20 %", "non_substitutability": "20 %"}
	fields := []string{}
	for name, text := range four {
		fields = append(fields, "dependencies.weights."+name, text)
	}
	b.follow(b.change(page, fields...)).is(http.StatusOK)
	b.follow(b.change(page, "dependencies.exit.time.engineers", "0.5")).is(http.StatusOK)
}

func TestTheQuestionsGoThroughThePageUnchanged(t *testing.T) {
	b := plannerSite(t).browser()
	for _, preset := range []string{"chatbot", "rag", "agent", "empty"} {
		page := b.get("/?from=" + preset)
		if got := b.change(page).location; strings.Contains(got, "d=") {
			t.Errorf("%s: sending the form as it stands changes the plan: %s", preset, got)
		}
	}
}

// soleModel is sold at Bedrock alone in the shipped prices.
const soleModel = `{"offers":{"azure-gpt-5.4":{"catalog":"bedrock/amazon.titan-text-premier-v1:0","scope":null,"quota":null}},"catalog_snapshot":%q}`

func TestANewerPriceListWithASecondSellerTakesTheFlagAway(t *testing.T) {
	s := plannerSite(t)
	b := s.browser()
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	imported, err := importer.CSV(strings.NewReader("provider,id,input,output\ntogether,amazon/titan-text-premier,0.5,1.5\n"), "2026-11-20")
	if err != nil {
		t.Fatal(err)
	}
	newer, _, err := catalog.Build(shipped, &imported)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.SaveCatalog(t.Context(), newer); err != nil {
		t.Fatal(err)
	}
	of := func(snapshot string) *reply {
		patch := strings.Replace(soleModel, "%q", `"`+snapshot+`"`, 1)
		return b.get("/?" + url.Values{"from": {"chatbot"}, "d": {patch}}.Encode()).is(http.StatusOK)
	}
	before, after := of(shipped.ID), of(newer.ID)
	before.says("#workload-chat .flags", "1 seller", "Sold by at least 1 seller as of", "Bedrock")
	after.says("#workload-chat .flags", "Sold by at least 2 sellers as of")
	if strings.Contains(after.page.Find("#workload-chat .flags .badge").Text(), "1 seller") {
		t.Error("the flag is still there")
	}
}

func TestFlagsStandBesideTheChoiceThatCausesThem(t *testing.T) {
	b := plannerSite(t).browser()
	for _, c := range []struct{ name, patch, at, word, text string }{
		{"a model that retires inside the plan", `{"offers":{"azure-gpt-5.4":{"retires":"2028-01"}}}`, "#workload-chat .flags", "retires", "GPT-5.4 retires at Azure on 1 Jan 2028"},
		{"a credit that ends inside the plan", `{"credits":[{"id":"c","amount":50000,"providers":["azure"],"expires":"2027-12"}]}`, "#planner form fieldset .flags", "credit ends", "Its last day is 31 Dec 2027"},
		{"a commitment that outlives its model", `{"offers":{"azure-gpt-5.4":{"retires":"2027-07"}},"commitments":[{"id":"m","providers":["azure"],"discount":"0.1","periods":[{"from":"2027-01","months":24,"amount":1000000}]}]}`,
			"#planner form fieldset .flags", "outlives model", "It runs on after GPT-5.4 retires at Azure on 1 Jul 2027"},
		{"two sellers on one chip vendor", `{"offers":{"azure-gpt-5.4":{"chips":["nvidia"]},"bedrock-claude-sonnet-5":{"chips":["nvidia"]}}}`, "#planner form .flags", "same chips", "both run on NVIDIA: no second source of chips"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := b.get("/?" + url.Values{"from": {"chatbot"}, "d": {c.patch}}.Encode()).is(http.StatusOK)
			page.says(c.at, c.word, c.text)
			if href := page.page.Find(c.at+" a").First().AttrOr("href", ""); !strings.HasPrefix(href, "/lockin?") && !strings.HasPrefix(href, "/lockin#") {
				t.Errorf("the explanation is at %q", href)
			}
		})
	}
	// What an alternative of the plan brings about stands with the alternative.
	page := b.get("/").is(http.StatusOK)
	if page.page.Find("#alternatives .flags").Length() == 0 {
		t.Error("no alternative says who sells its model")
	}
}

func TestAWayPastTheWallSaysWhatItDoesToLockIn(t *testing.T) {
	page := plannerSite(t).browser().get("/").is(http.StatusOK)
	words := map[string]string{}
	page.page.Find("#ways li").Each(func(_ int, way *goquery.Selection) {
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
	b := plannerSite(t).browser()
	page := b.get("/")
	page = b.follow(b.change(page, "dependencies.exit.work.agents", "")).is(http.StatusOK)
	if text := page.page.Find("#ways").Text(); strings.Contains(text, "lock-in") {
		t.Errorf("without an index of its own the plan is neither better nor worse: %q", text)
	}
}
