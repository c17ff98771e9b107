package app

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/db"
	"headroom/pricing/capacity"
)

const p5 = "aws/p5.48xlarge/us-east-1/on_demand/2026-07-20"

const p5Page = "/machines?table=instances&seller=aws&q=p5.48xlarge+us-east-1&term=on_demand"

func TestATeamCorrectsAPriceAndTheRestOfTheWorldDoesNotSeeIt(t *testing.T) {
	s := newSite(t)
	ann := s.member("Ann")
	list := ann.get(p5Page).is(http.StatusOK)
	link := list.page.Find(`tr[data-key="`+p5+`"] a:contains("Correct")`).AttrOr("href", "")
	page := ann.get(link).is(http.StatusOK)
	page.says("main", "AWS, p5.48xlarge", "Published: 55.04.", "USD an hour")
	kept := ann.submit(page, "/machines/correct", "hourly", "$39.50", "source", "contract 4711", "as_of", "2026-11-01").is(http.StatusSeeOther)
	ann.get(kept.location).is(http.StatusOK).says("#notices", "Your team's figure is kept")

	own := ann.get(p5Page).is(http.StatusOK)
	if hourly, each := figureOf(own, p5, "hourly"), figureOf(own, p5, "each"); hourly != "39.5" || each != "4.938" {
		t.Errorf("the machine costs %s an hour and %s for a GPU, want 39.5 and 4.938", hourly, each)
	}
	own.says(`tr[data-key="`+p5+`"]`, "own", "published 55.04", "contract 4711, 1 Nov 2026", "Remove own")
	if own.header.Get("Cache-Control") != "no-store" {
		t.Error("a page with a team's own figures may be kept by a browser")
	}
	lines, err := csv.NewReader(strings.NewReader(ann.get("/machines.csv?table=instances&seller=aws&q=p5.48xlarge+us-east-1&term=on_demand").is(http.StatusOK).body)).ReadAll()
	if err != nil || !slices.ContainsFunc(lines, func(l []string) bool {
		return slices.Contains(l, "hourly 39.5 instead of 55.04 (contract 4711, 2026-11-01)")
	}) {
		t.Errorf("the file does not say what is own: %v, %v", lines, err)
	}
	compare := ann.get("/machines/compare?machine=" + url.QueryEscape(p5)).is(http.StatusOK)
	compare.says("#machine option[selected]", "4.94 USD per GPU hour")
	ann.get("/machines/compare/how?figure=own_month&machine="+url.QueryEscape(p5)).is(http.StatusOK).says(".steps", "contract 4711")

	for name, other := range map[string]*browser{"another team": s.member("Bob"), "a visitor": s.browser()} {
		if got := figureOf(other.get(p5Page).is(http.StatusOK), p5, "hourly"); got != "55.04" {
			t.Errorf("%s sees %s, want 55.04", name, got)
		}
	}
}

func TestAnOwnFigureIsRemovedAndComesBack(t *testing.T) {
	s := newSite(t)
	ann := s.member("Ann")
	ann.post("/machines/correct", "table", "instances", "row", p5, "hourly", "39.5", "source", "contract", "as_of", "2026-11-01").is(http.StatusSeeOther)
	page := ann.get(p5Page).is(http.StatusOK)
	remove := page.page.Find(`form[action^="/machines/corrections/"]`).AttrOr("action", "")
	s.member("Bob").post(remove).is(http.StatusNotFound)
	ann.post(remove, "back", p5Page).to(p5Page)
	gone := ann.get(p5Page).is(http.StatusOK)
	if got := figureOf(gone, p5, "hourly"); got != "55.04" {
		t.Errorf("after the removal %s, want 55.04", got)
	}
	gone.says("#notices", "The published figure holds again", "Undo")
	undo := gone.page.Find(`#notices form[action$="/restore"]`).AttrOr("action", "")
	ann.post(undo, "back", p5Page).to(p5Page)
	if got := figureOf(ann.get(p5Page).is(http.StatusOK), p5, "hourly"); got != "39.5" {
		t.Errorf("after the undo %s, want 39.5", got)
	}
	ann.get("/team").is(http.StatusOK).says("#log", "corrected a figure of machines", "removed an own figure", "brought back an own figure")
}

func TestQuotasPowerAndUnitPricesAreCorrectedToo(t *testing.T) {
	ann := newSite(t).member("Ann")
	for _, c := range []struct{ table, row, field, value, shown string }{
		{capacity.AcceleratorsKind, "L4", "kw", "0.15", "0.150"},
		{capacity.QuotasKind, "azure/gpt-4.1 GlobalStandard/tier 1 of 6/per region, subscription, model, deployment type", "tpm", "3M", "3000000"},
		{capacity.UnitPricesKind, "azure/PTU Global/hourly/2026-06", "price", "0.80", "0.8"},
	} {
		t.Run(c.table, func(t *testing.T) {
			ann.post("/machines/correct", "table", c.table, "row", c.row, c.field, c.value, "source", "our account", "as_of", "2026-11-01").is(http.StatusSeeOther)
			a := ann.get("/machines?page=all&table=" + c.table).is(http.StatusOK)
			if got := figureOf(a, c.row, c.field); strings.TrimRight(got, "0") != strings.TrimRight(c.shown, "0") {
				t.Errorf("shown is %s, want %s", got, c.shown)
			}
			a.says(`tr[data-key="`+c.row+`"]`, "own", "our account, 1 Nov 2026")
		})
	}
}

