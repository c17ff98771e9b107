package prices

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/listing"
	"headroom/app/web"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
	"headroom/pricing/pricelist"
	"headroom/views"
	"headroom/views/sheet"
	"headroom/views/table"
	"headroom/views/ui"
)

// modelPrices is one model with what every offer costs for the reader's mix.
type modelPrices struct {
	*priceState
	Model  *catalog.Model
	Name   string
	Lines  []pricelist.OfferLine
	Marked string // the offer whose line is marked, as form.SellerValue
	Every  string // how the table of every price is sorted, as Sort and Down say it of the offers: "price.desc"
}

// values are the parameters of the page: the mix, the marked offer, and how its two tables are sorted.
func (m *modelPrices) values() url.Values {
	q := m.mixValues()
	for name, value := range map[string]string{"offer": m.Marked, "sort": listing.SortText(m.Sort, m.Down),
		"every": m.Every} {
		if value != "" && value != usualSort {
			q.Set(name, value)
		}
	}
	return q
}

// sortedURL is the page with one of its tables in another order; name is the parameter of that table.
func (m *modelPrices) sortedURL(name string) func(key string, down bool) string {
	return func(key string, down bool) string {
		q := m.values()
		q.Set(name, listing.SortText(key, down))
		return listing.Address("/prices/models/"+m.Model.ID, q)
	}
}

