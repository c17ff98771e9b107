package pricing

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"headroom/pricing/catalog"
	"headroom/pricing/document"
	"headroom/pricing/money"
)

func rate(t testing.TB, text string) money.Rate {
	t.Helper()
	r, err := money.ParseRate(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// priceList reads "input=2 output=8 batch:input=1 above_200000:input=4" into prices.
func priceList(t testing.TB, text string) []catalog.Price {
	t.Helper()
	var list []catalog.Price
	for _, field := range strings.Fields(text) {
		name, value, _ := strings.Cut(field, "=")
		p := catalog.Price{Tier: catalog.Standard, Rate: rate(t, value)}
		if rest, ok := strings.CutPrefix(name, "batch:"); ok {
			p.Tier, name = catalog.Batch, rest
		}
		if rest, ok := strings.CutPrefix(name, "above_"); ok {
			if _, err := fmt.Sscanf(rest, "%d:%s", &p.Above, &name); err != nil {
				t.Fatal(err)
			}
		}
		p.Dimension = catalog.Dimension(name)
		list = append(list, p)
	}
	return list
}

// shelf is a small catalogue of one seller: what a test adds to it, each under its own id.
type shelf map[string]catalog.Offer

func (s shelf) snapshot() *catalog.Snapshot {
	c := &catalog.Snapshot{ID: "test", AsOf: "2026-08-01", Sources: []catalog.Source{{ID: "list", Name: "The list"}}}
	for _, id := range sortedKeys(s) {
		o := s[id]
		o.Provider, o.NativeID, o.Mode = "seller", strings.TrimRight(id, "+"), "chat"
		if o.Scope == "" {
			o.Scope = "default"
		}
		for i := range o.Rows {
			o.Rows[i].Source, o.Rows[i].AsOf = "list", "2026-08-01"
			if o.Rows[i].Status == "" {
				o.Rows[i].Status = catalog.InForce
			}
		}
		c.Offers = append(c.Offers, o)
	}
	return c
}

// costOf prices one plan of 1,000 requests a month (1,000 users, 30 days, a thirtieth of a request a day) with offer
// "a".
func costOf(t testing.TB, c *catalog.Snapshot, patch string) (*AlternativeResult, error) {
	t.Helper()
	base := `{"schema":"headroom.plan/v1","start":"2027-01","months":2,"day_count":"30",
	  "segments":{"all":{"users":{"curve":"exponential","start":1000}}},
	  "workloads":{"chat":{"segment":"all","requests_per_user_day":"0.1","input_tokens":1000,"output_tokens":100,"routes":[{"offer":"a","share":1}]}},
	  "offers":{"a":{"catalog":"seller/m"}}}`
	data, err := document.MergePatch([]byte(base), []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := ParsePlan(data)
	if err != nil {
		return nil, err
	}
	result, err := Evaluate(context.Background(), plan, c)
	if err != nil {
		return nil, err
	}
	return &result.Alternatives[0], nil
}

func row(t testing.TB, prices string) []catalog.Row {
	return []catalog.Row{{Prices: priceList(t, prices)}}
}

// The base plan makes 3,000 requests a month of 1,000 tokens in and 100 out: 3 Mtok in, 0.3 Mtok out.
func TestCataloguePricesReachThePlan(t *testing.T) {
	plain := "input=2 output=10"
	for _, tc := range []struct {
		name, prices, patch string
		want                float64 // cost of the first month
	}{
		{"input and output", plain, `{}`, 3*2 + 0.3*10},
		{"cached tokens at their price", plain + " cache_read=0.2", `{"workloads":{"chat":{"cache_read_share":0.5}}}`, 1.5*2 + 1.5*0.2 + 3},
		{"cached tokens at the input price when none is stated", plain,
			`{"workloads":{"chat":{"cache_read_share":0.5}}}`, 3*2 + 3},
		{"cache writes at the five minute price", plain + " cache_write_5m=2.5 cache_write_1h=4",
			`{"workloads":{"chat":{"cache_write_share":0.1}}}`, 2.7*2 + 0.3*2.5 + 3},
		{"a price per request", plain + " per_request=0.001", `{}`, 9 + 3},
		{"batch at the catalogue's batch price", plain + " batch:input=1 batch:output=4",
			`{"workloads":{"chat":{"batch_share":1}}}`, 3*1 + 0.3*4},
		{"batch at the plan's multiplier when it states one", plain + " batch:input=1 batch:output=4",
			`{"workloads":{"chat":{"batch_share":1}},"offers":{"a":{"batch_multiplier":0.9}}}`, 9 * 0.9},
		{"batch at the standard price when nobody states one", plain, `{"workloads":{"chat":{"batch_share":1}}}`, 9},
		{"cached batch tokens never dearer than batch input", plain + " cache_read=1.5 batch:input=1 batch:output=4",
			`{"workloads":{"chat":{"batch_share":1,"cache_read_share":0.5}}}`, 3*1 + 0.3*4},
		{"at the line the base tier holds", plain + " above_1000:input=4 above_1000:output=20", `{}`, 9},
		{"over the line the whole request costs the upper tier", plain + " above_999:input=4 above_999:output=20",
			`{}`, 18},
		{"cached tokens count for the line too", plain + " cache_read=1 above_999:input=4 above_999:output=20 " +
			"above_999:cache_read=2", `{"workloads":{"chat":{"cache_read_share":1}}}`, 3*2 + 0.3*20},
		{"the plan's own price beats the catalogue", plain + " cache_read=0.2",
			`{"offers":{"a":{"prices":[{"from":"2027-01","input":1}]}}}`, 3*1 + 0.3*10},
		{"a decline begins with the plan", plain, `{"start":"2027-02","offers":{"a":{"price_decline_per_year":0.5}}}`,
			9},
		{"another base currency takes the rate of the dollar", plain, `{"currency":"EUR","fx":{"USD":"0.9"}}`, 9 * 0.9},
		{"an own price in the base currency keeps the catalogue's dollars apart", plain,
			`{"currency":"EUR","fx":{"USD":"0.5"},"offers":{"a":{"currency":"EUR","prices":[{"from":"2027-01","input":1}]}}}`, 3*1 + 0.3*10*0.5},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a, err := costOf(t, shelf{"m": {Rows: row(t, tc.prices)}}.snapshot(), tc.patch)
			if err != nil {
				t.Fatal(err)
			}
			check(t, "cost", a.Months[0].ListCost, tc.want)
		})
	}
}

func TestTheContextTierFollowsTheMonthsTokens(t *testing.T) {
	c := shelf{"m": {Rows: row(t, "input=2 output=10 above_1000:input=4 above_1000:output=20")}}.snapshot()
	a, err := costOf(t, c, `{"workloads":{"chat":{"input_tokens_growth":0.1}}}`)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "first month, at the line", a.Months[0].ListCost, 9)
	check(t, "second month, 1,100 tokens", a.Months[1].ListCost, 3*1.1*4+0.3*20)
}

