package form

import "slices"

// contract is what the terms say.
func contract(d Document) DependencyPart {
	p := DependencyPart{Key: "contract", Title: "Contract"}
	p.ask(true, answer(factKeys("price_guarantee"), "Prices are guaranteed for the term"))
	guaranteed, stated := d.Get(factKeys("price_guarantee")...)
	p.ask(stated && guaranteed == false || d.stated(factKeys("price_uplift")), part(factKeys("price_uplift"), "Price may rise", "", "1000"))
	p.ask(true, answer(factKeys("contract", "exclusive"), "Exclusive"), part(factKeys("contract", "min_share"), "Smallest share", "of the spend", "100"))
	p.ask(d.stated(factKeys("contract")), sum(d, factKeys("contract", "penalty"), "Penalty", ""))
	eu, _ := d.Get(exitKeys("eu_customer")...)
	p.ask(eu == true || d.stated(factKeys("contract", "switching_clauses")), answer(factKeys("contract", "switching_clauses"), "Switching clauses of the Data Act"))
	p.ask(true, answer(factKeys("licence_restricts"), "Licence forbids moving outputs or data"),
		names(factKeys("marketplace_offers"), "Bought through a marketplace", "Offers of this plan that burn a commitment, between commas; none."),
		names(factKeys("provider_only_features"), "Features that no other seller has", "Between commas; none."))
	return p
}

// rehearsal is who runs it, for whom, and when leaving was last tried.
func rehearsal(d Document) DependencyPart {
	p := DependencyPart{Key: "rehearsal", Title: "Team, sector, rehearsal"}
	p.ask(true,
		Spec{Keys: factKeys("last_exit_test"), Label: "Exit last tried", Unit: "YYYY-MM-DD", Kind: Day, Optional: true, Default: notSaid, Help: "A day, or never.", Options: []Option{{"never", "never"}}},
		sectorSpec(d),
		Spec{Keys: factKeys("sla_pct"), Label: "Availability promised", Unit: "per cent", Optional: true, Default: notSaid}.between("0", "100"),
		part(factKeys("residency_uplift"), "Only other seller in the region is dearer by", "", "1000"),
		part(factKeys("team", "largest_stack_share"), "Engineers who know one seller", "of the team", "100"),
		answer(factKeys("team", "vendor_operated"), "A vendor builds or runs it"))
	p.ask(d.stated(factKeys("team")), counted(factKeys("team", "retraining_days"), "Retraining", "days a person"), counted(factKeys("team", "shadow_days"), "Handover from the vendor", "days"))
	for _, c := range []struct{ name, label, unit string }{
		{"infra_integrations", "Network, sign-in, log integrations", "in use"}, {"provider_state", "Kinds of state at the provider", "threads, files, memory"}, {"chip_artefacts", "Artefacts for one chip family", "kernels, compiled models"},
	} {
		count, days := factKeys(c.name, "count"), factKeys(c.name, "days")
		p.ask(true, counted(count, c.label, c.unit))
		p.ask(d.more(count) || d.stated(days), counted(days, "Days for one", "engineer-days").helped(c.label+": your estimate."))
	}
	managed, _ := d.Get(factKeys("vector_store", "managed")...)
	p.ask(true, answer(factKeys("vector_store", "managed"), "Vector index is the seller's own"))
	p.ask(managed == true || d.stated(factKeys("vector_store", "per_hour")), counted(factKeys("vector_store", "rebuild_hours"), "Rebuilding the index", "hours"),
		sum(d, factKeys("vector_store", "per_hour"), "Price of rebuilding", "an hour"))
	p.ask(len(d.Names("gpu_pools")) > 0 || d.stated(factKeys("gpu_resale_per_month")), sum(d, factKeys("gpu_resale_per_month"), "Resale of a GPU lot", "a month"))
	return p
}

// sectorSpec names the sectors in which policy or government action has cut supply.
func sectorSpec(d Document) Spec {
	s := Spec{Keys: factKeys("sector"), Label: "Sector", Kind: Choice, Optional: true, Options: []Option{{"", notSaid}, {"none", "none of these"}}}
	sectors := []string{"defence", "federal", "surveillance", "intelligence", "policing", "weapons"}
	if named := d.Text(s.Keys...); named != "" && named != "none" && !slices.Contains(sectors, named) {
		sectors = append(sectors, named)
	}
	for _, sector := range sectors {
		s.Options = append(s.Options, Option{sector, sector})
	}
	return s
}

// names is a list between commas; the word none is an empty list, which differs from saying nothing.
func names(keys []string, label, help string) Spec {
	return Spec{Keys: keys, Label: label, Help: help, Kind: List, Optional: true, Default: notSaid, Options: []Option{{"none", "none"}}}
}

// substitutes are the bounds within which another offer could take over.
func substitutes() DependencyPart {
	p := DependencyPart{Key: "substitutes", Title: "What counts as a substitute"}
	at := func(name string) []string { return []string{"dependencies", "params", name} }
	p.ask(true, part(at("price_tolerance"), "Dearer by at most", "", "1000"), part(at("quality_tolerance"), "Less good by at most", "", "100"),
		counted(at("min_substitutes"), "Others that it takes", "sellers or labs"))
	p.Asked[0].Default, p.Asked[1].Default, p.Asked[2].Default = "25 %", "5 %", "1 seller"
	return p
}

// weights are the judgements in the index, each group of which sums to 100 %.
func weights() DependencyPart {
	p := DependencyPart{Key: "weights", Title: "Weights of the index"}
	for _, w := range []struct{ name, label, unit, standard string }{
		{"concentration", "Concentration", "of the index", "25 %"}, {"switching_cost", "Exit cost", "of the index", "25 %"}, {"time", "Time to exit", "of the index", "25 %"},
		{"non_substitutability", "No substitutes", "of the index", "25 %"}, {"seller", "Sellers", "of concentration", "40 %"}, {"lab", "Labs", "of concentration", "40 %"},
		{"chip", "Chip vendors", "of concentration", "20 %"},
	} {
		s := part([]string{"dependencies", "weights", w.name}, w.label, w.unit, "100")
		s.Default = w.standard
		p.ask(true, s)
	}
	return p
}
