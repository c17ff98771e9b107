package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// journeys are all of them. Each has a store of its own; inside of one the order of the requests counts.
func journeys(t *testing.T) []journey {
	t.Helper()
	var all []journey
	for _, id := range []string{"agent", "batch", "chatbot", "code", "empty", "rag"} {
		all = append(all, journey{"preset " + id, func(w *world) { presetJourney(w, id) }})
	}
	return append(all,
		journey{"form", formJourney}, journey{"buttons", buttonJourney}, journey{"everything", everythingJourney},
		journey{"draft", draftJourney}, journey{"fields", fieldsJourney},
		journey{"lockin", lockinJourney}, journey{"uncertainty", uncertaintyJourney},
		journey{"prices", pricesJourney}, journey{"machines", machinesJourney},
		journey{"compare machines", compareJourney},
		journey{"corrections", correctionsJourney}, journey{"evidence", evidenceJourney},
		journey{"accounts", accountsJourney}, journey{"too many", tooManyJourney}, journey{"saved", savedJourney},
		journey{"conflict", conflictJourney}, journey{"pending", pendingJourney}, journey{"team", teamJourney},
		journey{"api", apiJourney}, journey{"errors", errorsJourney}, journey{"later", laterJourney},
		journey{"broken store", brokenStoreJourney}, journey{"shell", shellJourney}, journey{"cli", cliJourney},
	)
}

func (r *reader) get(path string) *reply {
	r.w.t.Helper()
	return r.ask(question{method: http.MethodGet, path: path})
}

// fragment asks as the page's script does.
func (r *reader) fragment(path string) *reply {
	r.w.t.Helper()
	return r.ask(question{method: http.MethodGet, path: path, note: "fragment",
		header: map[string]string{"HX-Request": "true"}})
}

// post sends a form given as name, value, name, value.
func (r *reader) post(path, note string, pairs ...string) *reply {
	r.w.t.Helper()
	return r.ask(question{method: http.MethodPost, path: path, note: note, form: values(pairs...)})
}

func values(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

// address is a path with a query.
func address(path string, pairs ...string) string { return path + "?" + values(pairs...).Encode() }

// is fails the journey unless the status is the one given: a journey whose steps fail records nothing of worth.
func (a *reply) is(status int) *reply {
	a.w.t.Helper()
	if a.status != status {
		a.w.t.Fatalf("%s: status %d, want %d; location %q\n%.2000s", a.name, a.status, status, a.location, a.body)
	}
	return a
}

// follow loads the page that a redirect leads to, under a name.
func (r *reader) follow(a *reply, name string) *reply {
	r.w.t.Helper()
	a.is(http.StatusSeeOther)
	r.w.let(name, a.location)
	return r.get("{" + name + "}")
}

// hrefs are the distinct links of a page that begin with a path, in the order of the page.
func (a *reply) hrefs(path string) []string {
	a.w.t.Helper()
	var list []string
	seen := map[string]bool{}
	a.document().Find("a[href], [hx-get]").Each(func(_ int, link *goquery.Selection) {
		href := link.AttrOr("href", link.AttrOr("hx-get", ""))
		href, _, _ = strings.Cut(href, "#")
		if at, _, _ := strings.Cut(href, "?"); at == path && !seen[href] {
			seen[href] = true
			list = append(list, href)
		}
	})
	return list
}

// open asks for at most so many of the links of a page.
func (r *reader) open(list []string, most int) {
	r.w.t.Helper()
	for _, href := range list[:min(most, len(list))] {
		r.get(href)
	}
}

// planForm is what a browser would send for the plan's form of a page.
func (a *reply) planForm() url.Values {
	form := url.Values{}
	a.document().Find("#plan input[name], #plan select[name], #plan textarea[name]").Each(func(_ int,
		field *goquery.Selection) {
		name := field.AttrOr("name", "")
		switch {
		case field.AttrOr("form", "plan") != "plan":
		case goquery.NodeName(field) == "select":
			chosen := field.Find("option[selected]").First()
			if chosen.Length() == 0 {
				chosen = field.Find("option").First()
			}
			form.Add(name, chosen.AttrOr("value", ""))
		case goquery.NodeName(field) == "textarea":
			form.Add(name, field.Text())
		case field.AttrOr("type", "") == "checkbox":
			if _, checked := field.Attr("checked"); checked {
				form.Add(name, field.AttrOr("value", "on"))
			}
		default:
			form.Add(name, field.AttrOr("value", ""))
		}
	})
	return form
}

// change sends the plan's form of a page with other values.
func (r *reader) change(a *reply, note string, header map[string]string, pairs ...string) *reply {
	r.w.t.Helper()
	form := a.planForm()
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	action := a.document().Find("#plan").AttrOr("action", "")
	return r.ask(question{method: http.MethodPost, path: action, note: note, form: form, header: header})
}

// script is the header of a request by the page's script.
func script() map[string]string { return map[string]string{"HX-Request": "true"} }
