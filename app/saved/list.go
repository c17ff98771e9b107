package saved

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/typed"
	"headroom/app/web"
	"headroom/db"
	"headroom/views"
	"headroom/views/table"
)

const (
	maxPlanName = 200 // characters
	defaultSort = "-updated"
)

// List shows the team's plans; ?sort=KEY or ?sort=-KEY orders them.
func (s *Pages) List(c echo.Context, a *web.Account) error {
	plans, err := s.Team(a).Plans(c.Request().Context())
	if err != nil {
		return err
	}
	list := views.PlanList{Team: a.Team.Name, CanEdit: a.Team.Role.CanEdit()}
	list.Table = planTable(plans, c.QueryParam("sort"), list.CanEdit)
	deleted, err := s.Team(a).DeletedPlans(c.Request().Context())
	if err != nil {
		return err
	}
	list.Deleted = deletedTable(deleted, list.CanEdit)
	page := s.Shell(c, "Saved plans")
	page.Nav = "plans"
	return s.Render(c, http.StatusOK, views.PlanListPage(page, list))
}

// planColumn is a column of the list and how it orders plans.
type planColumn struct {
	table.Column
	cell    func(db.PlanInfo) table.Cell
	compare func(a, b db.PlanInfo) int
	known   func(p db.PlanInfo) bool // nil: always; what is unknown comes last in either order
}

func planColumns() []planColumn {
	text := func(key, label string, kind table.Kind, of func(db.PlanInfo) string) planColumn {
		return planColumn{
			Column: table.Column{Key: key, Label: label, Kind: kind, Sortable: true},
			cell:   func(p db.PlanInfo) table.Cell { return table.Cell{Text: of(p)} },
			compare: func(a, b db.PlanInfo) int {
				return cmp.Compare(strings.ToLower(of(a)), strings.ToLower(of(b)))
			},
		}
	}
	count := func(key, label, unit string, of func(db.PlanInfo) int) planColumn {
		return planColumn{
			Column:  table.Column{Key: key, Label: label, Unit: unit, Kind: table.Count, Sortable: true},
			cell:    func(p db.PlanInfo) table.Cell { return table.Cell{Value: float64(of(p))} },
			compare: func(a, b db.PlanInfo) int { return cmp.Compare(of(a), of(b)) },
		}
	}
	name := text("name", "Plan", table.Text, func(p db.PlanInfo) string { return p.Name })
	name.cell = func(p db.PlanInfo) table.Cell { return table.Cell{Text: p.Name, URL: "/plans/" + p.ID} }
	updated := text("updated", "Last changed", table.Text,
		func(p db.PlanInfo) string { return cells.Moment(p.UpdatedAt) })
	updated.Unit = "UTC"
	updated.compare = func(a, b db.PlanInfo) int { return a.UpdatedAt.Compare(b.UpdatedAt) }
	return []planColumn{
		name, updated,
		text("author", "By", table.Text, func(p db.PlanInfo) string { return p.Author }),
		count("version", "Version", "", func(p db.PlanInfo) int { return p.Version }),
		text("start", "From", table.Month, func(p db.PlanInfo) string { return p.Start }),
		count("months", "Horizon", "months", func(p db.PlanInfo) int { return p.Months }),
		costColumn(), wallColumn(),
		text("snapshot", "Prices", table.Text, func(p db.PlanInfo) string { return p.CatalogSnapshot }),
	}
}

func costColumn() planColumn {
	return planColumn{
		Column: table.Column{Key: "cost", Label: "Cost", Unit: "over the horizon, when saved", Kind: table.Money,
			Sortable: true},
		cell:    func(p db.PlanInfo) table.Cell { return costOfVersion(p.PlanFigures) },
		compare: func(a, b db.PlanInfo) int { return cmp.Compare(*a.Cost, *b.Cost) },
		known:   func(p db.PlanInfo) bool { return p.Cost != nil },
	}
}

// wallColumn orders by the month in which the first limit binds.
func wallColumn() planColumn {
	return planColumn{
		Column:  table.Column{Key: "wall", Label: "First limit", Unit: "when saved", Kind: table.Month, Sortable: true},
		cell:    func(p db.PlanInfo) table.Cell { return wallOfVersion(p.PlanFigures) },
		compare: func(a, b db.PlanInfo) int { return strings.Compare(a.WallMonth, b.WallMonth) },
		known:   func(p db.PlanInfo) bool { return p.WallMonth != "" },
	}
}

