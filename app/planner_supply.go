package app

import (
	"slices"
	"strings"

	"headroom/pricing"
	"headroom/pricing/catalog"
)

// entry is an offer that an alternative uses, with the catalogue's row of the plan's first month. Offer is nil for one
// that only the plan describes.
type entry struct {
	pricing.Supply
	Offer *catalog.Offer
	Row   *catalog.Row
	Own   bool // the plan states prices of its own
}

// lookUp finds what stands behind the alternatives, once for all tables of a page.
func (a *answer) lookUp() {
	a.entries = make(map[string][]entry, len(a.compare.Rows))
	for _, row := range a.compare.Rows {
		a.entries[row.ID] = a.find(row)
	}
	a.shared = a.findShared()
	a.limits = a.limitWords()
}

// entriesOf is what stands behind a row of the comparison.
func (a *answer) entriesOf(row pricing.ComparisonRow) []entry { return a.entries[row.ID] }

func (a *answer) find(row pricing.ComparisonRow) []entry {
	list := make([]entry, 0, len(row.Supplies))
	for _, supply := range row.Supplies {
		e := entry{Supply: supply, Own: len(a.plan.Offers[supply.Offer].Prices) > 0}
		if offer, err := a.prices.Offer(supply.Catalog, supply.Scope); err == nil {
			e.Offer = offer
			e.Row, _ = offer.RowAt(catalog.Date(a.plan.Start.String() + "-01"))
		}
		list = append(list, e)
	}
	return list
}

// words name an offer: "GPT-5.4 on Azure, Global".
func (a *answer) words(e entry) string {
	if e.Offer == nil {
		return joinWords(" on ", e.Supply.Offer, e.Provider)
	}
	return a.modelWords(e) + " on " + a.sellerWords(e)
}

// modelWords name the model of an offer: "GPT-5.4".
func (a *answer) modelWords(e entry) string {
	if e.Offer == nil {
		return e.Supply.Offer
	}
	if model, ok := a.prices.Model(e.Offer.Model); ok && model.Name != "" {
		return model.Name
	}
	return e.Offer.NativeID
}

// sellerWords name the seller and the scope of an offer: "Azure, Data Zone EU".
func (a *answer) sellerWords(e entry) string {
	if e.Offer == nil {
		return e.Provider
	}
	return joinWords(", ", a.prices.Seller(e.Offer.Provider).Name, pricing.ScopeName(e.Offer.Scope), e.Offer.Variant)
}

func (a *answer) findShared() []string {
	var shared []string
	for i, row := range a.compare.Rows {
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
	if len(a.compare.Rows) < 2 {
		return nil
	}
	return shared
}

// distinct are the offers of a row that not every alternative uses; all of them when the row has no other.
func distinct(entries []entry, shared []string) []entry {
	own := slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return slices.Contains(shared, e.Supply.Offer) })
	if len(own) == 0 {
		return entries
	}
	return own
}

// models are the canonical ids behind a row, sorted.
func models(row pricing.ComparisonRow) string {
	var ids []string
	for _, s := range row.Supplies {
		ids = appendNew(ids, s.Model)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// providers are the sellers of all rows, sorted by id.
func (a *answer) providers() []string {
	var ids []string
	for _, row := range a.compare.Rows {
		for _, s := range row.Supplies {
			ids = appendNew(ids, s.Provider)
		}
	}
	slices.Sort(ids)
	return ids
}

// onSellers says whether the distinct offers of a row are all on the chosen sellers.
func onSellers(a *answer, row pricing.ComparisonRow) bool {
	chosen := a.state.View.Sellers
	if len(chosen) == 0 {
		return true
	}
	return !slices.ContainsFunc(distinct(a.entriesOf(row), a.shared), func(e entry) bool { return !slices.Contains(chosen, e.Provider) })
}

// asIs is the alternative that is the plan itself: the first that changes nothing, else the first.
func asIs(p *pricing.Plan) string {
	for _, a := range p.Alternatives {
		if len(a.Patch) == 0 && len(a.Routes) == 0 {
			return a.ID
		}
	}
	return p.AlternativeIDs()[0]
}

func appendNew(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
