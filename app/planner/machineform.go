package planner

import (
	"headroom/app/form"
	"headroom/pricing/capacity"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/ui"
)

// machineGroup is GPU pools and the power of sites, and what more can be added.
func (b *formBuilder) machineGroup() views.FormGroup {
	var sections []views.FormGroup
	var at []string
	pools, sites := b.doc.Names("gpu_pools"), b.doc.Names("sites")
	for _, pool := range pools {
		sections = append(sections, b.poolSection(pool))
	}
	for _, site := range sites {
		sections = append(sections, b.siteSection(site))
	}
	if n := len(pools); n > 0 {
		at = append(at, words.Plural(n, "pool", "pools"))
	}
	if n := len(sites); n > 0 {
		at = append(at, words.Plural(n, "site", "sites"))
	}
	return panel("machines-panel", "GPUs and power", "none", append(sections, b.addGPUs(), b.addSite()), at)
}

func (b *formBuilder) poolSection(pool string) views.FormGroup {
	g := limitSection(b, "pool-"+pool, "GPUs: "+pool, form.PoolSpecs(b.doc, pool))
	fills := form.PoolFills(b.doc, b.machines, pool)
	g.Fill = fillChoice(b, "gpu_pools."+pool, fills)
	offers := form.OffersOn(b.doc, pool)
	for _, offer := range offers {
		g.Facts = append(g.Facts, views.Fact{Text: servesWords(b, offer)})
	}
	if _, ranged := b.doc.Get("uncertainty", "inputs",
		form.Path("gpu_pools", pool, "tokens_per_second_per_gpu")); ranged {
		g.Facts = append(g.Facts, views.Fact{Text: "Tokens a second are estimated, with the range of the error. One " +
			"figure that you measured, typed over it, wins."})
	}
	g.Facts = append(g.Facts, factsOf(b.doc, fills)...)
	lotFields(b, &g, b.doc.Len("gpu_pools", pool, "lots"),
		func(i int) []form.Spec { return form.PoolLotSpecs(b.doc, pool, i) })
	g.Buttons = removal("remove-pool:"+pool, "Remove these GPUs", pool)
	if len(offers) == 0 {
		g.Facts = append(g.Facts, views.Fact{Text: "No offer runs on these GPUs, so no workload can go there yet."})
		g.Buttons = append(
			[]ui.Button{{Label: "Make an offer of them", Hidden: pool, Name: "do", Value: "use-pool:" + pool,
				Small: true}}, g.Buttons...)
	}
	noteError(b, &g, "remove-pool:"+pool)
	return g
}

func (b *formBuilder) siteSection(site string) views.FormGroup {
	g := views.FormGroup{Key: "site-" + site, Title: "Power: " + site}
	lotFields(b, &g, b.doc.Len("sites", site, "lots"),
		func(i int) []form.Spec { return form.SiteLotSpecs(b.doc, site, i) })
	g.Buttons = removal("remove-site:"+site, "Remove this site", site)
	return g
}

// addGPUs is what a new pool begins with: machine, model and workload; throughput, power and price follow from the
// data.
func (b *formBuilder) addGPUs() views.FormGroup {
	g := foldedPart(b, "add-gpus", "Add GPUs")
	g.Note = "Tokens a second are estimated for the requests of the workload, power and price are taken from the " +
		"data. Used at most 70 % of the time is assumed."
	g.Fields = b.fields(form.AddGPUSpecs(b.doc))
	for i := range g.Fields {
		switch g.Fields[i].Name {
		case "add-gpus.machine":
			g.Fields[i].List, g.Fields[i].Wide, g.Fields[i].Quiet = "machines", true, false
		case "add-gpus.model":
			g.Fields[i].List, g.Fields[i].Wide = "open-models", true
		}
	}
	g.Open = opened(g)
	g.Buttons = []ui.Button{{Label: "Add these GPUs", Name: "do", Value: "add-gpus", Small: true}}
	g.Lists = []views.OptionList{{ID: "machines", Options: machineOptions(b.machines)},
		{ID: "open-models", Options: openModelOptions(b.machines)}}
	return g
}

// maxMachines bounds the list behind the machine field, which every page carries; any other machine can be typed.
const maxMachines = 40

// machineOptions are machines of eight accelerators, one of each kind at each seller; other regions are typed.
func machineOptions(m *capacity.Machines) []ui.Option {
	var options []ui.Option
	seen := map[string]bool{}
	for i := range m.Instances {
		machine := &m.Instances[i]
		if machine.Count != 8 || !machine.Hourly.Known || len(options) == maxMachines ||
			seen[machine.Accelerator+" "+machine.Seller] {
			continue
		}
		// One word of the table is one accelerator, so it is looked up once a seller.
		seen[machine.Accelerator+" "+machine.Seller] = true
		chip, err := m.ChipOf(machine.Accelerator)
		if err != nil || seen[chip.Name+" of "+machine.Seller] {
			continue
		}
		seen[chip.Name+" of "+machine.Seller] = true
		options = append(options, ui.Option{Value: m.MachineName(machine)})
	}
	return options
}

func openModelOptions(m *capacity.Machines) []ui.Option {
	var options []ui.Option
	for i := range m.OpenModels {
		options = append(options, ui.Option{Value: m.OpenModels[i].Name})
	}
	return options
}

func (b *formBuilder) addSite() views.FormGroup {
	g := foldedPart(b, "add-site", "Add power of a site")
	g.Note = "A pool at a site needs its power: GPUs × kW × PUE. A pool at no site has power without limit."
	g.Fields = b.fields(form.AddSiteSpecs(b.doc))
	g.Open = opened(g)
	g.Buttons = []ui.Button{{Label: "Add this site", Name: "do", Value: "add-site", Small: true}}
	return g
}
