package app

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/pricing"
	"headroom/pricing/growth"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
)

// how shows how a figure was computed: a page of its own, or the content of a dialog when scripts ask.
func (s *Server) how(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	alternative, figure, month := c.QueryParam("alternative"), c.QueryParam("figure"), c.QueryParam("month")
	d, err := pricing.Explain(a.plan, a.prices, a.result, alternative, figure, month)
	switch {
	case errors.Is(err, pricing.ErrFigure), errors.Is(err, pricing.ErrAlternative), errors.Is(err, pricing.ErrMonth):
		return errNotFound
	case err != nil:
		return err
	}
	view := derivationOf(a, d)
	page := s.page(c, view.Title)
	page.Nav = "plan"
	return s.render(c, http.StatusOK, views.HowPage(page, a.state.url(), view))
}

// derivation formats a derivation for the page; the figures are those that package pricing came to.
func derivationOf(a *answer, d pricing.Derivation) views.Derivation {
	result, unit := stepValue(a, pricing.Step{Value: d.Result, Unit: d.Unit}, unitFigure(d.Figure))
	view := views.Derivation{Title: d.Title, Formula: d.Formula, Result: joinWords(" ", result, unit)}
	if row, ok := a.compare.Row(d.Alternative); ok {
		view.Intro = nameCell(a, row, a.entriesOf(row)).Text + ". Currency " + a.compare.Currency + ", price snapshot " + a.prices.ID + "."
	}
	view.Steps = stepViews(a, d.Steps, strings.HasPrefix(d.Figure, "per_1k_"))
	return view
}

// steps formats the steps of a derivation, and the parts that a sum is made of.
func stepViews(a *answer, steps []pricing.Step, unitCost bool) []views.DerivationStep {
	var list []views.DerivationStep
	for _, step := range steps {
		value, unit := stepValue(a, step, unitCost)
		line := views.DerivationStep{
			Label: capitalised(step.Label), Expression: step.Expression, Value: value, Unit: unit, Source: step.Source, URL: webURL(step.URL),
			AsOf: step.AsOf, Status: step.Status, Note: step.Note, Parts: stepViews(a, step.Parts, unitCost),
		}
		if month, err := growth.ParseMonth(step.Label); err == nil {
			line.Label = shortMonth(month)
		}
		if n := len(line.Parts); n > 0 {
			line.PartsLabel = words.Plural(n, "month", "months")
		}
		list = append(list, line)
	}
	return list
}

// capitalised begins a label with a capital.
func capitalised(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// unitFigure says that a figure is a unit cost, which shows four significant digits and not cents.
func unitFigure(figure string) bool {
	return figure == "cost_per_1k_requests" || figure == "cost_per_user" || figure == "per_1k_difference"
}

// stepValue is a figure in words, with its unit; a price shows the digits of its source.
func stepValue(a *answer, step pricing.Step, unitCost bool) (value, unit string) {
	switch {
	case step.Exact != "":
		return table.Display(table.Unit, table.Cell{Exact: step.Exact}), step.Unit
	case !step.Value.Known():
		return "unknown", ""
	case step.Unit == "share":
		return table.Number(table.Percent, float64(step.Value)), ""
	case unitCost && step.Unit == a.compare.Currency:
		return table.Number(table.Unit, float64(step.Value)), step.Unit
	}
	return table.Number(kindOf(step.Unit, a.compare.Currency), float64(step.Value)), step.Unit
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
