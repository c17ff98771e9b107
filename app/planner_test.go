package app

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"headroom/pricing"
)

func TestTheExampleAnswersWithoutAnAccount(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/").is(http.StatusOK)
	page.says("h1", "Serving this demand costs $103k in January 2027")
	page.says(".planbar", "Example", "Remove example", "Save to team")
	page.says("#tile-margin", "57.7 %")
	if page.page.Find("#comparison tbody tr").Length() < 5 {
		t.Errorf("the comparison has %d rows", page.page.Find("#comparison tbody tr").Length())
	}
	page.page.Find("#plan input").Each(func(_ int, field *goquery.Selection) {
		if field.AttrOr("type", "") == "number" {
			t.Errorf("field %s is type=number", field.AttrOr("name", ""))
		}
	})
	page.page.Find("#plan .field input:not([type=hidden]), #plan .field select").Each(func(_ int, field *goquery.Selection) {
		if page.page.Find(`label[for="`+field.AttrOr("id", "?")+`"]`).Length() != 1 {
			t.Errorf("field %s has no label of its own", field.AttrOr("name", ""))
		}
	})
}

func TestIDsOfThePageAreUnique(t *testing.T) {
	b := plannerSite(t).browser()
	for _, preset := range pricing.Presets() {
		page := b.get("/?from=" + preset.ID).is(http.StatusOK)
		seen := map[string]bool{}
		page.page.Find("[id]").Each(func(_ int, e *goquery.Selection) {
			id := e.AttrOr("id", "")
			if seen[id] {
				t.Errorf("%s: id %q is there twice", preset.ID, id)
			}
			seen[id] = true
		})
	}
}

func TestAChangedFieldChangesTheFiguresAndIsInTheAddress(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	before := figure(t, page, "azure", "total")
	changed := b.change(page, "segments.users.users.start", "108k")
	after := b.follow(changed).is(http.StatusOK)
	if got := figure(t, after, "azure", "total"); math.Abs(got-2*before) > 0.02 {
		t.Errorf("twice the users cost %v, want twice %v", got, before)
	}
	if !strings.Contains(changed.location, "d=") || strings.Contains(changed.location, "months") {
		t.Errorf("the address %s holds more than the difference", changed.location)
	}
	after.holds("segments.users.users.start", "108,000").says("#plan", "1 field changed", "Reset 1 change")
	reset := after.page.Find(`.field:has([name="segments.users.users.start"]) a.reset`).AttrOr("href", "")
	if back := b.get(reset).is(http.StatusOK); figure(t, back, "azure", "total") != before {
		t.Errorf("the reset link %q does not give the figures before", reset)
	}
	second := plannerSite(t).browser().get(changed.location)
	if diff := cmp.Diff(figure(t, after, "bedrock", "total"), figure(t, second, "bedrock", "total")); diff != "" {
		t.Errorf("another browser sees other cents (-want +got):\n%s", diff)
	}
}

func TestSendingTheFormUnchangedChangesNothing(t *testing.T) {
	b := plannerSite(t).browser()
	for _, preset := range pricing.Presets() {
		page := b.get("/?from=" + preset.ID)
		got := b.change(page)
		q, err := url.Parse(got.location)
		if err != nil || q.Query().Get("d") != "" {
			t.Errorf("%s: status %d, address %s", preset.ID, got.status, got.location)
		}
	}
}

func TestABadValueIsKeptAndNamed(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	before := figure(t, page, "azure", "total")
	bad := b.change(page, "segments.users.users.start", "1.200", "workloads.chat.cache_read_share", "130 %", "workloads.chat.output_tokens", "800").
		is(http.StatusUnprocessableEntity)
	bad.holds("segments.users.users.start", "1.200").holds("workloads.chat.cache_read_share", "130 %").holds("workloads.chat.output_tokens", "800")
	bad.says(".error-summary", "2 fields need another look", "Users at the start", "can mean 1,200 or 1.2", "Cache reads", "0 to 100 %")
	field := bad.page.Find(`[name="segments.users.users.start"]`)
	if field.AttrOr("aria-invalid", "") != "true" || !strings.Contains(field.AttrOr("aria-describedby", ""), field.AttrOr("id", "")+"-error") {
		t.Errorf("the field does not say that it is invalid")
	}
	if bad.page.Find(`.error-summary a[href="#`+field.AttrOr("id", "")+`"]`).Length() != 1 {
		t.Errorf("the summary has no link to the field")
	}
	bad.says("#answer", "last values that could be read")
	if figure(t, bad, "azure", "total") <= before {
		t.Errorf("the answer does not follow the field that could be read")
	}
	fixed := b.follow(b.change(bad, "segments.users.users.start", "54,000", "workloads.chat.cache_read_share", "30 %")).is(http.StatusOK)
	fixed.holds("workloads.chat.output_tokens", "800").says("#plan", "1 field changed")
}

