package machines

import (
	"fmt"
	"net/url"
	"slices"

	"headroom/app/cells"
	"headroom/app/listing"
	"headroom/pricing/breakeven"
	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// view is the comparison as its page shows it.
func (r *compareReading) view(s *Pages) views.Compare {
	v := views.Compare{Form: r.formView(), Errors: r.errors, Headline: "This question cannot be answered yet",
		Lead: "Correct the marked fields; nothing that you entered is lost."}
	a := r.answer
	if a == nil {
		return v
	}
	v.Headline, v.Lead = r.headline(), r.lead()
	v.Verdict, v.VerdictTone = verdictBadge(a)
	v.Offers = r.offersTable(s)
	v.Notes = r.notes()
	if !a.Serves {
		return v
	}
	v.Tiles = r.tiles()
	v.Machines = r.machinesTable()
	if r.editor && a.Measured > 0 && r.team.Value == "" {
		v.KeepMeasured = listing.Address("/machines/correct", url.Values{"table": {capacity.ThroughputKind},
			"row": {r.measurementKey()}, "output_tokens_per_second": {r.text("measured", "")}})
	}
	if part, ok := a.PlanFragment(calendar.MonthOf(s.Today())); ok {
		v.Use = r.link("/machines/compare/use")
		if text, err := part.JSON(); err == nil {
			v.Fragment = string(text)
		}
	}
	return v
}

// verdictOf is who serves this load cheaper: the machines against the cheapest offer.
func verdictOf(a *breakeven.Answer) (capacity.Verdict, bool) {
	if !a.Serves || a.Cheapest == nil {
		return "", false
	}
	return a.Cheapest.At.Verdict, true
}

func verdictBadge(a *breakeven.Answer) (word, tone string) {
	verdict, ok := verdictOf(a)
	switch {
	case !ok:
		return "", ""
	case verdict == capacity.Close:
		return "close", "caution"
	case verdict == capacity.OwnWins:
		return "own machines", "accent"
	}
	return "API", "accent"
}

func (r *compareReading) headline() string {
	a := r.answer
	verdict, ok := verdictOf(a)
	switch {
	case !a.Serves:
		return fmt.Sprintf("%s cannot be served this way", a.Model.Name)
	case !ok:
		return fmt.Sprintf("Own machines cost %s a month; no seller states an API price",
			words.Money("USD", a.Own.Value))
	}
	own, api, at := words.Money("USD", a.Own.Value), words.Money("USD", a.Cheapest.At.API), sellerWords(a.Cheapest)
	switch verdict {
	case capacity.OwnWins:
		return fmt.Sprintf("Own machines are cheaper: %s a month against %s at %s", own, api, at)
	case capacity.Close:
		return fmt.Sprintf("Close: own machines %s a month, %s %s; the error of the estimate decides", own, at, api)
	}
	return fmt.Sprintf("The API is cheaper: %s a month at %s against %s for own machines", api, at, own)
}

func sellerWords(o *breakeven.Offer) string {
	if o.Offer.Scope == "default" {
		return cells.ShortSeller(o.Seller)
	}
	return cells.ShortSeller(o.Seller) + " (" + cells.ScopeWords(o.Offer.Scope) + ")"
}

// lead says from which load on one machine pays, and how the chosen offer compares.
func (r *compareReading) lead() string {
	a := r.answer
	switch {
	case !a.Serves:
		return a.Why + " Choose more or larger accelerators, or a smaller precision."
	case a.Cheapest == nil:
		return "The catalogue has no price in force for " + a.Model.Name + "."
	}
	text := breakEvenWords(a.Cheapest)
	if a.Chosen != nil && a.Chosen != a.Cheapest {
		text += fmt.Sprintf(" Against %s, %s a month for this load: %s", sellerWords(a.Chosen),
			words.Money("USD", a.Chosen.At.API), breakEvenWords(a.Chosen))
	}
	return text
}

// breakEvenWords is the break-even of one machine in a sentence.
func breakEvenWords(o *breakeven.Offer) string {
	b := &o.BreakEven
	can := words.Count(b.CapacityRequests)
	from := words.Count(b.Requests)
	if b.OwnCanWin {
		return fmt.Sprintf("One machine pays from %s requests a month on, %s of what it can serve.",
			from, table.Number(table.Percent, b.Share))
	}
	return fmt.Sprintf("One machine would pay from %s requests a month on; it can serve %s.", from, can)
}

// notes are what a reader must know before they trust the figures.
func (r *compareReading) notes() []string {
	a := r.answer
	notes := []string{"Compared is what is reserved: a machine is paid whether used or not. Both sides serve the " +
		"same model, without cache and batch."}
	if a.Serves && a.Measured == 0 {
		notes = append(notes, "The throughput is an estimate. Published measurements of dense models lie between 0.7 "+
			"and 1.3 of it, those of mixtures of experts between 0.6 and 1.6. A measured figure of yours wins over it.")
	}
	if a.Question.Chosen != "" && a.Chosen == nil {
		notes = append(notes, "The offer chosen before does not sell this model at a known price; it is left out.")
	}
	if context := a.Model.ContextTokens; context.Known && float64(a.Mix.Input+a.Mix.Output) > context.Value {
		notes = append(notes, fmt.Sprintf("A request of this size is longer than the model's context of %s tokens.",
			numberText(context.Value)))
	}
	if a.Serves && !a.Power.Known {
		notes = append(notes, "The power of "+a.Accelerator.Name+" is unknown: its maker publishes none.")
	}
	return notes
}

// tiles are the figures in a row; each opens how it was computed.
func (r *compareReading) tiles() []ui.Tile {
	a := r.answer
	how := func(figure string, o *breakeven.Offer) string {
		if o == nil {
			return r.link("/machines/compare/how", "figure", figure)
		}
		return r.link("/machines/compare/how", "figure", figure, "of", o.ID())
	}
	x := a.Throughput
	tiles := []ui.Tile{
		{Label: "One machine gives", Kind: table.Count, Unit: "output tokens/s",
			Cell: table.Cell{Value: x.Value, How: how(breakeven.Throughput, nil), Note: r.throughputNote()}},
		{Label: "Machines for the load", Kind: table.Count, Unit: "× " + numberText(float64(a.Count)) +
			" " + a.Accelerator.Name,
			Cell: table.Cell{Value: a.Fleet.Fleet.Replicas, How: how(breakeven.Machines, nil),
				Note: spanNote(table.Count, a.Fleet.Few.Replicas, a.Fleet.Fleet.Replicas, a.Fleet.Many.Replicas)}},
		r.powerTile(how(breakeven.Megawatts, nil)),
		{Label: "Own machines", Kind: table.Money, Unit: "a month", Short: true, Currency: "USD",
			Cell: table.Cell{Value: a.Own.Value, How: how(breakeven.OwnMonth, nil),
				Note: spanNote(table.Count, a.Own.Low, a.Own.Value, a.Own.High)}},
	}
	if o := a.Cheapest; o != nil {
		tiles = append(tiles,
			ui.Tile{Label: "API, cheapest", Kind: table.Money, Unit: "a month", Short: true, Currency: "USD",
				Cell: table.Cell{Value: o.At.API, How: how(breakeven.APIMonth, o), Note: sellerWords(o)}},
			ui.Tile{Label: "Break-even", Kind: table.Count, Unit: "requests a month", Short: true,
				Cell: table.Cell{Value: o.BreakEven.Requests, How: how(breakeven.BreakEvenAt, o),
					Note: "one machine serves " + words.Count(o.BreakEven.CapacityRequests)}})
	}
	if per, ok := a.RevenuePerMW(); ok {
		tiles = append(tiles, ui.Tile{Label: "Revenue per megawatt", Kind: table.Money, Unit: "a year", Short: true,
			Currency: "USD", Cell: table.Cell{Value: per, How: how(breakeven.RevenuePerMW, nil),
				Note: r.publishedNote()}})
	}
	return tiles
}

// publishedNote is the last point of the published series.
func (r *compareReading) publishedNote() string {
	y, ok := r.machines.LatestRevenue()
	if !ok {
		return ""
	}
	per, _ := y.PerMW()
	return fmt.Sprintf("%s: about %s in %d", y.Company, words.Amount(per), y.Year)
}

func (r *compareReading) throughputNote() string {
	x := r.answer.Throughput
	switch {
	case r.team.Value != "":
		return "measured by your team: " + r.team.Source + ", " +
			table.Display(table.Date, table.Cell{Text: r.team.AsOf})
	case r.answer.Measured > 0:
		return "measured"
	}
	return "estimate, " + numberText(x.Low) + " to " + numberText(x.High)
}

// spanNote is the range of a figure, nothing where both ends are the figure.
func spanNote(kind table.Kind, low, value, high float64) string {
	if low == value && high == value {
		return ""
	}
	return table.Number(kind, low) + " to " + table.Number(kind, high)
}

func (r *compareReading) powerTile(how string) ui.Tile {
	a := r.answer
	tile := ui.Tile{Label: "Power", Kind: table.Unit, Unit: "kW provisioned"}
	if !a.Power.Known {
		tile.Unit, tile.Cell = "", table.Cell{State: table.Unknown, Reason: "not published"}
		return tile
	}
	mw := a.Fleet.Fleet.MW
	tile.Cell = table.Cell{Value: mw * 1000, How: how, Note: table.Number(table.Unit, mw) + " MW"}
	if !a.Power.Published {
		tile.Cell.Note += ", built up from TDP"
	}
	return tile
}

// machinesTable is the fleet at the estimate and at both ends of its range.
func (r *compareReading) machinesTable() table.Table {
	a := r.answer
	t := table.Table{ID: "fleet", Title: "The machines at both ends of the estimate", Columns: []table.Column{
		{Key: "case", Label: "If a machine gives"}, {Key: "throughput", Label: "Output tokens", Unit: "a second",
			Kind: table.Count},
		{Key: "machines", Label: "Machines", Kind: table.Count},
		{Key: "accelerators", Label: "Accelerators", Kind: table.Count},
		{Key: "kw", Label: "Power", Unit: "kW", Kind: table.Count},
		{Key: "own_month", Label: "A month", Unit: "USD", Kind: table.Money}}}
	rows := []struct {
		key, name string
		x         float64
		fleet     capacity.Fleet
		own       float64
	}{{"high", "the most", a.Throughput.High, a.Fleet.Few, a.Own.Low},
		{"value", listing.Word(a.Measured > 0, "what was measured") + listing.Word(a.Measured == 0,
			"what is estimated"), a.Throughput.Value, a.Fleet.Fleet, a.Own.Value},
		{"low", "the least", a.Throughput.Low, a.Fleet.Many, a.Own.High}}
	if a.Measured > 0 {
		rows = rows[1:2]
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, table.Row{Key: row.key, Baseline: row.key == "value",
			Cells: []table.Cell{{Text: row.name}, {Value: row.x}, {Value: row.fleet.Replicas},
				{Value: row.fleet.Accelerators}, cells.KnownCell(row.fleet.MW*1000, a.Power.Known, "not published"),
				{Value: row.own}}})
	}
	return t
}