func TestATeamKeepsItsMeasurement(t *testing.T) {
	s := newSite(t)
	ann := s.member("Ann")
	question := compareURL("/machines/compare", "measured", "6000")
	keep := ann.get(question).is(http.StatusOK).page.Find(`a:contains("Keep the measurement")`).AttrOr("href", "")
	form := ann.get(keep).is(http.StatusOK).holds("output_tokens_per_second", "6000").says("main", "Llama 3.3 70B on 8 × H100 SXM")
	ann.submit(form, "/machines/correct", "source", "load test").is(http.StatusSeeOther)
	without := ann.get(compareURL("/machines/compare")).is(http.StatusOK)
	without.says(".tiles", "6,000", "measured by your team: load test")
	ann.get("/machines?table=throughput&who=own").is(http.StatusOK).says("#machines", "Llama 3.3 70B", "6,000", "load test", "Remove own")
	ann.get(compareURL("/machines/compare", "out", "600")).is(http.StatusOK).says(".tiles", "estimate")
	s.browser().get(compareURL("/machines/compare")).is(http.StatusOK).says(".tiles", "estimate")
}

func TestABadCorrectionIsNamedAndKept(t *testing.T) {
	s := newSite(t)
	ann := s.member("Ann")
	good := map[string]string{"table": "instances", "row": p5, "hourly": "39.5", "source": "contract", "as_of": "2026-11-01"}
	for _, c := range []struct{ name, field, value, message string }{
		{"no figure", "hourly", "", "Enter the figure"}, {"a word", "hourly", "cheap", "number"}, {"nothing", "hourly", "0", "more than 0, up to 100,000"},
		{"another currency", "hourly", "30 EUR", "plain number"}, {"no source", "source", " ", "Say where the figure is from"},
		{"a source too long", "source", strings.Repeat("x", 501), "at most 500"}, {"no day", "as_of", "soon", "Enter a day"}, {"a day to come", "as_of", "2999-01-01", "not in the future"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pairs := []string{}
			for name, value := range good {
				if name == c.field {
					value = c.value
				}
				pairs = append(pairs, name, value)
			}
			a := ann.post("/machines/correct", pairs...).is(http.StatusUnprocessableEntity)
			a.says(".error-summary", c.message).holds(c.field, c.value)
		})
	}
	if got := figureOf(ann.get(p5Page).is(http.StatusOK), p5, "hourly"); got != "55.04" {
		t.Errorf("something was kept: %s", got)
	}
	for _, row := range []string{"nowhere", ""} {
		ann.post("/machines/correct", "table", "instances", "row", row, "hourly", "1", "source", "x", "as_of", "2026-11-01").is(http.StatusNotFound)
	}
	ann.get("/machines/correct?table=models&row=Kimi+K2").is(http.StatusNotFound)
	ann.get("/machines/correct?table=throughput&row=a|b|c|d|e|f|g").is(http.StatusNotFound)
}

func TestOnlyEditorsCorrect(t *testing.T) {
	s := newSite(t)
	s.member("Ann").post("/machines/correct", "table", "instances", "row", p5, "hourly", "39.5", "source", "contract", "as_of", "2026-11-01").is(http.StatusSeeOther)
	viewer := s.memberOf("ann@example.org", "Vic", db.Viewer)
	page := viewer.get(p5Page).is(http.StatusOK)
	if got := figureOf(page, p5, "hourly"); got != "39.5" {
		t.Errorf("a viewer of the team sees %s, want the team's 39.5", got)
	}
	page.page.Find(".row-actions").Each(func(_ int, actions *goquery.Selection) {
		if strings.Contains(actions.Text(), "Correct") || strings.Contains(actions.Text(), "Remove") {
			t.Errorf("a viewer is offered %q", actions.Text())
		}
	})
	viewer.post("/machines/correct", "table", "instances", "row", p5, "hourly", "1", "source", "x", "as_of", "2026-11-01").is(http.StatusForbidden)
	s.browser().post("/machines/correct", "table", "instances", "row", p5).is(http.StatusSeeOther)
}

func TestAPlanThatAddsTheMachinePaysTheTeamsPrice(t *testing.T) {
	ann := newSite(t).member("Ann")
	ann.post("/machines/correct", "table", "instances", "row", p5, "hourly", "40", "source", "contract 4711", "as_of", "2026-11-01").is(http.StatusSeeOther)
	added := ann.follow(ann.press(ann.get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws us-east-1 p5.48xlarge", "add-gpus.model", "Llama 3.3 70B",
		"add-gpus.machines", "2", "add-gpus.workload", "chat")).is(http.StatusOK)
	added.says("#machines-panel", "USD 5 a GPU and hour · contract 4711, 2026-11-01")
}
