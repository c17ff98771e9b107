package lockin

import (
	"cmp"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// view is the page.
func (p *assessed) view(in lockinInput) views.Lockin {
	v := views.Lockin{
		Sentence: p.sentence(), Lead: p.lead(), Tiles: p.tiles(), Index: p.index(), Pick: p.pickForm(),
		Readers: readersOf(p),
		Flow:    p.flowFigure(), Layers: p.layers(), Critical: p.critical(), Exit: p.exitTable(),
		Calendar:   p.calendar(),
		CalendarAt: p.link("/lockin/deadlines.ics"), Outages: p.outageTable(), Carriers: p.carrierTable(),
		Removals: removalTable(p), Obligations: obligationsTable(p), Options: optionGroups(p),
		Fired: firedTable(p), Open: openTable(p), Passed: passedRules(p), Conflicts: p.conflictTable(),
		Doubtful: p.doubtfulFacts(), AllFacts: p.allFacts(), Own: p.ownFacts(),
		Parties: p.partiesTable(), Assumed: p.assumedTable(), Weights: p.weightsForm(in), Correct: p.factForm(in),
		Chance: p.chanceForm(in),
		Downloads: []ui.Link{{Label: "Quotes, CSV", URL: p.link("/lockin/quotes.csv")},
			{Label: "XLSX", URL: p.link("/lockin.xlsx")}},
	}
	v.Path, v.PathTitle, v.PathNote = p.path()
	v.LayersNote = "Bands for a buyer, by effective number: 3 or more low, 2 to 3 guarded, 1.25 to 2 high, below " +
		"single-source. Reference lines only: HHI 1,800 and a share of 30\u00a0%, US Merger Guidelines, 18 Dec 2023; " +
		"five equal suppliers already have 2,000."
	v.PrintFoot = cells.JoinWords(" · ", p.Plan.Name, p.Version(), "prices of "+cells.DayWords(string(p.Prices.AsOf)),
		"price snapshot "+p.Prices.ID, "assessed on "+cells.DayWords(p.day))
	return v
}

// flowFigure is the spend on its way through the layers.
func (p *assessed) flowFigure() ui.Figure {
	first, last := p.Months()
	c := &p.Assessment.Concentration
	f := ui.Figure{ID: "flow", Title: "Where a year of spend goes",
		Chart: ui.Chart{Kind: ui.Flows, Prefix: words.Prefix(p.Compare.Currency),
			Unit: words.Prefix(p.Compare.Currency) + grouped(p.Assessment.TotalAnnualSpend) + " a year, spend of " +
				first + " to " + last + ", by seller, lab and chip vendor"}}
	f.Table = table.Table{ID: "flows", Title: "Flows of a year’s spend",
		Columns: []table.Column{{Key: "from", Label: "From"}, {Key: "to", Label: "To"}, {Key: "layer", Label: "Layer"},
			{Key: "amount", Label: "Amount", Unit: p.Compare.Currency + " a year", Kind: table.Money},
			{Key: "share", Label: "Share", Kind: table.Text}}}
	series := ui.ChartSeries{Name: "Spend"}
	f.Chart.Nodes = append(f.Chart.Nodes, ui.ChartNode{ID: "spend:spend", Name: "Spend", Text: "100\u00a0%", Top: true})
	for i, l := range []struct {
		name  string
		layer *lockin.Layer
	}{{"seller", &c.Seller}, {"lab", &c.Lab}, {"chip", &c.Chip}} {
		f.Chart.Nodes = append(f.Chart.Nodes, p.nodes(l.name, l.layer, i+1)...)
	}
	before := map[string]string{"seller": "spend", "lab": "seller", "chip": "lab"}
	for _, flow := range p.Flows() {
		from, to := p.party(before[flow.Layer], flow.From), p.party(flow.Layer, flow.To)
		if flow.Layer == "seller" {
			from = "Spend"
		}
		value := flow.Amount.Float()
		f.Chart.Links = append(f.Chart.Links, ui.ChartLink{From: before[flow.Layer] + ":" + flow.From,
			To: flow.Layer + ":" + flow.To, Value: value})
		f.Chart.Categories = append(f.Chart.Categories, from+" to "+to)
		series.Values, series.Texts = append(series.Values, &value), append(series.Texts, grouped(flow.Amount))
		f.Table.Rows = append(f.Table.Rows, table.Row{Key: flow.Layer + "-" + flow.From + "-" + flow.To,
			Cells: []table.Cell{{Text: from}, {Text: to}, {Text: flow.Layer},
				{Value: value}, {Text: flow.Pct.String() + "\u00a0%"}}})
	}
	f.Chart.Series = []ui.ChartSeries{series}
	f.Summary = p.flowWords()
	return f
}

func (p *assessed) nodes(name string, layer *lockin.Layer, at int) []ui.ChartNode {
	var list []ui.ChartNode
	largest := layer.Largest().ID
	shares := slices.Clone(layer.Shares)
	slices.SortStableFunc(shares, func(a, b lockin.Share) int { return cmp.Compare(b.Pct.Float(), a.Pct.Float()) })
	for _, s := range shares {
		if s.Pct.Float() > 0 {
			list = append(list, ui.ChartNode{ID: name + ":" + s.ID, Name: p.party(name, s.ID),
				Text: s.Pct.String() + "\u00a0%", Layer: at, Top: s.ID == largest})
		}
	}
	return list
}

func (p *assessed) flowWords() string {
	c := &p.Assessment.Concentration
	seller, lab, chip := c.Seller.Largest(), c.Lab.Largest(), c.Chip.Largest()
	return p.party("seller", seller.ID) + " bills " + seller.Pct.String() + "\u00a0% and " + p.party("lab", lab.ID) +
		" makes " + lab.Pct.String() + "\u00a0% of what is used. " +
		"The largest chip vendor is " + p.party("chip", chip.ID) + " with " + chip.Pct.String() +
		"\u00a0%: a line whose seller discloses no shares is split evenly over the vendors it names, which is an " +
		"assumption."
}

// layers are the three rows of the concentration.
func (p *assessed) layers() []views.LayerRow {
	c := &p.Assessment.Concentration
	meters := map[string]int{"low": 1, "guarded": 2, "high": 3, "single-source": 4}
	var rows []views.LayerRow
	for _, l := range []struct {
		name, layer, how string
		data             *lockin.Layer
	}{{"Seller", "seller", "seller_hhi", &c.Seller}, {"Lab", "lab", "lab_hhi", &c.Lab},
		{"Chip vendor", "chip", "chip_hhi", &c.Chip}} {
		top := l.data.Largest()
		row := views.LayerRow{Name: l.name, Largest: p.party(l.layer, top.ID) + " " + top.Pct.String() + "\u00a0%",
			Number: figureText(l.data.EffectiveNumber, "", "", ""),
			HHI:    figureText(l.data.HHI, "", "", p.open(l.how)), Band: l.data.Band(), Meter: meters[l.data.Band()]}
		if l.layer == "chip" {
			row.Stress, row.Note = figureText(l.data.StressHHI, "", "", p.open("chip_stress")), "assumed split"
		}
		rows = append(rows, row)
	}
	return rows
}

// critical are the rules that fired as critical, whatever the index.
func (p *assessed) critical() []views.ReaderItem {
	list := []views.ReaderItem{}
	for _, f := range p.RulesFired {
		if f.Severity == lockin.Critical {
			list = append(list, views.ReaderItem{Text: f.Rule + " " + p.title(f.Rule),
				Note: cells.JoinWords("; ", p.lineOf(f), "remedy: "+f.Remedy), URL: "#rules"})
		}
	}
	return list
}

func (p *assessed) lineOf(f lockin.Finding) string {
	if f.Line == "" {
		return ""
	}
	return p.line(f.Line)
}

// title is what a rule is called.
func (p *assessed) title(rule string) string {
	for i := range p.Rules {
		if p.Rules[i].Rule == rule {
			return p.Rules[i].Title
		}
	}
	return rule
}

// componentName is a part of the cost as people call it; empty for a rule that is none.
func componentName(rule string) string {
	return map[string]string{
		"L25": "Commitment left at the exit", "L26": "Reservations that outlive the exit", "L02": "Data egress",
		"L17": "Embeddings again", "L12": "Fine-tuned weights again",
		"L05": "Platform services", "L21": "Agents on a proprietary interface", "L22": "Integrations without a gateway",
		"L23": "Prompt re-tuning and evaluation",
		"L29": "Fee for leaving early", "L36": "Parallel running",
	}[rule]
}

func (p *assessed) exitTable() views.ExitTable {
	x := &p.Assessment.Exit
	t := views.ExitTable{Title: "What leaving costs", Note: "out of " + p.seller(x.Seller) + " on " +
		cells.DayWords(p.Exit().ExitDate), Currency: p.Compare.Currency,
		Total: moneyCell(x.CashCost, "a part is unknown", p.open("cash_cost"))}
	largest := 0.0
	for i := range x.Components {
		largest = max(largest, x.Components[i].Cost.Float())
	}
	for i := range x.Components {
		t.Rows = append(t.Rows, p.exitRow(&x.Components[i], largest))
	}
	slices.SortStableFunc(t.Rows, func(a, b views.ExitRow) int { return cmp.Compare(b.Cost.Value, a.Cost.Value) })
	contractual, estimate := x.Split()
	if _, unknown := x.KnownPart(); unknown > 0 {
		t.Certain = words.Plural(unknown, "part is", "parts are") + " not answered"
		return t
	}
	t.Certain = p.money(contractual) + " from contracts and lists, " + p.money(estimate) + " from your estimates"
	return t
}

func (p *assessed) exitRow(c *lockin.Component, largest float64) views.ExitRow {
	row := views.ExitRow{Name: componentName(c.Rule), Cost: moneyCell(c.Cost, "", p.open(c.Rule)),
		Certain: c.Contractual(), Source: c.Rule}
	row.Share = figureText(p.Assessment.Exit.Share(c), "\u00a0%", "", "")
	if largest > 0 {
		row.Bar = 100 * c.Cost.Float() / largest
	}
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Rule == c.Rule && len(r.Findings) > 0 {
			row.Note = r.Findings[0].Evidence
		} else if r.Rule == c.Rule && len(r.Missing) > 0 {
			row.Note = "missing: " + missingCell(p, r.Missing).Text
		}
	}
	return row
}

