package capacity

import (
	"fmt"
	"math"
)

// roofline is a replica in the units of the formulas: seconds, bytes, FLOP.
type roofline struct {
	c         Constants
	shape     Shape
	n         float64 // accelerators
	context   float64 // mean tokens in context of a request: input + output/2
	output    float64
	kv        float64 // cache bytes a token
	weight    float64 // bytes a parameter
	bandwidth float64 // bytes a second, all accelerators
	peak, peak16,
	link float64 // FLOP/s of all accelerators at the precision and at bf16; bytes a second one way of one
	freeGB      float64
	eWeights    float64
	prefill     float64 // seconds a prompt
	prefillHere float64 // of it, on these accelerators: 0 with separate prefill
}

func (c Constants) prepare(r *Replica) (*roofline, error) {
	shape, err := r.Model.Shape()
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	weight, err := r.Precision.weightBytes()
	if err != nil {
		return nil, fmt.Errorf("precision: %w", err)
	}
	kvShare, err := r.KVPrecision.kvShare()
	if err != nil {
		return nil, fmt.Errorf("kv_precision: %w", err)
	}
	a, n := r.Accelerator, float64(r.Count)
	if r.Count > 1 && !a.LinkGBs.Known {
		return nil, fmt.Errorf("accelerator: %s %w", a.Name, ErrNoLink)
	}
	p := &roofline{c: c, shape: shape, n: n, context: r.InputTokens + r.OutputTokens/2, output: r.OutputTokens,
		kv: shape.KVBytesBF16 * kvShare, weight: weight, bandwidth: n * a.BandwidthGBs * 1e9,
		peak: n * a.peak(r.Precision), peak16: n * a.BF16TFLOPS * 1e12, link: a.LinkGBs.Value * 1e9,
		freeGB:   n*(a.MemoryGB*c.UsableMemory-c.ReserveGB) - shape.Total/1e9*weight,
		eWeights: c.WeightsDense}
	if shape.mixture() {
		p.eWeights = c.WeightsMoE
	}
	p.setPrefill(r)
	return p, nil
}

// setPrefill computes the time of one prompt: every parameter once a token, and causal attention.
func (p *roofline) setPrefill(r *Replica) {
	efficiency := p.c.PrefillDense
	if p.shape.mixture() {
		efficiency = p.c.PrefillMoE
	}
	in := r.InputTokens - r.CachedTokens
	p.prefill = 2*p.shape.Active*in/(p.peak*efficiency) + 2*in*in*p.shape.Query*p.shape.Layers/(p.peak16*efficiency)
	if !r.SeparatePrefill {
		p.prefillHere = p.prefill
	}
}

// readParams is the parameters that a step with b tokens reads: all of a dense model; of a mixture all but the routed
// experts, and those experts that b tokens touch.
func (p *roofline) readParams(b float64) float64 {
	s := &p.shape
	if !s.mixture() || s.TopK >= s.Experts {
		return s.Total
	}
	chosen := s.TopK / s.Experts
	routed := (s.Total - s.Active) / (1 - chosen)
	return s.Total - routed + routed*(1-math.Pow(1-chosen, b))
}

type stepTime struct{ memory, compute, communication, total float64 } // seconds

// step is the time in which b requests get one token each.
func (p *roofline) step(b float64) stepTime {
	s := &p.shape
	sequences := b // of one accelerator
	if s.mixture() {
		sequences = b / p.n // attention is data parallel
	}
	t := stepTime{
		memory:  p.readParams(b)*p.weight/(p.bandwidth*p.eWeights) + b*p.context*p.kv/(p.bandwidth*p.c.KV),
		compute: 2*s.Active*b/(p.peak*p.c.Decode) + 4*b*p.context*s.Query*s.Layers/(p.peak16*p.c.Decode),
	}
	if p.n > 1 {
		t.communication = 2 * s.Layers * (p.c.AllReduceSeconds + 2*(p.n-1)/p.n*sequences*s.Hidden*2/p.link)
	}
	t.total = max(t.memory, t.compute) + t.communication + p.c.StepSeconds + p.c.SequenceSeconds*sequences
	return t
}

// userRate is output tokens a second of one of b users, prefill of all b on the same accelerators.
func (p *roofline) userRate(b float64) float64 {
	return p.output / (b*p.prefillHere + p.output*p.step(b).total)
}
