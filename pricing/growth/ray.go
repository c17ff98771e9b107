package growth

import (
	"headroom/pricing/commitment"
)

// ray is one month as a function of a scale x: the month with x times some users of each segment. Loads are linear in x
// up to the point where provisioned capacity is full, cost is linear between the edges of volume tiers, and settlement
// is linear between the kinks of commitments and credits, so that figures of the ray are sums over offers and providers
// rather than over routes. It answers what the window of every limit needs; Evaluate gives the figures of the month.
type ray struct {
	p       *Program
	m       int
	balance *commitment.Balance
	users   []float64 // at x = 1
	total   float64   // sum of users

	requests []float64 // by segment
	refused  []float64 // by segment: requests that nothing serves, whatever the scale
	tpm, rpm []float64 // offer x load block, before spill
	peakTPM  []float64 // by offer: the busiest load block
	peakRPM  []float64
	fed      []bool // by offer: excess may reach it
	usage    []float64
	mtok     []float64
	spilled  []overflow
	linear   []float64 // by provider: usage cost of offers without volume tiers
	revenue  float64   // what is refused for want of an offer taken off

	bills     []float64 // scratch, by provider
	extra     []float64 // scratch, by offer: spilled usage and million tokens of offers with volume tiers
	extraMtok []float64
	statement *commitment.Statement
	grid      []float64 // slacks of the money limits at the powers of two, by step; see slacksAt
	known     []bool
	room      bends
}

// overflow is what a provisioned offer hands on, or refuses, at full overflow.
type overflow struct {
	mean       float64 // normalised tokens a minute, averaged over the month
	cost, mtok float64 // at the offer that takes it
	lost       float64 // revenue of the requests, when nobody takes them
}

// money is what the ray comes to at one scale.
type money struct{ revenue, accrual, cash float64 }

func newRay(p *Program) *ray {
	offers, blocks, moneys := len(p.Offers), len(p.Profile), len(p.Limits)-p.money
	return &ray{p: p,
		users: make([]float64, len(p.Segments)), requests: make([]float64, len(p.Segments)),
		refused: make([]float64, len(p.Segments)),
		tpm:     make([]float64, offers*blocks), rpm: make([]float64, offers*blocks),
		peakTPM: make([]float64, offers), peakRPM: make([]float64, offers), fed: make([]bool, offers),
		usage: make([]float64, offers), mtok: make([]float64, offers), spilled: make([]overflow, offers),
		linear: make([]float64, p.Providers), bills: make([]float64, p.Providers),
		extra: make([]float64, offers), extraMtok: make([]float64, offers),
		statement: p.Terms.NewStatement(p.Providers),
		grid:      make([]float64, (2*steps+2)*moneys), known: make([]bool, 2*steps+2),
	}
}

// aim points the ray at month m and some users. The balance is read whenever money is asked for.
func (r *ray) aim(m int, users []float64, balance *commitment.Balance) {
	r.m, r.balance, r.total, r.revenue = m, balance, 0, 0
	copy(r.users, users)
	for _, list := range [...][]float64{r.requests, r.refused, r.tpm, r.rpm, r.peakTPM, r.peakRPM, r.usage,
		r.mtok, r.linear} {
		clear(list)
	}
	clear(r.fed)
	clear(r.spilled)
	clear(r.known)
	for i := range r.p.Workloads {
		w := &r.p.Workloads[i]
		r.requests[w.Segment] += users[w.Segment] * w.Requests[m]
	}
	for i, u := range users {
		r.total += u
		r.revenue += u * r.p.Segments[i].Revenue[m]
	}
	rows := r.p.MonthRows(m)
	for i := range rows {
		r.add(&rows[i])
	}
	r.close()
}

