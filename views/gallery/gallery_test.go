package gallery

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"headroom/views/ui"
)

var update = flag.Bool("update", false, "write the golden files")

func render(t *testing.T, e Entry) string {
	t.Helper()
	var html bytes.Buffer
	if err := e.Component.Render(context.Background(), &html); err != nil {
		t.Fatal(err)
	}
	return html.String()
}

// One tag a line makes a golden file readable and its diff short.
var betweenTags = regexp.MustCompile(`><`)

func TestEveryStateRendersAsItsGoldenFile(t *testing.T) {
	for _, e := range Entries() {
		t.Run(e.ID, func(t *testing.T) {
			got := betweenTags.ReplaceAllString(render(t, e), ">\n<") + "\n"
			file := filepath.Join("testdata", e.ID+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("markup changed (run with -update and look at the page):\n%s", diff)
			}
		})
	}
}

func page(t *testing.T) (*goquery.Document, string) {
	t.Helper()
	var html bytes.Buffer
	if err := Page(ui.Page{Title: "Components", Path: "/dev/gallery"}).Render(context.Background(), &html); err != nil {
		t.Fatal(err)
	}
	text := html.String()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc, text
}

func TestNoMarkupNeedsAnUnsafePolicy(t *testing.T) {
	doc, _ := page(t)
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
				t.Errorf("<%s %s=%q> needs unsafe-inline", s.Nodes[0].Data, a.Key, a.Val)
			}
		}
	})
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		kind, _ := s.Attr("type")
		if _, external := s.Attr("src"); !external && kind != "application/json" {
			t.Errorf("inline script of type %q", kind)
		}
	})
}

func TestIDsAreUniqueAndEveryReferenceLeadsSomewhere(t *testing.T) {
	doc, _ := page(t)
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
	for id, count := range ids {
		if count > 1 {
			t.Errorf("id %q is used %d times", id, count)
		}
	}
	for _, attribute := range []string{"aria-describedby", "aria-labelledby", "for", "popovertarget",
		"data-chart-for"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if ids[id] == 0 {
					t.Errorf("%s=%q leads nowhere", attribute, id)
				}
			}
		})
	}
}

func TestEveryNumberFieldHasALabelAndADecimalKeyboard(t *testing.T) {
	doc, html := page(t)
	if strings.Contains(html, `type="number"`) {
		t.Error("type=number changes values on scroll and rounds large ones")
	}
	doc.Find(".control input").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if doc.Find(`label[for="`+id+`"]`).Length() != 1 {
			t.Errorf("field %q has no label", id)
		}
		if !s.HasClass("text") && s.AttrOr("inputmode", "") != "decimal" {
			t.Errorf("number field %q has no decimal keyboard", id)
		}
	})
}
