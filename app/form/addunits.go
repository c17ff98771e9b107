package form

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
)

// Data is what forms fill in from: prices of tokens, and machines with their units and quotas.
type Data struct {
	Prices   *catalog.Snapshot
	Machines *capacity.Machines
}

// addUnits and its like begin the names of fields for what is not in the plan yet.
const (
	addUnits = "add-units"
	addGPUs  = "add-gpus"
	addSite  = "add-site"
	addGrant = "add-grant"
)

// unitTarget is an offer of a workload that provisioned units can stand before.
type unitTarget struct {
	workload, offer string
	entry           *catalog.Offer // what the units serve; nil: the plan alone describes the offer
	unit            *capacity.ProvisionedUnit
	elsewhere       bool // the units are at another seller than the offer
}

func (t unitTarget) value() string {
	if t.entry == nil || !t.elsewhere {
		return t.workload + "|" + t.offer
	}
	return t.workload + "|" + t.offer + "|" + t.entry.ID() + "|" + t.entry.Scope
}

// UnitOption is a target as a choice of the form.
type UnitOption struct {
	Value    string
	Workload string
	Offer    string                    // of the plan, which takes the excess
	Entry    *catalog.Offer            // what the units serve; nil: only the plan describes it
	Unit     *capacity.ProvisionedUnit // nil: what one carries is unknown
	Term     *capacity.UnitPrice       // the list price that a unit begins with; nil: unknown
}

// UnitWord is what the seller calls a unit: PTU, GSU.
func (o UnitOption) UnitWord() string {
	if o.Unit == nil {
		return "units"
	}
	return o.Unit.Unit
}

// Facts say what a unit carries, how units are sold and what one costs, with the sources; and what of it is unknown.
func (o UnitOption) Facts() []Stated {
	if o.Unit == nil {
		return []Stated{{Text: "Unknown: what a unit carries, how units are sold and what they cost is not " +
			"published. Enter the number and your price here, what a unit carries after adding."}}
	}
	price := Stated{Text: "Its price is unknown: enter yours."}
	if o.Term != nil {
		price = Stated{termLabel(o.Term), o.Term.Source, o.Term.AsOf}
	}
	return []Stated{unitFill(0, o.Unit, "").Stated(), sizeOf(o.Unit, o.Entry.Scope), price}
}

// UnitOptions are what provisioned capacity can be added for: each on-demand offer that a workload goes to, at its
// seller and at others that sell units of the model.
func UnitOptions(d Document, data Data) []UnitOption {
	var options []UnitOption
	for _, t := range unitTargets(d, data) {
		options = append(options, UnitOption{t.value(), t.workload, t.offer, t.entry, t.unit, listTerm(t, data)})
	}
	return options
}

func unitTargets(d Document, data Data) []unitTarget {
	var list []unitTarget
	for _, workload := range d.Names("workloads") {
		for i := range d.Len("workloads", workload, "routes") {
			offer := d.Text("workloads", workload, "routes", Item(i), "offer")
			if OnDemand(d, offer) {
				list = append(list, targetsOf(d, data, workload, offer)...)
			}
		}
	}
	return list
}

func targetsOf(d Document, data Data, workload, offer string) []unitTarget {
	entry, err := data.Prices.Offer(d.Text("offers", offer, "catalog"), d.Text("offers", offer, "scope"))
	if err != nil {
		return []unitTarget{{workload: workload, offer: offer}}
	}
	list := []unitTarget{{workload, offer, entry, firstUnit(data, entry), false}}
	for _, other := range data.Prices.OffersOf(entry.Model) {
		if slices.ContainsFunc(list, func(t unitTarget) bool { return t.entry.Provider == other.Provider }) {
			continue
		}
		if unit := firstUnit(data, other); unit != nil {
			list = append(list, unitTarget{workload, offer, other, unit, true})
		}
	}
	return list
}

func firstUnit(data Data, entry *catalog.Offer) *capacity.ProvisionedUnit {
	if units := data.Machines.UnitsOf(entry.Provider, entry.Model); len(units) > 0 {
		return units[0]
	}
	return nil
}

