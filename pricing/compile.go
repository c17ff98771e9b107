package pricing

import (
	"cmp"
	"fmt"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// compiled is one alternative ready to run.
type compiled struct {
	*frame
	variant  *variant
	plan     *Plan // the alternative as a plan: its routes
	program  *growth.Program
	refusals []refusal
	asked    []Workload // by workload, with this alternative's routes
	seen     []sighting // by offer
	warnings []Warning

	refusalIndex map[refusal]int
	needed       map[int]limit.Kind // workload x offer: the need that fails; 0 when none does
}

// refusal is what refused requests are counted under: the workload, the offer that the route names, and why.
type refusal struct {
	workload int
	offer    string     // "-" for a share that no route names
	kind     limit.Kind // a need that the offer fails, or limit.Unrouted
}

// constraint is the pass/fail constraint id of a refusal.
func (c *compiled) constraint(r refusal) string {
	return r.kind.Of(c.workloads[r.workload] + "/" + r.offer).String()
}

// compile lays out the rows of every month. Problems carry paths relative to the alternative.
func compile(v *variant, f *frame, out *problems) *compiled {
	program := f.program
	c := &compiled{frame: f, variant: v, plan: v.plan, program: &program, seen: make([]sighting, len(f.offers)),
		refusalIndex: map[refusal]int{}, needed: map[int]limit.Kind{}}
	routes := 0
	for _, id := range f.workloads {
		c.asked = append(c.asked, v.plan.Workloads[id])
		routes += len(v.plan.Workloads[id].Routes)
	}
	program.Rows = make([]growth.Row, 0, routes*len(f.months))
	program.Starts = make([]int, 0, len(f.months)+1)
	targets := c.targets()
	for m := range f.months {
		program.Starts = append(program.Starts, len(program.Rows))
		for w := range f.workloads {
			c.addRoutes(w, m, targets[w], out)
		}
	}
	program.Starts = append(program.Starts, len(program.Rows))
	c.sortRefusals()
	c.warn()
	return c
}

// targets are the routes of every workload with the offers' indices.
func (c *compiled) targets() [][]target {
	list := make([][]target, len(c.workloads))
	for w := range c.asked {
		for _, r := range c.asked[w].Routes {
			list[w] = append(list[w], target{c.offerIndex(r.Offer), r})
		}
	}
	return list
}

// target is a route with the index of its offer.
type target struct {
	offer int
	route Route
}

// addRoutes adds the routes of one workload in one month, and the share that none of them takes.
func (c *compiled) addRoutes(w, m int, targets []target, out *problems) {
	missing := 1.0
	for i := range targets {
		t := &targets[i]
		share := t.route.Share.Or(c.months[m], 0)
		if share <= 0 {
			continue
		}
		missing -= share
		row := growth.Row{Workload: w, Offer: c.resolve(t.offer, m), Refusal: -1, Share: share}
		c.place(&row, *t, m, out)
		c.program.Rows = append(c.program.Rows, row)
	}
	if missing > 1e-9 {
		row := growth.Row{Workload: w, Offer: growth.Nobody, Refusal: c.refusal(w, "-", limit.Unrouted), Share: missing}
		c.program.Rows = append(c.program.Rows, row)
	}
}

// place prices a row that an offer serves, or refuses it: where nothing serves, where the offer fails a need, and the
// excess of provisioned capacity that cannot spill.
func (c *compiled) place(row *growth.Row, t target, m int, out *problems) {
	if row.Offer == growth.Nobody {
		row.Refusal = c.refusal(row.Workload, t.route.Offer, limit.Unrouted)
		return
	}
	if kind := c.failedNeed(row.Workload, row.Offer); kind != 0 {
		row.Offer, row.Refusal = growth.Nobody, c.refusal(row.Workload, t.route.Offer, kind)
		return
	}
	c.price(row, m, out)
	if c.program.Offers[row.Offer].Provisioned && c.program.SpillTarget(row.Offer, m) == growth.Nobody {
		row.Refusal = c.refusal(row.Workload, t.route.Offer, limit.Unrouted)
	}
}

// failedNeed is the kind of need that an offer certainly fails; 0 when it fails none. It is worked out once a pair.
func (c *compiled) failedNeed(w, o int) limit.Kind {
	needs := c.asked[w].Needs
	if needs == nil {
		return 0
	}
	key := w*len(c.offers) + o
	kind, known := c.needed[key]
	if !known {
		kind, _ = needs.fails(&c.supplies[o])
		c.needed[key] = kind
	}
	return kind
}

// refusal is the index of a refusal, added on first use.
func (c *compiled) refusal(w int, offer string, kind limit.Kind) int {
	r := refusal{w, offer, kind}
	if i, ok := c.refusalIndex[r]; ok {
		return i
	}
	c.refusals = append(c.refusals, r)
	c.refusalIndex[r] = len(c.refusals) - 1
	return len(c.refusals) - 1
}

// sortRefusals puts the refusals into the order that resolves ties, by kind and subject.
func (c *compiled) sortRefusals() {
	c.program.Refusals = len(c.refusals)
	order := make([]int, len(c.refusals))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := c.refusals[a], c.refusals[b]
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(c.constraint(x), c.constraint(y)))
	})
	sorted, place := make([]refusal, len(order)), make([]int, len(order))
	for i, from := range order {
		sorted[i], place[from] = c.refusals[from], i
	}
	c.refusals = sorted
	for i := range c.program.Rows {
		if row := &c.program.Rows[i]; row.Refusal >= 0 {
			row.Refusal = place[row.Refusal]
		}
	}
}

