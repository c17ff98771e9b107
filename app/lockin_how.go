package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
)

// lockinHow shows how a figure of the assessment was computed: a page of its own, or the content of a dialog.
func (s *Server) lockinHow(c echo.Context) error {
	p, err := s.readAssessed(c)
	if err != nil {
		return err
	}
	d, ok := p.Explain(c.QueryParam("figure"))
	if !ok {
		return errNotFound
	}
	view := p.derived(d)
	page := s.page(c, view.Title)
	page.Nav = "plan"
	return s.render(c, http.StatusOK, views.HowPage(page, p.link("/lockin"), view))
}

// derived formats a derivation; the figures are those of package lockin.
func (p *assessed) derived(d lockin.Derivation) views.Derivation {
	view := views.Derivation{Title: d.Title, Formula: d.Formula, Result: joinWords(" ", words.Group(d.Result), d.Unit),
		Intro: nameCell(p.answer, p.row, p.entriesOf(p.row)).Text + ". Currency " + p.compare.Currency + ", price snapshot " + p.prices.ID + ", assessed on " + dayWords(p.day) + "."}
	for _, s := range d.Steps {
		view.Steps = append(view.Steps, views.DerivationStep{Label: p.called(s.Label), Expression: s.Expression,
			Value: words.Group(s.Value), Source: s.Source, URL: webURL(s.Source), AsOf: s.AsOf, Note: s.Note})
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
	if name := chipNames([]string{label})[0]; name != label {
		return name
	}
	return capitalised(p.seller(label))
}
