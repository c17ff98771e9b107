package lockin

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/big"
	"slices"

	"headroom/pricing"
	"headroom/pricing/calendar"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

func at(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// complete fills in what the plan itself answers and the product's defaults, notes both, and asks for the rest.
func (v *view) complete() {
	v.leave()
	v.commitments()
	v.reservations()
	v.work()
	v.data()
	v.pace()
	v.money()
	v.elsewhere()
}

const exitPath = "dependencies.exit."

// leave picks the seller with the largest spend when the plan names none.
func (v *view) leave() {
	x := &v.in.Exit
	if x.Seller != "" {
		return
	}
	x.Seller = v.in.largestSeller()
	v.assume(exitPath+"seller", "%s: the seller with the largest spend", x.Seller)
}

// largestSeller is the seller with the largest spend, the first by id of equal ones; Unknown without a line.
func (in *Input) largestSeller() string {
	spend := spread{}
	for i := range in.Lines {
		spend.add(in.Lines[i].Seller, rat(in.Lines[i].AnnualSpend))
	}
	ids := slices.Sorted(keys(spend))
	if len(ids) == 0 {
		return Unknown
	}
	return slices.MaxFunc(ids, func(a, b string) int { return cmp.Or(spend[a].Cmp(spend[b]), cmp.Compare(b, a)) })
}

// oneBill reports whether a provider named in a commitment or credit covers a seller.
func oneBill(named []string, seller string) bool {
	bill := map[string]string{"bedrock": "aws", "vertex": "gcp", "gemini-api": "gcp"}[seller]
	return len(named) == 0 || slices.Contains(named, seller) || bill != "" && slices.Contains(named, bill)
}

func (v *view) exitMonth() calendar.Month {
	m, _ := calendar.ParseMonth(v.in.Exit.ExitDate[:7])
	return m
}

// commitments takes what is left of the plan's commitments with the seller, month by month.
func (v *view) commitments() {
	x := &v.in.Exit
	if x.CommitRemaining.IsZero() {
		left, exit := 0.0, v.exitMonth()
		for _, c := range v.plan.Commitments {
			for _, p := range c.Periods {
				if months := p.From + calendar.Month(p.Months) - max(exit, p.From); months > 0 && p.Months > 0 &&
					oneBill(c.Providers, x.Seller) {
					left += p.Amount.Float() * float64(months) / float64(p.Months)
				}
			}
		}
		x.CommitRemaining = number(left, 6)
		v.assume(exitPath+"commit_remaining", "%.2f: the plan's commitments with %s, by months left", left, x.Seller)
	}
	if x.RetainedSpend.IsZero() {
		v.assume(exitPath+"retained_spend", "0: nothing stays with %s", x.Seller)
	}
}

// reservations takes the plan's lots that outlive the exit.
func (v *view) reservations() {
	x := &v.in.Exit
	if x.Provisioned != nil {
		return
	}
	for i := range v.lines {
		l := &v.lines[i]
		for _, lot := range l.offer.Lots {
			left := lot.From + calendar.Month(lot.Months) - max(v.exitMonth(), lot.From)
			if l.Seller != x.Seller || lot.Months == 0 || left <= 0 {
				continue
			}
			price := lot.PricePerMonth.Float() + lot.PricePerHour.Float()*730
			x.Provisioned = append(x.Provisioned, Provisioned{Monthly: number(lot.Units.Float()*price, 6),
				MonthsLeft: number(float64(left), 0)})
		}
	}
	v.assume(exitPath+"provisioned", "%d: the plan's lots with a term that outlives the exit, without refund",
		len(x.Provisioned))
}

// work asks for what people have to change; nothing of it can be derived.
func (v *view) work() {
	w, d := &v.in.Exit.Work, &v.in.Params.Days
	for _, q := range []struct {
		name  string
		count pricing.Number
		days  *pricing.Number
		unit  string
		rule  string
	}{
		{"services", w.Services, &d.Service, "service", "L05"}, {"agents", w.Agents, &d.Agent, "agent", "L21"},
		{"integrations", v.in.integrations(), &d.Integration, "integration", "L22"},
		{"prompts", w.Prompts, &d.Prompt, "prompt", "L23"},
		{"eval_suites", w.EvalSuites, &d.EvalSuite, "eval_suite", "L23"},
	} {
		switch {
		case q.rule == "L22" && w.Gateway != nil && *w.Gateway:
		case q.count.IsZero():
			v.ask(exitPath+"work."+q.name, "how many", q.rule, "time")
		case q.count.Float() > 0 && q.days.IsZero():
			*q.days = pricing.Num("0") // the gap hides what it would give
			v.ask("dependencies.params.days."+q.unit, "your estimate in engineer-days; there is no published figure",
				q.rule, "time")
		}
	}
	if w.Gateway == nil && w.Integrations.Float() > 0 {
		v.ask(exitPath+"work.gateway", "true or false", "L22", "time")
	}
	if v.in.Params.EngineerDay.IsZero() {
		v.engineerDay()
	}
}

// engineerDay is 900 dollars, in the plan's currency, where there is a rate.
func (v *view) engineerDay() {
	const path = "dependencies.params.engineer_day"
	rate, ok := v.dollar()
	if !ok {
		v.ask(path, "the cost of an engineer's day in "+v.plan.BaseCurrency(), "L05", "L21", "L22", "L23")
		return
	}
	v.in.Params.EngineerDay = number(900*rate, 6)
	v.assume(path, "%s: 900 dollars a day, the mean US wage of 2024 with overheads", v.in.Params.EngineerDay)
}

// data asks for what has to move.
func (v *view) data() {
	x := &v.in.Exit
	if x.Egress.GB.IsZero() {
		v.ask(exitPath+"egress.gb", "how many GB leave", "L02", "time")
	} else if billable := sub(rat(x.Egress.GB), rat(x.Egress.FreeGB)); len(x.Egress.Tiers) == 0 && billable.Sign() > 0 {
		x.Egress.Tiers = []EgressTier{{PerGB: pricing.Num("0")}}
		v.ask(exitPath+"egress.tiers", "the price of a GB; for "+x.Seller+": "+v.known(x.Seller, "egress_tiers"), "L02")
	}
	switch {
	case x.Embedding.Tokens.IsZero():
		v.ask(exitPath+"embedding.tokens", "tokens to embed again, 0 for none", "L17", "time")
	case x.Embedding.Tokens.Float() > 0 && x.Embedding.PerMTokens.IsZero():
		v.ask(exitPath+"embedding.per_m_tokens", "the target embedder's price", "L17")
	}
	t := &x.FineTune
	switch {
	case t.Models.IsZero():
		v.ask(exitPath+"fine_tune.models", "tuned models, 0 for none", "L12")
	case t.Models.Float() > 0 && (t.Tokens.IsZero() || t.PerMTokens.IsZero()):
		v.ask(exitPath+"fine_tune", "tokens and per_m_tokens of the training", "L12")
	case t.Models.Float() > 0 && t.Epochs.IsZero():
		t.Epochs = pricing.Num("3")
		v.assume(exitPath+"fine_tune.epochs", "3")
	}
}

// known is what the facts say about a seller's field, or that they do not.
func (v *view) known(seller, field string) string {
	facts := v.facts.Of(seller, field)
	if len(facts) == 0 {
		return "nothing on file"
	}
	return facts[0].String()
}

// pace fills in utilisation and parallel run, and asks for people, notice and lines. Placeholders of 1 stand where a
// gap hides the result.
func (v *view) pace() {
	t, x := &v.in.Exit.Time, &v.in.Exit
	one := pricing.Num("1")
	if t.Engineers.IsZero() {
		t.Engineers = one
		v.ask(exitPath+"time.engineers", "how many engineers work on the exit", "time")
	}
	if t.NoticeDays.IsZero() {
		v.ask(exitPath+"time.notice_days", "the contract's notice, 0 for none", "time")
	}
	if t.Gbps.IsZero() {
		t.Gbps = one
		if x.Egress.GB.Float() > 0 {
			v.ask(exitPath+"time.gbps", "the line that the data leaves over", "time")
		}
	}
	if t.EmbedTokensPerMin.IsZero() && x.Embedding.Tokens.Float() > 0 {
		t.EmbedTokensPerMin = one
		v.ask(exitPath+"time.embed_tokens_per_min", "the target embedder's quota", "time")
	}
	for _, d := range []struct {
		path, value string
		into        *pricing.Number
	}{
		{"time.utilisation", "0.6", &t.Utilisation}, {"time.approval_days", "0", &t.ApprovalDays},
		{"time.capacity_lead_days", "0", &t.CapacityLeadDays},
		{"parallel_run_days", "30", &x.ParallelRunDays}, {"parallel_overlap", "0.5", &x.ParallelOverlap},
	} {
		if d.into.IsZero() {
			*d.into = pricing.Num(d.value)
			v.assume(exitPath+d.path, "%s", d.value)
		}
	}
}

// money asks for the contract's fee and for credits that the plan holds.
func (v *view) money() {
	x := &v.in.Exit
	if x.TerminationFee.IsZero() {
		v.ask(exitPath+"termination_fee", "the contract's fee for leaving early, 0 for none", "L29")
	}
	if !x.CreditsForfeited.IsZero() {
		return
	}
	left := new(big.Rat)
	for _, c := range v.plan.Credits {
		if oneBill(c.Providers, x.Seller) {
			left.Add(left, rat(c.Amount))
		}
	}
	if left.Sign() > 0 {
		v.ask(exitPath+"credits_forfeited", "how much of the plan's credits of "+left.FloatString(2)+
			" is unused at the exit", "credits")
		return
	}
	x.CreditsForfeited = pricing.Num("0")
	v.assume(exitPath+"credits_forfeited", "0: the plan holds no credits of %s", x.Seller)
}

// elsewhere takes the cheapest seller that qualifies for each line of the seller that is left as its alternative. A
// line that nobody else could serve leaves the payback unknown.
func (v *view) elsewhere() {
	x := &v.in.Exit
	if !x.AlternativeAnnual.IsZero() {
		return
	}
	sum, spent := new(big.Rat), false
	for i := range v.lines {
		l := &v.lines[i]
		if l.Seller != x.Seller || spendOf(l).Sign() == 0 {
			continue
		}
		_, there := v.cheapest(l)
		if there == nil {
			return
		}
		sum.Add(sum, there)
		spent = true
	}
	if spent {
		year, _ := sum.Float64()
		x.AlternativeAnnual = number(year, 6)
		v.assume(exitPath+"alternative_annual", "%s: a year at the cheapest seller that qualifies for each line",
			sum.FloatString(2))
	}
}
