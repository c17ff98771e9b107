package app

import (
	"slices"
	"strconv"
	"strings"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
	"headroom/views/table"
)

// exits are what leaving takes of every alternative, worked out only when a column about it is shown.
type exits struct {
	of  map[string]lockin.Summary // by alternative
	why string                    // why there is none
	// ways is what the ways past the wall do to the index, in words, by their id.
	ways map[string]string
}

// lockinKeys are the columns that need an assessment.
func lockinKeys() []string {
	return []string{"lock_in_index", "exit_cost", "days_to_exit", "sellers_of_model"}
}

// showsLockin says that a column about lock-in is shown: the usual columns have some.
func (a *answer) showsLockin() bool {
	return a.state.View.Columns == nil || slices.ContainsFunc(a.state.View.Columns, func(key string) bool { return slices.Contains(lockinKeys(), key) })
}

// assess works out what leaving takes; answers of the plan that cannot be used leave it unknown and say why.
func (a *answer) assess(base func(*catalog.Snapshot) (*lockin.Base, error)) error {
	day, err := base(a.prices)
	if err != nil {
		return err
	}
	list, err := day.Summaries(a.plan, a.result)
	if invalid := pricing.Invalid(err); invalid != nil {
		first := leaveErrors(invalid)[0]
		a.exits.why = form.DependencyName(first.Name) + ": " + first.Message
		return nil
	}
	a.exits.of = list
	return err
}

// lockinColumns are the index and what it is made of. The band stands below the index on the page, and beside it in files.
func lockinColumns(a *answer) []compareColumn {
	return []compareColumn{
		{Column: table.Column{Key: "lock_in_index", Label: "Lock-in index", Unit: "0 to 100", Kind: table.Unit}, Usual: true, cell: indexCell},
		{Column: table.Column{Key: "exit_cost", Label: "Exit cost", Unit: a.compare.Currency, Kind: table.Money}, cell: exitCell(a, exitCostCell(a))},
		{Column: table.Column{Key: "days_to_exit", Label: "Time to exit", Unit: "days", Kind: table.Count}, cell: exitCell(a, daysCell)},
		{Column: table.Column{Key: "sellers_of_model", Label: "Sellers of its model", Unit: "at least", Kind: table.Count}, cell: exitCell(a, sellersOfCell(a))},
	}
}

// lockinFileColumns are in files only, where a column about lock-in is shown.
func lockinFileColumns(a *answer) []compareColumn {
	if a.exits.of == nil && a.exits.why == "" {
		return nil
	}
	text := func(key, label string, pick func(s lockin.Summary, entries []entry) string) compareColumn {
		return compareColumn{Column: table.Column{Key: key, Label: label, ExportOnly: true}, Usual: true,
			cell: exitCell(a, func(s lockin.Summary, entries []entry) table.Cell { return table.Cell{Text: pick(s, entries)} })}
	}
	return []compareColumn{
		text("lock_in_band", "Lock-in band", func(s lockin.Summary, _ []entry) string { return s.Band }),
		text("exit_seller", "Seller that is left", func(s lockin.Summary, _ []entry) string { return s.Seller }),
		text("sellers_as_of", "Sellers as of", func(s lockin.Summary, entries []entry) string {
			line, _ := fewest(a, s, entries)
			return string(line.AsOf)
		}),
	}
}

// exitCell is a cell about the alternative's exit; unknown with the reason where nothing was worked out.
func exitCell(a *answer, cell func(s lockin.Summary, entries []entry) table.Cell) func(*answer, pricing.ComparisonRow, []entry) table.Cell {
	return func(_ *answer, row pricing.ComparisonRow, entries []entry) table.Cell {
		s, ok := a.exits.of[row.ID]
		switch {
		case !ok:
			return table.Cell{State: table.Unknown, Reason: a.exits.why}
		case s.Note != "":
			return table.Cell{State: table.Unknown, Reason: s.Note}
		}
		return cell(s, entries)
	}
}

// exactCell shows a figure of package lockin with the digits that it was rounded to. Which answers an unknown one waits for
// is said once, below the table.
func exactCell(f lockin.Figure) table.Cell {
	if !f.Known() {
		return table.Cell{State: table.Unknown, Reason: "answers missing"}
	}
	value, _ := strconv.ParseFloat(f.String(), 64)
	return table.Cell{Value: value, Exact: f.String()}
}

// indexCell leads to the page about the alternative's lock-in.
func indexCell(a *answer, row pricing.ComparisonRow, entries []entry) table.Cell {
	cell := exitCell(a, func(s lockin.Summary, _ []entry) table.Cell {
		cell := exactCell(s.Index)
		if cell.State == table.Known {
			cell.Text, cell.Note = cell.Exact, s.Band
		}
		return cell
	})(a, row, entries)
	cell.URL = a.state.link("/lockin", "alternative", row.ID)
	return cell
}

// exitCostCell is the cost of leaving the alternative's main seller, whose name it notes.
func exitCostCell(a *answer) func(lockin.Summary, []entry) table.Cell {
	return func(s lockin.Summary, _ []entry) table.Cell {
		cell := exactCell(s.CashCost)
		if cell.State == table.Known {
			cell.Note = "leaving " + shortSeller(a.prices.Seller(s.Seller))
		}
		return cell
	}
}

func daysCell(s lockin.Summary, _ []entry) table.Cell {
	cell := exactCell(s.TimeToExit)
	cell.Exact = ""
	return cell
}

// fewest is the line with the fewest sellers among the offers that set the row apart; false when no model is known.
func fewest(a *answer, s lockin.Summary, entries []entry) (fewest lockin.SoldLine, known bool) {
	own := distinct(entries, a.shared)
	for _, l := range s.Lines {
		apart := slices.ContainsFunc(own, func(e entry) bool { return e.Supply.Offer == l.Offer })
		if l.Model != "" && apart && (!known || l.Sellers < fewest.Sellers) {
			fewest, known = l, true
		}
	}
	return fewest, known
}

// sellersOfCell counts who sells the model of the row. The catalogue may not know all.
func sellersOfCell(a *answer) func(lockin.Summary, []entry) table.Cell {
	return func(s lockin.Summary, entries []entry) table.Cell {
		line, ok := fewest(a, s, entries)
		if !ok {
			return table.Cell{State: table.Unknown, Reason: "no model of the catalogue"}
		}
		return table.Cell{Value: float64(line.Sellers), Note: asOfWords(line.AsOf), URL: "/prices/models/" + line.Model}
	}
}

// asOfWords is "as of 1 Aug 2026"; empty without a day.
func asOfWords(day catalog.Date) string {
	if day == "" {
		return ""
	}
	return "as of " + dayWords(string(day))
}

// missingAnswers says below the table which answers the lock-in of the plan waits for.
func missingAnswers(a *answer) string {
	s := a.exits.of[a.asIs]
	if len(s.Missing) == 0 {
		return ""
	}
	var names []string
	for _, note := range s.Missing {
		names = appendNew(names, form.DependencyName(note.Path))
	}
	return "Lock-in: unknown until the plan says more under “Dependencies”: " + strings.Join(names, ", ") + "."
}
