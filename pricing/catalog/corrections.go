package catalog

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
)

// curated is the source id of corrections.json.
const curated = "curated"

//go:embed corrections.json
var correctionsJSON []byte

// corrections is corrections.json: what is known to be wrong in the imported lists, each with its evidence.
type corrections struct {
	About     string       `json:"about"`
	Uplifts   []uplift     `json:"uplifts"`
	Prices    []correction `json:"prices"`    // replace single figures
	Effective []correction `json:"effective"` // the real first day of a row that a list shows since a later one
	Withdrawn []correction `json:"withdrawn"` // announced and retracted: kept, never priced
	Sources   []sourceRule `json:"sources"`
	Doubts    []correction `json:"doubts"` // shown as a conflict or a note; the price stays
}

type evidence struct {
	Evidence string       `json:"evidence"` // address
	AsOf     calendar.Day `json:"as_of"`    // the day it was read
	Note     string       `json:"note"`
}

// uplift derives the price of some scopes from the price of another.
type uplift struct {
	evidence
	Provider    string          `json:"provider"`
	Lab         string          `json:"lab"`
	FromVersion string          `json:"from_version"` // of the model: "4.5" and later
	Scopes      []string        `json:"scopes"`
	OfScope     string          `json:"of_scope"`
	Factor      decimal.Decimal `json:"factor"`
}

// correction names offers by provider and native id, model, scope or source; an empty field matches all.
type correction struct {
	evidence
	Provider string                   `json:"provider"`
	ID       string                   `json:"id"`
	Model    string                   `json:"model"`
	Scope    string                   `json:"scope"`
	Source   string                   `json:"source"`
	From     calendar.Day             `json:"from"`
	Since    calendar.Day             `json:"since"` // effective: the last day the former price was seen
	Prices   map[Dimension]rateString `json:"prices"`
}

// sourceRule is an exception to the precedence of sources, for a provider and the scopes that begin with one of Scopes:
// Prefer wins over Over where they differ on input or output, and Never does not price at all.
type sourceRule struct {
	evidence
	Provider string   `json:"provider"`
	Scopes   []string `json:"scopes"`
	Prefer   string   `json:"prefer"`
	Over     string   `json:"over"`
	Never    string   `json:"never"`
}

type rateString money.Rate

func (r *rateString) UnmarshalJSON(data []byte) error {
	rate, err := money.ParseRate(strings.Trim(string(data), `"`))
	*r = rateString(rate)
	return err
}

func parseCorrections(data []byte) (*corrections, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var c corrections
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("curated corrections: %w", err)
	}
	return &c, nil
}

func (c *correction) matches(o *Offer) bool {
	return c.Provider == o.Provider && (c.ID == "" || c.ID == o.NativeID) && (c.Model == "" || c.Model == o.Model) &&
		(c.Scope == "" || c.Scope == o.Scope) &&
		(c.Source == "" || slices.ContainsFunc(o.Rows, func(r Row) bool { return r.Source == c.Source }))
}

// prices is the correction's figures, in a fixed order.
func (c *correction) prices() []Price {
	var out []Price
	for _, dim := range slices.Sorted(maps.Keys(c.Prices)) {
		out = append(out, Price{dim, Standard, 0, money.Rate(c.Prices[dim])})
	}
	return out
}

// correct applies every correction to offers whose Rows are resolved.
func (c *corrections) correct(offers []*Offer) {
	for _, o := range offers {
		for i := range c.Prices {
			c.Prices[i].replace(o)
		}
		for i := range c.Effective {
			c.Effective[i].date(o)
		}
	}
	for i := range c.Uplifts {
		c.Uplifts[i].apply(offers)
	}
	for _, o := range offers {
		for i := range c.Withdrawn {
			c.Withdrawn[i].withdraw(o)
		}
		for i := range c.Doubts {
			c.Doubts[i].doubt(o)
		}
	}
}

// correctable reports whether a correction stands above the row: official feeds and own prices stand above corrections.
func correctable(r *Row) bool { return rank(r.Source) > rank(curated) && r.Status == InForce }

func (c *correction) replace(o *Offer) {
	if !c.matches(o) {
		return
	}
	for i := range o.Rows {
		r := &o.Rows[i]
		if !correctable(r) {
			continue
		}
		fixed := slices.Clone(r.Prices)
		for _, p := range c.prices() {
			fixed = slices.DeleteFunc(fixed, func(old Price) bool {
				return old.Dimension == p.Dimension && old.Tier == p.Tier && old.Above == p.Above
			})
			fixed = append(fixed, p)
		}
		c.stamp(r, fixed)
	}
}

// stamp makes r a curated row with the prices.
func (e *evidence) stamp(r *Row, prices []Price) {
	sortPrices(prices)
	r.Source, r.AsOf, r.URL, r.Note, r.Prices = curated, e.AsOf, e.Evidence, e.Note, prices
}

// date moves the start of a price change back to the day on which it is known to have happened.
func (c *correction) date(o *Offer) {
	if !c.matches(o) {
		return
	}
	for i := 1; i < len(o.Rows); i++ {
		if r := &o.Rows[i]; r.From > c.From && o.Rows[i-1].AsOf < c.From && r.AsOf <= c.AsOf {
			r.From = c.From
			o.Rows[i-1].Until = c.From
			addNote(r, c.Note)
		}
	}
}

func addNote(r *Row, note string) {
	if r.Note != "" {
		note = r.Note + "; " + note
	}
	r.Note = note
}

func (c *correction) withdraw(o *Offer) {
	if !c.matches(o) {
		return
	}
	row := Row{From: c.From, Status: Withdrawn}
	c.stamp(&row, c.prices())
	o.Rows = append(o.Rows, row)
	slices.SortStableFunc(o.Rows, byFrom)
}

func (c *correction) doubt(o *Offer) {
	if len(o.Rows) == 0 || !c.matches(o) {
		return
	}
	row := &o.Rows[len(o.Rows)-1]
	if !correctable(row) {
		return
	}
	addNote(row, c.Note)
	for _, p := range c.prices() {
		if now, ok := row.Price(p.Dimension, p.Tier, 0); ok && money.Differs(now.Rate, p.Rate, conflictPermille) {
			o.Conflicts = append(o.Conflicts, Conflict{curated, c.AsOf, p.Dimension, p.Tier, p.Above, p.Rate, c.Note})
		}
	}
}
