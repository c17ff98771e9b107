package app

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/pricing"
)

func (b *browser) upload(name, content string) *reply {
	b.site.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("plan", name)
	if err != nil {
		b.site.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		b.site.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		b.site.t.Fatal(err)
	}
	return sendBody(b, "/plan/open", form.FormDataContentType(), &body)
}

func sendBody(b *browser, path, mime string, body *bytes.Buffer) *reply {
	t := b.site.t
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, b.site.server.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", mime)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := b.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := goquery.NewDocumentFromReader(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	html, _ := page.Html()
	return &reply{t, response.StatusCode, response.Header.Get("Location"), response.Header, html, page}
}

func TestAFileThatIsNoPlanIsRefusedWithThePlace(t *testing.T) {
	b := plannerSite(t).browser()
	b.upload("plan.json", "{\n  \"schema\": \"headroom.plan/v1\",\n  oops\n}").is(http.StatusUnprocessableEntity).says("main", "line 3")
	b.upload("plan.json", `{"schema":"headroom.plan/v1","start":"2027-01","months":500}`).is(http.StatusUnprocessableEntity).says("main", "months")
	b.upload("big.json", strings.Repeat(" ", pricing.MaxPlanBytes+1)).is(http.StatusRequestEntityTooLarge)
}

func TestAPlanTooLongForAnAddressIsKeptAsADraft(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	note, err := json.Marshal(map[string]string{"note": noise(10_000)})
	if err != nil {
		t.Fatal(err)
	}
	values := planForm(page.page)
	values.Set("d", string(note))
	draft := b.follow(b.send("POST", "/plan", values)).is(http.StatusOK)
	draft.says("#planner", "kept in this browser's session", "Save it to a team")
	if figure(t, draft, "azure", "total") != figure(t, page, "azure", "total") {
		t.Errorf("the draft has other figures")
	}
	answer := b.change(draft, "segments.users.users.start", "108k")
	again := b.follow(answer)
	again.holds("segments.users.users.start", "108,000")
	if len(answer.location) > 8<<10 || figure(t, again, "azure", "total") <= figure(t, page, "azure", "total") {
		t.Errorf("a draft cannot be changed further")
	}
}

func TestAPresetSaysWhatItChangedAndCanBeUndone(t *testing.T) {
	b := plannerSite(t).browser()
	own := b.follow(b.change(b.get("/"), "segments.users.users.start", "77k"))
	query := url.Values{"preset": {"rag"}, "was": {own.page.Find(`#preset-form [name="was"]`).AttrOr("value", "")}}
	applied := b.follow(b.get("/?" + query.Encode())).is(http.StatusOK)
	applied.says("#planner", "RAG is applied", "Changed:", "Users at the start")
	undo := applied.page.Find(`.planner-messages a:contains("Undo")`).AttrOr("href", "")
	b.get(undo).is(http.StatusOK).holds("segments.users.users.start", "77,000")
	b.get("/?preset=nothing").is(http.StatusNotFound)
}

func TestABrokenAddressIsAnsweredWithWhatIsWrong(t *testing.T) {
	b := plannerSite(t).browser()
	b.get("/?d=" + url.QueryEscape(`{"months":`)).is(http.StatusUnprocessableEntity)
	b.get("/?d="+url.QueryEscape(`{"months":900}`)).is(http.StatusUnprocessableEntity).says(".error-summary", "Length")
	b.get("/?from=nothing").is(http.StatusNotFound)
	b.get("/?draft=0123").is(http.StatusNotFound)
	b.get("/?sort=nothing&period=nothing&cols=nothing&sellers=nothing").is(http.StatusOK)
}

func TestARefusedFileLeadsBackToThePlanFromBefore(t *testing.T) {
	b := plannerSite(t).browser()
	own := b.follow(b.change(b.get("/"), "segments.users.users.start", "77k"))
	back := own.page.Find(`form[action="/plan/open"] [name="back"]`).AttrOr("value", "")
	b.get(back).is(http.StatusOK).holds("segments.users.users.start", "77,000")
}

func TestAnAddressLongerThanTheBoundBecomesADraft(t *testing.T) {
	b := plannerSite(t).browser()
	query := url.Values{"d": {`{"note":"` + noise(2*8<<10) + `"}`}}
	draft := b.follow(b.get("/?" + query.Encode())).is(http.StatusOK)
	draft.says("#planner", "kept in this browser's session")
	plannerSite(t).browser().get("/?draft=000000000000").is(http.StatusNotFound)
}

func TestASavedPlanKeepsItsProposals(t *testing.T) {
	b := plannerSite(t).browser()
	for path, want := range map[string]string{"/?sort=total": "propose=same-model&sort=total", "/?propose=none": "propose=none", "/?propose=cheapest,direct": "propose=cheapest%2Cdirect"} {
		if got := b.get(path).page.Find(`#save [name="view"]`).AttrOr("value", ""); got != want {
			t.Errorf("%s is saved with the view %q, want %q", path, got, want)
		}
	}
}

func TestALimitIsKeptAndEvaluated(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.follow(b.change(b.get("/"), "finance.monthly_budget", "180k; 300k from 2028-01")).is(http.StatusOK)
	page.holds("finance.monthly_budget", "180,000; 300,000 from 2028-01")
	if text := page.page.Find("#planner").Text(); strings.Contains(text, "not yet evaluated") {
		t.Errorf("the page says that the budget is not yet evaluated")
	}
}
