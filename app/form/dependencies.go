package form

import (
	"slices"
	"strings"

	"headroom/pricing/lockin"
)

// DependencyPart is one part of the dependencies form: what would have to change to leave a seller. Asked are the
// fields that the plan as it stands needs; the others wait until an answer makes them count.
type DependencyPart struct {
	Key, Title string
	Nothing    string // what counts when the plan says nothing
	Asked      []Spec
	waiting    []Spec
}

// ask adds fields that are shown always, or only when more is true.
func (p *DependencyPart) ask(more bool, specs ...Spec) {
	if more {
		p.Asked = append(p.Asked, specs...)
	} else {
		p.waiting = append(p.waiting, specs...)
	}
}

// notSaid stands where the plan says nothing and no figure is assumed here.
const notSaid = "not said"

func exitKeys(names ...string) []string {
	return append([]string{"dependencies", "exit"}, names...)
}

func factKeys(names ...string) []string {
	return append([]string{"dependencies", "facts"}, names...)
}

// counted is a figure from 0 on.
func counted(keys []string, label, unit string) Spec {
	return Spec{Keys: keys, Label: label, Unit: unit, Optional: true, Default: notSaid,
		Above: lockin.Positive(keys[len(keys)-1])}.between("0", "1000000000000000")
}

// sum is an amount of the plan's currency.
func sum(d Document, keys []string, label, unit string) Spec {
	return Spec{Keys: keys, Label: label, Unit: unit, Prefix: Currency(d), Kind: Money, Min: zero, Max: large,
		Optional: true, Default: notSaid}
}

// part of a whole, in percent.
func part(keys []string, label, unit, most string) Spec {
	return Spec{Keys: keys, Label: label, Unit: unit, Kind: Percent, Optional: true, Default: notSaid,
		Above: lockin.Positive(keys[len(keys)-1])}.between("0", most)
}

// answer is yes, no or not said.
func answer(keys []string, label string) Spec {
	return Spec{Keys: keys, Label: label, Kind: Answer, Optional: true, Default: notSaid,
		Options: []Option{{"", notSaid}, {"yes", "yes"}, {"no", "no"}}}
}

func (s Spec) helped(help string) Spec { s.Help = help; return s }

// more reports whether a figure is stated and above 0.
func (d Document) more(keys []string) bool {
	v, ok := d.Decimal(keys...)
	return ok && v.IsPositive()
}

// stated reports whether the plan says something at keys.
func (d Document) stated(keys []string) bool {
	_, ok := d.Get(keys...)
	return ok
}

// Dependencies are the parts of the form, in its order.
func Dependencies(d Document) []DependencyPart {
	return []DependencyPart{leaving(d), work(d), obligations(d), dataThatMoves(d), pace(d), contract(d),
		rehearsal(d), substitutes(), weights()}
}

// dependencySpecs are all fields, those that wait too.
func dependencySpecs(d Document) []Spec {
	var specs []Spec
	for _, p := range Dependencies(d) {
		specs = append(append(specs, p.Asked...), p.waiting...)
	}
	for _, offer := range Routed(d) {
		specs = append(specs, RunningSpecs(d, offer)...)
	}
	return specs
}

// DependencyName is what the form calls an answer that an assessment names by its path in the plan.
func DependencyName(path string) string {
	for _, s := range dependencySpecs(Document{}) {
		if name := s.Name(); name == path || strings.HasPrefix(name, path) &&
			strings.ContainsAny(name[len(path):len(path)+1], ".[") {
			return s.Label
		}
	}
	return path
}

func leaving(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "leaving", Title: "Leaving"}
	p.ask(true,
		sellerSpec(d),
		Spec{Keys: exitKeys("exit_date"), Label: "Exit on", Unit: "YYYY-MM-DD", Kind: Day, Optional: true,
			Default: notSaid},
		counted(exitKeys("time", "engineers"), "Engineers on the exit", "people").
			helped("People who would work on it at the same time."),
		sum(d, []string{"dependencies", "params", "engineer_day"}, "Engineer-day", "a day"),
		counted(exitKeys("time", "notice_days"), "Notice", "days").helped("What the contract asks for; 0 for none."),
		sum(d, exitKeys("termination_fee"), "Fee for leaving early", "").helped("0 for none."),
		Spec{Keys: exitKeys("eu_customer"), Label: "Customer in the EU", Kind: Flag, Optional: true,
			Default: "no", Options: yesNo(),
			Help: "The Data Act then bounds what switching may cost."})
	return p
}

// sellerSpec chooses the seller that is left: one that the plan buys from, or one that a file names.
func sellerSpec(d Document) Spec {
	s := Spec{Keys: exitKeys("seller"), Label: "Seller that is left", Kind: Choice, Optional: true,
		Options: []Option{{"", "the one with the largest spend"}}}
	ids := Providers(d)
	if named := d.Text(s.Keys...); named != "" && !slices.Contains(ids, named) {
		ids = append(ids, named)
	}
	for _, id := range ids {
		s.Options = append(s.Options, Option{id, id})
	}
	return s
}

