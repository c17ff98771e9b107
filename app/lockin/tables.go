package lockin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/planner"
	"headroom/app/workspace"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
)

// exitData is the cost of the exit as data.
func exitData(p *assessed) table.Table {
	t := table.Table{ID: "exit", Title: "Exit cost",
		Columns: []table.Column{{Key: "rule", Label: "Rule"}, {Key: "component", Label: "Component"},
			{Key: "cost", Label: "Cost", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "certainty", Label: "Certainty"}, {Key: "evidence", Label: "Evidence"}}}
	for _, r := range p.exitTable().Rows {
		certainty := "estimate"
		if r.Certain {
			certainty = "contractual"
		}
		t.Rows = append(t.Rows,
			table.Row{Key: r.Source, Cells: []table.Cell{{Text: r.Source}, {Text: r.Name}, r.Cost, {Text: certainty},
				{Text: r.Note}}})
	}
	t.Rows = append(t.Rows,
		table.Row{Key: "total", Cells: []table.Cell{{Text: "total"}, {Text: "Cash cost of the exit"},
			moneyCell(p.Assessment.Exit.CashCost, "a part is unknown", ""), {}, {}}})
	return t
}

// firedTable are the rules that fired, the worst first.
func firedTable(p *assessed) table.Table {
	t := table.Table{ID: "fired", Title: "Rules that fired", Empty: "No rule fired.",
		Columns: []table.Column{{Key: "rule", Label: "Rule"}, {Key: "severity", Label: "Severity"},
			{Key: "evidence", Label: "Evidence"},
			{Key: "cost", Label: "Cost", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "days", Label: "Days", Kind: table.Unit}, {Key: "remedy", Label: "Remedy"}}}
	list := slices.Clone(p.RulesFired)
	slices.SortStableFunc(list,
		func(a, b lockin.Finding) int { return cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)) })
	for _, f := range list {
		severity := table.Cell{Text: string(f.Severity)}
		if f.Held {
			severity.Note = "held below critical"
		}
		evidence := table.Cell{Text: f.Evidence}
		if len(f.Doubts) > 0 {
			evidence.Mark, evidence.Note = doubtMark(f.Doubts[0]), strings.Join(f.Doubts, "; ")
		}
		days := table.Cell{State: table.Unknown, Reason: "the time is not known"}
		if f.Days.Known() {
			days = table.Cell{Text: weight(f.Days), Value: f.Days.Float()}
		}
		t.Rows = append(t.Rows, table.Row{Key: cells.JoinWords("-", f.Rule, f.Line),
			Cells: []table.Cell{{Text: f.Rule + " " + p.title(f.Rule), Note: p.lineOf(f)}, severity, evidence,
				moneyCell(f.Cost, "an answer is missing", ""), days, {Text: f.Remedy}}})
	}
	return t
}

// openTable are the rules that cannot be computed, with what it would take. They never count as passed.
func openTable(p *assessed) table.Table {
	t := table.Table{ID: "open", Title: "Rules that cannot be computed", Empty: "Every rule could be computed.",
		Columns: []table.Column{{Key: "rule", Label: "Rule"}, {Key: "missing", Label: "What is missing"}},
		Notes:   []string{"A rule without an answer is open, not passed, until the plan answers it."}}
	for i := range p.Rules {
		r := &p.Rules[i]
		if len(r.Missing) == 0 {
			continue
		}
		name := table.Cell{Text: r.Rule + " " + r.Title}
		if r.Status == lockin.RuleFired {
			name.Note = "fired on other lines"
		}
		t.Rows = append(t.Rows, table.Row{Key: r.Rule, Cells: []table.Cell{name, missingCell(p, r.Missing)}})
	}
	return t
}

// missingCell names answers as the form of the plan does, and leads to the first that it asks for.
func missingCell(p *assessed, paths []string) table.Cell {
	var names []string
	cell := table.Cell{}
	for _, path := range paths {
		name := form.DependencyName(path)
		if name != path && cell.URL == "" {
			cell.URL = p.State.URL() + "#" + planner.FieldID(path)
		}
		names = workspace.AppendNew(names, strings.TrimPrefix(name, "dependencies."))
	}
	cell.Text = strings.Join(names, ", ")
	return cell
}