// path are the steps of the exit, drawn from the first day on, and what they come to.
func (p *assessed) path() (rows []views.PathRow, title, note string) {
	t := &p.Assessment.Time
	steps := p.Path()
	if len(steps) == 0 {
		return nil, "Time to exit: unknown", "Not answered yet: " + strings.Join(p.missingFor("time"), ", ") + "."
	}
	binding := map[string]string{lockin.BindingNotice: "the notice",
		lockin.BindingTechnical: "the technical path"}[t.Binding]
	end, longest := 0.0, 0.0
	for _, s := range steps {
		end = max(end, s.End.Float())
		if s.Name != "Approval" && s.Name != "Parallel run" && s.Name != "Notice" {
			longest = max(longest, s.End.Float())
		}
	}
	for _, s := range steps {
		row := views.PathRow{Name: s.Name, Days: s.Days().String()}
		if end > 0 {
			row.From, row.Width = 100*s.Start.Float()/end, 100*(s.End.Float()-s.Start.Float())/end
		}
		row.Binds = s.Name != "Notice" && t.Binding == lockin.BindingTechnical &&
			(s.Name == "Approval" || s.Name == "Parallel run" || s.End.Float() == longest) || s.Name == "Notice" &&
			t.Binding == lockin.BindingNotice
		rows = append(rows, row)
	}
	return rows, "Time to exit: " + t.TimeToExit.String() + " days", "What binds is " + binding +
		": approval, then the longest of engineering, capacity, data and embeddings, then the parallel run, " +
		t.TechnicalPath.String() + " days, rounded up once. Notice runs beside it."
}

// missingFor are the answers that a part waits for.
func (p *assessed) missingFor(part string) []string {
	var list []string
	for _, n := range p.Missing {
		if part != "time" || strings.HasPrefix(n.Path, "dependencies.exit.") {
			list = workspace.AppendNew(list, form.DependencyName(n.Path))
		}
	}
	return list
}
