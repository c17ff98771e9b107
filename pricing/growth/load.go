package growth

// Multipliers appends to out a workload's load multipliers, one per load block of the profile, from its busiest block
// against its mean: with one block the load is flat, with two the second block takes what the first leaves, so that
// sum(profile x multipliers) = 1. Three or more blocks need multipliers of their own: none are appended.
func Multipliers(out, profile []float64, peakToAverage float64) []float64 {
	switch len(profile) {
	case 1:
		return append(out, 1)
	case 2:
		first := profile[0]
		return append(out, peakToAverage, (1-first*peakToAverage)/(1-first))
	default:
		return out
	}
}

// Normalised is the number of tokens that one request counts for against a quota or a provisioned unit.
type Normalised struct {
	Input, Output float64 // tokens per request
	CacheRead     float64 // share of input
	CachedWeight  float64 // what a cached token counts, of an uncached one
	OutputWeight  float64 // what an output token counts, of an input one
}

// Tokens is in (1 - h) + weight x in h + weight x out.
func (n Normalised) Tokens() float64 {
	return n.Input*(1-n.CacheRead) + n.Input*n.CacheRead*n.CachedWeight + n.Output*n.OutputWeight
}
