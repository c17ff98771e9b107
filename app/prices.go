package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/views"
	"headroom/views/sheet"
	"headroom/views/table"
)

// After ten seconds on the list a reader can say: "For calls like mine, this model is cheapest at this seller for so much
// per 1,000 requests, that seller takes so much more, and these prices are of that day."

// prices is the list of models by sellers.
func (s *Server) prices(c echo.Context) error {
	p := s.readPrices(c)
	status := http.StatusOK
	if len(p.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	page := s.page(c, "Prices: models and sellers")
	page.Nav, page.Wide = "prices", true
	page.Description = "What each language model costs at each seller, with sources and dates."
	if status == http.StatusOK && s.notModified(c, page) {
		return c.NoContent(http.StatusNotModified)
	}
	list := pricelist.Find(s.deps.Catalog, p.Query)
	return s.render(c, status, views.PricesPage(page, s.pricesView(&p, &list)))
}

// day is today, as prices are dated.
func (s *Server) day() catalog.Date { return catalog.Date(s.today().Format(time.DateOnly)) }

// notModified tags a page by the snapshot, the day, the address and who looks, and says whether the browser has it. A page
// with a notice is shown once and never kept.
func (s *Server) notModified(c echo.Context, page views.Page) bool {
	if len(page.Notices) > 0 {
		c.Response().Header().Set("Cache-Control", "no-store")
		return false
	}
	who := page.Theme + "\n" + page.Team
	if page.User != nil {
		who += "\n" + page.User.Email + "\n" + page.User.Name + "\n" + page.User.Role
	}
	seed := strings.Join([]string{s.deps.Config.Version, s.deps.Catalog.ID, string(s.day()), c.Request().URL.RequestURI(), who}, "\n")
	sum := sha256.Sum256([]byte(seed))
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
	return strings.Contains(c.Request().Header.Get("If-None-Match"), strings.TrimPrefix(tag, "W/"))
}

func (s *Server) pricesCSV(c echo.Context) error {
	return s.pricesFile(c, "csv", typeCSV, func(w io.Writer, t table.Table) error {
		return sheet.WriteCSV(w, t, pricesProfile(c))
	})
}

func (s *Server) pricesXLSX(c echo.Context) error {
	return s.pricesFile(c, "xlsx", typeXLSX, func(w io.Writer, t table.Table) error { return sheet.WriteXLSX(w, t) })
}

// pricesFile sends the rows of the page as a file, with the figures of the page.
func (s *Server) pricesFile(c echo.Context, suffix, mime string, write func(io.Writer, table.Table) error) error {
	p := s.readPrices(c)
	if len(p.Errors) > 0 {
		return invalid(p.Errors[0].ID, "%s", p.Errors[0].Message)
	}
	list := pricelist.Find(s.deps.Catalog, p.Query)
	return s.sendTable(c, "headroom-prices-"+s.deps.Catalog.ID+"."+suffix, mime, s.pricesTable(&p, &list), write)
}

// sendTable sends a table as a download that the browser may keep as long as the snapshot and the day stay.
func (s *Server) sendTable(c echo.Context, name, mime string, t table.Table, write func(io.Writer, table.Table) error) error {
	if s.notModified(c, views.Page{}) {
		return c.NoContent(http.StatusNotModified)
	}
	var file bytes.Buffer
	if err := write(&file, t); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Blob(http.StatusOK, mime, file.Bytes())
}

// pricesProfile is the kind of CSV that the address asks for: "excel" or, without a word, "data".
func pricesProfile(c echo.Context) sheet.Profile {
	p := sheet.Profile{Excel: c.QueryParam("csv") == "excel"}
	if c.QueryParam("separator") == "semicolon" {
		p.Separator = ';'
	}
	return p
}

const (
	typeCSV  = "text/csv; charset=utf-8"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
