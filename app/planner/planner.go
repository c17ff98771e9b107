package planner

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/views"
)

// Open shows the plan of the address, or applies the preset that was chosen.
func (s *Pages) Open(c echo.Context) error {
	if preset := c.QueryParam("preset"); preset != "" {
		return s.applyPreset(c, preset)
	}
	state, err := s.ReadState(c, c.QueryParams())
	if err != nil {
		return err
	}
	if !state.Fits() {
		if state, err = s.AsDraft(c, state); err != nil {
			return err
		}
		return web.SeeOther(c, state.URL())
	}
	return s.showState(c, http.StatusOK, reading{state: state})
}

// showPlan shows a saved plan; the address holds what differs from it.
func (s *Pages) showPlan(c echo.Context) error {
	q := c.QueryParams()
	state, err := s.ReadState(c, q)
	if err != nil {
		return err
	}
	if len(q) == 0 && state.Base.View != "" {
		if view, err := url.ParseQuery(state.Base.View); err == nil {
			state.View = workspace.ParseView(view)
		}
	}
	return s.showState(c, http.StatusOK, reading{state: state})
}

// applyPreset replaces the plan by a preset and keeps the way back in the address.
func (s *Pages) applyPreset(c echo.Context, id string) error {
	if _, ok := pricing.PresetByID(id); !ok {
		return web.ErrNotFound
	}
	next := url.Values{"from": {id}}
	if was := c.QueryParam("was"); len(was) <= workspace.MaxQuery/2 && c.QueryParams().Has("was") {
		next.Set("undo", was)
	}
	return web.SeeOther(c, "/?"+next.Encode())
}

// reading is a state on its way to the page, with what a form added to it.
type reading struct {
	state  workspace.PlanState
	typed  map[string]string // texts as typed
	errors []form.FieldError // what could not be read
	lastOK bool              // the answer is the last valid one
	answer *workspace.Answer // of the state, where it is known already
	// machines are those of the reader's team, which the form fills in from.
	machines *capacity.Machines
}

// retype shows again what an address says was typed: the errors are found anew, the plan stays as it is.
func (s *Pages) retype(c echo.Context, r *reading, doc form.Document, prices *catalog.Snapshot) error {
	out := form.Apply(doc, r.state.TypedValues(), prices)
	r.typed, r.errors, r.lastOK = out.Typed, out.Errors, len(out.Errors) > 0
	if !out.Document.SameAt(doc, "dependencies") {
		answer, err := s.Answer(c, r.state, out.Document)
		if err == nil {
			var refused []form.FieldError
			refused, err = s.unusable(answer, doc, out.Document)
			r.errors, r.lastOK = append(r.errors, refused...), r.lastOK || len(refused) > 0
		}
		if err != nil && pricing.Invalid(err) == nil {
			return err
		}
	}
	r.state.Typed = r.wrong()
	return nil
}

// wrong are the typed texts that have errors.
func (r *reading) wrong() map[string]string {
	texts := map[string]string{}
	for _, e := range r.errors {
		if text, ok := r.typed[e.Name]; ok {
			texts[e.Name] = text
		}
	}
	return texts
}

// showState evaluates and renders the page. A plan that cannot be evaluated is shown with its fields, what is wrong,
// and status 422.
func (s *Pages) showState(c echo.Context, status int, r reading) error {
	doc, err := r.state.Document()
	if err != nil {
		return err
	}
	answer := r.answer
	if answer == nil {
		answer, err = s.Answer(c, r.state, doc)
	}
	if answer != nil && r.typed == nil && len(r.state.Typed) > 0 {
		if err := s.retype(c, &r, doc, answer.Prices); err != nil {
			return err
		}
		if len(r.errors) > 0 {
			status = http.StatusUnprocessableEntity
		}
		answer.State.Typed = r.state.Typed
	}
	if invalid := pricing.Invalid(err); invalid != nil {
		status, err = http.StatusUnprocessableEntity, nil
		r.errors = append(r.errors, workspace.FieldErrorsOf(invalid)...)
	}
	if err != nil {
		return err
	}
	if r.machines, _, err = s.MachinesFor(c); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if answer != nil {
		if err := s.Complete(ctx, answer, r.machines); err != nil {
			return err
		}
	}
	view, err := s.plannerView(ctx, r, doc, answer)
	if err != nil {
		return err
	}
	page := s.Shell(c, view.title())
	page.Nav, page.Wide = "plan", true
	page.Description = "What your AI product costs each month on every seller, and which is cheapest."
	if web.IsHTMX(c) {
		// Whichever part was asked for, the form and every link hold the state too, so all of it is merged.
		h := c.Response().Header()
		h.Set("HX-Retarget", "#planner")
		h.Set("HX-Reselect", "#planner")
		h.Set("HX-Reswap", "outerMorph")
		return s.Render(c, status, views.PlannerFragment(page, view.Planner))
	}
	return s.Render(c, status, views.PlannerPage(page, view.Planner))
}

// plannerView is the page's model with its title.
type plannerView struct{ views.Planner }

func (v plannerView) title() string {
	if v.Answer != nil {
		return strings.TrimSuffix(v.Answer.Sentence(), ".")
	}
	return v.Why.Title
}

// OpenSaved shows the newest version. "/plans/ID.json" is its document instead.
func (s *Pages) OpenSaved(c echo.Context, a *web.Account) error {
	id, asFile := strings.CutSuffix(c.Param("id"), ".json")
	if !asFile {
		return s.showPlan(c)
	}
	plan, err := s.LoadPlan(c, a, id)
	if err != nil {
		return err
	}
	return workspace.SendDocument(c, plan.Plan, plan.Name, plan.Version)
}
