package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

const password = "four words that rhyme"

// signUp makes an account with a team of its own, of which it is the admin.
func (w *world) signUp(name string) *reader {
	w.t.Helper()
	r := w.reader(name)
	r.post("/sign-up", "", "name", name, "email", name+"@example.org", "password", password, "team",
		name+"'s team").is(http.StatusSeeOther)
	return r
}

// invited joins the team of an admin in a role.
func (w *world) invited(by *reader, name, role string) *reader {
	w.t.Helper()
	w.let("invitation", invite(by, role))
	r := w.reader(name)
	r.get("/join?invitation={invitation}").is(http.StatusOK)
	r.post("/join", "as "+role, "invitation", "{invitation}", "name", name, "email", name+"@example.org",
		"password", password).is(http.StatusSeeOther)
	return r
}

var invitationToken = regexp.MustCompile(`invitation=([A-Za-z0-9_-]{43})`)

// invite makes an invitation and gives its token, which the team's page shows once.
func invite(by *reader, role string) string {
	by.w.t.Helper()
	by.post("/team/invitations", "as "+role, "role", role).is(http.StatusSeeOther)
	found := invitationToken.FindStringSubmatch(by.get("/team").body)
	if found == nil {
		by.w.t.Fatal("the team's page shows no invitation")
	}
	return found[1]
}

// accountsJourney signs up, in and out, and changes an account.
func accountsJourney(w *world) {
	r := w.reader("visitor")
	for _, path := range []string{"/sign-up", "/sign-up?next=/plans", "/sign-in", "/sign-in?next=/team", "/account",
		"/team", "/plans", "/team/leave", "/plans/nobody/versions"} {
		r.get(path)
	}
	good := []string{"name", "ada", "email", "ada@example.org", "password", password, "team", "Ada's team"}
	for _, c := range [][]string{
		{"no name", "name", ""}, {"no address", "email", "ada"}, {"a short password", "password", "short"},
		{"a known password", "password", "password123"},
		{"the address as password", "password", "ada@example.org"}, {"no team", "team", ""},
		{"a long name", "name", strings.Repeat("n", 101)},
	} {
		form := values(good...)
		form.Set(c[1], c[2])
		r.ask(question{method: http.MethodPost, path: "/sign-up", note: c[0],
			form: form}).is(http.StatusUnprocessableEntity)
	}
	ada := w.signUp("ada")
	ada.get("/plans").is(http.StatusOK)
	ada.get("/sign-in")
	r.post("/sign-up", "an address that is taken", good...).is(http.StatusUnprocessableEntity)
	r.post("/sign-in", "a wrong password", "email", "ada@example.org", "password",
		"something else").is(http.StatusUnprocessableEntity)
	r.post("/sign-in", "nobody", "email", "nobody@example.org", "password",
		password).is(http.StatusUnprocessableEntity)
	r.post("/sign-in", "to another site", "email", "ada@example.org", "password", password, "next",
		"https://evil.example/").is(http.StatusSeeOther)
	r.post("/sign-out", "").is(http.StatusSeeOther)
	r.post("/sign-in", "and on", "email", "ada@example.org", "password", password, "next",
		"/team").is(http.StatusSeeOther)
	ownAccount(ada)
	r.get("/account") // a new password has ended this session
}

// ownAccount changes a member's own account.
func ownAccount(ada *reader) {
	ada.get("/account").is(http.StatusOK)
	ada.post("/account", "another name", "name", "Ada L.", "theme", "dark").is(http.StatusSeeOther)
	ada.get("/account").is(http.StatusOK)
	ada.post("/account", "no name", "name", "", "theme", "blue").is(http.StatusUnprocessableEntity)
	ada.post("/account/password", "wrong", "present", "no", "password", "short").is(http.StatusUnprocessableEntity)
	ada.post("/account/password", "right", "present", password, "password",
		"other words that rhyme").is(http.StatusSeeOther)
	ada.get("/account").is(http.StatusOK)
	ada.post("/theme", "light", "theme", "light", "back", "/prices").is(http.StatusSeeOther)
	ada.get("/prices").is(http.StatusOK)
	ada.post("/theme", "none", "theme", "blue").is(http.StatusBadRequest)
	ada.post("/theme", "to another site", "theme", "system", "back", "//evil.example/").is(http.StatusSeeOther)
	ada.post("/sign-out", "").is(http.StatusSeeOther)
	ada.get("/account")
}

// tooManyJourney asks too often: the last question of each kind is refused.
func tooManyJourney(w *world) {
	r := w.reader("visitor")
	often := func(times int, path string, form url.Values) {
		for n := range times {
			last := n == times-1
			if a := w.reader("visitor").ask(question{method: http.MethodPost, path: path, still: true, quiet: !last,
				form: form}); last {
				a.is(http.StatusTooManyRequests)
			}
		}
	}
	often(11, "/sign-in", values("email", "ada@example.org", "password", "guess"))
	often(21, "/sign-up", values("email", "ada@example.org"))
	often(21, "/plans", values("plan", smallPlan("40000")))
	often(101, "/api/v1/cost", nil)
	r.ask(question{method: http.MethodPost, path: "/sign-in", note: "a minute later",
		form: values("email", "ada@example.org", "password", "guess")}).is(http.StatusUnprocessableEntity)
}

