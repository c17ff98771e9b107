package pricelist

import (
	"cmp"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
)

// OfferLine is one offer of a model, with what it costs for a mix.
type OfferLine struct {
	Quote
	Seller  catalog.Seller
	Direct  bool // the lab's own API
	Retired bool // no longer served on the day
	Old     bool // see Old
	Early   bool // the first known price is later than the day
}

// Counts reports whether the offer takes part in "cheapest" and "dearest": priced, still served, open to everybody, and
// not resold.
func (o *OfferLine) Counts() bool {
	return o.Known() && !o.Retired && !o.Early && o.Offer.Commitment == "" && !o.Offer.OnRequest && !Reseller(o.Seller)
}

// Offers is every offer of a model, which may have several ids: those that count, the cheapest for the mix first, then
// resellers and conditional offers, then those without a known cost, and the retired last.
func Offers(s *catalog.Snapshot, mix Mix, today calendar.Day, ids ...string) []OfferLine {
	var lines []OfferLine
	for _, id := range ids {
		for _, o := range s.OffersOf(id) {
			lines = append(lines, offerLine(s, o, mix, today))
		}
	}
	slices.SortStableFunc(lines, func(a, b OfferLine) int {
		return cmp.Or(order(!a.Retired, !b.Retired), order(a.Known(), b.Known()), order(a.Counts(), b.Counts()),
			cmp.Compare(a.Cost, b.Cost),
			cmp.Compare(a.Seller.Name, b.Seller.Name), cmp.Compare(len(a.Offer.NativeID), len(b.Offer.NativeID)))
	})
	sortTies(lines)
	return lines
}

// sortTies puts the lab itself first, then clouds, then the others among the offers that count and cost the same as the
// first of them, which noise in a price must not order.
func sortTies(lines []OfferLine) {
	for from := 0; from < len(lines) && lines[from].Counts(); {
		to := from + 1
		for to < len(lines) && lines[to].Counts() && lines[to].Cost.Equals(lines[from].Cost) {
			to++
		}
		slices.SortStableFunc(lines[from:to], func(a, b OfferLine) int {
			return cmp.Or(order(a.Direct, b.Direct), order(a.Seller.Kind == "cloud", b.Seller.Kind == "cloud"),
				cmp.Compare(a.Seller.Name, b.Seller.Name), cmp.Compare(len(a.Offer.NativeID), len(b.Offer.NativeID)))
		})
		from = to
	}
}

func offerLine(s *catalog.Snapshot, o *catalog.Offer, mix Mix, today calendar.Day) OfferLine {
	row, early := o.RowAt(today)
	line := OfferLine{Quote: Quote{Offer: o, Row: row, Offers: 1}, Seller: s.Seller(o.Provider),
		Retired: Retired(o, today), Early: early}
	line.Cost, line.Err = mix.Cost(row)
	if line.Err != nil && identity.Subscription(o.Provider) {
		line.Err = ErrFlatFee
	}
	direct, _ := identity.Direct(o.Lab)
	line.Direct = direct == o.Provider
	line.Old = row != nil && Old(s, row, today)
	return line
}

// Extremes are the cheapest and the dearest line that count, nil when none does; of several at the same price the
// first.
func Extremes(lines []OfferLine) (cheapest, dearest *OfferLine) {
	for i := range lines {
		l := &lines[i]
		if !l.Counts() {
			continue
		}
		if cheapest == nil || l.Cost.Less(cheapest.Cost) {
			cheapest = l
		}
		if dearest == nil || dearest.Cost.Less(l.Cost) {
			dearest = l
		}
	}
	return cheapest, dearest
}

// Dispute is another source's figures for one offer.
type Dispute struct {
	Source    string // id of a source
	AsOf      calendar.Day
	Note      string
	Conflicts []catalog.Conflict // in every context tier and service level, as the catalogue orders them
}

// Disputes groups an offer's conflicts by who states them.
func Disputes(o *catalog.Offer) []Dispute {
	var out []Dispute
	for _, c := range o.Conflicts {
		at := slices.IndexFunc(out, func(d Dispute) bool {
			return d.Source == c.Source && d.AsOf == c.AsOf &&
				d.Note == c.Note
		})
		if at < 0 {
			out = append(out, Dispute{Source: c.Source, AsOf: c.AsOf, Note: c.Note})
			at = len(out) - 1
		}
		out[at].Conflicts = append(out[at].Conflicts, c)
	}
	return out
}
