package machines

import (
	"bytes"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/views"
	"headroom/views/sheet"
	"headroom/views/table"
)

// After ten seconds on the list a reader can say: "An H100 hour on demand costs so much at the cheapest seller and so
// much at the dearest, these prices are of that day, and I can set a machine against the API from here."

// List is one of the tables about machines, narrowed and ordered as the address says.
func (s *Pages) List(c echo.Context) error {
	list, err := s.readMachines(c)
	if err != nil {
		return err
	}
	page := s.Shell(c, list.kind().title)
	page.Nav, page.Wide = "machines", true
	page.Description = "GPU instances by seller and region, accelerators, open-weight models, provisioned units and " +
		"quotas, with sources and dates."
	if list.member {
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	} else if s.NotModified(c, page) {
		return c.NoContent(http.StatusNotModified)
	}
	return s.Render(c, http.StatusOK, views.MachinesPage(page, list.view()))
}

// CSV is the list as the address shows it, for a spreadsheet or a program.
func (s *Pages) CSV(c echo.Context) error {
	return s.machinesFile(c, "csv", web.TypeCSV, func(w io.Writer, t table.Table) error {
		return sheet.WriteCSV(w, t, web.PricesProfile(c))
	})
}

// XLSX is the list as the address shows it, as a workbook.
func (s *Pages) XLSX(c echo.Context) error {
	return s.machinesFile(c, "xlsx", web.TypeXLSX,
		func(w io.Writer, t table.Table) error { return sheet.WriteXLSX(w, t) })
}

// machinesFile sends every row that fits the filters, not only those of the page.
func (s *Pages) machinesFile(c echo.Context, suffix, mime string, write func(io.Writer, table.Table) error) error {
	list, err := s.readMachines(c)
	if err != nil {
		return err
	}
	list.state.Whole = true
	name := "headroom-" + list.state.Kind + "." + suffix
	if list.member {
		return s.sendOwnTable(c, name, mime, list.table(), write)
	}
	return s.SendTable(c, name, mime, list.table(), write)
}

// readMachines reads the address and finds the lines that fit.
func (s *Pages) readMachines(c echo.Context) (*machineList, error) {
	machines, a, err := s.MachinesFor(c)
	if err != nil {
		return nil, err
	}
	list := &machineList{server: s, machines: machines, state: parseMachines(c.QueryParams()),
		editor: a != nil && a.Team.Role.CanEdit(), member: a != nil}
	list.find()
	return list, nil
}

// sendOwnTable sends a table that holds a team's own figures: no browser keeps it.
func (s *Pages) sendOwnTable(c echo.Context, name, mime string, t table.Table,
	write func(io.Writer, table.Table) error) error {
	var file bytes.Buffer
	if err := write(&file, t); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Blob(http.StatusOK, mime, file.Bytes())
}
