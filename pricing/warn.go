package pricing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// Warning is something that the reader of a result should know about one field of the plan.
type Warning struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

func (c *compiled) warning(path, format string, args ...any) {
	w := Warning{path, fmt.Sprintf(format, args...)}
	if !slices.Contains(c.warnings, w) {
		c.warnings = append(c.warnings, w)
	}
}

// warn collects the warnings of an alternative, by path.
func (c *compiled) warn() {
	c.warnings = []Warning{}
	c.warnShares()
	for _, o := range c.reached() {
		if price := c.seen[o].unstated; price != "" {
			c.warning(dot(dot("offers", c.offers[o]), "prices"), "a row states no %s price: these tokens cost nothing",
				price)
		}
		c.warnCatalogue(o)
	}
	for w := range c.workloads {
		c.warnNeeds(w)
	}
	c.warnScopes()
}

// sortedWarnings are the warnings by path.
func (c *compiled) sortedWarnings() []Warning {
	slices.SortStableFunc(c.warnings, func(a, b Warning) int { return cmp.Compare(a.Path, b.Path) })
	return c.warnings
}

// warnShares says from when a share of a workload has no route, and what batch does off demand pricing.
func (c *compiled) warnShares() {
	short := make([]bool, len(c.workloads))
	for m, month := range c.months {
		for _, row := range c.program.MonthRows(m) {
			switch {
			case row.Offer == growth.Nobody && c.refusals[row.Refusal].offer == "-" && !short[row.Workload]:
				short[row.Workload] = true
				c.warning(c.routesPath(row), "the shares sum to %.4g in some months: the rest is served by nobody "+
					"(first in %s)", 1-row.Share, month)
			case row.Offer != growth.Nobody && row.Batch > 0 && c.supplies[row.Offer].kind != OnDemand:
				c.warning(c.routesPath(row), "batch requests routed to %s have neither load nor cost: it is not "+
					"on_demand", c.supplies[row.Offer].id)
			}
		}
	}
}

func (c *compiled) routesPath(row growth.Row) string {
	return dot(dot("workloads", c.workloads[row.Workload]), "routes")
}

// reached lists the offers that any route reaches in any month, by spill too.
func (c *compiled) reached() []int {
	seen := make([]bool, len(c.offers))
	for m := range c.months {
		for _, row := range c.program.MonthRows(m) {
			if row.Offer == growth.Nobody {
				continue
			}
			seen[row.Offer] = true
			if spill := c.program.SpillTarget(row.Offer, m); spill != growth.Nobody {
				seen[spill] = true
			}
		}
	}
	var list []int
	for o, reached := range seen {
		if reached {
			list = append(list, o)
		}
	}
	return list
}

// warnCatalogue says what the price source states and the plan cannot use, and where a price had to be assumed.
func (c *compiled) warnCatalogue(o int) {
	s := &c.supplies[o]
	if s.entry == nil || s.kind != OnDemand {
		return
	}
	path := dot(dot("offers", s.id), "catalog")
	if s.offer.Retires == 0 && s.retires != 0 && s.retires <= c.months[len(c.months)-1] {
		c.warning(path, "the catalogue says that %s retires on %s: its requests are refused from %s unless successor "+
			"serves them",
			s.entry.ID(), s.entry.Retires, max(s.retires, c.months[0]))
	}
	for _, row := range c.seen[o].rows {
		if others := beyondPlan(row); len(others) > 0 {
			c.warning(path, "%s also prices %s, which a plan cannot express: not in the cost",
				c.catalog.Source(row.Source).Name, joined(others))
		}
	}
	if early := c.seen[o].early; early != nil {
		c.warning(path, "the first known price of %s is of %s: it is used for earlier months too", s.entry.ID(),
			early.From)
	}
	c.warnAssumed(o, path)
}

// beyondPlan is what a row prices and a plan cannot express. Reasoning tokens are output tokens of the plan, so their
// price counts only where it differs from that of output.
func beyondPlan(row *catalog.Row) []catalog.Dimension {
	return slices.DeleteFunc(row.OtherDimensions(), func(d catalog.Dimension) bool {
		reasoning, _ := row.Price(catalog.Reasoning, catalog.Standard, 0)
		output, _ := row.Price(catalog.Output, catalog.Standard, 0)
		return d == catalog.Reasoning && reasoning.Rate == output.Rate
	})
}

// joined is a list for people: "cache write 1h, per search".
func joined[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, t := range list {
		texts[i] = strings.ReplaceAll(string(t), "_", " ")
	}
	return strings.Join(texts, ", ")
}

// warnAssumed names the cached prices that the source does not state, and prices that are no price per token.
func (c *compiled) warnAssumed(o int, path string) {
	s, seen := &c.supplies[o], c.seen[o]
	for _, dimension := range seen.assumed {
		c.warning(path, "the catalogue states no %s price for %s: cached tokens are billed at the input price",
			dimension, s.entry.ID())
	}
	if seen.fullBatch {
		c.warning(path, "the catalogue states no batch price for %s: batch requests are billed at the standard "+
			"price; state batch_multiplier if you know better", s.entry.ID())
	}
	if seen.free {
		c.warning(path, "the catalogue states 0 for input and output of %s: a free or subscription plan, not a price "+
			"per token", s.entry.ID())
	}
}

// sighting is what pricing an offer's rows came across.
type sighting struct {
	rows      []*catalog.Row // of the catalogue
	early     *catalog.Row   // one that begins later than a month that it prices
	assumed   []string       // dimensions that the input price stands for
	free      bool
	fullBatch bool // batch requests at the standard price, for want of another
	// unstated is a price that the plan's own row leaves out.
	unstated string
	failed   bool // it has no price, and that was said
}

func (s *sighting) note(q quote, batch float64) {
	if row := q.month.row; row != nil && !slices.Contains(s.rows, row) {
		s.rows = append(s.rows, row)
	}
	if q.month.early {
		s.early = q.month.row
	}
	if q.assumed != "" && !slices.Contains(s.assumed, q.assumed) {
		s.assumed = append(s.assumed, q.assumed)
	}
	if q.unstated != "" {
		s.unstated = q.unstated
	}
	s.free = s.free || q.free
	s.fullBatch = s.fullBatch || q.fullBatch && batch > 0
}
