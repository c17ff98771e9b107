package prices

import (
	"fmt"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/pricing/words"
	"headroom/views/table"
	"headroom/views/ui"
)

// modelLead says in a sentence where the model is cheapest and what the dearest seller takes more.
func (s *Pages) modelLead(m *modelPrices) string {
	cheapest, dearest := pricelist.Extremes(m.Lines)
	if cheapest == nil {
		return "No cloud, host or lab states a price per token for this model."
	}
	at := s.asCheapAs(m, cheapest)
	text := fmt.Sprintf("For %s tokens in and %s out, %s USD per 1,000 requests at %s.", tokensText(m.Mix.Input),
		tokensText(m.Mix.Output),
		unitText(cheapest.Cost.Float()), words.List(firstNames(at)))
	if !dearest.Cost.Equals(cheapest.Cost) {
		text += fmt.Sprintf(" %s takes %s more.", s.sellerInScope(dearest.Offer),
			table.Number(table.Percent, dearest.Cost.Over(cheapest.Cost)))
	}
	return text
}

// asCheapAs names the sellers at the lowest cost: the lab itself first, then clouds, then the others.
func (s *Pages) asCheapAs(m *modelPrices, cheapest *pricelist.OfferLine) []string {
	var groups [3][]string
	for i := range m.Lines {
		l := &m.Lines[i]
		if !l.Counts() || !l.Cost.Equals(cheapest.Cost) {
			continue
		}
		group := 2
		switch {
		case l.Direct:
			group = 0
		case l.Seller.Kind == "cloud":
			group = 1
		}
		if name := s.sellerInScope(l.Offer); !slices.Contains(groups[group], name) {
			groups[group] = append(groups[group], name)
		}
	}
	return slices.Concat(groups[:]...)
}

// firstNames are the names that a sentence holds, and how many more there are.
func firstNames(names []string) []string {
	if more := len(names) - maxNames; more > 1 {
		return append(names[:maxNames:maxNames], fmt.Sprintf("%d more", more))
	}
	return names
}

// maxNames is how many sellers a sentence names.
const maxNames = 5

func (s *Pages) modelTiles(m *modelPrices) []ui.Tile {
	cheapest, dearest := pricelist.Extremes(m.Lines)
	lowest := s.extremeCell(cheapest)
	if cheapest != nil {
		if at := s.asCheapAs(m, cheapest); len(at) > 1 {
			lowest.Note = "same price at " + words.Plural(len(at), "seller", "sellers")
		}
	}
	sellers, resellers := map[string]bool{}, map[string]bool{}
	for i := range m.Lines {
		l := &m.Lines[i]
		if pricelist.Reseller(l.Seller) {
			resellers[l.Offer.Provider] = true
		} else {
			sellers[l.Offer.Provider] = true
		}
	}
	note := words.Plural(len(m.Lines), "offer", "offers")
	if len(resellers) > 0 {
		note = "and " + words.Plural(len(resellers), "reseller", "resellers") + ", not compared; " + note + " in all"
	}
	return []ui.Tile{
		{Label: "Cheapest", Kind: table.Unit, Unit: "USD per 1,000 requests", Cell: lowest},
		{Label: "Dearest", Kind: table.Unit, Unit: "USD per 1,000 requests", Cell: s.extremeCell(dearest)},
		{Label: "Sellers", Kind: table.Count, Cell: table.Cell{Value: float64(len(sellers)), Note: note}},
		{Label: "Context window", Kind: table.Count, Unit: "tokens", Cell: modelContext(m)},
	}
}

func (s *Pages) extremeCell(l *pricelist.OfferLine) table.Cell {
	if l == nil {
		return table.Cell{State: table.Unknown, Reason: cells.Reason(pricelist.ErrNoPrice)}
	}
	return table.Cell{Value: l.Cost.Float(), Note: s.sellerInScope(l.Offer)}
}

func modelContext(m *modelPrices) table.Cell {
	if m.Model.ContextTokens == 0 {
		return table.Cell{State: table.Unknown, Reason: "no source states it"}
	}
	return table.Cell{Value: float64(m.Model.ContextTokens), Note: "a seller may offer less"}
}

// modelAbout is the model's facts in one line.
func (s *Pages) modelAbout(m *modelPrices) string {
	facts := []string{m.Model.ID, "lab " + s.labName(m.Model.Lab), "weights " + pricelist.Weights(m.Model.OpenWeights)}
	if m.Model.Released != "" {
		facts = append(facts, "released "+table.Display(table.Date, table.Cell{Text: string(m.Model.Released)}))
	} else if day := pricelist.ListedSince(m.Model); day != "" {
		facts = append(facts, "first listed by "+table.Display(table.Date, table.Cell{Text: string(day)}))
	}
	in, out := modalities(m.Lines)
	if in != "" {
		facts = append(facts, "takes "+in)
	}
	if out != "" {
		facts = append(facts, "gives "+out)
	}
	if m.Model.Knowledge != "" {
		facts = append(facts, "knowledge to "+m.Model.Knowledge)
	}
	return strings.Join(facts, " · ")
}

