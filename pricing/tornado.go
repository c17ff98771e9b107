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
	var err error
	if answer.Middle, err = w.end(-1, 0); err != nil {
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
		return cmp.Or(cmp.Compare(math.Abs(b.High-b.Low), math.Abs(a.High-a.Low)),
			cmp.Compare(math.Abs(b.CashHigh-b.CashLow), math.Abs(a.CashHigh-a.CashLow)))
	})
	answer.Tornado = answer.Tornado[:min(len(answer.Tornado), MaxBars)]
	return nil
}

// bar is one input at both ends.
func (w *worker) bar(i int) (TornadoBar, error) {
	ends := w.inputs[i].ends
	low, err := w.end(i, ends.P10.Float())
	if err != nil {
		return TornadoBar{}, err
	}
	high, err := w.end(i, ends.P90.Float())
	return TornadoBar{w.inputs[i].path, low.UserMonths, high.UserMonths, low.CashCost, high.CashCost}, err
}

// end runs the plan with input i at a value and all others at their P50; -1 for none. All are set anew, because the
// value of one may cut another.
func (w *worker) end(i int, value float64) (TornadoEnd, error) {
	for j := range w.inputs {
		at := w.inputs[j].ends.P50.Float()
		if j == i {
			at = value
		}
		w.set(j, at)
	}
	var out TornadoEnd
	err := w.run(func(m int, served *growth.Outcome) {
		out.UserMonths += users(served)
		out.CashCost += served.State.Accrual() - served.State.Statement.Credits
	})
	return out, err
}
