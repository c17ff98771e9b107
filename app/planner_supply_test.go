package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// press sends the plan's form with one of its buttons.
func (b *browser) press(a *reply, do string, pairs ...string) *reply {
	a.t.Helper()
	if a.page.Find(`#plan button[name="do"][value="`+do+`"]`).Length() != 1 {
		a.t.Fatalf("the form has no button %q", do)
	}
	return b.change(a, append(pairs, "do", do)...)
}

func TestProvisionedCapacityIsAddedFilledInAndTakenBack(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/").is(http.StatusOK)
	added := b.follow(b.press(page, "add-units", "add-units.units", "100")).is(http.StatusOK)
	const lot = "offers.azure-gpt-5-4-ptu.lots[0]."
	added.holds(lot+"units", "100").holds(lot+"price_per_hour", "1").holds("offers.azure-gpt-5-4-ptu.tokens_per_minute_per_unit", "2,400")
	added.says(".planner-messages", "Added: azure-gpt-5-4-ptu.", "One unit carries", "Excess goes to", "Units", "Price an hour", "Undo")
	added.says("#units-panel", "Serves chat as azure-gpt-5-4-ptu.", "MicrosoftDocs/azure-ai-docs, 2026-05-21", "Sold from 15 PTU, in steps of 5", "public GitHub text found by text search, 2026-06")
	added.says("h1", "Your budget stops your growth.")

	term := option(t, added, "fill.offers.azure-gpt-5-4-ptu", "PTU reservation, 1 year")
	filled := b.follow(b.press(added, "fill:offers.azure-gpt-5-4-ptu", "fill.offers.azure-gpt-5-4-ptu", term)).is(http.StatusOK)
	filled.holds(lot+"price_per_month", "221").holds(lot+"price_per_hour", "")
	filled.says(".planner-messages", "Filled in.", "Changed: Price an hour, Price a month.")
	filled.says("h1", "June 2027: Azure’s token quota stops your growth.")

	back := filled.page.Find(`.planner-messages a`).AttrOr("href", "")
	b.get(back).is(http.StatusOK).holds(lot+"price_per_hour", "1")
	gone := b.follow(b.press(filled, "remove-offer:azure-gpt-5-4-ptu")).is(http.StatusOK)
	gone.says(".planner-messages", "Removed: azure-gpt-5-4-ptu.")
	gone.says("h1", "May 2027: Azure’s token quota stops your growth.")
}

