package db

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlans(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		saved := must[Plan](t)(team.CreatePlan(ctx, ada.ID, content("First"), "start"))

		t.Run("a plan comes back as it was saved", func(t *testing.T) {
			got := must[Plan](t)(team.Plan(ctx, saved.ID))
			if diff := cmp.Diff(saved, got); diff != "" {
				t.Errorf("-saved +loaded\n%s", diff)
			}
			want := time.Date(2026, 11, 24, 8, 0, 0, 123456000, time.UTC)
			if got.CreatedAt != want {
				t.Errorf("created %v, want %v in UTC", got.CreatedAt, want)
			}
		})
		t.Run("each save is a version with its note and author, newest first", func(t *testing.T) {
			f.clock.advance(time.Minute)
			second := must[Plan](t)(team.SavePlan(ctx, ada.ID, saved.ID, 1, content("Second"), "more users"))
			if second.Version != 2 || second.Name != "Second" || !second.CreatedAt.Equal(saved.CreatedAt) {
				t.Errorf("got %+v", second)
			}
			versions := must[[]VersionInfo](t)(team.Versions(ctx, saved.ID))
			if len(versions) != 2 || versions[0].Number != 2 || versions[0].Note != "more users" ||
				versions[1].Author != "Ada" {
				t.Errorf("got %+v", versions)
			}
			first := must[PlanVersion](t)(team.Version(ctx, saved.ID, 1))
			if diff := cmp.Diff(content("First"), first.PlanContent); diff != "" {
				t.Errorf("version 1 -want +got\n%s", diff)
			}
		})
		t.Run("a save from an old version is stale and writes nothing", func(t *testing.T) {
			_, err := team.SavePlan(ctx, ada.ID, saved.ID, 1, content("Lost?"), "")
			if !errors.Is(err, ErrStale) {
				t.Errorf("got %v, want ErrStale", err)
			}
			if got := must[Plan](t)(team.Plan(ctx, saved.ID)); got.Name != "Second" || got.Version != 2 {
				t.Errorf("got %+v", got)
			}
			if versions := must[[]VersionInfo](t)(team.Versions(ctx, saved.ID)); len(versions) != 2 {
				t.Errorf("%d versions, want 2", len(versions))
			}
		})
		t.Run("renaming makes no version", func(t *testing.T) {
			noError(t, team.RenamePlan(ctx, ada.ID, saved.ID, "Renamed"))
			if got := must[Plan](t)(team.Plan(ctx, saved.ID)); got.Name != "Renamed" || got.Version != 2 {
				t.Errorf("got %+v", got)
			}
		})
		t.Run("a copy is a plan of its own at version 1", func(t *testing.T) {
			duplicate := must[Plan](t)(team.CopyPlan(ctx, ada.ID, saved.ID, "Copy"))
			if duplicate.Version != 1 || duplicate.ID == saved.ID || duplicate.Body != content("Second").Body {
				t.Errorf("got %+v", duplicate)
			}
		})
		t.Run("the list has the last changed first", func(t *testing.T) {
			f.clock.advance(time.Minute)
			noError(t, team.RenamePlan(ctx, ada.ID, saved.ID, "Touched"))
			list := must[[]PlanInfo](t)(team.Plans(ctx))
			if len(list) != 2 || list[0].Name != "Touched" || list[0].Months != 36 || list[0].Author != "Ada" {
				t.Errorf("got %+v", list)
			}
		})
	})
}

func TestFiguresAreKeptWithTheVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		saved := must[Plan](t)(team.CreatePlan(ctx, ada.ID, content("P"), ""))
		unknown := content("P")
		unknown.PlanFigures = PlanFigures{CostUnknown: "no source states its output price", Wall: "none is entered"}
		must[Plan](t)(team.SavePlan(ctx, ada.ID, saved.ID, 1, unknown, ""))
		copied := must[Plan](t)(team.CopyPlan(ctx, ada.ID, saved.ID, "Copy"))

		var list []PlanFigures
		for _, p := range must[[]PlanInfo](t)(team.Plans(ctx)) {
			list = append(list, p.PlanFigures)
		}
		if diff := cmp.Diff([]PlanFigures{unknown.PlanFigures, unknown.PlanFigures}, list); diff != "" {
			t.Errorf("the list -want +got\n%s", diff)
		}
		var versions []PlanFigures
		for _, v := range must[[]VersionInfo](t)(team.Versions(ctx, saved.ID)) {
			versions = append(versions, v.PlanFigures)
		}
		if diff := cmp.Diff([]PlanFigures{unknown.PlanFigures, content("P").PlanFigures}, versions); diff != "" {
			t.Errorf("the versions -want +got\n%s", diff)
		}
		if copied.CostUnknown != unknown.CostUnknown || !copied.Kept() {
			t.Errorf("a copy has %+v", copied.PlanFigures)
		}
	})
}

func TestDeletedPlans(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		plan := must[Plan](t)(team.CreatePlan(ctx, ada.ID, content("P"), ""))
		if err := team.RestorePlan(ctx, ada.ID, plan.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("restoring a plan that is not deleted: got %v", err)
		}
		noError(t, team.DeletePlan(ctx, ada.ID, plan.ID))
		want := []DeletedPlan{{ID: plan.ID, Name: "P", Version: 1, DeletedAt: f.now()}}
		if diff := cmp.Diff(want, must[[]DeletedPlan](t)(team.DeletedPlans(ctx))); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		_, other := f.account(t, "Bob")
		if list := must[[]DeletedPlan](t)(other.DeletedPlans(ctx)); len(list) != 0 {
			t.Errorf("another team lists %+v", list)
		}
		for name, err := range accesses(t, team, ada.ID, plan.ID) {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s of a deleted plan: got %v, want ErrNotFound", name, err)
			}
		}
		noError(t, team.RestorePlan(ctx, ada.ID, plan.ID))
		if got := must[Plan](t)(team.Plan(ctx, plan.ID)); !cmp.Equal(got, plan) {
			t.Errorf("restored: %s", cmp.Diff(plan, got))
		}
		if list := must[[]DeletedPlan](t)(team.DeletedPlans(ctx)); len(list) != 0 {
			t.Errorf("a restored plan is among the deleted: %+v", list)
		}

		noError(t, team.DeletePlan(ctx, ada.ID, plan.ID))
		f.clock.advance(DeletedPlansKept)
		if purged := must[Purged](t)(f.Purge(ctx)); purged.Plans != 0 {
			t.Errorf("purged %+v on the last day", purged)
		}
		f.clock.advance(time.Second)
		if purged := must[Purged](t)(f.Purge(ctx)); purged.Plans != 1 {
			t.Errorf("purged %+v, want 1 plan", purged)
		}
		var versions int64
		noError(t, f.reader(ctx).Model(&PlanVersion{}).Count(&versions).Error)
		if versions != 0 {
			t.Errorf("%d versions outlive their plan", versions)
		}
		if err := team.RestorePlan(ctx, ada.ID, plan.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("restoring a purged plan: got %v", err)
		}
	})
}

func TestAnotherTeamsPlanIsNotFound(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		bob, other := f.account(t, "Bob")
		plan := must[Plan](t)(team.CreatePlan(ctx, ada.ID, content("Secret"), ""))
		for name, err := range accesses(t, other, bob.ID, plan.ID) {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: got %v, want ErrNotFound", name, err)
			}
		}
		noError(t, team.DeletePlan(ctx, ada.ID, plan.ID))
		if err := other.RestorePlan(ctx, bob.ID, plan.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("restore: got %v, want ErrNotFound", err)
		}
		noError(t, team.RestorePlan(ctx, ada.ID, plan.ID))
		if got := must[Plan](t)(team.Plan(ctx, plan.ID)); !cmp.Equal(got, plan) {
			t.Errorf("the plan changed: %s", cmp.Diff(plan, got))
		}
		if list := must[[]PlanInfo](t)(other.Plans(ctx)); len(list) != 0 {
			t.Errorf("the other team lists %+v", list)
		}
	})
}

