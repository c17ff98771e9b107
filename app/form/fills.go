package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// Fill is a row of the data that can fill in fields of the plan.
type Fill struct {
	ID     string // among the fills of one place
	Label  string // "tier 3 of 6: 4,000,000 tokens, 40,000 requests a minute"
	Source string // who states it
	AsOf   string // the source's day or words
	// Unknown says which fields the row leaves empty, and why: "unknown: ...".
	Unknown string
	values  []fillValue
}

type fillValue struct {
	keys  []string
	value any // a JSON number, a bool; nil takes the member away
}

// Stated is a sentence with who states it, and when.
type Stated struct{ Text, Source, AsOf string }

// Stated is the row as a sentence, with what it leaves open.
func (f Fill) Stated() Stated {
	text := f.Label
	if f.Unknown != "" {
		text += ". " + f.Unknown
	}
	return Stated{text, f.Source, f.AsOf}
}

// Holds reports whether the plan has exactly what the row states.
func (f Fill) Holds(d Document) bool {
	for _, v := range f.values {
		if !v.holds(d) {
			return false
		}
	}
	return len(f.values) > 0
}

func (v fillValue) holds(d Document) bool {
	got, stated := d.Get(v.keys...)
	value := document.Of(v.value)
	want, isNumber := toDecimal(value)
	if !isNumber {
		return stated == value.Stated() && (!stated || document.Equal(got, value))
	}
	has, ok := toDecimal(got)
	return ok && has.Equal(want)
}

// Apply writes the row into the plan. What the plan says already is not touched.
func (f Fill) Apply(d Document) {
	for _, v := range f.values {
		switch {
		case v.holds(d):
		case v.value == nil:
			d.Delete(v.keys...)
		default:
			(Spec{Keys: v.keys}).forgetRange(d)
			d.Set(v.value, v.keys...)
		}
	}
}

// ApplyFill writes the row with this id. A row that knows nothing leaves the plan as it is, and the error says why.
func ApplyFill(d Document, fills []Fill, id string) error {
	for _, f := range fills {
		if f.ID == id && len(f.values) == 0 {
			return errors.New(f.Unknown)
		}
		if f.ID == id {
			f.Apply(d)
			return nil
		}
	}
	return errors.New("choose a row of the list first")
}

// set adds a figure to a fill as the source has it; an unknown one is left out.
func (f *Fill) set(q capacity.Quantity, keys ...string) {
	if q.Known {
		f.values = append(f.values, fillValue{keys, json.Number(q.Text)})
	}
}

func fillOf(id, label string, o capacity.Origin) Fill {
	source := o.Source
	if o.FromMemory && !strings.Contains(source, "from memory") {
		source += " (from memory)"
	}
	return Fill{ID: id, Label: label, Source: source, AsOf: o.AsOf}
}

// Sold is what the catalogue says of an offer of the plan: seller, canonical model and scope.
type Sold struct{ Seller, Model, Scope string }

// SoldOf looks an offer up; the model is empty for an offer without a catalogue entry.
func SoldOf(d Document, prices *catalog.Snapshot, offer string) Sold {
	entry, err := prices.Offer(d.Text("offers", offer, "catalog"), d.Text("offers", offer, "scope"))
	if err != nil {
		return Sold{Seller: Provider(d, offer), Scope: d.Text("offers", offer, "scope")}
	}
	return Sold{entry.Provider, entry.Model, entry.Scope}
}

// QuotaFills are the documented rate limits of an offer and how its seller counts output.
func QuotaFills(d Document, prices *catalog.Snapshot, m *capacity.Machines, offer string) []Fill {
	sold := SoldOf(d, prices, offer)
	if sold.Model == "" {
		return nil
	}
	var fills []Fill
	for i, q := range m.RateTiers(sold.Seller, sold.Model, sold.Scope) {
		fills = append(fills, rateFill(i, q, offer))
	}
	for i, q := range m.Burndowns(sold.Seller, sold.Model) {
		f := fillOf(fmt.Sprintf("burndown-%d", i), "Output counts "+q.OutputWeight.Text+" times", q.Origin)
		f.set(q.OutputWeight, "offers", offer, "output_weight")
		if q.ReservesMax {
			f.Label += ", the longest output is reserved"
			f.values = append(f.values, fillValue{[]string{"offers", offer, "quota_counts_max_tokens"}, true})
		}
		fills = append(fills, f)
	}
	return fills
}

func rateFill(i int, q *capacity.Quota, offer string) Fill {
	var parts []string
	if q.TPM.Known {
		parts = append(parts, groupText(q.TPM)+" tokens")
	}
	if q.RPM.Known {
		parts = append(parts, groupText(q.RPM)+" requests")
	}
	f := fillOf(fmt.Sprintf("tier-%d", i), capital(q.Tier)+": "+strings.Join(parts, ", ")+" a minute", q.Origin)
	f.set(q.TPM, "offers", offer, "quota", "tokens_per_minute")
	f.set(q.RPM, "offers", offer, "quota", "requests_per_minute")
	if !q.TPM.Known {
		f.Unknown = "Token quota unknown: the seller counts input and output apart"
		if q.InputTPM.Known && q.OutputTPM.Known {
			f.Unknown += " (" + groupText(q.InputTPM) + " in, " + groupText(q.OutputTPM) + " out a minute)"
		}
		f.Unknown += ", a plan has one."
	}
	return f
}

