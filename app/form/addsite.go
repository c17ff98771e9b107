package form

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
)

// AddSiteSpecs are the fields that the power of a new site begins with.
func AddSiteSpecs(d Document) []Spec {
	at := func(name string) []string { return []string{addSite, name} }
	pool := Spec{Keys: at("pool"), Label: "Powers", Kind: Choice, Optional: true}
	for _, id := range d.Names("gpu_pools") {
		pool.Options = append(pool.Options, Option{id, id})
	}
	if len(pool.Options) == 0 {
		pool.Options = []Option{{"", "no pool yet"}}
	}
	return []Spec{
		{Keys: at("name"), Label: "Name", Kind: Text, Optional: true, Default: "site"},
		Spec{Keys: at("megawatts"), Label: "Megawatts"}.between("0", "1000000"),
		{Keys: at("from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "the first month"},
		pool,
	}
}

// AddSite adds the power of a site, for a pool where one was chosen.
func (o *Outcome) AddSite(posted url.Values) {
	blank, ok := o.blank(AddSiteSpecs(o.Document), posted)
	if !ok {
		return
	}
	lot := o.firstLot(blank, "megawatts", addSite)
	name := blank.Text(addSite, "name")
	if name == "" {
		name = "site"
	}
	id := freeName(o.Document, "sites", Slug(name))
	o.Document.Set(map[string]any{"lots": []any{lot}}, "sites", id)
	if pool := blank.Text(addSite, "pool"); pool != "" {
		o.Document.Set(id, "gpu_pools", pool, "site")
	}
	o.forgetTyped(addSite)
}

// GrantSpecs are the fields of an allocation of GPUs that costs nothing.
func GrantSpecs(d Document) []Spec {
	at := func(name string) []string { return []string{addGrant, name} }
	pool := Spec{Keys: at("pool"), Label: "In pool", Kind: Choice}
	for _, id := range d.Names("gpu_pools") {
		pool.Options = append(pool.Options, Option{id, id})
	}
	return []Spec{
		pool,
		Spec{Keys: at("gpus"), Label: "GPUs"}.between("0", "1000000000"),
		{Keys: at("from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "the first month"},
		Spec{Keys: at("months"), Label: "For", Unit: "months", Optional: true, Whole: true,
			Default: "without end"}.between("1", "1200"),
	}
}

// Grant is an allocation of GPUs in the plan: a lot at price 0.
type Grant struct {
	Pool, From string
	GPUs       decimal.Decimal
	Months     string // "" for one without end
}

// Grants are the lots that cost nothing.
func Grants(d Document) []Grant {
	var list []Grant
	for _, pool := range d.Names("gpu_pools") {
		for i := range d.Len("gpu_pools", pool, "lots") {
			at := []string{"gpu_pools", pool, "lots", Item(i)}
			if price, ok := d.Decimal(append(at, "price_per_hour")...); ok && price.IsZero() {
				gpus, _ := d.Decimal(append(at, "gpus")...)
				list = append(list, Grant{pool, d.Text(append(at, "from")...), gpus,
					d.numberText(append(at, "months")...)})
			}
		}
	}
	return list
}

// AddGrant adds GPUs that were given to a pool of the plan.
func (o *Outcome) AddGrant(posted url.Values) {
	blank, ok := o.blank(GrantSpecs(o.Document), posted)
	pool := blank.Text(addGrant, "pool")
	if _, known := o.Document.Get("gpu_pools", pool); !known {
		o.Note(Path(addGrant, "pool"), "In pool", errors.New("choose the pool that the GPUs are in"))
		return
	}
	if !ok {
		return
	}
	lot := o.firstLot(blank, "gpus", addGrant)
	lot["price_per_hour"] = number(decimal.Zero)
	o.Document.Set(lot, "gpu_pools", pool, "lots", Item(o.Document.Len("gpu_pools", pool, "lots")))
	o.forgetTyped(addGrant)
}

// String is a grant in words: "8 GPUs in h100 from 2027-01 for 12 months".
func (g Grant) String() string {
	text := fmt.Sprintf("%s GPUs in %s from %s", typed.Group(g.GPUs), g.Pool, g.From)
	if g.Months != "" {
		text += " for " + g.Months + " months"
	}
	return text
}
