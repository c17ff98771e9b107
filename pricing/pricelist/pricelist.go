package pricelist

import (
	"cmp"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
)

// Direct is the column of each lab's own API, whichever seller that is.
const Direct = "direct"

// Query says which models and sellers to list, and how.
type Query struct {
	Text     string
	Labs     []string // lab ids; OtherLabs; nil is all
	Weights  []string // "open", "closed", "unknown"; nil is all
	Sellers  []string // columns: seller ids and Direct; nil is MainSellers
	Scopes   []string // "global", "in-region", "datazone", "geo", "region", "default"; nil is all
	Only     []string // "conflict", "old", "unknown": models with such a cell in a column
	AllAges  bool     // models that are older or sold by one seller only too
	AllKinds bool     // embeddings, images and audio too, not only text
	Mix      Mix
	Sort     string // "released", "model", "lab", "cost", "spread", "sellers" or a column
	Down     bool
	Today    calendar.Day
}

// MainSellers are the columns of a first look.
func MainSellers() []string {
	return []string{"azure", "bedrock", "vertex", Direct, "databricks", "together", "fireworks", "groq"}
}

// OtherLabs stands for every lab that Facets does not name.
const OtherLabs = "other"

// Quote is what one seller asks for a model: the cheapest offer for the mix among those that the query admits.
type Quote struct {
	Offer  *catalog.Offer // nil: the seller does not list the model
	Row    *catalog.Row   // nil: no price in force
	Cost   Cost
	Err    error // why the cost is unknown
	Cheap  bool  // the lowest cost of the row
	Offers int   // how many offers of the seller were admitted
}

// Sold reports whether the seller lists the model at all.
func (q *Quote) Sold() bool { return q.Offer != nil }

// Known reports whether the cost is known.
func (q *Quote) Known() bool { return q.Offer != nil && q.Err == nil }

// Conflict reports whether sources disagree on a standard text price of the offer.
func (q *Quote) Conflict() bool {
	return q.Offer != nil && slices.ContainsFunc(q.Offer.Conflicts, textConflict)
}

func textConflict(c catalog.Conflict) bool {
	return c.Tier == catalog.Standard && (c.Dimension == catalog.Input || c.Dimension == catalog.Output ||
		c.Dimension == catalog.CacheRead)
}

// Model is a line of the list.
type Model struct {
	*catalog.Model
	Name                  string       // never empty
	Listed                calendar.Day // released, or first listed by a source; "" is unknown
	Quotes                []Quote      // one a column
	Others                Quote        // the cheapest without a column, resellers left out
	Elsewhere             int          // how many sellers without a column list it, resellers left out
	Resellers             int          // how many resellers without a column list it
	Sellers               int          // how many sellers list it in all
	Lowest, Highest       Cost         // over the columns; both 0 when Priced is 0
	Priced                int          // columns with a known cost
	Unknown               int          // columns that list it without a known cost
	old, conflict, moving int
}

// Spread is how much more the dearest column costs than the cheapest, as a share.
func (m *Model) Spread() float64 { return m.Highest.Over(m.Lowest) }

// columnsFor resolves the columns of a query for a lab: Direct becomes the lab's own seller.
func columnsFor(columns []string, lab string) []string {
	out := slices.Clone(columns)
	for i, c := range out {
		if c == Direct {
			out[i], _ = identity.Direct(lab)
			if out[i] != "" && slices.Contains(columns, out[i]) {
				out[i] = ""
			}
		}
	}
	return out
}

// line prices one model in the columns; ok is false when no admitted offer is left.
func line(s *catalog.Snapshot, m *catalog.Model, q *Query, columns []string) (Model, bool) {
	out := Model{Model: m, Name: Name(m), Listed: ListedSince(m), Quotes: make([]Quote, len(columns))}
	if !q.AllKinds && !textModel(s, m.ID) {
		return out, false
	}
	at := columnsFor(columns, m.Lab)
	elsewhere, resold, all := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, o := range s.OffersOf(m.ID) {
		if !q.admits(o) {
			continue
		}
		all[o.Provider] = true
		if i := slices.Index(at, o.Provider); i >= 0 {
			out.Quotes[i].offer(o, q)
			continue
		}
		if Reseller(s.Seller(o.Provider)) {
			resold[o.Provider] = true
			continue
		}
		elsewhere[o.Provider] = true
		out.Others.offer(o, q)
	}
	out.Elsewhere, out.Resellers, out.Sellers = len(elsewhere), len(resold), len(all)
	out.summarise(s, q)
	return out, len(all) > 0
}

