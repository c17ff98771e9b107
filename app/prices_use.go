package app

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/db"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/views"
)

// toExample is the value of "to" that stands for the example plan.
const toExample = "example"

// usePrice opens a plan with one more alternative: every request served by this offer. "to" says which plan; without it
// somebody who has saved plans chooses, and a visitor gets the example.
func (s *Server) usePrice(c echo.Context) error {
	id, scope, _ := strings.Cut(c.QueryParam("offer"), "|")
	offer, err := s.deps.Catalog.Offer(id, scope)
	if err != nil {
		return errNotFound
	}
	a, err := s.account(c)
	if err != nil {
		return err
	}
	to := c.QueryParam("to")
	if to == "" && a != nil {
		plans, err := s.team(a).Plans(c.Request().Context())
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
		return seeOther(c, state.url()+"#compare")
	}
	return s.said(c, state.url()+"#compare", s.alternativeName(offer)+" is an alternative of this plan now, at the end of the comparison.")
}

// choosePlan asks which plan an offer is for: the example or one of the team's.
func (s *Server) choosePlan(c echo.Context, o *catalog.Offer, plans []db.PlanInfo, err error) error {
	if err != nil {
		return err
	}
	use := func(label, to string) views.Link {
		return views.Link{Label: label, URL: address("/prices/use", url.Values{"offer": {form.SellerValue(o)}, "to": {to}})}
	}
	choice := views.UsePrice{Name: s.alternativeName(o), Example: use("The example plan", toExample)}
	for _, p := range plans {
		choice.Plans = append(choice.Plans, use(p.Name, p.ID))
	}
	page := s.page(c, "Use a price in a plan")
	page.Nav = "prices"
	return s.render(c, http.StatusOK, views.UsePricePage(page, choice))
}

// planToUse is the state of a saved plan of the reader, or of the example.
func (s *Server) planToUse(c echo.Context, a *account, to string) (planState, error) {
	if to == "" || to == toExample {
		preset, ok := pricing.PresetByID(defaultPreset)
		if !ok {
			return planState{}, errNotFound
		}
		return planState{Base: planBase{Kind: presetBase, ID: preset.ID, Name: preset.Name, Body: preset.Plan}}, nil
	}
	if a == nil {
		return planState{}, errNotFound
	}
	plan, err := s.loadPlan(c, a, to)
	if err != nil {
		return planState{}, err
	}
	view, err := url.ParseQuery(plan.View)
	return planState{Base: savedAsBase(plan), View: parseView(view)}, err
}

// withOffer adds an alternative that sends every workload to the offer, once.
func (s *Server) withOffer(state planState, o *catalog.Offer) (planState, error) {
	d, err := form.ParseDocument(state.Base.Body)
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
	return state.changedTo(d.Bytes())
}

func (s *Server) addOffer(d form.Document, o *catalog.Offer, id string) {
	d.Set(map[string]any{"kind": "on_demand", "catalog": o.ID(), "scope": o.Scope}, "offers", id)
	routes := map[string]any{}
	for _, w := range d.Names("workloads") {
		routes[w] = []any{map[string]any{"offer": id, "share": "1"}}
	}
	if d.Len("alternatives") == 0 {
		d.Set(map[string]any{"id": "plan", "name": "The plan as it is"}, "alternatives", form.Item(0))
	}
	d.Set(map[string]any{"id": id, "name": s.alternativeName(o), "routes": routes}, "alternatives", form.Item(d.Len("alternatives")))
}

// alternativeName is the seller and the model: "Azure (EU data zone), GPT-5.4".
func (s *Server) alternativeName(o *catalog.Offer) string {
	name := s.sellerInScope(o)
	if model, ok := s.deps.Catalog.Model(o.Model); ok {
		name += ", " + pricelist.Name(model)
	}
	return name
}
