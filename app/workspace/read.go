package workspace

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing"
)

// DefaultPreset is what `/` shows: a filled example, without an account.
const DefaultPreset = "chatbot"

// SavedAsBase is a saved plan as what an address changes.
func SavedAsBase(plan savedPlan) PlanBase {
	return PlanBase{
		Kind: SavedBase, ID: plan.ID, Name: plan.Name, Body: plan.Plan, Version: plan.Version, Newest: plan.Version,
		Team:    plan.Team,
		CanEdit: plan.CanEdit, View: plan.View,
	}
}

// savedBaseAt is a saved plan at the version that an address names, else at its newest.
func (s *Plans) savedBaseAt(c echo.Context, a *web.Account, id, version string) (PlanBase, error) {
	plan, err := s.LoadPlan(c, a, id)
	if err != nil || version == "" || version == strconv.Itoa(plan.Version) {
		return SavedAsBase(plan), err
	}
	older, err := s.VersionOf(c, a, id, version)
	if err != nil {
		return PlanBase{}, err
	}
	base := SavedAsBase(plan)
	base.Version, base.View = older.Number, older.View
	base.Body, err = NamedDocument(older.Body, plan.Name)
	return base, err
}

// ReadState reads the state that an address or a form names.
func (s *Plans) ReadState(c echo.Context, q url.Values) (PlanState, error) {
	base, err := s.readBase(c, q)
	if err != nil {
		return PlanState{}, err
	}
	return StateOf(base, q)
}

// StateOf is the state that a query says of a base; a patch that is no plan is refused with its place.
func StateOf(base PlanBase, q url.Values) (PlanState, error) {
	patch, err := readPatch(q.Get("d"))
	state := PlanState{Base: base, Patch: patch, View: ParseView(q), Undo: q.Get("undo")}
	if err != nil {
		return state, err
	}
	state.Typed = readTyped(q.Get("typed"))
	// A patch that is no JSON object is refused here, with the place; what it does to the plan is checked later.
	return state, state.keep()
}

// readBase finds the plan that the state is the difference from.
func (s *Plans) readBase(c echo.Context, q url.Values) (PlanBase, error) {
	if id := c.Param("id"); id != "" {
		a, err := s.Account(c)
		if err != nil || a == nil {
			return PlanBase{}, orNotFound(err)
		}
		return s.savedBaseAt(c, a, id, q.Get("v"))
	}
	if id := q.Get("draft"); id != "" {
		return s.loadDraft(c, id)
	}
	id := q.Get("from")
	if id == "" {
		id = DefaultPreset
	}
	preset, ok := pricing.PresetByID(id)
	if !ok {
		return PlanBase{}, web.ErrNotFound
	}
	return PlanBase{Kind: PresetBase, ID: preset.ID, Name: preset.Name, Body: preset.Plan}, nil
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
	return web.ErrNotFound
}

// VersionWords names what a saved plan is at: "Version 4".
func VersionWords(base PlanBase) string {
	if base.Kind != SavedBase {
		return ""
	}
	words := "Version " + strconv.Itoa(base.Version)
	if base.Newest > base.Version {
		words += " of " + strconv.Itoa(base.Newest)
	}
	return words
}
