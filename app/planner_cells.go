package app

import (
	"strings"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/views/table"
)

func nameCell(a *answer, row pricing.ComparisonRow, entries []entry) table.Cell {
	name := row.Name
	if name == "" || row.ID == a.asIs && a.rerouted() {
		name = "This plan"
	}
	cell := table.Cell{Text: name, Note: nameNote(a, name, distinct(entries, a.shared))}
	switch {
	case row.Unserved > 0:
		cell.Mark = "not all served"
	case a.notEvaluated(row.ID) && !strings.Contains(name, "not evaluated"):
		cell.Mark = "not evaluated"
	}
	return cell
}

// nameNote says what stands behind a name that does not say it itself.
func nameNote(a *answer, name string, entries []entry) string {
	if len(entries) == 1 && strings.Contains(name, a.modelWords(entries[0])) {
		return ""
	}
	var words []string
	for _, e := range entries {
		words = appendNew(words, a.words(e))
	}
	return strings.Join(words, "; ")
}

// figureCell is a ratio that may have no value, and why.
func figureCell(f pricing.Figure, reason string) table.Cell {
	if !f.Known() {
		return table.Cell{State: table.Unknown, Reason: reason}
	}
	return table.Cell{Value: float64(f)}
}

// differenceCell is the cost beyond the baseline's, per what the cost column is per.
func differenceCell(a *answer, row pricing.ComparisonRow, _ []entry) table.Cell {
	if row.Baseline {
		return table.Cell{State: table.None, Text: "baseline"}
	}
	cell := figureCell(row.Difference, "the baseline has no price")
	switch a.state.View.Period {
	case periodYear:
		cell = figureCell(row.PerYearDifference, "the baseline has no price")
	case periodMonth:
		cell = figureCell(row.PerMonthDifference, "the baseline has no price")
	case periodReq:
		cell = figureCell(row.Per1kDifference, "no requests")
	}
	cell.Signed = cell.State == table.Known
	return cell
}

func relativeCell(a *answer, row pricing.ComparisonRow, _ []entry) table.Cell {
	if row.Baseline {
		return table.Cell{State: table.None, Text: "baseline"}
	}
	relative := row.Relative
	if a.state.View.Period == periodReq {
		relative = row.Per1kRelative
	}
	cell := figureCell(relative, "the baseline costs nothing or has no price")
	if cell.State == table.Known {
		cell.Signed, cell.Word = true, deltaWord(cell.Value)
	}
	return cell
}

// priceCell is the list price of the one offer that the row is about; a row about several has no single price.
func priceCell(output bool) func(*answer, pricing.ComparisonRow, []entry) table.Cell {
	return func(a *answer, _ pricing.ComparisonRow, entries []entry) table.Cell {
		own := distinct(entries, a.shared)
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
func priceURL(a *answer, e entry) string {
	if e.Model == "" {
		return ""
	}
	return "/prices/models/" + e.Model
}

func sellersCell(a *answer, _ pricing.ComparisonRow, entries []entry) table.Cell {
	var names []string
	for _, e := range entries {
		names = appendNew(names, a.prices.Seller(e.Provider).Name)
	}
	return table.Cell{Text: strings.Join(names, ", ")}
}

// asOfCell is the oldest date that a price of the row is of.
func asOfCell(_ *answer, _ pricing.ComparisonRow, entries []entry) table.Cell {
	oldest := ""
	for _, e := range entries {
		if day := e.asOf(); day != "" && (oldest == "" || day < oldest) {
			oldest = day
		}
	}
	if oldest == "" {
		return table.Cell{State: table.None, Text: "own prices"}
	}
	return table.Cell{Text: oldest}
}

// rerouted says that the reader sent a workload elsewhere than the base does, so that the name of the base's own
// alternative may no longer say what it is.
func (a *answer) rerouted() bool {
	patch, err := form.ParseDocument(a.state.Patch.json())
	if err != nil {
		return false
	}
	for _, workload := range patch.Names("workloads") {
		if _, ok := patch.Get("workloads", workload, "routes"); ok {
			return true
		}
	}
	return false
}
