package app_test

import (
	"net/http"
	"strings"
)

// save keeps a plan for the reader's team and gives its address a name.
func (r *reader) save(name, plan string) {
	r.w.t.Helper()
	saved := r.post("/plans", name, "plan", plan, "name", name, "view", "period=year", "note",
		"first").is(http.StatusSeeOther)
	r.w.let(name, saved.location)
}

// savedJourney is the life of a saved plan, as an admin, an editor, a viewer and a stranger see it.
func savedJourney(w *world) {
	ada := w.signUp("ada")
	ed, vi := w.invited(ada, "editor", "editor"), w.invited(ada, "viewer", "viewer")
	eve := w.signUp("stranger")
	ada.get("/plans").is(http.StatusOK)
	ada.save("chat", smallPlan("40000"))
	ed.save("everything", everythingPlan(w))
	savedPages(w, ada, "chat")
	savedPages(w, vi, "everything")
	for _, path := range []string{"{chat}", "{chat}.json", "{chat}/versions", "{chat}/lockin", "{chat}/compare.csv",
		"{chat}/how?alternative=base&figure=cost"} {
		eve.get(path).is(http.StatusNotFound)
		w.reader("visitor").get(path).is(http.StatusSeeOther)
	}
	for _, path := range []string{"", "/rename", "/copy", "/delete", "/restore", "/versions/1/restore"} {
		vi.post("{chat}"+path, "").is(http.StatusForbidden)
		eve.post("{chat}"+path, "", "version", "1", "name", "x").is(http.StatusNotFound)
		w.reader("visitor").post("{chat}"+path, "").is(http.StatusSeeOther)
	}
	vi.post("/plans", "", "plan", smallPlan("1")).is(http.StatusForbidden)
	for _, sort := range []string{"name", "-name", "updated", "cost", "-cost", "wall", "author", "version", "start",
		"months", "snapshot", "nothing"} {
		ed.get("/plans?sort=" + sort).is(http.StatusOK)
	}
	vi.get("/plans").is(http.StatusOK)
	savedVersions(w, ada, ed)
	savedTrash(w, ada, ed, vi)
	savedRefused(ada)
}

// savedPages are all pages and files of a saved plan.
func savedPages(w *world, r *reader, name string) {
	w.t.Helper()
	at := "{" + name + "}"
	page := r.get(at).is(http.StatusOK)
	r.fragment(at).is(http.StatusOK)
	r.get(at + ".json").is(http.StatusOK)
	r.get(at + "?period=month")
	path := w.names[at]
	for _, kind := range []string{"/how", "/try", "/adopt"} {
		list := page.hrefs(path + kind)
		for _, href := range list[:min(2, len(list))] {
			r.get(strings.Replace(href, path, at, 1))
		}
	}
	for _, file := range []string{"/compare.csv", "/compare.xlsx", "/months.csv", "/plan.json", "/uncertainty",
		"/uncertainty.csv", "/lockin", "/lockin/how?figure=index",
		"/lockin.xlsx", "/lockin/quotes.csv", "/lockin/deadlines.ics", "/evidence", "/versions", "/versions/1",
		"/versions/1.json"} {
		r.get(at + file)
	}
	changed := r.change(page, "of "+name, nil, "months", "30")
	if changed.status == http.StatusSeeOther {
		r.follow(changed, "changed "+name)
	}
	r.change(page, "of "+name+", a bad field", script(), "months", "none")
}

// savedVersions saves new versions and goes back to an old one.
func savedVersions(w *world, ada, ed *reader) {
	w.t.Helper()
	ed.post("{chat}", "version 2", "plan", smallPlan("50000"), "name", "chat", "version", "1", "note",
		"more users").is(http.StatusSeeOther)
	ada.get("{chat}").is(http.StatusOK)
	ada.get("{chat}/versions").is(http.StatusOK)
	ada.follow(ada.get("{chat}/versions/1"), "version 1").is(http.StatusOK)
	ada.get("{chat}?v=1").is(http.StatusOK)
	for _, number := range []string{"0", "9", "x", "2.json"} {
		ada.get("{chat}/versions/" + number)
	}
	ada.post("{chat}/versions/1/restore", "from an old page", "version", "1").is(http.StatusConflict)
	ada.post("{chat}/versions/1/restore", "no version").is(http.StatusBadRequest)
	ada.post("{chat}/versions/1/restore", "", "version", "2").is(http.StatusSeeOther)
	ada.get("{chat}/versions").is(http.StatusOK)
	ada.post("{chat}/rename", "", "name", "Support 2027").is(http.StatusSeeOther)
	ada.get("{chat}/versions").is(http.StatusOK)
	ada.post("{chat}/rename", "no name", "name", "").is(http.StatusUnprocessableEntity)
	ada.follow(ada.post("{chat}/copy", ""), "copy").is(http.StatusOK)
}