// AddUnitSpecs are the fields that new provisioned capacity begins with.
func AddUnitSpecs(d Document) []Spec {
	at := func(name string) []string { return []string{addUnits, name} }
	return []Spec{
		Spec{Keys: at("units"), Label: "Units", Optional: true, Default: "the least sold"}.between("0", "1000000000"),
		{Keys: at("from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "the first month"},
		Spec{Keys: at("price"), Label: "Your price an hour", Prefix: "USD", Kind: Money, Optional: true,
			Default: "the list price",
			Help:    "For one unit. Empty: the seller's list price, where one is known."}.between("0", "1000000"),
		{Keys: at("share"), Label: "Share", Unit: "of requests", Kind: Percent, Min: zero, Max: hundred,
			Optional: true, Default: "what they carry",
			Help: "Empty: as much as the units carry at the peak of their first month. More arrives as you grow; it " +
				"goes on to today's seller."},
	}
}

// AddUnitTarget is the name of the choice of what units are added for.
func AddUnitTarget() string { return Path(addUnits, "for") }

// AddUnits adds a provisioned offer before the on-demand one that a workload goes to, which takes the excess.
func (o *Outcome) AddUnits(posted url.Values, data Data) {
	blank, ok := o.blank(AddUnitSpecs(o.Document), posted)
	targets := unitTargets(o.Document, data)
	chosen := posted.Get(AddUnitTarget())
	i := slices.IndexFunc(targets, func(t unitTarget) bool { return t.value() == chosen })
	if i < 0 {
		o.Note(AddUnitTarget(), "Serves", errors.New("choose the workload that the units serve"))
		return
	}
	t := targets[i]
	lot := o.firstLot(blank, "units", addUnits)
	if !o.unitCount(lot, t) || !o.unitPrice(lot, blank, t, data) || !ok {
		return
	}
	offer := map[string]any{"kind": "provisioned", "spill_to": t.offer, "lots": []any{lot}}
	id := o.freeID(t.offer + "-units")
	if t.entry != nil {
		offer["catalog"], offer["scope"] = t.entry.ID(), t.entry.Scope
		id = o.freeID(Slug(t.entry.Provider + "-" + modelSlug(t.entry.Model) + "-" + unitWord(t.unit)))
	} else {
		offer["provider"] = Provider(o.Document, t.offer)
		offer["currency"] = "USD"
	}
	o.Document.Set(offer, "offers", id)
	if t.unit != nil {
		unitFill(0, t.unit, id).Apply(o.Document)
	}
	share, stated := blank.Decimal(addUnits, "share")
	if !stated {
		share = o.carriedShare(t.workload, t.offer, id, data.Prices)
	}
	o.splitRoute(t.workload, t.offer, id, lotFrom(lot), share)
	o.forgetTyped(addUnits)
}

func lotFrom(lot map[string]any) string {
	from, _ := lot["from"].(string)
	return from
}

func unitWord(u *capacity.ProvisionedUnit) string {
	if u == nil {
		return "units"
	}
	return strings.ToLower(u.Unit)
}

func modelSlug(model string) string {
	_, slug, _ := strings.Cut(model, "/")
	return slug
}

// unitCount puts the number of units into a lot: those typed, else the least that the seller sells.
func (o *Outcome) unitCount(lot map[string]any, t unitTarget) bool {
	if lot["units"] != nil {
		return true
	}
	least := capacity.Quantity{}
	if t.unit != nil {
		least, _ = t.unit.Least(t.entry.Scope)
	}
	if !least.Known || least.Value == 0 {
		o.Note(Path(addUnits, "units"), "Units", errors.New("enter the number of units: the minimum purchase is "+
			"unknown"))
		return false
	}
	lot["units"] = number(decimal.RequireFromString(least.Text))
	return true
}

// unitPrice puts the price into a lot: the one typed, else the seller's price by the hour, or of the shortest term.
func (o *Outcome) unitPrice(lot map[string]any, blank Document, t unitTarget, data Data) bool {
	name := Path(addUnits, "price")
	if price, ok := blank.Decimal(addUnits, "price"); ok {
		if !price.IsPositive() {
			o.Note(name, "Your price an hour", errors.New("a unit has a price: enter more than 0"))
			return false
		}
		lot["price_per_hour"] = number(price)
		return true
	}
	term := listTerm(t, data)
	if term == nil {
		o.Note(name, "Your price an hour", errors.New("unknown: no list price of a unit of this model is published; "+
			"enter yours"))
		return false
	}
	lot["price_per_hour"] = number(term.Price.Rate.Decimal())
	return true
}

// listTerm is the price by the hour of a unit in a scope, or of the shortest term; nil where none is known.
func listTerm(t unitTarget, data Data) *capacity.UnitPrice {
	if t.unit == nil {
		return nil
	}
	product := map[string]string{"datazone": "PTU Data Zone", "region": "PTU Regional", "in-region": "PTU Regional"}
	kind, _, _ := strings.Cut(t.entry.Scope, ":")
	for _, term := range data.Machines.UnitTerms(t.unit.Seller, t.unit.Unit) {
		if term.Per == "hour" && (t.unit.Unit != "PTU" || term.Product == cmp.Or(product[kind], "PTU Global")) {
			return term
		}
	}
	return nil
}

// blank reads fields of what is not in the plan yet into a document of their own. False when one cannot be read; the
// error then stands beside it. Prices are in dollars, as in the data.
func (o *Outcome) blank(specs []Spec, posted url.Values) (Document, bool) {
	d := scratch(map[string]any{"start": o.Document.Text("start"), "currency": "USD"})
	before := len(o.Errors)
	for _, spec := range specs {
		text, ok := first(posted, spec.Name())
		if !ok {
			continue
		}
		if err := spec.Write(d, text); err != nil {
			o.fail(spec.Name(), spec.Label, err)
		}
	}
	return d, len(o.Errors) == before
}

// firstLot is a lot with its month, and its size where one was typed.
func (o *Outcome) firstLot(blank Document, what, prefix string) map[string]any {
	lot := map[string]any{"from": cmp.Or(blank.Text(prefix, "from"), o.Document.Text("start"))}
	if size, ok := blank.Decimal(prefix, what); ok {
		lot[what] = number(size)
	}
	if months, ok := blank.Decimal(prefix, "months"); ok {
		lot["months"] = number(months)
	}
	return lot
}

// forgetTyped empties the fields of something that was added.
func (o *Outcome) forgetTyped(prefix string) {
	for name := range o.Typed {
		if strings.HasPrefix(name, prefix+".") {
			delete(o.Typed, name)
		}
	}
}

// KeepTyped remembers the texts of fields that are no part of the plan, so that a page that is merged keeps them.
func (o *Outcome) KeepTyped(posted url.Values) {
	for name, values := range posted {
		for _, prefix := range []string{addUnits, addGPUs, addSite, addGrant, "fill"} {
			if strings.HasPrefix(name, prefix+".") && len(values) > 0 {
				o.Typed[name] = values[0]
			}
		}
	}
}

// UnitSizes says how the units of an offer are sold, or that it is unknown.
func UnitSizes(d Document, prices *catalog.Snapshot, m *capacity.Machines, offer string) Stated {
	sold := SoldOf(d, prices, offer)
	units := m.UnitsOf(sold.Seller, sold.Model)
	if len(units) == 0 {
		return Stated{Text: "Unknown: what a unit of this model carries, how units are sold and what they cost is " +
			"not published. Ask the seller."}
	}
	return sizeOf(units[0], sold.Scope)
}

// sizeOf says how units are sold in a scope: "sold from 15 PTU, in steps of 5".
func sizeOf(u *capacity.ProvisionedUnit, scope string) Stated {
	least, step := u.Least(scope)
	if !least.Known {
		return Stated{"The minimum purchase in this scope is unknown: " + least.Reason(), u.Source, u.AsOf}
	}
	return Stated{fmt.Sprintf("Sold from %s %s, in steps of %s", least.Text, u.Unit, step.Text), u.Source, u.AsOf}
}
