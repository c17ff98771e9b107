package lockin

import (
	"fmt"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/planner"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// seller is what the catalogue calls a seller.
func (p *assessed) seller(id string) string { return p.Prices.Seller(id).Name }

// party is the name of a seller, lab or chip vendor of a layer.
func (p *assessed) party(layer, id string) string {
	switch {
	case id == lockin.Unknown:
		return "unknown"
	case layer == "seller":
		return p.seller(id)
	case layer == "lab":
		return p.lab(id)
	}
	return planner.ChipNames([]string{id})[0]
}

func (p *assessed) lab(id string) string {
	for _, lab := range p.Prices.Labs {
		if lab.ID == id && lab.Name != "" {
			return lab.Name
		}
	}
	return id
}

// model is what the catalogue calls a model.
func (p *assessed) model(id string) string {
	if m, ok := p.Prices.Model(id); ok && m.Name != "" {
		return m.Name
	}
	return id
}

// line is how a line is called: "GPT-5.4 at Azure".
func (p *assessed) line(id string) string {
	for i := range p.Lines {
		if l := &p.Lines[i]; l.ID == id && l.Model != "" {
			return p.model(l.Model) + " at " + p.seller(l.Seller)
		}
	}
	return id
}

func (p *assessed) money(f lockin.Figure) string {
	if !f.Known() {
		return "unknown"
	}
	return words.Money(p.Compare.Currency, f.Float())
}

// moneyCell shows an amount in full; what is not known says why.
func moneyCell(f lockin.Figure, why, how string) table.Cell {
	if !f.Known() {
		return table.Cell{State: table.Unknown, Reason: why, How: how}
	}
	return table.Cell{Value: f.Float(), How: how}
}

// figureText is a figure as it is written, or unknown.
func figureText(f lockin.Figure, unit, why, how string) table.Cell {
	if !f.Known() {
		return table.Cell{State: table.Unknown, Reason: why, How: how}
	}
	return table.Cell{Text: grouped(f) + unit, How: how, Value: f.Float()}
}

// grouped sets commas between thousands; the digits are the figure's own.
func grouped(f lockin.Figure) string { return words.Group(f.String()) }

// points is a change that shows its sign: "−1,218".
func points(f lockin.Figure) string {
	if f.Known() && f.Float() > 0 {
		return "+" + grouped(f)
	}
	return grouped(f)
}

func sharePercent(f lockin.Figure) string {
	if !f.Known() {
		return "unknown"
	}
	return table.Number(table.Count, f.Float()) + "\u00a0%"
}

// sentence is what all four readers read first.
func (p *assessed) sentence() string {
	x, t := &p.Assessment.Exit, &p.Assessment.Time
	cost := "costs " + p.money(x.CashCost)
	if sum, unknown := x.KnownPart(); unknown > 0 {
		cost = fmt.Sprintf("costs at least %s, with %s unknown", p.money(sum), words.Plural(unknown, "part", "parts"))
	}
	days := "takes " + t.TimeToExit.String() + " days"
	if !t.TimeToExit.Known() {
		days = "takes an unknown time"
	}
	return "Leaving " + p.seller(x.Seller) + " " + cost + " and " + days + "."
}

// lead completes the sentence: the ratio, what could move, and when an exit is cheapest.
func (p *assessed) lead() string {
	x, s := &p.Assessment.Exit, &p.Assessment.Substitutability
	text := ""
	if x.SwitchingRatio.Known() {
		text = "That is " + table.Number(table.Percent, x.SwitchingRatio.Float()) + " of a year with " +
			p.seller(x.Seller) + ". "
	}
	text += sharePercent(s.SellerReplaceable) + " of spend could move today to another seller, " +
		sharePercent(s.LabReplaceable) + " to another lab."
	if day, cost, ok := p.CheaperExit(); ok {
		text += " An exit on " + cells.DayWords(string(day)) + ", after a term ends, would cost " + p.money(cost) + "."
	} else {
		text += " No term that the plan states ends later and makes the exit cheaper."
	}
	return text
}

// tiles are the four parts of the index, which stand before it.
func (p *assessed) tiles() []ui.Tile {
	s, w, x, t := &p.Assessment.Scores, &p.Weights, &p.Assessment.Exit, &p.Assessment.Time
	part := func(id, label, figure string, f lockin.Figure, note string) ui.Tile {
		cell := figureText(f, "", note, p.open(figure))
		cell.Note = note
		tile := ui.Tile{ID: "part-" + id, Label: label, Unit: "of 100", Cell: cell}
		if !f.Known() {
			tile.Unit = ""
		}
		return tile
	}
	cost := "no spend with " + p.seller(x.Seller)
	if x.SwitchingRatio.Known() {
		cost = table.Number(table.Percent, x.SwitchingRatio.Float()) + " of a year with " + p.seller(x.Seller)
	} else if _, unknown := x.KnownPart(); unknown > 0 {
		cost = words.Plural(unknown, "part is", "parts are") + " not answered"
	}
	days := "not answered: people, notice or lines"
	if t.TimeToExit.Known() {
		days = t.TimeToExit.String() + " days; 30 scores 0, 210 scores 100"
	}
	sub := &p.Assessment.Substitutability
	return []ui.Tile{
		part("concentration", "Concentration", "concentration", s.Concentration,
			"weights "+weight(w.Seller)+" seller, "+weight(w.Lab)+" lab, "+weight(w.Chip)+" chip"),
		part("cost", "Exit cost", "switching_cost", s.SwitchingCost, cost),
		part("time", "Time", "time", s.Time, days),
		part("substitutes", "Substitutes", "substitutes", s.NonSubstitutability,
			"other seller "+sharePercent(sub.SellerReplaceable)+", other lab "+sharePercent(sub.LabReplaceable)),
	}
}

// weight is a weight without zeros at its end.
func weight(f lockin.Figure) string {
	return strings.TrimSuffix(strings.TrimRight(f.String(), "0"), ".")
}

func (p *assessed) index() views.IndexWords {
	w := &p.Weights
	words := views.IndexWords{Cell: figureText(p.Assessment.Index, "", "", p.open("index")), Band: p.Assessment.Band}
	words.Note = fmt.Sprintf("of 100, %s: the mean of the four parts with weights %s, %s, %s and %s. The weights are "+
		"a judgement, yours to change. Rule set %d, facts as of %s, prices of %s. An indicator, no legal advice.",
		p.Assessment.Band, weight(w.Concentration), weight(w.SwitchingCost), weight(w.Time),
		weight(w.NonSubstitutability), lockin.ModelVersion, cells.DayWords(p.day),
		cells.DayWords(string(p.Prices.AsOf)))
	if !p.Assessment.Index.Known() {
		words.Note = strings.Replace(words.Note, "of 100, unknown: the mean",
			"until every part is known: it is the mean", 1)
	}
	return words
}

// doubtMark is a doubt in two words.
func doubtMark(doubt string) string {
	switch {
	case doubt == "":
		return ""
	case strings.Contains(doubt, "memory"):
		return "from memory"
	case strings.Contains(doubt, "unverified"):
		return "unverified"
	}
	return "check again"
}

// factDate is a date of a fact, whole or not.
func factDate(asOf string) string {
	if _, err := catalog.ParseDate(asOf); err == nil {
		return cells.DayWords(asOf)
	}
	return asOf
}

// severityRank puts the worst first.
func severityRank(s lockin.Severity) int {
	return slices.Index([]lockin.Severity{lockin.Critical, lockin.High, lockin.Medium, lockin.Low}, s)
}
