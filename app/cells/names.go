package cells

import (
	"strings"

	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/views/table"
)

// WebURL keeps links that a browser may follow.
func WebURL(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}

// SourceCells name who states the price, with a link where there is evidence, and of which day it is.
func SourceCells(prices *catalog.Snapshot, row *catalog.Row) []table.Cell {
	if row == nil {
		none := table.Cell{State: table.None}
		return []table.Cell{none, none}
	}
	source := prices.Source(row.Source)
	return []table.Cell{{Text: SourceName(prices, row.Source), URL: FirstWord(row.URL, source.URL)},
		{Text: string(row.AsOf)}}
}

// SellerText names the seller and how it stands to the lab.
func SellerText(l *pricelist.OfferLine) string {
	switch {
	case l.Direct:
		return l.Seller.Name + " (the lab)"
	case pricelist.Reseller(l.Seller):
		return l.Seller.Name + " (reseller)"
	}
	return l.Seller.Name
}

// ShortSeller is a seller's name where room is scarce.
func ShortSeller(seller catalog.Seller) string {
	switch seller.ID {
	case "azure":
		return "Azure"
	case "bedrock":
		return "Bedrock"
	case "vertex":
		return "Vertex"
	case "together":
		return "Together"
	case "fireworks":
		return "Fireworks"
	}
	return seller.Name
}

// SourceName is a source's name where room is scarce.
func SourceName(prices *catalog.Snapshot, id string) string {
	if id == "litellm" {
		return "LiteLLM"
	}
	return prices.Source(id).Name
}

// ScopeWords says where a request is served.
func ScopeWords(scope string) string {
	kind, place, _ := strings.Cut(scope, ":")
	switch kind {
	case "default":
		return "seller states none"
	case "datazone":
		return strings.ToUpper(place) + " data zone"
	case "geo":
		return strings.ToUpper(place)
	case "region":
		return "region " + place
	}
	return kind
}

// ScopeShort is a scope where room is scarce.
func ScopeShort(scope string) string {
	kind, place, _ := strings.Cut(scope, ":")
	switch kind {
	case "in-region":
		return "region"
	case "datazone", "geo":
		return strings.ToUpper(place)
	case "region":
		return place
	}
	return kind
}
