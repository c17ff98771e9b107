package growth

import "math"

// Kind is a kind of limit. The order resolves ties: physical ones first, then money.
type Kind int8

const (
	Power Kind = iota
	GPUs
	ProvisionedUnits
	QuotaTPM
	QuotaRPM
	SpendCap
	Budget
	Margin
	Cash
)

// Physical says that the limit cuts the segments that reach it (stage 1); the others are money and cut everybody (stage 2).
func (k Kind) Physical() bool { return k < SpendCap }

// twoSided says that too few users may fail it too.
func (k Kind) twoSided() bool { return k == Margin || k == Cash }

// String is the kind as constraint ids name it.
func (k Kind) String() string {
	return [...]string{"power", "gpu", "provisioned", "quota_tpm", "quota_rpm", "spend_cap", "budget", "margin", "cash"}[k]
}

// Limit is something that a month may not exceed. Its unit is that of the capacity: MW, GPUs, normalised tokens a minute,
// requests a minute, money; for Margin the capacity is the lowest gross margin, for Cash the lowest balance.
type Limit struct {
	Kind     Kind
	Subject  int       // site, pool or offer
	Scope    []int     // SpendCap: the providers that it covers
	Enforced bool      // it holds users back; otherwise it is a flag
	Capacity []float64 // by month; NaN: the limit does not exist
}

// Exists says whether there is such a limit in month m.
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

// Never says that no number of users is too many.
func (w Window) Never() bool { return math.IsInf(w.High, 1) }

// below says that a scale takes over from the current one: it is lower by more than 1e-9 of it.
func below(scale, current float64) bool { return scale < current*(1-1e-9) }
