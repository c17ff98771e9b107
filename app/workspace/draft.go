package workspace

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/web"
)

// A plan that does not fit into an address waits in the session, so that nothing of it is lost.
const (
	sessionDraft     = "draft"      // the plan as JSON
	sessionDraftName = "draft-name" // what the page calls it
)

// AsDraft keeps the plan in the session and makes it the base of the state.
func (s *Plans) AsDraft(c echo.Context, state PlanState) (PlanState, error) {
	body, err := state.Body()
	if err != nil {
		return state, err
	}
	doc, err := form.ParseDocument(body)
	if err != nil {
		return state, err
	}
	name := state.Base.Name
	if state.Base.Kind == SavedBase {
		name += ", changed"
	}
	base, err := s.KeepPlanDraft(c, name, body)
	if err != nil {
		return state, err
	}
	state.View = state.Pinned(doc.Len("alternatives") > 0)
	state.Base, state.Patch, state.Undo = base, PlanPatch{}, ""
	return state, nil
}

// KeepPlanDraft keeps a plan in the session, and is the base that shows it.
func (s *Plans) KeepPlanDraft(c echo.Context, name string, body []byte) (PlanBase, error) {
	ctx := c.Request().Context()
	// A visitor may fill the database, so they may begin a session as often as they may sign up.
	if s.Sessions.Token(ctx) == "" {
		if err := s.Limits.SignUp.Take("draft "+web.Client(c), s.Deps.Now()); err != nil {
			return PlanBase{}, err
		}
	}
	s.Sessions.Put(ctx, sessionDraft, string(body))
	s.Sessions.Put(ctx, sessionDraftName, name)
	return PlanBase{Kind: DraftBase, ID: draftID(body), Name: name, Body: body}, nil
}

// draftID tells one draft of a session from the next, so that an old address does not show another plan.
func draftID(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}

func (s *Plans) loadDraft(c echo.Context, id string) (PlanBase, error) {
	ctx := c.Request().Context()
	body := []byte(s.Sessions.GetString(ctx, sessionDraft))
	if len(body) == 0 || draftID(body) != id {
		return PlanBase{}, web.ErrNotFound
	}
	return PlanBase{Kind: DraftBase, ID: id, Name: s.Sessions.GetString(ctx, sessionDraftName), Body: body}, nil
}
