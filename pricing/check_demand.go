package pricing

import (
	"math"
	"slices"

	"headroom/pricing/growth"
)

func (c *checker) segment(path, id string, s Segment) {
	c.id(path, id)
	c.schedule(dot(path, "revenue_per_user"), s.RevenuePerUser, 0, maxNumber)
	path = dot(path, "users")
	before := len(c.out.list)
	c.curve(path, s.Users)
	if len(c.out.list) > before {
		return
	}
	curve := s.Users.growth()
	for m, month := range c.months() {
		if users := curve.At(m); !possibleUsers(users) {
			c.out.add(path, "gives %g users in %s; want 0 to 1e15", users, month)
			return
		}
	}
}

// growth is the curve as numbers.
func (u Curve) growth() growth.Curve {
	return growth.Curve{
		Shape: u.Curve, Start: u.Start.Float(), Growth: u.MonthlyGrowth.Float(), Ceiling: u.Ceiling.Float(),
		Rate: u.Rate.Float(), Market: u.Market.Float(), Innovation: u.Innovation.Float(),
		Imitation: u.Imitation.Float(),
		Values:    floats(u.Values),
	}
}

// curve checks the shape and the parameters that it takes; the others would be silently ignored, so they are refused.
func (c *checker) curve(path string, u Curve) {
	parameters := []struct {
		name   string
		value  Number
		low    float64
		shapes []growth.Shape
	}{
		{"start", u.Start, 0, []growth.Shape{growth.Exponential, growth.Logistic, growth.Bass}},
		{"monthly_growth", u.MonthlyGrowth, -1, []growth.Shape{growth.Exponential}},
		{"ceiling", u.Ceiling, 0, []growth.Shape{growth.Logistic}},
		{"rate", u.Rate, -100, []growth.Shape{growth.Logistic}},
		{"market", u.Market, 0, []growth.Shape{growth.Bass}},
		{"innovation", u.Innovation, 0, []growth.Shape{growth.Bass}},
		{"imitation", u.Imitation, 0, []growth.Shape{growth.Bass}},
	}
	if !slices.Contains(growth.Shapes(), u.Curve) {
		if !c.out.at(path) {
			c.out.add(dot(path, "curve"), "must be exponential, logistic, bass or table")
		}
		return
	}
	for _, p := range parameters {
		c.number(dot(path, p.name), p.value, p.low, maxNumber)
		if !p.value.IsZero() && !slices.Contains(p.shapes, u.Curve) {
			c.out.add(dot(path, p.name), "the %s curve does not take it: leave it out", u.Curve)
		}
	}
	c.table(dot(path, "values"), u)
}

func (c *checker) table(path string, u Curve) {
	if u.Curve != growth.Table {
		if u.Values != nil {
			c.out.add(path, "the %s curve does not take it: leave it out", u.Curve)
		}
		return
	}
	for i, n := range u.Values {
		c.notNegative(at(path, i), n)
	}
	if len(u.Values) < c.p.Months {
		c.out.add(path, "needs one value a month: %d, not %d", c.p.Months, len(u.Values))
	}
}

func (c *checker) workload(path, id string, w Workload) {
	c.id(path, id)
	if w.Segment == "" {
		c.out.missing(dot(path, "segment"), "the id of a segment")
	} else if _, ok := c.p.Segments[w.Segment]; !ok {
		c.unknown(dot(path, "segment"), "segment", w.Segment, sortedKeys(c.p.Segments))
	}
	if w.Team == unallocated || len(w.Team) > 200 {
		c.out.add(dot(path, "team"), "must be a name of at most 200 characters other than %s", unallocated)
	}
	c.tokens(path, w)
	c.shares(path, w)
	if w.Season != nil && len(w.Season) != 12 {
		c.out.add(dot(path, "season"), "needs 12 factors, January first, not %d", len(w.Season))
	}
	for i, factor := range w.Season {
		c.notNegative(at(dot(path, "season"), i), factor)
	}
	c.peaks(path, w)
	if w.Routes == nil {
		c.out.missing(dot(path, "routes"), `a list of {"offer": id, "share": 1}`)
	}
	c.routes(dot(path, "routes"), w.Routes)
	c.needs(dot(path, "needs"), w.Needs)
}

// unknown says that a reference leads nowhere, and where it could lead.
func (c *checker) unknown(path, what, id string, known []string) {
	if len(known) == 0 {
		c.out.add(path, "there is no %s %q: the plan has none", what, clip(id))
		return
	}
	list := known[0]
	for _, k := range known[1:min(len(known), 10)] {
		list += ", " + k
	}
	if len(known) > 10 {
		list += ", ..."
	}
	c.out.add(path, "there is no %s %q; known: %s", what, clip(id), list)
}

