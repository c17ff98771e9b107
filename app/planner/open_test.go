package planner_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"headroom/app/sitetest"
	"headroom/pricing"
)

func TestAFileThatIsNoPlanIsRefusedWithThePlace(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	b.Upload("plan.json", "{\n  \"schema\": \"headroom.plan/v1\",\n  oops\n}").Is(http.StatusUnprocessableEntity).
		Says("main", "line 3")
	b.Upload("plan.json", `{"schema":"headroom.plan/v1","start":"2027-01","months":500}`).
		Is(http.StatusUnprocessableEntity).Says("main", "months")
	b.Upload("big.json", strings.Repeat(" ", pricing.MaxPlanBytes+1)).Is(http.StatusRequestEntityTooLarge)
}

func TestAPlanTooLongForAnAddressIsKeptAsADraft(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	note, err := json.Marshal(map[string]string{"note": sitetest.Noise(10_000)})
	if err != nil {
		t.Fatal(err)
	}
	values := sitetest.PlanForm(page.Page)
	values.Set("d", string(note))
	draft := b.Follow(b.Send("POST", "/plan", values)).Is(http.StatusOK)
	draft.Says("#planner", "kept in this browser's session", "Save it to a team")
	if sitetest.Figure(t, draft, "azure", "total") != sitetest.Figure(t, page, "azure", "total") {
		t.Errorf("the draft has other figures")
	}
	answer := b.Change(draft, "segments.users.users.start", "108k")
	again := b.Follow(answer)
	again.Holds("segments.users.users.start", "108,000")
	if len(answer.Location) > 8<<10 || sitetest.Figure(t, again, "azure", "total") <= sitetest.Figure(
		t, page, "azure", "total") {
		t.Errorf("a draft cannot be changed further")
	}
}

func TestAPresetSaysWhatItChangedAndCanBeUndone(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	own := b.Follow(b.Change(b.Get("/"), "segments.users.users.start", "77k"))
	query := url.Values{"preset": {"rag"}, "was": {own.Page.Find(`#preset-form [name="was"]`).AttrOr("value", "")}}
	applied := b.Follow(b.Get("/?" + query.Encode())).Is(http.StatusOK)
	applied.Says("#planner", "RAG is applied", "Changed:", "Users at the start")
	undo := applied.Page.Find(`.planner-messages a:contains("Undo")`).AttrOr("href", "")
	b.Get(undo).Is(http.StatusOK).Holds("segments.users.users.start", "77,000")
	b.Get("/?preset=nothing").Is(http.StatusNotFound)
}

func TestABrokenAddressIsAnsweredWithWhatIsWrong(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	b.Get("/?d=" + url.QueryEscape(`{"months":`)).Is(http.StatusUnprocessableEntity)
	b.Get("/?d="+url.QueryEscape(`{"months":900}`)).Is(http.StatusUnprocessableEntity).Says(".error-summary", "Length")
	b.Get("/?from=nothing").Is(http.StatusNotFound)
	b.Get("/?draft=0123").Is(http.StatusNotFound)
	b.Get("/?sort=nothing&period=nothing&cols=nothing&sellers=nothing").Is(http.StatusOK)
}

func TestARefusedFileLeadsBackToThePlanFromBefore(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	own := b.Follow(b.Change(b.Get("/"), "segments.users.users.start", "77k"))
	back := own.Page.Find(`form[action="/plan/open"] [name="back"]`).AttrOr("value", "")
	b.Get(back).Is(http.StatusOK).Holds("segments.users.users.start", "77,000")
}

func TestAnAddressLongerThanTheBoundBecomesADraft(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	query := url.Values{"d": {`{"note":"` + sitetest.Noise(2*8<<10) + `"}`}}
	draft := b.Follow(b.Get("/?" + query.Encode())).Is(http.StatusOK)
	draft.Says("#planner", "kept in this browser's session")
	sitetest.PlannerSite(t).Browser().Get("/?draft=000000000000").Is(http.StatusNotFound)
}

func TestASavedPlanKeepsItsProposals(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	for path, want := range map[string]string{"/?sort=total": "propose=same-model&sort=total",
		"/?propose=none": "propose=none", "/?propose=cheapest,direct": "propose=cheapest%2Cdirect"} {
		if got := b.Get(path).Page.Find(`#save [name="view"]`).AttrOr("value", ""); got != want {
			t.Errorf("%s is saved with the view %q, want %q", path, got, want)
		}
	}
}

func TestALimitIsKeptAndEvaluated(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Follow(b.Change(b.Get("/"), "finance.monthly_budget", "180k; 300k from 2028-01")).Is(http.StatusOK)
	page.Holds("finance.monthly_budget", "180,000; 300,000 from 2028-01")
	if text := page.Page.Find("#planner").Text(); strings.Contains(text, "not yet evaluated") {
		t.Errorf("the page says that the budget is not yet evaluated")
	}
}