func TestScriptsGetTheSamePageUnderItsAddress(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	b.header.Set("HX-Request", "true")
	got := b.change(page, "segments.users.users.start", "108k").is(http.StatusOK)
	if address := got.header.Get("HX-Replace-Url"); !strings.HasPrefix(address, "/?d=") {
		t.Errorf("HX-Replace-Url = %q", address)
	}
	got.holds("segments.users.users.start", "108k").says("#planner", "= 108,000 in Jan 2027")
	if got.page.Find("#planner h1").Length() != 1 {
		t.Errorf("the fragment lacks the answer")
	}
}

func TestARangeIsKeptAndSaysHowItCounts(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.follow(b.change(b.get("/"), "segments.users.users.monthly_growth", "5 to 7 %"))
	page.holds("segments.users.users.monthly_growth", "5 to 7 %").says("#plan", "P10 5 %, P50 6 %, P90 7 %", "this answer uses its middle")
	if got := figure(t, page, "azure", "total"); got != figure(t, b.get("/"), "azure", "total") {
		t.Errorf("the middle of the range costs %v", got)
	}
}

func TestAnotherModelBringsItsSellersAndProposals(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.follow(b.change(b.get("/"), "workloads.chat.routes[0].model", "claude-sonnet-4.5")).is(http.StatusOK)
	page.holds("workloads.chat.routes[0].model", "Claude Sonnet 4.5")
	page.says("h1", "Serving this demand costs")
	seller := page.page.Find(`[name="workloads.chat.routes[0].seller"]`)
	if n := seller.Find("option").Length(); n < 3 {
		t.Errorf("%d offers of the model", n)
	}
	unknown := b.change(b.get("/"), "workloads.chat.routes[0].model", "no such model").is(http.StatusUnprocessableEntity)
	unknown.holds("workloads.chat.routes[0].model", "no such model").says(".error-summary", "Model", "No model is called")
}

func TestASecondSellerTakesItsShare(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	split := b.follow(b.change(page, "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share", "40 %")).is(http.StatusOK)
	split.holds("workloads.chat.routes[1].share", "40 %")
	if figure(t, split, "azure", "total") >= figure(t, page, "azure", "total") {
		t.Errorf("two fifths on a smaller model do not cost less")
	}
	too := b.change(page, "workloads.chat.routes[1].model", "GPT-5.4 mini", "workloads.chat.routes[1].share", "140 %")
	too.is(http.StatusUnprocessableEntity).says(".error-summary", "Share", "0 to 100 %")
}

func TestOwnPricesBeatTheList(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	cheap := b.follow(b.change(page, "offers.azure-gpt-5.4.prices[0].input", "$1.25", "offers.azure-gpt-5.4.prices[0].output", "7.50",
		"offers.azure-gpt-5.4.prices[0].cache_read", "0.125")).is(http.StatusOK)
	if figure(t, cheap, "azure", "total") >= figure(t, page, "azure", "total") {
		t.Errorf("own prices do not count")
	}
}

func TestTheComparisonSortsByItsHeads(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	link := page.page.Find(`#comparison th[data-key="total"] a`).AttrOr("href", "")
	sorted := b.get(link).is(http.StatusOK)
	if got := sorted.page.Find(`#comparison th[data-key="total"]`).AttrOr("aria-sort", ""); got != "ascending" {
		t.Errorf("aria-sort = %q after %s", got, link)
	}
	known := slices.DeleteFunc(keys(sorted), func(key string) bool { return cell(sorted, key, "total").AttrOr("data-value", "") == "" })
	if !slices.IsSortedFunc(known, func(x, y string) int { return int(figure(t, sorted, x, "total") - figure(t, sorted, y, "total")) }) {
		t.Errorf("rows are %v", known)
	}
	down := b.get(sorted.page.Find(`#comparison th[data-key="total"] a`).AttrOr("href", ""))
	if keys(down)[0] != known[len(known)-1] && figure(t, down, keys(down)[0], "total") != figure(t, sorted, known[len(known)-1], "total") {
		t.Errorf("descending begins with %s", keys(down)[0])
	}
}

