package planner

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/ways"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
)

// shownWays are the ways that the page lists at once; the others open below.
const shownWays = 6

// waysView is the list beside the chart, the first action on top.
func waysView(a *workspace.Answer) views.Ways {
	if a.Ways == nil {
		return views.Ways{}
	}
	v := views.Ways{Note: "users unlocked by " + cells.ShortMonth(a.Compare.Last)}
	for i := range a.Ways.Ways {
		item := wayView(a, &a.Ways.Ways[i])
		if !item.NeedsEvaluation && v.First == nil {
			first := item
			v.First, item.First = &first, true
		}
		if len(v.Items) < shownWays {
			v.Items = append(v.Items, item)
		} else {
			v.More = append(v.More, item)
		}
	}
	for _, reason := range a.Ways.Skipped {
		v.Skipped = append(v.Skipped, cells.Capitalised(string(reason.Action))+": "+form.Sentence(reason.Why))
	}
	return v
}

func wayView(a *workspace.Answer, w *ways.Way) views.Way {
	item := views.Way{
		Name: w.Name, Users: signedCount(w.Users), Cost: wayCost(a, w), NeedsEvaluation: w.NeedsEvaluation,
		Lead: words.Days(w.LeadDays), LeadSource: w.LeadSource,
		OrderBy: words.Day(w.OrderBy.Date()), TooLate: w.TooLate, Wall: "no later wall", NotCounted: w.NotCounted,
		URL: a.State.Link("/try", "way", w.ID),
	}
	item.LockIn = a.Exits.Ways[w.ID]
	if w.NewWall.Stands() {
		item.Wall, item.Limit = "wall "+cells.ShortMonth(w.NewWall.Month), w.NewWall.Words
	}
	item.Tried = isTried(a, w)
	return item
}

// tried reports whether an alternative does what a way does.
func isTried(a *workspace.Answer, w *ways.Way) bool {
	patched := func(alternative pricing.Alternative) bool { return len(alternative.Patch) > 0 }
	if !slices.ContainsFunc(a.Plan.Alternatives, patched) {
		return false
	}
	patch, err := w.Patch()
	return err == nil && slices.ContainsFunc(a.Plan.Alternatives, func(alternative pricing.Alternative) bool {
		return sameJSON(alternative.Patch, patch)
	})
}

// wayCost is what a way costs a month beyond serving the users that it adds: "$0", "+$2,040/mo", "−$16.5k/mo".
func wayCost(a *workspace.Answer, w *ways.Way) string {
	if math.Abs(w.OwnCostPerMonth) < 0.5 {
		return words.Money(a.Compare.Currency, 0)
	}
	sign := "+"
	if w.OwnCostPerMonth < 0 {
		sign = ""
	}
	return sign + words.Money(a.Compare.Currency, w.OwnCostPerMonth) + "/mo"
}

func signedCount(v float64) string {
	return table.Display(table.Count, table.Cell{Value: math.Round(v), Signed: true})
}

func sameJSON(a, b json.RawMessage) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	first, errFirst := form.ParseDocument(a)
	second, errSecond := form.ParseDocument(b)
	return errFirst == nil && errSecond == nil && string(first.Bytes()) == string(second.Bytes())
}

// Try adds a way past the wall as an alternative of the plan, and goes back to the plan.
func (s *Pages) Try(c echo.Context) error {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return err
	}
	machines, _, err := s.MachinesFor(c)
	if err != nil {
		return err
	}
	if err := a.FindWays(c.Request().Context(), machines, s.Today()); err != nil {
		return err
	}
	way, ok := a.Way(c.QueryParam("way"))
	if !ok {
		return web.ErrNotFound
	}
	doc, err := a.State.Document()
	if err != nil {
		return err
	}
	patch, err := way.Patch()
	if err != nil {
		return err
	}
	if err := form.AddPatch(doc, way.ID, way.Name, patch); err != nil {
		return err
	}
	state, err := a.State.ChangedTo(doc.Bytes())
	if err != nil {
		return err
	}
	// What was proposed stays proposed: a plan with alternatives of its own has none by itself.
	state.View = a.State.Pinned(a.OwnAlternatives())
	if !state.Fits() {
		if state, err = s.AsDraft(c, state); err != nil {
			return err
		}
	}
	return web.SeeOther(c, state.URL()+"#compare")
}
