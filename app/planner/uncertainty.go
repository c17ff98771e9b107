package planner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// drawWithin is how long a page waits for its ranges to be drawn: a little less than its scripts do.
const drawWithin = 15 * time.Second

// samplesToChoose are how many samples a reader may ask for.
var samplesToChoose = []int{1000, 5000, 20000}

// DrawRanges shows what the plan comes to when its ranges are drawn: a page of its own, or the content of the panel
// when scripts ask.
func (s *Pages) DrawRanges(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	if a.Plan.Uncertainty == nil {
		return web.SeeOther(c, a.State.URL())
	}
	view := views.Uncertainty{Back: a.State.URL(), Panel: web.IsHTMX(c)}
	simulation, err := s.simulate(c, a)
	if invalid := pricing.Invalid(err); invalid != nil {
		view.Problem = &ui.Notice{Kind: ui.Caution, Title: "The ranges could not be drawn.",
			Text: form.Sentence(invalid.Error())}
	} else if err != nil {
		return err
	} else if view, err = uncertaintyView(a, simulation, view.Panel); err != nil {
		return err
	}
	if view.Panel {
		return s.Render(c, http.StatusOK, views.UncertaintyFragment(view))
	}
	page := s.Shell(c, "How sure is this?")
	page.Nav = "plan"
	return s.Render(c, http.StatusOK, views.UncertaintyPage(page, view))
}

// RangesCSV is what was drawn, by month.
func (s *Pages) RangesCSV(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	if a.Plan.Uncertainty == nil {
		return web.ErrNotFound
	}
	simulation, err := s.simulate(c, a)
	if err != nil {
		return err
	}
	return s.SendCSV(c, a, "ranges", bindsTable(a, simulation))
}

// simulate draws the ranges of the plan as it is, as often as the address says or else the plan.
func (s *Pages) simulate(c echo.Context, a *workspace.Answer) (*pricing.AlternativeSimulation, error) {
	plan, ranges := *a.Plan, *a.Plan.Uncertainty
	plan.Uncertainty = &ranges
	if n, err := strconv.Atoi(c.QueryParam("samples")); err == nil {
		// An address may ask for as many as the page offers; a plan that states more is drawn as it states.
		ranges.Samples = min(max(n, 1), slices.Max(samplesToChoose))
	}
	draw := func(ctx context.Context) (*pricing.AlternativeSimulation, error) {
		return pricing.SimulateAlternative(ctx, &plan, a.Prices, a.AsIs, nil)
	}
	return web.Drawn(c.Request().Context(), s.Draws.Take, drawWithin, draw)
}

// uncertaintyPanel is the place on the page where the ranges are drawn.
func uncertaintyPanel(a *workspace.Answer, doc form.Document) views.UncertaintyPanel {
	u := a.Plan.Uncertainty
	if u == nil || len(u.Inputs) == 0 {
		return views.UncertaintyPanel{}
	}
	samples := u.Samples
	if samples == 0 {
		samples = pricing.DefaultSamples
	}
	sum := sha256.Sum256(doc.Bytes())
	return views.UncertaintyPanel{Ranges: words.Plural(len(u.Inputs), "range", "ranges"),
		URL: a.State.Link("/uncertainty"), Of: hex.EncodeToString(sum[:8]),
		Waiting: "Drawing " + words.Plural(samples, "sample", "samples")}
}
