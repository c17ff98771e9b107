package views

import (
	"headroom/views/table"
)

// Machines is the page of one of the tables about machines.
type Machines struct {
	Headline, Lead string
	Kinds          []Link // the tables, the shown one current
	Search         Field
	Groups         []Field // boxes to tick that are always open
	More           []Field // those that open on demand
	MoreSet        string  // "set" when one of them narrows the table
	Keep           []Option
	Filtered       bool
	Clear          string // address without filters
	Table          table.Table
	CSV, XLSX      string
	Pages          Pager
	Wraps          bool     // the table holds sentences
	Sources        []string // of the rows shown, in full
}

// split is the first n options and the rest, as two groups; a group that is hardly longer stays whole.
func (f Field) split(n int) (first, rest Field) {
	first, rest = f, f
	if len(f.Options) <= n+2 {
		n = len(f.Options)
	}
	first.Options, rest.Options = f.Options[:n], f.Options[n:]
	rest.ID, rest.Label = f.ID+"-rest", "More of "+f.Label
	return first, rest
}

// chosen says whether one of the options is selected.
func (f Field) chosen() bool {
	for _, o := range f.Options {
		if o.Selected {
			return true
		}
	}
	return false
}