func TestTheRowInForcePrices(t *testing.T) {
	rows := []catalog.Row{
		{From: "2026-01-01", Prices: priceList(t, "input=2 output=10")},
		{From: "2027-02-15", Prices: priceList(t, "input=1 output=10")},
		{From: "2027-02-20", Status: catalog.Announced, Prices: priceList(t, "input=99 output=10")},
	}
	a, err := costOf(t, shelf{"m": {Rows: rows}}.snapshot(), `{}`)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "January, the old price", a.Months[0].ListCost, 9)
	check(t, "February, in which the new price begins; announced ones never count", a.Months[1].ListCost, 6)
}

func TestWhatTheCatalogueCannotSayIsAnErrorAtTheField(t *testing.T) {
	good := "input=2 output=10"
	for _, tc := range []struct {
		name       string
		shelf      shelf
		patch      string
		path, says string
	}{
		{"an unknown entry", shelf{"x": {Rows: row(t, good)}}, `{}`, "offers.a.catalog", "unknown"},
		{"several scopes and none named", shelf{"m": {Scope: "geo:us", Rows: row(t, good)}, "m+": {Scope: "geo:eu", Rows: row(t, good)}}, `{}`, "offers.a.catalog", "geo:eu"},
		{"a scope that is not sold", shelf{"m": {Rows: row(t, good)}}, `{"offers":{"a":{"scope":"global"}}}`,
			"offers.a.scope", "default"},
		{"no output price", shelf{"m": {Rows: row(t, "input=2")}}, `{}`, "offers.a.prices", "no output price"},
		{"no input price", shelf{"m": {Rows: row(t, "output=2")}}, `{}`, "offers.a.prices", "no input price"},
		{"no price at all", shelf{"m": {}}, `{}`, "offers.a.prices", "unknown price"},
		{"only an announced price",
			shelf{"m": {Rows: []catalog.Row{{Status: catalog.Announced, Prices: priceList(t, good)}}}},
			`{}`, "offers.a.prices", "unknown price"},
		{"no price in the context tier", shelf{"m": {Rows: row(t, good+" above_500:input=4")}}, `{}`,
			"offers.a.prices", "more than 500 input tokens"},
		{"dollars without a rate", shelf{"m": {Rows: row(t, good)}}, `{"currency":"EUR"}`, "fx.USD", "EUR for one USD"},
		{"another snapshot", shelf{"m": {Rows: row(t, good)}}, `{"catalog_snapshot":"2020-01-01"}`, "catalog_snapshot",
			"test"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := costOf(t, tc.shelf.snapshot(), tc.patch)
			invalid := Invalid(err)
			if invalid == nil {
				t.Fatalf("was not refused: %v", err)
			}
			if f := invalid.Fields[0]; len(invalid.Fields) != 1 || f.Path != tc.path ||
				!strings.Contains(f.Message, tc.says) {
				t.Errorf("want one error at %s that says %q, got %v", tc.path, tc.says, invalid.Fields)
			}
		})
	}
}

