package prices

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/listing"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/db"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/views"
	"headroom/views/ui"
)

// toExample is the value of "to" that stands for the example plan.
const toExample = "example"

// Use opens a plan with one more alternative: every request served by this offer. "to" says which plan; without it
// somebody who has saved plans chooses, and a visitor gets the example.
func (s *Pages) Use(c echo.Context) error {
	id, scope, _ := strings.Cut(c.QueryParam("offer"), "|")
	offer, err := s.Deps.Catalog.Offer(id, scope)
	if err != nil {
		return web.ErrNotFound
	}
	a, err := s.Account(c)
	if err != nil {
		return err
	}
	to := c.QueryParam("to")
	if to == "" && a != nil {
		plans, err := s.Team(a).Plans(c.Request().Context())
		if err != nil || len(plans) > 0 {
			return s.choosePlan(c, offer, plans, err)
		}
	}
	base, err := s.planToUse(c, a, to)
	if err != nil {
		return err
	}
	state, err := s.withOffer(base, offer)
	if err != nil {
		return err
	}
	if a == nil { // a notice would need a session
		return web.SeeOther(c, state.URL()+"#compare")
	}
	return s.Said(c, state.URL()+"#compare", s.alternativeName(offer)+" is an alternative of this plan now, at the "+
		"end of the comparison.")
}

// choosePlan asks which plan an offer is for: the example or one of the team's.
func (s *Pages) choosePlan(c echo.Context, o *catalog.Offer, plans []db.PlanInfo, err error) error {
	if err != nil {
		return err
	}
	use := func(label, to string) ui.Link {
		return ui.Link{Label: label,
			URL: listing.Address("/prices/use", url.Values{"offer": {form.SellerValue(o)}, "to": {to}})}
	}
	choice := views.UsePrice{Name: s.alternativeName(o), Example: use("The example plan", toExample)}
	for _, p := range plans {
		choice.Plans = append(choice.Plans, use(p.Name, p.ID))
	}
	page := s.Shell(c, "Use a price in a plan")
	page.Nav = "prices"
	return s.Render(c, http.StatusOK, views.UsePricePage(page, choice))
}

// planToUse is the state of a saved plan of the reader, or of the example.
func (s *Pages) planToUse(c echo.Context, a *web.Account, to string) (workspace.PlanState, error) {
	if to == "" || to == toExample {
		preset, ok := pricing.PresetByID(workspace.DefaultPreset)
		if !ok {
			return workspace.PlanState{}, web.ErrNotFound
		}
		return workspace.PlanState{Base: workspace.PlanBase{Kind: workspace.PresetBase, ID: preset.ID,
			Name: preset.Name, Body: preset.Plan}}, nil
	}
	if a == nil {
		return workspace.PlanState{}, web.ErrNotFound
	}
	plan, err := s.LoadPlan(c, a, to)
	if err != nil {
		return workspace.PlanState{}, err
	}
	view, err := url.ParseQuery(plan.View)
	return workspace.PlanState{Base: workspace.SavedAsBase(plan), View: workspace.ParseView(view)}, err
}

// withOffer adds an alternative that sends every workload to the offer, once.
func (s *Pages) withOffer(state workspace.PlanState, o *catalog.Offer) (workspace.PlanState, error) {
	d, err := state.Document()
	if err != nil {
		return state, err
	}
	id := form.Slug(o.Provider + "-" + o.NativeID + "-" + o.Scope)
	for i := range d.Len("alternatives") {
		if d.Text("alternatives", form.Item(i), "id") == id {
			return state, nil
		}
	}
	s.addOffer(d, o, id)
	return state.ChangedTo(d.Bytes())
}

func (s *Pages) addOffer(d form.Document, o *catalog.Offer, id string) {
	d.Set(map[string]any{"kind": "on_demand", "catalog": o.ID(), "scope": o.Scope}, "offers", id)
	routes := map[string]any{}
	for _, w := range d.Names("workloads") {
		routes[w] = []any{map[string]any{"offer": id, "share": "1"}}
	}
	if d.Len("alternatives") == 0 {
		d.Set(map[string]any{"id": "plan", "name": "The plan as it is"}, "alternatives", form.Item(0))
	}
	d.Set(map[string]any{"id": id, "name": s.alternativeName(o), "routes": routes}, "alternatives",
		form.Item(d.Len("alternatives")))
}

// alternativeName is the seller and the model: "Azure (EU data zone), GPT-5.4".
func (s *Pages) alternativeName(o *catalog.Offer) string {
	name := s.sellerInScope(o)
	if model, ok := s.Deps.Catalog.Model(o.Model); ok {
		name += ", " + pricelist.Name(model)
	}
	return name
}
