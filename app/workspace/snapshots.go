package workspace

import (
	"context"
	"errors"

	"headroom/app/web"
	"headroom/db"
	"headroom/pricing/catalog"
)

// SnapshotFor is the price catalogue that a plan is pinned to by its id: the shipped one, which "" stands for, or an
// imported one from the store. The CLI uses it too, so that a plan file gives the same figures everywhere.
func SnapshotFor(ctx context.Context, store *db.Store, shipped *catalog.Snapshot, id string) (*catalog.Snapshot,
	error) {
	if id == "" || id == shipped.ID {
		return shipped, nil
	}
	if store == nil {
		return nil, unknownSnapshot(id, shipped.ID)
	}
	snapshot, err := store.LoadSnapshot(ctx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, unknownSnapshot(id, shipped.ID)
	}
	return snapshot, err
}

func unknownSnapshot(id, shipped string) error {
	return web.Invalid("catalog_snapshot", "no price snapshot %q here; the shipped one is %q, `headroom catalog "+
		"import` adds others", id, shipped)
}

func (s *Plans) SnapshotFor(ctx context.Context, id string) (*catalog.Snapshot, error) {
	return SnapshotFor(ctx, s.Deps.Store, s.Deps.Catalog, id)
}
