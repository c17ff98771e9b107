package planner

import (
	"slices"
	"strconv"
	"strings"

	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// foresight is what the form says about leaving a seller while the plan is being made.
type foresight struct {
	flags []lockin.Flag
	own   lockin.Summary // of the plan as it is
	known bool           // own holds an assessment
}

// lookAhead finds the flags of the plan and what an assessment of it assumes and misses. Answers that cannot be used
// come back as errors beside their fields; they cost no more than the figures about leaving.
func lookAhead(a *workspace.Answer, base *lockin.Base, ownAlternatives int) (ahead foresight, wrong []form.FieldError,
	err error) {
	own := a.Plan.AlternativeIDs()[:min(ownAlternatives, len(a.Plan.Alternatives))]
	ahead.flags = base.Flags(a.Plan.WithAlternatives(func(id string) bool { return slices.Contains(own, id) }))
	if ahead.own, ahead.known = a.Exits.Of[a.AsIs]; !ahead.known {
		ahead.own, ahead.known, err = base.Summary(a.Plan, a.Result, a.AsIs)
	}
	if invalid := pricing.Invalid(err); invalid != nil {
		return ahead, workspace.LeaveErrors(invalid), nil
	}
	return ahead, nil, err
}

// panelWords say how many answers are wrong, else what the assessment of the others is.
func (b *formBuilder) panelWords() []string {
	wrong := 0
	for name := range b.errors {
		if strings.HasPrefix(name, "dependencies.") {
			wrong++
		}
	}
	if wrong > 0 {
		return []string{words.Plural(wrong, "answer is wrong", "answers are wrong")}
	}
	return b.dependencyWords()
}

// dependencyGroup is what would have to change to leave a seller: most follows from the plan, the rest is asked once.
func (b *formBuilder) dependencyGroup() views.FormGroup {
	var sections []views.FormGroup
	for _, part := range form.Dependencies(b.doc) {
		if part.Key == "substitutes" {
			part.Asked = append(part.Asked, form.QualitySpecs(b.doc, b.prices)...)
		}
		sections = append(sections, b.dependencyPart(part))
	}
	sections = append(sections, b.runningPart())
	g := panel("dependencies-panel", "Dependencies", "not asked yet", sections, b.panelWords())
	g.Note = "What it takes to leave a seller. Most follows from the plan; the rest is asked once. " +
		"Unanswered questions stay unknown."
	return g
}

// dependencyPart is closed until it is needed; its summary counts answers.
func (b *formBuilder) dependencyPart(part form.DependencyPart) views.FormGroup {
	section := b.group("leave-"+part.Key, part.Title, "", part.Asked)
	section.Folded = true
	missing, said, assumed := 0, 0, 0
	for i := range section.Fields {
		switch b.annotate(&section.Fields[i], part.Asked[i].Kind) {
		case answerMissing:
			missing++
		case answerAssumed:
			assumed++
		}
		if _, stated := b.doc.Get(part.Asked[i].Keys...); stated {
			said++
		}
	}
	switch {
	case missing > 0:
		section.At = words.Plural(missing, "answer missing", "answers missing")
	case said > 0:
		section.At = words.Plural(said, "answer", "answers")
	case assumed > 0:
		section.At = "assumed"
	default:
		section.At = part.Nothing
	}
	return section
}

// runningPart is where each offer runs, which only rules about chips, regions and previews ask.
func (b *formBuilder) runningPart() views.FormGroup {
	var sections []views.FormGroup
	said := 0
	for _, offer := range form.Routed(b.doc) {
		specs := form.RunningSpecs(b.doc, offer)
		sections = append(sections, b.group("runs-"+offer, offerModel(b, offer), "", specs))
		for _, spec := range specs {
			if _, stated := b.doc.Get(spec.Keys...); stated {
				said++
			}
		}
	}
	var at []string
	if said > 0 {
		at = append(at, words.Plural(said, "answer", "answers"))
	}
	g := panel("leave-running", "Chips, regions, retirement", "not said", sections, at)
	g.Folded = true
	return g
}

// How the assessment came to what it takes for a field.
const (
	answerSaid = iota
	answerAssumed
	answerMissing
)

// dependencyWords are the index, or how many answers it waits for.
func (b *formBuilder) dependencyWords() []string {
	own := b.ahead.own
	switch {
	case !b.ahead.known || own.Note != "":
		return nil
	case own.Index.Known():
		return []string{"lock-in index " + own.Index.String() + ", " + own.Band}
	}
	return []string{words.Plural(len(own.Missing), "answer missing", "answers missing")}
}

// annotate says beside a field without an answer what was assumed for it, or that something waits for it.
func (b *formBuilder) annotate(f *ui.Field, kind form.Kind) int {
	if f.Name == "dependencies.exit.seller" {
		for i := range f.Options {
			if id := f.Options[i].Value; id != "" {
				f.Options[i].Label = sellerName(b, id)
			}
		}
	}
	f.Wide = f.Wide || len(f.Prefix)+len(f.Value)+len(f.Unit) > 15 && len(f.Options) == 0
	assumed, isAssumed := noteAt(b.ahead.own.Assumed, f.Name)
	missing, isMissing := noteAt(b.ahead.own.Missing, f.Name)
	switch {
	case f.Error != "":
	case isMissing:
		f.Help, f.Default, f.Range, f.Quiet, f.Wide = form.Sentence("not said: "+missing), "", "", false, true
		return answerMissing
	case isAssumed:
		f.Help, f.Default, f.Range, f.Quiet, f.Wide = form.Sentence("assumed "+b.assumption(assumed, kind)),
			"", "", false, true
		return answerAssumed
	}
	return answerSaid
}

// assumption is what was assumed as the field would write it, with the seller by its name.
func (b *formBuilder) assumption(text string, kind form.Kind) string {
	if share, err := strconv.ParseFloat(text, 64); err == nil && kind == form.Percent {
		return strings.Replace(table.Number(table.Percent, share), ".0\u00a0", "\u00a0", 1)
	}
	if seller := b.ahead.own.Seller; seller != "" {
		text = strings.ReplaceAll(text, seller, sellerName(b, seller))
	}
	return text
}

// noteAt is what an assessment says about a field. A price list is asked for as a whole, and answered in its first row.
func noteAt(notes []lockin.Note, name string) (string, bool) {
	i := slices.IndexFunc(notes, func(n lockin.Note) bool {
		return n.Path == name || Under(name, n.Path) && strings.HasSuffix(name, "[0].per_gb")
	})
	if i < 0 {
		return "", false
	}
	return notes[i].Message, true
}
