package pricing

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// Ranked is what one workload would cost on one catalogue offer over the plan's months, at full demand.
type Ranked struct {
	Offer      *catalog.Offer
	Cost       float64 // in the plan's currency
	Per1k      Figure  // cost of 1,000 requests on average; undefined without requests
	Free       bool    // the source states 0 for input and output
	TooSmall   bool    // the known context window holds less than a request's input and output
	NotChat    bool    // embedding, image, speech, ...
	Retires    bool    // the catalogue says that it retires before the plan ends
	Assumed    string  // the cached tokens' price that the source does not state: the input price stands for it
	Reason     string  // why the cost is unknown; Cost is then meaningless
	EarlyPrice bool    // its first known price begins after the plan's start
}

// Known reports whether the cost is known.
func (r *Ranked) Known() bool { return r.Reason == "" }

// ErrWorkload says that the plan has no such workload.
var ErrWorkload = errors.New("the plan has no such workload")

// ErrRate says that the plan has no rate for dollars, in which catalogue prices are.
var ErrRate = errors.New("catalogue prices are in USD: give fx.USD for every month of the plan")

// Rank prices one workload of a valid plan on every offer of the catalogue, the cheapest first, then those whose price
// is unknown, by id. Nothing is filtered: the flags of a Ranked say what a reader should know.
func Rank(p *Plan, workload string, c *catalog.Snapshot) ([]Ranked, error) {
	d, err := newDemand(p, workload)
	if err != nil {
		return nil, err
	}
	list, order := make([]Ranked, len(c.Offers)), make([]place, len(c.Offers))
	for i := range c.Offers {
		list[i] = d.rank(&c.Offers[i])
		order[i] = place{list[i].Cost, i}
		if !list[i].Known() {
			order[i].cost = math.Inf(1)
		}
	}
	slices.SortFunc(order, func(a, b place) int { return cmp.Or(cmp.Compare(a.cost, b.cost), a.index-b.index) })
	sorted := make([]Ranked, len(list))
	for i, p := range order {
		sorted[i] = list[p.index]
	}
	return sorted, nil
}

// place is what ranking sorts by. The offers of a snapshot are in the order of seller, id and scope, so that their
// index decides between equal costs.
type place struct {
	cost  float64 // infinite when unknown
	index int
}

// demand is a workload month by month, worked out once for all offers.
type demand struct {
	requests []growth.Request
	counts   []float64 // requests
	days     []calendar.Day
	usd      []float64
	batch    float64
	total    float64
	tokens   int64 // input and output of the largest request
	scratch  monthPrices
}

func newDemand(p *Plan, workload string) (*demand, error) {
	w, ok := p.Workloads[workload]
	if !ok {
		return nil, ErrWorkload
	}
	f := frame{plan: p, months: p.horizon()}
	d := &demand{batch: w.BatchShare.Float()}
	curve := p.Segments[w.Segment].Users.growth()
	days := p.dayCount()
	for m, month := range f.months {
		usd, ok := f.rate(catalogCurrency, m)
		if !ok {
			return nil, ErrRate
		}
		r := w.request(m)
		count := curve.At(m) * w.RequestsPerUserDay.Float() * days.Days(month) * w.season(month)
		d.requests = append(d.requests, r)
		d.counts = append(d.counts, count)
		d.days = append(d.days, calendar.Day(month.LastDay()))
		d.usd = append(d.usd, usd)
		d.total += count
		d.tokens = max(d.tokens, int64(r.Input+r.Output))
	}
	return d, nil
}

// rank prices the workload on one offer.
func (d *demand) rank(o *catalog.Offer) Ranked {
	ranked := Ranked{Offer: o, TooSmall: o.ContextTokens > 0 && o.ContextTokens < d.tokens, NotChat: !isChat(o.Mode),
		Retires: o.Retires != "" && o.Retires <= d.days[len(d.days)-1]}
	var row *catalog.Row
	var unit unitPrices
	for m := range d.counts {
		if m == 0 || len(o.Rows) > 1 {
			var early bool
			row, early = o.RowAt(d.days[m])
			ranked.EarlyPrice = ranked.EarlyPrice || early
		}
		if row == nil {
			ranked.Reason = "no source states a price in force"
			return ranked
		}
		if r := d.requests[m]; !unit.holds(row, r) {
			if unit.find(row, r, &ranked, &d.scratch); ranked.Reason != "" {
				return ranked
			}
		}
		ranked.Cost += d.counts[m] * d.usd[m] * unit.cost(d.requests[m], d.batch)
	}
	ranked.Per1k = ratio(ranked.Cost*1000, d.total)
	return ranked
}

// unitPrices are one row's prices in one context tier, in dollars, kept while months stay in them.
type unitPrices struct {
	row             *catalog.Row
	above, upTo     float64 // input tokens that the tier holds for: more than above, at most upTo
	standard, batch growth.Prices
}

func (u *unitPrices) holds(row *catalog.Row, r growth.Request) bool {
	return u.row == row && r.Input <= u.upTo && (r.Input > u.above || u.above == 0)
}

// find prices requests of this size with the row, or says in ranked why it cannot.
func (u *unitPrices) find(row *catalog.Row, r growth.Request, ranked *Ranked, scratch *monthPrices) {
	*scratch = monthPrices{row: row, factor: 1, usd: 1}
	q := quote{month: scratch}
	q.fromCatalogue(Number{}, r)
	if q.missing != "" {
		ranked.Reason = "no source states its " + q.missing + " price"
		return
	}
	ranked.Free = ranked.Free || q.free
	if q.assumed != "" {
		ranked.Assumed = q.assumed
	}
	*u = unitPrices{row: row, above: float64(q.above), upTo: math.Inf(1), standard: q.standard, batch: q.batch}
	for i := range row.Prices {
		if above := float64(row.Prices[i].Above); above > u.above && above >= r.Input {
			u.upTo = min(u.upTo, above)
		}
	}
}

// cost is the average cost of a request, interactive and batch.
func (u *unitPrices) cost(r growth.Request, batch float64) float64 {
	if batch == 0 {
		return u.standard.Cost(r)
	}
	return (1-batch)*u.standard.Cost(r) + batch*u.batch.Cost(r)
}

// isChat reports whether a catalogue mode answers prompts with text.
func isChat(mode string) bool {
	return mode == "chat" || mode == "responses" || mode == "completion" || mode == ""
}
