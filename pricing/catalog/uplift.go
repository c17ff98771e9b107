package catalog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/money"
)

// apply prices every offer that the rule covers from the offer of the same id in the rule's base scope. An unprefixed
// id without such an offer carries the base price itself, because that is what the lists show under it.
func (u *uplift) apply(offers []*Offer) {
	base := map[string]*Offer{}
	for _, o := range offers {
		if o.Provider == u.Provider && o.Scope == u.OfScope {
			base[bareID(o.NativeID)] = o
		}
	}
	for _, o := range offers {
		if !u.covers(o) {
			continue
		}
		from := base[bareID(o.NativeID)]
		if from == nil && o.Scope == "in-region" {
			from = o
		}
		if from != nil {
			u.reprice(o, from)
		}
	}
}

func (u *uplift) covers(o *Offer) bool {
	return o.Provider == u.Provider && o.Lab == u.Lab && slices.Contains(u.Scopes, o.Scope) && o.Commitment == "" &&
		versionAtLeast(o.Model, u.FromVersion)
}

// reprice replaces the rows of o by those of from times the factor, unless o's own list already says the same.
func (u *uplift) reprice(o, from *Offer) {
	if !slices.ContainsFunc(from.Rows, func(r Row) bool { return len(r.Prices) > 0 }) || !allCorrectable(o.Rows) {
		return
	}
	rows := slices.Clone(from.Rows)
	for i := range rows {
		u.stamp(&rows[i], raised(rows[i].Prices, u.Factor))
	}
	if !sameFigures(o.Rows, rows) {
		o.Rows = rows
	}
}

func allCorrectable(rows []Row) bool {
	return !slices.ContainsFunc(rows, func(r Row) bool { return !correctable(&r) })
}

// raised is the prices with the text dimensions multiplied; searches and images carry no regional uplift.
func raised(prices []Price, factor decimal.Decimal) []Price {
	out := slices.Clone(prices)
	for i, p := range out {
		if !repricedByContext(p.Dimension) {
			continue
		}
		if rate, err := p.Rate.Times(factor); err == nil {
			out[i].Rate = rate
		}
	}
	return out
}

// sameFigures reports whether the last row of each list states every price of the other's.
func sameFigures(a, b []Row) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	x, y := a[len(a)-1].Prices, b[len(b)-1].Prices
	for _, p := range y {
		if i := indexOf(x, p); repricedByContext(p.Dimension) &&
			(i < 0 || money.Differs(x[i].Rate, p.Rate, conflictPermille)) {
			return false
		}
	}
	return true
}

// indexOf is where prices states p's dimension, tier and context tier; -1 if it does not.
func indexOf(prices []Price, p Price) int {
	return slices.IndexFunc(prices, func(q Price) bool {
		return q.Dimension == p.Dimension && q.Tier == p.Tier && q.Above == p.Above
	})
}

// bareID is a Bedrock id without its inference profile: "us.anthropic.claude-opus-5" is "anthropic.claude-opus-5".
func bareID(id string) string {
	if profile, rest, ok := strings.Cut(id, "."); ok && strings.Contains(rest, ".") &&
		!strings.Contains(profile, "-v") {
		switch profile {
		case "us", "eu", "jp", "au", "apac", "global", "us-gov", "ca":
			return rest
		}
	}
	return id
}

// versionAtLeast reports whether the model's version, the first one or two short numbers of its slug
// ("claude-opus-4-5", "claude-3-7-sonnet", "claude-fable-5"), is at least want ("4.5"). A slug without a number is not.
func versionAtLeast(model, want string) bool {
	version := slugVersion(model)
	if version == nil {
		return false
	}
	var wanted []int
	for part := range strings.SplitSeq(want, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return false
		}
		wanted = append(wanted, n)
	}
	return slices.Compare(version, wanted) >= 0
}

func slugVersion(model string) []int {
	var version []int
	_, slug, _ := strings.Cut(model, "/")
	for part := range strings.SplitSeq(slug, "-") {
		n, err := strconv.Atoi(part)
		if err != nil || len(part) > 2 {
			if version != nil {
				break
			}
			continue
		}
		version = append(version, n)
	}
	return version
}
