package saved

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/views/ui"
)

// OpenVersion shows an older version as a change of the newest, in the address like any other change: looking at it
// writes nothing, and saving it makes a version on top. "/plans/ID/versions/2.json" is the document as it was saved.
func (s *Pages) OpenVersion(c echo.Context, a *web.Account) error {
	id := c.Param("id")
	number, asFile := strings.CutSuffix(c.Param("number"), ".json")
	newest, err := s.LoadPlan(c, a, id)
	if err != nil {
		return err
	}
	version, err := s.VersionOf(c, a, id, number)
	if err != nil {
		return err
	}
	if asFile {
		return workspace.SendDocument(c, []byte(version.Body), version.Name, version.Number)
	}
	view, err := url.ParseQuery(version.View)
	if err != nil {
		return err
	}
	state := workspace.PlanState{Base: workspace.SavedAsBase(newest), View: workspace.ParseView(view)}
	if state, err = state.ChangedTo([]byte(version.Body)); err != nil {
		return err
	}
	if !state.Fits() {
		return s.Said(c, "/plans/"+id+"/versions", "Version "+number+" differs too much from the newest to be shown "+
			"beside it. Restore it or download it.")
	}
	if version.Number == newest.Version {
		return web.SeeOther(c, state.URL())
	}
	return s.Said(c, state.URL(), fmt.Sprintf("This is version %d as it was saved. Saving it makes it version %d.",
		version.Number, newest.Version+1))
}

func (s *Pages) Rename(c echo.Context, a *web.Account) error {
	name, problem := planName(c.FormValue("name"))
	if problem != "" {
		return s.showHistory(c, http.StatusUnprocessableEntity, a, name, problem)
	}
	id := c.Param("id")
	if err := s.Team(a).RenamePlan(c.Request().Context(), a.ID, id, name); err != nil {
		return err
	}
	return s.Said(c, "/plans/"+id+"/versions", "The plan is now called "+name+".")
}

func (s *Pages) Copy(c echo.Context, a *web.Account) error {
	ctx, team := c.Request().Context(), s.Team(a)
	source, err := team.Plan(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	made, err := team.CopyPlan(ctx, a.ID, source.ID, copyName(source.Name))
	if err != nil {
		return err
	}
	return s.Said(c, "/plans/"+made.ID, "This is a copy of "+source.Name+". Change it as you like.")
}

// Delete hides the plan and offers to undo it on the next page.
func (s *Pages) Delete(c echo.Context, a *web.Account) error {
	ctx, team := c.Request().Context(), s.Team(a)
	plan, err := team.Plan(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := team.DeletePlan(ctx, a.ID, plan.ID); err != nil {
		return err
	}
	if err := s.Notify(c, ui.Notice{
		Text: plan.Name + " is deleted. It can be restored for 30 days.", Post: true,
		Action: ui.Link{Label: "Undo", URL: "/plans/" + plan.ID + "/restore"},
	}); err != nil {
		return err
	}
	return web.SeeOther(c, "/plans")
}

func (s *Pages) Restore(c echo.Context, a *web.Account) error {
	id := c.Param("id")
	if err := s.Team(a).RestorePlan(c.Request().Context(), a.ID, id); err != nil {
		return err
	}
	return s.Said(c, "/plans", "The plan is back.")
}