func passedRules(p *assessed) string {
	var ids []string
	for i := range p.Rules {
		if p.Rules[i].Status == lockin.RulePassed {
			ids = append(ids, p.Rules[i].Rule+" "+p.Rules[i].Title)
		}
	}
	return words.Plural(len(ids), "rule", "rules") + " passed: " + cells.JoinWords("", strings.Join(ids, "; "), ".")
}

// quoteColumns are the columns of an offer that could serve a line.
func quoteColumns(p *assessed) []table.Column {
	return []table.Column{
		{Key: "seller", Label: "Seller"}, {Key: "model", Label: "Model"},
		{Key: "ratio", Label: "Price", Unit: "× today’s, own mix", Kind: table.Unit},
		{Key: "input", Label: "Input", Unit: "USD per 1M tokens", Kind: table.Unit},
		{Key: "output", Label: "Output", Unit: "USD per 1M tokens", Kind: table.Unit},
		{Key: "quality", Label: "Quality", Unit: "your evaluation", Kind: table.Unit},
		{Key: "verdict", Label: "Verdict"}, {Key: "source", Label: "Source"},
		{Key: "as_of", Label: "As of", Kind: table.Date},
	}
}

func quoteCells(p *assessed, o *lockin.Option) []table.Cell {
	quality := table.Cell{State: table.Unknown, Reason: "not evaluated"}
	if !o.QualityRatio.IsZero() {
		quality = table.Cell{Text: fmt.Sprintf("%.2f", o.QualityRatio.Float()), Value: o.QualityRatio.Float()}
	}
	verdict := table.Cell{Text: o.Verdict}
	if o.Verdict == lockin.NotEvaluated {
		verdict = table.Cell{Text: "does not count", Mark: lockin.NotEvaluated}
	}
	return []table.Cell{{Text: p.seller(o.Seller), Note: o.Scope},
		{Text: p.model(o.Model), Note: p.lab(o.Lab), URL: "/prices/models/" + o.Model},
		{Text: fmt.Sprintf("%.2f", o.PriceRatio.Float()), Value: o.PriceRatio.Float()}, {Exact: priceText(o.Input)},
		{Exact: priceText(o.Output)}, quality, verdict,
		{Text: p.Prices.Source(o.Source).Name, URL: cells.WebURL(p.Prices.Source(o.Source).URL)},
		{Text: string(o.AsOf)}}
}

func priceText(price lockin.Price) string {
	text, err := price.MarshalText()
	if err != nil {
		return ""
	}
	return string(text)
}

// optionGroups are the offers line by line, those that qualify first.
func optionGroups(p *assessed) []views.OptionGroup {
	var list []views.OptionGroup
	for i := range p.Lines {
		l := &p.Lines[i]
		t := table.Table{ID: "offers-" + l.ID, Title: "Offers for " + p.line(l.ID), Columns: quoteColumns(p),
			Empty: "No other offer is known for this line."}
		qualify := 0
		for _, o := range sortedOptions(l) {
			if o.Verdict == lockin.Qualifies && o.Seller != l.Seller {
				qualify++
			}
			t.Rows = append(t.Rows, table.Row{Key: o.Offer + " " + o.Scope, Cells: quoteCells(p, &o)})
		}
		list = append(list, views.OptionGroup{ID: "options-" + l.ID, Title: p.line(l.ID),
			At: words.Plural(qualify, "offer qualifies", "offers qualify") + " of " +
				words.Plural(len(l.Options), "offer", "offers"), Table: t})
	}
	return list
}

func sortedOptions(l *lockin.LineAnswer) []lockin.Option {
	list := slices.Clone(l.Options)
	rank := func(o *lockin.Option) int {
		if o.Verdict == lockin.Qualifies {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b lockin.Option) int {
		return cmp.Or(rank(&a)-rank(&b), cmp.Compare(a.PriceRatio.Float(), b.PriceRatio.Float()))
	})
	return list
}

