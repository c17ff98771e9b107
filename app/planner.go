package app

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/views"
)

// plannerRoutes are the main page and everything that hangs on its address. The same pages stand below /plans/ID for a
// saved plan.
func (s *Server) plannerRoutes(g *echo.Group) {
	g.GET("/", s.openPlanner)
	g.POST("/plan", s.changePlan)
	g.POST("/plan/open", s.openFile)
	g.GET("/how", s.how)
	g.GET("/adopt", s.adopt)
	g.GET("/try", s.tryWay)
	g.GET("/compare.csv", s.compareCSV)
	g.GET("/compare.xlsx", s.compareXLSX)
	g.GET("/months.csv", s.monthsCSV)
	g.GET("/plan.json", s.planJSON)
	g.GET("/uncertainty", s.drawRanges)
	g.GET("/uncertainty.csv", s.rangesCSV)

	saved := func(handle echo.HandlerFunc) echo.HandlerFunc {
		return s.forMembers(func(c echo.Context, _ *account) error { return handle(c) })
	}
	g.POST("/plans/:id/plan", saved(s.changePlan))
	g.GET("/plans/:id/how", saved(s.how))
	g.GET("/plans/:id/adopt", saved(s.adopt))
	g.GET("/plans/:id/try", saved(s.tryWay))
	g.GET("/plans/:id/compare.csv", saved(s.compareCSV))
	g.GET("/plans/:id/compare.xlsx", saved(s.compareXLSX))
	g.GET("/plans/:id/months.csv", saved(s.monthsCSV))
	g.GET("/plans/:id/plan.json", saved(s.planJSON))
	g.GET("/plans/:id/uncertainty", saved(s.drawRanges))
	g.GET("/plans/:id/uncertainty.csv", saved(s.rangesCSV))
}

// defaultPreset is what `/` shows: a filled example, without an account.
const defaultPreset = "chatbot"

// openPlanner shows the plan of the address, or applies the preset that was chosen.
func (s *Server) openPlanner(c echo.Context) error {
	if preset := c.QueryParam("preset"); preset != "" {
		return s.applyPreset(c, preset)
	}
	state, err := s.readState(c, c.QueryParams())
	if err != nil {
		return err
	}
	if !state.fits() {
		if state, err = s.asDraft(c, state); err != nil {
			return err
		}
		return seeOther(c, state.url())
	}
	return s.showState(c, http.StatusOK, reading{state: state})
}

// showPlan shows a saved plan; the address holds what differs from it.
func (s *Server) showPlan(c echo.Context) error {
	q := c.QueryParams()
	state, err := s.readState(c, q)
	if err != nil {
		return err
	}
	if len(q) == 0 && state.Base.View != "" {
		if view, err := url.ParseQuery(state.Base.View); err == nil {
			state.View = parseView(view)
		}
	}
	return s.showState(c, http.StatusOK, reading{state: state})
}

func savedAsBase(plan savedPlan) planBase {
	return planBase{
		Kind: savedBase, ID: plan.ID, Name: plan.Name, Body: plan.Plan, Version: plan.Version, Newest: plan.Version, Team: plan.Team,
		CanEdit: plan.CanEdit, View: plan.View,
	}
}

// savedBaseAt is a saved plan at the version that an address names, else at its newest.
func (s *Server) savedBaseAt(c echo.Context, a *account, id, version string) (planBase, error) {
	plan, err := s.loadPlan(c, a, id)
	if err != nil || version == "" || version == strconv.Itoa(plan.Version) {
		return savedAsBase(plan), err
	}
	older, err := s.versionOf(c, a, id, version)
	if err != nil {
		return planBase{}, err
	}
	base := savedAsBase(plan)
	base.Version, base.View = older.Number, older.View
	base.Body, err = namedDocument(older.Body, plan.Name)
	return base, err
}

// readState reads the state that an address or a form names.
func (s *Server) readState(c echo.Context, q url.Values) (planState, error) {
	base, err := s.readBase(c, q)
	if err != nil {
		return planState{}, err
	}
	return stateOf(base, q)
}

func stateOf(base planBase, q url.Values) (planState, error) {
	patch, err := readPatch(q.Get("d"))
	state := planState{Base: base, Patch: patch, View: parseView(q), Undo: q.Get("undo")}
	if err != nil {
		return state, err
	}
	state.Typed = readTyped(q.Get("typed"))
	// A patch that is no JSON object is refused here, with the place; what it does to the plan is checked later.
	if _, err := state.body(); err != nil {
		return state, err
	}
	return state, nil
}

// readBase finds the plan that the state is the difference from.
func (s *Server) readBase(c echo.Context, q url.Values) (planBase, error) {
	if id := c.Param("id"); id != "" {
		a, err := s.account(c)
		if err != nil || a == nil {
			return planBase{}, orNotFound(err)
		}
		return s.savedBaseAt(c, a, id, q.Get("v"))
	}
	if id := q.Get("draft"); id != "" {
		return s.loadDraft(c, id)
	}
	id := q.Get("from")
	if id == "" {
		id = defaultPreset
	}
	preset, ok := pricing.PresetByID(id)
	if !ok {
		return planBase{}, errNotFound
	}
	return planBase{Kind: presetBase, ID: preset.ID, Name: preset.Name, Body: preset.Plan}, nil
}

