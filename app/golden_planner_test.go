package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"strings"
)

// presetJourney is what a visitor can look at of one example: the page in every view, its derivations and its files.
func presetJourney(w *world, id string) {
	r := w.reader("visitor")
	from := func(path string, pairs ...string) string {
		return address(path, append([]string{"from", id}, pairs...)...)
	}
	page := r.get(from("/"))
	r.fragment(from("/"))
	for _, view := range [][]string{
		{"period", "year"}, {"period", "month"}, {"period", "1k"}, {"diff", "1"}, {"propose", "none"},
		{"sort", "cost.desc"},
		{"propose", "same_model,similar", "sellers", "azure,bedrock", "cols", "cost,wall"},
	} {
		r.get(from("/", view...))
	}
	hows := page.hrefs("/how")
	r.open(hows, 12)
	if len(hows) > 0 {
		r.fragment(hows[0])
	}
	if row := page.document().Find("#comparison tbody tr").First().AttrOr("data-key", ""); row != "" {
		everyFigure(r, "?from="+id+"&alternative="+row, "2027-03")
	}
	r.open(page.hrefs("/try"), 4)
	r.open(page.hrefs("/adopt"), 3)
	planFiles(r, "", "?from="+id)
	for _, path := range []string{"/lockin", "/lockin.xlsx", "/lockin/quotes.csv", "/lockin/deadlines.ics",
		"/evidence", "/uncertainty"} {
		r.get(from(path))
	}
	r.get(address("/", "preset", id, "was", "from=rag&period=year"))
}

// everyFigure opens the derivation of each figure of a plan, and of those that a month has.
func everyFigure(r *reader, query, month string) {
	for _, figure := range []string{
		"cost", "cost_per_month", "cost_per_year", "cost_per_1k_requests", "cost_per_user", "gross_margin",
		"cost_first_month", "cost_last_month",
		"revenue", "requests", "users_served", "revenue_behind_wall", "ceiling", "max_growth", "headroom",
		"difference", "per_month_difference", "per_year_difference", "relative", "per_1k_difference",
		"per_1k_relative", "margin_difference",
	} {
		r.get("/how" + query + "&figure=" + figure)
	}
	for _, figure := range []string{"cost", "revenue", "cost_per_1k_requests", "cost_per_user", "gross_margin",
		"users_served", "ceiling", "cash"} {
		r.get("/how" + query + "&figure=" + figure + "&month=" + month)
	}
}

// planFiles are the files of a plan in each form, below a prefix such as /plans/ID.
func planFiles(r *reader, prefix, query string) {
	for _, path := range []string{"/compare.csv", "/months.csv"} {
		for _, form := range []string{"", "&profile=data", "&sep=semicolon&decimal=comma"} {
			r.get(prefix + path + query + form)
		}
	}
	for _, rest := range []string{"&period=month&sort=cost", "&diff=1", "&period=1k&profile=data"} {
		r.get(prefix + "/compare.csv" + query + rest)
	}
	r.get(prefix + "/compare.xlsx" + query)
	r.get(prefix + "/plan.json" + query)
	r.get(prefix + "/plan.json" + query + "&propose=none")
}

