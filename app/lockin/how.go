package lockin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/planner"
	"headroom/app/web"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// How shows how a figure of the assessment was computed: a page of its own, or the content of a dialog.
func (s *Pages) How(c echo.Context) error {
	p, err := s.readAssessed(c)
	if err != nil {
		return err
	}
	d, ok := p.Explain(c.QueryParam("figure"))
	if !ok {
		return web.ErrNotFound
	}
	view := p.derived(d)
	page := s.Shell(c, view.Title)
	page.Nav = "plan"
	return s.Render(c, http.StatusOK, views.HowPage(page, p.link("/lockin"), view))
}

// derived formats a derivation; the figures are those of package lockin.
func (p *assessed) derived(d lockin.Derivation) ui.Derivation {
	view := ui.Derivation{Title: d.Title, Formula: d.Formula,
		Result: cells.JoinWords(" ", words.Group(d.Result), d.Unit),
		Intro: planner.NameCell(p.Answer, p.row, p.EntriesOf(p.row)).Text + ". Currency " + p.Compare.Currency +
			", price snapshot " + p.Prices.ID + ", assessed on " + cells.DayWords(p.day) + "."}
	for _, s := range d.Steps {
		view.Steps = append(view.Steps, ui.DerivationStep{Label: p.called(s.Label), Expression: s.Expression,
			Value: words.Group(s.Value), Source: s.Source, URL: cells.WebURL(s.Source), AsOf: s.AsOf, Note: s.Note})
	}
	return view
}

// called is the name of a line, an answer, a chip vendor or a seller; other labels are words already.
func (p *assessed) called(label string) string {
	if name := p.line(label); name != label {
		return name
	}
	if name := form.DependencyName(label); name != label {
		return name
	}
	if name := planner.ChipNames([]string{label})[0]; name != label {
		return name
	}
	return cells.Capitalised(p.seller(label))
}
