package prices

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing/pricelist"
	"headroom/views"
	"headroom/views/sheet"
	"headroom/views/table"
)

// After ten seconds on the list a reader can say: "For calls like mine, this model is cheapest at this seller for so
// much per 1,000 requests, that seller takes so much more, and these prices are of that day."

// List is the list of models by sellers.
func (s *Pages) List(c echo.Context) error {
	p := s.readPrices(c)
	status := http.StatusOK
	if len(p.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	page := s.Shell(c, "Prices: models and sellers")
	page.Nav, page.Wide = "prices", true
	page.Description = "What each language model costs at each seller, with sources and dates."
	if status == http.StatusOK && s.NotModified(c, page) {
		return c.NoContent(http.StatusNotModified)
	}
	list := pricelist.Find(s.Deps.Catalog, p.Query)
	return s.Render(c, status, views.PricesPage(page, s.pricesView(&p, &list)))
}

// CSV is the list as the address shows it, for a spreadsheet or a program.
func (s *Pages) CSV(c echo.Context) error {
	return s.pricesFile(c, "csv", web.TypeCSV, func(w io.Writer, t table.Table) error {
		return sheet.WriteCSV(w, t, web.PricesProfile(c))
	})
}

// XLSX is the list as the address shows it, as a workbook.
func (s *Pages) XLSX(c echo.Context) error {
	return s.pricesFile(c, "xlsx", web.TypeXLSX,
		func(w io.Writer, t table.Table) error { return sheet.WriteXLSX(w, t) })
}

// pricesFile sends the rows of the page as a file, with the figures of the page.
func (s *Pages) pricesFile(c echo.Context, suffix, mime string, write func(io.Writer, table.Table) error) error {
	p := s.readPrices(c)
	if len(p.Errors) > 0 {
		return web.Invalid(p.Errors[0].ID, "%s", p.Errors[0].Message)
	}
	list := pricelist.Find(s.Deps.Catalog, p.Query)
	return s.SendTable(c, "headroom-prices-"+s.Deps.Catalog.ID+"."+suffix, mime, s.pricesTable(&p, &list), write)
}
