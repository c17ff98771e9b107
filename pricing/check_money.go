package pricing

import (
	"slices"
	"strings"

	"headroom/pricing/limit"
)

// unallocated is the team that pays for what no workload used.
const unallocated = "_unallocated"

func (c *checker) supply() {
	for _, id := range sortedKeys(c.p.GPUPools) {
		c.pool(dot("gpu_pools", id), id, c.p.GPUPools[id])
	}
	for _, id := range sortedKeys(c.p.Sites) {
		path := dot("sites", id)
		c.id(path, id)
		c.count(dot(path, "lots"), len(c.p.Sites[id].Lots))
		for i, lot := range c.p.Sites[id].Lots {
			c.lot(at(dot(path, "lots"), i), lot.From, lot.Months)
			c.notNegative(dot(at(dot(path, "lots"), i), "megawatts"), lot.Megawatts)
		}
	}
}

func (c *checker) pool(path, id string, pool GPUPool) {
	c.id(path, id)
	c.notNegative(dot(path, "tokens_per_second_per_gpu"), pool.TokensPerSecondPerGPU)
	c.number(dot(path, "max_utilization"), pool.MaxUtilization, smallest, 1)
	c.throughput(dot(path, "tokens_per_second_per_gpu"), id, pool)
	c.count(dot(path, "lots"), len(pool.Lots))
	c.notNegative(dot(path, "kw_per_gpu"), pool.KWPerGPU)
	c.number(dot(path, "pue"), pool.PUE, 1, 100)
	if _, ok := c.p.Sites[pool.Site]; pool.Site != "" && !ok {
		c.unknown(dot(path, "site"), "site", pool.Site, sortedKeys(c.p.Sites))
	}
	for i, lot := range pool.Lots {
		lotPath := at(dot(path, "lots"), i)
		c.lot(lotPath, lot.From, lot.Months)
		c.notNegative(dot(lotPath, "gpus"), lot.GPUs)
		c.required(dot(lotPath, "price_per_hour"), lot.PricePerHour)
		c.notNegative(dot(lotPath, "price_per_hour"), lot.PricePerHour)
	}
	c.oneOwner(path, id)
}

// throughput asks what a GPU serves, once an offer needs to know.
func (c *checker) throughput(path, id string, pool GPUPool) {
	if pool.TokensPerSecondPerGPU.Float() < smallest && c.p.poolIsUsed(id) {
		c.out.missing(path, "normalised tokens a second that one GPU serves, %g or more", smallest)
	}
}

func (p *Plan) poolIsUsed(pool string) bool {
	for _, o := range p.Offers {
		if o.GPUPool == pool {
			return true
		}
	}
	return false
}

// count bounds a list.
func (c *checker) count(path string, n int) {
	if n > MaxOthers {
		c.out.add(path, "at most %d, not %d", MaxOthers, n)
	}
}

// oneOwner refuses a pool whose offers differ in provider or currency: its cost would have two bills.
func (c *checker) oneOwner(path, pool string) {
	first := ""
	for _, id := range sortedKeys(c.p.Offers) {
		o := c.p.Offers[id]
		if o.GPUPool != pool {
			continue
		}
		if first == "" {
			first = id
			continue
		}
		if f := c.p.Offers[first]; f.Provider != o.Provider || c.p.currencyOf(f) != c.p.currencyOf(o) {
			c.out.add(path, "its offers %s and %s must have the same provider and currency", first, id)
			return
		}
	}
}

// currencyOf is the currency that an offer states, or the plan's.
func (p *Plan) currencyOf(o Offer) string {
	if o.Currency == "" {
		return p.baseCurrency()
	}
	return o.Currency
}

func (c *checker) finance() {
	c.commitments()
	c.credits()
	for _, provider := range sortedKeys(c.p.SpendCaps) {
		path := dot("spend_caps", provider)
		c.id(path, provider)
		c.schedule(path, c.p.SpendCaps[provider], 0, maxNumber)
	}
	f := c.p.Finance
	if f == nil {
		return
	}
	c.schedule("finance.monthly_budget", f.MonthlyBudget, 0, maxNumber)
	c.number("finance.min_gross_margin", f.MinGrossMargin, -100, 1)
	c.schedule("finance.other_opex", f.OtherOpex, -maxNumber, maxNumber)
	for i, inflow := range f.Funding {
		if inflow.From == 0 || inflow.Value.IsZero() {
			c.out.add(at("finance.funding", i), `needs "from" and "value"`)
		}
	}
	kinds := limit.Enforceable()
	for i, kind := range f.Enforce {
		if !slices.Contains(kinds, kind) {
			c.out.add(at("finance.enforce", i), "must be one of %s", strings.Join(kinds, ", "))
		}
	}
}

func (c *checker) commitments() {
	seen := map[string]bool{}
	for i, m := range c.p.Commitments {
		path := at("commitments", i)
		c.unique(path, m.ID, seen)
		c.ids(dot(path, "providers"), m.Providers)
		c.share(dot(path, "discount"), m.Discount)
		c.share(dot(path, "carry_share"), m.CarryShare)
		c.periods(dot(path, "periods"), m.Periods)
	}
}

func (c *checker) periods(path string, periods []Period) {
	if len(periods) > MaxOthers {
		c.out.add(path, "at most %d, not %d", MaxOthers, len(periods))
		return
	}
	for i, p := range periods {
		c.lot(at(path, i), p.From, p.Months)
		if p.Months == 0 {
			c.out.missing(dot(at(path, i), "months"), "the length of the period in months")
		}
		c.notNegative(dot(at(path, i), "amount"), p.Amount)
		for _, earlier := range periods[:i] {
			if int(p.From) < int(earlier.From)+earlier.Months && int(earlier.From) < int(p.From)+p.Months {
				c.out.add(path, "the periods from %s and from %s overlap", earlier.From, p.From)
			}
		}
	}
}

func (c *checker) credits() {
	seen := map[string]bool{}
	for i, m := range c.p.Credits {
		path := at("credits", i)
		c.unique(path, m.ID, seen)
		c.ids(dot(path, "providers"), m.Providers)
		c.notNegative(dot(path, "amount"), m.Amount)
		c.share(dot(path, "max_share"), m.MaxShare)
		c.notNegative(dot(path, "monthly_cap"), m.MonthlyCap)
		if m.Expires != 0 && m.Expires < m.From {
			c.out.add(dot(path, "expires"), "must not be before from, %s", m.From)
		}
	}
}

// unique checks a required id that no earlier entry may have.
func (c *checker) unique(path, id string, seen map[string]bool) {
	if id == "" {
		c.out.missing(dot(path, "id"), "an id of lower case letters, digits, '.', '_' and '-'")
		return
	}
	c.id(dot(path, "id"), id)
	if seen[id] {
		c.out.add(dot(path, "id"), "%q is used twice", clip(id))
	}
	seen[id] = true
}
