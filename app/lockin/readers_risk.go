package lockin

import (
	"fmt"
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
)

func forRisk(p *assessed) []views.ReaderItem {
	t := &p.Assessment.Time
	days := views.ReaderItem{Text: "Time to exit: unknown", Note: "the people, notice or lines are not answered",
		URL: p.open("days"), How: true}
	if t.TimeToExit.Known() {
		days.Text, days.Note = "Time to exit "+t.TimeToExit.String()+" days",
			"what binds: "+strings.ReplaceAll(t.Binding, "_", " ")
		if over := t.Over(p.tolerated); over.Known() && over.Float() > 0 {
			days.Mark, days.Text = "over by "+over.String()+" days", days.Text+"; tolerated "+p.tolerated.String()
		} else if over.Known() {
			days.Text += "; tolerated " + p.tolerated.String()
		}
	}
	items := []views.ReaderItem{days, criticalItem(p)}
	for _, o := range p.Outages() {
		if o.Seller == p.Assessment.Exit.Seller {
			items = append(items, views.ReaderItem{Text: p.seller(o.Seller) + " out for a day: " + carriedWords(&o),
				Note: "by capacity that the plan states; a quota that nobody stated carries nothing for sure",
				URL:  "#outage-title"})
		}
	}
	chip := &p.Assessment.Concentration.Chip
	items = append(items, views.ReaderItem{Text: "Chip vendors: HHI " + grouped(chip.HHI) + ", under stress " +
		grouped(chip.StressHHI), Note: "if one vendor runs all that it can", URL: p.open("chip_stress"), How: true})
	if text := cells.JoinWords("; ", evidenceOf(p, "L04"), evidenceOf(p, "L07"), evidenceOf(p, "L11")); text != "" {
		items = append(items, views.ReaderItem{Text: "Single points and events", Note: text, URL: "#rules"})
	}
	return append(items, confidenceItems(p), views.ReaderItem{Text: "Asked for by DORA Art. 28 and 29, Data Act Art. " +
		"23 to 31, AI Act Art. 26, NIST GOVERN 6.2",
		Note: "concentration, substitutes, time and exit plan are what this page can say to them; no legal advice"})
}

func criticalItem(p *assessed) views.ReaderItem {
	list := p.critical()
	var ids []string
	for _, i := range list {
		id, _, _ := strings.Cut(i.Text, " ")
		ids = workspace.AppendNew(ids, id)
	}
	item := views.ReaderItem{Text: words.Plural(len(list), "critical rule", "critical rules") + " open",
		Note: strings.Join(ids, ", "), URL: "#rules"}
	if n := len(openTable(p).Rows); n > 0 {
		item.Note = cells.JoinWords("; ", item.Note, words.Plural(n, "rule", "rules")+
			" of 36 cannot be computed and count as open")
	}
	return item
}

// confidenceItems says what the assessment rests on.
func confidenceItems(p *assessed) views.ReaderItem {
	read, memory, old, own := 0, 0, 0, 0
	for _, g := range p.Facts() {
		for _, f := range g.Facts {
			switch doubtMark(f.Doubt) {
			case "":
				read++
			case "check again":
				old++
			default:
				memory++
			}
			if f.Confidence == lockin.OwnSource {
				own++
			}
		}
	}
	return views.ReaderItem{Text: fmt.Sprintf("Facts: %d read, %d to check again, %d from memory or unverified, %d "+
		"your own", read, old, memory, own),
		Note: fmt.Sprintf("%s assumed, %d missing; doubtful facts cannot raise a critical rule alone",
			words.Plural(len(p.Assumed), "answer", "answers"), len(p.Missing)), URL: "#facts"}
}
