package importer

import (
	"encoding/json"

	"headroom/pricing/catalog"
)

// modelsDevDimensions are the words of a cost object; all are per million tokens.
var modelsDevDimensions = map[string]catalog.Dimension{
	"input":        catalog.Input,
	"output":       catalog.Output,
	"cache_read":   catalog.CacheRead,
	"cache_write":  catalog.CacheWrite5m,
	"reasoning":    catalog.Reasoning,
	"input_audio":  catalog.AudioInput,
	"output_audio": catalog.AudioOutput,
}

// modelsDevCost reads the base prices and the context tiers.
func (c *collector) modelsDevCost(m *modelsDevRow, path string, raw json.RawMessage) {
	fields := c.object(path, raw)
	tiers := false
	for _, f := range fields {
		if f.key == "tiers" {
			tiers = true
			c.modelsDevTiers(m, path+".tiers", f.raw)
		}
	}
	for _, f := range fields {
		switch {
		case f.key == "tiers", f.key == "context_over_200k" && tiers:
		case f.key == "context_over_200k":
			c.modelsDevPrices(m, path+".context_over_200k", c.object(path+".context_over_200k", f.raw),
				catalog.Standard, 200_000)
		default:
			c.modelsDevPrices(m, path, []field{f}, catalog.Standard, 0)
		}
	}
}

func (c *collector) modelsDevPrices(m *modelsDevRow, path string, fields []field, tier catalog.ServiceTier,
	above int64) {
	for _, f := range fields {
		at := path + "." + f.key
		dim, ok := modelsDevDimensions[f.key]
		if !ok {
			c.warn(at, "is not understood; this price is left out")
			continue
		}
		literal, ok := c.number(at, f.raw)
		if !ok {
			continue
		}
		if rate, ok := c.rate(at, literal, 0); ok {
			m.row.Prices = append(m.row.Prices, catalog.Price{Dimension: dim, Tier: tier, Above: above, Rate: rate})
		}
	}
}

// modelsDevTiers reads [{"tier": {"type": "context", "size": 200000}, "input": ...}]; a tier without a type is one of
// context.
func (c *collector) modelsDevTiers(m *modelsDevRow, path string, raw json.RawMessage) {
	for _, t := range c.elements(path, raw, maxListed) {
		var prices []field
		var above int64
		for _, f := range c.object(path, t) {
			if f.key == "tier" {
				above = c.tierSize(path+".tier", f.raw)
			} else {
				prices = append(prices, f)
			}
		}
		if above <= 0 {
			c.warn(path, "want a context tier with its size; the tier's prices are left out")
			continue
		}
		c.modelsDevPrices(m, path, prices, catalog.Standard, above)
	}
}

func (c *collector) tierSize(path string, raw json.RawMessage) int64 {
	var size int64
	kind := "context"
	for _, f := range c.object(path, raw) {
		switch f.key {
		case "type":
			kind = c.text(path+".type", f.raw)
		case "size":
			size = c.count(path+".size", f.raw)
		}
	}
	if kind != "context" {
		c.warn(path+".type", "%q is not understood", kind)
		return 0
	}
	return size
}

// modelsDevMode is experimental.modes.NAME: prices, and how the mode is asked for.
type modelsDevMode struct {
	Cost     json.RawMessage `json:"cost"`
	Provider struct {
		Body struct {
			ServiceTier string `json:"service_tier"`
			Speed       string `json:"speed"`
		} `json:"body"`
	} `json:"provider"`
}

func (c *collector) modelsDevModes(m *modelsDevRow, path string, raw json.RawMessage) {
	for _, f := range c.object(path, raw) {
		if f.key != "modes" {
			continue
		}
		for _, mode := range c.object(path+".modes", f.raw) {
			c.modelsDevMode(m, path+".modes."+mode.key, mode.raw)
		}
	}
}

func (c *collector) modelsDevMode(m *modelsDevRow, path string, raw json.RawMessage) {
	var mode modelsDevMode
	if err := json.Unmarshal(raw, &mode); err != nil || mode.Cost == nil {
		c.warn(path, "is not understood; its prices are left out")
		return
	}
	var tier catalog.ServiceTier
	switch {
	case mode.Provider.Body.ServiceTier == "priority":
		tier = catalog.Priority
	case mode.Provider.Body.Speed == "fast":
		tier = catalog.Fast
	default:
		c.warn(path, "does not say how the mode is asked for; its prices are left out")
		return
	}
	c.modelsDevPrices(m, path+".cost", c.object(path+".cost", mode.Cost), tier, 0)
}
