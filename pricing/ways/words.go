package ways

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/limit"
	"headroom/pricing/words"
)

// Summary is what the headline says.
type Summary struct {
	Wall          Wall
	UsersAtDemand float64        // in the last month
	UsersServed   float64        // in the last month
	Revenue       float64        // that demand would pay and the plan does not serve, over the plan
	RevenueShare  pricing.Figure // of what demand would pay
	Last          calendar.Month
	Headline      string
	FirstAction   string // empty: no way is known
}

func summaryOf(f *finder, ways []Way) Summary {
	end := f.base.Months[len(f.base.Months)-1]
	t := f.base.Totals
	s := Summary{Wall: f.wall, UsersAtDemand: end.UsersDemanded, UsersServed: end.UsersServed, Last: end.Month,
		Revenue: math.Max(0, t.RevenueAtDemand-t.Revenue), RevenueShare: pricing.Undefined()}
	if t.RevenueAtDemand > 0 {
		s.RevenueShare = pricing.Figure(s.Revenue / t.RevenueAtDemand)
	}
	s.Headline = "No limit of this plan stops your growth before " + monthWords(end.Month+1) + "."
	if f.wall.Stands() {
		s.Headline = monthWords(f.wall.Month) + ": " + f.wall.Words + " stops your growth."
	}
	if len(ways) > 0 {
		s.FirstAction = actionWords(f, &ways[0])
	}
	return s
}

// actionWords is the first action as sentences: what, cost, lead time, date, next wall.
func actionWords(f *finder, w *Way) string {
	cost := moneyWords(f, 0)
	if w.OwnCost != 0 {
		cost = moneyWords(f, math.Abs(w.OwnCostPerMonth)) + " a month"
		if w.OwnCost < 0 {
			cost += " saved"
		}
	}
	when := "order by " + dayWords(w.OrderBy)
	if w.TooLate {
		when = "too late for " + monthWords(f.wall.Month) + ": it was to be ordered by " + dayWords(w.OrderBy)
	}
	next := "No later wall in this plan."
	if w.NewWall.Stands() {
		next = "Next wall " + monthWords(w.NewWall.Month) + " (" + w.NewWall.Words + ")."
	}
	return fmt.Sprintf("%s. %s, %s: %s. %s", w.Name, cost, words.AboutDays(w.LeadDays), when, next)
}

func dayWords(day time.Time) string { return words.Day(day.Date()) }

func monthWords(m calendar.Month) string {
	year, month := m.Date()
	return words.Month(year, month)
}

// limitWords is a limit as a sentence names it.
func limitWords(f *finder, p *pricing.Plan, id string) string {
	at, _ := limit.Parse(id)
	switch at.Kind.Subject() {
	case limit.OfSite:
		return "the " + at.Kind.Noun() + " at " + at.Subject
	case limit.OfPool:
		return "the GPU pool " + at.Subject
	case limit.OfOffer:
		return sellerWords(f, p, at.Subject) + "'s " + at.Kind.Noun()
	case limit.OfProvider:
		return "the " + at.Kind.Noun() + " at " + sellerName(f, at.Subject)
	case limit.OfPlan:
		return "your " + at.Kind.String()
	case limit.OfRoute:
		if at.Kind == limit.Unrouted {
			return "requests that no offer serves (" + at.Subject + ")"
		}
		return "the " + at.Kind.String() + " that " + at.Subject + " does not meet"
	}
	return ""
}

// sellerWords is the seller of an offer, with the scope where several offers of it have quotas.
func sellerWords(f *finder, p *pricing.Plan, offer string) string {
	o := p.Offers[offer]
	provider := o.Provider
	if e := f.entry(o); provider == "" && e != nil {
		provider = e.Provider
	}
	if provider == "" {
		return offer
	}
	name := sellerName(f, provider)
	if scope := scopeWords(o.Scope); scope != "" && o.Scope != "global" {
		name += " " + scope
	}
	return name
}

// sellerName is a seller's short name.
func sellerName(f *finder, provider string) string {
	switch provider {
	case "azure":
		return "Azure"
	case "bedrock":
		return "Bedrock"
	case "vertex":
		return "Vertex"
	}
	if f.catalog != nil {
		if name := f.catalog.Seller(provider).Name; name != "" {
			return name
		}
	}
	return provider
}

func scopeWords(scope string) string { return pricing.ScopeName(scope) }

func modelName(f *finder, o *catalog.Offer) string {
	if m, ok := f.catalog.Model(o.Model); ok && m.Name != "" {
		return m.Name
	}
	return slug(o.Model)
}

// moneyWords is an amount in short with its currency.
func moneyWords(f *finder, v float64) string { return words.Money(cmp.Or(f.plan.Currency, "USD"), v) }
