package prices

import (
	"fmt"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/views/table"
)

// disputesTable lists every figure of another source that differs from the price that is used.
func (s *Pages) disputesTable(m *modelPrices) table.Table {
	t := table.Table{
		ID: "disputes", Title: "Where sources disagree on " + m.Name,
		Columns: []table.Column{
			{Key: "seller", Label: "Seller"}, {Key: "scope", Label: "Scope"}, {Key: "dimension", Label: "What"},
			{Key: "used", Label: "Used", Unit: "USD", Kind: table.Unit}, {Key: "source", Label: "From"},
			{Key: "as_of", Label: "As of", Kind: table.Date},
			{Key: "other", Label: "Other figure", Unit: "USD", Kind: table.Unit}, {Key: "other_source", Label: "From"},
			{Key: "other_as_of", Label: "As of", Kind: table.Date}, {Key: "note", Label: "Note"},
		},
	}
	for i := range m.Lines {
		for _, d := range pricelist.Disputes(m.Lines[i].Offer) {
			t.Rows = append(t.Rows, s.disputeRows(&m.Lines[i], d)...)
		}
	}
	return t
}

// disputeRows are what one other source states of an offer; the notes stand in its first row.
func (s *Pages) disputeRows(l *pricelist.OfferLine, d pricelist.Dispute) []table.Row {
	var rows []table.Row
	note := d.Note
	if l.Row != nil {
		note = cells.JoinWords(" ", form.Sentence(d.Note), form.Sentence(l.Row.Note))
	}
	for _, c := range d.Conflicts {
		row := []table.Cell{{Text: cells.SellerText(l), Note: l.Offer.NativeID},
			{Text: cells.ScopeWords(l.Offer.Scope)}, {Text: conflictWords(c)}, usedPrice(l.Row, c)}
		row = append(append(row, cells.SourceCells(s.Deps.Catalog, l.Row)...),
			table.Cell{Value: c.Rate.Float(), Exact: c.Rate.String()},
			table.Cell{Text: cells.SourceName(s.Deps.Catalog, d.Source)}, table.Cell{Text: string(d.AsOf)},
			cells.OrNone(note))
		rows = append(rows,
			table.Row{Key: fmt.Sprintf("%s %s %s %s %d", form.SellerValue(l.Offer), d.Source, c.Dimension,
				c.Tier, c.Above), Cells: row})
		note = ""
	}
	return rows
}

// conflictWords is what a disputed figure is for: "input above 200,000 tokens, priority".
func conflictWords(c catalog.Conflict) string {
	text := dimensionWords(c.Dimension)
	if c.Above > 0 {
		text += " above " + tokensText(c.Above) + " tokens"
	}
	if c.Tier != catalog.Standard {
		text += ", " + string(c.Tier)
	}
	return text
}

// usedPrice is the figure of the row in force that a conflict disputes.
func usedPrice(row *catalog.Row, c catalog.Conflict) table.Cell {
	none := table.Cell{State: table.Unknown, Reason: "not stated"}
	if row == nil {
		return none
	}
	for _, p := range row.Prices {
		if p.Dimension == c.Dimension && p.Tier == c.Tier && p.Above == c.Above {
			return table.Cell{Value: p.Rate.Float(), Exact: p.Rate.String()}
		}
	}
	return none
}