// work is what people have to change, and the days for one of each, for which there is no published figure.
func work(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "work", Title: "What people have to change"}
	p.ask(true, answer(exitKeys("work", "gateway"), "Gateway in front").helped("One interface to several sellers: "+
		"integrations then cost nothing."))
	for _, w := range []struct{ count, day, label, help string }{
		{"integrations", "integration", "Integrations", "Places that call a model."},
		{"agents", "agent", "Agents", "Built on a seller's own agent API."},
		{"services", "service", "Services", "Knowledge bases, guardrails and the like that the seller runs."},
		{"prompts", "prompt", "Prompts", "To tune again for another model."},
		{"eval_suites", "eval_suite", "Evaluation suites", "To run again for another model."},
	} {
		keys := exitKeys("work", w.count)
		days := []string{"dependencies", "params", "days", w.day}
		p.ask(true, counted(keys, w.label, "").helped(w.help))
		p.ask(d.more(keys) || d.stated(days), counted(days, "Days per "+strings.TrimPrefix(w.day, "eval_"), "days").
			helped("Engineer-days, your estimate: there is no published figure."))
	}
	return p
}

// obligations are what was promised and is left at the exit; most of it follows from the plan.
func obligations(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "obligations", Title: "Promised spend, credits"}
	p.ask(true,
		sum(d, exitKeys("commit_remaining"), "Commitment left", ""),
		sum(d, exitKeys("retained_spend"), "Spend that stays", "").
			helped("What you would go on buying there and that burns the commitment."),
		sum(d, exitKeys("credits_forfeited"), "Credits lost", ""))
	for i := range d.Len(exitKeys("provisioned")...) + 1 {
		at := func(name string) []string { return exitKeys("provisioned", Item(i), name) }
		held := d.stated(at("monthly"))
		p.ask(true, sum(d, at("monthly"), "Reservation", "a month").helped("Beside those that the plan holds as "+
			"lots. Entering one replaces them."))
		p.ask(held, counted(at("months_left"), "Months left", "months"),
			Spec{Keys: at("refundable"), Label: "Refundable", Kind: Flag, Optional: true, Default: "no",
				Options: yesNo()},
			part(at("refund_fee"), "Fee on a refund", "of the rest", "100"))
	}
	some := d.Len(exitKeys("provisioned")...) > 0
	p.ask(some, sum(d, exitKeys("refund_cap_left"), "Refunds still allowed", "this year"),
		Spec{Keys: exitKeys("provisioned_burns_commit"), Label: "Reservations burn the commitment", Kind: Flag,
			Optional: true, Default: "no", Options: yesNo()})
	return p
}

// dataThatMoves is egress, embeddings and tuned models.
func dataThatMoves(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "data", Title: "Data, embeddings, fine-tunes"}
	gb, tokens, models := exitKeys("egress", "gb"), exitKeys("embedding", "tokens"), exitKeys("fine_tune", "models")
	p.ask(true, counted(gb, "Data that leaves", "GB").helped("0 for none."))
	p.ask(d.more(gb), counted(exitKeys("egress", "free_gb"), "Free of charge", "GB"))
	for i := range max(1, d.Len(exitKeys("egress", "tiers")...)) {
		at := func(name string) []string { return exitKeys("egress", "tiers", Item(i), name) }
		p.ask(d.more(gb), sum(d, at("per_gb"), "Price of a GB", "a GB"))
		p.ask(d.stated(at("up_to_gb")), counted(at("up_to_gb"), "Up to", "GB"))
	}
	p.ask(d.more(gb), counted(exitKeys("time", "gbps"), "Line that it leaves over", "Gbit/s"),
		part(exitKeys("time", "utilisation"), "Used of the line", "", "100"),
		Spec{Keys: exitKeys("egress", "exit_waiver"), Label: "Egress waived at the exit", Kind: Flag,
			Optional: true, Default: "no", Options: yesNo()},
		sum(d, exitKeys("egress", "cost_based_per_gb"), "Price at cost", "a GB").
			helped("What EU customers may be charged."))
	p.ask(true, counted(tokens, "Text to embed again", "tokens").helped("0 for none."))
	p.ask(d.more(tokens), sum(d, exitKeys("embedding", "per_m_tokens"), "Price of embedding", "per 1M tokens"),
		counted(exitKeys("time", "embed_tokens_per_min"), "Pace of embedding", "tokens/min"))
	p.ask(true, counted(models, "Tuned models", "models").helped("0 for none."))
	p.ask(d.more(models), counted(exitKeys("fine_tune", "tokens"), "Training tokens", "tokens a model"),
		counted(exitKeys("fine_tune", "epochs"), "Epochs", "times"),
		sum(d, exitKeys("fine_tune", "per_m_tokens"), "Price of training", "per 1M tokens"))
	return p
}

// pace is what an exit waits for beside work.
func pace(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "pace", Title: "Waiting and running twice"}
	p.ask(true,
		counted(exitKeys("time", "approval_days"), "Approval", "days"),
		counted(exitKeys("time", "capacity_lead_days"), "Lead time of capacity", "days"),
		counted(exitKeys("parallel_run_days"), "Both run in parallel", "days"),
		part(exitKeys("parallel_overlap"), "Paid twice", "of the spend", "100"),
		sum(d, exitKeys("alternative_annual"), "The alternative costs", "a year").
			helped("Needed for the payback period."))
	return p
}
