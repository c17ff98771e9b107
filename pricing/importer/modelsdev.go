package importer

import (
	"encoding/json"
	"io"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
)

// ModelsDev reads models.dev's api.json, as it stood on asOf: sellers, each with its models, USD per million tokens.
// Its cache_write has no lifetime; it is read as the five-minute write, whose ratio to input it has. context_over_200k
// copies a tier and is read only where "tiers" is absent. experimental.modes.fast is the service tier priority where
// the mode asks for that, else fast.
func ModelsDev(r io.Reader, asOf calendar.Day) (catalog.Import, error) {
	data, err := readAll(r)
	if err != nil {
		return catalog.Import{}, err
	}
	c := newCollector(catalog.Source{ID: "models.dev", Name: "models.dev", Licence: "MIT", AsOf: asOf,
		URL: "https://models.dev/api.json"})
	c.in.Complete = true
	err = members(data, c.repeatedModel, func(f field) { c.modelsDevSeller(f) })
	if err != nil {
		return catalog.Import{}, err
	}
	return c.finish()
}

func (c *collector) modelsDevSeller(f field) {
	if len(f.key) > maxTextLength || strings.TrimSpace(f.key) == "" {
		c.warn(clip(f.key), "is no seller id; skipped")
		return
	}
	var models json.RawMessage
	var doc string
	for _, p := range c.object(f.key, f.raw) {
		switch p.key {
		case "models":
			models = p.raw
		case "doc":
			doc = c.text(f.key+".doc", p.raw)
		}
	}
	if models == nil {
		c.warn(f.key, "has no models; skipped")
		return
	}
	for _, m := range c.object(f.key+".models", models) {
		c.modelsDevModel(f.key, doc, m)
	}
}

// modelsDevRow is one model while its fields are read.
type modelsDevRow struct {
	provider string
	offer    catalog.Offer
	model    catalog.Model
	row      catalog.Row
}

func (c *collector) modelsDevModel(provider, doc string, f field) {
	path := provider + "/" + f.key
	if len(f.key) > maxTextLength || strings.TrimSpace(f.key) == "" {
		c.warn(clip(path), "is no model id; skipped")
		return
	}
	fields := c.object(path, f.raw)
	if fields == nil {
		return
	}
	m := modelsDevRow{provider: provider, row: catalog.Row{From: c.asOf, Status: catalog.InForce, Source: "models.dev",
		Key: f.key, AsOf: c.asOf, URL: doc}}
	for _, p := range fields {
		c.modelsDevField(&m, path+"."+p.key, p)
	}
	id := identity.ModelsDev(provider, f.key)
	o := offerOf(id, f.key)
	o.Mode, o.ContextTokens, o.MaxOutputTokens = "chat", m.offer.ContextTokens, m.offer.MaxOutputTokens
	o.InputModalities, o.OutputModalities = m.offer.InputModalities, m.offer.OutputModalities
	o.Tools, o.Lifecycle = m.offer.Tools, m.offer.Lifecycle
	m.row.Prices, m.row.Note = dropZeros(m.row.Prices, o.Provider, o.Mode)
	o.Rows = []catalog.Row{m.row}
	c.add(o)
	if o.Model != "" {
		m.model.ID, m.model.Lab, m.model.ContextTokens = o.Model, o.Lab, o.ContextTokens
		c.describe(m.model, describerRank(&o, m.model.Name))
	}
}

// describerRank orders who describes a model best: its lab, then sellers of the plan format that name it without an
// addition such as "(US)", then anybody.
func describerRank(o *catalog.Offer, name string) int {
	rank := 10
	switch o.Provider {
	case o.Lab, "gemini-api":
		rank = labsOwn
	case "azure", "bedrock", "vertex", "alibaba", "groq", "together", "fireworks", "nebius":
		rank = 5
	}
	if strings.ContainsAny(name, "()@/") || o.Latest {
		rank += 2
	}
	return rank
}

func (c *collector) modelsDevField(m *modelsDevRow, path string, f field) {
	switch f.key {
	case "name":
		m.model.Name = c.text(path, f.raw)
	case "family":
		m.model.Family = c.text(path, f.raw)
	case "release_date":
		m.model.Released = calendar.Day(c.text(path, f.raw))
	case "knowledge":
		m.model.Knowledge = c.text(path, f.raw)
	case "reasoning":
		m.model.Reasoning = c.known(path, f.raw)
	case "open_weights":
		m.model.OpenWeights = c.known(path, f.raw)
	case "tool_call":
		m.offer.Tools = c.known(path, f.raw)
	case "status":
		m.offer.Lifecycle = c.text(path, f.raw)
	case "limit":
		c.modelsDevLimits(m, path, f.raw)
	case "modalities":
		c.modelsDevModalities(m, path, f.raw)
	case "cost":
		c.modelsDevCost(m, path, f.raw)
	case "experimental":
		c.modelsDevModes(m, path, f.raw)
	default:
		if looksLikePrice(f.key) {
			c.warn(path, "is not understood; this price is left out")
		}
	}
}

func (c *collector) modelsDevLimits(m *modelsDevRow, path string, raw json.RawMessage) {
	for _, f := range c.object(path, raw) {
		switch f.key {
		case "context":
			m.offer.ContextTokens = c.count(path+".context", f.raw)
		case "output":
			m.offer.MaxOutputTokens = c.count(path+".output", f.raw)
		}
	}
}

func (c *collector) modelsDevModalities(m *modelsDevRow, path string, raw json.RawMessage) {
	for _, f := range c.object(path, raw) {
		switch f.key {
		case "input":
			m.offer.InputModalities = c.texts(path+".input", f.raw)
		case "output":
			m.offer.OutputModalities = c.texts(path+".output", f.raw)
		}
	}
}
