package growth

import (
	"headroom/pricing/commitment"
)

// charge finds the average volume multiplier of every offer, charges lots and pools, and says what machines are needed.
func (p *Program) charge(m int, s *State) {
	for o := range s.Offers {
		offer := &s.Offers[o]
		offer.Factor = TierFactor(p.Offers[o].Tiers, offer.Mtok)
		if fixed := p.Offers[o].Fixed; fixed != nil {
			offer.Fixed = fixed[m]
		}
	}
	for i := range p.Pools {
		p.chargePool(i, m, s)
	}
	for o := range s.Offers {
		offer := &s.Offers[o]
		s.Bills[p.Offers[o].Provider] += offer.Fixed
		s.ListCost += offer.Fixed
		if offer.Interactive == 0 {
			s.Unallocated += offer.Fixed
		}
	}
	for i, pools := range p.Sites {
		for _, pool := range pools {
			s.Megawatts[i] += s.GPUs[pool] * p.Pools[pool].Megawatts
		}
	}
}

// chargePool charges a pool's machines once: to its offers by the normalised load that each absorbs, to the first of
// them when there is none, to nobody when no offer names the pool.
func (p *Program) chargePool(i, m int, s *State) {
	pool := &p.Pools[i]
	if len(pool.Offers) == 0 {
		s.ListCost += pool.Cost[m]
		s.Unallocated += pool.Cost[m]
		return
	}
	total := 0.0
	for _, o := range pool.Offers {
		total += s.meanLoad(o, p.Profile)
		s.GPUs[i] += s.Offers[o].PeakTPM / pool.PerGPU
	}
	if total == 0 {
		s.Offers[pool.Offers[0]].Fixed += pool.Cost[m]
		return
	}
	for _, o := range pool.Offers {
		s.Offers[o].Fixed += pool.Cost[m] * s.meanLoad(o, p.Profile) / total
	}
}

// meanLoad is the normalised tokens a minute of an offer, averaged over the month.
func (s *State) meanLoad(o int, profile []float64) float64 {
	mean := 0.0
	for k, share := range profile {
		mean += share * s.tpm[o*len(profile)+k]
	}
	return mean
}

// bill charges a row's requests to its offer, workload and team: by token on demand, by the interactive requests that
// it absorbed where the offer's cost is fixed.
func (p *Program) bill(m int, row *Row, s *State) {
	if row.Offer == Nobody {
		return
	}
	requests := s.Workloads[row.Workload] * row.Share
	usage := requests * ((1-row.Batch)*row.Interactive + row.Batch*row.BatchCost) * s.Offers[row.Offer].Factor
	kept, excess := p.split(row, requests, s)
	fixed := s.fixedShare(row.Offer, kept)
	p.use(row.Offer, usage, s)
	if target := p.SpillTarget(row.Offer, m); excess > 0 && target != Nobody {
		spilled := excess * row.Spilled * s.Offers[target].Factor
		p.use(target, spilled, s)
		usage += spilled
		fixed += s.fixedShare(target, excess)
	}
	s.Costs[row.Workload] += usage + fixed
	s.Teams[p.Workloads[row.Workload].Team] += usage + fixed
}

// SpillTarget is the offer that takes the excess of offer o in month m; Nobody when it is not provisioned.
func (p *Program) SpillTarget(o, m int) int {
	if !p.Offers[o].Provisioned {
		return Nobody
	}
	return p.Offers[o].Spill[m]
}

func (p *Program) use(o int, cost float64, s *State) {
	s.Offers[o].Usage += cost
	s.Bills[p.Offers[o].Provider] += cost
	s.ListCost += cost
}

// fixedShare is what some of the interactive requests that an offer served carry of its fixed cost.
func (s *State) fixedShare(o int, requests float64) float64 {
	offer := &s.Offers[o]
	if offer.Interactive == 0 || offer.Fixed == 0 {
		return 0
	}
	return offer.Fixed * requests / offer.Interactive
}

func (p *Program) settle(m int, balance *commitment.Balance, s *State) {
	p.Terms.Settle(m, s.Bills, balance, s.Statement)
}
