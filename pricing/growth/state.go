package growth

import (
	"headroom/pricing/commitment"
)

// OfferMonth is what one offer does in a month.
type OfferMonth struct {
	Reached        bool    // a route of the month leads to it, or it has lots or a pool
	Requests, Mtok float64 // served; million tokens, input and output
	Usage, Fixed   float64 // in the plan's currency
	PeakTPM        float64 // normalised tokens a minute in the busiest load block, before spill
	PeakRPM        float64 // requests a minute in the busiest load block
	Absorbed       float64 // provisioned: share of the interactive requests that it served itself
	Utilization    float64 // provisioned: share of the capacity that is used
	Factor         float64 // average multiplier of the volume tiers
	Interactive    float64 // requests served, batch aside
}

// State is one evaluated month. Evaluate overwrites it: copy what is to be kept.
type State struct {
	Requests, Unserved float64 // of all workloads; refused ones included, and how many were refused
	Revenue            float64
	ListCost           float64
	Unallocated        float64 // list cost of capacity that no workload used
	Offers             []OfferMonth
	Bills              []float64 // list cost by provider
	Teams              []float64 // list cost by team
	Workloads          []float64 // requests by workload, refused ones included
	Costs              []float64 // list cost by workload
	Refused            []float64 // requests by refusal
	SegmentRequests    []float64
	SegmentRefused     []float64
	SegmentRevenue     []float64
	GPUs               []float64 // needed, by pool
	Megawatts          []float64 // needed, by site
	Statement          *commitment.Statement
	tpm, rpm           []float64 // offer x load block
}

// NewState makes room for the months of p.
func NewState(p *Program) *State {
	blocks := len(p.Profile)
	return &State{
		Offers:          make([]OfferMonth, len(p.Offers)),
		Bills:           make([]float64, p.Providers),
		Teams:           make([]float64, p.Teams),
		Workloads:       make([]float64, len(p.Workloads)),
		Costs:           make([]float64, len(p.Workloads)),
		Refused:         make([]float64, p.Refusals),
		SegmentRequests: make([]float64, len(p.Segments)),
		SegmentRefused:  make([]float64, len(p.Segments)),
		SegmentRevenue:  make([]float64, len(p.Segments)),
		GPUs:            make([]float64, len(p.Pools)),
		Megawatts:       make([]float64, len(p.Sites)),
		Statement:       p.Terms.NewStatement(p.Providers),
		tpm:             make([]float64, len(p.Offers)*blocks),
		rpm:             make([]float64, len(p.Offers)*blocks),
	}
}

func (s *State) clear() {
	clear(s.Offers)
	for _, list := range [...][]float64{s.Bills, s.Teams, s.Workloads, s.Costs, s.Refused, s.SegmentRequests,
		s.SegmentRefused,
		s.SegmentRevenue, s.GPUs, s.Megawatts, s.tpm, s.rpm} {
		clear(list)
	}
	s.Requests, s.Unserved, s.Revenue, s.ListCost, s.Unallocated = 0, 0, 0, 0, 0
}

// Accrual is list cost - discount + shortfall.
func (s *State) Accrual() float64 {
	return s.ListCost - s.Statement.Discount + s.Statement.Shortfall
}

// peaks finds the busiest load block of every offer.
func (p *Program) peaks(s *State) {
	for o := range s.Offers {
		s.peak(o, len(p.Profile))
	}
}

func (s *State) peak(o, blocks int) {
	offer := &s.Offers[o]
	for k := o * blocks; k < (o+1)*blocks; k++ {
		offer.PeakTPM = max(offer.PeakTPM, s.tpm[k])
		offer.PeakRPM = max(offer.PeakRPM, s.rpm[k])
	}
}
