package capacity

import (
	_ "embed" // the data files
	"errors"
	"fmt"
	"sync"
)

//go:embed data/accelerators.csv
var acceleratorsCSV string

//go:embed data/open-models.csv
var openModelsCSV string

//go:embed data/open-model-ids.csv
var openModelIDsCSV string

//go:embed data/gpu-instances.csv
var instancesCSV string

//go:embed data/instance-accelerators.csv
var instanceAcceleratorsCSV string

//go:embed data/gpu-commitments.csv
var commitmentsCSV string

//go:embed data/ptu.csv
var ptuCSV string

//go:embed data/gsu.csv
var gsuCSV string

//go:embed data/provisioned.csv
var provisionedCSV string

//go:embed data/quotas.csv
var quotasCSV string

//go:embed data/leads.csv
var leadsCSV string

//go:embed data/assumptions.csv
var assumptionsCSV string

//go:embed data/throughput-published.csv
var publishedCSV string

//go:embed data/compute-deals.csv
var dealsCSV string

//go:embed data/compute-revenue-series.csv
var seriesCSV string

//go:embed data/trends.csv
var trendsCSV string

// Machines is everything that is known of machines and of what sellers reserve and ration. Whoever needs such a fact
// is handed a Machines, so that a team that corrects a row, with [Machines.Correct], sees its own figure everywhere.
type Machines struct {
	Accelerators []Accelerator
	OpenModels   []OpenModel
	Instances    []Instance
	Rentals      []Rental
	Units        []ProvisionedUnit
	UnitPrices   []UnitPrice
	Quotas       []Quota
	Leads        []Lead
	Assumptions  []Assumption
	Measured     []Measurement
	Deals        []Deal
	Series       []RevenueYear
	Trends       []Trend

	models map[string]int    // name key -> index of OpenModels
	chips  map[string]string // an instance table's word for an accelerator -> name of Accelerators
	own    map[string][]Correction
}

var shipped = sync.OnceValues(readShipped)

// Shipped is the data that come with the program; they are read once and shared.
func Shipped() (*Machines, error) { return shipped() }

func readShipped() (*Machines, error) {
	m := &Machines{}
	ids, chips := []modelName(nil), []chipName(nil)
	units := []ProvisionedUnit(nil)
	err := errors.Join(
		into(&m.Accelerators, "accelerators.csv", acceleratorsCSV, readAccelerator, "name"),
		into(&m.OpenModels, "open-models.csv", openModelsCSV, readOpenModel, "name"),
		into(&ids, "open-model-ids.csv", openModelIDsCSV, readModelName, "id"),
		into(&m.Instances, "gpu-instances.csv", instancesCSV, readInstance, "provider", "instance_type", "region",
			"as_of"),
		into(&chips, "instance-accelerators.csv", instanceAcceleratorsCSV, readChipName, "instance_accelerator"),
		into(&m.Rentals, "gpu-commitments.csv", commitmentsCSV, readRental, "provider", "instance_type", "region",
			"commitment", "as_of"),
		into(&m.Units, "ptu.csv", ptuCSV, readPTU, "provider", "model"),
		into(&units, "gsu.csv", gsuCSV, readGSU, "provider", "model"),
		into(&m.UnitPrices, "provisioned.csv", provisionedCSV, readUnitPrice, "provider", "product", "term", "as_of"),
		into(&m.Quotas, "quotas.csv", quotasCSV, readQuota, "provider", "model", "tier", "scope"),
		into(&m.Leads, "leads.csv", leadsCSV, readLead, "action"),
		into(&m.Assumptions, "assumptions.csv", assumptionsCSV, readAssumption, "name"),
		into(&m.Measured, "throughput-published.csv", publishedCSV, readMeasurement),
		into(&m.Deals, "compute-deals.csv", dealsCSV, readDeal),
		into(&m.Series, "compute-revenue-series.csv", seriesCSV, readRevenueYear),
		into(&m.Trends, "trends.csv", trendsCSV, readTrend),
	)
	if err != nil {
		return nil, err
	}
	m.Units = append(m.Units, units...)
	if err := m.nameModels(ids); err != nil {
		return nil, err
	}
	return m, m.nameChips(chips)
}

func into[T any](to *[]T, file, text string, build func(*record) T, key ...string) (err error) {
	*to, err = readTable(file, text, build, key...)
	return err
}

// With is a copy with other accelerators and open models, a team's corrected rows; the rest is shared.
func (m *Machines) With(accelerators []Accelerator, models []OpenModel) (*Machines, error) {
	changed := *m
	changed.Accelerators, changed.OpenModels = accelerators, models
	return &changed, changed.index()
}

// nameModels gives each model its canonical ids.
func (m *Machines) nameModels(ids []modelName) error {
	byName := map[string]*OpenModel{}
	for i := range m.OpenModels {
		byName[m.OpenModels[i].Name] = &m.OpenModels[i]
	}
	for _, id := range ids {
		model, ok := byName[id.row]
		if !ok {
			return fmt.Errorf("open-model-ids.csv: %q is not in open-models.csv", id.row)
		}
		model.IDs = append(model.IDs, id.id)
		model.keys = append(model.keys, nameKey(id.name))
	}
	return m.index()
}

// index makes models; two models that answer to the same name are an error.
func (m *Machines) index() error {
	m.models = map[string]int{}
	for i := range m.OpenModels {
		model := &m.OpenModels[i]
		keys := append([]string{nameKey(model.Name)}, model.keys...)
		for _, id := range model.IDs {
			keys = append(keys, nameKey(id))
		}
		for _, key := range keys {
			if other, taken := m.models[key]; taken && other != i {
				return fmt.Errorf("%q and %q answer to the same name", model.Name, m.OpenModels[other].Name)
			}
			m.models[key] = i
		}
	}
	return nil
}
