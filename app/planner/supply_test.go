package planner_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
)

func TestProvisionedCapacityIsAddedFilledInAndTakenBack(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/").Is(http.StatusOK)
	added := b.Follow(b.Press(page, "add-units", "add-units.units", "100")).Is(http.StatusOK)
	const lot = "offers.azure-gpt-5-4-ptu.lots[0]."
	added.Holds(lot+"units", "100").Holds(lot+"price_per_hour", "1").
		Holds("offers.azure-gpt-5-4-ptu.tokens_per_minute_per_unit", "2,400")
	added.Says(".planner-messages", "Added: azure-gpt-5-4-ptu.", "One unit carries", "Excess goes to",
		"Units", "Price an hour", "Undo")
	added.Says("#units-panel", "Serves chat as azure-gpt-5-4-ptu.", "MicrosoftDocs/azure-ai-docs, 2026-05-21",
		"Sold from 15 PTU, in steps of 5", "public GitHub text found by text search, 2026-06")
	added.Says("h1", "Your budget stops your growth.")

	term := option(t, added, "fill.offers.azure-gpt-5-4-ptu", "PTU reservation, 1 year")
	filled := b.Follow(b.Press(added, "fill:offers.azure-gpt-5-4-ptu", "fill.offers.azure-gpt-5-4-ptu", term)).
		Is(http.StatusOK)
	filled.Holds(lot+"price_per_month", "221").Holds(lot+"price_per_hour", "")
	filled.Says(".planner-messages", "Filled in.", "Changed: Price an hour, Price a month.")
	filled.Says("h1", "June 2027: Azure’s token quota stops your growth.")

	back := filled.Page.Find(`.planner-messages a`).AttrOr("href", "")
	b.Get(back).Is(http.StatusOK).Holds(lot+"price_per_hour", "1")
	gone := b.Follow(b.Press(filled, "remove-offer:azure-gpt-5-4-ptu")).Is(http.StatusOK)
	gone.Says(".planner-messages", "Removed: azure-gpt-5-4-ptu.")
	gone.Says("h1", "May 2027: Azure’s token quota stops your growth.")
}

// option is the value of the choice that begins with a text.
func option(t *testing.T, a *sitetest.Reply, name, text string) string {
	t.Helper()
	value := ""
	a.Page.Find(`[name="` + name + `"] option`).Each(func(_ int, o *goquery.Selection) {
		if strings.HasPrefix(o.Text(), text) {
			value = o.AttrOr("value", "")
		}
	})
	if value == "" {
		t.Fatalf("%s has no choice %q", name, text)
	}
	return value
}

func TestGPUsAreAddedWithTheirSourcesAndServe(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	added := b.Follow(b.Press(b.Get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws us-east-1 p5.48xlarge",
		"add-gpus.model", "Llama 3.3 70B",
		"add-gpus.machines", "2", "add-gpus.workload", "chat")).Is(http.StatusOK)
	added.Says(".planner-messages", "Added: llama-3.3-70b-on-h100-sxm-aws-us-east-1, h100-sxm-aws-us-east-1.")
	added.Says("#machines-panel", "estimated, with the range of the error",
		"USD 6.88 a GPU and hour · aws/karpenter-provider-aws, 2026-07-20",
		"1.73 kW a GPU, facility included")
	added.Says("h1", "The GPUs of h100-sxm-aws-us-east-1 stop your growth.")
	added.Holds("gpu_pools.h100-sxm-aws-us-east-1.lots[0].gpus", "16")
	if got := added.Page.Find(`[name="workloads.chat.routes[0].seller"] option[selected]`).
		Text(); !strings.Contains(got, "llama-3.3-70b-on-h100") {
		t.Errorf("chat goes to %q", got)
	}
	powered := b.Follow(b.Press(added, "add-site", "add-site.megawatts", "0.02", "add-site.pool",
		"h100-sxm-aws-us-east-1"))
	powered.Holds("sites.site.lots[0].megawatts", "0.02").Says("#limits", "site")
	granted := b.Follow(b.Press(powered, "add-grant", "add-grant.pool", "h100-sxm-aws-us-east-1", "add-grant.gpus",
		"8"))
	granted.Says("#purses", "1 GPU allocation", "8 GPUs in h100-sxm-aws-us-east-1 from 2027-01")
	refused := b.Press(granted, "remove-pool:h100-sxm-aws-us-east-1").Is(http.StatusUnprocessableEntity)
	if refused.Page.Find(`#machines-panel p.error#f-remove-pool-h100-sxm-aws-us-east-1`).Length() != 1 ||
		refused.Page.Find(`.error-summary a[href="#f-remove-pool-h100-sxm-aws-us-east-1"]`).Length() != 1 {
		t.Error("the summary does not lead to what is wrong")
	}
	refused.Says("#machines-panel", "Chat goes only there: choose another seller for it first.")
}

