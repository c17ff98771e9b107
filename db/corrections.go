package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// MachineCorrection is a figure that a team put in place of a published one in the tables about machines. At most one
// is in force for a field of a row; removed ones are kept as long as deleted plans.
type MachineCorrection struct {
	ID, TeamID string
	CorrectionContent
	AuthorID  string
	CreatedAt time.Time
	RemovedAt *time.Time
}

// CorrectionContent is what a correction says.
type CorrectionContent struct {
	Kind   string // the table: "instances", "quotas"
	RowKey string // the row's key in it, 1..300 characters
	Field  string // the column's key
	Value  string // a decimal
	Source string // who says so, 1..500 characters
	AsOf   string // the day of the source, "2026-11-24"
}

// MaxCorrections bounds the corrections in force of one team.
const MaxCorrections = 1000

// MachineCorrections are the team's corrections in force, the oldest first.
func (t *TeamStore) MachineCorrections(ctx context.Context) ([]MachineCorrection, error) {
	var list []MachineCorrection
	err := t.inForce(t.store.reader(ctx)).Order("created_at, id").Limit(MaxCorrections).Find(&list).Error
	return list, translate("list machine corrections", err)
}

// CorrectMachine puts a correction in force, in place of one that was in force for the same field. ErrTooMany if the
// team has MaxCorrections already, ErrConflict if two members correct the field at once.
func (t *TeamStore) CorrectMachine(ctx context.Context, userID string, content CorrectionContent) (MachineCorrection,
	error) {
	var made MachineCorrection
	err := t.store.transaction(ctx, "correct machine", func(tx *gorm.DB, now time.Time) error {
		if err := t.sameField(tx, content).Update("removed_at", now).Error; err != nil {
			return err
		}
		if err := t.notOverCorrections(tx, MaxCorrections-1); err != nil {
			return err
		}
		made = MachineCorrection{ID: t.store.newID(), TeamID: t.id, CorrectionContent: content, AuthorID: userID,
			CreatedAt: now}
		if err := tx.Create(&made).Error; err != nil {
			return err
		}
		return t.audit(tx, now, userID, "machine.correct", made.ID, content.words())
	})
	return made, err
}

// RemoveCorrection takes a correction out of force; RestoreCorrection undoes that until Purge.
func (t *TeamStore) RemoveCorrection(ctx context.Context, userID, id string) error {
	return t.store.transaction(ctx, "remove correction", func(tx *gorm.DB, now time.Time) error {
		var c MachineCorrection
		if err := t.inForce(tx).Where("id = ?", id).Take(&c).Error; err != nil {
			return err
		}
		if err := oneRow(t.inForce(tx.Model(&MachineCorrection{})).Where("id = ?", id).
			Update("removed_at", now)); err != nil {
			return err
		}
		return t.audit(tx, now, userID, "machine.remove", id, c.words())
	})
}

// RestoreCorrection puts a removed correction in force again. ErrConflict if the field has another by now,
// ErrTooMany if the team has MaxCorrections.
func (t *TeamStore) RestoreCorrection(ctx context.Context, userID, id string) error {
	return t.store.transaction(ctx, "restore correction", func(tx *gorm.DB, now time.Time) error {
		removed := tx.Model(&MachineCorrection{}).Where("team_id = ? AND id = ? AND removed_at IS NOT NULL", t.id, id)
		if err := oneRow(removed.Update("removed_at", nil)); err != nil {
			return err
		}
		// Asked last, and rolled back: a field that has another, or another team's row, is the nearer reason.
		if err := t.notOverCorrections(tx, MaxCorrections); err != nil {
			return err
		}
		return t.audit(tx, now, userID, "machine.restore", id, "")
	})
}

// notOverCorrections is ErrTooMany if the team has more than so many in force.
func (t *TeamStore) notOverCorrections(tx *gorm.DB, most int64) error {
	var count int64
	if err := t.inForce(tx.Model(&MachineCorrection{})).Count(&count).Error; err != nil {
		return err
	}
	if count > most {
		return ErrTooMany
	}
	return nil
}

// inForce is the scope of every statement on corrections: this team's, not removed.
func (t *TeamStore) inForce(g *gorm.DB) *gorm.DB {
	return g.Where("team_id = ? AND removed_at IS NULL", t.id)
}

func (t *TeamStore) sameField(tx *gorm.DB, c CorrectionContent) *gorm.DB {
	return t.inForce(tx.Model(&MachineCorrection{})).Where("kind = ? AND row_key = ? AND field = ?",
		c.Kind, c.RowKey, c.Field)
}

// words is the correction for the audit log.
func (c CorrectionContent) words() string { return c.Field + " " + c.Value + ": " + c.RowKey }
