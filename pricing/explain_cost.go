package pricing

import (
	"fmt"
	"slices"
	"strings"

	"headroom/pricing/growth"
)

// cost lists what every route costs in month m, the prices in it, what lots cost, and what commitments take off and
// add.
func (e *explainer) cost(m int) float64 {
	state, users := e.served(m)
	rows := e.c.program.MonthRows(m)
	for i := range rows {
		e.route(&rows[i], m, state, users)
	}
	e.fixed(m, state)
	e.usedPricesOf(m)
	formula := "sum over the routes of requests × cost of one request"
	if hasFixed(state) {
		formula += " + cost of lots"
	}
	if s := state.Statement; s.Discount != 0 || s.Shortfall != 0 {
		formula += " − discount + shortfall"
		e.step("list cost", "usage + cost of lots", state.ListCost, e.currency)
		e.settlement(m, state)
	}
	e.finish("Cost in "+e.c.months[m].String(), formula, Figure(state.Accrual()), e.currency)
	return state.Accrual()
}

// hasFixed reports whether any lots are charged.
func hasFixed(s *growth.State) bool {
	return s.Unallocated != 0 || slices.ContainsFunc(s.Offers, func(o growth.OfferMonth) bool { return o.Fixed != 0 })
}

// route lists the requests of one row, where they are served, and what they cost by token.
func (e *explainer) route(row *growth.Row, m int, state *growth.State, users []float64) {
	label := e.c.workloads[row.Workload]
	requests := state.Workloads[row.Workload] * row.Share
	share := e.requestsExpression(row.Workload, m, users)
	if row.Share != 1 {
		share += " × " + num(row.Share*100) + " % of them"
	}
	if row.Offer == growth.Nobody {
		e.step("requests of "+label+" that no offer serves", share, requests, "requests")
		return
	}
	s := &e.c.supplies[row.Offer]
	e.step("requests of "+label+" at "+e.name(s), share, requests, "requests")
	if e.c.program.Offers[row.Offer].Provisioned {
		e.spill(row, m, requests, state)
		return
	}
	if s.kind != OnDemand {
		return
	}
	e.unit(row, m, s)
	factor := state.Offers[row.Offer].Factor
	e.step("cost of "+label+" at "+e.name(s), costExpression(row, requests, factor), rowCost(row, requests, factor),
		e.currency)
}

// spill lists what a provisioned offer could not absorb, and what that costs where it goes.
func (e *explainer) spill(row *growth.Row, m int, requests float64, state *growth.State) {
	label, s := e.c.workloads[row.Workload], &e.c.supplies[row.Offer]
	absorbed := state.Offers[row.Offer].Absorbed
	interactive := requests * (1 - row.Batch)
	excess := interactive - absorbed*interactive
	if excess == 0 {
		return
	}
	expression := num(interactive) + " interactive × (1 − " + num(absorbed) + " absorbed)"
	target := e.c.program.Offers[row.Offer].Spill[m]
	if target == growth.Nobody {
		e.step("requests of "+label+" beyond the capacity of "+e.name(s)+", refused", expression, excess, "requests")
		return
	}
	to := &e.c.supplies[target]
	e.step("requests of "+label+" that spill from "+e.name(s)+" to "+e.name(to), expression, excess, "requests")
	if to.kind != OnDemand {
		return
	}
	factor := state.Offers[target].Factor
	text := num(excess) + " × " + num(row.Spilled)
	if factor != 1 {
		text += " × " + num(factor) + " volume tiers"
	}
	e.step("cost of "+label+" spilled to "+to.id, text, excess*row.Spilled*factor, e.currency)
}

// fixed lists what the lots of offers and pools cost, used or not.
func (e *explainer) fixed(m int, state *growth.State) {
	for o := range state.Offers {
		cost, s := state.Offers[o].Fixed, &e.c.supplies[o]
		if cost == 0 {
			continue
		}
		terms := e.lots(s, m)
		if pool := s.offer.GPUPool; pool != "" {
			terms = append(terms, "its share of pool "+pool+" by load: "+e.poolLots(pool, m))
		}
		e.step("fixed cost of "+e.name(s), strings.Join(terms, " + "), cost, e.currency)
	}
	for i, id := range e.c.pools {
		if pool := &e.c.program.Pools[i]; len(pool.Offers) == 0 && pool.Cost[m] != 0 {
			e.step("cost of pool "+id+", which no offer names", e.poolLots(id, m), pool.Cost[m], e.currency)
		}
	}
}

func (e *explainer) lots(s *supply, m int) []string {
	var terms []string
	for _, lot := range s.offer.Lots {
		switch {
		case !active(lot.From, lot.Months, e.c.months[m]):
		case lot.PricePerMonth.IsZero():
			terms = append(terms, fmt.Sprintf("%s units × %s an hour × %s hours", lot.Units, lot.PricePerHour,
				num(e.c.hours(m))))
		default:
			terms = append(terms, fmt.Sprintf("%s units × %s a month", lot.Units, lot.PricePerMonth))
		}
	}
	if rate, _ := e.c.rate(s.currency, m); rate != 1 && len(terms) > 0 {
		terms = append(terms[:len(terms)-1], terms[len(terms)-1]+", at "+num(rate)+" "+e.currency+" for one "+
			s.currency)
	}
	return terms
}

func (e *explainer) poolLots(id string, m int) string {
	var terms []string
	for _, lot := range e.c.plan.GPUPools[id].Lots {
		if active(lot.From, lot.Months, e.c.months[m]) {
			terms = append(terms, fmt.Sprintf("%s GPUs × %s an hour × %s hours", lot.GPUs, lot.PricePerHour,
				num(e.c.hours(m))))
		}
	}
	return strings.Join(terms, " + ")
}

// settlement lists what each commitment takes off and adds.
func (e *explainer) settlement(m int, state *growth.State) {
	s := state.Statement
	for i, agreement := range e.c.plan.Commitments {
		if s.Drawn[i] != 0 {
			e.step("net spend under "+agreement.ID, "list cost of "+strings.Join(agreement.Providers, ", ")+
				" × (1 − "+num(agreement.Discount.Float())+")", s.Drawn[i], e.currency)
		}
	}
	e.step("discount", "list cost − net spend of the commitments in force", s.Discount, e.currency)
	if s.Shortfall != 0 {
		e.step("shortfall", "promised − drawn − carried over, in the last month of a period", s.Shortfall, e.currency)
	}
}

// rowCost is Program.bill's formula.
func rowCost(row *growth.Row, requests, factor float64) float64 {
	return requests * ((1-row.Batch)*row.Interactive + row.Batch*row.BatchCost) * factor
}

func costExpression(row *growth.Row, requests, factor float64) string {
	unit := num(row.Interactive)
	if row.Batch == 1 {
		unit = num(row.BatchCost)
	} else if row.Batch > 0 {
		unit = fmt.Sprintf("(%s interactive × %s + %s batch × %s)", num(1-row.Batch), num(row.Interactive),
			num(row.Batch), num(row.BatchCost))
	}
	text := num(requests) + " × " + unit
	if factor != 1 {
		text += " × " + num(factor) + " volume tiers"
	}
	return text
}