// formJourney sends the plan's form with good and bad values, with the page's script and without.
func formJourney(w *world) {
	r := w.reader("visitor")
	page := r.get("/").is(http.StatusOK)
	const growth = "segments.users.users.monthly_growth"
	for _, c := range []struct{ note, field, value string }{
		{"a growth in per cent", growth, "8 %"},
		{"a range of growth", growth, "8 to 14 %"},
		{"a number with a letter", "segments.users.users.start", "1.2M"},
		{"another length", "months", "36"},
		{"another start", "start", "2027-06"},
		{"a currency without a rate", "currency", "EUR"},
		{"a word for a number", "segments.users.users.start", "lots"},
		{"a number that reads two ways", "workloads.chat.input_tokens", "1.200"},
		{"a share above 100", "workloads.chat.cache_read_share", "130 %"},
		{"a month that is none", "start", "soon"},
		{"no length", "months", ""},
		{"markup", "workloads.chat.output_tokens", "<b>400</b>"},
		{"a name that is taken", "rename.chat", "agent"},
		{"a new name", "rename.chat", "support-chat"},
		{"a budget", "finance.monthly_budget[0].value", "90k"},
		{"an exit that is no day", "dependencies.exit.exit_date", "soon"},
		{"weights that do not sum", "dependencies.weights.time", "70"},
	} {
		a := r.change(page, c.note, nil, c.field, c.value)
		r.change(page, c.note+", by script", script(), c.field, c.value)
		if a.status == http.StatusSeeOther {
			r.follow(a, c.note)
		}
	}
	r.get(address("/", "typed", "months=many&start=soon"))
	r.get(address("/compare.csv", "from", "rag", "d", `{"months":6}`))
	r.get(address("/", "d", `{"months":0}`))
	r.get(address("/", "d", `{"nonsense":1}`))
	r.get(address("/", "d", `[1]`))
	r.get(address("/", "d", `{`))
	r.get(address("/how", "figure", "cost", "d", `{"months":0}`))
	r.get(address("/plan.json", "d", `{"months":0}`))
	r.get(address("/", "d", `{"finance":null,"offers":{"azure-gpt-5.4":{"quota":null},`+
		`"bedrock-claude-sonnet-5":{"quota":null}}}`))
	r.get(address("/", "from", "empty", "d", `{"segments":{"users":{"users":{"start":"1000"}}}}`))
	r.get(address("/", "d", `{"catalog_snapshot":"1999-01-01"}`))
}

// buttonJourney presses the buttons of the plan's form.
func buttonJourney(w *world) {
	r := w.reader("visitor")
	page := r.get("/").is(http.StatusOK)
	press := func(a *reply, do, note string, pairs ...string) *reply {
		return r.change(a, do+noted(note), nil, append(pairs, "do", do)...)
	}
	for _, do := range []string{"add-workload", "remove-workload:agent", "remove-workload:nobody",
		"add-alternative", "remove-alternative:vertex", "remove-offer:azure-gpt-5.4", "add-site", "add-grant"} {
		if a := press(page, do, ""); a.status == http.StatusSeeOther {
			r.follow(a, do)
		}
	}
	if a := press(page, "add-alternative", "by hand", "add-alternative",
		"openai/gpt-5.4"); a.status == http.StatusSeeOther {
		r.follow(a, "by hand")
	}
	press(page, "add-alternative", "nothing like it", "add-alternative", "no such offer")
	units := r.follow(press(page, "add-units", "", "add-units.units", "100"), "units").is(http.StatusOK)
	press(units, "add-units", "by script")
	r.change(units, "fill by script", script(), "do", "fill:offers.azure-gpt-5-4-ptu")
	press(units, "fill:offers.azure-gpt-5-4-ptu", "")
	term := firstOption(units, "fill.offers.azure-gpt-5-4-ptu")
	filled := r.follow(press(units, "fill:offers.azure-gpt-5-4-ptu", "a term", "fill.offers.azure-gpt-5-4-ptu",
		term), "filled").is(http.StatusOK)
	r.get(filled.document().Find(".planner-messages a").AttrOr("href", "/missing"))
	r.follow(press(filled, "remove-offer:azure-gpt-5-4-ptu", ""), "taken back")
	tier := firstOption(page, "fill.offers.azure-gpt-5.4")
	r.follow(press(page, "fill:offers.azure-gpt-5.4", "a tier", "fill.offers.azure-gpt-5.4", tier), "tier")
	gpuButtons(w, r, page, press)
}

// gpuButtons add machines, power and a grant to the plan of a page, and try to take the machines away again.
func gpuButtons(w *world, r *reader, page *reply, press func(a *reply, do, note string, pairs ...string) *reply) {
	w.t.Helper()
	machine := []string{"add-gpus.machine", "8 x H100 aws us-east-1 p5.48xlarge", "add-gpus.model", "Llama 3.3 70B",
		"add-gpus.machines", "2", "add-gpus.workload", "chat"}
	press(page, "add-gpus", "half a machine", "add-gpus.machine", "8 x H100 aws", "add-gpus.model", "Llama 3.3 70B")
	const pool = "h100-sxm-aws-us-east-1"
	added := r.follow(press(page, "add-gpus", "two machines", machine...), "gpus").is(http.StatusOK)
	powered := r.follow(press(added, "add-site", "", "add-site.megawatts", "0.02", "add-site.pool", pool),
		"powered").is(http.StatusOK)
	granted := r.follow(press(powered, "add-grant", "", "add-grant.pool", pool, "add-grant.gpus", "8"),
		"granted").is(http.StatusOK)
	press(granted, "remove-pool:"+pool, "in use").is(http.StatusUnprocessableEntity)
	press(granted, "remove-site:site", "")
	press(granted, "use-pool:"+pool, "")
	r.open(granted.hrefs("/how"), 6)
	r.get(granted.hrefs("/compare.xlsx")[0])
	r.get(granted.hrefs("/lockin")[0])
	r.get(strings.Replace(granted.hrefs("/lockin")[0], "/lockin", "/evidence", 1))
}