// price fills in the cost and the load of a row that an offer serves, and the cost of what it spills.
func (c *compiled) price(row *growth.Row, m int, out *problems) {
	w := &c.asked[row.Workload]
	r := c.request(row.Workload, m)
	row.Batch = w.BatchShare.Float()
	row.Load = c.supplies[row.Offer].normalised(w, r)
	if q, ok := c.priced(row.Offer, m, r, row.Batch, out); ok {
		row.Interactive, row.BatchCost = q.standard.Cost(r), q.batch.Cost(r)
		row.Mtok = (r.Input + r.Output) / 1e6
	}
	if spill := c.program.SpillTarget(row.Offer, m); spill != growth.Nobody {
		c.priceSpill(row, spill, m, out)
	}
}

// priceSpill fills in what a row's excess costs at the offer that takes it; it is never batch.
func (c *compiled) priceSpill(row *growth.Row, o, m int, out *problems) {
	r := c.request(row.Workload, m)
	if q, ok := c.priced(o, m, r, 0, out); ok {
		row.Spilled, row.SpilledMtok = q.standard.Cost(r), (r.Input+r.Output)/1e6
	}
}

// priced is the price of a request at an offer; false when the offer is not paid by token, or, with a problem, when it
// has no price.
func (c *compiled) priced(o, m int, r growth.Request, batch float64, out *problems) (quote, bool) {
	s := &c.supplies[o]
	if c.blocked(o, m, out) || s.kind != OnDemand {
		return quote{}, false
	}
	q := c.quote(s, m, r)
	if path, problem := c.problem(q, s, m); problem != "" {
		c.seen[o].failed = true
		out.add(path, "%s", problem)
		return quote{}, false
	}
	c.seen[o].note(q, batch)
	return q, true
}

// blocked reports, once an offer, why it has no price at all: no catalogue entry, or no currency rate.
func (c *compiled) blocked(o, m int, out *problems) bool {
	s, seen := &c.supplies[o], &c.seen[o]
	if !seen.failed && len(s.faults) > 0 {
		seen.failed = true
		for _, fault := range s.faults {
			out.add(fault.Path, "%s", fault.Message)
		}
	}
	if _, ok := c.rate(s.currency, m); !seen.failed && !ok && s.kind != OnDemand {
		seen.failed = true
		out.add(dot("fx", s.currency), "%s", c.noRate(s.currency, m))
	}
	return seen.failed
}

// request is what one request of workload w holds in month m.
func (f *frame) request(w, m int) growth.Request { return f.requests[w*len(f.months)+m] }

