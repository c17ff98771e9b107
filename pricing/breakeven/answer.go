package breakeven

import (
	"errors"
	"fmt"

	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
)

// Question is a load on a model, and the machine that could serve it.
type Question struct {
	Facts       *capacity.Machines // what labs published, to compare with; nil: nothing is compared
	Model       *capacity.OpenModel
	Machine     capacity.Listing // its price is the own one where the reader gave it
	Accelerator *capacity.Accelerator
	Count       int // accelerators of one machine: a whole multiple of the listing's
	ReplicaSize int // accelerators of one replica; 0: the size that gives most of 1, 2, 4 and 8
	Precision   capacity.Precision
	KVPrecision capacity.Precision
	// mean tokens of a request; both ways of serving are compared without cache and batch
	Mix                pricelist.Mix
	Requests           float64 // a month
	PeakToAverage      float64 // at least 1
	Utilization        float64 // share of a machine's throughput that the peak may use, above 0 to 1
	MinUserRate        float64 // output tokens a second for each user; 0: none
	OperationsPerMonth float64 // people and tools, USD
	Measured           float64 // output tokens a second of one machine, measured; it wins. 0: estimate
	MeasuredBy         capacity.Origin
	RevenuePerMonth    float64 // USD; 0: not given
	Chosen             string  // the offer to compare with beside the cheapest: ID|scope; may be empty
}

// Answer is the comparison. Figures below Serves need it to be true.
type Answer struct {
	Question
	Serves bool
	Why    string // why the machine cannot serve the model
	// how a machine is filled with replicas; zero for a measured figure without an estimate
	Node       capacity.NodeChoice
	Estimated  bool                // Node holds an estimate
	Throughput capacity.Range      // output tokens a second of one machine
	Fleet      capacity.FleetRange // machines; Replicas counts machines
	Power      Power
	Own        capacity.Range // USD a month, operations included; Low is with the fastest machines
	Offers     []Offer        // of the model, those that count first, the cheapest first; the chosen one is among them
	Cheapest   *Offer         // nil: no seller states a price
	Chosen     *Offer         // nil: none was chosen, or it has no price
}

// Offer is an API offer set against the machines.
type Offer struct {
	pricelist.OfferLine
	capacity.At
	capacity.BreakEven
}

// ID names the offer as Question.Chosen does.
func (o *Offer) ID() string { return o.Offer.ID() + "|" + o.Offer.Scope }

// Errors of Ask.
var (
	ErrCount   = errors.New("want a whole multiple of the accelerators that the machine is sold with, at most 64")
	ErrReplica = errors.New("want a replica of at most the accelerators of one machine, on a chip with a known link " +
		"where it takes several")
	ErrNoPrice = errors.New("the machine has no known price; give your own")
)

// MaxCount bounds the accelerators of one machine.
const MaxCount = 64

// hourly is USD for an hour of one machine.
func (q *Question) hourly() float64 { return q.each() * float64(q.Count) }

func (q *Question) each() float64 {
	each, _ := q.Machine.HourlyEach()
	return each
}

// Ask compares. An error says what is wrong with the question; a model that does not fit is an answer.
func Ask(q *Question, prices *catalog.Snapshot, today calendar.Day) (*Answer, error) {
	a := &Answer{Question: *q}
	if _, ok := q.Machine.HourlyEach(); !ok {
		return nil, ErrNoPrice
	}
	if step := int(q.Machine.Count); q.Count < 1 || q.Count > MaxCount || step > 0 && q.Count%step != 0 {
		return nil, ErrCount
	}
	if q.ReplicaSize < 0 || q.ReplicaSize > q.Count || q.ReplicaSize > 1 && !q.Accelerator.LinkGBs.Known {
		return nil, ErrReplica
	}
	if err := a.fill(); err != nil {
		return nil, err
	}
	a.Power = powerOf(q)
	if a.Serves {
		if err := a.size(); err != nil {
			return nil, err
		}
	}
	return a, a.price(prices, today)
}

// fill finds the throughput of one machine: the measured one, else the best estimate.
func (a *Answer) fill() error {
	node, ok, err := a.node(capacity.DefaultConstants())
	if a.Measured > 0 {
		a.Serves, a.Throughput = true, capacity.Measured(a.Measured)
		if err == nil && ok {
			a.Node, a.Estimated = node, true
		}
		return nil
	}
	if err != nil {
		return err
	}
	if !ok {
		a.Why = a.whyNot(&node)
		return nil
	}
	a.Serves, a.Estimated, a.Node, a.Throughput = true, true, node, node.Throughput()
	return nil
}

