package app

import (
	"slices"
	"strings"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/pricing/lockin"
	"headroom/views"
)

// foresight is what the form says about leaving a seller while the plan is being made.
type foresight struct {
	flags []lockin.Flag
	own   lockin.Summary // of the plan as it is
	known bool           // own holds an assessment
}

// lookAhead finds the flags of the plan and what an assessment of it assumes and misses. Answers that cannot be used come
// back as errors beside their fields; they cost no more than the figures about leaving.
func (s *Server) lookAhead(a *answer, ownAlternatives int) (foresight, []form.FieldError, error) {
	var ahead foresight
	base, err := s.lockinBase(a.prices)
	if err != nil {
		return ahead, nil, err
	}
	plan := *a.plan
	plan.Alternatives = plan.Alternatives[:min(ownAlternatives, len(plan.Alternatives))]
	ahead.flags = base.Flags(&plan)
	if own, ok := a.exits.of[a.asIs]; ok {
		ahead.own, ahead.known = own, true
		return ahead, nil, nil
	}
	ahead.own, ahead.known, err = base.Summary(a.plan, a.result, a.asIs)
	if invalid := pricing.Invalid(err); invalid != nil {
		return ahead, fieldErrorsOf(invalid), nil
	}
	return ahead, nil, err
}

// dependencyGroup is what would have to change to leave a seller: most follows from the plan, the rest is asked once.
func (b *formBuilder) dependencyGroup() views.FormGroup {
	var sections []views.FormGroup
	for _, part := range form.Dependencies(b.doc) {
		section := b.section("leave-"+part.Key, part.Title, part.Asked)
		for i := range section.Fields {
			b.annotate(&section.Fields[i])
		}
		sections = append(sections, section)
	}
	g := panel("dependencies-panel", "Dependencies", "not asked yet", sections, b.dependencyWords())
	g.Note = "What it takes to leave a seller. Most follows from the plan; the rest is asked once. What nobody says stays unknown."
	return g
}

// dependencyWords are the index, or how many answers it waits for.
func (b *formBuilder) dependencyWords() []string {
	own := b.ahead.own
	switch {
	case !b.ahead.known || own.Note != "":
		return nil
	case own.Index.Known():
		return []string{"lock-in index " + own.Index.String() + ", " + own.Band}
	}
	return []string{countOf(len(own.Missing), "answer missing", "answers missing")}
}

// annotate says beside a field without an answer what was assumed for it, or that something waits for it.
func (b *formBuilder) annotate(f *views.Field) {
	if f.Name == "dependencies.exit.seller" {
		for i := range f.Options {
			if id := f.Options[i].Value; id != "" {
				f.Options[i].Label = b.sellerName(id)
			}
		}
	}
	note, word := b.noteOn(f.Name)
	if note == "" || f.Error != "" {
		return
	}
	f.Help, f.Default, f.Range, f.Quiet = word+note+".", "", "", false
	f.Wide = f.Wide || len(f.Help) > 40
}

// noteOn is what the assessment assumed or misses at a field, and how to begin the sentence about it.
func (b *formBuilder) noteOn(name string) (text, word string) {
	at := func(n lockin.Note) bool {
		return n.Path == name || under(name, n.Path) && strings.HasSuffix(name, "[0].per_gb")
	}
	if i := slices.IndexFunc(b.ahead.own.Missing, at); i >= 0 {
		return b.ahead.own.Missing[i].Message, "Not said: "
	}
	if i := slices.IndexFunc(b.ahead.own.Assumed, at); i >= 0 {
		return b.ahead.own.Assumed[i].Message, "Assumed "
	}
	return "", ""
}