// Model is the page of one model, or the same as a file when the address ends in .csv or .xlsx. An id in another
// spelling leads to the canonical one.
func (s *Pages) Model(c echo.Context) error {
	lab, slug := c.Param("lab"), c.Param("slug")
	slug, suffix := cutSuffix(slug)
	model, ok := s.Deps.Catalog.Model(lab + "/" + slug)
	if !ok {
		return s.otherSpelling(c, lab+"/"+slug, suffix)
	}
	p := s.readPrices(c)
	m := modelPrices{priceState: &p, Model: model, Name: pricelist.Name(model), Marked: c.QueryParam("offer"),
		Every: c.QueryParam("every")}
	m.Lines = pricelist.Offers(s.Deps.Catalog, p.Mix, p.Today, model.ID)
	if suffix != "" {
		return s.modelFile(c, &m, slug, suffix)
	}
	page := s.Shell(c, m.Name+": prices")
	page.Nav, page.Description = "prices", "What "+m.Name+" costs at each seller, with sources and dates."
	status := http.StatusOK
	if len(p.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if status == http.StatusOK && s.NotModified(c, page) {
		return c.NoContent(http.StatusNotModified)
	}
	return s.Render(c, status, views.PriceModelPage(page, s.modelView(&m)))
}

func cutSuffix(slug string) (name, suffix string) {
	for _, s := range []string{".csv", ".xlsx"} {
		if name, ok := strings.CutSuffix(slug, s); ok {
			return name, s
		}
	}
	return slug, ""
}

func (s *Pages) otherSpelling(c echo.Context, id, suffix string) error {
	canonical, ok := identity.Canonical(id)
	if _, known := s.Deps.Catalog.Model(canonical); !ok || !known || canonical == id {
		return web.ErrNotFound
	}
	return c.Redirect(http.StatusMovedPermanently, listing.Address("/prices/models/"+canonical+suffix, c.QueryParams()))
}

func (s *Pages) modelFile(c echo.Context, m *modelPrices, slug, suffix string) error {
	if len(m.Errors) > 0 {
		return web.Invalid(m.Errors[0].ID, "%s", m.Errors[0].Message)
	}
	offers := s.offersTable(m)
	name := "headroom-prices-" + slug + "-" + s.Deps.Catalog.ID + suffix
	if suffix == ".csv" {
		return s.SendTable(c, name, web.TypeCSV, offers,
			func(w io.Writer, t table.Table) error { return sheet.WriteCSV(w, t, web.PricesProfile(c)) })
	}
	return s.SendTable(c, name, web.TypeXLSX, offers,
		func(w io.Writer, t table.Table) error { return sheet.WriteXLSX(w, t, s.everyTable(m)) })
}

func (s *Pages) modelView(m *modelPrices) views.PriceModel {
	id := "/prices/models/" + m.Model.ID
	v := views.PriceModel{
		Name: m.Name, ID: m.Model.ID, Lead: s.modelLead(m), Tiles: s.modelTiles(m), About: s.modelAbout(m),
		Action: id, Errors: m.Errors,
		Offers: s.offersTable(m), Formula: m.formula(), Disputes: s.disputesTable(m), Every: s.everyTable(m),
		EveryOpen: m.Every != "", CSV: listing.Address(id+".csv", m.values()),
		XLSX: listing.Address(id+".xlsx", m.values()),
		Back: listing.Address("/prices", m.mixValues()), Sources: s.sourceLines(),
	}
	v.In, v.Out = m.mixFields()
	for name, value := range m.values() {
		if name != "in" && name != "out" {
			v.Keep = append(v.Keep, ui.Option{Label: name, Value: value[0]})
		}
	}
	slices.SortFunc(v.Keep, func(a, b ui.Option) int { return strings.Compare(a.Label, b.Label) })
	return v
}

// offersTable is every offer of the model, the cheapest first until the reader sorts it otherwise.
func (s *Pages) offersTable(m *modelPrices) table.Table {
	t := table.Table{
		ID: "offers", Title: "Every seller and scope of " + m.Name, Empty: "No seller lists this model",
		Provenance: s.pricesProvenance(m.priceState),
		Columns: []table.Column{
			{Key: "seller", Label: "Seller"}, {Key: "offer", Label: "Id", ExportOnly: true},
			{Key: "scope", Label: "Scope"},
			{Key: "cost", Label: "Per 1,000", Unit: "requests, USD", Kind: table.Unit},
			{Key: "over", Label: "Over", Unit: "the cheapest", Kind: table.Percent},
			{Key: "input", Label: "Input", Unit: cells.PerMillion, Kind: table.Unit},
			{Key: "output", Label: "Output", Unit: cells.PerMillion, Kind: table.Unit},
			{Key: "cache_read", Label: "Cache read", Unit: cells.PerMillion, Kind: table.Unit},
			{Key: "context_tokens", Label: "Context", Unit: "tokens", Kind: table.Count},
			{Key: "status", Label: "Status"}, {Key: "mark", Label: "Mark", ExportOnly: true},
			{Key: "source", Label: "Source"}, {Key: "as_of", Label: "As of", Kind: table.Date},
			{Key: "note", Label: "Note", ExportOnly: true},
		},
	}
	cheapest, _ := pricelist.Extremes(m.Lines)
	word := "cheapest"
	if cheapest != nil && len(s.asCheapAs(m, cheapest)) > 1 {
		word = "same price"
	}
	for i := range m.Lines {
		t.Rows = append(t.Rows, s.offerRow(m, &m.Lines[i], cheapest, word))
	}
	t.SortBy(m.Sort, m.Down, m.sortedURL("sort"))
	return t
}

// offerRow is a line of offersTable; word is said beside the lowest cost.
func (s *Pages) offerRow(m *modelPrices, l, cheapest *pricelist.OfferLine, word string) table.Row {
	value := form.SellerValue(l.Offer)
	cost, over := costCell(&l.Quote), table.Cell{State: table.None}
	switch {
	case cheapest != nil && l.Counts() && l.Cost.Equals(cheapest.Cost):
		cost.Word = word
	case cheapest != nil && l.Counts():
		over = table.Cell{Value: l.Cost.Over(cheapest.Cost), Signed: true}
	case l.Known() && !l.Retired:
		over.Text = "not compared"
	}
	mark := s.mark(&l.Quote)
	row := table.Row{Key: value + l.Offer.Commitment, Baseline: value == m.Marked, Cells: []table.Cell{
		{Text: cells.SellerText(l), Note: l.Offer.NativeID}, {Text: l.Offer.NativeID},
		{Text: cells.ScopeWords(l.Offer.Scope)}, cost, over,
	}}
	row.Cells = append(row.Cells, rateCells(m, l)...)
	row.Cells = append(row.Cells, contextCell(l.Offer), table.Cell{Text: s.status(l), Mark: mark},
		table.Cell{Text: mark})
	row.Cells = append(append(row.Cells, cells.SourceCells(s.Deps.Catalog, l.Row)...), noteCell(l.Row))
	if l.Known() && !l.Retired {
		row.Actions = []table.Action{
			{Label: "Use in a plan", URL: listing.Address("/prices/use", map[string][]string{"offer": {value}})}}
	}
	return row
}

func rateCells(m *modelPrices, l *pricelist.OfferLine) []table.Cell {
	if l.Row == nil {
		unknown := table.Cell{State: table.Unknown, Reason: cells.Reason(l.Err)}
		return []table.Cell{unknown, unknown, unknown}
	}
	r := l.Row.RatesFor(m.Mix.Input)
	return []table.Cell{
		cells.RateCell(r.Input, r.HasInput, pricelist.ErrNoInput),
		cells.RateCell(r.Output, r.HasOutput, pricelist.ErrNoOutput),
		cells.RateCell(r.CacheRead, r.HasCacheRead, cells.ErrNoCacheRead),
	}
}

func contextCell(o *catalog.Offer) table.Cell {
	if o.ContextTokens == 0 {
		return table.Cell{State: table.Unknown, Reason: "not stated"}
	}
	return table.Cell{Value: float64(o.ContextTokens)}
}

// noteCell is why a curated price differs from its source.
func noteCell(row *catalog.Row) table.Cell {
	if row == nil {
		return table.Cell{State: table.None}
	}
	return table.Cell{Text: row.Note}
}
