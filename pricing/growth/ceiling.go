package growth

import (
	"headroom/pricing/limit"
)

// load is what a physical limit holds at scale x, and how much more one more unit of scale asks for. Loads rise with x
// and bend upwards only, where provisioned capacity is full and its excess comes on top.
func (r *ray) load(l *Limit, x float64) (load, slope float64) {
	switch l.Kind.Unit() {
	case limit.Megawatts:
		for _, pool := range r.p.Sites[l.Subject] {
			gpus, more := r.gpus(pool, x)
			load += gpus * r.p.Pools[pool].Megawatts
			slope += more * r.p.Pools[pool].Megawatts
		}
		return load, slope
	case limit.Accelerators:
		return r.gpus(l.Subject, x)
	case limit.TokensPerMinute:
		return r.offerLoad(l.Subject, x, r.tpm, r.peakTPM)
	case limit.RequestsPerMinute:
		return r.offerLoad(l.Subject, x, r.rpm, r.peakRPM)
	case limit.Uncounted, limit.MoneyPerMonth, limit.Balance, limit.Share:
	}
	return 0, 0 // money has a slack instead
}

// gpus is the number of GPUs that a pool needs: its offers' busiest blocks, each by itself.
func (r *ray) gpus(pool int, x float64) (gpus, slope float64) {
	for _, o := range r.p.Pools[pool].Offers {
		load, more := r.offerLoad(o, x, r.tpm, r.peakTPM)
		gpus += load / r.p.Pools[pool].PerGPU
		slope += more / r.p.Pools[pool].PerGPU
	}
	return gpus, slope
}

// offerLoad is the load of an offer's busiest block, in tokens or requests a minute as blocks and peaks say.
func (r *ray) offerLoad(o int, x float64, blocks, peaks []float64) (load, slope float64) {
	if !r.fed[o] {
		return x * peaks[o], peaks[o]
	}
	for k := range r.p.Profile {
		block, more := r.blockLoad(o, k, x, blocks)
		if block > load || block == load && more > slope {
			load, slope = block, more
		}
	}
	return load, slope
}

// blockLoad is the load of one block: the offer's own and the excess of the provisioned offers that spill to it, in
// requests in proportion to tokens.
func (r *ray) blockLoad(o, k int, x float64, blocks []float64) (load, slope float64) {
	n := len(r.p.Profile)
	load, slope = x*blocks[o*n+k], blocks[o*n+k]
	for _, from := range r.p.spilling {
		offer := &r.p.Offers[from]
		if offer.Spill[r.m] != o {
			continue
		}
		offered := r.tpm[from*n+k]
		if excess := x*offered - offer.Capacity[r.m]; excess > 0 {
			load += excess * (blocks[from*n+k] / offered)
			slope += blocks[from*n+k]
		}
	}
	return load, slope
}

// bends reports whether the load of a limit is not proportional to the scale.
func (r *ray) bends(l *Limit) bool {
	switch l.Kind.Subject() {
	case limit.OfSite:
		for _, pool := range r.p.Sites[l.Subject] {
			if r.poolBends(pool) {
				return true
			}
		}
		return false
	case limit.OfPool:
		return r.poolBends(l.Subject)
	case limit.OfOffer:
		return r.fed[l.Subject]
	case limit.OfProvider, limit.OfPlan, limit.OfRoute:
	}
	return false
}

func (r *ray) poolBends(pool int) bool {
	for _, o := range r.p.Pools[pool].Offers {
		if r.fed[o] {
			return true
		}
	}
	return false
}

// physical is the window of a physical limit: an empty month always fits.
func (r *ray) physical(l *Limit) Window {
	high := r.scaleAt(l, l.Capacity[r.m], largest())
	switch {
	case high >= largest():
		high = never()
	case high < smallest():
		high = 0
	}
	return Window{High: high}
}

// scaleAt is the scale at which a limit's load reaches a capacity, at most the given scale; +Inf when nothing loads it.
// The load of a limit that does not bend is proportional to the scale; else Newton's steps from above reach the piece
// that holds the answer and then are exact.
func (r *ray) scaleAt(l *Limit, capacity, most float64) float64 {
	if !r.bends(l) {
		load, _ := r.load(l, 1)
		if load == 0 {
			return never()
		}
		return capacity / load
	}
	x := 1.0
	for load, _ := r.load(l, x); load <= capacity; load, _ = r.load(l, x) {
		if x *= 2; x > most {
			return x
		}
	}
	for range 200 {
		load, slope := r.load(l, x)
		next := x - (load-capacity)/slope
		if load <= capacity || slope == 0 || next >= x {
			break
		}
		x = max(next, 0)
	}
	return x
}

// slopeAbove is how fast a limit's load rises just above scale x; below the smallest scale nothing is told apart.
func (r *ray) slopeAbove(l *Limit, x float64) float64 {
	_, slope := r.load(l, max(x*(1+1e-9), smallest()))
	return slope
}
