package app_test

import (
	"net/http"
	"strings"
)

// pricesJourney is the price list with its filters and files, and pages of models.
func pricesJourney(w *world) {
	r := w.reader("visitor")
	list := r.get("/prices").is(http.StatusOK)
	r.ask(question{method: http.MethodGet, path: "/prices", note: "known already",
		header: map[string]string{"If-None-Match": list.header.Get("ETag")}}).is(http.StatusNotModified)
	r.fragment("/prices")
	for _, query := range []string{
		"page=2", "page=all&lab=openai", "page=999", "q=claude", "q=no+such+model",
		"lab=openai,anthropic&sort=cost", "sort=model", "sort=cost.desc", "sort=azure",
		"seller=azure,bedrock,direct&show=mix", "seller=nobody", "show=cache", "weights=open", "scope=global",
		"only=conflict", "only=old", "only=unknown", "age=all&kind=all",
		"in=12k&out=900", "in=lots", "in=1k+to+2k&out=3M", "in=0&out=0", "in=1.200", "q=%3Cscript%3E",
	} {
		r.get("/prices?" + query)
	}
	for _, query := range []string{"", "?lab=openai,anthropic&sort=model&in=12k&out=900", "?lab=openai&csv=excel",
		"?lab=openai&csv=excel&separator=semicolon", "?in=lots"} {
		r.get("/prices.csv" + query)
	}
	r.get("/prices.xlsx?lab=openai,anthropic&sort=model&in=12k&out=900")
	pricePages(w, r, list)
}

// pricePages are pages of models, and prices taken into a plan.
func pricePages(w *world, r *reader, list *reply) {
	w.t.Helper()
	for _, model := range []string{"openai/gpt-5-4", "anthropic/claude-sonnet-4-5", "meta/llama-3-3-70b",
		"google/gemini-3-5-flash", "openai/gpt-oss-120b"} {
		page := r.get("/prices/models/" + model)
		r.get("/prices/models/" + model + "?in=12k&out=900")
		r.open(page.hrefs("/prices/use"), 3)
		offers := page.hrefs("/prices/models/" + model)
		r.open(offers, 4)
	}
	r.get("/prices/models/openai/gpt-5-4?in=lots")
	r.get("/prices/models/nobody/nothing")
	r.get("/prices/models/anthropic/claude-sonnet-4-5?only=conflict&all=1")
	r.get("/prices/use")
	r.get("/prices/use?offer=nobody/nothing")
	disputed := r.get("/prices?only=conflict&sort=model")
	for _, href := range disputed.hrefsBelow("/prices/models/", 4) {
		r.get(href)
	}
	if len(list.hrefsBelow("/prices/models/", 1)) == 0 {
		w.t.Error("the price list leads to no model")
	}
}

// hrefsBelow are the first distinct links of a page that begin with a text.
func (a *reply) hrefsBelow(prefix string, most int) []string {
	a.w.t.Helper()
	var list []string
	seen := map[string]bool{}
	for _, link := range a.document().Find("main a[href]").EachIter() {
		href, _, _ := strings.Cut(link.AttrOr("href", ""), "#")
		if strings.HasPrefix(href, prefix) && !seen[href] && len(list) < most {
			seen[href] = true
			list = append(list, href)
		}
	}
	return list
}

// machinesJourney is every table about machines, with filters and files.
func machinesJourney(w *world) {
	r := w.reader("visitor")
	first := r.get("/machines").is(http.StatusOK)
	r.ask(question{method: http.MethodGet, path: "/machines", note: "known already",
		header: map[string]string{"If-None-Match": first.header.Get("ETag")}}).is(http.StatusNotModified)
	for _, table := range []string{"instances", "accelerators", "models", "units", "unit-prices", "throughput",
		"quotas"} {
		r.get("/machines?table=" + table)
		r.get("/machines.csv?table=" + table)
	}
	r.get("/machines.xlsx?table=accelerators")
	r.get("/machines.xlsx?table=quotas")
	r.get("/machines.csv?table=models&csv=excel&separator=semicolon")
	for _, query := range []string{
		"table=instances&page=2", "table=instances&q=no-such-machine",
		"table=instances&accelerator=H100+SXM&term=on_demand&seller=aws,lambda", "table=instances&only=unknown",
		"table=accelerators&sort=kw", "table=accelerators&sort=kw.desc", "table=accelerators&vendor=Google",
		"table=models&q=Kimi", "table=models&sort=total&page=all",
		"table=unit-prices&q=Reserved+tier", "table=units&seller=azure", "table=instances&area=eu&sort=each.desc",
		"table=nothing", "table=throughput&who=own", "page=-1",
	} {
		r.get("/machines?" + query)
	}
	r.fragment("/machines?table=quotas")
}

