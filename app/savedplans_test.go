package app

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"headroom/db"
	"headroom/pricing"
)

// planDocument is a small valid plan with that many users.
func planDocument(users string) string {
	return fmt.Sprintf(`{"schema":"headroom.plan/v1","name":"Support","start":"2026-09","months":24,
 "segments":{"all":{"users":{"curve":"exponential","start":%s,"monthly_growth":"0.080"}}},
 "workloads":{"chat":{"segment":"all","requests_per_user_day":6,"input_tokens":1500,"output_tokens":400,"routes":[{"offer":"a","share":1}]}},
 "offers":{"a":{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"2.50","output":"15.00"}]}}}`, users)
}

// savePlan saves a plan of the browser's reader and gives its address.
func (b *browser) savePlan(name, users string) string {
	b.site.t.Helper()
	answer := b.post("/plans", "plan", planDocument(users), "name", name, "view", "period=year").is(303)
	if !strings.HasPrefix(answer.location, "/plans/") {
		b.site.t.Fatalf("saved to %q", answer.location)
	}
	return answer.location
}

func TestSavingAPlan(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	t.Run("a plan is saved, listed and opened again as it was", func(t *testing.T) {
		address := b.savePlan("Support 2027", "40000")
		b.get("/plans").is(200).says("#plans", "Support 2027", "Ada", "24", "Sep 2026", s.prices.ID).says("h1", "1 plan of Ada's team")
		opened := b.get(address).is(200).holds("version", "1")
		if got := opened.page.Find(`.planbar a:contains("Versions")`).AttrOr("href", ""); got != address+"/versions" {
			t.Errorf("the versions are at %q", got)
		}
		document := b.get(address + ".json").is(200).body
		if !strings.Contains(document, `"start": 40000`) || !strings.Contains(document, `"monthly_growth": "0.080"`) {
			t.Errorf("numbers are not as typed: %s", document)
		}
	})
	t.Run("the page of a saved plan saves the next version", func(t *testing.T) {
		address := b.savePlan("Again", "40000")
		b.submit(b.get(address).is(200), address).to(address)
		b.get(address).says("#notices", "Saved as version 2.").holds("version", "2")
	})
	t.Run("the main page saves to the team", func(t *testing.T) {
		saved := b.submit(b.get("/").is(200), "/plans", "name", "From the example").is(303)
		b.get(saved.location).is(200).says("#notices", "as version 1")
	})
	t.Run("a plan without a name takes the one in its document", func(t *testing.T) {
		address := b.post("/plans", "plan", planDocument("1")).is(303).location
		b.get(address+"/versions").says("h1", "Support")
	})
	t.Run("the plan is pinned to the prices that it was seen with, and they are kept", func(t *testing.T) {
		address := b.savePlan("Pinned", "40000")
		var plan struct {
			Snapshot string `json:"catalog_snapshot"`
		}
		if err := json.Unmarshal([]byte(b.get(address+".json").body), &plan); err != nil || plan.Snapshot != s.prices.ID {
			t.Errorf("pinned to %q, %v", plan.Snapshot, err)
		}
		if _, err := s.store.LoadSnapshot(t.Context(), s.prices.ID); err != nil {
			t.Errorf("the prices are not kept: %v", err)
		}
	})
	t.Run("a plan that is not one is refused whole, with the path of what is wrong, and nothing is lost", func(t *testing.T) {
		broken := strings.Replace(planDocument("40000"), `"months":24`, `"months":0`, 1)
		answer := b.post("/plans", "plan", broken, "name", "Broken", "view", "period=year", "note", "first").is(422)
		answer.says(".error-summary", "months").holds("plan", broken).holds("name", "Broken").holds("view", "period=year").holds("note", "first")
		b.submit(answer, "/plans", "plan", planDocument("40000")).is(303)
	})
	t.Run("what is no JSON at all is refused and kept", func(t *testing.T) {
		b.post("/plans", "plan", "{<script>", "name", "Broken").is(422).holds("plan", "{<script>")
	})
	t.Run("a name that is too long is refused beside the name", func(t *testing.T) {
		long := strings.Repeat("n", 201)
		b.post("/plans", "plan", planDocument("1"), "name", long).is(422).says("#name-error", "at most 200").holds("name", long)
	})
	t.Run("prices that are not here are refused by name", func(t *testing.T) {
		pinned := strings.Replace(planDocument("1"), `"months"`, `"catalog_snapshot":"1999-01-01","months"`, 1)
		b.post("/plans", "plan", pinned).is(422).says(".error-summary", "1999-01-01")
	})
	t.Run("a body over the limit is refused", func(t *testing.T) {
		b.post("/plans", "plan", strings.Repeat("x", 6<<20+1)).is(413)
	})
}

