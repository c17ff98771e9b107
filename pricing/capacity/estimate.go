package capacity

import (
	"errors"
	"fmt"
	"math"
)

// Precision is how weights, or the cache of keys and values, are kept.
type Precision string

const (
	BF16  Precision = "bf16"
	FP8   Precision = "fp8"
	FP4   Precision = "fp4"   // weights only
	MXFP4 Precision = "mxfp4" // weights only
)

// Precisions are those that weights may have.
func Precisions() []Precision { return []Precision{BF16, FP8, FP4, MXFP4} }

// weightBytes is bytes a parameter, block scales and unquantised layers included (a judgement for the four-bit ones).
func (p Precision) weightBytes() (float64, error) {
	switch p {
	case BF16:
		return 2, nil
	case FP8:
		return 1, nil
	case FP4:
		return 0.60, nil
	case MXFP4:
		return 0.55, nil
	}
	return 0, fmt.Errorf("%q; want bf16, fp8, fp4 or mxfp4", string(p))
}

// kvShare is the size of a cached token against bf16.
func (p Precision) kvShare() (float64, error) {
	switch p {
	case BF16:
		return 1, nil
	case FP8:
		return 0.5, nil
	}
	return 0, fmt.Errorf("%q; want bf16 or fp8", string(p))
}

// Constants are the estimator's efficiencies: searched on 12 published measurements, then rounded.
type Constants struct {
	UsableMemory              float64 // share of memory an engine takes
	ReserveGB                 float64 // of it, per accelerator, for everything but weights and cache
	StepSeconds               float64 // engine overhead a step
	SequenceSeconds           float64 // and for each sequence in it
	AllReduceSeconds          float64 // latency of one
	WeightsDense, WeightsMoE  float64 // share of memory bandwidth reached reading weights
	KV                        float64 // the same for the cache
	Decode                    float64 // share of peak arithmetic reached while decoding
	PrefillDense, PrefillMoE  float64 // the same in prefill
	ConcurrencyPerAccelerator float64 // most requests at a time that "max" means
}

// DefaultConstants are those that docs/model.md explains.
func DefaultConstants() Constants {
	return Constants{UsableMemory: 0.9, ReserveGB: 3.76, StepSeconds: 0.003, SequenceSeconds: 3e-5,
		AllReduceSeconds: 8e-6,
		WeightsDense:     0.8, WeightsMoE: 0.5, KV: 0.55, Decode: 0.35, PrefillDense: 0.55, PrefillMoE: 0.2,
		ConcurrencyPerAccelerator: 512}
}

// Replica is one copy of a model on Count accelerators, and the requests that it serves.
type Replica struct {
	Model           *OpenModel
	Accelerator     *Accelerator
	Count           int // accelerators, tensor or expert parallel; at least 1
	Precision       Precision
	KVPrecision     Precision // bf16 or fp8
	InputTokens     float64   // mean of a request, those that are in context
	CachedTokens    float64   // of InputTokens, read from a prefix cache: no prefill; the line format has none
	OutputTokens    float64   // mean of a request; above 0
	Concurrency     float64   // requests at a time, whole; 0: as many as fit, at most 512 an accelerator
	MinUserRate     float64   // tokens a second that each user must get; 0: none
	SeparatePrefill bool      // prompts are read on other machines (disaggregated serving)
}

// Bound says what a decoding step waits for.
type Bound string

const (
	MemoryBound  Bound = "memory"
	ComputeBound Bound = "compute"
)

// Range is a figure with the error of its estimate.
type Range struct {
	Low   float64 `json:"low"`
	Value float64 `json:"-"`
	High  float64 `json:"high"`
}

// Measured is a figure that somebody measured: no estimate's error. It wins over any estimate.
func Measured(v float64) Range { return Range{v, v, v} }

// Estimate is what one replica gives. Below Fits and Meets every figure needs both to be true.
type Estimate struct {
	Fits bool // weights and one request fit into memory
	// memory left for the cache, all accelerators of the replica; negative: what is missing
	FreeGB                 float64
	Meets                  bool // some concurrency reaches MinUserRate
	KVBytesPerToken        float64
	MaxConcurrency         float64 // requests whose cache fits
	Concurrency            float64 // requests at a time that the figures below are for
	MemoryMS               float64 // of a step: reading weights and cache
	ComputeMS              float64 // arithmetic
	CommunicationMS        float64 // between accelerators
	StepMS                 float64 // one token for every request
	PrefillMS              float64 // one prompt: the time to first token of an idle replica
	InterTokenMS           float64 // between two tokens of a user, prefill of others included
	OutputTokensPerSecond  Range   // of the replica
	TokensPerSecondPerUser float64
	Bound                  Bound
}

// spread is the range that published measurements ask for: x0.7 to x1.3 for a dense model, x0.6 to x1.6 for a mixture
// of experts, whose engines differ more.
func spread(v float64, mixture bool) Range {
	if mixture {
		return Range{v * 0.6, v, v * 1.6}
	}
	return Range{v * 0.7, v, v * 1.3}
}

// ErrNoLink says that an accelerator has no link on which several could serve one replica.
var ErrNoLink = errors.New("has no known link to others: count must be 1")

// Estimate computes what the replica gives. An error says what is not known; a replica that does not fit, or that no
// concurrency makes fast enough, is an answer.
func (c Constants) Estimate(r *Replica) (Estimate, error) {
	p, err := c.prepare(r)
	if err != nil {
		return Estimate{}, err
	}
	e := Estimate{FreeGB: p.freeGB, KVBytesPerToken: p.kv, Meets: true}
	most := 0.0
	if p.freeGB > 0 {
		most = math.Floor(p.freeGB * 1e9 / (p.context * p.kv))
	}
	if most < 1 {
		return e, nil
	}
	e.Fits, e.MaxConcurrency = true, most
	asked := r.Concurrency
	if asked == 0 {
		asked = c.ConcurrencyPerAccelerator * p.n
	}
	e.Concurrency = p.fastEnough(min(most, asked), r.MinUserRate)
	if e.Concurrency < 1 {
		e.Meets = false
		return e, nil
	}
	p.fill(&e)
	return e, nil
}

// fill sets the figures at e.Concurrency.
func (p *roofline) fill(e *Estimate) {
	s := p.step(e.Concurrency)
	perUser := p.userRate(e.Concurrency)
	e.MemoryMS, e.ComputeMS, e.CommunicationMS, e.StepMS = s.memory*1e3, s.compute*1e3, s.communication*1e3, s.total*1e3
	e.PrefillMS = p.prefill * 1e3
	e.InterTokenMS = (s.total + e.Concurrency*p.prefillHere/p.output) * 1e3
	e.TokensPerSecondPerUser = perUser
	e.OutputTokensPerSecond = spread(perUser*e.Concurrency, p.shape.mixture())
	e.Bound = ComputeBound
	if s.memory >= s.compute {
		e.Bound = MemoryBound
	}
}

// fastEnough is the largest whole b from 1 to most at which each user gets rate, 0 if there is none. The rate falls
// with b.
func (p *roofline) fastEnough(most, rate float64) float64 {
	if rate <= 0 || p.userRate(most) >= rate {
		return most
	}
	low, high := 0.0, most // low is fast enough or 0, high is not
	for high-low > 1 {
		middle := math.Floor((low + high) / 2)
		if p.userRate(middle) >= rate {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}
