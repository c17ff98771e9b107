package app_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	typeJSON   = "application/json"
	typeNDJSON = "application/x-ndjson"
)

// call posts a body to the API.
func (r *reader) call(path, note, mime, body string) *reply {
	r.w.t.Helper()
	return r.ask(question{method: http.MethodPost, path: "/api/v1/" + path, note: note, mime: mime, body: body})
}

// apiJourney asks the API what it answers well, and what it refuses.
func apiJourney(w *world) {
	r := w.reader("script")
	for _, name := range filesOf(w, "../pricing/presets/*.json") {
		plan := readFile(w, name)
		for _, path := range []string{"evaluate", "lockin", "simulate"} {
			r.call(path, filepath.Base(name), typeJSON, plan)
		}
	}
	for _, name := range filesOf(w, "../pricing/testdata/vectors/growth-*.json") {
		var vector struct{ Plan, Input json.RawMessage }
		if err := json.Unmarshal([]byte(readFile(w, name)), &vector); err != nil {
			w.t.Fatal(err)
		}
		r.call("evaluate", filepath.Base(name), typeJSON, string(append(vector.Plan, vector.Input...)))
	}
	for _, name := range filesOf(w, "../pricing/lockin/testdata/lockin-*.json") {
		var vector struct{ Input json.RawMessage }
		if err := json.Unmarshal([]byte(readFile(w, name)), &vector); err != nil {
			w.t.Fatal(err)
		}
		r.call("lockin", filepath.Base(name), typeJSON, string(vector.Input)).is(http.StatusOK)
	}
	apiLines(r)
	apiRefusals(r)
}

func filesOf(w *world, pattern string) []string {
	w.t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		w.t.Fatalf("no files %s: %v", pattern, err)
	}
	return names
}

