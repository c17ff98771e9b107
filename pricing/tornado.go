package pricing

import (
	"cmp"
	"context"
	"math"
	"slices"

	"headroom/pricing/growth"
)

// tornado runs the plan with every range at its P50, and each in turn at its P10 and its P90.
func (w *worker) tornado(ctx context.Context, answer *AlternativeSimulation) error {
	for i := range w.inputs {
		w.set(i, w.inputs[i].ends.P50.Float())
	}
	var err error
	if answer.Middle, err = w.end(); err != nil {
		return err
	}
	answer.Tornado = []TornadoBar{}
	for i := range w.inputs {
		if err := ctx.Err(); err != nil {
			return err
		}
		bar, err := w.bar(i)
		if err != nil {
			return err
		}
		answer.Tornado = append(answer.Tornado, bar)
	}
	slices.SortStableFunc(answer.Tornado, func(a, b TornadoBar) int {
		return cmp.Or(cmp.Compare(math.Abs(b.High-b.Low), math.Abs(a.High-a.Low)), cmp.Compare(math.Abs(b.CashHigh-b.CashLow), math.Abs(a.CashHigh-a.CashLow)))
	})
	answer.Tornado = answer.Tornado[:min(len(answer.Tornado), MaxBars)]
	return nil
}

// bar is one input at both ends, and then at its middle again.
func (w *worker) bar(i int) (TornadoBar, error) {
	ends := w.inputs[i].ends
	w.set(i, ends.P10.Float())
	low, err := w.end()
	if err != nil {
		return TornadoBar{}, err
	}
	w.set(i, ends.P90.Float())
	high, err := w.end()
	w.set(i, ends.P50.Float())
	return TornadoBar{w.inputs[i].path, low.UserMonths, high.UserMonths, low.CashCost, high.CashCost}, err
}

// end runs the plan with the numbers that are set.
func (w *worker) end() (TornadoEnd, error) {
	var out TornadoEnd
	err := w.run(func(m int, served *growth.Outcome) {
		out.UserMonths += users(served)
		out.CashCost += served.State.Accrual() - served.State.Statement.Credits
	})
	return out, err
}
