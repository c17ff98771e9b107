package pricing

import (
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/growth"
)

// active reports whether a lot counts in month m; months 0: it never ends.
func active(from calendar.Month, months int, m calendar.Month) bool {
	return from <= m && (months == 0 || m < from+calendar.Month(months))
}

// addCapacity lays out what offers, pools and sites can carry and cost by month, and where provisioned offers spill.
func (f *frame) addCapacity() {
	for o := range f.supplies {
		f.addOffer(&f.supplies[o], &f.program.Offers[o])
	}
	for i, id := range f.pools {
		f.program.Pools = append(f.program.Pools,
			growth.Pool{Offers: f.offersOf(id), Cost: make([]float64, len(f.months))})
		f.fillPool(i)
	}
	for _, id := range f.sites {
		var pools []int
		for i, pool := range f.pools {
			if f.plan.GPUPools[pool].Site == id {
				pools = append(pools, i)
			}
		}
		f.program.Sites = append(f.program.Sites, pools)
	}
}

func (f *frame) addOffer(s *supply, out *growth.Offer) {
	out.Provisioned = s.kind == Provisioned
	out.Provider, _ = slices.BinarySearch(f.providers, s.provider)
	out.Pool = f.poolIndex(s.offer.GPUPool)
	out.Listed = len(s.offer.Lots) > 0 || out.Pool != growth.Nobody
	if len(s.offer.Lots) > 0 {
		out.Fixed = make([]float64, len(f.months))
	}
	if out.Provisioned {
		out.Units, out.Capacity = make([]float64, len(f.months)), make([]float64, len(f.months))
		out.Spill = make([]int, len(f.months))
		for m := range f.months {
			out.Spill[m] = f.resolve(f.offerIndex(s.offer.SpillTo), m)
		}
	}
	f.fillOffer(s, out)
}

func (f *frame) fillOffer(s *supply, out *growth.Offer) {
	clear(out.Fixed)
	for m := range f.months {
		units := f.addLots(s, m, out)
		if out.Provisioned {
			out.Units[m], out.Capacity[m] = units, units*s.offer.TokensPerMinutePerUnit.Float()
		}
	}
}

// addLots charges the active lots of month m and returns their units. A month without a currency rate is refused
// elsewhere.
func (f *frame) addLots(s *supply, m int, out *growth.Offer) float64 {
	units := 0.0
	rate, _ := f.rate(s.currency, m)
	for _, lot := range s.offer.Lots {
		if active(lot.From, lot.Months, f.months[m]) {
			units += lot.Units.Float()
			out.Fixed[m] += lot.Units.Float() * rate * (lot.PricePerMonth.Float() + lot.PricePerHour.Float()*f.hours(m))
		}
	}
	return units
}

// hours is the length of month m.
func (f *frame) hours(m int) float64 { return f.program.Minutes[m] / 60 }

func (f *frame) poolIndex(id string) int {
	i, ok := slices.BinarySearch(f.pools, id)
	if !ok {
		return growth.Nobody
	}
	return i
}

// offersOf are the offers that name a pool.
func (f *frame) offersOf(pool string) []int {
	var list []int
	for o := range f.supplies {
		if f.supplies[o].offer.GPUPool == pool {
			list = append(list, o)
		}
	}
	return list
}

// fillPool works out a fleet; its prices are in the currency of the offers that name it.
func (f *frame) fillPool(i int) {
	pool, out := f.plan.GPUPools[f.pools[i]], &f.program.Pools[i]
	out.PerGPU = 60 * pool.TokensPerSecondPerGPU.Float() * pool.MaxUtilization.Or(1)
	out.Megawatts = pool.KWPerGPU.Float() * pool.PUE.Or(1) / 1000
	currency := f.plan.baseCurrency()
	if n := len(out.Offers); n > 0 {
		currency = f.supplies[out.Offers[n-1]].currency
	}
	clear(out.Cost)
	for m, month := range f.months {
		rate, _ := f.rate(currency, m)
		for _, lot := range pool.Lots {
			if active(lot.From, lot.Months, month) {
				out.Cost[m] += lot.GPUs.Float() * lot.PricePerHour.Float() * f.hours(m) * rate
			}
		}
	}
}

// gpus is the number of GPUs of a pool in month m.
func (p *Plan) gpus(pool string, m calendar.Month) float64 {
	sum := 0.0
	for _, lot := range p.GPUPools[pool].Lots {
		if active(lot.From, lot.Months, m) {
			sum += lot.GPUs.Float()
		}
	}
	return sum
}

// megawatts is the power of a site in month m.
func (p *Plan) megawatts(site string, m calendar.Month) float64 {
	sum := 0.0
	for _, lot := range p.Sites[site].Lots {
		if active(lot.From, lot.Months, m) {
			sum += lot.Megawatts.Float()
		}
	}
	return sum
}