func TestAPinnedBaselineIsWhatDifferencesAreAgainst(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/?baseline=bedrock").is(http.StatusOK)
	if !cell(page, "bedrock", "total").Parent().HasClass("baseline") {
		t.Errorf("the row is not marked")
	}
	want := figure(t, page, "azure", "total") - figure(t, page, "bedrock", "total")
	if got := figure(t, page, "azure", "difference"); math.Abs(got-want) > 0.011 {
		t.Errorf("difference %v, want %v", got, want)
	}
	page.says(`#comparison tr[data-key="azure"]`, "−", "less")
}

func TestPeriodColumnsSellersAndDifferencesAreInTheAddress(t *testing.T) {
	b := plannerSite(t).browser()
	year := b.get("/?period=year")
	if got, want := figure(t, year, "azure", "total"), figure(t, b.get("/"), "azure", "total")/2; math.Abs(got-want) > 0.01 {
		t.Errorf("a year costs %v, want %v", got, want)
	}
	columns := b.get("/?cols=total&cols=sellers&cols=first_month")
	got := columns.page.Find("#comparison thead th[data-key]").Map(func(_ int, th *goquery.Selection) string { return th.AttrOr("data-key", "") })
	if diff := cmp.Diff([]string{"alternative", "total", "first_month", "sellers"}, got); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	only := b.get("/?sellers=azure,bedrock")
	for _, key := range keys(only) {
		if key == "openai" || key == "vertex" {
			t.Errorf("%s is not filtered", key)
		}
	}
	only.says("#comparison-block", "hidden by the seller filter")
	diff := b.get("/?diff=1")
	if slices.Contains(keys(diff), "openai") {
		t.Errorf("an alternative that costs the same is shown")
	}
	diff.says("#comparison-block", "Only differences", "hidden")
}

func TestEveryFigureOpensHowItWasComputed(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/?cols=total,difference,relative,per_1k,first_month,last_month,per_user,margin")
	checked := 0
	page.page.Find(`#comparison a[href*="/how"]`).Each(func(i int, link *goquery.Selection) {
		if i%5 != 0 {
			return
		}
		figure := strings.TrimSpace(link.Contents().First().Text())
		how := b.get(link.AttrOr("href", "")).is(http.StatusOK)
		shown := strings.ReplaceAll(strings.TrimLeft(figure, "+−"), "\u00a0", " ")
		if result := how.page.Find(".result b").Text(); !strings.Contains(strings.ReplaceAll(result, "\u00a0", " "), shown) {
			t.Errorf("%s: the derivation comes to %q, the table shows %q", link.AttrOr("href", ""), result, figure)
		}
		checked++
	})
	if checked < 5 {
		t.Errorf("only %d figures open", checked)
	}
	how := b.get("/how?alternative=azure&figure=cost&month=2027-01").is(http.StatusOK)
	how.says("[data-derivation]", "2.50", "in force", "1 Aug 2026")
	b.get("/how?alternative=nobody&figure=cost").is(http.StatusNotFound)
}

