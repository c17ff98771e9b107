package importer

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
)

// LiteLLM reads BerriAI/litellm's model_prices_and_context_window.json, as it stood on asOf: one object, a member per
// model, USD per token. Every price key of the file of 2026-08-01 is read; unknown keys that look like prices are
// reported.
//
// Regional surcharges become offers of their own that are found only when their scope is named: OpenAI's
// regional_processing_uplift_multiplier_eu|us and Anthropic's provider_specific_entry.us keep the processing inside
// that geography, which is what the scope geo:eu|us says (a data zone is Azure's product). Anthropic's "fast"
// multiplier becomes prices of the service tier fast.
func LiteLLM(r io.Reader, asOf calendar.Day) (catalog.Import, error) {
	data, err := readAll(r)
	if err != nil {
		return catalog.Import{}, err
	}
	c := newCollector(catalog.Source{ID: "litellm", Name: "LiteLLM model prices", Licence: "MIT", AsOf: asOf,
		URL: "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json"})
	c.in.Complete = true
	err = members(data, c.repeatedModel, func(f field) {
		if f.key != "sample_spec" && f.key != "last_updated" {
			c.litellmModel(f)
		}
	})
	if err != nil {
		return catalog.Import{}, err
	}
	return c.finish()
}

func (c *collector) repeatedModel(key string, line int) {
	c.warn(key, "line %d: the model is given twice; the first counts", line)
}

// litellmRow is one model while its fields are read.
type litellmRow struct {
	key, provider string
	offer         catalog.Offer
	row           catalog.Row
	uplifts       map[string]decimal.Decimal // scope -> factor
	fast          decimal.Decimal
	dbu           map[catalog.Dimension]string // Databricks units per token
	modalities    []string
}

func (c *collector) litellmModel(f field) {
	if len(f.key) > maxTextLength || strings.TrimSpace(f.key) == "" {
		c.warn(clip(f.key), "is no model id; skipped")
		return
	}
	fields := c.object(f.key, f.raw)
	if fields == nil {
		return
	}
	m := litellmRow{key: f.key, uplifts: map[string]decimal.Decimal{}, dbu: map[catalog.Dimension]string{},
		row: catalog.Row{From: c.asOf, Status: catalog.InForce, Source: "litellm", Key: f.key, AsOf: c.asOf}}
	for _, p := range fields {
		c.litellmField(&m, f.key+"."+p.key, p)
	}
	if m.provider == "" {
		c.warn(f.key, "states no litellm_provider, so its seller is unknown; skipped")
		return
	}
	c.litellmOffer(&m)
}

func (c *collector) litellmOffer(m *litellmRow) {
	id := identity.LiteLLM(m.key, m.provider)
	o := offerOf(id, m.key)
	o.Mode, o.ContextTokens, o.MaxOutputTokens = m.offer.Mode, m.offer.ContextTokens, m.offer.MaxOutputTokens
	o.Tools, o.Retires = m.offer.Tools, m.offer.Retires
	o.InputModalities, o.OutputModalities = m.inputs(), m.offer.OutputModalities
	c.checkDBU(m)
	m.row.Prices, m.row.Note = dropZeros(m.row.Prices, o.Provider, o.Mode)
	if m.row.Note != "" && !identity.Subscription(o.Provider) {
		c.warn(m.key, "%s; the price is unknown", m.row.Note)
	}
	m.addFast()
	o.Rows = []catalog.Row{m.row}
	c.add(o)
	if o.Model != "" {
		c.describe(catalog.Model{ID: o.Model, Lab: o.Lab}, 100)
	}
	for _, scope := range sortedKeys(m.uplifts) {
		c.add(m.surcharged(o, scope))
	}
}

// inputs is the stated modalities, or what the supports_ flags say of a text model.
func (m *litellmRow) inputs() []string {
	if len(m.offer.InputModalities) > 0 || len(m.modalities) == 0 {
		return m.offer.InputModalities
	}
	return append([]string{"text"}, m.modalities...)
}

