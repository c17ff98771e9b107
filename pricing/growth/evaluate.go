package growth

import (
	"headroom/pricing/commitment"
)

// Evaluate works out month m for the given users of each segment: requests, loads, spill, cost, revenue and the bill,
// settled from the given balance, which it does not change.
func (p *Program) Evaluate(m int, users []float64, balance *commitment.Balance, s *State) {
	s.clear()
	p.ask(m, users, s)
	rows := p.MonthRows(m)
	for i := range rows {
		p.load(m, &rows[i], s)
	}
	p.peaks(s)
	for _, o := range p.provisioned {
		p.spill(m, o, s)
	}
	for i := range rows {
		p.serve(m, &rows[i], s)
	}
	p.charge(m, s)
	for i := range rows {
		p.bill(m, &rows[i], s)
	}
	p.settle(m, balance, s)
	p.earn(m, users, s)
}

// ask counts the requests of every workload.
func (p *Program) ask(m int, users []float64, s *State) {
	for i := range p.Workloads {
		w := &p.Workloads[i]
		requests := users[w.Segment] * w.Requests[m]
		s.Workloads[i] = requests
		s.SegmentRequests[w.Segment] += requests
		s.Requests += requests
	}
	for o := range p.Offers {
		s.Offers[o].Reached = p.Offers[o].Listed
	}
}

// load puts the load of a row on its offer, block by block. Batch requests add cost, never load.
func (p *Program) load(m int, row *Row, s *State) {
	if row.Offer == Nobody {
		return
	}
	s.Offers[row.Offer].Reached = true
	rate := s.Workloads[row.Workload] * row.Share * (1 - row.Batch) / p.Minutes[m]
	from := row.Offer * len(p.Profile)
	for k, multiplier := range p.Workloads[row.Workload].Multipliers {
		s.rpm[from+k] += rate * multiplier
		s.tpm[from+k] += rate * multiplier * row.Load
	}
}

// spill finds the share of the load that a provisioned offer absorbs, and hands the excess of each load block on.
func (p *Program) spill(m, o int, s *State) {
	offer, month, blocks := &p.Offers[o], &s.Offers[o], len(p.Profile)
	target, capacity := offer.Spill[m], offer.Capacity[m]
	kept, offered := 0.0, 0.0
	for k, share := range p.Profile {
		load := s.tpm[o*blocks+k]
		kept += share * min(capacity, load)
		offered += share * load
		if load > capacity && target != Nobody {
			s.tpm[target*blocks+k] += load - capacity
			s.rpm[target*blocks+k] += s.rpm[o*blocks+k] * (load - capacity) / load
		}
	}
	month.Absorbed = 1
	if offered > 0 {
		month.Absorbed = kept / offered
	}
	if capacity > 0 {
		month.Utilization = kept / capacity
	}
	if target != Nobody {
		s.Offers[target].Reached = true
		s.peak(target, blocks)
	}
}

// serve counts a row's requests where they are served, or as refused.
func (p *Program) serve(m int, row *Row, s *State) {
	requests := s.Workloads[row.Workload] * row.Share
	if row.Offer == Nobody {
		p.refuse(row, requests, s)
		return
	}
	offer := &s.Offers[row.Offer]
	kept, excess := p.split(row, requests, s)
	offer.Requests += kept + requests*row.Batch
	offer.Interactive += kept
	offer.Mtok += requests * row.Mtok
	if excess == 0 {
		return
	}
	target := p.Offers[row.Offer].Spill[m]
	if target == Nobody {
		p.refuse(row, excess, s)
		return
	}
	s.Offers[target].Requests += excess
	s.Offers[target].Interactive += excess
	s.Offers[target].Mtok += excess * row.SpilledMtok
}

// split parts a row's interactive requests into those that its offer serves and the excess of a provisioned one.
func (p *Program) split(row *Row, requests float64, s *State) (kept, excess float64) {
	interactive := requests * (1 - row.Batch)
	if !p.Offers[row.Offer].Provisioned {
		return interactive, 0
	}
	kept = s.Offers[row.Offer].Absorbed * interactive
	return kept, interactive - kept
}

func (p *Program) refuse(row *Row, requests float64, s *State) {
	s.Refused[row.Refusal] += requests
	s.SegmentRefused[p.Workloads[row.Workload].Segment] += requests
	s.Unserved += requests
}

// earn is users x revenue per user x the served share of the segment's requests; without requests the share is 1.
func (p *Program) earn(m int, users []float64, s *State) {
	for i := range p.Segments {
		served := 1.0
		if s.SegmentRequests[i] > 0 {
			served = 1 - s.SegmentRefused[i]/s.SegmentRequests[i]
		}
		s.SegmentRevenue[i] = users[i] * p.Segments[i].Revenue[m] * served
		s.Revenue += s.SegmentRevenue[i]
	}
}
