package planner

import (
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/views/table"
)

// NameCell is the name of an alternative, with what stands behind it and a mark where it does not serve all or was
// not evaluated.
func NameCell(a *workspace.Answer, row pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
	name := row.Name
	if name == "" || row.ID == a.AsIs && a.Rerouted() {
		name = "This plan"
	}
	cell := table.Cell{Text: name, Note: nameNote(a, name, workspace.Distinct(entries, a.Shared))}
	switch {
	case row.Unserved > 0:
		cell.Mark = "not all served"
	case a.NotEvaluated(row.ID) && !strings.Contains(name, "not evaluated"):
		cell.Mark = "not evaluated"
	}
	return cell
}

// nameNote says what stands behind a name that does not say it itself.
func nameNote(a *workspace.Answer, name string, entries []workspace.Entry) string {
	if len(entries) == 1 && strings.Contains(name, a.ModelWords(entries[0])) {
		return ""
	}
	var words []string
	for _, e := range entries {
		words = workspace.AppendNew(words, a.Words(e))
	}
	return strings.Join(words, "; ")
}

// differenceCell is the cost beyond the baseline's, per what the cost column is per.
func differenceCell(a *workspace.Answer, row pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
	if row.Baseline {
		return table.Cell{State: table.None, Text: "baseline"}
	}
	cell := cells.FigureCell(row.Difference, "the baseline has no price")
	switch a.State.View.Period {
	case workspace.PeriodYear:
		cell = cells.FigureCell(row.PerYearDifference, "the baseline has no price")
	case workspace.PeriodMonth:
		cell = cells.FigureCell(row.PerMonthDifference, "the baseline has no price")
	case workspace.PeriodReq:
		cell = cells.FigureCell(row.Per1kDifference, "no requests")
	}
	cell.Signed = cell.State == table.Known
	return cell
}

func relativeCell(a *workspace.Answer, row pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
	if row.Baseline {
		return table.Cell{State: table.None, Text: "baseline"}
	}
	relative := row.Relative
	if a.State.View.Period == workspace.PeriodReq {
		relative = row.Per1kRelative
	}
	cell := cells.FigureCell(relative, "the baseline costs nothing or has no price")
	if cell.State == table.Known {
		cell.Signed, cell.Word = true, cells.DeltaWord(cell.Value)
	}
	return cell
}

// priceCell is the list price of the one offer that the row is about; a row about several has no single price.
func priceCell(output bool) func(*workspace.Answer, pricing.ComparisonRow, []workspace.Entry) table.Cell {
	return func(a *workspace.Answer, _ pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
		own := workspace.Distinct(entries, a.Shared)
		if len(own) != 1 {
			return table.Cell{State: table.None, Text: "several"}
		}
		e := own[0]
		if e.Own {
			return table.Cell{State: table.None, Text: "own price"}
		}
		if e.Row == nil {
			return table.Cell{State: table.Unknown, Reason: "no price in force"}
		}
		rates := e.Row.RatesFor(0)
		rate, has := rates.Input, rates.HasInput
		if output {
			rate, has = rates.Output, rates.HasOutput
		}
		if !has {
			return table.Cell{State: table.Unknown, Reason: "no price in the source"}
		}
		return table.Cell{Exact: rate.String(), Value: rate.Float(), URL: priceURL(a, e)}
	}
}

// priceURL is the page of the model in the price explorer.
func priceURL(a *workspace.Answer, e workspace.Entry) string {
	if e.Model == "" {
		return ""
	}
	return "/prices/models/" + e.Model
}

func sellersCell(a *workspace.Answer, _ pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
	var names []string
	for _, e := range entries {
		names = workspace.AppendNew(names, a.Prices.Seller(e.Provider).Name)
	}
	return table.Cell{Text: strings.Join(names, ", ")}
}

// asOfCell is the oldest date that a price of the row is of.
func asOfCell(_ *workspace.Answer, _ pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
	oldest := ""
	for _, e := range entries {
		if day := e.AsOf(); day != "" && (oldest == "" || day < oldest) {
			oldest = day
		}
	}
	if oldest == "" {
		return table.Cell{State: table.None, Text: "own prices"}
	}
	return table.Cell{Text: oldest}
}
