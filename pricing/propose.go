package pricing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// Proposal is a kind of alternatives that the catalogue can fill in.
type Proposal string

const (
	SameModel Proposal = "same-model" // this model everywhere it is sold
	Cheapest  Proposal = "cheapest"   // the cheapest offer of this price class at every seller
	Direct    Proposal = "direct"     // the lab's own API against each cloud
)

// Proposals are all kinds, in the order in which a page offers them.
func Proposals() []Proposal { return []Proposal{SameModel, Cheapest, Direct} }

// Note says something about a proposal: about one alternative, or about all when Alternative is empty.
type Note struct {
	Alternative  string
	Message      string
	NotEvaluated bool // another model than today's: nobody has tried it on this workload
}

// ErrProposal says that there is no such kind of proposal.
var ErrProposal = errors.New("proposal must be same-model, cheapest or direct")

// Propose adds alternatives from the catalogue to a valid plan, which it does not change. The costliest workload of the
// baseline decides which model is meant; the offers of that model are replaced in every workload that uses it, and all
// else keeps its routes. A plan without alternatives becomes its own first alternative. Ids are the seller and scope,
// the same each time. Alternatives that the plan already has are not added again; ones that cannot be priced are added,
// and EvaluateProposals says why they are unknown. A plan that gives no model to start from comes back as it is, with a
// note. The error is ErrProposal, or an *InvalidError.
func Propose(p *Plan, c *catalog.Snapshot, kind Proposal) (*Plan, []Note, error) {
	if !slices.Contains(Proposals(), kind) {
		return nil, nil, ErrProposal
	}
	main, note, err := findMain(p, c)
	if err != nil {
		return nil, nil, err
	}
	if note != "" {
		return p, []Note{{Message: note}}, nil
	}
	b := newProposer(p, c, main)
	var candidates []candidate
	switch kind {
	case SameModel:
		candidates = b.everywhere()
	case Direct:
		candidates = b.direct()
	case Cheapest:
		candidates, err = b.cheapest()
	}
	if err != nil {
		return nil, nil, err
	}
	for _, candidate := range candidates {
		b.add(candidate)
	}
	b.plan.checked = b.plan // a catalogue offer in place of another keeps a valid plan valid
	return b.plan, b.notes, nil
}

// mainSupply is what proposals start from: the costliest workload of the baseline and the offer that serves most of it.
type mainSupply struct {
	workload string
	offer    *catalog.Offer
	baseline *compiled
}

// findMain finds it, or says in note why there is nothing to start from.
func findMain(p *Plan, c *catalog.Snapshot) (main mainSupply, note string, err error) {
	if err := p.check(); err != nil {
		return main, "", err
	}
	var out problems
	for _, v := range p.variants(&out) {
		if v.id != p.BaselineID() {
			continue
		}
		program, found := compileVariant(v, p, c, map[*Plan]*frame{})
		if len(found.list) > 0 {
			return main, "the baseline has no price, so no alternative is proposed: " + found.list[0].Error(), nil
		}
		main = program.main()
	}
	if main.offer == nil || main.offer.Model == "" {
		note = "the costliest workload runs on an offer without a catalogue model, so no alternative is proposed: " +
			"give its offer a catalog id"
	}
	return main, note, out.err()
}

// main is the workload with the largest list cost, the first by id among equals, and its largest route that names a
// catalogue entry with a model.
func (c *compiled) main() mainSupply {
	totals := make([]float64, len(c.workloads))
	runner := growth.NewRunner(c.program, false)
	for range c.months {
		for w, cost := range runner.Next().State.Costs {
			totals[w] += cost
		}
	}
	best := 0
	for w := range totals {
		if totals[w] > totals[best] {
			best = w
		}
	}
	offer, share := (*catalog.Offer)(nil), 0.0
	for _, row := range c.program.MonthRows(0) {
		if row.Workload == best && row.Offer >= 0 && row.Share > share {
			share, offer = row.Share, c.supplies[row.Offer].entry
		}
	}
	return mainSupply{c.workloads[best], offer, c}
}

