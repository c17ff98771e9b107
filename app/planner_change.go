package app

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/pricing/catalog"
)

// changePlan reads the posted form into the plan. All readable: 303 to the plan's address, or for scripts the page's
// new content under that address. Otherwise 422 and the form again, as typed.
func (s *Server) changePlan(c echo.Context) error {
	posted, err := c.FormParams()
	if err != nil {
		return err
	}
	state, err := s.readState(c, posted)
	if err != nil {
		return err
	}
	r, err := s.readForm(c, state, posted)
	if err != nil {
		return err
	}
	if len(r.errors) > 0 {
		if r.state.Typed = r.wrong(); r.answer != nil {
			r.answer.state.Typed = r.state.Typed
		}
		return s.showState(c, http.StatusUnprocessableEntity, r)
	}
	if isSupply(posted.Get("do")) {
		r.state = r.state.undoing(state)
		r.answer = nil
	}
	if !r.state.fits() {
		if r.state, err = s.asDraft(c, r.state); err != nil {
			return err
		}
		r.answer = nil // its links would name the state before
	}
	if !isHTMX(c) {
		return seeOther(c, r.state.url())
	}
	c.Response().Header().Set("HX-Replace-Url", r.state.url())
	return s.showState(c, http.StatusOK, r)
}

// readForm applies the form and the action of the button that was pressed. The state it returns is the plan with
// everything that could be read; when that is no valid plan, it is the plan before.
func (s *Server) readForm(c echo.Context, state planState, posted url.Values) (reading, error) {
	r := reading{state: state}
	body, err := state.body()
	if err != nil {
		return r, err
	}
	doc, err := form.ParseDocument(body)
	if err != nil {
		return r, err
	}
	prices, err := s.pricesOf(c, body)
	if err != nil {
		return r, err
	}
	out := form.Apply(doc, posted, prices)
	act(&out, posted, prices)
	machines, _, err := s.machinesFor(c)
	if err != nil {
		return r, err
	}
	actSupply(&out, posted, prices, machines)
	r.typed, r.errors = out.Typed, out.Errors
	changed, err := state.changedTo(out.Document.Bytes())
	if err != nil {
		return r, err
	}
	answer, err := s.answer(c, changed, out.Document.Bytes())
	if err != nil {
		invalid := pricing.Invalid(err)
		if invalid == nil {
			return r, err
		}
		r.errors, r.lastOK = append(r.errors, fieldErrorsOf(invalid)...), true
		return r, nil
	}
	r.state, r.answer, r.lastOK = changed, answer, len(r.errors) > 0
	return r, s.refuseAnswers(c, &r, state, doc, out.Document)
}

// pricesOf is the catalogue that a plan is pinned to, or the shipped one for a plan that cannot be read.
func (s *Server) pricesOf(c echo.Context, body []byte) (*catalog.Snapshot, error) {
	plan, err := pricing.ParsePlan(body)
	if err != nil {
		return s.deps.Catalog, nil
	}
	prices, err := s.snapshotFor(c.Request().Context(), plan)
	if pricing.Invalid(err) != nil {
		return s.deps.Catalog, nil
	}
	return prices, err
}

// act does what the pressed button says beyond reading the fields.
func act(out *form.Outcome, posted url.Values, prices *catalog.Snapshot) {
	for _, id := range out.Document.Names("workloads") {
		if to := strings.TrimSpace(posted.Get("rename." + id)); to != "" && to != id {
			out.Typed["rename."+id] = to
			out.Note("rename."+id, "Name of the workload", form.RenameWorkload(out.Document, id, to))
		}
	}
	verb, id, _ := strings.Cut(posted.Get("do"), ":")
	switch verb {
	case "add-workload":
		form.AddWorkload(out.Document)
	case "remove-workload":
		out.Note("rename."+id, "Workload", form.RemoveWorkload(out.Document, id))
	case "add-alternative":
		text := posted.Get("add-alternative")
		err := form.AddAlternative(out.Document, prices, text)
		if err != nil {
			out.Typed["add-alternative"] = text
		}
		out.Note("add-alternative", "Add one by hand", err)
	case "remove-alternative":
		form.RemoveAlternative(out.Document, id)
	}
}

// A plan that does not fit into an address waits in the session, so that nothing of it is lost.
const (
	sessionDraft     = "draft"      // the plan as JSON
	sessionDraftName = "draft-name" // what the page calls it
)

// asDraft keeps the plan in the session and makes it the base of the state.
func (s *Server) asDraft(c echo.Context, state planState) (planState, error) {
	body, err := state.body()
	if err != nil {
		return state, err
	}
	doc, err := form.ParseDocument(body)
	if err != nil {
		return state, err
	}
	name := state.Base.Name
	if state.Base.Kind == savedBase {
		name += ", changed"
	}
	base, err := s.keepPlanDraft(c, name, body)
	if err != nil {
		return state, err
	}
	state.View = state.pinned(doc.Len("alternatives") > 0)
	state.Base, state.Patch, state.Undo = base, planPatch{}, ""
	return state, nil
}

func (s *Server) keepPlanDraft(c echo.Context, name string, body []byte) (planBase, error) {
	ctx := c.Request().Context()
	// A visitor may fill the database, so they may begin a session as often as they may sign up.
	if s.sessions.Token(ctx) == "" {
		if err := s.limits.signUp.take("draft "+client(c), s.deps.Now()); err != nil {
			return planBase{}, err
		}
	}
	s.sessions.Put(ctx, sessionDraft, string(body))
	s.sessions.Put(ctx, sessionDraftName, name)
	return planBase{Kind: draftBase, ID: draftID(body), Name: name, Body: body}, nil
}

// draftID tells one draft of a session from the next, so that an old address does not show another plan.
func draftID(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}

func (s *Server) loadDraft(c echo.Context, id string) (planBase, error) {
	ctx := c.Request().Context()
	body := []byte(s.sessions.GetString(ctx, sessionDraft))
	if len(body) == 0 || draftID(body) != id {
		return planBase{}, errNotFound
	}
	return planBase{Kind: draftBase, ID: id, Name: s.sessions.GetString(ctx, sessionDraftName), Body: body}, nil
}
