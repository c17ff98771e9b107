package app

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

// basesKept bounds the cache: a base is some hundred kilobytes beside its catalogue, and a team looks at one or two
// snapshots on a day.
const basesKept = 4

// lockinBases keeps what the assessments of one price snapshot and day share. It is safe for concurrent use.
type lockinBases struct {
	mu   sync.Mutex
	kept *lru.Cache[baseKey, *lockin.Base] // nil before the first
}

type baseKey struct {
	snapshot string
	day      catalog.Date
}

// of is the base of a snapshot on a day. It is built under the lock, in less than a millisecond, so that requests that
// come at once build one.
func (b *lockinBases) of(c *catalog.Snapshot, day catalog.Date) (*lockin.Base, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil {
		kept, err := lru.New[baseKey, *lockin.Base](basesKept)
		if err != nil {
			return nil, err
		}
		b.kept = kept
	}
	key := baseKey{c.ID, day}
	if base, ok := b.kept.Get(key); ok {
		return base, nil
	}
	base, err := lockin.NewBase(c, day)
	if err != nil {
		return nil, err
	}
	b.kept.Add(key, base)
	return base, nil
}

// lockinBase is what assessments with these prices share today.
func (s *Server) lockinBase(c *catalog.Snapshot) (*lockin.Base, error) {
	return s.bases.of(c, catalog.Date(s.today().Format(time.DateOnly)))
}