// proposer builds the plan with the proposed alternatives.
type proposer struct {
	plan    *Plan
	catalog *catalog.Snapshot
	main    mainSupply
	base    *Plan // the baseline as a plan of its own
	notes   []Note
}

func newProposer(p *Plan, c *catalog.Snapshot, main mainSupply) *proposer {
	plan := *p
	plan.Offers = maps.Clone(p.Offers)
	plan.Alternatives = slices.Clone(p.Alternatives)
	b := &proposer{plan: &plan, catalog: c, main: main, base: main.baseline.plan}
	if len(plan.Alternatives) == 0 {
		name := sellerName(c, main.offer, true) + ": " + modelName(c, main.offer) + " (this plan)"
		plan.Alternatives = []Alternative{{ID: BaseAlternative, Name: name}}
		plan.Baseline = BaseAlternative
	}
	return b
}

// candidate is an offer that could serve instead of today's.
type candidate struct {
	offer *catalog.Offer
	id    string // of the alternative, and of a new offer
	name  string
	note  string
	other bool // another model
}

// add makes an alternative of a candidate, unless the plan has the same one or is full.
func (b *proposer) add(c candidate) {
	if len(b.plan.Alternatives) >= MaxAlternatives {
		b.notes = append(b.notes,
			Note{Message: fmt.Sprintf("%s is not added: a plan has at most %d alternatives", c.name, MaxAlternatives)})
		return
	}
	id, known := b.offerFor(c)
	if !known && len(b.plan.Offers) >= MaxOffers {
		b.notes = append(b.notes,
			Note{Message: fmt.Sprintf("%s is not added: a plan has at most %d offers", c.name, MaxOffers)})
		return
	}
	routes := b.reroute(id)
	if b.exists(routes) {
		return
	}
	if !known {
		b.plan.Offers[id] = Offer{Catalog: c.offer.ID(), Scope: c.offer.Scope}
	}
	a := Alternative{ID: b.freeID(c.id), Name: b.freeName(c.name), Routes: routes}
	b.plan.Alternatives = append(b.plan.Alternatives, a)
	if c.note != "" || c.other {
		b.notes = append(b.notes, Note{a.ID, c.note, c.other})
	}
}

// offerFor is the id of the plan's offer for a catalogue entry: one that already states just this entry, or a new id.
func (b *proposer) offerFor(c candidate) (id string, known bool) {
	for _, id := range sortedKeys(b.plan.Offers) {
		o := b.plan.Offers[id]
		if o.Catalog != c.offer.ID() || o.Scope != "" && o.Scope != c.offer.Scope || !o.plain() {
			continue
		}
		if entry, err := b.catalog.Offer(o.Catalog, o.Scope); err == nil && entry == c.offer {
			return id, true
		}
	}
	id = c.id
	for n := 2; ; n++ {
		if _, taken := b.plan.Offers[id]; !taken {
			return id, false
		}
		id = fmt.Sprintf("%s-%d", c.id, n)
	}
}

// plain reports whether an offer states nothing of its own that changes what it costs or what it is. A quota is plain:
// it is what the seller lets through, whichever alternative asks.
func (o Offer) plain() bool {
	return (o.Kind == "" || o.Kind == OnDemand) && len(o.Prices) == 0 && len(o.VolumeTiers) == 0 &&
		o.BatchMultiplier.IsZero() &&
		o.PriceDeclinePerYear.IsZero() && o.AvailableFrom == 0 && o.Retires == 0 && o.Currency == ""
}

func (b *proposer) freeID(id string) string {
	taken := func(id string) bool {
		return slices.ContainsFunc(b.plan.Alternatives, func(a Alternative) bool { return a.ID == id })
	}
	free := id
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	return free
}

