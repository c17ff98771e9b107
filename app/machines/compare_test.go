package machines_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
)

func TestOwnMachinesAgainstTheAPI(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/machines/compare").Is(http.StatusOK)
	a.Says("h1", "The API is cheaper", "for own machines")
	a.Says(".verdict", "One machine would pay from", "it can serve", "kW provisioned")
	for _, c := range []struct {
		name  string
		pairs []string
		says  string
	}{
		{"a price that nobody asks makes own machines win", []string{"price", "0.05", "ops", "0"},
			"Own machines are cheaper"},
		{"a measured figure beats the estimate", []string{"measured", "100"}, "measured"},
		{"a load in tokens is one in requests", []string{"load", "35B", "per", "tokens"}, "The API is cheaper"},
		{"a model that does not fit", []string{"model", "DeepSeek V3", "precision", "bf16", "replica", ""},
			"cannot be served this way"},
		{"an offer of another model is left out, and said so", []string{"offer", "azure/gpt-5.4|global"},
			"The API is cheaper"},
		{"revenue gives revenue per megawatt", []string{"revenue", "1M"}, "Revenue per megawatt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := b.Get(sitetest.CompareURL("/machines/compare", c.pairs...)).Is(http.StatusOK).Says(".verdict", c.says)
			if strings.HasPrefix(c.name, "an offer") {
				a.Says(".detail", "does not sell this model at a known price")
			}
		})
	}
}

// TestTheErrorOfTheEstimateDecides is the worked example: against Bedrock at 0.72 USD the nodes of Nebius are close.
func TestTheErrorOfTheEstimateDecides(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get(sitetest.CompareURL("/machines/compare")).Is(http.StatusOK)
	var verdict, share string
	a.Page.Find("#offers tbody tr").Each(func(_ int, row *goquery.Selection) {
		key := row.AttrOr("data-key", "")
		if strings.HasPrefix(key, "bedrock/") && sitetest.FigureOf(a, key, "input") == "0.72" &&
			sitetest.FigureOf(a, key, "output") == "0.72" {
			verdict, share = sitetest.FigureOf(a, key, "verdict"), sitetest.FigureOf(a, key, "share_of_capacity")
		}
	})
	if verdict != "close" || share != "0.834" {
		t.Errorf("verdict %q at a share of %q, want close at 0.834", verdict, share)
	}
}

func TestEveryFigureOfTheComparisonOpens(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get(sitetest.CompareURL("/machines/compare", "revenue", "1M")).Is(http.StatusOK)
	opened := map[string]bool{}
	a.Page.Find(".tiles a.how-fig, #offers tbody tr:first-child a.how-fig").Each(func(_ int, link *goquery.Selection) {
		href := link.AttrOr("href", "")
		d := b.Get(href).Is(http.StatusOK)
		shown, _, _ := strings.Cut(link.Text(), ", how")
		u, err := url.Parse(href)
		if err != nil {
			t.Fatal(err)
		}
		opened[u.Query().Get("figure")] = true
		if d.Page.Find(".steps li").Length() < 3 || d.Page.Find(".formula").Text() == "" {
			t.Errorf("%s has no derivation", href)
		}
		if result := d.Page.Find(".result").Text(); !strings.HasPrefix(shown, "$") && !strings.HasSuffix(shown, "M") &&
			!strings.Contains(result, shown) && u.Query().Get("figure") != "megawatts" {
			t.Errorf("%s: the page shows %s, its derivation comes to %s", u.Query().Get("figure"), shown, result)
		}
		if back := d.Page.Find(`main a.btn`).AttrOr("href", ""); !strings.HasPrefix(back, "/machines/compare?") {
			t.Errorf("the way back is %q", back)
		}
	})
	for _, figure := range []string{"throughput", "machines", "megawatts", "own_month", "api_month",
		"break_even_requests", "share_of_capacity", "revenue_per_mw"} {
		if !opened[figure] {
			t.Errorf("%s does not open", figure)
		}
	}
	b.Get(sitetest.CompareURL("/machines/compare/how", "figure", "colour")).Is(http.StatusNotFound)
}

func TestABadQuestionIsNamedAndKept(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
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
			a := b.Get(sitetest.CompareURL("/machines/compare", pairs...)).Is(http.StatusUnprocessableEntity)
			a.Says(".error-summary", c.message)
			if c.field != "replica" && c.field != "machine" && c.field != "model" && c.field != "precision" {
				a.Holds(c.field, c.value)
			}
			if c.field != "load" {
				a.Holds("load", "14M")
			}
		})
	}
}

// oneGPU is the key of a machine with a single H100.
func oneGPU(t *testing.T, b *sitetest.Browser) string {
	t.Helper()
	key := ""
	b.Get("/machines?table=instances&accelerator=H100+SXM&term=on_demand&seller=lambda&page=all").
		Page.Find("#machines tbody tr").Each(func(_ int, row *goquery.Selection) {
		key = row.AttrOr("data-key", "")
	})
	if key == "" {
		t.Fatal("Lambda lists no H100")
	}
	return key
}

func TestAMachineOfTheTableIsComparedAsListed(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	list := b.Get("/machines?table=instances&seller=aws&accelerator=H100+SXM&area=in&q=p5.48xlarge&term=on_demand").
		Is(http.StatusOK)
	a := b.Get(list.Page.Find("#machines .row-actions a").First().AttrOr("href", "")).Is(http.StatusOK)
	a.Says("#machine option[selected]", "AWS 8 × H100 SXM, ap-south-1")
}

func TestMachinesGoIntoAPlan(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get(sitetest.CompareURL("/machines/compare")).Is(http.StatusOK)
	plan := b.Follow(b.Get(a.Page.Find(`a[href^="/machines/compare/use"]`).AttrOr("href", ""))).Is(http.StatusOK)
	plan.Says("#comparison", "Llama 3.3 70B on 8 × H100 SXM at Nebius")
	if total := sitetest.Figure(t, plan, "own-machines", "total"); total <= 0 {
		t.Errorf("the machines cost %g", total)
	}
	again := b.Get(sitetest.CompareURL("/machines/compare/use", "load", "80M", "from", "chatbot")).
		Is(http.StatusSeeOther)
	b.Get(again.Location).Is(http.StatusOK).Says("#comparison", "× H100 SXM at Nebius")
	if text := a.Page.Find(".fragment").Text(); !strings.Contains(text, `"gpu_pools"`) ||
		!strings.Contains(text, `"kw_per_gpu": "1.73"`) {
		t.Errorf("the part of a plan file is %q", text)
	}
	b.Get(sitetest.CompareURL("/machines/compare/use", "model", "DeepSeek V3", "precision", "bf16", "replica", "")).
		Is(http.StatusNotFound)
}

func TestEveryMachinesFirstComparisonIsAnAnswer(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Browser()
	links := b.Get("/machines").Is(http.StatusOK).Page.Find(`#machines a:contains("Against the API")`)
	if links.Length() < 10 {
		t.Fatalf("%d machines can be compared", links.Length())
	}
	links.Each(func(_ int, link *goquery.Selection) {
		url := link.AttrOr("href", "")
		if headline := b.Get(url).Is(http.StatusOK).Page.Find("h1").Text(); strings.Contains(headline,
			"cannot be served") {
			t.Errorf("%s: %s", url, headline)
		}
	})
	first := links.First().AttrOr("href", "")
	// a choice is never replaced
	b.Get(first+"&model=Llama+3.1+405B").Is(http.StatusOK).Says("h1", "Llama 3.1 405B cannot be served")
}
