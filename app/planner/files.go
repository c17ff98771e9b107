package planner

import (
	"bytes"
	"encoding/json"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/views/sheet"
)

// CompareCSV is the comparison as the address shows it, plus provenance.
func (s *Pages) CompareCSV(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	return s.SendCSV(c, a, "compare", compareTable(a))
}

// MonthsCSV is the plan by month.
func (s *Pages) MonthsCSV(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	return s.SendCSV(c, a, "months", monthsTable(a))
}

// CompareXLSX is the comparison and the months as a workbook, with a sheet of sources.
func (s *Pages) CompareXLSX(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, compareTable(a), monthsTable(a)); err != nil {
		return err
	}
	return s.SendFile(c, a, "compare.xlsx", workspace.MimeXLSX, file.Bytes())
}

// PlanJSON is the plan with the proposed alternatives and the pinned baseline, so that `headroom evaluate` gives the
// figures of the page; with propose=none it is the plan alone.
func (s *Pages) PlanJSON(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	plan := *a.Plan
	if a.Compare.Baseline != plan.BaselineID() {
		plan.Baseline = a.Compare.Baseline
	}
	body, err := a.State.Body()
	if err != nil {
		return err
	}
	document, err := form.InOrderOf(plan.Canonical(), body)
	if err != nil {
		return err
	}
	return s.SendFile(c, a, "plan.json", echo.MIMEApplicationJSON, indented(document))
}

func indented(document []byte) []byte {
	var b bytes.Buffer
	// A document that was read always indents.
	_ = json.Indent(&b, document, "", "  ")
	b.WriteByte('\n')
	return b.Bytes()
}
