package sitetest

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

	"headroom/app"
	"headroom/app/web"
	"headroom/db"
	"headroom/pricing/catalog"
)

// PlannerSite is a server with the shipped prices.
func PlannerSite(t *testing.T) *Site {
	t.Helper()
	return PlannerSiteWith(t, FastConfig())
}

// PlannerSiteWith is PlannerSite as an operator may set it up.
func PlannerSiteWith(t *testing.T, config web.Config) *Site {
	t.Helper()
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{T: t, dsn: filepath.Join(t.TempDir(), "headroom.db"), log: &strings.Builder{}}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if s.Store, err = db.OpenWith(t.Context(), s.dsn, db.Options{Log: log}); err != nil {
		t.Fatal(err)
	}
	if err := s.Store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(
		app.New(web.Deps{Store: s.Store, Catalog: prices, Now: time.Now, Log: log, Config: config}))
	t.Cleanup(func() {
		s.Server.Close()
		_ = s.Store.Close()
	})
	return s
}

// PlanForm is what a browser would send for the plan's form.
func PlanForm(page *goquery.Document) url.Values {
	values := url.Values{}
	page.Find("#plan input[name], #plan select[name], #plan textarea[name]").
		Each(func(_ int, field *goquery.Selection) {
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

// Change sends the plan's form of a page with other values.
func (b *Browser) Change(a *Reply, pairs ...string) *Reply {
	a.t.Helper()
	values := PlanForm(a.Page)
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return b.Send("POST", a.Page.Find("#plan").AttrOr("action", ""), values)
}

// Follow loads the page that a redirect leads to.
func (b *Browser) Follow(a *Reply) *Reply {
	a.t.Helper()
	a.Is(303)
	return b.Get(a.Location)
}

// Figure is the plain number of a cell of the comparison.
func Figure(t *testing.T, a *Reply, alternative, column string) float64 {
	t.Helper()
	text, ok := Cell(a, alternative, column).Attr("data-value")
	if !ok {
		t.Fatalf("no cell %s of %s\n%s", column, alternative, a.Body)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("cell %s of %s holds %q", column, alternative, text)
	}
	return value
}

// FieldAt is the id of the form's field for a path of the plan.
func FieldAt(path string) string {
	return "f-" + strings.NewReplacer(".", "-", "[", "-", ":", "-", "]", "").Replace(path)
}

// Cell is the cell of the comparison of an alternative and a column.
func Cell(a *Reply, alternative, column string) *goquery.Selection {
	at := a.Page.Find(`#comparison thead th`).
		IndexOfSelection(a.Page.Find(`#comparison thead th[data-key="` + column + `"]`))
	return a.Page.Find(`#comparison tr[data-key="` + alternative + `"]`).Children().Eq(at)
}

// Keys are the rows of the comparison in their order.
func Keys(a *Reply) []string {
	return a.Page.Find("#comparison tbody tr").
		Map(func(_ int, row *goquery.Selection) string { return row.AttrOr("data-key", "") })
}

// Unlimited is the example without its limits: what it costs to serve all demand.
func (b *Browser) Unlimited() *Reply {
	patch := `{"finance":null,"offers":{"azure-gpt-5.4":{"quota":null},"bedrock-claude-sonnet-5":{"quota":null}}}`
	return b.Get("/?" + url.Values{"from": {"chatbot"}, "d": {patch}}.Encode())
}
