package lockin

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/planner"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/lockin"
	"headroom/views"
	"headroom/views/sheet"
	"headroom/views/table"
	"headroom/views/ui"
)

// assessed is an alternative of an evaluated plan with its lock-in.
type assessed struct {
	*workspace.Answer
	alternative string
	row         pricing.ComparisonRow
	chance      pricing.Number // share; zero: not stated
	tolerated   pricing.Number // days of outage; zero: not stated
	asked       []string       // what the reader typed, for links: name, text, name, text
	*lockin.Alternative
	day string // today
}

// assess finds the alternative that the address names, the plan as it is without a name, and assesses it alone.
func (s *Pages) assess(a *workspace.Answer, q url.Values) (*assessed, error) {
	out := &assessed{Answer: a, alternative: q.Get("alternative"), day: s.FileDate()}
	if out.alternative == "" {
		out.alternative = a.AsIs
	}
	if !slices.Contains(a.Plan.AlternativeIDs(), out.alternative) {
		return nil, web.ErrNotFound
	}
	if err := out.readAsked(q); err != nil {
		return nil, err
	}
	result, ok := a.Result.Alternative(out.alternative)
	if !ok {
		return out, nil
	}
	out.row, _ = a.Compare.Row(out.alternative)
	base, err := s.LockinBase(a.Prices)
	if err != nil {
		return nil, err
	}
	alone := *a.Result
	alone.Alternatives = []pricing.AlternativeResult{*result}
	answer, err := base.Assess(a.Plan, &alone)
	if err != nil {
		return nil, err
	}
	if len(answer.Alternatives) > 0 {
		out.Alternative = &answer.Alternatives[0]
	}
	return out, nil
}

// readAssessed evaluates the state of the address and assesses it; the page is not found for an alternative without a
// price.
func (s *Pages) readAssessed(c echo.Context) (*assessed, error) {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return nil, err
	}
	page, err := s.assess(a, c.QueryParams())
	if err != nil {
		return nil, err
	}
	if page.Alternative == nil {
		return nil, web.ErrNotFound
	}
	return page, nil
}

// Show shows the assessment, or applies what a form on it sent and comes back with it in the address.
func (s *Pages) Show(c echo.Context) error {
	state, err := s.ReadState(c, c.QueryParams())
	if err != nil {
		return err
	}
	doc, err := state.Document()
	if err != nil {
		return err
	}
	if c.QueryParam("do") != "" {
		return s.changeLockin(c, state, doc)
	}
	return s.showLockin(c, http.StatusOK, state, doc, lockinInput{})
}

// showLockin renders the page. A plan that cannot be assessed is named with what is wrong, and status 422.
func (s *Pages) showLockin(c echo.Context, status int, state workspace.PlanState, doc form.Document,
	in lockinInput) error {
	var page *assessed
	a, err := s.Answer(c, state, doc)
	if err == nil {
		page, err = s.assess(a, c.QueryParams())
	}
	invalid := pricing.Invalid(err)
	if err != nil && invalid == nil {
		return err
	}
	var view views.Lockin
	switch {
	case invalid != nil:
		status = http.StatusUnprocessableEntity
		view.Why = ui.Empty{Title: "Lock-in cannot be assessed yet", Text: "Correct what is listed above on the " +
			"plan, then come back; nothing is lost.",
			Actions: []ui.Button{{Label: "Back to the plan", URL: state.URL(), Look: "primary"}}}
		if view.Errors, err = s.planErrors(state, doc, workspace.LeaveErrors(invalid)); err != nil {
			return err
		}
	case page.Alternative == nil || page.Assessment.Note != "":
		view.Why, view.Pick = page.cannot(), page.pickForm()
	default:
		view = page.view(in)
		view.Errors = in.errors
	}
	view.Bar = s.planner.PlanBar(state, doc, a)
	view.Bar.Parts = workspace.PlanParts(state, "lockin")
	title := view.Sentence
	if title == "" {
		title = "Lock-in"
	}
	p := s.Shell(c, title)
	p.Nav, p.Wide = "plan", true
	p.Description = "What leaving a seller costs, how long it takes, and who else could serve the plan."
	return s.Render(c, status, views.LockinPage(p, view))
}

// planErrors are errors of a plan for a page without its fields: each with the field's name, and the way to it on the
// plan.
func (s *Pages) planErrors(state workspace.PlanState, doc form.Document, list []form.FieldError) ([]ui.FieldError,
	error) {
	b, err := planner.NewFormBuilder(state, doc, s.Deps.Catalog, nil)
	if err != nil {
		return nil, err
	}
	out := b.Summary(list)
	for i := range out {
		e := &out[i]
		if keys, ok := ownFact(doc, e.Label); ok {
			provider, field := doc.Text(append(keys, "provider")...), doc.Text(append(keys, "field")...)
			e.Label, e.Message = "Your fact about "+provider, e.Message+" Remove it, then enter it again."
			e.URL = state.Link("/lockin", "do", "forget", "provider", provider, "field", field)
		} else if e.ID != "" {
			e.URL, e.ID = state.URL()+"#"+e.ID, ""
		}
	}
	return out, nil
}

// ownFact finds the team's fact that a path of the plan is about.
func ownFact(doc form.Document, path string) ([]string, bool) {
	keys := []string{"dependencies", "facts", "sellers"}
	for i := range doc.Len(keys...) {
		if item := append(keys[:3:3], form.Item(i)); planner.Under(path, form.Path(item...)) {
			return item, true
		}
	}
	return nil, false
}

// cannot says why an alternative has no assessment.
func (p *assessed) cannot() ui.Empty {
	e := ui.Empty{Title: "Nothing to leave yet", Text: "The plan costs nothing in the twelve months before the exit, " +
		"so shares, ratios and the index are undefined.",
		Actions: []ui.Button{{Label: "Back to the plan", URL: p.State.URL(), Look: "primary"}}}
	if p.Alternative == nil {
		e.Title, e.Text = "The price of this alternative is unknown",
			"Without a price there is no spend to spread over sellers, labs and chips. Choose another offer, or "+
				"enter your own price."
	}
	return e
}

// link is another address about this alternative.
func (p *assessed) link(page string, more ...string) string {
	if p.alternative != p.AsIs {
		more = append(more, "alternative", p.alternative)
	}
	more = append(more, p.asked...)
	return p.State.Link(page, more...)
}

// open is the address of a figure's derivation.
func (p *assessed) open(figure string) string { return p.link("/lockin/how", "figure", figure) }

// XLSX is what the page shows, as a workbook.
func (s *Pages) XLSX(c echo.Context) error {
	p, err := s.readAssessed(c)
	if err != nil {
		return err
	}
	if p.Assessment.Note != "" {
		return web.ErrNotFound
	}
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, p.workbook()...); err != nil {
		return err
	}
	return s.SendFile(c, p.Answer, "lock-in.xlsx", workspace.MimeXLSX, file.Bytes())
}

func (p *assessed) workbook() []table.Table {
	first := exitData(p)
	first.Provenance = planner.PlanFacts(p.Answer)
	return []table.Table{first, firedTable(p), openTable(p), quotesTable(p), p.deadlinesTable(), p.outageTable(),
		removalTable(p), obligationsTable(p)}
}

// Quotes is every quote for every line, with source and date, for people who negotiate.
func (s *Pages) Quotes(c echo.Context) error {
	p, err := s.readAssessed(c)
	if err != nil {
		return err
	}
	return s.SendCSV(c, p.Answer, "quotes", quotesTable(p))
}
