package saved

import (
	"encoding/json"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/views/ui"
)

// pendingKept is how long a visitor's plan waits for them to sign in.
const pendingKept = 24 * time.Hour

// holdPending keeps a visitor's checked plan in their session and sends them to sign up.
func (s *Pages) holdPending(c echo.Context, d draft) error {
	// A visitor may fill the database, so they may do it as often as they may sign up.
	if err := s.Limits.SignUp.Take("save "+web.Client(c), s.Deps.Now()); err != nil {
		return err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	s.Sessions.Put(ctx, web.SessionPending, string(text))
	s.Sessions.SetDeadline(ctx, s.Deps.Now().Add(pendingKept))
	return web.SeeOther(c, "/sign-up")
}

func (s *Pages) HasPending(c echo.Context) bool {
	return s.Sessions.Exists(c.Request().Context(), web.SessionPending)
}

// SavePending saves the plan that waited, after signing in, and gives its address; "" when none waited. The plan stays
// in the session until it is saved.
func (s *Pages) SavePending(c echo.Context) (address string, err error) {
	ctx := c.Request().Context()
	text := s.Sessions.GetString(ctx, web.SessionPending)
	if text == "" {
		return "", nil
	}
	a, err := s.LoadAccount(c)
	if err != nil || a == nil {
		return "", err
	}
	var d draft
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return "", err
	}
	if !a.Team.Role.CanEdit() {
		return s.pendingAsDraft(c, a, d)
	}
	plan, err := d.check()
	if err != nil {
		return "", err
	}
	saved, err := s.savePlan(c, a, d, plan)
	if err != nil {
		return "", err
	}
	return "/plans/" + saved.ID, s.dropPending(c, "Saved to "+a.Team.Name+" as version 1.")
}

// pendingAsDraft gives a plan that its reader may not save back to the main page.
func (s *Pages) pendingAsDraft(c echo.Context, a *web.Account, d draft) (address string, err error) {
	base, err := s.KeepPlanDraft(c, d.Name, []byte(d.Plan))
	if err != nil {
		return "", err
	}
	notice := "You may read the plans of " + a.Team.Name + ", not save any. Your plan is here, not saved."
	return workspace.PlanState{Base: base}.URL(), s.dropPending(c, notice)
}

func (s *Pages) dropPending(c echo.Context, notice string) error {
	s.Sessions.Remove(c.Request().Context(), web.SessionPending)
	return s.Notify(c, ui.Notice{Text: notice})
}
