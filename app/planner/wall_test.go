package planner_test

import (
	"encoding/csv"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
)

const azureQuota = "offers.azure-gpt-5.4.quota.tokens_per_minute"

func TestALowerQuotaMovesTheWallEverywhere(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/").Is(http.StatusOK)
	page.Holds(azureQuota, "1,000,000; 1,600,000 from 2028-01")
	page.Says(".headline .when", "May 2027:")
	lower := b.Follow(b.Change(page, azureQuota, "0.9M; 1.6M from 2028-01")).Is(http.StatusOK)
	lower.Says("h1", "March 2027: Azure’s token quota stops your growth.")
	lower.Says("title", "March 2027: Azure’s token quota stops your growth")
	if got := sitetest.Cell(lower, "azure", "wall_month").AttrOr("data-value", ""); got != "2027-03" {
		t.Errorf("the comparison has the wall in %q", got)
	}
	if got := wallMonth(lower); got != "Mar 2027" {
		t.Errorf("the heat strip has the wall in %q", got)
	}
	none := b.Follow(b.Change(page, azureQuota, "", "finance.monthly_budget", "",
		"offers.bedrock-claude-sonnet-5.quota.tokens_per_minute", ""))
	none.Says("h1", "Serving this demand costs")
	none.Says(".lead", "No limit that you entered binds until December 2028.")
	if none.Page.Find(".headline .when, #ways").Length() != 0 {
		t.Error("a plan without a wall has a red month or ways past it")
	}
}

// wallMonth is the month of the red cell of the heat strip.
func wallMonth(a *sitetest.Reply) string {
	at := -1
	a.Page.Find("#limits tbody tr").Each(func(_ int, row *goquery.Selection) {
		row.Children().Each(func(i int, cell *goquery.Selection) {
			if cell.HasClass("hw1") {
				at = i
			}
		})
	})
	return a.Page.Find("#limits thead th").Eq(at).Find("abbr").AttrOr("title", "")
}

func TestEveryLimitHasItsRowAndCanBeReadWithoutColour(t *testing.T) {
	page := sitetest.PlannerSite(t).Browser().Get("/")
	names := page.Page.Find("#limits tbody th").
		Map(func(_ int, th *goquery.Selection) string { return strings.Join(strings.Fields(th.Text()), " ") })
	for _, want := range []string{"Azure token quota", "Bedrock token quota", "Budget", "Lowest margin a warning"} {
		if !slices.Contains(names, want) {
			t.Errorf("the strip has rows %q, not %s", names, want)
		}
	}
	first := page.Page.Find("#limits tbody tr").First()
	texts := first.Find("td").
		Map(func(_ int, td *goquery.Selection) string { return strings.Join(strings.Fields(td.Text()), " ") })
	if len(texts) != 24 || texts[0] != "82" || texts[4] != "wall: 103" || texts[5] != "over: 109" ||
		texts[23] != "over: 195" {
		t.Errorf("the strip reads %q", texts)
	}
	page.Says("#limits", "Bedrock counts output tokens 10", "times against its quota")
}

func TestTheUsersChartHasATwinAndWords(t *testing.T) {
	page := sitetest.PlannerSite(t).Browser().Get("/")
	page.Says("#users-figure figcaption", "Demand passes the Azure token quota in May 2027", "66,207",
		"100,335 users are turned away")
	page.Says("#users-by-month thead", "Wanted", "Served", "Turned away", "Azure token quota", "Budget",
		"Binding limit", "Behind the wall")
	may := page.Page.Find(`#users-by-month tr[data-key="2027-05"]`).Text()
	for _, want := range []string{"68,174", "66,207", "1,967", "94,488", "Azure token quota", "8,850.87"} {
		if !strings.Contains(may, want) {
			t.Errorf("May 2027 reads %q, not %s", may, want)
		}
	}
	data := page.Page.Find("#users-figure-data").Text()
	for _, want := range []string{`"kind":"wall"`, `"role":"wanted"`, `"role":"served"`, `"role":"ceiling"`, `"at":4`} {
		if !strings.Contains(data, want) {
			t.Errorf("the chart has no %s", want)
		}
	}
	page.Says(".worth", "1,000 tokens a minute more of the Azure token quota would serve 66 users more")
	if n := page.Page.Find(".measures figure.chart").Length(); n != 3 {
		t.Errorf("%d charts can be chosen, want users, cost and margin", n)
	}
}

