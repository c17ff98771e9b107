package machines

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/breakeven"
	"headroom/pricing/calendar"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// After ten seconds on the page a reader can say: "For this load the API costs so much at its cheapest seller, own
// machines so much more or less, one machine pays from so many requests a month, and the estimate is or is not good
// enough to decide it."

// Compare sets own machines against the API for the load of the address.
func (s *Pages) Compare(c echo.Context) error {
	r, err := s.readCompare(c)
	if err != nil {
		return err
	}
	page := s.Shell(c, "API or own machines")
	page.Nav, page.Wide = "machines", true
	page.Description = "Whether an API or machines of your own serve an open-weight model cheaper, with throughput, " +
		"power and break-even."
	status := http.StatusOK
	if len(r.errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.Render(c, status, views.ComparePage(page, r.view(s)))
}

// How is how a figure of the comparison came about.
func (s *Pages) How(c echo.Context) error {
	r, err := s.readCompare(c)
	if err != nil {
		return err
	}
	if r.answer == nil {
		return web.ErrNotFound
	}
	d, err := r.answer.Explain(c.QueryParam("figure"), c.QueryParam("of"), s.Deps.Catalog)
	if errors.Is(err, breakeven.ErrFigure) {
		return web.ErrNotFound
	}
	if err != nil {
		return err
	}
	page := s.Shell(c, d.Title)
	page.Nav = "machines"
	return s.Render(c, http.StatusOK, views.MachineHowPage(page, r.link("/machines/compare"), derivationView(d)))
}

// derivationView formats a derivation for the page; prices keep the digits of their source.
func derivationView(d pricing.Derivation) ui.Derivation {
	result, unit := derivationFigure(d.Result, "", d.Unit)
	view := ui.Derivation{Title: d.Title, Formula: d.Formula, Intro: "Prices in USD. A month has 730 hours.",
		Result: cells.JoinWords(" ", result, unit)}
	for _, step := range d.Steps {
		value, unit := derivationFigure(step.Value, step.Exact, step.Unit)
		view.Steps = append(view.Steps, ui.DerivationStep{Label: cells.Capitalised(step.Label),
			Expression: step.Expression, Value: value, Unit: unit,
			Source: step.Source, URL: cells.WebURL(cells.FirstWord(step.URL, sourceURL(step.Source))),
			AsOf: step.AsOf, Status: step.Status, Note: step.Note})
	}
	return view
}

func derivationFigure(v pricing.Figure, exact, unit string) (value, shown string) {
	switch {
	case exact != "":
		return table.Display(table.Unit, table.Cell{Exact: exact}), unit
	case unit == "share":
		return table.Number(table.Percent, float64(v)), ""
	case unit == "USD" && float64(v) >= 1, unit == "USD" && v == 0:
		return table.Number(table.Money, float64(v)), unit
	case float64(v) == float64(int64(v)):
		return table.Number(table.Count, float64(v)), unit
	}
	return table.Number(table.Unit, float64(v)), unit
}

// Use opens a plan with one more alternative: these machines serve every request. The plan is the one that the
// address carries, else the example.
func (s *Pages) Use(c echo.Context) error {
	r, err := s.readCompare(c)
	if err != nil {
		return err
	}
	if r.answer == nil || !r.answer.Serves {
		return web.ErrNotFound
	}
	state, err := s.ReadState(c, c.QueryParams())
	if err != nil {
		return err
	}
	if state, err = r.inPlan(state); err != nil {
		return err
	}
	if !state.Fits() {
		if state, err = s.AsDraft(c, state); err != nil {
			return err
		}
	}
	return web.SeeOther(c, state.URL())
}

// inPlan adds the machines to a plan as an alternative. Pool and offer stand in its patch, so that no other alternative
// pays for them.
func (r *compareReading) inPlan(state workspace.PlanState) (workspace.PlanState, error) {
	d, err := state.Document()
	if err != nil {
		return state, err
	}
	from, err := calendar.ParseMonth(d.Text("start"))
	if err != nil {
		return state, web.Invalid("start", "%s", err)
	}
	part, ok := r.answer.PlanFragment(from)
	if !ok {
		return state, web.ErrNotFound
	}
	patch, err := part.JSON()
	if err != nil {
		return state, err
	}
	added, err := form.ParseDocument(patch)
	if err != nil {
		return state, err
	}
	addMachines(d, added, part.ID, r.answer.Name()+" at "+machineSeller(r.answer.Machine.Seller))
	return state.ChangedTo(d.Bytes())
}

func addMachines(d, part form.Document, id, name string) {
	routes := map[string]any{}
	for _, w := range d.Names("workloads") {
		routes[w] = []any{map[string]any{"offer": id, "share": "1"}}
	}
	pools, _ := part.Get("gpu_pools")
	offers, _ := part.Get("offers")
	if d.Len("alternatives") == 0 {
		d.Set(map[string]any{"id": "plan", "name": "The plan as it is"}, "alternatives", form.Item(0))
	}
	at := d.Len("alternatives")
	for i := range at {
		if strings.HasPrefix(d.Text("alternatives", form.Item(i), "id"), id) {
			at = i
		}
	}
	d.Set(map[string]any{"id": id, "name": name, "patch": map[string]any{"gpu_pools": pools, "offers": offers},
		"routes": routes}, "alternatives", form.Item(at))
}
