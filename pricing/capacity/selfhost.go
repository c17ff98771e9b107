package capacity

import (
	"errors"
	"math"
)

// SelfHost sets an own node against an API for the same model: another model is a quality choice, no break-even.
type SelfHost struct {
	NodeHourly          float64 // money an hour, one node
	Nodes               float64
	OperationsPerMonth  float64 // people and tools, money
	InputTokens         float64 // mean of a request
	OutputTokens        float64
	APIInput, APIOutput float64 // money per 1,000,000 tokens
	NodeRequests        Range   // requests a second that one node gives at its limit
	Utilization         float64 // share of that a plan may count on
}

// Verdict says who is cheaper.
type Verdict string

const (
	OwnWins Verdict = "own"   // at full use the node is cheaper, whatever the estimate's error
	APIWins Verdict = "api"   // the node is never cheaper
	Close   Verdict = "close" // the error of the estimate decides
)

// BreakEven is the answer at each end.
type BreakEven struct {
	OwnPerMonth      float64 // money
	APIPerRequest    float64
	Requests         float64 // a month, at which both cost the same
	CapacityRequests float64 // a month that the nodes can serve
	Share            float64 // Requests / CapacityRequests: the use of the nodes above which they are cheaper
	ShareRange       Range   // Share at the ends of the estimate; Low is with the fastest node
	OwnPerMTokens    float64 // money per 1,000,000 tokens at full use, input and output alike
	OwnCanWin        bool    // Share is at most 1
	Verdict          Verdict
}

// ErrBreakEven says that the inputs make no comparison.
var ErrBreakEven = errors.New("want nodes, requests a second, tokens, utilisation and an API price above 0")

// RequestsPerSecond turns output tokens a second into requests of so many output tokens.
func RequestsPerSecond(x Range, outputTokens float64) Range {
	return Range{x.Low / outputTokens, x.Value / outputTokens, x.High / outputTokens}
}

// BreakEven compares. ErrBreakEven if nothing can be compared.
func (s *SelfHost) BreakEven() (BreakEven, error) {
	b := BreakEven{OwnPerMonth: s.Nodes*s.NodeHourly*HoursPerMonth + s.OperationsPerMonth,
		APIPerRequest: (s.InputTokens*s.APIInput + s.OutputTokens*s.APIOutput) / 1e6}
	b.CapacityRequests = s.capacity(s.NodeRequests.Value)
	low, high := s.capacity(s.NodeRequests.Low), s.capacity(s.NodeRequests.High)
	for _, v := range []float64{b.APIPerRequest, b.CapacityRequests, low, high, s.InputTokens + s.OutputTokens} {
		if !(v > 0) || math.IsInf(v, 0) {
			return BreakEven{}, ErrBreakEven
		}
	}
	b.Requests = b.OwnPerMonth / b.APIPerRequest
	b.Share = b.Requests / b.CapacityRequests
	b.ShareRange = Range{b.Requests / high, b.Share, b.Requests / low}
	b.OwnPerMTokens = b.OwnPerMonth / (b.CapacityRequests * (s.InputTokens + s.OutputTokens) / 1e6)
	b.OwnCanWin = b.Requests <= b.CapacityRequests
	b.Verdict = verdict(b.Requests <= low, b.Requests <= high)
	return b, nil
}

// capacity is requests a month of all nodes that give so many a second each.
func (s *SelfHost) capacity(perSecond float64) float64 {
	return s.Nodes * perSecond * s.Utilization * HoursPerMonth * 3600
}

func verdict(atLow, atHigh bool) Verdict {
	switch {
	case atLow && atHigh:
		return OwnWins
	case atLow || atHigh:
		return Close
	}
	return APIWins
}

// At is both costs of a month for a known load.
type At struct {
	Requests      float64
	API           float64 // money
	Nodes         float64 // that the load needs
	Own           float64 // money
	OwnRange      Range   // with the nodes that the ends of the estimate need; Low is with the fastest
	Verdict       Verdict // own and api hold at both ends of the estimate
	CapacityUsage float64 // share of the bought capacity that the load uses
}

// At compares for a load of requests a month, with as many whole nodes as it needs: what is reserved is paid, used or
// not.
func (s *SelfHost) At(requests float64) (At, error) {
	one := *s
	one.Nodes = 1
	if _, err := one.BreakEven(); err != nil || !(requests >= 0) || math.IsInf(requests, 0) {
		return At{}, ErrBreakEven
	}
	own := func(perSecond float64) (nodes, cost float64) {
		nodes = math.Ceil(requests / one.capacity(perSecond))
		return nodes, nodes*s.NodeHourly*HoursPerMonth + s.OperationsPerMonth
	}
	a := At{Requests: requests, API: requests * (s.InputTokens*s.APIInput + s.OutputTokens*s.APIOutput) / 1e6}
	a.Nodes, a.Own = own(s.NodeRequests.Value)
	_, slow := own(s.NodeRequests.Low)
	_, fast := own(s.NodeRequests.High)
	a.OwnRange = Range{fast, a.Own, slow}
	a.Verdict = verdict(slow <= a.API, fast <= a.API)
	if a.Nodes > 0 {
		a.CapacityUsage = requests / (a.Nodes * one.capacity(s.NodeRequests.Value))
	}
	return a, nil
}
