package lockin

import (
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/pricing/lockin"
	"headroom/views/table"
)

func factColumns() []table.Column {
	return []table.Column{{Key: "provider", Label: "Seller or lab"}, {Key: "field", Label: "About"},
		{Key: "value", Label: "What is so"}, {Key: "source", Label: "Source"}, {Key: "as_of", Label: "As of"}}
}

func (p *assessed) factRow(f *lockin.DatedFact) table.Row {
	return table.Row{Key: cells.JoinWords("-", f.Provider, f.Field, string(f.Confidence)),
		Cells: []table.Cell{{Text: f.Provider}, {Text: lockin.FieldWords(f.Field)}, {Text: f.Value},
			{Text: f.Source, URL: cells.WebURL(f.Source),
				Mark: map[bool]string{true: "own"}[f.Confidence == lockin.OwnSource]},
			{Text: factDate(f.AsOf), Mark: doubtMark(f.Doubt)}}}
}

// conflictTable are facts that contradict each other, side by side.
func (p *assessed) conflictTable() table.Table {
	t := table.Table{ID: "facts-conflicting", Title: "Facts that contradict each other", Columns: factColumns(),
		Notes: []string{"Your own fact is used, else the first; the others stay beside it."}}
	for _, g := range p.Facts() {
		for i := range g.Facts {
			if g.Contradict {
				row := p.factRow(&g.Facts[i])
				row.Cells[2].Mark = "conflict"
				row.Cells[2].Note = useOf(g.Field, i == 0)
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

// useOf says what becomes of one of several facts. Egress is priced from the plan's own answer: a fact only stands
// beside the question.
func useOf(field string, first bool) string {
	switch {
	case field == "egress_tiers" && first:
		return "shown first; the exit cost uses the price of a GB that the plan states"
	case first:
		return "this one is used"
	}
	return "stands beside it"
}

// doubtfulFacts are those that a rule rests on and that are from memory, unverified or old.
func (p *assessed) doubtfulFacts() table.Table {
	t := table.Table{ID: "facts-doubtful", Title: "Doubtful facts", Columns: factColumns(),
		Empty: "No fact that a rule rests on is doubtful.",
		Notes: []string{
			"A fact from memory, unverified or older than 180 days cannot raise a critical rule by itself."}}
	for _, g := range p.Facts() {
		for i := range g.Facts {
			if f := &g.Facts[i]; f.Doubt != "" && asked(g.Field) {
				t.Rows = append(t.Rows, p.factRow(f))
			}
		}
	}
	return t
}

// asked reports whether a rule asks for a field; attestations and regions do not enter the figures.
func asked(field string) bool { return slices.Contains(lockin.FactFields(), field) }

func (p *assessed) allFacts() table.Table {
	t := table.Table{ID: "facts-all", Title: "Everything on file about these sellers and labs", Columns: factColumns(),
		Empty: "Nothing is on file about these sellers and labs."}
	for _, g := range p.Facts() {
		for i := range g.Facts {
			t.Rows = append(t.Rows, p.factRow(&g.Facts[i]))
		}
	}
	return t
}

// ownFacts are the team's own, each with the way to take it back.
func (p *assessed) ownFacts() table.Table {
	t := table.Table{ID: "facts-own", Title: "Your own facts", Columns: factColumns()}
	for _, g := range p.Facts() {
		for i := range g.Facts {
			if f := &g.Facts[i]; f.Confidence == lockin.OwnSource {
				row := p.factRow(f)
				row.Actions = []table.Action{
					{Label: "Remove", URL: p.link("/lockin", "do", "forget", "provider", f.Provider, "field", f.Field)}}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

// partiesTable are the sellers, labs and chips that nobody knows, and what that does.
func (p *assessed) partiesTable() table.Table {
	t := table.Table{ID: "parties", Title: "Sellers, labs and chips that are not known",
		Columns: []table.Column{{Key: "line", Label: "Line"}, {Key: "layer", Label: "Layer"},
			{Key: "name", Label: "Name"}, {Key: "effect", Label: "Effect on the figures"}}}
	for _, u := range p.Unknown() {
		t.Rows = append(t.Rows, table.Row{Key: u.Line + "-" + u.Layer,
			Cells: []table.Cell{{Text: p.line(u.Line)}, {Text: u.Layer}, {Text: u.Name}, {Text: u.Effect}}})
	}
	return t
}

// assumedTable is what was taken for answers that the plan does not state.
func (p *assessed) assumedTable() table.Table {
	t := table.Table{ID: "assumed-answers", Title: "What was assumed",
		Columns: []table.Column{{Key: "path", Label: "Answer"}, {Key: "taken", Label: "Taken"}},
		Empty:   "Nothing: every answer is the plan's."}
	for _, n := range p.Assumed {
		t.Rows = append(t.Rows,
			table.Row{Key: n.Path,
				Cells: []table.Cell{{Text: strings.TrimPrefix(form.DependencyName(n.Path), "dependencies.")},
					{Text: n.Message}}})
	}
	return t
}
