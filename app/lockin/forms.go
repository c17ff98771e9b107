package lockin

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"headroom/app/form"
	"headroom/app/planner"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/lockin"
	"headroom/views"
	"headroom/views/ui"
)

// lockinInput is what a form on the page sent and could not be taken: the texts as typed, and what is wrong.
type lockinInput struct {
	form   string // "weights" or "fact"
	typed  url.Values
	errors []ui.FieldError
}

func (in *lockinInput) value(name, standard string) string {
	if in.typed.Has(name) {
		return in.typed.Get(name)
	}
	return standard
}

func (in *lockinInput) fault(id string) string {
	for _, e := range in.errors {
		if e.ID == id {
			return e.Message
		}
	}
	return ""
}

// askedNames are what a reader may say on the page without changing the plan.
func askedNames() []string { return []string{"chance", "tolerated"} }

// readAsked reads how likely the reader thinks an exit is, in per cent, and how many days without the seller are
// tolerated.
func (p *assessed) readAsked(q url.Values) error {
	for _, name := range askedNames() {
		text := strings.TrimSpace(q.Get(name))
		if text == "" {
			continue
		}
		number, err := decimal.NewFromString(strings.TrimRight(text, "%\u00a0 "))
		if err != nil || number.IsNegative() || number.Exponent() < -6 {
			return web.Invalid(name, "must be a number, 0 or more, not %.40q", text)
		}
		switch {
		case name == "chance" && number.GreaterThan(decimal.NewFromInt(100)):
			return web.Invalid(name, "must be a percentage from 0 to 100, not %.40q", text)
		case name == "chance":
			p.chance, err = pricing.ParseNumber(number.Shift(-2).String())
		default:
			p.tolerated, err = pricing.ParseNumber(number.String())
		}
		if err != nil {
			return web.Invalid(name, "is out of range: %.40q", text)
		}
		p.asked = append(p.asked, name, text)
	}
	return nil
}

// typedText is what the reader typed for a name.
func (p *assessed) typedText(name string) string {
	if i := slices.Index(p.asked, name); i >= 0 && i%2 == 0 {
		return p.asked[i+1]
	}
	return ""
}

// weightFields are the weights of the index, by their names in the plan.
func (p *assessed) weightFields() []struct {
	name, label string
	value       lockin.Figure
} {
	w := &p.Weights
	return []struct {
		name, label string
		value       lockin.Figure
	}{{"concentration", "Concentration", w.Concentration}, {"switching_cost", "Exit cost", w.SwitchingCost},
		{"time", "Time", w.Time},
		{"non_substitutability", "Substitutes", w.NonSubstitutability},
		{"seller", "Seller, in concentration", w.Seller}, {"lab", "Lab, in concentration", w.Lab},
		{"chip", "Chip, in concentration", w.Chip}}
}

// keep are the values that say which plan and view a form is about.
func (p *assessed) keep(do string) []ui.Option {
	q := p.State.Values()
	q.Del("undo")
	if p.alternative != p.AsIs {
		q.Set("alternative", p.alternative)
	}
	for i := 0; do != "" && i+1 < len(p.asked); i += 2 {
		q.Set(p.asked[i], p.asked[i+1])
	}
	if do != "" {
		q.Set("do", do)
	}
	var list []ui.Option
	for _, name := range slices.Sorted(maps.Keys(q)) {
		list = append(list, ui.Option{Label: name, Value: q.Get(name)})
	}
	return list
}

// pickForm chooses the alternative that is assessed.
func (p *assessed) pickForm() views.SmallForm {
	field := ui.Field{ID: "alternative", Name: "alternative", Label: "Way of serving the plan"}
	for _, row := range p.Compare.Rows {
		field.Options = append(field.Options,
			ui.Option{Value: row.ID, Label: planner.NameCell(p.Answer, row, p.EntriesOf(row)).Text,
				Selected: row.ID == p.alternative})
	}
	for _, u := range p.Compare.Unknown {
		field.Options = append(field.Options, ui.Option{Value: u.ID, Label: u.Name, Note: "price unknown",
			Selected: u.ID == p.alternative})
	}
	if len(field.Options) < 2 {
		return views.SmallForm{}
	}
	keep := slices.DeleteFunc(p.keep("pick"),
		func(o ui.Option) bool { return o.Label == "alternative" || o.Label == "do" })
	return views.SmallForm{Action: p.State.Path("/lockin"), Label: "Assess", Keep: keep, Fields: []ui.Field{field}}
}

func (p *assessed) weightsForm(in lockinInput) views.SmallForm {
	f := views.SmallForm{Action: p.State.Path("/lockin"), Label: "Use these weights", Legend: "Change the weights",
		Keep: p.keep("weights"), Open: in.form == "weights",
		Note:  "The first four sum to 1, and so do the last three. They are kept with the plan.",
		Reset: ui.Link{Label: "Usual weights", URL: p.link("/lockin", "do", "usual-weights")}}
	for _, w := range p.weightFields() {
		id := "weight-" + w.name
		f.Fields = append(f.Fields, ui.Field{ID: id, Name: id, Label: w.label, Value: in.value(id, weight(w.value)),
			Error: in.fault(id)})
	}
	return f
}

func (p *assessed) chanceForm(in lockinInput) views.SmallForm {
	return views.SmallForm{Action: p.State.Path("/lockin"), Label: "Weigh", Keep: p.keep(""),
		Note: "Both stay in the address and change nothing in the plan. Without a chance the table says from which " +
			"one on a removal pays.",
		Fields: []ui.Field{
			{ID: "chance", Name: "chance", Label: "Chance that you leave " + p.seller(p.Assessment.Exit.Seller),
				Value: p.typedText("chance"), Unit: "%", Error: in.fault("chance")},
			{ID: "tolerated", Name: "tolerated", Label: "Days without it that you tolerate",
				Value: p.typedText("tolerated"), Unit: "days", Error: in.fault("tolerated")},
		}}
}

