package accounts_test

import (
	"strings"
	"testing"

	"headroom/app/sitetest"
	"headroom/db"
)

// memberAddress is the address of what an admin does to a member of that name, such as "role".
func memberAddress(t *testing.T, page *sitetest.Reply, name, what string) string {
	t.Helper()
	row := page.Page.Find(`#members tbody tr:contains("` + strings.ToLower(name) + `@example.org")`).First()
	id, found := row.Attr("data-key")
	if !found {
		t.Fatalf("no member %s:\n%s", name, page.Body)
	}
	return "/team/members/" + id + "/" + what
}

func TestAnAdminChangesRoles(t *testing.T) {
	s := sitetest.NewSite(t)
	ada := s.Member("Ada")
	address := ada.SavePlan("Support", "40000")
	vi := s.MemberOf("ada@example.org", "Vi", db.Viewer)
	role := memberAddress(t, ada.Get("/team"), "Vi", "role")

	vi.Post(address+"/rename", "name", "Mine").Is(403)
	page := ada.Get("/team").Says(`form[action="`+role+`"]`, "Make editor Vi", "Make admin Vi")
	if page.Page.Find(`#members tr:contains("ada@example.org") .row-actions :is(a, button)`).Length() != 0 {
		t.Error("the only admin is offered to step down")
	}
	ada.Post(role, "role", "editor").To("/team")
	ada.Get("/team").Says("#notices", "Vi is editor now: who saves plans").Says("#log", "changed a role", "Vi: editor")
	vi.Post(address+"/rename", "name", "Ours").Is(303)

	for _, path := range []string{role, strings.TrimSuffix(role, "role") + "remove"} {
		vi.Post(path, "role", "admin").Is(403)
	}
	ada.Post(role, "role", "owner").Is(400)
	ada.Post("/team/members/nobody/role", "role", "editor").Is(404)
	s.Member("Bob").Post(role, "role", "viewer").Is(404)
	own := memberAddress(t, ada.Get("/team"), "Ada", "role")
	ada.Post(own, "role", "viewer").Is(409).Says("h1", "The team needs an admin")

	ada.Post(role, "role", "admin").To("/team")
	vi.Post(own, "role", "viewer").To("/team")
	ada.Post(address+"/rename", "name", "x").Is(403)
	ada.Get("/team").Says("#members", "viewer reads plans")
}

func TestMembersAreRemovedAndLeave(t *testing.T) {
	s := sitetest.NewSite(t)
	ada := s.Member("Ada")
	address := ada.SavePlan("Support", "40000")
	vi := s.MemberOf("ada@example.org", "Vi", db.Viewer)
	ed := s.MemberOf("ada@example.org", "Ed", db.Editor)

	t.Run("removal asks first, ends access at once and is in the log", func(t *testing.T) {
		remove := memberAddress(t, ada.Get("/team"), "Vi", "remove")
		vi.Get(address).Is(200)
		page := ada.Get(remove).Is(200).Says("h1", "Remove Vi from Ada's team?").Says(".lead", "what they saved stays")
		vi.Get(address).Is(200)
		ada.Submit(page, remove).To("/team")
		ada.Get("/team").Says("#notices", "Vi is no longer in the team").Says("#log", "removed a member", "Vi").
			Says("h1 + .lead", "2 members")
		vi.Get(address).Is(404)
		vi.Get("/plans").Is(200).Says("h2", "No plans in Vi's team yet")
		vi.SavePlan("Own", "1")
		ada.Post(remove).Is(404)
	})
	t.Run("a member leaves", func(t *testing.T) {
		link := ed.Get("/team").Page.Find("#members .row-actions a")
		if link.Length() != 1 || link.AttrOr("href", "") != "/team/leave" {
			t.Fatalf("an editor is offered %d actions", link.Length())
		}
		ed.Submit(ed.Get("/team/leave").Is(200).Says("h1", "Leave Ada's team?"), "/team/leave").To("/plans")
		ed.Get("/plans").Says("#notices", "You left Ada's team")
		ed.Get(address).Is(404)
		ada.Get("/team").Says("#log", "left the team", "Ed")
	})
	t.Run("the last admin does neither", func(t *testing.T) {
		ada.Post("/team/leave").Is(409).Says("h1", "The team needs an admin")
		ada.Post(memberAddress(t, ada.Get("/team"), "Ada", "remove")).Is(409)
		ada.Get(address).Is(200)
	})
	t.Run("a visitor is asked to sign in", func(t *testing.T) {
		s.Browser().Post("/team/leave").Is(303)
		if to := s.Browser().Post("/team/leave").Location; !strings.HasPrefix(to, "/sign-in") {
			t.Errorf("sent to %s", to)
		}
	})
}
