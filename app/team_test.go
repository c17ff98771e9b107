package app

import (
	"net/url"
	"strings"
	"testing"

	"headroom/db"
)

func TestInvitationsByLink(t *testing.T) {
	s := newSite(t)
	ada := s.member("Ada")
	address := ada.savePlan("Support", "40000")
	invite := func(role string) string {
		t.Helper()
		ada.post("/team/invitations", "role", role).to("/team")
		page := ada.get("/team").is(200).says("#invitation-link", "Send this link")
		link, err := url.Parse(page.page.Find("#link").AttrOr("value", ""))
		if err != nil || !strings.HasPrefix(link.String(), s.server.URL+"/join?invitation=") {
			t.Fatalf("link %q, %v", link, err)
		}
		return link.RequestURI()
	}

	t.Run("somebody new joins with name, address and password, and sees the team's plans", func(t *testing.T) {
		link := invite("viewer")
		vi := s.browser()
		page := vi.get(link).is(200).says("h1", "Join Ada's team").says(".lead", "Ada invites you", "reads plans")
		page = vi.submit(page, "/join", "name", "Vi", "email", "vi", "password", goodPassword).is(422).says("#email-error", "name@example.org").holds("name", "Vi")
		vi.submit(page, "/join", "email", "vi@example.org", "password", goodPassword).to("/plans")
		vi.get(address).is(200)
		vi.post(address+"/rename", "name", "x").is(403)
		s.browser().get(link).is(404).says("h1", "This invitation is no longer good").says(".lead", "ask whoever sent it for a new one")
		ada.get("/team").says("#members", "Vi", "viewer").says("#invitations", "accepted", "Vi")
		if strings.Contains(ada.get("/team").body, "invitation=") {
			t.Error("the link is shown a second time")
		}
	})
	t.Run("reloading the page with the link makes no second one", func(t *testing.T) {
		link := invite("viewer")
		page := ada.get("/team").is(200)
		if page.page.Find("#invitation-link").Length() != 0 || strings.Contains(page.body, strings.TrimPrefix(link, "/join")) {
			t.Error("the link is shown again")
		}
		if got := page.page.Find("#invitations tbody tr").Length(); got != 2 {
			t.Errorf("%d invitations, want the one that was used and this one", got)
		}
	})
	t.Run("an address that has an account is said so and the invitation stays", func(t *testing.T) {
		link := invite("editor")
		guest := s.browser()
		guest.submit(guest.get(link), "/join", "name", "Eve", "email", "ADA@example.org", "password", goodPassword).is(422).says("#email-error", "Sign in instead")
		guest.get(link).is(200)
	})
	t.Run("somebody with an account signs in, joins, and works in either team", func(t *testing.T) {
		bob := s.member("Bob")
		own := bob.savePlan("Own", "1")
		bob.post("/sign-out").to("/")
		page := bob.get(invite("editor")).is(200)
		signIn := bob.get(page.page.Find("main a.btn").AttrOr("href", "")).is(200)
		back := bob.submit(signIn, "/sign-in", "email", "bob@example.org", "password", goodPassword).is(303)
		page = bob.get(back.location).is(200)
		if page.page.Find("#join input:not([type=hidden])").Length() != 0 {
			t.Error("somebody who is signed in is asked who they are")
		}
		bob.submit(page, "/join").to("/plans")
		bob.get("/plans").says("#notices", "Welcome").says("h1", "1 plan of Ada's team")
		bob.get(own).is(404)
		team := bob.get("/team").is(200)
		choice := team.page.Find(`[name="team"]`).AttrOr("value", "")
		bob.submit(team, "/team/switch", "team", choice).to("/plans")
		bob.get(own).is(200)
		bob.get(address).is(404)
		bob.post("/team/switch", "team", "00000000-0000-7000-8000-000000000000").is(404)
		bob.get(own).is(200)
	})
	t.Run("a member who follows a link is told so", func(t *testing.T) {
		link := invite("admin")
		ada.submit(ada.get(link), "/join").to("/team")
		ada.get("/team").says("#notices", "You are in this team already")
		s.browser().get(link).is(200)
	})
	t.Run("a revoked link leads nowhere", func(t *testing.T) {
		link := invite("editor")
		page := ada.get("/team")
		action := page.page.Find(`#invitations form`).First().AttrOr("action", "")
		ada.submit(page, action).to("/team")
		s.browser().get(link).is(404)
		s.browser().post("/join", "invitation", strings.TrimPrefix(link, "/join?invitation="), "name", "X", "email", "x@example.org", "password", goodPassword).is(404)
		ada.get("/team").says("#invitations", "revoked")
		ada.post(action).is(404)
	})
	t.Run("only an admin may invite, revoke and rename", func(t *testing.T) {
		editor := s.memberOf("ada@example.org", "Ed", db.Editor)
		editor.get("/team").is(200)
		for _, path := range []string{"/team", "/team/invitations", "/team/invitations/x/revoke"} {
			editor.post(path, "role", "admin", "name", "x").is(403)
		}
		if editor.get("/team").page.Find("main form").Length() != 0 {
			t.Error("an editor is offered forms of the team")
		}
	})
	t.Run("a role that there is not is refused", func(t *testing.T) {
		ada.post("/team/invitations", "role", "owner").is(400)
	})
	t.Run("a token that was never made is not found", func(t *testing.T) {
		s.browser().get("/join").is(404)
		s.browser().get("/join?invitation=guess").is(404)
		s.browser().post("/join", "invitation", "guess").is(404)
		ada.post("/join", "invitation", "guess").is(404)
	})
	t.Run("no link is in the log", func(t *testing.T) {
		link := invite("viewer")
		s.browser().get(link).is(200)
		if token := strings.TrimPrefix(link, "/join?invitation="); strings.Contains(s.logged(), token) {
			t.Error("the token is in the log")
		}
	})
}

func TestAViewersWaitingPlanIsNotLost(t *testing.T) {
	s := newSite(t)
	s.member("Ada")
	s.memberOf("ada@example.org", "Vi", db.Viewer)
	b := s.browser()
	b.post("/plans", "plan", planDocument("47000"), "name", "Mine").to("/sign-up")
	done := b.post("/sign-in", "email", "vi@example.org", "password", goodPassword).is(303)
	page := b.get(done.location).is(200).says("#notices", "Your plan is here, not saved")
	if !strings.Contains(page.page.Find(`textarea[name="plan"]`).Text(), "47000") && !strings.Contains(page.body, "47,000") {
		t.Error("the plan is not on the page")
	}
}
