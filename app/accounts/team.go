package accounts

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/saved"
	"headroom/app/typed"
	"headroom/app/web"
	"headroom/db"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// auditLines is how much of the log the team page shows.
const auditLines = 20

func (s *Pages) TeamPage(c echo.Context, a *web.Account) error {
	return s.showTeam(c, http.StatusOK, a, teamInput{name: a.Team.Name, link: s.takeInvitation(c)})
}

// teamInput is what was typed on the team page and what came of it.
type teamInput struct {
	name, problem string // of the rename form
	link          string // of an invitation that was just made; it is shown this once
}

func (s *Pages) RenameTeam(c echo.Context, a *web.Account) error {
	name := strings.TrimSpace(c.FormValue("name"))
	if problem := typed.TextProblem(name, "Enter the name of the team.", maxName); problem != "" {
		return s.showTeam(c, http.StatusUnprocessableEntity, a, teamInput{name: name, problem: problem})
	}
	if err := s.Team(a).SetName(c.Request().Context(), a.ID, name); err != nil {
		return err
	}
	if err := s.Notify(c, ui.Notice{Text: "The team is now called " + name + "."}); err != nil {
		return err
	}
	return web.SeeOther(c, "/team")
}

func (s *Pages) showTeam(c echo.Context, status int, a *web.Account, typed teamInput) error {
	ctx, store := c.Request().Context(), s.Team(a)
	members, err := store.Members(ctx)
	if err != nil {
		return err
	}
	log, err := store.AuditLog(ctx, auditLines)
	if err != nil {
		return err
	}
	team := views.Team{
		Name: a.Team.Name, Members: memberTable(a, members), Log: auditTable(log, members), Link: typed.link,
		Others: otherTeams(a),
	}
	if a.Team.Role.CanManage() {
		rename := saved.RenameForm("/team", "Team", typed.name, typed.problem)
		team.Rename = &rename
		invitations, err := store.Invitations(ctx)
		if err != nil {
			return err
		}
		team.Invite, team.Invitations = inviteForm(), invitationTable(invitations, members, s.Deps.Now())
	}
	return s.Render(c, status, views.TeamPage(s.Shell(c, "Team"), team))
}

func auditTable(entries []db.AuditEntry, members []db.Member) table.Table {
	names := memberNames(members)
	t := table.Table{ID: "log", Title: "What changed", Empty: "Nothing has changed yet", Columns: []table.Column{
		{Key: "when", Label: "When", Unit: "UTC"}, {Key: "who", Label: "Who"}, {Key: "what", Label: "What"},
	}}
	for _, e := range entries {
		t.Rows = append(t.Rows, table.Row{Key: e.ID, Cells: []table.Cell{
			{Text: cells.Moment(e.CreatedAt)}, memberCell(names, e.UserID),
			{Text: auditWords(e.Action), Note: e.Detail},
		}})
	}
	return t
}

func memberNames(members []db.Member) map[string]string {
	names := map[string]string{}
	for _, m := range members {
		names[m.UserID] = m.Name
	}
	return names
}

// memberCell names a member, or says that they are one no more.
func memberCell(names map[string]string, userID string) table.Cell {
	if names[userID] == "" {
		return table.Cell{State: table.Unknown, Reason: "no longer a member"}
	}
	return table.Cell{Text: names[userID]}
}

// auditWords says an action for people; one that is not known is shown as it is stored.
func auditWords(action string) string {
	words := map[string]string{
		"team.create": "made the team", "team.rename": "renamed the team", "member.add": "joined",
		"member.role": "changed a role", "member.remove": "removed a member", "member.leave": "left the team",
		"invitation.create": "invited somebody", "invitation.revoke": "revoked an invitation",
		"plan.create": "saved a new plan", "plan.save": "saved a plan", "plan.rename": "renamed a plan",
		"machine.correct": "corrected a figure of machines", "machine.remove": "removed an own figure of machines",
		"machine.restore": "brought back an own figure of machines",
		"plan.delete":     "deleted a plan", "plan.restore": "restored a plan",
	}
	if said, ok := words[action]; ok {
		return said
	}
	return action
}

// day and moment are how times are written on pages: ISO, UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
