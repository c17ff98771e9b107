package workspace

import (
	"context"
	"errors"

	"headroom/app/web"
	"headroom/db"
	"headroom/pricing"
	"headroom/pricing/catalog"
)

// SnapshotFor is the price catalogue that a plan is pinned to: the shipped one, or an imported one from the store. The
// CLI uses it too, so that a plan file gives the same figures everywhere.
func SnapshotFor(ctx context.Context, store *db.Store, shipped *catalog.Snapshot, p *pricing.Plan) (*catalog.Snapshot,
	error) {
	if p.CatalogSnapshot == "" || p.CatalogSnapshot == shipped.ID {
		return shipped, nil
	}
	if store == nil {
		return nil, unknownSnapshot(p.CatalogSnapshot, shipped.ID)
	}
	snapshot, err := store.LoadSnapshot(ctx, p.CatalogSnapshot)
	if errors.Is(err, db.ErrNotFound) {
		return nil, unknownSnapshot(p.CatalogSnapshot, shipped.ID)
	}
	return snapshot, err
}

func unknownSnapshot(id, shipped string) error {
	return web.Invalid("catalog_snapshot", "no price snapshot %q here; the shipped one is %q, `headroom catalog "+
		"import` adds others", id, shipped)
}

func (s *Plans) SnapshotFor(ctx context.Context, p *pricing.Plan) (*catalog.Snapshot, error) {
	return SnapshotFor(ctx, s.Deps.Store, s.Deps.Catalog, p)
}
