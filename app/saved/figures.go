package saved

import (
	"context"
	"errors"
	"strings"

	"headroom/app/workspace"
	"headroom/db"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/views/table"
)

// figuresOf are what a plan comes to as the main page says it: its cost over the horizon, and the limit that binds
// first. A plan that cannot be evaluated is saved all the same, with the reason in place of the cost.
func (s *Pages) figuresOf(ctx context.Context, body string, plan *pricing.Plan,
	prices *catalog.Snapshot) (db.PlanFigures, error) {
	if err := s.PlaceFor(ctx, []byte(body)); err != nil {
		return db.PlanFigures{}, err
	}
	a, err := workspace.Evaluate(ctx, workspace.PlanState{View: workspace.PlanView{Propose: []string{"none"}}},
		plan, prices, func(*pricing.Plan, string) bool { return false })
	var bad *pricing.InvalidError
	if errors.As(err, &bad) {
		return db.PlanFigures{CostUnknown: bad.Fields[0].Path + ": " + bad.Fields[0].Message}, nil
	}
	if err != nil {
		return db.PlanFigures{}, err
	}
	row, ok := a.Compare.Row(a.AsIs)
	if !ok {
		return db.PlanFigures{Currency: a.Compare.Currency,
			CostUnknown: strings.TrimPrefix(workspace.WhyUnknown(a), "unknown price: ")}, nil
	}
	figures := db.PlanFigures{Cost: &row.Cost, Currency: a.Compare.Currency, Wall: "no limit is entered"}
	switch {
	case row.Wall != "":
		figures.Wall, figures.WallMonth = a.Limits.Name(row.Wall), row.WallMonth
	case row.Limited():
		figures.Wall = "no limit binds"
	}
	return figures, nil
}

// savedBefore is why a version of an older release has no figures.
const savedBefore = "saved before figures were kept; the next save has them"

// costOfVersion and wallOfVersion are the figures of a saved version, never computed again.
func costOfVersion(f db.PlanFigures) table.Cell {
	switch {
	case !f.Kept():
		return table.Cell{State: table.Unknown, Reason: savedBefore}
	case f.Cost == nil:
		return table.Cell{State: table.Unknown, Reason: f.CostUnknown}
	}
	return table.Cell{Value: *f.Cost, Note: f.Currency}
}

func wallOfVersion(f db.PlanFigures) table.Cell {
	switch {
	case !f.Kept():
		return table.Cell{State: table.Unknown, Reason: savedBefore}
	case f.Cost == nil:
		return table.Cell{State: table.Unknown, Reason: "the cost is unknown"}
	case f.WallMonth == "":
		return table.Cell{State: table.None, Text: f.Wall}
	}
	return table.Cell{Text: f.WallMonth, Note: f.Wall}
}
