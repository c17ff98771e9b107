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
	"headroom/pricing/catalog"
)

// Change reads the posted form into the plan. All readable: 303 to the plan's address, or for scripts the page's
// new content under that address. Otherwise 422 and the form again, as typed.
func (s *Pages) Change(c echo.Context) error {
	posted, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	state, err := s.ReadState(c, posted)
	if err != nil {
		return err
	}
	r, err := s.readForm(c, state, posted)
	if err != nil {
		return err
	}
	if len(r.errors) > 0 {
		if r.state.Typed = r.wrong(); r.answer != nil {
			r.answer.State.Typed = r.state.Typed
		}
		return s.showState(c, http.StatusUnprocessableEntity, r)
	}
	if isSupply(posted.Get("do")) {
		r.state = r.state.Undoing(state)
		r.answer = nil
	}
	if !r.state.Fits() {
		if r.state, err = s.AsDraft(c, r.state); err != nil {
			return err
		}
		r.answer = nil // its links would name the state before
	}
	if !web.IsHTMX(c) {
		return web.SeeOther(c, r.state.URL())
	}
	c.Response().Header().Set("HX-Replace-Url", r.state.URL())
	return s.showState(c, http.StatusOK, r)
}

// readForm applies the form and the action of the button that was pressed. The state it returns is the plan with
// everything that could be read; when that is no valid plan, it is the plan before.
func (s *Pages) readForm(c echo.Context, state workspace.PlanState, posted url.Values) (reading, error) {
	r := reading{state: state}
	doc, err := state.Document()
	if err != nil {
		return r, err
	}
	prices, err := s.pricesOf(c, doc)
	if err != nil {
		return r, err
	}
	out := form.Apply(doc, posted, prices)
	act(&out, posted, prices)
	machines, _, err := s.MachinesFor(c)
	if err != nil {
		return r, err
	}
	actSupply(&out, posted, prices, machines)
	r.typed, r.errors = out.Typed, out.Errors
	changed, err := state.ChangedTo(out.Document.Bytes())
	if err != nil {
		return r, err
	}
	answer, err := s.Answer(c, changed, out.Document)
	if err != nil {
		invalid := pricing.Invalid(err)
		if invalid == nil {
			return r, err
		}
		r.errors, r.lastOK = append(r.errors, workspace.FieldErrorsOf(invalid)...), true
		return r, nil
	}
	r.state, r.answer, r.lastOK = changed, answer, len(r.errors) > 0
	return r, s.refuseAnswers(c, &r, state, doc, out.Document)
}

// pricesOf is the catalogue that a plan is pinned to, or the shipped one where it is not known here.
func (s *Pages) pricesOf(c echo.Context, doc form.Document) (*catalog.Snapshot, error) {
	prices, err := s.SnapshotFor(c.Request().Context(), doc.Text("catalog_snapshot"))
	if pricing.Invalid(err) != nil {
		return s.Deps.Catalog, nil
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
