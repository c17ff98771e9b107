package app

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/ways"
	"headroom/views"
	"headroom/views/table"
)

// shownWays are the ways that the page lists at once; the others open below.
const shownWays = 6

// findWays asks package ways what can be done about the wall of the plan as it is. A plan without a wall has none.
// Quotas, units and their prices are those of machines: the team's own where it has corrected one.
func (a *answer) findWays(ctx context.Context, machines *capacity.Machines, today time.Time) error {
	row, ok := a.compare.Row(a.asIs)
	if !ok || row.Wall == "" {
		return nil
	}
	found, err := ways.Past(ctx, a.plan, a.prices, machines, a.result, a.asIs, today)
	if errors.Is(err, ways.ErrAlternative) || pricing.Invalid(err) != nil {
		return nil
	}
	a.ways = found
	return err
}

// waysView is the list beside the chart, the first action on top.
func (a *answer) waysView() views.Ways {
	if a.ways == nil {
		return views.Ways{}
	}
	v := views.Ways{Note: "users unlocked by " + shortMonth(a.compare.Last)}
	for i := range a.ways.Ways {
		item := a.wayView(&a.ways.Ways[i])
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
	for _, reason := range a.ways.Skipped {
		v.Skipped = append(v.Skipped, capitalised(string(reason.Action))+": "+form.Sentence(reason.Why))
	}
	return v
}

func (a *answer) wayView(w *ways.Way) views.Way {
	item := views.Way{
		Name: w.Name, Users: signedCount(w.Users), Cost: a.wayCost(w), Lead: daysWords(w.LeadDays), NeedsEvaluation: w.NeedsEvaluation,
		OrderBy: dayWords(w.OrderBy.Format(time.DateOnly)), TooLate: w.TooLate, LeadSource: w.LeadSource, Wall: "no later wall", NotCounted: w.NotCounted,
		URL: a.state.link("/try", "way", w.ID),
	}
	item.LockIn = a.exits.ways[w.ID]
	if w.NewWall.Stands() {
		item.Wall, item.Limit = "wall "+shortMonth(w.NewWall.Month), w.NewWall.Words
	}
	item.Tried = a.tried(w)
	return item
}

// tried says that an alternative does what a way does.
func (a *answer) tried(w *ways.Way) bool {
	patched := func(alternative pricing.Alternative) bool { return len(alternative.Patch) > 0 }
	if !slices.ContainsFunc(a.plan.Alternatives, patched) {
		return false
	}
	patch, err := w.Patch()
	return err == nil && slices.ContainsFunc(a.plan.Alternatives, func(alternative pricing.Alternative) bool {
		return sameJSON(alternative.Patch, patch)
	})
}

// wayCost is what a way costs a month beyond serving the users that it adds: "$0", "+$2.0k/mo", "−$16.5k/mo".
func (a *answer) wayCost(w *ways.Way) string {
	if math.Abs(w.OwnCostPerMonth) < 0.5 {
		return moneyPrefix(a.compare.Currency) + "0"
	}
	sign := "+"
	if w.OwnCostPerMonth < 0 {
		sign = ""
	}
	return sign + shortMoney(a.compare.Currency, w.OwnCostPerMonth) + "/mo"
}

func signedCount(v float64) string {
	return table.Display(table.Count, table.Cell{Value: math.Round(v), Signed: true})
}

// daysWords is a lead time as people say it.
func daysWords(days int) string {
	if days >= 14 && days%7 == 0 && days <= 84 {
		return strconv.Itoa(days/7) + " weeks"
	}
	return countOf(days, "day", "days")
}

func sameJSON(a, b json.RawMessage) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	first, errFirst := form.ParseDocument(a)
	second, errSecond := form.ParseDocument(b)
	return errFirst == nil && errSecond == nil && string(first.Bytes()) == string(second.Bytes())
}

// tryWay adds a way past the wall as an alternative of the plan, and goes back to the plan.
func (s *Server) tryWay(c echo.Context) error {
	a, err := s.readAnswer(c)
	if err != nil {
		return err
	}
	machines, _, err := s.machinesFor(c)
	if err != nil {
		return err
	}
	if err := a.findWays(c.Request().Context(), machines, s.today()); err != nil {
		return err
	}
	way, ok := a.way(c.QueryParam("way"))
	if !ok {
		return errNotFound
	}
	body, err := a.state.body()
	if err != nil {
		return err
	}
	doc, err := form.ParseDocument(body)
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
	state, err := a.state.changedTo(doc.Bytes())
	if err != nil {
		return err
	}
	// What was proposed stays proposed: a plan with alternatives of its own has none by itself.
	state.View = a.state.pinned(a.ownAlternatives())
	if !state.fits() {
		if state, err = s.asDraft(c, state); err != nil {
			return err
		}
	}
	return seeOther(c, state.url()+"#compare")
}

// ownAlternatives says that the plan itself lists alternatives.
func (a *answer) ownAlternatives() bool {
	return slices.ContainsFunc(a.plan.Alternatives, func(alternative pricing.Alternative) bool {
		return alternative.ID != pricing.BaseAlternative && !a.proposed[alternative.ID]
	})
}

func (a *answer) way(id string) (*ways.Way, bool) {
	if a.ways == nil {
		return nil, false
	}
	i := slices.IndexFunc(a.ways.Ways, func(w ways.Way) bool { return w.ID == id })
	if i < 0 {
		return nil, false
	}
	return &a.ways.Ways[i], true
}
