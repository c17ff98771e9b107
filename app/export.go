package app

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/views/sheet"
	"headroom/views/table"
)

// mimeXLSX is the media type of an Excel workbook.
const mimeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// readAnswer evaluates the state of the address, as the page does.
func (s *Server) readAnswer(c echo.Context) (*answer, error) {
	state, err := s.readState(c, c.QueryParams())
	if err != nil {
		return nil, err
	}
	body, err := state.body()
	if err != nil {
		return nil, err
	}
	return s.answerAhead(c, state, body, nil)
}

// compareCSV is the comparison as the address shows it, plus provenance.
func (s *Server) compareCSV(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	return s.sendCSV(c, a, "compare", compareTable(a))
}

// monthsCSV is the plan by month.
func (s *Server) monthsCSV(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	return s.sendCSV(c, a, "months", monthsTable(a))
}

func (s *Server) sendCSV(c echo.Context, a *answer, what string, t table.Table) error {
	profile := sheet.Profile{Excel: c.QueryParam("profile") != "data"}
	if c.QueryParam("sep") == "semicolon" {
		profile.Separator, profile.DecimalComma = ';', c.QueryParam("decimal") == "comma"
	}
	var file bytes.Buffer
	if err := sheet.WriteCSV(&file, t, profile); err != nil {
		return err
	}
	return s.sendFile(c, a, what+".csv", "text/csv; charset=utf-8", file.Bytes())
}

// compareXLSX is the comparison and the months as a workbook, with a sheet of sources.
func (s *Server) compareXLSX(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, compareTable(a), monthsTable(a)); err != nil {
		return err
	}
	return s.sendFile(c, a, "compare.xlsx", mimeXLSX, file.Bytes())
}

// planJSON is the plan with the proposed alternatives and the pinned baseline, so that `headroom evaluate` gives the
// figures of the page; with propose=none it is the plan alone.
func (s *Server) planJSON(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	plan := *a.plan
	if a.compare.Baseline != plan.BaselineID() {
		plan.Baseline = a.compare.Baseline
	}
	body, err := a.state.body()
	if err != nil {
		return err
	}
	document, err := form.InOrderOf(plan.Canonical(), body)
	if err != nil {
		return err
	}
	return s.sendFile(c, a, "plan.json", echo.MIMEApplicationJSON, indented(document))
}

func indented(document []byte) []byte {
	var b bytes.Buffer
	// A document that was read always indents.
	_ = json.Indent(&b, document, "", "  ")
	b.WriteByte('\n')
	return b.Bytes()
}

// sendFile names a download by plan, version and date.
func (s *Server) sendFile(c echo.Context, a *answer, suffix, mime string, data []byte) error {
	name := joinWords("-", fileName(a.plan.Name), fileName(a.version()), s.fileDate(), suffix)
	h := c.Response().Header()
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	h.Set(echo.HeaderCacheControl, "no-store")
	return c.Blob(http.StatusOK, mime, data)
}
