package workspace

import (
	"math"
	"strings"

	"headroom/app/cells"
	"headroom/pricing"
	"headroom/pricing/limit"
	"headroom/pricing/words"
	"headroom/views/table"
)

// LimitWords name limits as the page does. The ids of package pricing are for files.
type LimitWords struct {
	a    *Answer
	many map[string]bool // kind and provider of which there are several limits, which then need the model's name
}

// limitWords name the limits that any alternative meets.
func (a *Answer) limitWords() LimitWords {
	w := LimitWords{a: a, many: map[string]bool{}}
	seen := map[string]string{}
	for _, row := range a.Compare.Rows {
		for _, id := range LimitsOf(row) {
			at, _ := limit.Parse(id)
			key := at.Kind.String() + "/" + a.EntryOf(at.Subject).Provider
			if first, ok := seen[key]; ok && first != id {
				w.many[key] = true
			}
			seen[key] = id
		}
	}
	return w
}

// LimitsOf are the limits that exist in any month of a row, in the order that resolves ties, then those that only
// refuse.
func LimitsOf(row pricing.ComparisonRow) []string {
	var ids []string
	for i := range row.Months {
		for _, l := range row.Months[i].Limits {
			ids = AppendNew(ids, l.ID)
		}
	}
	for i := range row.Months {
		for _, lost := range row.Months[i].LostRevenue {
			ids = AppendNew(ids, lost.ID)
		}
	}
	return ids
}

// EntryOf is what stands behind an offer of any alternative.
func (a *Answer) EntryOf(offer string) Entry {
	for _, row := range a.Compare.Rows {
		for _, e := range a.EntriesOf(row) {
			if e.Supply.Offer == offer {
				return e
			}
		}
	}
	return Entry{}
}

// Owner is who a limit belongs to: the seller of its offer, the provider, pool or site.
func (w LimitWords) Owner(id string) string {
	at, _ := limit.Parse(id)
	switch at.Kind.Subject() {
	case limit.OfOffer:
		if e := w.a.EntryOf(at.Subject); e.Provider != "" {
			return cells.ShortSeller(w.a.Prices.Seller(e.Provider))
		}
	case limit.OfProvider:
		return cells.ShortSeller(w.a.Prices.Seller(at.Subject))
	case limit.OfSite, limit.OfPool, limit.OfPlan, limit.OfRoute:
	}
	return at.Subject
}

// Name is a limit in a few words: "Azure token quota", "Budget", "GPUs of fleet".
func (w LimitWords) Name(id string) string {
	at, _ := limit.Parse(id)
	noun := at.Kind.Noun()
	switch at.Kind.Subject() {
	case limit.OfSite:
		return cells.Capitalised(noun) + " at " + at.Subject
	case limit.OfPool:
		return noun + " of " + at.Subject
	case limit.OfOffer, limit.OfProvider:
		return w.Owner(id) + " " + noun + w.model(id)
	case limit.OfPlan:
		return cells.Capitalised(noun)
	case limit.OfRoute:
	}
	workload, _ := at.Route()
	return cells.Title(workload) + ": " + noun
}

// The is the name inside of a sentence: a noun begins in lower case, the name of a seller or a workload stays as it is.
func (w LimitWords) The(id string) string {
	name := w.Name(id)
	switch at, _ := limit.Parse(id); at.Kind.Subject() {
	case limit.OfSite, limit.OfPlan:
		return "the " + strings.ToLower(name[:1]) + name[1:]
	case limit.OfPool, limit.OfOffer, limit.OfProvider, limit.OfRoute:
	}
	return "the " + name
}

// model tells apart two limits of one kind at one seller.
func (w LimitWords) model(id string) string {
	at, _ := limit.Parse(id)
	e := w.a.EntryOf(at.Subject)
	if e.Provider == "" || !w.many[at.Kind.String()+"/"+e.Provider] {
		return ""
	}
	return ", " + w.a.ModelWords(e)
}

// Stops is the sentence of the headline: "Azure’s token quota stops your growth."
func (w LimitWords) Stops(id string) string {
	at, _ := limit.Parse(id)
	noun := at.Kind.Noun()
	switch at.Kind.Subject() {
	case limit.OfSite:
		return "the " + noun + " at " + at.Subject + " stops your growth."
	case limit.OfPool:
		return "the " + noun + " of " + at.Subject + " stop your growth."
	case limit.OfOffer, limit.OfProvider:
		return cells.Possessive(w.Owner(id)) + " " + noun + w.modelOf(id) + " stops your growth."
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

func (w LimitWords) modelOf(id string) string {
	if model := w.model(id); model != "" {
		return " for " + strings.TrimPrefix(model, ", ")
	}
	return ""
}

// Capacity is a limit's capacity in words: "1.05 M tokens a minute", "$180k a month".
func (w LimitWords) Capacity(id string, capacity float64) string {
	currency := w.a.Compare.Currency
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

// ShadowUnit is the step in which a capacity is bought, and its name.
func (w LimitWords) ShadowUnit(id string) (units float64, one string) {
	at, _ := limit.Parse(id)
	if at.Kind == limit.ProvisionedUnits {
		per := w.a.Plan.Offers[at.Subject].TokensPerMinutePerUnit.Float()
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
	return 1000, words.Money(w.a.Compare.Currency, 1000) + " a month"
}

// Missing is an amount of capacity in its own unit.
func (w LimitWords) Missing(id string, units float64) string {
	at, _ := limit.Parse(id)
	switch {
	case at.Kind.Floor():
		return words.Money(w.a.Compare.Currency, units)
	case at.Kind == limit.ProvisionedUnits:
		if per, _ := w.ShadowUnit(id); per > 0 {
			return words.Quantity(units/per) + " units"
		}
	}
	return w.Capacity(id, units)
}

// TakesOver says what stands next.
func (w LimitWords) TakesOver(next string, known bool) string {
	switch {
	case !known:
		return "another limit, or demand, takes over"
	case next == "":
		return "everybody is served"
	}
	return w.The(next) + " binds"
}
