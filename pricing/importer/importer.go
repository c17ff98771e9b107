// Package importer reads price files: LiteLLM's map, models.dev's api.json, Azure's retail price pages and a table of
// the user's own prices.
//
// Each function turns an io.Reader into a [catalog.Import]: offers with one dated row each, what was not understood,
// and the ids that belong to no known model. Prices are read as decimals from their text, never through a float;
// figures with more than nine places, which is the noise of binary floats in the sources, are rounded there and
// counted. A file that is not what it claims is refused with the line and the reason; a part that is not understood is
// skipped with a warning, never silently and never as 0. At most 64 MiB are read.
package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
	"headroom/pricing/money"
)

// MaxBytes is the largest file that is read.
const MaxBytes = 64 << 20

// ErrFile is wrapped by the error of a file that is refused.
var ErrFile = errors.New("not a readable price file")

const (
	maxNumberLength = 64  // characters of a number; longer ones are no prices
	maxTextLength   = 512 // characters of an id or name
	maxWarnings     = 2000
	maxMembers      = 100_000 // models of a file, fields of a model, meters of a page, rows of a table
	maxListed       = 100     // tiers of a model, its modalities
)

// readAll reads a whole file, which is at most MaxBytes long.
func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: larger than %d MiB", ErrFile, MaxBytes>>20)
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// collector gathers an import.
type collector struct {
	in     catalog.Import
	models map[string]ranked
	noise  []string // paths of rounded prices
	own    map[ownKey]int
	asOf   calendar.Day
}

type ranked struct {
	model        catalog.Model
	rank         int
	open, closed int // sellers that call the weights open and closed
}

// weights is what the lab itself says, or else what most sellers say.
func (r *ranked) weights() catalog.Known {
	switch {
	case r.rank == labsOwn, r.open == r.closed:
		return r.model.OpenWeights
	case r.open > r.closed:
		return catalog.Yes
	}
	return catalog.No
}

func newCollector(source catalog.Source) *collector {
	return &collector{in: catalog.Import{Source: source, Sellers: identity.Sellers(), Labs: identity.Labs()},
		models: map[string]ranked{}, own: map[ownKey]int{}, asOf: source.AsOf}
}

func (c *collector) warn(path, format string, args ...any) {
	if len(c.in.Warnings) < maxWarnings {
		c.in.Warnings = append(c.in.Warnings, catalog.Warning{Path: clip(path), Message: fmt.Sprintf(format, args...)})
	} else if len(c.in.Warnings) == maxWarnings {
		c.in.Warnings = append(c.in.Warnings, catalog.Warning{Message: fmt.Sprintf("more than %d warnings; the rest "+
			"is not listed", maxWarnings)})
	}
}

func clip(text string) string {
	if len(text) > maxTextLength {
		return text[:maxTextLength] + "..."
	}
	return text
}

// add records an offer with its one row. An id that leaves no seller or no name is reported and left out.
func (c *collector) add(o catalog.Offer) {
	if o.Provider == "" || o.NativeID == "" {
		c.warn(o.Rows[0].Key, "names no seller or no model (%q, %q); left out", o.Provider, o.NativeID)
		return
	}
	if o.Model == "" {
		c.in.Unmapped = append(c.in.Unmapped, o.ID())
	}
	slices.Sort(o.Aliases)
	o.Aliases = slices.Compact(o.Aliases)
	c.in.Offers = append(c.in.Offers, o)
}

// labsOwn is the rank of a lab's own description of its model.
const labsOwn = 0

// describe keeps the best-ranked description of a model: lower is better, the first of equals stays.
func (c *collector) describe(m catalog.Model, rank int) {
	r, ok := c.models[m.ID]
	if !ok || rank < r.rank {
		r.model, r.rank = m, rank
	}
	switch m.OpenWeights {
	case catalog.Yes:
		r.open++
	case catalog.No:
		r.closed++
	}
	c.models[m.ID] = r
}

