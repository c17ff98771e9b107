package form

import (
	"slices"

	"headroom/pricing/catalog"
)

// contract is what the terms say.
func contract(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "contract", Title: "Contract"}
	p.ask(true, answer(factKeys("price_guarantee"), "Prices are guaranteed for the term"))
	guaranteed, stated := d.Get(factKeys("price_guarantee")...)
	p.ask(stated && guaranteed.IsFalse() || d.stated(factKeys("price_uplift")),
		part(factKeys("price_uplift"), "Price may rise", "", "1000"))
	p.ask(true, answer(factKeys("contract", "exclusive"), "Exclusive"),
		part(factKeys("contract", "min_share"), "Smallest share", "of the spend", "100"))
	p.ask(d.stated(factKeys("contract")), sum(d, factKeys("contract", "penalty"), "Penalty", ""))
	eu, _ := d.Get(exitKeys("eu_customer")...)
	p.ask(eu.IsTrue() || d.stated(factKeys("contract", "switching_clauses")),
		answer(factKeys("contract", "switching_clauses"), "Switching clauses of the Data Act"))
	p.ask(true, answer(factKeys("licence_restricts"), "Licence forbids moving outputs or data"),
		names(factKeys("marketplace_offers"), "Bought through a marketplace",
			"Offers of this plan that burn a commitment, between commas; none."),
		names(factKeys("provider_only_features"), "Features that no other seller has", "Between commas; none."))
	return p
}

// rehearsal is who runs it, for whom, and when leaving was last tried.
func rehearsal(d Document) DependencyPart {
	p := DependencyPart{Nothing: notSaid, Key: "rehearsal", Title: "Team, sector, rehearsal"}
	p.ask(true,
		Spec{Keys: factKeys("last_exit_test"), Label: "Exit last tried", Unit: "YYYY-MM-DD", Kind: Day,
			Optional: true, Default: notSaid, Help: "A day, or never.", Options: []Option{{"never", "never"}}},
		sectorSpec(d),
		Spec{Keys: factKeys("sla_pct"), Label: "Availability promised", Unit: "per cent", Optional: true,
			Default: notSaid}.between("0", "100"),
		part(factKeys("residency_uplift"), "Dearer in the region", "", "1000").
			helped("How much more the only other seller there charges."),
		part(factKeys("team", "largest_stack_share"), "Know one seller only", "of the team", "100"),
		answer(factKeys("team", "vendor_operated"), "A vendor builds or runs it"))
	p.ask(d.stated(factKeys("team")), counted(factKeys("team", "retraining_days"), "Retraining", "days a person"),
		counted(factKeys("team", "shadow_days"), "Handover from the vendor", "days"))
	for _, c := range []struct{ name, label, help string }{
		{"infra_integrations", "Network and log links",
			"Private network, sign-in and log export set up for one seller."},
		{"provider_state", "State at the seller", "Kinds of state that the seller keeps: threads, files, memory."},
		{"chip_artefacts", "Chip-bound artefacts", "Kernels and compiled models that run on one chip family."},
	} {
		count, days := factKeys(c.name, "count"), factKeys(c.name, "days")
		p.ask(true, counted(count, c.label, "").helped(c.help))
		p.ask(d.more(count) || d.stated(days), counted(days, "Days for one", "days").
			helped("Engineer-days, your estimate."))
	}
	managed, _ := d.Get(factKeys("vector_store", "managed")...)
	p.ask(true, answer(factKeys("vector_store", "managed"), "Vector index is the seller's own"))
	p.ask(managed.IsTrue() || d.stated(factKeys("vector_store", "per_hour")),
		counted(factKeys("vector_store", "rebuild_hours"), "Rebuilding the index", "hours"),
		sum(d, factKeys("vector_store", "per_hour"), "Price of rebuilding", "an hour"))
	p.ask(len(d.Names("gpu_pools")) > 0 || d.stated(factKeys("gpu_resale_per_month")),
		sum(d, factKeys("gpu_resale_per_month"), "Resale of a GPU lot", "a month"))
	return p
}

// sectorSpec names the sectors in which policy or government action has cut supply.
func sectorSpec(d Document) Spec {
	s := Spec{Keys: factKeys("sector"), Label: "Sector", Kind: Choice, Optional: true,
		Options: []Option{{"", notSaid}, {"none", "none of these"}}}
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
	return Spec{Keys: keys, Label: label, Help: help, Kind: List, Optional: true, Default: notSaid,
		Options: []Option{{"none", "none"}}}
}

