package accounts

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/db"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// memberTable lists the members. An admin changes roles and removes others here, and everybody leaves; what would take
// the last admin away is not offered, and refused by the store.
func memberTable(a *web.Account, members []db.Member) table.Table {
	t := table.Table{ID: "members", Title: "Members", Columns: []table.Column{
		{Key: "name", Label: "Name"}, {Key: "email", Label: "E-mail address"}, {Key: "role", Label: "Role"},
		{Key: "since", Label: "Since", Kind: table.Date},
	}}
	admins := 0
	for _, m := range members {
		if m.Role.CanManage() {
			admins++
		}
	}
	for _, m := range members {
		row := table.Row{Key: m.UserID, Cells: []table.Cell{
			{Text: m.Name}, {Text: m.Email}, {Text: string(m.Role), Note: roleMeans(m.Role)}, {Text: day(m.Since)},
		}}
		if !m.Role.CanManage() || admins > 1 {
			row.Actions = memberActions(a, m)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func memberActions(a *web.Account, m db.Member) []table.Action {
	var actions []table.Action
	if a.Team.Role.CanManage() {
		for _, role := range []db.Role{db.Viewer, db.Editor, db.Admin} {
			if role != m.Role {
				actions = append(actions, table.Action{Label: "Make " + string(role),
					URL: "/team/members/" + m.UserID + "/role", Name: "role", Value: string(role)})
			}
		}
	}
	switch {
	case m.UserID == a.ID:
		actions = append(actions, table.Action{Label: "Leave", URL: "/team/leave"})
	case a.Team.Role.CanManage():
		actions = append(actions, table.Action{Label: "Remove", URL: "/team/members/" + m.UserID + "/remove"})
	}
	return actions
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

func (s *Pages) SetRole(c echo.Context, a *web.Account) error {
	role := db.Role(c.FormValue("role"))
	if role != db.Viewer && role != db.Editor && role != db.Admin {
		return web.ErrBadRequest
	}
	member, err := s.memberOf(c, a)
	if err != nil {
		return err
	}
	if err := s.Team(a).SetRole(c.Request().Context(), a.ID, member.UserID, role); err != nil {
		return err
	}
	return s.Said(c, "/team", member.Name+" is "+string(role)+" now: who "+roleMeans(role)+".")
}

// memberOf is the member of the reader's team that the address names.
func (s *Pages) memberOf(c echo.Context, a *web.Account) (db.Member, error) {
	members, err := s.Team(a).Members(c.Request().Context())
	if err != nil {
		return db.Member{}, err
	}
	for _, m := range members {
		if m.UserID == c.Param("id") {
			return m, nil
		}
	}
	return db.Member{}, web.ErrNotFound
}

// ConfirmRemoval asks first: somebody who is out needs a new invitation to come back.
func (s *Pages) ConfirmRemoval(c echo.Context, a *web.Account) error {
	member, err := s.memberOf(c, a)
	if err != nil {
		return err
	}
	return s.confirm(c, views.Form{
		ID: "remove", Title: "Remove " + member.Name + " from " + a.Team.Name + "?", Submit: "Remove " + member.Name,
		Lead: member.Name + " no longer sees the team's plans; what they saved stays. Coming back takes a new " +
			"invitation.",
		Action: "/team/members/" + member.UserID + "/remove",
	})
}

func (s *Pages) ConfirmLeaving(c echo.Context, a *web.Account) error {
	return s.confirm(c, views.Form{
		ID: "leave", Title: "Leave " + a.Team.Name + "?", Action: "/team/leave", Submit: "Leave the team",
		Lead: "You no longer see the team's plans; what you saved stays with the team. Coming back takes a new " +
			"invitation.",
	})
}

// confirm shows a page that asks before it does.
func (s *Pages) confirm(c echo.Context, f views.Form) error {
	f.Other = []ui.Link{{Label: "Back to the team", URL: "/team"}}
	return s.Render(c, http.StatusOK, views.FormPage(s.Shell(c, f.Title), f))
}

func (s *Pages) RemoveMember(c echo.Context, a *web.Account) error {
	if c.Param("id") == a.ID {
		return s.LeaveTeam(c, a)
	}
	member, err := s.memberOf(c, a)
	if err != nil {
		return err
	}
	if err := s.Team(a).RemoveMember(c.Request().Context(), a.ID, member.UserID); err != nil {
		return err
	}
	return s.Said(c, "/team", member.Name+" is no longer in the team.")
}

func (s *Pages) LeaveTeam(c echo.Context, a *web.Account) error {
	if err := s.Team(a).RemoveMember(c.Request().Context(), a.ID, a.ID); err != nil {
		return err
	}
	return s.Said(c, "/plans", "You left "+a.Team.Name+".")
}
