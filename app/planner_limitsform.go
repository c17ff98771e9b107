package app

import (
	"slices"
	"strconv"
	"strings"

	"headroom/app/form"
	"headroom/views"
	"headroom/views/table"
)

// limitGroups are the panels about limits and money, each closed until it is needed and saying in its summary what is set.
func (b *formBuilder) limitGroups() []views.FormGroup {
	groups := []views.FormGroup{b.quotaGroup()}
	if g := b.unitGroup(); len(g.Sections) > 0 {
		groups = append(groups, g)
	}
	return append(groups, b.machineGroup(), b.financeGroup(), b.purseGroup())
}

// panel joins sections to a group that opens when one of its fields needs another look; its summary names what warns.
func panel(key, title, nothing string, sections []views.FormGroup, at []string) views.FormGroup {
	g := views.FormGroup{Key: key, Title: title, Sections: sections}
	for _, s := range sections {
		g.Open = g.Open || s.Open
		for _, f := range s.Flags {
			if f.Warns {
				at = appendNew(at, f.Word)
			}
		}
	}
	g.At = joinWords(", ", at...)
	if g.At == "" {
		g.At = nothing
	}
	return g
}

// section is a part of a panel.
func (b *formBuilder) section(key, title string, specs []form.Spec) views.FormGroup {
	g := b.group(key, title, "", specs)
	g.Flags = b.flagsOn(specs)
	return g
}

// quotaGroup is what sellers let through: of the offers in use, and of others that state a quota.
func (b *formBuilder) quotaGroup() views.FormGroup {
	var sections []views.FormGroup
	var at []string
	for _, offer := range b.quotaOffers() {
		sections = append(sections, b.section("quota-"+offer, b.offerModel(offer), form.QuotaSpecs(b.doc, offer)))
		if values := form.Ends(b.doc, "offers", offer, "quota", "tokens_per_minute"); len(values) > 0 && len(at) == 0 {
			at = append(at, b.sellerName(form.Provider(b.doc, offer))+" "+shortCount(values[0])+"\u00a0TPM")
		}
	}
	var caps, longest []form.Spec
	for _, provider := range b.usedProviders() {
		spec := form.SpendCapSpec(b.doc, provider)
		spec.Label += ", " + b.sellerName(provider)
		caps = append(caps, spec)
	}
	reserved := slices.ContainsFunc(b.quotaOffers(), func(offer string) bool {
		v, _ := b.doc.Get("offers", offer, "quota_counts_max_tokens")
		return v == true
	})
	for _, workload := range b.doc.Names("workloads") {
		// It counts only where a quota reserves it.
		if _, stated := b.doc.Get("workloads", workload, "max_output_tokens"); stated || reserved {
			longest = append(longest, form.LongestOutputSpec(workload))
		}
	}
	sections = append(sections, b.section("caps", "Spend caps of sellers", caps), b.section("longest", "Longest outputs", longest))
	return panel("limits-panel", "Limits you have", "none entered", sections, at)
}

// quotaOffers are the on-demand offers that workloads use, then the others that state a quota.
func (b *formBuilder) quotaOffers() []string {
	var used []string
	for _, workload := range b.doc.Names("workloads") {
		for _, row := range form.RoutesOf(b.doc, b.prices, workload).Rows {
			used = appendNew(used, row.Offer)
			used = appendNew(used, b.doc.Text("offers", row.Offer, "spill_to"))
		}
	}
	for _, offer := range b.doc.Names("offers") {
		if _, stated := b.doc.Get("offers", offer, "quota"); stated {
			used = appendNew(used, offer)
		}
	}
	return slices.DeleteFunc(used, func(offer string) bool { return !form.OnDemand(b.doc, offer) })
}

// usedProviders are the sellers of those offers, and those that a cap names.
func (b *formBuilder) usedProviders() []string {
	list := b.doc.Names("spend_caps")
	for _, offer := range b.quotaOffers() {
		list = appendNew(list, form.Provider(b.doc, offer))
	}
	return list
}

func (b *formBuilder) sellerName(provider string) string {
	return shortSeller(b.prices.Seller(provider))
}

