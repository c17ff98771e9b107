package db

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"headroom/pricing/catalog"
)

func TestAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		user, team := f.account(t, "Ada")

		t.Run("an account is found by its address in any case", func(t *testing.T) {
			for _, email := range []string{"Ada@Example.org", "ada@example.org", " ADA@EXAMPLE.ORG "} {
				if got := must[User](t)(f.UserByEmail(ctx, email)); got != user {
					t.Errorf("%q: got %+v, want %+v", email, got, user)
				}
			}
		})
		t.Run("an address that differs in case only is taken, and no team is left behind", func(t *testing.T) {
			_, _, err := f.CreateAccount(ctx, NewAccount{Email: "ADA@example.org", Name: "B", TeamName: "B",
				PasswordHash: "h"})
			if !errors.Is(err, ErrConflict) {
				t.Errorf("got %v, want ErrConflict", err)
			}
			var teams int64
			noError(t, f.reader(ctx).Model(&Team{}).Count(&teams).Error)
			if teams != 1 {
				t.Errorf("%d teams, want 1", teams)
			}
		})
		t.Run("an unknown address is not found", func(t *testing.T) {
			if _, err := f.UserByEmail(ctx, "nobody@example.org"); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		})
		t.Run("the founder is admin of the team", func(t *testing.T) {
			teams := must[[]TeamOfUser](t)(f.TeamsOf(ctx, user.ID))
			if len(teams) != 1 || teams[0] != (TeamOfUser{TeamID: team.id, Name: "Ada's team", Role: Admin}) {
				t.Errorf("got %+v", teams)
			}
		})
		t.Run("profile and password can be changed", func(t *testing.T) {
			f.clock.advance(time.Hour)
			noError(t, f.SetProfile(ctx, user.ID, Profile{Name: "Ada L.", Theme: "dark", Locale: "de-DE"}))
			noError(t, f.SetPassword(ctx, user.ID, "$argon2id$other"))
			got := must[User](t)(f.User(ctx, user.ID))
			if got.Name != "Ada L." || got.Theme != "dark" || got.Locale != "de-DE" ||
				got.PasswordHash != "$argon2id$other" {
				t.Errorf("got %+v", got)
			}
			if !got.UpdatedAt.Equal(user.UpdatedAt.Add(time.Hour)) || !got.CreatedAt.Equal(user.CreatedAt) {
				t.Errorf("created %v, updated %v", got.CreatedAt, got.UpdatedAt)
			}
		})
		t.Run("changing nobody is not found", func(t *testing.T) {
			if err := f.SetPassword(ctx, "nobody", "h"); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		})
	})
}

func TestTeams(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		bob, other := f.account(t, "Bob")
		f.join(t, team, ada, bob, Viewer)

		t.Run("members are listed by name with their role", func(t *testing.T) {
			members := must[[]Member](t)(team.Members(ctx))
			if len(members) != 2 || members[0].UserID != ada.ID || members[1].Role != Viewer ||
				members[1].Email != bob.Email {
				t.Errorf("got %+v", members)
			}
			if members[0].Since.Location() != time.UTC {
				t.Errorf("time in %v, want UTC", members[0].Since.Location())
			}
		})
		t.Run("a new user can join a team that is there", func(t *testing.T) {
			must[Invitation](t)(other.Invite(ctx, bob.ID, Editor, "for Vi"))
			vi := must[User](t)(f.CreateInvited(ctx, "for Vi", NewAccount{Email: "vi@example.org", Name: "Vi"}))
			teams := must[[]TeamOfUser](t)(f.TeamsOf(ctx, vi.ID))
			if len(teams) != 1 || teams[0].TeamID != other.id || teams[0].Role != Editor {
				t.Errorf("got %+v", teams)
			}
		})
		t.Run("an unknown role is refused by the database", func(t *testing.T) {
			if _, err := other.Invite(ctx, bob.ID, "owner", "for an owner"); err == nil {
				t.Error("an invitation for it is there")
			}
			if err := team.SetRole(ctx, ada.ID, bob.ID, "owner"); err == nil {
				t.Error("a member has it")
			}
		})
		t.Run("a user who does not exist cannot be a member", func(t *testing.T) {
			must[Invitation](t)(team.Invite(ctx, ada.ID, Viewer, "for nobody"))
			if _, err := f.AcceptInvitation(ctx, "for nobody", "nobody"); err == nil {
				t.Error("got no error: foreign keys are off")
			}
			must[OpenInvitation](t)(f.OpenInvitation(ctx, "for nobody"))
		})
		t.Run("the role in another team is not found", func(t *testing.T) {
			if _, err := other.Role(ctx, ada.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		})
		t.Run("renaming is written into the log", func(t *testing.T) {
			f.clock.advance(time.Minute)
			noError(t, team.SetName(ctx, ada.ID, "Platform"))
			log := must[[]AuditEntry](t)(team.AuditLog(ctx, 10))
			if len(log) != 5 || log[0].Action != "team.rename" || log[0].Detail != "Platform" ||
				log[0].UserID != ada.ID {
				t.Errorf("got %+v", log)
			}
			if theirs := must[[]AuditEntry](t)(other.AuditLog(ctx, 10)); len(theirs) != 3 {
				t.Errorf("the other team's log has %d entries, want 3", len(theirs))
			}
		})
	})
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx, sessions := t.Context(), f.Sessions()
		soon := f.clock.Now().Add(time.Hour)
		noError(t, sessions.Commit("a", []byte{0, 1, 2}, soon))
		noError(t, sessions.CommitCtx(ctx, "a", []byte{3}, soon.Add(time.Hour)))
		noError(t, sessions.CommitCtx(ctx, "b", []byte{4}, soon))

		data, found, err := sessions.Find("a")
		if err != nil || !found || !bytes.Equal(data, []byte{3}) {
			t.Fatalf("got %v %v %v, want the second commit", data, found, err)
		}
		f.clock.advance(time.Hour)
		if _, found, err := sessions.Find("b"); found || err != nil {
			t.Fatalf("an expired session: found %v, error %v", found, err)
		}
		if purged := must[Purged](t)(f.Purge(ctx)); purged.Sessions != 1 {
			t.Errorf("purged %+v, want 1 session", purged)
		}
		noError(t, sessions.Delete("a"))
		noError(t, sessions.Delete("a"))
		if _, found, _ := sessions.Find("a"); found {
			t.Error("a deleted session is found")
		}
	})
}

