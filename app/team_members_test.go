package app

import (
	"strings"
	"testing"

	"headroom/db"
)

// memberAddress is the address of what an admin does to a member of that name, such as "role".
func memberAddress(t *testing.T, page *reply, name, what string) string {
	t.Helper()
	row := page.page.Find(`#members tbody tr:contains("` + strings.ToLower(name) + `@example.org")`).First()
	id, found := row.Attr("data-key")
	if !found {
		t.Fatalf("no member %s:\n%s", name, page.body)
	}
	return "/team/members/" + id + "/" + what
}

func TestAnAdminChangesRoles(t *testing.T) {
	s := newSite(t)
	ada := s.member("Ada")
	address := ada.savePlan("Support", "40000")
	vi := s.memberOf("ada@example.org", "Vi", db.Viewer)
	role := memberAddress(t, ada.get("/team"), "Vi", "role")

	vi.post(address+"/rename", "name", "Mine").is(403)
	page := ada.get("/team").says(`form[action="`+role+`"]`, "Make editor Vi", "Make admin Vi")
	if page.page.Find(`#members tr:contains("ada@example.org") .row-actions :is(a, button)`).Length() != 0 {
		t.Error("the only admin is offered to step down")
	}
	ada.post(role, "role", "editor").to("/team")
	ada.get("/team").says("#notices", "Vi is editor now: who saves plans").says("#log", "changed a role", "Vi: editor")
	vi.post(address+"/rename", "name", "Ours").is(303)

	for _, path := range []string{role, strings.TrimSuffix(role, "role") + "remove"} {
		vi.post(path, "role", "admin").is(403)
	}
	ada.post(role, "role", "owner").is(400)
	ada.post("/team/members/nobody/role", "role", "editor").is(404)
	s.member("Bob").post(role, "role", "viewer").is(404)
	own := memberAddress(t, ada.get("/team"), "Ada", "role")
	ada.post(own, "role", "viewer").is(409).says("h1", "The team needs an admin")

	ada.post(role, "role", "admin").to("/team")
	vi.post(own, "role", "viewer").to("/team")
	ada.post(address+"/rename", "name", "x").is(403)
	ada.get("/team").says("#members", "viewer reads plans")
}

func TestMembersAreRemovedAndLeave(t *testing.T) {
	s := newSite(t)
	ada := s.member("Ada")
	address := ada.savePlan("Support", "40000")
	vi := s.memberOf("ada@example.org", "Vi", db.Viewer)
	ed := s.memberOf("ada@example.org", "Ed", db.Editor)

	t.Run("removal asks first, ends access at once and is in the log", func(t *testing.T) {
		remove := memberAddress(t, ada.get("/team"), "Vi", "remove")
		vi.get(address).is(200)
		page := ada.get(remove).is(200).says("h1", "Remove Vi from Ada's team?").says(".lead", "what they saved stays")
		vi.get(address).is(200)
		ada.submit(page, remove).to("/team")
		ada.get("/team").says("#notices", "Vi is no longer in the team").says("#log", "removed a member", "Vi").says("h1 + .lead", "2 members")
		vi.get(address).is(404)
		vi.get("/plans").is(200).says("h2", "No plans in Vi's team yet")
		vi.savePlan("Own", "1")
		ada.post(remove).is(404)
	})
	t.Run("a member leaves", func(t *testing.T) {
		link := ed.get("/team").page.Find("#members .row-actions a")
		if link.Length() != 1 || link.AttrOr("href", "") != "/team/leave" {
			t.Fatalf("an editor is offered %d actions", link.Length())
		}
		ed.submit(ed.get("/team/leave").is(200).says("h1", "Leave Ada's team?"), "/team/leave").to("/plans")
		ed.get("/plans").says("#notices", "You left Ada's team")
		ed.get(address).is(404)
		ada.get("/team").says("#log", "left the team", "Ed")
	})
	t.Run("the last admin does neither", func(t *testing.T) {
		ada.post("/team/leave").is(409).says("h1", "The team needs an admin")
		ada.post(memberAddress(t, ada.get("/team"), "Ada", "remove")).is(409)
		ada.get(address).is(200)
	})
	t.Run("a visitor is asked to sign in", func(t *testing.T) {
		s.browser().post("/team/leave").is(303)
		if to := s.browser().post("/team/leave").location; !strings.HasPrefix(to, "/sign-in") {
			t.Errorf("sent to %s", to)
		}
	})
}