// offersTable sets every offer of the model against the machines.
func (r *compareReading) offersTable(s *Pages) table.Table {
	t := table.Table{ID: "offers", Title: "Every API offer of " + r.answer.Model.Name + " against these machines",
		Empty: "No seller states a price for this model",
		Columns: []table.Column{{Key: "seller", Label: "Seller"}, {Key: "offer", Label: "Id", ExportOnly: true},
			{Key: "input", Label: "Input", Unit: cells.PerMillion, Kind: table.Unit},
			{Key: "output", Label: "Output", Unit: cells.PerMillion, Kind: table.Unit},
			{Key: "api_month", Label: "API a month", Unit: "USD", Kind: table.Money}}}
	if r.answer.Serves {
		t.Columns = append(t.Columns, table.Column{Key: "own_less_api", Label: "Own against it", Unit: "USD",
			Kind: table.Money},
			table.Column{Key: "break_even_requests", Label: "Break-even", Unit: "requests", Kind: table.Count},
			table.Column{Key: "share_of_capacity", Label: "Share", Unit: "of a machine", Kind: table.Percent},
			table.Column{Key: "verdict", Label: "This load"})
	}
	t.Columns = append(t.Columns, table.Column{Key: "source", Label: "Source"},
		table.Column{Key: "as_of", Label: "As of", Kind: table.Date})
	for i := range r.answer.Offers {
		t.Rows = append(t.Rows, r.offerRow(s, &r.answer.Offers[i]))
	}
	return t
}

