package views

import (
	"headroom/views/table"
	"headroom/views/ui"
)

// Machines is the page of one of the tables about machines.
type Machines struct {
	Headline, Lead string
	Kinds          []ui.Link // the tables, the shown one current
	Search         ui.Field
	Groups         []ui.Field // boxes to tick that are always open
	More           []ui.Field // those that open on demand
	MoreSet        string     // "set" when one of them narrows the table
	Keep           []ui.Option
	Filtered       bool
	Clear          string // address without filters
	Table          table.Table
	CSV, XLSX      string
	Pages          Pager
	Wraps          bool     // the table holds sentences
	Sources        []string // of the rows shown, in full
}