// offer keeps the better of the quote's offer and o.
func (q *Quote) offer(o *catalog.Offer, query *Query) {
	row, _ := o.RowAt(query.Today)
	cost, err := query.Mix.Cost(row)
	if err != nil && identity.Subscription(o.Provider) {
		err = ErrFlatFee
	}
	q.Offers++
	next := Quote{Offer: o, Row: row, Cost: cost, Err: err, Offers: q.Offers}
	if q.Offer == nil || better(&next, q) {
		*q = next
	}
}

// better orders offers of one seller: known before unknown, a fixed id before a moving alias, the plain way of serving
// before a variant, then the cheaper, then the shorter id, which is the one without a date.
func better(a, b *Quote) bool {
	return cmp.Or(order(a.Err == nil, b.Err == nil), order(!a.Offer.Latest, !b.Offer.Latest),
		order(a.Offer.Variant == "", b.Offer.Variant == ""), cmp.Compare(a.Cost, b.Cost),
		cmp.Compare(len(a.Offer.NativeID), len(b.Offer.NativeID)), cmp.Compare(a.Offer.NativeID, b.Offer.NativeID)) < 0
}

// order puts true before false.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (m *Model) summarise(s *catalog.Snapshot, q *Query) {
	for i := range m.Quotes {
		c := &m.Quotes[i]
		if c.Conflict() {
			m.conflict++
		}
		if c.Row != nil && Old(s, c.Row, q.Today) {
			m.old++
		}
		switch {
		case !c.Sold():
		case !c.Known():
			m.Unknown++
		default:
			m.price(i)
		}
	}
	for i := range m.Quotes {
		c := &m.Quotes[i]
		c.Cheap = c.Known() && c.Cost.Equals(m.Lowest) && !m.Lowest.Equals(m.Highest)
	}
}

func (m *Model) price(i int) {
	cost := m.Quotes[i].Cost
	if m.Priced == 0 || cost < m.Lowest {
		m.Lowest = cost
	}
	if m.Quotes[i].Offer.Latest {
		m.moving++
	}
	m.Highest = max(m.Highest, cost)
	m.Priced++
}

// admits reports whether an offer takes part: pay as you go, not on request unless its scope is asked for, not retired.
func (q *Query) admits(o *catalog.Offer) bool {
	switch {
	case o.Commitment != "" || Retired(o, q.Today):
		return false
	case o.OnRequest && q.Scopes == nil:
		return false
	case o.Variant == "fine-tuned":
		return false
	case q.Scopes != nil && !slices.Contains(q.Scopes, scopeKind(o.Scope)):
		return false
	}
	return true
}

// textModel reports whether a model answers with text: no source sells it as anything else.
func textModel(s *catalog.Snapshot, model string) bool {
	return !slices.ContainsFunc(s.OffersOf(model), func(o *catalog.Offer) bool { return !isText(o) })
}

// scopeKind is the part of a scope before its place.
func scopeKind(scope string) string {
	kind, _, _ := strings.Cut(scope, ":")
	return kind
}

func isText(o *catalog.Offer) bool {
	switch o.Mode {
	case "", "chat", "completion", "responses":
		return true
	}
	return false
}

// Retired reports whether the seller has stopped serving the offer by the day.
func Retired(o *catalog.Offer, day calendar.Day) bool { return o.Retires != "" && o.Retires <= day }

// Old reports whether a price is to be marked old: older than the snapshot, which has its own notice, and over 90 days.
func Old(s *catalog.Snapshot, row *catalog.Row, today calendar.Day) bool {
	if row.AsOf == "" || row.AsOf >= s.AsOf {
		return false
	}
	_, stale := (&catalog.Snapshot{AsOf: row.AsOf}).Stale(today)
	return stale
}

// Reseller reports whether a seller passes others' prices on, or takes a flat fee: it is listed and not compared.
func Reseller(seller catalog.Seller) bool {
	return seller.Kind == "router" || identity.Subscription(seller.ID)
}

// Name is what a model is called: by its source without a reseller's "OpenAI: " before it, or else read from its id.
func Name(m *catalog.Model) string {
	_, slug, _ := strings.Cut(m.ID, "/")
	if m.Name == "" || m.Name == slug {
		return identity.Name(m.ID)
	}
	if _, name, ok := strings.Cut(m.Name, ": "); ok && name != "" {
		return name
	}
	return m.Name
}
