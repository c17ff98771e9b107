package machines

import (
	"slices"
	"strings"

	"headroom/pricing/capacity"
	"headroom/views/table"
)

// machineList is a table about machines as one address asks for it.
type machineList struct {
	server   *Pages
	machines *capacity.Machines
	state    machineState
	member   bool                      // the reader is signed in: the table may hold their team's own figures
	editor   bool                      // the reader may correct figures for their team
	listings []capacity.Listing        // of the table of machines
	counts   map[string]map[string]int // facet -> value -> lines of the whole table
	all      []machineLine             // of the table; of listings those that the boxes ask for
	fit      []machineLine
}

// machineLine is one row with what it is found by.
type machineLine struct {
	key     string
	facets  map[string]string
	source  string // in full
	words   string // what a search looks through, in lower case
	cells   []table.Cell
	actions []table.Action
}

func (l *machineList) kind() machineKind { return kindOfMachines(l.state.Kind) }

// find makes the lines of the table and keeps those that the address asks for.
func (l *machineList) find() {
	switch l.state.Kind {
	case "accelerators":
		l.all = linesOf(l.machines.Accelerators, acceleratorLine)
	case "models":
		l.all = linesOf(l.machines.OpenModels, modelLine)
	case "units":
		l.all = linesOf(l.machines.Units, unitLine)
	case "unit-prices":
		l.all = linesOf(l.machines.UnitPrices, unitPriceLine)
	case "quotas":
		l.all = linesOf(l.machines.Quotas, quotaLine)
	case capacity.ThroughputKind:
		l.all = l.throughputLines()
	default:
		l.listingLines()
	}
	if l.counts == nil {
		l.counts = map[string]map[string]int{}
		for i := range l.all {
			l.count(l.all[i].facets)
		}
	}
	l.finish()
	for _, line := range l.all {
		if l.fits(&line) {
			l.fit = append(l.fit, line)
		}
	}
}

// listingLines makes lines only of the listings that the boxes ask for: there are many, and most are not shown.
func (l *machineList) listingLines() {
	l.counts = map[string]map[string]int{}
	l.listings = l.machines.Listings()
	for i := range l.listings {
		facets := listingFacets(&l.listings[i])
		l.count(facets)
		if l.chosen(facets) {
			l.all = append(l.all, listingLine(&l.listings[i], facets))
		}
	}
}

// count counts a line's values for the boxes.
func (l *machineList) count(facets map[string]string) {
	for name, value := range facets {
		if l.counts[name] == nil {
			l.counts[name] = map[string]int{}
		}
		l.counts[name][value]++
	}
}

// chosen reports whether the boxes that are ticked ask for a line.
func (l *machineList) chosen(facets map[string]string) bool {
	for name, chosen := range l.state.Chosen {
		if !slices.Contains(chosen, facets[name]) {
			return false
		}
	}
	return true
}

func linesOf[T any](rows []T, build func(*T) machineLine) []machineLine {
	made := make([]machineLine, len(rows))
	for i := range rows {
		made[i] = build(&rows[i])
	}
	return made
}

func (l *machineList) fits(line *machineLine) bool {
	if !l.chosen(line.facets) {
		return false
	}
	if l.state.Unknown &&
		!slices.ContainsFunc(line.cells, func(c table.Cell) bool { return c.State == table.Unknown }) {
		return false
	}
	return l.state.Text == "" || line.says(l.state.Text)
}

// reports whether every word of a search stands in the line's texts; its source is not searched.
func (line *machineLine) says(text string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		if !strings.Contains(line.words, word) {
			return false
		}
	}
	return true
}

// table is the page's rows, or all of them, as page, CSV and XLSX show them.
func (l *machineList) table() table.Table {
	kind := l.kind()
	t := table.Table{ID: "machines", Title: kind.title, Columns: append(kind.columns(), ownColumn()),
		Empty:    "Nothing fits these filters",
		EmptyURL: l.clearURL(), EmptyAction: "Clear the filters", Provenance: l.provenance()}
	for _, line := range l.fit {
		t.Rows = append(t.Rows, table.Row{Key: line.key, Cells: line.cells, Actions: line.actions})
	}
	t.SortBy(l.state.Sort, l.state.Down, l.state.sortURL)
	from, to := l.state.bounds(len(t.Rows))
	t.Rows = t.Rows[from:to]
	return t
}

func (l *machineList) clearURL() string {
	return l.state.with(func(p *machineState) { p.Text, p.Chosen, p.Unknown = "", nil, false })
}

func (l *machineList) provenance() []table.Fact {
	facts := []table.Fact{{Label: "Currency", Value: "USD"}, {Label: "Made on", Value: string(l.server.Day())}}
	for _, source := range l.sources(l.fit) {
		facts = append(facts, table.Fact{Label: "Source", Value: source})
	}
	return facts
}

// sources are the sources of some lines in full, each once, in their order.
func (l *machineList) sources(of []machineLine) []string {
	var list []string
	for i := range of {
		if !slices.Contains(list, of[i].source) {
			list = append(list, of[i].source)
		}
	}
	return list
}