// quotesTable is every quote for every line.
func quotesTable(p *assessed) table.Table {
	t := table.Table{ID: "quotes", Title: "Quotes", Provenance: planner.PlanFacts(p.Answer),
		Columns: append([]table.Column{{Key: "line", Label: "Line"}}, quoteColumns(p)...)}
	for i := range p.Lines {
		for _, o := range sortedOptions(&p.Lines[i]) {
			t.Rows = append(t.Rows, table.Row{Key: p.Lines[i].ID + " " + o.Offer,
				Cells: append([]table.Cell{{Text: p.Lines[i].ID}}, quoteCells(p, &o)...)})
		}
	}
	return t
}

// removalTable is what each dependency costs to remove now, against what that saves at the exit.
func removalTable(p *assessed) table.Table {
	t := table.Table{ID: "removals", Title: "What removing each dependency costs and saves",
		Columns: []table.Column{{Key: "dependency", Label: "Dependency"},
			{Key: "cost", Label: "Costs now", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "saves", Label: "Saves at the exit", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "days", Label: "Days saved", Kind: table.Unit}, {Key: "hhi", Label: "Seller HHI", Kind: table.Unit},
			{Key: "index", Label: "Index then", Kind: table.Unit},
			{Key: "pays", Label: "Pays from", Unit: "chance of leaving", Kind: table.Unit},
			{Key: "verdict", Label: "Verdict"}},
		Notes: []string{"You set the chance of leaving. A year of a dearer seller counts as cost; " +
			"benefits beyond the exit, such as leverage on price, are not in these figures."}}
	for _, r := range p.Removals(p.chance) {
		if r.ChangesNothing() {
			continue
		}
		verdict := table.Cell{Text: string(r.Verdict), Note: r.Why}
		pays := figureText(r.BreakEven, "\u00a0%", "", "")
		if pays.State == table.Unknown {
			pays = table.Cell{State: table.None, Text: "·"}
		}
		name := table.Cell{Text: r.Title, Note: r.How}
		if component := componentName(r.Rule); component != "" {
			name.Text = r.Rule + " " + component
		}
		t.Rows = append(t.Rows,
			table.Row{Key: r.ID, Cells: []table.Cell{name, moneyCell(r.CostNow, "", ""),
				moneyCell(r.Saves, "a part is unknown", ""),
				figureText(r.SavesDays, "", "the time is unknown", ""),
				{Text: points(r.SellerHHI), Value: r.SellerHHI.Float()},
				figureText(r.Index, "", "a part is unknown", ""), pays, verdict}})
	}
	return t
}

func removalNames(p *assessed, verdict lockin.RemovalVerdict) []string {
	var names []string
	for _, r := range p.Removals(p.chance) {
		if name := componentName(r.Rule); r.Verdict == verdict && name != "" {
			names = append(names, strings.ToLower(name))
		}
	}
	return names
}

// obligationsTable is what each month is bound to; no rows when nothing binds.
func obligationsTable(p *assessed) table.Table {
	money := func(key, label string) table.Column {
		return table.Column{Key: key, Label: label, Unit: p.Compare.Currency, Kind: table.Money}
	}
	t := table.Table{ID: "obligations-by-month", Title: "Committed and reserved by month",
		Columns: []table.Column{{Key: "month", Label: "Month", Kind: table.Month},
			money("promised", "Promised"), money("reserved", "Reserved"), money("shortfall", "Shortfall"),
			money("credits", "Paid by credits")},
		Notes: []string{"Promised is the month’s even part of the commitments; a shortfall is charged when a term " +
			"ends. After the last credit the bill is paid in cash."}}
	for _, o := range p.Obligations() {
		t.Rows = append(t.Rows,
			table.Row{Key: o.Month.String(),
				Cells: []table.Cell{{Text: o.Month.String()}, moneyCell(o.Promised, "", ""),
					moneyCell(o.Reserved, "", ""), moneyCell(o.Shortfall, "", ""), moneyCell(o.Credits, "", "")}})
	}
	return t
}