func TestAVisitorsPlanIsSavedAfterTheyAreIn(t *testing.T) {
	s := newSite(t)
	s.member("Ada")
	t.Run("by signing up", func(t *testing.T) {
		b := s.browser()
		page := b.get(b.post("/plans", "plan", planDocument("41000"), "name", "From outside").to("/sign-up").location)
		page.says(".lead", "Your plan is kept")
		page = b.submit(page, "/sign-up", "name", "B").is(422) // a mistake on the way loses nothing
		done := b.submit(page, "/sign-up", "name", "Bob", "email", "bob@example.org", "password", goodPassword, "team", "Bobs").is(303)
		b.get(done.location).is(200).says("#notices", "Saved to Bobs")
		if users := userStart(t, []byte(b.get(done.location+".json").body)); users != "41000" {
			t.Errorf("%s users, want 41000", users)
		}
		b.get("/plans").says("#plans", "From outside")
	})
	t.Run("by signing in, and once only", func(t *testing.T) {
		b := s.browser()
		b.post("/plans", "plan", planDocument("42000"), "name", "Mine").to("/sign-up")
		b.get("/sign-in").says(".lead", "Your plan is kept")
		b.post("/sign-in", "email", "ada@example.org", "password", goodPassword).is(303)
		b.post("/sign-in", "email", "ada@example.org", "password", goodPassword).to("/plans")
		b.get("/plans").says("h1", "1 plan of Ada's team")
	})
	t.Run("after a restart too", func(t *testing.T) {
		b := s.browser()
		b.post("/plans", "plan", planDocument("43000"), "name", "Waiting").to("/sign-up")
		old, _ := url.Parse(s.server.URL)
		s.start()
		here, _ := url.Parse(s.server.URL)
		b.client.Jar.SetCookies(here, b.client.Jar.Cookies(old))
		done := b.post("/sign-in", "email", "ada@example.org", "password", goodPassword).is(303)
		if users := userStart(t, []byte(b.get(done.location+".json").body)); users != "43000" {
			t.Errorf("%s users, want 43000", users)
		}
	})
	t.Run("a broken plan is shown again and not kept", func(t *testing.T) {
		b := s.browser()
		b.post("/plans", "plan", "{}").is(422)
		if b.get("/sign-up").page.Find(".lead").Text() == "" || strings.Contains(b.get("/sign-up").body, "Your plan is kept") {
			t.Error("the broken plan waits")
		}
	})
	t.Run("not without end from one address", func(t *testing.T) {
		b := newSite(t).browser()
		for range 20 {
			b.post("/plans", "plan", planDocument("1")).to("/sign-up")
		}
		b.post("/plans", "plan", planDocument("1")).is(429)
	})
}

