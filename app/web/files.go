package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"headroom/views/sheet"
	"headroom/views/table"
	"headroom/views/ui"
)

// NotModified tags a page by the snapshot, the day, the address and who looks, and reports whether the browser has it.
// A page with a notice is shown once and never kept.
func (s *Site) NotModified(c echo.Context, page ui.Page) bool {
	if len(page.Notices) > 0 {
		c.Response().Header().Set("Cache-Control", "no-store")
		return false
	}
	who := page.Theme + "\n" + page.Team
	if page.User != nil {
		who += "\n" + page.User.Email + "\n" + page.User.Name + "\n" + page.User.Role
	}
	seed := strings.Join([]string{s.Deps.Config.Version, s.Deps.Catalog.ID, string(s.Day()),
		c.Request().URL.RequestURI(), who}, "\n")
	sum := sha256.Sum256([]byte(seed))
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
	return strings.Contains(c.Request().Header.Get("If-None-Match"), strings.TrimPrefix(tag, "W/"))
}

// SendTable sends a table as a download that the browser may keep as long as the snapshot and the day stay.
func (s *Site) SendTable(c echo.Context, name, mime string, t table.Table,
	write func(io.Writer, table.Table) error) error {
	if s.NotModified(c, ui.Page{}) {
		return c.NoContent(http.StatusNotModified)
	}
	var file bytes.Buffer
	if err := write(&file, t); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Blob(http.StatusOK, mime, file.Bytes())
}

// PricesProfile is the kind of CSV that the address asks for: "excel" or, without a word, "data".
func PricesProfile(c echo.Context) sheet.Profile {
	p := sheet.Profile{Excel: c.QueryParam("csv") == "excel"}
	if c.QueryParam("separator") == "semicolon" {
		p.Separator = ';'
	}
	return p
}

const (
	TypeCSV  = "text/csv; charset=utf-8"
	TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// FileName keeps what every file system takes: letters and digits of ASCII, the rest as hyphens.
func FileName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) == 0 {
		return "plan"
	}
	return strings.Join(words, "-")
}
