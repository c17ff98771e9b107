package db

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// roles are the members of a team and what each may do.
func roles(t *testing.T, team *TeamStore) map[string]Role {
	t.Helper()
	got := map[string]Role{}
	for _, m := range must[[]Member](t)(team.Members(t.Context())) {
		got[m.Name] = m.Role
	}
	return got
}

func TestMembersChangeRolesAndLeave(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		bob, other := f.account(t, "Bob")
		f.join(t, team, ada, bob, Viewer)
		must[Invitation](t)(other.Invite(ctx, bob.ID, Editor, "for Vi"))
		vi := must[User](t)(f.CreateInvited(ctx, "for Vi", NewAccount{Email: "vi@example.org", Name: "Vi"}))

		t.Run("another role is kept and written into the log", func(t *testing.T) {
			f.clock.advance(time.Minute)
			noError(t, team.SetRole(ctx, ada.ID, bob.ID, Editor))
			if role := must[Role](t)(team.Role(ctx, bob.ID)); role != Editor {
				t.Errorf("role %s, want editor", role)
			}
			log := must[[]AuditEntry](t)(team.AuditLog(ctx, 1))
			if log[0].Action != "member.role" || log[0].Subject != bob.ID || log[0].UserID != ada.ID ||
				log[0].Detail != "Bob: editor" {
				t.Errorf("got %+v", log[0])
			}
		})
		t.Run("the role that a member has already is no change", func(t *testing.T) {
			before := must[[]AuditEntry](t)(team.AuditLog(ctx, 100))
			noError(t, team.SetRole(ctx, ada.ID, bob.ID, Editor))
			if after := must[[]AuditEntry](t)(team.AuditLog(ctx, 100)); len(after) != len(before) {
				t.Errorf("%d entries, want %d", len(after), len(before))
			}
		})
		t.Run("the last admin stays one and stays", func(t *testing.T) {
			for name, err := range map[string]error{
				"another role": team.SetRole(ctx, ada.ID, ada.ID, Viewer),
				"leaving":      team.RemoveMember(ctx, ada.ID, ada.ID),
				"removal":      team.RemoveMember(ctx, bob.ID, ada.ID),
			} {
				if !errors.Is(err, ErrLastAdmin) {
					t.Errorf("%s: got %v, want ErrLastAdmin", name, err)
				}
			}
			if diff := cmp.Diff(map[string]Role{"Ada": Admin, "Bob": Editor}, roles(t, team)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
		t.Run("who is no member is not found", func(t *testing.T) {
			for name, err := range map[string]error{
				"another role": team.SetRole(ctx, ada.ID, vi.ID, Viewer),
				"removal":      team.RemoveMember(ctx, ada.ID, vi.ID),
				"of no team":   f.Team("none").RemoveMember(ctx, ada.ID, ada.ID),
			} {
				if !errors.Is(err, ErrNotFound) {
					t.Errorf("%s: got %v, want ErrNotFound", name, err)
				}
			}
		})
		t.Run("an admin who is one no longer has no invitations left", func(t *testing.T) {
			noError(t, team.SetRole(ctx, ada.ID, bob.ID, Admin))
			must[Invitation](t)(team.Invite(ctx, bob.ID, Admin, "kept for later"))
			must[Invitation](t)(team.Invite(ctx, ada.ID, Viewer, "of Ada"))
			noError(t, team.SetRole(ctx, ada.ID, bob.ID, Viewer))
			if _, err := f.OpenInvitation(ctx, "kept for later"); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
			must[OpenInvitation](t)(f.OpenInvitation(ctx, "of Ada"))
		})
		t.Run("who leaves keeps the teams that they are in, and their plans stay", func(t *testing.T) {
			plan := must[Plan](t)(team.CreatePlan(ctx, bob.ID, content("Of Bob"), ""))
			f.clock.advance(time.Minute)
			noError(t, team.RemoveMember(ctx, bob.ID, bob.ID))
			if teams := must[[]TeamOfUser](t)(f.TeamsOf(ctx, bob.ID)); len(teams) != 1 || teams[0].TeamID != other.id {
				t.Errorf("got %+v", teams)
			}
			must[Plan](t)(team.Plan(ctx, plan.ID))
			if list := must[[]PlanInfo](t)(team.Plans(ctx)); len(list) != 1 || list[0].Author != "Bob" {
				t.Errorf("got %+v", list)
			}
			if log := must[[]AuditEntry](t)(team.AuditLog(ctx, 1)); log[0].Action != "member.leave" ||
				log[0].Detail != "Bob" {
				t.Errorf("got %+v", log[0])
			}
		})
		t.Run("who is removed from their only team gets one of their own", func(t *testing.T) {
			f.clock.advance(time.Minute)
			noError(t, other.RemoveMember(ctx, bob.ID, vi.ID))
			teams := must[[]TeamOfUser](t)(f.TeamsOf(ctx, vi.ID))
			if len(teams) != 1 || teams[0].TeamID == other.id || teams[0].Name != "Vi's team" ||
				teams[0].Role != Admin {
				t.Errorf("got %+v", teams)
			}
			if log := must[[]AuditEntry](t)(other.AuditLog(ctx, 1)); log[0].Action != "member.remove" ||
				log[0].UserID != bob.ID {
				t.Errorf("got %+v", log[0])
			}
		})
	})
}

// TestOfAdminsWhoAllStepDownAtOnceOneStays: however they race, the team is never without an admin.
func TestOfAdminsWhoAllStepDownAtOnceOneStays(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ada, team := f.account(t, "Ada")
		admins := []User{ada}
		for i := range 5 {
			user, _ := f.account(t, fmt.Sprintf("Admin%d", i))
			f.join(t, team, ada, user, Admin)
			admins = append(admins, user)
		}
		failures := make([]error, len(admins))
		var group sync.WaitGroup
		for i, admin := range admins {
			group.Go(func() {
				if i%2 == 0 {
					failures[i] = team.SetRole(t.Context(), admin.ID, admin.ID, Viewer)
				} else {
					failures[i] = team.RemoveMember(t.Context(), admin.ID, admin.ID)
				}
			})
		}
		group.Wait()
		refused := 0
		for _, err := range failures {
			if errors.Is(err, ErrLastAdmin) {
				refused++
			} else if err != nil {
				t.Error(err)
			}
		}
		left := 0
		for _, role := range roles(t, team) {
			if role == Admin {
				left++
			}
		}
		if refused != 1 || left != 1 {
			t.Errorf("%d refused, %d admins left, want 1 and 1", refused, left)
		}
	})
}
