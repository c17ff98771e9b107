package lockin

import (
	"fmt"
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
)

// readersOf are the four columns: who, the question they bring, and what answers it.
func readersOf(p *assessed) []views.Reader {
	return []views.Reader{
		{ID: "cto", Title: "Sceptical CTO", Ask: "Can we move, and what breaks?", Items: forCTO(p)},
		{ID: "cfo", Title: "CFO", Ask: "What do we owe if we leave?", Items: forCFO(p)},
		{ID: "procurement", Title: "Procurement lead", Ask: "What can we ask for, and by when?",
			Items: forProcurement(p)},
		{ID: "risk", Title: "Risk officer", Ask: "Is it within tolerance, and how sure are we?", Items: forRisk(p)},
	}
}

func forCTO(p *assessed) []views.ReaderItem {
	var list []views.ReaderItem
	for i := range p.Lines {
		list = append(list, canMove(p, &p.Lines[i]))
	}
	if len(list) > 4 {
		list = append(list[:3], views.ReaderItem{Text: words.Plural(len(list)-3, "more line", "more lines"),
			URL: "#options"})
	}
	list = append(list, effortItem(p))
	if n := firedLines(p, "L09"); n > 0 {
		list = append(list, views.ReaderItem{Text: words.Plural(n, "model retires", "models retire") +
			" before the plan ends", Note: evidenceOf(p, "L09"), URL: "#rules"})
	}
	list = append(list, exitTest(p))
	if names := removalNames(p, lockin.NotWorthRemoving); len(names) > 0 {
		list = append(list, views.ReaderItem{Text: "Not worth removing: " + strings.Join(names, ", "),
			Note: "removing it costs at least as much as it saves", URL: "#removals"})
	}
	return list
}

// canMove says where a line could go today, or the one reason why not.
func canMove(p *assessed, l *lockin.LineAnswer) views.ReaderItem {
	var sellers []string
	reasons := map[string]int{}
	for i := range l.Options {
		o := &l.Options[i]
		if o.Seller == l.Seller {
			continue
		}
		if o.Verdict == lockin.Qualifies {
			sellers = workspace.AppendNew(sellers, p.seller(o.Seller)+" ("+times(o.PriceRatio)+")")
		}
		reasons[o.Verdict]++
	}
	item := views.ReaderItem{Text: p.line(l.ID) + " can move today", URL: "#options-" + l.ID,
		Note: "to " + strings.Join(sellers, ", ") + ", at so many times today’s price"}
	if len(sellers) == 0 {
		item.Text, item.Note = p.line(l.ID)+" cannot move today", "no other offer is known"
		if n := reasons[lockin.NotEvaluated]; n > 0 {
			item.Note = words.Plural(n, "other model is", "other models are") +
				" in the price band and not evaluated on your workload"
		} else if len(l.Options) > 0 {
			item.Note = "the other offers are too dear or miss a need"
		}
	}
	return item
}

// times is a price ratio as people read it: "1.10 ×".
func times(n pricing.Number) string { return fmt.Sprintf("%.2f ×", n.Float()) }

func effortItem(p *assessed) views.ReaderItem {
	e := p.Effort()
	days := p.Assessment.Exit.EngineerDays
	var parts []string
	for _, c := range []struct {
		name string
		days lockin.Figure
	}{{"prompts and evaluation", e.Prompts}, {"agents", e.Agents}, {"services", e.Services},
		{"integrations", e.Integrations}} {
		if !c.days.Known() || c.days.Float() > 0 {
			parts = append(parts, c.name+" "+weight(c.days))
		}
	}
	item := views.ReaderItem{Text: weight(days) + " engineer-days", Note: strings.Join(parts, ", "), URL: "#exit-title"}
	if e.Integrations.Known() && e.Integrations.Float() > 0 {
		item.Note += "; a gateway would cut the integrations"
	}
	if !days.Known() {
		item.Text = "Engineer-days unknown"
	}
	return item
}

func exitTest(p *assessed) views.ReaderItem {
	last := p.Answers().LastExitTest
	if last == "" || last == "never" {
		return views.ReaderItem{Text: "Last exit test: never", Mark: "untested",
			Note: "replay 1\u00a0% of the traffic on the second model each quarter"}
	}
	item := views.ReaderItem{Text: "Last exit test: " + cells.DayWords(last)}
	if firedLines(p, "L35") > 0 {
		item.Mark = "untested"
	}
	return item
}

// firedLines counts the findings of a rule.
func firedLines(p *assessed, rule string) int {
	n := 0
	for i := range p.RulesFired {
		if p.RulesFired[i].Rule == rule {
			n++
		}
	}
	return n
}

