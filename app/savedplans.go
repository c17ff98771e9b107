package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/db"
	"headroom/pricing"
	"headroom/views"
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

// loadPlan is the one way from an address to a saved plan: of the reader's team, else db.ErrNotFound.
func (s *Server) loadPlan(c echo.Context, a *account, id string) (savedPlan, error) {
	plan, err := s.team(a).Plan(c.Request().Context(), id)
	if err != nil {
		return savedPlan{}, err
	}
	document, err := namedDocument(plan.Body, plan.Name)
	return savedPlan{
		ID: plan.ID, Name: plan.Name, Version: plan.Version, Plan: document, View: plan.View,
		Snapshot: plan.CatalogSnapshot, SavedAt: plan.UpdatedAt, Team: a.Team.Name, CanEdit: a.Team.Role.CanEdit(),
	}, err
}

// openPlan shows the newest version. "/plans/ID.json" is its document instead.
func (s *Server) openPlan(c echo.Context, a *account) error {
	id, asFile := strings.CutSuffix(c.Param("id"), ".json")
	if !asFile {
		return s.showPlan(c)
	}
	plan, err := s.loadPlan(c, a, id)
	if err != nil {
		return err
	}
	return sendDocument(c, plan.Plan, plan.Name, plan.Version)
}

// openVersion shows an older version as a change of the newest, in the address like any other change: looking at it
// writes nothing, and saving it makes a version on top. "/plans/ID/versions/2.json" is the document as it was saved.
func (s *Server) openVersion(c echo.Context, a *account) error {
	id := c.Param("id")
	number, asFile := strings.CutSuffix(c.Param("number"), ".json")
	newest, err := s.loadPlan(c, a, id)
	if err != nil {
		return err
	}
	version, err := s.versionOf(c, a, id, number)
	if err != nil {
		return err
	}
	if asFile {
		return sendDocument(c, []byte(version.Body), version.Name, version.Number)
	}
	view, err := url.ParseQuery(version.View)
	if err != nil {
		return err
	}
	state := planState{Base: savedAsBase(newest), View: parseView(view)}
	if state, err = state.changedTo([]byte(version.Body)); err != nil {
		return err
	}
	if !state.fits() {
		return s.said(c, "/plans/"+id+"/versions", "Version "+number+" differs too much from the newest to be shown beside it. Restore it or download it.")
	}
	if version.Number == newest.Version {
		return seeOther(c, state.url())
	}
	return s.said(c, state.url(), fmt.Sprintf("This is version %d as it was saved. Saving it makes it version %d.", version.Number, newest.Version+1))
}

// versionOf loads the version that an address names; what is no number is not found.
func (s *Server) versionOf(c echo.Context, a *account, id, number string) (db.PlanVersion, error) {
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return db.PlanVersion{}, errNotFound
	}
	return s.team(a).Version(c.Request().Context(), id, int(n))
}

// namedDocument is the document with the name that the saved plan has now: renaming does not touch versions.
func namedDocument(body, name string) ([]byte, error) {
	patch, err := json.Marshal(struct {
		Name string `json:"name"`
	}{name})
	if err != nil {
		return nil, err
	}
	return pricing.MergePatch([]byte(body), patch)
}

// sendDocument answers with the plan as a file for git: indented, with a name that says which plan and version it is.
func sendDocument(c echo.Context, document []byte, name string, version int) error {
	var indented bytes.Buffer
	if err := json.Indent(&indented, document, "", "  "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+fileName(name)+`-v`+strconv.Itoa(version)+`.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, indented.Bytes())
}

func (s *Server) renamePlan(c echo.Context, a *account) error {
	name, problem := planName(c.FormValue("name"))
	if problem != "" {
		return s.showHistory(c, http.StatusUnprocessableEntity, a, name, problem)
	}
	id := c.Param("id")
	if err := s.team(a).RenamePlan(c.Request().Context(), a.ID, id, name); err != nil {
		return err
	}
	return s.said(c, "/plans/"+id+"/versions", "The plan is now called "+name+".")
}

func (s *Server) copyPlan(c echo.Context, a *account) error {
	ctx, team := c.Request().Context(), s.team(a)
	source, err := team.Plan(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	made, err := team.CopyPlan(ctx, a.ID, source.ID, copyName(source.Name))
	if err != nil {
		return err
	}
	return s.said(c, "/plans/"+made.ID, "This is a copy of "+source.Name+". Change it as you like.")
}

// deletePlan hides the plan and offers to undo it on the next page.
func (s *Server) deletePlan(c echo.Context, a *account) error {
	ctx, team := c.Request().Context(), s.team(a)
	plan, err := team.Plan(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := team.DeletePlan(ctx, a.ID, plan.ID); err != nil {
		return err
	}
	if err := s.notify(c, views.Notice{
		Text: plan.Name + " is deleted. It can be restored for 30 days.", Post: true,
		Action: views.Link{Label: "Undo", URL: "/plans/" + plan.ID + "/restore"},
	}); err != nil {
		return err
	}
	return seeOther(c, "/plans")
}

func (s *Server) restorePlan(c echo.Context, a *account) error {
	id := c.Param("id")
	if err := s.team(a).RestorePlan(c.Request().Context(), a.ID, id); err != nil {
		return err
	}
	return s.said(c, "/plans", "The plan is back.")
}

// said sends the reader to a page that begins with a notice.
func (s *Server) said(c echo.Context, url, text string) error {
	if err := s.notify(c, views.Notice{Text: text}); err != nil {
		return err
	}
	return seeOther(c, url)
}
