package capacity

import (
	"slices"
	"strconv"
	"strings"

	"headroom/pricing/money"
)

// Tables of which a team may correct rows.
const (
	InstancesKind    = "instances"
	AcceleratorsKind = "accelerators"
	UnitPricesKind   = "unit-prices"
	QuotasKind       = "quotas"
	ThroughputKind   = "throughput" // measurements of one's own
)

// Correction is a figure that somebody put in place of a published one, or measured. It is theirs to give a source for.
type Correction struct {
	ID        string // of whoever keeps it
	Kind      string // the table
	Row       string // key of a row: Listing.Key, Accelerator.Name, UnitPrice.Key, Quota.Key, MeasurementKey
	Field     string // a CorrectableField
	Value     string // a decimal of 0 or more
	Source    string
	AsOf      string // "2026-11-24"
	Published string // what stood there, as the table has it; empty: nothing did
}

// CorrectableField is a figure that may be corrected.
type CorrectableField struct {
	Key, Label, Unit string
	High             float64 // bounds: above 0 up to High
}

// CorrectableFields are those of a table's rows; none for a table that may not be corrected.
func CorrectableFields(kind string) []CorrectableField {
	switch kind {
	case InstancesKind:
		return []CorrectableField{{"hourly", "Price of the machine", "USD an hour", 100_000}}
	case AcceleratorsKind:
		return []CorrectableField{{"kw", "Power of one accelerator, all in", "kW", 100}}
	case UnitPricesKind:
		return []CorrectableField{{"price", "Price of a unit", "", 1e9}}
	case QuotasKind:
		return []CorrectableField{{"rpm", "Requests", "a minute", 1e12},
			{"tpm", "Tokens, in and out", "a minute", 1e15}, {"input_tpm", "Input tokens", "a minute", 1e15},
			{"output_tpm", "Output tokens", "a minute", 1e15}, {"monthly_spend", "Spend cap", "USD a month", 1e12}}
	case ThroughputKind:
		return []CorrectableField{{"output_tokens_per_second", "Output tokens of one machine", "a second", 1e9}}
	}
	return nil
}

// MeasurementKey names what a measurement of one machine is of.
func MeasurementKey(model, accelerator string, count int, weights, cache Precision, input, output float64) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return strings.Join([]string{model, accelerator, strconv.Itoa(count), string(weights), string(cache),
		number(input), number(output)}, "|")
}

// Own are the corrections in force of a row, with what was published.
func (m *Machines) Own(kind, row string) []Correction { return m.own[kind+"\n"+row] }

// OwnMeasurements are the measurements of one's own.
func (m *Machines) OwnMeasurements() []Correction {
	var list []Correction
	for key, own := range m.own {
		if strings.HasPrefix(key, ThroughputKind+"\n") {
			list = append(list, own...)
		}
	}
	slices.SortFunc(list, func(a, b Correction) int { return strings.Compare(a.Row, b.Row) })
	return list
}

// Correct is a copy with corrections in force. One that names no row, or whose value is no figure, changes nothing: the
// tables may have lost a row since it was made.
func (m *Machines) Correct(list []Correction) (*Machines, error) {
	changed, err := m.With(slices.Clone(m.Accelerators), slices.Clone(m.OpenModels))
	if err != nil {
		return nil, err
	}
	changed.Quotas, changed.UnitPrices = slices.Clone(m.Quotas), slices.Clone(m.UnitPrices)
	changed.own = map[string][]Correction{}
	changed.Instances = slices.Clone(m.Instances)
	published := m.published(list)
	for _, c := range list {
		if changed.apply(&c, published) {
			key := c.Kind + "\n" + c.Row
			changed.own[key] = append(changed.own[key], c)
		}
	}
	changed.correctInstances()
	return changed, nil
}

