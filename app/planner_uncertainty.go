package app

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
	"headroom/pricing"
	"headroom/pricing/words"
	"headroom/views"
)

// drawWithin is how long a page waits for its ranges to be drawn: a little less than its scripts do.
const drawWithin = 15 * time.Second

// samplesToChoose are how many samples a reader may ask for.
var samplesToChoose = []int{1000, 5000, 20000}

// drawRanges shows what the plan comes to when its ranges are drawn: a page of its own, or the content of the panel when
// scripts ask.
func (s *Server) drawRanges(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	if a.plan.Uncertainty == nil {
		return seeOther(c, a.state.url())
	}
	view := views.Uncertainty{Back: a.state.url(), Panel: isHTMX(c)}
	simulation, err := s.simulate(c, a)
	if invalid := pricing.Invalid(err); invalid != nil {
		view.Problem = &views.Notice{Kind: views.Caution, Title: "The ranges could not be drawn.", Text: form.Sentence(invalid.Error())}
	} else if err != nil {
		return err
	} else if view, err = uncertaintyView(a, simulation, view.Panel); err != nil {
		return err
	}
	if view.Panel {
		return s.render(c, http.StatusOK, views.UncertaintyFragment(view))
	}
	page := s.page(c, "How sure is this?")
	page.Nav = "plan"
	return s.render(c, http.StatusOK, views.UncertaintyPage(page, view))
}

// rangesCSV is what was drawn, by month.
func (s *Server) rangesCSV(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	if a.plan.Uncertainty == nil {
		return errNotFound
	}
	simulation, err := s.simulate(c, a)
	if err != nil {
		return err
	}
	return s.sendCSV(c, a, "ranges", bindsTable(a, simulation))
}

// simulate draws the ranges of the plan as it is, as often as the address says or else the plan.
func (s *Server) simulate(c echo.Context, a *answer) (*pricing.AlternativeSimulation, error) {
	plan, ranges := *a.plan, *a.plan.Uncertainty
	plan.Uncertainty = &ranges
	if n, err := strconv.Atoi(c.QueryParam("samples")); err == nil {
		// An address may ask for as many as the page offers; a plan that states more is drawn as it states.
		ranges.Samples = min(max(n, 1), slices.Max(samplesToChoose))
	}
	return drawn(c.Request().Context(), s.draws, drawWithin, func(ctx context.Context) (*pricing.AlternativeSimulation, error) {
		return pricing.SimulateAlternative(ctx, &plan, a.prices, a.asIs, nil)
	})
}

// uncertaintyPanel is the place on the page where the ranges are drawn.
func uncertaintyPanel(a *answer, doc form.Document) views.UncertaintyPanel {
	u := a.plan.Uncertainty
	if u == nil || len(u.Inputs) == 0 {
		return views.UncertaintyPanel{}
	}
	samples := u.Samples
	if samples == 0 {
		samples = pricing.DefaultSamples
	}
	sum := sha256.Sum256(doc.Bytes())
	return views.UncertaintyPanel{Ranges: words.Plural(len(u.Inputs), "range", "ranges"),
		URL: a.state.link("/uncertainty"), Of: hex.EncodeToString(sum[:8]),
		Waiting: "Drawing " + words.Plural(samples, "sample", "samples")}
}