func evidenceOf(p *assessed, rule string) string {
	var list []string
	for i := range p.RulesFired {
		if p.RulesFired[i].Rule == rule {
			list = append(list, p.RulesFired[i].Evidence)
		}
	}
	return strings.Join(list, "; ")
}

func forCFO(p *assessed) []views.ReaderItem {
	x := &p.Assessment.Exit
	items := sumsOf(p)
	left, reserved := componentOf(p, "L25"), componentOf(p, "L26")
	if item, ok := burnOf(p); ok {
		items = append(items, item)
	}
	items = append(items, views.ReaderItem{Text: "Commitment left " + p.money(left) + ", reservations " +
		p.money(reserved), Note: refundItems(p), URL: p.open("L25"), How: true}, payback(p))
	credits := views.ReaderItem{Text: "Credits forfeited: " + p.money(x.CreditsForfeited),
		Note: "not cash, and not in the cash cost"}
	if n := creditsEnding(p); n != "" {
		credits.Note += "; " + n
	}
	return append(items, credits)
}

// sumsOf are the cash cost by certainty and its range; where answers are missing, what is known and where to answer.
func sumsOf(p *assessed) []views.ReaderItem {
	x := &p.Assessment.Exit
	if sum, unknown := x.KnownPart(); unknown > 0 {
		var paths []string
		for _, n := range p.Missing {
			paths = append(paths, n.Path)
		}
		missing := missingCell(p, paths)
		return []views.ReaderItem{{Text: "At least " + p.money(sum) + "; " +
			words.Plural(unknown, "part is", "parts are") + " not answered", Note: "to answer: " + missing.Text,
			URL: missing.URL}}
	}
	contractual, estimate := x.Split()
	low, high := x.Range()
	return []views.ReaderItem{
		{Text: p.money(contractual) + " contractual, " + p.money(estimate) + " estimate",
			Note: "commitment, reservations, egress and fees are contractual", URL: p.open("cash_cost"), How: true},
		{Text: p.money(low) + " to " + p.money(high), Note: "with every estimate halved, and doubled: a sensitivity, " +
			"no forecast"},
	}
}

// burnOf is what the plan's commitments are short of when the plan is served as it stands; false without commitments.
func burnOf(p *assessed) (views.ReaderItem, bool) {
	if len(p.Plan.Commitments) == 0 {
		return views.ReaderItem{}, false
	}
	totals := &p.row.Totals
	item := views.ReaderItem{Text: "Shortfall at current burn: " + words.Money(p.Compare.Currency, totals.Shortfall),
		Note: words.Money(p.Compare.Currency, totals.CommitmentOutstanding) +
			" promised and not yet drawn when the plan ends"}
	if len(p.Obligations()) > 0 {
		item.URL = "#obligations"
	}
	return item, true
}

func componentOf(p *assessed, rule string) lockin.Figure {
	f, _ := p.Assessment.Exit.Components.Get(rule)
	return f
}

// refunds are what is on file about leaving a term early.
func refundItems(p *assessed) string {
	for _, g := range p.Facts() {
		if g.Provider == p.Assessment.Exit.Seller && g.Field == "commitment_exit" {
			return "refunds: " + g.Facts[0].Value + cells.JoinWords("", " (",
				cells.JoinWords(", ", factDate(g.Facts[0].AsOf), doubtMark(g.Facts[0].Doubt)), ")")
		}
	}
	return "refunds: nothing on file about " + p.seller(p.Assessment.Exit.Seller)
}

// payback is against the alternative that the plan states, else against the cheapest sellers that qualify.
func payback(p *assessed) views.ReaderItem {
	x := &p.Assessment.Exit
	alternative := p.Exit().AlternativeAnnual
	if alternative.IsZero() {
		return views.ReaderItem{Text: "Payback: unknown", Note: "a line has no seller that qualifies, and the plan " +
			"does not say what a year at the alternative costs"}
	}
	against := "a year at the alternative costs " + words.Money(p.Compare.Currency, alternative.Float()) + ", at " +
		p.seller(x.Seller) + " " + p.money(x.AnnualSpend)
	switch {
	case x.PaybackMonths.Known():
		return views.ReaderItem{Text: "Payback in " + x.PaybackMonths.String() + " months", Note: against}
	case !x.CashCost.Known():
		return views.ReaderItem{Text: "Payback: unknown", Note: against + "; the cash cost is not known"}
	}
	return views.ReaderItem{Text: "No payback", Note: against}
}