// normalised is what one request counts for against the offer's quota or units.
func (s *supply) normalised(w *Workload, r growth.Request) float64 {
	output := r.Output
	if s.offer.QuotaCountsMaxTokens {
		output = max(output, w.MaxOutputTokens.Float())
	}
	return growth.Normalised{Input: r.Input, Output: output, CacheRead: r.CacheRead,
		CachedWeight: s.offer.CachedInputWeight.Float(), OutputWeight: s.offer.OutputWeight.Or(1)}.Tokens()
}

// problem is why a request cannot be priced, and the path of the field that would price it; empty when it can.
func (f *frame) problem(q quote, s *supply, m int) (path, message string) {
	if q.month.problem != "" {
		return q.month.path, q.month.problem
	}
	if q.missing == "" {
		return "", ""
	}
	return dot(dot("offers", s.id), "prices"),
		fmt.Sprintf("unknown price: %s states no %s price for %s in %s%s; state prices",
			f.catalog.Source(q.month.row.Source).Name, q.missing, s.entry.ID(), f.months[m], contextTier(q.above))
}

func contextTier(above int64) string {
	if above == 0 {
		return ""
	}
	return fmt.Sprintf(", for more than %d input tokens", above)
}

// Validate is ParsePlan's validation and, against a catalogue, what the routes reach: that every catalogue entry exists
// and is one, and that every offer which a route reaches has a price and a currency rate. The error is an
// *InvalidError.
func (p *Plan) Validate(c *catalog.Snapshot) error {
	if err := p.check(); err != nil {
		return err
	}
	return p.each(c, func(*compiled) error { return nil })
}

// each compiles the alternatives of a valid plan one after the other and hands each that can be priced to use, which
// keeps only one in memory. It looks at all of them for errors; once there is one, use has no more to do.
func (p *Plan) each(c *catalog.Snapshot, use func(*compiled) error) error {
	var out problems
	p.checkSnapshot(c, &out)
	frames := map[*Plan]*frame{}
	for v := range p.eachVariant(&out) {
		program, found := compileVariant(v, p, c, frames)
		program.unreached(&found)
		v.report(found, &out)
		if len(out.list) > 0 {
			continue
		}
		if err := use(program); err != nil {
			return err
		}
	}
	return out.err()
}

// compileVariant compiles one alternative; those without a patch share the plan's frame. That of a patched plan serves
// no other alternative and is not kept.
func compileVariant(v *variant, p *Plan, c *catalog.Snapshot, frames map[*Plan]*frame) (*compiled, problems) {
	var found problems
	key := p
	if v.patch != nil {
		key = v.plan
	}
	f := frames[key]
	if f == nil {
		f = newFrame(key, c)
		if key == p {
			frames[key] = f
		}
	}
	return compile(v, f, &found), found
}

// unreached reports what is wrong with offers whether or not a route reaches them: a catalogue entry that does not
// exist, and lots in a currency without a rate.
func (c *compiled) unreached(out *problems) {
	for o := range c.supplies {
		s := &c.supplies[o]
		for _, fault := range s.faults {
			out.add(fault.Path, "%s", fault.Message)
		}
		for m := range c.months {
			if _, ok := c.rate(s.currency, m); !ok && s.hasLots(c.frame.plan, c.months[m]) {
				out.add(dot("fx", s.currency), "%s", c.noRate(s.currency, m))
				break
			}
		}
	}
}

// hasLots reports whether lots of the offer, or of its pool, are active in month m.
func (s *supply) hasLots(p *Plan, m calendar.Month) bool {
	for _, lot := range s.offer.Lots {
		if active(lot.From, lot.Months, m) {
			return true
		}
	}
	for _, lot := range p.GPUPools[s.offer.GPUPool].Lots {
		if active(lot.From, lot.Months, m) {
			return true
		}
	}
	return false
}

func (p *Plan) checkSnapshot(c *catalog.Snapshot, out *problems) {
	if p.CatalogSnapshot != "" && c != nil && c.ID != p.CatalogSnapshot {
		out.add("catalog_snapshot", "prices of snapshot %q are not loaded; loaded: %q", clip(p.CatalogSnapshot), c.ID)
	}
}
