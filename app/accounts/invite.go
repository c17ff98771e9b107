package accounts

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/web"
	"headroom/db"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// Invite makes a link that lets one person in. No mail is sent: whoever invites sends the link. The next page shows it,
// once: the token waits for it in the session, and is kept nowhere else but as a hash.
func (s *Pages) Invite(c echo.Context, a *web.Account) error {
	role := db.Role(c.FormValue("role"))
	if role != db.Viewer && role != db.Editor && role != db.Admin {
		return web.ErrBadRequest
	}
	token := newToken()
	if _, err := s.Team(a).Invite(c.Request().Context(), a.ID, role, token); err != nil {
		return err
	}
	s.Sessions.Put(c.Request().Context(), web.SessionInvited, token)
	return web.SeeOther(c, "/team")
}

// takeInvitation is the link that the reader has just made; "" when they made none, or have seen it.
func (s *Pages) takeInvitation(c echo.Context) string {
	token := s.Sessions.PopString(c.Request().Context(), web.SessionInvited)
	if token == "" {
		return ""
	}
	return c.Scheme() + "://" + c.Request().Host + withInvitation("/join", token)
}

// newToken is 256 random bits.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: it ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// withInvitation carries the token in the query, which is not logged.
func withInvitation(path, token string) string { return path + "?invitation=" + url.QueryEscape(token) }

func (s *Pages) RevokeInvitation(c echo.Context, a *web.Account) error {
	if err := s.Team(a).RevokeInvitation(c.Request().Context(), a.ID, c.Param("id")); err != nil {
		return err
	}
	return s.Said(c, "/team", "The invitation is revoked; its link leads nowhere now.")
}

// SwitchTeam chooses the team to work in, for this session.
func (s *Pages) SwitchTeam(c echo.Context, a *web.Account) error {
	for _, team := range a.Teams {
		if team.TeamID == c.FormValue("team") {
			s.Sessions.Put(c.Request().Context(), web.SessionTeam, team.TeamID)
			return s.Said(c, "/plans", "You work in "+team.Name+" now.")
		}
	}
	return web.ErrNotFound
}

// JoinPage says who invites to what, and asks those without an account to make one.
func (s *Pages) JoinPage(c echo.Context) error {
	token := c.QueryParam("invitation")
	return s.showJoin(c, http.StatusOK, token, signForm{})
}

func (s *Pages) showJoin(c echo.Context, status int, token string, f signForm) error {
	open, err := s.Deps.Store.OpenInvitation(c.Request().Context(), token)
	if err != nil {
		return noInvitation(err)
	}
	a, err := s.Account(c)
	if err != nil {
		return err
	}
	form := f.join(open, token)
	if a != nil {
		form.Fields, form.Other = nil, []ui.Link{{Label: "Not now", URL: "/plans"}}
	}
	return s.showSign(c, status, form)
}

func (f signForm) join(open db.OpenInvitation, token string) views.Form {
	return web.WithProblems(views.Form{
		ID: "join", Title: "Join " + open.Team, Action: "/join", Submit: "Join",
		Lead: open.InvitedBy + " invites you to this team as " + string(open.Role) + ": who " + roleMeans(open.Role) +
			".",
		Hidden: []views.HiddenValue{{Name: "invitation", Value: token}},
		Other:  []ui.Link{{Label: "Sign in instead", URL: web.WithNext("/sign-in", withInvitation("/join", token))}},
		Fields: f.personFields(),
	}, f.problems)
}

// Join lets a reader with an account in, or makes one for a visitor.
func (s *Pages) Join(c echo.Context) error {
	token := c.FormValue("invitation")
	a, err := s.Account(c)
	if err != nil {
		return err
	}
	if a == nil {
		return s.joinNew(c, token)
	}
	ctx := c.Request().Context()
	teamID, err := s.Deps.Store.AcceptInvitation(ctx, token, a.ID)
	if errors.Is(err, db.ErrConflict) {
		return s.Said(c, "/team", "You are in this team already. The invitation is still good for somebody else.")
	}
	if err != nil {
		return noInvitation(err)
	}
	s.Sessions.Put(ctx, web.SessionTeam, teamID)
	return s.Said(c, "/plans", "Welcome to the team.")
}

func (s *Pages) joinNew(c echo.Context, token string) error {
	f := readSignForm(c)
	if f.checkPerson(); len(f.problems) > 0 {
		return s.showJoin(c, http.StatusUnprocessableEntity, token, f)
	}
	hash, err := s.hashPassword(c.Request().Context(), f.password)
	if err != nil {
		return err
	}
	user, err := s.Deps.Store.CreateInvited(c.Request().Context(), token,
		db.NewAccount{Email: f.email, Name: f.name, PasswordHash: hash})
	if errors.Is(err, db.ErrConflict) {
		f.problems["email"] = emailTaken
		return s.showJoin(c, http.StatusUnprocessableEntity, token, f)
	}
	if err != nil {
		return noInvitation(err)
	}
	return s.enter(c, user, "", "/plans")
}

// noInvitation is err, but for a token that leads nowhere: that has an error page of its own.
func noInvitation(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return web.ErrInvitation
	}
	return err
}

func inviteForm() *views.Form {
	option := func(role db.Role, selected bool) ui.Option {
		return ui.Option{Value: string(role), Label: string(role), Note: roleMeans(role), Selected: selected}
	}
	return &views.Form{
		ID: "invite", Title: "Invite", Action: "/team/invitations", Submit: "Make a link",
		Lead: "You get a link to send; it lets one person in within seven days.",
		Fields: []ui.Field{{ID: "role", Name: "role", Label: "As", Options: []ui.Option{
			option(db.Viewer, false), option(db.Editor, true), option(db.Admin, false),
		}}},
	}
}

func invitationTable(invitations []db.Invitation, members []db.Member, now time.Time) table.Table {
	names := memberNames(members)
	t := table.Table{ID: "invitations", Title: "Invitations", Columns: []table.Column{
		{Key: "made", Label: "Made", Unit: "UTC"}, {Key: "by", Label: "By"}, {Key: "role", Label: "As"},
		{Key: "state", Label: "State"}, {Key: "ends", Label: "Ends", Unit: "UTC"},
	}}
	for _, i := range invitations {
		state := table.Cell{Text: string(i.State(now))}
		row := table.Row{Key: i.ID}
		switch i.State(now) {
		case db.Pending:
			row.Actions = []table.Action{{Label: "Revoke", URL: "/team/invitations/" + i.ID + "/revoke",
				Name: "id", Value: i.ID}}
		case db.Accepted:
			state.Note = names[*i.AcceptedBy]
		}
		row.Cells = []table.Cell{
			{Text: cells.Moment(i.CreatedAt)}, memberCell(names, i.CreatedBy), {Text: string(i.Role)},
			state, {Text: cells.Moment(i.ExpiresAt)},
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func otherTeams(a *web.Account) []views.TeamChoice {
	var others []views.TeamChoice
	for _, team := range a.Teams {
		if team.TeamID != a.Team.TeamID {
			others = append(others, views.TeamChoice{ID: team.TeamID, Name: team.Name, Role: string(team.Role)})
		}
	}
	return others
}