// firstOption is the first choice of a list that says something.
func firstOption(a *reply, name string) string {
	a.w.t.Helper()
	value := a.document().Find(`[name="`+name+`"] option[value!=""]`).First().AttrOr("value", "")
	if value == "" {
		a.w.t.Fatalf("%s has no choice", name)
	}
	return value
}

// noted is a note after what a button does.
func noted(note string) string {
	if note == "" {
		return ""
	}
	return ", " + note
}

// everythingPlan uses every field of the plan format.
func everythingPlan(w *world) string {
	w.t.Helper()
	text, err := os.ReadFile("testdata/golden/everything.json")
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// upload opens a plan file.
func (r *reader) upload(note, content string) *reply {
	r.w.t.Helper()
	body, mime := file(r.w.t, "plan", "plan.json", content, "back", "/?from=rag")
	return r.ask(question{method: http.MethodPost, path: "/plan/open", note: note, body: body, mime: mime})
}

// unnamed is the field of the alternative that has no name in the plan with everything; the form asks for one.
const unnamed = "alternatives[5].name"

// everythingJourney is a plan with every field of the format, opened as a file and looked at from all sides.
func everythingJourney(w *world) {
	plan := everythingPlan(w)
	r := w.reader("visitor")
	page := r.follow(r.upload("everything", plan), "everything").is(http.StatusOK)
	w.letQuery("query", "{everything}")
	r.fragment("/{query}&period=month")
	r.open(page.hrefs("/how"), 25)
	everyFigure(r, "{query}&alternative=now", "2027-07")
	r.open(page.hrefs("/try"), 4)
	r.open(page.hrefs("/adopt"), 4)
	planFiles(r, "", "{query}")
	for _, path := range []string{"/uncertainty", "/uncertainty.csv", "/lockin.xlsx", "/lockin/quotes.csv",
		"/lockin/deadlines.ics", "/evidence"} {
		r.get(path + "{query}")
	}
	r.fragment("/uncertainty{query}&samples=500")
	lockin := r.get("/lockin{query}&chance=30&tolerated=5").is(http.StatusOK)
	r.open(lockin.hrefs("/lockin/how"), 40)
	for _, alternative := range []string{"rent", "half", "all-claude"} {
		r.get("/lockin{query}&alternative=" + alternative)
	}
	r.change(page, "a month more than the table of users", nil, "months", "19")
	r.change(page, "an alternative without a name", nil, "segments.pro.users.ceiling", "45000")
	r.follow(r.change(page, "another ceiling", nil, "segments.pro.users.ceiling", "45000", unnamed, "All Claude"),
		"another ceiling").is(http.StatusOK)
	r.change(page, "a bad field", nil, "months", "none")
	for _, path := range []string{"/api/v1/evaluate", "/api/v1/lockin", "/api/v1/simulate"} {
		r.ask(question{method: http.MethodPost, path: path, note: "everything", body: plan,
			mime: "application/json"}).is(http.StatusOK)
	}
	openedFiles(w, r, plan)
}

// draftJourney is a plan that is too large for an address: it waits in the session.
func draftJourney(w *world) {
	plan := strings.Replace(everythingPlan(w), "A plan that states", noise(12_000)+" A plan that states", 1)
	r := w.reader("visitor")
	page := r.follow(r.upload("a large plan", plan), "draft").is(http.StatusOK)
	w.letQuery("query", "{draft}")
	r.fragment("/{query}&period=month").is(http.StatusOK)
	planFiles(r, "", "{query}")
	for _, path := range []string{"/how{query}&alternative=now&figure=cost", "/uncertainty{query}",
		"/lockin{query}", "/lockin/how{query}&figure=index", "/lockin/deadlines.ics{query}", "/evidence{query}"} {
		r.get(path).is(http.StatusOK)
	}
	r.open(page.hrefs("/try"), 1)
	w.reader("stranger").get("/{query}").is(http.StatusNotFound)
	r.follow(r.change(page, "of a draft", nil, "segments.pro.users.ceiling", "45000", unnamed, "All Claude"),
		"changed draft").is(http.StatusOK)
	big := r.get("/?from=chatbot").is(http.StatusOK)
	r.follow(r.ask(question{method: http.MethodGet, path: address("/", "d", `{"note":"`+noise(12_000)+`"}`),
		note: "too long"}), "became a draft").is(http.StatusOK)
	r.change(big, "an example again", script(), "months", "12")
	ada := w.signUp("ada")
	ada.follow(ada.upload("a large plan", plan), "draft").is(http.StatusOK)
}

// noise is text that no address can shorten.
func noise(length int) string {
	var b strings.Builder
	for sum := sha256.Sum256(nil); b.Len() < length; sum = sha256.Sum256(sum[:]) {
		b.WriteString(hex.EncodeToString(sum[:]))
	}
	return b.String()[:length]
}

// letQuery names the query of an address.
func (w *world) letQuery(name, address string) {
	w.t.Helper()
	_, query, _ := strings.Cut(w.names[address], "?")
	query, _, _ = strings.Cut(query, "#")
	w.let(name, "?"+query)
}

// openedFiles are files that are plans, and files that are not.
func openedFiles(w *world, r *reader, plan string) {
	w.t.Helper()
	r.follow(r.upload("a small plan", smallPlan("40000")), "small plan")
	for _, c := range []struct{ note, content string }{
		{"no JSON", "months: 24"}, {"nothing", ""}, {"a plan without months", `{"schema":"headroom.plan/v1"}`},
		{"an unknown field", strings.Replace(plan, `"months"`, `"mnoths"`, 1)},
		{"a name twice", `{"schema":"headroom.plan/v1","months":1,"months":2}`},
	} {
		r.upload(c.note, c.content)
	}
	r.post("/plan/open", "no file", "back", "/")
	body, mime := file(w.t, "other", "x.json", "{}")
	r.ask(question{method: http.MethodPost, path: "/plan/open", note: "another field", body: body, mime: mime})
}

// smallPlan is a small valid plan with that many users.
func smallPlan(users string) string {
	return `{"schema":"headroom.plan/v1","name":"Support","start":"2026-09","months":24,
 "segments":{"all":{"users":{"curve":"exponential","start":` + users + `,"monthly_growth":"0.080"},
  "revenue_per_user":"3"}},
 "workloads":{"chat":{"segment":"all","requests_per_user_day":6,"input_tokens":1500,"output_tokens":400,
  "routes":[{"offer":"a","share":1}]}},
 "offers":{"a":{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"2.50","output":"15.00"}]}}}`
}

// uncertaintyJourney draws the ranges of a plan.
func uncertaintyJourney(w *world) {
	r := w.reader("visitor")
	page := r.follow(r.change(r.get("/"), "ranges", nil, "segments.users.users.monthly_growth", "8 to 14 %",
		"workloads.chat.output_tokens", "300 to 600"), "ranges").is(http.StatusOK)
	drawn := page.hrefs("/uncertainty")[0]
	r.get(drawn + "&samples=300").is(http.StatusOK)
	r.fragment(drawn + "&samples=300").is(http.StatusOK)
	r.get(strings.Replace(drawn, "/uncertainty", "/uncertainty.csv", 1) + "&samples=300").is(http.StatusOK)
	r.get(strings.Replace(drawn, "/uncertainty", "/uncertainty.csv",
		1) + "&samples=300&profile=data").is(http.StatusOK)
	r.get("/uncertainty")
	r.get("/uncertainty.csv")
	r.get(address("/uncertainty", "d", `{"uncertainty":{"samples":200000}}`))
	r.get(address("/uncertainty", "d", `{"uncertainty":{"samples":10,"inputs":{"months":`+
		`{"distribution":"lognormal","p10":1,"p50":2,"p90":3}}}}`))
}
