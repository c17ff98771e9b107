package app

import (
	"math"
	"strings"

	"headroom/pricing"
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
			key := pricing.LimitKind(id) + "/" + a.entryOf(pricing.LimitSubject(id)).Provider
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
	subject := pricing.LimitSubject(id)
	switch pricing.LimitKind(id) {
	case "quota_tpm", "quota_rpm", "provisioned":
		if e := w.a.entryOf(subject); e.Provider != "" {
			return shortSeller(w.a.prices.Seller(e.Provider))
		}
	case "spend_cap":
		return shortSeller(w.a.prices.Seller(subject))
	}
	return subject
}

// limitThing is what a kind of limit is called after its owner.
func limitThing(kind string) string {
	return map[string]string{
		"quota_tpm": "token quota", "quota_rpm": "request quota", "provisioned": "provisioned capacity", "spend_cap": "spend cap",
		"gpu": "GPUs", "power": "power",
	}[kind]
}

// moneyLimit is the name of a limit on the whole plan.
func moneyLimit(kind string) string {
	return map[string]string{"budget": "Budget", "margin": "Lowest margin", "cash": "Lowest cash"}[kind]
}

// refusal is what a pass/fail limit is called.
func refusal(kind string) string {
	return map[string]string{
		"unrouted": "no supply", "latency": "latency", "context": "context length", "residency": "residency", "modality": "modality",
	}[kind]
}

// name is a limit in a few words: "Azure token quota", "Budget", "GPUs of fleet".
func (w limitWords) name(id string) string {
	kind, subject := pricing.LimitKind(id), pricing.LimitSubject(id)
	if name := moneyLimit(kind); name != "" {
		return name
	}
	switch kind {
	case "gpu":
		return "GPUs of " + subject
	case "power":
		return "Power at " + subject
	}
	if thing := limitThing(kind); thing != "" {
		return w.owner(id) + " " + thing + w.model(id)
	}
	workload, _, _ := strings.Cut(subject, "/")
	return title(workload) + ": " + refusal(kind)
}

// model tells apart two limits of one kind at one seller.
func (w limitWords) model(id string) string {
	e := w.a.entryOf(pricing.LimitSubject(id))
	if e.Provider == "" || !w.many[pricing.LimitKind(id)+"/"+e.Provider] {
		return ""
	}
	return ", " + w.a.modelWords(e)
}

// stops is the sentence of the headline: "Azure’s token quota stops your growth."
func (w limitWords) stops(id string) string {
	kind, subject := pricing.LimitKind(id), pricing.LimitSubject(id)
	switch kind {
	case "budget", "cash":
		return "your " + kind + " stops your growth."
	case "margin":
		return "your lowest margin stops your growth."
	case "gpu":
		return "the GPUs of " + subject + " stop your growth."
	case "power":
		return "the power at " + subject + " stops your growth."
	}
	if thing := limitThing(kind); thing != "" {
		return possessive(w.owner(id)) + " " + thing + w.modelOf(id) + " stops your growth."
	}
	workload, _, _ := strings.Cut(subject, "/")
	return "not every request of " + workload + " finds a supply: " + refusal(kind) + "."
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
	switch pricing.LimitKind(id) {
	case "quota_tpm", "provisioned":
		return words.Count(capacity) + " tokens a minute"
	case "quota_rpm":
		return words.Count(capacity) + " requests a minute"
	case "gpu":
		return words.Quantity(capacity) + " GPUs"
	case "power":
		if math.Abs(capacity) < 1 {
			return words.Quantity(capacity*1000) + " kW"
		}
		return words.Quantity(capacity) + " MW"
	case "margin":
		return "at least " + table.Number(table.Percent, capacity)
	case "cash":
		return "at least " + words.Money(currency, capacity)
	}
	return words.Money(currency, capacity) + " a month"
}

// amount is a number of things in four significant digits, without zeros behind the point: "48", "2.1".
func amount(v float64) string {
	text := table.Number(table.Unit, v)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
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
