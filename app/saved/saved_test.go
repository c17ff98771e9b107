package saved_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"headroom/app/sitetest"
	"headroom/db"
	"headroom/pricing"
)

func TestSavingAPlan(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	t.Run("a plan is saved, listed and opened again as it was", func(t *testing.T) {
		address := b.SavePlan("Support 2027", "40000")
		b.Get("/plans").Is(200).Says("#plans", "Support 2027", "Ada", "24", "Sep 2026", s.Prices.ID).
			Says("h1", "1 plan of Ada's team")
		opened := b.Get(address).Is(200).Holds("version", "1")
		if got := opened.Page.Find(`.planbar a:contains("Versions")`).AttrOr("href", ""); got != address+"/versions" {
			t.Errorf("the versions are at %q", got)
		}
		document := b.Get(address + ".json").Is(200).Body
		if !strings.Contains(document, `"start": 40000`) || !strings.Contains(document, `"monthly_growth": "0.080"`) {
			t.Errorf("numbers are not as typed: %s", document)
		}
	})
	t.Run("the page of a saved plan saves the next version", func(t *testing.T) {
		address := b.SavePlan("Again", "40000")
		b.Submit(b.Get(address).Is(200), address).To(address)
		b.Get(address).Says("#notices", "Saved as version 2.").Holds("version", "2")
	})
	t.Run("the main page saves to the team", func(t *testing.T) {
		saved := b.Submit(b.Get("/").Is(200), "/plans", "name", "From the example").Is(303)
		b.Get(saved.Location).Is(200).Says("#notices", "as version 1")
	})
	t.Run("a plan without a name takes the one in its document", func(t *testing.T) {
		address := b.Post("/plans", "plan", sitetest.PlanDocument("1")).Is(303).Location
		b.Get(address+"/versions").Says("h1", "Support")
	})
	t.Run("the plan is pinned to the prices that it was seen with, and they are kept", func(t *testing.T) {
		address := b.SavePlan("Pinned", "40000")
		var plan struct {
			Snapshot string `json:"catalog_snapshot"`
		}
		if err := json.Unmarshal([]byte(b.Get(address+".json").Body), &plan); err != nil ||
			plan.Snapshot != s.Prices.ID {
			t.Errorf("pinned to %q, %v", plan.Snapshot, err)
		}
		if _, err := s.Store.LoadSnapshot(t.Context(), s.Prices.ID); err != nil {
			t.Errorf("the prices are not kept: %v", err)
		}
	})
	t.Run("a plan that is not one is refused whole, with the path of what is wrong, and nothing is lost",
		func(t *testing.T) {
			broken := strings.Replace(sitetest.PlanDocument("40000"), `"months":24`, `"months":0`, 1)
			answer := b.Post("/plans", "plan", broken, "name", "Broken", "view", "period=year", "note", "first").Is(422)
			answer.Says(".error-summary", "months").Holds("plan", broken).Holds("name", "Broken").
				Holds("view", "period=year").Holds("note", "first")
			b.Submit(answer, "/plans", "plan", sitetest.PlanDocument("40000")).Is(303)
		})
	t.Run("what is no JSON at all is refused and kept", func(t *testing.T) {
		b.Post("/plans", "plan", "{<script>", "name", "Broken").Is(422).Holds("plan", "{<script>")
	})
	t.Run("a name that is too long is refused beside the name", func(t *testing.T) {
		long := strings.Repeat("n", 201)
		b.Post("/plans", "plan", sitetest.PlanDocument("1"), "name", long).Is(422).Says("#name-error", "at most 200").
			Holds("name", long)
	})
	t.Run("prices that are not here are refused by name", func(t *testing.T) {
		pinned := strings.Replace(sitetest.PlanDocument("1"), `"months"`, `"catalog_snapshot":"1999-01-01","months"`, 1)
		b.Post("/plans", "plan", pinned).Is(422).Says(".error-summary", "1999-01-01")
	})
	t.Run("a body over the limit is refused", func(t *testing.T) {
		b.Post("/plans", "plan", strings.Repeat("x", 6<<20+1)).Is(413)
	})
}

