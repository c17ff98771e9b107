package lockin

import "sync"

// linesKept bounds what a base remembers: some kilobytes a line.
const linesKept = 256

// optionCache remembers what the market has for a line. Most lines of a plan stand in each of its alternatives, and in the
// plan after the next change. It is safe for concurrent use; what it gives out is not to be changed.
type optionCache struct {
	mu     sync.Mutex
	byLine map[string][]Option
}

// of is what find gives for a line, looked up once. Two that ask at once may both look.
func (c *optionCache) of(line string, find func() []Option) []Option {
	c.mu.Lock()
	options, ok := c.byLine[line]
	c.mu.Unlock()
	if ok {
		return options
	}
	options = find()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byLine == nil || len(c.byLine) >= linesKept {
		c.byLine = map[string][]Option{}
	}
	c.byLine[line] = options
	return options
}

// shared is what the assessments of one plan's alternatives find once.
type shared struct {
	options *optionCache
	answers map[string]*bound // by the text under `dependencies`
}

func (b *Base) shared() *shared { return &shared{&b.options, map[string]*bound{}} }
