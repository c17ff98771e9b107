package pricing

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
	"headroom/pricing/money"
	"headroom/pricing/words"
)

// requests lists the requests of every workload in month m.
func (e *explainer) requests(m int) float64 {
	state, users := e.served(m)
	for w, id := range e.c.workloads {
		e.step("requests of "+id, e.requestsExpression(w, m, users), state.Workloads[w], "requests")
	}
	return state.Requests
}

func (e *explainer) requestsExpression(w, m int, users []float64) string {
	asked := e.c.asked[w]
	text := fmt.Sprintf("%s users × %s a day × %s", num(users[e.c.program.Workloads[w].Segment]),
		asked.RequestsPerUserDay, e.days(m))
	if season := asked.season(e.c.months[m]); season != 1 {
		text += " × " + num(season) + " season"
	}
	return text
}

// days says how many days month m counts as: whole ones, or in months of 730 hours a twelfth of a year.
func (e *explainer) days(m int) string {
	if e.c.plan.dayCount() == calendar.Hours730 {
		return "365 / 12 days"
	}
	return num(e.c.program.Minutes[m]/1440) + " days"
}

// unit explains the cost of one request, interactive and batch.
func (e *explainer) unit(row *growth.Row, m int, s *supply) {
	if s.kind != OnDemand {
		return
	}
	r := e.c.request(row.Workload, m)
	q := e.c.quote(s, m, r)
	if row.Batch < 1 {
		e.unitCost("cost of one request", unitExpression(q.standard, r), row.Interactive)
	}
	if row.Batch > 0 {
		e.unitCost("cost of one batch request", unitExpression(q.batch, r), row.BatchCost)
	}
}

// unitCost is a step whose value is shown with the digits that the next one multiplies.
func (e *explainer) unitCost(label, expression string, value float64) {
	e.step(label, expression, value, e.currency).Exact = plainDigits(value)
}

// unitExpression is growth.Prices.Cost with the numbers in it; terms of 0 tokens are left out.
func unitExpression(p growth.Prices, r growth.Request) string {
	var terms []string
	for _, t := range []struct {
		tokens, price float64
		what          string
	}{
		{r.Input * (1 - r.CacheRead - r.CacheWrite), p.Input, "input"},
		{r.Input * r.CacheRead, p.CacheRead, "cached"},
		{r.Input * r.CacheWrite, p.CacheWrite, "cache write"},
		{r.Output, p.Output, "output"},
	} {
		if t.tokens != 0 {
			terms = append(terms, num(t.tokens)+" "+t.what+" × "+num(t.price))
		}
	}
	text := "(" + strings.Join(terms, " + ") + ") / 1,000,000"
	if p.PerRequest != 0 {
		text += " + " + num(p.PerRequest) + " per request"
	}
	return text
}

func (e *explainer) monthRevenue(m int) float64 {
	state, users := e.served(m)
	for i, id := range e.c.segments {
		expression := num(users[i]) + " users × " + num(e.c.program.Segments[i].Revenue[m])
		if state.SegmentRefused[i] > 0 {
			expression += " × (1 − " + num(state.SegmentRefused[i]) + " refused / " + num(state.SegmentRequests[i]) +
				" requests)"
		}
		e.step("revenue of "+id, expression, state.SegmentRevenue[i], e.currency)
	}
	e.finish("Revenue in "+e.c.months[m].String(), "users × revenue per user × served share, summed over the segments",
		Figure(state.Revenue), e.currency)
	return state.Revenue
}

// shownPrice is a price that the derivation lists already: one of a row, in one context tier.
type shownPrice struct {
	offer int
	own   *PriceRow
	row   *catalog.Row
	above int64
	name  string
}

// usedPrices lists every price row that any month uses.
func (e *explainer) usedPrices() {
	for m := range e.c.months {
		e.usedPricesOf(m)
	}
}

// usedPricesOf lists the price rows of month m that are not listed yet.
func (e *explainer) usedPricesOf(m int) {
	for _, row := range e.c.program.MonthRows(m) {
		if row.Offer == growth.Nobody || e.c.supplies[row.Offer].kind != OnDemand {
			continue
		}
		s := &e.c.supplies[row.Offer]
		r := e.c.request(row.Workload, m)
		e.prices(row, s, e.c.quote(s, m, r), r, m)
	}
}

