package machines_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
	"headroom/db"
	"headroom/pricing/capacity"
)

const p5 = "aws/p5.48xlarge/us-east-1/on_demand/2026-07-20"

const p5Page = "/machines?table=instances&seller=aws&q=p5.48xlarge+us-east-1&term=on_demand"

func TestATeamCorrectsAPriceAndTheRestOfTheWorldDoesNotSeeIt(t *testing.T) {
	s := sitetest.NewSite(t)
	ann := s.Member("Ann")
	list := ann.Get(p5Page).Is(http.StatusOK)
	link := list.Page.Find(`tr[data-key="`+p5+`"] a:contains("Correct")`).AttrOr("href", "")
	page := ann.Get(link).Is(http.StatusOK)
	page.Says("main", "AWS, p5.48xlarge", "Published: 55.04.", "USD an hour")
	kept := ann.Submit(page, "/machines/correct", "hourly", "$39.50", "source", "contract 4711", "as_of", "2026-11-01").
		Is(http.StatusSeeOther)
	ann.Get(kept.Location).Is(http.StatusOK).Says("#notices", "Your team's figure is kept")

	own := ann.Get(p5Page).Is(http.StatusOK)
	if hourly, each := sitetest.FigureOf(own, p5, "hourly"), sitetest.FigureOf(own, p5, "each"); hourly != "39.5" ||
		each != "4.938" {
		t.Errorf("the machine costs %s an hour and %s for a GPU, want 39.5 and 4.938", hourly, each)
	}
	own.Says(`tr[data-key="`+p5+`"]`, "own", "published 55.04", "contract 4711, 1 Nov 2026", "Remove own")
	if own.Header.Get("Cache-Control") != "no-store" {
		t.Error("a page with a team's own figures may be kept by a browser")
	}
	lines, err := csv.NewReader(
		strings.NewReader(ann.Get("/machines.csv?table=instances&seller=aws&q=p5.48xlarge+us-east-1&term=on_demand").
			Is(http.StatusOK).Body)).ReadAll()
	if err != nil || !slices.ContainsFunc(lines, func(l []string) bool {
		return slices.Contains(l, "hourly 39.5 instead of 55.04 (contract 4711, 2026-11-01)")
	}) {
		t.Errorf("the file does not say what is own: %v, %v", lines, err)
	}
	compare := ann.Get("/machines/compare?machine=" + url.QueryEscape(p5)).Is(http.StatusOK)
	compare.Says("#machine option[selected]", "4.94 USD per GPU hour")
	ann.Get("/machines/compare/how?figure=own_month&machine="+url.QueryEscape(p5)).Is(http.StatusOK).
		Says(".steps", "contract 4711")

	for name, other := range map[string]*sitetest.Browser{"another team": s.Member("Bob"), "a visitor": s.Browser()} {
		if got := sitetest.FigureOf(other.Get(p5Page).Is(http.StatusOK), p5, "hourly"); got != "55.04" {
			t.Errorf("%s sees %s, want 55.04", name, got)
		}
	}
}

func TestAnOwnFigureIsRemovedAndComesBack(t *testing.T) {
	s := sitetest.NewSite(t)
	ann := s.Member("Ann")
	ann.Post("/machines/correct", "table", "instances", "row", p5, "hourly", "39.5", "source", "contract",
		"as_of", "2026-11-01").Is(http.StatusSeeOther)
	page := ann.Get(p5Page).Is(http.StatusOK)
	remove := page.Page.Find(`form[action^="/machines/corrections/"]`).AttrOr("action", "")
	s.Member("Bob").Post(remove).Is(http.StatusNotFound)
	ann.Post(remove, "back", p5Page).To(p5Page)
	gone := ann.Get(p5Page).Is(http.StatusOK)
	if got := sitetest.FigureOf(gone, p5, "hourly"); got != "55.04" {
		t.Errorf("after the removal %s, want 55.04", got)
	}
	gone.Says("#notices", "The published figure holds again", "Undo")
	undo := gone.Page.Find(`#notices form[action$="/restore"]`).AttrOr("action", "")
	ann.Post(undo, "back", p5Page).To(p5Page)
	if got := sitetest.FigureOf(ann.Get(p5Page).Is(http.StatusOK), p5, "hourly"); got != "39.5" {
		t.Errorf("after the undo %s, want 39.5", got)
	}
	ann.Get("/team").Is(http.StatusOK).Says("#log", "corrected a figure of machines", "removed an own figure",
		"brought back an own figure")
}

func TestQuotasPowerAndUnitPricesAreCorrectedToo(t *testing.T) {
	ann := sitetest.NewSite(t).Member("Ann")
	for _, c := range []struct{ table, row, field, value, shown string }{
		{capacity.AcceleratorsKind, "L4", "kw", "0.15", "0.150"},
		{capacity.QuotasKind, "azure/gpt-4.1 GlobalStandard/tier 1 of 6/per region, subscription, model, " +
			"deployment type", "tpm", "3M", "3000000"},
		{capacity.UnitPricesKind, "azure/PTU Global/hourly/2026-06", "price", "0.80", "0.8"},
	} {
		t.Run(c.table, func(t *testing.T) {
			ann.Post("/machines/correct", "table", c.table, "row", c.row, c.field, c.value, "source",
				"our account", "as_of", "2026-11-01").Is(http.StatusSeeOther)
			a := ann.Get("/machines?page=all&table=" + c.table).Is(http.StatusOK)
			if got := sitetest.FigureOf(a, c.row, c.field); strings.TrimRight(got, "0") != strings.TrimRight(
				c.shown, "0") {
				t.Errorf("shown is %s, want %s", got, c.shown)
			}
			a.Says(`tr[data-key="`+c.row+`"]`, "own", "our account, 1 Nov 2026")
		})
	}
}

