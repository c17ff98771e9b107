package prices

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"headroom/app/form"
	"headroom/app/listing"
	"headroom/app/typed"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/pricelist"
	"headroom/views/table"
	"headroom/views/ui"
)

// The mix that prices are ranked for until the reader types another: a question with some context, and an answer.
const (
	usualInput  = 1500
	usualOutput = 400
)

// pricesPerPage is how many models a page of the list holds.
const pricesPerPage = 40

// maxPricesPage and maxColumns bound what an address can ask for.
const (
	maxPricesPage = 1000
)

// What the cells of the list show.
const (
	showBoth  = "prices" // input over output
	showMix   = "mix"    // USD per 1,000 requests of the mix
	showCache = "cache"  // cache read
)

// priceState is everything that the address of the price list says.
type priceState struct {
	pricelist.Query
	TypedIn, TypedOut string // as typed
	Show              string
	Page              int  // from 1
	Whole             bool // every page at once
	Errors            []ui.FieldError
	InError, OutError string
}

// parsePrices reads the address. Unknown words are dropped; a mix that cannot be read is an error of its field, and the
// usual mix stands in for it.
func parsePrices(q url.Values, today calendar.Day) priceState {
	p := priceState{
		Query: pricelist.Query{
			Text: strings.TrimSpace(q.Get("q")), Labs: listing.SplitList(q["lab"]),
			Sellers: listing.SplitList(q["seller"]), Today: today,
			Weights: listing.Known(q["weights"], "open", "closed", "unknown"),
			Scopes:  listing.Known(q["scope"], "global", "in-region", "datazone", "geo", "region", "default"),
			Only:    listing.Known(q["only"], "conflict", "old", "unknown"),
			AllAges: q.Get("age") == "all", AllKinds: q.Get("kind") == "all",
		},
		TypedIn: q.Get("in"), TypedOut: q.Get("out"), Show: q.Get("show"), Whole: q.Get("page") == "all",
	}
	p.Text = strings.ToValidUTF8(p.Text[:min(len(p.Text), typed.MaxText)], "")
	p.Sort, p.Down = listing.SortOf(q.Get("sort"))
	if p.Show != showMix && p.Show != showCache {
		p.Show = showBoth
	}
	p.Page = 1
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 && n < maxPricesPage {
		p.Page = n
	}
	p.readMix()
	return p
}

// readPrices reads the address of this request. Sellers that the catalogue does not know get no column.
func (s *Pages) readPrices(c echo.Context) priceState {
	p := parsePrices(c.QueryParams(), s.Day())
	p.Sellers = slices.DeleteFunc(p.Sellers, func(id string) bool {
		return id != pricelist.Direct && !slices.ContainsFunc(s.Deps.Catalog.Sellers,
			func(known catalog.Seller) bool { return known.ID == id })
	})
	p.Sellers = p.Sellers[:min(len(p.Sellers), listing.MaxColumns)]
	if len(p.Sellers) == 0 {
		p.Sellers = nil
	}
	return p
}

// usualSort is the order of the list until the reader asks for another: the newest models first.
const usualSort = "released.desc"

func (p *priceState) readMix() {
	p.Mix.Input, p.InError = readTokens(p.TypedIn, usualInput)
	p.Mix.Output, p.OutError = readTokens(p.TypedOut, usualOutput)
	p.fail("in", "Input", p.InError)
	p.fail("out", "Output", p.OutError)
	if p.InError == "" && p.OutError == "" && p.Mix.Input+p.Mix.Output == 0 {
		p.OutError = "A request has at least one token; enter a number of 1 or more here or under input."
		p.fail("out", "Output", p.OutError)
	}
	if len(p.Errors) > 0 {
		p.Mix = pricelist.Mix{Input: usualInput, Output: usualOutput}
	}
}

func (p *priceState) fail(id, label, message string) {
	if message != "" {
		p.Errors = append(p.Errors, ui.FieldError{ID: id, Label: label, Message: message})
	}
}

// readTokens reads "1.5k"; an empty field is the usual number. A message says what would be right.
func readTokens(text string, usual int64) (tokens int64, message string) {
	if strings.TrimSpace(text) == "" {
		return usual, ""
	}
	q, err := typed.ParseQuantity(text)
	switch {
	case err != nil:
		return usual, form.Sentence(err.Error())
	case q.Range || q.Percent || q.Currency != "":
		return usual, "Enter one number of tokens, such as 1,500 or 1.5k."
	case q.Value.IsNegative() || q.Value.GreaterThan(decimal.NewFromInt(pricelist.MaxTokens)):
		return usual, "Enter 0 to 2,000,000 tokens."
	}
	return q.Value.Round(0).IntPart(), ""
}

// values are the parameters that differ from the usual, in their shortest form.
func (p *priceState) values() url.Values {
	q := p.mixValues()
	set := func(name, value, usual string) {
		if value != usual {
			q.Set(name, value)
		}
	}
	set("q", p.Text, "")
	for name, list := range map[string][]string{"lab": p.Labs, "weights": p.Weights, "seller": p.Sellers,
		"scope": p.Scopes, "only": p.Only} {
		set(name, strings.Join(list, ","), "")
	}
	set("age", listing.Word(p.AllAges, "all"), "")
	set("kind", listing.Word(p.AllKinds, "all"), "")
	set("show", p.Show, showBoth)
	set("sort", listing.SortText(p.Sort, p.Down), usualSort)
	set("page", strconv.Itoa(p.Page), "1")
	set("page", listing.Word(p.Whole, "all"), "")
	return q
}

// mixValues are the parameters that a model's page shares with the list.
func (p *priceState) mixValues() url.Values {
	q := url.Values{}
	if p.TypedIn != "" {
		q.Set("in", p.TypedIn)
	}
	if p.TypedOut != "" {
		q.Set("out", p.TypedOut)
	}
	return q
}

// with is the address of the list after a change; every change but a page's own starts at the first page.
func (p priceState) with(change func(*priceState)) string {
	p.Page, p.Whole = 1, false
	change(&p)
	return listing.Address("/prices", p.values())
}

// file is the address of the list as a file: the rows of this page.
func (p *priceState) file(name string) string { return listing.Address(name, p.values()) }

// sortURL sorts by a column, or turns its order round. Names begin in order, figures with the smallest.
func (p priceState) sortURL(key string) string {
	return p.with(func(s *priceState) { s.Sort, s.Down = key, p.Sort == key && !p.Down })
}

// sortWord is the aria-sort value of a column.
func (p *priceState) sortWord(key string) string {
	switch {
	case p.Sort != key:
		return ""
	case p.Down:
		return "descending"
	}
	return "ascending"
}

// modelURL is the page of one model, for the same mix.
func (p *priceState) modelURL(model string) string {
	return listing.Address("/prices/models/"+model, p.mixValues())
}

// offerURL is the page of an offer's model with the offer's line marked.
func (p *priceState) offerURL(o *catalog.Offer) string {
	q := p.mixValues()
	q.Set("offer", form.SellerValue(o))
	return listing.Address("/prices/models/"+o.Model, q)
}

// bounds are the first and last row of the page, from 0, for n rows.
func (p *priceState) bounds(n int) (from, to int) {
	if p.Whole {
		return 0, n
	}
	from = min((p.Page-1)*pricesPerPage, n)
	return from, min(from+pricesPerPage, n)
}

// tokensText is a number of tokens as a person reads it.
func tokensText(n int64) string { return table.Number(table.Count, float64(n)) }
