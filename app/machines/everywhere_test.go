package machines_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
	"headroom/pricing/capacity"
)

// wayText is the line of a way past the wall whose name begins with some words.
func wayText(t *testing.T, a *sitetest.Reply, name string) string {
	t.Helper()
	text := ""
	a.Page.Find("#ways .ways li").EachWithBreak(func(_ int, way *goquery.Selection) bool {
		if line := strings.Join(strings.Fields(way.Text()), " "); strings.HasPrefix(line, name) {
			text = line
		}
		return text == ""
	})
	if text == "" {
		t.Fatalf("no way begins with %q", name)
	}
	return text
}

// gpuPlan is a page whose users are held back by one machine at its list price.
func gpuPlan(b *sitetest.Browser) string {
	b.Site.T.Helper()
	added := b.Press(b.Get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws us-east-1 p5.48xlarge",
		"add-gpus.model", "Llama 3.3 70B",
		"add-gpus.machines", "1", "add-gpus.workload", "chat")
	added.Is(http.StatusSeeOther)
	return added.Location
}

const (
	yearOfPTU = "azure/PTU reservation/1 year/2026-06"
	thirdTier = "azure/gpt-5.4 GlobalStandard/tier 3 of 6/per region, subscription, model, deployment type"
)

// TestATeamsFigureIsTheSameOnEveryPage: one correction moves the ways past the wall, what they do to lock-in, the
// forms and the comparison with own machines, for the team that made it and for nobody else.
func TestATeamsFigureIsTheSameOnEveryPage(t *testing.T) {
	type shown struct {
		page          func(b *sitetest.Browser) string // its address
		selector      string                           // "": the way that begins with the name
		name          string
		before, after string
	}
	same := func(address string) func(*sitetest.Browser) string {
		return func(*sitetest.Browser) string { return address }
	}
	withUnits := func(b *sitetest.Browser) string {
		b.Site.T.Helper()
		added := b.Press(b.Get("/"), "add-units", "add-units.units", "100")
		added.Is(http.StatusSeeOther)
		return added.Location
	}
	compare := "/machines/compare?machine=" + url.QueryEscape(p5)
	for _, c := range []struct {
		name                    string
		kind, row, field, value string
		shown                   []shown
	}{
		{"the price of a unit", capacity.UnitPricesKind, yearOfPTU, "price", "1200", []shown{
			{same("/"), "", "Reserve 375 PTU", "+$41.5k/mo", "+$1,662/mo"},
			{same("/"), "", "Reserve 375 PTU", "lock-in worse: 41.5 → 47.0", "lock-in worse: 41.5 → 43.5"},
			{withUnits, `[name="fill.offers.azure-gpt-5-4-ptu"]`, "", "PTU reservation, 1 year: USD 2652 a year",
				"PTU reservation, 1 year: USD 1200 a year"},
		}},
		{"a quota", capacity.QuotasKind, thirdTier, "tpm", "7000000", []shown{
			{same("/"), "", "Reach Azure's tier 3 of 6", "4 M tokens a minute", "7 M tokens a minute"},
			{same("/"), `[name="fill.offers.azure-gpt-5.4"]`, "", "Tier 3 of 6: 4,000,000 tokens",
				"Tier 3 of 6: 7,000,000 tokens"},
		}},
		{"the price of a machine", capacity.InstancesKind, p5, "hourly", "40", []shown{
			{gpuPlan, "", "Add ", "+$", "+$"},
			{gpuPlan, "#machines-panel", "", "USD 6.88 a GPU and hour", "USD 5 a GPU and hour"},
			{same(compare), "#machine option[selected]", "", "6.88 USD per GPU hour", "5.00 USD per GPU hour"},
			{same(compare), ".tiles", "", "", ""},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sitetest.NewSite(t)
			ann, bob := s.Member("Ann"), s.Member("Bob")
			addresses, texts := make([]string, len(c.shown)), make([]string, len(c.shown))
			read := func(b *sitetest.Browser, i int) string {
				page := b.Get(addresses[i]).Is(http.StatusOK)
				if c.shown[i].selector == "" {
					return wayText(t, page, c.shown[i].name)
				}
				return strings.Join(strings.Fields(page.Page.Find(c.shown[i].selector).Text()), " ")
			}
			for i, show := range c.shown {
				addresses[i] = show.page(ann)
				if texts[i] = read(ann, i); !strings.Contains(texts[i], show.before) {
					t.Errorf("before the correction %s says %q, want %q", addresses[i], texts[i], show.before)
				}
			}
			ann.Post("/machines/correct", "table", c.kind, "row", c.row, c.field, c.value, "source", "contract 4711",
				"as_of", "2026-11-01").
				Is(http.StatusSeeOther)
			for i, show := range c.shown {
				if text := read(ann, i); !strings.Contains(text, show.after) || text == texts[i] {
					t.Errorf("with the correction %s says %q, want %q", addresses[i], text, show.after)
				}
				for name, other := range map[string]*sitetest.Browser{"another team": bob, "a visitor": s.Browser()} {
					if text := read(other, i); text != texts[i] {
						t.Errorf("%s reads %q, want %q", name, text, texts[i])
					}
				}
			}
		})
	}
}

func TestAWayThatIsTriedHasTheTeamsPrice(t *testing.T) {
	ann := sitetest.NewSite(t).Member("Ann")
	ann.Post("/machines/correct", "table", capacity.UnitPricesKind, "row", yearOfPTU, "price", "1200", "source",
		"contract 4711", "as_of", "2026-11-01").
		Is(http.StatusSeeOther)
	page := ann.Get("/").Is(http.StatusOK)
	link := page.Page.Find(`#ways a:contains("Reserve 375 PTU")`).First().AttrOr("href", "")
	tried := ann.Get(link)
	tried.Is(http.StatusSeeOther)
	address, _, _ := strings.Cut(tried.Location, "#")
	plan := ann.Get("/plan.json" + strings.TrimPrefix(address, "/")).Is(http.StatusOK)
	if !strings.Contains(strings.Join(strings.Fields(plan.Body), ""), `"price_per_month":"100"`) {
		t.Error("the alternative does not pay the team's price")
	}
}
