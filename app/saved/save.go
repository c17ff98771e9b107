package saved

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/typed"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/db"
	"headroom/pricing"
	"headroom/views"
	"headroom/views/ui"
)

// draft is a plan on its way to be saved, as a page posts it: the document, the page's query string, a name, a note.
type draft struct{ Plan, View, Name, Note string }

func readDraft(c echo.Context) draft {
	return draft{
		Plan: c.FormValue("plan"), View: strings.TrimPrefix(c.FormValue("view"), "?"),
		Name: c.FormValue("name"), Note: strings.TrimSpace(c.FormValue("note")),
	}
}

const (
	maxView = 8 << 10 // what a sandbox address may hold

)

// check reads the plan and fills in the name from the document where the form gave none. What is wrong with the form
// or with the plan is a *pricing.InvalidError.
func (d *draft) check() (*pricing.Plan, error) {
	plan, err := pricing.ParsePlan([]byte(d.Plan))
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(d.Name) == "" {
		d.Name = plan.Name
	}
	if strings.TrimSpace(d.Name) == "" {
		d.Name = "Untitled plan"
	}
	name, problem := planName(d.Name)
	if problem != "" {
		return nil, web.Invalid("name", "%s", problem)
	}
	d.Name = name
	if len(d.View) > maxView {
		return nil, web.Invalid("view", "the query string has %d bytes, at most %d are kept", len(d.View), maxView)
	}
	if problem := typed.TextProblem(d.Note, "", workspace.MaxNote); problem != "" {
		return nil, web.Invalid("note", "%s", problem)
	}
	return plan, nil
}

// content is what the store keeps of a checked draft. The plan is pinned to the prices that it was seen with, and those
// are kept too, so that neither an import nor a newer program changes a saved plan silently.
func (s *Pages) content(ctx context.Context, d draft, plan *pricing.Plan) (db.PlanContent, error) {
	snapshot, err := s.SnapshotFor(ctx, plan.CatalogSnapshot)
	if err != nil {
		return db.PlanContent{}, err
	}
	if err := s.keepSnapshot(ctx, snapshot.ID); err != nil {
		return db.PlanContent{}, err
	}
	patch, err := json.Marshal(struct {
		Name     string `json:"name"`
		Snapshot string `json:"catalog_snapshot"`
	}{d.Name, snapshot.ID})
	if err != nil {
		return db.PlanContent{}, err
	}
	body, err := pricing.MergePatch([]byte(d.Plan), patch)
	if err != nil {
		return db.PlanContent{}, err
	}
	figures, err := s.figuresOf(ctx, d.Plan, plan, snapshot)
	return db.PlanContent{
		Name: d.Name, Body: string(body), View: d.View, Start: plan.Start.String(), Months: plan.Months,
		CatalogSnapshot: snapshot.ID, PlanFigures: figures,
	}, err
}

// keepSnapshot puts the shipped prices into the store: the next release ships others.
func (s *Pages) keepSnapshot(ctx context.Context, id string) error {
	if id != s.Deps.Catalog.ID {
		return nil // it came from the store
	}
	_, err := s.Deps.Store.LoadSnapshot(ctx, id)
	if !errors.Is(err, db.ErrNotFound) {
		return err
	}
	return s.Deps.Store.SaveCatalog(ctx, s.Deps.Catalog)
}

// Create saves a plan of the main page to the team. A visitor's plan waits in the session while they sign in.
func (s *Pages) Create(c echo.Context) error {
	d := readDraft(c)
	plan, err := d.check()
	if err != nil {
		return s.keepDraft(c, "/plans", d, nil, err)
	}
	a, err := s.Account(c)
	if err != nil {
		return err
	}
	if a == nil {
		return s.holdPending(c, d)
	}
	if !a.Team.Role.CanEdit() {
		return web.ErrForbidden
	}
	saved, err := s.savePlan(c, a, d, plan)
	if err != nil {
		return s.keepDraft(c, "/plans", d, nil, err)
	}
	return s.Said(c, "/plans/"+saved.ID, "Saved to "+a.Team.Name+" as version 1.")
}

func (s *Pages) savePlan(c echo.Context, a *web.Account, d draft, plan *pricing.Plan) (db.Plan, error) {
	ctx := c.Request().Context()
	content, err := s.content(ctx, d, plan)
	if err != nil {
		return db.Plan{}, err
	}
	return s.Team(a).CreatePlan(ctx, a.ID, content, d.Note)
}

// keepDraft shows an invalid draft again, whole, with what is wrong in it; other errors pass.
func (s *Pages) keepDraft(c echo.Context, action string, d draft, hidden []views.HiddenValue, err error) error {
	var bad *pricing.InvalidError
	if !errors.As(err, &bad) {
		return err
	}
	page := views.SavePlan{
		Action: action, Hidden: hidden, Draft: views.PlanDraft{Name: d.Name, Plan: d.Plan, View: d.View, Note: d.Note},
		Name: ui.Field{ID: "name", Name: "name", Label: "Name of the plan", Value: d.Name, Type: "text",
			Autocomplete: "off"},
	}
	for _, f := range bad.Fields {
		if f.Path == "name" {
			page.Name.Error = f.Message
			continue
		}
		page.Fields = append(page.Fields, ui.FieldMessage{Path: f.Path, Message: f.Message})
	}
	return s.Render(c, http.StatusUnprocessableEntity, views.SavePlanPage(s.Shell(c, "Save the plan"), page))
}

// SaveVersion saves a new version, made from the one that the form field "version" names.
func (s *Pages) SaveVersion(c echo.Context, a *web.Account) error {
	ctx, d, id := c.Request().Context(), readDraft(c), c.Param("id")
	expected, err := strconv.ParseInt(c.FormValue("version"), 10, 32)
	if err != nil {
		return web.ErrBadRequest
	}
	if d.Name, err = s.nameFor(ctx, a, id, int(expected), d.Name); err != nil {
		return err
	}
	if c.FormValue("base") != "" {
		if err := s.mergeChoices(c, a, id, &d); err != nil {
			return err
		}
	}
	content, err := s.checkedContent(ctx, &d)
	if err != nil {
		hidden := []views.HiddenValue{{Name: "version", Value: strconv.FormatInt(expected, 10)}}
		return s.keepDraft(c, "/plans/"+id, d, hidden, err)
	}
	saved, err := s.Team(a).SavePlan(ctx, a.ID, id, int(expected), content, d.Note)
	if errors.Is(err, db.ErrStale) {
		return s.showConflict(c, a, id, int(expected), d)
	}
	if err != nil {
		return err
	}
	return s.Said(c, "/plans/"+saved.ID, "Saved as version "+strconv.Itoa(saved.Version)+".")
}

// nameFor is the name of a new version. A form that still holds the name of the version that it was made from did not
// mean to change it, so that a rename by somebody else meanwhile stays.
func (s *Pages) nameFor(ctx context.Context, a *web.Account, id string, expected int, typed string) (string, error) {
	plan, err := s.Team(a).Plan(ctx, id)
	if err != nil || strings.TrimSpace(typed) == "" {
		return plan.Name, err
	}
	from, err := s.Team(a).Version(ctx, id, expected)
	if errors.Is(err, db.ErrNotFound) {
		return typed, nil
	}
	if from.Name == strings.TrimSpace(typed) {
		typed = plan.Name
	}
	return typed, err
}

// checkedContent checks a draft and gives what the store keeps of it.
func (s *Pages) checkedContent(ctx context.Context, d *draft) (db.PlanContent, error) {
	plan, err := d.check()
	if err != nil {
		return db.PlanContent{}, err
	}
	return s.content(ctx, *d, plan)
}
