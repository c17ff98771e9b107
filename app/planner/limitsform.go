package planner

import (
	"slices"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing/words"
	"headroom/views"
)

// limitGroups are the panels about limits and money, each closed until it is needed and saying in its summary what is
// set.
func limitGroups(b *formBuilder) []views.FormGroup {
	return []views.FormGroup{quotaGroup(b), unitGroup(b), b.machineGroup(), b.budgetGroup(), b.commitmentGroup(),
		b.fundingGroup()}
}

// panel joins sections to a group that opens when one of its fields needs another look; its summary names what warns.
func panel(key, title, nothing string, sections []views.FormGroup, at []string) views.FormGroup {
	g := views.FormGroup{Key: key, Title: title, Sections: sections}
	for _, s := range sections {
		g.Open = g.Open || s.Open
		for _, f := range s.Flags {
			if f.Warns {
				at = workspace.AppendNew(at, f.Word)
			}
		}
	}
	g.At = cells.JoinWords(", ", at...)
	if g.At == "" {
		g.At = nothing
	}
	return g
}

// section is a part of a panel.
func limitSection(b *formBuilder, key, title string, specs []form.Spec) views.FormGroup {
	g := b.group(key, title, "", specs)
	g.Flags = b.flagsOn(specs)
	// What a button just changed is shown, wherever it stands.
	g.Open = g.Open || b.before != nil &&
		slices.ContainsFunc(specs, func(s form.Spec) bool { return s.Changed(b.doc, *b.before) })
	return g
}

// quotaGroup is what sellers let through: of the offers in use, and of others that state a quota.
func quotaGroup(b *formBuilder) views.FormGroup {
	var sections []views.FormGroup
	var at []string
	for _, offer := range quotaOffers(b) {
		sections = append(sections, quotaSection(b, offer))
		if values := form.Ends(b.doc, "offers", offer, "quota", "tokens_per_minute"); len(values) > 0 && len(at) == 0 {
			at = append(at, sellerName(b, form.Provider(b.doc, offer))+" "+words.Count(values[0])+"\u00a0TPM")
		}
	}
	var longest []form.Spec
	reserved := slices.ContainsFunc(quotaOffers(b), func(offer string) bool {
		v, _ := b.doc.Get("offers", offer, "quota_counts_max_tokens")
		return v.IsTrue()
	})
	for _, workload := range b.doc.Names("workloads") {
		// It counts only where a quota reserves it.
		if _, stated := b.doc.Get("workloads", workload, "max_output_tokens"); stated || reserved {
			longest = append(longest, form.LongestOutputSpec(workload))
		}
	}
	sections = append(sections, capSection(b), limitSection(b, "longest", "Longest outputs", longest))
	return panel("limits-panel", "Limits you have", "none entered", sections, at)
}

// quotaSection is what a seller lets through for one offer, with the documented tiers.
func quotaSection(b *formBuilder, offer string) views.FormGroup {
	g := limitSection(b, "quota-"+offer, offerModel(b, offer), form.QuotaSpecs(b.doc, offer))
	fills := form.QuotaFills(b.doc, b.prices, b.machines, offer)
	g.Fill, g.Facts = fillChoice(b, "offers."+offer, fills), factsOf(b.doc, fills)
	return g
}

// capSection is the most that each seller bills in a month, with the tiers of those that document them.
func capSection(b *formBuilder) views.FormGroup {
	g := views.FormGroup{Key: "caps", Title: "Spend caps of sellers"}
	for _, provider := range usedProviders(b) {
		spec := form.SpendCapSpec(b.doc, provider)
		spec.Label += ", " + sellerName(b, provider)
		g.Fields = append(g.Fields, b.field(spec))
		fills := form.CapFills(b.machines, provider)
		g.Facts = append(g.Facts, factsOf(b.doc, fills)...)
		if choice := fillChoice(b, "spend_caps."+provider, fills); choice != nil {
			g.Sections = append(g.Sections, views.FormGroup{Key: "cap-" + provider,
				Title: "Tiers of " + sellerName(b, provider), Extras: views.Extras{Fill: choice}})
		}
	}
	g.Open = opened(g)
	return g
}

// quotaOffers are the on-demand offers that workloads use, then the others that state a quota.
func quotaOffers(b *formBuilder) []string {
	var used []string
	for _, workload := range b.doc.Names("workloads") {
		for _, row := range form.RoutesOf(b.doc, b.prices, workload).Rows {
			used = workspace.AppendNew(used, row.Offer)
			used = workspace.AppendNew(used, b.doc.Text("offers", row.Offer, "spill_to"))
		}
	}
	for _, offer := range b.doc.Names("offers") {
		if _, stated := b.doc.Get("offers", offer, "quota"); stated {
			used = workspace.AppendNew(used, offer)
		}
	}
	return slices.DeleteFunc(used, func(offer string) bool { return !form.OnDemand(b.doc, offer) })
}

// usedProviders are the sellers of those offers, and those that a cap names.
func usedProviders(b *formBuilder) []string {
	list := b.doc.Names("spend_caps")
	for _, offer := range quotaOffers(b) {
		list = workspace.AppendNew(list, form.Provider(b.doc, offer))
	}
	return list
}

func sellerName(b *formBuilder, provider string) string {
	return cells.ShortSeller(b.prices.Seller(provider))
}

// offerModel is an offer with its model: "GPT-5.4 on Azure AI Foundry".
func offerModel(b *formBuilder, id string) string {
	entry, err := b.prices.Offer(b.doc.Text("offers", id, "catalog"), b.doc.Text("offers", id, "scope"))
	if err != nil {
		return id
	}
	return cells.JoinWords(" on ", b.modelName(entry.Model), b.offerLabel(entry))
}