// CapFills are the spend caps of a seller's tiers.
func CapFills(m *capacity.Machines, seller string) []Fill {
	var fills []Fill
	for i, q := range m.SpendTiers(seller) {
		f := fillOf(fmt.Sprintf("cap-%d", i), q.Tier+": $"+groupText(q.MonthlySpend)+" a month", q.Origin)
		f.set(q.MonthlySpend, "spend_caps", seller)
		fills = append(fills, f)
	}
	return fills
}

// UnitFills are what a provisioned unit carries, and what its units can be bought for: a price of every lot.
func UnitFills(d Document, prices *catalog.Snapshot, m *capacity.Machines, offer string) []Fill {
	sold := SoldOf(d, prices, offer)
	var fills []Fill
	for i, u := range m.UnitsOf(sold.Seller, sold.Model) {
		fills = append(fills, unitFill(i, u, offer))
		for j, p := range m.UnitTerms(u.Seller, u.Unit) {
			fills = append(fills, termFill(d, j, p, offer))
		}
	}
	return fills
}

func unitFill(i int, u *capacity.ProvisionedUnit, offer string) Fill {
	tpm := decimal.NewFromFloat(u.TokensPerMinute)
	f := fillOf(fmt.Sprintf("unit-%d", i), fmt.Sprintf("A %s carries %s tokens a minute", u.Unit, typed.Group(tpm)),
		u.Origin)
	f.set(capacity.Quantity{Known: true, Text: tpm.String()}, "offers", offer, "tokens_per_minute_per_unit")
	f.set(u.OutputWeight, "offers", offer, "output_weight")
	f.set(u.CachedWeight, "offers", offer, "cached_input_weight")
	var open []string
	if u.OutputWeight.Known {
		f.Label += ", output counts " + u.OutputWeight.Text + " times"
	} else {
		open = append(open, "how output counts is "+unknownWords(u.OutputWeight))
	}
	if u.CachedWeight.Known {
		f.Label += ", cached input " + u.CachedWeight.Text
	} else {
		open = append(open, "how cached input counts is "+unknownWords(u.CachedWeight))
	}
	f.Unknown = sentences(open)
	return f
}

// termFill sets the price of every lot; the other price goes, a lot has one.
func termFill(d Document, i int, p *capacity.UnitPrice, offer string) Fill {
	keep, drop := "price_per_hour", "price_per_month"
	amount, hourly := p.LotPrice()
	if !hourly {
		keep, drop = drop, keep
	}
	f := fillOf(fmt.Sprintf("term-%d", i), termLabel(p), p.Origin)
	for lot := range d.Len("offers", offer, "lots") {
		at := []string{"offers", offer, "lots", Item(lot)}
		f.values = append(f.values, fillValue{append(append([]string{}, at...), drop), nil},
			fillValue{append(append([]string{}, at...), keep), number(amount)})
	}
	f.values = append(f.values, currencyValue(d, offer, p.Currency)...)
	return f
}

// currencyValue states the currency of a price where the offer would have another.
func currencyValue(d Document, offer, currency string) []fillValue {
	if currencyOfOffer(d, offer) == currency {
		return nil
	}
	return []fillValue{{[]string{"offers", offer, "currency"}, currency}}
}

// termLabel is a price in the seller's words: "PTU Global, hourly: $1.00 an hour".
func termLabel(p *capacity.UnitPrice) string {
	return fmt.Sprintf("%s, %s: %s %s %s %s", p.Product, p.Term, p.Currency, p.Price.Rate.String(), article(p.Per),
		p.Per)
}

func article(unit string) string {
	if unit == "hour" {
		return "an"
	}
	return "a"
}

// capital begins a text with a capital letter.
func capital(text string) string {
	return strings.ToUpper(text[:min(1, len(text))]) + text[min(1, len(text)):]
}

func unknownWords(q capacity.Quantity) string { return "unknown: " + q.Reason() }

func sentences(parts []string) string {
	var list []string
	for _, part := range parts {
		list = append(list, Sentence(part))
	}
	return strings.Join(list, " ")
}

func groupText(q capacity.Quantity) string {
	value, err := decimal.NewFromString(q.Text)
	if err != nil {
		return q.Text
	}
	return typed.Group(value)
}

// FillIn writes the chosen row of the data into one place of the plan: "offers.azure", "spend_caps.anthropic",
// "gpu_pools.h100".
func (o *Outcome) FillIn(place string, posted url.Values, data Data) {
	name := "fill." + place
	kind, id, _ := strings.Cut(place, ".")
	var fills []Fill
	switch {
	case kind == "spend_caps":
		fills = CapFills(data.Machines, id)
	case kind == "gpu_pools":
		fills = PoolFills(o.Document, data.Machines, id)
	case IsProvisioned(o.Document, id):
		fills = UnitFills(o.Document, data.Prices, data.Machines, id)
	default:
		fills = QuotaFills(o.Document, data.Prices, data.Machines, id)
	}
	err := ApplyFill(o.Document, fills, posted.Get(name))
	o.Note(name, "From the data", err)
	if err == nil {
		delete(o.Typed, name)
	}
}

// Try changes the plan, or leaves it as it is and says why under the name of the button.
func (o *Outcome) Try(name, label string, change func(Document) error) {
	changed := o.Document.Clone()
	err := change(changed)
	if err == nil {
		o.Document = changed
	}
	o.Note(name, label, err)
}