// compareAt asks the worked example of the comparison with some parameters changed.
func compareAt(path string, pairs ...string) string {
	q := values("model", "Llama 3.3 70B", "in", "2000", "out", "500", "load", "14M", "per", "requests", "peak", "1",
		"use", "60", "speed", "30",
		"precision", "fp8", "kv", "fp8", "replica", "2", "ops", "5000")
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

// compareJourney sets machines against the API.
func compareJourney(w *world) {
	r := w.reader("visitor")
	r.get("/machines/compare").is(http.StatusOK)
	for _, pairs := range [][]string{
		{}, {"price", "0.05", "ops", "0"}, {"measured", "100"}, {"load", "35B", "per", "tokens"},
		{"model", "DeepSeek V3", "precision", "bf16", "replica", ""},
		{"offer", "azure/gpt-5.4|global"}, {"load", "lots"}, {"in", "1k to 2k"}, {"use", "170"}, {"out", "0.5"},
		{"machine", "moon/1"}, {"model", "gpt-9"}, {"count", "12"},
		{"price", "3 EUR"}, {"precision", "int3"}, {"kv", "bf16"},
		{"machine", "aws/p5.48xlarge/us-east-1/on_demand/2026-07-20"},
	} {
		r.get(compareAt("/machines/compare", pairs...))
	}
	page := r.get(compareAt("/machines/compare", "revenue", "1M")).is(http.StatusOK)
	hows := page.hrefs("/machines/compare/how")
	r.open(hows, 40)
	r.fragment(hows[0])
	r.get(compareAt("/machines/compare/how", "figure", "colour"))
	r.follow(r.get(page.hrefs("/machines/compare/use")[0]), "machines in a plan")
	r.get(compareAt("/machines/compare/use", "load", "80M", "from", "chatbot"))
	r.get(compareAt("/machines/compare/use", "model", "DeepSeek V3", "precision", "bf16", "replica", ""))
}

// correctionsJourney is a team's own figures in place of published ones.
func correctionsJourney(w *world) {
	const p5 = "aws/p5.48xlarge/us-east-1/on_demand/2026-07-20"
	const list = "/machines?table=instances&seller=aws&q=p5.48xlarge+us-east-1&term=on_demand"
	ada := w.signUp("ada")
	page := ada.get(list).is(http.StatusOK)
	ada.open(page.hrefs("/machines/correct"), 2)
	own := []string{"table", "instances", "row", p5, "hourly", "$39.50", "source", "contract 4711", "as_of",
		"2026-11-01", "back", list}
	ada.post("/machines/correct", "own price", own...).is(http.StatusSeeOther)
	after := ada.get(list).is(http.StatusOK)
	ada.get(strings.Replace(list, "/machines", "/machines.csv", 1))
	ada.get(strings.Replace(list, "/machines", "/machines.xlsx", 1))
	ada.get(address("/machines/compare", "machine", p5))
	ada.get(address("/machines/compare/how", "figure", "own_month", "machine", p5))
	ada.get(address("/machines/correct", "table", "instances", "row", p5))
	for _, c := range [][]string{
		{"a figure that is none", "hourly", "lots"}, {"no figure", "hourly", ""}, {"no source", "source", ""},
		{"a day to come", "as_of", "2027-01-01"}, {"a day that is none", "as_of", "soon"},
		{"a row that is none", "row", "moon/1"}, {"a table that is none", "table", "moons"},
	} {
		form := values(own...)
		form.Set(c[1], c[2])
		ada.ask(question{method: http.MethodPost, path: "/machines/correct", note: c[0], form: form})
	}
	const ownForms = `[action^="/machines/corrections/"], [formaction^="/machines/corrections/"]`
	remove := after.document().Find(ownForms).First()
	w.let("remove", remove.AttrOr("action", remove.AttrOr("formaction", "")))
	w.let("restore", strings.Replace(w.names["{remove}"], "/remove", "/restore", 1))
	eve := w.signUp("eve")
	eve.post("{remove}", "of another team")
	ada.post("{remove}", "", "back", list).is(http.StatusSeeOther)
	ada.get(list)
	ada.post("{restore}", "", "back", list).is(http.StatusSeeOther)
	ada.get(list)
	ada.get("/team")
	visitor := w.reader("visitor")
	visitor.get(list)
	visitor.get(address("/machines/correct", "table", "instances", "row", p5))
	visitor.post("/machines/correct", "", own...)
}

// evidenceJourney is the published series, alone and beside plans.
func evidenceJourney(w *world) {
	r := w.reader("visitor")
	for _, path := range []string{
		"/evidence", "/evidence/series.csv", "/evidence/series.csv?csv=excel", "/evidence/deals.csv",
		"/evidence/deals.csv?csv=excel&separator=semicolon",
		"/evidence?from=agent", "/evidence?from=nobody",
	} {
		r.get(path)
	}
	r.fragment("/evidence")
}