// freeName tells an alternative of today's seller apart from the plan's own, which goes there in another way.
func (b *proposer) freeName(name string) string {
	if slices.ContainsFunc(b.plan.Alternatives, func(a Alternative) bool { return a.Name == name }) {
		return name + ", all of it on demand"
	}
	return name
}

// reroute replaces today's model by an offer in every workload that uses it.
func (b *proposer) reroute(offer string) map[string][]Route {
	routes := map[string][]Route{}
	for _, id := range sortedKeys(b.base.Workloads) {
		list := slices.Clone(b.base.Workloads[id].Routes)
		changed := false
		for i := range list {
			if b.usesMain(list[i].Offer) {
				list[i].Offer, changed = offer, true
			}
		}
		if changed {
			routes[id] = b.merged(list)
		}
	}
	return routes
}

// merged sums the shares of routes to the same offer: reserved units and what spilled from them become one.
func (b *proposer) merged(list []Route) []Route {
	var out []Route
	for _, r := range list {
		i := slices.IndexFunc(out, func(o Route) bool { return o.Offer == r.Offer })
		if i < 0 {
			out = append(out, r)
			continue
		}
		out[i].Share = addSchedules(out[i].Share, r.Share, b.plan.Start)
	}
	return out
}

// addSchedules is the sum of two schedules of a plan that begins in start; before its first row a schedule is 0.
func addSchedules(x, y Schedule, start calendar.Month) Schedule {
	froms := []calendar.Month{start}
	for _, row := range slices.Concat(x.Steps, y.Steps) {
		if row.From > start {
			froms = append(froms, row.From)
		}
	}
	slices.Sort(froms)
	var sum Schedule
	for _, from := range slices.Compact(froms) {
		sum = sum.With(from, x.Or(from, 0)+y.Or(from, 0))
	}
	if len(sum.Steps) == 1 {
		return Constant(sum.Steps[0].Value)
	}
	return sum
}

// usesMain reports whether an offer of the plan sells the model that is to be replaced.
func (b *proposer) usesMain(id string) bool {
	i := b.main.baseline.offerIndex(id)
	if i < 0 {
		return false
	}
	entry := b.main.baseline.supplies[i].entry
	return entry != nil && entry.Model == b.main.offer.Model
}

// exists reports whether the plan itself or one of its alternatives already routes like that.
func (b *proposer) exists(routes map[string][]Route) bool {
	var out problems
	for _, v := range b.plan.variants(&out) {
		same := v.patch == nil
		for id, list := range routes {
			same = same && slices.EqualFunc(list, v.plan.Workloads[id].Routes, func(x, y Route) bool {
				return x.Offer == y.Offer && equalSchedules(x.Share, y.Share)
			})
		}
		if same {
			return true
		}
	}
	return false
}

func equalSchedules(a, b Schedule) bool {
	return a.Constant.Float() == b.Constant.Float() && slices.EqualFunc(a.Steps, b.Steps, func(x, y ScheduleRow) bool {
		return x.From == y.From && x.Value.Float() == y.Value.Float()
	})
}

// EvaluateProposals is what a page shows: the plan with proposals of these kinds, and its answer. An alternative that
// cannot be priced is in Result.Unknown. Only those that ahead names are looked at beyond their months, as in Evaluate;
// a nil ahead names all.
func EvaluateProposals(ctx context.Context, p *Plan, c *catalog.Snapshot, kinds []Proposal,
	ahead func(p *Plan, id string) bool) (*Plan, *Result, []Note, error) {
	var notes []Note
	for _, kind := range kinds {
		proposed, more, err := Propose(p, c, kind)
		if err != nil {
			return nil, nil, nil, err
		}
		p, notes = proposed, append(notes, more...)
	}
	result, err := p.evaluateKnown(ctx, c, func(id string) bool { return ahead == nil || ahead(p, id) })
	return p, result, notes, err
}
