// Package cost prices recorded usage exactly: one line of usage in, one exact cost out, with the source, the date and
// whatever other sources say.
//
// The tier of a request follows from all its prompt tokens (input, cache reads and cache writes) and reprices the whole
// request, output too. Amounts are integers of 1e-15 currency units, so nothing is rounded anywhere. A count that has
// no price is an error, never 0.
package cost

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
	"headroom/pricing/money"
)

// Usage is one line of usage. The counts are per call and do not overlap.
type Usage struct {
	Provider    string // seller id of the plan format
	Model       string // the seller's own id, or that of LiteLLM or models.dev
	Scope       string // empty: the only one
	ServiceTier catalog.ServiceTier
	Requests    int64 // calls; multiplies everything

	Input, CacheRead, CacheWrite5m, CacheWrite1h, Output int64 // tokens of one call
}

// PromptTokens is what chooses the context tier.
func (u *Usage) PromptTokens() (int64, error) {
	var sum int64
	for _, n := range []int64{u.Input, u.CacheRead, u.CacheWrite5m, u.CacheWrite1h} {
		if n > math.MaxInt64-sum {
			return 0, fmt.Errorf("usage: the prompt has more than %d tokens", int64(math.MaxInt64))
		}
		sum += n
	}
	return sum, nil
}

// dimensions is the usage by dimension, in the order of the result.
func (u *Usage) dimensions() [5]part {
	return [5]part{{catalog.Input, u.Input}, {catalog.CacheRead, u.CacheRead}, {catalog.CacheWrite5m, u.CacheWrite5m},
		{catalog.CacheWrite1h, u.CacheWrite1h}, {catalog.Output, u.Output}}
}

type part struct {
	dimension catalog.Dimension
	tokens    int64 // of one call
}

// Result is the exact cost of a line of usage; money is exact decimal text in USD.
type Result struct {
	USD       string         `json:"usd"`
	Lines     []LineItem     `json:"lines"`
	Tier      string         `json:"tier"` // "base" or "above_N", N prompt tokens
	Offer     string         `json:"offer"`
	Scope     string         `json:"scope"`
	Source    string         `json:"source"`
	AsOf      calendar.Day   `json:"as_of"`
	Note      string         `json:"note,omitempty"`
	Conflicts []ConflictItem `json:"conflicts"`
}

// LineItem is the part of one dimension. Requests are counted in Tokens' place for what is priced per request.
type LineItem struct {
	Dimension  catalog.Dimension `json:"dimension"`
	Tokens     uint64            `json:"tokens"`
	USDPerMTok string            `json:"usd_per_mtok,omitempty"`
	PerRequest string            `json:"usd_per_request,omitempty"`
	USD        string            `json:"usd"`
}

// ConflictItem is another figure for a dimension that the line uses.
type ConflictItem struct {
	Source     string            `json:"source"`
	AsOf       calendar.Day      `json:"as_of"`
	Dimension  catalog.Dimension `json:"dimension"`
	USDPerMTok string            `json:"usd_per_mtok"`
	Note       string            `json:"note,omitempty"`
}

// ErrUnpriced is wrapped by the error for a count that no source prices.
var ErrUnpriced = errors.New("has no price")

// Quote is the priced line before it is written out: no text is made for it.
type Quote struct {
	Offer     *catalog.Offer
	Row       *catalog.Row
	Early     bool  // the row began after the day asked for
	Above     int64 // context tier
	Total     money.Amount
	Rates     [5]money.Rate // by dimension: input, cache read, 5-minute and 1-hour cache write, output
	Tokens    [5]uint64     // of all calls
	Amounts   [5]money.Amount
	PerCall   money.Rate // price per request, 0 if none
	CallsCost money.Amount
}

// Price finds the offer of u, the row in force on asOf and the exact amounts.
func Price(s *catalog.Snapshot, asOf calendar.Day, u *Usage) (Quote, error) {
	offer, err := find(s, u)
	if err != nil {
		return Quote{}, err
	}
	row, early := offer.RowAt(asOf)
	if row == nil {
		return Quote{}, fmt.Errorf("%s %s %w in force on %s", offer.ID(), offer.Scope, ErrUnpriced, asOf)
	}
	prompt, err := u.PromptTokens()
	if err != nil {
		return Quote{}, err
	}
	q := Quote{Offer: offer, Row: row, Early: early, Above: row.ContextTier(prompt)}
	return q, q.fill(u)
}