func TestWarningsSayWhatThePriceSourceLeavesOpen(t *testing.T) {
	good := "input=2 output=10"
	for _, tc := range []struct {
		name   string
		offer  catalog.Offer
		patch  string
		says   string
		absent bool
	}{
		{"prices that a plan cannot express", catalog.Offer{Rows: row(t, good+" cache_write_1h=4 per_search=0.01")},
			`{}`, "The list also prices cache write 1h, per search", false},
		{"reasoning at the output price is expressed", catalog.Offer{Rows: row(t, good+" reasoning=10")},
			`{}`, "reasoning", true},
		{"reasoning at its own price is not", catalog.Offer{Rows: row(t, good+" reasoning=12")}, `{}`,
			"reasoning", false},
		{"an assumed cache price", catalog.Offer{Rows: row(t, good)}, `{"workloads":{"chat":{"cache_read_share":0.5}}}`,
			"no cache read price", false},
		{"an assumed batch price", catalog.Offer{Rows: row(t, good)}, `{"workloads":{"chat":{"batch_share":0.5}}}`,
			"no batch price", false},
		{"a price that begins later",
			catalog.Offer{Rows: []catalog.Row{{From: "2028-01-01", Prices: priceList(t, good)}}}, `{}`,
			"2028-01-01", false},
		{"a subscription", catalog.Offer{Rows: row(t, "input=0 output=0")}, `{}`, "free or subscription", false},
		{"a retirement inside the plan", catalog.Offer{Retires: "2027-02-10", Rows: row(t, good)}, `{}`,
			"retires on 2027-02-10", false},
		{"a retirement after the plan", catalog.Offer{Retires: "2027-03-10", Rows: row(t, good)}, `{}`,
			"retires", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a, err := costOf(t, shelf{"m": tc.offer}.snapshot(), tc.patch)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, w := range a.Warnings {
				found = found || w.Path == "offers.a.catalog" && strings.Contains(w.Message, tc.says)
			}
			if found == tc.absent {
				t.Errorf("a warning that says %q: found %v in %v", tc.says, found, a.Warnings)
			}
		})
	}
}