// accesses tries every way to a plan by id, but restoring, and gives each one's error.
func accesses(t *testing.T, team *TeamStore, userID, planID string) map[string]error {
	ctx := t.Context()
	_, load := team.Plan(ctx, planID)
	_, save := team.SavePlan(ctx, userID, planID, 1, content("X"), "")
	_, duplicate := team.CopyPlan(ctx, userID, planID, "X")
	_, versions := team.Versions(ctx, planID)
	_, version := team.Version(ctx, planID, 1)
	return map[string]error{
		"load": load, "save": save, "copy": duplicate, "list of versions": versions, "version": version,
		"rename": team.RenamePlan(ctx, userID, planID, "X"), "delete": team.DeletePlan(ctx, userID, planID),
	}
}

func TestEveryChangeOfAPlanIsInTheAuditLog(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		plan := must[Plan](t)(team.CreatePlan(ctx, ada.ID, content("P"), ""))
		steps := []func() error{
			func() error { _, err := team.SavePlan(ctx, ada.ID, plan.ID, 1, content("P"), ""); return err },
			func() error { return team.RenamePlan(ctx, ada.ID, plan.ID, "Q") },
			func() error { return team.DeletePlan(ctx, ada.ID, plan.ID) },
			func() error { return team.RestorePlan(ctx, ada.ID, plan.ID) },
		}
		for _, step := range steps {
			f.clock.advance(time.Second)
			noError(t, step())
		}
		var got []string
		for _, entry := range must[[]AuditEntry](t)(team.AuditLog(ctx, 5)) {
			got = append(got, entry.Action+": "+entry.Detail)
		}
		want := []string{"plan.restore: Q", "plan.delete: Q", "plan.rename: Q", "plan.save: P, version 2",
			"plan.create: P"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}

// TestEightWritersLoseNoEdit: each writer reads, appends its own word, saves, and on ErrStale starts again. In the end
// every word is there, and every save is a version.
func TestEightWritersLoseNoEdit(t *testing.T) {
	const writers, edits = 8, 5
	onBoth(t, func(t *testing.T, f fixture) {
		ada, team := f.account(t, "Ada")
		plan := must[Plan](t)(team.CreatePlan(t.Context(), ada.ID, content("Shared"), ""))
		failures := make(chan error, writers)
		var group sync.WaitGroup
		for writer := range writers {
			group.Go(func() {
				for edit := range edits {
					if err := appendWord(t, team, ada.ID, plan.ID, fmt.Sprintf("<%d.%d>", writer, edit)); err != nil {
						failures <- err
						return
					}
				}
			})
		}
		group.Wait()
		close(failures)
		for err := range failures {
			t.Fatal(err)
		}
		got := must[Plan](t)(team.Plan(t.Context(), plan.ID))
		if got.Version != 1+writers*edits {
			t.Errorf("version %d, want %d", got.Version, 1+writers*edits)
		}
		for writer := range writers {
			for edit := range edits {
				if word := fmt.Sprintf("<%d.%d>", writer, edit); strings.Count(got.Body, word) != 1 {
					t.Errorf("%s is there %d times", word, strings.Count(got.Body, word))
				}
			}
		}
		if versions := must[[]VersionInfo](t)(team.Versions(t.Context(), plan.ID)); len(versions) != got.Version {
			t.Errorf("%d versions, want %d", len(versions), got.Version)
		}
	})
}

func appendWord(t *testing.T, team *TeamStore, userID, planID, word string) error {
	for {
		plan, err := team.Plan(t.Context(), planID)
		if err != nil {
			return err
		}
		changed := plan.PlanContent
		changed.Body += word
		_, err = team.SavePlan(t.Context(), userID, planID, plan.Version, changed, word)
		if !errors.Is(err, ErrStale) {
			return err
		}
	}
}

func TestALargePlanIsKeptWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ada, team := f.account(t, "Ada")
		large := content("Large")
		large.Body = strings.Repeat("äöü€\n\t\"\\", 5<<20/12)
		plan := must[Plan](t)(team.CreatePlan(t.Context(), ada.ID, large, ""))
		if got := must[Plan](t)(team.Plan(t.Context(), plan.ID)); got.Body != large.Body {
			t.Errorf("%d bytes came back of %d", len(got.Body), len(large.Body))
		}
	})
}
