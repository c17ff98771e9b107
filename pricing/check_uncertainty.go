package pricing

import (
	"errors"
	"math"

	"headroom/pricing/simulate"
)

// MaxRanges is how many uncertain inputs a plan may have.
const MaxRanges = 200

// The ends of what a share and a growth rate may be as ranges, 1 and -1 left out.
const (
	belowOne      = 1 - 0x1p-53
	aboveMinusOne = -1 + 0x1p-53
)

// span is the range of values that a field of the plan allows.
type span struct{ low, high float64 }

// ranged holds the paths of the plan's ranges, each open until its field is checked.
func (p *Plan) ranged() map[string]span {
	if p.Uncertainty == nil || len(p.Uncertainty.Inputs) == 0 {
		return nil
	}
	spans := make(map[string]span, len(p.Uncertainty.Inputs))
	for path := range p.Uncertainty.Inputs {
		spans[path] = span{-maxNumber, maxNumber}
	}
	return spans
}

// allow notes what a field allows, if a range names it.
func (c *checker) allow(path string, low, high float64) {
	if s, named := c.spans[path]; named {
		c.spans[path] = span{max(s.low, low), min(s.high, high)}
	}
}

// uncertainty checks the ranges, after all fields: each leads to a number, allows what that number allows, and together
// they can be correlated as the plan says.
func (c *checker) uncertainty() {
	u := c.p.Uncertainty
	if u == nil {
		return
	}
	if u.Samples < 0 || u.Samples > MaxSamples {
		c.out.add("uncertainty.samples", "must be from 1 to %d, not %d", MaxSamples, u.Samples)
	}
	if s := u.Seed.Float(); s < 0 || s != math.Trunc(s) {
		c.out.add("uncertainty.seed", "must be a whole number, 0 or more")
	}
	if len(u.Inputs) > MaxRanges {
		c.out.add("uncertainty.inputs", "at most %d, not %d", MaxRanges, len(u.Inputs))
		return
	}
	before, numbers := len(c.out.list), numbers{plan: c.p}
	for _, path := range sortedKeys(u.Inputs) {
		if _, problem := numbers.find(path); problem != "" {
			c.out.add(dot("uncertainty.inputs", path), "%s", problem)
			continue
		}
		c.distribution(dot("uncertainty.inputs", path), u.Inputs[path], c.spans[path])
	}
	c.correlations(u)
	if len(c.out.list) == before {
		c.matrix(u)
	}
}

// distribution checks the three quantiles against the shape and what the field allows.
func (c *checker) distribution(path string, d Distribution, allowed span) {
	switch simulate.Shape(d.Distribution) {
	case simulate.Lognormal:
		allowed.low = max(allowed.low, math.SmallestNonzeroFloat64)
	case simulate.Logitnormal:
		allowed = span{max(allowed.low, math.SmallestNonzeroFloat64), min(allowed.high, belowOne)}
	case simulate.Lognormal1p:
		allowed.low = max(allowed.low, aboveMinusOne)
	default:
		c.out.add(dot(path, "distribution"), "must be lognormal, lognormal1p or logitnormal")
	}
	if allowed.low > allowed.high {
		c.out.add(dot(path, "distribution"), "no %s lies in what this field allows", d.Distribution)
		return
	}
	for _, q := range []struct {
		name  string
		value Number
	}{{"p10", d.P10}, {"p50", d.P50}, {"p90", d.P90}} {
		c.required(dot(path, q.name), q.value)
		c.number(dot(path, q.name), q.value, allowed.low, allowed.high)
	}
	if d.P10.IsZero() || d.P50.IsZero() || d.P90.IsZero() {
		return
	}
	if d.P10.Float() > d.P50.Float() || d.P50.Float() > d.P90.Float() {
		c.out.add(path, "p10, p50 and p90 must not fall: %s, %s, %s", d.P10, d.P50, d.P90)
	}
}

// correlations checks that each pair names two ranges, once.
func (c *checker) correlations(u *Uncertainty) {
	seen := map[[2]string]bool{}
	for i, r := range u.Correlations {
		path := at("uncertainty.correlations", i)
		c.number(at(path, 2), r.Rho, -1, 1)
		for side, input := range []string{r.A, r.B} {
			if _, ok := u.Inputs[input]; !ok && !c.out.full() {
				c.unknown(at(path, side), "uncertain input", input, sortedKeys(u.Inputs))
			}
		}
		pair := [2]string{min(r.A, r.B), max(r.A, r.B)}
		switch {
		case r.A == r.B:
			c.out.add(path, "names %s twice: a correlation needs two inputs", clip(r.A))
		case seen[pair]:
			c.out.add(path, "%s and %s are given twice; keep one", clip(r.A), clip(r.B))
		}
		seen[pair] = true
	}
}

// matrix refuses correlations that contradict each other, and names the pair.
func (c *checker) matrix(u *Uncertainty) {
	if len(u.Correlations) == 0 {
		return
	}
	paths := sortedKeys(u.Inputs)
	_, err := simulate.NewCopula(u.matrix(paths))
	var none *simulate.MatrixError
	if !errors.As(err, &none) {
		return
	}
	a, b, path := paths[none.I], paths[none.J], "uncertainty.correlations"
	for i, r := range u.Correlations {
		if r.A == a && r.B == b || r.A == b && r.B == a {
			path = at(path, i)
			break
		}
	}
	c.out.add(path, "%s and %s cannot be correlated like this beside the other correlations: the matrix is not "+
		"positive definite", a, b)
}

// matrix is the correlation matrix of the inputs at the given paths; those that no correlation names are independent.
func (u *Uncertainty) matrix(paths []string) [][]float64 {
	place := make(map[string]int, len(paths))
	rows := make([][]float64, len(paths))
	for i, path := range paths {
		place[path] = i
		rows[i] = make([]float64, len(paths))
		rows[i][i] = 1
	}
	for _, r := range u.Correlations {
		a, okA := place[r.A]
		b, okB := place[r.B]
		if okA && okB {
			rows[a][b], rows[b][a] = r.Rho.Float(), r.Rho.Float()
		}
	}
	return rows
}
