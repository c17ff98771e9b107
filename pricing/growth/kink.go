package growth

import (
	"math"
	"slices"
)

// Bounds of the search for kinks; plans that people write stay far below them.
const (
	maxFills    = 500
	maxSwitches = 2000
	maxKinks    = 1000
)

// best is the largest scale up to 1 at which the slack of an unsatisfiable limit is greatest: 0, 1 or a kink, for slack
// is piecewise linear. Where the greatest slack holds for a while, arithmetic blurs the end, so slacks within 1e-9 are
// equal.
func (r *ray) best(l *Limit) float64 {
	greatest, best := math.Inf(-1), 0.0
	kinks := r.kinks()
	for i := range kinks {
		kinks[i].slack = r.slack(l, kinks[i].x)
		greatest = max(greatest, kinks[i].slack)
	}
	for _, k := range kinks {
		if k.slack >= greatest-1e-9*(1+math.Abs(greatest)) {
			best = k.x
		}
	}
	if best < 1e-9 {
		return 0
	}
	return best
}

// kink is a scale at which a figure of the month may bend, with the switches there.
type kink struct {
	point
	switches []float64
}

// bends is the room in which kinks are worked out again and again.
type bends struct {
	kinks    []kink
	switches []float64
	fills    []float64
}

// kinks are 0, 1 and the scales between them at which cost or revenue bends, ascending: a load block fills a
// provisioned offer, a volume tier ends, a commitment is met, a credit reaches one of its limits.
//
// The list and its switches are valid until the next call.
func (r *ray) kinks() []kink {
	list := r.room.kinks[:0]
	r.room.switches = r.room.switches[:0]
	defer func() { r.room.kinks = list }()
	for _, x := range r.fills() {
		list = append(list, r.kink(x))
	}
	for i := range list[0].switches {
		for j := 0; j+1 < len(list) && len(list) < maxKinks; j++ {
			from, to := list[j], list[j+1]
			if from.switches[i]*to.switches[i] >= 0 {
				continue
			}
			x := from.x + (to.x-from.x)*from.switches[i]/(from.switches[i]-to.switches[i])
			if x > from.x && x < to.x {
				list = slices.Insert(list, j+1, r.kink(x))
				j++
			}
		}
	}
	return list
}

// fills are 0, 1 and the scales at which a load block fills a provisioned offer, ascending.
func (r *ray) fills() []float64 {
	list := append(r.room.fills[:0], 0, 1)
	defer func() { r.room.fills = list }()
	for _, o := range r.p.provisioned {
		for k := range r.p.Profile {
			if x := r.p.Offers[o].Capacity[r.m] / r.tpm[o*len(r.p.Profile)+k]; x > 0 && x < 1 {
				list = append(list, x)
			}
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	for len(list) > maxFills {
		half := list[:0]
		for i, x := range list {
			if i%2 == 0 || x == 1 {
				half = append(half, x)
			}
		}
		list = half
	}
	return list
}

// kink works out the switches at scale x: figures whose changes of sign are kinks, each linear between the kinks of
// those before it.
func (r *ray) kink(x float64) kink {
	r.at(x)
	switches := r.room.switches
	from := len(switches)
	for _, o := range r.p.tiered {
		for _, tier := range r.p.Offers[o].Tiers {
			if !math.IsInf(tier.UpTo, 1) {
				switches = append(switches, x*r.mtok[o]+r.extraMtok[o]-tier.UpTo)
			}
		}
	}
	switches = r.p.Terms.Switches(r.m, r.balance, r.statement, switches)
	r.room.switches = switches
	return kink{point{x: x}, switches[from:min(len(switches), from+maxSwitches)]}
}