func TestVersions(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	address := b.savePlan("Support", "40000")
	b.post(address, "plan", planDocument("50000"), "name", "Support", "version", "1", "note", "more users").to(address)

	t.Run("a save is a version with its note", func(t *testing.T) {
		b.get(address+"/versions").is(200).says("#notices", "Saved as version 2.").says("#versions", "Version 2", "more users", "Version 1", "Ada")
	})
	t.Run("an old version opens as a change of the newest and writes nothing", func(t *testing.T) {
		shown := b.get(address + "/versions/1").is(303)
		query, err := url.Parse(shown.location)
		if err != nil || query.Path != address {
			t.Fatalf("shown at %q", shown.location)
		}
		changed := []byte(b.get(address + "/plan.json?propose=none&" + query.RawQuery).is(200).body)
		if users := userStart(t, changed); users != "40000" {
			t.Errorf("%s users, want version 1's", users)
		}
		if got := query.Query().Get("period"); got != "year" {
			t.Errorf("period %q, want version 1's", got)
		}
	})
	t.Run("an old version is restored as a new one", func(t *testing.T) {
		b.submit(b.get(address+"/versions"), address+"/versions/1/restore", "version", "2").to(address + "/versions")
		b.get(address+"/versions").says("#versions", "Version 3", "Version 1 restored")
		if users := userStart(t, []byte(b.get(address+".json").body)); users != "40000" {
			t.Errorf("%s users, want version 1's", users)
		}
	})
	t.Run("restoring from an old page is a conflict", func(t *testing.T) {
		b.post(address+"/versions/1/restore", "version", "2").is(409)
		b.post(address + "/versions/1/restore").is(400)
	})
	t.Run("versions that are not there are not found", func(t *testing.T) {
		for _, number := range []string{"0", "9", "-1", "x", "1.5", "99999999999999"} {
			b.get(address + "/versions/" + number).is(404)
			b.post(address+"/versions/"+number+"/restore", "version", "3").is(404)
		}
	})
	t.Run("the document of each version can be downloaded as it was", func(t *testing.T) {
		answer := b.get(address + "/versions/2.json").is(200)
		if users := userStart(t, []byte(answer.body)); users != "50000" {
			t.Errorf("%s users, want version 2's", users)
		}
		if got, want := answer.header.Get("Content-Disposition"), `attachment; filename="support-v2.json"`; got != want {
			t.Errorf("disposition %q, want %q", got, want)
		}
	})
	t.Run("an invalid save keeps the form and the version it was made from", func(t *testing.T) {
		answer := b.post(address, "plan", "{}", "version", "3", "name", "N").is(422).holds("version", "3").holds("plan", "{}")
		b.submit(answer, address, "plan", planDocument("60000")).to(address)
		b.post(address, "plan", planDocument("1")).is(400)
	})
}

func userStart(t *testing.T, document []byte) string {
	t.Helper()
	var plan struct {
		Segments map[string]struct{ Users struct{ Start json.Number } }
	}
	if err := json.Unmarshal(document, &plan); err != nil {
		t.Fatal(err)
	}
	return plan.Segments["all"].Users.Start.String()
}