// option is the value of the choice that begins with a text.
func option(t *testing.T, a *reply, name, text string) string {
	t.Helper()
	value := ""
	a.page.Find(`[name="` + name + `"] option`).Each(func(_ int, o *goquery.Selection) {
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
	b := plannerSite(t).browser()
	added := b.follow(b.press(b.get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws us-east-1 p5.48xlarge", "add-gpus.model", "Llama 3.3 70B",
		"add-gpus.machines", "2", "add-gpus.workload", "chat")).is(http.StatusOK)
	added.says(".planner-messages", "Added: llama-3.3-70b-on-h100-sxm-aws-us-east-1, h100-sxm-aws-us-east-1.")
	added.says("#machines-panel", "estimated, with the range of the error", "USD 6.88 a GPU and hour · aws/karpenter-provider-aws, 2026-07-20",
		"1.73 kW a GPU, facility included")
	added.says("h1", "The GPUs of h100-sxm-aws-us-east-1 stop your growth.")
	added.holds("gpu_pools.h100-sxm-aws-us-east-1.lots[0].gpus", "16")
	if got := added.page.Find(`[name="workloads.chat.routes[0].seller"] option[selected]`).Text(); !strings.Contains(got, "llama-3.3-70b-on-h100") {
		t.Errorf("chat goes to %q", got)
	}
	powered := b.follow(b.press(added, "add-site", "add-site.megawatts", "0.02", "add-site.pool", "h100-sxm-aws-us-east-1"))
	powered.holds("sites.site.lots[0].megawatts", "0.02").says("#limits", "site")
	granted := b.follow(b.press(powered, "add-grant", "add-grant.pool", "h100-sxm-aws-us-east-1", "add-grant.gpus", "8"))
	granted.says("#purses", "1 GPU allocation", "8 GPUs in h100-sxm-aws-us-east-1 from 2027-01")
	refused := b.press(granted, "remove-pool:h100-sxm-aws-us-east-1").is(http.StatusUnprocessableEntity)
	if refused.page.Find(`#machines-panel p.error#f-remove-pool-h100-sxm-aws-us-east-1`).Length() != 1 || refused.page.Find(`.error-summary a[href="#f-remove-pool-h100-sxm-aws-us-east-1"]`).Length() != 1 {
		t.Error("the summary does not lead to what is wrong")
	}
	refused.says("#machines-panel", "Chat goes only there: choose another seller for it first.")
}

func TestWhatCannotBeAddedKeepsItsText(t *testing.T) {
	b := plannerSite(t).browser()
	bad := b.press(b.get("/"), "add-gpus", "add-gpus.machine", "8 x H100 aws", "add-gpus.model", "Llama 3.3 70B", "add-gpus.workload", "chat").is(http.StatusUnprocessableEntity)
	bad.holds("add-gpus.machine", "8 x H100 aws").holds("add-gpus.model", "Llama 3.3 70B")
	bad.says(".error-summary", "Machine", "such as 8 × H100 SXM, aws p5.48xlarge")
	if bad.page.Find("#machines-panel[open] #add-gpus[open] .invalid").Length() != 1 {
		t.Error("the panel with the mistake is closed")
	}
	if link := bad.page.Find(`.error-summary a[href="#f-add-gpus-machine"]`); link.Length() != 1 {
		t.Error("the summary does not lead to the field")
	}
	lots := b.follow(b.press(b.get("/"), "add-units"))
	wrong := b.change(lots, "offers.azure-gpt-5-4-ptu.lots[0].price_per_hour", "").is(http.StatusUnprocessableEntity)
	wrong.says(".error-summary", "Units", "exactly one of price_per_hour and price_per_month")
}

func TestAQuotaTierIsFilledInWithItsSource(t *testing.T) {
	b := plannerSite(t).browser()
	page := b.get("/")
	tier := option(t, page, "fill.offers.azure-gpt-5.4", "Tier 6 of 6: 15,000,000 tokens, 150,000 requests a minute, MicrosoftDocs/azure-ai-docs, 2026-02-18")
	filled := b.follow(b.press(page, "fill:offers.azure-gpt-5.4", "fill.offers.azure-gpt-5.4", tier)).is(http.StatusOK)
	filled.holds("offers.azure-gpt-5.4.quota.tokens_per_minute", "15,000,000").holds("offers.azure-gpt-5.4.quota.requests_per_minute", "150,000")
	filled.says(".planner-messages", "Filled in.", "Changed: Token quota, Request quota.")
	filled.says("#limits-panel", "Tier 6 of 6: 15,000,000 tokens, 150,000 requests a minute · MicrosoftDocs/azure-ai-docs, 2026-02-18")
	filled.says("h1", "Your budget stops your growth.")
	b.press(page, "fill:offers.azure-gpt-5.4").is(http.StatusUnprocessableEntity).says(".error-summary", "Choose a row of the list first.")
}

func TestAddedCapacityCarriesNoLinksOfItsOwn(t *testing.T) {
	b := plannerSite(t).browser()
	added := b.follow(b.press(b.get("/"), "add-units"))
	if n := added.page.Find("#units-panel a").Length(); n != 0 {
		t.Errorf("%d links in the panel of units, each with the whole plan", n)
	}
	q, err := url.Parse(added.page.Find(`.planner-messages a`).AttrOr("href", ""))
	if err != nil || q.Query().Get("from") != "chatbot" {
		t.Errorf("undo leads to %v", q)
	}
}