// savedTrash deletes a plan, brings it back, and deletes it for good.
func savedTrash(w *world, ada, ed, vi *reader) {
	w.t.Helper()
	ed.post("{copy}/delete", "").is(http.StatusSeeOther)
	ed.get("/plans").is(http.StatusOK)
	vi.get("/plans").is(http.StatusOK)
	ed.get("{copy}").is(http.StatusNotFound)
	ed.post("{copy}/restore", "").is(http.StatusSeeOther)
	ed.get("/plans").is(http.StatusOK)
	ed.post("{copy}/restore", "again")
	ada.post("{copy}/delete", "from the list", "from", "list").is(http.StatusSeeOther)
	ada.get("/plans").is(http.StatusOK)
	ada.get("/team").is(http.StatusOK)
}

// savedRefused are drafts that cannot be saved.
func savedRefused(ada *reader) {
	for _, c := range []struct {
		note  string
		pairs []string
	}{
		{"no months", []string{"plan", strings.Replace(smallPlan("1"), `"months":24`, `"months":0`, 1), "name",
			"Broken", "view", "period=year", "note", "first"}},
		{"no JSON", []string{"plan", "{<script>", "name", "Broken"}},
		{"a long name", []string{"plan", smallPlan("1"), "name", strings.Repeat("n", 201)}},
		{"a long note", []string{"plan", smallPlan("1"), "note", strings.Repeat("n", 1001)}},
		{"unknown prices", []string{"plan", strings.Replace(smallPlan("1"), `"months"`,
			`"catalog_snapshot":"1999-01-01","months"`, 1)}},
		{"a name of its own", []string{"plan", smallPlan("1")}},
	} {
		ada.post("/plans", c.note, c.pairs...)
	}
	ada.post("{chat}", "no plan", "plan", "{}", "version", "3", "name", "N").is(http.StatusUnprocessableEntity)
	ada.post("{chat}", "no version", "plan", smallPlan("1")).is(http.StatusBadRequest)
}

// conflictJourney is two editors who save the same plan.
func conflictJourney(w *world) {
	ada := w.signUp("ada")
	ed := w.invited(ada, "editor", "editor")
	theirs := strings.Replace(smallPlan("50000"), `"output_tokens":400`, `"output_tokens":500`, 1)
	mine := strings.Replace(smallPlan("60000"), `"input_tokens":1500`, `"input_tokens":1600`, 1)
	for _, keep := range []string{"mine", "theirs"} {
		ada.save("shared "+keep, smallPlan("40000"))
		at := "{shared " + keep + "}"
		ada.post(at, "theirs", "plan", theirs, "version", "1").is(http.StatusSeeOther)
		page := ed.post(at, "mine, too late", "plan", mine, "version", "1", "name", "Other", "note",
			"my note").is(http.StatusConflict)
		ada.post(at, "the same person, too late", "plan", mine, "version", "1").is(http.StatusConflict)
		form := values()
		for _, field := range page.document().Find(`#conflict-form input[name], form[action="` + w.names[at] +
			`"] input[name], form[action="` + w.names[at] + `"] textarea[name]`).EachIter() {
			if kind := field.AttrOr("type", ""); kind != "radio" {
				value, isInput := field.Attr("value")
				if !isInput {
					value = field.Text()
				}
				form.Set(field.AttrOr("name", ""), value)
			}
		}
		for name := range form {
			if number, ok := strings.CutPrefix(name, "path-"); ok {
				form.Set("keep-"+number, keep)
			}
		}
		ed.ask(question{method: http.MethodPost, path: at, note: "keep " + keep, form: form}).is(http.StatusSeeOther)
		ed.get(at).is(http.StatusOK)
		ed.get(at + ".json").is(http.StatusOK)
		form.Set("base", "x")
		ed.ask(question{method: http.MethodPost, path: at, note: "no base", form: form})
	}
	ada.post("{shared mine}", "a version that never was", "plan", mine, "version", "77").is(http.StatusConflict)
}
