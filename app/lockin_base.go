package app

import (
	"slices"
	"sync"
	"time"

	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

// basesKept bounds the cache: a base is some hundred kilobytes beside its catalogue, and a team looks at one or two
// snapshots on a day.
const basesKept = 4

// lockinBases keeps what the assessments of one price snapshot and day share. It is safe for concurrent use.
type lockinBases struct {
	mu   sync.Mutex
	kept []keptBase // the one used last is last
}

type keptBase struct {
	snapshot string
	day      catalog.Date
	base     *lockin.Base
}

// of is the base of a snapshot on a day. It is built under the lock, in less than a millisecond, so that requests that
// come at once build one.
func (b *lockinBases) of(c *catalog.Snapshot, day catalog.Date) (*lockin.Base, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := slices.IndexFunc(b.kept, func(k keptBase) bool { return k.snapshot == c.ID && k.day == day }); i >= 0 {
		found := b.kept[i]
		b.kept = append(slices.Delete(b.kept, i, i+1), found)
		return found.base, nil
	}
	base, err := lockin.NewBase(c, day)
	if err != nil {
		return nil, err
	}
	if len(b.kept) >= basesKept {
		b.kept = slices.Delete(b.kept, 0, 1)
	}
	b.kept = append(b.kept, keptBase{c.ID, day, base})
	return base, nil
}

// lockinBase is what assessments with these prices share today.
func (s *Server) lockinBase(c *catalog.Snapshot) (*lockin.Base, error) {
	return s.bases.of(c, catalog.Date(s.today().Format(time.DateOnly)))
}