// tokens checks what a request is made of, and that its growth stays within reason.
func (c *checker) tokens(path string, w Workload) {
	c.required(dot(path, "requests_per_user_day"), w.RequestsPerUserDay)
	c.notNegative(dot(path, "requests_per_user_day"), w.RequestsPerUserDay)
	c.notNegative(dot(path, "max_output_tokens"), w.MaxOutputTokens)
	for _, t := range []struct {
		name           string
		tokens, growth Number
	}{{"input_tokens", w.InputTokens, w.InputTokensGrowth}, {"output_tokens", w.OutputTokens, w.OutputTokensGrowth}} {
		c.required(dot(path, t.name), t.tokens)
		c.notNegative(dot(path, t.name), t.tokens)
		c.number(dot(path, t.name+"_growth"), t.growth, -1, maxNumber)
		last := t.tokens.Float() * math.Pow(1+t.growth.Float(), float64(c.p.Months-1))
		if last > 1e12 {
			c.out.add(dot(path, t.name+"_growth"), "gives %g tokens a request at the end; want at most 1e12", last)
		}
	}
}

func (c *checker) shares(path string, w Workload) {
	c.share(dot(path, "cache_read_share"), w.CacheReadShare)
	c.share(dot(path, "cache_write_share"), w.CacheWriteShare)
	c.share(dot(path, "batch_share"), w.BatchShare)
	if sum := w.CacheReadShare.Float() + w.CacheWriteShare.Float(); sum > 1+1e-9 {
		c.out.add(dot(path, "cache_write_share"), "cache_read_share + cache_write_share must be at most 1, not %g", sum)
	}
}

// peaks checks that the workload's load can be laid out over the load blocks.
func (c *checker) peaks(path string, w Workload) {
	profile := c.p.profile()
	c.notNegative(dot(path, "peak_to_average"), w.PeakToAverage)
	multipliers := dot(path, "load_multipliers")
	if w.LoadMultipliers != nil && len(w.LoadMultipliers) != len(profile) {
		c.out.add(multipliers, "needs one multiplier per load block: %d, not %d", len(profile), len(w.LoadMultipliers))
		return
	}
	if w.LoadMultipliers == nil {
		if len(profile) == 2 {
			c.allow(dot(path, "peak_to_average"), 0, 1/profile[0])
		}
		if len(profile) > 2 {
			c.out.add(multipliers, "is required with three or more load blocks: %d multipliers", len(profile))
		}
		if r := w.PeakToAverage.Or(1); len(profile) == 2 && profile[0]*r >= 1 {
			c.out.add(dot(path, "peak_to_average"), "must be less than %g, or the first load block holds more than "+
				"the whole load", 1/profile[0])
		}
		return
	}
	sum := 0.0
	for k, n := range w.LoadMultipliers {
		c.notNegative(at(multipliers, k), n)
		sum += profile[k] * n.Float()
	}
	if math.Abs(sum-1) > 1e-6 {
		c.out.add(multipliers, "weighted by load_profile must average 1, not %g", sum)
	}
}

// routes checks where a workload's requests go.
func (c *checker) routes(path string, routes []Route) {
	for i, r := range routes {
		if r.Offer == "" {
			c.out.missing(dot(at(path, i), "offer"), "the id of an offer")
		} else if _, ok := c.p.Offers[r.Offer]; !ok {
			c.unknown(dot(at(path, i), "offer"), "offer", r.Offer, sortedKeys(c.p.Offers))
		}
		c.schedule(dot(at(path, i), "share"), r.Share, 0, 1)
	}
	for _, month := range c.months() {
		sum := 0.0
		for _, r := range routes {
			sum += r.Share.Or(month, 0)
		}
		if sum > 1+1e-9 {
			c.out.add(path, "the shares sum to %g in %s; want at most 1", sum, month)
			return
		}
	}
}

func (c *checker) needs(path string, n *Needs) {
	if n == nil {
		return
	}
	c.notNegative(dot(path, "min_context_tokens"), n.MinContextTokens)
	c.notNegative(dot(path, "max_seconds_to_first_token"), n.MaxSecondsToFirstToken)
	c.notNegative(dot(path, "min_tokens_per_second"), n.MinTokensPerSecond)
	c.ids(dot(path, "residency"), n.Residency)
	c.ids(dot(path, "modalities"), n.Modalities)
}
