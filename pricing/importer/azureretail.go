package importer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
)

// azureItem is one meter of the Azure Retail Prices API.
type azureItem struct {
	CurrencyCode       string      `json:"currencyCode"`
	RetailPrice        json.Number `json:"retailPrice"`
	TierMinimumUnits   json.Number `json:"tierMinimumUnits"`
	ArmRegionName      string      `json:"armRegionName"`
	EffectiveStartDate string      `json:"effectiveStartDate"`
	MeterName          string      `json:"meterName"`
	UnitOfMeasure      string      `json:"unitOfMeasure"`
	Type               string      `json:"type"`
}

// AzureRetail reads one page of https://prices.azure.com/api/retail/prices, an official feed. Model, dimension and
// scope exist only inside free-text meter names; every meter whose name, unit or currency is not understood is listed
// in the warnings. A model of which the page prices only the input or only the output is left out, because half a price
// list must not replace a whole one.
func AzureRetail(r io.Reader, asOf calendar.Day) (catalog.Import, error) {
	data, err := readAll(r)
	if err != nil {
		return catalog.Import{}, err
	}
	c := newCollector(catalog.Source{ID: "azure-retail", Name: "Azure Retail Prices API", AsOf: asOf,
		URL: "https://prices.azure.com/api/retail/prices"})
	var items []json.RawMessage
	var listed bool
	err = members(data, c.repeatedModel, func(f field) {
		switch f.key {
		case "Items":
			listed = true
			items = c.elements("Items", f.raw, maxMembers)
		case "NextPageLink":
			if link := c.text(f.key, f.raw); link != "" {
				c.warn(f.key, "this is one page of several: what the others price is unknown")
			}
		}
	})
	if err != nil {
		return catalog.Import{}, err
	}
	if !listed {
		return catalog.Import{}, fmt.Errorf("%w: it has no Items", ErrFile)
	}
	meters := azureMeters{offers: map[azureKey]*catalog.Offer{}}
	for i, raw := range items {
		c.azureItem(fmt.Sprintf("Items[%d]", i), raw, &meters)
	}
	c.azureOffers(&meters)
	return c.finish()
}

type azureKey struct{ model, scope string }

type azureMeters struct {
	offers map[azureKey]*catalog.Offer
	order  []azureKey
}

func (c *collector) azureItem(path string, raw json.RawMessage, meters *azureMeters) {
	var item azureItem
	if err := json.Unmarshal(raw, &item); err != nil {
		c.warn(path, "is not a meter: %v; left out", clip(err.Error()))
		return
	}
	path += " " + clip(item.MeterName)
	m, reason := parseMeter(item.MeterName, item.ArmRegionName)
	shift, unit := map[string]int32{"1K": 3, "1M": 0}[item.UnitOfMeasure]
	switch {
	case reason != "":
	case item.CurrencyCode != "USD":
		reason = "its currency is " + clip(item.CurrencyCode)
	case item.Type != "Consumption":
		reason = "its type is " + clip(item.Type)
	case !unit:
		reason = "its unit is " + clip(item.UnitOfMeasure)
	case item.TierMinimumUnits != "" && strings.Trim(item.TierMinimumUnits.String(), "0.") != "":
		reason = "it is a volume tier"
	}
	if reason != "" {
		c.warn(path, "not read: %s", reason)
		return
	}
	rate, ok := c.rate(path, item.RetailPrice.String(), shift)
	if !ok {
		return
	}
	from, ok := date(item.EffectiveStartDate[:min(10, len(item.EffectiveStartDate))])
	if !ok {
		from = c.asOf
	}
	c.azurePrice(path, meters, m, from, catalog.Price{Dimension: m.dimension, Tier: m.tier, Above: m.above, Rate: rate})
}

func (c *collector) azurePrice(path string, meters *azureMeters, m meter, from calendar.Day, price catalog.Price) {
	key := azureKey{m.model, m.scope}
	o := meters.offers[key]
	if o == nil {
		fresh := offerOf(identity.Native("azure", m.model), m.model)
		fresh.Scope, fresh.Mode = m.scope, "chat"
		fresh.Rows = []catalog.Row{{Status: catalog.InForce, Source: "azure-retail", Key: m.model, AsOf: c.asOf,
			URL: c.in.Source.URL}}
		o = &fresh
		meters.offers[key] = o
		meters.order = append(meters.order, key)
	}
	row := &o.Rows[0]
	row.From = max(row.From, from)
	for _, old := range row.Prices {
		if old.Dimension == price.Dimension && old.Tier == price.Tier && old.Above == price.Above {
			if old.Rate != price.Rate {
				c.warn(path, "states %s where another meter states %s; the first counts", price.Rate, old.Rate)
			}
			return
		}
	}
	row.Prices = append(row.Prices, price)
}

func (c *collector) azureOffers(meters *azureMeters) {
	slices.SortFunc(meters.order, func(a, b azureKey) int {
		return cmp.Or(cmp.Compare(a.model, b.model), cmp.Compare(a.scope, b.scope))
	})
	for _, key := range meters.order {
		o := meters.offers[key]
		if !states(o.Rows[0].Prices, catalog.Input) || !states(o.Rows[0].Prices, catalog.Output) {
			c.warn(o.ID()+" "+o.Scope, "the page does not price both input and output; left out")
			continue
		}
		c.add(*o)
		if o.Model != "" {
			c.describe(catalog.Model{ID: o.Model, Lab: o.Lab}, 100)
		}
	}
}

func states(prices []catalog.Price, dim catalog.Dimension) bool {
	return slices.ContainsFunc(prices, func(p catalog.Price) bool {
		return p.Dimension == dim && p.Tier == catalog.Standard && p.Above == 0
	})
}
