package lockin

import "sync"

// entriesKept bounds what a base remembers of each kind: some kilobytes each.
const entriesKept = 256

// cache remembers what was found under a key. Most of a plan stands in each of its alternatives, and in the plan after the
// next change. It is safe for concurrent use; what it gives out is not to be changed.
type cache[V any] struct {
	mu    sync.Mutex
	byKey map[string]V
}

// of is what find gives for a key, found once. Two that ask at once may both look.
func (c *cache[V]) of(key string, find func() V) V {
	c.mu.Lock()
	found, ok := c.byKey[key]
	c.mu.Unlock()
	if ok {
		return found
	}
	found = find()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil || len(c.byKey) >= entriesKept {
		c.byKey = map[string]V{}
	}
	c.byKey[key] = found
	return found
}

// shared is what assessments find once.
type shared struct {
	options cache[[]Option] // by what a line is
	answers cache[*bound]   // by the text under `dependencies`
}
