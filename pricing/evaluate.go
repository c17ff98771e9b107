package pricing

import (
	"context"
	"errors"
	"slices"

	"headroom/pricing/catalog"
	"headroom/pricing/limit"
)

// Evaluate answers a plan with prices from c, which may be nil when no offer names a catalogue entry. A plan that is
// not valid, or reaches an offer without a price, is refused with an *InvalidError; a cancelled ctx ends it with
// ctx.Err().
func Evaluate(ctx context.Context, p *Plan, c *catalog.Snapshot) (*Result, error) {
	return p.evaluate(c, func(program *compiled) (AlternativeResult, error) { return program.run(ctx) })
}

// EvaluateMonths is Evaluate without a look beyond the months: MaxGrowth stays empty and Elasticity undefined, in a
// little over a quarter of the time.
func EvaluateMonths(ctx context.Context, p *Plan, c *catalog.Snapshot) (*Result, error) {
	return p.evaluate(c, func(program *compiled) (AlternativeResult, error) { return program.runMonths(ctx) })
}

// EvaluateEach is Evaluate for plans whose result is large: it hands over each alternative before it evaluates the
// next, so that only one is in memory. An error of take ends it. A plan that Evaluate refuses is refused before the
// first alternative, which costs another look at the routes and prices of all.
func EvaluateEach(ctx context.Context, p *Plan, c *catalog.Snapshot, take func(*AlternativeResult) error) error {
	if err := p.check(); err != nil {
		return err
	}
	if err := p.each(c, func(*compiled) error { return ctx.Err() }); err != nil {
		return err
	}
	return p.each(c, func(program *compiled) error {
		answer, err := program.run(ctx)
		if err != nil {
			return err
		}
		return take(&answer)
	})
}

func (p *Plan) evaluate(c *catalog.Snapshot, run func(*compiled) (AlternativeResult, error)) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	result := p.newResult(c)
	err := p.each(c, func(program *compiled) error {
		answer, err := run(program)
		result.Alternatives = append(result.Alternatives, answer)
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// evaluateKnown is Evaluate for people who compare: an alternative that cannot be priced goes to Result.Unknown with
// the reasons, and the others are answered, beyond their months where ahead says so. A plan of which no alternative can
// be priced still has a result.
func (p *Plan) evaluateKnown(ctx context.Context, c *catalog.Snapshot, ahead func(id string) bool) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var out problems
	if p.checkSnapshot(c, &out); out.err() != nil {
		return nil, out.err()
	}
	result := p.newResult(c)
	frames := map[*Plan]*frame{}
	for v := range p.eachVariant(&out) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		program, found := compileVariant(v, p, c, frames)
		if len(found.list) > 0 {
			result.Unknown = append(result.Unknown, UnknownAlternative{v.id, v.name, found.list})
			continue
		}
		run := program.runMonths
		if ahead(v.id) {
			run = program.run
		}
		answer, err := run(ctx)
		if err != nil {
			return nil, err
		}
		result.Alternatives = append(result.Alternatives, answer)
	}
	return result, nil
}

func (p *Plan) newResult(c *catalog.Snapshot) *Result {
	r := &Result{Schema: ResultSchema, Currency: p.baseCurrency(), Baseline: p.BaselineID(),
		Alternatives: []AlternativeResult{}}
	if c != nil {
		r.CatalogSnapshot = c.ID
	}
	return r
}

// Invalid is the *InvalidError in err, or nil.
func Invalid(err error) *InvalidError {
	var invalid *InvalidError
	if errors.As(err, &invalid) {
		return invalid
	}
	return nil
}

// used lists the offers that the alternative's routes reach or name in vain, and those that cost something all the
// same.
func (c *compiled) used() []Supply {
	var list []Supply
	reached := c.reached()
	for o := range c.supplies {
		s := &c.supplies[o]
		if !c.program.Offers[o].Listed && !slices.Contains(reached, o) && !c.failsNeed(s.id) {
			continue
		}
		u := Supply{Offer: s.id, Provider: s.provider, Catalog: s.offer.Catalog, Scope: s.offer.Scope,
			Lab: s.offer.Lab, Chips: s.offer.Chips, Kind: s.kind}
		if s.entry != nil {
			u.Scope, u.Model = s.entry.Scope, s.entry.Model
			if u.Lab == "" {
				u.Lab = s.entry.Lab
			}
		}
		list = append(list, u)
	}
	return list
}

// failsNeed reports whether a route names the offer and a need of its workload refuses it: chosen, though it serves
// nobody.
func (c *compiled) failsNeed(offer string) bool {
	return slices.ContainsFunc(c.refusals, func(r refusal) bool { return r.offer == offer && r.kind != limit.Unrouted })
}