func TestTwoEditorsAtOnce(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	start := planDocument("40000")
	theirs := strings.Replace(planDocument("50000"), `"output_tokens":400`, `"output_tokens":500`, 1)
	saved := func(t *testing.T, address string) string { return b.get(address + ".json").is(200).body }

	t.Run("the second save shows both plans and writes nothing", func(t *testing.T) {
		address := b.savePlan("Shared", "40000")
		b.post(address, "plan", theirs, "version", "1").to(address)
		mine := strings.Replace(planDocument("60000"), `"input_tokens":1500`, `"input_tokens":1600`, 1)
		page := b.post(address, "plan", mine, "version", "1", "name", "Shared", "note", "my note").is(409)
		page.says("h1", "You saved this plan in another window").says(".lead", "Choose for 1 field")
		rows := rowsOf(page, "#conflict")
		want := []string{
			"Users at the start Which Users at the start to keep Saved Mine50,000 users or 60,000 users 50,000 users 60,000 users 40,000 users",
			"Chat: Input mine 1,500 tokens 1,600 tokens 1,500 tokens",
			"Chat: Output saved 500 tokens 400 tokens 400 tokens",
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		if users := userStart(t, []byte(saved(t, address))); users != "50000" {
			t.Errorf("%s users are saved, want theirs", users)
		}

		b.submit(page, address, "keep-0", "mine").to(address)
		merged, err := pricing.ParsePlan([]byte(saved(t, address)))
		if err != nil {
			t.Fatal(err)
		}
		chat := merged.Workloads["chat"]
		got := []string{userStart(t, []byte(saved(t, address))), fmt.Sprint(chat.InputTokens), fmt.Sprint(chat.OutputTokens)}
		if diff := cmp.Diff([]string{"60000", "1600", "500"}, got); diff != "" {
			t.Errorf("merged -want +got\n%s", diff)
		}
		b.get(address+"/versions").says("#versions", "Version 3", "my note")
	})
	t.Run("theirs can be kept field by field", func(t *testing.T) {
		address := b.savePlan("Chosen", "40000")
		b.post(address, "plan", theirs, "version", "1").to(address)
		mine := strings.Replace(planDocument("60000"), `"input_tokens":1500`, `"input_tokens":1600`, 1)
		page := b.post(address, "plan", mine, "version", "1").is(409)
		b.submit(page, address, "keep-0", "theirs").to(address)
		merged := saved(t, address)
		if users := userStart(t, []byte(merged)); users != "50000" || !strings.Contains(merged, `"input_tokens": 1600`) {
			t.Errorf("%s users, want theirs beside my tokens\n%s", users, merged)
		}
		b.post(address, "plan", mine, "version", "3", "base", "1", "keep-0", "theirs", "path-0", "{").is(400)
		b.post(address, "plan", mine, "version", "3", "base", "1", "path-0", `["months"]`).is(400) // nothing is chosen
	})
	t.Run("the other editor is named", func(t *testing.T) {
		address := b.savePlan("Named", "40000")
		other := s.memberOf("ada@example.org", "Bob", db.Editor)
		other.post(address, "plan", theirs, "version", "1").to(address)
		page := b.post(address, "plan", planDocument("60000"), "version", "1").is(409).says("h1", "Bob saved before you").says("#conflict thead", "Bob")
		other.post(address, "plan", planDocument("70000"), "version", "2").to(address)
		b.submit(page, address, "keep-0", "mine").is(409).says("#conflict", "70,000 users") // faster again: nothing is overwritten
	})
	t.Run("a rename by somebody else is not undone by a save of what was open before", func(t *testing.T) {
		address := b.savePlan("Old name", "40000")
		b.post(address+"/rename", "name", "New name").is(303)
		b.post(address, "plan", planDocument("1"), "version", "1", "name", "Old name").to(address)
		b.get(address+"/versions").says("h1", "New name")
		b.post(address, "plan", planDocument("1"), "version", "2", "name", "Third name").to(address)
		b.get(address+"/versions").says("h1", "Third name")
		b.post(address, "plan", planDocument("1"), "version", "3").to(address)
		b.get(address+"/versions").says("h1", "Third name")
	})
	t.Run("mine can be kept as a copy", func(t *testing.T) {
		address := b.savePlan("Kept", "40000")
		b.post(address, "plan", theirs, "version", "1").to(address)
		page := b.post(address, "plan", planDocument("60000"), "version", "1").is(409)
		made := b.submit(page, "/plans").is(303)
		if users := userStart(t, []byte(saved(t, made.location))); users != "60000" {
			t.Errorf("the copy has %s users", users)
		}
		if users := userStart(t, []byte(saved(t, address))); users != "50000" {
			t.Errorf("the plan has %s users, want theirs", users)
		}
	})
	t.Run("a part that I removed and they changed is a choice, and both ways work", func(t *testing.T) {
		with := func(price string) string {
			return strings.Replace(start, `"offers":{`, `"offers":{"spare":{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"`+price+`","output":"2"}]},`, 1)
		}
		for keep, want := range map[string]bool{"theirs": true, "mine": false} {
			address := b.post("/plans", "plan", with("1")).is(303).location
			b.post(address, "plan", with("9"), "version", "1").to(address)
			page := b.post(address, "plan", start, "version", "1").is(409)
			rows := rowsOf(page, "#conflict")
			if len(rows) != 2 || !strings.HasPrefix(rows[0], "offers.spare Which offers.spare to keep") || !strings.Contains(rows[0], "not stated") {
				t.Fatalf("rows %q", rows)
			}
			b.submit(page, address, "keep-0", keep, "keep-1", keep).to(address)
			if got := strings.Contains(saved(t, address), `"input": "9"`); got != want {
				t.Errorf("%s kept: their price is there: %v", keep, got)
			}
		}
	})
	t.Run("a version that never was is a conflict over everything, not an error", func(t *testing.T) {
		address := b.savePlan("Odd", "40000")
		b.post(address, "plan", start, "version", "77").is(409)
	})
}

func TestRenameCopyDelete(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	address := b.savePlan("Support", "40000")

	t.Run("renaming shows in the list and in the document, and makes no version", func(t *testing.T) {
		b.submit(b.get(address+"/versions"), address+"/rename", "name", " Größer ").to(address + "/versions")
		b.get(address+"/versions").says("h1", "Größer").says(".lead", "1 version is kept")
		if body := b.get(address + ".json").body; !strings.Contains(body, `"name": "Größer"`) {
			t.Errorf("the document says %s", body)
		}
	})
	t.Run("an empty name is refused beside the field", func(t *testing.T) {
		b.post(address+"/rename", "name", " ").is(422).says("#name-error", "Give the plan a name")
	})
	t.Run("a copy is a plan of its own", func(t *testing.T) {
		made := b.post(address + "/copy").is(303)
		b.get("/plans").says("#plans", "Copy of Größer")
		b.post(made.location, "plan", planDocument("1"), "version", "1").to(made.location)
		if users := userStart(t, []byte(b.get(address+".json").body)); users != "40000" {
			t.Errorf("the original has %s users", users)
		}
	})
	t.Run("a deleted plan is gone, and back after undo", func(t *testing.T) {
		b.post(address + "/delete").to("/plans")
		page := b.get("/plans").says("#notices", "Größer is deleted")
		b.get(address).is(404)
		b.submit(page, address+"/restore").to("/plans")
		b.get(address).is(200)
		b.post(address + "/restore").is(404)
	})
	t.Run("a deleted plan can be restored after the notice with its undo is gone", func(t *testing.T) {
		b.post(address + "/delete").to("/plans")
		b.get("/plans").is(200)
		vi := s.memberOf("ada@example.org", "Vi", db.Viewer)
		if vi.get("/plans").says("#deleted", "Größer").page.Find("#deleted form").Length() != 0 {
			t.Error("a viewer is offered to restore")
		}
		page := b.get("/plans").says("#deleted-plans", "Deleted plans", "1 plan").says("#deleted", "Größer", "Restore Größer")
		b.submit(page, address+"/restore").to("/plans")
		b.get(address).is(200)
		if b.get("/plans").page.Find("#deleted-plans").Length() != 0 {
			t.Error("nothing is deleted and the page lists it")
		}
	})
	t.Run("deleting the last plan leads to an empty list that offers undo", func(t *testing.T) {
		solo := s.member("Solo")
		only := solo.savePlan("Only", "1")
		solo.post(only + "/delete").to("/plans")
		page := solo.get("/plans").is(200).says(".empty", "No plans in Solo's team yet")
		solo.submit(page, only+"/restore").to("/plans")
	})
}

func TestTheListIsSorted(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	for _, name := range []string{"beta", "Alpha", "gamma"} {
		b.savePlan(name, "1")
	}
	tests := []struct{ name, sort, want, key, direction string }{
		{"the last changed is on top by default", "", "gamma Alpha beta", "updated", "descending"},
		{"by name, whatever the case", "?sort=name", "Alpha beta gamma", "name", "ascending"},
		{"by name, the other way", "?sort=-name", "gamma beta Alpha", "name", "descending"},
		{"the first saved on top", "?sort=updated", "beta Alpha gamma", "updated", "ascending"},
		{"an unknown column counts as none", "?sort=password_hash", "gamma Alpha beta", "updated", "descending"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page := b.get("/plans" + test.sort).is(200)
			var got []string
			page.page.Find("#plans tbody th").Each(func(_ int, cell *goquery.Selection) { got = append(got, strings.TrimSpace(cell.Text())) })
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %v, want %s", got, test.want)
			}
			if order := page.page.Find(`#plans th[data-key="`+test.key+`"]`).AttrOr("aria-sort", ""); order != test.direction {
				t.Errorf("aria-sort %q, want %q", order, test.direction)
			}
		})
	}
}