func TestATeamKeepsItsMeasurement(t *testing.T) {
	s := sitetest.NewSite(t)
	ann := s.Member("Ann")
	question := sitetest.CompareURL("/machines/compare", "measured", "6000")
	keep := ann.Get(question).Is(http.StatusOK).Page.Find(`a:contains("Keep the measurement")`).AttrOr("href", "")
	form := ann.Get(keep).Is(http.StatusOK).Holds("output_tokens_per_second", "6000").
		Says("main", "Llama 3.3 70B on 8 × H100 SXM")
	ann.Submit(form, "/machines/correct", "source", "load test").Is(http.StatusSeeOther)
	without := ann.Get(sitetest.CompareURL("/machines/compare")).Is(http.StatusOK)
	without.Says(".tiles", "6,000", "measured by your team: load test")
	ann.Get("/machines?table=throughput&who=own").Is(http.StatusOK).Says("#machines", "Llama 3.3 70B",
		"6,000", "load test", "Remove own")
	ann.Get(sitetest.CompareURL("/machines/compare", "out", "600")).Is(http.StatusOK).Says(".tiles", "estimate")
	s.Browser().Get(sitetest.CompareURL("/machines/compare")).Is(http.StatusOK).Says(".tiles", "estimate")
}

func TestABadCorrectionIsNamedAndKept(t *testing.T) {
	s := sitetest.NewSite(t)
	ann := s.Member("Ann")
	good := map[string]string{"table": "instances", "row": p5, "hourly": "39.5", "source": "contract",
		"as_of": "2026-11-01"}
	for _, c := range []struct{ name, field, value, message string }{
		{"no figure", "hourly", "", "Enter the figure"}, {"a word", "hourly", "cheap", "number"},
		{"nothing", "hourly", "0", "more than 0, up to 100,000"},
		{"another currency", "hourly", "30 EUR", "plain number"},
		{"no source", "source", " ", "Say where the figure is from"},
		{"a source too long", "source", strings.Repeat("x", 501), "at most 500"},
		{"no day", "as_of", "soon", "Enter a day"}, {"a day to come", "as_of", "2999-01-01", "not in the future"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pairs := []string{}
			for name, value := range good {
				if name == c.field {
					value = c.value
				}
				pairs = append(pairs, name, value)
			}
			a := ann.Post("/machines/correct", pairs...).Is(http.StatusUnprocessableEntity)
			a.Says(".error-summary", c.message).Holds(c.field, c.value)
		})
	}
	if got := sitetest.FigureOf(ann.Get(p5Page).Is(http.StatusOK), p5, "hourly"); got != "55.04" {
		t.Errorf("something was kept: %s", got)
	}
	for _, row := range []string{"nowhere", ""} {
		ann.Post("/machines/correct", "table", "instances", "row", row, "hourly", "1", "source", "x",
			"as_of", "2026-11-01").Is(http.StatusNotFound)
	}
	ann.Get("/machines/correct?table=models&row=Kimi+K2").Is(http.StatusNotFound)
	ann.Get("/machines/correct?table=throughput&row=a|b|c|d|e|f|g").Is(http.StatusNotFound)
}

func TestOnlyEditorsCorrect(t *testing.T) {
	s := sitetest.NewSite(t)
	s.Member("Ann").Post("/machines/correct", "table", "instances", "row", p5, "hourly", "39.5", "source",
		"contract", "as_of", "2026-11-01").Is(http.StatusSeeOther)
	viewer := s.MemberOf("ann@example.org", "Vic", db.Viewer)
	page := viewer.Get(p5Page).Is(http.StatusOK)
	if got := sitetest.FigureOf(page, p5, "hourly"); got != "39.5" {
		t.Errorf("a viewer of the team sees %s, want the team's 39.5", got)
	}
	page.Page.Find(".row-actions").Each(func(_ int, actions *goquery.Selection) {
		if strings.Contains(actions.Text(), "Correct") || strings.Contains(actions.Text(), "Remove") {
			t.Errorf("a viewer is offered %q", actions.Text())
		}
	})
	viewer.Post("/machines/correct", "table", "instances", "row", p5, "hourly", "1", "source", "x", "as_of",
		"2026-11-01").Is(http.StatusForbidden)
	s.Browser().Post("/machines/correct", "table", "instances", "row", p5).Is(http.StatusSeeOther)
}

func TestAPlanThatAddsTheMachinePaysTheTeamsPrice(t *testing.T) {
	ann := sitetest.NewSite(t).Member("Ann")
	ann.Post("/machines/correct", "table", "instances", "row", p5, "hourly", "40", "source", "contract 4711",
		"as_of", "2026-11-01").Is(http.StatusSeeOther)
	added := ann.Follow(ann.Press(ann.Get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws us-east-1 p5.48xlarge",
		"add-gpus.model", "Llama 3.3 70B",
		"add-gpus.machines", "2", "add-gpus.workload", "chat")).Is(http.StatusOK)
	added.Says("#machines-panel", "USD 5 a GPU and hour · contract 4711, 2026-11-01")
}
