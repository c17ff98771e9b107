package capacity

import "strings"

// Quota is one limit of a seller: requests and tokens a minute, a spend cap, or how tokens count against a limit.
type Quota struct {
	Seller        string
	Scope         string   // what one quota is for: "per region, subscription, model, deployment type"
	Model         string   // the seller's words
	Tier          string   // "tier 1 of 6", "Scale"; empty where there are none
	RPM           Quantity // requests a minute; 0 is a quota of none until the seller grants one
	TPM           Quantity // tokens a minute, input and output together
	InputTPM      Quantity
	OutputTPM     Quantity
	MonthlySpend  Quantity // USD; the API pauses above it until the next month
	MonthlyTokens Quantity // a soft limit: above it answers may be much slower
	OutputWeight  Quantity // input tokens that one output token counts as
	ReservesMax   bool     // a request's max_tokens count from its start
	Note          string
	Origin
}

// readQuota also reads the figures that the table keeps in its notes, each always in the same words.
func readQuota(r *record) Quota {
	note := r.Text("note")
	q := Quota{Seller: r.Need("provider"), Scope: r.Need("scope"), Model: r.Need("model"), Tier: r.Text("tier"),
		RPM: r.quantity("rpm"), TPM: r.quantity("tpm"), InputTPM: r.quantity("itpm"), OutputTPM: r.quantity("otpm"),
		MonthlySpend: numberAfter("monthly spend cap USD ", note),
		OutputWeight: numberAfter("output token weight ", note),
		ReservesMax:  strings.Contains(note, "max_tokens is reserved"), Note: note, Origin: r.origin()}
	if billions, _, ok := strings.Cut(note, " billion tokens a month"); ok {
		q.MonthlyTokens = parseQuantity(billions)
		q.MonthlyTokens.Value *= 1e9
	}
	return q
}

// numberAfter is the number that follows some words of a note.
func numberAfter(words, note string) Quantity {
	_, rest, ok := strings.Cut(note, words)
	if !ok {
		return Quantity{}
	}
	end := strings.IndexFunc(rest, func(c rune) bool { return c < '0' || c > '9' })
	if end < 0 {
		end = len(rest)
	}
	return parseQuantity(rest[:end])
}

// FindQuotas lists the quotas of a seller whose words for the model begin with model, and of a tier; an empty field is
// any. Case and punctuation are ignored, but "gpt-5" does not find "gpt-5.4".
func (m *Machines) FindQuotas(seller, model, tier string) []*Quota {
	var found []*Quota
	for i := range m.Quotas {
		q := &m.Quotas[i]
		if (seller == "" || seller == q.Seller) && namesModel(q.Model, model) &&
			(tier == "" || nameKey(tier) == nameKey(q.Tier)) {
			found = append(found, q)
		}
	}
	return found
}

// namesModel reports whether the first words of a quota's text are the model; what follows is the deployment type.
func namesModel(text, model string) bool {
	words := strings.Fields(text)
	for i := range words {
		if nameKey(strings.Join(words[:i+1], " ")) == nameKey(model) {
			return true
		}
	}
	return model == ""
}
