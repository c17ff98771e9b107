package growth

import (
	"headroom/pricing/commitment"
	"headroom/pricing/limit"
)

// Nobody is the offer of a row whose requests are refused, and every other index that leads nowhere.
const Nobody = -1

// Row is one route of one workload in one month, or the share that no route serves. What does not depend on the number
// of users is worked out already.
type Row struct {
	Workload int // index
	Offer    int // index of the offer that serves, after retirements; Nobody: the requests are refused
	Refusal  int // index of the workload and named offer that a refusal counts under; -1 when nothing can be refused
	Share    float64
	Batch    float64 // share of the requests that are batch
	// Interactive and BatchCost are the cost of one request in the plan's currency, before volume tiers.
	Interactive, BatchCost float64
	Mtok                   float64 // million tokens per request, input and output
	Load                   float64 // normalised tokens per request
	// Spilled and SpilledMtok are Interactive and Mtok at the offer that takes the excess of a provisioned one.
	Spilled, SpilledMtok float64
}

// Segment is who uses the product, by month.
type Segment struct{ Users, Revenue []float64 } // demanded users; revenue per user

// Workload is what they ask for.
type Workload struct {
	Segment, Team int
	Requests      []float64 // per user, by month: requests a day x days x season
	Multipliers   []float64 // one per load block
}

// Offer is what serves them. Units, Capacity and Spill are those of a provisioned offer, by month.
type Offer struct {
	Provisioned bool
	Provider    int // who bills
	Pool        int // Nobody: none
	Listed      bool
	Tiers       []Tier
	Fixed       []float64 // cost of the offer's own active lots by month; nil: none
	Units       []float64
	Capacity    []float64 // normalised tokens a minute
	Spill       []int     // offer that takes the excess; Nobody: the excess is refused
}

// Pool is a fleet of GPUs that offers share.
type Pool struct {
	Offers    []int
	PerGPU    float64   // normalised tokens a minute that one GPU serves
	Megawatts float64   // of one GPU, cooling included
	Cost      []float64 // of the active lots by month
}

// Program is one alternative of a plan, compiled. It is read only and may be shared.
type Program struct {
	Months      int
	Segments    []Segment
	Workloads   []Workload
	Offers      []Offer
	Pools       []Pool
	Sites       [][]int // pools of each site
	Providers   int
	Teams       int
	Refusals    int       // how many pairs of workload and named offer can be refused
	Profile     []float64 // share of the month's minutes by load block
	Minutes     []float64 // by month
	Rows        []Row     // all months, in month order, then workload, then route
	Starts      []int     // rows of month m are Rows[Starts[m]:Starts[m+1]]
	Limits      []Limit   // in the order that resolves ties
	Terms       *commitment.Terms
	OpeningCash float64
	Flow        []float64 // by month: funding - other operating expense
	// LostUsersStay: next month's demand of a segment is multiplied by its served share.
	LostUsersStay bool

	provisioned, tiered []int     // offers
	spilling            []int     // provisioned offers that spill in some month
	fixed               []float64 // month x provider
	loose               []float64 // by month: pools that no offer names
	money               int       // index of the first money limit
}

// Finish works out what several parts of the evaluation need. It is called once, when offers, pools, limits and terms
// are in place; rows may follow.
func (p *Program) Finish() {
	p.fixed, p.loose = make([]float64, p.Months*p.Providers), make([]float64, p.Months)
	p.Refresh()
	for o := range p.Offers {
		offer := &p.Offers[o]
		if offer.Provisioned {
			p.provisioned = append(p.provisioned, o)
			if spills(offer.Spill) {
				p.spilling = append(p.spilling, o)
			}
		}
		if len(offer.Tiers) > 0 {
			p.tiered = append(p.tiered, o)
		}
	}
	p.money = len(p.Limits)
	for l := range p.Limits {
		if !p.Limits[l].Kind.Physical() {
			p.money = min(p.money, l)
		}
	}
}

// Refresh sums up again what offers and pools cost whatever is served, after their costs have changed in place.
func (p *Program) Refresh() {
	clear(p.fixed)
	clear(p.loose)
	for o := range p.Offers {
		offer := &p.Offers[o]
		for m, cost := range offer.Fixed {
			p.fixed[m*p.Providers+offer.Provider] += cost
		}
	}
	for i := range p.Pools {
		p.addPool(&p.Pools[i])
	}
}

func spills(targets []int) bool {
	for _, target := range targets {
		if target != Nobody {
			return true
		}
	}
	return false
}

func (p *Program) addPool(pool *Pool) {
	for m, cost := range pool.Cost {
		if len(pool.Offers) == 0 {
			p.loose[m] += cost
		} else {
			p.fixed[m*p.Providers+p.Offers[pool.Offers[0]].Provider] += cost
		}
	}
}

// MonthRows are the rows of month m.
func (p *Program) MonthRows(m int) []Row { return p.Rows[p.Starts[m]:p.Starts[m+1]] }

// boosted is the program with every physical capacity, and every budget, multiplied; lots cost what they did.
func (p *Program) boosted(physical, budget float64) *Program {
	q := *p
	q.Limits = append([]Limit(nil), p.Limits...)
	for l := range q.Limits {
		switch one := &q.Limits[l]; {
		case one.Kind.Physical():
			one.Capacity = scaled(one.Capacity, physical)
		case one.Kind == limit.Budget:
			one.Capacity = scaled(one.Capacity, budget)
		}
	}
	q.Offers = append([]Offer(nil), p.Offers...)
	for o := range q.Offers {
		q.Offers[o].Capacity = scaled(q.Offers[o].Capacity, physical)
	}
	return &q
}

func scaled(list []float64, by float64) []float64 {
	if by == 1 || list == nil {
		return list
	}
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = v * by
	}
	return out
}