// once reports whether a price is not listed yet, and notes that it is now.
func (e *explainer) once(p shownPrice) bool {
	if slices.Contains(e.shown, p) {
		return false
	}
	e.shown = append(e.shown, p)
	return true
}

// prices lists the prices that a row of the plan uses, each as its source states it.
func (e *explainer) prices(row growth.Row, s *supply, q quote, r growth.Request, m int) {
	p := q.month
	own := PriceRow{}
	if p.own != nil {
		own = *p.own
	}
	var rates catalog.Rates
	if p.row != nil {
		rates = p.row.RatesFor(q.above + 1)
	}
	for _, line := range []struct {
		name   string
		stated Number
		rate   money.Rate
		has    bool
		used   bool
	}{
		{"input", own.Input, rates.Input, rates.HasInput, true},
		{"cache read", own.CacheRead, rates.CacheRead, rates.HasCacheRead, r.CacheRead > 0},
		{"cache write", own.CacheWrite, rates.CacheWrite, rates.HasCacheWrite, r.CacheWrite > 0},
		{"output", own.Output, rates.Output, rates.HasOutput, true},
		{"per request", own.PerRequest, rates.PerRequest, rates.HasPerRequest, true},
		{"batch input", Number{}, rates.Batch.Input, q.ownBatch, row.Batch > 0},
		{"batch output", Number{}, rates.Batch.Output, q.ownBatch, row.Batch > 0},
	} {
		if !line.used || !e.once(shownPrice{row.Offer, p.own, p.row, q.above, line.name}) {
			continue
		}
		step := Step{Label: line.name + " price of " + e.name(s), Unit: priceUnit(line.name, catalogCurrency),
			Note: e.priceNote(s, p, q.above, m)}
		if line.name == "input" && p.row != nil && p.own == nil && p.row.Note != "" {
			step.Note += "; " + p.row.Note
		}
		switch {
		case !line.stated.IsZero():
			step.Value, step.Exact, step.Unit = Figure(line.stated.Float()), line.stated.String(),
				priceUnit(line.name, s.currency)
			step.Source, step.Status = "this plan", string(catalog.Own)
		case line.has:
			step.Value, step.Exact = Figure(line.rate.Float()), line.rate.String()
			source := e.c.catalog.Source(p.row.Source)
			step.Source, step.URL = source.Name, cmp.Or(p.row.URL, source.URL)
			step.AsOf, step.Status = string(p.row.AsOf), string(p.row.Status)
		default:
			continue
		}
		e.d.Steps = append(e.d.Steps, step)
	}
}

func priceUnit(name, currency string) string {
	if name == "per request" {
		return currency + " per request"
	}
	return currency + " per 1M tokens"
}

// priceNote says what stands between the stated price and the one in the formula.
func (e *explainer) priceNote(s *supply, p *monthPrices, above int64, m int) string {
	var notes []string
	if s.entry != nil {
		notes = append(notes, strings.TrimSpace(s.entry.ID()+" "+s.entry.Scope))
	}
	if above > 0 {
		notes = append(notes, "for more than "+num(float64(above))+" input tokens")
	}
	if p.early {
		notes = append(notes, "the first known price, used for earlier months too")
	}
	if p.factor != 1 {
		notes = append(notes, "times "+num(p.factor)+" for the price decline by "+e.c.months[m].String())
	}
	rate := p.rate
	if p.own == nil {
		rate = p.usd
	}
	if rate != 1 {
		notes = append(notes, "times "+num(rate)+" "+e.currency)
	}
	return strings.Join(notes, "; ")
}

// num writes a number for a formula: up to ten significant digits, thousands grouped.
func num(v float64) string {
	if size := math.Abs(v); size >= 1e15 || size != 0 && size < 1e-12 {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	return words.Group(plainDigits(v))
}

// plainDigits writes a number without an exponent, rounded to the digits that num shows.
func plainDigits(v float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 10, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