func TestAVisitorsPlanIsSavedAfterTheyAreIn(t *testing.T) {
	s := sitetest.NewSite(t)
	s.Member("Ada")
	t.Run("by signing up", func(t *testing.T) {
		b := s.Browser()
		page := b.Get(b.Post("/plans", "plan", sitetest.PlanDocument("41000"), "name", "From outside").
			To("/sign-up").Location)
		page.Says(".lead", "Your plan is kept")
		page = b.Submit(page, "/sign-up", "name", "B").Is(422) // a mistake on the way loses nothing
		done := b.Submit(page, "/sign-up", "name", "Bob", "email", "bob@example.org", "password", sitetest.GoodPassword,
			"team", "Bobs").Is(303)
		b.Get(done.Location).Is(200).Says("#notices", "Saved to Bobs")
		if users := userStart(t, []byte(b.Get(done.Location+".json").Body)); users != "41000" {
			t.Errorf("%s users, want 41000", users)
		}
		b.Get("/plans").Says("#plans", "From outside")
	})
	t.Run("by signing in, and once only", func(t *testing.T) {
		b := s.Browser()
		b.Post("/plans", "plan", sitetest.PlanDocument("42000"), "name", "Mine").To("/sign-up")
		b.Get("/sign-in").Says(".lead", "Your plan is kept")
		b.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).Is(303)
		b.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).To("/plans")
		b.Get("/plans").Says("h1", "1 plan of Ada's team")
	})
	t.Run("after a restart too", func(t *testing.T) {
		b := s.Browser()
		b.Post("/plans", "plan", sitetest.PlanDocument("43000"), "name", "Waiting").To("/sign-up")
		old, _ := url.Parse(s.Server.URL)
		s.Start()
		here, _ := url.Parse(s.Server.URL)
		b.Client.Jar.SetCookies(here, b.Client.Jar.Cookies(old))
		done := b.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).Is(303)
		if users := userStart(t, []byte(b.Get(done.Location+".json").Body)); users != "43000" {
			t.Errorf("%s users, want 43000", users)
		}
	})
	t.Run("a broken plan is shown again and not kept", func(t *testing.T) {
		b := s.Browser()
		b.Post("/plans", "plan", "{}").Is(422)
		if b.Get("/sign-up").Page.Find(".lead").Text() == "" ||
			strings.Contains(b.Get("/sign-up").Body, "Your plan is kept") {
			t.Error("the broken plan waits")
		}
	})
	t.Run("not without end from one address", func(t *testing.T) {
		b := sitetest.NewSite(t).Browser()
		for range 20 {
			b.Post("/plans", "plan", sitetest.PlanDocument("1")).To("/sign-up")
		}
		b.Post("/plans", "plan", sitetest.PlanDocument("1")).Is(429)
	})
}

