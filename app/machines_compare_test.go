package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// compareURL asks the worked example with some parameters changed: name, value, ...
func compareURL(path string, pairs ...string) string {
	q := url.Values{"model": {"Llama 3.3 70B"}, "in": {"2000"}, "out": {"500"}, "load": {"14M"}, "per": {"requests"}, "peak": {"1"}, "use": {"60"}, "speed": {"30"},
		"precision": {"fp8"}, "kv": {"fp8"}, "replica": {"2"}, "ops": {"5000"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

func TestOwnMachinesAgainstTheAPI(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/machines/compare").is(http.StatusOK)
	a.says("h1", "The API is cheaper", "for own machines")
	a.says(".verdict", "One machine would pay from", "it can serve", "kW provisioned")
	for _, c := range []struct {
		name  string
		pairs []string
		says  string
	}{
		{"a price that nobody asks makes own machines win", []string{"price", "0.05", "ops", "0"}, "Own machines are cheaper"},
		{"a measured figure beats the estimate", []string{"measured", "100"}, "measured"},
		{"a load in tokens is one in requests", []string{"load", "35B", "per", "tokens"}, "The API is cheaper"},
		{"a model that does not fit", []string{"model", "DeepSeek V3", "precision", "bf16", "replica", ""}, "cannot be served this way"},
		{"an offer of another model is left out, and said so", []string{"offer", "azure/gpt-5.4|global"}, "The API is cheaper"},
		{"revenue gives revenue per megawatt", []string{"revenue", "1M"}, "Revenue per megawatt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := b.get(compareURL("/machines/compare", c.pairs...)).is(http.StatusOK).says(".verdict", c.says)
			if strings.HasPrefix(c.name, "an offer") {
				a.says(".detail", "does not sell this model at a known price")
			}
		})
	}
}

// TestTheErrorOfTheEstimateDecides is the worked example: against Bedrock at 0.72 USD the nodes of Nebius are close.
func TestTheErrorOfTheEstimateDecides(t *testing.T) {
	b := newSite(t).browser()
	a := b.get(compareURL("/machines/compare")).is(http.StatusOK)
	var verdict, share string
	a.page.Find("#offers tbody tr").Each(func(_ int, row *goquery.Selection) {
		key := row.AttrOr("data-key", "")
		if strings.HasPrefix(key, "bedrock/") && figureOf(a, key, "input") == "0.72" && figureOf(a, key, "output") == "0.72" {
			verdict, share = figureOf(a, key, "verdict"), figureOf(a, key, "share_of_capacity")
		}
	})
	if verdict != "close" || share != "0.834" {
		t.Errorf("verdict %q at a share of %q, want close at 0.834", verdict, share)
	}
}

func TestEveryFigureOfTheComparisonOpens(t *testing.T) {
	b := newSite(t).browser()
	a := b.get(compareURL("/machines/compare", "revenue", "1M")).is(http.StatusOK)
	opened := map[string]bool{}
	a.page.Find(".tiles a.how-fig, #offers tbody tr:first-child a.how-fig").Each(func(_ int, link *goquery.Selection) {
		href := link.AttrOr("href", "")
		d := b.get(href).is(http.StatusOK)
		shown, _, _ := strings.Cut(link.Text(), ", how")
		u, err := url.Parse(href)
		if err != nil {
			t.Fatal(err)
		}
		opened[u.Query().Get("figure")] = true
		if d.page.Find(".steps li").Length() < 3 || d.page.Find(".formula").Text() == "" {
			t.Errorf("%s has no derivation", href)
		}
		if result := d.page.Find(".result").Text(); !strings.HasPrefix(shown, "$") && !strings.HasSuffix(shown, "M") && !strings.Contains(result, shown) && u.Query().Get("figure") != "megawatts" {
			t.Errorf("%s: the page shows %s, its derivation comes to %s", u.Query().Get("figure"), shown, result)
		}
		if back := d.page.Find(`main a.btn`).AttrOr("href", ""); !strings.HasPrefix(back, "/machines/compare?") {
			t.Errorf("the way back is %q", back)
		}
	})
	for _, figure := range []string{"throughput", "machines", "megawatts", "own_month", "api_month", "break_even_requests", "share_of_capacity", "revenue_per_mw"} {
		if !opened[figure] {
			t.Errorf("%s does not open", figure)
		}
	}
	b.get(compareURL("/machines/compare/how", "figure", "colour")).is(http.StatusNotFound)
}

func TestABadQuestionIsNamedAndKept(t *testing.T) {
	b := newSite(t).browser()
	for _, c := range []struct{ name, field, value, message string }{
		{"a word", "load", "lots", "number"},
		{"a range", "in", "1k to 2k", "one number"},
		{"more than all", "use", "170", "1 to 100"},
		{"a part of a token", "out", "0.5", "1 to 2,000,000"},
		{"no machine of that name", "machine", "moon/1", "No such machine"},
		{"no model of that name", "model", "gpt-9", "not a known open-weight model"},
		{"half a machine", "count", "12", "whole multiple"},
		{"a replica larger than the machine", "replica", "8", ""},
		{"another currency", "price", "3 EUR", "plain number"},
		{"a precision that nobody has", "precision", "int3", "int3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pairs := []string{c.field, c.value}
			if c.field == "replica" {
				pairs = append(pairs, "machine", oneGPU(t, b))
				c.message = "at most the accelerators of one machine"
			}
			a := b.get(compareURL("/machines/compare", pairs...)).is(http.StatusUnprocessableEntity)
			a.says(".error-summary", c.message)
			if c.field != "replica" && c.field != "machine" && c.field != "model" && c.field != "precision" {
				a.holds(c.field, c.value)
			}
			if c.field != "load" {
				a.holds("load", "14M")
			}
		})
	}
}

// oneGPU is the key of a machine with a single H100.
func oneGPU(t *testing.T, b *browser) string {
	t.Helper()
	key := ""
	b.get("/machines?table=instances&accelerator=H100+SXM&term=on_demand&seller=lambda&page=all").page.Find("#machines tbody tr").Each(func(_ int, row *goquery.Selection) {
		key = row.AttrOr("data-key", "")
	})
	if key == "" {
		t.Fatal("Lambda lists no H100")
	}
	return key
}

func TestAMachineOfTheTableIsComparedAsListed(t *testing.T) {
	b := newSite(t).browser()
	list := b.get("/machines?table=instances&seller=aws&accelerator=H100+SXM&area=in&q=p5.48xlarge&term=on_demand").is(http.StatusOK)
	a := b.get(list.page.Find("#machines .row-actions a").First().AttrOr("href", "")).is(http.StatusOK)
	a.says("#machine option[selected]", "AWS 8 × H100 SXM, ap-south-1")
}

func TestMachinesGoIntoAPlan(t *testing.T) {
	b := newSite(t).browser()
	a := b.get(compareURL("/machines/compare")).is(http.StatusOK)
	plan := b.follow(b.get(a.page.Find(`a[href^="/machines/compare/use"]`).AttrOr("href", ""))).is(http.StatusOK)
	plan.says("#comparison", "Llama 3.3 70B on 8 × H100 SXM at Nebius")
	if total := figure(t, plan, "own-machines", "total"); total <= 0 {
		t.Errorf("the machines cost %g", total)
	}
	again := b.get(compareURL("/machines/compare/use", "load", "80M", "from", "chatbot")).is(http.StatusSeeOther)
	b.get(again.location).is(http.StatusOK).says("#comparison", "× H100 SXM at Nebius")
	if text := a.page.Find(".fragment").Text(); !strings.Contains(text, `"gpu_pools"`) || !strings.Contains(text, `"kw_per_gpu": "1.73"`) {
		t.Errorf("the part of a plan file is %q", text)
	}
	b.get(compareURL("/machines/compare/use", "model", "DeepSeek V3", "precision", "bf16", "replica", "")).is(http.StatusNotFound)
}

func TestEveryMachinesFirstComparisonIsAnAnswer(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	links := b.get("/machines").is(http.StatusOK).page.Find(`#machines a:contains("Against the API")`)
	if links.Length() < 10 {
		t.Fatalf("%d machines can be compared", links.Length())
	}
	links.Each(func(_ int, link *goquery.Selection) {
		url := link.AttrOr("href", "")
		if headline := b.get(url).is(http.StatusOK).page.Find("h1").Text(); strings.Contains(headline, "cannot be served") {
			t.Errorf("%s: %s", url, headline)
		}
	})
	first := links.First().AttrOr("href", "")
	b.get(first+"&model=Llama+3.1+405B").is(http.StatusOK).says("h1", "Llama 3.1 405B cannot be served") // a choice is never replaced
}
