package capacity

import (
	"errors"
	"math"
)

// Hours as every cost of a machine counts them.
const (
	HoursPerMonth = 730
	HoursPerYear  = 8760
)

// ErrFleet says that a fleet's inputs make none.
var ErrFleet = errors.New("want a demand of 0 or more, a peak factor, a throughput and accelerators above 0, " +
	"utilisation above 0 up to 1, a price and power of 0 or more")

// FleetInput is a load, and a replica to carry it.
type FleetInput struct {
	OutputTokensPerSecond float64 // demand, on average
	PeakToAverage         float64 // at least 1 in any real load
	Utilization           float64 // share of a replica's throughput that a plan may count on, above 0 to 1
	Throughput            Range   // output tokens a second of one replica: Estimate.OutputTokensPerSecond or Measured
	Accelerators          int     // of one replica
	HourlyEach            float64 // money an hour, one accelerator
	KWEach                float64 // provisioned, one accelerator
}

// Fleet is what carries a load at its peak.
type Fleet struct {
	PeakTokensPerSecond float64
	Replicas            float64
	Accelerators        float64
	MW                  float64 // provisioned
	Hourly, Monthly     float64 // money; a month is 730 hours
}

// FleetRange is the fleet at the throughput, and at both ends of its range: fewest machines if every replica gives
// High.
type FleetRange struct{ Few, Fleet, Many Fleet }

// Size computes the fleets for a load. ErrFleet if the inputs make none.
func (in *FleetInput) Size() (FleetRange, error) {
	for _, positive := range []float64{in.PeakToAverage, in.Utilization, in.Throughput.Low, in.Throughput.Value,
		in.Throughput.High, float64(in.Accelerators), 1 - in.Utilization + 1e-12} {
		if !(positive > 0) || math.IsInf(positive, 0) {
			return FleetRange{}, ErrFleet
		}
	}
	for _, some := range []float64{in.OutputTokensPerSecond, in.HourlyEach, in.KWEach} {
		if !(some >= 0) || math.IsInf(some, 0) {
			return FleetRange{}, ErrFleet
		}
	}
	return FleetRange{in.at(in.Throughput.High), in.at(in.Throughput.Value), in.at(in.Throughput.Low)}, nil
}

func (in *FleetInput) at(throughput float64) Fleet {
	f := Fleet{PeakTokensPerSecond: in.OutputTokensPerSecond * in.PeakToAverage}
	f.Replicas = math.Ceil(f.PeakTokensPerSecond / (throughput * in.Utilization))
	f.Accelerators = f.Replicas * float64(in.Accelerators)
	f.MW = f.Accelerators * in.KWEach / 1000
	f.Hourly = f.Accelerators * in.HourlyEach
	f.Monthly = f.Hourly * HoursPerMonth
	return f
}

// NodeChoice is the best way to fill a node with replicas.
type NodeChoice struct {
	Count    int      // accelerators of one replica
	Replicas float64  // in the node
	Estimate Estimate // of one replica
}

// Throughput is output tokens a second of the node.
func (n *NodeChoice) Throughput() Range {
	x := n.Estimate.OutputTokensPerSecond
	return Range{x.Low * n.Replicas, x.Value * n.Replicas, x.High * n.Replicas}
}

// FillNode tries replicas of 1, 2, 4 and 8 accelerators and takes what gives the whole node most. It is false if none
// fits and is fast enough: the choice is then the largest one tried, whose estimate says what it lacks. Concurrency and
// MinUserRate are those of one replica; Count is ignored.
func (c Constants) FillNode(r Replica, node int) (best NodeChoice, ok bool, err error) {
	for _, n := range [...]int{1, 2, 4, 8} {
		if n > node || n > 1 && !r.Accelerator.LinkGBs.Known {
			continue
		}
		r.Count = n
		e, err := c.Estimate(&r)
		if err != nil {
			return NodeChoice{}, false, err
		}
		choice := NodeChoice{Count: n, Replicas: math.Floor(float64(node) / float64(n)), Estimate: e}
		serves := e.Fits && e.Meets
		if !ok || serves && choice.Throughput().Value > best.Throughput().Value {
			best, ok = choice, serves
		}
	}
	return best, ok, nil
}
