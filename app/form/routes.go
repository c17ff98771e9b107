package form

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/catalog"
	"headroom/pricing/document"
)

// Route is one row of a workload's or an alternative's "model and seller" choice.
type Route struct {
	Index  int
	Name   string // prefix of the field names: "workloads.chat.routes[0]"
	Offer  string // id of the offer in the plan, "" for a row to fill in
	Model  string // canonical model id, or "" for an offer with its own prices
	Seller string // value of the seller select: "azure/gpt-5.4|global", or "offer:ID"
	Share  string // text of the share; "" for the first row, which takes the rest
}

// Routes are the rows of one workload.
type Routes struct {
	Workload string
	Keys     []string // where the list is in the plan
	Rows     []Route
}

// ModelField, SellerField and ShareField are the names of a row's fields.
func (r Route) ModelField() string  { return r.Name + ".model" }
func (r Route) SellerField() string { return r.Name + ".seller" }
func (r Route) ShareField() string  { return r.Name + ".share" }

// RoutesOf are the routes of a workload, followed by an empty row for a second one.
func RoutesOf(d Document, prices *catalog.Snapshot, workload string) Routes {
	r := Routes{Workload: workload, Keys: []string{"workloads", workload, "routes"}}
	for i := range d.Len(r.Keys...) + 1 {
		r.Rows = append(r.Rows, routeAt(d, prices, r.Keys, i))
	}
	return r
}

func routeAt(d Document, prices *catalog.Snapshot, keys []string, i int) Route {
	at := append(slices.Clone(keys), Item(i))
	row := Route{Index: i, Name: Path(at...), Offer: d.Text(append(at, "offer")...)}
	row.Model, row.Seller = SoldAs(d, prices, row.Offer)
	if i > 0 {
		row.Share = shareSpec(at).Read(d)
	}
	return row
}

func shareSpec(at []string) Spec {
	return Spec{Keys: append(slices.Clone(at), "share"), Label: "Share", Unit: "of requests", Kind: Shares,
		Min: zero, Max: hundred}
}

// SoldAs is the model of an offer of the plan and its value in the seller select. An offer that no catalogue entry
// stands behind has no model, and neither have units and GPUs: the plan itself describes those.
func SoldAs(d Document, prices *catalog.Snapshot, offer string) (model, seller string) {
	if offer == "" {
		return "", ""
	}
	if !OnDemand(d, offer) {
		return "", ownOffer + offer
	}
	entry, err := prices.Offer(d.Text("offers", offer, "catalog"), d.Text("offers", offer, "scope"))
	if err != nil {
		return "", ownOffer + offer
	}
	return entry.Model, SellerValue(entry)
}

// ownOffer begins the seller value of an offer that the plan itself describes.
const ownOffer = "offer:"

// OwnCapacity are the offers that the plan itself describes, units and GPUs above all, as values of the seller select:
// any workload can go there.
func OwnCapacity(d Document) []Option {
	var options []Option
	for _, id := range d.Names("offers") {
		if !OnDemand(d, id) || d.Text("offers", id, "catalog") == "" {
			options = append(options, Option{ownOffer + id, id})
		}
	}
	return options
}

// SellerValue is the value of a catalogue offer in the seller select.
func SellerValue(o *catalog.Offer) string { return o.ID() + "|" + o.Scope }

// routes reads the rows of one workload. Rows are rewritten only when one of them changed.
func (o *Outcome) routes(r Routes, posted url.Values, prices *catalog.Snapshot) {
	var rows []*document.Value
	changed := false
	for _, row := range r.Rows {
		offer, rowChanged := o.row(row, r.Rows[0].Seller, posted, prices)
		share, shareChanged := o.share(r, row, offer, posted)
		changed = changed || rowChanged || shareChanged
		if offer != "" && !(row.Index > 0 && share == nil) {
			rows = append(rows, routeTo(offer, share))
		}
	}
	if changed && len(rows) == 0 {
		o.fail(r.Rows[0].ModelField(), "Model", errors.New("choose the model that these requests go to"))
	}
	if !changed || len(rows) == 0 {
		return
	}
	rest, ok := restOf(rows[1:])
	if !ok {
		o.fail(r.Rows[1].ShareField(), "Share", errors.New("the other routes take more than 100 % together"))
		return
	}
	rows[0] = rows[0].With("share", rest)
	o.Document.Set(rows, r.Keys...)
	o.dropUnused()
}

// row is the offer that a row now names. A new row looks near the first one for a seller.
func (o *Outcome) row(row Route, near string, posted url.Values, prices *catalog.Snapshot) (offer string,
	changed bool) {
	model, seller, ok := o.choice(choice{row.ModelField(), row.SellerField(), row.Model, row.Seller,
		cmp.Or(row.Seller, near)}, posted, prices)
	if !ok || seller == row.Seller && model == row.Model {
		return row.Offer, false
	}
	if seller == "" {
		return "", row.Offer != ""
	}
	offer = o.offerFor(seller, prices)
	return offer, offer != row.Offer
}

// choice is a model text and a seller select as they were.
type choice struct {
	modelField, sellerField string
	model, seller           string
	near                    string // the seller that a changed model is looked for first
}

