package growth

// OfferMonth is what one offer does in a month.
type OfferMonth struct {
	Reached        bool    // a route of the month leads to it
	Requests, Mtok float64 // served; million tokens, input and output
	Usage, Fixed   float64 // in the plan's currency
	PeakTPM        float64 // normalised tokens a minute in the busiest load block
	PeakRPM        float64 // requests a minute in the busiest load block
	factor         float64 // of the volume tiers
}

// State is one evaluated month. Evaluate overwrites it: copy what is to be kept.
type State struct {
	Requests, Unserved float64 // of all workloads; refused ones included, and how many were refused
	Revenue            float64
	ListCost           float64
	Offers             []OfferMonth
	Teams              []float64 // list cost by team
	Workloads          []float64 // requests by workload, refused ones included
	Costs              []float64 // list cost by workload
	Refused            []float64 // requests by refusal
	SegmentRequests    []float64
	SegmentRefused     []float64
	SegmentRevenue     []float64
	tpm, rpm           []float64 // offer x load block
}

// NewState makes room for the months of p.
func NewState(p *Program) *State {
	blocks := len(p.Profile)
	return &State{
		Offers:          make([]OfferMonth, len(p.Offers)),
		Teams:           make([]float64, p.Teams),
		Workloads:       make([]float64, len(p.Workloads)),
		Costs:           make([]float64, len(p.Workloads)),
		Refused:         make([]float64, p.Refusals),
		SegmentRequests: make([]float64, len(p.Segments)),
		SegmentRefused:  make([]float64, len(p.Segments)),
		SegmentRevenue:  make([]float64, len(p.Segments)),
		tpm:             make([]float64, len(p.Offers)*blocks),
		rpm:             make([]float64, len(p.Offers)*blocks),
	}
}

func (s *State) clear() {
	clear(s.Offers)
	for _, list := range [...][]float64{s.Teams, s.Workloads, s.Costs, s.Refused, s.SegmentRequests, s.SegmentRefused,
		s.SegmentRevenue, s.tpm, s.rpm} {
		clear(list)
	}
	s.Requests, s.Unserved, s.Revenue, s.ListCost = 0, 0, 0, 0
}

// Load is the normalised tokens a minute of an offer in load block k.
func (s *State) Load(offer, k, blocks int) float64 { return s.tpm[offer*blocks+k] }