// creditsEnding says when credits stop paying.
func creditsEnding(p *assessed) string {
	var list []string
	for _, d := range p.Deadlines() {
		if d.Kind == lockin.DeadlineCredit {
			list = append(list, d.Title+" on "+cells.DayWords(string(d.Day)))
		}
	}
	return strings.Join(list, ", ")
}

func forProcurement(p *assessed) []views.ReaderItem {
	var list []views.ReaderItem
	for i := range p.Lines {
		l := &p.Lines[i]
		alone := len(l.Sellers) == 1
		if l.Model == "" || l.Seller != p.Assessment.Exit.Seller && !alone {
			continue
		}
		var names []string
		for _, id := range l.Sellers {
			names = append(names, p.seller(id))
		}
		list = append(list, views.ReaderItem{Text: words.Plural(len(names), "seller", "sellers") + " of " +
			p.model(l.Model), Mark: map[bool]string{true: "one seller"}[alone],
			Note: cells.JoinWords(", ", strings.Join(names, ", "), "as of "+cells.DayWords(string(l.SellersAsOf))) +
				unsureWords(len(l.SellersUnsure)), URL: "#options-" + l.ID})
	}
	seller := &p.Assessment.Concentration.Seller
	list = append(list, views.ReaderItem{Text: "Ten points to the next seller: HHI " + points(seller.Moving()),
		Note: "from " + grouped(seller.HHI) + ", before anything else changes", URL: p.open("seller_hhi"), How: true})
	list = append(list, clauses(p), waiverItem(p))
	for _, d := range p.Deadlines() {
		if d.Kind == lockin.DeadlineNotice {
			list = append(list, views.ReaderItem{Text: d.Title + " by " + cells.DayWords(string(d.Day)),
				Note: d.Detail, URL: "#cal-title"})
			break
		}
	}
	return list
}

func unsureWords(n int) string {
	if n == 0 {
		return ""
	}
	return "; " + words.Plural(n, "more does", "more do") + " not say where"
}

// clauses counts what the contract is known to have; what nobody answered is not taken for absent.
func clauses(p *assessed) views.ReaderItem {
	have, lack, open := []string{}, []string{}, []string{}
	for _, c := range contractClauses(p) {
		switch {
		case c.known && c.good:
			have = append(have, c.name)
		case c.known:
			lack = append(lack, c.name)
		default:
			open = append(open, c.name)
		}
	}
	text := "Ask for: " + strings.Join(append(lack, open...), ", ")
	if len(lack)+len(open) == 0 {
		text = "Every clause of the list is in the contract"
	}
	return views.ReaderItem{Text: text, Note: fmt.Sprintf("%d of %d clauses present, %d not answered",
		len(have), len(have)+len(lack)+len(open), len(open))}
}

type clause struct {
	name        string
	known, good bool
}

// contractClauses are the clauses of the checklist that the plan can answer.
func contractClauses(p *assessed) []clause {
	a, x := p.Answers(), p.Exit()
	list := []clause{
		{"a notice period", !x.Time.NoticeDays.IsZero(), x.Time.NoticeDays.Float() > 0},
		{"no fee for leaving early", !x.TerminationFee.IsZero(), x.TerminationFee.Float() == 0},
		{"a price guarantee", a.PriceGuarantee != nil, a.PriceGuarantee != nil && *a.PriceGuarantee},
		{"free use of outputs", a.LicenceRestricts != nil, a.LicenceRestricts != nil && !*a.LicenceRestricts},
	}
	c := a.Contract
	if c == nil {
		c = &lockin.Contract{}
	}
	return append(list,
		clause{"transition, retrieval and erasure terms", c.SwitchingClauses != nil, c.SwitchingClauses != nil &&
			*c.SwitchingClauses},
		clause{"no exclusivity", a.Contract != nil, !c.Exclusive},
		clause{"no minimum share", !c.MinShare.IsZero(), c.MinShare.Float() == 0},
	)
}

// waiverItem is what is on file about the seller's exit programme.
func waiverItem(p *assessed) views.ReaderItem {
	for _, g := range p.Facts() {
		if g.Provider == p.Assessment.Exit.Seller && g.Field == "free_egress_on_exit" {
			f := g.Facts[0]
			return views.ReaderItem{Text: "Exit programme: " + f.Value, Mark: doubtMark(f.Doubt),
				Note: cells.JoinWords(", ", f.Source, factDate(f.AsOf)), URL: "#facts"}
		}
	}
	return views.ReaderItem{Text: "Exit programme: unknown", Note: "nothing on file about " +
		p.seller(p.Assessment.Exit.Seller)}
}
