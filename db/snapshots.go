package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"headroom/pricing/catalog"
)

// Snapshot is an imported price catalogue, encoded. It never changes: a saved plan that names it can be computed again.
type Snapshot struct {
	ID        string
	AsOf      string // "2026-08-01"
	SHA256    string `gorm:"column:sha256"` // of Blob, in hex
	Blob      []byte
	CreatedAt time.Time
}

// SaveCatalog keeps a catalogue under its id.
func (s *Store) SaveCatalog(ctx context.Context, c *catalog.Snapshot) error {
	var blob bytes.Buffer
	if err := catalog.Encode(&blob, c); err != nil {
		return fmt.Errorf("save snapshot %s: %w", c.ID, err)
	}
	return s.SaveSnapshot(ctx, c.ID, string(c.AsOf), blob.Bytes())
}

// LoadSnapshot is the catalogue of that id. Those used last are kept in memory, which is safe because none ever
// changes: callers must not change it either.
func (s *Store) LoadSnapshot(ctx context.Context, id string) (*catalog.Snapshot, error) {
	if c, ok := s.catalogs.Get(id); ok {
		return c, nil
	}
	row, err := s.Snapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := catalog.Decode(bytes.NewReader(row.Blob))
	if err != nil {
		return nil, fmt.Errorf("load snapshot %s: %w", id, err)
	}
	s.catalogs.Add(id, c)
	return c, nil
}

// catalogsKept bounds what is kept in memory; a decoded catalogue takes some ten megabytes.
const catalogsKept = 4

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