// node fills a machine with replicas of the size asked for, or of the best. It is false where none serves: the choice
// is then the one asked for, or the largest.
func (a *Answer) node(constants capacity.Constants) (capacity.NodeChoice, bool, error) {
	r := a.replica()
	if a.ReplicaSize == 0 {
		return constants.FillNode(r, a.Count)
	}
	r.Count = a.ReplicaSize
	e, err := constants.Estimate(&r)
	return capacity.NodeChoice{Count: r.Count, Replicas: float64(a.Count / r.Count), Estimate: e}, e.Fits && e.Meets,
		err
}

func (a *Answer) replica() capacity.Replica {
	return capacity.Replica{Model: a.Model, Accelerator: a.Accelerator, Count: 1, Precision: a.Precision,
		KVPrecision: a.KVPrecision,
		InputTokens: float64(a.Mix.Input), OutputTokens: float64(a.Mix.Output), MinUserRate: a.MinUserRate}
}

// whyNot says what the largest replica of the machine lacks.
func (a *Answer) whyNot(largest *capacity.NodeChoice) string {
	switch e := &largest.Estimate; {
	case e.FreeGB <= 0:
		return fmt.Sprintf("The weights do not fit: %d × %s lack %.0f GB at %s.", largest.Count, a.Accelerator.Name,
			-e.FreeGB, a.Precision)
	case !e.Fits:
		return fmt.Sprintf("The weights fit, but %.1f GB remain, less than the cache of one request needs.", e.FreeGB)
	}
	return fmt.Sprintf("Even alone on a machine a user gets fewer than %g tokens a second.", a.MinUserRate)
}

// size finds how many whole machines carry the load at its peak, and what they cost.
func (a *Answer) size() error {
	in := capacity.FleetInput{OutputTokensPerSecond: a.Requests * float64(a.Mix.Output) / secondsPerMonth,
		PeakToAverage: a.PeakToAverage,
		Utilization:   a.Utilization, Throughput: a.Throughput, Accelerators: a.Count, HourlyEach: a.each(),
		KWEach: a.Power.KWEach}
	fleet, err := in.Size()
	if err != nil {
		return err
	}
	a.Fleet = fleet
	a.Own = capacity.Range{Low: fleet.Few.Monthly + a.OperationsPerMonth, Value: fleet.Fleet.Monthly +
		a.OperationsPerMonth,
		High: fleet.Many.Monthly + a.OperationsPerMonth}
	return nil
}

const secondsPerMonth = capacity.HoursPerMonth * 3600

// price sets every offer of the model that has a price against the machines.
func (a *Answer) price(prices *catalog.Snapshot, today calendar.Day) error {
	for _, line := range pricelist.Offers(prices, a.Mix, today, a.Model.IDs...) {
		if !line.Known() || line.Retired || line.Early {
			continue
		}
		offer, err := a.against(line)
		if err != nil {
			return err
		}
		a.Offers = append(a.Offers, offer)
	}
	for i := range a.Offers {
		o := &a.Offers[i]
		if o.Counts() && a.Cheapest == nil {
			a.Cheapest = o
		}
		if o.ID() == a.Question.Chosen {
			a.Chosen = o
		}
	}
	return nil
}

// against compares one offer with the machines. Its costs are exact; a price a request counts as one of output tokens.
func (a *Answer) against(line pricelist.OfferLine) (Offer, error) {
	o := Offer{OfferLine: line}
	if !a.Serves {
		return o, nil
	}
	rates := line.Row.RatesFor(a.Mix.Input)
	s := capacity.SelfHost{NodeHourly: a.hourly(), Nodes: 1, OperationsPerMonth: a.OperationsPerMonth,
		InputTokens:  float64(a.Mix.Input),
		OutputTokens: float64(a.Mix.Output), APIInput: rates.Input.Float(), APIOutput: rates.Output.Float(),
		NodeRequests: capacity.RequestsPerSecond(a.Throughput, float64(a.Mix.Output)),
		Utilization:  a.Utilization / a.PeakToAverage}
	if rates.HasPerRequest {
		s.APIOutput += rates.PerRequest.Float() * 1e6 / s.OutputTokens
	}
	var err error
	if o.BreakEven, err = s.BreakEven(); err != nil {
		return o, err
	}
	o.At, err = s.At(a.Requests)
	return o, err
}

// RevenuePerMW is annualised revenue in USD for a megawatt of the machines, false without revenue or power.
func (a *Answer) RevenuePerMW() (float64, bool) {
	if !a.Serves || a.RevenuePerMonth <= 0 || a.Fleet.Fleet.MW <= 0 {
		return 0, false
	}
	return a.RevenuePerMonth * 12 / a.Fleet.Fleet.MW, true
}

// OwnOver is how much more the machines cost a month than the offer, USD; below 0 they cost less.
func (o *Offer) OwnOver() float64 { return o.At.Own - o.At.API }
