package pricing

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"headroom/pricing/catalog"
)

// What a simulation runs with where the plan states nothing.
const (
	DefaultSamples = 5000
	DefaultSeed    = 1
)

// Progress is told how many of how many samples are done, of all alternatives together. It is called from one goroutine
// at a time.
type Progress func(done, total int)

// Simulate draws the plan's ranges, runs every alternative on the same draws and sums up what comes out. The answer
// depends on the plan, the prices and the seed alone, not on the number of cores. A plan that is not valid, has no
// range, or needs a price that nobody states, is refused with an *InvalidError; a cancelled ctx ends it with ctx.Err().
// progress may be nil.
//
// It keeps 5 figures a month and sample of one alternative at a time: at the bounds of the format, 100,000 samples of
// 120 months, 480 MB.
func Simulate(ctx context.Context, p *Plan, c *catalog.Snapshot, progress Progress) (*Simulation, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	run, err := newSimulation(ctx, p, c, progress)
	if err != nil {
		return nil, err
	}
	result := &Simulation{Schema: SimulationSchema, Currency: p.baseCurrency(), Baseline: p.BaselineID(),
		Alternatives: []AlternativeSimulation{}}
	if c != nil {
		result.CatalogSnapshot = c.ID
	}
	err = p.each(c, func(program *compiled) error {
		answer, err := run.alternative(program.variant)
		result.Alternatives = append(result.Alternatives, answer)
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// SimulateAlternative is Simulate for one alternative of the plan, whatever becomes of the others.
func SimulateAlternative(ctx context.Context, p *Plan, c *catalog.Snapshot, id string,
	progress Progress) (*AlternativeSimulation, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	run, err := newSimulation(ctx, p, c, progress)
	if err != nil {
		return nil, err
	}
	run.total = run.samples
	var out problems
	p.checkSnapshot(c, &out)
	for _, v := range p.variants(&out) {
		if v.id != id {
			continue
		}
		_, found := compileVariant(v, p, c, map[*Plan]*frame{})
		if v.report(found, &out); len(out.list) > 0 {
			return nil, out.err()
		}
		answer, err := run.alternative(v)
		return &answer, err
	}
	out.add("alternatives", "there is no alternative %q", clip(id))
	return nil, out.err()
}

// simulation is what the alternatives of one call share.
type simulation struct {
	ctx      context.Context
	catalog  *catalog.Snapshot
	paths    []string // the inputs of all alternatives, in the order in which they are drawn
	samples  int
	seed     uint64
	progress Progress

	mu          sync.Mutex
	done, total int
}

func newSimulation(ctx context.Context, p *Plan, c *catalog.Snapshot, progress Progress) (*simulation, error) {
	run := &simulation{ctx: ctx, catalog: c, samples: DefaultSamples, seed: DefaultSeed, progress: progress}
	var out problems
	variants := p.variants(&out)
	if u := p.Uncertainty; u != nil {
		if u.Samples > 0 {
			run.samples = u.Samples
		}
		run.seed = uint64(u.Seed.Or(DefaultSeed))
		run.paths = sortedKeys(u.Inputs)
	}
	for _, v := range variants {
		if v.plan.Uncertainty != nil {
			run.paths = append(run.paths, sortedKeys(v.plan.Uncertainty.Inputs)...)
		}
	}
	slices.Sort(run.paths)
	run.paths = slices.Compact(run.paths)
	run.total = run.samples * len(variants)
	switch {
	case len(run.paths) == 0:
		out.missing("uncertainty.inputs", "at least one range; without one there is nothing to draw")
	case len(run.paths) > MaxRanges:
		out.add("uncertainty.inputs", "at most %d in all alternatives together, not %d", MaxRanges, len(run.paths))
	}
	return run, out.err()
}

// alternative simulates one variant.
func (run *simulation) alternative(v *variant) (AlternativeSimulation, error) {
	answer := AlternativeSimulation{ID: v.id, Name: v.name, Samples: run.samples, Seed: run.seed}
	workers := make([]*worker, min(runtime.GOMAXPROCS(0), run.samples))
	outcomes := newOutcomes(v.plan.Months, run.samples)
	parallel(len(workers), func(i int) {
		workers[i] = newWorker(newSampler(v, run.catalog, run.paths), outcomes)
	})
	if err := run.sample(v, workers); err != nil {
		return answer, err
	}
	answer.Months = run.months(workers, outcomes)
	answer.Warnings = run.warnings(workers)
	if err := workers[0].tornado(run.ctx, &answer); err != nil {
		return answer, v.drawError(err, "the tornado", workers[0].values())
	}
	return answer, nil
}

// chunk is how many samples a worker takes at a time.
const chunk = 32

// sample runs all samples. Of several that cannot be priced the first is reported, whoever came to it.
func (run *simulation) sample(v *variant, workers []*worker) error {
	var next, failed atomic.Int64
	failed.Store(math.MaxInt64)
	errs := make([]error, len(workers))
	at := make([]int64, len(workers))
	parallel(len(workers), func(i int) {
		for {
			from := next.Add(chunk) - chunk
			to := min(from+chunk, int64(run.samples))
			if from >= to || from > failed.Load() || run.ctx.Err() != nil {
				return
			}
			for n := from; n < to && run.ctx.Err() == nil; n++ {
				if err := workers[i].sample(run.seed, int(n)); err != nil {
					at[i], errs[i] = n, err
					lower(&failed, n)
					return
				}
			}
			run.tell(int(to - from))
		}
	})
	if err := run.ctx.Err(); err != nil {
		return err
	}
	for i, err := range errs {
		if err != nil && at[i] == failed.Load() {
			return v.drawError(err, fmt.Sprintf("sample %d", at[i]), workers[i].values())
		}
	}
	return nil
}

// lower stores n where it is less than what is stored.
func lower(a *atomic.Int64, n int64) {
	for old := a.Load(); n < old && !a.CompareAndSwap(old, n); old = a.Load() {
	}
}

// drawError says which draw needs a price that nobody states; another error stays what it is.
func (v *variant) drawError(err error, what, values string) error {
	invalid := Invalid(err)
	if invalid == nil {
		return err
	}
	var out problems
	for _, field := range invalid.Fields {
		out.add(v.path(field.Path), "%s of the ranges (%s): %s", what, values, field.Message)
	}
	return out.err()
}

// tell reports progress.
func (run *simulation) tell(samples int) {
	if run.progress == nil {
		return
	}
	run.mu.Lock()
	defer run.mu.Unlock()
	run.done += samples
	run.progress(run.done, run.total)
}

// parallel calls each of n pieces of work in a goroutine of its own and waits for all.
func parallel(n int, work func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { work(i) })
	}
	wait.Wait()
}

// warnings say where the draws had to be cut, and where the plan's own number is not the middle of its range.
func (run *simulation) warnings(workers []*worker) []Warning {
	c := workers[0].compiled
	c.warnings = []Warning{}
	for i, in := range workers[0].inputs {
		path, cut := dot("uncertainty.inputs", in.path), 0
		for _, w := range workers {
			cut += w.inputs[i].cut
		}
		if cut > 0 {
			c.warning(path, "%d of %d draws were beyond what the field allows, and were cut to its nearest value",
				cut, run.samples)
		}
		if stated := workers[0].stated[i]; stated != in.ends.P50.Float() {
			c.warning(path, "the plan states %g and the middle of its range is %s: an evaluation takes the former, a "+
				"simulation the latter", stated, in.ends.P50)
		}
	}
	for at, segment := range workers[0].changed.segments {
		impossible := 0
		for _, w := range workers {
			impossible += w.changed.impossible[at]
		}
		if impossible > 0 {
			c.warning(dot("segments", c.segments[segment]), "%d of %d draws give numbers of users that no plan may "+
				"have, which were taken for 0 or for 1e15", impossible, run.samples)
		}
	}
	return c.sortedWarnings()
}
