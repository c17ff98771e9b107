package pricing

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"headroom/pricing/catalog"
	"headroom/pricing/document"
	"headroom/pricing/growth"
	"headroom/pricing/simulate"
)

// sampler runs one alternative again and again with other numbers: a compiled copy of its own, which each draw fills
// anew. It is not shared between goroutines.
type sampler struct {
	*compiled
	runner  *growth.Runner
	numbers numbers
	inputs  []uncertainInput
	changed changed
	copula  simulate.Copula
	source  *rand.PCG
	z, out  []float64 // independent and correlated normals, by input of the simulation
}

// uncertainInput is one range of the alternative.
type uncertainInput struct {
	place        int // among the inputs of the simulation
	path         string
	number       *Number
	distribution simulate.Distribution
	ends         Distribution
	allowed      span
	rest         *Number // a share that this one shares its whole with: they sum to at most 1
	cut          int     // draws that the field does not allow, and that were cut to its nearest value
}

// newSampler compiles a copy of the variant, which is valid and has prices. paths are the inputs of all alternatives in
// the order in which they are drawn, so that every alternative sees the same draws.
func newSampler(v *variant, c *catalog.Snapshot, paths []string) *sampler {
	var found problems
	plan := v.plan.copy()
	own := *v
	own.plan = plan
	s := &sampler{compiled: compile(&own, newFrame(plan, c), &found), numbers: numbers{plan: plan},
		source: rand.NewPCG(0, 0)}
	s.runner, s.changed = growth.NewRunner(s.program, false), newChanged(s.frame)
	checker := &checker{p: plan, out: &problems{}, spans: plan.ranged()}
	checker.all()
	s.z, s.out = make([]float64, len(paths)), make([]float64, len(paths))
	if plan.Uncertainty == nil {
		return s
	}
	for i, path := range paths {
		if d, ok := plan.Uncertainty.Inputs[path]; ok {
			s.addInput(i, path, d, checker.spans[path])
		}
	}
	s.addRests()
	s.copula, _ = simulate.NewCopula(plan.Uncertainty.matrix(paths)) // the check has tried it
	return s
}

func (s *sampler) addInput(place int, path string, d Distribution, allowed span) {
	number, problem := s.numbers.find(path)
	if problem != "" {
		return // an alternative without this number
	}
	distribution, _ := simulate.NewDistribution(simulate.Shape(d.Distribution), d.P10.Float(), d.P50.Float(),
		d.P90.Float())
	s.inputs = append(s.inputs, uncertainInput{place: place, path: path, number: number, distribution: distribution,
		ends: d, allowed: allowed})
	s.changed.note(s.frame, path)
}

// addRests joins the two shares of a workload's input that must not exceed 1 together: the one drawn later gives way.
func (s *sampler) addRests() {
	for w, id := range s.workloads {
		if !s.changed.workloads[w] {
			continue
		}
		read, _ := s.numbers.find("workloads." + id + ".cache_read_share")
		write, _ := s.numbers.find("workloads." + id + ".cache_write_share")
		if read == nil || write == nil {
			continue
		}
		r := slices.IndexFunc(s.inputs, func(in uncertainInput) bool { return in.number == read })
		w := slices.IndexFunc(s.inputs, func(in uncertainInput) bool { return in.number == write })
		switch {
		case w >= 0:
			s.inputs[w].rest = read
		case r >= 0:
			s.inputs[r].rest = write
		}
	}
}

// copy is the plan without its alternatives, sharing nothing with it.
func (p *Plan) copy() *Plan {
	alone := *p
	alone.Alternatives, alone.Baseline = nil, ""
	var out problems
	return bindPlan(document.ReadInto(alone.Canonical(), &out.list), &out)
}

// set gives one input a value, cut to what its field allows.
func (s *sampler) set(i int, value float64) {
	in := &s.inputs[i]
	allowed := in.allowed
	if in.rest != nil {
		allowed.high = min(allowed.high, 1-in.rest.Float())
	}
	in.number.value = min(max(value, allowed.low), allowed.high)
	if in.number.value != value {
		in.cut++
	}
}

// draw sets the inputs of one sample.
func (s *sampler) draw(seed uint64, sample int) {
	simulate.Normals(s.source, seed, uint64(sample), s.z)
	s.copula.Correlate(s.z, s.out)
	for i := range s.inputs {
		s.set(i, s.inputs[i].distribution.At(s.out[s.inputs[i].place]))
	}
}

// run serves the months with the numbers that were set and hands each to see. The error is a price that these numbers
// need and nobody states.
func (s *sampler) run(see func(m int, served *growth.Outcome)) error {
	var found problems
	s.numbers.publish()
	s.refill(&s.changed, &found)
	if len(found.list) > 0 {
		return found.err()
	}
	s.runner.Reset()
	for m := range s.months {
		see(m, s.runner.Next())
	}
	return nil
}

// values are the inputs as they are set, for an error to tell.
func (s *sampler) values() string {
	text := ""
	for i := range s.inputs[:min(len(s.inputs), 3)] {
		text += fmt.Sprintf(", %s = %.4g", s.inputs[i].path, s.inputs[i].number.value)
	}
	return text[min(2, len(text)):]
}
