package lockin

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing"
	"headroom/pricing/document"
)

// outOf is the outage of a seller.
func outOf(t testing.TB, a Alternative, seller string) Outage {
	t.Helper()
	for _, o := range a.Outages() {
		if o.Seller == seller {
			return o
		}
	}
	t.Fatalf("no outage of %s in %+v", seller, a.Outages())
	return Outage{}
}

// Line one sends 30,000 requests of 1,000 tokens in a month of 30 days: 694.44 tokens a minute, and 300 a month.
func TestWhoCarriesAPeakForADay(t *testing.T) {
	spare := func(quota string) string {
		return `"spare":{"catalog":"bedrock/red","scope":"geo:eu","output_weight":1` + quota + `}`
	}
	for _, c := range []struct {
		name, patch              string
		carried, not, carry, net string
	}{
		{"nobody sells the model elsewhere", offerOne(`"catalog":"azure/rare"`), "0.00", "100.00", "0.00", "0.00"},
		{"a seller of the catalogue whose quota nobody knows", `{}`, "0.00", "unknown", "9.86", "0.00"},
		{"an offer of the plan without a quota", `{"offers":{` + spare(``) + `}}`, "0.00", "unknown", "9.86", "0.00"},
		{"an offer of the plan with a quota for all", `{"offers":{` + spare(`,"quota":{"tokens_per_minute":700}`) +
			`}}`, "100.00", "0.00", "9.86", "0.00"},
		{"a quota for half", `{"offers":{` + spare(`,"quota":{"tokens_per_minute":"347.22222222"}`) + `}}`,
			"50.00", "50.00", "4.93", "0.00"},
		{"requests a minute bind first",
			`{"offers":{` + spare(`,"quota":{"tokens_per_minute":700,"requests_per_minute":"0.17361111111"}`) + `}}`,
			"25.00", "75.00", "2.47", "0.00"},
		{"units that stand idle",
			`{"offers":{` +
				spare(
					`,"kind":"provisioned","tokens_per_minute_per_unit":"347.22222222","lots":[{"from":"2027-01","units":1,"price_per_month":0}]`) + `}}`, "50.00", "50.00", "4.93", "0.00"},
		{"a quota that begins after the month", `{"offers":{` + spare(`,"quota":{"tokens_per_minute":[{"from":"2028-01","value":700}]}`) + `}}`, "0.00", "unknown", "9.86", "0.00"},
		{"a dearer offer", offerOne(`"prices":[{"from":"2027-01","input":5,"output":5}]`), "0.00", "unknown",
			"9.86", "4.93"},
		{"a line with a fixed cost, by token elsewhere", offerOne(fixedCost), "0.00", "unknown", "9.86", "9.86"},
		{"an evaluated model on an offer that is used",
			`{"offers":{"two":{"quota":{"tokens_per_minute":"868.0555555"}},` +
				spare(`,"quota":{"tokens_per_minute":0}`) +
				`},"dependencies":{"facts":{"quality":{"google/blue":0.96}}}}`, "25.00", "unknown", "9.86", "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := assessed(t, c.patch)
			o := outOf(t, a, "azure")
			if got := [4]string{o.Carried.String(), o.NotCarried.String(), o.CarryCost.String(),
				o.NetCost.String()}; got != [4]string{c.carried, c.not, c.carry, c.net} {
				t.Errorf("%v, want %v\n%+v", got, [4]string{c.carried, c.not, c.carry, c.net}, o.Lines)
			}
			if o.Month != "2027-12" || len(o.Lines) != 1 || o.Lines[0].Peak.String() != "694" {
				t.Errorf("%+v", o)
			}
		})
	}
}

// Two lines of a seller that is out share what one offer has room for.
func TestLinesShareWhatACarrierHasRoomFor(t *testing.T) {
	a, _ := assessed(t,
		`{"offers":{"two":{"catalog":"azure/red","scope":"geo:eu"},"spare":{"catalog":"bedrock/red","scope":"geo:eu","quota":{"tokens_per_minute":"1041.66666666"}}}}`)
	o := outOf(t, a, "azure")
	if o.Lines[0].Carried.String() != "100.00" || o.Lines[1].Carried.String() != "50.00" ||
		o.Carried.String() != "75.00" || o.NotCarried.String() != "25.00" {
		t.Errorf("%+v", o)
	}
}

func TestBatchWaitsForADay(t *testing.T) {
	a, _ := assessed(t, `{"workloads":{"a":{"batch_share":1}},"offers":{"one":{"batch_multiplier":0.5}}}`)
	o := outOf(t, a, "azure")
	if !o.Lines[0].Waits || o.CarryCost.String() != "0.00" || o.Carried.Known() {
		t.Errorf("%+v", o)
	}
}

// A carrier counts output as its own quota does.
func TestACarrierCountsTokensItsOwnWay(t *testing.T) {
	a, _ := assessed(t,
		`{"workloads":{"a":{"output_tokens":1000}},"offers":{"spare":{"catalog":"bedrock/red","scope":"geo:eu","output_weight":3,"quota":{"tokens_per_minute":"1388.8888888"}}}}`)
	if o := outOf(t, a, "azure"); o.Carried.String() != "50.00" {
		t.Errorf("4,000 tokens a request count there: %+v", o)
	}
}

// More quota at a carrier never carries less, and what is carried and what is not are all of the peak.
func TestMoreQuotaNeverCarriesLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0, 2000).Draw(t, "low")
		high := low + rapid.Float64Range(0, 2000).Draw(t, "more")
		carried := func(quota float64) float64 {
			a := assessedRapid(t, fmt.Sprintf(`{"offers":{"spare":{"catalog":"bedrock/red","scope":"geo:eu","quota":{"tokens_per_minute":%.6f}}}}`, quota))
			o := a.Outages()[0]
			if sum := o.Carried.Float() + o.NotCarried.Float(); o.Seller != "azure" || sum < 99.98 || sum > 100.02 {
				t.Fatalf("%+v", o)
			}
			return o.Carried.Float()
		}
		if carried(high) < carried(low) {
			t.Fatalf("%f carries less than %f", high, low)
		}
	})
}

func assessedRapid(t *rapid.T, patch string) Alternative {
	text, err := document.MergePatch([]byte(quiet), []byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pricing.ParsePlan(text)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := AssessPlan(t.Context(), plan, shelf(), testDay)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Alternatives[0]
}

// A last month that serves nobody, for want of money, says nothing about load and needs.
func TestTheLoadIsThatOfAMonthThatServes(t *testing.T) {
	a, _ := assessed(t,
		`{"segments":{"all":{"users":{"values":[1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,1000,0]}}}}`)
	o := outOf(t, a, "azure")
	if o.Month != "2027-11" || o.Lines[0].Peak.String() != "694" || len(a.Lines[0].Options) == 0 {
		t.Errorf("%+v, %d options", o, len(a.Lines[0].Options))
	}
}
