package app_test

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"headroom/app/web"
)

// TestTwoReadersAtOnceGetTheSameAnswers opens every page and file of the program twice at the same time. Under the race
// detector it stands for all page groups, whose own tests ask one question after another. Both ask the same, because
// what is far apart in time is put in order by the locks between, and the detector sees nothing.
func TestTwoReadersAtOnceGetTheSameAnswers(t *testing.T) {
	patient := func(c *web.Config) { c.PlaceWait = time.Hour } // a slow machine is no reason for another answer
	w := newWorld(t, readRecord(t), "at once", patient)
	first := w.signUp("ada")
	questions := pagesAtOnce(w, first)
	readers := []*reader{first, {w: w, name: "second", cookies: maps.Clone(first.cookies)}}
	for _, q := range questions {
		// A quick answer is asked for again: the two would seldom meet in it.
		for began, again := time.Now(), true; again; again = time.Since(began) < 100*time.Millisecond {
			askAtOnce(t, readers, q)
		}
	}
}

// askAtOnce fails the test unless all readers get the same answer, and one that is no failure of the server.
func askAtOnce(t *testing.T, readers []*reader, q question) {
	t.Helper()
	answers := make([]string, len(readers))
	var all sync.WaitGroup
	for i, r := range readers {
		all.Go(func() { answers[i] = r.transcriptOf(q) })
	}
	all.Wait()
	for _, answer := range answers {
		if answer != answers[0] {
			t.Errorf("%s %s: the answers differ:\n%.2000s\nand\n%.2000s", q.method, q.path, answers[0], answer)
		}
		if strings.HasPrefix(answer, "5") {
			t.Errorf("%s %s: %.2000s", q.method, q.path, answer)
		}
	}
}

// transcriptOf is the whole answer to a question that is asked without a record.
func (r *reader) transcriptOf(q question) string {
	q.quiet, q.still = true, true
	answer := r.ask(q)
	return transcript(r.w.t, answer.status, answer.header, []byte(answer.body))
}

// pagesAtOnce are all addresses that only read, of a plan with everything where they are about a plan; the examples;
// the plan's form; and the API.
func pagesAtOnce(w *world, r *reader) []question {
	w.t.Helper()
	plan := strings.Replace(everythingPlan(w), `"samples": 400`, `"samples": 100`, 1)
	r.save("everything", plan)
	page := r.get("{everything}").is(http.StatusOK)
	saved := w.names["{everything}"]
	fill := strings.NewReplacer("/plans/:id", saved, ":number", "1", ":lab/:slug", "openai/gpt-5-4", ":id", "nobody",
		"*", "nothing.css")
	var paths []string
	for _, route := range w.server.Routes() {
		if method, path, _ := strings.Cut(route, " "); method == http.MethodGet {
			path = fill.Replace(path)
			paths = append(paths, append(page.hrefs(path), path)[0]) // with what to derive or try, if the page says so
		}
	}
	for _, id := range []string{"agent", "batch", "code", "rag"} {
		paths = append(paths, address("/", "from", id), address("/lockin", "from", id))
	}
	paths = append(paths, compareAt("/machines/compare"), "/machines?table=models", "/prices?in=12k&out=900")
	var questions []question
	for _, path := range paths {
		questions = append(questions, question{method: http.MethodGet, path: path})
	}
	form := page.planForm()
	form.Set("segments.pro.users.ceiling", "45000")
	form.Set(unnamed, "All Claude")
	questions = append(questions, question{method: http.MethodPost, path: page.document().Find("#plan").
		AttrOr("action", ""), form: form, header: script()})
	for _, path := range []string{"evaluate", "lockin", "simulate"} {
		questions = append(questions, question{method: http.MethodPost, path: "/api/v1/" + path, mime: typeJSON,
			body: plan})
	}
	return questions
}