func TestVersions(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	address := b.SavePlan("Support", "40000")
	b.Post(address, "plan", sitetest.PlanDocument("50000"), "name", "Support", "version", "1", "note", "more users").
		To(address)

	t.Run("a save is a version with its note", func(t *testing.T) {
		b.Get(address+"/versions").Is(200).Says("#notices", "Saved as version 2.").
			Says("#versions", "Version 2", "more users", "Version 1", "Ada")
	})
	t.Run("an old version opens as a change of the newest and writes nothing", func(t *testing.T) {
		shown := b.Get(address + "/versions/1").Is(303)
		query, err := url.Parse(shown.Location)
		if err != nil || query.Path != address {
			t.Fatalf("shown at %q", shown.Location)
		}
		changed := []byte(b.Get(address + "/plan.json?propose=none&" + query.RawQuery).Is(200).Body)
		if users := userStart(t, changed); users != "40000" {
			t.Errorf("%s users, want version 1's", users)
		}
		if got := query.Query().Get("period"); got != "year" {
			t.Errorf("period %q, want version 1's", got)
		}
	})
	t.Run("an old version is restored as a new one", func(t *testing.T) {
		b.Submit(b.Get(address+"/versions"), address+"/versions/1/restore", "version", "2").To(address + "/versions")
		b.Get(address+"/versions").Says("#versions", "Version 3", "Version 1 restored")
		if users := userStart(t, []byte(b.Get(address+".json").Body)); users != "40000" {
			t.Errorf("%s users, want version 1's", users)
		}
	})
	t.Run("restoring from an old page is a conflict", func(t *testing.T) {
		b.Post(address+"/versions/1/restore", "version", "2").Is(409)
		b.Post(address + "/versions/1/restore").Is(400)
	})
	t.Run("versions that are not there are not found", func(t *testing.T) {
		for _, number := range []string{"0", "9", "-1", "x", "1.5", "99999999999999"} {
			b.Get(address + "/versions/" + number).Is(404)
			b.Post(address+"/versions/"+number+"/restore", "version", "3").Is(404)
		}
	})
	t.Run("the document of each version can be downloaded as it was", func(t *testing.T) {
		answer := b.Get(address + "/versions/2.json").Is(200)
		if users := userStart(t, []byte(answer.Body)); users != "50000" {
			t.Errorf("%s users, want version 2's", users)
		}
		if got, want := answer.Header.Get(
			"Content-Disposition"), `attachment; filename="support-v2.json"`; got != want {
			t.Errorf("disposition %q, want %q", got, want)
		}
	})
	t.Run("an invalid save keeps the form and the version it was made from", func(t *testing.T) {
		answer := b.Post(address, "plan", "{}", "version", "3", "name", "N").Is(422).Holds("version", "3").
			Holds("plan", "{}")
		b.Submit(answer, address, "plan", sitetest.PlanDocument("60000")).To(address)
		b.Post(address, "plan", sitetest.PlanDocument("1")).Is(400)
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
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	start := sitetest.PlanDocument("40000")
	theirs := strings.Replace(sitetest.PlanDocument("50000"), `"output_tokens":400`, `"output_tokens":500`, 1)
	saved := func(t *testing.T, address string) string { return b.Get(address + ".json").Is(200).Body }

	t.Run("the second save shows both plans and writes nothing", func(t *testing.T) {
		address := b.SavePlan("Shared", "40000")
		b.Post(address, "plan", theirs, "version", "1").To(address)
		mine := strings.Replace(sitetest.PlanDocument("60000"), `"input_tokens":1500`, `"input_tokens":1600`, 1)
		page := b.Post(address, "plan", mine, "version", "1", "name", "Shared", "note", "my note").Is(409)
		page.Says("h1", "You saved this plan in another window").Says(".lead", "Choose for 1 field")
		rows := rowsOf(page, "#conflict")
		want := []string{
			"Users at the start Which Users at the start to keep Saved Mine50,000 users or 60,000 users 50,000 users " +
				"60,000 users 40,000 users",
			"Chat: Input mine 1,500 tokens 1,600 tokens 1,500 tokens",
			"Chat: Output saved 500 tokens 400 tokens 400 tokens",
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		if users := userStart(t, []byte(saved(t, address))); users != "50000" {
			t.Errorf("%s users are saved, want theirs", users)
		}

		b.Submit(page, address, "keep-0", "mine").To(address)
		merged, err := pricing.ParsePlan([]byte(saved(t, address)))
		if err != nil {
			t.Fatal(err)
		}
		chat := merged.Workloads["chat"]
		got := []string{userStart(t, []byte(saved(t, address))), fmt.Sprint(chat.InputTokens),
			fmt.Sprint(chat.OutputTokens)}
		if diff := cmp.Diff([]string{"60000", "1600", "500"}, got); diff != "" {
			t.Errorf("merged -want +got\n%s", diff)
		}
		b.Get(address+"/versions").Says("#versions", "Version 3", "my note")
	})
	t.Run("theirs can be kept field by field", func(t *testing.T) {
		address := b.SavePlan("Chosen", "40000")
		b.Post(address, "plan", theirs, "version", "1").To(address)
		mine := strings.Replace(sitetest.PlanDocument("60000"), `"input_tokens":1500`, `"input_tokens":1600`, 1)
		page := b.Post(address, "plan", mine, "version", "1").Is(409)
		b.Submit(page, address, "keep-0", "theirs").To(address)
		merged := saved(t, address)
		if users := userStart(t, []byte(merged)); users != "50000" ||
			!strings.Contains(merged, `"input_tokens": 1600`) {
			t.Errorf("%s users, want theirs beside my tokens\n%s", users, merged)
		}
		b.Post(address, "plan", mine, "version", "3", "base", "1", "keep-0", "theirs", "path-0", "{").Is(400)
		b.Post(address, "plan", mine, "version", "3", "base", "1", "path-0", `["months"]`).Is(400) // nothing is chosen
	})
	t.Run("the other editor is named", func(t *testing.T) {
		address := b.SavePlan("Named", "40000")
		other := s.MemberOf("ada@example.org", "Bob", db.Editor)
		other.Post(address, "plan", theirs, "version", "1").To(address)
		page := b.Post(address, "plan", sitetest.PlanDocument("60000"), "version", "1").Is(409).
			Says("h1", "Bob saved before you").Says("#conflict thead", "Bob")
		other.Post(address, "plan", sitetest.PlanDocument("70000"), "version", "2").To(address)
		// faster again: nothing is overwritten
		b.Submit(page, address, "keep-0", "mine").Is(409).Says("#conflict", "70,000 users")
	})
	t.Run("a rename by somebody else is not undone by a save of what was open before", func(t *testing.T) {
		address := b.SavePlan("Old name", "40000")
		b.Post(address+"/rename", "name", "New name").Is(303)
		b.Post(address, "plan", sitetest.PlanDocument("1"), "version", "1", "name", "Old name").To(address)
		b.Get(address+"/versions").Says("h1", "New name")
		b.Post(address, "plan", sitetest.PlanDocument("1"), "version", "2", "name", "Third name").To(address)
		b.Get(address+"/versions").Says("h1", "Third name")
		b.Post(address, "plan", sitetest.PlanDocument("1"), "version", "3").To(address)
		b.Get(address+"/versions").Says("h1", "Third name")
	})
	t.Run("mine can be kept as a copy", func(t *testing.T) {
		address := b.SavePlan("Kept", "40000")
		b.Post(address, "plan", theirs, "version", "1").To(address)
		page := b.Post(address, "plan", sitetest.PlanDocument("60000"), "version", "1").Is(409)
		made := b.Submit(page, "/plans").Is(303)
		if users := userStart(t, []byte(saved(t, made.Location))); users != "60000" {
			t.Errorf("the copy has %s users", users)
		}
		if users := userStart(t, []byte(saved(t, address))); users != "50000" {
			t.Errorf("the plan has %s users, want theirs", users)
		}
	})
	t.Run("a part that I removed and they changed is a choice, and both ways work", func(t *testing.T) {
		with := func(price string) string {
			return strings.Replace(start, `"offers":{`,
				`"offers":{"spare":{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"`+
					price+`","output":"2"}]},`, 1)
		}
		for keep, want := range map[string]bool{"theirs": true, "mine": false} {
			address := b.Post("/plans", "plan", with("1")).Is(303).Location
			b.Post(address, "plan", with("9"), "version", "1").To(address)
			page := b.Post(address, "plan", start, "version", "1").Is(409)
			rows := rowsOf(page, "#conflict")
			if len(rows) != 2 || !strings.HasPrefix(rows[0], "offers.spare Which offers.spare to keep") ||
				!strings.Contains(rows[0], "not stated") {
				t.Fatalf("rows %q", rows)
			}
			b.Submit(page, address, "keep-0", keep, "keep-1", keep).To(address)
			if got := strings.Contains(saved(t, address), `"input": "9"`); got != want {
				t.Errorf("%s kept: their price is there: %v", keep, got)
			}
		}
	})
	t.Run("a version that never was is a conflict over everything, not an error", func(t *testing.T) {
		address := b.SavePlan("Odd", "40000")
		b.Post(address, "plan", start, "version", "77").Is(409)
	})
}

func TestRenameCopyDelete(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	address := b.SavePlan("Support", "40000")

	t.Run("renaming shows in the list and in the document, and makes no version", func(t *testing.T) {
		b.Submit(b.Get(address+"/versions"), address+"/rename", "name", " Größer ").To(address + "/versions")
		b.Get(address+"/versions").Says("h1", "Größer").Says(".lead", "1 version is kept")
		if body := b.Get(address + ".json").Body; !strings.Contains(body, `"name": "Größer"`) {
			t.Errorf("the document says %s", body)
		}
	})
	t.Run("an empty name is refused beside the field", func(t *testing.T) {
		b.Post(address+"/rename", "name", " ").Is(422).Says("#name-error", "Give the plan a name")
	})
	t.Run("a copy is a plan of its own", func(t *testing.T) {
		made := b.Post(address + "/copy").Is(303)
		b.Get("/plans").Says("#plans", "Copy of Größer")
		b.Post(made.Location, "plan", sitetest.PlanDocument("1"), "version", "1").To(made.Location)
		if users := userStart(t, []byte(b.Get(address+".json").Body)); users != "40000" {
			t.Errorf("the original has %s users", users)
		}
	})
	t.Run("a deleted plan is gone, and back after undo", func(t *testing.T) {
		b.Post(address + "/delete").To("/plans")
		page := b.Get("/plans").Says("#notices", "Größer is deleted")
		b.Get(address).Is(404)
		b.Submit(page, address+"/restore").To("/plans")
		b.Get(address).Is(200)
		b.Post(address + "/restore").Is(404)
	})
	t.Run("a deleted plan can be restored after the notice with its undo is gone", func(t *testing.T) {
		b.Post(address + "/delete").To("/plans")
		b.Get("/plans").Is(200)
		vi := s.MemberOf("ada@example.org", "Vi", db.Viewer)
		if vi.Get("/plans").Says("#deleted", "Größer").Page.Find("#deleted form").Length() != 0 {
			t.Error("a viewer is offered to restore")
		}
		page := b.Get("/plans").Says("#deleted-plans", "Deleted plans", "1 plan").
			Says("#deleted", "Größer", "Restore Größer")
		b.Submit(page, address+"/restore").To("/plans")
		b.Get(address).Is(200)
		if b.Get("/plans").Page.Find("#deleted-plans").Length() != 0 {
			t.Error("nothing is deleted and the page lists it")
		}
	})
	t.Run("deleting the last plan leads to an empty list that offers undo", func(t *testing.T) {
		solo := s.Member("Solo")
		only := solo.SavePlan("Only", "1")
		solo.Post(only + "/delete").To("/plans")
		page := solo.Get("/plans").Is(200).Says(".empty", "No plans in Solo's team yet")
		solo.Submit(page, only+"/restore").To("/plans")
	})
}

func TestTheListIsSorted(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	for _, name := range []string{"beta", "Alpha", "gamma"} {
		b.SavePlan(name, "1")
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
			page := b.Get("/plans" + test.sort).Is(200)
			var got []string
			page.Page.Find("#plans tbody th").
				Each(func(_ int, cell *goquery.Selection) { got = append(got, strings.TrimSpace(cell.Text())) })
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %v, want %s", got, test.want)
			}
			if order := page.Page.Find(`#plans th[data-key="`+test.key+`"]`).
				AttrOr("aria-sort", ""); order != test.direction {
				t.Errorf("aria-sort %q, want %q", order, test.direction)
			}
		})
	}
}

