package machines

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"headroom/app/listing"
	"headroom/app/typed"
	"headroom/pricing/capacity"
	"headroom/views/table"
)

// machinesPerPage is how many lines a page of a table holds, maxMachinesPage bounds what an address can ask for.
const (
	machinesPerPage = 50
	maxMachinesPage = 1000
)

// machineKind is one of the tables about machines.
type machineKind struct {
	id, label, title string
	one              string // what a line is
	facets           []machineFacet
	sort             string // column that the table is ordered by until the reader asks otherwise
	down             bool
	columns          func() []table.Column
}

// machineFacet is a property to filter by: its parameter in the address and the heading of its boxes.
type machineFacet struct{ name, label string }

// machineKinds are the tables in the order of the page.
func machineKinds() []machineKind {
	return []machineKind{
		{"instances", "Machines", "Machines by seller and region", "price of a machine",
			[]machineFacet{{"accelerator", "Accelerator"}, {"term", "Commitment"}, {"area", "Where"},
				{"seller", "Seller"}}, "each", false, instanceColumns},
		{"accelerators", "Accelerators", "Accelerators", "accelerator", []machineFacet{{"vendor", "Vendor"}},
			"launched", true, acceleratorColumns},
		{"models", "Open models", "Open-weight models", "open-weight model",
			[]machineFacet{{"shape", "Shape"}, {"estimate", "Throughput estimate"}}, "total", true, modelColumns},
		{"units", "Provisioned units", "What a provisioned unit carries", "provisioned unit",
			[]machineFacet{{"seller", "Seller"}, {"unit", "Unit"}}, "seller", false, unitColumns},
		{"unit-prices", "Unit prices", "What a provisioned unit costs", "price of a provisioned unit",
			[]machineFacet{{"seller", "Seller"}, {"unit", "Unit"}}, "seller", false, unitPriceColumns},
		{capacity.ThroughputKind, "Throughput", "Measured throughput", "measurement",
			[]machineFacet{{"accelerator", "Accelerator"}, {"who", "Whose"}}, "model", false, throughputColumns},
		{"quotas", "Quotas", "Quotas and spend tiers", "quota or spend tier", []machineFacet{{"seller", "Seller"}},
			"seller", false, quotaColumns},
	}
}

// machineState is everything that the address of a table says.
type machineState struct {
	Kind    string
	Text    string
	Chosen  map[string][]string // facet -> values; none is all
	Unknown bool                // only lines in which something is unknown
	Sort    string
	Down    bool
	Page    int // from 1
	Whole   bool
}

func kindOfMachines(id string) machineKind {
	kinds := machineKinds()
	if at := slices.IndexFunc(kinds, func(k machineKind) bool { return k.id == id }); at >= 0 {
		return kinds[at]
	}
	return kinds[0]
}

// parseMachines reads the address. Unknown words are dropped. An address without parameters shows what an H100 costs on
// demand: the question that most readers come with.
func parseMachines(q url.Values) machineState {
	if len(q) == 0 {
		return machineState{Kind: "instances", Sort: "each", Page: 1,
			Chosen: map[string][]string{"accelerator": {"H100 SXM"}, "term": {capacity.OnDemandTerm}}}
	}
	kind := kindOfMachines(q.Get("table"))
	p := machineState{Kind: kind.id, Chosen: map[string][]string{}, Unknown: q.Get("only") == "unknown",
		Sort: kind.sort, Down: kind.down, Page: 1}
	text := strings.TrimSpace(q.Get("q"))
	p.Text = strings.ToValidUTF8(text[:min(len(text), typed.MaxText)], "")
	for _, f := range kind.facets {
		if chosen := listing.SplitList(q[f.name]); len(chosen) > 0 {
			p.Chosen[f.name] = chosen[:min(len(chosen), listing.MaxColumns)]
		}
	}
	if sort := q.Get("sort"); sort != "" {
		p.Sort, p.Down = listing.SortOf(sort)
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 && n < maxMachinesPage {
		p.Page = n
	}
	p.Whole = q.Get("page") == "all"
	return p
}

// values are the parameters of the state in their shortest form; the table is always named.
func (p *machineState) values() url.Values {
	q := url.Values{"table": {p.Kind}}
	set := func(name, value, usual string) {
		if value != usual {
			q.Set(name, value)
		}
	}
	kind := kindOfMachines(p.Kind)
	for name, values := range p.Chosen {
		set(name, strings.Join(values, ","), "")
	}
	set("q", p.Text, "")
	set("only", listing.Word(p.Unknown, "unknown"), "")
	set("sort", p.Sort+listing.Word(p.Down, ".desc"), kind.sort+listing.Word(kind.down, ".desc"))
	set("page", strconv.Itoa(p.Page), "1")
	set("page", listing.Word(p.Whole, "all"), "")
	return q
}

func (p *machineState) url() string { return listing.Address("/machines", p.values()) }

// with is the address after a change; every change but a page's own starts at the first page.
func (p machineState) with(change func(*machineState)) string {
	p.Page, p.Whole = 1, false
	change(&p)
	return listing.Address("/machines", p.values())
}

func (p *machineState) filtered() bool { return p.Text != "" || p.Unknown || len(p.Chosen) > 0 }

// sortURL is the address of the table in another order.
func (p machineState) sortURL(key string, down bool) string {
	return p.with(func(s *machineState) { s.Sort, s.Down = key, down })
}

// bounds are the first and the last line of the page, from 0, for n lines.
func (p *machineState) bounds(n int) (from, to int) {
	if p.Whole {
		return 0, n
	}
	from = min((p.Page-1)*machinesPerPage, n)
	return from, min(from+machinesPerPage, n)
}
