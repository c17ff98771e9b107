package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// AuditEntry says who did what to what, and when. Entries are never changed.
type AuditEntry struct {
	ID, TeamID, UserID string
	Action             string // "plan.save", "team.rename", ...
	Subject            string // the id of the plan, user or team
	Detail             string // for people; never a secret
	CreatedAt          time.Time
}

// TableName keeps the table in the singular: it is one log.
func (AuditEntry) TableName() string { return "audit_log" }

// AuditLog lists the team's newest entries first, at most limit of them.
func (t *TeamStore) AuditLog(ctx context.Context, limit int) ([]AuditEntry, error) {
	var entries []AuditEntry
	err := t.store.reader(ctx).Where("team_id = ?", t.id).Order("created_at DESC, id DESC").Limit(limit).
		Find(&entries).Error
	return entries, translate("read audit log", err)
}

// audit writes an entry within the transaction of what it tells of.
func (s *Store) audit(tx *gorm.DB, now time.Time, e AuditEntry) error {
	e.ID, e.CreatedAt = s.newID(), now
	return tx.Create(&e).Error
}

func (t *TeamStore) audit(tx *gorm.DB, now time.Time, userID, action, subject, detail string) error {
	return t.store.audit(tx, now, AuditEntry{
		TeamID: t.id, UserID: userID, Action: action, Subject: subject, Detail: detail,
	})
}
