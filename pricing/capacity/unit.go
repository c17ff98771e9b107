package capacity

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// ProvisionedUnit is what one unit of reserved capacity carries for a model. Tokens are normalised: input not cached +
// CachedWeight x cached + OutputWeight x output.
type ProvisionedUnit struct {
	Seller            string // azure, azure-fireworks, vertex
	Model             string // the seller's own id
	Unit              string // PTU or GSU
	TokensPerMinute   float64
	OutputWeight      Quantity // input tokens that an output token counts as
	CachedWeight      Quantity // the same for a cached input token
	Minimum           float64  // units a deployment; PTU: global and data zone
	Increment         float64
	RegionalMinimum   Quantity // PTU in one region
	RegionalIncrement Quantity
	Latency           string // what the seller aims at
	Note              string
	Origin
}

func readPTU(r *record) ProvisionedUnit {
	return ProvisionedUnit{Seller: r.Need("provider"), Model: r.Need("model"), Unit: "PTU",
		TokensPerMinute: r.Number("input_tpm_per_ptu"), OutputWeight: r.quantity("out_to_in_ratio"),
		CachedWeight: r.quantity("cached_weight"), Minimum: r.Number("global_dz_min"),
		Increment:       r.Number("global_dz_increment"),
		RegionalMinimum: r.quantity("regional_min"), RegionalIncrement: r.quantity("regional_increment"),
		Latency: r.Text("latency_target"), Origin: r.origin()}
}

func readGSU(r *record) ProvisionedUnit {
	u := ProvisionedUnit{Seller: r.Need("provider"), Model: r.Need("model"), Unit: "GSU",
		TokensPerMinute: r.Number("norm_tpm_per_gsu"), OutputWeight: r.quantity("out_weight"),
		CachedWeight: r.quantity("cached_weight"), Minimum: r.Number("min_gsu"), Increment: r.Number("increment"),
		Note: r.Text("note"), Origin: r.origin()}
	if second := r.Number("tokens_per_sec_per_gsu"); second*60 != u.TokensPerMinute {
		r.Fail("norm_tpm_per_gsu", "is not 60 x tokens_per_sec_per_gsu")
	}
	return u
}

// FindUnits lists provisioned units; an empty seller or model is any. Model ignores case and punctuation.
func (m *Machines) FindUnits(seller, model string) []*ProvisionedUnit {
	var found []*ProvisionedUnit
	for i := range m.Units {
		u := &m.Units[i]
		if (seller == "" || seller == u.Seller) && (model == "" || nameKey(model) == nameKey(u.Model)) {
			found = append(found, u)
		}
	}
	return found
}

// UnitsFor is how many units a load of normalised tokens a minute needs: rounded up to the increment, at least the
// minimum, which is enough if it carries the load. Without an increment (0) units are whole.
func UnitsFor(tokensPerMinute, perUnit, minimum, increment float64) float64 {
	if increment <= 0 {
		increment = 1
	}
	if minimum*perUnit >= tokensPerMinute {
		return minimum
	}
	// A need that is a whole number of increments but for the last digits of a float is that number.
	steps := tokensPerMinute / perUnit / increment
	whole := math.Round(steps)
	if math.Abs(steps-whole) > 1e-9*whole {
		whole = math.Ceil(steps)
	}
	return max(minimum, whole*increment)
}

// UnitPrice is what a unit costs for a term.
type UnitPrice struct {
	Seller   string
	Product  string
	Model    string // OpenAI's scale tier is sold by model; empty elsewhere
	Unit     string
	Term     string
	Price    Price // of one unit for Per
	Currency string
	Per      string // hour, day, month, year; empty: the source does not say
	Note     string
	Origin
	published Origin // as the table has it; Origin is of a corrected Price
}

func readUnitPrice(r *record) UnitPrice {
	note := r.Text("note")
	p := UnitPrice{Seller: r.Need("provider"), Product: r.Need("product"), Unit: r.Need("unit"), Term: r.Text("term"),
		Price: r.price("price", "not published: "+note), Currency: r.Need("currency"), Per: r.Text("per"), Note: note,
		Origin: r.origin()}
	p.published = p.Origin
	if scale, ok := strings.CutPrefix(p.Product, "Scale Tier "); ok {
		_, p.Model, _ = strings.Cut(scale, " ")
	}
	if p.Price.Known && p.hours() == 0 {
		r.Fail("per", "want hour, day, month or year")
	}
	return p
}

// hours of the period that the price is for; a month is 730 hours, a year twelve of them. 0: unknown.
func (p *UnitPrice) hours() float64 {
	return map[string]float64{"hour": 1, "day": 24, "month": HoursPerMonth, "year": 12 * HoursPerMonth}[p.Per]
}

// Monthly is the price of one unit for a month of 730 hours, false if unknown.
func (p *UnitPrice) Monthly() (float64, bool) {
	if !p.Price.Known {
		return 0, false
	}
	return p.Price.Rate.Float() / p.hours() * HoursPerMonth, true
}

// Months is the term that the price binds to, in whole months; 0 for a price by the hour or week, or without one
// plain term.
func (p *UnitPrice) Months() int {
	words := strings.Fields(p.Term)
	if len(words) != 2 {
		return 0
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || n < 1 {
		return 0
	}
	return n * map[string]int{"month": 1, "months": 1, "year": 12, "years": 12}[words[1]]
}

// LotPrice is the price of one unit as a lot of a plan states it, exact: of an hour where the seller charges by the
// hour, else of a month, which is a twelfth of a year. An unknown price is 0.
func (p *UnitPrice) LotPrice() (price decimal.Decimal, hourly bool) {
	price = p.Price.Rate.Decimal()
	switch p.Per {
	case "hour":
		return price, true
	case "day":
		return price.Mul(decimal.NewFromInt(HoursPerMonth)).Div(decimal.NewFromInt(24)), false
	case "year":
		return price.Div(decimal.NewFromInt(12)), false
	}
	return price, false
}

// FindUnitPrices lists prices of units; an empty seller or unit is any.
func (m *Machines) FindUnitPrices(seller, unit string) []*UnitPrice {
	var found []*UnitPrice
	for i := range m.UnitPrices {
		p := &m.UnitPrices[i]
		if (seller == "" || seller == p.Seller) && (unit == "" || unit == p.Unit) {
			found = append(found, p)
		}
	}
	return found
}