func readFile(w *world, name string) string {
	w.t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

const throughputQuestion = `{"model":"meta/llama-3-3-70b","accelerator":"H100","count":2,"precision":"fp8",` +
	`"kv_precision":"fp8","input_tokens":1000,"output_tokens":1000}`

// apiLines asks for costs and throughput, line by line.
func apiLines(r *reader) {
	usage := strings.Join([]string{
		`{"provider":"azure","model":"gpt-5.4","usage":{"requests":3,"input":1000,"cache_read":500,"output":300}}`,
		`{"provider":"anthropic","model":"claude-sonnet-4-5","scope":"global",` +
			`"usage":{"input":250000,"cache_read":10,"cache_write_5m":20,"cache_write_1h":30,"output":40}}`,
		`{"provider":"bedrock","model":"anthropic.claude-sonnet-4-5-20250929-v1:0","usage":{"input":1}}`,
		`{"provider":"openai","model":"gpt-5.4","service_tier":"batch","usage":{"input":1000000,"output":1000000}}`,
		`{"provider":"openai","model":"gpt-5.4","service_tier":"flex","usage":{"input":1,"output":1}}`,
		`{"provider":"nobody","model":"nothing","usage":{"input":1}}`,
	}, "\n")
	r.call("cost", "usage", typeNDJSON, usage).is(http.StatusOK)
	r.call("cost?as_of=2026-01-15", "usage", typeNDJSON, usage).is(http.StatusOK)
	r.call("cost", "no type", "", usage).is(http.StatusOK)
	r.call("cost", "nothing", typeNDJSON, "").is(http.StatusOK)
	question := throughputQuestion
	r.call("throughput", "a model", typeNDJSON, strings.Join([]string{
		question, strings.Replace(question, "1000}", `1000,"concurrency":32}`, 1),
		strings.Replace(question, "1000}", `1000,"concurrency":"max","min_user_tokens_per_second":20}`, 1),
		strings.Replace(question, `"fp8"`, `"bf16"`, 2), strings.Replace(question, `"count":2`, `"count":1`, 1),
		`{"model":"Nobody 1B"}`,
	}, "\n")).is(http.StatusOK)
	r.call("throughput", "a line that is none", typeNDJSON, question+"\nnonsense").is(http.StatusUnprocessableEntity)
}

// apiRefusals are bodies that no command takes.
func apiRefusals(r *reader) {
	for _, path := range []string{"evaluate", "lockin", "simulate", "cost", "throughput"} {
		r.call(path, "another type", "text/csv", "a,b").is(http.StatusUnsupportedMediaType)
		r.call(path, "no JSON", "", "nonsense").is(http.StatusUnprocessableEntity)
		r.call(path, "half of it", "", `{"lines":`).is(http.StatusUnprocessableEntity)
		r.get("/api/v1/" + path).is(http.StatusMethodNotAllowed)
	}
	r.call("cost?as_of=soon", "a day that is none", typeNDJSON, "").is(http.StatusUnprocessableEntity)
	plan := smallPlan("40000")
	for _, c := range []struct{ note, body string }{
		{"no months", strings.Replace(plan, `"months":24`, `"months":0`, 1)},
		{"121 months", strings.Replace(plan, `"months":24`, `"months":121`, 1)},
		{"another schema", strings.Replace(plan, "plan/v1", "plan/v2", 1)},
		{"no offer", strings.Replace(plan, `"offer":"a"`, `"offer":"b"`, 1)},
		{"an odd field", strings.Replace(plan, `"team"`, `"tema"`, 1)},
		{"shares over 1", strings.Replace(plan, `"share":1`, `"share":1.5`, 1)},
		{"other prices", strings.Replace(plan, `"months"`, `"catalog_snapshot":"1999-01-01","months"`, 1)},
		{"nothing", `{}`},
	} {
		for _, path := range []string{"evaluate", "lockin", "simulate"} {
			r.call(path, c.note, typeJSON, c.body)
		}
	}
	r.call("lockin", "an exit on no day", typeJSON,
		`{"exit":{"seller":"a","exit_date":"soon"}}`).is(http.StatusUnprocessableEntity)
	r.call("lockin", "a negative spend", typeJSON,
		`{"lines":[{"id":"a","annual_spend_usd":-1}],"exit":{}}`).is(http.StatusUnprocessableEntity)
	r.call("nothing", "no such command", typeJSON, "{}").is(http.StatusNotFound)
}

// errorsJourney is what cannot be answered.
func errorsJourney(w *world) {
	r := w.reader("visitor")
	for _, path := range []string{
		"/nothing", "/prices/nothing", "/?from=nobody", "/?draft=nobody", "/?preset=nobody", "/how?figure=colour",
		"/how?figure=cost&alternative=nobody",
		"/how?figure=cost&month=1999-01", "/try?way=nobody", "/adopt?alternative=nobody", "/plans/nobody",
		"/api/nothing", "/dev/nothing", "/assets/nothing.css", "/favicon.ico", "/robots.txt",
	} {
		r.get(path)
	}
	r.ask(question{method: http.MethodGet, path: "/nothing", note: "from a plan",
		header: map[string]string{"Referer": "http://headroom.example/?from=rag"}})
	r.ask(question{method: http.MethodGet, path: "/nothing", note: "from elsewhere",
		header: map[string]string{"Referer": "http://other.example/?from=rag"}})
	r.fragment("/nothing")
	for _, q := range []question{
		{method: http.MethodPost, path: "/"}, {method: http.MethodPost, path: "/prices"},
		{method: http.MethodGet, path: "/plan"}, {method: http.MethodDelete, path: "/plans"},
		{method: http.MethodPut, path: "/api/v1/evaluate"}, {method: http.MethodOptions, path: "/"},
		{method: http.MethodPatch, path: "/plans/1"},
		{method: http.MethodHead, path: "/"}, {method: http.MethodHead, path: "/prices"},
		{method: http.MethodHead, path: "/nothing"}, {method: http.MethodHead, path: "/plan"},
	} {
		r.ask(q)
	}
	large := strings.Repeat("x", 6<<20+1)
	r.ask(question{method: http.MethodPost, path: "/plans", note: "too large",
		form: values("plan", large)}).is(http.StatusRequestEntityTooLarge)
	r.ask(question{method: http.MethodPost, path: "/plan", note: "too large",
		form: values("plan", large)}).is(http.StatusRequestEntityTooLarge)
	r.call("evaluate", "too large", typeJSON, large).is(http.StatusRequestEntityTooLarge)
	r.upload("too large", large[:5_000_001])
	cross := map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
	r.ask(question{method: http.MethodPost, path: "/sign-out", note: "from another site",
		header: cross}).is(http.StatusForbidden)
	r.ask(question{method: http.MethodPost, path: "/api/v1/cost", note: "from another site",
		header: cross}).is(http.StatusOK)
	r.ask(question{method: http.MethodPost, path: "/plan", note: "an odd form", mime: "application/json", body: "{}"})
	r.ask(question{method: http.MethodPost, path: "/plan", note: "a broken form", mime: "multipart/form-data",
		body: "x"})
	r.ask(question{method: http.MethodPost, path: "/plan", note: "a broken escape",
		mime: "application/x-www-form-urlencoded", body: "a=%zz"})
}

// laterJourney is the program a year after its prices: they are old, and some days have passed.
func laterJourney(w *world) {
	w.pass(400 * 24 * time.Hour)
	r := w.reader("visitor")
	for _, path := range []string{"/", "/?from=code", "/lockin", "/lockin/deadlines.ics", "/prices",
		"/prices?age=all", "/prices/models/openai/gpt-5-4", "/machines", "/machines/compare", "/evidence",
		"/compare.csv"} {
		r.get(path).is(http.StatusOK)
	}
}

// brokenStoreJourney is the program without its database.
func brokenStoreJourney(w *world) {
	ada := w.signUp("ada")
	ada.save("chat", smallPlan("40000"))
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
	for _, r := range []*reader{w.reader("visitor"), ada} {
		for _, path := range []string{"/healthz", "/readyz", "/", "/prices", "/machines", "/plans", "{chat}",
			"/team", "/sign-in", "/nothing"} {
			r.get(path)
		}
		r.post("/plans", "", "plan", smallPlan("1"))
	}
	w.reader("visitor").post("/sign-in", "", "email", "ada@example.org", "password", password)
	w.reader("visitor").post("/sign-up", "", "name", "bob", "email", "bob@example.org", "password", password,
		"team", "Bobs").is(http.StatusInternalServerError)
	w.reader("script").call("evaluate", "other prices", typeJSON,
		strings.Replace(smallPlan("1"), `"months"`, `"catalog_snapshot":"1999-01-01","months"`, 1))
}

// shellJourney is what stands around the pages.
func shellJourney(w *world) {
	r := w.reader("visitor")
	home := r.get("/").is(http.StatusOK)
	r.get("/healthz").is(http.StatusOK)
	r.get("/readyz").is(http.StatusOK)
	r.get("/dev/gallery").is(http.StatusOK)
	if style := home.document().Find(`link[rel="stylesheet"]`).AttrOr("href", ""); style != "" {
		w.let("style", style)
		r.get("{style}").is(http.StatusOK)
	}
	for _, theme := range []string{"dark", "light", "system"} {
		r.post("/theme", theme, "theme", theme, "back", "/prices").is(http.StatusSeeOther)
		r.get("/evidence").is(http.StatusOK)
	}
}