// teamJourney is a team with an admin, an editor and a viewer.
func teamJourney(w *world) {
	ada := w.signUp("ada")
	ada.get("/team").is(http.StatusOK)
	ed := w.invited(ada, "editor", "editor")
	vi := w.invited(ada, "viewer", "viewer")
	members := ada.get("/team").is(http.StatusOK)
	ed.get("/team").is(http.StatusOK)
	vi.get("/team").is(http.StatusOK)
	w.letMember(members, "viewer", "viewer")
	w.letMember(members, "editor", "editor")
	ada.post("/team", "rename", "name", "The team").is(http.StatusSeeOther)
	ada.post("/team", "no name", "name", " ").is(http.StatusUnprocessableEntity)
	vi.post("/team", "rename", "name", "Mine").is(http.StatusForbidden)
	ed.post("/team/invitations", "", "role", "admin").is(http.StatusForbidden)
	ada.post("/team/invitations", "as owner", "role", "owner").is(http.StatusBadRequest)
	ada.post("/team/members/{viewer}/role", "editor", "role", "editor").is(http.StatusSeeOther)
	ada.get("/team").is(http.StatusOK)
	ada.post("/team/members/{viewer}/role", "owner", "role", "owner").is(http.StatusBadRequest)
	ada.post("/team/members/nobody/role", "", "role", "editor").is(http.StatusNotFound)
	ada.post("/team/leave", "the last admin").is(http.StatusConflict)
	ada.get("/team/members/{viewer}/remove").is(http.StatusOK)
	ada.post("/team/members/{viewer}/remove", "").is(http.StatusSeeOther)
	ada.get("/team").is(http.StatusOK)
	vi.get("/plans")
	ed.get("/team/leave").is(http.StatusOK)
	ed.post("/team/leave", "").is(http.StatusSeeOther)
	ed.get("/plans")
	invitations(w, ada)
}

// letMember gives a member's id a name.
func (w *world) letMember(team *reply, member, name string) {
	w.t.Helper()
	found := ""
	for _, row := range team.document().Find("#members tbody tr").EachIter() {
		if strings.Contains(row.Text(), member) {
			found = row.AttrOr("data-key", "")
		}
	}
	w.let(name, found)
}

// invitations are used, refused and revoked, by people with accounts of their own.
func invitations(w *world, ada *reader) {
	w.t.Helper()
	bob := w.signUp("bob")
	w.let("invitation", invite(ada, "viewer"))
	w.reader("visitor").post("/join", "an address that is taken", "invitation", "{invitation}", "name", "x",
		"email", "bob@example.org", "password", password)
	w.reader("visitor").post("/join", "no password", "invitation", "{invitation}", "name", "x", "email",
		"x@example.org", "password", "")
	ada.post("/join", "a member", "invitation", "{invitation}").is(http.StatusSeeOther)
	ada.get("/team")
	bob.get("/join?invitation={invitation}").is(http.StatusOK)
	bob.post("/join", "", "invitation", "{invitation}").is(http.StatusSeeOther)
	bob.get("/plans")
	team := bob.get("/team").is(http.StatusOK)
	bob.post("/team", "as a viewer", "name", "Mine").is(http.StatusForbidden)
	w.let("other", team.document().Find(`form[action="/team/switch"] [name="team"]`).First().AttrOr("value", ""))
	bob.post("/team/switch", "", "team", "{other}").is(http.StatusSeeOther)
	bob.get("/team").is(http.StatusOK)
	bob.post("/team/switch", "to none of theirs", "team", "nobody").is(http.StatusNotFound)
	bob.get("/join?invitation={invitation}").is(http.StatusNotFound)
	bob.get("/join?invitation=guess").is(http.StatusNotFound)
	w.let("invitation", invite(ada, "admin"))
	page := ada.get("/team").is(http.StatusOK)
	form := page.document().Find(`[action^="/team/invitations/"], [formaction^="/team/invitations/"]`).First()
	w.let("revoke", form.AttrOr("action", form.AttrOr("formaction", "")))
	ada.post("{revoke}", "").is(http.StatusSeeOther)
	ada.post("{revoke}", "again")
	ada.get("/team").is(http.StatusOK)
	w.reader("visitor").get("/join?invitation={invitation}").is(http.StatusNotFound)
}

// pendingJourney is a visitor's plan that waits until they are in.
func pendingJourney(w *world) {
	ada := w.signUp("ada")
	w.let("invitation", invite(ada, "viewer"))
	r := w.reader("visitor")
	r.post("/plans", "", "plan", smallPlan("41000"), "name", "From outside", "view",
		"period=year").is(http.StatusSeeOther)
	r.get("/sign-up").is(http.StatusOK)
	r.get("/sign-in").is(http.StatusOK)
	saved := r.post("/sign-up", "", "name", "bob", "email", "bob@example.org", "password", password, "team",
		"Bobs").is(http.StatusSeeOther)
	r.follow(saved, "saved")
	r.get("/plans").is(http.StatusOK)
	r.post("/plans", "no plan", "plan", "{}").is(http.StatusUnprocessableEntity)
	vi := w.reader("viewer")
	vi.post("/join", "", "invitation", "{invitation}", "name", "vi", "email", "vi@example.org", "password",
		password).is(http.StatusSeeOther)
	vi.post("/sign-out", "").is(http.StatusSeeOther)
	vi.post("/plans", "", "plan", smallPlan("47000"), "name", "Mine").is(http.StatusSeeOther)
	draft := vi.post("/sign-in", "", "email", "vi@example.org", "password", password).is(http.StatusSeeOther)
	if at, err := url.Parse(draft.location); err != nil || at.Query().Get("draft") == "" {
		w.t.Errorf("a viewer's plan went to %q", draft.location)
	}
	vi.follow(draft, "draft")
}
