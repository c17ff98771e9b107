package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Snapshot is an imported price catalogue, encoded. It never changes: a saved plan that names it can be computed again.
type Snapshot struct {
	ID        string
	AsOf      string // "2026-08-01"
	SHA256    string `gorm:"column:sha256"` // of Blob, in hex
	Blob      []byte
	CreatedAt time.Time
}

// SnapshotInfo is a snapshot without its prices.
type SnapshotInfo struct {
	ID, AsOf  string
	CreatedAt time.Time
}

// SaveSnapshot keeps a catalogue. Saving the same bytes again is no change; other bytes under a known id are
// ErrConflict.
func (s *Store) SaveSnapshot(ctx context.Context, id, asOf string, blob []byte) error {
	sum := sha256.Sum256(blob)
	return s.transaction(ctx, "save snapshot", func(tx *gorm.DB, now time.Time) error {
		snapshot := Snapshot{ID: id, AsOf: asOf, SHA256: hex.EncodeToString(sum[:]), Blob: blob, CreatedAt: now}
		result := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&snapshot)
		if result.Error != nil || result.RowsAffected == 1 {
			return result.Error
		}
		var known string
		if err := tx.Model(&Snapshot{}).Where("id = ?", id).Pluck("sha256", &known).Error; err != nil {
			return err
		}
		if known != snapshot.SHA256 {
			return fmt.Errorf("snapshot %s holds other prices: %w", id, ErrConflict)
		}
		return nil
	})
}

// Snapshot loads a catalogue.
func (s *Store) Snapshot(ctx context.Context, id string) (Snapshot, error) {
	var snapshot Snapshot
	err := s.reader(ctx).Where("id = ?", id).Take(&snapshot).Error
	return snapshot, translate("load snapshot", err)
}

// Snapshots lists the catalogues, the newest prices first.
func (s *Store) Snapshots(ctx context.Context) ([]SnapshotInfo, error) {
	var snapshots []SnapshotInfo
	err := s.reader(ctx).Model(&Snapshot{}).Order("as_of DESC, created_at DESC, id").Scan(&snapshots).Error
	return snapshots, translate("list snapshots", err)
}