// offerModel is an offer with its model: "GPT-5.4 on Azure AI Foundry".
func (b *formBuilder) offerModel(id string) string {
	entry, err := b.prices.Offer(b.doc.Text("offers", id, "catalog"), b.doc.Text("offers", id, "scope"))
	if err != nil {
		return id
	}
	return joinWords(" on ", b.modelName(entry.Model), b.offerLabel(entry))
}

// unitGroup is provisioned capacity; a plan without any has no such panel.
func (b *formBuilder) unitGroup() views.FormGroup {
	var sections []views.FormGroup
	var at []string
	for _, offer := range b.doc.Names("offers") {
		if form.IsProvisioned(b.doc, offer) {
			sections = append(sections, b.section("units-"+offer, b.offerModel(offer), form.UnitSpecs(b.doc, offer)))
			at = append(at, countOf(b.doc.Len("offers", offer, "lots"), "lot", "lots"))
		}
	}
	return panel("units-panel", "Provisioned capacity", "none", sections, at)
}

// machineGroup is GPU pools and the power of sites.
func (b *formBuilder) machineGroup() views.FormGroup {
	var sections []views.FormGroup
	var at []string
	for _, pool := range b.doc.Names("gpu_pools") {
		sections = append(sections, b.section("pool-"+pool, "GPUs: "+pool, form.PoolSpecs(b.doc, pool)))
	}
	for _, site := range b.doc.Names("sites") {
		sections = append(sections, b.section("site-"+site, "Power: "+site, form.SiteSpecs(b.doc, site)))
	}
	if n := len(b.doc.Names("gpu_pools")); n > 0 {
		at = append(at, countOf(n, "pool", "pools"))
	}
	if n := len(b.doc.Names("sites")); n > 0 {
		at = append(at, countOf(n, "site", "sites"))
	}
	g := panel("machines-panel", "GPUs and power", "none", sections, at)
	if len(sections) == 0 {
		g.Note = "No GPU pool in this plan. A plan file can bring one; its lots are then changed here."
	}
	return g
}

// financeGroup is the budget, the margin and the purse of cash.
func (b *formBuilder) financeGroup() views.FormGroup {
	g := b.group("finance", "Budget, margin, cash", "none", form.FinanceSpecs(b.doc))
	g.At = "none"
	if at := b.budgetWords(); at != "" {
		g.At = at
	} else if floor, ok := b.doc.Decimal("finance", "min_gross_margin"); ok {
		g.At = "margin from " + table.Number(table.Percent, floor.InexactFloat64())
	}
	return g
}

// budgetWords are the steps of the budget: "$180k, then $300k".
func (b *formBuilder) budgetWords() string {
	var parts []string
	for _, value := range form.Ends(b.doc, "finance", "monthly_budget") {
		parts = append(parts, shortMoney(form.Currency(b.doc), value))
	}
	return strings.Join(parts, ", then ")
}

// purseGroup is what pays beside cash, and what was promised.
func (b *formBuilder) purseGroup() views.FormGroup {
	var sections []views.FormGroup
	credits, commitments := b.doc.Len("credits"), b.doc.Len("commitments")
	for i := range credits + 1 {
		sections = append(sections, b.section("credit-"+form.Item(i), nextTitle("Credit", i, credits), form.CreditSpecs(b.doc, i)))
	}
	for i := range commitments + 1 {
		sections = append(sections, b.section("commitment-"+form.Item(i), nextTitle("Commitment", i, commitments), form.CommitmentSpecs(b.doc, i)))
	}
	var at []string
	if credits > 0 {
		at = append(at, countOf(credits, "credit", "credits"))
	}
	if commitments > 0 {
		at = append(at, countOf(commitments, "commitment", "commitments"))
	}
	g := panel("purses", "Commitments and credits", "none", sections, at)
	g.Note = "Three purses pay for serving: cash (in “Budget, margin, cash”), credits, and GPUs that you were given (a lot at price 0 in “GPUs and power”)."
	return g
}

// nextTitle counts rows; the one behind the last is for a new one.
func nextTitle(what string, i, n int) string {
	if i == n {
		return "Add a " + strings.ToLower(what)
	}
	return what + " " + strconv.Itoa(i+1)
}