// choice reads both fields together: a changed seller wins; a changed model keeps the seller and scope where it can.
func (o *Outcome) choice(was choice, posted url.Values, prices *catalog.Snapshot) (model, seller string, ok bool) {
	typed, hasModel := first(posted, was.modelField)
	picked, hasSeller := first(posted, was.sellerField)
	if hasModel {
		o.Typed[was.modelField] = typed
	}
	if hasSeller && was.seller == "" {
		o.Typed[was.sellerField] = picked
	}
	if hasSeller && picked != was.seller && picked != "" {
		if !knownSeller(o.Document, prices, picked) {
			o.fail(was.sellerField, "Seller and scope", errors.New("this offer is not in the price catalogue: choose "+
				"one of the list"))
			return was.model, was.seller, false
		}
		if strings.HasPrefix(picked, ownOffer) && (!hasModel || typed == "" || sameModel(prices, typed, was.model)) {
			delete(o.Typed, was.modelField) // the plan's own capacity has no model of the catalogue
			return "", picked, true
		}
		if entry := offerOf(prices, picked); entry != nil && (!hasModel || sameModel(prices, typed, was.model)) {
			return entry.Model, picked, true
		}
	}
	if !hasModel || sameModel(prices, typed, was.model) {
		return was.model, was.seller, true
	}
	if strings.TrimSpace(typed) == "" {
		return "", "", true
	}
	return o.newModel(was, typed, prices)
}

// newModel finds the model that was typed and an offer of it.
func (o *Outcome) newModel(was choice, typed string, prices *catalog.Snapshot) (model, seller string, ok bool) {
	found, err := FindModel(prices, typed)
	if err != nil {
		o.fail(was.modelField, "Model", err)
		return was.model, was.seller, false
	}
	best := bestOffer(prices, found, was.near)
	if best == nil {
		o.fail(was.modelField, "Model", fmt.Errorf("no seller of %s states a price per token", found.Name))
		return was.model, was.seller, false
	}
	return found.ID, SellerValue(best), true
}

func first(posted url.Values, name string) (string, bool) {
	values, ok := posted[name]
	if !ok || len(values) == 0 {
		return "", false
	}
	return values[0], true
}

func sameModel(prices *catalog.Snapshot, typed, model string) bool {
	typed = strings.TrimSpace(typed)
	if typed == model {
		return true
	}
	entry, ok := prices.Model(model)
	return ok && strings.EqualFold(typed, entry.Name)
}

// share is what a row takes: nothing for the first, which gets the rest.
func (o *Outcome) share(r Routes, row Route, offer string, posted url.Values) (*document.Value, bool) {
	at := append(slices.Clone(r.Keys), Item(row.Index))
	current, _ := o.Document.Get(append(at, "share")...)
	text, ok := first(posted, row.ShareField())
	if row.Index == 0 || !ok {
		return current, false
	}
	o.Typed[row.ShareField()] = text
	spec := shareSpec(at)
	if strings.TrimSpace(text) == "" {
		if offer != "" && row.Offer == "" {
			o.fail(row.ShareField(), "Share", errors.New("enter the share of requests that goes here, such as 20 %"))
		}
		return nil, row.Offer != ""
	}
	if offer == "" && row.Offer == "" && len(o.Errors) == 0 {
		o.fail(row.ModelField(), "Model", errors.New("choose the model that this share of requests goes to"))
	}
	typed := scratch(map[string]any{"start": o.Document.Text("start")})
	if current != nil {
		typed.Set(current, "share")
	}
	spec.Keys = []string{"share"}
	if err := spec.Write(typed, text); err != nil {
		o.fail(row.ShareField(), "Share", err)
		return current, false
	}
	written, _ := typed.Get("share")
	return written, offer != "" && !document.Equal(written, current)
}

// restOf is what remains of 1 after the shares of the rows: a figure, or steps where the rows have steps.
func restOf(rows []*document.Value) (*document.Value, bool) {
	one := decimal.NewFromInt(1)
	months := map[string]bool{}
	var all [][]step
	for _, row := range rows {
		steps, ok := Spec{Keys: []string{"share"}}.steps(DocumentOf(row))
		if !ok {
			return nil, false
		}
		all = append(all, steps)
		for _, st := range steps {
			months[st.from] = true
		}
	}
	months[""] = true // before the first step the others take nothing
	var shares []map[string]any
	for _, month := range sorted(months) {
		left := one
		for _, steps := range all {
			left = left.Sub(valueAt(steps, month))
		}
		if left.IsNegative() {
			return nil, false
		}
		shares = append(shares, map[string]any{"from": month, "value": number(left)})
	}
	if len(shares) == 1 {
		return document.Of(shares[0]["value"]), true
	}
	return datedShares(shares), true
}

// datedShares gives a share that holds from the beginning a month before any plan.
func datedShares(shares []map[string]any) *document.Value {
	rows := make([]*document.Value, len(shares))
	for i, share := range shares {
		if share["from"] == "" {
			share["from"] = "2000-01"
		}
		rows[i] = document.Of(share)
	}
	return document.Of(rows)
}

// routeTo is a row of a list of routes.
func routeTo(offer string, share *document.Value) *document.Value {
	return document.Of(map[string]any{"offer": offer, "share": share})
}

func sorted(set map[string]bool) []string {
	var names []string
	for name, in := range set {
		if in {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// valueAt is the step in force in a month; before the first it is 0.
func valueAt(steps []step, month string) decimal.Decimal {
	value := decimal.Zero
	for _, st := range steps {
		if st.from == "" || st.from <= month {
			value = st.value
		}
	}
	return value
}
