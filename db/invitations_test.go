package db

import (
	"errors"
	"sync"
	"testing"
	"time"
)

func TestInvitations(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		bob, other := f.account(t, "Bob")

		t.Run("the invited person sees team, role and who invites, and joins once", func(t *testing.T) {
			made := must[Invitation](t)(team.Invite(ctx, ada.ID, Editor, "token-1"))
			open := must[OpenInvitation](t)(f.OpenInvitation(ctx, "token-1"))
			want := OpenInvitation{TeamID: team.id, Team: "Ada's team", Role: Editor, InvitedBy: "Ada",
				ExpiresAt: made.ExpiresAt}
			if open != want {
				t.Errorf("got %+v, want %+v", open, want)
			}
			if joined := must[string](t)(f.AcceptInvitation(ctx, "token-1", bob.ID)); joined != team.id {
				t.Errorf("joined %s, want %s", joined, team.id)
			}
			if role := must[Role](t)(team.Role(ctx, bob.ID)); role != Editor {
				t.Errorf("role %s, want editor", role)
			}
			if _, err := f.AcceptInvitation(ctx, "token-1", ada.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("a second use: got %v, want ErrNotFound", err)
			}
			if list := must[[]Invitation](t)(team.Invitations(ctx)); len(list) != 1 ||
				list[0].State(f.now()) != Accepted || *list[0].AcceptedBy != bob.ID {
				t.Errorf("got %+v", list)
			}
		})
		t.Run("a member who accepts again leaves the invitation for somebody else", func(t *testing.T) {
			must[Invitation](t)(team.Invite(ctx, ada.ID, Viewer, "token-2"))
			if _, err := f.AcceptInvitation(ctx, "token-2", bob.ID); !errors.Is(err, ErrConflict) {
				t.Errorf("got %v, want ErrConflict", err)
			}
			must[OpenInvitation](t)(f.OpenInvitation(ctx, "token-2"))
		})
		t.Run("somebody new joins without a team of their own", func(t *testing.T) {
			vi := must[User](t)(f.CreateInvited(ctx, "token-2", NewAccount{Email: "vi@example.org", Name: "Vi"}))
			if teams := must[[]TeamOfUser](t)(f.TeamsOf(ctx, vi.ID)); len(teams) != 1 || teams[0].Role != Viewer ||
				teams[0].TeamID != team.id {
				t.Errorf("got %+v", teams)
			}
			if _, err := f.CreateInvited(ctx, "token-2", NewAccount{Email: "wu@example.org", Name: "Wu"}); !errors.Is(
				err, ErrNotFound) {
				t.Errorf("a second use: got %v, want ErrNotFound", err)
			}
			if _, err := f.UserByEmail(ctx, "wu@example.org"); !errors.Is(err, ErrNotFound) {
				t.Errorf("an account without a team is left: %v", err)
			}
		})
		t.Run("a revoked invitation is not found, and only its team can revoke it", func(t *testing.T) {
			made := must[Invitation](t)(team.Invite(ctx, ada.ID, Editor, "token-3"))
			if err := other.RevokeInvitation(ctx, bob.ID, made.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("another team: got %v, want ErrNotFound", err)
			}
			noError(t, team.RevokeInvitation(ctx, ada.ID, made.ID))
			if err := team.RevokeInvitation(ctx, ada.ID, made.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("twice: got %v, want ErrNotFound", err)
			}
			if _, err := f.OpenInvitation(ctx, "token-3"); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		})
		t.Run("an invitation ends after seven days", func(t *testing.T) {
			made := must[Invitation](t)(team.Invite(ctx, ada.ID, Editor, "token-4"))
			f.clock.advance(InvitationsKept - time.Second)
			must[OpenInvitation](t)(f.OpenInvitation(ctx, "token-4"))
			f.clock.advance(time.Second)
			if _, err := f.OpenInvitation(ctx, "token-4"); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
			if state := made.State(f.now()); state != Expired {
				t.Errorf("state %s, want expired", state)
			}
		})
		t.Run("the token is not stored", func(t *testing.T) {
			var hits int64
			noError(t, f.reader(ctx).Model(&Invitation{}).Where("token_hash LIKE 'token-%'").Count(&hits).Error)
			if hits != 0 {
				t.Error("the token is in the table")
			}
		})
	})
}

func TestOneInvitationLetsOnePersonIn(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ada, team := f.account(t, "Ada")
		must[Invitation](t)(team.Invite(t.Context(), ada.ID, Editor, "token"))
		const guests = 6
		errs := make([]error, guests)
		var group sync.WaitGroup
		for i := range guests {
			guest, _ := f.account(t, string(rune('a'+i)))
			group.Go(func() { _, errs[i] = f.AcceptInvitation(t.Context(), "token", guest.ID) })
		}
		group.Wait()
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
			} else if !errors.Is(err, ErrNotFound) {
				t.Error(err)
			}
		}
		if members := must[[]Member](t)(team.Members(t.Context())); in != 1 || len(members) != 2 {
			t.Errorf("%d let in, %d members; want 1 and 2", in, len(members))
		}
	})
}
