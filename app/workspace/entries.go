package workspace

import (
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
)

// Entry is an offer that an alternative uses, with the catalogue's row of the plan's first month. Offer is nil for one
// that only the plan describes.
type Entry struct {
	pricing.Supply
	Offer *catalog.Offer
	Row   *catalog.Row
	Own   bool // the plan states prices of its own
}

// LookUp finds what stands behind the alternatives, once for all tables of a page.
func (a *Answer) LookUp() {
	a.entries = make(map[string][]Entry, len(a.Compare.Rows))
	for _, row := range a.Compare.Rows {
		a.entries[row.ID] = a.find(row)
	}
	a.Shared = a.findShared()
	a.Limits = a.limitWords()
}

// EntriesOf is what stands behind a row of the comparison.
func (a *Answer) EntriesOf(row pricing.ComparisonRow) []Entry { return a.entries[row.ID] }

func (a *Answer) find(row pricing.ComparisonRow) []Entry {
	list := make([]Entry, 0, len(row.Supplies))
	for _, supply := range row.Supplies {
		e := Entry{Supply: supply, Own: len(a.Plan.Offers[supply.Offer].Prices) > 0}
		if offer, err := a.Prices.Offer(supply.Catalog, supply.Scope); err == nil {
			e.Offer = offer
			e.Row, _ = offer.RowAt(calendar.Day(a.Plan.Start.String() + "-01"))
		}
		list = append(list, e)
	}
	return list
}

// Words name an offer: "GPT-5.4 on Azure, Global".
func (a *Answer) Words(e Entry) string {
	if e.Offer == nil {
		return cells.JoinWords(" on ", e.Supply.Offer, e.Provider)
	}
	return a.ModelWords(e) + " on " + a.SellerWords(e)
}

// ModelWords name the model of an offer: "GPT-5.4".
func (a *Answer) ModelWords(e Entry) string {
	if e.Offer == nil {
		return e.Supply.Offer
	}
	if model, ok := a.Prices.Model(e.Offer.Model); ok && model.Name != "" {
		return model.Name
	}
	return e.Offer.NativeID
}

// SellerWords name the seller and the scope of an offer: "Azure, Data Zone EU".
func (a *Answer) SellerWords(e Entry) string {
	if e.Offer == nil {
		return e.Provider
	}
	return cells.JoinWords(", ", a.Prices.Seller(e.Offer.Provider).Name, pricing.ScopeName(e.Offer.Scope),
		e.Offer.Variant)
}

func (a *Answer) findShared() []string {
	var shared []string
	for i, row := range a.Compare.Rows {
		var ids []string
		for _, s := range row.Supplies {
			ids = append(ids, s.Offer)
		}
		if i == 0 {
			shared = ids
			continue
		}
		shared = slices.DeleteFunc(shared, func(id string) bool { return !slices.Contains(ids, id) })
	}
	if len(a.Compare.Rows) < 2 {
		return nil
	}
	return shared
}

// Distinct are the offers of a row that not every alternative uses; all of them when the row has no other.
func Distinct(entries []Entry, shared []string) []Entry {
	own := slices.DeleteFunc(slices.Clone(entries),
		func(e Entry) bool { return slices.Contains(shared, e.Supply.Offer) })
	if len(own) == 0 {
		return entries
	}
	return own
}

// Models are the canonical ids behind a row, sorted.
func Models(row pricing.ComparisonRow) string {
	var ids []string
	for _, s := range row.Supplies {
		ids = AppendNew(ids, s.Model)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// Providers are the sellers of all rows, sorted by id.
func (a *Answer) Providers() []string {
	var ids []string
	for _, row := range a.Compare.Rows {
		for _, s := range row.Supplies {
			ids = AppendNew(ids, s.Provider)
		}
	}
	slices.Sort(ids)
	return ids
}

// OnSellers reports whether the distinct offers of a row are all on the chosen sellers.
func OnSellers(a *Answer, row pricing.ComparisonRow) bool {
	chosen := a.State.View.Sellers
	if len(chosen) == 0 {
		return true
	}
	return !slices.ContainsFunc(Distinct(a.EntriesOf(row), a.Shared),
		func(e Entry) bool { return !slices.Contains(chosen, e.Provider) })
}

// AsIs is the alternative that is the plan itself: the first that changes nothing, else the first.
func AsIs(p *pricing.Plan) string {
	for _, a := range p.Alternatives {
		if len(a.Patch) == 0 && len(a.Routes) == 0 {
			return a.ID
		}
	}
	return p.AlternativeIDs()[0]
}

// AppendNew adds a text to a list that does not have it.
func AppendNew(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// AsOf is the day that the price of the offer is of, "" for an own price.
func (e Entry) AsOf() string {
	if e.Row == nil {
		return ""
	}
	return string(e.Row.AsOf)
}

// ConflictWords say that other sources state another price.
func (e Entry) ConflictWords() string {
	if n := len(e.Offer.Conflicts); n > 0 {
		return words.Plural(n, "other figure", "other figures") + " in other sources"
	}
	return ""
}
