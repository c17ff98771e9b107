package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// DeletedPlansKept is how long a deleted plan can be restored.
const DeletedPlansKept = 30 * 24 * time.Hour

// Purged counts what Purge removed.
type Purged struct{ Plans, Sessions int64 }

// Purge removes plans that were deleted more than DeletedPlansKept ago, with their versions, corrections of machines
// removed as long ago, and expired sessions.
func (s *Store) Purge(ctx context.Context) (Purged, error) {
	var purged Purged
	err := s.transaction(ctx, "purge", func(tx *gorm.DB, now time.Time) error {
		plans := tx.Where("deleted_at < ?", now.Add(-DeletedPlansKept)).Delete(&Plan{})
		if plans.Error != nil {
			return plans.Error
		}
		if err := tx.Where("removed_at < ?", now.Add(-DeletedPlansKept)).Delete(&MachineCorrection{}).
			Error; err != nil {
			return err
		}
		sessions := tx.Where("expiry <= ?", now).Delete(&Session{})
		purged = Purged{Plans: plans.RowsAffected, Sessions: sessions.RowsAffected}
		return sessions.Error
	})
	return purged, err
}

// PurgeEvery calls Purge now and then every interval, until ctx ends. Failures are logged and tried again.
func (s *Store) PurgeEvery(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if _, err := s.Purge(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("purge", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