// surcharged is the offer with every text price times the scope's factor.
func (m *litellmRow) surcharged(o catalog.Offer, scope string) catalog.Offer {
	o.Scope, o.OnRequest, o.Aliases = scope, true, slices.Clone(o.Aliases)
	row := m.row
	row.Prices = multiply(row.Prices, m.uplifts[scope])
	row.Note = "the base price x " + m.uplifts[scope].String() +
		", which the source states as the surcharge of this scope"
	o.Rows = []catalog.Row{row}
	return o
}

func (m *litellmRow) addFast() {
	if m.fast.IsZero() {
		return
	}
	for _, p := range multiply(m.row.Prices, m.fast) {
		if p.Tier == catalog.Standard && perMillion(p.Dimension) {
			p.Tier = catalog.Fast
			m.row.Prices = append(m.row.Prices, p)
		}
	}
}

// perMillion reports whether a dimension is priced per 1,000,000 tokens.
func perMillion(d catalog.Dimension) bool {
	return !strings.HasPrefix(string(d), "per_") && d != catalog.MillionPixels
}

// multiply is the prices with those of tokens times factor. A product that is no price is left out.
func multiply(prices []catalog.Price, factor decimal.Decimal) []catalog.Price {
	var out []catalog.Price
	for _, p := range prices {
		if perMillion(p.Dimension) {
			rate, err := p.Rate.Times(factor)
			if err != nil {
				continue
			}
			p.Rate = rate
		}
		out = append(out, p)
	}
	return out
}

func (c *collector) litellmField(m *litellmRow, path string, f field) {
	if key, ok := parsePriceKey(f.key); ok {
		c.litellmPrice(m, path, key, f.raw)
		return
	}
	switch f.key {
	case "litellm_provider":
		m.provider = c.text(path, f.raw)
	case "mode":
		m.offer.Mode = c.text(path, f.raw)
	case "max_input_tokens":
		m.offer.ContextTokens = c.count(path, f.raw)
	case "max_output_tokens":
		m.offer.MaxOutputTokens = c.count(path, f.raw)
	case "supports_function_calling":
		m.offer.Tools = c.known(path, f.raw)
	case "supported_modalities":
		m.offer.InputModalities = c.texts(path, f.raw)
	case "supported_output_modalities":
		m.offer.OutputModalities = c.texts(path, f.raw)
	case "supports_vision", "supports_audio_input", "supports_video_input", "supports_pdf_input":
		m.support(f.key, c.known(path, f.raw))
	case "source":
		m.row.URL = c.text(path, f.raw)
	case "deprecation_date":
		c.retires(m, path, f.raw)
	case "tiered_pricing":
		c.litellmRanges(m, path, f.raw)
	case "regional_processing_uplift_multiplier_eu":
		c.uplift(m, path, "geo:eu", f.raw)
	case "regional_processing_uplift_multiplier_us":
		c.uplift(m, path, "geo:us", f.raw)
	case "provider_specific_entry":
		c.litellmSpecific(m, path, f.raw)
	case "input_dbu_cost_per_token":
		m.dbu[catalog.Input], _ = c.number(path, f.raw)
	case "output_dbu_cost_per_token":
		m.dbu[catalog.Output], _ = c.number(path, f.raw)
	default:
		if looksLikePrice(f.key) {
			c.warn(path, "is not understood; this price is left out")
		}
	}
}

func (m *litellmRow) support(key string, known catalog.Known) {
	if known != catalog.Yes {
		return
	}
	names := map[string]string{"supports_vision": "image", "supports_audio_input": "audio",
		"supports_video_input": "video", "supports_pdf_input": "pdf"}
	m.modalities = append(m.modalities, names[key])
	slices.Sort(m.modalities)
}

func (c *collector) retires(m *litellmRow, path string, raw json.RawMessage) {
	text := c.text(path, raw)
	day, ok := date(text)
	if !ok && text != "" {
		c.warn(path, "%q is no date like 2026-12-31; skipped", text)
	}
	m.offer.Retires = day
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
