package importer

import (
	"encoding/json"

	"github.com/shopspring/decimal"

	"headroom/pricing/catalog"
	"headroom/pricing/money"
)

// litellmPrice reads one price; search prices are an object with a price per context size.
func (c *collector) litellmPrice(m *litellmRow, path string, key priceKey, raw json.RawMessage) {
	if key.dimension == catalog.PerSearch && kindOf(raw) == "an object" {
		c.litellmSearch(m, path, raw)
		return
	}
	literal, ok := c.number(path, raw)
	if !ok {
		return
	}
	if rate, ok := c.rate(path, literal, key.shift); ok {
		c.setPrice(m, path, catalog.Price{Dimension: key.dimension, Tier: key.tier, Above: key.above, Rate: rate})
	}
}

// setPrice adds a price; where two keys mean the same figure (DeepSeek states its cache hits twice) the first counts.
func (c *collector) setPrice(m *litellmRow, path string, p catalog.Price) {
	for i, old := range m.row.Prices {
		if old.Dimension != p.Dimension || old.Tier != p.Tier || old.Above != p.Above {
			continue
		}
		switch {
		case old.Rate == p.Rate || p.Rate == 0:
		case old.Rate == 0:
			m.row.Prices[i] = p
		default:
			c.warn(path, "states %s where another key of the model states %s; the first counts", p.Rate, old.Rate)
		}
		return
	}
	m.row.Prices = append(m.row.Prices, p)
}

func (c *collector) litellmSearch(m *litellmRow, path string, raw json.RawMessage) {
	dims := map[string]catalog.Dimension{"search_context_size_low": catalog.PerSearchLow,
		"search_context_size_medium": catalog.PerSearch, "search_context_size_high": catalog.PerSearchHigh}
	for _, f := range c.object(path, raw) {
		dim, ok := dims[f.key]
		if !ok {
			c.warn(path+"."+f.key, "is not understood; this price is left out")
			continue
		}
		c.litellmPrice(m, path+"."+f.key, priceKey{dim, catalog.Standard, 0, 0}, f.raw)
	}
}

// litellmRanges reads Alibaba's tiered_pricing: each range's prices hold above its lower end.
func (c *collector) litellmRanges(m *litellmRow, path string, raw json.RawMessage) {
	for _, r := range c.elements(path, raw, maxListed) {
		fields := c.object(path, r)
		from, ok := c.rangeStart(path, fields)
		if !ok {
			continue
		}
		for _, f := range fields {
			if f.key == "range" {
				continue
			}
			key, ok := parsePriceKey(f.key)
			if !ok || key.above != 0 {
				c.warn(path+"."+f.key, "is not understood; this price is left out")
				continue
			}
			key.above = from
			c.litellmPrice(m, path+"."+f.key, key, f.raw)
		}
	}
}

// rangeStart is the lower end of a range of prompt tokens. Ranges of anything else (results of a search) are reported.
func (c *collector) rangeStart(path string, fields []field) (int64, bool) {
	for _, f := range fields {
		if f.key != "range" {
			continue
		}
		ends := c.elements(path+".range", f.raw, maxListed)
		if len(ends) != 2 || kindOf(ends[0]) != "a number" {
			c.warn(path+".range", "want [from, to] in tokens; the range's prices are left out")
			return 0, false
		}
		return c.count(path+".range", ends[0]), true
	}
	c.warn(path, "a range of something other than tokens is not understood; its prices are left out")
	return 0, false
}

// litellmSpecific reads provider_specific_entry: Anthropic's multipliers for processing in the US and for fast mode.
func (c *collector) litellmSpecific(m *litellmRow, path string, raw json.RawMessage) {
	for _, f := range c.object(path, raw) {
		at := path + "." + f.key
		switch f.key {
		case "us":
			c.uplift(m, at, "geo:us", f.raw)
		case "fast":
			m.fast, _ = c.factor(at, f.raw)
		default:
			if kindOf(f.raw) == "a number" {
				c.warn(at, "is not understood; this multiplier is left out")
			}
		}
	}
}

func (c *collector) uplift(m *litellmRow, path, scope string, raw json.RawMessage) {
	if factor, ok := c.factor(path, raw); ok {
		m.uplifts[scope] = factor
	}
}

// factor reads a multiplier from 0.01 to 100.
func (c *collector) factor(path string, raw json.RawMessage) (decimal.Decimal, bool) {
	literal, ok := c.number(path, raw)
	if !ok {
		return decimal.Decimal{}, false
	}
	f, err := decimal.NewFromString(literal)
	if len(literal) > maxNumberLength || err != nil || f.Exponent() > 12 || f.Exponent() < -30 ||
		f.LessThan(decimal.New(1, -2)) || f.GreaterThan(decimal.New(100, 0)) {
		c.warn(path, "%s is no multiplier from 0.01 to 100; skipped", clip(literal))
		return decimal.Decimal{}, false
	}
	return f, true
}

// usdPerDBU is Databricks' price of one unit, from the notes of LiteLLM's rows.
const usdPerDBU = "0.070"

// checkDBU reports a Databricks row whose USD figure is not its DBU figure times 0.070.
func (c *collector) checkDBU(m *litellmRow) {
	for dim, literal := range m.dbu {
		dbu, err := decimal.NewFromString(literal)
		if literal == "" || err != nil || len(literal) > maxNumberLength {
			continue
		}
		usd, _, err := money.RoundDecimal(dbu.Mul(decimal.RequireFromString(usdPerDBU)).Shift(6))
		if err != nil {
			continue
		}
		for _, p := range m.row.Prices {
			if p.Dimension == dim && p.Tier == catalog.Standard && p.Above == 0 && money.Differs(p.Rate, usd, 5) {
				c.warn(m.key, "%s is %s USD but its DBU figure x %s is %s; the USD figure is kept", dim,
					p.Rate, usdPerDBU, usd)
			}
		}
	}
}