// maxTyped bounds what every link of a page carries along of texts that could not be read, in bytes.
const maxTyped = 1 << 10

// readTyped reads what an address says was typed and could not be read. It is only shown, so nonsense is dropped.
func readTyped(query string) map[string]string {
	q, err := url.ParseQuery(query)
	if err != nil || len(q) == 0 || len(query) > maxTyped {
		return nil
	}
	typed := map[string]string{}
	for field := range q {
		typed[field] = q.Get(field)
	}
	return typed
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return errNotFound
}

// applyPreset replaces the plan by a preset and keeps the way back in the address.
func (s *Server) applyPreset(c echo.Context, id string) error {
	if _, ok := pricing.PresetByID(id); !ok {
		return errNotFound
	}
	next := url.Values{"from": {id}}
	if was := c.QueryParam("was"); len(was) <= maxQuery/2 && c.QueryParams().Has("was") {
		next.Set("undo", was)
	}
	return seeOther(c, "/?"+next.Encode())
}

// reading is a state on its way to the page, with what a form added to it.
type reading struct {
	state  planState
	typed  map[string]string // texts as typed
	errors []form.FieldError // what could not be read
	lastOK bool              // the answer is of the last values that could be read
	answer *answer           // of the state, where it is known already
	// machines are those of the reader's team, which the form fills in from.
	machines *capacity.Machines
}

// retype shows again what an address says was typed: the errors are found anew, the plan stays as it is.
func (s *Server) retype(c echo.Context, r *reading, doc form.Document, prices *catalog.Snapshot) error {
	out := form.Apply(doc, r.state.typedValues(), prices)
	r.typed, r.errors, r.lastOK = out.Typed, out.Errors, len(out.Errors) > 0
	if !out.Document.SameAt(doc, "dependencies") {
		answer, err := s.answer(c, r.state, out.Document.Bytes())
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

// showState evaluates and renders the page. A plan that cannot be evaluated is shown with its fields, what is wrong, and
// status 422.
func (s *Server) showState(c echo.Context, status int, r reading) error {
	body, err := r.state.body()
	if err != nil {
		return err
	}
	doc, err := form.ParseDocument(body)
	if err != nil {
		return err
	}
	answer := r.answer
	if answer == nil {
		answer, err = s.answer(c, r.state, body)
	}
	if answer != nil && r.typed == nil && len(r.state.Typed) > 0 {
		if err := s.retype(c, &r, doc, answer.prices); err != nil {
			return err
		}
		if len(r.errors) > 0 {
			status = http.StatusUnprocessableEntity
		}
		answer.state.Typed = r.state.Typed
	}
	if invalid := pricing.Invalid(err); invalid != nil {
		status, err = http.StatusUnprocessableEntity, nil
		r.errors = append(r.errors, fieldErrorsOf(invalid)...)
	}
	if err != nil {
		return err
	}
	if r.machines, _, err = s.machinesFor(c); err != nil {
		return err
	}
	if answer != nil {
		if err := answer.findWays(c.Request().Context(), r.machines, s.today()); err != nil {
			return err
		}
	}
	view, err := s.plannerView(r, doc, answer)
	if err != nil {
		return err
	}
	page := s.page(c, view.title())
	page.Nav, page.Wide = "plan", true
	page.Description = "What your AI product costs each month on every seller, and which is cheapest."
	if isHTMX(c) {
		// Whichever part was asked for, the form and every link hold the state too, so all of it is merged.
		h := c.Response().Header()
		h.Set("HX-Retarget", "#planner")
		h.Set("HX-Reselect", "#planner")
		h.Set("HX-Reswap", "outerMorph")
		return s.render(c, status, views.PlannerFragment(page, view.Planner))
	}
	return s.render(c, status, views.PlannerPage(page, view.Planner))
}

// fieldErrorsOf are the errors of package pricing as messages beside fields.
func fieldErrorsOf(invalid *pricing.InvalidError) []form.FieldError {
	list := make([]form.FieldError, len(invalid.Fields))
	for i, f := range invalid.Fields {
		list[i] = form.FieldError{Name: f.Path, Message: form.Sentence(f.Message)}
	}
	return list
}

// plannerView is the page's model with its title.
type plannerView struct{ views.Planner }

func (v plannerView) title() string {
	if v.Answer != nil {
		return strings.TrimSuffix(v.Answer.Sentence(), ".")
	}
	return v.Why.Title
}

// versionWords names what a saved plan is at: "Version 4".
func versionWords(base planBase) string {
	if base.Kind != savedBase {
		return ""
	}
	words := "Version " + strconv.Itoa(base.Version)
	if base.Newest > base.Version {
		words += " of " + strconv.Itoa(base.Newest)
	}
	return words
}