func TestDownloadsHoldWhatThePageShows(t *testing.T) {
	b := plannerSite(t).browser()
	query := "?sort=total.desc&baseline=bedrock&cols=total,difference,relative,per_1k,margin"
	page := b.get("/" + query)
	file := b.get("/compare.csv" + query + "&profile=data").is(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, page, rows)
	if disposition := file.header.Get("Content-Disposition"); !strings.Contains(disposition, "upport-assistant") || !strings.Contains(disposition, "compare.csv") {
		t.Errorf("the file is called %s", disposition)
	}
	for _, key := range []string{"currency", "price_source", "price_as_of", "price_snapshot", "plan_version"} {
		if !slices.Contains(rows[0], key) {
			t.Errorf("no column %s in %v", key, rows[0])
		}
	}
	excel := b.get("/compare.csv" + query + "&profile=excel&sep=semicolon")
	if !strings.HasPrefix(excel.body, "\ufeffAlternative;") {
		t.Errorf("the Excel file begins with %q", excel.body[:20])
	}
	book, err := excelize.OpenReader(strings.NewReader(b.get("/compare.xlsx" + query).is(http.StatusOK).body))
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
func checkRows(t *testing.T, page *reply, rows [][]string) {
	t.Helper()
	order := keys(page)
	if len(rows) != len(order)+1 {
		t.Fatalf("%d rows in the file, %d on the page", len(rows)-1, len(order))
	}
	for y, key := range order {
		for x, column := range rows[0] {
			shown := cell(page, key, column)
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
	b := plannerSite(t).browser()
	page := b.get("/")
	rows, err := csv.NewReader(strings.NewReader(b.get("/months.csv?profile=data").body)).ReadAll()
	if err != nil || len(rows) != 25 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := slices.Index(rows[0], "accrual_cost")
	for _, row := range rows[1:] {
		twin := page.page.Find(`#cost-by-month tr[data-key="` + row[0] + `"] td`).Last()
		if got := twin.AttrOr("data-value", ""); got != row[at] {
			t.Errorf("%s: %s in the file, %s under the chart", row[0], row[at], got)
		}
	}
}

func TestThePlanFileGivesTheFiguresOfThePage(t *testing.T) {
	b := plannerSite(t).browser()
	query := "?baseline=bedrock&d=" + url.QueryEscape(`{"segments":{"users":{"users":{"start":"1000"}}}}`)
	page, file := b.get("/"+query), b.get("/plan.json"+query).is(http.StatusOK)
	plan, err := pricing.ParsePlan([]byte(file.body))
	if err != nil {
		t.Fatal(err)
	}
	if plan.Baseline != "bedrock" || len(plan.AlternativeIDs()) != len(keys(page)) {
		t.Errorf("the file has baseline %s and alternatives %v", plan.Baseline, plan.AlternativeIDs())
	}
	opened := b.follow(b.upload("plan.json", file.body))
	for _, key := range keys(page) {
		if got, want := cell(opened, key, "total").AttrOr("data-value", ""), cell(page, key, "total").AttrOr("data-value", ""); got != want {
			t.Errorf("opened again, %s costs %s, want %s", key, got, want)
		}
	}
}

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
	return b.sendBody("/plan/open", form.FormDataContentType(), &body)
}

func (b *browser) sendBody(path, mime string, body *bytes.Buffer) *reply {
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
	note, err := json.Marshal(map[string]string{"note": strings.Repeat("long ", 2000)})
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
	if len(answer.location) > maxQuery || figure(t, again, "azure", "total") < figure(t, page, "azure", "total")*1.9 {
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

func TestAlternativesAreAddedRenamedAndRemoved(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	added := b.follow(b.change(page, "add-alternative", "GPT-5.4 mini", "do", "add-alternative")).is(http.StatusOK)
	rows := added.page.Find(`#alternatives input[name$=".name"]`)
	name := rows.Last().AttrOr("name", "")
	if !strings.Contains(rows.Last().AttrOr("value", ""), "GPT-5.4 mini") {
		t.Fatalf("the last alternative is called %q", rows.Last().AttrOr("value", ""))
	}
	renamed := b.follow(b.change(added, name, "The small one"))
	renamed.says("#comparison", "The small one")
	button := renamed.page.Find(`#alternatives button[value^="remove-alternative:"]`).Last().AttrOr("value", "")
	removed := b.follow(b.change(renamed, "do", button))
	if strings.Contains(removed.page.Find("#comparison").Text(), "The small one") {
		t.Errorf("the alternative is still there")
	}
}

func TestAnAlternativeBecomesThePlan(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	want := figure(t, page, "bedrock", "total")
	link := page.page.Find(`#comparison tr[data-key="bedrock"] .row-actions a:contains("Use")`).AttrOr("href", "")
	adopted := b.follow(b.get(link)).is(http.StatusOK)
	if got := figure(t, adopted, "azure", "total"); got != want {
		t.Errorf("the plan costs %v, the alternative cost %v", got, want)
	}
	adopted.says(`#comparison tr[data-key="azure"]`, "This plan", "Bedrock")
}

func TestWorkloadsAreAddedRenamedAndRemoved(t *testing.T) {
	b := plannerSite(t).browser()
	added := b.follow(b.change(b.get("/"), "do", "add-workload"))
	added.says("#plan", "4 workloads")
	renamed := b.follow(b.change(added, "rename.workload-1", "search"))
	renamed.holds("workloads.search.input_tokens", "1,000")
	removed := b.follow(b.change(renamed, "do", "remove-workload:search"))
	removed.says("#plan", "3 workloads", "unchanged")
	b.change(added, "rename.workload-1", "Not an id").is(http.StatusUnprocessableEntity).holds("rename.workload-1", "Not an id")
}

func TestABrokenAddressIsAnsweredWithWhatIsWrong(t *testing.T) {
	b := plannerSite(t).browser()
	b.get("/?d=" + url.QueryEscape(`{"months":`)).is(http.StatusUnprocessableEntity)
	b.get("/?d="+url.QueryEscape(`{"months":900}`)).is(http.StatusUnprocessableEntity).says(".error-summary", "Length")
	b.get("/?from=nothing").is(http.StatusNotFound)
	b.get("/?draft=0123").is(http.StatusNotFound)
	b.get("/?sort=nothing&period=nothing&cols=nothing&sellers=nothing").is(http.StatusOK)
}