func (r *compareReading) offerRow(s *Pages, o *breakeven.Offer) table.Row {
	rates, how := o.Row.RatesFor(r.answer.Mix.Input), func(figure string) string {
		return r.link("/machines/compare/how", "figure", figure, "of", o.ID())
	}
	row := table.Row{Key: o.ID(), Baseline: r.answer.Chosen == o,
		Cells: []table.Cell{{Text: cells.SellerText(&o.OfferLine), Note: offerNote(o)}, {Text: o.Offer.NativeID},
			cells.RateCell(rates.Input, rates.HasInput, nil), cells.RateCell(rates.Output, rates.HasOutput, nil)}}
	if !r.answer.Serves {
		row.Cells = append(row.Cells, table.Cell{Value: o.Cost.Float() * r.answer.Requests / 1000})
	} else {
		row.Cells = append(row.Cells, table.Cell{Value: o.At.API, How: how(breakeven.APIMonth)}, r.differenceCell(o),
			table.Cell{Value: o.BreakEven.Requests, How: how(breakeven.BreakEvenAt)},
			table.Cell{Value: o.Share, How: how(breakeven.Share)}, table.Cell{Text: verdictWord(o.At.Verdict)})
	}
	row.Cells = append(row.Cells, cells.SourceCells(s.Deps.Catalog, o.Row)...)
	if r.answer.Cheapest == o {
		row.Cells[0].Word = "cheapest"
	}
	row.Cells = slices.Clip(row.Cells)
	return row
}

// offerNote tells offers of one seller apart.
func offerNote(o *breakeven.Offer) string {
	if o.Offer.Scope == "default" {
		return o.Offer.NativeID
	}
	return o.Offer.NativeID + ", " + cells.ScopeWords(o.Offer.Scope)
}

// differenceCell is how much more own machines cost than the offer.
func (r *compareReading) differenceCell(o *breakeven.Offer) table.Cell {
	cell := table.Cell{Value: o.OwnOver(), Signed: true}
	switch {
	case cell.Value > 0:
		cell.Word = "dearer"
	case cell.Value < 0:
		cell.Word = "cheaper"
	}
	return cell
}

func verdictWord(v capacity.Verdict) string {
	switch v {
	case capacity.OwnWins:
		return "own machines"
	case capacity.APIWins:
		return "API"
	}
	return "close"
}
