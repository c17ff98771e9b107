package accounts_test

import (
	"net/url"
	"strings"
	"testing"

	"headroom/app/sitetest"
	"headroom/db"
)

func TestInvitationsByLink(t *testing.T) {
	s := sitetest.NewSite(t)
	ada := s.Member("Ada")
	address := ada.SavePlan("Support", "40000")
	invite := func(role string) string {
		t.Helper()
		ada.Post("/team/invitations", "role", role).To("/team")
		page := ada.Get("/team").Is(200).Says("#invitation-link", "Send this link")
		link, err := url.Parse(page.Page.Find("#link").AttrOr("value", ""))
		if err != nil || !strings.HasPrefix(link.String(), s.Server.URL+"/join?invitation=") {
			t.Fatalf("link %q, %v", link, err)
		}
		return link.RequestURI()
	}

	t.Run("somebody new joins with name, address and password, and sees the team's plans", func(t *testing.T) {
		link := invite("viewer")
		vi := s.Browser()
		page := vi.Get(link).Is(200).Says("h1", "Join Ada's team").Says(".lead", "Ada invites you", "reads plans")
		page = vi.Submit(page, "/join", "name", "Vi", "email", "vi", "password", sitetest.GoodPassword).
			Is(422).Says("#email-error", "name@example.org").Holds("name", "Vi")
		vi.Submit(page, "/join", "email", "vi@example.org", "password", sitetest.GoodPassword).To("/plans")
		vi.Get(address).Is(200)
		vi.Post(address+"/rename", "name", "x").Is(403)
		s.Browser().Get(link).Is(404).Says("h1", "This invitation has expired").
			Says(".lead", "ask whoever sent it for a new one")
		ada.Get("/team").Says("#members", "Vi", "viewer").Says("#invitations", "accepted", "Vi")
		if strings.Contains(ada.Get("/team").Body, "invitation=") {
			t.Error("the link is shown a second time")
		}
	})
	t.Run("reloading the page with the link makes no second one", func(t *testing.T) {
		link := invite("viewer")
		page := ada.Get("/team").Is(200)
		if page.Page.Find("#invitation-link").Length() != 0 ||
			strings.Contains(page.Body, strings.TrimPrefix(link, "/join")) {
			t.Error("the link is shown again")
		}
		if got := page.Page.Find("#invitations tbody tr").Length(); got != 2 {
			t.Errorf("%d invitations, want the one that was used and this one", got)
		}
	})
	t.Run("an address that has an account is said so and the invitation stays", func(t *testing.T) {
		link := invite("editor")
		guest := s.Browser()
		guest.Submit(guest.Get(link), "/join", "name", "Eve", "email", "ADA@example.org", "password",
			sitetest.GoodPassword).Is(422).Says("#email-error", "Sign in instead")
		guest.Get(link).Is(200)
	})
	t.Run("somebody with an account signs in, joins, and works in either team", func(t *testing.T) {
		bob := s.Member("Bob")
		own := bob.SavePlan("Own", "1")
		bob.Post("/sign-out").To("/")
		page := bob.Get(invite("editor")).Is(200)
		signIn := bob.Get(page.Page.Find("main a.btn").AttrOr("href", "")).Is(200)
		back := bob.Submit(signIn, "/sign-in", "email", "bob@example.org", "password", sitetest.GoodPassword).Is(303)
		page = bob.Get(back.Location).Is(200)
		if page.Page.Find("#join input:not([type=hidden])").Length() != 0 {
			t.Error("somebody who is signed in is asked who they are")
		}
		bob.Submit(page, "/join").To("/plans")
		bob.Get("/plans").Says("#notices", "Welcome").Says("h1", "1 plan of Ada's team")
		bob.Get(own).Is(404)
		team := bob.Get("/team").Is(200)
		choice := team.Page.Find(`[name="team"]`).AttrOr("value", "")
		bob.Submit(team, "/team/switch", "team", choice).To("/plans")
		bob.Get(own).Is(200)
		bob.Get(address).Is(404)
		bob.Post("/team/switch", "team", "00000000-0000-7000-8000-000000000000").Is(404)
		bob.Get(own).Is(200)
	})
	t.Run("a member who follows a link is told so", func(t *testing.T) {
		link := invite("admin")
		ada.Submit(ada.Get(link), "/join").To("/team")
		ada.Get("/team").Says("#notices", "You are in this team already")
		s.Browser().Get(link).Is(200)
	})
	t.Run("a revoked link leads nowhere", func(t *testing.T) {
		link := invite("editor")
		page := ada.Get("/team")
		action := page.Page.Find(`#invitations form`).First().AttrOr("action", "")
		ada.Submit(page, action).To("/team")
		s.Browser().Get(link).Is(404)
		s.Browser().Post("/join", "invitation", strings.TrimPrefix(link, "/join?invitation="), "name",
			"X", "email", "x@example.org", "password", sitetest.GoodPassword).Is(404)
		ada.Get("/team").Says("#invitations", "revoked")
		ada.Post(action).Is(404)
	})
	t.Run("only an admin may invite, revoke and rename", func(t *testing.T) {
		editor := s.MemberOf("ada@example.org", "Ed", db.Editor)
		editor.Get("/team").Is(200)
		for _, path := range []string{"/team", "/team/invitations", "/team/invitations/x/revoke"} {
			editor.Post(path, "role", "admin", "name", "x").Is(403)
		}
		if editor.Get("/team").Page.Find("main form").Length() != 0 {
			t.Error("an editor is offered forms of the team")
		}
	})
	t.Run("a role that there is not is refused", func(t *testing.T) {
		ada.Post("/team/invitations", "role", "owner").Is(400)
	})
	t.Run("a token that was never made is not found", func(t *testing.T) {
		s.Browser().Get("/join").Is(404)
		s.Browser().Get("/join?invitation=guess").Is(404)
		s.Browser().Post("/join", "invitation", "guess").Is(404)
		ada.Post("/join", "invitation", "guess").Is(404)
	})
	t.Run("no link is in the log", func(t *testing.T) {
		link := invite("viewer")
		s.Browser().Get(link).Is(200)
		if token := strings.TrimPrefix(link, "/join?invitation="); strings.Contains(s.Logged(), token) {
			t.Error("the token is in the log")
		}
	})
}

func TestAViewersWaitingPlanIsNotLost(t *testing.T) {
	s := sitetest.NewSite(t)
	s.Member("Ada")
	s.MemberOf("ada@example.org", "Vi", db.Viewer)
	b := s.Browser()
	b.Post("/plans", "plan", sitetest.PlanDocument("47000"), "name", "Mine").To("/sign-up")
	done := b.Post("/sign-in", "email", "vi@example.org", "password", sitetest.GoodPassword).Is(303)
	page := b.Get(done.Location).Is(200).Says("#notices", "Your plan is here, not saved")
	if !strings.Contains(page.Page.Find(`textarea[name="plan"]`).Text(), "47000") &&
		!strings.Contains(page.Body, "47,000") {
		t.Error("the plan is not on the page")
	}
}
