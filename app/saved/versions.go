package saved

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/web"
	"headroom/db"
	"headroom/views"
	"headroom/views/table"
)

func (s *Pages) History(c echo.Context, a *web.Account) error {
	return s.showHistory(c, http.StatusOK, a, "", "")
}

// showHistory is the page of a plan's versions; typed and problem are of a name that was refused.
func (s *Pages) showHistory(c echo.Context, status int, a *web.Account, typed, problem string) error {
	ctx, id := c.Request().Context(), c.Param("id")
	plan, err := s.Team(a).Plan(ctx, id)
	if err != nil {
		return err
	}
	versions, err := s.Team(a).Versions(ctx, id)
	if err != nil {
		return err
	}
	if problem == "" {
		typed = plan.Name
	}
	page := s.Shell(c, "Versions of "+plan.Name)
	page.Nav = "plans"
	return s.Render(c, status, views.PlanHistoryPage(page, views.PlanHistory{
		ID: id, Name: plan.Name, CanEdit: a.Team.Role.CanEdit(), Version: plan.Version,
		Versions: versionTable(plan, versions, a.Team.Role.CanEdit()),
		Rename:   RenameForm("/plans/"+id+"/rename", "Name of the plan", typed, problem),
	}))
}

func versionTable(plan db.Plan, versions []db.VersionInfo, canEdit bool) table.Table {
	t := table.Table{ID: "versions", Title: "Versions of " + plan.Name, Columns: []table.Column{
		{Key: "version", Label: "Version"}, {Key: "saved", Label: "Saved", Unit: "UTC"}, {Key: "author", Label: "By"},
		{Key: "note", Label: "Note"}, {Key: "cost", Label: "Cost", Kind: table.Money},
		{Key: "wall", Label: "First limit", Kind: table.Month},
		{Key: "name", Label: "Name then"}, {Key: "snapshot", Label: "Prices"},
	}}
	for _, v := range versions {
		number := strconv.Itoa(v.Number)
		address := "/plans/" + plan.ID + "/versions/" + number
		row := table.Row{Key: number, Cells: []table.Cell{
			{Text: "Version " + number, URL: address}, {Text: cells.Moment(v.CreatedAt)}, {Text: v.Author},
			cells.OrNone(v.Note), costOfVersion(v.PlanFigures), wallOfVersion(v.PlanFigures), {Text: v.Name},
			{Text: v.CatalogSnapshot},
		}}
		row.Actions = []table.Action{{Label: "JSON", URL: address + ".json"}}
		if canEdit && v.Number < plan.Version {
			row.Actions = append(row.Actions, table.Action{
				Label: "Restore", URL: address + "/restore", Name: "version", Value: strconv.Itoa(plan.Version),
			})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// RestoreVersion saves an old version again as the newest, under the name that the plan has now. The form names the
// version that the reader took for the newest; if another came since, nothing is written and the page says so.
func (s *Pages) RestoreVersion(c echo.Context, a *web.Account) error {
	ctx, id := c.Request().Context(), c.Param("id")
	old, err := s.VersionOf(c, a, id, c.Param("number"))
	if err != nil {
		return err
	}
	expected, err := strconv.ParseInt(c.FormValue("version"), 10, 32)
	if err != nil {
		return web.ErrBadRequest
	}
	newest, err := s.Team(a).Plan(ctx, id)
	if err != nil {
		return err
	}
	note := "Version " + strconv.Itoa(old.Number) + " restored"
	d := draft{Plan: old.Body, View: old.View, Name: newest.Name, Note: note}
	content, err := s.checkedContent(ctx, &d)
	if err != nil {
		return err
	}
	saved, err := s.Team(a).SavePlan(ctx, a.ID, id, int(expected), content, note)
	if errors.Is(err, db.ErrStale) {
		return s.showConflict(c, a, id, int(expected), d)
	}
	if err != nil {
		return err
	}
	return s.Said(c, "/plans/"+id+"/versions", note+" as version "+strconv.Itoa(saved.Version)+".")
}