func TestWhatCannotBeAddedKeepsItsText(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	bad := b.Press(b.Get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws", "add-gpus.model", "Llama 3.3 70B",
		"add-gpus.workload", "chat").Is(http.StatusUnprocessableEntity)
	bad.Holds("add-gpus.machine", "8 x H100 aws").Holds("add-gpus.model", "Llama 3.3 70B")
	bad.Says(".error-summary", "Machine", "such as 8 × H100 SXM, aws p5.48xlarge")
	if bad.Page.Find("#machines-panel[open] #add-gpus[open] .invalid").Length() != 1 {
		t.Error("the panel with the mistake is closed")
	}
	if link := bad.Page.Find(`.error-summary a[href="#f-add-gpus-machine"]`); link.Length() != 1 {
		t.Error("the summary does not lead to the field")
	}
	lots := b.Follow(b.Press(b.Get("/"), "add-units"))
	wrong := b.Change(lots, "offers.azure-gpt-5-4-ptu.lots[0].price_per_hour", "").Is(http.StatusUnprocessableEntity)
	wrong.Says(".error-summary", "Units", "exactly one of price_per_hour and price_per_month")
}

func TestAQuotaTierIsFilledInWithItsSource(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	page := b.Get("/")
	tier := option(t, page, "fill.offers.azure-gpt-5.4", "Tier 6 of 6: 15,000,000 tokens, 150,000 requests a minute, "+
		"MicrosoftDocs/azure-ai-docs, 2026-02-18")
	filled := b.Follow(b.Press(page, "fill:offers.azure-gpt-5.4", "fill.offers.azure-gpt-5.4", tier)).Is(http.StatusOK)
	filled.Holds("offers.azure-gpt-5.4.quota.tokens_per_minute", "15,000,000").
		Holds("offers.azure-gpt-5.4.quota.requests_per_minute", "150,000")
	filled.Says(".planner-messages", "Filled in.", "Changed: Token quota, Request quota.")
	filled.Says("#limits-panel", "Tier 6 of 6: 15,000,000 tokens, 150,000 requests a minute · "+
		"MicrosoftDocs/azure-ai-docs, 2026-02-18")
	filled.Says("h1", "Your budget stops your growth.")
	b.Press(page, "fill:offers.azure-gpt-5.4").Is(http.StatusUnprocessableEntity).
		Says(".error-summary", "Choose a row of the list first.")
}

func TestAddedCapacityCarriesNoLinksOfItsOwn(t *testing.T) {
	b := sitetest.PlannerSite(t).Browser()
	added := b.Follow(b.Press(b.Get("/"), "add-units"))
	if n := added.Page.Find("#units-panel a").Length(); n != 0 {
		t.Errorf("%d links in the panel of units, each with the whole plan", n)
	}
	q, err := url.Parse(added.Page.Find(`.planner-messages a`).AttrOr("href", ""))
	if err != nil || q.Query().Get("from") != "chatbot" {
		t.Errorf("undo leads to %v", q)
	}
}
