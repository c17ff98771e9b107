package app

import (
	"encoding/json"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/views"
)

// pendingKept is how long a visitor's plan waits for them to sign in.
const pendingKept = 24 * time.Hour

// holdPending keeps a visitor's checked plan in their session and sends them to sign up.
func (s *Server) holdPending(c echo.Context, d draft) error {
	// A visitor may fill the database, so they may do it as often as they may sign up.
	if err := s.limits.signUp.take("save "+client(c), s.deps.Now()); err != nil {
		return err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	s.sessions.Put(ctx, sessionPending, string(text))
	s.sessions.SetDeadline(ctx, s.deps.Now().Add(pendingKept))
	return seeOther(c, "/sign-up")
}

func (s *Server) hasPending(c echo.Context) bool {
	return s.sessions.Exists(c.Request().Context(), sessionPending)
}

// savePending saves the plan that waited, after signing in, and gives its address; "" when none waited. The plan stays
// in the session until it is saved.
func (s *Server) savePending(c echo.Context) (address string, err error) {
	ctx := c.Request().Context()
	text := s.sessions.GetString(ctx, sessionPending)
	if text == "" {
		return "", nil
	}
	a, err := s.loadAccount(c)
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
func (s *Server) pendingAsDraft(c echo.Context, a *account, d draft) (address string, err error) {
	base, err := s.keepPlanDraft(c, d.Name, []byte(d.Plan))
	if err != nil {
		return "", err
	}
	notice := "You may read the plans of " + a.Team.Name + ", not save any. Your plan is here, not saved."
	return planState{Base: base}.url(), s.dropPending(c, notice)
}

func (s *Server) dropPending(c echo.Context, notice string) error {
	s.sessions.Remove(c.Request().Context(), sessionPending)
	return s.notify(c, views.Notice{Text: notice})
}
