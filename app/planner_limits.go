package app

import (
	"math"
	"strings"

	"headroom/pricing"
	"headroom/pricing/limit"
	"headroom/pricing/words"
	"headroom/views/table"
)

// limitWords name limits as the page does. The ids of package pricing are for files.
type limitWords struct {
	a    *answer
	many map[string]bool // kind and provider of which there are several limits, which then need the model's name
}

// words names the limits that any alternative meets.
func (a *answer) limitWords() limitWords {
	w := limitWords{a: a, many: map[string]bool{}}
	seen := map[string]string{}
	for _, row := range a.compare.Rows {
		for _, id := range limitsOf(row) {
			at, _ := limit.Parse(id)
			key := at.Kind.String() + "/" + a.entryOf(at.Subject).Provider
			if first, ok := seen[key]; ok && first != id {
				w.many[key] = true
			}
			seen[key] = id
		}
	}
	return w
}

// limitsOf are the limits that exist in any month of a row, in the order that resolves ties, then those that only refuse.
func limitsOf(row pricing.ComparisonRow) []string {
	var ids []string
	for i := range row.Months {
		for _, l := range row.Months[i].Limits {
			ids = appendNew(ids, l.ID)
		}
	}
	for i := range row.Months {
		for _, lost := range row.Months[i].LostRevenue {
			ids = appendNew(ids, lost.ID)
		}
	}
	return ids
}

// entryOf is what stands behind an offer of any alternative.
func (a *answer) entryOf(offer string) entry {
	for _, row := range a.compare.Rows {
		for _, e := range a.entriesOf(row) {
			if e.Supply.Offer == offer {
				return e
			}
		}
	}
	return entry{}
}

// owner is who a limit belongs to: the seller of its offer, the provider, pool or site.
func (w limitWords) owner(id string) string {
	at, _ := limit.Parse(id)
	switch at.Kind.Subject() {
	case limit.OfOffer:
		if e := w.a.entryOf(at.Subject); e.Provider != "" {
			return shortSeller(w.a.prices.Seller(e.Provider))
		}
	case limit.OfProvider:
		return shortSeller(w.a.prices.Seller(at.Subject))
	case limit.OfSite, limit.OfPool, limit.OfPlan, limit.OfRoute:
	}
	return at.Subject
}

// name is a limit in a few words: "Azure token quota", "Budget", "GPUs of fleet".
func (w limitWords) name(id string) string {
	at, _ := limit.Parse(id)
	noun := at.Kind.Noun()
	switch at.Kind.Subject() {
	case limit.OfSite:
		return capitalised(noun) + " at " + at.Subject
	case limit.OfPool:
		return noun + " of " + at.Subject
	case limit.OfOffer, limit.OfProvider:
		return w.owner(id) + " " + noun + w.model(id)
	case limit.OfPlan:
		return capitalised(noun)
	case limit.OfRoute:
	}
	workload, _ := at.Route()
	return title(workload) + ": " + noun
}

// the is the name inside of a sentence: a noun begins in lower case, the name of a seller or a workload stays as it is.
func (w limitWords) the(id string) string {
	name := w.name(id)
	switch at, _ := limit.Parse(id); at.Kind.Subject() {
	case limit.OfSite, limit.OfPlan:
		return "the " + strings.ToLower(name[:1]) + name[1:]
	case limit.OfPool, limit.OfOffer, limit.OfProvider, limit.OfRoute:
	}
	return "the " + name
}

// model tells apart two limits of one kind at one seller.
func (w limitWords) model(id string) string {
	at, _ := limit.Parse(id)
	e := w.a.entryOf(at.Subject)
	if e.Provider == "" || !w.many[at.Kind.String()+"/"+e.Provider] {
		return ""
	}
	return ", " + w.a.modelWords(e)
}

// stops is the sentence of the headline: "Azure’s token quota stops your growth."
func (w limitWords) stops(id string) string {
	at, _ := limit.Parse(id)
	noun := at.Kind.Noun()
	switch at.Kind.Subject() {
	case limit.OfSite:
		return "the " + noun + " at " + at.Subject + " stops your growth."
	case limit.OfPool:
		return "the " + noun + " of " + at.Subject + " stop your growth."
	case limit.OfOffer, limit.OfProvider:
		return possessive(w.owner(id)) + " " + noun + w.modelOf(id) + " stops your growth."
	case limit.OfPlan:
		if at.Kind == limit.Cash {
			noun = "cash"
		}
		return "your " + noun + " stops your growth."
	case limit.OfRoute:
	}
	workload, _ := at.Route()
	return "not every request of " + workload + " finds a supply: " + noun + "."
}

func (w limitWords) modelOf(id string) string {
	if model := w.model(id); model != "" {
		return " for " + strings.TrimPrefix(model, ", ")
	}
	return ""
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "’"
	}
	return name + "’s"
}

// capacity is a limit's capacity in words: "1.05 M tokens a minute", "$180k a month".
func (w limitWords) capacity(id string, capacity float64) string {
	currency := w.a.compare.Currency
	at, _ := limit.Parse(id)
	switch unit := at.Kind.Unit(); unit {
	case limit.TokensPerMinute, limit.RequestsPerMinute:
		return words.Count(capacity) + " " + unit.Words()
	case limit.Accelerators:
		return words.Quantity(capacity) + " " + unit.Words()
	case limit.Megawatts:
		if math.Abs(capacity) < 1 {
			return words.Quantity(capacity*1000) + " kW"
		}
		return words.Quantity(capacity) + " MW"
	case limit.Share:
		return "at least " + table.Number(table.Percent, capacity)
	case limit.Balance:
		return "at least " + words.Money(currency, capacity)
	case limit.MoneyPerMonth, limit.Uncounted:
	}
	return words.Money(currency, capacity) + " a month"
}

// shadowUnit is the step in which a capacity is bought, and its name.
func (w limitWords) shadowUnit(id string) (units float64, one string) {
	at, _ := limit.Parse(id)
	if at.Kind == limit.ProvisionedUnits {
		per := w.a.plan.Offers[at.Subject].TokensPerMinutePerUnit.Float()
		return per, "unit (" + words.Count(per) + " tokens a minute)"
	}
	switch at.Kind.Unit() {
	case limit.TokensPerMinute:
		return 1000, "1,000 tokens a minute"
	case limit.RequestsPerMinute:
		return 1, "1 request a minute"
	case limit.Accelerators:
		return 1, "GPU"
	case limit.Megawatts:
		return 0.01, "10 kW"
	case limit.MoneyPerMonth, limit.Balance, limit.Share, limit.Uncounted:
	}
	return 1000, words.Money(w.a.compare.Currency, 1000) + " a month"
}

// limitIn is a limit as it stands in a month, false when there is none.
func limitIn(m pricing.MonthResult, id string) (pricing.LimitMonth, bool) {
	for _, l := range m.Limits {
		if l.ID == id {
			return l, true
		}
	}
	return pricing.LimitMonth{}, false
}
