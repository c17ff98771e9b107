package capacity

import (
	"headroom/pricing/money"
)

// Terms on which a machine is had. A rental's term is the source's word beside them.
const (
	OnDemandTerm = "on_demand"
	SpotTerm     = "spot"
)

// Listing is one price of a machine: a seller's type in a region on one term. An instance gives one listing on demand,
// one as spot where its source has a spot price, and a rental gives one.
type Listing struct {
	Seller, Type string
	Accelerator  string // the table's word
	Chip         string // name of an Accelerator; empty: its figures are not known
	Count        float64
	Region       string
	Area         Area
	Term         string
	VCPUs        Quantity
	MemoryGiB    Quantity
	Hourly       Price // USD an hour, the machine
	Origin
	key string
}

// HourlyEach is USD for an hour of one accelerator, false if the price is unknown.
func (l *Listing) HourlyEach() (float64, bool) {
	return l.Hourly.Rate.Float() / l.Count, l.Hourly.Known
}

// Key names the listing among all: seller, type, region, term and the date of its published price.
func (l *Listing) Key() string { return l.key }

func (i *Instance) key(term string) string {
	return machineKey(i.Seller, i.Type, i.Region, term, i.published.AsOf)
}

func machineKey(seller, kind, region, term, asOf string) string {
	return seller + "/" + kind + "/" + region + "/" + term + "/" + asOf
}

// Listings are all prices of machines in the order of the tables.
func (m *Machines) Listings() []Listing {
	list := make([]Listing, 0, 2*len(m.Instances))
	for i := range m.Instances {
		list = append(list, m.listingsOf(&m.Instances[i])...)
	}
	for i := range m.Rentals {
		r := &m.Rentals[i]
		list = append(list, Listing{Seller: r.Seller, Type: r.Type, Accelerator: r.Accelerator,
			Chip:  m.chips[r.Accelerator],
			Count: r.Count, Region: r.Region, Area: NoArea, Term: r.Term, Hourly: known(r.Hourly), Origin: r.Origin,
			key: machineKey(r.Seller, r.Type, r.Region, r.Term, r.AsOf)})
		m.correctListing(&list[len(list)-1])
	}
	return list
}

func known(rate money.Rate) Price { return Price{Rate: rate, Known: true} }

// listingsOf is an instance on demand, and as spot where the source states a spot price, usable or not.
func (m *Machines) listingsOf(i *Instance) []Listing {
	onDemand := Listing{Seller: i.Seller, Type: i.Type, Accelerator: i.Accelerator, Chip: m.chips[i.Accelerator],
		Count:  i.Count,
		Region: i.Region, Area: AreaOf(i.Seller, i.Region), Term: OnDemandTerm, VCPUs: i.VCPUs, MemoryGiB: i.MemoryGiB,
		Hourly: i.Hourly, Origin: i.Origin, key: i.key(OnDemandTerm)}
	if !i.Spot.Known && i.Spot.Reason == noSpot {
		return []Listing{onDemand}
	}
	spot := onDemand
	spot.Term, spot.Hourly, spot.Origin, spot.key = SpotTerm, i.Spot, i.published, i.key(SpotTerm)
	m.correctListing(&spot)
	return []Listing{onDemand, spot}
}

// Span is the cheapest and the dearest known listing of an accelerator among list on a term; nil when none is known.
func Span(list []Listing, chip, term string) (cheapest, dearest *Listing) {
	var low, high float64
	for i := range list {
		l := &list[i]
		each, ok := l.HourlyEach()
		if !ok || l.Chip != chip || l.Term != term {
			continue
		}
		if cheapest == nil || each < low {
			cheapest, low = l, each
		}
		if dearest == nil || each > high {
			dearest, high = l, each
		}
	}
	return cheapest, dearest
}
