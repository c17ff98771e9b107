package prices

import (
	"slices"

	"headroom/app/cells"
	"headroom/app/listing"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/pricing/words"
	"headroom/views/table"
)

// pricesTable is the list as a table: one line a model, one column a seller. The page, the CSV and the XLSX show the
// same.
func (s *Pages) pricesTable(p *priceState, list *pricelist.List) table.Table {
	t := table.Table{
		ID: "prices", Title: "Prices by model and seller", Columns: s.pricesColumns(p, list),
		Empty: "No model fits these filters", EmptyURL: listing.Address("/prices", p.mixValues()),
		EmptyAction: "Clear the filters",
		Provenance:  s.pricesProvenance(p),
	}
	from, to := p.bounds(len(list.Models))
	for i := from; i < to; i++ {
		t.Rows = append(t.Rows, s.pricesRow(p, list, &list.Models[i]))
	}
	return t
}

func (s *Pages) pricesColumns(p *priceState, list *pricelist.List) []table.Column {
	columns := []table.Column{
		{Key: "model", Label: "Model", Sortable: true},
		{Key: "id", Label: "Canonical id", ExportOnly: true},
		{Key: "lab", Label: "Lab", ExportOnly: true},
		{Key: "weights", Label: "Weights", ExportOnly: true},
		{Key: "listed", Label: "Released or first listed", Kind: table.Date, ExportOnly: true},
		{Key: "cost", Label: "Per 1,000", Unit: "requests, your mix", Kind: table.Unit, Sortable: true,
			Help: "The lowest cost of 1,000 requests of your mix in these columns, and the highest"},
		{Key: "cost_highest", Label: "Highest per 1,000 requests", Unit: "USD", Kind: table.Unit, ExportOnly: true},
		{Key: "cheapest", Label: "Cheapest at", ExportOnly: true},
	}
	for _, id := range list.Columns {
		columns = append(columns, s.sellerColumns(p, id)...)
	}
	columns = append(columns,
		table.Column{Key: "elsewhere", Label: "Elsewhere", Unit: "from", Kind: table.Unit,
			Help: "The cheapest for your mix among sellers without a column, resellers left out"},
		table.Column{Key: "sellers", Label: "Sellers", Kind: table.Count, Sortable: true,
			Help: "Every seller that lists the model, resellers included"})
	for i := range columns {
		if c := &columns[i]; c.Sortable {
			c.Sort, c.SortURL = p.sortWord(c.Key), p.sortURL(c.Key)
		}
	}
	return columns
}

// sellerColumns are a seller's visible column and those that only a file has.
func (s *Pages) sellerColumns(p *priceState, id string) []table.Column {
	name := s.columnName(id)
	shown := table.Column{Key: id, Label: name, Unit: "USD", Kind: table.Unit, Sortable: true}
	if p.Show != showMix {
		shown.Unit = cells.PerMillion
	}
	columns := []table.Column{shown}
	if p.Show == showBoth {
		columns = append(columns, table.Column{Key: id + "_output", Label: name + ", output", Unit: cells.PerMillion,
			Kind: table.Unit, ExportOnly: true})
	}
	for _, extra := range []struct{ key, label string }{{"offer", "id"}, {"scope", "scope"}, {"mark", "mark"},
		{"source", "source"}} {
		columns = append(columns, table.Column{Key: id + "_" + extra.key, Label: name + ", " + extra.label,
			ExportOnly: true})
	}
	return append(columns, table.Column{Key: id + "_as_of", Label: name + ", as of", Kind: table.Date,
		ExportOnly: true})
}

func (s *Pages) columnName(id string) string {
	if id == pricelist.Direct {
		return "Lab direct"
	}
	return cells.ShortSeller(s.Deps.Catalog.Seller(id))
}

func (s *Pages) pricesRow(p *priceState, list *pricelist.List, m *pricelist.Model) table.Row {
	lab := s.labName(m.Lab)
	note := lab
	if m.OpenWeights == catalog.Yes {
		note += ", open weights"
	}
	row := table.Row{Key: m.ID, Cells: []table.Cell{
		{Text: m.Name, Note: note, URL: p.modelURL(m.ID)}, {Text: m.ID}, {Text: lab},
		{Text: pricelist.Weights(m.OpenWeights)}, {Text: string(m.Listed)},
	}}
	row.Cells = append(row.Cells, s.costCells(list, m)...)
	for i := range m.Quotes {
		row.Cells = append(row.Cells, s.sellerCells(p, m, &m.Quotes[i])...)
	}
	row.Cells = append(row.Cells, s.elsewhereCell(p, m), table.Cell{Value: float64(m.Sellers)})
	return row
}

