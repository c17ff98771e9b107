package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
	"headroom/pricing/money"
)

// csvPrices are the price columns, USD per million tokens.
var csvPrices = map[string]catalog.Dimension{
	"input": catalog.Input, "cache_read": catalog.CacheRead, "cache_write_5m": catalog.CacheWrite5m,
	"cache_write_1h": catalog.CacheWrite1h, "output": catalog.Output, "per_request": catalog.PerRequest,
}

var csvColumns = []string{
	"provider", "id", "scope", "from", "service_tier", "above", "input", "cache_read", "cache_write_5m",
	"cache_write_1h", "output", "per_request", "url", "note",
}

// CSV reads a table of the user's own and negotiated prices, which stand above every other source. The head names the
// columns, in any order: provider and id are required (the seller's id and its own model id), scope, from (the first
// day, default asOf), service_tier, above (context tier), the prices input, cache_read, cache_write_5m, cache_write_1h,
// output in USD per 1,000,000 tokens and per_request in USD, url and note. An empty price is unknown. Rows of one offer
// and day make one price list. A row that cannot be read is reported with its line and left out.
func CSV(r io.Reader, asOf calendar.Day) (catalog.Import, error) {
	data, err := readAll(r)
	if err != nil {
		return catalog.Import{}, err
	}
	c := newCollector(catalog.Source{ID: "own", Name: "Own prices", AsOf: asOf})
	reader := csv.NewReader(bytes.NewReader(data))
	reader.TrimLeadingSpace = true
	head, err := reader.Read()
	if err != nil {
		return catalog.Import{}, fmt.Errorf("%w: line 1: %w", ErrFile, err)
	}
	columns, err := csvHead(head)
	if err != nil {
		return catalog.Import{}, err
	}
	for rows := 0; ; rows++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			// An older price list first, so that the newer one ends it.
			slices.SortStableFunc(c.in.Offers,
				func(a, b catalog.Offer) int { return strings.Compare(string(a.Rows[0].From), string(b.Rows[0].From)) })
			return c.finish()
		}
		if err != nil && !errors.Is(err, csv.ErrFieldCount) {
			return catalog.Import{}, fmt.Errorf("%w: %w", ErrFile, err)
		}
		if rows == maxMembers {
			return catalog.Import{}, fmt.Errorf("%w: more than %d rows", ErrFile, maxMembers)
		}
		number, _ := reader.FieldPos(0)
		line := fmt.Sprintf("line %d", number)
		if err != nil {
			c.warn(line, "has %d columns instead of %d; left out", len(record), len(head))
			continue
		}
		c.csvRow(line, columns, record)
	}
}

// csvHead checks the head and returns where each column stands.
func csvHead(head []string) (map[string]int, error) {
	columns := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(csvColumns, name) {
			return nil, fmt.Errorf("%w: line 1: column %q is unknown; want %s", ErrFile, clip(name),
				strings.Join(csvColumns, ", "))
		}
		if _, ok := columns[name]; ok {
			return nil, fmt.Errorf("%w: line 1: column %q is given twice", ErrFile, name)
		}
		columns[name] = i
	}
	for _, name := range []string{"provider", "id"} {
		if _, ok := columns[name]; !ok {
			return nil, fmt.Errorf("%w: line 1: column %q is missing", ErrFile, name)
		}
	}
	return columns, nil
}

func (c *collector) csvRow(line string, columns map[string]int, record []string) {
	cell := func(name string) string {
		if i, ok := columns[name]; ok {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	if cell("provider") == "" || cell("id") == "" || len(cell("id")) > maxTextLength {
		c.warn(line, "provider and id must be given; left out")
		return
	}
	from, tier, above, err := csvKey(cell, c.asOf)
	if err != nil {
		c.warn(line, "%v; left out", err)
		return
	}
	prices := c.csvPrices(line, cell, tier, above)
	if len(prices) == 0 {
		c.warn(line, "states no price; left out")
		return
	}
	id := identity.Native(cell("provider"), cell("id"))
	if id.Provider == "" || id.NativeID == "" {
		c.warn(line, "names no seller or no model; left out")
		return
	}
	o := offerOf(id, cell("id"))
	if scope := cell("scope"); scope != "" {
		o.Scope = onlyScope(o.Provider, scope)
	}
	row := catalog.Row{From: from, Status: catalog.Own, Source: "own", Key: cell("id"), AsOf: c.asOf,
		URL:  clip(cell("url")),
		Note: clip(cell("note")), Prices: prices}
	c.addOwn(line, o, row)
}

// csvKey reads what a row's prices hold for.
func csvKey(cell func(string) string, asOf calendar.Day) (from calendar.Day, tier catalog.ServiceTier,
	above int64, err error) {
	from = asOf
	if text := cell("from"); text != "" {
		day, ok := date(text)
		if !ok {
			return "", "", 0, fmt.Errorf("from: %q is no date like 2026-12-31", clip(text))
		}
		from = day
	}
	tier = catalog.Standard
	if text := cell("service_tier"); text != "" {
		tier = catalog.ServiceTier(text)
		if !slices.Contains([]catalog.ServiceTier{catalog.Standard, catalog.Batch, catalog.Flex, catalog.Priority,
			catalog.Fast}, tier) {
			return "", "", 0, fmt.Errorf("service_tier: %q; want standard, batch, flex or priority", clip(text))
		}
	}
	if text := cell("above"); text != "" {
		d, err := decimal.NewFromString(clip(text))
		if err != nil || d.Exponent() > 9 || d.Exponent() < -9 || !d.IsInteger() || d.IsNegative() ||
			d.GreaterThan(decimal.New(1, 12)) {
			return "", "", 0, fmt.Errorf("above: %q is no number of tokens", clip(text))
		}
		above = d.IntPart()
	}
	return from, tier, above, nil
}

func (c *collector) csvPrices(line string, cell func(string) string, tier catalog.ServiceTier,
	above int64) []catalog.Price {
	var prices []catalog.Price
	for _, name := range sortedKeys(csvPrices) {
		text := cell(name)
		if text == "" {
			continue
		}
		if len(text) > maxNumberLength {
			text = clip(text)
		}
		rate, err := money.ParseRate(text)
		if err != nil {
			c.warn(line, "%s: %v; left out", name, err)
			continue
		}
		prices = append(prices, catalog.Price{Dimension: csvPrices[name], Tier: tier, Above: above, Rate: rate})
	}
	return prices
}

// ownKey is one price list of the user's.
type ownKey struct {
	provider, id, scope string
	from                calendar.Day
}

// addOwn joins rows of one offer and day, which state other tiers of the same price list.
func (c *collector) addOwn(line string, o catalog.Offer, row catalog.Row) {
	key := ownKey{o.Provider, o.NativeID, o.Scope, row.From}
	at, ok := c.own[key]
	if !ok {
		c.own[key] = len(c.in.Offers)
		o.Rows = []catalog.Row{row}
		c.add(o)
		return
	}
	have := &c.in.Offers[at].Rows[0]
	for _, p := range row.Prices {
		if slices.ContainsFunc(have.Prices, func(q catalog.Price) bool {
			return q.Dimension == p.Dimension && q.Tier == p.Tier && q.Above == p.Above
		}) {
			c.warn(line, "states %s of %s again; the first counts", p.Dimension, o.ID())
			continue
		}
		have.Prices = append(have.Prices, p)
	}
}