func TestTheFirstActionHasItsCostAndDate(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	page.Says(".first-action", "Do first", "Raise the Azure quota", "by", "2027", "Next wall")
	if n := page.Page.Find("#ways .ways li").Length(); n < 5 {
		t.Fatalf("%d ways past the wall", n)
	}
	before := len(sitetest.Keys(page))
	link := page.Page.Find(".first-action a.btn").AttrOr("href", "")
	tried := b.Follow(b.Get(link))
	if got := len(sitetest.Keys(tried)); got != before+1 {
		t.Errorf("the comparison has %d rows after %d", got, before)
	}
	tried.Says(".first-action", "in the comparison")
	tried.Says("#comparison", "Raise the Azure quota")
	b.Get("/try?way=no-such-way").Is(http.StatusNotFound)
}

func TestTheWallIsInTheFiles(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/?cols=wall_month,users_served,max_growth,headroom,revenue_behind_wall")
	if got := sitetest.Figure(t, page, "azure", "max_growth"); math.Abs(got-0.019) > 0.0005 {
		t.Errorf("growth it can carry is %v", got)
	}
	rows, err := csv.NewReader(
		strings.NewReader(
			b.Get("/compare.csv?profile=data&cols=wall_month,users_served,max_growth,headroom,revenue_behind_wall").
				Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"wall_month": "2027-05", "users_served": "105931", "max_growth": "0.019",
		"headroom": "0.226", "revenue_behind_wall": "3181429.47",
		"wall": "quota_tpm:azure-gpt-5.4", "ceiling": "66207"}
	for column, value := range want {
		if at := slices.Index(rows[0], column); at < 0 || rows[1][at] != value {
			t.Errorf("column %s of the file is not %s: %q", column, value, rows[1])
		}
	}
	for _, f := range []string{"users_served", "max_growth", "headroom", "revenue_behind_wall", "ceiling"} {
		b.Get("/how?alternative=azure&figure="+f).Is(http.StatusOK).Says(".derivation", "Result")
	}
	b.Get("/how?alternative=azure&figure=max_growth").Says(".derivation", "1.9", "(66,207 / 54,000)^(1/11)")
}

func TestPursesAreEditedRowByRow(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Follow(b.Change(b.Get("/"), "credits[0].amount", "100k", "credits[0].providers", "azure",
		"credits[0].expires", "2027-12",
		"commitments[0].discount", "10 %", "commitments[0].providers", "bedrock", "commitments[0].periods[0].amount",
		"1M",
		"finance.funding", "500k in 2027-06", "finance.enforce", "all", "spend_caps.azure", "150k")).Is(http.StatusOK)
	for name, value := range map[string]string{"credits[0].amount": "100,000", "credits[0].providers": "azure",
		"commitments[0].periods[0].months": "12",
		"commitments[0].periods[0].from":   "2027-01", "finance.funding": "500,000 in 2027-06",
		"spend_caps.azure": "150,000"} {
		page.Holds(name, value)
	}
	page.Says("#purses summary", "1 credit")
	page.Says("#commitments summary", "1 commitment")
	if page.Page.Find(`[name="credits[1].amount"]`).Length() != 1 {
		t.Error("there is no empty row for another credit")
	}
	gone := b.Follow(b.Change(page, "credits[0].amount", ""))
	if value := gone.Page.Find(`[name="credits[0].amount"]`).AttrOr("value", ""); value != "" {
		t.Errorf("the credit is still there: %q", value)
	}
}
