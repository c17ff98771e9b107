package lockin

import (
	"slices"
	"strings"
	"testing"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/money"
)

func TestCostSeverityIsStrictAtItsBorders(t *testing.T) {
	for _, c := range []struct {
		cost int64
		want Severity
	}{{0, ""}, {1, Low}, {20, Low}, {21, Medium}, {100, Medium}, {101, High}, {250, High}, {251, Critical}} {
		if got := byCost(frac(c.cost, 1), frac(1000, 1)); got != c.want {
			t.Errorf("%d of 1,000: %q, want %q", c.cost, got, c.want)
		}
	}
}

// Today's own price of 8 makes the list's 10 a ratio of exactly 1.25, which still qualifies.
func TestThePriceBandIsExactAtItsBorder(t *testing.T) {
	for price, want := range map[string]int{"8": 1, "7.9999": 0} {
		a, _ := assessed(t, offerOne(`"prices":[{"from":"2027-01","input":`+price+`,"output":10}]`))
		if got := a.Assessment.Substitutability.PerLine[0].OtherSellers; got != want {
			t.Errorf("own price %s: %d other sellers, want %d", price, got, want)
		}
	}
}

func TestPricesInAnotherCurrencyAreCompared(t *testing.T) {
	a, _ := assessed(t,
		`{"currency":"EUR","fx":{"USD":0.5},"offers":{"one":{"currency":"EUR","prices":[{"from":"2027-01","input":4,"output":4}]}},"dependencies":{"params":{"engineer_day":null}}}`)
	options := a.Lines[0].Options
	i := slices.IndexFunc(options, func(o Option) bool { return o.Offer == "bedrock/red" })
	if i < 0 || options[i].PriceRatio.String() != "1.25" {
		t.Errorf("%+v", options)
	}
	if !slices.Contains(a.Assumed, Note{"dependencies.params.engineer_day", "450: 900 dollars a day, the mean US " +
		"wage of 2024 with overheads"}) {
		t.Errorf("%+v", a.Assumed)
	}
}

func TestCommitmentsAndReservationsComeFromThePlan(t *testing.T) {
	a, rules := assessed(
		t, `{"commitments":[{"id":"c","providers":["azure"],"periods":[{"from":"2027-07","months":12,"amount":1200}]}],
		"offers":{"one":{"lots":[{"from":"2027-01","months":18,"units":2,"price_per_month":10}]}},
		"dependencies":{"exit":{"commit_remaining":null,"provisioned":null}}}`)
	for rule, want := range map[string]string{"L25": "600.00", "L26": "120.00"} {
		if got, _ := a.Assessment.Exit.Components.Get(rule); got.String() != want || rules[rule].Status != RuleFired {
			t.Errorf("%s: %s, want %s", rule, got, want)
		}
	}
}

// cached sells a model with a cache price at azure, and at bedrock with or without one.
func cached(both bool) []catalog.Offer {
	a := shelf().Offers[1]
	a.NativeID, a.Model = "cached", "openai/cached"
	plain := a
	plain.Provider = "bedrock"
	withCache := slices.Clone(a.Rows)
	withCache[0].Prices = append(slices.Clone(a.Rows[0].Prices),
		catalog.Price{Dimension: catalog.CacheRead, Tier: catalog.Standard, Rate: money.Rate(1e9)})
	a.Rows = withCache
	if both {
		plain.Rows = withCache
	}
	return []catalog.Offer{a, plain}
}

// Half of 1,000 tokens at 1 instead of 10 dollars a million saves 0.0045 of 0.01 a request: 1,620 of 360,000 requests.
func TestALostCacheDiscountIsPriced(t *testing.T) {
	patch := `{"offers":{"one":{"catalog":"azure/cached"}},"workloads":{"a":{"cache_read_share":0.5}},"dependencies":{"params":{"price_tolerance":1}}}`
	_, rules := assessedWith(t, patch, shelf(cached(false)...))
	if o := rules["L24"]; o.Status != RuleFired || o.Findings[0].Cost.String() != "1620.00" {
		t.Errorf("%+v", o)
	}
	if _, rules = assessedWith(t, patch, shelf(cached(true)...)); rules["L24"].Status != RulePassed {
		t.Errorf("a substitute with the discount: %+v", rules["L24"])
	}
}

