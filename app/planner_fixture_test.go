package app

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"headroom/db"
	"headroom/pricing/catalog"
)

// plannerSite is a server with the shipped prices.
func plannerSite(t *testing.T) *site {
	t.Helper()
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, dsn: filepath.Join(t.TempDir(), "headroom.db"), log: &strings.Builder{}}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if s.store, err = db.OpenWith(t.Context(), s.dsn, db.Options{Log: log}); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(New(Deps{Store: s.store, Catalog: prices, Now: time.Now, Log: log, Config: testConfig()}))
	t.Cleanup(func() {
		s.server.Close()
		_ = s.store.Close()
	})
	return s
}

// planForm is what a browser would send for the plan's form.
func planForm(page *goquery.Document) url.Values {
	values := url.Values{}
	page.Find("#plan input[name], #plan select[name], #plan textarea[name]").Each(func(_ int, field *goquery.Selection) {
		name := field.AttrOr("name", "")
		if field.AttrOr("form", "plan") != "plan" {
			return
		}
		switch {
		case goquery.NodeName(field) == "select":
			chosen := field.Find("option[selected]").First()
			if chosen.Length() == 0 {
				chosen = field.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
		case field.AttrOr("type", "") == "checkbox":
			if _, checked := field.Attr("checked"); checked {
				values.Add(name, field.AttrOr("value", "on"))
			}
		default:
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	return values
}

// change sends the plan's form of a page with other values.
func (b *browser) change(a *reply, pairs ...string) *reply {
	a.t.Helper()
	values := planForm(a.page)
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return b.send("POST", a.page.Find("#plan").AttrOr("action", ""), values)
}

// follow loads the page that a redirect leads to.
func (b *browser) follow(a *reply) *reply {
	a.t.Helper()
	a.is(303)
	return b.get(a.location)
}

// figure is the plain number of a cell of the comparison.
func figure(t *testing.T, a *reply, alternative, column string) float64 {
	t.Helper()
	text, ok := cell(a, alternative, column).Attr("data-value")
	if !ok {
		t.Fatalf("no cell %s of %s\n%s", column, alternative, a.body)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("cell %s of %s holds %q", column, alternative, text)
	}
	return value
}

// fieldAt is the id of the form's field for a path of the plan.
func fieldAt(path string) string {
	return "f-" + strings.NewReplacer(".", "-", "[", "-", ":", "-", "]", "").Replace(path)
}

func cell(a *reply, alternative, column string) *goquery.Selection {
	at := a.page.Find(`#comparison thead th`).IndexOfSelection(a.page.Find(`#comparison thead th[data-key="` + column + `"]`))
	return a.page.Find(`#comparison tr[data-key="` + alternative + `"]`).Children().Eq(at)
}

// keys are the rows of the comparison in their order.
func keys(a *reply) []string {
	return a.page.Find("#comparison tbody tr").Map(func(_ int, row *goquery.Selection) string { return row.AttrOr("data-key", "") })
}

// unlimited is the example without its limits: what it costs to serve all demand.
func (b *browser) unlimited() *reply {
	patch := `{"finance":null,"offers":{"azure-gpt-5.4":{"quota":null},"bedrock-claude-sonnet-5":{"quota":null}}}`
	return b.get("/?" + url.Values{"from": {"chatbot"}, "d": {patch}}.Encode())
}