func TestSessionsSurviveARestart(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		noError(t, f.Sessions().Commit("a", []byte("signed in"), f.clock.Now().Add(time.Hour)))
		again := openFixture(t, f.dsn)
		noError(t, again.Migrate(t.Context()))
		if data, found, err := again.Sessions().Find("a"); err != nil || !found || string(data) != "signed in" {
			t.Errorf("got %q %v %v", data, found, err)
		}
	})
}

func TestSnapshots(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		blob := []byte{0, 255, 10, 0}
		noError(t, f.SaveSnapshot(ctx, "2026-08-01-abc", "2026-08-01", blob))
		noError(t, f.SaveSnapshot(ctx, "2026-08-01-abc", "2026-08-01", blob))
		if err := f.SaveSnapshot(ctx, "2026-08-01-abc", "2026-08-01", []byte("other")); !errors.Is(err, ErrConflict) {
			t.Errorf("other prices under a known id: got %v, want ErrConflict", err)
		}
		if got := must[Snapshot](t)(f.Snapshot(ctx, "2026-08-01-abc")); !bytes.Equal(got.Blob, blob) ||
			got.AsOf != "2026-08-01" {
			t.Errorf("got %v of %s, want %v", got.Blob, got.AsOf, blob)
		}
		if _, err := f.Snapshot(ctx, "none"); !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})
}

func TestACatalogueComesBackAsItWasSaved(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		saved := &catalog.Snapshot{ID: "2026-09-01-abc", AsOf: "2026-09-01",
			Sources: []catalog.Source{{ID: "own", Name: "Own prices"}}}
		noError(t, f.SaveCatalog(t.Context(), saved))
		for _, when := range []string{"decoded", "from memory"} {
			got := must[*catalog.Snapshot](t)(f.LoadSnapshot(t.Context(), saved.ID))
			if got.ID != saved.ID || got.AsOf != saved.AsOf || len(got.Sources) != 1 ||
				got.Sources[0] != saved.Sources[0] {
				t.Errorf("%s: got %+v", when, got)
			}
		}
		if _, err := f.LoadSnapshot(t.Context(), "none"); !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})
}

func TestNoSecretIsPrinted(t *testing.T) {
	user := User{Email: "a@example.org", PasswordHash: "$argon2id$hash"}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "user", user, "hash", user.PasswordHash)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "user", user, "hash", user.PasswordHash)
	asJSON, err := json.Marshal(user)
	noError(t, err)
	for _, text := range []string{log.String(), string(asJSON),
		fmt.Sprintf("%v %+v %#v %s", user, user, user, user.PasswordHash)} {
		if strings.Contains(text, "argon2id") {
			t.Errorf("the hash is in %s", text)
		}
	}
}

func TestStatementsAreLoggedWithoutValues(t *testing.T) {
	var log strings.Builder
	handler := slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
	store := must[*Store](t)(OpenWith(t.Context(), t.TempDir()+"/x.db", Options{Log: slog.New(handler)}))
	defer store.Close()
	// The schema is missing, so that each statement fails and is logged.
	if err := store.Sessions().Commit("secret-token", []byte("secret-data"), time.Now()); err == nil {
		t.Fatal("got no error")
	}
	if _, err := store.UserByEmail(t.Context(), "secret@example.org"); err == nil {
		t.Fatal("got no error")
	}
	if !strings.Contains(log.String(), "sessions") || strings.Contains(log.String(), "secret") {
		t.Errorf("log:\n%s", log.String())
	}
}