func TestARetiredModelIsRefusedUnlessASuccessorServes(t *testing.T) {
	c := shelf{"m": {Retires: "2027-02-10", Rows: row(t, "input=2 output=10")}}.snapshot()
	a, err := costOf(t, c, `{"segments":{"all":{"revenue_per_user":1}}}`)
	if err != nil {
		t.Fatal(err)
	}
	february := a.Months[1]
	if february.Binding == nil || *february.Binding != "unrouted:chat/a" || february.UnservedRequests != 3000 ||
		february.Revenue != 0 || february.ListCost != 0 {
		t.Errorf("February is %+v", february)
	}
	if first, ok := a.FirstBinding.Get("unrouted:chat/a"); !ok || first != "2027-02" {
		t.Errorf("first binding %v", a.FirstBinding)
	}
	a, err = costOf(t, c,
		`{"offers":{"a":{"successor":"b"},"b":{"kind":"on_demand","prices":[{"from":"2027-01","input":1,"output":1}]}}}`)
	if err != nil {
		t.Fatal(err)
	}
	if a.Months[1].Binding != nil {
		t.Errorf("the successor does not serve: %v", *a.Months[1].Binding)
	}
	check(t, "the successor's cost", a.Months[1].ListCost, 3.3)
}

func TestAnAlternativeWithoutPriceIsUnknownAndTheOthersAreAnswered(t *testing.T) {
	c := shelf{"m": {Rows: row(t, "input=2 output=10")}, "dark": {}}.snapshot()
	plan, err := ParsePlan([]byte(`{"schema":"headroom.plan/v1","start":"2027-01","months":2,
	  "segments":{"all":{"users":{"curve":"exponential","start":1000},"revenue_per_user":1}},
	  "workloads":{"chat":{"segment":"all","requests_per_user_day":1,"input_tokens":1000,"output_tokens":100,"routes":[{"offer":"a","share":1}]}},
	  "offers":{"a":{"catalog":"seller/m"},"b":{"catalog":"seller/dark"},"c":{"catalog":"seller/none"}},
	  "alternatives":[{"id":"known"},{"id":"dark","routes":{"chat":[{"offer":"b","share":1}]}},{"id":"none","routes":{"chat":[{"offer":"c","share":1}]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	result, err := plan.evaluateKnown(context.Background(), c, everyOne)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Alternatives) != 1 || len(result.Unknown) != 2 || result.Unknown[0].ID != "dark" ||
		result.Unknown[1].ID != "none" {
		t.Fatalf("known %d, unknown %v", len(result.Alternatives), result.Unknown)
	}
	if r := result.Unknown[0].Reasons; len(r) != 1 || r[0].Path != "offers.b.prices" {
		t.Errorf("the reasons of an unpriced offer are %v", r)
	}
	if r := result.Unknown[1].Reasons; len(r) != 1 || r[0].Path != "offers.c.catalog" {
		t.Errorf("the reasons of an unknown entry are %v", r)
	}
	comparison := Compare(result, "dark")
	if len(comparison.Rows) != 1 || len(comparison.Unknown) != 2 || comparison.Rows[0].Difference.Known() {
		t.Errorf("against an unknown baseline the difference is %v", comparison.Rows[0].Difference)
	}
	if _, err := Evaluate(context.Background(), plan, c); Invalid(err) == nil {
		t.Errorf("Evaluate answered a plan with unknown prices: %v", err)
	}
}