// correctInstances puts prices on demand of one's own into the instances, so that a plan that takes one pays it.
func (m *Machines) correctInstances() {
	for i := range m.Instances {
		instance := &m.Instances[i]
		for _, c := range m.Own(InstancesKind, instance.key(OnDemandTerm)) {
			if instance.Hourly.correct(&c) {
				instance.Origin = Origin{Source: c.Source, AsOf: c.AsOf}
			}
		}
	}
}

// published are the prices of the listings, where one of the corrections is of a listing.
func (m *Machines) published(list []Correction) map[string]Price {
	prices := map[string]Price{}
	if slices.ContainsFunc(list, func(c Correction) bool { return c.Kind == InstancesKind }) {
		for _, l := range m.Listings() {
			prices[l.Key()] = l.Hourly
		}
	}
	return prices
}

// apply puts one correction into its row and notes what stood there. Prices of machines follow when all are known.
func (m *Machines) apply(c *Correction, published map[string]Price) bool {
	q := parseQuantity(c.Value)
	if !q.Known {
		return false
	}
	switch c.Kind {
	case ThroughputKind:
		return q.Value > 0
	case InstancesKind:
		price, ok := published[c.Row]
		return ok && c.Field == "hourly" && price.correct(c)
	case AcceleratorsKind:
		at := slices.IndexFunc(m.Accelerators, func(a Accelerator) bool { return a.Name == c.Row })
		return at >= 0 && m.Accelerators[at].correct(c, q)
	case UnitPricesKind:
		at := slices.IndexFunc(m.UnitPrices, func(p UnitPrice) bool { return p.Key() == c.Row })
		return at >= 0 && m.UnitPrices[at].correct(c)
	case QuotasKind:
		at := slices.IndexFunc(m.Quotas, func(q Quota) bool { return q.Key() == c.Row })
		return at >= 0 && m.Quotas[at].correct(c, q)
	}
	return false
}

func (a *Accelerator) correct(c *Correction, q Quantity) bool {
	if c.Field != "kw" {
		return false
	}
	c.Published, a.AllInKW = a.AllInKW.Text, q
	a.Source = c.Source + " (own power, " + c.AsOf + "); " + a.Source
	return true
}

// correct also names the price's new source; its key keeps the date that was published.
func (p *UnitPrice) correct(c *Correction) bool {
	if c.Field != "price" || !p.Price.correct(c) {
		return false
	}
	p.Origin = Origin{Source: c.Source, AsOf: c.AsOf}
	return true
}

func (p *Price) correct(c *Correction) bool {
	rate, err := money.ParseRate(c.Value)
	if err != nil {
		return false
	}
	if p.Known {
		c.Published = p.Rate.String()
	}
	*p = Price{Rate: rate, Known: true}
	return true
}

func (q *Quota) correct(c *Correction, v Quantity) bool {
	fields := map[string]*Quantity{"rpm": &q.RPM, "tpm": &q.TPM, "input_tpm": &q.InputTPM, "output_tpm": &q.OutputTPM,
		"monthly_spend": &q.MonthlySpend}
	field, ok := fields[c.Field]
	if ok {
		c.Published, *field = field.Text, v
		q.Source = c.Source + " (own " + quotaWords(c.Field) + ", " + c.AsOf + "); " + q.Source
	}
	return ok
}

// quotaWords name a field of a quota: "input tpm".
func quotaWords(field string) string { return strings.ReplaceAll(field, "_", " ") }

// Key names the price among all.
func (p *UnitPrice) Key() string {
	return strings.Join([]string{p.Seller, p.Product, p.Term, p.published.AsOf}, "/")
}

// Key names the quota among all.
func (q *Quota) Key() string { return strings.Join([]string{q.Seller, q.Model, q.Tier, q.Scope}, "/") }

// correctListing puts a price of one's own into a listing that is no instance on demand.
func (m *Machines) correctListing(l *Listing) {
	for _, c := range m.Own(InstancesKind, l.key) {
		if l.Hourly.correct(&c) {
			l.Origin = Origin{Source: c.Source, AsOf: c.AsOf}
		}
	}
}
