package growth

// Nobody is the offer of a row whose requests are refused.
const Nobody = -1

// Row is one route of one workload in one month, or the share that no route serves. What does not depend on the number
// of users is worked out already.
type Row struct {
	Workload int // index
	Offer    int // index of the offer that serves, after retirements; Nobody: the requests are refused
	Refusal  int // index of the workload and named offer that a refusal counts under; -1 when served
	Share    float64
	Batch    float64 // share of the requests that are batch
	// Interactive and BatchCost are the cost of one request in the plan's currency, before volume tiers.
	Interactive, BatchCost float64
	Mtok                   float64 // million tokens per request, input and output
	Load                   float64 // normalised tokens per request
}

// Segment is who uses the product, by month.
type Segment struct{ Users, Revenue []float64 } // demanded users; revenue per user

// Workload is what they ask for.
type Workload struct {
	Segment, Team int
	Requests      []float64 // per user, by month: requests a day x days x season
	Multipliers   []float64 // one per load block
}

// Offer is what serves them.
type Offer struct {
	Tiers []Tier
	Fixed []float64 // cost of the active lots by month; nil: none
}

// Program is one alternative of a plan, compiled. It is read only and may be shared.
type Program struct {
	Months    int
	Segments  []Segment
	Workloads []Workload
	Offers    []Offer
	Teams     int
	Refusals  int       // how many pairs of workload and named offer can be refused
	Profile   []float64 // share of the month's minutes by load block
	Minutes   []float64 // by month
	Rows      []Row     // all months, in month order, then workload, then route
	Starts    []int     // rows of month m are Rows[Starts[m]:Starts[m+1]]
}

// MonthRows are the rows of month m.
func (p *Program) MonthRows(m int) []Row { return p.Rows[p.Starts[m]:p.Starts[m+1]] }

// Demand writes the users that each segment would have in month m.
func (p *Program) Demand(m int, users []float64) {
	for i := range p.Segments {
		users[i] = p.Segments[i].Users[m]
	}
}