func (p *assessed) factForm(in lockinInput) views.SmallForm {
	providers, fields := []ui.Option{}, []ui.Option{}
	seen := map[string]bool{}
	for _, l := range p.Lines {
		for _, id := range []string{l.Seller, l.Lab} {
			if id != "" && !seen[id] {
				seen[id] = true
				providers = append(providers,
					ui.Option{Value: id, Label: id,
						Selected: in.value("fact-provider", p.Assessment.Exit.Seller) == id})
			}
		}
	}
	for _, field := range lockin.FactFields() {
		fields = append(fields, ui.Option{Value: field, Label: lockin.FieldWords(field),
			Selected: in.value("fact-field", "egress_tiers") == field})
	}
	text := func(name, label, help, kind string) ui.Field {
		id := "fact-" + name
		return ui.Field{ID: id, Name: id, Label: label, Help: help, Type: kind, Value: in.value(id, ""),
			Error: in.fault(id), Required: true, MaxLength: 500}
	}
	return views.SmallForm{Action: p.State.Path("/lockin"), Label: "Add to the plan",
		Legend: "Correct a fact, with your own source", Keep: p.keep("fact"), Open: in.form == "fact",
		Note: "Your fact is used before the one on file, which stays beside it. It is kept with the plan.",
		Fields: []ui.Field{
			{ID: "fact-provider", Name: "fact-provider", Label: "Seller or lab", Options: providers},
			{ID: "fact-field", Name: "fact-field", Label: "What it is about", Options: fields},
			text("value", "What is so", "As short as the fact on file.", "text"),
			text("source", "Your source", "A contract, a page, a letter.", "text"),
			text("as_of", "As of", "A day such as 2026-11-24.", "date"),
		}}
}

// changeLockin takes what a form on the page sent into the plan of the address, or shows the page again with what is
// wrong.
func (s *Pages) changeLockin(c echo.Context, state workspace.PlanState, doc form.Document) error {
	q, in := c.QueryParams(), lockinInput{form: c.QueryParam("do"), typed: c.QueryParams()}
	changed := doc.Clone()
	switch in.form {
	case "weights":
		for name := range q {
			if weight, ok := strings.CutPrefix(name, "weight-"); ok {
				changed.Set(strings.TrimSpace(q.Get(name)), "dependencies", "weights", weight)
			}
		}
	case "usual-weights":
		changed.Delete("dependencies", "weights")
	case "fact":
		addFact(changed, q)
	case "forget":
		forgetFact(changed, q.Get("provider"), q.Get("field"))
	default:
		return web.ErrNotFound
	}
	if err := s.checkLockin(c, state, changed); err != nil {
		refused := pricing.Invalid(err)
		if refused == nil {
			return err
		}
		in.errors = in.faults(refused)
		return s.showLockin(c, http.StatusUnprocessableEntity, state, doc, in)
	}
	return s.backToLockin(c, state, changed)
}

// checkLockin assesses the changed plan, so that what cannot be used is refused here.
func (s *Pages) checkLockin(c echo.Context, state workspace.PlanState, changed form.Document) error {
	a, err := s.Answer(c, state, changed)
	if err == nil {
		_, err = s.assess(a, c.QueryParams())
	}
	return err
}

// backToLockin goes to the page of the changed plan, with the rest of the address as it was.
func (s *Pages) backToLockin(c echo.Context, state workspace.PlanState, changed form.Document) error {
	next, err := state.ChangedTo(changed.Bytes())
	if err != nil {
		return err
	}
	if !next.Fits() {
		if next, err = s.AsDraft(c, next); err != nil {
			return err
		}
	}
	var more []string
	for _, name := range append([]string{"alternative"}, askedNames()...) {
		if value := c.QueryParam(name); value != "" {
			more = append(more, name, value)
		}
	}
	return web.SeeOther(c, next.Link("/lockin", more...))
}

// faults are errors of the plan as errors of the form's fields.
func (in *lockinInput) faults(refused *pricing.InvalidError) []ui.FieldError {
	var list []ui.FieldError
	for _, f := range refused.Fields {
		e := ui.FieldError{Label: f.Path, Message: form.Sentence(f.Message)}
		if name, ok := strings.CutPrefix(f.Path, "dependencies.weights"); ok {
			e.ID, e.Label = "weight-"+strings.TrimPrefix(name, "."), "Weights"
			if name == "" {
				e.ID = "weight-concentration"
			}
		} else if strings.HasPrefix(f.Path, "dependencies.facts.sellers") {
			e.ID, e.Label = "fact-value", "Your fact"
		}
		list = append(list, e)
	}
	return list
}

// addFact adds a fact with its source; one of the team about the same thing is replaced.
func addFact(doc form.Document, q url.Values) {
	fact := map[string]any{}
	for _, name := range []string{"provider", "field", "value", "source", "as_of"} {
		fact[name] = strings.TrimSpace(q.Get("fact-" + name))
	}
	forgetFact(doc, q.Get("fact-provider"), q.Get("fact-field"))
	at := doc.Len("dependencies", "facts", "sellers")
	doc.Set(fact, "dependencies", "facts", "sellers", form.Item(at))
}

// forgetFact removes the team's fact about something.
func forgetFact(doc form.Document, provider, field string) {
	keys := []string{"dependencies", "facts", "sellers"}
	for i := doc.Len(keys...) - 1; i >= 0; i-- {
		item := append(keys[:3:3], form.Item(i))
		if doc.Text(append(item, "provider")...) == provider && doc.Text(append(item, "field")...) == field {
			doc.Delete(item...)
		}
	}
}
