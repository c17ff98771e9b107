package ui

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"headroom/views/table"
)

func render(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var html bytes.Buffer
	if err := c.Render(context.Background(), &html); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&html)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func attribute(doc *goquery.Document, selector, name string) string {
	return doc.Find(selector).AttrOr(name, "(none)")
}

func TestShell(t *testing.T) {
	page := Page{Title: "Prices", Path: "/prices?q=a&b", Nav: "prices", Theme: "dark", StaleDays: 115,
		RequestID: `"><script>`}
	doc := render(t, Layout(page))
	for _, c := range []struct{ name, got, want string }{
		{"the chosen theme comes with the page", attribute(doc, "html", "data-theme"), "dark"},
		{"the browser's own controls follow the theme", attribute(doc, `meta[name="color-scheme"]`, "content"), "dark"},
		{"the title names the page first", doc.Find("title").First().Text(), "Prices · Headroom"},
		{"the first link skips to the content", attribute(doc, "body > a", "href"), "#main"},
		{"the current entry is marked", doc.Find(`nav [aria-current="page"]`).Text(), "Prices"},
		{"sign-in comes back to this page", attribute(doc, ".topbar-end a:last-child", "href"),
			"/sign-in?next=%2Fprices%3Fq%3Da%26b"},
		{"the theme form comes back to this page", attribute(doc, `#theme-menu [name="back"]`, "value"),
			"/prices?q=a&b"},
		{"old prices are said", doc.Find("#notices b").Text(), "Old prices."},
		{"a request id is text, never markup", doc.Find(".footer code").Text(), `"><script>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestOldPricesAreNotSaidOnPagesWithoutPrices(t *testing.T) {
	if doc := render(t, Layout(Page{Title: "Sign in", StaleDays: 115})); doc.Find("#notices").Children().Length() != 0 {
		t.Error("the sign-in page warns about prices")
	}
}

func TestFieldExplanationsAreTiedToTheField(t *testing.T) {
	for _, c := range []struct {
		name        string
		field       Field
		describedBy string
	}{
		{"a bare field has none", Field{ID: "u", Name: "u"}, "(none)"},
		{"error, unit, echo and help are read in this order", Field{ID: "u", Unit: "users", Echo: "= 54,000",
			Help: "Paying.", Error: "Too many."}, "u-error u-unit u-echo u-help"},
		{"default and range are help too", Field{ID: "u", Default: "1", Range: "0 to 2"}, "u-help"},
		{"an echo that repeats the box is left out", Field{ID: "u", Value: "1,500", Echo: "= 1,500"}, "(none)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := render(t, FieldInput(c.field))
			got := attribute(doc, "input", "aria-describedby")
			if got != c.describedBy {
				t.Errorf("got %q, want %q", got, c.describedBy)
			}
			for id := range strings.FieldsSeq(strings.TrimPrefix(got, "(none)")) {
				if doc.Find("#"+id).Length() != 1 {
					t.Errorf("%q leads nowhere", id)
				}
			}
		})
	}
}

func TestAFieldKeepsWhatWasTyped(t *testing.T) {
	typed := `1.200 "<b>`
	doc := render(t, FieldInput(Field{ID: "u", Name: "u", Value: typed, Error: "ambiguous"}))
	if got := attribute(doc, "input", "value"); got != typed {
		t.Errorf("got %q, want %q", got, typed)
	}
	if got := attribute(doc, "input", "aria-invalid"); got != "true" {
		t.Errorf("aria-invalid is %q", got)
	}
}

func TestTableOnThePage(t *testing.T) {
	doc := render(t, DataTable(table.Table{
		ID: "t", Title: "Offers",
		Columns: []table.Column{
			{Key: "name", Label: "Name"},
			{Key: "total", Label: "Total", Kind: table.Money, Sortable: true, Sort: "descending",
				SortURL: "?sort=total"},
			{Key: "source", Label: "Source", ExportOnly: true},
			{Key: "share", Label: "Share", Kind: table.Percent},
		},
		Rows: []table.Row{
			{Key: "a", Cells: []table.Cell{{Text: "A"}, {Value: 1234.5}, {Text: "hidden"}, {Value: 0.576}}},
			{Key: "b", Cells: []table.Cell{{Text: "B"}, {State: table.Unknown, Reason: "no price"}}},
		},
	}))
	var shown []string
	doc.Find("tbody td").Each(func(_ int, s *goquery.Selection) {
		shown = append(shown, strings.TrimSpace(s.Text())+"|"+s.AttrOr("data-value", ""))
	})
	want := []string{"1,234.50|1234.50", "57.6\u00a0%|0.576", "unknown: no price no price|", "·|"}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("cells (shown|machine):\n%s", diff)
	}
	if got := attribute(doc, `th[data-key="total"]`, "aria-sort"); got != "descending" {
		t.Errorf("aria-sort is %q", got)
	}
	if strings.Contains(doc.Text(), "hidden") || strings.Contains(doc.Text(), "Source") {
		t.Error("a column for files only is shown")
	}
}

func TestChartDataCannotLeaveItsBlock(t *testing.T) {
	name := `</script><script>alert(1)</script>`
	doc := render(t, FigureView(Figure{ID: "f", Title: "t", Chart: Chart{Kind: Bars, Categories: []string{name}}}))
	if doc.Find("script").Length() != 1 {
		t.Error("a name from a plan became a script")
	}
}

func TestEveryFailureSaysWhyAndOffersAWayOut(t *testing.T) {
	seen := map[string]int{}
	for _, status := range []int{403, 404, 409, 413, 422, 429, 500} {
		doc := render(t, FailureView(Failure{Status: status, RequestID: "r-1"}))
		title := doc.Find("h1").Text()
		if seen[title] != 0 || doc.Find("p.lead").Text() == "" || doc.Find("a.btn").Length() == 0 ||
			!strings.Contains(doc.Find(".src").Text(), "r-1") {
			t.Errorf("%d: title %q (also of %d), or no reason, way out or request id", status, title, seen[title])
		}
		seen[title] = status
	}
}

func TestInitials(t *testing.T) {
	for user, want := range map[UserInfo]string{
		{Name: "Pat van der Owner"}: "PV", {Name: "élodie"}: "É", {Email: "ml@example.test"}: "ME", {}: "",
	} {
		if got := user.Initials(); got != want {
			t.Errorf("%+v: got %q, want %q", user, got, want)
		}
	}
}

func TestTheNameOfAButtonOfARowIsWordsWithSpaces(t *testing.T) {
	doc := render(t, DataTable(table.Table{ID: "t", Columns: []table.Column{{Key: "seller"}}, Rows: []table.Row{{
		Cells: []table.Cell{{Text: "Databricks"}}, Actions: []table.Action{{Label: "Use in a plan", URL: "/use"},
			{Label: "Remove", URL: "/remove", Name: "id", Value: "1"}},
	}}}))
	for selector, want := range map[string]string{".row-actions a": "Use in a plan Databricks",
		".row-actions button": "Remove Databricks"} {
		if got := doc.Find(selector).Text(); got != want {
			t.Errorf("%s is called %q, want %q", selector, got, want)
		}
	}
	if got := render(t, ButtonOf(Button{Label: "CSV", URL: "/x.csv", Hidden: "of these prices"})).Find("a").
		Text(); strings.TrimSpace(got) != "CSV of these prices" {
		t.Errorf("the button is called %q", got)
	}
}
