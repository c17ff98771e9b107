package planner

import (
	"slices"
	"strconv"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/lockin"
	"headroom/views/table"
)

// lockinColumns are the index and what it is made of. The band stands below the index on the page, and beside it in
// files.
func lockinColumns(a *workspace.Answer) []compareColumn {
	return []compareColumn{
		{Column: table.Column{Key: "lock_in_index", Label: "Lock-in index", Unit: "0 to 100", Kind: table.Unit},
			Usual: true, cell: indexCell},
		{Column: table.Column{Key: "exit_cost", Label: "Exit cost", Unit: a.Compare.Currency, Kind: table.Money},
			cell: exitCell(a, exitCostCell(a))},
		{Column: table.Column{Key: "days_to_exit", Label: "Time to exit", Unit: "days", Kind: table.Count},
			cell: exitCell(a, daysCell)},
		{Column: table.Column{Key: "sellers_of_model", Label: "Sellers of its model", Unit: "at least",
			Kind: table.Count}, cell: exitCell(a, sellersOfCell(a))},
	}
}

// lockinFileColumns are in files only, where a column about lock-in is shown.
func lockinFileColumns(a *workspace.Answer) []compareColumn {
	if a.Exits.Of == nil && a.Exits.Why == "" {
		return nil
	}
	text := func(key, label string, pick func(s lockin.Summary, entries []workspace.Entry) string) compareColumn {
		return compareColumn{Column: table.Column{Key: key, Label: label, ExportOnly: true}, Usual: true,
			cell: exitCell(a, func(s lockin.Summary, entries []workspace.Entry) table.Cell {
				return table.Cell{Text: pick(s, entries)}
			})}
	}
	return []compareColumn{
		text("lock_in_band", "Lock-in band", func(s lockin.Summary, _ []workspace.Entry) string { return s.Band }),
		text("exit_seller", "Seller that is left", func(s lockin.Summary, _ []workspace.Entry) string {
			return s.Seller
		}),
		text("sellers_as_of", "Sellers as of", func(s lockin.Summary, entries []workspace.Entry) string {
			line, _ := fewest(a, s, entries)
			return string(line.AsOf)
		}),
	}
}

// exitCell is a cell about the alternative's exit; unknown with the reason where nothing was worked out.
func exitCell(a *workspace.Answer,
	cell func(s lockin.Summary, entries []workspace.Entry) table.Cell) func(*workspace.Answer, pricing.ComparisonRow,
	[]workspace.Entry) table.Cell {
	return func(_ *workspace.Answer, row pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
		s, ok := a.Exits.Of[row.ID]
		switch {
		case !ok:
			return table.Cell{State: table.Unknown, Reason: a.Exits.Why}
		case s.Note != "":
			return table.Cell{State: table.Unknown, Reason: s.Note}
		}
		return cell(s, entries)
	}
}

// exactCell shows a figure of package lockin with the digits that it was rounded to. Which answers an unknown one waits
// for is said once, below the table.
func exactCell(f lockin.Figure) table.Cell {
	if !f.Known() {
		return table.Cell{State: table.Unknown, Reason: "answers missing"}
	}
	value, _ := strconv.ParseFloat(f.String(), 64)
	return table.Cell{Value: value, Exact: f.String()}
}

// indexCell leads to the page about the alternative's lock-in.
func indexCell(a *workspace.Answer, row pricing.ComparisonRow, entries []workspace.Entry) table.Cell {
	cell := exitCell(a, func(s lockin.Summary, _ []workspace.Entry) table.Cell {
		cell := exactCell(s.Index)
		if cell.State == table.Known {
			cell.Text, cell.Note = cell.Exact, s.Band
		}
		return cell
	})(a, row, entries)
	cell.URL = a.State.Link("/lockin", "alternative", row.ID)
	return cell
}

// exitCostCell is the cost of leaving the alternative's main seller, whose name it notes.
func exitCostCell(a *workspace.Answer) func(lockin.Summary, []workspace.Entry) table.Cell {
	return func(s lockin.Summary, _ []workspace.Entry) table.Cell {
		cell := exactCell(s.CashCost)
		if cell.State == table.Known {
			cell.Note = "leaving " + cells.ShortSeller(a.Prices.Seller(s.Seller))
		}
		return cell
	}
}

func daysCell(s lockin.Summary, _ []workspace.Entry) table.Cell {
	cell := exactCell(s.TimeToExit)
	cell.Exact = ""
	return cell
}

// fewest is the line with the fewest sellers among the offers that set the row apart; false when no model is known.
func fewest(a *workspace.Answer, s lockin.Summary, entries []workspace.Entry) (fewest lockin.SoldLine, known bool) {
	own := workspace.Distinct(entries, a.Shared)
	for _, l := range s.Lines {
		apart := slices.ContainsFunc(own, func(e workspace.Entry) bool { return e.Supply.Offer == l.Offer })
		if l.Model != "" && apart && (!known || l.Sellers < fewest.Sellers) {
			fewest, known = l, true
		}
	}
	return fewest, known
}

// sellersOfCell counts who sells the model of the row. The catalogue may not know all.
func sellersOfCell(a *workspace.Answer) func(lockin.Summary, []workspace.Entry) table.Cell {
	return func(s lockin.Summary, entries []workspace.Entry) table.Cell {
		line, ok := fewest(a, s, entries)
		if !ok {
			return table.Cell{State: table.Unknown, Reason: "no model of the catalogue"}
		}
		return table.Cell{Value: float64(line.Sellers), Note: asOfWords(line.AsOf), URL: "/prices/models/" + line.Model}
	}
}

// asOfWords is "as of 1 Aug 2026"; empty without a day.
func asOfWords(day calendar.Day) string {
	if day == "" {
		return ""
	}
	return "as of " + cells.DayWords(string(day))
}

// missingAnswers says below the table which answers the lock-in of the plan waits for.
func missingAnswers(a *workspace.Answer) string {
	s := a.Exits.Of[a.AsIs]
	if len(s.Missing) == 0 {
		return ""
	}
	var names []string
	for _, note := range s.Missing {
		names = workspace.AppendNew(names, form.DependencyName(note.Path))
	}
	return "Lock-in: unknown until the plan says more under “Dependencies”: " + strings.Join(names, ", ") + "."
}