// add adds one row at x = 1.
func (r *ray) add(row *Row) {
	w := &r.p.Workloads[row.Workload]
	requests := r.users[w.Segment] * w.Requests[r.m] * row.Share
	if row.Offer == Nobody {
		r.refused[w.Segment] += requests
		r.revenue -= r.worth(w.Segment, requests)
		return
	}
	interactive := requests * (1 - row.Batch)
	rate, from := interactive/r.p.Minutes[r.m], row.Offer*len(r.p.Profile)
	for k, multiplier := range w.Multipliers {
		r.rpm[from+k] += rate * multiplier
		r.tpm[from+k] += rate * multiplier * row.Load
	}
	r.usage[row.Offer] += interactive*row.Interactive + requests*row.Batch*row.BatchCost
	r.mtok[row.Offer] += requests * row.Mtok
	if offer := &r.p.Offers[row.Offer]; offer.Provisioned {
		over := &r.spilled[row.Offer]
		over.cost += interactive * row.Spilled
		over.mtok += interactive * row.SpilledMtok
		if offer.Spill[r.m] == Nobody {
			over.lost += r.worth(w.Segment, interactive)
		}
	}
}

// worth is the revenue that goes with some of a segment's requests.
func (r *ray) worth(segment int, requests float64) float64 {
	if r.requests[segment] == 0 {
		return 0
	}
	return r.users[segment] * r.p.Segments[segment].Revenue[r.m] * requests / r.requests[segment]
}

// close sums up what was added.
func (r *ray) close() {
	blocks := len(r.p.Profile)
	for o := range r.p.Offers {
		for k := o * blocks; k < (o+1)*blocks; k++ {
			r.peakTPM[o] = max(r.peakTPM[o], r.tpm[k])
			r.peakRPM[o] = max(r.peakRPM[o], r.rpm[k])
		}
		if offer := &r.p.Offers[o]; len(offer.Tiers) == 0 {
			r.linear[offer.Provider] += r.usage[o]
		}
	}
	for _, o := range r.p.provisioned {
		for k, share := range r.p.Profile {
			r.spilled[o].mean += share * r.tpm[o*blocks+k]
		}
		if target := r.p.Offers[o].Spill[r.m]; target != Nobody && r.spilled[o].mean > 0 {
			r.fed[target] = true
		}
	}
}

// at is the money of the ray at scale x; the statement and the bills are left in r.
func (r *ray) at(x float64) money {
	p := r.p
	fixed := p.fixed[r.m*p.Providers : (r.m+1)*p.Providers]
	for i, cost := range fixed {
		r.bills[i] = cost + x*r.linear[i]
	}
	for _, o := range p.tiered {
		r.extra[o], r.extraMtok[o] = 0, 0
	}
	revenue := x * r.revenue
	for _, o := range p.provisioned {
		revenue -= r.overflow(o, x)
	}
	for _, o := range p.tiered {
		r.bills[p.Offers[o].Provider] += (x*r.usage[o] + r.extra[o]) * TierFactor(p.Offers[o].Tiers,
			x*r.mtok[o]+r.extraMtok[o])
	}
	accrual := p.loose[r.m]
	for _, bill := range r.bills {
		accrual += bill
	}
	p.Terms.Settle(r.m, r.bills, r.balance, r.statement)
	accrual += r.statement.Shortfall - r.statement.Discount
	return money{revenue, accrual, accrual - r.statement.Credits}
}

// overflow bills what a provisioned offer cannot absorb to the offer that takes it, and returns the revenue that is
// lost when none does.
func (r *ray) overflow(o int, x float64) float64 {
	over := &r.spilled[o]
	if over.mean == 0 {
		return 0
	}
	share := r.excess(o, x) / over.mean
	if share == 0 {
		return 0
	}
	if target := r.p.Offers[o].Spill[r.m]; target != Nobody {
		if offer := &r.p.Offers[target]; len(offer.Tiers) > 0 {
			r.extra[target] += share * over.cost
			r.extraMtok[target] += share * over.mtok
		} else {
			r.bills[offer.Provider] += share * over.cost
		}
	}
	return share * over.lost
}

// excess is the load beyond a provisioned offer's capacity, in normalised tokens a minute averaged over the month.
func (r *ray) excess(o int, x float64) float64 {
	capacity, sum, from := r.p.Offers[o].Capacity[r.m], 0.0, o*len(r.p.Profile)
	for k, share := range r.p.Profile {
		sum += share * max(0, x*r.tpm[from+k]-capacity)
	}
	return sum
}

// list is the list cost at scale x.
func (r *ray) list(x float64) float64 {
	r.at(x)
	sum := r.p.loose[r.m]
	for _, bill := range r.bills {
		sum += bill
	}
	return sum
}
