package pricing

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"headroom/pricing/calendar"
)

// checker validates everything of a plan that needs no price catalogue.
type checker struct {
	p     *Plan
	out   *problems
	spans map[string]span // what the fields that the plan's ranges name allow
}

// checkPlan reports what is wrong with p, alternatives aside, in the order of the format's table.
func checkPlan(p *Plan, out *problems) {
	(&checker{p: p, out: out, spans: p.ranged()}).all()
}

func (c *checker) all() {
	p := c.p
	if !c.bounds() {
		return
	}
	c.head()
	c.profile()
	for _, id := range sortedKeys(p.Segments) {
		c.segment(dot("segments", id), id, p.Segments[id])
	}
	for _, id := range sortedKeys(p.Workloads) {
		c.workload(dot("workloads", id), id, p.Workloads[id])
	}
	for _, id := range sortedKeys(p.Offers) {
		c.offer(dot("offers", id), id, p.Offers[id])
	}
	c.successors()
	c.supply()
	c.finance()
	c.uncertainty()
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// bounds reports whether the plan is small enough to look at.
func (c *checker) bounds() bool {
	before := len(c.out.list)
	for _, b := range []struct {
		path     string
		got, max int
	}{
		{"segments", len(c.p.Segments), MaxSegments},
		{"workloads", len(c.p.Workloads), MaxWorkloads},
		{"offers", len(c.p.Offers), MaxOffers},
		{"alternatives", len(c.p.Alternatives), MaxAlternatives},
		{"gpu_pools", len(c.p.GPUPools), MaxOthers},
		{"sites", len(c.p.Sites), MaxOthers},
		{"commitments", len(c.p.Commitments), MaxOthers},
		{"credits", len(c.p.Credits), MaxOthers},
		{"spend_caps", len(c.p.SpendCaps), MaxOthers},
	} {
		if b.got > b.max {
			c.out.add(b.path, "at most %d, not %d", b.max, b.got)
		}
	}
	c.countRoutes()
	return len(c.out.list) == before
}

// countRoutes keeps the rows of all months within memory.
func (c *checker) countRoutes() {
	routes := 0
	for _, w := range c.p.Workloads {
		routes += len(w.Routes)
	}
	if routes > MaxRoutes {
		c.out.add("workloads", "at most %d routes in all workloads together, not %d", MaxRoutes, routes)
	}
}

func (c *checker) head() {
	p := c.p
	if p.Schema != PlanSchema {
		c.out.add("schema", "must be %q", PlanSchema)
	}
	if p.Start == 0 {
		c.out.missing("start", `the first month, such as "2027-01"`)
	}
	if p.Months == 0 {
		c.out.missing("months", "a whole number from 1 to %d", MaxMonths)
	} else if p.Months < 0 || p.Months > MaxMonths {
		c.out.add("months", "must be a whole number from 1 to %d, not %d", MaxMonths, p.Months)
	}
	if !slices.Contains([]string{"", "actual", "30", "730h"}, p.DayCount) {
		c.out.add("day_count", "must be actual, 30 or 730h")
	}
	c.currency("currency", p.Currency)
	for _, code := range sortedKeys(p.FX) {
		path := dot("fx", code)
		c.currency(path, code)
		c.schedule(path, p.FX[code], math.SmallestNonzeroFloat64, maxNumber)
		if code == p.baseCurrency() && p.FX[code].Constant.Float() != 1 {
			c.out.add(path, "%s is the plan's own currency: leave it out", code)
		}
	}
	if len(p.Segments) == 0 {
		c.out.missing("segments", "at least one segment")
	}
	if len(p.Workloads) == 0 {
		c.out.missing("workloads", "at least one workload")
	}
}

func (c *checker) currency(path, code string) {
	letters := strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	if code != "" && (len(code) != 3 || !letters) {
		c.out.add(path, "must be a currency code of three capital letters, such as USD")
	}
}

// profile checks that the load blocks share out the month.
func (c *checker) profile() {
	if c.p.LoadProfile == nil {
		return
	}
	sum := 0.0
	for i, share := range c.p.LoadProfile {
		c.number(at("load_profile", i), share, smallest, 1)
		sum += share.Float()
	}
	if math.Abs(sum-1) > 1e-9 {
		c.out.add("load_profile", "must sum to 1, not %g", sum)
	}
	if len(c.p.LoadProfile) > 100 {
		c.out.add("load_profile", "at most 100 load blocks, not %d", len(c.p.LoadProfile))
	}
}

// smallest bounds what figures are divided by.
const smallest = 1e-6

// number checks a range; a number that was not stated is in it.
func (c *checker) number(path string, n Number, low, high float64) {
	c.allow(path, low, high)
	if n.IsZero() || n.Float() >= low && n.Float() <= high {
		return
	}
	c.out.add(path, "must be %s, not %s", rangeWords(low, high), n)
}

// rangeWords say which numbers a field allows: "from 0 to 1", "more than 0 and less than 1".
func rangeWords(low, high float64) string {
	from, open := fmt.Sprintf("%g or more", low), true
	switch low {
	case math.SmallestNonzeroFloat64:
		from = "more than 0"
	case aboveMinusOne:
		from = "more than -1"
	default:
		open = false
	}
	switch {
	case high == maxNumber:
		return from
	case high == belowOne:
		return from + " and less than 1"
	case open:
		return fmt.Sprintf("%s and at most %g", from, high)
	}
	return fmt.Sprintf("from %g to %g", low, high)
}

func (c *checker) notNegative(path string, n Number) { c.number(path, n, 0, maxNumber) }
func (c *checker) share(path string, n Number)       { c.number(path, n, 0, 1) }

func (c *checker) required(path string, n Number) {
	if n.IsZero() {
		c.out.missing(path, "a number")
	}
}

func (c *checker) schedule(path string, s Schedule, low, high float64) {
	c.number(path, s.Constant, low, high)
	for i, step := range s.Steps {
		c.number(dot(at(path, i), "value"), step.Value, low, high)
	}
}

func (c *checker) id(path, id string) {
	if !isID(id) {
		c.out.add(path, "must be an id of lower case letters, digits, '.', '_' and '-', not %q", clip(id))
	}
}

func (c *checker) ids(path string, list []string) {
	for i, id := range list {
		c.id(at(path, i), id)
	}
}

// months are the months of the plan, none while its horizon is not valid.
func (c *checker) months() []calendar.Month {
	if c.p.Start == 0 || c.p.Months < 1 || c.p.Months > MaxMonths {
		return nil
	}
	return c.p.horizon()
}

// horizon lists the plan's months.
func (p *Plan) horizon() []calendar.Month {
	list := make([]calendar.Month, p.Months)
	for i := range list {
		list[i] = p.Start + calendar.Month(i)
	}
	return list
}

func (p *Plan) baseCurrency() string {
	if p.Currency == "" {
		return "USD"
	}
	return p.Currency
}

func (p *Plan) dayCount() calendar.DayCount {
	switch p.DayCount {
	case "30":
		return calendar.Thirty
	case "730h":
		return calendar.Hours730
	default:
		return calendar.Actual
	}
}

// profile is the share of each load block.
func (p *Plan) profile() []float64 {
	if len(p.LoadProfile) == 0 {
		return []float64{0.1, 0.9}
	}
	return floats(p.LoadProfile)
}

func floats(list []Number) []float64 {
	out := make([]float64, len(list))
	for i, n := range list {
		out[i] = n.Float()
	}
	return out
}