// finish returns the import, or an error when the file held no offer at all.
func (c *collector) finish() (catalog.Import, error) {
	if len(c.in.Offers) == 0 {
		return catalog.Import{}, fmt.Errorf("%w: it holds no priced model", ErrFile)
	}
	if n := len(c.noise); n > 0 {
		shown := c.noise[:min(n, 3)]
		c.warn("", "%d prices carried float noise and were rounded to %d places, among them %s", n, money.Scale,
			strings.Join(shown, ", "))
	}
	for _, r := range c.models {
		r.model.OpenWeights = r.weights()
		c.in.Models = append(c.in.Models, r.model)
	}
	slices.SortFunc(c.in.Models, func(a, b catalog.Model) int { return strings.Compare(a.ID, b.ID) })
	slices.Sort(c.in.Unmapped)
	c.in.Unmapped = slices.Compact(c.in.Unmapped)
	return c.in, nil
}

// offerOf begins an offer from its identity.
func offerOf(id identity.Identity, alias string) catalog.Offer {
	o := catalog.Offer{Provider: id.Provider, NativeID: id.NativeID, Scope: id.Scope, Model: id.Model, Lab: id.Lab,
		Variant: id.Variant, Commitment: id.Commitment, Release: id.Release, Latest: id.Latest}
	o.Scope = onlyScope(o.Provider, o.Scope)
	if alias != id.NativeID {
		o.Aliases = []string{alias}
	}
	return o
}

// onlyScope gives one word to Azure's Global deployment, which the lists also mean by an id without a scope.
func onlyScope(provider, scope string) string {
	if provider == "azure" && scope == "global" {
		return "default"
	}
	return scope
}

// rate reads a price literal times 10^shift: LiteLLM's are per token, so shift is 6.
func (c *collector) rate(path, literal string, shift int32) (money.Rate, bool) {
	if len(literal) > maxNumberLength {
		c.warn(path, "a number of %d characters is no price; skipped", len(literal))
		return 0, false
	}
	d, err := decimal.NewFromString(literal)
	if err != nil || d.Exponent() > 1000 || d.Exponent() < -1000 {
		c.warn(path, "%s is no price; skipped", literal)
		return 0, false
	}
	r, exact, err := money.RoundDecimal(d.Shift(shift))
	if err != nil {
		c.warn(path, "%s is no price: want 0 to 9,000,000,000 per million; skipped", literal)
		return 0, false
	}
	if !exact {
		c.noise = append(c.noise, clip(path))
	}
	if r > implausible && shift == 6 {
		c.warn(path, "%s USD per million tokens is implausible, as if the source meant another unit; left out, so "+
			"that it is unknown", r)
		return 0, false
	}
	return r, true
}

// implausible is the price per million tokens above which a unit mistake is likelier than a price; the dearest real
// model costs 600.
const implausible = money.Rate(2000_000_000_000)

// pricedByToken reports whether 0 for input and output in this mode means "not a price per token".
func pricedByToken(mode string) bool {
	return mode == "" || mode == "chat" || mode == "completion" || mode == "responses"
}

// dropZeros removes the token prices of a row that states 0 for input and output: a free tier, a flat fee or a
// placeholder, in no case what a million tokens cost. The note says so.
func dropZeros(prices []catalog.Price, provider, mode string) ([]catalog.Price, string) {
	if !pricedByToken(mode) || !statesZero(prices) {
		return prices, ""
	}
	prices = slices.DeleteFunc(slices.Clone(prices),
		func(p catalog.Price) bool { return p.Rate == 0 && perMillion(p.Dimension) })
	if identity.Subscription(provider) {
		return prices, "a flat fee: the list's 0 per token is not a price"
	}
	return prices, "the list states 0: a free tier or a placeholder, not a price"
}

func statesZero(prices []catalog.Price) bool {
	zero := false
	for _, p := range prices {
		if p.Dimension != catalog.Input && p.Dimension != catalog.Output {
			continue
		}
		if p.Rate != 0 {
			return false
		}
		zero = true
	}
	return zero
}

var dateForm = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// date checks a day; what is none gives "" and false.
func date(text string) (calendar.Day, bool) {
	if !dateForm.MatchString(text) {
		return "", false
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", false
	}
	return calendar.Day(text), true
}