func TestAnotherTeamsPlanIsNotThere(t *testing.T) {
	s := sitetest.NewSite(t)
	ada, eve := s.Member("Ada"), s.Member("Eve")
	address := ada.SavePlan("Secret", "40000")
	missing := eve.Get("/plans/00000000-0000-7000-8000-000000000000").Is(404)
	for _, path := range []string{"", ".json", "/versions", "/versions/1", "/versions/1.json"} {
		answer := eve.Get(address + path).Is(404)
		if strings.Contains(answer.Body, "Secret") || path == "" && answer.Page.Find("main").
			Text() != missing.Page.Find("main").Text() && len(answer.Body) != len(missing.Body) {
			t.Errorf("%s tells that the plan exists", path)
		}
	}
	eve.Post(address, "plan", sitetest.PlanDocument("1"), "version", "1").Is(404)
	for _, path := range []string{"/rename", "/copy", "/delete", "/restore", "/versions/1/restore"} {
		eve.Post(address+path, "name", "x", "version", "1").Is(404)
	}
	ada.Post(address + "/delete").Is(303)
	eve.Post(address + "/restore").Is(404)
	if strings.Contains(eve.Get("/plans").Body, "Secret") {
		t.Error("the list shows another team's plan")
	}
}

func TestViewersReadAndDoNotWrite(t *testing.T) {
	s := sitetest.NewSite(t)
	ada := s.Member("Ada")
	address := ada.SavePlan("Support", "40000")
	viewer := s.MemberOf("ada@example.org", "Vi", db.Viewer)
	viewer.Get(address).Is(200)
	viewer.Get(address + ".json").Is(200)
	history := viewer.Get(address + "/versions").Is(200)
	if history.Page.Find("main form").Length() != 0 {
		t.Error("a viewer is offered forms")
	}
	if viewer.Get("/plans").Page.Find("main form").Length() != 0 {
		t.Error("a viewer is offered buttons in the list")
	}
	viewer.Post("/plans", "plan", sitetest.PlanDocument("1")).Is(403)
	viewer.Post(address, "plan", sitetest.PlanDocument("1"), "version", "1").Is(403).Says("h1", "Not allowed")
	for _, path := range []string{"/rename", "/copy", "/delete", "/restore", "/versions/1/restore"} {
		viewer.Post(address + path).Is(403)
	}
	viewer.Post("/team", "name", "Mine").Is(403)
}

// rows are the body rows of a table, cells joined by a space.
func rowsOf(a *sitetest.Reply, table string) []string {
	var rows []string
	a.Page.Find(table + " tbody tr").Each(func(_ int, row *goquery.Selection) {
		cells := row.Find("th, td").Map(func(_ int, cell *goquery.Selection) string {
			return strings.Join(strings.Fields(cell.Text()), " ")
		})
		rows = append(rows, strings.Join(cells, " "))
	})
	return rows
}
