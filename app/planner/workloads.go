package planner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/typed"
	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// workload is the fields of one kind of request.
func (b *formBuilder) workload(id string, first bool) views.WorkloadForm {
	w := views.WorkloadForm{
		ID: id, Title: cells.Title(id), Open: first, Size: b.fields(form.RequestSpecs(b.doc, id)),
		Rename: ui.Field{
			ID: FieldID("rename." + id), Name: "rename." + id, Label: "Name", Type: "text", Value: id, MaxLength: 60,
			Help: "Small letters, digits and dashes.", Error: b.errors["rename."+id],
		},
		Remove: len(b.doc.Names("workloads")) > 1,
	}
	w.Size[0].Wide = true
	if typed, ok := b.typed[w.Rename.Name]; ok {
		w.Rename.Value = typed
	}
	for _, row := range form.RoutesOf(b.doc, b.prices, id).Rows {
		w.Routes = append(w.Routes, b.route(row))
	}
	w.At = cells.JoinWords(", ", w.Size[0].Value+" /user/day",
		b.modelName(form.RoutesOf(b.doc, b.prices, id).Rows[0].Model))
	w.Groups = append(w.Groups, b.group("shape-"+id, "Caching, batch, peaks", "none", form.ShapeSpecs(b.doc, id)))
	for _, offer := range b.offersOf(id) {
		if !form.OnDemand(b.doc, offer) {
			continue // units and GPUs have lots, not prices of tokens
		}
		g := b.group("offer-"+id+"-"+offer, "Own prices", "list prices", form.OfferSpecs(b.doc, offer))
		g.Note = b.offerName(offer) + ": what you enter here beats the price list."
		w.Groups = append(w.Groups, g)
	}
	w.Groups = append(w.Groups, b.group("team-"+id, "Team", "none", form.WorkloadSpecs(b.doc, id)))
	for _, g := range w.Groups {
		w.Open = w.Open || g.Open
	}
	for _, f := range w.Size {
		w.Open = w.Open || f.Error != ""
	}
	return w
}

// offersOf are the offers that a workload goes to and that no workload before it showed: a field appears once.
func (b *formBuilder) offersOf(workload string) []string {
	var offers []string
	for _, name := range b.doc.Names("workloads") {
		var own []string
		for _, row := range form.RoutesOf(b.doc, b.prices, name).Rows {
			if row.Offer != "" && !slices.Contains(offers, row.Offer) {
				own = append(own, row.Offer)
			}
		}
		if name == workload {
			return slices.Compact(own)
		}
		offers = append(offers, own...)
	}
	return nil
}

// route is the model and seller of one row.
func (b *formBuilder) route(row form.Route) views.RouteForm {
	r := views.RouteForm{
		Title: ordinal(row.Index) + " model or seller",
		Model: b.modelField(row.ModelField(), "Model", row.Model, row.Index == 0),
	}
	r.Seller, r.Flags = b.sellerField(row.SellerField(), row.Model, row.Seller), b.flagsAt(row.Name)
	if row.Model == "" && row.Offer != "" {
		r.Model.Echo = "none: the plan’s own offer"
	}
	if row.Index > 0 {
		r.Share = b.shareField(row)
	}
	return r
}

func ordinal(i int) string {
	words := []string{"First", "Second", "Third", "Fourth", "Fifth"}
	if i < len(words) {
		return words[i]
	}
	return fmt.Sprintf("%dth", i+1)
}

func (b *formBuilder) shareField(row form.Route) *ui.Field {
	f := ui.Field{
		ID: FieldID(row.ShareField()), Name: row.ShareField(), Label: "Share", Unit: "of requests", Value: row.Share,
		Help: "The first seller takes the rest. Steps: 10 %; 30 % from 2028-01.", Range: "0 to 100 %",
		InputMode: "text",
		Error:     b.errors[row.ShareField()], Quiet: true,
	}
	if typed, ok := b.typed[f.Name]; ok {
		f.Value = typed
	}
	return &f
}

