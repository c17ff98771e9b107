package workspace

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/db"
	"headroom/pricing"
)

// savedPlan is a plan of the reader's team at its newest version, as the planner page shows it.
type savedPlan struct {
	ID, Name string
	Version  int    // a save names it, in the form field "version", as what it was made from
	Plan     []byte // the document, headroom.plan/v1, with the name that the saved plan has now
	View     string // query string that the plan opens with: baseline, columns, period
	Snapshot string // id of the price snapshot that it was saved with
	SavedAt  time.Time
	Team     string
	CanEdit  bool
}

// LoadPlan is the one way from an address to a saved plan: of the reader's team, else db.ErrNotFound.
func (s *Plans) LoadPlan(c echo.Context, a *web.Account, id string) (savedPlan, error) {
	plan, err := s.Team(a).Plan(c.Request().Context(), id)
	if err != nil {
		return savedPlan{}, err
	}
	document, err := NamedDocument(plan.Body, plan.Name)
	return savedPlan{
		ID: plan.ID, Name: plan.Name, Version: plan.Version, Plan: document, View: plan.View,
		Snapshot: plan.CatalogSnapshot, SavedAt: plan.UpdatedAt, Team: a.Team.Name, CanEdit: a.Team.Role.CanEdit(),
	}, err
}

// VersionOf loads the version that an address names; what is no number is not found.
func (s *Plans) VersionOf(c echo.Context, a *web.Account, id, number string) (db.PlanVersion, error) {
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return db.PlanVersion{}, web.ErrNotFound
	}
	return s.Team(a).Version(c.Request().Context(), id, int(n))
}

// NamedDocument is the document with the name that the saved plan has now: renaming does not touch versions.
func NamedDocument(body, name string) ([]byte, error) {
	patch, err := json.Marshal(struct {
		Name string `json:"name"`
	}{name})
	if err != nil {
		return nil, err
	}
	return pricing.MergePatch([]byte(body), patch)
}

const MaxNote = 1000 // characters