// find takes the id as the lists and the seller write it. Where none of them does, it reads the id's parts: a router's
// prefix or another word for the seller ("amazon-bedrock").
func find(s *catalog.Snapshot, u *Usage) (*catalog.Offer, error) {
	offer, err := s.Offer(u.Provider+"/"+u.Model, u.Scope)
	if err == nil {
		return offer, nil
	}
	if general := stated(s, u); general != nil {
		return general, nil
	}
	if !errors.Is(err, catalog.ErrUnknownOffer) {
		return nil, err
	}
	id := identity.Native(u.Provider, u.Model)
	if id.Provider == u.Provider && id.NativeID == u.Model {
		return nil, err
	}
	scope := u.Scope
	if scope == "" && id.Scope != "default" {
		scope = id.Scope
	}
	if again, err := s.Offer(id.Provider+"/"+id.NativeID, scope); err == nil {
		return again, nil
	}
	return nil, err
}

// stated is the offer whose seller states no scope, for usage that states none either: what a list's bare id names
// beside "us/gpt-5.5" and "eu/gpt-5.5". It is nil unless there is exactly one.
func stated(s *catalog.Snapshot, u *Usage) *catalog.Offer {
	if u.Scope != "" {
		return nil
	}
	offer, err := s.Offer(u.Provider+"/"+u.Model, "default")
	if err != nil {
		return nil
	}
	return offer
}

func (q *Quote) fill(u *Usage) error {
	for i, part := range u.dimensions() {
		if part.tokens == 0 {
			continue
		}
		price, ok := q.Row.PriceIn(part.dimension, u.ServiceTier, q.Above)
		if !ok {
			return q.unpriced(part.dimension, u.ServiceTier)
		}
		tokens, err := times(part.tokens, u.Requests)
		if err != nil {
			return err
		}
		if tokens == 0 {
			continue
		}
		q.Rates[i], q.Tokens[i], q.Amounts[i] = price.Rate, tokens, price.Rate.Cost(tokens)
		if q.Total, err = q.Total.Plus(q.Amounts[i]); err != nil {
			return err
		}
	}
	return q.fillCalls(u)
}

// fillCalls adds what the offer charges per request, at the tier's price or else the standard one.
func (q *Quote) fillCalls(u *Usage) (err error) {
	price, ok := q.Row.PriceIn(catalog.PerRequest, u.ServiceTier, q.Above)
	if !ok {
		price, ok = q.Row.PriceIn(catalog.PerRequest, catalog.Standard, q.Above)
	}
	if !ok || price.Rate == 0 || u.Requests == 0 {
		return nil
	}
	q.PerCall = price.Rate
	if q.CallsCost, err = price.Rate.Each(uint64(u.Requests)); err != nil {
		return err
	}
	q.Total, err = q.Total.Plus(q.CallsCost)
	return err
}

func (q *Quote) unpriced(dim catalog.Dimension, tier catalog.ServiceTier) error {
	where := ""
	if tier != catalog.Standard {
		where = " at service tier " + string(tier)
	}
	if q.Above > 0 {
		where += " above " + strconv.FormatInt(q.Above, 10) + " prompt tokens"
	}
	err := fmt.Errorf("usage.%s: %s %s %w for it%s in %s as of %s", dim, q.Offer.ID(), q.Offer.Scope,
		ErrUnpriced, where, q.Row.Source, q.Row.AsOf)
	if q.Row.Note != "" {
		err = fmt.Errorf("%w (%s)", err, q.Row.Note)
	}
	return err
}

// times is the tokens of all calls.
func times(tokens, requests int64) (uint64, error) {
	if requests > 0 && uint64(tokens) > math.MaxUint64/uint64(requests) {
		return 0, fmt.Errorf("usage: %d tokens x %d requests is more than can be counted", tokens, requests)
	}
	return uint64(tokens) * uint64(requests), nil
}

// Line prices one line of usage on asOf. Errors are for the reader of the line: unknown or ambiguous offers, counts
// without a price (ErrUnpriced), counts out of range.
func Line(s *catalog.Snapshot, asOf calendar.Day, u Usage) (Result, error) {
	q, err := Price(s, asOf, &u)
	if err != nil {
		return Result{}, err
	}
	r := q.result(asOf, &u)
	r.addNote(scopeNote(s, &q, &u))
	return r, nil
}
