package planner

import (
	"strconv"
	"strings"

	"headroom/app/cells"
	"headroom/app/form"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// budgetGroup is what a month may cost, what must be left of revenue, and which limits hold users back.
func (b *formBuilder) budgetGroup() views.FormGroup {
	g := b.group("finance", "Budget and margin", "none", form.BudgetSpecs(b.doc))
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
		parts = append(parts, words.Money(form.Currency(b.doc), value))
	}
	return strings.Join(parts, ", then ")
}

// commitmentGroup is spend that was promised for a discount.
func (b *formBuilder) commitmentGroup() views.FormGroup {
	var sections []views.FormGroup
	n := b.doc.Len("commitments")
	for i := range n + 1 {
		sections = append(sections, b.rowSection("commitment", i, n, form.CommitmentSpecs(b.doc, i)))
	}
	var at []string
	if n > 0 {
		at = append(at, words.Plural(n, "commitment", "commitments"))
	}
	return panel("commitments", "Commitments and discounts", "none", sections, at)
}

// rowSection is a row of a list; the one behind the last is folded and for a new one.
func (b *formBuilder) rowSection(what string, i, n int, specs []form.Spec) views.FormGroup {
	g := limitSection(b, what+"-"+strconv.Itoa(i), nextTitle(cells.Title(what), i, n), specs)
	if g.Folded = i == n; g.Folded {
		g.At = ""
	}
	return g
}

// fundingGroup is the three purses that pay for serving: cash, credits, and GPUs that were given.
func (b *formBuilder) fundingGroup() views.FormGroup {
	sections := []views.FormGroup{limitSection(b, "cash", "Cash", form.CashSpecs(b.doc))}
	var at []string
	if cash, ok := b.doc.Decimal("finance", "opening_cash"); ok && cash.IsPositive() {
		at = append(at, words.Money(form.Currency(b.doc), cash.InexactFloat64())+" cash")
	}
	credits := b.doc.Len("credits")
	for i := range credits + 1 {
		sections = append(sections, b.rowSection("credit", i, credits, form.CreditSpecs(b.doc, i)))
	}
	if credits > 0 {
		at = append(at, words.Plural(credits, "credit", "credits"))
	}
	grants := b.grantSection()
	if n := len(form.Grants(b.doc)); n > 0 {
		at = append(at, words.Plural(n, "GPU allocation", "GPU allocations"))
	}
	return panel("purses", "Funding: cash, credits, GPUs", "none", append(sections, grants), at)
}

// grantSection is the purse of GPUs that cost nothing: lots at price 0, which are changed in their pool.
func (b *formBuilder) grantSection() views.FormGroup {
	g := foldedPart(b, "grants", "GPU allocation")
	grants := form.Grants(b.doc)
	for _, grant := range grants {
		g.Facts = append(g.Facts, views.Fact{Text: form.Sentence(grant.String())})
	}
	if len(b.doc.Names("gpu_pools")) == 0 {
		g.Note = "GPUs that you were given are a lot at price 0: add them in “GPUs and power” with your price 0."
		return g
	}
	g.Note = "GPUs that you were given are a lot at price 0 of a pool. They are changed and removed there, in “GPUs " +
		"and power”."
	g.Fields = b.fields(form.GrantSpecs(b.doc))
	g.Open = opened(g)
	g.Buttons = []ui.Button{{Label: "Add this allocation", Name: "do", Value: "add-grant", Small: true}}
	return g
}

// nextTitle counts rows; the one behind the last is for a new one.
func nextTitle(what string, i, n int) string {
	if i == n {
		return "Add a " + strings.ToLower(what)
	}
	return what + " " + strconv.Itoa(i+1)
}
