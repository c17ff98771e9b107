package growth

import (
	"math"

	"headroom/pricing/limit"
)

// Limit is something that a month may not exceed. Its unit is that of the capacity: MW, GPUs, normalised tokens a
// minute, requests a minute, money; for limit.Margin the capacity is the lowest gross margin, for limit.Cash the lowest
// balance.
type Limit struct {
	Kind     limit.Kind
	Subject  int       // site, pool or offer
	Scope    []int     // limit.SpendCap: the providers that it covers
	Enforced bool      // it holds users back; otherwise it is a flag
	Capacity []float64 // by month; NaN: the limit does not exist
}

// Exists reports whether there is such a limit in month m.
func (l *Limit) Exists(m int) bool { return !math.IsNaN(l.Capacity[m]) }

// slackTolerance is how far below 0 a slack may be and still count as feasible.
const slackTolerance = 1e-12

// never is the scale of a limit that never binds.
func never() float64 { return math.Inf(1) }

// The scales that a search looks at: powers of two from smallest to largest.
const steps = 20

func smallest() float64 { return math.Ldexp(1, -steps) }
func largest() float64  { return math.Ldexp(1, steps) }

// Window is the interval of scales on which a limit holds, the users of its segments being multiplied by the scale.
type Window struct {
	Low, High     float64 // High is +Inf when the limit never binds
	Unsatisfiable bool    // no scale holds; High is then +Inf and means nothing
}

// Never reports whether no number of users is too many.
func (w Window) Never() bool { return math.IsInf(w.High, 1) }

// below reports whether a scale takes over from the current one: it is lower by more than 1e-9 of it.
func below(scale, current float64) bool { return scale < current*(1-1e-9) }
