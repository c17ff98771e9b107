package planner_test

import (
	"encoding/csv"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"headroom/app/sitetest"
	"headroom/pricing"
	"headroom/pricing/catalog"
)

func TestTheComparisonSortsByItsHeads(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	link := page.Page.Find(`#comparison th[data-key="total"] a`).AttrOr("href", "")
	sorted := b.Get(link).Is(http.StatusOK)
	if got := sorted.Page.Find(`#comparison th[data-key="total"]`).AttrOr("aria-sort", ""); got != "ascending" {
		t.Errorf("aria-sort = %q after %s", got, link)
	}
	known := slices.DeleteFunc(sitetest.Keys(sorted),
		func(key string) bool { return sitetest.Cell(sorted, key, "total").AttrOr("data-value", "") == "" })
	if !slices.IsSortedFunc(known, func(x, y string) int {
		return int(sitetest.Figure(t, sorted, x, "total") - sitetest.Figure(t, sorted, y, "total"))
	}) {
		t.Errorf("rows are %v", known)
	}
	down := b.Get(sorted.Page.Find(`#comparison th[data-key="total"] a`).AttrOr("href", ""))
	if sitetest.Keys(down)[0] != known[len(known)-1] && sitetest.Figure(t, down, sitetest.Keys(down)[0],
		"total") != sitetest.Figure(t, sorted, known[len(known)-1], "total") {
		t.Errorf("descending begins with %s", sitetest.Keys(down)[0])
	}
}

func TestAPinnedBaselineIsWhatDifferencesAreAgainst(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/?baseline=bedrock").Is(http.StatusOK)
	if !sitetest.Cell(page, "bedrock", "total").Parent().HasClass("baseline") {
		t.Errorf("the row is not marked")
	}
	want := sitetest.Figure(t, page, "azure", "total") - sitetest.Figure(t, page, "bedrock", "total")
	if got := sitetest.Figure(t, page, "azure", "difference"); math.Abs(got-want) > 0.011 {
		t.Errorf("difference %v, want %v", got, want)
	}
	page.Says(`#comparison tr[data-key="azure"]`, "−", "less")
}

func TestPeriodColumnsSellersAndDifferencesAreInTheAddress(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	year := b.Get("/?period=year")
	if got, want := sitetest.Figure(t, year, "azure", "total"), sitetest.Figure(t, b.Get("/"), "azure",
		"total")/2; math.Abs(got-want) > 0.01 {
		t.Errorf("a year costs %v, want %v", got, want)
	}
	columns := b.Get("/?cols=total&cols=sellers&cols=first_month")
	got := columns.Page.Find("#comparison thead th[data-key]").
		Map(func(_ int, th *goquery.Selection) string { return th.AttrOr("data-key", "") })
	if diff := cmp.Diff([]string{"alternative", "total", "first_month", "sellers"}, got); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	only := b.Get("/?sellers=azure,bedrock")
	for _, key := range sitetest.Keys(only) {
		if key == "openai" || key == "vertex" {
			t.Errorf("%s is not filtered", key)
		}
	}
	only.Says("#comparison-block", "hidden by the seller filter")
	unlimited := b.Change(b.Get("/"), "finance.monthly_budget", "", "offers.azure-gpt-5.4.quota.tokens_per_minute", "").
		Is(303)
	diff := b.Get(unlimited.Location + "&diff=1")
	if slices.Contains(sitetest.Keys(diff), "openai") {
		t.Errorf("an alternative that costs the same is shown")
	}
	diff.Says("#comparison-block", "Only differences", "hidden")
}

func TestEveryFigureOpensHowItWasComputed(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/?cols=total,difference,relative,per_1k,first_month,last_month,per_user,margin")
	checked := 0
	page.Page.Find(`#comparison a[href*="/how"]`).Each(func(i int, link *goquery.Selection) {
		if i%5 != 0 {
			return
		}
		figure := strings.TrimSpace(link.Contents().First().Text())
		how := b.Get(link.AttrOr("href", "")).Is(http.StatusOK)
		shown := strings.ReplaceAll(strings.TrimLeft(figure, "+−"), "\u00a0", " ")
		if result := how.Page.Find(".result b").Text(); !strings.Contains(strings.ReplaceAll(result, "\u00a0", " "),
			shown) {
			t.Errorf("%s: the derivation comes to %q, the table shows %q", link.AttrOr("href", ""), result, figure)
		}
		checked++
	})
	if checked < 5 {
		t.Errorf("only %d figures open", checked)
	}
	relative := b.Get("/?period=1k").Page.Find(`#comparison tr[data-key="vertex"] a[href*="per_1k_relative"]`)
	b.Get(relative.AttrOr("href", "")).Is(http.StatusOK).
		Says(".formula", "(cost − baseline's cost) / baseline's cost = (").
		Says(".result",
			strings.ReplaceAll(strings.TrimLeft(strings.TrimSpace(relative.Contents().First().Text()), "+−"),
				"\u00a0", " "))
	how := b.Get("/how?alternative=azure&figure=cost&month=2027-01").Is(http.StatusOK)
	how.Says("[data-derivation]", "2.50", "in force", "1 Aug 2026")
	b.Get("/how?alternative=nobody&figure=cost").Is(http.StatusNotFound)
}