// substitutes are the bounds within which another offer could take over.
func substitutes() DependencyPart {
	p := DependencyPart{Nothing: "standard", Key: "substitutes", Title: "What counts as a substitute"}
	at := func(name string) []string { return []string{"dependencies", "params", name} }
	p.ask(true, part(at("price_tolerance"), "Dearer by at most", "", "1000"),
		part(at("quality_tolerance"), "Less good by at most", "", "100"),
		counted(at("min_substitutes"), "Others that it takes", "").between("1", "1000000000000000"))
	p.Asked[2].Whole = true
	p.Asked[0].Default, p.Asked[1].Default, p.Asked[2].Default = "0.25", "0.05", "1"
	return p
}

// RunningSpecs are where an offer runs, what stage it is in and when it ends, where the price list and the facts do not
// say.
func RunningSpecs(d Document, offer string) []Spec {
	stage := Spec{Keys: factKeys("offers", offer, "stage"), Label: "Stage", Kind: Choice, Optional: true,
		Options: []Option{{"", "as its name says"}, {"ga", "released"}, {"preview", "preview"}}}
	return []Spec{
		{Keys: []string{"offers", offer, "chips"}, Label: "Chip vendors", Kind: List, Optional: true,
			Default: notSaid, Help: "Between commas: nvidia, amd, maia, trainium, tpu, lpu, wse."},
		{Keys: []string{"offers", offer, "region"}, Label: "Region", Kind: Text, Optional: true, Default: notSaid,
			Help: "As the seller calls it, such as eu-west-1."},
		{Keys: []string{"offers", offer, "retires"}, Label: "Retires", Unit: "YYYY-MM", Kind: Month,
			Optional: true, Default: notSaid, Help: "The first month in which the seller no longer serves it."},
		stage,
		answer(factKeys("offers", offer, "production"), "In production").helped("Yes unless you say no."),
	}
}

// Routed are the offers that workloads go to, in the order of the form.
func Routed(d Document) []string {
	var offers []string
	for _, workload := range d.Names("workloads") {
		for i := range d.Len("workloads", workload, "routes") {
			if id := d.Text("workloads", workload, "routes", Item(i), "offer"); id != "" &&
				!slices.Contains(offers, id) {
				offers = append(offers, id)
			}
		}
	}
	return offers
}

// QualitySpecs are the team's own evaluations: how good another model is on this work against today's. Only a model
// that somebody evaluated counts as a substitute. Asked are the models of the plan's alternatives, and those that it
// states.
func QualitySpecs(d Document, prices *catalog.Snapshot) []Spec {
	models := d.Names(factKeys("quality")...)
	for _, a := range Alternatives(d, prices) {
		if a.Model != "" && !slices.Contains(models, a.Model) && !used(d, prices, a.Model) {
			models = append(models, a.Model)
		}
	}
	slices.Sort(models)
	var specs []Spec
	for _, id := range models {
		name := id
		if model, ok := prices.Model(id); ok && model.Name != "" {
			name = model.Name
		}
		specs = append(specs, part(factKeys("quality", id), "Quality of "+name, "of today's", "1000").
			helped("The result of your own evaluation; without one the model is no substitute."))
	}
	return specs
}

// used reports whether a workload goes to a model today.
func used(d Document, prices *catalog.Snapshot, model string) bool {
	for _, workload := range d.Names("workloads") {
		for _, row := range RoutesOf(d, prices, workload).Rows {
			if row.Model == model {
				return true
			}
		}
	}
	return false
}

// weights are the judgements in the index, each group of which sums to 100 %.
func weights() DependencyPart {
	p := DependencyPart{Nothing: "standard", Key: "weights", Title: "Weights of the index"}
	for _, w := range []struct{ name, label, unit, standard string }{
		{"concentration", "Concentration", "", "0.25"}, {"switching_cost", "Exit cost", "", "0.25"},
		{"time", "Time to exit", "", "0.25"},
		{"non_substitutability", "No substitutes", "", "0.25"}, {"seller", "Sellers", "", "0.4"},
		{"lab", "Labs", "", "0.4"},
		{"chip", "Chip vendors", "", "0.2"},
	} {
		s := part([]string{"dependencies", "weights", w.name}, w.label, w.unit, "100")
		s.Default = w.standard
		p.ask(true, s)
	}
	return p
}
