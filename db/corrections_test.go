package db

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"gorm.io/gorm"
)

func TestMachineCorrections(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		bob, other := f.account(t, "Bob")
		price := CorrectionContent{Kind: "instances", RowKey: "aws/p5.48xlarge/us-east-1", Field: "hourly",
			Value: "39.50", Source: "our contract", AsOf: "2026-11-01"}
		values := func(team *TeamStore) (list []string) {
			for _, c := range must[[]MachineCorrection](t)(team.MachineCorrections(ctx)) {
				list = append(list, c.Value)
			}
			return list
		}
		is := func(t *testing.T, team *TeamStore, want ...string) {
			t.Helper()
			got := values(team)
			if len(got) != len(want) {
				t.Fatalf("in force are %q, want %q", got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("in force are %q, want %q", got, want)
				}
			}
		}

		var first MachineCorrection
		t.Run("a correction is kept as it was said, for its team only", func(t *testing.T) {
			first = must[MachineCorrection](t)(team.CorrectMachine(ctx, ada.ID, price))
			got := must[[]MachineCorrection](t)(team.MachineCorrections(ctx))
			if len(got) != 1 || got[0].CorrectionContent != price || got[0].AuthorID != ada.ID {
				t.Errorf("got %+v", got)
			}
			is(t, other)
		})
		t.Run("a second one takes its place; another field stands beside it", func(t *testing.T) {
			f.clock.advance(time.Minute)
			next := price
			next.Value = "38.00"
			must[MachineCorrection](t)(team.CorrectMachine(ctx, ada.ID, next))
			is(t, team, "38.00")
			beside := price
			beside.Field, beside.Value = "spot", "9"
			f.clock.advance(time.Minute)
			must[MachineCorrection](t)(team.CorrectMachine(ctx, ada.ID, beside))
			is(t, team, "38.00", "9")
		})
		t.Run("what is removed comes back, unless the field has another by then", func(t *testing.T) {
			id := must[[]MachineCorrection](t)(team.MachineCorrections(ctx))[1].ID
			noError(t, team.RemoveCorrection(ctx, ada.ID, id))
			is(t, team, "38.00")
			if err := team.RemoveCorrection(ctx, ada.ID, id); !errors.Is(err, ErrNotFound) {
				t.Errorf("removed twice: %v", err)
			}
			noError(t, team.RestoreCorrection(ctx, ada.ID, id))
			is(t, team, "38.00", "9")
			if err := team.RestoreCorrection(ctx, ada.ID, first.ID); !errors.Is(err, ErrConflict) {
				t.Errorf("the first one while another is in force: %v", err)
			}
		})
		t.Run("another team can neither remove nor restore it", func(t *testing.T) {
			id := must[[]MachineCorrection](t)(team.MachineCorrections(ctx))[0].ID
			if err := other.RemoveCorrection(ctx, bob.ID, id); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v", err)
			}
			if err := other.RestoreCorrection(ctx, bob.ID, first.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("the log says who did it", func(t *testing.T) {
			log := must[[]AuditEntry](t)(team.AuditLog(ctx, 10))
			if log[0].Action != "machine.restore" || log[len(log)-2].Action != "machine.correct" ||
				log[len(log)-2].Detail != "hourly 39.50: aws/p5.48xlarge/us-east-1" {
				t.Errorf("got %+v", log)
			}
		})
		t.Run("removed ones go with the deleted plans", func(t *testing.T) {
			f.clock.advance(DeletedPlansKept + time.Hour)
			must[Purged](t)(f.Purge(ctx))
			is(t, team, "38.00", "9")
			if err := team.RestoreCorrection(ctx, ada.ID, first.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("after the purge: %v", err)
			}
		})
	})
}

func TestNeitherANewNorARestoredCorrectionPassesTheLimit(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		ctx := t.Context()
		ada, team := f.account(t, "Ada")
		content := CorrectionContent{Kind: "quotas", RowKey: "first", Field: "tpm", Value: "1", Source: "us",
			AsOf: "2026-11-01"}
		first := must[MachineCorrection](t)(team.CorrectMachine(ctx, ada.ID, content))
		noError(t, team.RemoveCorrection(ctx, ada.ID, first.ID))
		rows := make([]MachineCorrection, MaxCorrections)
		for i := range rows {
			content.RowKey = strconv.Itoa(i)
			rows[i] = MachineCorrection{ID: fmt.Sprintf("limit-%d", i), TeamID: team.id, CorrectionContent: content,
				AuthorID: ada.ID, CreatedAt: first.CreatedAt}
		}
		noError(t,
			f.transaction(ctx, "fill",
				func(tx *gorm.DB, _ time.Time) error { return tx.CreateInBatches(rows, 100).Error }))
		content.RowKey = "one more"
		if _, err := team.CorrectMachine(ctx, ada.ID, content); !errors.Is(err, ErrTooMany) {
			t.Errorf("one more: %v", err)
		}
		if err := team.RestoreCorrection(ctx, ada.ID, first.ID); !errors.Is(err, ErrTooMany) {
			t.Errorf("an old one back: %v", err)
		}
		noError(t, team.RemoveCorrection(ctx, ada.ID, rows[0].ID))
		noError(t, team.RestoreCorrection(ctx, ada.ID, first.ID))
	})
}
