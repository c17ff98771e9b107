package planner

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/views/ui"
)

// OpenFile takes a plan file: it becomes the plan of an address when it fits into one, else a draft of the session. A
// file that is no plan is answered with what is wrong and where.
func (s *Pages) OpenFile(c echo.Context) error {
	data, err := readUpload(c)
	if invalid := pricing.Invalid(err); invalid != nil {
		return s.refuseFile(c, invalid)
	}
	if err != nil {
		return err
	}
	plan, err := pricing.ParsePlan(data)
	if invalid := pricing.Invalid(err); invalid != nil {
		return s.refuseFile(c, invalid)
	}
	if err != nil {
		return err
	}
	body, err := form.InOrderOf(plan.Canonical(), data)
	if err != nil {
		return err
	}
	state, err := smallest(body, proposeFor(plan))
	if err == nil && state.Fits() {
		return web.SeeOther(c, state.URL())
	}
	base, err := s.KeepPlanDraft(c, withName(plan.Name), body)
	if err != nil {
		return err
	}
	return web.SeeOther(c,
		workspace.PlanState{Base: base, View: workspace.PlanView{Period: workspace.PeriodTotal}}.URL())
}

func withName(name string) string {
	if name == "" {
		return "Opened plan"
	}
	return name
}

// readUpload reads the posted file, at most as large as a plan may be.
func readUpload(c echo.Context) ([]byte, error) {
	if _, err := web.ReadForm(c); err != nil {
		return nil, err
	}
	header, err := c.FormFile("plan")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, web.Invalid("plan", "choose a file first")
	}
	if err != nil {
		return nil, err
	}
	if header.Size > pricing.MaxPlanBytes {
		return nil, web.ErrTooLarge
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, pricing.MaxPlanBytes+1))
}

// refuseFile lists what is wrong with a file; the plan from before is one click away.
func (s *Pages) refuseFile(c echo.Context, invalid *pricing.InvalidError) error {
	page := s.Shell(c, "This file is not a plan")
	return s.Render(c, http.StatusUnprocessableEntity, ui.ErrorPage(page, ui.Failure{
		Status: http.StatusUnprocessableEntity, Title: "This file is not a plan that can be read",
		Text: "Nothing was changed. Correct the file and open it again.", RequestID: web.RequestID(c),
		Fields: web.FieldMessages(invalid.Fields),
		Actions: []ui.Button{{Label: "Back to the plan", URL: web.LocalPath(c.FormValue("back"), "/"),
			Look: "primary"}},
	}))
}

// smallest is the state with the shortest address that shows a plan: the difference from the preset that is most like
// it.
func smallest(body []byte, propose []string) (workspace.PlanState, error) {
	var best workspace.PlanState
	var lastErr error
	for _, preset := range pricing.Presets() {
		base := workspace.PlanBase{Kind: workspace.PresetBase, ID: preset.ID, Name: preset.Name, Body: preset.Plan}
		state, err := workspace.PlanState{Base: base,
			View: workspace.PlanView{Period: workspace.PeriodTotal, Propose: propose}}.ChangedTo(body)
		if err != nil {
			lastErr = err
			continue
		}
		if best.Base.ID == "" || len(state.Patch.Code) < len(best.Patch.Code) {
			best = state
		}
	}
	if best.Base.ID == "" {
		return best, lastErr
	}
	return best, nil
}

// proposeFor adds no proposals to a file that lists its own alternatives.
func proposeFor(plan *pricing.Plan) []string {
	if len(plan.Alternatives) > 0 {
		return []string{"none"}
	}
	return nil
}

// Adopt makes an alternative the plan and goes to its address.
func (s *Pages) Adopt(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	id := c.QueryParam("alternative")
	if !slices.Contains(a.Plan.AlternativeIDs(), id) {
		return web.ErrNotFound
	}
	plan, err := adopted(a.State, a.Plan, id)
	if err != nil {
		return err
	}
	state, err := a.State.ChangedTo(plan.Root().JSON())
	if err != nil {
		return err
	}
	if !state.Fits() {
		if state, err = s.AsDraft(c, state); err != nil {
			return err
		}
	}
	return web.SeeOther(c, state.URL())
}

// adopted is the plan with an alternative's patch and routes as its own. Its other alternatives stay.
func adopted(state workspace.PlanState, expanded *pricing.Plan, id string) (form.Document, error) {
	doc, err := state.Document()
	if err != nil {
		return doc, err
	}
	i := slices.IndexFunc(expanded.Alternatives, func(a pricing.Alternative) bool { return a.ID == id })
	if i < 0 {
		return doc, nil
	}
	chosen := expanded.Alternatives[i]
	if len(chosen.Patch) > 0 {
		if err := doc.Merge(chosen.Patch); err != nil {
			return doc, err
		}
	}
	return doc, addRoutes(doc, chosen.Routes, expanded.Offers)
}

// addRoutes sends workloads to other offers, which are added where the plan does not have them.
func addRoutes(doc form.Document, routes map[string][]pricing.Route, offers map[string]pricing.Offer) error {
	change := struct {
		Workloads map[string]workloadRoutes `json:"workloads,omitempty"`
		Offers    map[string]pricing.Offer  `json:"offers,omitempty"`
	}{map[string]workloadRoutes{}, map[string]pricing.Offer{}}
	for workload, list := range routes {
		change.Workloads[workload] = workloadRoutes{list}
		for _, route := range list {
			change.Offers[route.Offer] = offers[route.Offer]
		}
	}
	patch, err := json.Marshal(change)
	if err != nil {
		return err
	}
	return doc.Merge(patch)
}

type workloadRoutes struct {
	Routes []pricing.Route `json:"routes"`
}
