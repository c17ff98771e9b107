package workspace

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/web"
	"headroom/views/sheet"
	"headroom/views/table"
)

// MimeXLSX is the media type of an Excel workbook.
const MimeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// SendCSV sends a table in the kind of CSV that the address asks for.
func (s *Plans) SendCSV(c echo.Context, a *Answer, what string, t table.Table) error {
	profile := sheet.Profile{Excel: c.QueryParam("profile") != "data"}
	if c.QueryParam("sep") == "semicolon" {
		profile.Separator, profile.DecimalComma = ';', c.QueryParam("decimal") == "comma"
	}
	var file bytes.Buffer
	if err := sheet.WriteCSV(&file, t, profile); err != nil {
		return err
	}
	return s.SendFile(c, a, what+".csv", "text/csv; charset=utf-8", file.Bytes())
}

// SendFile names a download by plan, version and date.
func (s *Plans) SendFile(c echo.Context, a *Answer, suffix, mime string, data []byte) error {
	name := cells.JoinWords("-", web.FileName(a.Plan.Name), web.FileName(a.Version()), s.FileDate(), suffix)
	h := c.Response().Header()
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	h.Set(echo.HeaderCacheControl, "no-store")
	web.GiveBackPlace(c.Request().Context())
	return c.Blob(http.StatusOK, mime, data)
}

// SendDocument answers with the plan as a file for git: indented, with a name that says which plan and version it is.
func SendDocument(c echo.Context, document []byte, name string, version int) error {
	var indented bytes.Buffer
	if err := json.Indent(&indented, document, "", "  "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+web.FileName(name)+
		`-v`+strconv.Itoa(version)+`.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, indented.Bytes())
}
