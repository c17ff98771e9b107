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
			list[m] = SimulatedMonth{Month: c.months[m], UsersServed: o.quantiles(usersServed, m), CashCost: o.quantiles(cashCost, m),
				Revenue: o.quantiles(revenue, m), GrossMargin: o.quantiles(grossMargin, m), Cash: o.quantiles(endCash, m)}
		}
	})
	run.walls(workers, list)
	return list
}

// walls turns the workers' counts into probabilities.
func (run *simulation) walls(workers []*worker, list []SimulatedMonth) {
	first := map[string][]int{}
	either, below := make([]int, len(list)), make([]int, len(list))
	for _, w := range workers {
		for id, counts := range w.first {
			first[id] = sum(first[id], counts)
		}
		sum(either, w.firstAny)
		sum(below, w.below)
	}
	order := slices.Clone(workers[0].limitIDs)
	for _, id := range sortedKeys(first) {
		if !slices.Contains(order, id) {
			order = append(order, id)
		}
	}
	share := func(n int) float64 { return float64(n) / float64(run.samples) }
	bound := make([]int, len(order))
	stopped := 0
	for m := range list {
		for i, id := range order {
			if counts := first[id]; counts != nil {
				bound[i] += counts[m]
			}
			list[m].BindsBy = append(list[m].BindsBy, Amount{id, Figure(share(bound[i]))})
		}
		stopped += either[m]
		list[m].AnyBindsBy = share(stopped)
		if workers[0].hasMinCash() {
			p := share(below[m])
			list[m].CashBelowMin = &p
		}
	}
}

// sum adds counts by month to a list, which is made if there is none.
func sum(list, counts []int) []int {
	if list == nil {
		list = make([]int, len(counts))
	}
	for m, n := range counts {
		list[m] += n
	}
	return list
}
