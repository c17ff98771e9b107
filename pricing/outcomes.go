package pricing

import (
	"math"
	"slices"
	"sync/atomic"

	"headroom/pricing/simulate"
)

// outcomes are the figures of all samples, each month a column.
type outcomes struct {
	samples int
	cells   [figures][]float64 // month x sample
}

const (
	usersServed = iota
	cashCost
	revenue
	grossMargin
	endCash
	figures
)

func newOutcomes(months, samples int) *outcomes {
	o := &outcomes{samples: samples}
	for i := range o.cells {
		o.cells[i] = make([]float64, months*samples)
	}
	return o
}

func (o *outcomes) column(figure, m int) []float64 {
	return o.cells[figure][m*o.samples : (m+1)*o.samples]
}

// quantiles sorts a column and reads it.
func (o *outcomes) quantiles(figure, m int) Quantiles {
	column := o.column(figure, m)
	slices.Sort(column) // undefined figures come first
	undefined := 0
	for undefined < len(column) && math.IsNaN(column[undefined]) {
		undefined++
	}
	at := func(p float64) Figure { return Figure(simulate.Quantile(column[undefined:], p)) }
	return Quantiles{at(0.1), at(0.5), at(0.9), float64(undefined) / float64(o.samples)}
}

// months sums up the samples.
func (run *simulation) months(workers []*worker, o *outcomes) []SimulatedMonth {
	c := workers[0].compiled
	list := make([]SimulatedMonth, len(c.months))
	var next atomic.Int64
	parallel(len(workers), func(int) {
		for m := int(next.Add(1)) - 1; m < len(list); m = int(next.Add(1)) - 1 {
			list[m] = SimulatedMonth{Month: c.months[m], UsersServed: o.quantiles(usersServed, m),
				CashCost: o.quantiles(cashCost, m),
				Revenue:  o.quantiles(revenue, m), GrossMargin: o.quantiles(grossMargin, m),
				Cash: o.quantiles(endCash, m)}
		}
	})
	run.walls(workers, list)
	return list
}

// walls turns the workers' counts into probabilities: of every limit, and of the refusals that ever bind.
func (run *simulation) walls(workers []*worker, list []SimulatedMonth) {
	c := workers[0].compiled
	ids := slices.Clone(c.limitIDs)
	for _, r := range c.refusals {
		ids = append(ids, c.constraint(r))
	}
	for i, id := range ids {
		by := run.by(workers, len(list), func(w *worker) []int { return w.first[i] })
		if i >= len(c.limitIDs) && by[len(by)-1] == 0 {
			continue
		}
		for m := range list {
			list[m].BindsBy = append(list[m].BindsBy, Amount{id, Figure(by[m])})
		}
	}
	either := run.by(workers, len(list), func(w *worker) []int { return w.firstAny })
	for m := range list {
		list[m].AnyBindsBy = either[m]
		if c.hasMinCash() {
			below := 0
			for _, w := range workers {
				below += w.below[m]
			}
			share := float64(below) / float64(run.samples)
			list[m].CashBelowMin = &share
		}
	}
}

// by is the share of the samples that the workers counted in a month or before it.
func (run *simulation) by(workers []*worker, months int, counts func(*worker) []int) []float64 {
	shares, so := make([]float64, months), 0
	for m := range shares {
		for _, w := range workers {
			so += counts(w)[m]
		}
		shares[m] = float64(so) / float64(run.samples)
	}
	return shares
}
