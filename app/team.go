package app

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/db"
	"headroom/views"
	"headroom/views/table"
)

// auditLines is how much of the log the team page shows.
const auditLines = 20

func (s *Server) teamPage(c echo.Context, a *account) error {
	return s.showTeam(c, http.StatusOK, a, a.Team.Name, "")
}

func (s *Server) renameTeam(c echo.Context, a *account) error {
	if !a.Team.Role.CanManage() {
		return errForbidden
	}
	name := strings.TrimSpace(c.FormValue("name"))
	if problem := textProblem(name, "Enter the name of the team.", maxName); problem != "" {
		return s.showTeam(c, http.StatusUnprocessableEntity, a, name, problem)
	}
	if err := s.team(a).SetName(c.Request().Context(), a.ID, name); err != nil {
		return err
	}
	if err := s.notify(c, views.Notice{Text: "The team is now called " + name + "."}); err != nil {
		return err
	}
	return seeOther(c, "/team")
}

func (s *Server) showTeam(c echo.Context, status int, a *account, typed, problem string) error {
	ctx := c.Request().Context()
	members, err := s.team(a).Members(ctx)
	if err != nil {
		return err
	}
	log, err := s.team(a).AuditLog(ctx, auditLines)
	if err != nil {
		return err
	}
	team := views.Team{Name: a.Team.Name, Members: memberTable(members), Log: auditTable(log, members)}
	if a.Team.Role.CanManage() {
		rename := renameForm("/team", "Team", typed, problem)
		team.Rename = &rename
	}
	return s.render(c, status, views.TeamPage(s.page(c, "Team"), team))
}

// renameForm asks for a name: of the team, or of a plan.
func renameForm(action, label, typed, problem string) views.Form {
	return withProblems(views.Form{
		ID: "rename", Title: "Rename", Action: action, Submit: "Rename",
		Fields: []views.Field{{ID: "name", Name: "name", Label: label, Value: typed, Type: "text", Autocomplete: "off", MaxLength: maxPlanName}},
	}, map[string]string{"name": problem})
}

func memberTable(members []db.Member) table.Table {
	t := table.Table{ID: "members", Title: "Members", Columns: []table.Column{
		{Key: "name", Label: "Name"}, {Key: "email", Label: "E-mail address"}, {Key: "role", Label: "Role"},
		{Key: "since", Label: "Since", Kind: table.Date},
	}}
	for _, m := range members {
		t.Rows = append(t.Rows, table.Row{Key: m.UserID, Cells: []table.Cell{
			{Text: m.Name}, {Text: m.Email}, {Text: string(m.Role), Note: roleMeans(m.Role)}, {Text: day(m.Since)},
		}})
	}
	return t
}

func roleMeans(r db.Role) string {
	switch r {
	case db.Admin:
		return "saves plans, manages the team"
	case db.Editor:
		return "saves plans"
	}
	return "reads plans"
}

func auditTable(entries []db.AuditEntry, members []db.Member) table.Table {
	names := map[string]string{}
	for _, m := range members {
		names[m.UserID] = m.Name
	}
	t := table.Table{ID: "log", Title: "What changed", Empty: "Nothing has changed yet", Columns: []table.Column{
		{Key: "when", Label: "When", Unit: "UTC"}, {Key: "who", Label: "Who"}, {Key: "what", Label: "What"},
	}}
	for _, e := range entries {
		who := table.Cell{Text: names[e.UserID]}
		if who.Text == "" {
			who = table.Cell{State: table.Unknown, Reason: "no longer a member"}
		}
		t.Rows = append(t.Rows, table.Row{Key: e.ID, Cells: []table.Cell{
			{Text: moment(e.CreatedAt)}, who, {Text: auditWords(e.Action), Note: e.Detail},
		}})
	}
	return t
}

// auditWords says an action for people; one that is not known is shown as it is stored.
func auditWords(action string) string {
	words := map[string]string{
		"team.create": "made the team", "team.rename": "renamed the team", "member.add": "added a member",
		"plan.create": "saved a new plan", "plan.save": "saved a plan", "plan.rename": "renamed a plan",
		"plan.delete": "deleted a plan", "plan.restore": "restored a plan",
	}
	if said, ok := words[action]; ok {
		return said
	}
	return action
}

// day and moment are how times are written on pages: ISO, UTC.
func day(t time.Time) string    { return t.UTC().Format(time.DateOnly) }
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }
