package breakeven

import (
	"fmt"

	"headroom/pricing/capacity"
)

// Power is what one accelerator takes, provisioned, with server and facility.
type Power struct {
	KWEach     float64
	Known      bool
	Published  bool // KWEach is the table's figure; else it is built up from the chip's TDP
	Source     string
	Expression string // how it was built up
}

// powerOf takes the published provisioned power, else builds it up from the chip's own: TDP x server x facility.
func powerOf(q *Question) Power {
	a := q.Accelerator
	switch {
	case a.AllInKW.Known:
		return Power{KWEach: a.AllInKW.Value, Known: true, Published: true, Source: a.Source}
	case !a.TDPWatts.Known:
		return Power{}
	}
	pue := capacity.PUEDefault
	if q.Machine.Area == capacity.India {
		pue = capacity.PUEIndia
	}
	b := capacity.BottomUp{Accelerators: 1, TDPWatts: a.TDPWatts.Value, Overhead: capacity.ServerOverhead, PUE: pue}
	return Power{KWEach: b.FacilityMW() * 1000, Known: true, Source: a.Source,
		Expression: fmt.Sprintf("%g W × server %g × facility %g / 1,000", a.TDPWatts.Value, capacity.ServerOverhead,
			pue)}
}
