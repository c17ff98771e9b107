package planner_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
)

const growthField = "segments.users.users.monthly_growth"

func TestARangeThatIsTypedIsDrawn(t *testing.T) {
	s := sitetest.PlannerSite(t)
	b := s.Browser()
	page := b.Follow(b.Change(b.Get("/"), growthField, "8 to 14 %", "workloads.chat.output_tokens", "300 to 600")).
		Is(http.StatusOK)
	page.Holds(growthField, "8 to 14 %")
	page.Says("#uncertainty", "2 ranges", "Draw the ranges")
	panel := page.Page.Find("#uncertainty")
	if panel.AttrOr("data-lazy", "") == "" || panel.AttrOr("hx-get", "") != panel.Find("a").AttrOr("href", "?") {
		t.Error("the panel is not loaded by itself from the address of its link")
	}
	drawn := b.Get(panel.AttrOr("hx-get", "")).Is(http.StatusOK)
	drawn.Says("#fan-figure figcaption", "Nine in ten draws serve at least", "of draws a limit binds by then",
		"in half by")
	drawn.Says("main", "5,000 samples of 2 ranges, seed 1", "What moves the result most", "Azure token quota")
	if n := drawn.Page.Find("#fan tbody tr").Length(); n != 24 {
		t.Errorf("the fan has %d months, want 24", n)
	}
	assertTornado(t, drawn, "/?")
	plan := b.Get(page.Page.Find(`a[href*="propose=none"]`).AttrOr("href", ""))
	_, answer := s.Call("/api/v1/simulate", "application/json", plan.Body)
	assertSameFan(t, drawn, answer)
	file := b.Get(drawn.Page.Find(`a[href*="uncertainty.csv"][href*="profile=data"]`).AttrOr("href", "")).
		Is(http.StatusOK)
	if !strings.HasPrefix(file.Body, "month,any_binds_by,") ||
		!strings.Contains(file.Body, ",users_served_p10,users_served_p50,users_served_p90,cash_cost_p10,") ||
		strings.Count(file.Body, "\n2028-") != 12 {
		t.Errorf("the file begins %.300s", file.Body)
	}
	back := b.Follow(b.Change(page, growthField, "6 %", "workloads.chat.output_tokens", "400"))
	if _, lazy := back.Page.Find("#uncertainty").Attr("data-lazy"); lazy {
		t.Error("figures without ranges are drawn")
	}
}

func assertTornado(t *testing.T, page *sitetest.Reply, before string) {
	t.Helper()
	links := page.Page.Find("#tornado tbody th a").
		Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
	if len(links) != 2 || !strings.HasPrefix(links[0], before) ||
		!strings.Contains(strings.Join(links, " "), "#"+sitetest.FieldAt(growthField)) {
		t.Errorf("the bars lead to %q", links)
	}
	page.Says("#tornado", "Growth", "at 8 %", "at 14 % a month", "Chat, output", "at 300", "at 600 tokens",
		"cash cost $")
}

// assertSameFan holds the page against the answer of the API for the plan as it is.
func assertSameFan(t *testing.T, page *sitetest.Reply, answer string) {
	t.Helper()
	var simulation struct {
		Alternatives []struct {
			Months []struct {
				Month string
				Users struct{ P10, P50, P90 float64 } `json:"users_served"`
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &simulation); err != nil || len(simulation.Alternatives) == 0 {
		t.Fatalf("%v: %.300s", err, answer)
	}
	for _, m := range simulation.Alternatives[0].Months {
		cells := page.Page.Find(`#fan tr[data-key="` + m.Month + `"] td`)
		for i, want := range []float64{m.Users.P10, m.Users.P50, m.Users.P90} {
			if got, err := strconv.ParseFloat(cells.Eq(i).AttrOr("data-value", ""), 64); err != nil ||
				got < want-0.5 || got > want+0.5 {
				t.Errorf("%s: the page shows %v, the API says %v", m.Month, cells.Eq(i).AttrOr("data-value", ""), want)
			}
		}
	}
}

func TestScriptsGetTheContentOfThePanelAlone(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Follow(b.Change(b.Get("/"), growthField, "8 to 14 %", "workloads.chat.output_tokens", "300 to 600"))
	b.Header.Set("HX-Request", "true")
	part := b.Get(page.Page.Find("#uncertainty").AttrOr("hx-get", "") + "&samples=1000").Is(http.StatusOK)
	if strings.Contains(part.Body, "<html") || strings.Contains(part.Body, "<title") {
		t.Error("the content comes with a page around it")
	}
	assertTornado(t, part, "#f-")
	part.Says(".sure-facts", "1,000 samples of 2 ranges")
}

func TestWhatCannotBeDrawnIsSaidAtItsField(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	b.Get("/uncertainty").Is(http.StatusSeeOther)
	refused := b.Change(page, "workloads.chat.cache_read_share", "0 to 20 %").Is(http.StatusUnprocessableEntity)
	refused.Says("#"+sitetest.FieldAt("workloads.chat.cache_read_share")+"-error", "touches neither")
	patch := `{"uncertainty":{"inputs":{"workloads.chat.cache_read_share":{"distribution":"lognormal","p10":0.2,"p50":0.3,"p90":1.2}}}}`
	refused = b.Get("/?" + url.Values{"d": {patch}}.Encode()).Is(http.StatusUnprocessableEntity)
	refused.Says("#"+sitetest.FieldAt("workloads.chat.cache_read_share")+"-error", "at most 1, not 1.2")
}

func TestCorrelationsAndRangesWithoutAFieldAreShownInWords(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	patch := `{"uncertainty":{"samples":200,"seed":9,"inputs":{
	  "segments.users.users.monthly_growth":{"distribution":"lognormal1p","p10":0.05,"p50":0.06,"p90":0.08},
	  "workloads.chat.output_tokens":{"distribution":"lognormal","p10":300,"p50":420,"p90":600},
	  "offers.azure-gpt-5.4.quota.tokens_per_minute[1].value":{"distribution":"lognormal","p10":1200000,"p50":1600000,"p90":2000000}},
	  "correlations":[["segments.users.users.monthly_growth","workloads.chat.output_tokens",-0.3]]}}`
	page := b.Get("/uncertainty?" + url.Values{"d": {patch}}.Encode()).Is(http.StatusOK)
	page.Says(".sure-facts", "200 samples of 3 ranges, seed 9", "Growth and Chat, output are drawn with a "+
		"correlation of -0.3.",
		"Chat, output: the plan states 400 and the middle of its range is 420")
	page.Says("#tornado code", "offers.azure-gpt-5.4.quota.tokens_per_minute[1].value")
	page.Says("#tornado", "at 1,200,000")
}

func TestTheRangesOfASavedPlanAreItsMembersAlone(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	saved := b.Get(b.SavePlan("Support 2027", "40000"))
	page := b.Follow(b.Change(saved, "segments.all.users.monthly_growth", "5 to 11 %")).Is(http.StatusOK)
	address := page.Page.Find("#uncertainty").AttrOr("hx-get", "")
	if !strings.HasPrefix(address, "/plans/") {
		t.Fatalf("drawn at %q", address)
	}
	b.Get(address+"&samples=100").Is(http.StatusOK).Says("main", "100 samples of 1 range",
		"This plan has no limit that could bind")
	s.Browser().Get(address).Is(http.StatusSeeOther)
	s.Member("Eve").Get(address).Is(http.StatusNotFound)
}