func TestDownloadsHoldWhatThePageShows(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	query := "?sort=total.desc&baseline=bedrock&cols=total,difference,relative,per_1k,margin"
	page := b.Get("/" + query)
	file := b.Get("/compare.csv" + query + "&profile=data").Is(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(file.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, page, rows)
	if disposition := file.Header.Get("Content-Disposition"); !strings.Contains(disposition, "upport-assistant") ||
		!strings.Contains(disposition, "compare.csv") {
		t.Errorf("the file is called %s", disposition)
	}
	for _, key := range []string{"currency", "price_source", "price_as_of", "price_snapshot", "plan_version"} {
		if !slices.Contains(rows[0], key) {
			t.Errorf("no column %s in %v", key, rows[0])
		}
	}
	excel := b.Get("/compare.csv" + query + "&profile=excel&sep=semicolon")
	if !strings.HasPrefix(excel.Body, "\ufeffAlternative;") {
		t.Errorf("the Excel file begins with %q", excel.Body[:20])
	}
	book, err := excelize.OpenReader(strings.NewReader(b.Get("/compare.xlsx" + query).Is(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := book.GetRows("comparison", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	sheet[0] = rows[0]
	checkRows(t, page, sheet)
	if diff := cmp.Diff([]string{"comparison", "months", "sources"}, book.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

// checkRows compares a file with the table of the page, cell by cell.
func checkRows(t *testing.T, page *sitetest.Reply, rows [][]string) {
	t.Helper()
	order := sitetest.Keys(page)
	if len(rows) != len(order)+1 {
		t.Fatalf("%d rows in the file, %d on the page", len(rows)-1, len(order))
	}
	for y, key := range order {
		for x, column := range rows[0] {
			shown := sitetest.Cell(page, key, column)
			want, isData := shown.Attr("data-value")
			if !isData {
				continue
			}
			got := ""
			if x < len(rows[y+1]) {
				got = rows[y+1][x]
			}
			a, errA := strconv.ParseFloat(got, 64)
			b, errB := strconv.ParseFloat(want, 64)
			if got != want && (errA != nil || errB != nil || a != b) {
				t.Errorf("%s of %s is %q in the file, %q on the page", column, key, got, want)
			}
		}
	}
}

func TestMonthsAreTheTwinOfTheChart(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	rows, err := csv.NewReader(strings.NewReader(b.Get("/months.csv?profile=data").Body)).ReadAll()
	if err != nil || len(rows) != 25 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := slices.Index(rows[0], "accrual_cost")
	for _, row := range rows[1:] {
		twin := page.Page.Find(`#cost-by-month tr[data-key="` + row[0] + `"] td`).Last()
		if got := twin.AttrOr("data-value", ""); got != row[at] {
			t.Errorf("%s: %s in the file, %s under the chart", row[0], row[at], got)
		}
	}
}

func TestTheMonthsSayWhatEachTeamPays(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	b.Get("/").Says(`#months th[data-key="team_support"]`, "Team support", "list USD").
		Says(`#months th[data-key="team_product"]`, "Team product")
	rows, err := csv.NewReader(strings.NewReader(b.Get("/months.csv?profile=data").Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(key string) int { return slices.Index(rows[0], key) }
	for _, row := range rows[1:] {
		var parts [3]float64
		for i, key := range []string{"team_product", "team_support", "accrual_cost"} {
			if parts[i], err = strconv.ParseFloat(row[column(key)], 64); err != nil || parts[i] <= 0 {
				t.Fatalf("%s of %s: %q, %v", key, row[0], row[column(key)], err)
			}
		}
		// The example has no commitment, so that list cost is cost.
		if math.Abs(parts[0]+parts[1]-parts[2]) > 1e-6*parts[2] {
			t.Errorf("%s: the teams pay %v and %v of %v", row[0], parts[0], parts[1], parts[2])
		}
	}
	if b.Get("/?from=rag").Page.Find(`#months th[data-key^="team_"]`).Length() != 0 {
		t.Error("a plan of one team splits its cost by team")
	}
}

func TestThePlanFileGivesTheFiguresOfThePage(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	query := "?baseline=bedrock&d=" + url.QueryEscape(`{"segments":{"users":{"users":{"start":"1000"}}}}`)
	page, file := b.Get("/"+query), b.Get("/plan.json"+query).Is(http.StatusOK)
	plan, err := pricing.ParsePlan([]byte(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	result, err := pricing.Evaluate(t.Context(), plan, prices)
	if err != nil {
		t.Fatalf("the command refuses the file: %v", err)
	}
	if result.Baseline != "bedrock" || len(result.Alternatives) < 5 {
		t.Errorf("the file has baseline %s and %d alternatives", result.Baseline, len(result.Alternatives))
	}
	for _, a := range result.Alternatives {
		if got, want := sitetest.Figure(t, page, a.ID, "total"), a.Totals.AccrualCost; math.Abs(got-want) > 0.0051 {
			t.Errorf("%s costs %v on the page, %v by the command", a.ID, got, want)
		}
	}
	opened := b.Follow(b.Upload("plan.json", file.Body))
	for _, key := range plan.AlternativeIDs() {
		if got, want := sitetest.Cell(opened, key, "total").AttrOr("data-value", ""), sitetest.Cell(page, key, "total").
			AttrOr("data-value", ""); got != want {
			t.Errorf("opened again, %s costs %s, want %s", key, got, want)
		}
	}
}

func TestFilesSayWhatIsUnknown(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	b.Get("/").Says("#compare", "Not compared, Snowflake", "quota is unknown")
	file := b.Get("/compare.csv?profile=data").Is(http.StatusOK).Body
	for _, want := range []string{"quota_unknown", "not_compared", "Snowflake Cortex: GPT-5.4: Unknown price",
		"GPT-5.4 on Amazon Bedrock"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file does not say %q", want)
		}
	}
	excel := b.Get("/compare.csv?profile=excel").Is(http.StatusOK).Body
	if head, _, _ := strings.Cut(excel, "\r\n"); !strings.Contains(head, "Gross margin (share of 1)") ||
		strings.Contains(head, "%") {
		t.Errorf("a share stands below a percent sign: %s", head)
	}
}
