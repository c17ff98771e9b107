package lockin

import lru "github.com/hashicorp/golang-lru/v2"

// entriesKept bounds what a base remembers of each kind: some kilobytes each.
const entriesKept = 256

// shared is what assessments find once. Most of a plan stands in each of its alternatives, and in the plan after the
// next change. It is safe for concurrent use; what it gives out is not to be changed.
type shared struct {
	options *lru.Cache[string, []Option] // by what a line is
	answers *lru.Cache[string, *bound]   // by the text under `dependencies`
}

func newShared() (*shared, error) {
	options, err := lru.New[string, []Option](entriesKept)
	if err != nil {
		return nil, err
	}
	answers, err := lru.New[string, *bound](entriesKept)
	return &shared{options, answers}, err
}

// once is what find gives for a key. Two that ask for a new key at the same time may both look.
func once[V any](c *lru.Cache[string, V], key string, find func() V) V {
	if found, ok := c.Get(key); ok {
		return found
	}
	found := find()
	c.Add(key, found)
	return found
}
