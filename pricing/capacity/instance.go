package capacity

import (
	"fmt"
	"strings"

	"headroom/pricing/money"
)

// Instance is one type of machine at one seller in one region, on one day. A list price is not capacity: a seller may
// have none to give.
type Instance struct {
	Seller      string // provider id
	Type        string // the seller's own name
	Accelerator string // the table's word; Machines.ChipOf finds the chip
	Count       float64
	VCPUs       Quantity
	MemoryGiB   Quantity
	Region      string // the seller's code; "unspecified", "all" and "global-list" are its words too
	Hourly      Price  // USD an hour for the instance, on demand
	Spot        Price  // the same, may be taken away at any time
	Origin
	published Origin // of both prices as the table has them; Origin is of a corrected Hourly
}

func readInstance(r *record) Instance {
	i := Instance{Seller: r.Need("provider"), Type: r.Need("instance_type"), Accelerator: r.Need("accelerator"),
		Count: r.Number("accelerator_count"), VCPUs: r.quantity("vcpus"), MemoryGiB: r.quantity("memory_gib"),
		Region: r.Need("region"), Hourly: r.price("price_usd_hour", "no public on-demand price in the source"),
		Spot: r.price("spot_usd_hour", noSpot), Origin: r.origin()}
	i.published = i.Origin
	if i.Count <= 0 {
		r.Fail("accelerator_count", "want more than 0")
	}
	if i.Spot.Known && i.Hourly.Known {
		if why := unusableSpot(i.Spot.Rate, i.Hourly.Rate); why != "" {
			i.Spot = Price{Reason: why}
		}
	}
	return i
}

const noSpot = "no spot price in the source"

// unusableSpot says why a listed spot price is none. The table rounds it to four places.
func unusableSpot(spot, hourly money.Rate) string {
	const halfAPlace = money.Rate(50_000)
	tenth := spot*10 - hourly
	switch {
	case spot == hourly:
		return "no usable spot: the listed figure is the on-demand price, a ceiling and no market"
	case spot > hourly:
		return "no usable spot: the listed figure is above the on-demand price"
	case -10*halfAPlace <= tenth && tenth <= 10*halfAPlace:
		return "no usable spot: the listed figure is a tenth of the on-demand price, a floor and no market"
	}
	return ""
}

// HourlyEach is USD an hour for one accelerator, false if the instance has no known price.
func (i *Instance) HourlyEach() (float64, bool) {
	return i.Hourly.Rate.Float() / i.Count, i.Hourly.Known
}

// Rental is a price for a term: capacity blocks, market rentals, cost of ownership.
type Rental struct {
	Seller, Type, Accelerator string
	Count                     float64
	Region                    string
	Term                      string     // capacity_block, 3y_rental_market, owned_4y_tco
	Hourly                    money.Rate // USD an hour, instance
	HourlyEach                money.Rate // USD an hour, accelerator
	Origin
}

func readRental(r *record) Rental {
	return Rental{Seller: r.Need("provider"), Type: r.Need("instance_type"), Accelerator: r.Need("accelerator"),
		Count: r.Number("accelerator_count"), Region: r.Need("region"), Term: r.Need("commitment"),
		Hourly:     r.price("price_usd_hour_instance", "").Rate,
		HourlyEach: r.price("price_usd_hour_accelerator", "").Rate, Origin: r.origin()}
}

// chipName says which accelerator an instance table means.
type chipName struct{ word, accelerator string }

func readChipName(r *record) chipName {
	return chipName{r.Need("instance_accelerator"), r.Text("accelerator")}
}

func (m *Machines) nameChips(chips []chipName) error {
	m.chips = map[string]string{}
	for _, c := range chips {
		m.chips[c.word] = c.accelerator
		if c.accelerator == "" {
			continue
		}
		if _, err := m.Accelerator(c.accelerator); err != nil {
			return fmt.Errorf("instance-accelerators.csv: %w", err)
		}
	}
	for i := range m.Instances {
		if _, ok := m.chips[m.Instances[i].Accelerator]; !ok {
			return fmt.Errorf("instance-accelerators.csv: %q is missing", m.Instances[i].Accelerator)
		}
	}
	return nil
}

// ChipOf is the accelerator that an instance's word for it means; an error if its figures are not known.
func (m *Machines) ChipOf(word string) (*Accelerator, error) {
	if name := m.chips[word]; name != "" {
		return m.Accelerator(name)
	}
	return nil, fmt.Errorf("no figures for %q", word)
}

// InstanceFilter narrows a search; an empty field is any.
type InstanceFilter struct {
	Accelerator string // name of an Accelerator
	Seller      string
	Region      string
	Area        Area
}

// FindInstances lists the instances that match, in the order of the table.
func (m *Machines) FindInstances(f InstanceFilter) []*Instance {
	var found []*Instance
	for i := range m.Instances {
		instance := &m.Instances[i]
		if (f.Seller == "" || f.Seller == instance.Seller) && (f.Region == "" || f.Region == instance.Region) &&
			(f.Area == "" || f.Area == AreaOf(instance.Seller, instance.Region)) &&
			(f.Accelerator == "" || f.Accelerator == m.chips[instance.Accelerator]) {
			found = append(found, instance)
		}
	}
	return found
}

// Area is a part of the world that a law or a customer names.
type Area string

const (
	EU        Area = "eu" // member states; neither the United Kingdom nor Switzerland nor Norway
	India     Area = "in"
	Elsewhere Area = "elsewhere"
	NoArea    Area = "unknown" // the seller's table does not say
)

// AreaOf says in which area a seller's region lies.
func AreaOf(seller, region string) Area {
	switch {
	case region == "unspecified", region == "all", region == "global-list", strings.Contains(region, "/"):
		return NoArea
	case isIndia(region):
		return India
	case seller == "azure" && azureEU(region), seller != "azure" && codeEU(region):
		return EU
	}
	return Elsewhere
}

func isIndia(region string) bool {
	switch region {
	case "ap-south-1", "ap-south-2", "asia-south1", "asia-south2",
		"centralindia", "southindia", "westindia", "jioindiacentral", "jioindiawest":
		return true
	}
	return false
}

func azureEU(region string) bool {
	switch region {
	case "westeurope", "northeurope", "francecentral", "francesouth", "germanywestcentral", "germanynorth",
		"italynorth",
		"polandcentral", "spaincentral", "swedencentral", "swedensouth", "austriaeast", "belgiumcentral", "denmarkeast",
		"greececentral", "finlandcentral":
		return true
	}
	return false
}

// codeEU reads the codes of AWS, Google and those who follow them: London and Zurich are not in the EU.
func codeEU(region string) bool {
	switch region {
	case "eu-west-2", "eu-central-2", "europe-west2", "europe-west6":
		return false
	}
	return strings.HasPrefix(region, "eu-") || strings.HasPrefix(region, "europe-")
}