// planTable orders the plans by a column of ours; an unknown one counts as the default.
func planTable(plans []db.PlanInfo, sort string, canEdit bool) table.Table {
	columns := planColumns()
	by, descending := findColumn(columns, sort)
	slices.SortStableFunc(plans, func(a, b db.PlanInfo) int {
		// Ties stay where they are, whatever the order of the rows that came in.
		return cmp.Or(columns[by].order(a, b, descending), cmp.Compare(a.ID, b.ID))
	})
	t := table.Table{ID: "plans", Title: "Saved plans"}
	for i, column := range columns {
		t.Columns = append(t.Columns, sortedColumn(column.Column, i == by, descending))
	}
	for _, p := range plans {
		row := table.Row{Key: p.ID, Actions: planActions(p.ID, canEdit)}
		for _, column := range columns {
			row.Cells = append(row.Cells, column.cell(p))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// order is how two plans stand to each other in this column.
func (c planColumn) order(a, b db.PlanInfo, descending bool) int {
	if c.known != nil && (!c.known(a) || !c.known(b)) {
		return boolOrder(c.known(a)) - boolOrder(c.known(b))
	}
	if descending {
		return -c.compare(a, b)
	}
	return c.compare(a, b)
}

// boolOrder puts true before false.
func boolOrder(b bool) int {
	if b {
		return 0
	}
	return 1
}

func findColumn(columns []planColumn, sort string) (index int, descending bool) {
	for _, wanted := range []string{sort, defaultSort} {
		key, down := strings.CutPrefix(wanted, "-")
		if i := slices.IndexFunc(columns, func(p planColumn) bool { return p.Key == key }); i >= 0 {
			return i, down
		}
	}
	return 0, false
}

// sortedColumn gives the head its present order and the link to the other one.
func sortedColumn(column table.Column, current, descending bool) table.Column {
	column.SortURL = "/plans?sort=" + column.Key
	switch {
	case current && descending:
		column.Sort = "descending"
	case current:
		column.Sort = "ascending"
		column.SortURL = "/plans?sort=-" + column.Key
	}
	return column
}

// deletedTable lists what can be restored, and until when.
func deletedTable(plans []db.DeletedPlan, canEdit bool) table.Table {
	t := table.Table{ID: "deleted", Title: "Deleted plans", Columns: []table.Column{
		{Key: "name", Label: "Plan"}, {Key: "version", Label: "Version", Kind: table.Count},
		{Key: "deleted", Label: "Deleted", Unit: "UTC"}, {Key: "until", Label: "Kept until", Unit: "UTC"},
	}}
	for _, p := range plans {
		row := table.Row{Key: p.ID, Cells: []table.Cell{
			{Text: p.Name}, {Value: float64(p.Version)}, {Text: cells.Moment(p.DeletedAt)},
			{Text: cells.Moment(p.DeletedAt.Add(db.DeletedPlansKept))},
		}}
		if canEdit {
			row.Actions = []table.Action{{Label: "Restore", URL: "/plans/" + p.ID + "/restore", Name: "from",
				Value: "list"}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func planActions(id string, canEdit bool) []table.Action {
	actions := []table.Action{{Label: "Versions", URL: "/plans/" + id + "/versions"}}
	if canEdit {
		actions = append(actions,
			table.Action{Label: "Copy", URL: "/plans/" + id + "/copy", Name: "from", Value: "list"},
			table.Action{Label: "Delete", URL: "/plans/" + id + "/delete", Name: "from", Value: "list"})
	}
	return actions
}

// planName is a plan's name without the spaces around it, and what is wrong with it.
func planName(text string) (name, problem string) {
	name = strings.TrimSpace(text)
	return name, typed.TextProblem(name, "Give the plan a name.", maxPlanName)
}

// copyName is "Copy of NAME", cut to what fits.
func copyName(name string) string {
	runes := []rune("Copy of " + name)
	return string(runes[:min(len(runes), maxPlanName)])
}