// costCells are the lowest and the highest cost of the mix, and who is cheapest.
func (s *Pages) costCells(list *pricelist.List, m *pricelist.Model) []table.Cell {
	if m.Priced == 0 {
		unknown := table.Cell{State: table.Unknown, Reason: "no column has a price"}
		return []table.Cell{unknown, unknown, {State: table.None}}
	}
	lowest := table.Cell{Value: m.Lowest.Float(), Note: "to " + unitText(m.Highest.Float())}
	var at []string
	for i := range m.Quotes {
		if m.Quotes[i].Known() && m.Quotes[i].Cost.Equals(m.Lowest) {
			at = append(at, s.columnName(list.Columns[i]))
		}
	}
	switch {
	case m.Priced == 1:
		lowest.Note = "one seller here"
	case m.Lowest.Equals(m.Highest):
		lowest.Note = "all equal"
	}
	return []table.Cell{lowest, {Value: m.Highest.Float()}, {Text: words.List(at)}}
}

// sellerCells are the cells of sellerColumns.
func (s *Pages) sellerCells(p *priceState, m *pricelist.Model, q *pricelist.Quote) []table.Cell {
	blank := table.Cell{State: table.None}
	if !q.Sold() {
		row := slices.Repeat([]table.Cell{blank}, 6)
		if p.Show == showBoth {
			row = append(row, blank)
		}
		return row
	}
	shown, output := s.shownCells(p, q)
	shown.URL = p.offerURL(q.Offer)
	shown.Mark = s.mark(q)
	if q.Cheap {
		shown.Word = "cheapest"
	}
	row := []table.Cell{shown}
	if p.Show == showBoth {
		row = append(row, output)
	}
	source, asOf := blank, blank
	if q.Row != nil {
		source, asOf = table.Cell{Text: cells.SourceName(s.Deps.Catalog, q.Row.Source)},
			table.Cell{Text: string(q.Row.AsOf)}
	}
	return append(row, table.Cell{Text: q.Offer.NativeID}, table.Cell{Text: q.Offer.Scope},
		table.Cell{Text: markWords(shown)}, source, asOf)
}

// shownCells are the figure of a cell and, for input over output, the output.
func (s *Pages) shownCells(p *priceState, q *pricelist.Quote) (shown, output table.Cell) {
	if q.Row == nil {
		unknown := table.Cell{State: table.Unknown, Reason: cells.Reason(q.Err)}
		return unknown, unknown
	}
	r := q.Row.RatesFor(p.Mix.Input)
	output = cells.RateCell(r.Output, r.HasOutput, pricelist.ErrNoOutput)
	switch p.Show {
	case showMix:
		return costCell(q), output
	case showCache:
		return cells.RateCell(r.CacheRead, r.HasCacheRead, cells.ErrNoCacheRead), output
	}
	shown = cells.RateCell(r.Input, r.HasInput, pricelist.ErrNoInput)
	if shown.State == table.Known {
		shown.Note = table.Display(table.Unit, output)
	}
	if scope := q.Offer.Scope; scope != "default" {
		shown.Note += " " + cells.ScopeShort(scope)
	}
	return shown, output
}

func costCell(q *pricelist.Quote) table.Cell {
	if !q.Known() {
		return table.Cell{State: table.Unknown, Reason: cells.Reason(q.Err)}
	}
	return table.Cell{Value: q.Cost.Float()}
}

// mark is the first that applies: sources disagree, or the price is older than the snapshot.
func (s *Pages) mark(q *pricelist.Quote) string {
	switch {
	case q.Conflict():
		return "conflict"
	case q.Row != nil && pricelist.Old(s.Deps.Catalog, q.Row, s.Day()):
		return "stale"
	}
	return ""
}

func markWords(c table.Cell) string {
	var marks []string
	for _, w := range []string{c.Word, c.Mark} {
		if w != "" {
			marks = append(marks, w)
		}
	}
	return words.List(marks)
}

func (s *Pages) elsewhereCell(p *priceState, m *pricelist.Model) table.Cell {
	q := &m.Others
	switch {
	case m.Elsewhere == 0:
		return table.Cell{State: table.None}
	case !q.Known():
		return table.Cell{State: table.Unknown, Reason: cells.Reason(q.Err)}
	}
	shown, _ := s.shownCells(p, q)
	shown.URL = p.offerURL(q.Offer)
	shown.Note = s.Deps.Catalog.Seller(q.Offer.Provider).Name
	return shown
}

// pricesProvenance says where the figures of a file come from.
func (s *Pages) pricesProvenance(p *priceState) []table.Fact {
	facts := []table.Fact{
		{Label: "Price snapshot", Value: s.Deps.Catalog.ID}, {Label: "Currency", Value: "USD"},
		{Label: "Mix", Value: tokensText(p.Mix.Input) + " tokens in, " + tokensText(p.Mix.Output) +
			" tokens out, per request; no cache, no batch"},
		{Label: "Made on", Value: string(s.Day())},
	}
	for _, source := range s.Deps.Catalog.Sources {
		facts = append(facts, table.Fact{Label: source.Name, Value: "as of " + string(source.AsOf), URL: source.URL})
	}
	return facts
}