func TestAnotherTeamsPlanIsNotThere(t *testing.T) {
	s := newSite(t)
	ada, eve := s.member("Ada"), s.member("Eve")
	address := ada.savePlan("Secret", "40000")
	missing := eve.get("/plans/00000000-0000-7000-8000-000000000000").is(404)
	for _, path := range []string{"", ".json", "/versions", "/versions/1", "/versions/1.json"} {
		answer := eve.get(address + path).is(404)
		if strings.Contains(answer.body, "Secret") || path == "" && answer.page.Find("main").Text() != missing.page.Find("main").Text() && len(answer.body) != len(missing.body) {
			t.Errorf("%s tells that the plan exists", path)
		}
	}
	eve.post(address, "plan", planDocument("1"), "version", "1").is(404)
	for _, path := range []string{"/rename", "/copy", "/delete", "/restore", "/versions/1/restore"} {
		eve.post(address+path, "name", "x", "version", "1").is(404)
	}
	ada.post(address + "/delete").is(303)
	eve.post(address + "/restore").is(404)
	if strings.Contains(eve.get("/plans").body, "Secret") {
		t.Error("the list shows another team's plan")
	}
}

func TestViewersReadAndDoNotWrite(t *testing.T) {
	s := newSite(t)
	ada := s.member("Ada")
	address := ada.savePlan("Support", "40000")
	viewer := s.memberOf("ada@example.org", "Vi", db.Viewer)
	viewer.get(address).is(200)
	viewer.get(address + ".json").is(200)
	history := viewer.get(address + "/versions").is(200)
	if history.page.Find("main form").Length() != 0 {
		t.Error("a viewer is offered forms")
	}
	if viewer.get("/plans").page.Find("main form").Length() != 0 {
		t.Error("a viewer is offered buttons in the list")
	}
	viewer.post("/plans", "plan", planDocument("1")).is(403)
	viewer.post(address, "plan", planDocument("1"), "version", "1").is(403).says("h1", "Not allowed")
	for _, path := range []string{"/rename", "/copy", "/delete", "/restore", "/versions/1/restore"} {
		viewer.post(address + path).is(403)
	}
	viewer.post("/team", "name", "Mine").is(403)
}

