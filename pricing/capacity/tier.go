package capacity

import (
	"slices"
	"strconv"
	"strings"

	"headroom/pricing/identity"
)

// RateTiers lists the documented rate limits of a model at a seller, for the deployment that a scope of the plan format
// means. The model is a canonical id, "openai/gpt-5-4".
func (m *Machines) RateTiers(seller, model, scope string) []*Quota {
	return m.quotas(func(q *Quota) bool {
		return q.Seller == seller && (q.RPM.Known || q.TPM.Known) && q.limits(slugOf(model), scope)
	})
}

// SpendTiers lists the tiers of a seller that cap the spend of a month.
func (m *Machines) SpendTiers(seller string) []*Quota {
	return m.quotas(func(q *Quota) bool { return q.Seller == seller && q.MonthlySpend.Known })
}

// Burndowns lists how a seller counts output of a model against its quota; there is at most one.
func (m *Machines) Burndowns(seller, model string) []*Quota {
	return m.quotas(func(q *Quota) bool {
		names, ok := strings.CutPrefix(q.Model, "burndown: ")
		return ok && q.Seller == seller && q.OutputWeight.Known && namesSlug(names, slugOf(model))
	})
}

func (m *Machines) quotas(want func(*Quota) bool) []*Quota {
	var found []*Quota
	for i := range m.Quotas {
		if want(&m.Quotas[i]) {
			found = append(found, &m.Quotas[i])
		}
	}
	return found
}

// slugOf is the part of a canonical id behind the lab.
func slugOf(model string) string {
	_, slug, found := strings.Cut(model, "/")
	if !found {
		return model
	}
	return slug
}

// limits reports whether a row of rate limits is about a model. Azure's rows end with the deployment; ".x" is any
// version behind the point.
func (q *Quota) limits(slug, scope string) bool {
	name, kind := q.Model, ""
	if q.Seller == "azure" {
		name, kind, _ = strings.Cut(q.Model, " ")
	}
	if kind != "" && kind != azureDeployment(scope) {
		return false
	}
	if class, all := strings.CutSuffix(name, ".x"); all {
		return slices.Equal(nameParts(class), nameParts(slug)[:min(len(nameParts(class)), len(nameParts(slug)))])
	}
	return nameKey(name) == nameKey(slug)
}

// azureDeployment is the word of Azure's tables for a scope.
func azureDeployment(scope string) string {
	if strings.HasPrefix(scope, "datazone:") {
		return "DataZoneStandard"
	}
	return "GlobalStandard"
}

// namesSlug reports whether one of the names of a burndown row means the model: "Claude Sonnet 5, Opus 5", "Claude 4.7
// and earlier", "OpenAI GPT-5.6 on bedrock-runtime". A name without a family means every family of that version.
func namesSlug(names, slug string) bool {
	maker := ""
	for name := range strings.SplitSeq(names, ", ") {
		name, _, _ = strings.Cut(name, " on ")
		name, earlier := strings.CutSuffix(name, " and earlier")
		parts := nameParts(strings.TrimPrefix(name, "OpenAI "))
		if len(parts) > 0 && parts[0] == "claude" {
			maker, parts = "claude", parts[1:]
		}
		if maker == "" && slices.Equal(parts, nameParts(slug)) || maker == "claude" &&
			isClaude(parts, nameParts(slug), earlier) {
			return true
		}
	}
	return false
}

// isClaude compares the family and version of a row with those of a slug such as claude-sonnet-4-5 or claude-3-5-haiku.
func isClaude(row, slug []string, earlier bool) bool {
	if len(slug) < 2 || slug[0] != "claude" {
		return false
	}
	rowFamily, rowVersion := familyAndVersion(row)
	family, version := familyAndVersion(slug[1:])
	if version == nil || rowFamily != "" && rowFamily != family {
		return false
	}
	if earlier {
		return slices.Compare(version, rowVersion) <= 0
	}
	return slices.Equal(version, rowVersion)
}

// familyAndVersion takes "sonnet 4 5" and "3 5 haiku" apart; a date is no part of a version.
func familyAndVersion(parts []string) (family string, version []int) {
	for _, part := range parts {
		if n, err := strconv.Atoi(part); err == nil && n < 100 {
			version = append(version, n)
		} else if err != nil && family == "" {
			family = part
		}
	}
	return family, version
}

// nameParts are the words and numbers of a name, in lower case: "GPT-5.6" is gpt, 5, 6.
func nameParts(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// UnitTerms lists what a unit of a seller can be bought for today: each product and term once, the team's own figure
// before the newest source, without the tables' cross-checks and what is closed to new customers.
func (m *Machines) UnitTerms(seller, unit string) []*UnitPrice {
	var found []*UnitPrice
	for _, p := range m.FindUnitPrices(seller, unit) {
		if !p.Price.Known || strings.Contains(p.Product, "cross-check") || strings.Contains(p.Note, "closed to new") {
			continue
		}
		at := slices.IndexFunc(found, func(q *UnitPrice) bool { return q.Product == p.Product && q.Term == p.Term })
		switch {
		case at < 0:
			found = append(found, p)
		case m.corrected(p) && !m.corrected(found[at]):
			found[at] = p
		}
	}
	return found
}

func (m *Machines) corrected(p *UnitPrice) bool { return len(m.Own(UnitPricesKind, p.Key())) > 0 }

// UnitTerm is the price of a seller's unit for a term of exactly some months; nil where none is published.
func (m *Machines) UnitTerm(seller, unit string, months int) *UnitPrice {
	for _, p := range m.UnitTerms(seller, unit) {
		if p.Months() == months {
			return p
		}
	}
	return nil
}

// UnitsOf lists the provisioned units of a model, a canonical id, at a seller and at the sellers that stand behind it:
// Azure lists the models of Fireworks apart.
func (m *Machines) UnitsOf(seller, model string) []*ProvisionedUnit {
	var found []*ProvisionedUnit
	for i := range m.Units {
		u := &m.Units[i]
		own := u.Seller == seller || strings.HasPrefix(u.Seller, seller+"-")
		if own && model != "" && u.means(model) {
			found = append(found, u)
		}
	}
	return found
}

func (u *ProvisionedUnit) means(model string) bool {
	if nameKey(u.Model) == nameKey(slugOf(model)) {
		return true
	}
	lab, _, _ := strings.Cut(model, "/")
	id, ok := identity.Canonical(lab + "/" + u.Model)
	return ok && slugOf(id) == slugOf(model)
}

// Least is the smallest deployment of a unit and the step above it, for a scope of the plan format; unknown where the
// seller sells none there.
func (u *ProvisionedUnit) Least(scope string) (minimum, step Quantity) {
	if u.Unit == "PTU" && (scope == "in-region" || strings.HasPrefix(scope, "region:")) {
		return u.RegionalMinimum, u.RegionalIncrement
	}
	return stated(u.Minimum), stated(u.Increment)
}

func stated(v float64) Quantity {
	return Quantity{Value: v, Known: true, Text: strconv.FormatFloat(v, 'f', -1, 64)}
}