func TestNoSellerInTheRegionIsCriticalAndAnUnknownScopeIsUnknown(t *testing.T) {
	us := `"workloads":{"a":{"needs":{"residency":["jp"]}}}`
	if _, rules := assessed(t, `{`+us+`}`); rules["L03"].Status != RuleFired || rules["L03"].Findings[0].Severity != Critical {
		t.Errorf("%+v", rules["L03"])
	}
	vague := shelf()
	for i := range vague.Offers {
		vague.Offers[i].Scope = "default"
	}
	_, rules := assessedWith(t, `{`+us+`,"offers":{"one":{"scope":null},"two":{"scope":null}}}`, vague)
	if o := rules["L03"]; o.Status != CannotTell || !strings.Contains(o.Missing[0], "azure") {
		t.Errorf("%+v", o)
	}
}

func TestARetirementWithLittleNoticeIsCritical(t *testing.T) {
	_, rules := assessed(t,
		`{"offers":{"one":{"retires":"2026-12","successor":"two"}},"dependencies":{"exit":{"work":{"prompts":100},"time":{"engineers":1}}}}`)
	if o := rules["L09"]; o.Status == RuleFired {
		t.Errorf("a retired offer is no line: %+v", o)
	}
	_, rules = assessed(t, `{"offers":{"one":{"retires":"2027-02","successor":"two"}},"dependencies":{"exit":{"work":{"prompts":200},"time":{"engineers":1}}}}`)
	if o := rules["L09"]; o.Status != RuleFired || o.Findings[0].Severity != Critical ||
		o.Findings[0].Cost.String() != "90000.00" {
		t.Errorf("%+v", o)
	}
}

func TestAConcentrationSaysWhatAMoveChanges(t *testing.T) {
	a := Assess(
		parsed(t,
			merged(t,
				`{"lines":[{"id":"a","annual_spend_usd":70,"seller":"s"},{"id":"b","annual_spend_usd":30,"seller":"t"}]}`)))
	// 70/30 to 60/40: 5,800 to 5,200.
	if got := a.Concentration.Seller.moving(frac(10, 1)).RatString(); got != "-600" {
		t.Error(got)
	}
}

func TestAModelThatRetiresOnTheLastDayOfThePlanRetiresInside(t *testing.T) {
	for day, want := range map[calendar.Day]Status{"2027-12-31": RuleFired, "2028-01-01": RulePassed} {
		snapshot := shelf()
		snapshot.Offers[1].Retires = day // azure/red
		if _, rules := assessedWith(t, `{}`, snapshot); rules["L09"].Status != want {
			t.Errorf("%s: %+v", day, rules["L09"])
		}
	}
}

func TestAMonthThatEndsOnTheExitDateIsNotOver(t *testing.T) {
	// January with nine times the users would count if it were.
	a, _ := assessed(t, `{"segments":{"all":{"users":{"values":[1000,9000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000]}}},"dependencies":{"exit":{"exit_date":"2027-02-28"}}}`)
	if got := a.Assessment.TotalAnnualSpend.String(); got != "7200.00" {
		t.Error(got)
	}
}

func TestUntriedModelsOfAnotherClassAreNotListed(t *testing.T) {
	for price, want := range map[money.Rate]bool{5e9: true, 4.9e9: false, 12.5e9: true, 12.6e9: false} {
		other := shelf().Offers[1]
		other.Provider, other.NativeID, other.Model, other.Lab = "mistral", "new", "mistral/new", "mistral"
		other.Rows = []catalog.Row{{From: "2026-01-01", Status: catalog.InForce, Source: "test", AsOf: "2026-11-01",
			Prices: []catalog.Price{
				{Dimension: catalog.Input, Tier: catalog.Standard, Rate: price},
				{Dimension: catalog.Output, Tier: catalog.Standard, Rate: price}}}}
		a, _ := assessedWith(t, `{}`, shelf(other))
		if got := slices.ContainsFunc(a.Lines[0].Options,
			func(o Option) bool { return o.Model == "mistral/new" }); got != want {
			t.Errorf("at %s: listed %t, want %t", price, got, want)
		}
	}
}
