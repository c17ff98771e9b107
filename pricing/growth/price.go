package growth

// Prices are one offer's prices for one workload in one month, in the plan's currency: per 1,000,000 tokens, and
// PerRequest per request.
type Prices struct{ Input, CacheRead, CacheWrite, Output, PerRequest float64 }

// Shape of one request, in tokens; the shares are of Input.
type Request struct{ Input, Output, CacheRead, CacheWrite float64 }

// Cost of one request: (in (1-h-hw) p_in + in h p_read + in hw p_write + out p_out) / 1e6 + p_request.
func (p Prices) Cost(r Request) float64 {
	fresh := r.Input * (1 - r.CacheRead - r.CacheWrite) * p.Input
	read := r.Input * r.CacheRead * p.CacheRead
	write := r.Input * r.CacheWrite * p.CacheWrite
	return (fresh+read+write+r.Output*p.Output)/1e6 + p.PerRequest
}

// Scale multiplies every price.
func (p Prices) Scale(by float64) Prices {
	return Prices{p.Input * by, p.CacheRead * by, p.CacheWrite * by, p.Output * by, p.PerRequest * by}
}

// Tier is one bracket of a graduated volume price.
type Tier struct {
	UpTo       float64 // million tokens of the month; +Inf in the last one
	Multiplier float64
}

// TierFactor is the average multiplier over mtok million tokens: each bracket prices its own part, and the last one
// goes on without end. Without tiers, or without tokens, it is 1.
func TierFactor(tiers []Tier, mtok float64) float64 {
	if len(tiers) == 0 || mtok <= 0 {
		return 1
	}
	weighted, from := 0.0, 0.0
	for i, t := range tiers {
		if mtok <= t.UpTo || i == len(tiers)-1 {
			return (weighted + (mtok-from)*t.Multiplier) / mtok
		}
		weighted += (t.UpTo - from) * t.Multiplier
		from = t.UpTo
	}
	return 1
}
