package prices

import (
	"fmt"
	"strings"

	"headroom/app/cells"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/pricing/words"
	"headroom/views/table"
)

// headline counts what the list holds.
func (s *Pages) pricesHeadline(list *pricelist.List) string {
	sellers := 0
	for c := range list.Columns {
		for i := range list.Models {
			if list.Models[i].Quotes[c].Sold() {
				sellers++
				break
			}
		}
	}
	if len(list.Models) == 0 {
		return "No model fits"
	}
	return fmt.Sprintf("%s, %s", words.Plural(len(list.Models), "model", "models"),
		words.Plural(sellers, "seller", "sellers"))
}

// pricesLead answers for the reader's mix: who is cheapest, and where the choice of a seller matters most.
func (s *Pages) pricesLead(p *priceState, list *pricelist.List) string {
	mix := fmt.Sprintf("For %s tokens in and %s out", tokensText(p.Mix.Input), tokensText(p.Mix.Output))
	cheapest, widest := list.Answer()
	switch {
	case len(list.Models) == 0:
		return "Clear a filter, or write less of the name."
	case cheapest == nil:
		return "No seller in these columns states a price per token for them."
	case len(list.Models) == 1:
		return mix + ", " + s.spreadSentence(list, cheapest)
	}
	text := fmt.Sprintf("%s, %s is the cheapest model here: %s USD per 1,000 requests at %s.",
		mix, cheapest.Name, unitText(cheapest.Lowest.Float()), s.cheapestAt(list, cheapest))
	if widest != nil && !widest.Lowest.Equals(widest.Highest) {
		text += fmt.Sprintf(" %s differs most between sellers: %s USD at %s, %s at %s.", widest.Name,
			unitText(widest.Lowest.Float()), s.cheapestAt(list, widest), unitText(widest.Highest.Float()),
			s.dearestAt(list, widest))
	}
	return text
}

// spreadSentence says of one model where it is cheapest and how much more the dearest seller takes.
func (s *Pages) spreadSentence(list *pricelist.List, m *pricelist.Model) string {
	price := unitText(m.Lowest.Float()) + " USD per 1,000 requests"
	switch {
	case m.Priced == 1:
		return fmt.Sprintf("%s costs %s at %s, the only seller here with a known price.", m.Name, price,
			s.cheapestAt(list, m))
	case m.Lowest.Equals(m.Highest):
		return fmt.Sprintf("%s costs %s at every seller here: %s.", m.Name, price, s.cheapestAt(list, m))
	}
	return fmt.Sprintf("%s is cheapest at %s: %s. %s takes %s more.", m.Name, s.cheapestAt(list, m), price,
		s.dearestAt(list, m), table.Number(table.Percent, m.Spread()))
}

func (s *Pages) cheapestAt(list *pricelist.List, m *pricelist.Model) string {
	return s.sellersAt(list, m, m.Lowest)
}
func (s *Pages) dearestAt(list *pricelist.List, m *pricelist.Model) string {
	return s.sellersAt(list, m, m.Highest)
}

// sellersAt names the sellers that ask so much.
func (s *Pages) sellersAt(list *pricelist.List, m *pricelist.Model, cost pricelist.Cost) string {
	var names []string
	for i := range m.Quotes {
		if q := &m.Quotes[i]; q.Known() && q.Cost.Equals(cost) {
			names = append(names, s.sellerInScope(q.Offer))
		}
	}
	return words.List(names)
}

// sellerInScope is "Bedrock, in-region" or "Azure".
func (s *Pages) sellerInScope(o *catalog.Offer) string {
	name := cells.ShortSeller(s.Deps.Catalog.Seller(o.Provider))
	if o.Scope == "default" {
		return name
	}
	return name + " (" + cells.ScopeWords(o.Scope) + ")"
}

// pricesNote says what the figures rest on and what was left out.
func (s *Pages) pricesNote(p *priceState, list *pricelist.List) string {
	parts := []string{words.Plural(list.Quotes, "known price", "known prices") + " from " +
		words.Plural(list.Offers, "offer", "offers")}
	if list.Unknown > 0 {
		parts = append(parts, words.Plural(list.Unknown, "unknown price", "unknown prices")+
			" left out of the comparison")
	}
	text := strings.Join(parts, "; ") + ". Each cell is the seller's cheapest scope for your mix, without cache or " +
		"batch; resellers have no column and are not compared."
	if list.Hidden > 0 && !p.AllAges {
		text += fmt.Sprintf(" %s that are older than 18 months or have one seller here are not shown.",
			words.Plural(list.Hidden, "model", "models"))
	}
	return text
}

func (s *Pages) labName(id string) string {
	for _, lab := range s.Deps.Catalog.Labs {
		if lab.ID == id {
			return lab.Name
		}
	}
	return id
}

func unitText(v float64) string { return table.Number(table.Unit, v) }
