package pricing

import (
	"errors"
	"math"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// supply is an offer of the plan joined with its catalogue entry: the plan beats the catalogue, the catalogue beats the
// defaults.
type supply struct {
	id        string
	offer     Offer
	entry     *catalog.Offer // nil: the plan names none, or none was found
	kind      Kind
	provider  string
	currency  string         // of the plan's own prices
	retires   calendar.Month // 0: never
	successor int            // index; growth.Nobody: none
	prices    []monthPrices  // by month; nil until a route reaches the offer
	faults    []FieldError   // why the catalogue entry was not found
}

// monthPrices is what prices an offer in one month, whoever asks; filled on first use.
type monthPrices struct {
	ready   bool
	own     *PriceRow    // the plan's row in force
	row     *catalog.Row // the catalogue's row in force
	early   bool         // the catalogue's first row begins later
	factor  float64      // decline since the row began
	rate    float64      // base units for one unit of the offer's currency
	usd     float64      // base units for one dollar, for the catalogue's prices
	problem string       // why there is no price
	path    string       // of the problem
}

// newSupply joins an offer with the catalogue. An entry that is not found, or is several, is left in faults.
func newSupply(id string, o Offer, c *catalog.Snapshot, base string) supply {
	s := supply{id: id, offer: o, kind: o.Kind, provider: o.Provider, currency: o.Currency, retires: o.Retires,
		successor: growth.Nobody}
	if s.kind == "" {
		s.kind = OnDemand
	}
	if o.Catalog != "" {
		var out problems
		s.entry = findEntry(dot("offers", id), o, c, &out)
		s.faults = out.list
	}
	if s.entry != nil {
		if s.provider == "" {
			s.provider = s.entry.Provider
		}
		if s.currency == "" {
			s.currency = catalogCurrency
		}
		if s.retires == 0 && len(s.entry.Retires) >= 7 {
			s.retires, _ = calendar.ParseMonth(string(s.entry.Retires[:7]))
		}
	}
	if s.currency == "" {
		s.currency = base
	}
	return s
}

// catalogCurrency is the currency of every catalogue price.
const catalogCurrency = "USD"

func findEntry(path string, o Offer, c *catalog.Snapshot, out *problems) *catalog.Offer {
	if c == nil {
		out.add(dot(path, "catalog"), "no price catalogue is loaded")
		return nil
	}
	entry, err := c.Offer(o.Catalog, o.Scope)
	if err == nil {
		return entry
	}
	if o.Scope != "" && errors.Is(err, catalog.ErrUnknownOffer) && len(c.Find(o.Catalog)) > 0 {
		out.add(dot(path, "scope"), "%v", err)
	} else {
		out.add(dot(path, "catalog"), "%v", err)
	}
	return nil
}

// month finds the price rows in force in month m of the plan.
func (f *frame) month(s *supply, m int) *monthPrices {
	if s.prices == nil {
		s.prices = make([]monthPrices, len(f.months))
	}
	p := &s.prices[m]
	if p.ready {
		return p
	}
	p.ready = true
	month := f.months[m]
	for i := range s.offer.Prices {
		row := &s.offer.Prices[i]
		if row.From <= month && (p.own == nil || row.From > p.own.From) {
			p.own = row
		}
	}
	if s.entry != nil {
		p.row, p.early = s.entry.RowAt(calendar.Day(month.LastDay()))
	}
	f.factors(s, p, m)
	return p
}

// factors works out decline and currency, or why there is no price.
func (f *frame) factors(s *supply, p *monthPrices, m int) {
	if p.own == nil && p.row == nil {
		p.path = dot(dot("offers", s.id), "prices")
		p.problem = noPrice(s, f.months[m])
		return
	}
	p.factor = 1
	if d := s.offer.PriceDeclinePerYear.Float(); d != 0 {
		p.factor = math.Pow(1-d, float64(m-f.rowMonth(p))/12)
	}
	var ok bool
	if p.rate, ok = f.rate(s.currency, m); !ok {
		p.path, p.problem = dot("fx", s.currency), f.noRate(s.currency, m)
	}
	if p.usd, ok = f.rate(catalogCurrency, m); !ok && p.row != nil {
		if usesCatalogue(p) {
			p.path, p.problem = dot("fx", catalogCurrency), f.noRate(catalogCurrency, m)
		}
		p.row = nil // nothing of it is needed
	}
}

// usesCatalogue reports whether any price of the month comes from the catalogue.
func usesCatalogue(p *monthPrices) bool {
	return p.own == nil || p.own.Input.IsZero() || p.own.Output.IsZero() || p.own.CacheRead.IsZero() ||
		p.own.CacheWrite.IsZero()
}

func (f *frame) noRate(currency string, m int) string {
	return "no rate for " + currency + " in " + f.months[m].String() + ": give the number of " + f.plan.baseCurrency() +
		" for one " + currency
}

func noPrice(s *supply, month calendar.Month) string {
	if s.entry != nil {
		return "unknown price: the catalogue states none in force for " + s.entry.ID() + " in " + month.String() +
			"; state prices"
	}
	return "no price row in force in " + month.String() +
		", when a route reaches this offer: give one from that month or earlier"
}

// rowMonth is the plan month in which the row in force began, at least 0: decline does not run before the plan.
func (f *frame) rowMonth(p *monthPrices) int {
	from := f.months[0]
	if p.own != nil {
		from = p.own.From
	} else if len(p.row.From) >= 7 && !p.early {
		from, _ = calendar.ParseMonth(string(p.row.From[:7]))
	}
	return max(int(from-f.months[0]), 0)
}

// rate is base units for one unit of a currency in month m.
func (f *frame) rate(currency string, m int) (float64, bool) {
	if currency == f.plan.baseCurrency() {
		return 1, true
	}
	return f.plan.FX[currency].At(f.months[m])
}
