package capacity

import "math"

// Provisioned sets a reserved unit against the on-demand price of the same model.
type Provisioned struct {
	UnitPerMonth    float64 // money
	TokensPerMinute float64 // normalised, one unit
	Minutes         float64 // of the month
	InputTokens     float64 // mean of a request
	OutputTokens    float64
	CacheReadShare  float64 // of input
	CachedWeight    float64 // normalised tokens that a cached input token counts as
	OutputWeight    float64 // the same for an output token
	Input, Cached,
	Output float64 // on-demand prices per 1,000,000 tokens
}

// OnDemandPerToken is what one normalised token costs on demand.
func (p *Provisioned) OnDemandPerToken() float64 {
	in, cached := p.InputTokens*(1-p.CacheReadShare), p.InputTokens*p.CacheReadShare
	return (in*p.Input + cached*p.Cached + p.OutputTokens*p.Output) / (in + p.CachedWeight*cached +
		p.OutputWeight*p.OutputTokens) / 1e6
}

// BreakEvenUtilization is the mean use of a unit above which it is cheaper than on demand: above 1 it never is. False
// if the load is worth nothing on demand, so that no use pays.
func (p *Provisioned) BreakEvenUtilization() (float64, bool) {
	u := p.UnitPerMonth / (p.TokensPerMinute * p.Minutes * p.OnDemandPerToken())
	return u, u >= 0 && !math.IsInf(u, 0)
}
