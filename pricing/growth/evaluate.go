package growth

// Evaluate works out month m for the given users of each segment: requests, loads, cost and revenue.
func (p *Program) Evaluate(m int, users []float64, s *State) {
	s.clear()
	p.ask(m, users, s)
	rows := p.MonthRows(m)
	for i := range rows {
		p.serve(m, &rows[i], s)
	}
	p.peaks(s)
	p.tiers(m, s)
	for i := range rows {
		p.bill(&rows[i], s)
	}
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
}

// serve puts the requests and the load of a row on its offer, or counts them as refused. Batch requests add cost, never
// load.
func (p *Program) serve(m int, row *Row, s *State) {
	requests := s.Workloads[row.Workload] * row.Share
	if row.Offer == Nobody {
		s.Refused[row.Refusal] += requests
		s.SegmentRefused[p.Workloads[row.Workload].Segment] += requests
		s.Unserved += requests
		return
	}
	offer := &s.Offers[row.Offer]
	offer.Reached = true
	offer.Requests += requests
	offer.Mtok += requests * row.Mtok
	rate := requests * (1 - row.Batch) / p.Minutes[m]
	blocks := len(p.Profile)
	for k, multiplier := range p.Workloads[row.Workload].Multipliers {
		s.rpm[row.Offer*blocks+k] += rate * multiplier
		s.tpm[row.Offer*blocks+k] += rate * multiplier * row.Load
	}
}

// peaks finds the busiest load block of every offer.
func (p *Program) peaks(s *State) {
	blocks := len(p.Profile)
	for o := range s.Offers {
		for k := range blocks {
			s.Offers[o].PeakTPM = max(s.Offers[o].PeakTPM, s.tpm[o*blocks+k])
			s.Offers[o].PeakRPM = max(s.Offers[o].PeakRPM, s.rpm[o*blocks+k])
		}
	}
}

// tiers finds the average volume multiplier of every offer and charges its lots.
func (p *Program) tiers(m int, s *State) {
	for o := range s.Offers {
		s.Offers[o].factor = TierFactor(p.Offers[o].Tiers, s.Offers[o].Mtok)
		if fixed := p.Offers[o].Fixed; fixed != nil {
			s.Offers[o].Fixed = fixed[m]
			s.ListCost += fixed[m]
		}
	}
}

// bill charges a row's requests to its offer, workload and team.
func (p *Program) bill(row *Row, s *State) {
	if row.Offer == Nobody {
		return
	}
	requests := s.Workloads[row.Workload] * row.Share
	cost := requests * ((1-row.Batch)*row.Interactive + row.Batch*row.BatchCost) * s.Offers[row.Offer].factor
	s.Offers[row.Offer].Usage += cost
	s.Costs[row.Workload] += cost
	s.Teams[p.Workloads[row.Workload].Team] += cost
	s.ListCost += cost
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