// rows are the body rows of a table, cells joined by a space.
func rowsOf(a *reply, table string) []string {
	var rows []string
	a.page.Find(table + " tbody tr").Each(func(_ int, row *goquery.Selection) {
		cells := row.Find("th, td").Map(func(_ int, cell *goquery.Selection) string {
			return strings.Join(strings.Fields(cell.Text()), " ")
		})
		rows = append(rows, strings.Join(cells, " "))
	})
	return rows
}

// memberOf is somebody new, signed in, in the first team of the user with that address.
func (s *site) memberOf(email, name string, role db.Role) *browser {
	s.t.Helper()
	ctx := s.t.Context()
	owner, err := s.store.UserByEmail(ctx, email)
	if err != nil {
		s.t.Fatal(err)
	}
	teams, err := s.store.TeamsOf(ctx, owner.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	token := name + "-invitation-of-this-test"
	if _, err := s.store.Team(teams[0].TeamID).Invite(ctx, owner.ID, role, token); err != nil {
		s.t.Fatal(err)
	}
	b := s.browser()
	b.post("/join", "invitation", token, "name", name, "email", strings.ToLower(name)+"@example.org", "password", goodPassword).to("/plans")
	return b
}

func TestFileNamesAreHarmless(t *testing.T) {
	tests := []struct{ name, plan, want string }{
		{"spaces and signs become hyphens", "Support 2027–28 (draft)", "support-2027-28-draft"},
		{"no path can be made", "../../etc/passwd", "etc-passwd"},
		{"no header can be broken", "a\"; x=\"b", "a-x-b"},
		{"a name without letters of ASCII is plan", "计划", "plan"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fileName(test.plan); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
