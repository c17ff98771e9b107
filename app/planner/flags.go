package planner

import (
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/pricing/lockin"
	"headroom/pricing/words"
	"headroom/views/ui"
)

// flagsAt are the flags of one choice in words, each with the way to its explanation.
func (b *formBuilder) flagsAt(path string) []ui.Flag {
	var list []ui.Flag
	for _, f := range lockin.FlagsAt(b.ahead.flags, path) {
		list = append(list, ui.Flag{Word: flagWord(f), Text: form.Sentence(b.flagText(f)), Warns: f.Warns,
			URL: b.explained(f.Kind), Rule: f.Rule})
	}
	return list
}

// flagsOn are the flags of the choices that a part of the form holds. Routes and alternatives show their own.
func (b *formBuilder) flagsOn(specs []form.Spec) []ui.Flag {
	var list []ui.Flag
	for i, f := range b.ahead.flags {
		if strings.HasPrefix(f.Path, "workloads.") || strings.HasPrefix(f.Path, "alternatives") ||
			i > 0 && b.ahead.flags[i-1].Path == f.Path {
			continue
		}
		if slices.ContainsFunc(specs, func(spec form.Spec) bool { return Under(spec.Name(), f.Path) }) {
			list = append(list, b.flagsAt(f.Path)...)
		}
	}
	return list
}

// explained is the part of the page about lock-in where a flag is explained for this plan.
func (b *formBuilder) explained(kind lockin.FlagKind) string {
	switch kind {
	case lockin.SoldBy:
		return b.state.Link("/lockin") + "#options"
	case lockin.SharedChips:
		return b.state.Link("/lockin") + "#concentration"
	}
	return b.state.Link("/lockin") + "#deadlines"
}

// flagWord is what a flag is about, in two words at most.
func flagWord(f lockin.Flag) string {
	switch f.Kind {
	case lockin.SoldBy:
		if len(f.Sellers) == 0 {
			return "no seller"
		}
		return words.Plural(len(f.Sellers), "seller", "sellers")
	case lockin.RetiresInPlan:
		return "retires"
	case lockin.SharedChips:
		return "same chips"
	case lockin.OutlivesModel:
		return "outlives model"
	}
	return "credit ends"
}

func (b *formBuilder) flagText(f lockin.Flag) string {
	switch f.Kind {
	case lockin.SoldBy:
		return b.soldByText(f)
	case lockin.RetiresInPlan:
		return b.modelName(f.Model) + " retires at " + b.sellerNames(f.Sellers) + " on " +
			cells.DayWords(string(f.Day)) + ", before the plan ends"
	case lockin.SharedChips:
		return b.chipsText(f)
	case lockin.OutlivesModel:
		return "it runs on after " + b.modelName(f.Model) + " retires at " + b.sellerNames(f.Sellers) +
			" on " + cells.DayWords(string(f.Day))
	}
	return "its last day is " + cells.DayWords(string(f.Day)) + "; the plan goes on, and pays in cash from then"
}

// soldByText counts sellers as the catalogue knows them: there may be more.
func (b *formBuilder) soldByText(f lockin.Flag) string {
	text := "sold by at least " + words.Plural(len(f.Sellers), "seller", "sellers") + " as of " +
		cells.DayWords(string(f.Day))
	if len(f.Sellers) == 1 {
		text += ": " + b.sellerNames(f.Sellers)
	}
	if len(f.Unsure) > 0 {
		text += "; where " + b.sellerNames(f.Unsure) + " would process is not known"
	}
	return text
}

// chipsText says that two sellers share a chip vendor, or that they can.
func (b *formBuilder) chipsText(f lockin.Flag) string {
	can := " can both run on "
	if f.Warns {
		can = " both run on "
	}
	text := b.sellerNames(f.Sellers) + can + words.List(ChipNames(f.Vendors)) + ": no second source of chips"
	if len(f.Doubts) > 0 {
		text += " (the facts behind this are to be checked again)"
	}
	return text
}

func (b *formBuilder) sellerNames(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, sellerName(b, id))
	}
	return words.List(names)
}

// ChipNames are vendors and families as their makers write them.
func ChipNames(ids []string) []string {
	var names []string
	for _, id := range ids {
		name, ok := map[string]string{"nvidia": "NVIDIA", "amd": "AMD", "maia": "Microsoft Maia",
			"trainium": "AWS Trainium", "tpu": "Google TPU", "lpu": "Groq LPU", "wse": "Cerebras WSE"}[id]
		if !ok {
			name = id
		}
		names = append(names, name)
	}
	return names
}
