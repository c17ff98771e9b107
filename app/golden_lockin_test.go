package app_test

import (
	"net/http"
)

// lockinAt is the lock-in page of the first example with a change of its plan.
func lockinAt(patch string, more ...string) string {
	return address("/lockin", append([]string{"from", "chatbot", "d", patch}, more...)...)
}

// lockinJourney is the page about leaving a seller: every link of it, its forms, and plans that cannot be assessed.
func lockinJourney(w *world) {
	r := w.reader("visitor")
	page := r.get("/lockin").is(http.StatusOK)
	r.fragment("/lockin")
	hows := page.hrefs("/lockin/how")
	r.open(hows, 100)
	r.fragment(hows[0])
	for _, pairs := range [][]string{
		{"alternative", "openai", "chance", "30"}, {"tolerated", "90"}, {"alternative", "together"},
		{"chance", "likely"}, {"chance", "101"}, {"tolerated", "soon"}, {"alternative", "nobody"},
		{"do", "nothing"}, {"do", "weights", "weight-lab", "0.9"},
	} {
		r.get(lockinAt(`{}`, pairs...))
	}
	for _, patch := range []string{
		`{"dependencies":null}`, `{"dependencies":{"exit":{"work":{"agents":null}}}}`,
		`{"dependencies":{"exit":{"exit_date":"soon"}}}`, `{"months":0}`,
		`{"segments":{"users":{"users":{"start":"0"}}}}`, `{"dependencies":{"weights":{"time":0.7}}}`,
		`{"commitments":[{"id":"macc","providers":["azure"],` +
			`"periods":[{"from":"2027-01","months":12,"amount":"3000000"}]}]}`,
		`{"dependencies":{"facts":{"sellers":[{"provider":"azure","field":"chips",` +
			`"value":"abacus","source":"a letter","as_of":"2026-11-01"}]}}}`,
	} {
		r.get(lockinAt(patch))
	}
	for _, path := range []string{"/lockin.xlsx", "/lockin/quotes.csv", "/lockin/quotes.csv?profile=data",
		"/lockin/deadlines.ics", "/lockin/deadlines.ics?alternative=openai", "/lockin.xlsx?alternative=nobody",
		"/lockin/how?figure=colour"} {
		r.get(path)
	}
	r.get(address("/lockin.xlsx", "d", `{"segments":{"users":{"users":{"start":"0"}}}}`))
	lockinForms(w, r)
}

// lockinForms change weights and facts on the page.
func lockinForms(w *world, r *reader) {
	w.t.Helper()
	fact := func(field, value string) []string {
		return []string{"do", "fact", "fact-provider", "azure", "fact-field", field, "fact-value", value,
			"fact-source", "a letter", "fact-as_of", "2026-11-01"}
	}
	added := r.follow(r.get(lockinAt(`{}`, fact("chips", "TPU")...)), "fact").is(http.StatusOK)
	r.open(added.hrefs("/lockin"), 30)
	r.get(lockinAt(`{}`, fact("chips", "abacus")...)).is(http.StatusUnprocessableEntity)
	r.get(lockinAt(`{}`, fact("egress_tiers", "abc")...)).is(http.StatusUnprocessableEntity)
	r.follow(r.get(lockinAt(`{}`, fact("egress_tiers", "0.04 by contract")...)), "egress").is(http.StatusOK)
	weighed := r.follow(r.get(lockinAt(`{}`, "do", "weights", "weight-seller", "1", "weight-lab", "0",
		"weight-chip", "0")), "weights").is(http.StatusOK)
	r.open(weighed.hrefs("/lockin"), 30)
}
