package planner

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// How shows how a figure was computed: a page of its own, or the content of a dialog when scripts ask.
func (s *Pages) How(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	alternative, figure, month := c.QueryParam("alternative"), c.QueryParam("figure"), c.QueryParam("month")
	d, err := pricing.Explain(a.Plan, a.Prices, a.Result, alternative, figure, month)
	switch {
	case errors.Is(err, pricing.ErrFigure), errors.Is(err, pricing.ErrAlternative), errors.Is(err, pricing.ErrMonth):
		return web.ErrNotFound
	case err != nil:
		return err
	}
	view := derivationOf(a, d)
	page := s.Shell(c, view.Title)
	page.Nav = "plan"
	return s.Render(c, http.StatusOK, views.HowPage(page, a.State.URL(), view))
}

// derivationOf formats a derivation for the page; the figures are those that package pricing came to.
func derivationOf(a *workspace.Answer, d pricing.Derivation) ui.Derivation {
	result, unit := stepValue(a, pricing.Step{Value: d.Result, Unit: d.Unit}, unitFigure(d.Figure))
	view := ui.Derivation{Title: d.Title, Formula: d.Formula, Result: cells.JoinWords(" ", result, unit)}
	if row, ok := a.Compare.Row(d.Alternative); ok {
		view.Intro = NameCell(a, row, a.EntriesOf(row)).Text + ". Currency " + a.Compare.Currency +
			", price snapshot " + a.Prices.ID + "."
	}
	view.Steps = stepViews(a, d.Steps, strings.HasPrefix(d.Figure, "per_1k_"))
	return view
}

// steps formats the steps of a derivation, and the parts that a sum is made of.
func stepViews(a *workspace.Answer, steps []pricing.Step, unitCost bool) []ui.DerivationStep {
	var list []ui.DerivationStep
	for _, step := range steps {
		value, unit := stepValue(a, step, unitCost)
		line := ui.DerivationStep{
			Label: cells.Capitalised(step.Label), Expression: step.Expression, Value: value, Unit: unit,
			Source: step.Source, URL: cells.WebURL(step.URL),
			AsOf: step.AsOf, Status: step.Status, Note: step.Note, Parts: stepViews(a, step.Parts, unitCost),
		}
		if month, err := calendar.ParseMonth(step.Label); err == nil {
			line.Label = cells.ShortMonth(month)
		}
		if n := len(line.Parts); n > 0 {
			line.PartsLabel = words.Plural(n, "month", "months")
		}
		list = append(list, line)
	}
	return list
}

// unitFigure reports whether a figure is a unit cost, which shows four significant digits and not cents.
func unitFigure(figure string) bool {
	return figure == "cost_per_1k_requests" || figure == "cost_per_user" || figure == "per_1k_difference"
}

// stepValue is a figure in words, with its unit; a price shows the digits of its source.
func stepValue(a *workspace.Answer, step pricing.Step, unitCost bool) (value, unit string) {
	switch {
	case step.Exact != "":
		return table.Display(table.Unit, table.Cell{Exact: step.Exact}), step.Unit
	case !step.Value.Known():
		return "unknown", ""
	case step.Unit == "share":
		return table.Number(table.Percent, float64(step.Value)), ""
	case unitCost && step.Unit == a.Compare.Currency:
		return table.Number(table.Unit, float64(step.Value)), step.Unit
	}
	return table.Number(kindOf(step.Unit, a.Compare.Currency), float64(step.Value)), step.Unit
}

// kindOf chooses how many digits a quantity shows.
func kindOf(unit, currency string) table.Kind {
	switch unit {
	case currency:
		return table.Money
	case "requests", "users", "user-months":
		return table.Count
	}
	return table.Unit
}
