package form

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"headroom/app/typed"
	"headroom/pricing/catalog"
)

// Alternative is a row of the alternatives that the person added.
type Alternative struct {
	Index  int
	ID     string
	Name   string
	Model  string // when the workloads that it reroutes go to one catalogue offer, else ""
	Seller string
	Plain  bool // one offer for all the workloads that it reroutes, which the form can change
	IsPlan bool // the plan as it is: no patch and no routes
}

func alternativeField(i int, name string) string { return Path("alternatives", Item(i), name) }

// Fields of a row.
func (a Alternative) NameField() string   { return alternativeField(a.Index, "name") }
func (a Alternative) ModelField() string  { return alternativeField(a.Index, "model") }
func (a Alternative) SellerField() string { return alternativeField(a.Index, "seller") }

// Alternatives are the rows of the document.
func Alternatives(d Document, prices *catalog.Snapshot) []Alternative {
	var rows []Alternative
	for i := range d.Len("alternatives") {
		rows = append(rows, alternativeAt(d, prices, i))
	}
	return rows
}

func alternativeAt(d Document, prices *catalog.Snapshot, i int) Alternative {
	at := Item(i)
	a := Alternative{Index: i, ID: d.Text("alternatives", at, "id"), Name: d.Text("alternatives", at, "name")}
	_, patch := d.Get("alternatives", at, "patch")
	workloads := d.Names("alternatives", at, "routes")
	a.IsPlan = !patch && len(workloads) == 0
	if patch || a.IsPlan {
		return a
	}
	offer := ""
	for _, w := range workloads {
		routes := []string{"alternatives", at, "routes", w}
		id := d.Text(append(routes, Item(0), "offer")...)
		if d.Len(routes...) != 1 || offer != "" && offer != id {
			return a
		}
		offer = id
	}
	a.Plain = true
	a.Model, a.Seller = SoldAs(d, prices, offer)
	return a
}

// alternative reads one row: its name, and its model and seller where it has one.
func (o *Outcome) alternative(i int, posted url.Values, prices *catalog.Snapshot) {
	a := alternativeAt(o.Document, prices, i)
	if name, ok := first(posted, a.NameField()); ok {
		o.Typed[a.NameField()] = name
		switch name = strings.TrimSpace(name); {
		case name == "":
			o.fail(a.NameField(), "Name of the alternative", errors.New("enter a name"))
		case len(name) > typed.MaxText:
			o.fail(a.NameField(), "Name of the alternative",
				fmt.Errorf("this is longer than %d characters", typed.MaxText))
		case name != a.Name:
			o.Document.Set(name, "alternatives", Item(i), "name")
		}
	}
	if !a.Plain {
		return
	}
	model, seller, ok := o.choice(choice{a.ModelField(), a.SellerField(), a.Model, a.Seller, a.Seller}, posted, prices)
	if ok && seller != "" && (seller != a.Seller || model != a.Model) {
		rerouted := o.Document.Names("alternatives", Item(i), "routes")
		o.Document.Set(routesTo(rerouted, o.offerFor(seller, prices)), "alternatives", Item(i), "routes")
		o.dropUnused()
	}
}

// routesTo sends workloads to one offer.
func routesTo(workloads []string, offer string) map[string]any {
	routes := map[string]any{}
	for _, w := range workloads {
		routes[w] = []any{map[string]any{"offer": offer, "share": number(dec("1"))}}
	}
	return routes
}

// AddAlternative adds a way to serve every workload by one model, at the seller that the plan uses if it sells it. The
// plan as it is becomes the first alternative, because a plan that lists alternatives is none by itself.
func AddAlternative(d Document, prices *catalog.Snapshot, text string) error {
	model, err := FindModel(prices, text)
	if err != nil {
		return err
	}
	seller := ""
	if names := d.Names("workloads"); len(names) > 0 {
		seller = RoutesOf(d, prices, names[0]).Rows[0].Seller
	}
	offer := bestOffer(prices, model, seller)
	if offer == nil {
		return fmt.Errorf("no seller of %s states a price per token", model.Name)
	}
	if d.Len("alternatives") == 0 {
		d.Set(map[string]any{"id": "plan", "name": "The plan as it is"}, "alternatives", Item(0))
	}
	o := Outcome{Document: d}
	row := map[string]any{
		"id":     freeAlternative(d, Slug(offer.Provider+"-"+model.ID)),
		"name":   prices.Seller(offer.Provider).Name + ", " + model.Name,
		"routes": routesTo(d.Names("workloads"), o.offerFor(SellerValue(offer), prices)),
	}
	d.Set(row, "alternatives", Item(d.Len("alternatives")))
	return nil
}

func freeAlternative(d Document, id string) string {
	taken := map[string]bool{}
	for i := range d.Len("alternatives") {
		taken[d.Text("alternatives", Item(i), "id")] = true
	}
	candidate := id
	for n := 2; taken[candidate]; n++ {
		candidate = fmt.Sprintf("%s-%d", id, n)
	}
	return candidate
}

// RemoveAlternative takes the row with the id away, and the plan's own row when it would stand alone.
func RemoveAlternative(d Document, id string) {
	for i := range d.Len("alternatives") {
		if d.Text("alternatives", Item(i), "id") == id {
			d.Delete("alternatives", Item(i))
			break
		}
	}
	if d.Len("alternatives") == 1 && d.Text("alternatives", Item(0), "id") == "plan" {
		d.Delete("alternatives")
	}
	if d.Text("baseline") == id {
		d.Delete("baseline")
	}
	(&Outcome{Document: d}).dropUnused()
}

// AddPatch adds an alternative that is the plan with a merge patch. The plan as it is becomes the first alternative,
// because a plan that lists alternatives is none by itself.
func AddPatch(d Document, id, name string, patch []byte) error {
	change, err := ParseDocument(patch)
	if err != nil {
		return err
	}
	if d.Len("alternatives") == 0 {
		d.Set(map[string]any{"id": "plan", "name": "The plan as it is"}, "alternatives", Item(0))
	}
	row := map[string]any{"id": freeAlternative(d, Slug(id)), "name": name, "patch": change.Root()}
	d.Set(row, "alternatives", Item(d.Len("alternatives")))
	return nil
}