// modalities are what any seller states.
func modalities(lines []pricelist.OfferLine) (in, out string) {
	var ins, outs []string
	for i := range lines {
		ins = append(ins, lines[i].Offer.InputModalities...)
		outs = append(outs, lines[i].Offer.OutputModalities...)
	}
	return words.List(uniqueWords(ins)), words.List(uniqueWords(outs))
}

func uniqueWords(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// status reports whether and how the price can be had.
func (s *Pages) status(l *pricelist.OfferLine) string {
	var words []string
	add := func(yes bool, word string) {
		if yes {
			words = append(words, word)
		}
	}
	add(l.Row != nil && !l.Early && !l.Retired, statusOf(l.Row))
	add(l.Early && l.Row != nil, "from "+dayOf(l.Row))
	add(l.Retired, "retired on "+string(l.Offer.Retires))
	add(!l.Retired && l.Offer.Retires != "", "retires on "+string(l.Offer.Retires))
	add(l.Offer.Lifecycle != "", l.Offer.Lifecycle)
	add(l.Offer.Commitment != "", l.Offer.Commitment+" commitment")
	add(l.Offer.OnRequest, "on request, with a surcharge")
	add(l.Offer.Variant != "", l.Offer.Variant)
	add(l.Offer.Latest, "moving alias")
	add(l.Row == nil, cells.Reason(l.Err))
	return strings.Join(words, ", ")
}

func statusOf(row *catalog.Row) string {
	if row == nil {
		return ""
	}
	return string(row.Status)
}

func dayOf(row *catalog.Row) string {
	if row == nil {
		return ""
	}
	return string(row.From)
}

// formula is how a cost comes about, with the numbers of the cheapest offer.
func (m *modelPrices) formula() string {
	text := "Per 1,000 requests = 1,000 × (tokens in × input price + tokens out × output price) / 1,000,000, without " +
		"cache or batch; the context tier follows the tokens in."
	text += " Resellers and prices on request, under a commitment or announced are listed, not compared."
	cheapest, _ := pricelist.Extremes(m.Lines)
	if cheapest == nil {
		return text
	}
	r := cheapest.Row.RatesFor(m.Mix.Input)
	return fmt.Sprintf("%s Cheapest: 1,000 × (%s × %s + %s × %s) / 1,000,000 = %s USD.", text, tokensText(m.Mix.Input),
		r.Input, tokensText(m.Mix.Output), r.Output,
		cheapest.Cost.Decimal())
}

// dimensionWords is a dimension in the words of the page: "cache write 5m".
func dimensionWords(d catalog.Dimension) string { return strings.ReplaceAll(string(d), "_", " ") }

// everyTable is every price of every offer, with context tiers, service levels and dates.
func (s *Pages) everyTable(m *modelPrices) table.Table {
	t := table.Table{
		ID: "every-price-rows", Title: "Every price of " + m.Name, Empty: "No source states a price",
		Columns: []table.Column{
			{Key: "seller", Label: "Seller"}, {Key: "offer", Label: "Id", ExportOnly: true},
			{Key: "scope", Label: "Scope"},
			{Key: "dimension", Label: "What"}, {Key: "service_tier", Label: "Service level"},
			{Key: "above", Label: "Above", Unit: "prompt tokens", Kind: table.Count},
			{Key: "price", Label: "Price", Unit: "USD", Kind: table.Unit}, {Key: "per", Label: "Per"},
			{Key: "status", Label: "Status"}, {Key: "from", Label: "From", Kind: table.Date},
			{Key: "source", Label: "Source"}, {Key: "as_of", Label: "As of", Kind: table.Date},
			{Key: "note", Label: "Note"},
		},
	}
	for i := range m.Lines {
		l := &m.Lines[i]
		for r := range l.Offer.Rows {
			row := &l.Offer.Rows[r]
			for _, price := range row.Prices {
				t.Rows = append(t.Rows, s.priceRow(l, row, price))
			}
		}
	}
	key, direction, _ := strings.Cut(m.Every, ".")
	t.SortBy(key, direction == "desc", m.sortedURL("every"))
	return t
}

func (s *Pages) priceRow(l *pricelist.OfferLine, row *catalog.Row, p catalog.Price) table.Row {
	above := table.Cell{State: table.None}
	if p.Above > 0 {
		above = table.Cell{Value: float64(p.Above)}
	}
	return table.Row{
		Key: fmt.Sprintf("%s %s %s %s %d", form.SellerValue(l.Offer), row.From, p.Dimension, p.Tier, p.Above),
		Cells: append(append([]table.Cell{
			{Text: l.Seller.Name, Note: l.Offer.NativeID}, {Text: l.Offer.NativeID},
			{Text: cells.ScopeWords(l.Offer.Scope)},
			{Text: dimensionWords(p.Dimension)}, {Text: string(p.Tier)}, above,
			{Value: p.Rate.Float(), Exact: p.Rate.String()}, {Text: perWord(p.Dimension)},
			{Text: string(row.Status)}, {Text: string(row.From)},
		}, cells.SourceCells(s.Deps.Catalog, row)...), noteCell(row)),
	}
}

// perWord is what a price of a dimension is for.
func perWord(d catalog.Dimension) string {
	if thing, ok := strings.CutPrefix(string(d), "per_"); ok {
		return strings.ReplaceAll(thing, "_", " ")
	}
	return "1 M tokens"
}