// modelField is a text that names a model; its echo says how many sellers there are.
func (b *formBuilder) modelField(name, label, model string, required bool) ui.Field {
	f := ui.Field{
		ID: FieldID(name), Name: name, Label: label, Type: "text", Value: b.modelName(model), Error: b.errors[name],
		Required: required, MaxLength: typed.MaxText, Help: "Write a part of the name, or choose from the list.",
		Quiet: true,
	}
	if n := len(b.sellersOf(model)); n > 0 {
		f.Echo = words.Plural(n, "offer", "offers")
	}
	if typed, ok := b.typed[name]; ok {
		f.Value = typed
	}
	return f
}

// sellersOf are the offers that the plan could use for a model.
func (b *formBuilder) sellersOf(model string) []*catalog.Offer {
	if model == "" {
		return nil
	}
	return form.Sellable(b.prices, model, b.day)
}

// sellerField chooses among the offers of the model, with their list prices.
func (b *formBuilder) sellerField(name, model, seller string) ui.Field {
	f := ui.Field{
		ID: FieldID(name), Name: name, Label: "Seller and scope", Echo: "per 1M tokens", Error: b.errors[name],
	}
	found := false
	if model == "" {
		f.Echo = ""
	}
	chosen := cmp.Or(seller, b.typed[name]) // an empty row keeps what was chosen while its share is missing
	if model == "" && seller == "" && len(form.OwnCapacity(b.doc)) > 0 {
		f.Options = append(f.Options, ui.Option{Label: "none"})
	}
	for _, o := range b.sellersOf(model) {
		f.Options = append(f.Options, ui.Option{Value: form.SellerValue(o), Label: b.offerLabel(o),
			Note: b.priceWords(o)})
	}
	for _, own := range form.OwnCapacity(b.doc) {
		f.Options = append(f.Options, ui.Option{Value: own.Value, Label: own.Label, Group: "Of this plan"})
	}
	for i := range f.Options {
		f.Options[i].Selected = f.Options[i].Value == chosen
		found = found || f.Options[i].Selected
	}
	f.Options = readingDifferently(f.Options)
	if !found && seller != "" {
		f.Options = append(f.Options, ui.Option{Value: seller, Label: strings.ReplaceAll(seller, "|", ", "),
			Note: "no price in force", Selected: true})
	}
	return f
}

// readingDifferently leaves one of the options that read alike: sellers list a model by its name and again by a dated
// one. The one that is chosen stays.
func readingDifferently(options []ui.Option) []ui.Option {
	at := map[ui.Option]int{}
	var kept []ui.Option
	for _, o := range options {
		words := ui.Option{Label: o.Label, Note: o.Note, Group: o.Group}
		i, twice := at[words]
		if !twice {
			at[words] = len(kept)
			kept = append(kept, o)
		} else if o.Selected {
			kept[i] = o
		}
	}
	return kept
}

// offerLabel is a seller with the scope: "Azure, Global".
func (b *formBuilder) offerLabel(o *catalog.Offer) string {
	label := b.prices.Seller(o.Provider).Name
	if scope := pricing.ScopeName(o.Scope); scope != "" {
		label += ", " + scope
	}
	if o.Variant != "" {
		label += ", " + o.Variant
	}
	return label
}

// priceWords are the list prices of the first month: "$2.50 in, $15.00 out".
func (b *formBuilder) priceWords(o *catalog.Offer) string {
	row, _ := o.RowAt(b.day)
	if row == nil {
		return "price unknown"
	}
	rates := row.RatesFor(0)
	if !rates.HasInput || !rates.HasOutput {
		return "price unknown"
	}
	show := func(exact string) string { return "$" + table.Display(table.Unit, table.Cell{Exact: exact}) }
	return show(rates.Input.String()) + " in, " + show(rates.Output.String()) + " out"
}

func (b *formBuilder) modelName(id string) string {
	if model, ok := b.prices.Model(id); ok && model.Name != "" {
		return model.Name
	}
	return id
}

// offerName is an offer of the plan in words: "Azure, Global".
func (b *formBuilder) offerName(id string) string {
	entry, err := b.prices.Offer(b.doc.Text("offers", id, "catalog"), b.doc.Text("offers", id, "scope"))
	if err != nil {
		return id
	}
	return b.offerLabel(entry)
}
