package machines

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"headroom/app/cells"
	"headroom/pricing/breakeven"
	"headroom/pricing/capacity"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// numberText is a bound of a field.
func numberText(v float64) string {
	if v < 1 && v > 0 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return table.Number(table.Count, math.Round(v))
}

// formView is the form as it was typed.
func (r *compareReading) formView() views.CompareForm {
	numbers := map[string]ui.Field{}
	for _, n := range compareNumbers() {
		f := ui.Field{ID: n.name, Name: n.name, Label: n.label, Unit: n.unit, Help: n.help,
			Value: r.text(n.name, n.usual), Error: r.errorOf(n.name)}
		numbers[n.name] = f
	}
	f := views.CompareForm{
		Load:  []ui.Field{numbers["in"], numbers["out"], numbers["load"], numbers["peak"]},
		Own:   []ui.Field{numbers["count"], numbers["use"], numbers["speed"]},
		Known: []ui.Field{numbers["measured"], numbers["price"], numbers["ops"], numbers["revenue"]},
		Model: r.modelField(), Machine: r.machineField(), Per: r.perField(), Keep: r.planOptions(),
		Precision: r.choice("precision", "Weights", "fp8", []string{"bf16", "fp8", "fp4", "mxfp4"}, nil),
		KV:        r.choice("kv", "Cache", "fp8", []string{"bf16", "fp8"}, nil),
		Replica: r.choice("replica", "Accelerators of a replica", "", []string{"", "1", "2", "4", "8"},
			map[string]string{"": "the best of 1, 2, 4 and 8"}),
	}
	f.Offer = r.offerField()
	f.KnownOpen = slices.ContainsFunc(f.Known,
		func(f ui.Field) bool { return f.Error != "" || f.Name != "ops" && f.Value != "" })
	return f
}

func (r *compareReading) errorOf(id string) string {
	for _, e := range r.errors {
		if e.ID == id {
			return e.Message
		}
	}
	return ""
}

func (r *compareReading) choice(name, label, usual string, values []string, words map[string]string) ui.Field {
	f := ui.Field{ID: name, Name: name, Label: label, Error: r.errorOf(name)}
	chosen := r.text(name, usual)
	for _, v := range values {
		f.Options = append(f.Options, ui.Option{Value: v, Label: cells.FirstWord(words[v], v), Selected: v == chosen})
	}
	return f
}

func (r *compareReading) perField() ui.Field {
	return r.choice("per", "Load in", "requests", []string{"requests", "tokens"},
		map[string]string{"tokens": "tokens, in and out"})
}

// modelField lists the models whose throughput can be estimated and that have a canonical id to find prices by.
func (r *compareReading) modelField() ui.Field {
	f := ui.Field{ID: "model", Name: "model", Label: "Model", Error: r.errorOf("model"), Wide: true}
	chosen := r.text("model", usualModel)
	for i := range r.machines.OpenModels {
		m := &r.machines.OpenModels[i]
		if _, err := m.Shape(); err != nil || len(m.IDs) == 0 {
			continue
		}
		f.Options = append(f.Options, ui.Option{Value: m.Name, Label: m.Name, Selected: r.question.Model == m ||
			m.Name == chosen})
	}
	return f
}

// machineField lists, by accelerator, each seller's cheapest listing of a machine size, and the one that was chosen
// elsewhere.
func (r *compareReading) machineField() ui.Field {
	f := ui.Field{ID: "machine", Name: "machine", Label: "Machine", Error: r.errorOf("machine"), Wide: true}
	chosen := r.question.Machine.Key()
	best := map[string]*capacity.Listing{}
	for i := range r.listings {
		l := &r.listings[i]
		each, ok := l.HourlyEach()
		if !ok || l.Chip == "" || l.Term == capacity.SpotTerm {
			continue
		}
		key := l.Chip + "/" + l.Seller + "/" + l.Term + "/" + numberText(l.Count)
		if l.Key() == chosen {
			key = chosen
		}
		if other := best[key]; other == nil || each < r.each(other) {
			best[key] = l
		}
	}
	list := make([]*capacity.Listing, 0, len(best))
	for _, l := range best {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b *capacity.Listing) int {
		return cmp.Or(cmp.Compare(a.Chip, b.Chip), cmp.Compare(r.each(a), r.each(b)), cmp.Compare(a.Key(), b.Key()))
	})
	for _, l := range list {
		f.Options = append(f.Options, ui.Option{Value: l.Key(), Group: l.Chip, Label: machineLabel(l),
			Selected: l.Key() == chosen})
	}
	return f
}

func (r *compareReading) each(l *capacity.Listing) float64 {
	each, _ := l.HourlyEach()
	return each
}

// machineLabel is "Nebius 8 × H100 SXM, eu-north1, 2.95 USD per GPU hour".
func machineLabel(l *capacity.Listing) string {
	each, _ := l.HourlyEach()
	text := machineSeller(l.Seller) + " " + numberText(l.Count) + " × " + l.Chip
	if region := regionCell(l); region.State == table.Known {
		text += ", " + region.Text
	}
	if l.Term != capacity.OnDemandTerm {
		text += ", " + termName(l.Term)
	}
	return text + ", " + table.Number(table.Money, each) + " USD per GPU hour"
}

// offerField lists the offers that the machines are compared with.
func (r *compareReading) offerField() ui.Field {
	f := ui.Field{ID: "offer", Name: "offer", Label: "Also compare with", Wide: true,
		Options: []ui.Option{{Label: "the cheapest only"}}}
	if r.answer == nil {
		if chosen := r.text("offer", ""); chosen != "" {
			f.Options = append(f.Options, ui.Option{Value: chosen, Label: "the offer chosen before", Selected: true})
		}
		return f
	}
	for i := range r.answer.Offers {
		o := &r.answer.Offers[i]
		f.Options = append(f.Options, ui.Option{Value: o.ID(), Label: offerLabel(o), Selected: r.answer.Chosen == o})
	}
	return f
}

func offerLabel(o *breakeven.Offer) string {
	text := o.Seller.Name
	if o.Offer.Scope != "default" {
		text += " (" + cells.ScopeWords(o.Offer.Scope) + ")"
	}
	return text + ", " + o.Offer.NativeID
}

// planOptions carry the plan that the reader came from.
func (r *compareReading) planOptions() []ui.Option {
	var keep []ui.Option
	for _, name := range []string{"from", "d", "draft"} {
		if value := r.typed.Get(name); value != "" {
			keep = append(keep, ui.Option{Label: name, Value: value})
		}
	}
	return keep
}
